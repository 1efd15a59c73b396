"""The classifier inside two Swift apps: its fixed engine, its payload and the place of that in a Swift file.

`LocalReasoner.swift`, beside this file, is the same engine for the apps; `schemas/reasoner_vectors.json` holds both to
the same answers.
"""

from josi.reasoner.engine import Answered, Reasoner, tokens
from josi.reasoner.payload import Payload
from josi.reasoner.swift import payload_in, replace_payload

__all__ = ["Answered", "Payload", "Reasoner", "payload_in", "replace_payload", "tokens"]
