"""The settings, grammar, prompts and coaching cards that ship with a pair of models."""

from collections.abc import Mapping
from typing import Self

from prefect import task
from prefect.cache_policies import NO_CACHE

from blocks.recipe import Decoding, Recipe
from blocks.settings import Settings
from blocks.store import FolderStore
from josi.chat import CHATML
from josi.contract import CONTRACT_VERSION
from josi.grammar import grammar
from josi.records import Artifact, Kind, Record, Role
from josi.runtime import Echo, RoleRuntime, Runtime
from tasks.knowledge import load_cards


class Settled(Record):
    """The slice of a recipe that the app sees."""

    echo: Echo
    prompts: Mapping[Role, str]
    decoding: Mapping[Role, Decoding]

    @classmethod
    def of(cls, recipe: Recipe) -> Self:
        return cls(echo=recipe.data.echo, prompts=recipe.data.prompts, decoding=recipe.decoding)


def pack_runtime(name: str, settled: Settled, store: FolderStore) -> Artifact:
    """`runtime.json`, `grammar.gbnf` and `knowledge.json` (every coaching card), as one artifact.

    Raises DataError where the cards have faults.
    """
    cards = load_cards()
    runtime = Runtime(
        contract_version=CONTRACT_VERSION,
        template=CHATML.name,
        stop=CHATML.stop,
        echo=settled.echo,
        roles={
            role: RoleRuntime(prompt=settled.prompts[role], **settled.decoding[role].model_dump())
            for role in settled.decoding
        },
    )
    with store.scratch() as folder:
        (folder / "runtime.json").write_text(runtime.model_dump_json(indent=1), "utf-8")
        (folder / "grammar.gbnf").write_text(grammar(settled.echo), "utf-8")
        (folder / "knowledge.json").write_bytes(cards.to_bytes())
        return store.put(folder, Kind.RUNTIME, name)


@task(name="runtime", task_run_name="runtime-{name}", cache_policy=NO_CACHE)
def runtime(name: str, settled: Settled) -> Artifact:
    """Not cached: it costs nothing."""
    return pack_runtime(name, settled, Settings().store)
