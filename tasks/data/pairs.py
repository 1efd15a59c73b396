"""Preference pairs: good answers of the explainer's rows beside answers that fail for one named reason.

The refused answers are written by hand (data/preference/), with the slots of answers. Our rules have to see the reason
in the filled answer; a refused answer in which they do not is left out, with a finding.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from josi.chat import Message, user_turn
from josi.contract import Decision, Outcome
from josi.examples import Pair, Reason
from josi.language import check_given
from josi.records import Finding, Severity
from tasks.data.expand import generator
from tasks.data.explain import Answered, answer_words, fill
from tasks.data.slots import SLOT
from tasks.data.worst import Worst

SOURCE = "josi-forge"
TRIES = 10  # rows in which our rules may miss the reason of a refused answer until it is left out


class _Template(NamedTuple):
    group: Worst
    text: str


# What our rules find in an answer that is refused for a reason: one of these checks, or what a function says.
SEEN_AS: Mapping[Reason, frozenset[str]] = {
    Reason.INVENTS_NUMBERS: frozenset({"number", "zone"}),
    Reason.JARGON: frozenset({"jargon"}),
    Reason.TOO_LONG: frozenset({"length"}),
    Reason.TOO_MANY_QUESTIONS: frozenset({"questions"}),
    Reason.DEFLECTS: frozenset({"referral"}),
    Reason.MENTIONS_INTERNALS: frozenset({"internals"}),
    Reason.ROBOTIC_MEMORY: frozenset({"memory_talk"}),
}


class Pairs(NamedTuple):
    """The pairs made, and refused answers in which our rules see nothing wrong."""

    pairs: tuple[Pair, ...]
    findings: tuple[Finding, ...]


def make_pairs(answered: Sequence[Answered], worst: Sequence[Worst], wanted: int, seed: int, prompt: str) -> Pairs:
    """`wanted` pairs, as many of each reason; fewer where the material does not reach."""
    made: list[Pair] = []
    findings: dict[str, Finding] = {}
    used: set[int] = set()  # rows that a pair stands on: no other pair does
    for number, reason in enumerate(Reason):
        share = wanted // len(Reason) + (number < wanted % len(Reason))
        templates = [_Template(group, text) for group in worst if group.reason is reason for text in group.rejected]
        order = list(range(len(answered)))
        generator(seed, "pairs", reason).shuffle(order)
        found = islice(_of_one_reason(reason, templates, answered, order, used, findings), share)
        made += [pair.model_copy(update={"messages": (_system(prompt), *pair.messages)}) for pair in found]
    return Pairs(tuple(made), tuple(findings.values()))


def _of_one_reason(
    reason: Reason,
    templates: Sequence[_Template],
    answered: Sequence[Answered],
    order: Sequence[int],
    used: set[int],
    findings: dict[str, Finding],
) -> Iterator[Pair]:
    """Template by template in turn, each with a row of its own that it fits, until no template finds one."""
    places = dict.fromkeys(range(len(templates)), 0)
    missed: Counter[int] = Counter()  # rows in which our rules did not see it: a number can be a given one there
    stood: set[int] = set()
    while places:
        for number in list(places):
            template = templates[number]
            place = _next(template, answered, order, places[number], used) if missed[number] < TRIES else None
            if place is None:
                del places[number]
                continue
            places[number], row = place + 1, answered[order[place]]
            rejected = fill(template.text, answer_words(row.decision, row.context, template.group.language))
            if not sees(reason, rejected, row):
                missed[number] += 1
                if number not in stood:
                    findings.setdefault(template.text, _unseen(reason, template.text, rejected))
                continue
            stood.add(number)
            findings.pop(template.text, None)
            used.add(order[place])
            yield _pair(row, rejected, reason)


def _next(
    template: _Template, answered: Sequence[Answered], order: Sequence[int], place: int, used: set[int]
) -> int | None:
    """The next place in the order, from `place` on, of a row that is free and fits."""
    free = (at for at in range(place, len(order)) if order[at] not in used)
    return next((at for at in free if _fits(template, answered[order[at]])), None)


def _fits(template: _Template, row: Answered) -> bool:
    group, words = template.group, answer_words(row.decision, row.context, template.group.language)
    return (
        row.family.group.language == group.language
        and row.decision.outcome in group.outcomes
        and set(SLOT.findall(template.text)) <= words.keys()
        and (group.reason is not Reason.GENERIC or bool(row.decision.workout_summary))
        and (group.reason is not Reason.ROBOTIC_MEMORY or row.context.athlete_memory is not None)
    )


def sees(reason: Reason, rejected: str, row: Answered) -> bool:
    """Whether our rules refuse an answer for this reason, and for no other, given all that the prompt shows."""
    if reason is Reason.GENERIC:
        return not _names(rejected, row.decision) and _names(row.answer, row.decision)
    stops = row.decision.outcome is Outcome.STOP
    found = check_given(rejected, given=_said(row), message=row.message, stops=stops)
    wrong = {one.check for one in found if one.severity is Severity.BLOCK}
    return bool(wrong) and wrong <= SEEN_AS[reason]


def _names(answer: str, decision: Decision) -> bool:
    given = (decision.workout_summary, *decision.rationale_bullets)
    return any(part.lower() in answer.lower() for part in given if part)


def _pair(row: Answered, rejected: str, reason: Reason) -> Pair:
    return Pair(
        messages=(Message(role="user", content=_said(row)),),
        chosen=row.answer,
        rejected=rejected,
        reason=reason,
        source=SOURCE,
        category=row.family.group.category,
        language=row.family.group.language,
        family=row.family.name,
    )


def _said(row: Answered) -> str:
    return user_turn(row.message, row.context, decision=row.decision, request=row.request)


def _system(prompt: str) -> Message:
    return Message(role="system", content=prompt)


def _unseen(reason: Reason, template: str, rejected: str) -> Finding:
    return Finding(
        check="pair",
        where=f"preference/{reason}.yaml {template!r}",
        expected=f"an answer that our rules refuse as {reason}",
        got=repr(rejected),
        remedy="Make the fault plainer, or move the answer to the reason that it fails for.",
        severity=Severity.WARN,
    )
