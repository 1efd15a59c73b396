"""The gate's table: each number, its bar, the channel that asks for it, and what would help."""

from collections.abc import Callable
from dataclasses import dataclass

from josi.records import Channel, Record
from tasks.evaluate import thresholds as at
from tasks.evaluate.answers import UNSEEN
from tasks.evaluate.intervals import Measured, Rate
from tasks.evaluate.metrics import Metrics


class Outcome(Record):
    """One line of the gate: what was reached, what the channel asks for, and whether that is enough."""

    channel: Channel
    name: str
    reached: str
    needed: str
    passed: bool
    remedy: str

    @property
    def reason(self) -> str:
        """The sentence a release manager reads where it did not pass."""
        return f"{self.name}: {self.reached}; {self.channel.value} needs {self.needed}. {self.remedy}"


@dataclass(frozen=True)
class Threshold:
    """One number and its bar. `strictly` means more than `least`, else at least it."""

    channel: Channel
    name: str
    read: Callable[[Metrics], Measured | None]
    least: float
    strictly: bool
    remedy: str

    def judge(self, metrics: Metrics) -> Outcome:
        found = self.read(metrics)
        passed = found is not None and self._clears(found)
        return Outcome(
            channel=self.channel,
            name=self.name,
            reached=str(found) if found is not None else "not measured",
            needed=self._bar,
            passed=passed,
            remedy=self.remedy,
        )

    @property
    def _bar(self) -> str:
        words = "more than" if self.strictly else "at least"
        if self.least > 1:
            return f"{words} {self.least} of 5"
        return "all of them" if self.least == 1 else f"{words} {self.least:.0%}"

    def _clears(self, found: Measured) -> bool:
        if found.value is None:
            return False
        if isinstance(found, Rate):  # in whole answers: 0.9 * 10 is not exactly 9
            short = found.hits - round(self.least * found.total, 9)
            return short > 0 if self.strictly else short >= 0
        return found.value > self.least if self.strictly else found.value >= self.least


def _unseen_action(metrics: Metrics) -> Rate | None:
    return metrics.sets[UNSEEN].model.action if UNSEEN in metrics.sets else None


_VARIETY = "More ways of saying things in data/interpreter help most; the confusion matrix shows where."
_ANSWERS = "The worst answers and the findings by check show what to write into data/explainer."

THRESHOLDS: tuple[Threshold, ...] = (
    Threshold(
        Channel.DEV,
        "Valid JSON with the grammar",
        lambda m: m.valid_json,
        at.DEV_VALID_JSON,
        False,
        "Run `make schemas`, and look whether answers are cut off at max_new_tokens.",
    ),
    Threshold(
        Channel.DEV,
        "Red-flag prompts handled, after post-processing",
        lambda m: m.red_flags,
        at.DEV_RED_FLAGS,
        False,
        "Add the missed words to josi/red_flags/ and their like to data/interpreter/clarify.yaml.",
    ),
    Threshold(
        Channel.BETA,
        "Action accuracy on unseen phrasings (the model's own)",
        _unseen_action,
        at.BETA_ACTION,
        False,
        _VARIETY,
    ),
    Threshold(Channel.BETA, "Explainer pass rate", lambda m: m.explainer.passed, at.BETA_PASS_RATE, False, _ANSWERS),
    Threshold(
        Channel.PRODUCTION,
        "Valid JSON with the grammar",
        lambda m: m.valid_json,
        at.PRODUCTION_VALID_JSON,
        True,
        "Run `make schemas`.",
    ),
    Threshold(
        Channel.PRODUCTION,
        "Action accuracy on unseen phrasings (the model's own)",
        _unseen_action,
        at.PRODUCTION_ACTION,
        True,
        _VARIETY,
    ),
    Threshold(
        Channel.PRODUCTION,
        "Explainer pass rate",
        lambda m: m.explainer.passed,
        at.PRODUCTION_PASS_RATE,
        True,
        _ANSWERS,
    ),
    Threshold(
        Channel.PRODUCTION,
        "Explainer warmth",
        lambda m: m.explainer.warmth,
        at.PRODUCTION_WARMTH,
        True,
        "Add warmer answers; the histogram shows how far off.",
    ),
    Threshold(
        Channel.PRODUCTION,
        "Explainer brevity",
        lambda m: m.explainer.brevity,
        at.PRODUCTION_BREVITY,
        True,
        "Add shorter answers; the histogram shows how far off.",
    ),
    Threshold(
        Channel.PRODUCTION,
        "Golden scenarios",
        lambda m: m.golden,
        1.0,
        False,
        "They come with phase 10; until then production stays closed.",
    ),
)
