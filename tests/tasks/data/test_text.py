from pathlib import Path

import pytest

from josi.errors import DataError
from tasks.data.text import load_text


def test_families_know_where_they_are_written(text: Path) -> None:
    family = load_text(text).interpreter[2]

    assert family.where == "interpreter/a.yaml:12"
    assert text.joinpath("interpreter/a.yaml").read_text().splitlines()[11].strip() == f"- {family.text}"


def test_lookalikes_are_unseen_prompts_and_medical_ones_red_flags(text: Path) -> None:
    found = load_text(text)

    assert [f.group.category for f in found.red_flags] == ["clarify.medical"]
    assert [f.group.category for f in found.unseen] == ["create_workout.plain", "lookalike.medical"]


def test_a_folder_without_a_set_is_read_as_far_as_it_goes(text: Path) -> None:
    (text / "eval/explainer.yaml").unlink()

    assert load_text(text).explainer_eval == ()


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("{a_sport} of {duration}", "{a_sprot} of {duration}", "interpreter/a.yaml:6: unknown slot {a_sprot}"),
        ("category: question.sleep", "category: sleep", "interpreter/a.yaml:8 group sleep, category"),
        (
            "language: en\n  request: {action: answer_question}",
            "language: de\n  request: {action: answer_question}",
            "language",
        ),
        ("action: answer_question", "action: answer", "group question.sleep, request.action"),
        ("action: answer_question", "action: answer_question, question: x", "request.question: is never written here"),
        ("How much sleep do I really need?", "yes", "group question.sleep, say.0"),
        ("How much sleep do I really need?", "My chest hurts when I climb the stairs", None),
        ("request: {action: create_workout}", "request: {action: create_workout, sport: run}", "{a_sport} sets sport"),
        ("say:\n    - How", "sya:\n    - How", "group question.sleep, sya"),
        ("- category: question.sleep", "- [category: question.sleep", "interpreter/a.yaml: "),
    ],
)
def test_a_fault_in_the_text_is_named_by_file_line_and_group(text: Path, old: str, new: str, fault: str | None) -> None:
    path = text / "interpreter/a.yaml"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))
    if fault is None:
        assert len(load_text(text).interpreter) == 4  # the same words under two categories are two families
        return
    with pytest.raises(DataError) as caught:
        load_text(text)

    assert fault in str(caught.value)


def test_a_line_written_twice_names_both_places(text: Path) -> None:
    (text / "interpreter/b.yaml").write_text((text / "interpreter/a.yaml").read_text())
    with pytest.raises(DataError, match=r"interpreter/b.yaml:6: the same line as interpreter/a.yaml:6"):
        load_text(text)
