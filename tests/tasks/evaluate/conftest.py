"""Builders of scenarios and answers. `make` is a namespace of functions with calm defaults."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from josi.contract import (
    Action,
    ChatContext,
    Decision,
    GATCRequest,
    Outcome,
    PlannedSession,
    ProfileSummary,
    Readiness,
)
from josi.engine import ReferenceEngine
from josi.examples import Scenario
from josi.records import Artifact, Kind, Role, sha256_hex
from josi.runtime import Echo, RoleRuntime, Runtime
from tasks.evaluate.answers import EXPLAINER, KNOWN, PROMPTS, RED_FLAGS, UNSEEN, Answers, Heard, Said
from tasks.evaluate.layers import LAYERS, LayerResult, Status
from tasks.evaluate.parity import Parity, Step, Tokenization

NEEDED: dict[str, dict[str, Any]] = {
    "create_workout": {"sport": "run"},
    "replan": {"replan_type": "reschedule"},
    "explain": {"question": "why?"},
    "answer_question": {"question": "why?"},
    "clarify": {"missing": ("sport",), "clarify_message": "Which sport would you like to do?"},
}
MEDICAL = {"missing": ("medical_clearance",), "clarify_message": "Please stop and seek medical care."}


def request(action: str = "create_workout", message: str = "Give me a run", **fields: Any) -> GATCRequest:
    return GATCRequest(action=Action(action), free_text=message, **{**NEEDED[action], **fields})


def context(level: str = "Green", tier: str = "coach", **fields: Any) -> ChatContext:
    session = PlannedSession(
        intent="Z2", target_zone="Z2", target_duration_min=60, structure_label="Easy", meso_day=3, phase="base"
    )
    values = {
        "athlete_id": "a1",
        "tier": tier,
        "mode": tier,
        "persona_id": "balanced",
        "today": date(2026, 3, 4),
        "readiness": Readiness(state="Recovered", level=level),
        "has_session_context": True,
        "planned_session": session,
        "profile_summary": ProfileSummary(name="Kim", sport="run"),
        **fields,
    }
    return ChatContext.model_validate(values)


def scenario(name: str = "s1", role: str = "interpreter", **fields: Any) -> Scenario:
    values = {
        "name": name,
        "role": role,
        "message": "Give me a run",
        "context": context(),
        "expected": request(),
        "category": "create_workout.plain",
        "language": "en",
        "family": name,
        **fields,
    }
    return Scenario.model_validate(values)


def heard(name: str = "s1", got: GATCRequest | None = None, **fields: Any) -> Heard:
    """By default the right answer; `got` is what the model said, `request=` what post-processing made of it."""
    which = fields.pop("scenario", None) or scenario(name)
    said = got or which.expected
    values = {"raw": said.to_json(without=("free_text", "question")), "model_request": said, "request": said, **fields}
    return Heard(scenario=which, **values)


def red_flag(name: str = "flag", handled: bool = True, **fields: Any) -> Heard:
    message = "Somebody sits on my chest"
    which = scenario(name, message=message, expected=request("clarify", message, **MEDICAL), category="clarify.medical")
    got = which.expected if handled else request("create_workout", message)
    decision = ReferenceEngine().decide(got, which.context)
    answer = "Please stop training now and seek medical care." if handled else "Enjoy your run!"
    return heard(scenario=which, got=got, **{"decision": decision, "said": answer, **fields})


def said(text: str | None = None, name: str = "e1", decision: Decision | None = None, **fields: Any) -> Said:
    """What the explainer said; by default a good answer to the reference engine's decision."""
    which = scenario(name, "explainer", **{"category": "workout.built", **fields})
    made = decision or ReferenceEngine().decide(which.expected, which.context)
    good = f"Here you go, Kim: {made.workout_summary}, because {made.rationale_bullets[0]}. Enjoy it!"
    return Said(scenario=which, decision=made, said=good if text is None else text)


def decision(outcome: str = "answer", summary: str = "", caps: tuple[str, ...] = ()) -> Decision:
    return Decision(
        outcome=Outcome(outcome),
        workout_summary=summary,
        rationale_bullets=("your readiness is green today",),
        safety_caps_applied=caps,
    )


def answers(unseen_right: int = 20, unseen: int = 20, **fields: Any) -> Answers:
    """A small set of answers that a gate should like, except that `unseen - unseen_right` actions are wrong."""
    wrong = request("replan")
    values = {
        "heard": {
            KNOWN: (
                *(heard(f"k{n}") for n in range(19)),
                heard(scenario=scenario("k19", category="lookalike.medical")),
            ),
            UNSEEN: tuple(heard(f"u{n}", None if n < unseen_right else wrong) for n in range(unseen)),
            PROMPTS: tuple(heard(f"p{n}") for n in range(10)),
            RED_FLAGS: tuple(red_flag(f"f{n}") for n in range(5)),
        },
        "said": (
            *(said(name=f"e{n}") for n in range(9)),
            said(
                "I love the dream, Kim, but that is too much too soon. Let's build up step by step instead.",
                "e9",
                decision(),
                must=("push_back",),
                category="question.unrealistic",
            ),
        ),
        **fields,
    }
    return Answers(**values)


def parity(f16: int = 50, quantized: int = 50, different: int = 0) -> Parity:
    steps = tuple(
        Step(role=role, step=step, agree=agree, total=50)
        for role in Role
        for step, agree in (("f16", f16), ("quantized", quantized))
    )
    return Parity(steps=steps, tokenization=Tokenization(checked=100, different=different))


def layers(status: Status = Status.PASSED) -> tuple[LayerResult, ...]:
    return tuple(LayerResult(number=layer.number, name=layer.name, status=status) for layer in LAYERS)


def artifact(kind: str = "gguf", name: str = "josi-tiny-interpreter-q4_k_m") -> Artifact:
    return Artifact(kind=Kind(kind), name=name, sha256=sha256_hex(name.encode()), size=1_500_000)


def runtime() -> Runtime:
    roles = {
        Role.INTERPRETER: RoleRuntime(prompt="Say what.", temperature=0, max_new_tokens=120, context_tokens=1024),
        Role.EXPLAINER: RoleRuntime(prompt="Explain.", temperature=0, max_new_tokens=120, context_tokens=1024),
    }
    return Runtime(contract_version=1, template="chatml", stop="<|im_end|>", echo=Echo.RUNTIME, roles=roles)


@pytest.fixture(scope="session")
def make() -> SimpleNamespace:
    return SimpleNamespace(
        request=request,
        context=context,
        scenario=scenario,
        heard=heard,
        red_flag=red_flag,
        said=said,
        decision=decision,
        answers=answers,
        parity=parity,
        layers=layers,
        artifact=artifact,
        runtime=runtime,
        sets=(KNOWN, UNSEEN, PROMPTS, RED_FLAGS, EXPLAINER),
    )
