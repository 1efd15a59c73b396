"""Explainer rows: the engine decides on a drawn request, and an answer that fits is filled in and checked."""

from collections import Counter
from collections.abc import Iterator, Sequence
from random import Random

from josi.contract import Action, ChatContext, Decision, GATCRequest, Goal
from josi.engine import DecisionEngine, session_in_words
from josi.knowledge import KnowledgeCard, with_knowledge
from josi.language import check_answer, language_of
from josi.memory import estimated_tokens
from josi.postprocess import postprocess
from josi.records import Finding, Severity
from tasks.data.athletes import Language
from tasks.data.expand import Turn, turn
from tasks.data.families import Family, Setting, When, Words
from tasks.data.slots import SLOT

DRAWS = 40  # contexts drawn until the engine's decision is one that the group answers
READ_INTO = 0.3  # share of workouts with a goal that the interpreter made up
HOPELESS = 200  # draws after which a family that never had such a decision is left alone


class Answered(Turn):
    """A turn with the engine's decision and a good answer to it."""

    decision: Decision
    answer: str


class Explainer:
    """Draws answered turns, and counts why some of its families' rows could not be made."""

    def __init__(
        self,
        words: Words,
        engine: DecisionEngine,
        answers_per_group: int = 0,
        long: float = 0.0,
        cards: Sequence[KnowledgeCard] = (),
    ) -> None:
        self.words, self.engine, self.answers_per_group, self.long = words, engine, answers_per_group, long
        self.cards = cards
        self.missed: dict[str, Counter[str]] = {}  # what came instead, by where the family stands
        self.refused: dict[tuple[str, str], Finding] = {}
        self.dropped = 0
        self._fitted: set[str] = set()

    def draw(self, family: Family, rng: Random) -> Answered | None:
        """One row, or None where no decision that fits came up, or no answer stands up to the language rules."""
        if family.name not in self._fitted and self.missed.get(family.where, Counter()).total() >= HOPELESS:
            return None
        setting = _steered(family.group.context, family.group.when)
        for _ in range(DRAWS):
            drawn = turn(family, self.words, rng, setting=setting, long=self.long)
            if language_of(drawn.message) != family.group.language:
                # The engine speaks the language it takes the message for, and would mix it into the answer.
                self._miss(family, f"a message taken for {language_of(drawn.message)}")
                continue
            asked, _ = postprocess(drawn.request, drawn.message, drawn.context)  # as the assistant does, e.g. the date
            asked = _read_into(asked, rng)
            drawn = drawn.model_copy(update={"request": asked})
            decision = self.engine.decide(asked, drawn.context)
            if fits(family.group.when, decision, drawn.context):
                self._fitted.add(family.name)
                return self.answer(drawn, decision, rng)
            capped = " capped" if decision.safety_caps_applied else ""
            self._miss(family, f"{drawn.context.readiness.level.value} {decision.outcome.value}{capped}")
        return None

    def findings(self, made: Counter[str], families: tuple[Family, ...]) -> tuple[Finding, ...]:
        """Families that made no row at all, and answers that the language rules refuse."""
        found = [
            Finding(
                check="unanswered",
                where=family.where,
                expected=f"a decision with {family.group.when.model_dump(mode='json', exclude_defaults=True)}",
                got=self._instead(family),
                remedy="Let `when`, `context` and `request` fit what the engine decides.",
                severity=Severity.WARN,
            )
            for family in families
            if not made[family.name]
        ]
        return (*found, *(self.refused[key] for key in sorted(self.refused)))

    def answer(self, drawn: Turn, decision: Decision, rng: Random) -> Answered | None:
        """The turn with one of its group's answers, or None where none can be filled or passes the language rules."""
        context = with_knowledge(
            drawn.message, drawn.context, self.cards, estimated_tokens, action=drawn.request.action
        )
        drawn = drawn.model_copy(update={"context": context})  # as the assistant shows it
        words = answer_words(decision, drawn.context, drawn.family.group.language)
        fitting = [a for a in drawn.family.group.answers if words.keys() >= set(SLOT.findall(a))]
        if not fitting:
            return None
        template = rng.choice(self._kept(fitting))
        answer = fill(template, words)
        broken = check_answer(answer, context=drawn.context, decision=decision, message=drawn.message)
        if broken:
            self.dropped += 1
            self._refuse(drawn.family, template, broken[0])
            return None
        fields = {name: getattr(drawn, name) for name in Turn.model_fields}
        return Answered(**fields, decision=decision, answer=answer)

    def _kept(self, answers: list[str]) -> list[str]:
        """Always the same few answers of a group, the first that are written, so that a small model is sure of them."""
        return answers[: self.answers_per_group or None]

    def _miss(self, family: Family, instead: str) -> None:
        self.missed.setdefault(family.where, Counter())[instead] += 1

    def _instead(self, family: Family) -> str:
        came = self.missed.get(family.where, Counter()).most_common(3)
        return ", ".join(f"{instead} ({number} times)" for instead, number in came) or "no answer that could be filled"

    def _refuse(self, family: Family, template: str, finding: Finding) -> None:
        where = f"{family.where} answer {template!r}"
        self.refused.setdefault(
            (family.file, template),
            finding.model_copy(update={"check": "answer", "where": where, "severity": Severity.WARN}),
        )


def _read_into(request: GATCRequest, rng: Random) -> GATCRequest:
    """Now and then a goal that nobody named: an interpreter reads one into a message, and the answer must hold."""
    if request.action is not Action.CREATE_WORKOUT or request.goal or rng.random() > READ_INTO:
        return request
    return request.model_copy(update={"goal": rng.choice(list(Goal))})


def fits(when: When, decision: Decision, context: ChatContext) -> bool:
    """Whether a decision is one that the group has answers for."""
    capped = bool(decision.safety_caps_applied)
    return (
        (when.outcome is None or decision.outcome is when.outcome)
        and (when.capped is None or capped is when.capped)
        and (not when.readiness or context.readiness.level in when.readiness)
    )


def answer_words(decision: Decision, context: ChatContext, language: Language) -> dict[str, str]:
    """What fills the slots of an answer; a slot that this decision or athlete cannot fill is absent."""
    reasons, caps = decision.rationale_bullets, decision.safety_caps_applied
    profile = context.profile_summary
    words = {
        "workout": decision.workout_summary,
        "why": reasons[0],
        "why2": reasons[1] if len(reasons) > 1 else "",
        "cap": caps[0] if caps else "",
        "name": (profile.name or "") if profile else "",
        "session": session_in_words(context.planned_session, language) if context.planned_session else "",
    }
    return {name: word for name, word in words.items() if word}


def fill(template: str, words: dict[str, str]) -> str:
    """The answer with its slots filled; a slot that opens a sentence gets a capital."""
    return "".join(_parts(template, words))


def _parts(template: str, words: dict[str, str]) -> Iterator[str]:
    end = 0
    for slot in SLOT.finditer(template):
        before = template[: slot.start()].rstrip()
        word = words[slot.group(1)]
        yield template[end : slot.start()]
        yield word[:1].upper() + word[1:] if not before or before[-1] in ".!?" else word
        end = slot.end()
    yield template[end:]


def _steered(setting: Setting, when: When) -> Setting:
    """The group's own context, narrowed to the readiness its answers are for: fewer draws are wasted."""
    return setting.model_copy(update={"readiness": when.readiness}) if when.readiness else setting
