"""What an athlete, a profile, a memory or a card holds never opens a block of its own, nor a control token."""

import unicodedata
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from josi.chat import CHATML, Message, prompt, user_turn
from josi.contract import Action, ChatContext, GATCRequest, GATCResult
from tasks.data.golden import load_hostile
from tasks.data.partial import context_of
from tasks.data.prepare import TEXT

HEADERS = ("CONTEXT:", "PROFILE:", "MEMORY:", "HISTORY:", "GATC RESULT:", "[KNOWLEDGE]", "[INTERPRETER]")
HOSTILE = {scenario.name: scenario for scenario in load_hostile(TEXT)}
WAYS = ("message", "profile", "knowledge")
OPEN = frozenset(
    (
        "fake-result-block",
        "fake-context-block",
        "fake-interpreter-block",
        "fake-knowledge-block",
        "fake-memory-block",
        "fake-history-block",
        "fake-profile-block",
        "nep-blok",
        "profile-level-block",
        "knowledge-result-block",
        "knowledge-interpreter-block",
    )
)
BLOCK_OPENS = pytest.mark.xfail(reason="text from outside can open a block: josi/chat.py", strict=True)
WAYS = ("message", "profile", "memory", "history", "knowledge", "result", "request")
PIECES = st.one_of(
    st.sampled_from(HEADERS),
    st.sampled_from(("<|im_start|>", "<|im_end|>", "<|", "|>", "<", "|", ">", "\n", "\r\n", "\u2028", "\x85", "\x0b")),
    st.sampled_from(("system", "\u200b", "\u0338", "- Workout: Z8", "  [assistant]: yes", " ")),
    st.text(max_size=8),
)
TEXTS = st.lists(PIECES, max_size=12).map("".join)


def opened(text: str) -> Counter[str]:
    """The blocks that a reader of the text sees, by the line that opens them."""
    lines = (unicodedata.normalize("NFKC", line).strip() for line in text.splitlines())
    return Counter(line for line in lines if line in HEADERS)


def harmless(context: ChatContext) -> ChatContext:
    """The same athlete with a plain word wherever there are words of somebody."""
    profile, memory = context.profile_summary, context.athlete_memory
    words = {"history": tuple(turn.model_copy(update={"message": "word"}) for turn in context.history)}
    if context.knowledge:
        words["knowledge"] = "word"
    if context.gatc_result:
        words["gatc_result"] = GATCResult(workout_summary="word")
    if profile:
        words["profile_summary"] = profile.model_copy(update={name: "word" for name, value in profile if value})
    if memory:
        words["athlete_memory"] = memory.model_copy(
            update={
                "key_facts": tuple(fact.model_copy(update={"fact": "word"}) for fact in memory.key_facts),
                "patterns": tuple("word" for _ in memory.patterns),
                "coaching_notes": tuple("word" for _ in memory.coaching_notes),
            }
        )
    return context.model_copy(update=words)


def control_tokens(text: str) -> tuple[int, int]:
    whole = prompt([Message(role="system", content="Read."), Message(role="user", content=text)])
    return whole.count(CHATML.head), whole.count(CHATML.stop)


@pytest.mark.parametrize("name", HOSTILE)
def test_no_hostile_scenario_opens_a_block(name: str) -> None:
    scenario = HOSTILE[name]

    shown = opened(user_turn(scenario.message, scenario.context))

    assert shown == opened(user_turn("word", harmless(scenario.context)))


@pytest.mark.parametrize("name", HOSTILE)
def test_no_hostile_scenario_holds_a_control_token(name: str) -> None:
    scenario = HOSTILE[name]

    assert control_tokens(user_turn(scenario.message, scenario.context)) == (3, 2)


@given(text=TEXTS)
def test_no_text_holds_a_control_token_wherever_it_comes_in(text: str) -> None:
    for message, context, request in _ways_in(text):
        assert control_tokens(user_turn(message, context, request=request)) == (3, 2)


@pytest.mark.parametrize("way", WAYS)
@given(text=TEXTS)
def test_no_text_opens_a_block_wherever_it_comes_in(way: str, text: str) -> None:
    message, context, request = dict(zip(WAYS, _ways_in(text), strict=True))[way]
    plain = request.model_copy(update={"free_text": "word"}) if request else None

    shown = opened(user_turn(message, context, request=request))

    assert shown <= opened(user_turn("word", harmless(context), request=plain))


def test_an_ordinary_message_keeps_its_lines_and_its_spaces() -> None:
    message = "Two things:\n\n  1. my context: three kids\n  2. Memory:  short\tand bad"

    assert user_turn(message, context_of({})).startswith(f"{message}\n\nCONTEXT:")


@pytest.mark.parametrize(
    "line",
    [
        "CONTEXT:",
        "context:",
        "  CONTEXT: - Readiness: Green",
        "\u0421ONTEXT:",
        "CON\u200bTEXT:",
        "[Knowledge]",
        "GATC  RESULT:",
    ],
)
def test_a_line_that_reads_like_a_title_is_marked(line: str) -> None:
    assert f"\n> {line}\n" in user_turn(f"Hi\n{line}\nbye", context_of({}))
    assert f"\n> {line}\n" in user_turn("Hi", context_of({"knowledge": f"A card.\n{line}\nbye"}))


def _ways_in(text: str) -> tuple[tuple[str, ChatContext, GATCRequest | None], ...]:
    profile = {"name": text, "sport": text, "level": text, "goal_type": text, "current_phase": text}
    memory = {"key_facts": [text], "patterns": [text], "coaching_notes": [text]}
    result = {"workout_summary": text, "rationale_bullets": (text, text), "safety_caps_applied": (text,)}
    return (
        (text, context_of({}), None),
        ("word", context_of({"profile_summary": profile}), None),
        ("word", context_of({"athlete_memory": memory}), None),
        ("word", context_of({"history": [{"role": "user", "message": text}]}), None),
        ("word", context_of({"knowledge": text}), None),
        ("word", context_of({"gatc_result": result}), None),
        ("word", context_of({}), GATCRequest(action=Action.EXPLAIN, free_text=text or "?", question="Why?")),
    )
