"""Layer 3: is it good coaching talk? Warm, brief, plain, undeflected, with few questions, in the athlete's language."""

from dataclasses import dataclass

from josi.records import Role
from tasks.evaluate.answers import Answers, Said
from tasks.evaluate.intervals import Measured, rate
from tasks.evaluate.layers.base import LayerResult, failed_at, lacking, status_of
from tasks.evaluate.layers.sorting import QUALITY, of_layer
from tasks.evaluate.metrics import brevity_of, warmth_of
from tasks.evaluate.must import unmet
from tasks.evaluate.thresholds import PRODUCTION_BREVITY, PRODUCTION_PASS_RATE, PRODUCTION_WARMTH


@dataclass(frozen=True)
class Quality:
    """Passes when more than 80% of the answers are clean, warmth and brevity exceed 3.5, and every push-back came."""

    number: int = 3
    name: str = "quality"
    needs: tuple[Role, ...] = (Role.EXPLAINER,)

    def judge(self, answers: Answers) -> LayerResult:
        if (absent := lacking(self, answers)) is not None:
            return absent
        said = answers.said
        language = tuple(found for item in said for found in of_layer(QUALITY, item))
        tagged = tuple(found for item in said for found in unmet(item, _tags(item)))
        failed = failed_at((*language, *tagged))
        spoiled = failed_at(language)
        clean = rate(item.scenario.name not in spoiled for item in said)
        pushed = rate(not unmet(item, ("push_back",)) for item in said if "push_back" in item.scenario.must)
        metrics: dict[str, Measured] = {
            "clean": clean,
            "warmth": warmth_of(said),
            "brevity": brevity_of(said),
            "push_back": pushed,
        }
        passed = (
            clean.hits > PRODUCTION_PASS_RATE * clean.total
            and (metrics["warmth"].value or 0) > PRODUCTION_WARMTH
            and (metrics["brevity"].value or 0) > PRODUCTION_BREVITY
            and pushed.value == 1.0
        )
        return LayerResult(
            number=self.number,
            name=self.name,
            status=status_of(passed),
            judged=len(said),
            failed=len(failed),
            findings=(*language, *tagged),
            metrics=metrics,
            note="" if pushed.total else "No unrealistic goal was among the scenarios: push-back is not shown.",
        )


def _tags(item: Said) -> tuple[str, ...]:
    """What the answer must do, without what layer 2 judges."""
    return tuple(tag for tag in item.scenario.must if tag != "stop_and_seek_care")
