"""The loop around the engine, with recording models in place of real ones."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from josi.assistant import Assistant
from josi.contract import Action, Outcome
from josi.engine import ReferenceEngine
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


def built(interpreter: Recording, explainer: Recording, echo: Echo = Echo.RUNTIME) -> Assistant:
    roles = {
        Role.INTERPRETER: RoleRuntime(prompt="Read.", temperature=0.0, max_new_tokens=60, context_tokens=512),
        Role.EXPLAINER: RoleRuntime(prompt="Explain.", temperature=0.4, max_new_tokens=90, context_tokens=512),
    }
    runtime = Runtime(contract_version=1, template="chatml", stop="<|im_end|>", echo=echo, roles=roles)
    return Assistant(interpreter, explainer, ReferenceEngine(), runtime, grammar="root ::= x")


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


def test_text_after_the_stop_token_is_not_the_models_answer() -> None:
    turn = built(Recording(RUN), Recording("Enjoy!<|im_end|>\n<|im_start|>user\nThanks")).turn("A run please", RUNNER)

    assert turn.answer == "Enjoy!"


def test_a_model_that_echoes_writes_its_own_words() -> None:
    raw = '{"action":"answer_question","free_text":"What is Z2","question":"What is Z2"}'
    heard = built(Recording(raw), Recording(), Echo.MODEL).interpret("What is Z2?", RUNNER)

    assert heard.request.question == "What is Z2"
