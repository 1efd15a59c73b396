"""Explainer rows from what an interpreter says: the text is the one that the explainer will see."""

import json
from pathlib import Path

import pytest

from blocks.recipe import Mix
from josi.chat import user_turn
from josi.contract import ChatContext, GATCRequest
from josi.engine import ReferenceEngine
from josi.language import check_answer
from tasks.data.athletes import load_people
from tasks.data.contexts import draw
from tasks.data.expand import generator
from tasks.data.families import Setting
from tasks.data.read_back import read_turn
from tasks.data.sequential import from_interpreter, lines, made_of
from tasks.data.text import load_text
from tests.tasks.data.conftest import chat

PLAIN = """
- category: workout.built
  language: en
  request: {action: create_workout}
  when: {outcome: workout}
  say: ["Could I have {a_sport} please, coach"]
  answers: ["Here is {workout}, chosen because {why}."]
"""
SESSION = (
    'CONTEXT:\n- Readiness: Green (Recovered)\n- Session: Z2 60min "Continuous Z2 60min" (base phase)\n- Sport: running'
)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_what_a_turn_shows_can_be_read_back(language: str) -> None:
    people = load_people(Path("data"), [])[language]  # type: ignore[index]
    for number in range(150):
        context = draw(generator("back", number), Setting(), people, long=number % 3 == 0)
        shown = user_turn("Can I train?", context)

        message, again = read_turn(shown)

        assert (message, user_turn(message, again)) == ("Can I train?", shown)


def test_older_spellings_of_readiness_are_understood() -> None:
    _, context = read_turn("Hi\n\nCONTEXT:\n- Readiness: amber\n- Sport: running")

    assert context.readiness.level == "Yellow"
    assert context.profile_summary and context.profile_summary.sport == "running"


def test_rows_of_an_interpreter_become_rows_of_the_explainer(text: Path, mix: Mix, tmp_path: Path) -> None:
    request = GATCRequest(action="create_workout", sport="run", time_available_min=40, free_text="A run of 40 minutes")
    path = tmp_path / "mine.jsonl"
    asks = chat(f"What is a tempo?\n\n{SESSION}", '{"action":"answer_question","free_text":"x","question":"x"}')
    (text / "explainer/b.yaml").write_text(PLAIN, "utf-8")
    path.write_text(chat(f"A run of 40 minutes\n\n{SESSION}", request.to_json()) + "\n" + asks + "\n", "utf-8")

    found = made_of([path], mix, text)

    (row,) = found.rows
    assert "40 min" in row.decision.workout_summary and row.decision.workout_summary in row.answer
    (line,) = lines(found, "Explain it.").splitlines()
    assert json.loads(line)["messages"][1]["content"].endswith(f"[INTERPRETER]\n{row.request.to_json()}")
    assert found.counts["no answer that fits: answer"] == 1


def test_a_misread_message_is_answered_by_what_the_engine_decided_on_the_misreading(text: Path, mix: Mix) -> None:
    (text / "explainer/b.yaml").write_text(PLAIN, "utf-8")
    project = load_text(text)

    def always_a_ride(message: str, context: ChatContext) -> GATCRequest:
        return GATCRequest(action="create_workout", sport="bike", time_available_min=25, free_text=message)

    found = from_interpreter(project, mix, always_a_ride, 20)

    assert found.counts["made"] == len(found.rows) == 20
    assert any("25 min bike ride" in row.answer for row in found.rows)
    assert 0 < found.counts["misread"] <= 20
    for row in found.rows:
        assert row.decision == ReferenceEngine().decide(row.request, row.context)
        assert row.decision.workout_summary.lower() in row.answer.lower()
        assert not check_answer(row.answer, context=row.context, decision=row.decision, message=row.message)
