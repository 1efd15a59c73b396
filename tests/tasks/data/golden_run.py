"""A perfect interpreter and an explainer that tells the decision plainly: rules and engine are left to judge."""

from dataclasses import dataclass
from itertools import takewhile

from josi.assistant import Assistant, Turn
from josi.contract import GATCRequest
from josi.engine import ReferenceEngine
from josi.golden import Golden
from josi.records import Role
from josi.runtime import Echo, RoleRuntime, Runtime

CUES = {"- Workout: ": "Here is {}. ", "- Why: ": "It fits because {}. ", "- Caps: ": "And {}. "}


@dataclass
class Scripted:
    """A model that says the same to everything."""

    says: str

    def complete(
        self, prompt: str, *, max_new_tokens: int, temperature: float, stop: str, grammar: str | None = None
    ) -> str:
        return self.says


class Plain:
    """An explainer that tells what stands in its last result block, and nothing else."""

    def complete(
        self, prompt: str, *, max_new_tokens: int, temperature: float, stop: str, grammar: str | None = None
    ) -> str:
        block = takewhile(bool, prompt.rpartition("\nGATC RESULT:\n")[2].splitlines())
        return "".join(
            said.format(line.removeprefix(cue)) for line in block for cue, said in CUES.items() if line.startswith(cue)
        )


def turn_of(scenario: Golden, request: GATCRequest | None = None) -> Turn:
    """The turn in which the interpreter says `request` (default: what the scenario expects of it)."""
    said = (request or scenario.expected).to_json(without=("free_text", "question"))
    roles = {
        role: RoleRuntime(prompt="You are Josi.", temperature=0.0, max_new_tokens=150, context_tokens=4096)
        for role in Role
    }
    runtime = Runtime(contract_version=1, template="chatml", stop="<|im_end|>", echo=Echo.RUNTIME, roles=roles)
    assistant = Assistant(Scripted(said), Plain(), ReferenceEngine(), runtime, grammar="root ::= x")
    return assistant.turn(scenario.message, scenario.context)
