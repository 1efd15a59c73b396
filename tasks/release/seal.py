"""Sealing: the digests of everything that was tested, in one record that the release manager is asked about."""

from collections.abc import Iterable, Mapping
from typing import Any

from prefect import Task, task
from prefect.cache_policies import NO_CACHE

from blocks.bases import known
from blocks.recipe import Recipe
from blocks.settings import Settings
from josi.candidate import Candidate, Judged
from josi.examples import Corpus
from josi.records import Artifact, Kind, Role, sha256_hex
from tasks.release.lineage import show_candidate
from tasks.stage import identity_of, version_of


def ingredients(recipe: Recipe, corpus: Corpus, runtime: Artifact, stages: Iterable["Task[Any, Any]"]) -> str:
    """What a candidate is made from, e.g. `tiny-1f0c9a12ab34+corpus-explainer-…+runtime-…+base@1+train@1`.

    The recipe without what cannot change the result, the data by its bytes, prompts, settings and grammar as they ship,
    and the versions of the stages. A folder that a catalogued base is taken from is not looked into: the catalogue
    pins its revision.
    """
    base = (recipe.base, known(recipe.base.name).revision)
    slices = (recipe.line, recipe.prefix, *base, *(recipe.sft[role] for role in sorted(recipe.roles)), recipe.quant)
    settled = "+".join(identity_of(part) for part in slices)
    data = [corpus.sets[role] for role in sorted(recipe.roles)]
    return "+".join(
        (
            f"{recipe.name}-{sha256_hex(settled.encode())[:12]}",
            *(artifact.identity for artifact in (*data, corpus.scenarios, runtime)),
            *sorted(f"{stage.name}@{version_of(stage)}" for stage in stages),
        )
    )


@task(name="seal", task_run_name="seal-{recipe.name}", cache_policy=NO_CACHE)
def seal(
    recipe: Recipe,
    corpus: Corpus,
    base: Artifact,
    adapters: Mapping[Role, Artifact],
    ggufs: Mapping[Role, Artifact],
    runtime: Artifact,
    judged: Judged,
    made_from: str = "",
) -> Candidate:
    """Not cached: it only writes down what it is given, and shows it. The store has the candidate by its name."""
    candidate = Candidate(
        recipe=recipe.name,
        line=recipe.line,
        data=corpus.sets,
        base=base,
        adapters=adapters,
        ggufs=ggufs,
        runtime=runtime,
        report=judged.report,
        verdict=judged.verdict,
        made_from=made_from,
    )
    store = Settings().store
    store.put_bytes(candidate.model_dump_json(indent=1).encode(), "candidate.json", Kind.CANDIDATE, recipe.name)
    show_candidate(candidate, recipe, corpus, store)
    return candidate
