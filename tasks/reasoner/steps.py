"""The steps of `run` as Prefect tasks. None is cached: whether something is new is decided by what the files hold."""

from datetime import UTC, datetime

from prefect import task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE

from tasks.reasoner import run
from tasks.reasoner.job import Done, Job
from tasks.reasoner.present import Comparison
from tasks.reasoner.train import Trained


@task(cache_policy=NO_CACHE, persist_result=False)
def begin(job: Job) -> run.Begun:
    return run.begin(job)


@task(cache_policy=NO_CACHE, persist_result=False)
def train(job: Job, begun: run.Begun) -> Trained:
    return run.learn(job, begun, lambda: datetime.now(UTC))


@task(cache_policy=NO_CACHE, persist_result=False)
def compare(job: Job, begun: run.Begun, trained: Trained) -> tuple[Comparison, ...]:
    return run.hold_against_present(job, begun, trained)


@task(cache_policy=NO_CACHE, persist_result=False)
def judge(job: Job, begun: run.Begun, trained: Trained, comparisons: tuple[Comparison, ...]) -> run.Judged:
    """Shows the report among the run's artifacts."""
    judged = run.conclude(job, begun, trained, comparisons)
    text = (job.report / "report.md").read_text("utf-8")
    create_markdown_artifact(text, key="reasoner-report", description=judged.report.title)
    return judged


@task(cache_policy=NO_CACHE, persist_result=False)
def write(job: Job, begun: run.Begun, judged: run.Judged) -> Done:
    return run.write(job, begun, judged)
