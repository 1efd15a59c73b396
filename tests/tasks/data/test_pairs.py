"""Pairs of a good and a refused answer: each is refused for the reason that its label says."""

from collections import Counter
from pathlib import Path

import pytest

from josi.chat import user_turn
from josi.engine import ReferenceEngine
from josi.errors import DataError
from josi.examples import Reason
from josi.language import check_answer
from tasks.data.expand import generator
from tasks.data.explain import Answered, Explainer
from tasks.data.families import ProjectText
from tasks.data.pairs import Pairs, make_pairs
from tasks.data.text import load_text


def answered(project: ProjectText, count: int) -> list[Answered]:
    explainer = Explainer(project.words, ReferenceEngine())
    rows = [explainer.draw(project.explainer[n % len(project.explainer)], generator(n)) for n in range(count)]
    return [row for row in rows if row is not None]


def made(project: ProjectText, wanted: int = 16) -> tuple[list[Answered], Pairs]:
    rows = answered(project, 40)
    return rows, make_pairs(rows, project.worst, wanted, 7, "Explain it.")


def test_a_pair_stands_on_a_row_and_its_refused_answer_breaks_the_rule_that_it_is_labelled_with(text: Path) -> None:
    rows, (pairs, _) = made(load_text(text))
    by_prompt = {user_turn(r.message, r.context, decision=r.decision, request=r.request): r for r in rows}

    invented = [pair for pair in pairs if pair.reason is Reason.INVENTS_NUMBERS]
    assert invented
    for pair in invented:
        row = by_prompt[pair.messages[-1].content]
        found = check_answer(pair.rejected, context=row.context, decision=row.decision, message=row.message)
        assert pair.messages[0].content == "Explain it." and pair.chosen == row.answer
        assert "number" in {finding.check for finding in found}


def test_reasons_have_equal_shares_as_far_as_the_material_reaches_and_no_pair_comes_twice(text: Path) -> None:
    _, (pairs, _) = made(load_text(text))

    assert Counter(pair.reason for pair in pairs) == {Reason.INVENTS_NUMBERS: 2, Reason.DEFLECTS: 2}
    assert len({(pair.messages[-1].content, pair.rejected) for pair in pairs}) == len(pairs)


def test_a_refused_answer_in_which_no_rule_sees_the_reason_is_left_out_and_named(text: Path) -> None:
    _, (pairs, findings) = made(load_text(text))

    assert ["This one is fine" in finding.where for finding in findings] == [True]
    assert not any("This one is fine" in pair.rejected for pair in pairs)


def test_a_number_that_the_prompt_holds_is_not_invented(text: Path) -> None:
    project = load_text(text)
    rows = answered(project, 40)
    held = rows[1::2]  # what the athlete said stands in the request, which the explainer is shown
    told = [r.model_copy(update={"request": r.request.model_copy(update={"free_text": "231 watts!"})}) for r in held]
    pairs, _ = make_pairs([*rows[::2], *told], project.worst, 40, 7, "Explain it.")

    invented = [pair for pair in pairs if pair.reason is Reason.INVENTS_NUMBERS]
    assert len(invented) == 5
    assert not any("231 watts!" in pair.messages[-1].content for pair in invented)


def test_the_same_material_gives_the_same_pairs(text: Path) -> None:
    project = load_text(text)

    assert made(project) == made(project)


def test_faults_of_refused_answers_are_all_named_at_once(text: Path) -> None:
    groups = "- {reason: boring, language: en, for: [workout], rejected: [x]}\n"
    (text / "preference/b.yaml").write_text(groups, "utf-8")
    (text / "preference/c.yaml").write_text(groups.replace("boring", "jargon").replace("[x]", "['{pace}']"), "utf-8")

    with pytest.raises(DataError, match=r"(?s)preference/b.yaml 0.reason.*preference/c.yaml: unknown slot \{pace\}"):
        load_text(text)
