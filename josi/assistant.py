"""The assistant's loop: interpreter, engine, explainer. No I/O: models and engine come from outside.

A red flag never reaches the explainer. For a medical STOP the answer is always the fixed safe text, deterministic and
the same in every release: what is said to somebody with chest pain is not left to a model. Where the interpreter asks
back, its question is the answer. Everything else is the explainer's own words, unrepaired; what they do against the
language rules stands in the turn's findings.
"""

from typing import Protocol

from josi import chat
from josi.contract import Action, ChatContext, Decision, GATCRequest, Outcome
from josi.engine.protocol import DecisionEngine
from josi.language import check_answer, language_of
from josi.parsing import ask_back, parse_request, read_fields
from josi.postprocess import STOP_AND_SEEK_CARE, postprocess
from josi.records import Finding, Record, Role
from josi.runtime import Runtime

UNREADABLE = "unreadable_output"


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
    to act on, after the rules named in `repairs`.
    """

    raw: str
    model_request: GATCRequest | None
    request: GATCRequest
    findings: tuple[Finding, ...] = ()
    repairs: tuple[str, ...] = ()


class Turn(Record):
    """One message and its answer. `findings` are those of the answer."""

    interpretation: Interpretation
    decision: Decision
    answer: str
    findings: tuple[Finding, ...] = ()


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
        """What the athlete wants: the model's reading under the grammar, then the rules. Bad output asks back."""
        raw = self._ask(Role.INTERPRETER, chat.user_turn(message, context), grammar=self._grammar)
        parsed = parse_request(raw, message, self._runtime.echo)
        if isinstance(parsed, GATCRequest):
            request, repairs = postprocess(parsed, message, context)
            return Interpretation(raw=raw, model_request=parsed, request=request, repairs=repairs)
        fields = read_fields(raw)
        request, repairs = postprocess(
            ask_back(None if isinstance(fields, Finding) else fields, message), message, context
        )
        return Interpretation(
            raw=raw, model_request=None, request=request, findings=parsed, repairs=(UNREADABLE, *repairs)
        )

    def explain(self, message: str, context: ChatContext, request: GATCRequest, decision: Decision) -> str:
        """The explainer's own words about a decision, unrepaired."""
        return self._ask(Role.EXPLAINER, chat.user_turn(message, context, decision=decision, request=request))

    def turn(self, message: str, context: ChatContext) -> Turn:
        """From a message to an answer. The explainer is not asked where the answer is fixed."""
        interpretation = self.interpret(message, context)
        request = interpretation.request
        decision = self._engine.decide(request, context)
        if decision.outcome is Outcome.STOP:
            answer = STOP_AND_SEEK_CARE[language_of(message)]
        elif request.action is Action.CLARIFY and decision.outcome is Outcome.CLARIFY:
            answer = request.clarify_message or ""
        else:
            answer = self.explain(message, context, request, decision)
        findings = check_answer(answer, context=context, decision=decision, message=message)
        return Turn(interpretation=interpretation, decision=decision, answer=answer, findings=findings)

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
