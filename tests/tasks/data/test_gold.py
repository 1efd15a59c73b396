"""The gold answers, the form they are kept in, and what reviews do to them."""

import csv
import io
import re
import shutil
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from josi.contract import Outcome
from josi.engine import ReferenceEngine
from josi.errors import DataError
from josi.examples import Scenario
from josi.records import Role
from tasks.data.gold import FOLDER, Gold, State, digest_of, findings_of, gold_scenarios, load_gold, must_of
from tasks.data.gold.review import Edit, Taken, Verdict, take
from tasks.data.gold.sheet import COLUMNS, edits_in, sheet
from tasks.data.gold.stats import stats_of
from tasks.data.gold.words import GLOSS, context_in_words
from tasks.data.gold.write import text_of, write
from tasks.data.leak import Index, Masker, Phrase
from tasks.data.text import load_text
from tasks.evaluate.must import MUST

DAY = "2026-03-04"
SMALL = """
- name: small-run
  situation: workout_built
  language: en
  message: Could I have a run of 40 minutes before the kettle boils?
  request: {action: create_workout, sport: run, time_available_min: 40}
  answer: "An easy 40 min run in Z2: your readiness is green. Enjoy it, and keep it light."
"""


@pytest.fixture(scope="module")
def golds() -> tuple[Gold, ...]:
    return load_gold()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the set that a test may change."""
    return shutil.copytree(FOLDER, tmp_path / "gold")


def small(tmp_path: Path, text: str = SMALL) -> Path:
    (tmp_path / "workout_built.yaml").write_text(text, "utf-8")
    return tmp_path


def said(gold: Gold, verdict: Verdict, answer: str = "", note: str = "", reviewer: str = "") -> Edit:
    return Edit(name=gold.name, of_text=digest_of(gold), verdict=verdict, answer=answer, note=note, reviewer=reviewer)


def taken_in(folder: Path, *edits: Edit, reviewer: str = "Robin", day: str = DAY) -> Taken:
    """Read, take and write, as the command does."""
    golds, taken = take(load_gold(folder), edits, reviewer, day)  # type: ignore[arg-type]
    return taken.model_copy(update={"files": write(folder, golds)})


# ------------------------------------------------------------------ the set


def test_there_are_two_hundred_answers_in_every_situation_and_thirty_in_dutch(golds: tuple[Gold, ...]) -> None:
    counted = stats_of(golds)

    assert counted.answers >= 200
    assert set(counted.situations) == set(GLOSS)
    assert min(row.answers for row in counted.situations.values()) >= 3
    assert counted.dutch >= 30


def test_no_rule_finds_anything_in_any_gold_answer(golds: tuple[Gold, ...]) -> None:
    found = [f"{gold.where}: {finding}" for gold in golds for finding in findings_of(gold)]

    assert not found, "\n".join(found)


def test_every_gold_answer_does_what_the_evaluation_asks_of_such_an_answer(golds: tuple[Gold, ...]) -> None:
    asked = [(gold, tag) for gold in golds for tag in must_of(gold)]
    missed = [f"{gold.where}: {tag}" for gold, tag in asked if not MUST[tag].does(gold.entry.answer, gold.decision)]

    assert not missed, "\n".join(missed)
    assert {tag for _, tag in asked} == set(MUST)


def test_gold_answers_are_warm_and_brief_beyond_the_bar_of_production(golds: tuple[Gold, ...]) -> None:
    counted = stats_of(golds)

    assert counted.warmth > 3.8
    assert counted.brevity > 4.3


def test_every_outcome_tier_and_persona_occurs(golds: tuple[Gold, ...]) -> None:
    assert {gold.decision.outcome for gold in golds} == set(Outcome) - {Outcome.CLARIFY}
    assert {gold.context.tier for gold in golds} == {"monitor", "advisor", "coach"}
    assert {gold.context.persona_id for gold in golds} == {"balanced", "direct", "technical", "encouraging"}


def test_no_two_gold_answers_are_alike_in_how_they_begin_or_in_what_they_say(golds: tuple[Gold, ...]) -> None:
    begin = Counter(" ".join(gold.entry.answer.split()[:4]).lower() for gold in golds)
    masker = Masker({})
    shapes = [(Phrase(where=gold.where, text=gold.entry.answer), masker.filled(gold.entry.answer)) for gold in golds]
    index = Index(shapes)
    alike = [
        f"{phrase.where} is {reason} of {near.where}"
        for phrase, shape in shapes
        for near, reason in index.near(shape)
        if near.where != phrase.where
    ]

    assert begin.most_common(1)[0][1] == 1
    assert not alike, "\n".join(alike)


def test_no_gold_message_rewords_a_line_of_training_or_of_evaluation(golds: tuple[Gold, ...]) -> None:
    text = load_text(Path("data"))
    masker = Masker(text.words.slots)
    families = text.interpreter + text.explainer + text.unseen + text.red_flags + text.explainer_eval
    index = Index([(Phrase(where=one.where, text=one.text), masker.template(one.text)) for one in families])
    near = [
        f"{gold.where}: {gold.entry.message!r} is {reason} of {phrase.text!r} ({phrase.where})"
        for gold in golds
        for phrase, reason in index.near(masker.filled(gold.entry.message))
    ]

    assert not near, "\n".join(near)


def test_the_decision_is_the_engines_own(golds: tuple[Gold, ...]) -> None:
    assert all(gold.decision == ReferenceEngine().decide(gold.request, gold.context) for gold in golds)


def test_the_set_can_be_used_as_scenarios_of_the_explainer(golds: tuple[Gold, ...]) -> None:
    scenarios = gold_scenarios()

    assert len(scenarios) == len({one.name for one in scenarios}) == len(golds)
    assert all(one.role is Role.EXPLAINER and set(one.must) <= set(MUST) for one in scenarios)
    assert Scenario.model_validate_json(scenarios[0].model_dump_json()) == scenarios[0]


# ------------------------------------------------------------------ reading and writing


def test_what_is_read_and_written_again_is_the_same_byte_for_byte(folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    assert write(folder, load_gold(folder)) == ()
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_texts_that_yaml_would_bend_come_back_as_they_were(tmp_path: Path) -> None:
    [gold] = load_gold(small(tmp_path))
    hard = ("yes", "null", "- a: b # c", "'s Avonds: 40% \"vlot\" ' en", "2026-03-04", "é ß 日本 🏃", "x " * 200 + "x")
    entries = [
        gold.entry.model_copy(update={"answer": text, "message": text, "name": f"hard-{number}"})
        for number, text in enumerate(hard)
    ]
    path = tmp_path / "out.yaml"
    path.write_text(text_of(entries), "utf-8")

    from tasks.data.gold.write import read_entries

    assert [value["answer"] for _, value in read_entries(path.read_text("utf-8"))] == list(hard)


def test_every_fault_of_every_file_is_told_at_once_with_file_and_line(tmp_path: Path) -> None:
    bad = """
- name: Bad Name
  situation: workout_built
  language: en
  message: A run please, and make it snappy
  request: {action: create_workout, sport: run}
  answer: ok
- name: other-one
  situation: workout_built
  language: en
  message: Zet vandaag maar een rondje hardlopen voor mij klaar
  request: {action: create_workout, sport: run}
  answer: ok
- name: medical
  situation: workout_built
  language: en
  message: My chest hurts but give me a run anyway
  request: {action: create_workout, sport: run}
  answer: ok
"""
    (tmp_path / "held_back_red.yaml").write_text("just words", "utf-8")
    with pytest.raises(DataError) as raised:
        load_gold(small(tmp_path, bad))

    told = str(raised.value)
    assert "held_back_red.yaml: expected a list" in told
    assert "workout_built.yaml:2 Bad Name: name:" in told
    assert "workout_built.yaml:8 other-one: the message is taken for nl" in told
    assert "workout_built.yaml:14 medical: the rules change this request (red_flag_chest)" in told


def test_the_same_name_message_or_answer_twice_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"workout_built.yaml:\d+ small-run: the same name as workout_built.yaml:2"):
        load_gold(small(tmp_path, SMALL + SMALL.lstrip("\n")))


def test_an_answer_is_checked_for_rules_number_words_workout_and_reason(tmp_path: Path) -> None:
    [gold] = load_gold(small(tmp_path))
    bad = {
        "number": "An easy 40 min run in Z2, your readiness is green. Do seven strides at the end.",
        "workout": "An easy run, because your readiness is green today. Enjoy the quiet streets.",
        "reason": "An easy 40 min run in Z2, because I like it. Enjoy the quiet streets.",
        "length": "An easy 40 min run in Z2, your readiness is green." + " Enjoy" * 75,
    }

    assert not findings_of(gold)
    assert {name: [finding.check for finding in findings_of(gold, text)] for name, text in bad.items()} == {
        name: [name] for name in bad
    }


def test_a_context_in_plain_words_shows_everything_that_the_answer_may_use(golds: tuple[Gold, ...]) -> None:
    gold = next(one for one in golds if one.name == "memory-swimmer-bored")
    told = " ".join(f"{one.what} {one.text}" for one in context_in_words(gold.context, "en"))

    assert all(word in told for word in ("Philippa", "river", "brother", "new roads", "Green", "build"))
    assert not re.search(r"[{}\[\]]", told)


# ------------------------------------------------------------------ reviews


def test_an_approval_is_signed_and_dated_and_leaves_the_text_alone(folder: Path) -> None:
    gold = load_gold(folder)[0]
    taken = taken_in(folder, said(gold, Verdict.APPROVE, note="lovely"))
    now = load_gold(folder)[0]

    assert (taken.approved, taken.files) == ((gold.name,), (gold.file,))
    assert (now.state, now.entry.answer) == (State.APPROVED, gold.entry.answer)
    assert (now.entry.review.reviewer, str(now.entry.review.date), now.entry.review.note) == ("Robin", DAY, "lovely")


def test_a_change_puts_the_reviewers_words_there_and_only_there(folder: Path) -> None:
    before = load_gold(folder)
    gold = before[0]
    text = gold.entry.answer.replace("hungry", "cross")
    taken = taken_in(folder, said(gold, Verdict.CHANGE, f"  {text}\n"))
    after = load_gold(folder)

    assert taken.changed == (gold.name,)
    assert (after[0].state, after[0].entry.answer) == (State.CHANGED, text)
    assert [one.entry for one in after[1:]] == [one.entry for one in before[1:]]


def test_a_comment_keeps_or_makes_an_answer_a_draft(folder: Path) -> None:
    gold = load_gold(folder)[0]
    taken_in(folder, said(gold, Verdict.APPROVE))
    taken = taken_in(folder, said(gold, Verdict.COMMENT, note="too long for a mother in a hurry"), reviewer="Kim")
    now = load_gold(folder)[0]

    assert taken.commented == (gold.name,)
    assert (now.state, now.entry.review.reviewer) == (State.DRAFT, "Kim")
    assert now.entry.review.note == "too long for a mother in a hurry"


def test_taking_the_same_review_twice_changes_nothing(folder: Path) -> None:
    one, two, three = load_gold(folder)[:3]
    edits = (
        said(one, Verdict.APPROVE),
        said(two, Verdict.CHANGE, two.entry.answer + " Enjoy!"),
        said(three, Verdict.COMMENT, note="hm"),
    )
    first, second = taken_in(folder, *edits), taken_in(folder, *edits, day="2026-03-09")

    assert (first.already, first.refused) == ((), ())
    assert (second.already, second.files, second.refused) == ((one.name, two.name, three.name), (), ())


def test_a_stale_review_is_refused_by_name_and_the_rest_is_taken(folder: Path) -> None:
    one, two = load_gold(folder)[:2]
    taken_in(folder, said(one, Verdict.CHANGE, one.entry.answer + " Enjoy!"), reviewer="Kim")
    taken = taken_in(folder, said(one, Verdict.APPROVE), said(two, Verdict.APPROVE))

    assert taken.approved == (two.name,)
    assert [(bad.name, bad.reason) for bad in taken.refused] == [(one.name, "what was reviewed has changed since")]
    assert "josi gold page" in taken.refused[0].remedy
    assert load_gold(folder)[0].entry.review.reviewer == "Kim"


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        ({"name": "nobody"}, "no gold answer of this name"),
        ({"verdict": "change", "answer": "Do 99 strides, your readiness is green."}, "number at answer"),
        ({"verdict": "change", "answer": " "}, "a change without a text"),
        ({"verdict": "comment"}, "a comment without words"),
        ({"of_text": "0" * 16}, "has changed since"),
    ],
)
def test_an_edit_that_cannot_stand_is_refused_with_reason_and_remedy(
    folder: Path, edit: dict[str, str], reason: str
) -> None:
    gold = load_gold(folder)[0]
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    bad = {"name": gold.name, "of_text": digest_of(gold), "verdict": "approve", **edit}
    taken = taken_in(folder, Edit.model_validate(bad))

    assert reason in taken.refused[0].reason
    assert taken.refused[0].remedy
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_nobody_signs_for_nobody_and_nobody_speaks_twice(folder: Path) -> None:
    gold = load_gold(folder)[0]
    unsigned = taken_in(folder, said(gold, Verdict.APPROVE), reviewer="")
    twice = taken_in(folder, said(gold, Verdict.APPROVE), said(gold, Verdict.COMMENT, note="or not"))

    assert unsigned.refused[0].reason == "nobody signed it"
    assert (twice.approved, len(twice.refused)) == ((gold.name,), 1)


def test_an_approval_lapses_when_somebody_edits_the_text_by_hand(folder: Path) -> None:
    gold = load_gold(folder)[0]
    taken_in(folder, said(gold, Verdict.APPROVE))
    path = folder / gold.file
    path.write_text(path.read_text("utf-8").replace("hungry", "grumpy"), "utf-8")
    now = load_gold(folder)[0]

    assert (now.state, now.has_lapsed) == (State.DRAFT, True)
    assert stats_of(load_gold(folder)).lapsed == (gold.name,)


# ------------------------------------------------------------------ the sheet


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def saved(rows: list[dict[str, str]], delimiter: str = ",") -> bytes:
    """What a spreadsheet writes."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_sheet_goes_out_and_comes_back(golds: tuple[Gold, ...], delimiter: str) -> None:
    rows = rows_of(sheet(golds))
    rows[0]["verdict"], rows[0]["reviewer"] = "OK", "Robin"
    rows[1]["your_answer"] = "My own words,\n with; \"quotes\" and 'more'."
    rows[2]["comment"] = "not yet"
    edits = edits_in(saved(rows, delimiter))

    assert [(one.name, one.verdict, one.reviewer) for one in edits] == [
        (golds[0].name, Verdict.APPROVE, "Robin"),
        (golds[1].name, Verdict.CHANGE, ""),
        (golds[2].name, Verdict.COMMENT, ""),
    ]
    assert edits[1].answer == "My own words, with; \"quotes\" and 'more'."
    assert all(one.of_text == digest_of(gold) for one, gold in zip(edits, golds, strict=False))


def test_an_untouched_sheet_says_nothing(golds: tuple[Gold, ...]) -> None:
    assert edits_in(sheet(golds)) == ()


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "'=", "''+"])
def test_no_cell_is_a_formula_and_every_text_comes_back(tmp_path: Path, start: str) -> None:
    [gold] = load_gold(small(tmp_path))
    evil = f"{start}HYPERLINK(0)"
    entry = gold.entry.model_copy(update={"answer": evil, "message": evil})
    [row] = rows_of(sheet([gold.model_copy(update={"entry": entry})]))
    [edit] = edits_in(saved([{**row, "your_answer": row["answer"]}]))

    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row.values())
    assert edit.answer == " ".join(evil.split())


def test_a_dutch_answer_that_begins_with_an_apostrophe_stays_as_it_is(tmp_path: Path) -> None:
    [gold] = load_gold(small(tmp_path))
    entry = gold.entry.model_copy(update={"answer": "'s Avonds is prima."})

    assert rows_of(sheet([gold.model_copy(update={"entry": entry})]))[0]["answer"] == "'s Avonds is prima."


def test_a_sheet_that_cannot_be_read_says_what_to_do(golds: tuple[Gold, ...]) -> None:
    rows = rows_of(sheet(golds[:2]))
    rows[0]["verdict"], rows[1]["verdict"] = "perhaps", "who knows"

    with pytest.raises(DataError, match=r"not UTF-8.*Save as, CSV UTF-8"):
        edits_in("name;verdict\ncaf\u00e9".encode("latin-1"))
    with pytest.raises(DataError, match=r"lacks the columns your_answer.*Keep the first row"):
        edits_in(b"name,verdict\na,approve\n")
    with pytest.raises(DataError) as raised:
        edits_in(saved(rows))
    assert all(name in str(raised.value) for name in (golds[0].name, golds[1].name, "perhaps", "who knows"))


def test_situations_come_in_the_order_in_which_they_are_told(golds: tuple[Gold, ...]) -> None:
    order = list(GLOSS)

    assert all(order.index(one.entry.situation) <= order.index(two.entry.situation) for one, two in pairwise(golds))
