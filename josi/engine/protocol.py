"""What stands between the two models: an engine that decides."""

from typing import Protocol

from josi.contract import ChatContext, Decision, GATCRequest


class DecisionEngine(Protocol):
    """Turns a request into a decision. The same request and context give the same decision."""

    def decide(self, request: GATCRequest, context: ChatContext) -> Decision:
        """Never without a reason; a request above the tier or against a gate is declined, not raised."""
        ...
