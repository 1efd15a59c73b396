"""The gate: which channels are open to a candidate, and for each closed one why, and what would help.

A pure function over one table. A channel asks for everything that the less demanding ones ask for.
"""

from collections.abc import Sequence

from josi.candidate import Verdict
from josi.records import Channel
from tasks.evaluate.bars import THRESHOLDS, Outcome
from tasks.evaluate.layers import LAYERS, LayerResult, Status
from tasks.evaluate.metrics import Metrics
from tasks.evaluate.parity import Parity


def outcomes(metrics: Metrics, layers: Sequence[LayerResult], parity: Parity | None) -> tuple[Outcome, ...]:
    """Every line of the gate, passed or not, from the least to the most demanding channel."""
    lines = [_loads(metrics), _parity(parity)]
    lines += [threshold.judge(metrics) for threshold in THRESHOLDS]
    judged = {layer.number: layer for layer in layers}
    lines += [_layer(layer.number, layer.name, judged.get(layer.number)) for layer in LAYERS]
    return tuple(sorted(lines, key=lambda line: list(Channel).index(line.channel)))


def verdict(metrics: Metrics, layers: Sequence[LayerResult], parity: Parity | None) -> Verdict:
    """The gate's word. A reason that already closes a lower channel is given once, with that channel's bar."""
    lines = outcomes(metrics, layers, parity)
    reasons: dict[Channel, tuple[str, ...]] = {}
    for number, channel in enumerate(Channel, start=1):
        failed: dict[str, str] = {}
        for line in lines:
            if line.channel in list(Channel)[:number] and not line.passed:
                failed.setdefault(line.name, line.reason)
        reasons[channel] = tuple(failed.values())
    return Verdict(reasons=reasons)


def _loads(metrics: Metrics) -> Outcome:
    errors = "; ".join(f"the {role.value} does not: {why}" for role, why in metrics.load_errors.items())
    return Outcome(
        channel=Channel.DEV,
        name="Both files load in llama.cpp",
        reached=errors or "both load",
        needed="both to load",
        passed=not errors,
        remedy="Export again: `josi run --refresh`.",
    )


def _parity(parity: Parity | None) -> Outcome:
    faults = parity.faults() if parity else ("it was not measured",)
    return Outcome(
        channel=Channel.DEV,
        name="Parity of the exported files",
        reached="; ".join(faults) or "holds at every step",
        needed="the same greedy answers (F16 98%, shipped file 90%) and the same tokens",
        passed=not faults,
        remedy="The parity ladder names the step at which answers changed.",
    )


def _layer(number: int, name: str, result: LayerResult | None) -> Outcome:
    status = result.status if result else Status.NOT_MEASURED
    reached = status.value.replace("_", " ")
    if result and status is Status.FAILED:
        reached = "failed"
        if result.failed:
            reached += f", with blocking findings in {result.failed} of {result.judged} answers"
    return Outcome(
        channel=Channel.PRODUCTION,
        name=f"Layer {number}, {name}",
        reached=reached,
        needed="all six layers measured and passed",
        passed=status is Status.PASSED,
        remedy=(result.note if result else "") or "Its findings are in the report.",
    )
