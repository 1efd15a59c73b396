"""One line of a training file: the row that it holds, and all that is to be said about it."""

import json
import unicodedata
from typing import Any

from josi.reasoner import tokens
from josi.records import Finding, Record, Severity, sha256_hex
from tasks.private import masked, personal, secrets

KEYS = ("prompt", "label", "next_action")
LONGEST_LABEL = 80  # characters


class Row(Record):
    """One example. `tokens` are the engine's."""

    line: int
    prompt: str
    label: str
    next_action: str
    tokens: tuple[str, ...]

    @property
    def mark(self) -> str:
        """What of a row is learned, as 12 hex: remembered with a model, so that later runs know what it has seen."""
        return sha256_hex(f"{self.label}\n{' '.join(self.tokens)}".encode())[:12]


class BadLine(Exception):
    """One line is not what it has to be."""

    def __init__(self, field: str, expected: str, got: str) -> None:
        super().__init__(field)
        self.field, self.expected, self.got = field, expected, got


def read_line(name: str, number: int, text: str) -> tuple[Row | None, list[Finding]]:
    """The row of a line, if it may be learned from, and what is to be said about the line."""
    where = f"{name}:{number}"
    found = [_private(where, kind, Severity.BLOCK) for kind in secrets(text)]
    try:
        given = _object(text)
        values = {key: _text(given, key) for key in KEYS}
    except BadLine as bad:
        remedy = 'A line is one object such as {"prompt": "…", "label": "…", "next_action": "…"}.'
        return None, [*found, said("bad line", f"{where} {bad.field}", bad.expected, bad.got, remedy)]
    words = " ".join(values.values())
    hidden = (_private(where, kind, Severity.BLOCK) for kind in secrets(words))  # an escape may hide it in the raw line
    found += [finding for finding in hidden if finding not in found]
    found += [_private(where, kind, Severity.WARN) for kind in personal(words)]
    unknown = [key for key in given if key not in KEYS]
    if unknown:
        remedy = "Remove them, or mend the name: they are not learned from."
        found.append(said("unknown keys", where, ", ".join(KEYS), ", ".join(map(shown, unknown)), remedy))
    row = Row(line=number, **values, tokens=tuple(tokens(values["prompt"])))
    if not row.tokens:
        found.append(said("no words", where, "a prompt with a word of two characters", shown(row.prompt), "Add words."))
        return None, found
    return row, found


def _object(text: str) -> dict[str, Any]:
    try:
        given = json.loads(text)
    except (ValueError, RecursionError) as error:
        at = f"column {error.colno}" if isinstance(error, json.JSONDecodeError) else "line"
        raise BadLine(at, "one JSON object", "text that is no JSON") from None
    if not isinstance(given, dict):
        raise BadLine("line", "one JSON object", type(given).__name__)
    return given


def _text(given: dict[str, Any], key: str) -> str:
    """The text of a key, without blanks around it. `next_action` may be missing or null."""
    value = given.get(key)
    if value is None and key == "next_action":
        return ""
    if not isinstance(value, str):
        raise BadLine(key, "text", "nothing" if value is None else type(value).__name__)
    if not value.strip() and key != "next_action":
        raise BadLine(key, "text", "an empty string")
    if any("\ud800" <= one <= "\udfff" for one in value):
        raise BadLine(key, "text that UTF-8 can hold", "a lone surrogate")
    if key == "label" and (len(value) > LONGEST_LABEL or "\n" in value):
        raise BadLine(key, f"one line of at most {LONGEST_LABEL} characters", f"{len(value)} characters")
    return unicodedata.normalize("NFC", value.strip()) if key == "label" else value.strip()


def shown(text: str) -> str:
    text = masked(text.encode("utf-8", "replace").decode())
    return text if len(text) <= LONGEST_LABEL else text[: LONGEST_LABEL - 1] + "…"


def said(check: str, where: str, expected: str, got: str, remedy: str) -> Finding:
    return Finding(check=check, where=where, expected=expected, got=got, remedy=remedy, severity=Severity.WARN)


def _private(where: str, kind: str, severity: Severity) -> Finding:
    secret = severity is Severity.BLOCK
    return Finding(
        check="secret" if secret else "personal data",
        where=where,
        expected="none",
        got=kind,
        remedy="Take it out of the file and replace it where it is used." if secret else "Take it out of the file.",
        severity=severity,
    )
