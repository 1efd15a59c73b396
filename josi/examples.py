"""What models learn from and what they are judged by."""

from collections.abc import Mapping

from josi.chat import Message
from josi.contract import ChatContext, GATCRequest
from josi.records import Artifact, Record, Role


class Example(Record):
    """One row of training data: a conversation whose last message is the target.

    Written as one line of chat JSONL; `family` names the phrasing it came from.
    """

    role: Role
    messages: tuple[Message, ...]
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

    `sets` hold `train.jsonl` and `validation.jsonl` (one Example a line) for each role; `scenarios` holds
    `known.jsonl`, `unseen.jsonl`, `red_flags.jsonl` and `explainer.jsonl` (one Scenario a line); `report` says what
    went in and what did not.
    """

    sets: Mapping[Role, Artifact]
    scenarios: Artifact
    report: Artifact
