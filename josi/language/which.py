"""Which of our two languages a text is in."""

import re
from typing import Literal

Language = Literal["en", "nl"]


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_DUTCH = _listed(
    "aan aub beetje ben borst dag dank dat de deze die dit doe doet door duizelig duurloop een eens en er "
    "fiets fietsen flauwgevallen ga gaat gaan geef geen graag griep haal heb hebt heeft hem herstel het hoe "
    "hoeveel ik jammer je jij jouw kan kun kunt koorts kracht kwartier langer leg lukt maak maar mag meer met "
    "mij mijn minder minuten moe moet morgen naar nieuwe niet niks nog nu ook op overslaan overmorgen pijn "
    "rustdag rustig sla straks te tandje toch training trainen tja uit uur van vandaag vanavond vanmorgen "
    "vanmiddag veel verzet voel voor vrij waar waarom waardoor wanneer want wat week welke wil word wordt zal "
    "ziek zijn zin zo zou zwaar hardlopen schaatsen wielrennen langlaufen zwemmen maandag dinsdag woensdag "
    "donderdag vrijdag zaterdag zondag wedstrijd doel goed bedankt hoi misschien eigenlijk ongezond sporten "
    "goeiemorgen goeie alles goedemorgen goedemiddag goedenavond fijne lekker getraind krachttraining "
    "looptraining fietstraining moi hallo doei goeienavond goeiemiddag goedendag samen groetjes dankjewel alsjeblieft "
    "t denken hoor genoeg elkaar sessie "
    "m'n z'n zo'n hardloop hardlooptraining lopen rennen wandelen rondje ritje sportschool krachtsessie schaats zwem "
    "uurtje halfuurtje kwartiertje minuutjes ochtend middag avond week rustdag schema benen liever gewoon iets alleen "
    "volgende zondagochtend zaterdagochtend"
)
_ENGLISH = _listed(
    "a about after all an and any are at back be been before build but can could day days did do does done "
    "easy feel feeling felt first for from fun get give go going good got hard has have hello hi hour how i "
    "i'd i'll i'm i've if is it it's just keep lets let's long make minutes more move my need no not now of "
    "off on one or out please ride run running session should skip so some stay take than thanks that that's "
    "the their then there they this time tired to today tomorrow too training up want was we week well what "
    "when which who why will with work workout would yes you you're your yesterday "
    "actually better later sooner pace monday tuesday wednesday thursday friday saturday sunday sunday's saturday's"
)
# Words of both languages that are Dutch where no word tells.
_EITHER = _listed("even")
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")


def language_of(text: str) -> Language:
    """The language of a message or an answer: Dutch when more of its common words are Dutch, English otherwise.

    A text without any known word ("Gym 45", "hmm") counts as English.
    """
    words = [word.replace("\u2019", "'") for word in _WORD.findall(text.lower())]
    dutch = sum(word in _DUTCH for word in words)
    english = sum(word in _ENGLISH for word in words)
    if dutch == english == 0:
        return "nl" if _EITHER & set(words) else "en"
    return "nl" if dutch > english else "en"
