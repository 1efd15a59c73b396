"""One HTML file on which a coach reviews the gold answers: no network, no other files, opened from a disk."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from josi.chat import user_turn
from josi.language.checks import MOST_WORDS, WISHED_WORDS
from josi.numbers import numbers_in
from tasks.data.gold.check import findings_of
from tasks.data.gold.entry import Gold, State, digest_of
from tasks.data.gold.words import GLOSS, context_in_words, decision_in_words

_TEMPLATES = Path(__file__).parent


def page(golds: Sequence[Gold]) -> str:
    """The page as text. Everything that people wrote is escaped; what is saved from it goes into `josi gold apply`."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html.j2").render(
        cards=list(_cards(golds)),
        situations=[(name, GLOSS[name]) for name in dict.fromkeys(gold.entry.situation for gold in golds)],
        states=list(State),
        wished=WISHED_WORDS,
        most=MOST_WORDS,
    )


def _cards(golds: Sequence[Gold]) -> Iterator[dict[str, Any]]:
    for gold in golds:
        entry = gold.entry
        given = numbers_in(user_turn(entry.message, gold.context, decision=gold.decision))
        yield {
            "entry": entry,
            "state": gold.state,
            "lapsed": gold.has_lapsed,
            "situation": GLOSS[entry.situation],
            "digest": digest_of(gold),
            "context": context_in_words(gold.context, entry.language),
            "decision": decision_in_words(gold.decision),
            "findings": findings_of(gold),
            "given": " ".join(f"{value:g}" for value in sorted(given)),
        }
