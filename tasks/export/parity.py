"""The parity ladder: do merged model, F16 GGUF and shipped file say the same? It names the step that did not."""

import json
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from blocks.bases import load_model, load_tokenizer
from blocks.llama import LlamaModel
from josi import chat
from josi.errors import ExportError, ParityError
from josi.examples import Example
from josi.records import Record, Role

log = logging.getLogger(__name__)

PROMPTS = 50
NEW_TOKENS = 64
FLOOR = {"f16": 0.98, "quantized": 0.90}  # share of prompts with the same greedy answer as the merged model


class Difference(Record):
    prompt: str
    expected: str
    got: str


class Rung(Record):
    """One step of the ladder, compared with the merged model."""

    step: str
    agree: int
    total: int
    differences: tuple[Difference, ...]

    @property
    def rate(self) -> float:
        return self.agree / self.total


class Parity(Record):
    """What `parity.json` holds. `tokenized_differently` lists texts that llama.cpp splits in another way."""

    role: Role
    rungs: tuple[Rung, ...]
    tokenized: int
    tokenized_differently: tuple[str, ...]

    def faults(self) -> list[str]:
        """Why the run must stop, or nothing."""
        low = [
            f"{rung.step}: {rung.agree} of {rung.total} answers as the merged model, {FLOOR[rung.step]:.0%} wanted, "
            f"e.g. {rung.differences[0].expected!r} became {rung.differences[0].got!r}"
            for rung in self.rungs
            if rung.rate < FLOOR[rung.step]
        ]
        if self.tokenized_differently:
            text = self.tokenized_differently[0]
            low.append(
                f"{len(self.tokenized_differently)} of {self.tokenized} texts tokenize differently, e.g. {text!r}"
            )
        return low

    def to_json(self) -> bytes:
        return json.dumps(self.model_dump(mode="json"), indent=1, ensure_ascii=False).encode()


def climb(role: Role, merged: Path, f16: Path, quantized: Path, examples: Sequence[Example]) -> Parity:
    """Greedy answers of all three on up to 50 of the examples' prompts. Raises ParityError below the floors."""
    if not examples:
        raise ExportError(f"{role}: there is no held-out prompt to compare on.", "Raise `data.validation_share`.")
    chosen = examples[:: max(1, len(examples) // PROMPTS)][:PROMPTS]
    prompts = [chat.prompt(example.messages[:-1]) for example in chosen]
    expected, tokens = _merged_answers(merged, prompts)
    rungs, differently = [], []
    for step, path in (("f16", f16), ("quantized", quantized)):
        with LlamaModel(path, context_tokens=4096) as model:
            got = [
                model.complete(prompt, max_new_tokens=NEW_TOKENS, temperature=0.0, stop=chat.CHATML.stop).strip()
                for prompt in prompts
            ]
            if step == "f16":
                differently = [p for p, ids in zip(prompts, tokens, strict=True) if model.tokenize(p) != ids]
        rungs.append(_rung(step, prompts, expected, got))
        log.info("%s parity, %s: %d of %d answers agree", role, step, rungs[-1].agree, rungs[-1].total)
    parity = Parity(
        role=role, rungs=tuple(rungs), tokenized=len(prompts), tokenized_differently=tuple(differently[:10])
    )
    if parity.faults():
        raise ParityError(
            f"{role}: the export changed the model: {'; '.join(parity.faults())}.",
            "A finer quantization (`--set quant.type=q8_0`) or longer training often mends it.",
        )
    return parity


def _rung(step: str, prompts: Sequence[str], expected: Sequence[str], got: Sequence[str]) -> Rung:
    differences = [
        Difference(prompt=p, expected=e, got=g) for p, e, g in zip(prompts, expected, got, strict=True) if e != g
    ]
    return Rung(
        step=step, agree=len(prompts) - len(differences), total=len(prompts), differences=tuple(differences[:10])
    )


def _merged_answers(folder: Path, prompts: Sequence[str]) -> tuple[list[str], list[list[int]]]:
    """Greedy answers of the model in torch (float32 on a CPU), and the token ids of each prompt."""
    import torch

    device = "cuda" if torch.cuda.is_available() else "cpu"
    model: Any = load_model(folder, dtype=torch.float16 if device == "cuda" else torch.float32).to(device).eval()
    tokenizer = load_tokenizer(folder)
    tokenizer.padding_side = "left"
    ids = [tokenizer.encode(prompt, add_special_tokens=False) for prompt in prompts]
    answers: list[str] = []
    for start in range(0, len(ids), 10):
        batch = tokenizer.pad({"input_ids": ids[start : start + 10]}, return_tensors="pt").to(device)
        with torch.inference_mode():
            out = model.generate(
                **batch,
                max_new_tokens=NEW_TOKENS,
                do_sample=False,
                pad_token_id=tokenizer.pad_token_id,
                eos_token_id=tokenizer.eos_token_id,
            )
        texts = tokenizer.batch_decode(out[:, batch["input_ids"].shape[1] :], skip_special_tokens=False)
        answers += [chat.parse(text.replace(tokenizer.pad_token, "")) for text in texts]
    return answers, ids
