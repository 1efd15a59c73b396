from collections import Counter
from pathlib import Path

from josi.contract import ChatContext, Decision, GATCRequest, Outcome
from josi.engine import ReferenceEngine
from tasks.data.expand import generator
from tasks.data.explain import Explainer, fill, fits
from tasks.data.families import When
from tasks.data.text import load_text


class Refusing:
    """An engine that always declines."""

    def decide(self, request: GATCRequest, context: ChatContext) -> Decision:
        return Decision(outcome=Outcome.DECLINED, rationale_bullets=("it is late",))


def test_an_answer_names_the_decision_and_passes_the_language_rules(text: Path) -> None:
    project = load_text(text)
    explainer = Explainer(project.words, ReferenceEngine())
    drawn = [explainer.draw(project.explainer[0], generator(number)) for number in range(30)]
    answered = [row for row in drawn if row is not None]

    assert len(answered) > 25
    for row in answered:
        assert row.decision.outcome is Outcome.WORKOUT
        assert row.decision.workout_summary.lower() in row.answer.lower()
        assert row.decision.rationale_bullets[0] in row.answer


def test_a_slot_that_opens_a_sentence_gets_a_capital() -> None:
    assert fill("{workout}. {why}, {name}.", {"workout": "a run", "why": "you rested", "name": "Mila"}) == (
        "A run. You rested, Mila."
    )


def test_a_name_is_used_only_where_the_profile_gives_one(text: Path) -> None:
    project = load_text(text)
    explainer = Explainer(project.words, ReferenceEngine())
    rows = [row for row in (explainer.draw(project.explainer[0], generator(n)) for n in range(60)) if row]
    named = [row for row in rows if row.answer.endswith(row.decision.rationale_bullets[0] + ".") and "!" in row.answer]

    assert named and all(
        row.context.profile_summary and row.context.profile_summary.name in row.answer for row in named
    )


def test_a_family_whose_decision_never_comes_says_what_came_instead(text: Path) -> None:
    project = load_text(text)
    family = project.explainer[0]
    explainer = Explainer(project.words, Refusing())
    assert explainer.draw(family, generator("a")) is None
    (finding,) = explainer.findings(Counter(), (family,))
    assert finding.where == "explainer/a.yaml:7" and "declined (" in finding.got


def test_an_answer_that_breaks_a_language_rule_is_refused_and_named(text: Path) -> None:
    path = text / "explainer/a.yaml"
    path.write_text(path.read_text().replace("It fits because {why}.", "Your TSS is 95 because {why}."))
    project = load_text(text)
    explainer = Explainer(project.words, ReferenceEngine())
    assert {explainer.draw(project.explainer[0], generator(n)) for n in range(5)} == {None}
    assert explainer.dropped >= 5
    found = explainer.findings(Counter({project.explainer[0].name: 1}), project.explainer)
    assert found and all(finding.where.startswith("explainer/a.yaml:7 answer") for finding in found)


def test_a_decision_fits_by_outcome_caps_and_readiness(text: Path) -> None:
    project = load_text(text)
    context = Explainer(project.words, ReferenceEngine()).draw(project.explainer[0], generator(1))
    assert context is not None
    capped = Decision(outcome="workout", rationale_bullets=("x",), safety_caps_applied=("y",))
    level = context.context.readiness.level

    assert fits(When(outcome="workout", capped=True, readiness=level), capped, context.context)
    assert not fits(When(capped=False), capped, context.context)
    assert not fits(When(outcome="replan"), capped, context.context)
