"""The language rules of the explainer (contract.md), each a small check that returns findings."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from josi import chat  # the module: it shows the memory, whose rules need josi.language
from josi.contract import ChatContext, Decision, Outcome
from josi.durations import mentioned
from josi.language import words
from josi.language.care import CARE, STOPS
from josi.language.which import language_of
from josi.numbers import figures, numbers_in
from josi.records import Finding, Record, Severity

WISHED_WORDS, MOST_WORDS = 80, 100

_ZONE = re.compile(r"\b(?:z|zones?[ -]?)([1-8])\b", re.IGNORECASE)
_ZONES_TOGETHER = re.compile(r"\bz(?:ones?)? ?([1-8]) ?(?:-|\u2013|to|and|or|tot|en|of) ?z?([1-8])\b", re.IGNORECASE)
_FORMAT = (
    ("JSON", re.compile(r"[{}\[\]]|\"\s*:")),
    ("markdown", re.compile(r"```|\*\*|__|^\s*(?:[-*\u2022#>]+|\d+[.)])\s|\]\(|\|\s*-{3}", re.MULTILINE)),
    ("a control token", re.compile(r"<\s?\||\|\s?>")),
)
_FORBIDDEN = (
    ("internals", words.pattern(words.INTERNALS), "Say it in the athlete's words."),
    ("jargon", words.pattern(words.JARGON), "Say it in plain words."),
    ("referral", words.pattern(words.REFERRALS), "Josi is the coach: answer, or send to a doctor for medical matters."),
    ("memory_talk", words.pattern(words.MEMORY_TALK), "Use what is known without saying that it was remembered."),
)


class Answer(Record):
    """An answer and everything that it may draw on. `given` is the text the model was shown."""

    text: str
    given: str
    message: str
    stops: bool


def check_answer(answer: str, *, context: ChatContext, decision: Decision | None, message: str) -> tuple[Finding, ...]:
    """Everything that an answer does against the language rules. Only a length of 81 to 100 words merely warns.

    `decision` None means that the engine's result, if any, is the one in the context.
    """
    stops = decision is not None and decision.outcome is Outcome.STOP
    return check_given(answer, given=chat.user_turn(message, context, decision=decision), message=message, stops=stops)


def check_given(answer: str, *, given: str, message: str, stops: bool = False) -> tuple[Finding, ...]:
    """The same for text alone: `given` is all that the model was shown, `message` the athlete's words in it."""
    subject = Answer(text=answer.replace("\u2019", "'").strip(), given=given, message=message, stops=stops)
    return tuple(finding for check in _CHECKS for finding in check(subject))


def _length(answer: Answer) -> Iterator[Finding]:
    count = len(answer.text.split())
    if count == 0:
        yield _finding("length", "an answer", "nothing", "Look at the stop token and at the prompt.")
    if count > WISHED_WORDS:
        severity = Severity.BLOCK if count > MOST_WORDS else Severity.WARN
        found = _finding("length", f"at most {WISHED_WORDS} words, never over {MOST_WORDS}", f"{count} words", "Cut.")
        yield found.model_copy(update={"severity": severity})


def _forbidden(answer: Answer) -> Iterator[Finding]:
    for name, pattern, remedy in _FORBIDDEN:
        for match in pattern.finditer(answer.text):
            yield _finding(name, f"no {name.replace('_', ' ')}", match[0], remedy)


def _questions(answer: Answer) -> Iterator[Finding]:
    count = len(re.findall(r"\?+", answer.text))
    if count > 1:
        yield _finding("questions", "at most one question", f"{count} questions", "Ask one, or none.")


def _format(answer: Answer) -> Iterator[Finding]:
    for name, pattern in _FORMAT:
        if match := pattern.search(answer.text):
            yield _finding("format", f"plain text, no {name}", match[0].strip(), "Train on plain sentences only.")


def _zones(answer: Answer) -> Iterator[Finding]:
    for zone in sorted(zones_in(answer.text) - zones_in(answer.given)):
        yield _finding("zone", "only zones that were given", f"Z{zone}", "Add grounded answers to the data.")


def _numbers(answer: Answer) -> Iterator[Finding]:
    """Lengths of time count by their meaning ("half an hour" is 30 min), all other figures by their value."""
    lines = [_numbers_of(line) for line in answer.given.splitlines()]
    lengths = frozenset[float]().union(*(found for found, _ in lines))
    numbers = frozenset[float]().union(*(found for _, found in lines))
    for item in mentioned(answer.text):
        if not {item.minutes, item.most} <= lengths:
            said = answer.text[item.start : item.end]
            yield _finding("number", "only durations that were given", said, "Add grounded answers to the data.")
    rest = _ZONE.sub(" ", _ZONES_TOGETHER.sub(" ", _without_lengths(answer.text)))
    for value in sorted(figures(rest) - numbers):
        yield _finding("number", "only numbers that were given", f"{value:g}", "Add grounded answers to the data.")


def _language(answer: Answer) -> Iterator[Finding]:
    """Judged on answers that are long enough to tell, against a message that is."""
    if len(answer.text.split()) < 5 or len(answer.message.split()) < 3:
        return
    wanted, got = language_of(answer.message), language_of(answer.text)
    if wanted != got:
        yield _finding("language", f"the athlete's language ({wanted})", got, "Add answers in this language.")


def _stop(answer: Answer) -> Iterator[Finding]:
    if answer.stops and not (STOPS.search(answer.text) and CARE.search(answer.text)):
        yield _finding(
            "stop", "stop training and seek medical care", answer.text[:80], "Answer with the fixed safe text."
        )


_CHECKS: tuple[Callable[[Answer], Iterator[Finding]], ...] = (
    _length,
    _forbidden,
    _questions,
    _format,
    _zones,
    _numbers,
    _language,
    _stop,
)


@lru_cache(maxsize=50_000)  # the lines of contexts come again and again
def _numbers_of(line: str) -> tuple[frozenset[float], frozenset[float]]:
    """What a length of time in an answer may be, in minutes, and what any other number may be, from one given line."""
    lengths = {float(minutes) for item in mentioned(line) for minutes in (item.minutes, item.most)}
    return numbers_in(_without_lengths(line)) | lengths, numbers_in(line)


def _without_lengths(text: str) -> str:
    for item in reversed(mentioned(text)):
        text = text[: item.start] + " " + text[item.end :]
    return text


def zones_in(text: str) -> set[str]:
    """The digits of all zones that a text names ("Z2", "zones 1 to 3")."""
    pairs = {zone for match in _ZONES_TOGETHER.finditer(text) for zone in match.groups()}
    return pairs | set(_ZONE.findall(text))


def _finding(check: str, expected: str, got: str, remedy: str) -> Finding:
    return Finding(check=check, where="answer", expected=expected, got=got, remedy=remedy)
