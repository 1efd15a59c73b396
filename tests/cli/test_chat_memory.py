"""A conversation in the terminal: what is learned in one turn is known in the next, and taken back when it is."""

from datetime import date

import pytest

from cli import chat
from josi.assistant import Assistant, Interpretation, Turn
from josi.contract import ChatContext, Decision, GATCRequest, Outcome
from josi.memory import learn
from tests.josi.turns import context


class Listening(Assistant):
    """Answers nothing of its own and notes what it is shown."""

    def __init__(self) -> None:
        self.shown: list[ChatContext] = []

    def turn(self, message: str, context: ChatContext) -> Turn:
        self.shown.append(context)
        request = GATCRequest(action="answer_question", free_text=message, question=message)
        return Turn(
            interpretation=Interpretation(raw="", model_request=None, request=request),
            decision=Decision(outcome=Outcome.ANSWER, rationale_bullets=("so",)),
            answer="Noted.",
            learned=learn(message, date(2026, 3, 4)),
        )


def talk(monkeypatch: pytest.MonkeyPatch, start: ChatContext, *said: str) -> list[list[str]]:
    lines, assistant = iter((*said, "")), Listening()
    monkeypatch.setattr(chat, "_read", lambda: next(lines))
    chat._converse(assistant, start)
    return [[f.fact for f in one.athlete_memory.key_facts] if one.athlete_memory else [] for one in assistant.shown]


def test_what_was_learned_is_known_in_the_next_turn_and_gone_when_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    known = talk(monkeypatch, context(), "My knee hurts", "Hello again", "My knee is fine now", "And now?")

    assert known[0] == [] and known[3] == []
    assert "knee" in " ".join(known[1]) and known[1] == known[2]


def test_a_memory_that_came_with_the_context_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    given = {"key_facts": [{"fact": "prefers mornings", "source": "behavior", "confidence": 0.9}]}
    known = talk(monkeypatch, context(athlete_memory=given), "My knee hurts", "Hello again")

    assert known == [["prefers mornings"]] * 2
