"""A training step of the tiny base: transformers' whole pass, and the last layer where something is learned only.

    python -m benchmarks.learned [--rounds 5] [--batches 12]

Both learn the same batches in turns, in the recipe's shape and precision, from the same random weights. Times are the
processor's, of the forward and the backward pass: the optimizer's are the same for both and left out. Where the losses
of a pair of steps differ, the run ends.
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import torch
from transformers import Qwen2ForCausalLM

from blocks.bases import load_tokenizer
from blocks.recipe import Inputs, TinyBase, load
from blocks.store import FolderStore
from tasks.data.prepare import gather_sources, prepare_corpus
from tasks.train.base import balanced, batches, build, loss_of, tensors_of, write_tokenizer
from tasks.train.learned import states_at
from tasks.train.tokens import encode, read_examples

Pass = Callable[[Qwen2ForCausalLM, torch.Tensor, torch.Tensor], torch.Tensor]
SMALLER = {"interpreter_examples": 3000, "explainer_examples": 600}  # the mixture of the recipe, sooner made


def whole(model: Qwen2ForCausalLM, ids: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """Every layer at every token."""
    states: torch.Tensor = model.model(input_ids=ids).last_hidden_state
    return states[wanted]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--batches", type=int, default=12)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        steps, spec, pad = drawn(Path(folder), options.batches)
    models = {name: (build(spec, pad), way) for name, way in {"whole": whole, "learned": states_at}.items()}
    print("| round | whole, ms a step | learned, ms a step | ratio |\n|---|---|---|---|", flush=True)
    ratios = []
    for number in range(options.rounds + 1):
        spent = dict.fromkeys(models, 0.0)
        for ids, labels in steps:
            losses = []
            for name, (model, way) in models.items():
                begun = time.process_time()
                losses.append(step(model, way, ids, labels))
                spent[name] += time.process_time() - begun
            if abs(losses[0] - losses[1]) > 1e-3:
                raise SystemExit(f"The two passes differ: {losses}")
        if number:  # the first round warms up
            ratios.append(spent["learned"] / spent["whole"])
            shown = " | ".join(f"{1000 * seconds / len(steps):.0f}" for seconds in spent.values())
            print(f"| {number} | {shown} | {ratios[-1]:.3f} |", flush=True)
    print(f"| median | | | {statistics.median(ratios):.3f} ({min(ratios):.3f} to {max(ratios):.3f}) |")


def drawn(folder: Path, count: int) -> tuple[list[tuple[torch.Tensor, torch.Tensor]], TinyBase, int]:
    """Batches of the tiny recipe's rows, short and long ones as they come."""
    recipe, store = load("tiny"), FolderStore(folder / "store")
    if not isinstance(recipe.base, TinyBase):
        raise SystemExit("Only a recipe that makes its own base is measured.")
    corpus = prepare_corpus(recipe.data.model_copy(update=SMALLER), gather_sources(Inputs(), store), store)
    texts = [(store.fetch(corpus.sets[role]) / "train.jsonl").read_text("utf-8") for role in sorted(corpus.sets)]
    examples = balanced([read_examples(text.split("\n")) for text in texts])
    write_tokenizer(recipe.base, examples, folder)
    tokenizer = load_tokenizer(folder)
    rows = [encode(example, tokenizer, recipe.base.max_length) for example in examples]
    found = list(batches(rows, recipe.base.model_copy(update={"steps": len(rows) // recipe.base.batch_size})))
    random.Random(recipe.base.seed).shuffle(found)  # noqa: S311  # an order, not a secret
    return [tensors_of(batch, tokenizer.pad_token_id) for batch in found[:count]], recipe.base, tokenizer.pad_token_id


def step(model: Qwen2ForCausalLM, way: Pass, ids: torch.Tensor, labels: torch.Tensor) -> float:
    """Forward and backward pass; returns the loss. Raises SystemExit where nothing was learned."""
    model.zero_grad()
    with torch.autocast("cpu", dtype=torch.bfloat16):
        loss = loss_of(model, ids, labels, way)
    loss.backward()  # type: ignore[no-untyped-call]  # torch has no types for it
    if not any(weights.grad is not None and weights.grad.norm() > 0 for weights in model.parameters()):
        raise SystemExit("The gradient is zero: nothing would be learned.")
    return float(loss.detach())


if __name__ == "__main__":
    main()
