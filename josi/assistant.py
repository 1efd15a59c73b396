"""The assistant's loop: interpreter, engine, explainer. No I/O: models and engine come from outside.

A red flag never reaches the explainer. For a medical STOP the answer is always the fixed safe text, deterministic and
the same in every release: what is said to somebody with chest pain is not left to a model. Where the interpreter asks
back, its question is the answer. Everything else is the explainer's own words, unrepaired, and where the interpreter
was not quite sure a question whether it understood; what the answer does against the language rules stands in the
turn's findings. What the message teaches about the athlete is handed back: whoever keeps the memory merges it.
"""

from typing import Protocol

from josi import chat
from josi.confidence import Band, Weighed, weigh
from josi.contract import Action, ChatContext, Decision, GATCRequest, Outcome, Tier
from josi.engine.protocol import DecisionEngine
from josi.language import check_answer, language_of
from josi.memory import Learned, learn
from josi.parsing import ask_back, parse_request, read_fields
from josi.postprocess import STOP_AND_SEEK_CARE, postprocess
from josi.records import Finding, Record, Role
from josi.runtime import Runtime
from josi.tiers import tier_of

UNREADABLE, UNSURE = "unreadable_output", "low_confidence"


class TextModel(Protocol):
    """A model that goes on with a text."""

    def complete(
        self, prompt: str, *, max_new_tokens: int, temperature: float, stop: str, grammar: str | None = None
    ) -> str:
        """The text after `prompt`, up to but without `stop`. `grammar` is GBNF."""
        ...


class Interpretation(Record):
    """What the interpreter made of a message.

    `model_request` is what the model itself said (None: no valid request, then `findings` tell why); `request` is what
    to act on, after the rules named in `repairs`; `band` is what its confidence asks for besides.
    """

    raw: str
    model_request: GATCRequest | None
    request: GATCRequest
    findings: tuple[Finding, ...] = ()
    repairs: tuple[str, ...] = ()
    band: Band = Band.ACT


class Turn(Record):
    """One message and its answer. `findings` are those of the answer, `learned` is new about the athlete."""

    interpretation: Interpretation
    decision: Decision
    answer: str
    findings: tuple[Finding, ...] = ()
    learned: Learned = Learned()


class Assistant:
    """Two models around an engine that decides. Holds no state between turns: history comes with the context."""

    def __init__(
        self, interpreter: TextModel, explainer: TextModel, engine: DecisionEngine, runtime: Runtime, grammar: str
    ) -> None:
        self._models = {Role.INTERPRETER: interpreter, Role.EXPLAINER: explainer}
        self._engine = engine
        self._runtime = runtime
        self._grammar = grammar

    def interpret(self, message: str, context: ChatContext) -> Interpretation:
        """What the athlete wants: the model's reading under the grammar, then the rules, then how sure it was.

        Bad output asks back.
        """
        raw = self._ask(Role.INTERPRETER, chat.user_turn(message, context), grammar=self._grammar)
        parsed = parse_request(raw, message, self._runtime.echo)
        model_request = parsed if isinstance(parsed, GATCRequest) else None
        fields = read_fields(raw)
        usable = model_request or ask_back(None if isinstance(fields, Finding) else fields, message)
        request, repairs = postprocess(usable, message, context)
        weighed = weigh(request, message)
        return Interpretation(
            raw=raw,
            model_request=model_request,
            request=weighed.request,
            findings=() if isinstance(parsed, GATCRequest) else parsed,
            repairs=(
                *(() if model_request else (UNREADABLE,)),
                *repairs,
                *((UNSURE,) if weighed.band is Band.ASK else ()),
            ),
            band=weighed.band,
        )

    def explain(self, message: str, context: ChatContext, request: GATCRequest, decision: Decision) -> str:
        """The explainer's own words about a decision, unrepaired."""
        return self._ask(Role.EXPLAINER, chat.user_turn(message, context, decision=decision, request=request))

    def turn(self, message: str, context: ChatContext) -> Turn:
        """From a message to an answer. The explainer is not asked where the answer is fixed."""
        interpretation = self.interpret(message, context)
        request = interpretation.request
        decision = self._engine.decide(request, context)
        answer = self._answer(message, context, request, decision)
        if _may_check(decision, context):
            answer = Weighed(request=request, band=interpretation.band).spoken(answer)
        findings = check_answer(answer, context=context, decision=decision, message=message)
        return Turn(
            interpretation=interpretation,
            decision=decision,
            answer=answer,
            findings=findings,
            learned=learn(message, context.today),
        )

    def _answer(self, message: str, context: ChatContext, request: GATCRequest, decision: Decision) -> str:
        """The fixed words of a stop, the interpreter's own question, or the explainer's words."""
        if decision.outcome is Outcome.STOP:
            return STOP_AND_SEEK_CARE[language_of(message)]
        if request.action is Action.CLARIFY and decision.outcome is Outcome.CLARIFY:
            return request.clarify_message or ""
        return self.explain(message, context, request, decision)

    def _ask(self, role: Role, user: str, *, grammar: str | None = None) -> str:
        settings, template = self._runtime.roles[role], chat.TEMPLATES[self._runtime.template]
        system = chat.Message(role="system", content=settings.prompt)
        text = self._models[role].complete(
            chat.prompt([system, chat.Message(role="user", content=user)], template),
            max_new_tokens=settings.max_new_tokens,
            temperature=settings.temperature,
            stop=self._runtime.stop,
            grammar=grammar,
        )
        return chat.parse(text, template)


def _may_check(decision: Decision, context: ChatContext) -> bool:
    """A stop and a question say all there is to say; who has no chat is asked nothing."""
    return decision.outcome not in (Outcome.STOP, Outcome.CLARIFY) and tier_of(context) is not Tier.MONITOR
