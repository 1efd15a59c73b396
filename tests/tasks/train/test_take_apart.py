"""Subword regularization changes how a prompt is cut, and nothing of what it says or what is learned."""

from blocks.bases import load_tokenizer
from blocks.store import FolderStore
from josi.records import Artifact
from tasks.data.expand import generator
from tasks.train.take_apart import merges_of, taken_apart
from tasks.train.tokens import IGNORED, encode
from tests.support import example

Small = tuple[FolderStore, Artifact, Artifact]


def test_a_prompt_taken_apart_says_the_same_in_other_tokens_and_the_answer_stays(small: Small) -> None:
    store, base, _ = small
    folder = store.fetch(base)
    tokenizer, merges = load_tokenizer(folder), merges_of(folder)
    row = encode(example("I want to run for 30 minutes", '{"sport":"run"}'), tokenizer, 512)

    other = taken_apart(row, merges, 0.5, generator(1))

    assert len(other.ids) > len(row.ids)
    assert tokenizer.decode(list(other.ids)) == tokenizer.decode(list(row.ids))
    learned = [
        [token for token, label in zip(one.ids, one.labels, strict=True) if label != IGNORED] for one in (row, other)
    ]
    assert learned[0] == learned[1] == [label for label in row.labels if label != IGNORED]


def test_the_same_seed_takes_the_same_tokens_apart_and_no_share_none(small: Small) -> None:
    store, base, _ = small
    folder = store.fetch(base)
    row = encode(example("I want to skate for 30 minutes", "{}"), load_tokenizer(folder), 512)
    merges = merges_of(folder)

    assert taken_apart(row, merges, 0.3, generator(7)) == taken_apart(row, merges, 0.3, generator(7))
    assert taken_apart(row, merges, 0.0, generator(7)) == row
