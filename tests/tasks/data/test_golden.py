"""The golden and hostile scenarios with a perfect interpreter: what is left to be wrong is a rule or the engine."""

from functools import cache
from itertools import cycle
from pathlib import Path

import pytest

from josi.assistant import Turn
from josi.contract import Action, GATCRequest, Outcome
from josi.errors import DataError
from josi.golden import Golden, Tag, judge, judge_words
from josi.records import Role
from tasks.data.golden import counts, load_golden, load_hostile, load_scenarios
from tasks.data.prepare import TEXT
from tasks.evaluate.answers import Heard, Scenario
from tasks.evaluate.must import MUST, unmet
from tests.tasks.data.golden_run import turn_of

GOLDEN, HOSTILE = load_golden(TEXT), load_hostile(TEXT)
BY_NAME = {scenario.name: scenario for scenario in (*GOLDEN, *HOSTILE)}
FLAGS = [name for name, scenario in BY_NAME.items() if scenario.topic == "red_flag"]
WRONG = {
    Action.CREATE_WORKOUT: {"sport": "bike"},
    Action.ANSWER_QUESTION: {"question": "?"},
    Action.REPLAN: {"replan_type": "travel"},
}
NO_PLAIN_ANSWER = {"push_back"}  # needs words that no decision holds


def _stops(scenario: Golden) -> bool:
    return scenario.outcome == (Outcome.STOP,)


@cache
def right(name: str) -> Turn:
    """The turn with a perfect interpreter; made once, since judging its answer is what costs time."""
    return turn_of(BY_NAME[name])


def said_instead(scenario: Golden, action: Action) -> GATCRequest:
    return GATCRequest(action=action, free_text=scenario.message, **WRONG[action])


@pytest.mark.parametrize("name", BY_NAME)
def test_rules_and_engine_do_what_a_scenario_wants_of_a_perfect_interpreter(name: str) -> None:
    scenario, turn = BY_NAME[name], right(name)
    told = {finding.where for finding in judge_words(scenario, turn.answer)} if scenario.way else set()

    assert [str(finding) for finding in judge(scenario, turn) if finding.where not in told] == []


@pytest.mark.parametrize("name", [scenario.name for scenario in GOLDEN])
def test_every_tag_can_be_fulfilled_by_telling_the_decision_plainly(name: str) -> None:
    scenario = BY_NAME[name]
    tags = tuple(tag for tag in scenario.answer.must if tag not in NO_PLAIN_ANSWER)
    turn = right(name)
    heard = Heard(
        scenario=Scenario(
            **{field: getattr(scenario, field) for field in ("name", "message", "context", "expected", "language")},
            role=Role.INTERPRETER,
            category=scenario.topic,
            family=scenario.name,
        ),
        decision=turn.decision,
        said=turn.answer,
    )

    assert [str(finding) for finding in unmet(heard, tags)] == []


@pytest.mark.parametrize("name", FLAGS)
@pytest.mark.parametrize("action", WRONG)
def test_no_model_can_talk_the_rules_out_of_a_golden_red_flag(name: str, action: Action) -> None:
    scenario = BY_NAME[name]

    assert turn_of(scenario, said_instead(scenario, action)).decision.outcome is Outcome.STOP


@pytest.mark.parametrize("name", [name for name, item in BY_NAME.items() if item.topic == "unicode" and _stops(item)])
def test_letters_that_only_look_alike_do_not_hide_a_red_flag(name: str) -> None:
    scenario = BY_NAME[name]

    assert turn_of(scenario, said_instead(scenario, Action.CREATE_WORKOUT)).decision.outcome is Outcome.STOP


def test_a_turn_that_ends_otherwise_is_named_in_every_scenario() -> None:
    ended_otherwise = 0
    for scenario, action in zip(GOLDEN, cycle(WRONG), strict=False):
        wrong = turn_of(scenario, said_instead(scenario, action))
        if wrong.decision.outcome is not right(scenario.name).decision.outcome:
            ended_otherwise += 1
            assert judge(scenario, wrong), f"{scenario.name}: nothing said of {action}"

    assert ended_otherwise > 80  # the others end the same by a rule: red flags, illness, a tier


def test_the_judge_names_field_outcome_workout_cap_and_word() -> None:
    scenario = BY_NAME["yellow-threshold"]
    easy = scenario.expected.model_copy(update={"goal": None})
    named = {finding.where.split(" ", 1)[1] for finding in judge(scenario, turn_of(scenario, easy))}
    assert named == {"request.goal", "decision.workout", "decision.caps"}

    question = judge(scenario, turn_of(scenario, said_instead(scenario, Action.ANSWER_QUESTION)))
    assert "decision.outcome" in {finding.where.split(" ", 1)[1] for finding in question}

    assert judge_words(scenario, "A brisk session in Z4 it is")
    assert judge_words(scenario, "A brisk session in \uff3a\uff14 it is")
    assert not judge_words(scenario, "A steady session in Z3, not XZ4")


def test_the_sets_are_as_large_and_as_wide_as_they_have_to_be() -> None:
    golden, hostile = counts(GOLDEN), counts(HOSTILE)

    assert len(GOLDEN) >= 200 and golden["language"]["nl"] >= 40
    assert len(HOSTILE) >= 60 and set(hostile["way"]) == {"message", "memory", "profile", "knowledge", "history"}
    assert {"red_flag", "tier", "memory", "unrealistic", "duration", "date", "illness", "missing_sport"} <= set(
        golden["topic"]
    )


def test_the_tags_of_scenarios_are_those_of_the_evaluation() -> None:
    assert set(Tag.__args__) == set(MUST)


def test_all_faults_of_a_file_are_named_at_once_with_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "golden.yaml"
    path.write_text(
        "- {name: a, topic: t, language: en, message: Hi, expected: {action: dance}, outcome: answer}\n"
        "- {name: b, topic: t, language: fr, message: Hi, expected: {action: explain}, outcome: answer}\n"
        "- {name: c, topic: t, language: en, message: Hi, expected: {action: explain}}\n"
        "- {name: d, topic: t, language: en, message: Hi, expected: {action: explain}, must: {sprot: run}}\n"
        "- {name: e, topic: t, language: en, message: Hi, expected: {action: explain}, outcome: answer, way: memory}\n"
        "- {name: f, topic: t, language: en, message: Hi, expected: {action: explain}, context: {tier: king},"
        " outcome: answer}\n"
        "- {name: g, topic: t, language: en, message: Hi, expected: {action: explain}, outcome: answer,"
        " answer: {must: [dance]}}\n",
        "utf-8",
    )

    with pytest.raises(DataError) as caught:
        load_scenarios([path])

    lines = [line.split(" ")[0] for line in caught.value.what.splitlines()[1:]]
    assert lines == [f"golden.yaml:{number}" for number in range(1, 8)]
