"""From what an athlete says to what is learned of them."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from josi.language.which import Language, language_of
from josi.memory.clauses import Clause, clauses
from josi.memory.goals import goals
from josi.memory.injuries import injuries
from josi.memory.lengths import lengths
from josi.memory.life import life
from josi.memory.said import Finder, Gone, Said
from josi.memory.sports import sports
from josi.memory.store import Fact, Kind, Learned, Withdrawal
from josi.memory.times import times
from josi.memory.weekdays import weekdays

_FINDERS: tuple[Finder, ...] = (sports, times, weekdays, lengths, injuries, life, goals)

_Key = tuple[Kind, str]


def learn(message: str, today: date) -> Learned:
    """The facts that a message states and those that it takes back; in the order in which they are said.

    A later clause beats an earlier one. `today` is the day at the athlete's place. Nothing is raised.
    """
    language = _language(message)
    facts: dict[_Key, Fact] = {}
    gone: dict[tuple[Kind, str, str | None], Withdrawal] = {}
    for clause in clauses(message):
        for found in _found(clause):
            if isinstance(found, Gone):
                gone[found] = Withdrawal(kind=found.kind, subject=found.subject, value=found.value, learned_at=today)
                _forget(facts, found)
                continue
            _take_back(gone, found)
            facts[found.kind, found.subject] = Fact(
                kind=found.kind,
                subject=found.subject,
                value=found.value,
                fact=found.words[language],
                source="conversation",
                confidence=clause.sure / 100,
                learned_at=today,
            )
    return Learned(facts=tuple(facts.values()), withdrawn=tuple(gone.values()))


def learn_all(messages: Iterable[str], today: date) -> Learned:
    """What a whole conversation teaches: the athlete's messages in order. What the assistant says is no fact."""
    facts: dict[_Key, Fact] = {}
    gone: dict[tuple[Kind, str, str | None], Withdrawal] = {}
    for said in (learn(message, today) for message in messages):
        for item in said.withdrawn:
            gone[item.kind, item.subject, item.value] = item
            _forget(facts, Gone(item.kind, item.subject, item.value))
        facts |= {(fact.kind, fact.subject): fact for fact in said.facts if fact.kind}
    return Learned(facts=tuple(facts.values()), withdrawn=tuple(gone.values()))


def covers(kind: Kind, wanted: str, subject: str) -> bool:
    """Whether what is said of `wanted` holds for `subject`: a knee may be the left one, the left is not the right."""
    if wanted == subject:
        return True
    return kind is Kind.INJURY and (subject.endswith(f" {wanted}") or wanted.endswith(f" {subject}"))


def ends(kind: Kind, wanted: str, subject: str, known: Iterable[str]) -> bool:
    """Whether a withdrawal of `wanted` ends what is known of `subject`; `known` are all subjects that are known.

    "My knee is fine" leaves open which one where both are sore: then it ends neither.
    """
    sides = {name for name in known if name.endswith(f" {wanted}")}
    unclear = kind is Kind.INJURY and subject in sides and len(sides) > 1
    return covers(kind, wanted, subject) and not unclear


def _language(message: str) -> Language:
    """Who says "ik" and never "I" speaks Dutch, however short the message and however English its sports."""
    dutch, english = (re.search(words, message, re.IGNORECASE) for words in (r"\b(?:ik|mijn|m'n)\b", r"\b(?:i|my)\b"))
    return language_of(message) if bool(dutch) == bool(english) else "nl" if dutch else "en"


def _found(clause: Clause) -> list[Said | Gone]:
    """Each thing once; what a clause takes back first, so that it can say something new of the same subject."""
    found = [item for finder in _FINDERS for item in finder(clause)]
    gone = dict.fromkeys(item for item in found if isinstance(item, Gone))
    said: Mapping[_Key, Said] = {(item.kind, item.subject): item for item in found if isinstance(item, Said)}
    return [*gone, *said.values()]


def _take_back(gone: dict[tuple[Kind, str, str | None], Withdrawal], said: Said) -> None:
    """A part that hurts after all is not well: what the same message said before does not hold."""
    for kind, subject, value in list(gone):
        if kind is Kind.INJURY is said.kind and covers(kind, subject, said.subject):
            del gone[kind, subject, value]


def _forget(facts: dict[_Key, Fact], gone: Gone) -> None:
    known = [subject for kind, subject in facts if kind is gone.kind]
    for key, fact in list(facts.items()):
        if key[0] is gone.kind and ends(gone.kind, gone.subject, key[1], known) and gone.value in (None, fact.value):
            del facts[key]
