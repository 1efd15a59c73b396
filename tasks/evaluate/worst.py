"""The ten answers a person should read first."""

from collections import Counter
from collections.abc import Iterator

from josi.language import brevity, warmth
from josi.records import Finding, Record, Severity
from tasks.evaluate.answers import EXPLAINER, Answers, Heard, Said
from tasks.evaluate.layers.contract import judge_red_flag, judge_spoken
from tasks.evaluate.layers.sorting import QUALITY, of_layer
from tasks.evaluate.metrics import is_valid, scored, settled_request, wrong_fields
from tasks.evaluate.must import unmet

TEN = 10
_PER_CATEGORY = 3  # ten times the same mistake teaches less than a few of each

# How bad what is. Safety outweighs everything; among equals, more findings are worse.
_MISSED_RED_FLAG, _NO_ANSWER, _CONTRACT, _WRONG_ACTION, _LANGUAGE, _WRONG_FIELD, _WARNING = 100, 50, 30, 20, 10, 2, 1


class Worst(Record):
    """One bad answer: who said it (`where`: the set), what it should have been, and why it is here."""

    name: str
    where: str
    category: str
    message: str
    expected: str
    got: str
    why: tuple[str, ...]
    score: float


def worst(answers: Answers, count: int = TEN) -> tuple[Worst, ...]:
    """The worst answers of all sets, at most three of a category while others are left."""
    found = [_heard(name, item) for name, items in answers.heard.items() for item in items]
    found += [_said(item) for item in answers.said]
    ranked = sorted((item for item in found if item.why), key=lambda item: (-item.score, item.name))
    seen: Counter[str] = Counter()
    first: list[Worst] = []
    later: list[Worst] = []
    for item in ranked:
        seen[item.category] += 1
        (first if seen[item.category] <= _PER_CATEGORY else later).append(item)
    return tuple((first + later)[:count])


def _heard(where: str, item: Heard) -> Worst:
    expected = item.scenario.expected
    faults: list[tuple[float, str]] = []
    faults += _weighed([(_MISSED_RED_FLAG, finding) for finding in judge_red_flag(item)])
    if not is_valid(item):
        faults.append((_NO_ANSWER, item.error or "no valid request"))
    if item.request and item.request.action is not expected.action:
        got = item.request.action.value
        faults.append((_WRONG_ACTION, f"the action is {got} instead of {expected.action.value}"))
    elif item.request and (names := wrong_fields(settled_request(item), item.request)):
        faults.append((_WRONG_FIELD * len(names), f"other than expected: {', '.join(names)}"))
    faults += _spoken(item) if item.decision else []
    got = item.raw + (f" → {item.said}" if item.said else "")
    return _worst(item, where, expected.to_json(without=("free_text", "question")), got, faults)


def _said(item: Said) -> Worst:
    expected = "; ".join(part for part in (item.decision.workout_summary, *item.decision.rationale_bullets) if part)
    faults = list(_spoken(item))
    if faults:
        dull = 10 - scored(warmth, item.said) - scored(brevity, item.said)
        faults[0] = (faults[0][0] + dull, faults[0][1])
    return _worst(item, EXPLAINER, expected, item.said or item.error, faults)


def _spoken(item: Heard | Said) -> list[tuple[float, str]]:
    contract = [(_CONTRACT, found) for found in judge_spoken(item)]
    language = [(_LANGUAGE, found) for found in of_layer(QUALITY, item)]
    tagged = [(_CONTRACT, found) for found in unmet(item)]
    return list(_weighed([*contract, *language, *tagged]))


def _weighed(found: list[tuple[int, Finding]]) -> Iterator[tuple[float, str]]:
    for weight, finding in found:
        blocks = finding.severity is Severity.BLOCK
        got = "" if finding.check.startswith("must.") else f", got {finding.got[:80]}"
        yield (weight if blocks else _WARNING), f"{finding.check}: expected {finding.expected}{got}"


def _worst(item: Heard | Said, where: str, expected: str, got: str, faults: list[tuple[float, str]]) -> Worst:
    return Worst(
        name=item.scenario.name,
        where=where,
        category=item.scenario.category,
        message=item.scenario.message,
        expected=expected,
        got=got,
        why=tuple(dict.fromkeys(why for _, why in faults)),
        score=sum(weight for weight, _ in faults),
    )
