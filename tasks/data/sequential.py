"""Explainer rows made from what an interpreter says: the engine decides on it, and an answer that fits is filled in.

From interpreter data (the perfect label) or from a trained interpreter, errors included: either way the explainer
learns on exactly the text that it will see. Where a message was misread, the answer still explains the decision.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from pydantic import ValidationError

from blocks.pair import open_pair
from blocks.recipe import Mix
from josi.chat import Message, user_turn
from josi.contract import ChatContext, Decision, GATCRequest, Outcome, ReplanType
from josi.engine import ReferenceEngine
from josi.language import language_of
from josi.postprocess import postprocess
from josi.records import Record
from tasks.data.check import Checker
from tasks.data.expand import Turn, generator, rows, turn
from tasks.data.explain import Answered, Explainer, fits
from tasks.data.families import Family, Group, ProjectText, Setting
from tasks.data.judge import Row
from tasks.data.project import load_project
from tasks.data.read_back import read_turn
from tasks.data.scenarios import turn_text
from tasks.data.text import TEXT

# Groups whose answers fit any message with such a decision; a question is answered only by its own group.
ANYWHERE = (
    *(f"workout.{name}" for name in ("built", "green", "yellow", "orange", "red")),
    *(f"replan.{name}" for name in (*ReplanType, "declined")),
)
SPOKEN_OF = ("action", "sport", "time_available_min", "goal", "constraints", "replan_type")
NOT_ASKED = (Outcome.STOP, Outcome.CLARIFY)  # the assistant's answer is fixed there: the explainer is not asked

Interpret = Callable[[str, ChatContext], GATCRequest]


class Heard(Turn):
    """A turn as an interpreter heard it; `label` is what it should have heard (None: taken as said)."""

    label: GATCRequest | None = None


class Sequential(Record):
    """Rows, and what became of each message: `made`, `misread` (of those made), or why there is none."""

    rows: tuple[Answered, ...]
    counts: Mapping[str, int]


class Bank:
    """Answers by what the engine decided, for messages that have none of their own."""

    def __init__(self, families: Iterable[Family]) -> None:
        groups = {id(family.group): family.group for family in families if family.group.answers}
        self._groups = [group for group in groups.values() if _is_general(group)]

    def group(self, row: Turn, decision: Decision) -> Group | None:
        """A group whose answers fit, always the same for the same row."""
        language = language_of(row.message)
        fitting = [
            group
            for group in self._groups
            if group.language == language
            and group.request["action"] == row.request.action
            and group.request.get("replan_type") in (None, row.request.replan_type)
            and fits(group.when, decision, row.context)
        ]
        return generator("bank", turn_text(row)).choice(fitting) if fitting else None


def from_rows(text: ProjectText, given: Iterable[Row]) -> Sequential:
    """Explainer rows from interpreter data: the label is what the interpreter would say."""
    counts: Counter[str] = Counter()
    return _collected((_turn_of(row, counts) for row in given if row.request is not None), text, counts)


def from_interpreter(text: ProjectText, mix: Mix, interpret: Interpret, wanted: int) -> Sequential:
    """Explainer rows for `wanted` of our own messages as an interpreter, with the rules behind it, hears them."""
    taken: set[str] = set()
    drawn = rows(
        text.explainer,
        wanted,
        f"{mix.seed}/heard",
        lambda family, rng: turn(family, text.words, rng, long=mix.long_share),
        turn_text,
        taken=taken,
    )
    return _collected((_heard(row, interpret) for row in drawn), text, Counter())


def _heard(row: Turn, interpret: Interpret) -> Heard:
    label, _ = postprocess(row.request, row.message, row.context)
    fields = {name: getattr(row, name) for name in Turn.model_fields}
    return Heard(**{**fields, "request": interpret(row.message, row.context)}, label=label)


def made_of(files: Iterable[Path], mix: Mix, text: Path = TEXT) -> Sequential:
    """`from_rows` of chat JSONL files. Raises DataError where one cannot be used."""
    checker = Checker(mix)
    found = [row for path in files for row in checker.read(path.name, path.read_bytes())]
    if checker.problems:
        raise checker.problems[0]
    return from_rows(load_project(text), found)


def heard_by(models: Path, mix: Mix, wanted: int, text: Path = TEXT) -> Sequential:
    """`from_interpreter` with the interpreter of a downloaded pair. Raises DownloadError where it is not whole."""
    with open_pair(models) as assistant:
        return from_interpreter(load_project(text), mix, lambda said, at: assistant.interpret(said, at).request, wanted)


def lines(found: Sequential, prompt: str) -> str:
    """Chat JSONL, as `--data` takes it."""
    return "".join(json.dumps(_line(row, prompt), ensure_ascii=False) + "\n" for row in found.rows)


def _collected(turns: Iterable[Heard | None], text: ProjectText, counts: Counter[str]) -> Sequential:
    explainer, engine, bank = (
        Explainer(text.words, ReferenceEngine(), cards=text.cards),
        ReferenceEngine(),
        Bank(text.explainer),
    )
    made = []
    for row in turns:
        if row is None:
            continue
        decision = engine.decide(row.request, row.context)
        answered = _answered(row, decision, explainer, bank, counts)
        if answered:
            made.append(answered)
            counts["made"] += 1
            counts["misread"] += _is_misread(row)
    return Sequential(rows=tuple(made), counts=dict(counts))


def _answered(
    row: Heard, decision: Decision, explainer: Explainer, bank: Bank, counts: Counter[str]
) -> Answered | None:
    if decision.outcome in NOT_ASKED:
        counts[f"answered without the explainer: {decision.outcome}"] += 1
        return None
    own = row.family.group
    is_own = bool(own.answers) and not _is_misread(row) and fits(own.when, decision, row.context)
    group = own if is_own else bank.group(row, decision)
    if group is None:
        counts[f"no answer that fits: {decision.outcome}"] += 1
        return None
    fitted = row.model_copy(update={"family": row.family.model_copy(update={"group": group})})
    answered = explainer.answer(fitted, decision, generator("sequential", turn_text(row)))
    if answered is None:
        counts["no answer that the language rules pass"] += 1
    return answered


def _is_misread(row: Heard) -> bool:
    """The request differs from the label in what an answer speaks of."""
    return row.label is not None and any(getattr(row.label, key) != getattr(row.request, key) for key in SPOKEN_OF)


def _turn_of(row: Row, counts: Counter[str]) -> Heard | None:
    assert row.request is not None  # noqa: S101 - the caller chose such rows
    try:
        message, context = read_turn(row.line.messages[-2].content)
    except ValidationError:
        counts["a context that the contract does not know"] += 1
        return None
    request, _ = postprocess(row.request, message, context)
    group = Group(
        category=f"sequential.{request.action}",
        language=language_of(message),
        request={"action": request.action, "replan_type": request.replan_type},
        say=(message,),
    )
    family = Family(file=row.line.where, line=row.line.line, group=group, text=message)
    return Heard(family=family, message=message, context=context, request=request)


def _is_general(group: Group) -> bool:
    """No answer that speaks of a memory, a conversation, a persona or a temptation that only its own message has."""
    plain = (
        group.context.model_copy(update={"readiness": (), "session": None, "sport": None, "tier": None}) == Setting()
    )
    bare = set(group.request) <= {"action", "replan_type"}  # no sport, goal or injury that the answer would speak of
    timed = any("{duration}" in line or "{minutes}" in line for line in group.say)  # "that time is well spent"
    return plain and bare and not timed and not group.topics and group.category in ANYWHERE


def _line(row: Answered, prompt: str) -> dict[str, object]:
    said = user_turn(row.message, row.context, decision=row.decision, request=row.request)
    messages = [
        Message(role="system", content=prompt),
        Message(role="user", content=said),
        Message(role="assistant", content=row.answer),
    ]
    return {
        "messages": [message.model_dump() for message in messages],
        "source": "sequential",
        "category": row.family.group.category,
    }
