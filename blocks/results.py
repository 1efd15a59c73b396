"""Cached results as Prefect keeps them: one JSON object for each cache key."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from blocks.bucket import Bucket, get
from josi.errors import Absent
from josi.records import Artifact

BY_HAND = "by-hand"  # of results that were made without Prefect
_LIMIT = 64 << 20  # bytes; results are small records


class Results:
    """Looks into Prefect's result storage, a folder or a bucket, to forget what can no longer be trusted."""

    def __init__(self, bucket: Bucket) -> None:
        self.bucket = bucket

    def artifacts(self, key: str) -> list[Artifact]:
        """The artifacts that the cached result of a key names; empty where there is none.

        Raises StorageError where the bucket cannot say: that is no reason to forget anything.
        """
        try:
            return list(artifacts_in(self._of_prefect(key)))
        except (Absent, ValueError, KeyError, TypeError):
            return []

    def read(self, key: str) -> Any:
        """The cached result of a key as JSON values; None where there is none, or none that can be read."""
        for read in (self._of_prefect, self._by_hand):
            try:
                return read(key)
            except (Absent, ValueError, KeyError, TypeError):
                continue
        return None

    def keep(self, key: str, result: str, scratch: Path) -> None:
        """Keep a result that was made without Prefect: JSON, beside Prefect's own. `scratch`: a folder to write in."""
        path = scratch / "result.json"
        path.write_text(result, "utf-8")
        self.bucket.put(f"{BY_HAND}/{key}", path, overwrite=True)

    def _of_prefect(self, key: str) -> Any:
        value = json.loads(json.loads(get(self.bucket, key, _LIMIT))["result"])
        # Prefect's JSON serializer wraps a record: {"__class__": its name, "data": its fields}.
        return value["data"] if isinstance(value, dict) and "__class__" in value else value

    def _by_hand(self, key: str) -> Any:
        return json.loads(get(self.bucket, f"{BY_HAND}/{key}", _LIMIT))

    def forget(self, key: str) -> None:
        self.bucket.remove(key)


def artifacts_in(value: Any) -> Iterator[Artifact]:
    """Every artifact that a result names, however deep."""
    if isinstance(value, dict):
        try:
            yield Artifact.model_validate(value)
        except ValidationError:
            for part in value.values():
                yield from artifacts_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from artifacts_in(part)
