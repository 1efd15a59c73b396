"""The project's own text: groups of families (one way of saying a thing, with slots), as data/README.md describes them.

Every fault of every file is shown at once, with file, line and group.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BeforeValidator, Field, TypeAdapter, ValidationError

from josi.contract import Action, GATCRequest, Level, Outcome, Tier
from josi.errors import DataError
from josi.records import Record, sha256_hex

SLOT = re.compile(r"\{(\w+)\}")
ANSWER_SLOTS = frozenset({"workout", "why", "why2", "cap", "name", "session"})
Language = Literal["en", "nl"]
Levels = Annotated[tuple[Level, ...], BeforeValidator(lambda value: [value] if isinstance(value, str) else value)]


class Filling(Record):
    """One word or phrase of a slot, and the request fields it sets (dotted names reach into constraints)."""

    say: str
    sets: Mapping[str, str | int | bool] = Field(default_factory=dict, alias="set")


class Setting(Record):
    """What an athlete's context must look like; what is not said is drawn at random."""

    session: bool | None = None
    sport: Literal[False] | None = None
    readiness: Levels = ()
    history: tuple[tuple[Literal["user", "assistant"], str], ...] = ()
    memory: tuple[str, ...] = ()
    tier: Tier | None = None


class When(Record):
    """Which decisions of the engine an explainer group answers."""

    outcome: Outcome | None = None
    capped: bool | None = None
    readiness: Levels = ()


class Group(Record):
    """One entry of a YAML file."""

    category: Annotated[str, Field(pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)+$")]
    language: Language
    request: Mapping[str, Any]
    context: Setting = Setting()
    when: When = When()
    must: tuple[str, ...] = ()
    say: Annotated[tuple[str, ...], Field(min_length=1)]
    answers: tuple[str, ...] = ()


class Family(Record):
    """One way of saying a thing, with slots. `file` and `line` say where it is written."""

    file: str
    line: int
    group: Group
    text: str

    @property
    def name(self) -> str:
        """Stays the same when lines move: category, language and the words themselves."""
        return f"{self.group.category}.{self.group.language}.{sha256_hex(self.text.encode())[:8]}"

    @property
    def where(self) -> str:
        return f"{self.file}:{self.line}"

    @property
    def slots(self) -> tuple[str, ...]:
        return tuple(SLOT.findall(self.text))


Slots = Mapping[str, Mapping[str, tuple[Filling, ...]]]


class ProjectText(Record):
    """Everything under data/: families of training and of evaluation, by set, and the words for their slots."""

    slots: Slots
    interpreter: tuple[Family, ...] = ()
    explainer: tuple[Family, ...] = ()
    unseen: tuple[Family, ...] = ()
    red_flags: tuple[Family, ...] = ()
    explainer_eval: tuple[Family, ...] = ()


def load_text(root: Path) -> ProjectText:
    """Read `root` (data/, or the same tree inside a source artifact). Raises DataError with all faults at once."""
    faults: list[str] = []
    slots = _slots(root / "slots.yaml", faults)
    sets = {
        name: tuple(family for path in _files(root, name) for family in _families(root, path, slots, faults))
        for name in ("interpreter", "explainer", "eval")
    }
    faults += _twice(sets["interpreter"]) + _twice(sets["explainer"])
    if faults:
        raise DataError("The project's text has faults:\n" + "\n".join(faults), "\nThe form is in data/README.md.")
    evals = {name: tuple(f for f in sets["eval"] if f.file == f"eval/{name}.yaml") for name in _EVAL}
    medical = tuple(f for f in evals["red_flags"] if f.group.category.startswith("clarify.medical"))
    lookalikes = tuple(f for f in evals["red_flags"] if f not in medical)
    return ProjectText(
        slots=slots,
        interpreter=sets["interpreter"],
        explainer=sets["explainer"],
        unseen=evals["interpreter"] + lookalikes,
        red_flags=medical,
        explainer_eval=evals["explainer"],
    )


_EVAL = ("interpreter", "red_flags", "explainer")


def _files(root: Path, name: str) -> list[Path]:
    return sorted((root / name).glob("*.yaml"), key=lambda path: path.name)


def _slots(path: Path, faults: list[str]) -> Slots:
    try:
        raw = yaml.safe_load(path.read_text("utf-8"))
        return TypeAdapter(Slots).validate_python(raw)
    except OSError as error:
        faults.append(f"{path.name}: {error.strerror}")
    except yaml.YAMLError as error:
        faults.append(f"{path.name}: {_one_line(error)}")
    except ValidationError as error:
        faults += [f"{path.name} {_loc(item)}: {item['msg']}" for item in error.errors()]
    return {}


def _families(root: Path, path: Path, slots: Slots, faults: list[str]) -> Iterator[Family]:
    file = path.relative_to(root).as_posix()
    try:
        node = yaml.compose(path.read_text("utf-8"), Loader=yaml.SafeLoader)
        raw = yaml.safe_load(path.read_text("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        faults.append(f"{file}: {_one_line(error)}")
        return
    if node is None:
        return
    if not isinstance(node, yaml.SequenceNode):
        faults.append(f"{file}:1: expected a list of groups")
        return
    for entry, value in zip(node.value, raw, strict=True):
        line = entry.start_mark.line + 1
        title = value.get("category", "?") if isinstance(value, dict) else "?"
        try:
            group = Group.model_validate(value)
        except ValidationError as error:
            faults += [f"{file}:{line} group {title}, {_loc(item)}: {item['msg']}" for item in error.errors()]
            continue
        places = _lines_of(entry, "say")
        families = [Family(file=file, line=n, group=group, text=t) for n, t in zip(places, group.say, strict=True)]
        found = [fault for family in families for fault in _family_faults(family, slots)]
        faults += [f"{file}:{line} group {title}, {fault}" for fault in _group_faults(group)] + found
        if not found:
            yield from families


def _lines_of(entry: yaml.MappingNode, key: str) -> list[int]:
    for name, value in entry.value:
        if name.value == key:
            return [item.start_mark.line + 1 for item in value.value]
    return []


def _group_faults(group: Group) -> Iterator[str]:
    for name in ("free_text", "question", "date"):
        if name in group.request:
            yield f"request.{name}: is never written here; it follows from the message"
    fields = {key: value for key, value in group.request.items() if key not in ("free_text", "question", "date")}
    action = fields.get("action")
    trial = {**fields, "free_text": "x"}
    if action in (Action.EXPLAIN, Action.ANSWER_QUESTION):
        trial["question"] = "x"
    if action == Action.CREATE_WORKOUT:
        trial.setdefault("sport", "run")
    try:
        GATCRequest.model_validate(trial)
    except ValidationError as error:
        yield from (f"request.{_loc(item)}: {item['msg']}" for item in error.errors())
    for answer in group.answers:
        for slot in SLOT.findall(answer):
            if slot not in ANSWER_SLOTS:
                yield f"answers: unknown slot {{{slot}}} in {answer!r}; known: {', '.join(sorted(ANSWER_SLOTS))}"


def _family_faults(family: Family, slots: Slots) -> Iterator[str]:
    known = slots.get(family.group.language, {})
    fixed = set(_dotted(family.group.request))
    for slot in family.slots:
        if slot not in known:
            yield f"{family.where}: unknown slot {{{slot}}} in {family.text!r}"
            continue
        fields = {field for filling in known[slot] for field in filling.sets}
        if fields & fixed:
            yield f"{family.where}: {{{slot}}} sets {', '.join(sorted(fields & fixed))}, which is already set"
        fixed |= fields


def _dotted(request: Mapping[str, Any]) -> Iterator[str]:
    for key, value in request.items():
        yield from (f"{key}.{inner}" for inner in value) if isinstance(value, Mapping) else (key,)


def _twice(families: tuple[Family, ...]) -> list[str]:
    first: dict[str, Family] = {}
    faults = []
    for family in families:
        before = first.setdefault(family.name, family)
        if before is not family:
            faults.append(f"{family.where}: the same line as {before.where}: {family.text!r}")
    return faults


def _loc(item: Any) -> str:
    return ".".join(str(part) for part in item["loc"])


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
