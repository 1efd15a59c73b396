"""Reads a turn's text back into words and context: what `josi.chat.user_turn` wrote, and what older data holds."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from josi.chat import Message, words_of
from josi.contract import ChatContext, Level
from tasks.data.contexts import STATES
from tasks.data.partial import context_of

_TITLE = re.compile(
    r"^(CONTEXT|PROFILE|MEMORY|HISTORY|GATC RESULT):$|^\[(KNOWLEDGE|INTERPRETER)\][ \t]*$", re.MULTILINE
)
_READINESS = re.compile(r"(\w+)(?: \((\w+)\))?")
_SESSION = re.compile(r'(R|Z[1-8]) (\d+) ?min "(.*)" \((\w+)(?: phase)?\)')
_TURN = re.compile(r"\[(user|assistant)\]: (.*)")
_LEVELS: Mapping[str, Level] = {level.lower(): level for level in Level} | {"amber": Level.YELLOW}


def heard_in(turn: str) -> tuple[str, ...]:
    """Everything that the athlete says in a turn: its words, each of their paragraphs, and earlier ones in HISTORY."""
    own = words_of(turn)
    parts = [part.strip() for part in own.split("\n\n") if part.strip()]
    histories = (body for title, body in _blocks(turn) if title == "HISTORY")
    said = (_TURN.match(line.strip()) for body in histories for line in body.splitlines())
    return tuple(dict.fromkeys([own, *parts, *(one[2] for one in said if one and one[1] == "user")]))


def answers_in(messages: Sequence[Message]) -> Iterator[tuple[int, str, str, str]]:
    """Each answer of a conversation: its place, all that was said before it, the athlete's words, and itself.

    Every answer of a row is learned, not its last one alone. The system message gives an answer nothing.
    """
    told = [(place, message) for place, message in enumerate(messages) if message.role != "system"]
    for number, (place, message) in enumerate(told):
        if message.role == "assistant" and number:
            given = "\n\n".join(before.content for _, before in told[:number])
            yield place, given, words_of(told[number - 1][1].content), message.content


def read_turn(text: str) -> tuple[str, ChatContext]:
    """The athlete's words, and the context as far as the text tells; the rest is an ordinary day.

    Raises pydantic.ValidationError where a line says something that the contract does not know.
    """
    blocks = list(_blocks(text))
    given: dict[str, Any] = {}
    for title, body in blocks[1:]:
        reader = _READERS.get(title)
        if reader:
            given |= reader(body, given)
    return blocks[0][1].strip(), context_of(given)


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """The athlete's words under an empty title, then each block."""
    marks = list(_TITLE.finditer(text))
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    yield "", text[: marks[0].start()] if marks else text
    for mark, end in zip(marks, ends, strict=True) if marks else ():
        yield mark[1] or mark[2], text[mark.end() : end]


def _lines(body: str) -> dict[str, str]:
    pairs = (line.strip().removeprefix("- ").partition(":") for line in body.strip().splitlines())
    return {key.strip(): value.strip() for key, _, value in pairs if value.strip()}


def _context(body: str, given: Mapping[str, Any]) -> dict[str, Any]:
    lines, made = _lines(body), dict[str, Any]()
    if found := _READINESS.match(lines.get("Readiness", "")):
        level = _LEVELS.get(found[1].lower(), Level.GREEN)
        made["readiness"] = {"level": level, "state": found[2] or STATES[level][0]}
    if found := _SESSION.match(lines.get("Session", "")):
        zone, minutes, label, phase = found.groups()
        made["planned_session"] = {
            "intent": zone, "target_zone": zone, "target_duration_min": int(minutes), "structure_label": label,
            "meso_day": 1, "phase": phase,
        }  # fmt: skip
    if "Persona" in lines:
        made["persona_id"] = lines["Persona"]
    return made | _profile_of({"sport": lines.get("Sport"), "level": lines.get("Level")}, given)


def _profile(body: str, given: Mapping[str, Any]) -> dict[str, Any]:
    lines = _lines(body)
    named = {"name": lines.get("Name"), "goal_type": lines.get("Goal"), "current_phase": lines.get("Phase")}
    return _profile_of(named, given)


def _profile_of(fields: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    known = {**given.get("profile_summary", {}), **{key: value for key, value in fields.items() if value}}
    return {"profile_summary": known} if known else {}


def _memory(body: str, _: Mapping[str, Any]) -> dict[str, Any]:
    lines = _lines(body)
    parts = {"key_facts": "Facts", "patterns": "Patterns", "coaching_notes": "Notes"}
    return {"athlete_memory": {key: lines[name].split(" | ") for key, name in parts.items() if name in lines}}


def _history(body: str, _: Mapping[str, Any]) -> dict[str, Any]:
    said = (_TURN.match(line.strip()) for line in body.splitlines())
    return {"history": [{"role": one[1], "message": one[2]} for one in said if one]}


_READERS = {"CONTEXT": _context, "PROFILE": _profile, "MEMORY": _memory, "HISTORY": _history}
