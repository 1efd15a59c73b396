"""Small things that many tests need."""

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


def with_another_end(data: bytes) -> bytes:
    """The same bytes but for the last one, whatever it was."""
    return data[:-1] + bytes([data[-1] ^ 0xFF])
