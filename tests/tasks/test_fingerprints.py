"""The code of a cached stage does not change unless its version does, or somebody says that results are the same."""

from pathlib import Path

import pytest

from tests import fingerprints
from tests.fingerprints import FILE, Print, code_of, compare, current, fingerprint, imported, main, recorded

SOURCE = '''
"""What this is."""
import json

def area(width: int, height: int) -> int:
    """In square metres."""
    # both are whole
    return width * height
'''


def test_no_stage_changed_without_a_new_version_or_a_word_that_results_are_the_same() -> None:
    changes = compare(recorded(), current())

    assert not changes, "\n".join(str(change) for change in changes)


def test_every_cached_stage_is_on_record() -> None:
    assert set(recorded()) == {"data", "quality", "base", "train", "merge", "export", "floor", "evaluate", "training"}


def test_comments_docstrings_and_layout_do_not_count() -> None:
    other = SOURCE.replace("# both are whole", "").replace("In square metres.", "Area.").replace("\n\n", "\n\n\n\n")
    other = other.replace("(width: int, height: int)", "(\n    width: int,\n    height: int,\n)")

    assert other != SOURCE
    assert fingerprint(other) == fingerprint(SOURCE)


@pytest.mark.parametrize(
    ("old", "new"),
    [("*", "+"), ("import json", "import os"), ("width * height", "height * width"), (") -> int", ") -> float")],
)
def test_everything_else_counts(old: str, new: str) -> None:
    assert fingerprint(SOURCE.replace(old, new)) != fingerprint(SOURCE)


def test_imports_are_found_wherever_they_stand_and_only_the_projects_own() -> None:
    source = (
        "import torch\nfrom josi import chat\ndef f():\n    import blocks.llama\n    from tasks.data.text import g\n"
    )

    assert imported(source) >= {"josi.chat", "blocks.llama", "tasks.data.text"}
    assert not any(name.startswith("torch") for name in imported(source))


def test_the_code_of_a_stage_reaches_what_it_uses_and_no_other_stage() -> None:
    found = code_of("tasks.export.convert")

    assert {"tasks.export.convert", "tasks.export.parity", "blocks.llama", "josi.chat", "josi.contract"} <= set(found)
    assert not {name for name in found if name.startswith(("tasks.train", "tasks.data", "tasks.evaluate"))}
    assert not set(found) & fingerprints.NOT_RESULTS


def test_the_reports_templates_belong_to_the_code_of_the_evaluation() -> None:
    assert {"evaluate/report.html.j2", "evaluate/report.md.j2"} <= set(code_of("tasks.evaluate.evaluate"))


BEFORE = {"merge": Print(version=1, code={"tasks.export.merge": "aaa", "josi.chat": "bbb"})}
CHANGED = {"tasks.export.merge": "ccc", "josi.chat": "bbb"}


def test_a_change_under_the_same_version_says_what_to_do() -> None:
    (change,) = compare(BEFORE, {"merge": Print(version=1, code=CHANGED)})

    assert "merge: tasks.export.merge changed and its version did not" in str(change)
    assert "Raise `version`" in str(change)
    assert "python -m tests.fingerprints --same-results" in str(change)


def test_a_raised_version_is_to_be_written_down() -> None:
    (change,) = compare(BEFORE, {"merge": Print(version=2, code=CHANGED)})

    assert str(change) == (
        "merge: tasks.export.merge changed. Its version was raised: run `python -m tests.fingerprints`."
    )


@pytest.mark.parametrize(
    ("version", "arguments", "code", "written"),
    [(1, [], 1, False), (1, ["--same-results"], 0, True), (2, [], 0, True)],
    ids=["changed", "changed, with a word", "changed, with a new version"],
)
def test_the_record_is_rewritten_with_a_word_or_a_new_version_only(
    version: int,
    arguments: list[str],
    code: int,
    written: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fingerprints, "FILE", tmp_path / FILE.name)
    fingerprints.write(BEFORE)
    now = {"merge": Print(version=version, code=CHANGED)}
    monkeypatch.setattr(fingerprints, "current", lambda: now)

    assert main(arguments) == code
    assert recorded() == (now if written else BEFORE)
