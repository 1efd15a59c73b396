"""`josi data`, run as a process: of a person's rows, and of the project's whole corpus."""

import json
from pathlib import Path

from josi.records import Role
from tests.support import josi


def test_bad_rows_are_counted_named_and_set_aside(tmp_path: Path) -> None:
    good = '{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Good to see you."}]}'
    file, aside = tmp_path / "mine.jsonl", tmp_path / "aside.jsonl"
    file.write_text(f"{good}\n" * 1 + "\n".join(good.replace("Hi", f"Hi {i}") for i in range(30)) + "\n{broken\n")

    done = josi("data", "check", file, "--quarantine", aside)

    assert done.returncode == 0, done.stderr
    assert "32 rows: 31 good, 1 bad, 0 set aside" in done.stdout
    assert json.loads(aside.read_text())["line"] == 32


def test_a_file_that_is_not_utf_8_says_how_to_mend_it(tmp_path: Path) -> None:
    file = tmp_path / "old.jsonl"
    file.write_bytes('{"messages": [{"role": "user", "content": "één"}]}\n'.encode("latin-1"))

    done = josi("data", "check", file)

    assert done.returncode == 1
    assert "iconv" in done.stderr


def test_the_whole_corpus_passes_the_quality_gate_and_its_counts_are_shown(tmp_path: Path) -> None:
    checked = josi("data", "check", "-o", tmp_path)
    stats = josi("data", "stats", "--json")

    assert checked.returncode == 0 and "Good to learn from" in checked.stderr, checked.stderr
    assert "<svg" in (tmp_path / "quality.html").read_text("utf-8")
    sets = json.loads(stats.stdout)["sets"]
    for role in Role:
        assert 3000 <= sets[role]["train"]["rows"] <= 4000 and sets[role]["train"]["families"] >= 1000
