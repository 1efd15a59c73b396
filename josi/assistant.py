"""The assistant's loop: interpreter, engine, explainer. No I/O: models and engine come from outside.

A red flag is looked for first and reaches no model in a turn: whatever a model would do, raise or say, the answer of a
medical STOP is the fixed safe text, deterministic and the same in every release. A message that is too long for a model
is answered by the request for a shorter one. Where the interpreter asks
back, its question is the answer. Everything else is the explainer's own words after the governor (`model_answer` has
them as they were), and where the interpreter was not quite sure a question whether it understood; what the answer does
against the language rules stands in the turn's findings. Where a prompt is longer than its budget, history, knowledge,
memory and profile give way, and it is told what went. What the message teaches about the athlete is handed back:
whoever keeps the memory merges it.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple, Protocol

from josi import chat
from josi.budget import Cut, Shown, budget_for, fit
from josi.confidence import Band, Weighed, weigh
from josi.contract import Action, ChatContext, Decision, GATCRequest, Outcome, Tier
from josi.engine.protocol import DecisionEngine
from josi.errors import BudgetError
from josi.folding import whole
from josi.governor import govern
from josi.grounded import grounded_grammar
from josi.knowledge import KnowledgeCard, with_knowledge
from josi.language import check_answer, language_of
from josi.memory import Learned, estimated_tokens, learn
from josi.parsing import LONGEST, ask_back, parse_request, read_fields
from josi.postprocess import STOP_AND_SEEK_CARE, medical_stop, postprocess
from josi.records import Finding, Record, Role
from josi.runtime import Runtime
from josi.tiers import tier_of

UNREADABLE, UNSURE, TOO_LONG = "unreadable_output", "low_confidence", "message_too_long"
ASK_SHORTER: Mapping[Literal["en", "nl"], str] = {
    "en": "That is too much for me at once. Can you tell me in a few sentences?",
    "nl": "Dat is me te veel in een keer. Kun je het in een paar zinnen vertellen?",
}


class Shipped(NamedTuple):
    """What ships beside the models: settings with the prompts, the interpreter's grammar (GBNF), the coaching cards."""

    runtime: Runtime
    grammar: str
    cards: tuple[KnowledgeCard, ...] = ()


class TextModel(Protocol):
    """A model that goes on with a text."""

    def complete(
        self, prompt: str, *, max_new_tokens: int, temperature: float, stop: str, grammar: str | None = None
    ) -> str:
        """The text after `prompt`, up to but without `stop`. `grammar` is GBNF."""
        ...

    def count(self, text: str) -> int:
        """The tokens of a text, control tokens among them."""
        ...


class Interpretation(Record):
    """What the interpreter made of a message.

    `model_request` is what the model itself said (None: no valid request, then `findings` tell why); `request` is what
    to act on, after the rules named in `repairs`; `band` is what its confidence asks for besides;
    `cuts` is what its prompt had no room for.
    """

    raw: str
    model_request: GATCRequest | None
    request: GATCRequest
    findings: tuple[Finding, ...] = ()
    repairs: tuple[str, ...] = ()
    band: Band = Band.ACT
    cuts: tuple[Cut, ...] = ()


class Turn(Record):
    """One message and its answer. `findings` are those of the answer, `learned` is new about the athlete.

    `model_answer` is what was said before the governor, `governed` the names of what it did, `cuts` what the
    explainer's prompt had no room for.
    """

    interpretation: Interpretation
    decision: Decision
    answer: str
    findings: tuple[Finding, ...] = ()
    learned: Learned = Learned()
    model_answer: str = ""
    governed: tuple[str, ...] = ()
    cuts: tuple[Cut, ...] = ()


class Assistant:
    """Two models around an engine that decides. Holds no state between turns: history comes with the context."""

    def __init__(self, interpreter: TextModel, explainer: TextModel, engine: DecisionEngine, shipped: Shipped) -> None:
        self._models = {Role.INTERPRETER: interpreter, Role.EXPLAINER: explainer}
        self._engine = engine
        self._runtime, self._grammar, self._cards = shipped

    def interpret(self, message: str, context: ChatContext) -> Interpretation:
        """What the athlete wants: the model's reading under the grammar, then the rules, then how sure it was.

        Bad output asks back. Raises BudgetError for a message that is too long.
        """
        message = whole(message)
        raw, cuts = self._ask(Role.INTERPRETER, message, context, grammar=self._grammar)
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
            cuts=cuts,
        )

    def knowing(self, message: str, context: ChatContext, request: GATCRequest) -> ChatContext:
        """What the explainer is shown: the context with the coaching cards that the message calls for."""
        return with_knowledge(message, context, self._cards, estimated_tokens, action=request.action)

    def explain(self, message: str, context: ChatContext, request: GATCRequest, decision: Decision) -> str:
        """The explainer's own words about a decision, unrepaired. `context` is what it is shown (`knowing`)."""
        return self._ask(Role.EXPLAINER, message, context, decision=decision, request=request)[0]

    def turn(self, message: str, context: ChatContext) -> Turn:
        """From a message to an answer. No model is asked where the answer is fixed."""
        message = whole(message)
        if found := medical_stop(message, context):
            stop, name = found
            return self._fixed(message, context, stop, name, STOP_AND_SEEK_CARE[language_of(message)])
        try:
            return self._asked(message, context)
        except BudgetError as error:
            if self._models[Role.INTERPRETER].count(message) < error.tokens - error.limit:
                raise  # it would not fit without the message either
        ask = _ask_shorter(message)
        return self._fixed(message, context, ask, TOO_LONG, ask.clarify_message or "")

    def _fixed(self, message: str, context: ChatContext, request: GATCRequest, rule: str, answer: str) -> Turn:
        """A turn that a rule answers by itself."""
        return Turn(
            interpretation=Interpretation(raw="", model_request=None, request=request, repairs=(rule,)),
            decision=self._engine.decide(request, context),
            answer=answer,
            learned=learn(message, context.today),
            model_answer=answer,
        )

    def _asked(self, message: str, context: ChatContext) -> Turn:
        """A turn that the models answer. Findings are about the answer before the check whether it was understood."""
        interpretation = self.interpret(message, context)
        request = interpretation.request
        decision = self._engine.decide(request, context)
        context = self.knowing(message, context, request)
        said, cuts = self._answer(message, context, request, decision)
        governed = govern(said)
        answer = governed.text
        if _may_check(decision, context):
            answer = Weighed(request=request, band=interpretation.band).spoken(answer)
        return Turn(
            interpretation=interpretation,
            decision=decision,
            answer=answer,
            findings=check_answer(governed.text, context=context, decision=decision, message=message),
            learned=learn(message, context.today),
            model_answer=said,
            governed=governed.steps,
            cuts=cuts,
        )

    def _answer(
        self, message: str, context: ChatContext, request: GATCRequest, decision: Decision
    ) -> tuple[str, tuple[Cut, ...]]:
        """The fixed words of a stop, the interpreter's own question, or the explainer's words."""
        if decision.outcome is Outcome.STOP:
            return STOP_AND_SEEK_CARE[language_of(message)], ()
        if request.action is Action.CLARIFY and decision.outcome is Outcome.CLARIFY:
            return request.clarify_message or "", ()
        return self._ask(Role.EXPLAINER, message, context, decision=decision, request=request)

    def _ask(
        self,
        role: Role,
        message: str,
        context: ChatContext,
        *,
        decision: Decision | None = None,
        request: GATCRequest | None = None,
        grammar: str | None = None,
    ) -> tuple[str, tuple[Cut, ...]]:
        """What a model says, and what its prompt had no room for. Raises BudgetError where nothing may go any more."""
        settings, template, model = (
            self._runtime.roles[role],
            chat.TEMPLATES[self._runtime.template],
            self._models[role],
        )
        shown = Shown(system=settings.prompt, message=message, decision=decision, request=request, template=template)
        budget = budget_for(settings.context_tokens, settings.max_new_tokens)
        fitted = fit(shown, context, budget, model.count)
        if role is Role.EXPLAINER and settings.grounded:
            # Only numbers can be said that are shown. Without the request, as the language rules read it: what an
            # interpreter made up is given by nobody.
            grammar = grounded_grammar(chat.user_turn(message, fitted.context, decision=decision))
        text = model.complete(
            shown.prompt(fitted.context),
            max_new_tokens=settings.max_new_tokens,
            temperature=settings.temperature,
            stop=self._runtime.stop,
            grammar=grammar,
        )
        return chat.parse(text, template), fitted.cuts


def _may_check(decision: Decision, context: ChatContext) -> bool:
    """A stop and a question say all there is to say; who has no chat is asked nothing."""
    return decision.outcome not in (Outcome.STOP, Outcome.CLARIFY) and tier_of(context) is not Tier.MONITOR


def _ask_shorter(message: str) -> GATCRequest:
    return GATCRequest(
        action=Action.CLARIFY,
        free_text=message.strip()[:LONGEST] or "?",
        missing=("intent",),
        clarify_message=ASK_SHORTER[language_of(message)],
    )
