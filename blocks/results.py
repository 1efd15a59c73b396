"""Cached results as Prefect keeps them: one JSON object for each cache key."""

import json
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from blocks.bucket import Bucket, get
from josi.errors import Absent
from josi.records import Artifact

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
            record = json.loads(get(self.bucket, key, _LIMIT))
            return list(_artifacts(json.loads(record["result"])))
        except (Absent, ValueError, KeyError, TypeError):
            return []

    def forget(self, key: str) -> None:
        self.bucket.remove(key)


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
