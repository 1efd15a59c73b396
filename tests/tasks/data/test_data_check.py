import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from blocks.recipe import Mix
from josi.errors import DataError
from josi.records import Role
from tasks.data.check import UnusableDataError, check_files
from tasks.data.report import DataReport, Fault, FileCount, markdown, quarantine_lines, table

Line = Callable[..., str]
RUN = '{"action": "create_workout", "free_text": "a run", "sport": "run"}'


def check(tmp_path: Path, mix: Mix, *lines: str) -> DataReport:
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return check_files([path], mix)


def test_each_kind_of_fault_is_counted_separately_and_good_rows_go_on(tmp_path: Path, mix: Mix, line: Line) -> None:
    filler = [line(f"Question number {i} about rest?", "Rest when you are tired.") for i in range(8)]
    report = check(
        tmp_path,
        mix,
        "not json",
        line("a run", RUN),
        line("a run", RUN.replace(": ", ":")),  # the same target in other spelling
        line("a run", '{"action": "create_workout", "free_text": "a run", "sport": "running"}'),
        line("Push through the pain", RUN),
        line("Tell me everything", "calm " * 101),
        line("Hi", '{"intent": "general", "response_type": "QuestionAnswer", "message": "Hi"}'),
        "",
        *filler,
    )
    (count,) = report.files

    assert count.faults == {
        Fault.MALFORMED: 1,
        Fault.DUPLICATE: 1,
        Fault.OFF_CONTRACT: 1,
        Fault.UNSAFE: 1,
        Fault.OVER_LONG: 1,
        Fault.NOT_USED: 1,
    }
    assert (count.rows, count.blank, count.aside) == (15, 1, 6)
    assert count.kept == {Role.INTERPRETER: 1, Role.EXPLAINER: 8}


def test_what_is_set_aside_can_be_read_back_line_by_line(tmp_path: Path, mix: Mix, line: Line) -> None:
    filler = [line(f"Question number {i} about rest?", "Rest when you are tired.") for i in range(10)]
    report = check(tmp_path, mix, '{"messages": [{}]}', *filler)
    (row,) = [json.loads(text) for text in quarantine_lines(report.quarantine).splitlines()]

    assert (row["line"], row["raw"]) == (1, '{"messages": [{}]}')
    assert row["file"].endswith("rows.jsonl") and "messages" in row["reason"]


def test_too_many_malformed_rows_stop_the_run_and_the_report_is_still_there(
    tmp_path: Path, mix: Mix, line: Line
) -> None:
    with pytest.raises(UnusableDataError, match="1 of 2 rows are malformed, more than 10%") as caught:
        check(tmp_path, mix, "not json", line("a", "b"))

    assert isinstance(caught.value, DataError) and caught.value.report.total.good == 1
    assert check(tmp_path, mix.model_copy(update={"max_bad_share": 0.5}), "not json", line("a", "b")).total.good == 1


def test_faults_of_several_files_are_shown_at_once(tmp_path: Path, mix: Mix, line: Line) -> None:
    (tmp_path / "latin.jsonl").write_bytes(b"caf\xe9")
    (tmp_path / "empty.jsonl").write_text("\n\n")
    (tmp_path / "good.jsonl").write_text(line("a", "b"))
    with pytest.raises(UnusableDataError) as caught:
        check_files([tmp_path / name for name in ("latin.jsonl", "empty.jsonl", "gone.jsonl", "good.jsonl")], mix)

    message = str(caught.value)
    assert "latin.jsonl: not UTF-8 at byte 3" in message and "empty.jsonl: holds no rows" in message
    assert "gone.jsonl" in message and caught.value.report.total.good == 1


def test_a_red_flag_that_is_answered_with_care_is_not_unsafe(tmp_path: Path, mix: Mix, line: Line) -> None:
    clarify = '{"action":"clarify","free_text":"x","missing":["medical_clearance"],"clarify_message":"Seen a doctor?"}'
    report = check(
        tmp_path,
        mix,
        line("I have chest pain", clarify),
        line("I have chest pain", "Please stop and see a doctor."),
        line("I have chest pain", "Great, keep pushing!"),
    )

    assert report.total.faults == {Fault.UNSAFE: 1}
    assert report.findings[0].where.startswith(f"{tmp_path}/rows.jsonl:3 ")


def test_the_report_can_be_shown_in_a_terminal_and_as_markdown() -> None:
    count = FileCount(file="rows.jsonl", rows=12, blank=1, faults={Fault.UNSAFE: 3}, kept={Role.EXPLAINER: 9})
    report = DataReport(files=(count, count))
    console = Console(width=200, file=io.StringIO())
    console.print(table(report))

    assert [line.split("|")[2].strip() for line in markdown(report).splitlines()[2:5]] == ["12", "12", "24"]
    shown = console.file.getvalue()  # type: ignore[attr-defined]
    assert "rows.jsonl" in shown and "24" in shown


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("gold_combined.jsonl", {"rows": 678, "duplicate": 204, "over-long": 390}),
        ("smollm2_train.jsonl", {"rows": 1130, "duplicate": 0}),
        ("train_explainer.jsonl", {"rows": 1120, "duplicate": 206, "over-long": 0}),
        ("train_explainer_sequential.jsonl", {"rows": 1268, "off-contract": 370, "over-long": 401, "duplicate": 0}),
        ("train_interpreter.jsonl", {"rows": 1373, "duplicate": 729, "unsafe": 8, "off-contract": 0}),
        ("train_v3.jsonl", {"rows": 1263, "not used": 1263}),
    ],
)
def test_the_counts_of_existing_files_are_true(name: str, expected: dict[str, int], shared: Path, mix: Mix) -> None:
    total = check_files([shared / "mivalta" / name], mix).total
    counted = {"rows": total.rows, **{fault.value: number for fault, number in total.faults.items()}}

    assert {key: counted.get(key, 0) for key in expected} == expected
    assert total.rows == total.good + total.aside


def test_a_file_of_another_form_is_refused_with_what_was_expected(shared: Path, mix: Mix) -> None:
    with pytest.raises(UnusableDataError, match="63 of 63 rows are malformed") as caught:
        check_files([shared / "atlas" / "local_reasoner_training.jsonl"], mix)

    assert caught.value.report.total.blank == 6
