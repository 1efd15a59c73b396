"""What is known, and what was just learned, made into one store.

In this order: what was withdrawn goes; a fact that is known already is made surer, one that contradicts a known fact
replaces it where it is not older; everything is put in order of value; what is above the caps goes, the least sure
first and of those the oldest, injuries last of all. The same merge twice changes nothing more.
"""

from collections.abc import Iterable

from josi.memory.injuries import parts_in
from josi.memory.learn import covers, ends
from josi.memory.store import Fact, Kind, Learned, Observation, Store, Withdrawal
from josi.memory.words import speaks_of_injury, speaks_of_sport

MOST_FACTS, MOST_PATTERNS, MOST_NOTES = 15, 5, 5
SUREST = 99  # hundredths: repetition brings a fact near to certainty and never to it


def merge(
    store: Store, learned: Learned, *, patterns: Iterable[Observation] = (), notes: Iterable[Observation] = ()
) -> Store:
    """The store after a turn. `patterns` and `notes` are new observations of the engine's own."""
    known = tuple(part for fact in store.facts for part in _parts(fact))
    facts = [fact for fact in store.facts if not any(_ends(gone, fact, known) for gone in learned.withdrawn)]
    merged: list[Fact] = []
    for fact in (*facts, *learned.facts):
        _put(merged, fact)
    return Store(
        facts=tuple(sorted(_within_the_cap(merged), key=_fact_order)),
        patterns=_observed(store.patterns, patterns, MOST_PATTERNS),
        notes=_observed(store.notes, notes, MOST_NOTES),
    )


def surer(known: float, said: float) -> float:
    """Confidence after a repetition: half of what is missing, times how sure the repetition was; never below either.

    In hundredths, rounded down, so that every language computes the same.
    """
    old, new = _hundredths(known), _hundredths(said)
    return max(old, new, min(SUREST, old + (100 - old) * new // 200)) / 100


def _put(merged: list[Fact], fact: Fact) -> None:
    """Into the list, or into the place of what says the same or the opposite."""
    at = next((index for index, known in enumerate(merged) if _is_about_the_same(known, fact)), None)
    if at is None:
        merged.append(fact)
        return
    known = merged[at]
    older, newer = (fact, known) if fact.learned_at < known.learned_at else (known, fact)
    if known.value != fact.value:
        merged[at] = newer
        return
    precise = max(newer, older, key=lambda one: len(one.subject))  # "left knee" says more than "knee"
    later = known.learned_at < fact.learned_at
    confidence = (surer if later else max)(known.confidence, fact.confidence)
    merged[at] = precise.model_copy(update={"confidence": confidence, "learned_at": newer.learned_at})


def _is_about_the_same(known: Fact, fact: Fact) -> bool:
    if known.kind is None or fact.kind is None:
        return _folded(known.fact) == _folded(fact.fact)
    return known.kind is fact.kind and covers(fact.kind, fact.subject, known.subject)


def _parts(fact: Fact) -> tuple[str, ...]:
    """The parts of the body that a fact says are sore or injured."""
    if fact.kind is not None:
        return (fact.subject,) if fact.kind is Kind.INJURY else ()
    return parts_in(fact.fact) if speaks_of_injury(fact.fact) else ()


def _ends(gone: Withdrawal, fact: Fact, known: tuple[str, ...]) -> bool:
    """Whether a withdrawal ends a fact. What was learned later stays; a fact without a kind is read by its words.

    `known` are the injured parts of the store: without a side, a withdrawal ends a sided one only where it is alone.
    """
    if fact.learned_at > gone.learned_at:
        return False
    if fact.kind is not None:
        same = fact.kind is gone.kind and ends(gone.kind, gone.subject, fact.subject, known)
        return same and gone.value in (None, fact.value)
    if gone.kind is Kind.INJURY:
        return any(ends(Kind.INJURY, gone.subject, part, known) for part in _parts(fact))
    return gone.kind is Kind.SPORT and speaks_of_sport(fact.fact, gone.subject)


def _observed(known: Iterable[Observation], new: Iterable[Observation], most: int) -> tuple[Observation, ...]:
    merged: dict[str, Observation] = {}
    for item in (*known, *new):
        before = merged.get(_folded(item.text))
        merged[_folded(item.text)] = _again(before, item) if before else item
    return tuple(sorted(merged.values(), key=_observation_order))[:most]


def _again(before: Observation, item: Observation) -> Observation:
    if before.learned_at < item.learned_at:
        return item.model_copy(update={"confidence": surer(before.confidence, item.confidence)})
    return before.model_copy(update={"confidence": max(before.confidence, item.confidence)})


def _within_the_cap(facts: Iterable[Fact]) -> list[Fact]:
    """The facts that stay: every injury before anything else, for what hurts must reach the models."""
    return sorted(facts, key=lambda fact: (not _is_injury(fact), _fact_order(fact)))[:MOST_FACTS]


def _is_injury(fact: Fact) -> bool:
    return fact.kind is Kind.INJURY if fact.kind else speaks_of_injury(fact.fact)


def _fact_order(fact: Fact) -> tuple[int, int, int, str, str]:
    """The surest first, of those the newest, then by kind, subject and text."""
    kind = list(Kind).index(fact.kind) if fact.kind else len(Kind)
    return -_hundredths(fact.confidence), -fact.learned_at.toordinal(), kind, fact.subject, fact.fact


def _observation_order(item: Observation) -> tuple[int, int, str]:
    return -_hundredths(item.confidence), -item.learned_at.toordinal(), item.text


def _hundredths(confidence: float) -> int:
    return int(confidence * 100 + 0.5)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".")
