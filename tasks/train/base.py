"""A tiny Qwen2 made on the spot: its tokenizer and its weights come from the project's own text, in about two minutes.

It is trained on the form of the task (input/output pairs of both roles): a base that has only read raw text learns
nothing useful from a LoRA at this size.
"""

import json
import logging
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from prefect import task

from blocks.bases import PAD, QWEN2_SPLIT, load_tokenizer
from blocks.heap import trim
from blocks.recipe import TinyBase
from blocks.settings import Settings
from blocks.store import FolderStore
from josi.chat import CHATML
from josi.examples import Example
from josi.records import Artifact, Kind, Role
from tasks.stage import Stage, training_retries
from tasks.train.checkpoint import Checkpoints, read_point, write_point
from tasks.train.curve import Watched, publish_curve
from tasks.train.learned import states_at
from tasks.train.preflight import preflight
from tasks.train.progress import Listener, Progress, Reporter, ignore
from tasks.train.tokens import IGNORED, Encoded, encode, read_examples

if TYPE_CHECKING:
    import torch
    from transformers import Qwen2ForCausalLM

log = logging.getLogger(__name__)

VERSION = 5
TRIM_EVERY = 40  # steps
WIDTHS = 16  # batches are padded to multiples of this many tokens: memory grows with the number of different shapes


def make_tiny(spec: TinyBase, sets: dict[Role, Artifact], store: FolderStore, listener: Listener = ignore) -> Artifact:
    """Train tokenizer and model; returns a model folder (config, safetensors, tokenizer) as an artifact.

    Called again after a crash, here or on another machine with the same store, training goes on from its newest
    checkpoint.
    """
    checkpoints = Checkpoints(store, f"base@{VERSION}", spec, *(sets[role] for role in sorted(sets)))
    examples = balanced(
        [
            read_examples((store.fetch(sets[role]) / "train.jsonl").read_text("utf-8").split("\n"))
            for role in sorted(sets)
        ]
    )
    with store.scratch() as folder:
        write_tokenizer(spec, examples, folder)
        tokenizer = load_tokenizer(folder)
        rows = [encode(example, tokenizer, spec.max_length) for example in examples]
        preflight(rows, tokenizer, spec.max_length)
        model = train(spec, rows, tokenizer.pad_token_id, checkpoints, listener)
        model.save_pretrained(folder, safe_serialization=True)
        artifact = store.put(folder, Kind.BASE, spec.name)
    checkpoints.clear()
    return artifact


def balanced(roles: Sequence[Sequence[Example]]) -> list[Example]:
    """All examples, those of a smaller role repeated until it has about 0.3 times as many as the largest.

    Else the explainer, which has fewer rows and more words to learn, is unsure of them, and Q4_K_M tips them over.
    """
    largest = max(map(len, roles))
    return [example for rows in roles for example in list(rows) * max(1, round(0.3 * largest / max(1, len(rows))))]


def write_tokenizer(spec: TinyBase, examples: Sequence[Example], folder: Path) -> None:
    """A byte-level BPE of `spec.vocabulary` tokens, with Qwen2's pre-tokenizer and control tokens."""
    from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.BPE())
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(QWEN2_SPLIT), behavior="isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=spec.vocabulary,
        special_tokens=[PAD, CHATML.head, CHATML.stop],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator((message.content for example in examples for message in example.messages), trainer)
    tokenizer.save(str(folder / "tokenizer.json"))
    config = {
        "tokenizer_class": "Qwen2Tokenizer",
        "eos_token": CHATML.stop,
        "pad_token": PAD,
        "chat_template": CHATML.jinja,
    }
    (folder / "tokenizer_config.json").write_text(json.dumps(config, indent=1))


def build(spec: TinyBase, pad: int) -> "Qwen2ForCausalLM":
    """Random weights from `spec.seed`."""
    import torch
    from transformers import Qwen2Config, Qwen2ForCausalLM

    torch.manual_seed(spec.seed)
    config = Qwen2Config(
        vocab_size=spec.vocabulary,
        hidden_size=spec.hidden,
        num_hidden_layers=spec.layers,
        intermediate_size=spec.feed_forward,
        num_attention_heads=spec.heads,
        num_key_value_heads=max(1, spec.heads // 2),
        max_position_embeddings=4096,
        tie_word_embeddings=True,
        bos_token_id=None,
        eos_token_id=pad + 2,
        pad_token_id=pad,
    )
    return Qwen2ForCausalLM(config)


def train(
    spec: TinyBase,
    rows: Sequence[Encoded],
    pad: int,
    checkpoints: Checkpoints,
    listener: Listener = ignore,
) -> "Qwen2ForCausalLM":
    """Full training with Muon for the matrices and AdamW for the rest, linear warm-up and decay."""
    import torch

    model = build(spec, pad)
    optimizers = _optimizers(spec, model)
    state: dict[str, Any] = {"model": model, **{f"optimizer{i}": o for i, o in enumerate(optimizers)}}
    done, losses = _resumed(checkpoints, state)
    report = Reporter(spec.name, listener)
    for step, batch in enumerate(batches(rows, spec), start=1):
        if step <= done:
            continue
        _set_rates(optimizers, spec, step)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            loss = loss_of(model, *tensors_of(batch, pad))
        loss.backward()  # type: ignore[no-untyped-call]  # torch has no types for it
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for optimizer in optimizers:
            optimizer.step()
            optimizer.zero_grad()
        losses.append(float(loss.detach()))
        if step % TRIM_EVERY == 0:
            trim()
        if step % 10 == 0 or step == spec.steps:
            recent = losses[-10:]
            report(Progress(step=step, steps=spec.steps, loss=sum(recent) / len(recent)))
        if step % max(50, spec.steps // 5) == 0 and step < spec.steps:
            with checkpoints.store.scratch() as folder:
                write_point(folder, state, step, losses)
                checkpoints.keep(folder, step)
    return model


def loss_of(
    model: "Qwen2ForCausalLM",
    ids: "torch.Tensor",
    labels: "torch.Tensor",
    states: "Callable[[Qwen2ForCausalLM, torch.Tensor, torch.Tensor], torch.Tensor]" = states_at,
) -> "torch.Tensor":
    """Mean cross-entropy of the answers' tokens. `states` gives the final states of the tokens before them."""
    import torch

    following = torch.nn.functional.pad(labels[:, 1:], (0, 1), value=IGNORED)
    learned = following != IGNORED
    logits = model.lm_head(states(model, ids, learned))
    return torch.nn.functional.cross_entropy(logits.float(), following[learned])


def _resumed(checkpoints: Checkpoints, state: dict[str, Any]) -> tuple[int, list[float]]:
    with checkpoints.store.scratch() as work:
        kept = checkpoints.newest(work)
        return read_point(kept, state) if kept else (0, [])


def batches(rows: Sequence[Encoded], spec: TinyBase) -> Iterator[list[Encoded]]:
    """`spec.steps` batches of rows of similar length, in an order that depends on the seed alone."""
    shuffle = random.Random(spec.seed)  # noqa: S311  # an order, not a secret
    made = 0
    while True:
        order = sorted(rows, key=lambda row: len(row.ids) + shuffle.uniform(0, 8))
        groups = [order[i : i + spec.batch_size] for i in range(0, len(order), spec.batch_size)]
        shuffle.shuffle(groups)
        for group in groups:
            if made == spec.steps:
                return
            made += 1
            yield group


def _optimizers(spec: TinyBase, model: "Qwen2ForCausalLM") -> "list[torch.optim.Optimizer]":
    import torch

    matrices = [p for name, p in model.named_parameters() if p.ndim == 2 and "embed" not in name]
    others = [p for name, p in model.named_parameters() if p.ndim != 2 or "embed" in name]
    return [
        torch.optim.Muon(matrices, lr=spec.muon_learning_rate, weight_decay=0.01),
        torch.optim.AdamW(others, lr=spec.adamw_learning_rate, betas=(0.9, 0.95), weight_decay=0.0),
    ]


def _set_rates(optimizers: "Sequence[torch.optim.Optimizer]", spec: TinyBase, step: int) -> None:
    """Linear warm-up over 5% of the steps, then linear decay to nothing: the last steps settle what was learned."""
    share = min(step / (0.05 * spec.steps), 1.0) * (1 - (step - 1) / spec.steps)
    for optimizer, rate in zip(optimizers, (spec.muon_learning_rate, spec.adamw_learning_rate), strict=True):
        for group in optimizer.param_groups:
            group["lr"] = rate * share


def tensors_of(batch: Sequence[Encoded], pad: int) -> "tuple[torch.Tensor, torch.Tensor]":
    """Ids and labels of a batch, (rows, width): padded on the right to a multiple of WIDTHS."""
    import torch

    width = -(-max(len(row.ids) for row in batch) // WIDTHS) * WIDTHS
    ids = torch.full((len(batch), width), pad)
    labels = torch.full((len(batch), width), IGNORED)
    for i, row in enumerate(batch):
        ids[i, : len(row.ids)] = torch.tensor(row.ids)
        labels[i, : len(row.labels)] = torch.tensor(row.labels)
    return ids, labels


@task(
    name="base",
    task_run_name="base-{spec.name}",
    cache_policy=Stage(name="base", version=VERSION),
    **training_retries(),
)
def make_base(spec: TinyBase, sets: dict[Role, Artifact]) -> Artifact:
    """Cached: the same text and the same recipe give the same base."""
    settings = Settings()
    watched = Watched(spec.name)
    artifact = make_tiny(spec, sets, settings.store, watched)
    publish_curve(f"base-{spec.name}", watched.points)
    return artifact
