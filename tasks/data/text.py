"""Reads the project's own text. Every fault of every file is shown at once, with file, line and group."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from josi.contract import Action, GATCRequest
from josi.errors import DataError
from tasks.data.athletes import load_people
from tasks.data.families import Family, Group, ProjectText, Slots, Words
from tasks.data.slots import ANSWER_SLOTS, SLOT
from tasks.data.worst import load_worst
from tasks.marked import read_marked

TEXT = Path("data")  # the project's own text
FOLLOWS = ("free_text", "question", "date")  # what a request is given from the message


def load_text(root: Path) -> ProjectText:
    """Read `root` (data/, or the same tree inside a source artifact). Raises DataError with all faults at once."""
    faults: list[str] = []
    slots = _slots(root / "slots.yaml", faults)
    people, worst = load_people(root, faults), load_worst(root, faults)
    sets = {
        name: tuple(family for path in _files(root, name) for family in families_of(root, path, slots, faults))
        for name in ("interpreter", "explainer", "eval")
    }
    faults += _twice(sets["interpreter"]) + _twice(sets["explainer"])
    if faults:
        raise DataError("The project's text has faults:\n" + "\n".join(faults), "\nThe form is in data/README.md.")
    evals = {name: tuple(f for f in sets["eval"] if f.file == f"eval/{name}.yaml") for name in _EVAL}
    medical = tuple(f for f in evals["red_flags"] if f.group.category.startswith("clarify.medical"))
    lookalikes = tuple(f for f in evals["red_flags"] if f not in medical)
    return ProjectText(
        words=Words(slots=slots, people=people),
        worst=worst,
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


def families_of(root: Path, path: Path, slots: Slots, faults: list[str]) -> Iterator[Family]:
    """The families of one file, in order. What is wrong with it goes into `faults`, each with file and line."""
    file = path.relative_to(root).as_posix()
    try:
        node, raw = read_marked(path.read_text("utf-8"))
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
    for name in FOLLOWS:
        if name in group.request:
            yield f"request.{name}: is never written here; it follows from the message"
    fields = {key: value for key, value in group.request.items() if key not in FOLLOWS}
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
