"""Chat JSONL, line by line. A line that cannot be used becomes a finding; no line stops the others.

The form is in contract.md: `{"messages": [{"role", "content"}, ...], ...}`; system may be missing, two
messages or more, other keys, blank lines, a byte order mark and CRLF may occur.
"""

import json
from collections.abc import Iterator
from typing import Any

from josi.chat import Message, words_of
from josi.errors import DataError
from josi.records import Finding, Record

EXCERPT = 160  # characters of a bad value that a finding shows
SPEAKERS = ("system", "user", "assistant")


class ChatLine(Record):
    """One well-formed conversation: optional system, then user and assistant in turn, the last word the assistant's."""

    file: str
    line: int
    raw: str
    system: str | None
    messages: tuple[Message, ...]
    category: str
    source: str

    @property
    def where(self) -> str:
        return f"{self.file}:{self.line}"

    @property
    def target(self) -> str:
        return self.messages[-1].content

    @property
    def said(self) -> str:
        """The words of the last user message, without the blocks after them."""
        return words_of(self.messages[-2].content)

    def finding(self, check: str, field: str, expected: str, got: str, remedy: str) -> Finding:
        return Finding(check=check, where=f"{self.where} {field}", expected=expected, got=excerpt(got), remedy=remedy)


class Malformed(Exception):
    """One field is not what it has to be."""

    def __init__(self, field: str, expected: str, got: object) -> None:
        super().__init__(field)
        self.field, self.expected = field, expected
        self.got = got if isinstance(got, str) else json.dumps(got, ensure_ascii=True, default=str)


def excerpt(text: str) -> str:
    """The start of a value, printable in any terminal."""
    text = text.encode("utf-8", "replace").decode().replace("\n", "⏎")
    return text if len(text) <= EXCERPT else text[: EXCERPT - 1] + "…"


def decode(name: str, data: bytes) -> str:
    """The text of a file. Raises DataError with byte offset, line and the iconv command where it is not UTF-8."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise DataError(f"{name}: not UTF-8 but UTF-16 (byte order mark at byte 0, line 1).", _iconv("UTF-16", name))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # UnicodeDecodeError counts in the bytes it was given, but utf-8-sig strips the mark first.
        offset = error.start + (3 if data.startswith(b"\xef\xbb\xbf") and len(error.object) < len(data) else 0)
        line = data.count(b"\n", 0, offset) + 1
        raise DataError(
            f"{name}: not UTF-8 at byte {offset} (line {line}): byte 0x{data[offset]:02x}.",
            _iconv("WINDOWS-1252", name),
        ) from None


def read_lines(name: str, data: bytes) -> Iterator[ChatLine | tuple[Finding, int, str] | None]:
    """Each line of a file: a conversation, a finding with its line number and raw text, or None for a blank line.

    Raises DataError where the file is not UTF-8.
    """
    lines = decode(name, data).split("\n")
    if not lines[-1]:
        lines.pop()  # what follows the last newline is no line
    for number, raw in enumerate(lines, start=1):
        text = raw.rstrip("\r")
        if not text.strip():
            yield None
            continue
        try:
            yield _parse(name, number, text)
        except Malformed as fault:
            remedy = 'Each line is one object such as {"messages": [{"role": "user", "content": "…"}, …]}.'
            where = f"{name}:{number} {fault.field}"
            got = excerpt(fault.got)
            yield Finding(check="malformed", where=where, expected=fault.expected, got=got, remedy=remedy), number, text


def _parse(name: str, number: int, text: str) -> ChatLine:
    row = _object(text)
    messages = row.get("messages")
    if not isinstance(messages, list) or "messages" not in row:
        raise Malformed("messages", "a list of messages", f"keys {', '.join(row)}" if messages is None else messages)
    if len(messages) < 2:
        raise Malformed("messages", "two messages or more", f"{len(messages)}")
    said = [_message(index, item) for index, item in enumerate(messages)]
    system = said.pop(0).content if said[0].role == "system" else None
    shift = len(messages) - len(said)
    for index, message in enumerate(said):
        if message.role != SPEAKERS[1 + index % 2]:
            raise Malformed(f"messages[{index + shift}].role", SPEAKERS[1 + index % 2], message.role)
    if len(said) < 2 or len(said) % 2:
        raise Malformed(f"messages[{len(messages) - 1}].role", "assistant, as the last to speak", said[-1].role)
    return ChatLine(
        file=name,
        line=number,
        raw=text,
        system=system,
        messages=tuple(said),
        category=_label(row, "category") or _label(row, "source") or "extra",
        source=_label(row, "source") or name,
    )


def _object(text: str) -> dict[str, Any]:
    try:
        row = json.loads(text)
    except (ValueError, RecursionError) as error:  # also numbers too long, and nesting too deep
        at = f"column {error.colno}" if isinstance(error, json.JSONDecodeError) else "line"
        raise Malformed(at, "one JSON object", text) from None
    if not isinstance(row, dict):
        raise Malformed("line", "one JSON object", text)
    return row


def _message(index: int, item: object) -> Message:
    field = f"messages[{index}]"
    if not isinstance(item, dict):
        raise Malformed(field, "an object with role and content", item)
    role, content = item.get("role"), item.get("content")
    if role not in SPEAKERS:
        raise Malformed(f"{field}.role", "system, user or assistant", role)
    if not isinstance(content, str):
        raise Malformed(f"{field}.content", "text", content)
    if not content.strip():
        raise Malformed(f"{field}.content", "text", "an empty string")
    try:
        content.encode("utf-8")
    except UnicodeEncodeError as error:
        raise Malformed(f"{field}.content", "text that UTF-8 can hold", f"a lone surrogate at {error.start}") from None
    return Message(role=role, content=content)


def _label(row: dict[str, Any], key: str) -> str:
    value = row.get(key)
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""


def _iconv(encoding: str, name: str) -> str:
    return f"Convert it: iconv -f {encoding} -t UTF-8 '{name}' > '{name}.utf8'"
