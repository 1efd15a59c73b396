"""What may be acted on: how sure a reading must be, and what a tier may use."""

from datetime import date
from typing import Any

from josi.confidence import weigh
from josi.contract import GATCRequest, Tier
from josi.tiers import gate, lower
from josi.vectors.rule import Input, Rule


def _confidence(given: Input) -> dict[str, Any]:
    weighed = weigh(GATCRequest.model_validate(given["request"]), given["message"])
    return {
        "band": weighed.band.value,
        "request": weighed.request.model_dump(mode="json", exclude_none=True),
        "answer": weighed.spoken(given["answer"]),
    }


def _tier(given: Input) -> str:
    tier = lower(Tier(given["tier"]), Tier(given["mode"]))
    return gate(GATCRequest.model_validate(given["request"]), tier, date.fromisoformat(given["today"])).value


POLICY = (
    Rule("confidence", _confidence),
    Rule("tier", _tier),
)
