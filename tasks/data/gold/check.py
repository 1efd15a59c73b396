"""What a gold answer has to hold: every language rule, no number word of its own, the workout and a reason by name."""

import re
from collections.abc import Iterator, Mapping

from josi.chat import user_turn
from josi.contract import Outcome
from josi.language import check_answer
from josi.numbers import figures, numbers_in
from josi.records import Finding
from tasks.data.gold.entry import Gold

# What an answer to each kind of decision has to do: the tags of tasks/evaluate/must.py.
_MUST: Mapping[Outcome, tuple[str, ...]] = {
    Outcome.WORKOUT: ("answer_first", "names_workout", "names_reason", "no_question"),
    Outcome.REPLAN: ("answer_first", "names_workout", "names_reason", "no_question"),
    Outcome.EXPLANATION: ("answer_first", "names_reason"),
    Outcome.ANSWER: ("answer_first",),
    Outcome.CLARIFY: ("answer_first",),
    Outcome.STOP: ("answer_first", "stop_and_seek_care"),
    Outcome.DECLINED: ("answer_first", "names_reason", "no_question"),
}
UNREALISTIC = "unrealistic_goal"
_ONE = 1.0  # "one day", "de een": no number that anybody trains by
_STOPWORDS = frozenset(
    re.findall(
        r"\w+",
        "the and for with your you are has was this that from into than then have been will today "
        "een het van met voor dat die dit aan jouw naar omdat vandaag nog ook niet over",
    )
)


def must_of(gold: Gold) -> tuple[str, ...]:
    """The tags of what this answer has to do, as in data/eval/explainer.yaml."""
    outcome = gold.decision.outcome
    shown = outcome is Outcome.EXPLANATION and bool(gold.decision.workout_summary)
    return (
        *_MUST[outcome],
        *(("names_workout",) if shown else ()),
        *(("push_back",) if gold.entry.situation == UNREALISTIC else ()),
        *(("dutch",) if gold.entry.language == "nl" else ()),
    )


def findings_of(gold: Gold, answer: str | None = None) -> tuple[Finding, ...]:
    """Everything that is wrong with the answer (default: the one that stands), a length of 81 words and more too."""
    said = gold.entry.answer if answer is None else answer
    rules = check_answer(said, context=gold.context, decision=gold.decision, message=gold.entry.message)
    return (*rules, *_number_words(gold, said), *_names(gold, said))


def _number_words(gold: Gold, said: str) -> Iterator[Finding]:
    """The language rules know figures and lengths of time; a number in words is invented just the same."""
    given = numbers_in(user_turn(gold.entry.message, gold.context, decision=gold.decision))
    for value in sorted(numbers_in(said) - figures(said) - given - {_ONE}):
        yield _finding("number", "only numbers that were given, in words too", f"{value:g}", "Say it without.")


def _names(gold: Gold, said: str) -> Iterator[Finding]:
    decision, tags = gold.decision, must_of(gold)
    summary, spoken = decision.workout_summary, _words(said)
    if "names_workout" in tags and summary:
        missing = sorted(_figures(summary) - _figures(said))
        if missing or not (_words(summary) & spoken):
            yield _finding(
                "workout", f"the workout by name: {summary}", ", ".join(missing) or "other words", "Name it."
            )
    clauses = (*decision.rationale_bullets, *decision.safety_caps_applied)
    if "names_reason" in tags and not any(2 * len(_words(one) & spoken) >= len(_words(one)) for one in clauses):
        yield _finding("reason", f"one of: {'; '.join(clauses)}", "none of them", "Give one in words close to these.")


def _figures(text: str) -> set[str]:
    """Numbers and zones as they are meant: `Zone 2` is `z2`, `45min` is `45`."""
    return set(re.findall(r"\b(?:z\d|\d+)", re.sub(r"\bzone (?=\d)", "z", text.lower())))


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]{3,}", text.lower())) - _STOPWORDS


def _finding(check: str, expected: str, got: str, remedy: str) -> Finding:
    return Finding(check=check, where="answer", expected=expected, got=got, remedy=remedy)
