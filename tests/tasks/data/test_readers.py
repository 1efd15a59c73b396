import json
from collections.abc import Callable

import pytest

from josi.errors import DataError
from josi.records import Finding
from tasks.data.readers import ChatLine, read_lines

Line = Callable[..., str]


def read(text: str | bytes) -> list[object]:
    return list(read_lines("f.jsonl", text.encode() if isinstance(text, str) else text))


def test_a_byte_order_mark_crlf_and_blank_lines_do_no_harm(line: Line) -> None:
    found = read(b"\xef\xbb\xbf" + f"{line('Hoi', 'Dag!')}\r\n\r\n   \n{line('a', 'b')}".encode())

    assert [type(item) for item in found] == [ChatLine, type(None), type(None), ChatLine]
    assert [item.line for item in found if isinstance(item, ChatLine)] == [1, 4]


def test_a_line_separator_inside_text_does_not_end_the_line(line: Line) -> None:
    found = read(line("one\u2028two\x0bthree", "yes") + "\n")

    assert len(found) == 1 and isinstance(found[0], ChatLine)


def test_two_to_eight_messages_and_other_keys_are_read() -> None:
    turns = [{"role": role, "content": f"{role} {i}"} for i in range(4) for role in ("user", "assistant")]
    found = read(json.dumps({"category": "zones", "source": "book", "messages": turns, "id": 7}))

    assert isinstance(found[0], ChatLine)
    assert (len(found[0].messages), found[0].category, found[0].source) == (8, "zones", "book")


@pytest.mark.parametrize(
    ("raw", "field"),
    [
        ("{", "column 2"),
        ("[1, 2]", "line"),
        ("[" * 100_000, "line"),
        ("1" * 5000, "line"),
        ('{"prompt": "a", "label": "b"}', "messages"),
        ('{"messages": "hello"}', "messages"),
        ('{"messages": []}', "messages"),
        ('{"messages": [1, 2]}', "messages[0]"),
        ('{"messages": [{"role": "user", "content": "a"}, {"role": "bot", "content": "b"}]}', "messages[1].role"),
        ('{"messages": [{"role": "user", "content": "a"}, {"role": "user", "content": "b"}]}', "messages[1].role"),
        ('{"messages": [{"role": "assistant", "content": "a"}, {"role": "user", "content": "b"}]}', "messages[0].role"),
        ('{"messages": [{"role": "system", "content": "a"}, {"role": "user", "content": "b"}]}', "messages[1].role"),
        (
            '{"messages": [{"role": "user", "content": null}, {"role": "assistant", "content": "b"}]}',
            "messages[0].content",
        ),
        (
            '{"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": " "}]}',
            "messages[1].content",
        ),
        (
            '{"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "\\ud800"}]}',
            "messages[1].content",
        ),
        (
            '{"messages": [{"role": "user", "content": ["a"]}, {"role": "assistant", "content": "b"}]}',
            "messages[0].content",
        ),
    ],
)
def test_a_bad_line_is_named_by_file_line_and_field_and_does_not_stop_the_next(
    raw: str, field: str, line: Line
) -> None:
    bad, good = read(f"{raw}\n{line('a', 'b')}\n")

    assert isinstance(bad, tuple) and isinstance(good, ChatLine)
    finding, number, text = bad
    assert isinstance(finding, Finding)
    assert (finding.where, number, text) == (f"f.jsonl:1 {field}", 1, raw)
    assert finding.expected and finding.got and finding.remedy


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_file_that_is_not_utf8_is_refused_by_offset_line_and_command(mark: bytes) -> None:
    data = mark + b'{"a": 1}\n{"b": "caf\xe9"}\n'
    with pytest.raises(DataError) as caught:
        read(data)

    assert f"byte {data.index(0xE9)} (line 2)" in caught.value.what
    assert "iconv -f WINDOWS-1252 -t UTF-8 'f.jsonl'" in caught.value.remedy


def test_utf16_is_recognised_by_its_mark(line: Line) -> None:
    with pytest.raises(DataError, match="iconv -f UTF-16"):
        read(line("a", "b").encode("utf-16"))
