"""The base that is made on the spot."""

import os
import signal
import subprocess
import sys
import time

from blocks.bases import load_tokenizer
from blocks.store import FolderStore
from josi.records import Artifact, Kind, Role
from tasks.train.base import balanced, make_tiny, tensors_of
from tasks.train.progress import Progress
from tasks.train.tokens import IGNORED, Encoded
from tests.conftest import SMALL_BASE
from tests.support import put_examples, small_examples

Small = tuple[FolderStore, Artifact, Artifact]

KILLED = """
import sys
from pathlib import Path
from blocks.recipe import TinyBase
from blocks.store import FolderStore
from josi.records import Artifact, Role
from tasks.train.base import make_tiny
root, spec, data = sys.argv[1:]
make_tiny(TinyBase.model_validate_json(spec), {Role.INTERPRETER: Artifact.model_validate_json(data)},
          FolderStore(Path(root)))
"""


def test_the_same_text_and_seed_give_the_same_base(small: Small) -> None:
    store, base, data = small

    assert make_tiny(SMALL_BASE, {Role.INTERPRETER: data}, store) == base


def test_killed_in_mid_training_the_base_goes_on_to_the_same_weights(small: Small) -> None:
    store, _, data = small
    spec = SMALL_BASE.model_copy(update={"steps": 260})
    whole = make_tiny(spec, {Role.INTERPRETER: data}, store)
    assert list(store.named(Kind.CHECKPOINT)) == [], "what is made needs no checkpoint"
    arguments = [str(store.root), spec.model_dump_json(), data.model_dump_json()]
    process = subprocess.Popen([sys.executable, "-c", KILLED, *arguments], env=os.environ)
    until = time.monotonic() + 120
    while not list(store.named(Kind.CHECKPOINT)):
        assert process.poll() is None, "training ended before its first checkpoint"
        assert time.monotonic() < until
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    points: list[Progress] = []

    assert make_tiny(spec, {Role.INTERPRETER: data}, store, points.append) == whole
    assert points[0].step > 50, "it began anew"
    assert list(store.named(Kind.CHECKPOINT)) == []
    assert list((store.root / "scratch").iterdir()) == [], "what the killed process left is still there"


def test_control_tokens_are_one_token_each(small: Small) -> None:
    tokenizer = load_tokenizer(small[0].fetch(small[1]))

    assert len(tokenizer.encode("<|im_start|><|im_end|><|endoftext|>", add_special_tokens=False)) == 3
    assert tokenizer.pad_token_id != tokenizer.eos_token_id


def test_a_smaller_role_is_repeated_and_none_is_left_out() -> None:
    large, little = small_examples(100), small_examples(20)[:20]

    found = balanced([large, little])

    assert len(found) == 140
    assert found.count(little[0]) == 1 + 2


def test_two_roles_give_one_base(small: Small) -> None:
    store, base, data = small
    more = put_examples(store, small_examples(30), "more")

    both = make_tiny(SMALL_BASE, {Role.INTERPRETER: data, Role.EXPLAINER: more}, store)

    assert both != base


def test_batches_come_in_few_widths_and_padding_is_not_learned() -> None:
    rows = [Encoded(ids=(5,) * n, labels=(IGNORED,) * (n - 1) + (5,), answers=1, truncated=False) for n in (3, 33)]

    ids, labels = tensors_of(rows, pad=0)

    assert ids.shape == labels.shape == (2, 48)
    assert (ids != 0).sum(1).tolist() == [3, 33]
    assert (labels != IGNORED).sum(1).tolist() == [1, 1]
