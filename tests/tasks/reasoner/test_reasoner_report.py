"""The report says what was asked of it, and no text of the data breaks its form."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tasks.reasoner.gate import judge
from tasks.reasoner.job import Job, Options
from tasks.reasoner.present import compare, present
from tasks.reasoner.read import Dataset
from tasks.reasoner.report import FILES, Report, draw_up, write
from tasks.reasoner.train import Trained
from tests.reasoner_data import OLD


@pytest.fixture
def report(job: Job, dataset: Dataset, trained: Trained) -> Report:
    comparisons = compare(dataset, trained, present(["Model.swift"], OLD, None), 7)
    verdict = judge(dataset, trained, comparisons, Options())
    return draw_up(job, dataset, trained, trained.payload.line(), comparisons, verdict, "reasoner-run-1")


def test_the_report_has_everything_in_both_forms(report: Report, dataset: Dataset, tmp_path: Path) -> None:
    write(report, tmp_path)

    for name in ("report.md", "report.html"):
        text = (tmp_path / name).read_text("utf-8")
        for part in ("reasoner-run-1", dataset.sha256, "36", "naive Bayes", "resampled", "alibration", *dataset.counts):
            assert part in text, (name, part)
        assert "better" in text
    assert "<svg" in (tmp_path / "report.html").read_text("utf-8")
    assert "confusion.svg" in (tmp_path / "report.md").read_text("utf-8")


def test_the_picture_is_an_image_by_itself_with_one_cell_for_each_pair(report: Report, tmp_path: Path) -> None:
    write(report, tmp_path)

    picture = ElementTree.fromstring((tmp_path / "confusion.svg").read_text("utf-8"))  # noqa: S314  # our own

    assert picture.tag == "{http://www.w3.org/2000/svg}svg"
    assert len(picture.findall(".//{http://www.w3.org/2000/svg}rect")) == 9


def test_the_record_reads_back(report: Report, tmp_path: Path) -> None:
    write(report, tmp_path)

    assert {path.name for path in tmp_path.iterdir()} >= set(FILES)
    assert Report.model_validate(json.loads((tmp_path / "report.json").read_text("utf-8"))) == report


def test_texts_of_the_data_stay_text(report: Report, tmp_path: Path) -> None:
    bad = '</td><script>alert("1")</script> | `code` ![](http://x) \\'
    wrong = [one.model_copy(update={"prompt": bad}) for one in _wrong(report)]
    write(report.model_copy(update={"measured": report.measured.model_copy(update={"wrong": tuple(wrong)})}), tmp_path)

    page, text = ((tmp_path / name).read_text("utf-8") for name in ("report.html", "report.md"))

    assert "<script>" not in page
    assert "<script>" not in text
    row = next(line for line in text.splitlines() if "alert" in line)
    assert row.replace("\\|", "").count("|") == 6
    assert "![]" not in row


def _wrong(report: Report) -> list:  # type: ignore[type-arg]
    from tasks.reasoner.measure import Wrong

    return [Wrong(line=3, prompt="x", label="debug", said="travel", confidence=0.5, wrong=1.0)]


@pytest.mark.parametrize("count", [2, 30])
def test_few_and_many_labels_have_a_picture(report: Report, tmp_path: Path, count: int) -> None:
    table = {
        f"label_{i}_" + "long" * 10: {f"label_{j}_" + "long" * 10: 1.0 for j in range(count)} for i in range(count)
    }
    write(report.model_copy(update={"measured": report.measured.model_copy(update={"confusion": table})}), tmp_path)

    ElementTree.fromstring((tmp_path / "confusion.svg").read_text("utf-8"))  # noqa: S314  # our own
