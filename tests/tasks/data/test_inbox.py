"""Folders as data: whatever lies in an inbox at night, what is good of it is learned from and the rest is named."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from blocks.recipe import Inputs, Mix
from blocks.store import FolderStore
from josi.errors import DataError
from josi.examples import Corpus
from josi.records import Role
from tasks.data.prepare import gather_sources, left_out, prepare_corpus

Line = Callable[..., str]


@pytest.fixture
def inbox(tmp_path: Path, line: Line) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "good.jsonl").write_text(_topics(line, "topic"), "utf-8")
    return folder


def _topics(line: Line, word: str, number: int = 40) -> str:
    return "".join(line(f"What about {word} {i}?", f"That {word} {i} is fine.") + "\n" for i in range(number))


def _build(text: Path, mix: Mix, store: FolderStore, inbox: Path) -> Corpus:
    return prepare_corpus(mix, gather_sources(Inputs(data=(inbox,)), store, text), store)


def _learned(store: FolderStore, corpus: Corpus) -> str:
    folder = store.fetch(corpus.sets[Role.EXPLAINER])
    return (folder / "train.jsonl").read_text() + (folder / "validation.jsonl").read_text()


BROKEN = {
    "latin.jsonl": ("café".encode("latin-1"), "not UTF-8"),
    "empty.jsonl": (b"\n\n", "holds no rows"),
    "no_chat.jsonl": (b"{}\n" * 9, "9 of 9 rows are malformed"),
}


def test_a_folder_brings_each_of_its_jsonl_files_and_nothing_else(
    inbox: Path, text: Path, mix: Mix, store: FolderStore, line: Line
) -> None:
    (inbox / "more.jsonl").write_text(_topics(line, "drill"), "utf-8")
    for name in ("notes.txt", ".half.jsonl", "half.jsonl.part"):
        (inbox / name).write_text(_topics(line, "secret"), "utf-8")
    (inbox / "folder.jsonl").mkdir()
    (inbox / "dangling.jsonl").symlink_to(inbox / "gone")

    learned = _learned(store, _build(text, mix, store, inbox))

    assert "topic 3" in learned and "drill 3" in learned
    assert "secret" not in learned


def test_the_same_files_in_another_folder_are_the_same_sources(
    inbox: Path, text: Path, store: FolderStore, line: Line
) -> None:
    (inbox / "more.jsonl").write_text(_topics(line, "drill"), "utf-8")
    first = gather_sources(Inputs(data=(inbox,)), store, text)
    moved = inbox.rename(inbox.with_name("elsewhere"))

    assert gather_sources(Inputs(data=(moved,)), store, text) == first
    (moved / "more.jsonl").unlink()
    assert gather_sources(Inputs(data=(moved,)), store, text) != first


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_of_a_folder_that_cannot_be_used_is_left_out_and_named_and_the_good_ones_are_learned(
    name: str, inbox: Path, text: Path, mix: Mix, store: FolderStore
) -> None:
    data, what = BROKEN[name]
    clean = _build(text, mix, store, inbox)
    (inbox / name).write_bytes(data)

    corpus = _build(text, mix, store, inbox)

    assert corpus.sets == clean.sets, "nothing else changed"
    (told,) = left_out(corpus, store)
    assert told.startswith(f"{name}: ") and what in told
    assert what in (store.fetch(corpus.report) / "CARD.md").read_text()
    assert left_out(clean, store) == ()


@pytest.mark.parametrize("name", BROKEN)
def test_the_same_file_named_by_somebody_is_an_error(
    name: str, inbox: Path, text: Path, mix: Mix, store: FolderStore
) -> None:
    data, what = BROKEN[name]
    (inbox / name).write_bytes(data)
    sources = gather_sources(Inputs(data=(inbox / "good.jsonl", inbox / name)), store, text)

    with pytest.raises(DataError, match=what):
        prepare_corpus(mix, sources, store)


def test_a_file_that_is_left_out_makes_no_duplicate_of_a_row_that_another_has(
    inbox: Path, text: Path, mix: Mix, store: FolderStore, line: Line
) -> None:
    clean = _build(text, mix, store, inbox)
    (inbox / "mostly_bad.jsonl").write_text(_topics(line, "topic", 5) + "{}\n" * 9, "utf-8")

    assert _build(text, mix, store, inbox).sets == clean.sets


def test_bad_rows_of_a_folders_file_are_set_aside_with_their_line(
    inbox: Path, text: Path, mix: Mix, store: FolderStore, line: Line
) -> None:
    (inbox / "good.jsonl").write_text(_topics(line, "topic") + "broken\n", "utf-8")

    corpus = _build(text, mix, store, inbox)

    (row,) = map(json.loads, (store.fetch(corpus.report) / "quarantine.jsonl").read_text().splitlines())
    assert (row["file"], row["line"]) == ("good.jsonl", 41)
    assert left_out(corpus, store) == ()
