"""What models learn from and what they are judged by."""

import json
from collections.abc import Mapping
from enum import StrEnum

from josi.chat import Message, words_of
from josi.contract import ChatContext, GATCRequest
from josi.records import Artifact, Record, Role


class Example(Record):
    """One row of training data: a conversation whose last message is the target.

    Written as one line of chat JSONL; `family` names the phrasing it came from, `topics` what it is an example of.
    """

    role: Role
    messages: tuple[Message, ...]
    source: str
    category: str
    language: str
    family: str
    topics: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """The athlete's last words, without the blocks after them."""
        return words_of(self.messages[-2].content)

    @property
    def action(self) -> str:
        """The action that the target names; empty where it names none."""
        try:
            found = json.loads(self.messages[-1].content)
        except ValueError:
            return ""
        return str(found.get("action", "")) if isinstance(found, dict) else ""


class Reason(StrEnum):
    """Why a coach refuses an answer (phase 6)."""

    INVENTS_NUMBERS = "invents_numbers"
    JARGON = "jargon"
    TOO_LONG = "too_long"
    TOO_MANY_QUESTIONS = "too_many_questions"
    DEFLECTS = "deflects"
    MENTIONS_INTERNALS = "mentions_internals"
    GENERIC = "generic"
    ROBOTIC_MEMORY = "robotic_memory"


class Pair(Record):
    """A prompt with an answer to prefer and one to refuse, for preference tuning; `reason` says why it is refused."""

    messages: tuple[Message, ...]
    chosen: str
    rejected: str
    reason: Reason
    source: str
    category: str
    language: str
    family: str


class Scenario(Record):
    """One prompt to judge a model by.

    `expected` is what the interpreter should say; for the explainer it is the request that the engine decides on.
    `must` holds tags of what the explainer's answer has to do, e.g. `stop_and_seek_care`.
    """

    name: str
    role: Role
    message: str
    context: ChatContext
    expected: GATCRequest
    category: str
    language: str
    family: str
    must: tuple[str, ...] = ()


class Corpus(Record):
    """Everything that one run learns from and is judged by, by digest.

    `sets` hold `train.jsonl` and `validation.jsonl` (one Example a line) for each role; `pairs` holds `pairs.jsonl`
    (one Pair a line); `scenarios` holds `known.jsonl`, `unseen.jsonl`, `red_flags.jsonl` and `explainer.jsonl` (one
    Scenario a line); `report` says what went in and what did not.
    """

    sets: Mapping[Role, Artifact]
    pairs: Artifact
    scenarios: Artifact
    report: Artifact
