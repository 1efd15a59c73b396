"""A fingerprint of the code behind each cached stage, so that it cannot change while its cache key stays.

The code of a stage is every module of the project that its task's module imports, directly or not, wherever in a file
the import stands. Comments, docstrings and layout do not count; templates beside the modules do. Left out are the
modules that decide where things lie and what an error says, and the recipe's: what it says is part of the key.

    python -m tests.fingerprints                  # writes down stages whose version was raised
    python -m tests.fingerprints --same-results   # your word: the code is other, the results are the same
"""

import ast
import importlib.util
import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from josi.records import Record, sha256_hex
from tests.stages import cached_tasks, policy_of

FILE = Path("tests/fingerprints.json")
PACKAGES = ("josi", "blocks", "tasks")
NOT_RESULTS = frozenset(
    {
        "josi.errors",
        "blocks.environment",
        "blocks.order",
        "blocks.recipe",
        "blocks.results",
        "blocks.settings",
        "blocks.store",
        "tasks.shown",  # what a run shows of itself
        "tasks.stage",
        "tasks.train.curve",  # pictures of a run
        "tasks.train.progress",
    }
)
TEMPLATES = "*.j2"


class Print(Record):
    """What is on record of a stage: its version, and the sha256 (12 hex) of each of its modules and templates."""

    version: int | str
    code: Mapping[str, str]


class Change(Record):
    """A stage whose code is not what the record says. `modules` are those that differ, came or went."""

    stage: str
    modules: tuple[str, ...]
    raised: bool

    def __str__(self) -> str:
        what = f"{self.stage}: {', '.join(self.modules) or 'its version'} changed"
        if self.raised:
            return f"{what}. Its version was raised: run `python -m tests.fingerprints`."
        return (
            f"{what} and its version did not. Raise `version` in its Stage and run `python -m tests.fingerprints`; or, "
            "where the results are the same, run `python -m tests.fingerprints --same-results`."
        )


def current() -> dict[str, Print]:
    """The fingerprint of every cached stage, by the stage's name."""
    prints = {}
    for found in cached_tasks().values():
        policy = policy_of(found)
        prints[policy.name] = Print(version=policy.version, code=code_of(found.fn.__module__))
    return dict(sorted(prints.items()))


def recorded() -> dict[str, Print]:
    return {name: Print.model_validate(value) for name, value in json.loads(FILE.read_text("utf-8")).items()}


def compare(before: Mapping[str, Print], now: Mapping[str, Print]) -> list[Change]:
    """Every stage that differs from its record."""
    changes = []
    for stage in sorted({*before, *now}):
        old, new = (prints.get(stage, Print(version=0, code={})) for prints in (before, now))
        if old != new:
            names = sorted(name for name in {*old.code, *new.code} if old.code.get(name) != new.code.get(name))
            changes.append(Change(stage=stage, modules=tuple(names), raised=old.version != new.version))
    return changes


def code_of(module: str) -> dict[str, str]:
    """Name to sha256 (12 hex) of the module, all that it imports of the project, and the templates beside them."""
    seen: dict[str, str] = {}
    ahead = [module]
    while ahead:
        name = ahead.pop()
        path = _path(name)
        if path is None or name in seen or name in NOT_RESULTS:
            continue
        source = path.read_text("utf-8")
        seen[name] = fingerprint(source)
        for template in path.parent.glob(TEMPLATES):
            seen[f"{path.parent.name}/{template.name}"] = sha256_hex(template.read_bytes())[:12]
        ahead += [*imported(source), name.rpartition(".")[0]]  # importing a module runs its package too
    return dict(sorted(seen.items()))


def imported(source: str) -> set[str]:
    """Every module of the project that a source may import, inside functions too. Some names may be no modules."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return {name for name in names if name.split(".")[0] in PACKAGES}


def fingerprint(source: str) -> str:
    """sha256 (12 hex) of a source's syntax tree without docstrings."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and ast.get_docstring(
            node, clean=False
        ):
            node.body = node.body[1:]
    return sha256_hex(_shape(tree).encode())[:12]


def _shape(value: object) -> str:
    """Like ast.dump, but without what is empty: newer Pythons have fields that older ones lack."""
    if isinstance(value, ast.AST):
        fields = ((name, getattr(value, name, None)) for name in value._fields if name != "kind")
        kept = ", ".join(f"{name}={_shape(part)}" for name, part in fields if part not in (None, []))
        return f"{type(value).__name__}({kept})"
    if isinstance(value, list):
        return f"[{', '.join(_shape(part) for part in value)}]"
    return repr(value)


def _path(module: str) -> Path | None:
    try:
        spec = importlib.util.find_spec(module) if module else None
    except ModuleNotFoundError:  # a class or function of a module, not a module
        return None
    return Path(spec.origin) if spec and spec.origin else None


def write(prints: Mapping[str, Print]) -> None:
    FILE.write_text(json.dumps({name: found.model_dump() for name, found in prints.items()}, indent=1) + "\n", "utf-8")


def main(arguments: Iterable[str]) -> int:
    """Bring the record up to date, or say why it may not be."""
    now = current()
    before = recorded() if FILE.exists() else {}
    changes = compare(before, now)
    refused = [] if "--same-results" in arguments else [change for change in changes if not change.raised]
    for change in refused or changes:
        print(change if refused else f"{change.stage}: written down", file=sys.stderr)  # noqa: T201  # a script
    if refused:
        return 1
    write(now)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
