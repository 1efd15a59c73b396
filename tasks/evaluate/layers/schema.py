"""Layer 1: is what the interpreter writes valid JSON that the contract accepts?"""

from dataclasses import dataclass

from josi.records import Finding, Role
from tasks.evaluate.answers import Answers, Heard
from tasks.evaluate.intervals import rate
from tasks.evaluate.layers.base import LayerResult, lacking, status_of
from tasks.evaluate.metrics import is_valid
from tasks.evaluate.thresholds import PRODUCTION_VALID_JSON


@dataclass(frozen=True)
class Schema:
    """Passes when more than 95% of the requests are valid."""

    number: int = 1
    name: str = "schema"
    needs: tuple[Role, ...] = (Role.INTERPRETER,)

    def judge(self, answers: Answers) -> LayerResult:
        if (absent := lacking(self, answers)) is not None:
            return absent
        heard = answers.all_heard
        findings = tuple(_finding(item) for item in heard if not is_valid(item))
        valid, parses = rate(is_valid(item) for item in heard), rate(item.parses for item in heard)
        return LayerResult(
            number=self.number,
            name=self.name,
            status=status_of(valid.hits > PRODUCTION_VALID_JSON * valid.total),
            judged=len(heard),
            failed=len(findings),
            findings=findings,
            metrics={"valid": valid, "parses": parses},
        )


def _finding(item: Heard) -> Finding:
    return Finding(
        check="schema.contract" if item.parses else "schema.json",
        where=item.scenario.name,
        expected="a request that the contract accepts" if item.parses else "one JSON object",
        got=item.error or item.raw or "nothing",
        remedy="Is the grammar that of this echo setting? Is max_new_tokens large enough?",
    )
