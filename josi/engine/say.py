"""Sessions and days in words: noun phrases that fit "Here is ___" and "I planned ___"."""

from datetime import date

from josi.contract import PlannedSession, Sport, Zone
from josi.engine import words
from josi.engine.clauses import MOVED
from josi.language.which import Language

REST_INTENTS = ("OFF", "REST")


def zone_number(zone: Zone) -> int:
    """Z1..Z8 as 1..8; R, recovery below every zone, counts as 1."""
    return 1 if zone == "R" else int(zone[1:])


def is_rest(session: PlannedSession) -> bool:
    return session.intent in REST_INTENTS or session.target_duration_min == 0


def session_in_words(session: PlannedSession, language: Language) -> str:
    """A planned session as a noun phrase with article, e.g. "an easy 60 min session in Z2" or "a full rest day".

    The plan does not say which sport a session is for, so the words do not either.
    """
    if is_rest(session):
        return words.REST[language]
    named = None if session.target_zone == "R" else session.target_zone
    effort = _effort(words.EFFORT[language], zone_number(session.target_zone))
    return _phrase(language, effort, words.SESSION[language], session.target_duration_min, named)


def workout_in_words(sport: Sport, zone: int, minutes: int, language: Language) -> str:
    """A workout as a noun phrase with article, e.g. "an easy 45 min run in Z2". Zone 0 is rest; minutes > 0."""
    if zone == 0:
        return words.REST[language]
    noun = words.SPORT[language][sport]
    if sport is Sport.STRENGTH:  # weights have no heart rate zone
        return _phrase(language, _effort(words.WEIGHT[language], zone), noun, minutes, None)
    if language == "nl" and sport is Sport.RUN and zone > 3:
        noun = words.HARD_RUN_NL
    return _phrase(language, _effort(words.EFFORT[language], zone), noun, minutes, f"Z{zone}")


def on_day(day: date | None, today: date, language: Language) -> str:
    """ " tomorrow", " on Saturday"; empty for today. With a leading space, to stand after a workout."""
    kind, name = _kind_of_day(day, today, language)
    text = {
        "tomorrow": words.TOMORROW[language],
        "day": words.ON_DAY[language].format(day=name),
        "later": words.LATER[language],
    }.get(kind)
    return f" {text}" if text else ""


def moved_to(day: date | None, today: date, language: Language) -> str:
    """ "to Saturday", "to another day"; nl "op zaterdag"."""
    kind, name = _kind_of_day(day, today, language)
    return MOVED[language][kind].format(day=name)


def _kind_of_day(day: date | None, today: date, language: Language) -> tuple[str, str]:
    if day is None:
        return "", ""
    ahead = (day - today).days
    if ahead in (0, 1):
        return ("today", "tomorrow")[ahead], ""
    if 1 < ahead < 7:
        return "day", words.WEEKDAYS[language][day.weekday()]
    return "later", ""


def _effort(scale: tuple[str, ...], zone: int) -> str:
    return scale[min(zone, len(scale)) - 1]


def _phrase(language: Language, effort: str, noun: str, minutes: int, zone: str | None) -> str:
    where = f" in {zone}" if zone else ""
    if language == "nl":
        return f"een {effort} {noun} van {minutes} min{where}"
    article = "an" if effort[0] in "aeiou" else "a"
    return f"{article} {effort} {minutes} min {noun}{where}"
