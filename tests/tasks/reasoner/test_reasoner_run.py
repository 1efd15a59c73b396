"""One run from end to end, without Prefect: what is written, what is refused, and when nothing is done."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import tree_sitter_swift
from tree_sitter import Language, Parser

from josi.errors import DataError, GateBlocked, ReasonerMarkerError, ReasonerPayloadError
from josi.reasoner import Payload, Reasoner, payload_in
from tasks.reasoner.job import Done, Job, Options, Outcome
from tasks.reasoner.report import FILES
from tasks.reasoner.run import run
from tests.reasoner_data import OLD, examples, swift_source, write_rows

NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)
LATER = datetime(2026, 3, 5, 12, 30, tzinfo=UTC)


def _run(job: Job, at: datetime = NOON, **options: Any) -> Done:
    changed = {"options": job.options.model_copy(update=options)} if options else {}
    return run(job.model_copy(update=changed), lambda: at)


def _bytes(job: Job) -> list[bytes]:
    return [path.read_bytes() for path in job.swift]


def _report(job: Job) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((job.report / "report.json").read_text("utf-8"))
    return found


def test_both_files_get_the_same_model_and_nothing_else_changes(job: Job) -> None:
    before = _bytes(job)

    done = _run(job)

    held = [payload_in(str(path), path.read_bytes()) for path in job.swift]
    assert done.outcome is Outcome.WRITTEN
    assert held[0] == held[1] != OLD
    assert [data.replace(held[0].encode(), OLD.encode()) for data in _bytes(job)] == before
    payload = Payload.read(held[0])
    assert (payload.trained_at_utc, payload.sample_count) == ("2026-03-05T12:00:00Z", 36)
    assert Reasoner(payload).answer("the server and the logs").label == "debug"


def test_the_written_file_is_swift(done_before: Job) -> None:
    tree = Parser(Language(tree_sitter_swift.language())).parse(done_before.swift[0].read_bytes())
    assert not tree.root_node.has_error
    kinds = [node.type for node in tree.root_node.named_children]
    assert kinds.count("property_declaration") == 2, kinds


def test_nothing_new_is_nothing_done(job: Job) -> None:
    first = _run(job)
    before = _bytes(job), {name: (job.report / name).stat().st_mtime_ns for name in FILES}

    second = _run(job, LATER)

    assert second.outcome is Outcome.UNCHANGED
    assert second.model_copy(update={"outcome": first.outcome}) == first
    assert (_bytes(job), {name: (job.report / name).stat().st_mtime_ns for name in FILES}) == before


@pytest.mark.parametrize("what", ["data", "seed", "prefix", "one file", "both files", "refresh"])
def test_whatever_is_new_is_done(done_before: Job, what: str) -> None:
    job = again = done_before
    if what == "data":
        write_rows(job.data, examples(each=13))
    elif what in ("seed", "prefix"):
        options = {"seed": 9} if what == "seed" else {"name_prefix": "other"}
        again = job.model_copy(update={"options": job.options.model_copy(update=options)})
    elif what == "refresh":
        again = job.model_copy(update={"refresh": True})
    else:
        for path in job.swift[: 1 if what == "one file" else 2]:
            path.write_text(swift_source(), "utf-8")

    assert _run(again, LATER).outcome is Outcome.WRITTEN
    assert all(b"2026-03-05T12:30:00Z" in data for data in _bytes(job))


def test_where_things_lie_is_nothing_new(done_before: Job, tmp_path: Path) -> None:
    job = done_before
    moved = job.model_copy(
        update={
            "data": job.data.rename(tmp_path / "elsewhere.jsonl"),
            "report": tmp_path / "other",
            "swift": job.swift[::-1],
        }
    )

    assert _run(moved, LATER).outcome is Outcome.UNCHANGED


def test_a_dry_run_writes_the_report_alone(job: Job, home: Path) -> None:
    before = _bytes(job)

    done = run(job.model_copy(update={"dry_run": True}), lambda: NOON)

    assert done.outcome is Outcome.DRY_RUN
    assert _bytes(job) == before
    assert not (home / "reasoner").exists()
    assert _report(job)["dry_run"]
    assert _run(job).outcome is Outcome.WRITTEN


def test_a_closed_gate_writes_the_report_and_no_swift(job: Job) -> None:
    before = _bytes(job)
    noisy = [row | {"label": examples()[(i * 7) % 36]["label"]} for i, row in enumerate(examples())]
    write_rows(job.data, noisy)

    with pytest.raises(GateBlocked, match=r"accuracy, cross-validated: needed 0\.900") as caught:
        _run(job, min_accuracy=0.9)

    assert caught.value.exit_code == 3
    assert _bytes(job) == before
    assert {path.name for path in job.report.iterdir()} == set(FILES)
    assert "Closed" in (job.report / "report.md").read_text("utf-8")


def test_asked_again_a_closed_gate_answers_the_same_without_training(job: Job) -> None:
    options = {"min_samples": 100}
    with pytest.raises(GateBlocked):
        _run(job, **options)
    written = (job.report / "report.json").stat().st_mtime_ns

    with pytest.raises(GateBlocked, match=r"Nothing is new since run reasoner-20260305T120000Z.*samples"):
        _run(job, LATER, **options)

    assert (job.report / "report.json").stat().st_mtime_ns == written


def test_an_override_writes_and_is_recorded(job: Job) -> None:
    rows = [row | {"label": examples()[(i * 7) % 36]["label"]} for i, row in enumerate(examples())]
    write_rows(job.data, rows)

    done = _run(job, min_accuracy=0.99, override_gate="The demo is <tomorrow> | really.")

    assert done.outcome is Outcome.WRITTEN
    report = _report(job)
    assert report["verdict"]["override"] == "The demo is <tomorrow> | really."
    assert "Written although the gate was closed" in (job.report / "report.md").read_text("utf-8")
    assert "The demo is &lt;tomorrow&gt; | really." in (job.report / "report.html").read_text("utf-8")


def test_an_override_does_not_write_what_the_app_would_refuse(job: Job) -> None:
    before = _bytes(job)

    with pytest.raises(GateBlocked, match="labels that the app needs: needed finance"):
        _run(job, required_labels=("finance",), override_gate="Please.")

    assert _bytes(job) == before


def test_worse_than_the_present_model_is_refused_until_overridden(done_before: Job) -> None:
    job = done_before
    present = _bytes(job)
    noisy = [row | {"label": examples()[(i + 12 * (i % 3)) % 36]["label"]} for i, row in enumerate(examples())]
    write_rows(job.data, noisy)

    with pytest.raises(GateBlocked, match=r"not worse than the present model in ios/Model\.swift, mac/Model\.swift"):
        _run(job, LATER)
    assert _bytes(job) == present

    assert _run(job, LATER, override_gate="New labelling.").outcome is Outcome.WRITTEN


def test_retraining_with_more_rows_is_not_taken_for_worse_even_where_nothing_is_remembered(
    done_before: Job, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = done_before
    monkeypatch.setenv("JOSI_HOME", str(tmp_path / "another machine"))
    write_rows(job.data, examples(each=14))

    assert _run(job, LATER).outcome is Outcome.WRITTEN


def test_secrets_stop_the_run_before_anything_is_written(job: Job) -> None:
    before = _bytes(job)
    rows = examples()
    rows[4] |= {"prompt": "the api_key=abcdef123456 is wrong"}
    write_rows(job.data, rows)

    with pytest.raises(DataError, match=r"rows\.jsonl:5: ") as caught:
        _run(job, override_gate="Never mind.")

    assert "abcdef123456" not in str(caught.value)
    assert _bytes(job) == before
    assert not job.report.exists()


def test_personal_data_is_in_the_report_by_line_and_not_by_value(job: Job) -> None:
    rows = examples()
    rows[4] |= {"prompt": "mail dana.levi@example.org and wait for the border"}
    write_rows(job.data, rows)

    _run(job)

    for name in FILES:
        assert "dana" not in (job.report / name).read_text("utf-8")
    assert {"kind": "personal data", "where": "rows.jsonl:5", "expected": "none", "got": "e-mail address"} in _report(
        job
    )["findings"]


def test_a_text_that_would_end_the_raw_string_is_refused(job: Job) -> None:
    before = _bytes(job)
    write_rows(job.data, [row | {"next_action": 'Press "#" now.'} for row in examples()])

    with pytest.raises(ReasonerPayloadError, match="end the raw string"):
        _run(job)

    assert _bytes(job) == before


def test_wrong_markers_are_told_before_any_training(job: Job) -> None:
    job.swift[1].write_text("import Foundation\n")

    with pytest.raises(ReasonerMarkerError, match=r"mac/Model\.swift: no BEGIN marker"):
        _run(job)

    assert not job.report.exists()


def test_hebrew_rows_are_learned(job: Job) -> None:
    words = ("שרת נפל", "קריסה בשרת", "שרת איטי", "תקלה בשרת", "שרת לא עונה", "שגיאת שרת שוב")
    hebrew = [{"prompt": f"{word} {i}ב", "label": "תקלות", "next_action": "לבדוק"} for i, word in enumerate(words * 2)]
    write_rows(job.data, examples() + hebrew)

    _run(job)

    payload = Payload.read(payload_in("a", job.swift[0].read_bytes()))
    answered = Reasoner(payload).answer("יש תקלה: שרת נפל!")
    assert (answered.label, answered.next_action) == ("תקלות", "לבדוק")
    assert "תקלות" in (job.report / "confusion.svg").read_text("utf-8")


def test_two_labels_are_enough(job: Job) -> None:
    write_rows(job.data, examples(("debug", "travel"), each=10))

    assert _run(job).samples == 20


def test_options_name_what_they_are() -> None:
    assert all(field.description for field in Options.model_fields.values())
