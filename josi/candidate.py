"""What a run of the factory hands to the release manager: digests, and the gate's word on them."""

from collections.abc import Mapping

from pydantic import Field

from josi.records import Artifact, Channel, Record, Role, canonical_json, sha256_hex


class Verdict(Record):
    """Into which channels a candidate may go. A channel with an empty list of reasons is open."""

    reasons: Mapping[Channel, tuple[str, ...]]

    def allows(self, channel: Channel) -> bool:
        return channel in self.reasons and not self.reasons[channel]

    @property
    def highest(self) -> Channel | None:
        """The most demanding channel that is open, or None."""
        return next((channel for channel in reversed(Channel) if self.allows(channel)), None)


class Judged(Record):
    """A report and its verdict."""

    report: Artifact
    verdict: Verdict


class Candidate(Record):
    """Everything that was tested, by digest. `recipe` names the line's recipe, e.g. `tiny`.

    `made_from` names what went in, so that nobody makes the same again. It is not part of the digest: the same bytes,
    however they came about, are the same candidate, and what was decided about them holds.
    """

    recipe: str
    line: str
    data: Mapping[Role, Artifact]
    base: Artifact
    adapters: Mapping[Role, Artifact]
    ggufs: Mapping[Role, Artifact]
    runtime: Artifact
    report: Artifact
    verdict: Verdict
    made_from: str = Field("", description="Recipe, data, runtime and stages by identity; empty in old records.")

    @property
    def digest(self) -> str:
        return sha256_hex(canonical_json(self.model_dump(mode="json", exclude={"made_from"})))

    @property
    def identity(self) -> str:
        return f"candidate-{self.recipe}-{self.digest[:12]}"
