"""How a stage's work is cached: a key a person can read, JSON results, and nothing reused that is not whole."""

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from prefect.cache_policies import CachePolicy
from prefect.tasks import exponential_backoff

from blocks.settings import Settings
from josi.records import Artifact, Record

log = logging.getLogger(__name__)


@dataclass
class Stage(CachePolicy):
    """Cache keys such as `train@1/adapter-tiny-interpreter-9f2c41d07ab3+sft-1f0c9a12ab34`.

    Every argument of the task has an identity; where things lie, who asks and when never enter. `version` is raised
    when the code changes what this stage means.
    """

    name: str = ""
    version: int = 1
    ignore: tuple[str, ...] = field(default=())  # arguments that cannot change the result

    def compute_key(self, task_ctx: Any, inputs: dict[str, Any], flow_parameters: dict[str, Any], **_: Any) -> str:
        named = [identity_of(inputs[key]) for key in sorted(inputs) if key not in self.ignore]
        return f"{self.name}@{self.version}/" + "+".join(named)


def identity_of(value: object) -> str:
    """What a cache key shows of an argument. Raises TypeError for anything whose identity nobody defined."""
    if isinstance(value, Record):
        return value.identity
    if isinstance(value, Mapping):
        return "+".join(f"{key}.{identity_of(value[key])}" for key in sorted(value))
    if isinstance(value, str):
        return value
    raise TypeError(f"{type(value).__name__} has no identity and cannot be part of a cache key.")
