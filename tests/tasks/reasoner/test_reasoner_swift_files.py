"""All Swift files or none: whatever fails, and whenever the process is killed."""

import errno
import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from josi.errors import ReasonerMarkerError, UsageError
from josi.reasoner import payload_in
from josi.reasoner.vectors import model
from tasks.reasoner.journal import SwiftFileError
from tasks.reasoner.swift_files import finish, read_payloads, resolve, unfinished, write_all
from tests.reasoner_data import OLD, swift_files, swift_source

NEW = model().line()
NEWER = model().model_copy(update={"model_name": "newer"}).line()


def _apart(files: list[Path], line: str, step: int, events: tuple[str, ...], act: Callable[[str], None]) -> int:
    """Write in a process of its own, and act just before its n-th step of these kinds on the file system.

    Returns the exit code: 0 when the write came to its end, 1 when it raised SwiftFileError, -9 when it was killed.
    """
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    folders, steps = tuple(str(file.parent) for file in files), 0

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal steps
        name = f"{event} {arguments[1]}" if event == "open" else event
        if name in events and str(arguments[0]).startswith(folders):
            steps += 1
            if steps == step:
                act(str(arguments[0]))

    sys.addaudithook(watch)
    code = 2
    try:
        write_all(files, line)
        code = 0
    except SwiftFileError:
        code = 1
    finally:
        os._exit(code)


def _kill(_path: str) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _fill_the_disk(path: str) -> None:
    raise OSError(errno.ENOSPC, "No space left on device", path)


def _killed_at(step: int, files: list[Path], line: str = NEW) -> bool:
    """Whether the process was killed at this step of writing; False where it had fewer steps."""
    every = ("open r", "open rb", "open w", "open wb", "os.rename", "os.remove", "os.chmod")
    code = _apart(files, line, step, every, _kill)
    assert code in (0, -signal.SIGKILL)
    return code != 0


def _held(files: list[Path]) -> list[str]:
    return [payload_in(str(file), file.read_bytes()) for file in files]


def _clean(files: list[Path]) -> bool:
    return all([found.name for found in file.parent.iterdir()] == [file.name] for file in files)


def test_every_file_gets_the_payload_and_keeps_the_rest(tmp_path: Path) -> None:
    files = swift_files(tmp_path)
    before = [file.read_bytes() for file in files]
    files[0].chmod(0o640)

    write_all(files, NEW)

    assert _held(files) == [NEW, NEW]
    assert [file.read_bytes().replace(NEW.encode(), OLD.encode()) for file in files] == before
    assert files[0].stat().st_mode & 0o777 == 0o640
    assert _clean(files)


def test_killed_at_any_step_both_are_old_or_both_new_after_the_next_run(tmp_path: Path) -> None:
    """Every step on the file system is tried: before, between and after the two renames."""
    ends: list[str] = []
    halfway = False
    for step in range(1, 100):
        files = swift_files(tmp_path / str(step))
        if not _killed_at(step, files):
            break
        halfway |= len(set(_held(files))) == 2
        finish(files)
        held = _held(files)
        assert held in ([OLD, OLD], [NEW, NEW]), f"step {step}"
        assert _clean(files), f"step {step}"
        ends.append("new" if held[0] == NEW else "old")

    assert step > 15
    assert halfway, "no kill fell between the two renames"
    assert ends == sorted(ends, reverse=True), "once it is decided that the files are new, they stay new"
    assert set(ends) == {"old", "new"}


@pytest.mark.parametrize("seen", [[0], [1], [1, 0]])
def test_a_next_run_that_names_one_file_or_another_order_finishes_both(tmp_path: Path, seen: list[int]) -> None:
    for step in range(1, 100):
        files = swift_files(tmp_path / str(step))
        if not _killed_at(step, files):
            break
        if len(set(_held(files))) == 2:
            finish([files[i] for i in seen])
            assert _held(files) == [NEW, NEW]
            return
    pytest.fail("no kill fell between the two renames")


def _stopped_halfway(folder: Path) -> list[Path]:
    for step in range(1, 100):
        files = swift_files(folder / str(step))
        assert _killed_at(step, files)
        if len(set(_held(files))) == 2:
            return files
    raise AssertionError


def test_what_an_author_changed_after_the_kill_is_kept(tmp_path: Path) -> None:
    files = _stopped_halfway(tmp_path)
    changed = [file.read_bytes() + b"// mine\n" for file in files]
    for file, data in zip(files, changed, strict=True):
        file.write_bytes(data)

    finish(files)

    assert [file.read_bytes() for file in files] == [data.replace(OLD.encode(), NEW.encode()) for data in changed]


def test_a_folder_that_was_moved_after_the_kill_is_finished_where_it_is(tmp_path: Path) -> None:
    files = _stopped_halfway(tmp_path / "here")
    (tmp_path / "here").rename(tmp_path / "there")
    moved = [tmp_path / "there" / file.relative_to(tmp_path / "here") for file in files]

    assert finish(moved)

    assert _held(moved) == [NEW, NEW]


def test_a_newer_write_is_not_turned_back_by_an_old_journal(tmp_path: Path) -> None:
    files = _stopped_halfway(tmp_path)
    old = next(file for file in files if _held([file]) == [OLD])
    old.write_text(swift_source(NEWER), "utf-8")

    assert finish(files) == ()

    assert _held([old]) == [NEWER]
    assert not unfinished(files)


def test_a_write_after_a_kill_finishes_it_and_goes_on(tmp_path: Path) -> None:
    files = _stopped_halfway(tmp_path)

    write_all(files, NEWER)

    assert _held(files) == [NEWER, NEWER]
    assert _clean(files)


def test_a_journal_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    files = swift_files(tmp_path)
    (files[0].parent / ".Model.swift.josi-journal").write_text("{half")

    with pytest.raises(SwiftFileError, match="josi-journal cannot be read"):
        write_all(files, NEW)

    assert _held(files) == [OLD, OLD]


@pytest.mark.parametrize("place", [0, 1])
def test_wrong_markers_in_one_file_leave_both_as_they_are(tmp_path: Path, place: int) -> None:
    files = swift_files(tmp_path)
    files[place].write_text("import Foundation\n")
    before = [file.read_bytes() for file in files]

    with pytest.raises(ReasonerMarkerError, match=files[place].parent.name):
        write_all(files, NEW)

    assert [file.read_bytes() for file in files] == before
    assert _clean(files)


def test_wrong_markers_in_both_files_are_told_at_once(tmp_path: Path) -> None:
    files = swift_files(tmp_path)
    for file in files:
        file.write_text("import Foundation\n")

    with pytest.raises(ReasonerMarkerError, match=r"ios.*mac"):
        read_payloads(files)


def test_a_full_disk_at_any_step_leaves_both_as_they_are(tmp_path: Path) -> None:
    """Root may write everywhere, so the step is refused in the process itself."""
    refused = 0
    for step in range(1, 100):
        files = swift_files(tmp_path / str(step))
        if _apart(files, NEW, step, ("open w", "open wb", "os.rename"), _fill_the_disk) == 0:
            break
        refused += 1
        assert _held(files) == [OLD, OLD], f"step {step}"
        assert _clean(files), f"step {step}"

    assert refused == 8, "two new contents, two journals, their renames, and the two switches"
    assert _held(files) == [NEW, NEW]


def test_a_missing_file_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    files = swift_files(tmp_path)

    with pytest.raises(SwiftFileError, match=r"absent\.swift: No such file"):
        write_all([*files, tmp_path / "absent.swift"], NEW)

    assert _held(files) == [OLD, OLD]


def test_a_link_is_written_through_and_stays_a_link(tmp_path: Path) -> None:
    files = swift_files(tmp_path)
    link = tmp_path / "Link.swift"
    link.symlink_to(files[0])

    write_all(list(resolve([link])), NEW)

    assert link.is_symlink()
    assert _held(files) == [NEW, OLD]


def test_the_same_file_twice_is_wrong_usage(tmp_path: Path) -> None:
    files = swift_files(tmp_path)

    with pytest.raises(UsageError):
        resolve([files[0], files[0].parent / ".." / "ios" / "Model.swift"])


def test_many_writers_at_once_leave_one_model_in_both_files(tmp_path: Path) -> None:
    files = swift_files(tmp_path)
    lines = [model().model_copy(update={"model_name": f"writer {i}"}).line() for i in range(6)]
    writers = [
        threading.Thread(target=write_all, args=(files if i % 2 else files[::-1], line)) for i, line in enumerate(lines)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    held = _held(files)
    assert held[0] == held[1]
    assert held[0] in lines
    assert _clean(files)


def test_a_file_of_190_kb_with_an_old_payload_gets_a_new_one_and_nothing_else_changes(tmp_path: Path) -> None:
    filler = "".join(f"// שורה {i} of the app 😀\r\n" for i in range(5000))
    file = tmp_path / "Model.swift"
    file.write_bytes(swift_source(OLD, before=filler, after=f"{filler}// no end of line").encode())
    before = file.read_bytes()
    assert len(before) > 190_000

    write_all([file], NEW)

    assert file.read_bytes() == before.replace(OLD.encode(), NEW.encode())
    assert os.listdir(tmp_path) == ["Model.swift"]  # noqa: PTH208
