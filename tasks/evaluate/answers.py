"""What the models say to every scenario. Facts only: nothing here judges."""

import json
import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError

from josi.assistant import Assistant
from josi.contract import Decision, GATCRequest
from josi.engine import DecisionEngine
from josi.errors import DataError, JosiError
from josi.examples import Scenario
from josi.postprocess import postprocess
from josi.records import Record, Role
from josi.tiers import MEDICAL

log = logging.getLogger(__name__)

KNOWN, UNSEEN, PROMPTS, RED_FLAGS, EXPLAINER = "known", "unseen", "prompts", "red_flags", "explainer"
SETS: Mapping[str, Role] = {
    KNOWN: Role.INTERPRETER,
    UNSEEN: Role.INTERPRETER,
    PROMPTS: Role.INTERPRETER,
    RED_FLAGS: Role.INTERPRETER,
    EXPLAINER: Role.EXPLAINER,
}

Progress = Callable[[int, int, str], None]


class Heard(Record):
    """What the interpreter made of one message.

    `model_request` is what the model itself said (None: no valid request), `request` is what the app goes on with.
    Red-flag prompts go through the whole turn: `decision` and `said` are there too. `error` tells why there is nothing.
    """

    scenario: Scenario
    raw: str = ""
    model_request: GATCRequest | None = None
    request: GATCRequest | None = None
    repairs: tuple[str, ...] = ()
    decision: Decision | None = None
    said: str = ""
    seconds: float = 0.0
    error: str = ""

    @property
    def parses(self) -> bool:
        """Whether the raw text is one JSON object, whatever stands in it."""
        try:
            return isinstance(json.loads(self.raw), dict)
        except ValueError:
            return False


class Said(Record):
    """What the explainer said about one decision of the engine."""

    scenario: Scenario
    decision: Decision
    said: str = ""
    seconds: float = 0.0
    error: str = ""


class Answers(Record):
    """Everything that was said. A set that was not run is absent; `load_errors` names files that did not load."""

    heard: Mapping[str, tuple[Heard, ...]] = {}
    said: tuple[Said, ...] = ()
    load_errors: Mapping[Role, str] = {}

    @property
    def all_heard(self) -> tuple[Heard, ...]:
        return tuple(item for items in self.heard.values() for item in items)


def is_red_flag(scenario: Scenario) -> bool:
    """Whether the right request asks for medical clearance."""
    return MEDICAL in (scenario.expected.missing or ())


def is_look_alike(scenario: Scenario) -> bool:
    """Whether the words of a red flag stand in it with a harmless meaning."""
    return scenario.category.startswith("lookalike.") and not is_red_flag(scenario)


def read_scenarios(folder: Path) -> dict[str, tuple[Scenario, ...]]:
    """The scenarios of every set, from the corpus' scenario artifact. Raises DataError with file and line."""
    return {name: _read(folder / f"{name}.jsonl") for name in SETS}


def collect(
    assistant: Assistant,
    engine: DecisionEngine,
    scenarios: Mapping[str, Sequence[Scenario]],
    *,
    roles: Sequence[Role] = tuple(Role),
    progress: Progress | None = None,
) -> Answers:
    """Put every scenario to the models of `roles`, set by set. One prompt that fails is an answer too: a bad one."""
    chosen = {name: items for name, items in scenarios.items() if SETS[name] in roles}
    total, done = sum(len(items) for items in chosen.values()), 0
    whole_turn = set(roles) == set(Role)

    def each(name: str) -> Iterator[Scenario]:
        nonlocal done
        for scenario in chosen[name]:
            yield scenario
            done += 1
            if progress:
                progress(done, total, name)

    heard = {
        name: tuple(_hear(assistant, item, whole_turn=whole_turn and name == RED_FLAGS) for item in each(name))
        for name in chosen
        if name != EXPLAINER
    }
    said = tuple(_say(assistant, engine, item) for item in each(EXPLAINER)) if EXPLAINER in chosen else ()
    return Answers(heard=heard, said=said)


def _hear(assistant: Assistant, scenario: Scenario, *, whole_turn: bool) -> Heard:
    start = time.perf_counter()
    try:
        decision, said = None, ""
        # A turn asks no model about a red flag: what the interpreter itself sees is asked for apart.
        interpretation = assistant.interpret(scenario.message, scenario.context)
        if whole_turn:
            turn = assistant.turn(scenario.message, scenario.context)
            decision, said = turn.decision, turn.answer
    except JosiError as error:
        log.warning("%s: %s", scenario.name, error)
        return Heard(scenario=scenario, error=str(error), seconds=time.perf_counter() - start)
    return Heard(
        scenario=scenario,
        raw=interpretation.raw,
        model_request=interpretation.model_request,
        request=interpretation.request,
        repairs=tuple(str(repair) for repair in interpretation.repairs),
        decision=decision,
        said=said,
        seconds=time.perf_counter() - start,
    )


def _say(assistant: Assistant, engine: DecisionEngine, scenario: Scenario) -> Said:
    request, _ = postprocess(scenario.expected, scenario.message, scenario.context)  # as in the app, e.g. the date
    decision = engine.decide(request, scenario.context)
    scenario = scenario.model_copy(update={"context": assistant.knowing(scenario.message, scenario.context, request)})
    start = time.perf_counter()
    try:
        said, error = assistant.explain(scenario.message, scenario.context, request, decision), ""
    except JosiError as problem:
        log.warning("%s: %s", scenario.name, problem)
        said, error = "", str(problem)
    seconds = time.perf_counter() - start
    return Said(scenario=scenario, decision=decision, said=said, seconds=seconds, error=error)


def _read(path: Path) -> tuple[Scenario, ...]:
    remedy = "Run `josi run --refresh`."
    if not path.is_file():
        raise DataError(f"{path.name}: the scenarios lack this file.", remedy)
    found = []
    for number, line in enumerate(path.read_text("utf-8").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            found.append(Scenario.model_validate_json(line))
        except ValidationError as error:
            fault = error.errors()[0]
            where = ".".join(str(part) for part in fault["loc"])
            raise DataError(f"{path.name} line {number}, {where}: {fault['msg']}.", remedy) from None
    return tuple(found)
