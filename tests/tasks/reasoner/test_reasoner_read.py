"""Every kind of bad line is named with its number, and the rest is still read."""

import json
from pathlib import Path

import pytest

from josi.errors import DataError
from josi.records import Severity
from tasks.reasoner.read import Dataset, read, read_file
from tasks.reasoner.sift import FEWEST
from tests.reasoner_data import examples


def _lines(rows: list[dict[str, str]] | None = None) -> list[str]:
    return [json.dumps(row, ensure_ascii=False) for row in rows or examples()]


def _read(lines: list[str]) -> Dataset:
    return read("rows.jsonl", ("\n".join(lines) + "\n").encode())


def _with(line: str) -> Dataset:
    """36 good rows and this line as number 37."""
    return _read([*_lines(), line])


def _row(**changes: object) -> str:
    return json.dumps({"prompt": "something else entirely", "label": "debug", "next_action": "Go."} | changes)


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("{broken", "column"),
        ("[]", "line"),
        ("null", "line"),
        ('"text"', "line"),
        ("[" * 100_000, "line"),
        (json.dumps({"label": "debug"}), "prompt"),
        (json.dumps({"prompt": "words here"}), "label"),
        (_row(prompt=None), "prompt"),
        (_row(prompt=5), "prompt"),
        (_row(prompt="  "), "prompt"),
        (_row(prompt=["words"]), "prompt"),
        (_row(label=""), "label"),
        (_row(label={"a": 1}), "label"),
        (_row(label="x" * 81), "label"),
        (_row(label="two\nlines"), "label"),
        (_row(next_action=3), "next_action"),
        ('{"prompt": "lone \\ud800 here", "label": "debug"}', "prompt"),
    ],
)
def test_a_bad_line_is_named_with_its_number_and_field(line: str, field: str) -> None:
    dataset = _with(line)

    (finding,) = [one for one in dataset.findings if one.check == "bad line"]
    assert finding.where.startswith("rows.jsonl:37 ")
    assert field in finding.where
    assert finding.severity is Severity.WARN
    assert len(dataset.rows) == 36


def test_blank_lines_are_counted_and_are_no_fault() -> None:
    dataset = _read(["", *_lines(), "  ", "\t"])

    assert (dataset.lines, dataset.blank, len(dataset.rows), dataset.findings) == (39, 3, 36, ())
    assert dataset.rows[0].line == 2


def test_unknown_keys_are_named_and_the_row_is_kept() -> None:
    dataset = _with(_row(nxt_action="typo", source="notes"))

    (finding,) = dataset.findings
    assert (finding.check, finding.where, finding.got) == ("unknown keys", "rows.jsonl:37", "nxt_action, source")
    assert len(dataset.rows) == 37


def test_next_action_may_be_missing_or_null() -> None:
    dataset = _read([*_lines(), _row(next_action=None), json.dumps({"prompt": "one more thing", "label": "debug"})])

    assert dataset.findings == ()
    assert [row.next_action for row in dataset.rows[-2:]] == ["", ""]


def test_a_label_without_any_next_action_is_named() -> None:
    rows = [{key: row[key] for key in ("prompt", "label")} for row in examples()]

    assert [one.check for one in _read(_lines(rows)).findings] == ["no next_action"] * 3


def test_a_label_with_too_few_examples_is_named_with_its_lines_and_not_learned() -> None:
    rows = [*examples(), *examples(("travel",), FEWEST - 1)]
    rows = [
        row | {"label": "rare", "prompt": f"rare {row['prompt']}"} if i >= 36 else row for i, row in enumerate(rows)
    ]

    dataset = _read(_lines(rows))

    (finding,) = dataset.findings
    assert (finding.check, finding.where) == ("rare label", "rows.jsonl:37,38,39,40")
    assert "rare" not in dataset.counts


def test_the_same_words_under_different_labels_are_named_and_none_is_learned() -> None:
    dataset = _read([*_lines(), _row(), _row(label="travel", prompt="Something ELSE, entirely!")])

    (finding,) = dataset.findings
    assert (finding.check, finding.where) == ("same prompt, different labels", "rows.jsonl:37,38")
    assert finding.got == "debug, travel"
    assert len(dataset.rows) == 36


def test_the_same_words_under_the_same_label_are_learned_once() -> None:
    dataset = _read([*_lines(), _row(), _row(prompt="Something else... entirely?"), _row()])

    (finding,) = dataset.findings
    assert (finding.check, finding.where) == ("duplicate", "rows.jsonl:38,39")
    assert [row.line for row in dataset.rows][-1] == 37


def test_a_prompt_without_a_word_is_named() -> None:
    dataset = _with(_row(prompt="😀 ? a"))

    assert [(one.check, one.where) for one in dataset.findings] == [("no words", "rows.jsonl:37")]


def test_hebrew_and_mixed_rows_are_read() -> None:
    dataset = _with(json.dumps({"prompt": "השרת deploy נפל", "label": "debug"}, ensure_ascii=False))

    assert dataset.rows[-1].tokens[:3] == ("השרת", "deploy", "נפל")


@pytest.mark.parametrize("place", ["prompt", "next_action", "label", "note"])
def test_a_secret_blocks_wherever_in_a_line_it_stands_and_is_not_repeated(place: str) -> None:
    secret = "AKIAIOSFODNN7EXAMPLE"
    dataset = _with(_row(**{place: f"use {secret} for it"}))

    assert dataset.blocking
    assert all(one.where == "rows.jsonl:37" for one in dataset.blocking)
    assert all(secret not in str(one) for one in dataset.findings)


def test_a_secret_hidden_by_escapes_blocks() -> None:
    hidden = "".join(f"\\u{ord(one):04x}" for one in "ghp_abcdefghijklmnopqrstuvwxyz0123456789")

    assert _with(f'{{"prompt": "token {hidden} leaked", "label": "debug"}}').blocking


def test_a_secret_in_a_line_that_is_no_json_blocks() -> None:
    assert _with("oops password=Sup3rS3cret99").blocking


def test_personal_data_is_reported_and_does_not_block() -> None:
    dataset = _with(_row(prompt="write to dana@example.org about the build"))

    assert [(one.check, one.where, one.got) for one in dataset.findings] == [
        ("personal data", "rows.jsonl:37", "e-mail address")
    ]
    assert dataset.blocking == ()


def test_a_byte_order_mark_and_crlf_are_no_part_of_a_row() -> None:
    dataset = read("rows.jsonl", b"\xef\xbb\xbf" + "\r\n".join(_lines()).encode())

    assert (len(dataset.rows), dataset.findings) == (36, ())


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "0 usable rows"),
        (b"\n\n\n", "0 usable rows"),
        ("\n".join(_lines(examples(("debug",)))).encode(), "12 usable rows with 1 labels"),
        ("\n".join([*_lines(), *["{bad"] * 5]).encode(), "5 of 41 lines cannot be read"),
        ("\n".join(_lines()).encode() + '\n{"prompt": "één'.encode("latin-1"), ":37: not UTF-8"),
        ("\n".join(_lines()).encode("utf-16"), "not UTF-8"),
    ],
)
def test_a_file_that_cannot_be_learned_from_says_why(data: bytes, said: str) -> None:
    with pytest.raises(DataError, match=said) as caught:
        read("rows.jsonl", data)

    assert caught.value.remedy


def test_secrets_are_told_even_where_nothing_else_can_be_used() -> None:
    assert read("rows.jsonl", b'{"prompt": "api_key=abc123def456", "label": "debug"}\n').blocking


def test_a_missing_file_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"absent\.jsonl"):
        read_file(tmp_path / "absent.jsonl")


def test_the_real_sample_has_63_usable_rows_and_no_finding(shared_data: Path) -> None:
    dataset = read_file(shared_data / "atlas" / "local_reasoner_training.jsonl")

    assert (dataset.lines, dataset.blank, len(dataset.rows)) == (69, 6, 63)
    assert set(dataset.counts.values()) == {9}
    assert dataset.findings == ()
