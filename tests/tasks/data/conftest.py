"""A small text of our own, and the data that a team brought along (only where JOSI_SHARED_DATA names it)."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from blocks.recipe import Mix
from blocks.store import FolderStore
from josi.records import Role
from josi.runtime import Echo

SLOTS = """
en:
  a_sport:
    - {say: a run, set: {sport: run}}
    - {say: a ride, set: {sport: bike}}
  duration:
    - {say: 40 minutes, set: {time_available_min: 40}}
    - {say: an hour, set: {time_available_min: 60}}
  feeling:
    - {say: tired, set: {constraints.fatigue_hint: tired}}
  when:
    - {say: today}
    - {say: tonight}
nl:
  a_sport:
    - {say: een looptraining, set: {sport: run}}
"""
INTERPRETER = """
- category: create_workout.plain
  language: en
  request: {action: create_workout}
  say:
    - Could you make me {a_sport} of {duration} please
    - I feel {feeling} but would love a session {when}
- category: question.sleep
  language: en
  request: {action: answer_question}
  say:
    - How much sleep do I really need?
- category: clarify.medical
  language: en
  request: {action: clarify, missing: [medical_clearance], clarify_message: "Please stop. Did a doctor clear you?"}
  say:
    - My chest hurts when I climb the stairs
"""
EXPLAINER = """
- category: workout.built
  language: en
  request: {action: create_workout}
  when: {outcome: workout}
  say:
    - I would like to do {a_sport} of {duration} today
  answers:
    - "Here you go: {workout}. It fits because {why}."
    - "{workout}, {name}! It fits because {why}."
"""
EVAL = """
- category: create_workout.plain
  language: en
  request: {action: create_workout}
  say:
    - "Sort me out with {a_sport}, would you?"
"""
RED_FLAGS = """
- category: clarify.medical
  language: en
  request: {action: clarify, missing: [medical_clearance], clarify_message: "Please stop. Did a doctor clear you?"}
  say:
    - "Everything went black on the bike path"
- category: lookalike.medical
  language: en
  request: {action: answer_question}
  say:
    - "Which heart rate zones exist?"
"""
EXPLAINER_EVAL = """
- category: workout.built
  language: en
  request: {action: create_workout, sport: run}
  must: [answer_first, names_workout]
  say:
    - "Shoes on, what is it going to be?"
"""
ATHLETES = """
en:
  sport_facts:
    run: [main sport is running]
    bike: [main sport is cycling]
  facts: [prefers mornings, has two small kids, works shifts, lives by the sea, likes company, eats no meat]
  patterns: [skips Mondays, rests after night shifts]
  notes: [needs encouragement]
  small_talk:
    - [[user, Good morning], [assistant, Good morning!]]
nl:
  sport_facts:
    run: [doet aan hardlopen]
  facts: [werkt thuis]
  patterns: [slaat de maandag over]
  notes: [houdt van korte antwoorden]
  small_talk:
    - [[user, Goedemorgen], [assistant, Goedemorgen!]]
"""
DIALOGUES = """
- language: en
  turns:
    - [user, "Bit flat today"]
    - [assistant, "That happens."]
    - [user, "Does it matter?"]
    - [assistant, "Not at all."]
    - [user, "Good to hear"]
    - [assistant, "Any time."]
"""
WORST = """
- reason: invents_numbers
  language: en
  for: [workout]
  rejected:
    - "Here is {workout}. Hold 231 watts because {why}."
- reason: deflects
  language: en
  for: [workout]
  rejected:
    - "Ask a personal trainer about {workout}."
    - "This one is fine: {workout}."
"""
FILES = {
    "slots.yaml": SLOTS,
    "athletes.yaml": ATHLETES,
    "dialogues.yaml": DIALOGUES,
    "preference/a.yaml": WORST,
    "interpreter/a.yaml": INTERPRETER,
    "explainer/a.yaml": EXPLAINER,
    "eval/interpreter.yaml": EVAL,
    "eval/red_flags.yaml": RED_FLAGS,
    "eval/explainer.yaml": EXPLAINER_EVAL,
}


@pytest.fixture
def text(tmp_path: Path) -> Path:
    for name, content in FILES.items():
        path = tmp_path / "text" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    return tmp_path / "text"


@pytest.fixture
def mix() -> Mix:
    return Mix(
        interpreter_examples=40,
        explainer_examples=20,
        validation_share=0.1,
        echo=Echo.RUNTIME,
        prompts={Role.INTERPRETER: "Say what is wanted.", Role.EXPLAINER: "Explain it."},
    )


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "store")


def chat(said: str, answer: str, **extra: object) -> str:
    """One line of chat JSONL."""
    messages = [{"role": "user", "content": said}, {"role": "assistant", "content": answer}]
    return json.dumps({"messages": messages, **extra}, ensure_ascii=False)


@pytest.fixture
def line() -> Callable[..., str]:
    return chat


@pytest.fixture
def shared() -> Path:
    root = os.environ.get("JOSI_SHARED_DATA")
    if not root:
        pytest.skip("JOSI_SHARED_DATA names no folder")
    return Path(root)
