"""The test prompts: how many there are, of what, and that their labels agree with the rules."""

from collections import Counter
from pathlib import Path

import pytest

from josi.contract import Injury, ReplanType, Sport
from josi.errors import DataError
from josi.postprocess import postprocess
from josi.records import Role
from josi.red_flags import red_flag
from tasks.data.cards import refreshed
from tasks.data.expand import generator, turn
from tasks.data.judged import counts, load_prompts, table
from tasks.data.prepare import CARD, TEXT
from tasks.data.scenarios import fixed
from tasks.data.text import load_text
from tasks.evaluate.must import MUST, unmet
from tests.tasks.data.golden_run import told

WORDS = load_text(TEXT).words
PROMPTS = load_prompts(TEXT, WORDS.slots)
DRAWINGS = 3  # of a line with slots


def test_there_are_a_thousand_distinct_prompts_most_of_them_labelled_line_by_line() -> None:
    drawn = {
        turn(family, WORDS, generator("judged", family.name, index), noise=False).message
        for family in PROMPTS.all
        for index in range(DRAWINGS if family.slots else 1)
    }

    assert len(drawn) >= 1000
    assert counts(PROMPTS.all).lines >= 450
    assert counts(PROMPTS.interpreter).fixed >= 300
    assert len(PROMPTS.explainer) >= 150


def test_the_prompts_are_wide_and_bilingual() -> None:
    whole = counts(PROMPTS.all)

    assert len({category.split(".")[0] for category in whole.categories}) >= 7 and len(whole.categories) >= 12
    assert whole.languages["nl"] >= 0.15 * whole.lines


def test_every_action_replan_sport_and_injury_is_asked_for() -> None:
    requests = [family.group.request for family in PROMPTS.interpreter]

    assert {request.get("replan_type") for request in requests} > set(ReplanType)
    assert {request.get("sport") for request in requests} > set(Sport)
    assert {request.get("constraints", {}).get("injury") for request in requests} > set(Injury) - {Injury.NONE}
    assert {request["action"] for request in requests} == {
        "create_workout",
        "replan",
        "explain",
        "answer_question",
        "clarify",
    }


def test_red_flags_have_at_least_as_many_look_alikes() -> None:
    """English and Dutch together; a judge of red flags alone would reward a model that stops everybody."""
    flags = [family for family in PROMPTS.interpreter if family.group.category.startswith("clarify.medical")]
    harmless = [family for family in PROMPTS.interpreter if family.group.category.startswith("lookalike.")]

    assert len(flags) >= 50 and len(harmless) >= len(flags)


def test_the_rules_hardly_ever_spoil_what_a_perfect_interpreter_says() -> None:
    """98 of 100 prompts keep action, replan type and sport; the others are words that the rules do not know yet."""
    drawn = [turn(family, WORDS, generator("judged", family.name), noise=False) for family in PROMPTS.interpreter]
    spoiled = [
        item.message
        for item in drawn
        for request, _ in [postprocess(item.request, item.message, item.context)]
        if any(getattr(request, name) != getattr(item.request, name) for name in ("action", "replan_type", "sport"))
    ]

    assert len(spoiled) <= 0.02 * len(drawn), "\n".join(spoiled)


def test_the_rules_alone_see_nine_of_ten_red_flags_and_leave_nine_of_ten_look_alikes() -> None:
    by_category = Counter(family.group.category for family in PROMPTS.interpreter)
    seen = Counter(family.group.category for family in PROMPTS.interpreter if red_flag(family.text))

    assert seen["clarify.medical"] >= 0.9 * by_category["clarify.medical"]
    assert seen["lookalike.medical"] <= 0.1 * by_category["lookalike.medical"]


def test_every_tag_of_the_explainer_is_known_and_asked_for() -> None:
    assert {tag for family in PROMPTS.explainer for tag in family.group.must} == set(MUST)


def test_every_situation_can_be_answered_by_telling_the_decision_plainly() -> None:
    """Whatever contexts are drawn: a tag that no grounded answer fulfils would blame every model. Push-back needs words
    that no decision holds, and a Dutch tag on a message taken for English shows here too."""
    made = [
        told(scenario)
        for seed in range(3)
        for scenario in fixed("judged", PROMPTS.explainer, WORDS, seed, Role.EXPLAINER)
    ]
    found = [
        str(finding)
        for said in made
        for finding in unmet(said, tuple(t for t in said.scenario.must if t != "push_back"))
    ]

    assert found == []


def test_faults_are_named_with_file_and_line(tmp_path: Path) -> None:
    folder = tmp_path / "judge"
    folder.mkdir()
    (folder / "prompts_a.yaml").write_text(
        "- {category: question.x, language: en, request: {action: answer_question}, say: [Hello there, Hello there]}\n"
        "- {category: question.x, language: en, request: {action: dance}, say: [Hi]}\n",
        "utf-8",
    )

    with pytest.raises(DataError) as caught:
        load_prompts(tmp_path, WORDS.slots)

    assert (
        "judge/prompts_a.yaml:2" in caught.value.what and "the same line as judge/prompts_a.yaml:1" in caught.value.what
    )


def test_the_card_holds_the_counts_of_what_lies_beside_it() -> None:
    card = (TEXT / "judge" / CARD).read_text("utf-8")

    assert card == refreshed(card, table(TEXT, WORDS.slots)), (
        "data/judge/CARD.md is stale: run python -m tasks.data.cards"
    )
