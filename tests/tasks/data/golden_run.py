"""A perfect interpreter and an explainer that tells the decision plainly: rules and engine are left to judge."""

from dataclasses import dataclass
from itertools import takewhile

from josi.assistant import Assistant, Shipped, Turn
from josi.chat import user_turn
from josi.contract import GATCRequest, Outcome
from josi.engine import ReferenceEngine
from josi.examples import Scenario
from josi.golden import Golden
from josi.language import language_of
from josi.postprocess import STOP_AND_SEEK_CARE, postprocess
from josi.records import Role
from josi.runtime import Echo, RoleRuntime, Runtime
from tasks.evaluate.answers import Said

CUES = {"- Workout: ": "Here is {}. ", "- Why: ": "It fits because {}. ", "- Caps: ": "And {}. "}


@dataclass
class Scripted:
    """A model that says the same to everything."""

    says: str

    def complete(
        self, prompt: str, *, max_new_tokens: int, temperature: float, stop: str, grammar: str | None = None
    ) -> str:
        return self.says

    def count(self, text: str) -> int:
        return len(text.split())


class Plain:
    """An explainer that tells what stands in its last result block, and nothing else."""

    def complete(
        self, prompt: str, *, max_new_tokens: int, temperature: float, stop: str, grammar: str | None = None
    ) -> str:
        block = takewhile(bool, prompt.rpartition("\nGATC RESULT:\n")[2].splitlines())
        return "".join(
            said.format(line.removeprefix(cue)) for line in block for cue, said in CUES.items() if line.startswith(cue)
        )

    def count(self, text: str) -> int:
        return len(text.split())


def told(scenario: Scenario) -> Said:
    """The explainer's scenario, answered by telling the engine's decision plainly."""
    request, _ = postprocess(scenario.expected, scenario.message, scenario.context)
    decision = ReferenceEngine().decide(request, scenario.context)
    said = Plain().complete(
        user_turn(scenario.message, scenario.context, decision=decision), max_new_tokens=0, temperature=0, stop=""
    )
    fixed = STOP_AND_SEEK_CARE[language_of(scenario.message)]
    return Said(scenario=scenario, decision=decision, said=fixed if decision.outcome is Outcome.STOP else said)


def turn_of(scenario: Golden, request: GATCRequest | None = None) -> Turn:
    """The turn in which the interpreter says `request` (default: what the scenario expects of it)."""
    said = (request or scenario.expected).to_json(without=("free_text", "question"))
    roles = {
        role: RoleRuntime(prompt="You are Josi.", temperature=0.0, max_new_tokens=150, context_tokens=4096)
        for role in Role
    }
    runtime = Runtime(contract_version=1, template="chatml", stop="<|im_end|>", echo=Echo.RUNTIME, roles=roles)
    assistant = Assistant(Scripted(said), Plain(), ReferenceEngine(), Shipped(runtime, "root ::= x"))
    return assistant.turn(scenario.message, scenario.context)
