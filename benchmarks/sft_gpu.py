"""LoRA fine-tuning in the shape of v5, with random weights: tokens per second and peak memory, one switch at a time.

    python -m benchmarks.sft_gpu              the shape of Qwen2.5-1.5B, on a GPU
    python -m benchmarks.sft_gpu --tiny       two small layers and three steps: does it run? A CPU does in minutes

The trainer is the one that `josi train` uses, the rows are the v5 recipe's own. Each round trains the recipe as it
stands and then each variant, so that a ratio compares neighbours in time; the spread is over steps and rounds.
"""

import argparse
import gc
import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import torch

from blocks.environment import prepare
from blocks.recipe import SFT, Inputs, Recipe, load
from blocks.settings import Settings
from blocks.store import FolderStore
from josi.records import Artifact, Kind, Record, Role
from tasks.data.prepare import gather_sources, prepare_corpus
from tasks.train.progress import ignore
from tasks.train.sft import build_trainer
from tests.qwen_folder import read_vocabulary, small_config, write_tokenizer

WARM = 2  # first steps of a training, which allocate and compile; not counted
AS_IT_STANDS = "recipe"
GIB = 1 << 30


class Case(Record):
    """What is changed against the recipe."""

    name: str
    changes: Mapping[str, Any] = {}
    attention: str = "sdpa"


CASES = (
    Case(name=AS_IT_STANDS),
    Case(name="packed", changes={"packing": True}),
    Case(name="no gradient checkpointing", changes={"gradient_checkpointing": False}),
    Case(name="attention eager", attention="eager"),
    Case(name="attention flash_attention_2", attention="flash_attention_2"),
    Case(name="batch 1", changes={"batch_size": 1, "accumulation": 16}),
    Case(name="batch 8", changes={"batch_size": 8, "accumulation": 2}),
    Case(name="batch 16", changes={"batch_size": 16, "accumulation": 1}),
)


class Measured(Record):
    """One training. `rates` are tokens (padding not counted) per second of each step, `full` the share of them."""

    rates: tuple[float, ...]
    full: float
    peak_gib: float | None


def main() -> None:
    options = _options()
    prepare(Settings())
    cases = _cases(options)
    with tempfile.TemporaryDirectory() as scratch:
        store = FolderStore(Path(scratch) / "store")
        recipe = _recipe(options)
        data = prepare_corpus(recipe.data, gather_sources(Inputs(), store), store).sets[Role(options.role)]
        base = random_base(store, tiny=options.tiny)
        sft = recipe.sft[Role(options.role)].model_copy(update={"max_steps": options.steps + WARM, **_small(options)})
        found: dict[str, list[Measured | str]] = {case.name: [] for case in cases}
        for number in range(options.rounds):
            for case in cases:
                work = Path(scratch) / f"work-{number}-{case.name.replace(' ', '-')}"
                found[case.name].append(measure(case, sft, base, data, store, work))
                print(f"round {number + 1}: {case.name}: {found[case.name][-1]}", flush=True)
    print("\n" + "\n".join(table(found)))


def measure(case: Case, sft: SFT, base: Artifact, data: Artifact, store: FolderStore, work: Path) -> Measured | str:
    """Train once; returns in words why it could not be done (a library that is not there, too little memory)."""
    gc.collect()  # the training before, which holds itself in cycles
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
        torch.cuda.reset_peak_memory_stats()
    changed = SFT.model_validate(sft.model_dump() | dict(case.changes))
    try:
        trainer = build_trainer(case.name, changed, "qwen2.5-1.5b-instruct", base, data, store, work, ignore)
        trainer.model.get_base_model().set_attn_implementation(case.attention)
        return _timed(trainer)
    except (ImportError, torch.cuda.OutOfMemoryError) as error:
        return f"not measured ({type(error).__name__})"


def _timed(trainer: Any) -> Measured:
    seen: list[list[tuple[Any, int]]] = []
    seconds: list[float] = []
    trainer.args.eval_strategy, trainer.args.save_strategy = "no", "no"
    trainer.add_callback(_clock(seen, seconds))
    trainer.model.register_forward_pre_hook(lambda _, __, given: _count(seen, given), with_kwargs=True)
    trainer.train()
    norms = [float(entry["grad_norm"]) for entry in trainer.state.log_history if "grad_norm" in entry]
    if not norms or min(norms) <= 0:
        raise RuntimeError(f"nothing is learned: gradient norms {norms}")
    tokens = [sum(int(real) for real, _ in step) for step in seen]
    places = [sum(places for _, places in step) for step in seen]
    return Measured(
        rates=tuple(count / spent for count, spent in zip(tokens, seconds, strict=True))[WARM:],
        full=sum(tokens) / sum(places),
        peak_gib=torch.cuda.max_memory_allocated() / GIB if torch.cuda.is_available() else None,
    )


def _count(seen: list[list[tuple[Any, int]]], given: Mapping[str, Any]) -> None:
    """Tokens and places of one forward pass. Without a mask (packed) every place holds a token."""
    ids, mask = given["input_ids"], given.get("attention_mask")
    seen[-1].append((ids.numel() if mask is None else mask.sum(), ids.numel()))


def _clock(seen: list[list[tuple[Any, int]]], seconds: list[float]) -> Any:
    from transformers import TrainerCallback

    class Clock(TrainerCallback):  # type: ignore[misc]  # transformers has no types
        def on_step_begin(self, *_: Any, **__: Any) -> None:
            seen.append([])
            self.start = _now()

        def on_step_end(self, *_: Any, **__: Any) -> None:
            seconds.append(_now() - self.start)

    return Clock()


def _now() -> float:
    """Seconds, when the device has done what it was given."""
    if torch.cuda.is_available():
        torch.cuda.synchronize()
    return time.perf_counter()


def random_base(store: FolderStore, *, tiny: bool) -> Artifact:
    """Qwen2.5-1.5B's shape (or a very small one) and vocabulary, random bfloat16 weights."""
    from transformers import Qwen2ForCausalLM

    tokens, merges = read_vocabulary()
    config: Any = small_config(len(tokens), hidden=64)
    if not tiny:  # Qwen2.5-1.5B's config.json
        config.update({"hidden_size": 1536, "intermediate_size": 8960, "num_hidden_layers": 28})
        config.update({"num_attention_heads": 12, "num_key_value_heads": 2, "max_window_layers": 28})
        config.layer_types = ["full_attention"] * 28
    torch.manual_seed(7)
    with torch.device("cuda" if torch.cuda.is_available() else "cpu"):
        model = Qwen2ForCausalLM(config).to(torch.bfloat16)
    with store.scratch() as folder:
        model.save_pretrained(folder, safe_serialization=True)
        write_tokenizer(folder, tokens, merges)
        return store.put(folder, Kind.BASE, "random-qwen2")


def table(found: Mapping[str, Sequence[Measured | str]]) -> Iterator[str]:
    """Markdown: medians, the range over steps, and each round's ratio to the recipe as it stands in that round."""
    yield "| variant | tokens/s, median (range) | ratio, median (range over rounds) | not padding | peak GiB |"
    yield "|---|---|---|---|---|"
    plain = [one for one in found[AS_IT_STANDS] if isinstance(one, Measured)]
    for name, rounds in found.items():
        done = [one for one in rounds if isinstance(one, Measured)]
        if len(done) < len(rounds) or len(plain) < len(rounds):
            yield f"| {name} | {next((one for one in rounds if isinstance(one, str)), 'no comparison')} | | | |"
            continue
        rates = [rate for one in done for rate in one.rates]
        ratios = [statistics.median(a.rates) / statistics.median(b.rates) for a, b in zip(done, plain, strict=True)]
        peak = f"{max(one.peak_gib or 0 for one in done):.1f}" if done[0].peak_gib else "not measured on a CPU"
        yield f"| {name} | {_range(rates, 0)} | {_range(ratios, 2)} | {done[0].full:.0%} | {peak} |"


def _range(values: Sequence[float], digits: int) -> str:
    low, middle, high = min(values), statistics.median(values), max(values)
    return f"{middle:,.{digits}f} ({low:,.{digits}f} to {high:,.{digits}f})"


def _recipe(options: argparse.Namespace) -> Recipe:
    """v5 with as many rows as asked for; a tiny run takes short prompts as well."""
    sizes = {f"data.{role}_examples": options.examples for role in Role}
    prompts = {f"data.prompts.{role}": f"prompts/tiny/{role}.txt" for role in Role if options.tiny}
    return load("v5", sizes | prompts)


def _cases(options: argparse.Namespace) -> list[Case]:
    """What was asked for, and always what it is compared with. Large batches do not fit a CPU (151,936 logits)."""
    chosen = [case for case in CASES if case.name == AS_IT_STANDS or options.only in case.name]
    if not options.tiny:
        return chosen
    small = [case for case in chosen if case.changes.get("batch_size", 1) <= 2]
    return [case.model_copy(update={"changes": {**case.changes, "accumulation": 1}}) for case in small]


def _small(options: argparse.Namespace) -> dict[str, Any]:
    return {"batch_size": 2, "accumulation": 1, "max_length": 768} if options.tiny else {}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tiny", action="store_true", help="a very small model and few rows: only whether it runs")
    parser.add_argument("--role", choices=list(Role), default=Role.EXPLAINER.value)
    parser.add_argument("--only", default="", help="variants whose name holds this text")
    parser.add_argument("--steps", type=int, help=f"optimizer steps measured, after {WARM} that are not (20; tiny: 1)")
    parser.add_argument("--rounds", type=int, help="(3; tiny: 1)")
    parser.add_argument("--examples", type=int, help="rows of the recipe's data (600; tiny: 24)")
    options = parser.parse_args()
    for name, small, full in (("steps", 1, 20), ("rounds", 1, 3), ("examples", 24, 600)):
        if getattr(options, name) is None:
            setattr(options, name, small if options.tiny else full)
    return options


if __name__ == "__main__":
    main()
