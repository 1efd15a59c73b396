"""What the grammar costs a token: none, llama-cpp-python's own way (mask, then choose), and ours (choose, then check).

    python -m benchmarks.grammar tiny [--gguf FILE] [--scenarios FOLDER] [--prompts 200]
    python -m benchmarks.grammar large [--tokens 60] [--rounds 8] [--threads 2]

`tiny` is a trained interpreter on real prompts: each is answered all three ways in turn, and the answers of both ways
with a grammar have to be equal. `large` is the shape of Qwen2.5-1.5B with random weights in Q8_0 (1.6 GB in a temporary
folder; `--gguf FILE` keeps it). A trained model's first choice is nearly always allowed, a random one's never; so a
valid request, which a trained model would write, is laid on the scores, and below something else at the given share of
the tokens. All ways read and write the same number of tokens; "without" writes the same request.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from types import MethodType
from typing import Any

import llama_cpp
import numpy as np

from benchmarks.grounded import newest
from blocks.choosing import ChooseThenCheck
from blocks.llama import LlamaModel
from blocks.settings import Settings
from josi import chat
from josi.chat import CHATML, Message
from josi.examples import Scenario
from josi.grammar import grammar
from josi.runtime import Echo

WAYS = ("without", "masked first", "chosen first")
REQUEST = (
    '{"action":"create_workout","free_text":"I have about an hour for a run tomorrow, but my knee is a bit sore",'
    '"sport":"run","date":"2026-03-05","time_available_min":60,"goal":"endurance","constraints":{"injury":"knee",'
    '"fatigue_hint":"ok"},"confidence":0.9}'
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("tiny", "large"))
    parser.add_argument("--gguf", type=Path)
    parser.add_argument("--scenarios", type=Path)
    parser.add_argument("--prompts", type=int, default=200)
    parser.add_argument("--tokens", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--surprises", type=float, nargs="+", default=[0.0, 0.05], help="shares of refused choices")
    options = parser.parse_args()
    {"tiny": tiny, "large": large}[options.what](options)


@contextmanager
def way(model: LlamaModel, name: str) -> Iterator[str | None]:
    """The grammar to decode with; within, the model decodes in that way."""
    llama = model._llama
    if name == "masked first":
        llama._init_sampler = MethodType(llama_cpp.Llama._init_sampler, llama)
    try:
        yield None if name == "without" else grammar(Echo.RUNTIME if model.path.stem.find("tiny") >= 0 else Echo.MODEL)
    finally:
        llama.__dict__.pop("_init_sampler", None)


def tiny(options: argparse.Namespace) -> None:
    store = Settings().root / "store"
    gguf = options.gguf or newest(store / "gguf", "*tiny-interpreter*/*.gguf")
    folder = options.scenarios or newest(store / "corpus", "scenarios-*")
    system = Message(role="system", content=Path("prompts/tiny/interpreter.txt").read_text("utf-8").strip())
    prompts = []
    for file in ("unseen", "known"):
        for line in (folder / f"{file}.jsonl").read_text("utf-8").splitlines():
            scenario = Scenario.model_validate_json(line)
            user = Message(role="user", content=chat.user_turn(scenario.message, scenario.context))
            prompts.append(chat.prompt([system, user]))
    times: dict[str, list[float]] = {name: [] for name in WAYS}
    same = refused = tokens = 0
    with LlamaModel(gguf, 1024) as model, counting() as samplers:
        for number, prompt in enumerate(prompts[: options.prompts]):
            texts = {}
            model.complete(prompt, max_new_tokens=1, temperature=0.0, stop=CHATML.stop)  # the prompt is read once
            for name in WAYS[number % 3 :] + WAYS[: number % 3]:
                with way(model, name) as rules:
                    start = time.process_time()
                    texts[name] = model.complete(
                        prompt, max_new_tokens=120, temperature=0.0, stop=CHATML.stop, grammar=rules
                    )
                    seconds = time.process_time() - start
                times[name].append(1000 * seconds / (len(model.tokenize(texts[name])) + 1))
            same += texts["masked first"] == texts["chosen first"]
            tokens += len(model.tokenize(texts["chosen first"])) + 1
        refused = sum(sampler.refused for sampler in samplers)
    print(f"{gguf.parent.name}: {same} of {len(times['without'])} answers equal; {refused} of {tokens} choices refused")
    table(times, "processor ms a token")
    if same != len(times["without"]):
        raise SystemExit("the two ways differ")


@contextmanager
def counting() -> Iterator[list[ChooseThenCheck]]:
    made: list[ChooseThenCheck] = []
    begin: Callable[..., None] = ChooseThenCheck.__init__

    def counted(self: ChooseThenCheck, *given: Any) -> None:
        begin(self, *given)
        made.append(self)

    ChooseThenCheck.__init__ = counted  # type: ignore[method-assign]
    try:
        yield made
    finally:
        ChooseThenCheck.__init__ = begin  # type: ignore[method-assign]


def large(options: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory() as folder:
        target = options.gguf or Path(folder) / "large.gguf"
        if not target.exists():
            write_large(target)
        print(f"{target.stat().st_size / 1e9:.2f} GB, {options.threads} threads, {options.tokens} tokens")
        with LlamaModel(target, 1024, threads=options.threads) as model:
            wanted = model.tokenize(REQUEST)[: options.tokens]
            for share in options.surprises:
                times: dict[str, list[float]] = {name: [] for name in WAYS}
                for number in range(options.rounds + 1):
                    for name in WAYS[number % 3 :] + WAYS[: number % 3]:
                        with way(model, name) as rules:
                            seconds = forced(model, wanted, rules, share)
                        if number:  # the first round warms up
                            times[name].append(1000 * seconds / len(wanted))
                print(f"\n{share:.0%} of the first choices refused")
                table(times, "ms a token")


def forced(model: LlamaModel, wanted: list[int], rules: str | None, share: float) -> float:
    """Seconds for writing `wanted`: its next token scores best, or second best at a `share` of the places."""
    llama = model._llama
    llama.reset()
    llama.eval(model.tokenize(chat.prompt([Message(role="user", content="I have an hour for a run tomorrow")])))
    held = None if rules is None else llama_cpp.LlamaGrammar(_grammar=rules)
    sampler = llama._init_sampler(temp=0.0, grammar=held)
    surprise = model.tokenize("\n")[0]  # nowhere in a request
    clock = time.process_time if model._llama.n_threads == 1 else time.perf_counter  # others' work counts less
    start = clock()
    for place, token in enumerate(wanted):
        raw = llama_cpp.llama_get_logits_ith(llama._ctx.ctx, -1)
        scores = np.ctypeslib.as_array(raw, shape=(llama.n_vocab(),))
        scores[token] += 1000
        if rules is not None and int((place + 1) * share) > int(place * share):
            scores[surprise] += 2000
        chosen = sampler.sample(llama._ctx, -1)
        llama.eval([token])
        if chosen != token:
            raise SystemExit(f"token {place} came out as {chosen}, not {token}")
    seconds = clock() - start
    sampler.close()
    return seconds


def write_large(target: Path) -> None:
    """A Qwen2 of the 1.5B shape: Qwen2's own vocabulary, random weights, 28 times the same block."""
    import gguf

    fields = gguf.GGUFReader(".cache/llama.cpp/models/ggml-vocab-qwen2.gguf")
    writer = gguf.GGUFWriter(target, "qwen2")
    copy_vocabulary(fields, writer)
    hidden, forward, heads, groups, layers, words = 1536, 8960, 12, 2, 28, 151936
    writer.add_context_length(4096)
    writer.add_embedding_length(hidden)
    writer.add_block_count(layers)
    writer.add_feed_forward_length(forward)
    writer.add_head_count(heads)
    writer.add_head_count_kv(groups)
    writer.add_layer_norm_rms_eps(1e-6)
    writer.add_rope_freq_base(1e6)
    draw = np.random.default_rng(7)

    def matrix(rows: int, columns: int) -> Any:
        made = draw.standard_normal((rows, columns), np.float32) * 0.02
        return gguf.quants.quantize(made, gguf.GGMLQuantizationType.Q8_0)

    kind = gguf.GGMLQuantizationType.Q8_0
    narrow = hidden // heads * groups
    shapes = {
        "attn_q": (hidden, hidden),
        "attn_k": (narrow, hidden),
        "attn_v": (narrow, hidden),
        "attn_output": (hidden, hidden),
        "ffn_gate": (forward, hidden),
        "ffn_up": (forward, hidden),
        "ffn_down": (hidden, forward),
    }
    block = {name: matrix(*shape) for name, shape in shapes.items()}
    writer.add_tensor("token_embd.weight", matrix(words, hidden), raw_dtype=kind)
    writer.add_tensor("output_norm.weight", np.ones(hidden, np.float32))
    for layer in range(layers):
        for name, data in block.items():
            writer.add_tensor(f"blk.{layer}.{name}.weight", data, raw_dtype=kind)
        for name, size in (("attn_q", hidden), ("attn_k", narrow), ("attn_v", narrow)):
            writer.add_tensor(f"blk.{layer}.{name}.bias", np.zeros(size, np.float32))
        for name in ("attn_norm", "ffn_norm"):
            writer.add_tensor(f"blk.{layer}.{name}.weight", np.ones(hidden, np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def copy_vocabulary(source: Any, writer: Any) -> None:
    def held(name: str) -> Any:
        return source.get_field(f"tokenizer.ggml.{name}").contents()

    writer.add_tokenizer_model(held("model"))
    writer.add_tokenizer_pre(held("pre"))
    writer.add_token_list(held("tokens"))
    writer.add_token_types(held("token_type"))
    writer.add_token_merges(held("merges"))
    writer.add_eos_token_id(held("eos_token_id"))
    writer.add_add_bos_token(False)


def table(times: dict[str, list[float]], unit: str) -> None:
    print(f"| | {unit}, median | range | ratio to without, median | range of the middle 80% |\n|---|---|---|---|---|")
    for name, found in times.items():
        ratios = sorted(one / other for one, other in zip(found, times["without"], strict=True))
        tenth = len(ratios) // 10
        spread = f"{ratios[tenth]:.3f} to {ratios[-tenth - 1]:.3f}"
        print(
            f"| {name} | {median(found):.3f} | {min(found):.2f} to {max(found):.2f} | {median(ratios):.3f} | {spread} |"
        )


if __name__ == "__main__":
    main()
