"""What lies where after publishing."""

from collections.abc import Mapping
from enum import StrEnum

from josi.records import Channel, Record


class Outcome(StrEnum):
    NEW = "new"
    UNCHANGED = "unchanged"  # everything was there before
    LOCAL = "local"  # a dry run: all of it, in a folder
    UPLOADED = "uploaded"  # files without an approval: no channel offers them


class Published(Record):
    """What lies where. `new` holds the keys that this run wrote; `urls` every public address, by key."""

    release: str
    channel: Channel | None
    outcome: Outcome
    sequence: int = 0
    bucket: str
    new: tuple[str, ...] = ()
    urls: Mapping[str, str]


def summary(done: Published) -> str:
    """A release as markdown."""
    rows = "\n".join(f"| `{key}` | {url} |" for key, url in done.urls.items())
    head = (
        f"# {done.release}\n\nChannel: **{done.channel or 'none'}**, {done.outcome}, {len(done.new)} objects written."
    )
    return f"{head}\n\n| key | address |\n|---|---|\n{rows}\n"
