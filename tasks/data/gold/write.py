"""One form of YAML for the gold files: what is read and written again is the same, byte for byte.

Files are written anew by `josi gold apply`, so comments beside the first ones are not kept: a note belongs in `review`.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import yaml

from blocks.store import write_atomic
from josi.errors import DataError
from tasks.data.gold.entry import Entry, Gold
from tasks.marked import Plain

HEADER = "# Gold answers, for a coach to review: josi gold page. The form is in CARD.md. Other comments are not kept.\n"
WIDTH = 116
_FOLDED = ("message", "answer")


class _Folded(str):
    """A long text, folded over several lines."""


class _Dumper(yaml.SafeDumper):
    """Lists are indented below their key, as people write them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002 - PyYAML's name
        super().increase_indent(flow, indentless=False)


_Dumper.add_representer(_Folded, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style=">"))
_Dumper.yaml_implicit_resolvers = Plain.yaml_implicit_resolvers


def read_entries(text: str) -> list[tuple[int, Any]]:
    """The entries of a file, each with its line. Raises DataError where there is no list, YAMLError for no YAML."""
    node = yaml.compose(text, Loader=Plain)
    if node is None:
        return []
    if not isinstance(node, yaml.SequenceNode):
        raise DataError("expected a list of entries.")
    loaded = yaml.load(text, Loader=Plain)  # noqa: S506 - a SafeLoader
    return [(item.start_mark.line + 1, value) for item, value in zip(node.value, loaded, strict=True)]


def text_of(entries: Iterable[Entry]) -> str:
    """A whole file. Raises DataError for a text that would be read back as another."""
    listed = list(entries)
    text = HEADER + "".join("\n" + _block(entry) for entry in listed)
    if [Entry.model_validate(value) for _, value in read_entries(text)] != listed:
        raise DataError("These entries cannot be written so that they read the same.", "Take control characters out.")
    return text


def write(root: Path, golds: Sequence[Gold], only: frozenset[str] | None = None) -> tuple[str, ...]:
    """Write files anew, each whole or not at all; returns the names of those whose bytes changed.

    `only` names the files concerned (default: all). Every text is made before the first file is touched.
    """
    files = sorted({gold.file for gold in golds} if only is None else only)
    texts = {name: text_of(gold.entry for gold in golds if gold.file == name).encode() for name in files}
    changed = tuple(name for name, text in texts.items() if (root / name).read_bytes() != text)
    for name in changed:
        write_atomic(root / name, texts[name])
    return changed


def _block(entry: Entry) -> str:
    plain = entry.model_dump(mode="json")
    if not entry.review.of_text:
        del plain["review"]["of_text"]
    folded = {key: _Folded(value) if key in _FOLDED else value for key, value in plain.items()}
    return yaml.dump([folded], Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH)
