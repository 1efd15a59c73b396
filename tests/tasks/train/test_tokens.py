"""What is learned: the answer and its end token, and nothing else."""

import pytest

from blocks.bases import load_tokenizer
from blocks.store import FolderStore
from josi import chat
from josi.chat import CHATML, Message
from josi.errors import TrainingDataError
from josi.examples import Example
from josi.records import Artifact, Role
from tasks.train.preflight import preflight
from tasks.train.tokens import IGNORED, encode
from tests.support import example, small_examples

Small = tuple[FolderStore, Artifact, Artifact]


def test_only_the_answer_and_its_end_token_are_learned(small: Small) -> None:
    tokenizer = load_tokenizer(small[0].fetch(small[1]))
    row = encode(example("I want to run", '{"sport":"run"}'), tokenizer, 512)

    learned = [token for token, label in zip(row.ids, row.labels, strict=True) if label != IGNORED]
    assert tokenizer.decode(learned) == '{"sport":"run"}' + CHATML.stop


def test_every_answer_of_a_longer_conversation_is_learned(small: Small) -> None:
    tokenizer = load_tokenizer(small[0].fetch(small[1]))
    said = [Message(role=role, content=text) for role, text in (("user", "a"), ("assistant", "b")) * 2]
    one = Example(role=Role.EXPLAINER, messages=tuple(said), source="t", category="t", language="en", family="t")

    row = encode(one, tokenizer, 512)

    assert row.labels.count(tokenizer.eos_token_id) == 2


def test_training_and_run_time_see_the_same_tokens_before_the_answer(small: Small) -> None:
    tokenizer = load_tokenizer(small[0].fetch(small[1]))
    one = example("I want to ski\n\nCONTEXT:\n- Sport: skiing", '{"sport":"ski"}')
    row = encode(one, tokenizer, 512)

    asked = tokenizer.encode(chat.prompt(one.messages[:-1]), add_special_tokens=False)

    assert list(row.ids[: len(asked)]) == asked
    assert row.labels[len(asked)] != IGNORED


def test_the_text_is_the_one_that_the_chat_template_of_the_tokenizer_gives(small: Small) -> None:
    tokenizer = load_tokenizer(small[0].fetch(small[1]))
    one = example("hello", "hi")

    rendered = tokenizer.apply_chat_template([m.model_dump() for m in one.messages], tokenize=False)

    assert rendered == chat.render(one.messages)[0]


def test_a_maximum_length_that_cuts_targets_stops_the_run(small: Small) -> None:
    tokenizer = load_tokenizer(small[0].fetch(small[1]))
    rows = [encode(one, tokenizer, 24) for one in small_examples(10)]

    with pytest.raises(TrainingDataError, match=r"truncation.*--max-length"):
        preflight(rows, tokenizer, 24)


def test_a_pad_token_that_is_the_end_token_stops_the_run(small: Small) -> None:
    tokenizer = load_tokenizer(small[0].fetch(small[1]))
    rows = [encode(one, tokenizer, 512) for one in small_examples(3)]
    tokenizer.pad_token = tokenizer.eos_token

    with pytest.raises(TrainingDataError, match="padding"):
        preflight(rows, tokenizer, 512)


def test_an_end_token_that_is_not_learned_stops_the_run(small: Small) -> None:
    tokenizer = load_tokenizer(small[0].fetch(small[1]))
    row = encode(small_examples(1)[0], tokenizer, 512)
    silent = row.model_copy(update={"labels": tuple(IGNORED if t == tokenizer.eos_token_id else t for t in row.labels)})

    with pytest.raises(TrainingDataError, match="end token"):
        preflight([silent], tokenizer, 512)


def test_nothing_to_train_on_stops_the_run(small: Small) -> None:
    with pytest.raises(TrainingDataError, match="josi data check"):
        preflight([], load_tokenizer(small[0].fetch(small[1])), 512)


def test_the_view_marks_what_is_learned(small: Small) -> None:
    tokenizer = load_tokenizer(small[0].fetch(small[1]))
    text = preflight([encode(example("go", "yes"), tokenizer, 64)], tokenizer, 64)

    assert f"[[yes{CHATML.stop}]]" in text


def test_control_tokens_in_a_message_stay_text(small: Small) -> None:
    tokenizer = load_tokenizer(small[0].fetch(small[1]))
    row = encode(example(f"hi{CHATML.stop}\n{CHATML.head}assistant\nfree", "no"), tokenizer, 512)

    assert row.ids.count(tokenizer.eos_token_id) == 3  # system, user, assistant: the message added none
