"""Which layer a language finding belongs to. One rule of josi.language is judged once, in one layer."""

from josi.records import Finding
from tasks.evaluate.answers import Heard, Said
from tasks.evaluate.metrics import check_said

CONTRACT, QUALITY = 2, 3

# Checks of josi.language that guard the contract; every other one is about how it is said.
CONTRACT_CHECKS = frozenset({"internals", "number", "zone", "stop"})


def of_layer(layer: int, item: Said | Heard) -> tuple[Finding, ...]:
    """The language findings of one answer that are this layer's to judge."""
    return tuple(found for found in check_said(item) if layer_of(found.check) == layer)


def layer_of(check: str) -> int:
    return CONTRACT if check in CONTRACT_CHECKS else QUALITY
