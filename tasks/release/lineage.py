"""Where a candidate comes from, for people: what it is made of, by digest, and what this run did for it."""

import json
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.metadata import version
from uuid import UUID

import yaml
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId
from prefect.client.schemas.objects import TaskRun
from prefect.context import FlowRunContext
from prefect.runtime import flow_run, task_run

from blocks.checkout import commit
from blocks.recipe import Recipe
from blocks.runs import link
from blocks.store import FolderStore
from josi.candidate import Candidate
from josi.examples import Corpus
from josi.records import Artifact, Channel, Record
from tasks.shown import not_vital, show

FOUND, MADE = "found", "made"
_SETTLE_S = 10.0  # Prefect records how a task ended within a second or two
_LONG = "prompts"  # of the recipe: they ship in the runtime, whose digest is shown


class Step(Record):
    """What a run did: a task, or another run that it waited for. `how`: found (cached), made, or how it ended."""

    name: str
    how: str
    seconds: float
    address: str = ""


def show_candidate(candidate: Candidate, recipe: Recipe, corpus: Corpus, store: FolderStore) -> None:
    """The gate report and the lineage as pages of this run, also where every stage was found made."""
    report = store.fetch(candidate.report) / "report.md"
    if report.exists():
        show("gate-report", recipe.name, report.read_text("utf-8"), f"Gate report of {candidate.identity}")
    page = lineage(candidate, recipe, corpus, store, steps_of_this_run())
    show("lineage", recipe.name, page, f"What {candidate.identity} is made of")


def lineage(
    candidate: Candidate, recipe: Recipe, corpus: Corpus, store: FolderStore, steps: Sequence[Step] = ()
) -> str:
    """Markdown: verdict, parts, steps, training in numbers, the recipe, the code, every digest in full."""
    parts = _parts(candidate, corpus)
    sections = {
        "What it is made of": _table(("part", "name", "sha256", "bytes"), _named(parts)),
        "What this run did": _table(("step", "this time", "seconds"), _steps(steps)) if steps else "",
        "How training ended": _table(
            ("adapter", "steps", "loss", "loss on held-out rows"), _training(candidate, store)
        ),
        "Recipe": f"```yaml\n{_settings(recipe)}```",
        "Code": _code(candidate),
        "Digests in full": "\n".join(("```", f"{candidate.digest}  {candidate.identity}", *_digests(parts), "```")),
    }
    told = (f"# {candidate.identity}", _verdict(candidate))
    return "\n\n".join((*told, *(f"## {title}\n\n{text}" for title, text in sections.items() if text))) + "\n"


def steps_of_this_run() -> list[Step]:
    """What this flow run did before this task, in order; waits a moment for Prefect to have it on record."""
    context = FlowRunContext.get()
    if context is None or not flow_run.id:
        return []
    ended = {state.state_details.task_run_id for state, _, _ in context.run_results.values()} - {None}
    ours = FlowRunFilter(id=FlowRunFilterId(any_=[UUID(flow_run.id)]))
    end = time.monotonic() + _SETTLE_S
    with not_vital("What this run did"), get_client(sync_client=True) as client:
        while True:
            found = [one for one in client.read_task_runs(flow_run_filter=ours) if str(one.id) != task_run.id]
            final = {one.id for one in found if one.state and one.state.is_final()}
            if (ended <= final and len(found) == len(final)) or time.monotonic() > end:
                return [_step(client, one) for one in sorted(found, key=_begun)]
            time.sleep(0.2)
    return []


def _begun(run: TaskRun) -> float:
    since = run.start_time or run.expected_start_time  # what is found has no start
    return since.timestamp() if since else 0.0


def _step(client: SyncPrefectClient, run: TaskRun) -> Step:
    state = run.state
    name = state.name or "" if state else ""
    how = {"Cached": FOUND, "Completed": MADE}.get(name, name.lower() or "unknown")
    seconds = run.total_run_time.total_seconds()
    child = state.state_details.child_flow_run_id if state else None
    if child is None:
        return Step(name=run.name, how=how, seconds=seconds)
    return Step(name=client.read_flow_run(child).name, how=how, seconds=seconds, address=link(child))


def _verdict(candidate: Candidate) -> str:
    closed = [str(channel) for channel in Channel if not candidate.verdict.allows(channel)]
    found = candidate.verdict.highest
    return f"The gate opens {found or 'no channel'}." + (f" Closed: {', '.join(closed)}." if closed else "")


def _parts(candidate: Candidate, corpus: Corpus) -> dict[str, Artifact]:
    """In the order in which they are made."""
    return {
        **{f"data, {role}": one for role, one in candidate.data.items()},
        "data report": corpus.report,
        "base": candidate.base,
        **{f"adapter, {role}": one for role, one in candidate.adapters.items()},
        **{f"GGUF, {role}": one for role, one in candidate.ggufs.items()},
        "prompts, grammar, settings": candidate.runtime,
        "scenarios": corpus.scenarios,
        "gate report": candidate.report,
    }


def _named(parts: Mapping[str, Artifact]) -> Iterator[tuple[object, ...]]:
    for part, one in parts.items():
        yield part, one.name, f"`{one.sha256[:12]}`", f"{one.size:,}"


def _steps(steps: Iterable[Step]) -> Iterator[tuple[object, ...]]:
    for step in steps:
        name = f"[{step.name}]({step.address})" if step.address else step.name
        yield name, step.how if step.how == FOUND else f"**{step.how}**", f"{step.seconds:.1f}"


def _training(candidate: Candidate, store: FolderStore) -> Iterator[tuple[object, ...]]:
    """From the adapter's own record; a dash for what it does not hold."""
    for adapter in candidate.adapters.values():
        path = store.fetch(adapter) / "training.json"
        kept = json.loads(path.read_text()) if path.exists() else {}
        losses = [loss for _, loss in kept.get("loss", ())]
        ends = f"{losses[0]:.3f} → {losses[-1]:.4f}" if losses else "-"
        held = kept.get("eval_loss")
        yield adapter.name, kept.get("steps", "-"), ends, f"{held:.4f}" if held is not None else "-"


def _settings(recipe: Recipe) -> str:
    settings = recipe.model_dump(mode="json", exclude={"data": {_LONG}})
    return yaml.safe_dump(settings, sort_keys=False, allow_unicode=True)


def _code(candidate: Candidate) -> str:
    stages = [part for part in candidate.made_from.split("+") if "@" in part]
    where = commit()
    return (
        f"josi-forge {version('josi-forge')}"
        + (f", commit `{where}`" if where else "")
        + (f"; stages {', '.join(stages)}." if stages else ".")
    )


def _digests(parts: Mapping[str, Artifact]) -> Iterator[str]:
    yield from (f"{one.sha256}  {part} ({one.name})" for part, one in parts.items())


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)
