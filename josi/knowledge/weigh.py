"""How strongly a message calls for each card. Whole numbers only, so that every port comes to the same order.

A word that many cards' calls use tells little, one that a single card uses tells much: a word weighs `SCALE` divided by
the number of binary digits of the number of cards that use it in that language (1 card: 60, 2 or 3: 30, 4 to 7: 20).
A card's score is the sum over the words of the message that its calls matched, each word once, and `FIT` for each facet
of the athlete's situation that the card is for.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from josi.contract import ChatContext
from josi.engine.limits import phase_of
from josi.knowledge.calls import Place, Sentence, found, matching, patterns, sentences, units
from josi.knowledge.cards import KnowledgeCard, Topic
from josi.knowledge.kinds import VAGUE, holds, is_report
from josi.language.which import Language, language_of
from josi.records import Record
from josi.sports import sport_of, sports_in

SCALE, FIT = 60, 15
VAGUE_MOST = 8  # words: who writes more has said what it is about

URGENCY: Mapping[str, int] = MappingProxyType({"states": 8, "readiness": 4, "phases": 2, "levels": 1, "sports": 0})


class Choice(Record):
    """A card that a message calls for, in which language, how strongly, and why: its calls, and facets that fit."""

    card: KnowledgeCard
    language: Language
    score: int
    calls: tuple[str, ...]
    fits: tuple[str, ...]

    @property
    def text(self) -> str:
        return self.card.said(self.language).text


def weigh(message: str, context: ChatContext, cards: Sequence[KnowledgeCard]) -> tuple[Choice, ...]:
    """Every card that the message calls for, the strongest first, ties by id. A vague question gets one at most.

    Cards are matched in the message's language. Where its words do not tell which it is, English is tried, then Dutch.
    """
    said = sentences(message)
    for language in _languages(message):
        if called := _called(message, said, language, context, tuple(cards)):
            return called
    vague = (language for language in _languages(message) if holds(VAGUE, language, said))
    if sum(map(len, said)) <= VAGUE_MOST and (asked_in := next(vague, None)):
        return _fitting(asked_in, context, cards)
    return ()


def _languages(message: str) -> tuple[Language, ...]:
    """The message's language; both where it holds as many common words of the one as of the other, or none."""
    if language_of(message) == "en" and language_of(f"{message} het") == "nl":
        return ("en", "nl")
    return (language_of(message),)


def _called(
    message: str, said: Sequence[Sentence], language: Language, context: ChatContext, cards: tuple[KnowledgeCard, ...]
) -> tuple[Choice, ...]:
    weights, named, choices = _weights(language, cards), set(sports_in(message)), []
    report, matched = is_report(message, language, said), matching(said)
    for card in cards:
        if report and card.topic is not Topic.MOTIVATION:
            continue
        possible = (call for call in card.said(language).calls if patterns(call) <= matched)
        hits = {call: places for call in possible if (places := found(call, said))}
        elsewhere = named and card.fits.sports and named.isdisjoint(card.fits.sports)
        if not hits or elsewhere:
            continue
        fits = _facets(card, context)
        score = _covered(hits, weights) + FIT * len(fits)
        choices.append(Choice(card=card, language=language, score=score, calls=tuple(hits), fits=fits))
    return _sorted(choices)


def _fitting(language: Language, context: ChatContext, cards: Sequence[KnowledgeCard]) -> tuple[Choice, ...]:
    """The one card that the situation itself calls for."""
    choices = []
    for card in cards:
        fits = _facets(card, context)
        if score := sum(URGENCY[facet] for facet in fits):
            choices.append(Choice(card=card, language=language, score=score, calls=(), fits=fits))
    return _sorted(choices)[:1]


def _covered(hits: Mapping[str, Mapping[Place, str]], weights: Mapping[str, int]) -> int:
    """Each matched word of the message counts once, by the rarest pattern that matched it."""
    best: dict[Place, int] = {}
    for places in hits.values():
        for place, pattern in places.items():
            best[place] = max(best.get(place, 0), weights[pattern])
    return sum(best.values())


@lru_cache(maxsize=8)
def _weights(language: Language, cards: tuple[KnowledgeCard, ...]) -> Mapping[str, int]:
    """What each pattern weighs."""
    used: Counter[str] = Counter()
    for card in cards:
        used.update({word for call in card.said(language).calls for unit in units(call) for word in unit})
    return {word: SCALE // count.bit_length() for word, count in used.items()}


def _facets(card: KnowledgeCard, context: ChatContext) -> tuple[str, ...]:
    """Which facets of the athlete's situation the card is for."""
    profile, fits = context.profile_summary, card.fits
    level = (profile.level or "").strip().lower() if profile else ""
    agrees = {
        "states": context.readiness.state in fits.states,
        "readiness": context.readiness.level in fits.readiness,
        "phases": phase_of(context) in fits.phases,
        "levels": level in fits.levels,
        "sports": sport_of(profile.sport if profile else None) in fits.sports,
    }
    return tuple(facet for facet, agreed in agrees.items() if agreed)


def _sorted(choices: Sequence[Choice]) -> tuple[Choice, ...]:
    return tuple(sorted(choices, key=lambda choice: (-choice.score, choice.card.id)))
