"""The loop around the engine, with recording models in place of real ones."""

from dataclasses import dataclass, field
from typing import Any, Literal

import pytest

from josi.assistant import ASK_SHORTER, Assistant, Shipped, Turn
from josi.contract import Action, Outcome
from josi.engine import ReferenceEngine
from josi.errors import BudgetError
from josi.memory import Learned, Store, merge
from josi.parsing import ASK_INTENT
from josi.postprocess import STOP_AND_SEEK_CARE
from josi.records import Role
from josi.runtime import Echo, RoleRuntime, Runtime
from tests.josi.turns import asked, context

RUN = '{"action":"create_workout","sport":"run"}'
RUNNER = context(profile_summary={"sport": "running"})


@dataclass
class Recording:
    """A model that answers with fixed texts and keeps what it was asked."""

    says: str = ""
    calls: list[dict[str, Any]] = field(default_factory=list)

    def complete(
        self, prompt: str, *, max_new_tokens: int, temperature: float, stop: str, grammar: str | None = None
    ) -> str:
        self.calls.append(
            {"prompt": prompt, "tokens": max_new_tokens, "temperature": temperature, "stop": stop, "grammar": grammar}
        )
        return self.says

    def count(self, text: str) -> int:
        return len(text.split())


def built(interpreter: Recording, explainer: Recording, echo: Echo = Echo.RUNTIME) -> Assistant:
    roles = {
        Role.INTERPRETER: RoleRuntime(prompt="Read.", temperature=0.0, max_new_tokens=60, context_tokens=512),
        Role.EXPLAINER: RoleRuntime(prompt="Explain.", temperature=0.4, max_new_tokens=90, context_tokens=512),
    }
    runtime = Runtime(contract_version=1, template="chatml", stop="<|im_end|>", echo=echo, roles=roles)
    return Assistant(interpreter, explainer, ReferenceEngine(), Shipped(runtime, "root ::= x"))


def test_the_interpreter_is_asked_with_its_prompt_and_its_grammar() -> None:
    interpreter = Recording(RUN)
    built(interpreter, Recording()).interpret("A run please", RUNNER)

    (call,) = interpreter.calls
    assert call["prompt"].startswith("<|im_start|>system\nRead.<|im_end|>\n<|im_start|>user\nA run please\n\nCONTEXT:")
    assert call["prompt"].endswith("<|im_start|>assistant\n")
    assert (call["tokens"], call["temperature"], call["stop"], call["grammar"]) == (60, 0.0, "<|im_end|>", "root ::= x")


def test_the_explainer_sees_the_decision_and_the_request_and_no_grammar() -> None:
    explainer = Recording("Here you go.")
    turn = built(Recording(RUN), explainer).turn("A 45 min run please", RUNNER)

    (call,) = explainer.calls
    assert "GATC RESULT:\n- Workout: an easy 45 min run in Z2" in call["prompt"]
    assert "[INTERPRETER]\n" + turn.interpretation.request.to_json() in call["prompt"]
    assert (call["tokens"], call["temperature"], call["grammar"]) == (90, 0.4, None)
    assert turn.answer == "Here you go."


def test_what_the_model_said_and_what_the_rules_made_of_it_are_both_kept() -> None:
    heard = built(Recording(RUN), Recording()).interpret("A swim of 40 minutes", RUNNER)

    assert heard.model_request == asked("create_workout", text="A swim of 40 minutes", sport="run")
    assert heard.request == asked("create_workout", text="A swim of 40 minutes", sport="other", time_available_min=40)
    assert heard.repairs == ("duration_from_message", "sport_from_message")
    assert heard.findings == ()


def test_unreadable_output_asks_back() -> None:
    turn = built(Recording("Sure! A run it is."), Recording("x")).turn("hello there coach", RUNNER)

    assert turn.interpretation.model_request is None
    assert [finding.where for finding in turn.interpretation.findings] == ["output"]
    assert turn.interpretation.repairs == ("unreadable_output",)
    assert turn.answer == ASK_INTENT["en"]


def test_a_workout_without_a_sport_takes_the_one_that_is_known() -> None:
    heard = built(Recording('{"action":"create_workout","goal":"recovery"}'), Recording()).interpret("Train me", RUNNER)

    assert heard.model_request is None
    assert (heard.request.action, heard.request.sport, heard.request.goal) == (Action.CREATE_WORKOUT, "run", "recovery")
    assert heard.repairs == ("unreadable_output", "sport_from_profile")


@pytest.mark.parametrize("raw", [RUN, "no JSON at all", '{"action":"answer_question"}'])
def test_a_red_flag_gets_the_fixed_words_whatever_the_models_say(raw: str) -> None:
    explainer = Recording("Go hard!")
    turn = built(Recording(raw), explainer).turn("I get chest pain when I run", RUNNER)

    assert turn.decision.outcome is Outcome.STOP
    assert turn.answer == STOP_AND_SEEK_CARE["en"]
    assert turn.findings == ()
    assert explainer.calls == []


def test_a_red_flag_in_dutch_is_answered_in_dutch() -> None:
    turn = built(Recording(RUN), Recording()).turn("Ik werd duizelig op de fiets", RUNNER)

    assert turn.answer == STOP_AND_SEEK_CARE["nl"]


def test_when_the_interpreter_asks_back_its_question_is_the_answer() -> None:
    explainer = Recording("x")
    turn = built(Recording(RUN), explainer).turn("Make me a workout", context())

    assert turn.answer == "Which sport would you like to do?"
    assert turn.decision.outcome is Outcome.CLARIFY
    assert explainer.calls == []


def test_above_the_tier_the_explainer_says_no() -> None:
    ask = '{"action":"clarify","missing":["intent"],"clarify_message":"What?"}'
    turn = built(Recording(ask), Recording("That is not part of your tier.")).turn("Hm well", context(tier="monitor"))

    assert (turn.decision.outcome, turn.answer) == (Outcome.DECLINED, "That is not part of your tier.")


def test_the_answers_faults_stand_in_the_turn() -> None:
    turn = built(Recording(RUN), Recording("Run 90 minutes at your FTP!")).turn("A run please", RUNNER)

    assert {finding.check for finding in turn.findings} == {"jargon", "number"}


def unsure(confidence: float, message: str = "A run please", says: str = "Enjoy your run.") -> Turn:
    raw = f'{{"action":"create_workout","sport":"run","confidence":{confidence}}}'
    return built(Recording(raw), Recording(says)).turn(message, RUNNER)


def test_a_reading_that_is_sure_is_acted_on() -> None:
    assert unsure(0.8).answer == "Enjoy your run."


def test_a_reading_that_is_half_sure_is_acted_on_and_asked_about() -> None:
    turn = unsure(0.6)

    assert turn.decision.outcome is Outcome.WORKOUT
    assert turn.answer == "Enjoy your run. Did I understand you correctly?"
    assert turn.findings == ()


def test_an_answer_that_asks_already_is_not_given_a_second_question() -> None:
    turn = unsure(0.6, says="Enjoy your run. Morning or evening?")

    assert turn.answer == "Enjoy your run. Morning or evening? If I got you wrong, just tell me."
    assert turn.findings == ()


def test_a_reading_that_is_not_sure_asks_what_is_wanted() -> None:
    turn = unsure(0.3)

    assert turn.answer == ASK_INTENT["en"]
    assert turn.interpretation.repairs == ("low_confidence",)
    assert turn.interpretation.model_request == asked("create_workout", text="A run please", confidence=0.3)


@pytest.mark.parametrize("confidence", [0.0, 0.3, 0.6, 1.0])
def test_no_doubt_weakens_a_medical_stop(confidence: float) -> None:
    turn = unsure(confidence, "I get chest pain when I run")

    assert (turn.decision.outcome, turn.answer) == (Outcome.STOP, STOP_AND_SEEK_CARE["en"])


def test_a_monitor_is_told_to_stop_and_asked_nothing_else() -> None:
    raw = '{"action":"create_workout","sport":"run","confidence":0.6}'
    assistant = built(Recording(raw), Recording("That is not part of your tier."))

    assert assistant.turn("I fainted on my run", context(tier="monitor")).answer == STOP_AND_SEEK_CARE["en"]
    assert assistant.turn("A run please", context(tier="monitor")).answer == "That is not part of your tier."


def test_what_a_message_teaches_is_handed_back_and_kept_nowhere() -> None:
    assistant = built(Recording(RUN), Recording("Enjoy."))
    turn = assistant.turn("I always train before work, a run please", RUNNER)

    assert [(fact.fact, fact.confidence, fact.learned_at) for fact in turn.learned.facts] == [
        ("prefers mornings", 0.95, RUNNER.today)
    ]
    assert assistant.turn("Another run please", RUNNER).learned == Learned()


def test_what_was_learned_reaches_the_next_turn_by_the_store() -> None:
    assistant = built(Recording('{"action":"clarify","missing":["sport"],"clarify_message":"?"}'), Recording("Enjoy."))
    store = merge(Store(), assistant.turn("Hi! My main sport is cycling", context()).learned)
    turn = assistant.turn("Make me a workout", context(athlete_memory=store.shown()))

    assert turn.interpretation.request.sport == "bike"
    assert turn.interpretation.repairs == ("sport_from_memory",)


def test_text_after_the_stop_token_is_not_the_models_answer() -> None:
    turn = built(Recording(RUN), Recording("Enjoy!<|im_end|>\n<|im_start|>user\nThanks")).turn("A run please", RUNNER)

    assert turn.answer == "Enjoy!"


def test_a_model_that_echoes_writes_its_own_words() -> None:
    raw = '{"action":"answer_question","free_text":"What is Z2","question":"What is Z2"}'
    heard = built(Recording(raw), Recording(), Echo.MODEL).interpret("What is Z2?", RUNNER)

    assert heard.request.question == "What is Z2"


def test_the_answer_that_is_shown_is_governed_and_the_models_own_is_kept() -> None:
    said = "How are your legs? Enjoy it! Did you sleep? Are you ready to roll out early?"
    turn = built(Recording(RUN), Recording(said)).turn("A run please", RUNNER)

    assert turn.answer == "Enjoy it! Did you sleep?"
    assert turn.model_answer == said
    assert turn.governed == ("opening_question_dropped", "further_question_dropped")
    assert turn.findings == ()


def test_evaluation_hears_the_explainers_own_words() -> None:
    said = "How are your legs? Enjoy it!"
    assistant, request = built(Recording(RUN), Recording(said)), asked("create_workout")

    assert assistant.explain("A run", RUNNER, request, ReferenceEngine().decide(request, RUNNER)) == said


def test_a_prompt_that_is_too_long_loses_its_oldest_history_and_says_so() -> None:
    turns = [{"role": "user", "message": f"{number} " + "words " * 130} for number in range(8)]
    interpreter, explainer = Recording(RUN), Recording("Enjoy it!")
    turn = built(interpreter, explainer).turn(
        "A run please", context(profile_summary={"sport": "running"}, history=turns)
    )

    assert [(cut.what, cut.removed, cut.of) for cut in turn.interpretation.cuts] == [("messages", 5, 8)]
    assert [(cut.what, cut.removed, cut.of) for cut in turn.cuts] == [("messages", 6, 8)]
    assert "[user]: 4 words" not in interpreter.calls[0]["prompt"]
    assert "[user]: 7 words" in explainer.calls[0]["prompt"]


def test_what_may_not_be_cut_and_does_not_fit_is_an_error_with_numbers() -> None:
    with pytest.raises(BudgetError, match=r"exceeds 440 .*message 600") as found:
        built(Recording(RUN), Recording()).interpret("word " * 600, RUNNER)

    assert found.value.tokens > found.value.limit == 440


class Broken:
    """A model that cannot be asked: whatever is asked of it raises."""

    def complete(
        self, prompt: str, *, max_new_tokens: int, temperature: float, stop: str, grammar: str | None = None
    ) -> str:
        raise RuntimeError("no model here")

    def count(self, text: str) -> int:
        raise RuntimeError("no tokenizer here")


def fixed_only() -> Assistant:
    roles = {role: RoleRuntime(prompt="x", temperature=0.0, max_new_tokens=60, context_tokens=512) for role in Role}
    runtime = Runtime(contract_version=1, template="chatml", stop="<|im_end|>", echo=Echo.RUNTIME, roles=roles)
    return Assistant(Broken(), Broken(), ReferenceEngine(), Shipped(runtime, "root ::= x"))


@pytest.mark.parametrize(
    "message",
    [
        "My chest hurts, a run please",
        "I copied my whole diary. " + "A long ride and a good lunch. " * 800 + "Since Sunday I have chest pain.",
        "chest pain \ud83d and then some",
    ],
)
def test_a_red_flag_is_answered_without_any_model(message: str) -> None:
    turn = fixed_only().turn(message, RUNNER)

    assert (turn.decision.outcome, turn.answer) == (Outcome.STOP, STOP_AND_SEEK_CARE["en"])
    assert turn.interpretation.repairs == ("red_flag_chest",)


def test_a_stop_holds_in_the_next_turn_until_a_doctor_has_said_otherwise() -> None:
    first = fixed_only().turn("I have chest pain, give me a run", RUNNER)
    seen = RUNNER.after("I have chest pain, give me a run", first.answer)

    assert fixed_only().turn("No, not yet. Just give me a 60 min run", seen).decision.outcome is Outcome.STOP

    assistant = built(Recording(RUN), Recording("Enjoy."))
    assert assistant.turn("My doctor cleared me, a 30 min run", seen).decision.outcome is Outcome.WORKOUT


@pytest.mark.parametrize("raw", [RUN, "no JSON at all"])
def test_half_a_character_in_a_message_breaks_nothing(raw: str) -> None:
    turn = built(Recording(raw), Recording("Enjoy.")).turn("A run \ud83d please", RUNNER)

    assert turn.interpretation.request.free_text == "A run \ufffd please"


def test_two_halves_of_a_character_become_one() -> None:
    turn = built(Recording(RUN), Recording("Enjoy.")).turn("A run \ud83d\ude00 please", RUNNER)

    assert turn.interpretation.request.free_text == "A run \U0001f600 please"


@pytest.mark.parametrize(("word", "language"), [("more training ", "en"), ("ik wil fietsen ", "nl")])
def test_a_message_that_is_too_long_is_asked_for_in_fewer_words(word: str, language: Literal["en", "nl"]) -> None:
    explainer = Recording("x")
    turn = built(Recording(RUN), explainer).turn(word * 900, RUNNER)

    assert turn.answer == ASK_SHORTER[language]
    assert turn.decision.outcome is Outcome.CLARIFY
    assert turn.interpretation.repairs == ("message_too_long",)
    assert explainer.calls == []


def test_a_prompt_that_is_too_long_without_the_message_is_an_error() -> None:
    roles = {
        role: RoleRuntime(prompt="x " * 600, temperature=0.0, max_new_tokens=60, context_tokens=512) for role in Role
    }
    runtime = Runtime(contract_version=1, template="chatml", stop="<|im_end|>", echo=Echo.RUNTIME, roles=roles)
    assistant = Assistant(Recording(RUN), Recording(), ReferenceEngine(), Shipped(runtime, "root ::= x"))

    with pytest.raises(BudgetError):
        assistant.turn("A run please", RUNNER)


def test_an_empty_answer_stays_empty_and_is_found() -> None:
    turn = unsure(0.6, says="")

    assert turn.answer == ""
    assert turn.findings != ()
