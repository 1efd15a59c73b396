from pathlib import Path

import pytest

from josi.errors import DataError
from tasks.data.build import must_not_leak
from tasks.data.families import ProjectText
from tasks.data.leak import Guard, leaks
from tasks.data.project import load_project
from tasks.data.text import load_text


def with_eval_line(text: Path, said: str) -> ProjectText:
    path = text / "eval/interpreter.yaml"
    path.write_text(path.read_text().replace("Sort me out with {a_sport}, would you?", said))
    return load_text(text)


@pytest.mark.parametrize(
    "said",
    [
        "Could you make me {a_sport} of {duration} please",
        "could you make me {a_sport} of {duration}, PLEASE!",
        "Could you make me a run of an hour please",
        "Please could you make me {a_sport} of {duration}",
        "Could you make me {a_sport} lasting {duration} please",
        "How much sleep do I need really?",
        "My chest is hurting when I climb stairs",
    ],
)
def test_a_rewording_of_a_training_line_stops_the_build_and_names_both_lines(text: Path, said: str) -> None:
    with pytest.raises(DataError) as caught:
        must_not_leak(with_eval_line(text, said))

    assert "eval/interpreter.yaml:6" in str(caught.value) and "interpreter/a.yaml:" in str(caught.value)


@pytest.mark.parametrize(
    "said", ["Conjure up {a_sport}, maestro", "My stairs creak when cats climb", "Sleep?", "{a_sport} {when}"]
)
def test_another_way_of_saying_it_is_no_leak(text: Path, said: str) -> None:
    must_not_leak(with_eval_line(text, said))


def test_a_row_of_extra_data_with_the_words_of_an_evaluation_prompt_is_recognised(text: Path) -> None:
    project = load_text(text)
    guard = Guard(project.judged, project.words.slots)

    assert "eval/interpreter.yaml:6" in guard.reason("sort me out with a ride, would you")
    assert guard.reason("What did the weather do in June?") == ""


def test_nothing_in_our_evaluation_sets_rewords_a_line_of_training() -> None:
    project = load_project()
    found = leaks(project.learned, project.judged, project.words.slots)

    assert len(project.judged) > 1800
    assert [f"{finding.where} {finding.got}" for finding in found] == []
