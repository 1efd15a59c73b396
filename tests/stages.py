"""The cached tasks there are, found and not listed: a new one is looked at without anybody remembering to."""

import importlib
import pkgutil
from typing import Any

from prefect import Task

import tasks
from tasks.stage import Stage


def cached_tasks() -> dict[str, "Task[Any, Any]"]:
    """Every task of `tasks` whose results are cached by Stage, by its name."""
    modules = [importlib.import_module(found.name) for found in pkgutil.walk_packages(tasks.__path__, "tasks.")]
    every = [value for module in modules for value in vars(module).values() if isinstance(value, Task)]
    return {found.name: found for found in every if isinstance(found.cache_policy, Stage)}


def policy_of(found: "Task[Any, Any]") -> Stage:
    if not isinstance(found.cache_policy, Stage):
        raise TypeError(f"{found.name} is not cached by Stage.")
    return found.cache_policy
