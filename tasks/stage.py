"""How a stage's work is cached: a key a person can read, JSON results, and nothing reused that is not whole."""

import logging
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from prefect import Task
from prefect.cache_policies import CachePolicy
from prefect.tasks import exponential_backoff
from pydantic import ValidationError

from blocks.results import artifacts_in
from blocks.settings import Settings
from josi.errors import JosiError, Unreachable
from josi.records import Record, sha256_hex

log = logging.getLogger(__name__)

LONGEST_KEY = 180  # a key is also a file name
R = TypeVar("R", bound=Record)
_SAFE = re.compile(r"[a-z0-9][a-z0-9._-]*")  # shown as it is; also safe where file names ignore case


@dataclass
class Stage(CachePolicy):
    """Cache keys such as `merge@1/adapter-josi-tiny-interpreter-9f2c41d07ab3+base-tiny-qwen2-1f0c9a12ab34`.

    Every argument of the task has an identity; where things lie, who asks and when never enter. `version` is raised
    when the code changes what this stage means. A cached result whose artifacts are no longer whole in the store is
    forgotten, so that they are made anew.
    """

    name: str = ""
    version: int | str = 1
    besides: tuple[str, ...] = ()  # arguments that say who does it, and not what comes out

    def compute_key(self, task_ctx: Any, inputs: dict[str, Any], flow_parameters: dict[str, Any], **_: Any) -> str:
        named = "+".join(identity_of(inputs[key]) for key in sorted(inputs) if key not in self.besides)
        if len(named) > LONGEST_KEY:
            named = f"{named[:LONGEST_KEY]}-{sha256_hex(named.encode())[:12]}"
        key = f"{self.name}@{self.version}/{named}"
        forget_if_broken(key)
        return key


def version_of(cached: "Task[Any, Any]") -> int | str:
    """The version of a cached task, for a stage that is made of others. Raises TypeError where it is not ours."""
    if not isinstance(cached.cache_policy, Stage):
        raise TypeError(f"{cached.name} is not cached by Stage.")
    return cached.cache_policy.version


def forget_if_broken(key: str) -> None:
    """Drop the cached result of a key when the store cannot hand out what it names."""
    settings = Settings()
    broken = [artifact for artifact in settings.results.artifacts(key) if not settings.store.holds(artifact)]
    if broken:
        log.warning("%s is not whole in the store: it is made anew", ", ".join(a.identity for a in broken))
        settings.results.forget(key)


def by_hand(cached: "Task[Any, Any]", form: type[R], **arguments: Any) -> R:
    """What a cached task gives, without a Prefect API: found under its key where it was made, else made and kept.

    A result whose artifacts are no longer whole in the store is made anew.
    """
    if not isinstance(cached.cache_policy, Stage):
        raise TypeError(f"{cached.name} is not cached by Stage.")
    settings, key = Settings(), cached.cache_policy.compute_key(None, arguments, {})
    kept = settings.results.read(key)
    if kept is not None and all(settings.store.holds(artifact) for artifact in artifacts_in(kept)):
        with suppress(ValidationError):  # a result of an older form is made anew
            return form.model_validate(kept)
    made: R = cached.fn(**arguments)
    with settings.store.scratch() as scratch:
        settings.results.keep(key, made.model_dump_json(), scratch)
    return made


def identity_of(value: object) -> str:
    """What a cache key shows of an argument. Raises TypeError for anything whose identity nobody defined."""
    if isinstance(value, Record):
        return value.identity
    if isinstance(value, Mapping):
        return "+".join(f"{key}.{identity_of(value[key])}" for key in sorted(value))
    if value is None:
        return "none"
    if isinstance(value, str):
        return value if _SAFE.fullmatch(value) else f"text-{sha256_hex(value.encode())[:12]}"
    raise TypeError(f"{type(value).__name__} has no identity and cannot be part of a cache key.")


def network_retries() -> dict[str, Any]:
    """For tasks that use the network: three more tries, exponential backoff with jitter."""
    return {
        "retries": 3,
        "retry_delay_seconds": exponential_backoff(backoff_factor=2),
        "retry_jitter_factor": 0.5,
        "retry_condition_fn": not_for_the_user_to_mend,
    }


def training_retries() -> dict[str, Any]:
    """For training, which goes on from its checkpoint."""
    return {"retries": 2, "retry_delay_seconds": 1, "retry_condition_fn": not_for_the_user_to_mend}


def not_for_the_user_to_mend(_task: Any, _run: Any, state: Any) -> bool:
    """A refusal stays one however often it is asked for; what the network or the machine did is tried again."""
    try:
        state.result()
    except Unreachable:
        return True
    except JosiError:
        return False
    except Exception:
        return True
    return False
