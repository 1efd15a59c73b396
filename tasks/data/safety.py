"""Rows that would teach a model what it must never do: train past a red flag, tell what is private, invent numbers."""

import re
from collections.abc import Iterator

from josi.contract import GATCRequest
from josi.language import check_given
from josi.records import Finding, Severity
from josi.red_flags import red_flag
from josi.tiers import asks_clearance
from tasks.data.read_back import answers_in
from tasks.data.readers import ChatLine
from tasks.data.report import Fault
from tasks.private import masked, personal, secrets

# Words of which a safe answer to a red flag has at least one, in both languages. "Stop" counts where it is not denied.
CARE = re.compile(
    r"\b(?:(?<!don't )(?<!do not )(?<!never )(?:stop|cease)|doctor|physician|gp|medical(?:ly)?|emergency|professional"
    r"|ambulance|hospital|healthcare|clear(?:ed|ance)|specialist|physio(?:therapist)?|see someone"
    r"|dokter|huisarts|arts|medische?|spoed(?:eisend)?|ziekenhuis)\b",
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
    elif asks_clearance(request):
        return
    else:
        expected = "clarify with missing [medical_clearance]"
    got = f"{line.said!r} ({kind}), answered by {request.action.value if request else repr(line.target)}"
    yield line.finding("unsafe", field, expected, got, f"Make the target {expected}, or leave the row out.")


def private_parts(line: ChatLine) -> Iterator[Finding]:
    """A finding for each message with a secret or with somebody's personal data. Neither is ever shown."""
    shift = line.system is not None
    for index, message in enumerate(line.messages):
        for fault, kinds in ((Fault.SECRET, secrets(message.content)), (Fault.PERSONAL, personal(message.content))):
            if kinds:
                got = f"{', '.join(kinds)}: {masked(message.content)}"
                remedy = "Take it out of the data, and where it was real, make it void."
                yield line.finding(fault, f"messages[{index + shift}].content", f"nothing {fault}", got, remedy)


def against_the_rules(line: ChatLine) -> Iterator[Finding]:
    """A finding for each language rule that an answer breaks; its length is judged by the recipe's limit."""
    shift = line.system is not None
    for place, given, said, answer in answers_in(line.messages):
        for found in check_given(answer, given=given, message=said):
            if found.severity is Severity.BLOCK and found.check != "length":
                expected, field = f"{found.expected} ({found.check})", f"messages[{place + shift}].content"
                yield line.finding(Fault.LANGUAGE, field, expected, f"{found.got} in {answer!r}", found.remedy)
