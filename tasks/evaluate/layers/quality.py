"""Layer 3: is it good coaching talk? Warm, brief, plain, undeflected, with few questions, in the athlete's language."""

from collections.abc import Mapping
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
        missed = [name for name, holds in _bars(metrics).items() if not holds]
        return LayerResult(
            number=self.number,
            name=self.name,
            status=status_of(not missed),
            judged=len(said),
            failed=len(failed),
            findings=(*language, *tagged),
            metrics=metrics,
            note=f"Not reached: {', '.join(missed)}." if missed else "",
        )


def _bars(metrics: Mapping[str, Measured]) -> dict[str, bool]:
    """What the specification asks for, in words, and whether it holds. What was not measured does not."""
    clean, warmth, brevity, pushed = (metrics[name].value or 0 for name in ("clean", "warmth", "brevity", "push_back"))
    return {
        f"more than {PRODUCTION_PASS_RATE:.0%} clean answers": clean > PRODUCTION_PASS_RATE,
        f"warmth above {PRODUCTION_WARMTH}": warmth > PRODUCTION_WARMTH,
        f"brevity above {PRODUCTION_BREVITY}": brevity > PRODUCTION_BREVITY,
        "push-back on every unrealistic goal": pushed == 1,
    }


def _tags(item: Said) -> tuple[str, ...]:
    """What the answer must do, without what layer 2 judges."""
    return tuple(tag for tag in item.scenario.must if tag != "stop_and_seek_care")
