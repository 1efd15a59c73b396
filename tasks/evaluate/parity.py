"""What the export measured on its way to the file: `parity.json`, written by the export stage and read here."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict

from josi.errors import DataError
from josi.records import Role
from tasks.evaluate.thresholds import PARITY_AGREEMENT, PARITY_TOKENIZATION_DIFFERENCES

_STEPS = {"q4_k_m": "quantized"}  # both words are in use for the file that ships


class _Measured(BaseModel):
    """Frozen; unlike our own records it leaves aside keys that the export may add for itself."""

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="ignore")


class Disagreement(_Measured):
    prompt: str
    expected: str
    got: str


class Step(_Measured):
    """Greedy answers of one file against those of the merged model, prompt by prompt."""

    role: Role
    step: str
    agree: int
    total: int
    differences: tuple[Disagreement, ...] = ()

    @property
    def label(self) -> str:
        return {"f16": "F16", "quantized": "shipped file"}.get(self.step, self.step)


class Tokenization(_Measured):
    """Texts that were tokenized both ways, and how many came out different."""

    checked: int = 0
    different: int = 0


class Parity(_Measured):
    """The ladders of both roles."""

    steps: tuple[Step, ...]
    tokenization: Tokenization

    def faults(self) -> tuple[str, ...]:
        """One sentence for each step that changed more than it may, or was not measured."""
        found = []
        for role in Role:
            for name, least in PARITY_AGREEMENT.items():
                step = next((s for s in self.steps if s.role is role and s.step == name), None)
                if step is None or step.total == 0:
                    found.append(f"the {role.value}'s {name} file was not compared with its merged model")
                elif step.agree < least * step.total:
                    share = f"{step.agree} of {step.total}"
                    found.append(
                        f"the {role.value}'s {name} file agrees on {share} prompts, at least {least:.0%} needed"
                    )
        if self.tokenization.checked == 0:
            found.append("tokenization was not compared")
        elif self.tokenization.different > PARITY_TOKENIZATION_DIFFERENCES:
            found.append(f"{self.tokenization.different} of {self.tokenization.checked} texts tokenize differently")
        return tuple(found)


def read_parity(folders: Sequence[Path]) -> Parity:
    """One record from every `parity.json`: one for both roles, or one for each. Raises DataError for what is none."""
    remedy = "Run `josi run --refresh`."
    steps: list[Step] = []
    checked = different = 0
    for path in (folder / "parity.json" for folder in folders):
        try:
            part = _one(json.loads(path.read_bytes()))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise DataError(f"{path.name}: no parity record ({error}).", remedy) from None
        steps += part.steps
        checked += part.tokenization.checked
        different += part.tokenization.different
    return Parity(steps=tuple(steps), tokenization=Tokenization(checked=checked, different=different))


def _one(raw: dict[str, Any]) -> Parity:
    """Either form: `steps` that name their role, or the `rungs` of one role."""
    steps, tokens = raw.get("steps"), raw.get("tokenization")
    if "rungs" in raw:
        steps = [{**rung, "role": raw["role"]} for rung in raw["rungs"]]
        tokens = {"checked": raw["tokenized"], "different": len(raw["tokenized_differently"])}
    named = [{**step, "step": _STEPS.get(step["step"], step["step"])} for step in steps or ()]
    return Parity.model_validate({"steps": named, "tokenization": tokens})
