"""Small things that many tests need."""

import os
import subprocess
import sys
from pathlib import Path

from filelock import FileLock

from blocks.settings import Settings
from blocks.store import FolderStore
from josi.chat import Message
from josi.examples import Example
from josi.records import Artifact, Kind, Role

SPORTS = ("run", "bike", "ski", "skate", "strength")


def example(message: str, answer: str, role: Role = Role.INTERPRETER, system: str = "Say it.") -> Example:
    said = (
        Message(role="system", content=system),
        Message(role="user", content=message),
        Message(role="assistant", content=answer),
    )
    return Example(role=role, messages=said, source="test", category="test", language="en", family="test")


def small_examples(count: int = 60) -> list[Example]:
    """A task that a few dozen steps can learn: name the sport that stands in the message."""
    return [
        example(f"I want to {SPORTS[i % 5]} for {10 + i} minutes", f'{{"sport":"{SPORTS[i % 5]}"}}')
        for i in range(count)
    ]


def put_examples(store: FolderStore, examples: list[Example], name: str = "small") -> Artifact:
    held = max(1, len(examples) // 5)
    with store.scratch() as folder:
        for part, rows in (("train", examples[held:]), ("validation", examples[:held])):
            text = "".join(row.model_dump_json() + "\n" for row in rows)
            (folder / f"{part}.jsonl").write_text(text, "utf-8")
        return store.put(folder, Kind.CORPUS, name)


def josi(*arguments: str | Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """The command line, as people and programs run it: as a process, that nobody answers."""
    return subprocess.run(
        [sys.executable, "-m", "cli.main", *map(str, arguments)],
        capture_output=True,
        text=True,
        env={**os.environ, "COLUMNS": "200", **environment},
        stdin=subprocess.DEVNULL,
        check=False,
        timeout=300,
    )


def pair_alone() -> FileLock:
    """Who makes, breaks or copies the pair's files does so alone among all processes of a test run."""
    home = Settings().root
    home.mkdir(parents=True, exist_ok=True)
    return FileLock(home / "pair.lock")


def with_another_end(data: bytes) -> bytes:
    """The same bytes but for the last one, whatever it was."""
    return data[:-1] + bytes([data[-1] ^ 0xFF])
