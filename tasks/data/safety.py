"""Rows that would teach a model to train an athlete through pain or past a red flag."""

import re
from collections.abc import Iterator

from josi.contract import Action, GATCRequest
from josi.records import Finding
from josi.red_flags import red_flag
from tasks.data.readers import ChatLine

# Words of which a safe answer to a red flag has at least one, in both languages.
CARE = re.compile(
    r"\b(stop|cease|doctor|physician|gp|medical(?:ly)?|emergency|professional|ambulance|hospital|healthcare|clear(?:ed|ance)|"
    r"specialist|physio(?:therapist)?|see someone|dokter|huisarts|arts|medische?|spoed(?:eisend)?|ziekenhuis)\b",
    re.IGNORECASE,
)


def dangers(line: ChatLine, request: GATCRequest | None, field: str) -> Iterator[Finding]:
    """A finding where the athlete names pain to push through or a red flag, and the target does not stop."""
    kind = red_flag(line.said)
    if kind is None:
        return
    if request is None:
        if CARE.search(line.target):
            return
        expected = "an answer that stops and sends to medical care"
    elif request.action is Action.CLARIFY:
        return
    else:
        expected = "clarify with missing [medical_clearance]"
    got = f"{line.said!r} ({kind}), answered by {request.action.value if request else repr(line.target)}"
    yield line.finding("unsafe", field, expected, got, f"Make the target {expected}, or leave the row out.")
