"""What the current message takes back of what is known: the message beats the memory."""

import re
from collections.abc import Iterable
from datetime import date

from josi.contract import Injury, Sport
from josi.memory.clauses import clauses
from josi.memory.injuries import injury_of
from josi.memory.learn import learn
from josi.memory.sports import SPORTS, sports
from josi.memory.store import Kind
from josi.records import Record
from josi.sports import sports_in

_ANY_DAY = date(1970, 1, 1)  # what is taken back does not depend on the day
_DECLINES = re.compile(
    # Nor in "I wouldn't say no to a ride": that is a yes.
    r"\b(?<!n't say )(?<!nt say )(?<!not say )(?<!never say )"
    r"(?:anything but|instead of|rather than|except(?: for)?|sick of|tired of|fed up with|not|no|without|alles "
    r"behalve|"
    r"in plaats van|behalve|zonder|geen zin in|niet|geen)"
    r" (?:(?:a|an|the|my|another|go|going|for|to|de|het|een|mijn|weer|gaan|in) ){0,3}"
    # Nor in "not a long run": another run is wanted.
    r"(?!(?:long|hard|short|easy|fast|slow|big|tough|heavy|intense|too|very|such|lange?|zware?|korte?|harde?)\b)"
    r"(?P<words>[^\W\d][\w-]*(?: (?:ride|training|skiing|session|run|weights))?)\b"
    # "Not running hard", "no run since Sunday": the sport is not what is declined.
    r"(?! (?:hard|fast|long|far|much|too|very|more|for|over|longer|harder|te|zo|lang|meer|yesterday|last|since|this "
    r"week|"
    r"in|all week|gisteren|sinds|al|deze week)\b)",
    re.IGNORECASE,
)


_ENDS = re.compile(
    r"\b(?:any ?more|any longer|no longer|used to|stopped|quit|gave up|given up|sold|never|not|do not|"
    r"niet|geen|gestopt|verkocht)\b|n't\b"
)


class TakenBack(Record):
    """What does not hold now, whatever profile and memory say.

    `sports` are withdrawn ("I don't cycle any more") or declined ("anything but a run"), `message` is the message
    without the words that do so. `injuries` are well again, `hurting` are those that the message states.
    """

    sports: tuple[Sport, ...]
    injuries: tuple[Injury, ...]
    hurting: tuple[Injury, ...]
    message: str


def taken_back(message: str) -> TakenBack:
    """What a message takes back. A sport that it names again elsewhere is not taken back."""
    left, gone = message.replace("\u2019", "'").lower(), []
    for clause in clauses(message):
        ended = [found.subject for found in sports(clause) if not hasattr(found, "words")]
        if ended:
            gone += [SPORTS[name].sport for name in ended if name in SPORTS]
            for piece in clause.raw.split(","):
                left = left.replace(piece, " ") if _ENDS.search(piece) else left
    for match in list(_DECLINES.finditer(left)):
        if declined := sports_in(match["words"]):
            gone += declined
            left = left.replace(match[0], " ")
    learned, named = learn(message, _ANY_DAY), sports_in(left)
    return TakenBack(
        sports=tuple(dict.fromkeys(sport for sport in gone if sport not in named)),
        injuries=_injuries(item.subject for item in learned.withdrawn if item.kind is Kind.INJURY),
        hurting=_injuries(fact.subject for fact in learned.facts if fact.kind is Kind.INJURY),
        message=left,
    )


def _injuries(subjects: Iterable[str]) -> tuple[Injury, ...]:
    return tuple(dict.fromkeys(injury_of(subject) for subject in subjects))
