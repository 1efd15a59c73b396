"""What an interpreter wrote, read by the contract: the canonical request, or the fields that are at fault."""

from typing import Any

from josi.contract import GATCRequest
from josi.parsing import parse_request
from josi.runtime import Echo
from josi.vectors.rule import Input, Rule


def _request_valid(given: Input) -> dict[str, Any]:
    read = parse_request(given["text"], given["message"], Echo(given["echo"]))
    if isinstance(read, GATCRequest):
        return {"request": read.to_json()}
    return {"faulty": sorted({_field(finding.where) for finding in read})}


def _field(where: str) -> str:
    """Without places in a list: `missing.2` is the field `missing`."""
    return ".".join(part for part in where.split(".") if not part.isdecimal())


CONTRACT = (Rule("request_valid", _request_valid),)
