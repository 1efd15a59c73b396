"""The one owner of how a turn looks in text, in training, in evaluation and in the app.

Block names and their order are part of the contract: the models were trained on exactly this text.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Literal

from josi.contract import (
    ChatContext,
    Decision,
    GATCRequest,
    GATCResult,
    Persona,
    PlannedSession,
    ProfileSummary,
)
from josi.folding import folded
from josi.memory import block as memory_block
from josi.records import Record

HISTORY = 8  # messages: three to four turns are shown, whatever the app keeps
BETWEEN = "\n\n"  # stands between two blocks
Speaker = Literal["system", "user", "assistant"]


class Part(StrEnum):
    """The pieces of a turn's user message."""

    MESSAGE = "message"
    CONTEXT = "context"
    PROFILE = "profile"
    MEMORY = "memory"
    HISTORY = "history"
    RESULT = "result"
    KNOWLEDGE = "knowledge"
    REQUEST = "request"


TITLES: Mapping[Part, str] = {
    Part.CONTEXT: "CONTEXT:",
    Part.PROFILE: "PROFILE:",
    Part.MEMORY: "MEMORY:",
    Part.HISTORY: "HISTORY:",
    Part.RESULT: "GATC RESULT:",
    Part.KNOWLEDGE: "[KNOWLEDGE]",
    Part.REQUEST: "[INTERPRETER]",
}
_TITLE = re.compile(rf"^(?:{'|'.join(map(re.escape, TITLES.values()))})[ \t]*$", re.MULTILINE)
QUOTE = "> "  # stands before a line of somebody's text that would open a block

SPORT_WORDS = {
    "run": "running",
    "bike": "cycling",
    "ski": "skiing",
    "skate": "skating",
    "strength": "strength training",
    "other": "other",
}


class Message(Record):
    role: Speaker
    content: str


class Template(Record):
    """How messages become one string. `stop` ends every message and is the stop token at run time."""

    name: str
    head: str
    neck: str
    stop: str
    tail: str
    jinja: str


CHATML = Template(
    name="chatml",
    head="<|im_start|>",
    neck="\n",
    stop="<|im_end|>",
    tail="\n",
    # The stop token stands inside the generation block: it is learned, or the model never ends its turn.
    jinja=(
        "{% for message in messages %}"
        "{{ '<|im_start|>' + message['role'] + '\n' }}"
        "{% if message['role'] == 'assistant' %}"
        "{% generation %}{{ message['content'] + '<|im_end|>' }}{% endgeneration %}"
        "{% else %}{{ message['content'] + '<|im_end|>' }}{% endif %}"
        "{{ '\n' }}"
        "{% endfor %}"
        "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
    ),
)

TEMPLATES = {CHATML.name: CHATML}


def plain(text: str) -> str:
    """Text that cannot pass for a control token, in NFC (Qwen2's tokenizer and llama.cpp then agree)."""
    return unicodedata.normalize("NFC", text).replace("<|", "< |").replace("|>", "| >")


def render(messages: Iterable[Message], template: Template = CHATML) -> tuple[str, list[slice]]:
    """The text of a conversation, and where in it the learned parts stand.

    Returns the whole string and one slice (in characters) per assistant message: its answer and the stop token.
    """
    text, spans = "", []
    for message in messages:
        text += f"{template.head}{message.role}{template.neck}"
        start = len(text)
        text += plain(message.content) + template.stop
        if message.role == "assistant":
            spans.append(slice(start, len(text)))
        text += template.tail
    return text, spans


def prompt(messages: Sequence[Message], template: Template = CHATML) -> str:
    """The text after which the model answers."""
    return render(messages, template)[0] + f"{template.head}assistant{template.neck}"


def parse(text: str, template: Template = CHATML) -> str:
    """The answer in what a model returned: what stands before the first stop or head token."""
    for mark in (template.stop, template.head):
        text = text.split(mark, 1)[0]
    return text.strip()


def user_turn(
    message: str,
    context: ChatContext,
    *,
    decision: Decision | None = None,
    request: GATCRequest | None = None,
) -> str:
    """The user message of a turn: the athlete's words, then one block after the other.

    The interpreter sees no decision and no request; the explainer sees both.
    """
    return BETWEEN.join(text for text in parts(message, context, decision=decision, request=request).values() if text)


def parts(
    message: str,
    context: ChatContext,
    *,
    decision: Decision | None = None,
    request: GATCRequest | None = None,
) -> dict[Part, str]:
    """The pieces of a user message, in their order; "" for one that has nothing to show.

    Of a memory above its tokens the most valuable part is shown (`josi.memory.block`).
    """
    result = decision.gatc_result if decision else context.gatc_result
    lines: dict[Part, Sequence[str]] = {
        Part.CONTEXT: _context_lines(context, persona=decision is not None),
        Part.PROFILE: _profile_lines(context.profile_summary),
        Part.HISTORY: [f"  [{turn.role}]: {_line(turn.message)}" for turn in context.history[-HISTORY:]],
        Part.RESULT: _result_lines(result),
        Part.KNOWLEDGE: [_quoted(context.knowledge)] if context.knowledge else [],
        Part.REQUEST: [_json_line(request)] if request else [],
    }
    blocks = {part: "\n".join([TITLES[part], *found]) if found else "" for part, found in lines.items()}
    memory = memory_block.fit(context.athlete_memory).block if context.athlete_memory else ""
    said = {Part.MESSAGE: _quoted(message.strip()), Part.MEMORY: memory, **blocks}
    return {part: said[part] for part in Part}


def words_of(turn: str) -> str:
    """The athlete's words in a user message: all that stands before its first block."""
    return _TITLE.split(turn, maxsplit=1)[0].strip()


def session_line(session: PlannedSession) -> str:
    """E.g. `Z2 60min "Continuous Z2 60min" (base phase)`."""
    return f'{session.target_zone} {session.target_duration_min}min "{session.structure_label}" ({session.phase} phase)'


def _context_lines(context: ChatContext, *, persona: bool) -> list[str]:
    """What is true today. The persona is for the explainer: it changes how a thing is said, never what is meant."""
    lines = [f"- Readiness: {context.readiness.level} ({context.readiness.state})"]
    if context.has_session_context and context.planned_session:
        lines.append(f"- Session: {_line(session_line(context.planned_session))}")
    profile = context.profile_summary
    if profile and profile.sport:
        lines.append(f"- Sport: {_line(SPORT_WORDS.get(profile.sport, profile.sport))}")
    if profile and profile.level:
        lines.append(f"- Level: {_line(profile.level)}")
    if persona and context.persona_id is not Persona.BALANCED:
        lines.append(f"- Persona: {context.persona_id}")
    return lines


def _profile_lines(profile: ProfileSummary | None) -> list[str]:
    if profile is None:
        return []
    named = {"Name": profile.name, "Goal": profile.goal_type, "Phase": profile.current_phase}
    return [f"  {key}: {_line(value)}" for key, value in named.items() if value]


def _result_lines(result: GATCResult | None) -> list[str]:
    if result is None:
        return []
    named = {
        "Workout": [result.workout_summary] if result.workout_summary else [],
        "Why": result.rationale_bullets,
        "Caps": result.safety_caps_applied,
    }
    return [f"- {key}: {_line(' | '.join(values))}" for key, values in named.items() if values]


def _line(text: str) -> str:
    """On one line: what somebody wrote cannot open a block of its own."""
    return " ".join(text.split())


def _quoted(text: str) -> str:
    """Text that keeps its line breaks, with the lines marked that read like the title of a block."""
    return "".join(f"{QUOTE}{line}" if _opens_a_block(line) else line for line in text.splitlines(keepends=True))


def _opens_a_block(line: str) -> bool:
    """Whether a line is a title, in whatever letters and case, or begins with one as we write it."""
    read = " ".join(folded(line).split())
    return read.startswith(tuple(TITLES.values())) or read.upper() in TITLES.values()


def _json_line(request: GATCRequest) -> str:
    """Without the confidence, which no explainer learned to read. JSON leaves three signs that end a line elsewhere."""
    said = request.model_copy(update={"confidence": None}).to_json()
    return re.sub("[\x85\u2028\u2029]", lambda match: f"\\u{ord(match[0]):04x}", said)
