"""What lies where after publishing, and how a release run ended."""

from collections.abc import Mapping
from enum import StrEnum

from josi.approval import Approval
from josi.errors import NotApproved
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


class Released(Record):
    """How a release run ended: what was decided and, unless it was declined, what was published."""

    approval: Approval
    published: Published | None

    @property
    def words(self) -> str:
        """One sentence for people."""
        who, candidate = self.approval.approver, self.approval.evidence.candidate_identity
        if self.published:
            done = self.published
            return f"{done.release} is in channel {done.channel} of {done.bucket} ({done.outcome}), approved by {who}."
        note = f": {self.approval.note}" if self.approval.note else ""
        return f"{candidate} was declined for {self.approval.channel} by {who}{note}. Nothing was published."

    def or_refused(self) -> Published:
        """What was published. Raises NotApproved where it was declined."""
        if self.published is None:
            raise NotApproved(self.words, "Mend data or recipe and run again; a later approval takes the no back.")
        return self.published


def card(released: Released) -> str:
    """A release card as Markdown."""
    approval, done = released.approval, released.published
    title = done.release if done else f"{approval.evidence.candidate_identity}: declined"
    facts = {
        "Candidate": f"`{approval.evidence.candidate_identity}`, sha256 `{approval.evidence.candidate}`",
        "Channel": str(approval.channel),
        "Decision": f"{approval.decided}d by {approval.approver} (decision {approval.sequence})",
        "Note": approval.note or "none",
    }
    if done:
        facts |= {"Outcome": f"{done.outcome}, {len(done.new)} objects written", "Bucket": f"`{done.bucket}`"}
    rows = "\n".join(f"| {name} | {cell(fact)} |" for name, fact in facts.items())
    files = "\n".join(f"- {_linked(key, url)}" for key, url in reversed([*done.urls.items()])) if done else ""
    return f"# {title}\n\n| | |\n|---|---|\n{rows}\n" + (f"\n## What apps read\n\n{files}\n" if files else "")


def _linked(key: str, url: str) -> str:
    """A link where a browser may follow it; browsers open no file from a page."""
    return f"[{key}]({url})" if url.startswith(("http://", "https://")) else f"`{url}`"


def cell(text: str) -> str:
    """Text that stays in its cell of a Markdown table."""
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")
