"""How strongly a message calls for each card. Whole numbers only, so that every port comes to the same order.

A word that many cards' calls use tells little, one that a single card uses tells much: a word weighs `SCALE` divided by
the number of binary digits of the number of cards that use it in that language (1 card: 60, 2 or 3: 30, 4 to 7: 20). A
card's score is the sum over the words of the message that its calls matched, each word once, and `FIT` for each facet of
the athlete's situation that the card is for.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from josi.contract import ChatContext
from josi.engine.limits import phase_of
from josi.knowledge.calls import Place, Sentence, found, sentences, units
from josi.knowledge.cards import KnowledgeCard, Topic
from josi.language.which import Language, language_of
from josi.records import Record
from josi.sports import sport_of, sports_in

SCALE, FIT = 60, 15
VAGUE_MOST = 12  # words: who writes more has said what it is about

# Questions about everything. The situation answers them, the most urgent facet first, or nothing does.
VAGUE: Mapping[Language, tuple[str, ...]] = MappingProxyType(
    {
        "en": (
            "advice", "tip", "tips", "suggestion*", "recommend*", "what_should_i_do", "what_to_do", "what_now", "what_next",
            "how_should_i_train", "should focus", "focus_on", "keep_in_mind", "good_for_me", "smart_for_me", "wise_today",
            "what matters", "pay attention", "look_out_for", "watch_out_for", "should_i_train", "can_i_train", "help_me",
        ),
        "nl": (
            "advies", "tip", "tips", "raad", "wat_nu", "wat_moet_ik_doen", "wat_kan_ik doen", "wat_zou_jij doen", "waar op_letten",
            "waar let_ik_op", "hoe_moet_ik trainen", "goed_voor_mij", "verstandig", "belangrijk nu", "mag_ik trainen",
            "kan_ik trainen", "moet_ik trainen", "help_me", "aanraden", "rekening_mee",
        ),
    }
)  # fmt: skip
# Who tells how it went asks for no lesson: what they are given is about mood, or nothing.
REPORTED: Mapping[Language, tuple[str, ...]] = MappingProxyType(
    {
        "en": ("done", "did", "finished", "completed", "nailed", "went", "felt", "loved", "worked", "was", "were", "my_first"),
        "nl": ("gedaan", "gehaald", "klaar", "ging", "gingen", "voelde", "was", "waren", "zit_erop", "gelukt", "getraind"),
    }
)
ASKED: Mapping[Language, tuple[str, ...]] = MappingProxyType(
    {
        "en": (
            "how", "why", "what", "what's", "whats", "when", "which", "who", "where", "is", "are", "does", "do", "should", "can",
            "could", "would", "will", "any", "tip*", "advice", "help*", "explain",
        ),
        "nl": (
            "hoe", "waarom", "wat", "wanneer", "welk*", "wie", "waar", "is", "zijn", "mag", "moet", "kan", "kun", "zou", "zal",
            "heb_je", "tip*", "advies", "help*", "uitleg*",
        ),
    }
)  # fmt: skip
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

    Cards are matched in the message's language, in both where its words do not tell which it is; then the stronger
    match holds, and English where both are as strong.
    """
    said = sentences(message)
    found_in = [_called(message, said, language, context, tuple(cards)) for language in _languages(message)]
    if called := max(found_in, key=lambda choices: choices[0].score if choices else 0):
        return called
    vague = (language for language in _languages(message) if _holds(VAGUE, language, said))
    if sum(map(len, said)) <= VAGUE_MOST and (language := next(vague, None)):
        return _fitting(language, context, cards)
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
    report = "?" not in message and _holds(REPORTED, language, said) and not _holds(ASKED, language, said)
    for card in cards:
        if report and card.topic is not Topic.MOTIVATION:
            continue
        hits = {call: places for call in card.said(language).calls if (places := found(call, said))}
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


def _holds(table: Mapping[Language, tuple[str, ...]], language: Language, said: Sequence[Sentence]) -> bool:
    return any(found(call, said) for call in table[language])


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
