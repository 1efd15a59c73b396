"""What a release manager reads before an answer: verdict, differences, links, digests. Short in the form, and whole."""

from collections.abc import Iterable, Iterator, Mapping

from blocks.bucket import Bucket
from blocks.store import FolderStore
from josi.approval import evidence_of
from josi.candidate import Candidate
from josi.records import Channel
from tasks.release.approve import holding
from tasks.release.offered import differences
from tasks.release.published import cell


def briefing(
    candidate: Candidate, channel: Channel, *, bucket: Bucket, store: FolderStore, links: Mapping[str, str]
) -> str:
    """All of it, as Markdown. `links` are addresses by what they show."""
    parts = (
        f"## May {candidate.identity} go to {channel}?",
        *_on_record(candidate, channel, store),
        "### The gate's verdict",
        "\n".join(_verdict(candidate)),
        *(differences(candidate, one, bucket, store).strip() for one in _compared(channel)),
        "### To read",
        "\n".join(f"- {name}: {_linked(address)}" for name, address in links.items() if address),
        "### What an approval binds",
        "\n".join(_digests(candidate)),
    )
    return "\n\n".join(parts)


def in_short(
    candidate: Candidate, channel: Channel, *, bucket: Bucket, store: FolderStore, links: Mapping[str, str]
) -> str:
    """What stands in the form: the same, without reasons and digests."""
    closed = {one: len(candidate.verdict.reasons.get(one, ("not judged",))) for one in Channel}
    parts = (
        f"## May {candidate.identity} go to {channel}?",
        *_on_record(candidate, channel, store),
        "\n".join(f"- **{one}**: {f'closed, reasons: {count}' if count else 'open'}" for one, count in closed.items()),
        *(differences(candidate, one, bucket, store, digests=False).strip() for one in _compared(channel)),
        "### To read",
        "\n".join(f"- [{name}]({address})" for name, address in links.items() if address),
    )
    return "\n\n".join(parts)


def _compared(channel: Channel) -> Iterable[Channel]:
    return dict.fromkeys((channel, Channel.PRODUCTION))


def _on_record(candidate: Candidate, channel: Channel, store: FolderStore) -> Iterator[str]:
    if held := holding(store, candidate, channel):
        yield f"On record already: {held.decided} by {cell(held.approver)}. {cell(held.note)}".strip()


def _verdict(candidate: Candidate) -> Iterator[str]:
    for channel in Channel:
        reasons = candidate.verdict.reasons.get(channel, ("not judged",))
        yield f"- **{channel}**: {'closed' if reasons else 'open'}"
        yield from (f"    - {cell(reason)}" for reason in reasons)


def _digests(candidate: Candidate) -> Iterator[str]:
    yield "| part | sha256 |\n|---|---|"
    yield f"| {candidate.identity} | `{candidate.digest}` |"
    yield from (f"| {part} | `{one.sha256}` |" for part, one in evidence_of(candidate).bound.items())


def _linked(address: str) -> str:
    return f"[{address}]({address})" if address.startswith(("http://", "https://")) else f"`{address}`"
