"""Cached results as Prefect keeps them: one JSON file for each cache key."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from josi.records import Artifact


class ResultFolder:
    """Looks into Prefect's result storage, to forget what can no longer be trusted."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def artifacts(self, key: str) -> list[Artifact]:
        """The artifacts that the cached result of a key names; empty where there is none."""
        try:
            record = json.loads((self.root / key).read_text("utf-8"))
            return list(_artifacts(json.loads(record["result"])))
        except (OSError, ValueError, KeyError, TypeError):
            return []

    def forget(self, key: str) -> None:
        (self.root / key).unlink(missing_ok=True)


def _artifacts(value: Any) -> Iterator[Artifact]:
    if isinstance(value, dict):
        try:
            yield Artifact.model_validate(value)
        except ValidationError:
            for part in value.values():
                yield from _artifacts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _artifacts(part)
