import json
import re
from types import SimpleNamespace

import pytest

from josi.errors import DataError
from josi.records import Channel
from tasks.evaluate.answers import Answers
from tasks.evaluate.headlines import HEADLINES, compared, headlines, read_metrics
from tasks.evaluate.metrics import measure
from tasks.evaluate.report import Report, draw_up, to_html, to_json, to_markdown, write
from tasks.evaluate.worst import worst


@pytest.fixture(scope="module")
def report(make: SimpleNamespace) -> Report:
    nasty = make.said('<script>alert("x")</script> | `gatc` [link](http://x)', "nasty", make.decision())
    answers = make.answers(unseen_right=12, said=(*make.answers().said, nasty))
    baseline = measure(make.answers(unseen_right=10))
    return draw_up(answers, make.parity(quantized=47), {"interpreter": make.artifact()}, make.runtime(), baseline)


def test_the_page_is_one_file_that_loads_nothing(report: Report) -> None:
    page = to_html(report)

    assert not re.findall(r'(?:src|href)="(?!#)[^"]+"', page)
    assert "@import" not in page
    assert page.count("<svg") == 5


def test_what_a_model_said_cannot_become_part_of_the_page(report: Report) -> None:
    assert "<script>" not in to_html(report)
    markdown = to_markdown(report)
    assert "<script>" not in markdown
    assert "[link](" not in markdown.replace("\\[", "")


def test_page_and_markdown_say_which_channel_was_reached_and_why_not_the_next(report: Report) -> None:
    assert report.verdict.highest is Channel.DEV
    for text in (to_html(report), to_markdown(report)):
        assert "Open for dev" in text
        assert "Why not beta" in text
        assert "60.0% (12 of 20" in text


def test_the_full_digest_of_what_was_tested_is_in_every_form(report: Report, make: SimpleNamespace) -> None:
    digest = make.artifact().sha256

    assert all(digest in text for text in (to_html(report), to_markdown(report), to_json(report).decode()))


def test_plots_take_their_colours_from_the_page(report: Report) -> None:
    page = to_html(report)

    assert "var(--main)" in page
    assert not re.search(r"#0[1-7]0[1-7]0[1-7]", page)


def test_the_same_answers_give_the_same_bytes(report: Report) -> None:
    assert to_html(report) == to_html(Report.model_validate_json(to_json(report)))


def test_json_holds_everything_and_can_be_read_as_a_baseline(report: Report, tmp_path) -> None:
    write(report, tmp_path)
    raw = json.loads((tmp_path / "report.json").read_text())

    assert raw["schema_version"] == 1
    assert len(raw["answers"]["heard"]["unseen"]) == 20
    assert read_metrics(tmp_path / "report.json") == report.metrics


@pytest.mark.parametrize("content", ["", "[]", '{"schema_version": 99}', '{"schema_version": 1}'])
def test_a_baseline_that_is_no_report_is_refused(tmp_path, content: str) -> None:
    (tmp_path / "report.json").write_text(content)

    with pytest.raises(DataError, match="report"):
        read_metrics(tmp_path / "report.json")


def test_a_report_without_any_answer_can_still_be_drawn(make: SimpleNamespace) -> None:
    empty = draw_up(Answers(load_errors={"explainer": "it is cut off"}), None, {}, make.runtime())

    assert "Closed for every channel" in to_html(empty)
    assert "it is cut off" in to_markdown(empty)


def test_a_baseline_shows_what_changed_beyond_noise(make: SimpleNamespace) -> None:
    better = measure(make.answers(unseen_right=95, unseen=100))
    worse = measure(make.answers(unseen_right=60, unseen=100))
    lines = {line.name: line for line in compared(better, worse)}

    assert lines["Action, unseen phrasings, model's own"].difference.word == "better"
    assert lines["Explainer pass rate"].difference.word == "within noise"


def test_every_headline_is_measured_by_a_full_run(make: SimpleNamespace) -> None:
    full = make.answers()
    harmless = {**full.heard, "red_flags": (*full.heard["red_flags"], make.heard("harmless"))}

    assert set(headlines(measure(make.answers(heard=harmless)))) == set(HEADLINES)


def test_the_worst_answers_start_with_safety_and_are_at_most_ten(make: SimpleNamespace) -> None:
    answers = make.answers(unseen_right=0)
    flags = (*answers.heard["red_flags"], make.red_flag("missed", handled=False))
    found = worst(answers.model_copy(update={"heard": {**answers.heard, "red_flags": flags}}))

    assert len(found) == 10
    assert found[0].name == "missed"


def test_good_answers_are_not_among_the_worst(make: SimpleNamespace) -> None:
    assert worst(make.answers()) == ()


def test_one_kind_of_mistake_does_not_hide_the_others(make: SimpleNamespace) -> None:
    answers = make.answers(unseen_right=0, said=(make.said("Directly. Who knows? What? Why?", "talk"),))

    assert "talk" in {item.name for item in worst(answers)}
