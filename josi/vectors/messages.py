"""What a message says: durations, days, sports, illness, red flags, and the request they lead to."""

from datetime import date
from typing import Any

from josi.contract import ChatContext, GATCRequest
from josi.dates import date_in
from josi.durations import minutes_in
from josi.illness import is_ill
from josi.postprocess import postprocess
from josi.red_flags import red_flag
from josi.sports import sports_in
from josi.vectors.rule import Input, Rule


def _date(given: Input) -> str | None:
    found = date_in(given["text"], date.fromisoformat(given["today"]))
    return found.isoformat() if found else None


def _postprocess(given: Input) -> dict[str, Any]:
    request, repairs = postprocess(
        GATCRequest.model_validate(given["request"]),
        given["message"],
        ChatContext.model_validate(given["context"]),
    )
    return {"request": request.model_dump(mode="json", exclude_none=True), "repairs": list(repairs)}


MESSAGES = (
    Rule("duration", lambda given: minutes_in(given["text"])),
    Rule("date", _date),
    Rule("sport", lambda given: [sport.value for sport in sports_in(given["text"])]),
    Rule("illness", lambda given: is_ill(given["text"])),
    Rule("red_flag", lambda given: red_flag(given["text"])),
    Rule("postprocess", _postprocess),
)
