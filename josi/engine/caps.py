"""What limits amount to: the ceiling they leave, and the caps that are told."""

from josi.engine import clauses
from josi.engine.limits import EASY, Ceiling, Limit, Source
from josi.language.which import Language


def lowest(found: tuple[Limit, ...]) -> Ceiling:
    """What all limits together allow."""
    return Ceiling(min(limit.ceiling.zone for limit in found), min(limit.ceiling.minutes for limit in found))


def of_readiness(found: tuple[Limit, ...]) -> tuple[Limit, ...]:
    """Only what the body says today: a plan already knows its phase, and a question states no limits."""
    return tuple(limit for limit in found if limit.source is Source.READINESS)


def caps(wanted: Ceiling, found: tuple[Limit, ...], language: Language) -> tuple[str, ...]:
    """What is held back and why, as clauses: at most one for effort and one for length. Wishes of the athlete are none.

    A rest gate is told alone.
    """
    binding = sorted((limit for limit in found if limit.source is not Source.WISH), key=lambda limit: limit.ceiling)
    effort = next((limit for limit in binding if limit.ceiling.zone < wanted.zone), None)
    length = next((limit for limit in binding if limit.ceiling.minutes < wanted.minutes), None)
    if effort and effort.ceiling.zone == 0:
        told = [(clauses.ALL_WAITS, effort)]
    elif effort and effort is length and wanted.zone > EASY:
        told = [(clauses.HARD_AND_LONG_WAIT, effort)]
    else:
        held = clauses.HARD_WAITS if wanted.zone > EASY else clauses.STAYS_GENTLE
        told = [(text, limit) for text, limit in ((held, effort), (clauses.LONG_WAITS, length)) if limit]
    return tuple(text[language].format(cause=limit.cause) for text, limit in told)
