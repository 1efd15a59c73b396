"""The Atlas reasoner: from examples to a model in every Swift file, or to the reasons why it is in none."""

from datetime import timedelta

from prefect import flow

from tasks.reasoner.job import Done, Job
from tasks.reasoner.steps import begin, compare, judge, train, write


@flow(name="reasoner", persist_result=False)
def reasoner(job: Job) -> Done:
    """Train, judge, report, write. Where nothing is new, nothing is done."""
    begun = begin(job)
    if begun.answer:
        return begun.answer
    trained = train(job, begun)
    comparisons = compare(job, begun, trained)
    judged = judge(job, begun, trained, comparisons)
    return write(job, begun, judged)


def keep_watch(job: Job, minutes: float) -> None:
    """Serve the flow on a schedule, one run at a time, until it is stopped. Needs a Prefect server."""
    reasoner.serve(
        name="watch",
        interval=timedelta(minutes=minutes),
        parameters={"job": job.model_dump(mode="json")},
        limit=1,
    )
