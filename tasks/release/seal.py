"""Sealing: the digests of everything that was tested, in one record that the release manager is asked about."""

from collections.abc import Mapping

from prefect import task
from prefect.cache_policies import NO_CACHE

from blocks.settings import Settings
from josi.candidate import Candidate, Judged
from josi.records import Artifact, Kind, Role


@task(name="seal", task_run_name="seal-{recipe}", cache_policy=NO_CACHE)
def seal(
    recipe: str,
    line: str,
    data: Mapping[Role, Artifact],
    base: Artifact,
    adapters: Mapping[Role, Artifact],
    ggufs: Mapping[Role, Artifact],
    runtime: Artifact,
    judged: Judged,
) -> Candidate:
    """Not cached: it only writes down what it is given. The candidate can be found in the store by its name."""
    candidate = Candidate(
        recipe=recipe,
        line=line,
        data=data,
        base=base,
        adapters=adapters,
        ggufs=ggufs,
        runtime=runtime,
        report=judged.report,
        verdict=judged.verdict,
    )
    Settings().store.put_bytes(candidate.model_dump_json(indent=1).encode(), "candidate.json", Kind.CANDIDATE, recipe)
    return candidate
