"""What kind of message it is, by calls (`josi/knowledge/calls.py`): a vague question, a report, a question at all."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from josi.knowledge.calls import Sentence, found
from josi.language.which import Language

Table = Mapping[Language, tuple[str, ...]]


def _table(en: str, nl: str) -> Table:
    return MappingProxyType({"en": tuple(en.split(", ")), "nl": tuple(nl.split(", "))})


# Questions about everything. The situation answers them, the most urgent facet first, or nothing does.
VAGUE = _table(
    "advice, tip, tips, suggestion*, recommend*, what_should_i_do, what_to_do, what_now, what_next, "
    "how_should_i_train, should focus, focus_on, keep_in_mind, good_for_me, smart_for_me, wise_today, what "
    "matters, pay attention, look_out_for, watch_out_for, should_i_train, can_i_train, help_me",
    "advies, tip, tips, raad, wat_nu, wat_moet_ik_doen, wat_kan_ik doen, wat_zou_jij doen, waar op_letten, waar "
    "let_ik_op, hoe_moet_ik trainen, goed_voor_mij, verstandig, belangrijk nu, mag_ik trainen, kan_ik trainen, "
    "moet_ik trainen, help_me, aanraden, rekening_mee",
)
# Who tells how it went, and asks nothing, wants no lesson: what they are given is about mood, or nothing.
REPORTED = _table(
    "done, did, finished, completed, nailed, went, felt, loved, worked, was, were, my_first",
    "gedaan, gehaald, klaar, ging, gingen, voelde, was, waren, zit_erop, gelukt, getraind",
)
ASKED = _table(
    "how, why, what, what's, whats, when, which, who, where, is, are, does, do, should, can, could, would, will, "
    "any, tip*, advice, help*, explain",
    "hoe, waarom, wat, wanneer, welk*, wie, waar, is, zijn, mag, moet, kan, kun, zou, zal, heb_je, tip*, advies, "
    "help*, uitleg*",
)


def holds(table: Table, language: Language, said: Sequence[Sentence]) -> bool:
    return any(found(call, said) for call in table[language])


def is_report(message: str, language: Language, said: Sequence[Sentence]) -> bool:
    """Whether an athlete tells how it went: words of a report, none of a question, and no question mark."""
    return "?" not in message and holds(REPORTED, language, said) and not holds(ASKED, language, said)
