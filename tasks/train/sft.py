"""LoRA fine-tuning of one role with TRL and PEFT, on CPU or GPU by the same code."""

import json
import logging
import math
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from prefect import task

from blocks.bases import known, load_model, load_tokenizer
from blocks.recipe import SFT
from blocks.settings import Settings
from blocks.store import FolderStore, write_atomic
from josi.errors import TrainingDataError
from josi.records import Artifact, Kind
from tasks.stage import Stage, training_retries
from tasks.train.callbacks import keeper, watcher
from tasks.train.checkpoint import Checkpoints
from tasks.train.curve import Watched, publish_curve
from tasks.train.preflight import preflight
from tasks.train.progress import Listener, Reporter, ignore
from tasks.train.tokens import encode, read_examples, to_dataset

if TYPE_CHECKING:
    from trl import SFTConfig, SFTTrainer

log = logging.getLogger(__name__)

VERSION = 1
LEARNED = "learned.md"  # which tokens of three examples carry loss


def fine_tune(
    name: str,
    sft: SFT,
    base_name: str,
    base: Artifact,
    data: Artifact,
    store: FolderStore,
    listener: Listener = ignore,
) -> Artifact:
    """Train one adapter; returns its folder: weights, adapter_config.json, training.json, learned.md.

    Called again after a crash, here or on another machine with the same store, training goes on from its newest
    checkpoint, with the same rows in the same order. Raises TrainingDataError before anything is trained on the wrong
    tokens.
    """
    with store.scratch() as work:
        trainer = build_trainer(name, sft, base_name, base, data, store, work, listener)
        checkpoints = Checkpoints(store, f"train@{VERSION}-{name}", sft, base, data)
        resume = checkpoints.newest(work)
        trainer.add_callback(keeper(checkpoints, resume))
        trainer.train(resume_from_checkpoint=str(resume) if resume else None)
        history = [entry for entry in trainer.state.log_history if "loss" in entry]
        if not all(math.isfinite(entry["loss"]) for entry in history):
            checkpoints.clear()  # going on from there would end here again
            raise TrainingDataError(f"{name}: the loss is not a number any more.", "Lower it with `--learning-rate`.")
        folder = work / "adapter"
        trainer.model.save_pretrained(folder, safe_serialization=True)
        _tidy(folder, base)
        shutil.copyfile(work / LEARNED, folder / LEARNED)
        (folder / "training.json").write_text(json.dumps(_summary(trainer, history), indent=1))
        artifact = store.put(folder, Kind.ADAPTER, name)
    checkpoints.clear()
    return artifact


def build_trainer(
    name: str,
    sft: SFT,
    base_name: str,
    base: Artifact,
    data: Artifact,
    store: FolderStore,
    work: Path,
    listener: Listener,
) -> "SFTTrainer":
    """Seeds first, then base, then the adapter: a seed set later would leave the adapter unseeded."""
    import torch
    from datasets import disable_progress_bars
    from peft import LoraConfig
    from transformers import PrinterCallback, set_seed
    from transformers.utils.logging import disable_progress_bar
    from trl import SFTTrainer

    disable_progress_bars()
    disable_progress_bar()
    set_seed(sft.seed)
    folder = store.fetch(base)
    tokenizer = load_tokenizer(folder)
    rows, held_out = (
        [
            encode(example, tokenizer, sft.max_length)
            for example in read_examples((store.fetch(data) / f"{part}.jsonl").read_text("utf-8").split("\n"))
        ]
        for part in ("train", "validation")
    )
    learned = preflight(rows, tokenizer, sft.max_length)
    log.info("%s: what is learned stands in [[brackets]]\n%s", name, learned)
    write_atomic(work / LEARNED, learned.encode())
    config = _config(name, sft, work, has_validation=bool(held_out))
    trainer = SFTTrainer(
        model=load_model(folder, dtype=torch.bfloat16 if torch.cuda.is_available() else torch.float32),
        args=config,
        train_dataset=to_dataset(rows),
        eval_dataset=to_dataset(held_out) if held_out else None,
        processing_class=tokenizer,
        peft_config=LoraConfig(
            r=sft.rank,
            lora_alpha=sft.alpha,
            lora_dropout=sft.dropout,
            target_modules=list(known(base_name).lora_targets),
            task_type="CAUSAL_LM",
        ),
        callbacks=[watcher(Reporter(name, listener))],
    )
    trainer.remove_callback(PrinterCallback)
    return trainer


def _config(name: str, sft: SFT, work: Path, *, has_validation: bool) -> "SFTConfig":
    import torch
    from trl import SFTConfig

    gpu = torch.cuda.is_available()
    return SFTConfig(
        output_dir=str(work),
        run_name=name,
        num_train_epochs=sft.epochs,
        max_steps=sft.max_steps,
        learning_rate=sft.learning_rate,
        per_device_train_batch_size=sft.batch_size,
        per_device_eval_batch_size=sft.batch_size,
        gradient_accumulation_steps=sft.accumulation,
        activation_checkpointing=sft.gradient_checkpointing,
        max_length=sft.max_length,
        packing=sft.packing,
        packing_strategy="bfd",
        eval_packing=False,
        train_sampling_strategy="random" if sft.packing else "group_by_length",
        warmup_steps=sft.warmup,
        lr_scheduler_type="linear",
        bf16=True,
        use_cpu=not gpu,
        dataloader_pin_memory=gpu,
        seed=sft.seed,
        data_seed=sft.seed,
        logging_steps=5,
        logging_first_step=True,
        save_steps=sft.save_steps,
        save_total_limit=1,  # kept in the store
        eval_strategy="epoch" if has_validation else "no",
        report_to=sft.tracking,
        disable_tqdm=True,
    )


def _tidy(folder: Path, base: Artifact) -> None:
    """Take the path of this machine out of what will be stored: identity, not location."""
    config = json.loads((folder / "adapter_config.json").read_text())
    config["base_model_name_or_path"] = base.identity
    for key, value in config.items():
        if key == "target_modules" and isinstance(value, list):
            config[key] = sorted(value)  # peft keeps a set, whose order differs from run to run
    (folder / "adapter_config.json").write_text(json.dumps(config, indent=1, sort_keys=True))
    (folder / "README.md").unlink(missing_ok=True)


def _summary(trainer: "SFTTrainer", history: Sequence[dict[str, Any]]) -> dict[str, Any]:
    evaluations = [entry for entry in trainer.state.log_history if "eval_loss" in entry]
    last = evaluations[-1] if evaluations else {}
    return {
        "steps": trainer.state.global_step,
        "loss": [[entry["step"], round(entry["loss"], 5)] for entry in history],
        "gradient_norm": [
            [entry["step"], round(float(entry["grad_norm"]), 5)] for entry in history if "grad_norm" in entry
        ],
        "eval_loss": last.get("eval_loss"),
        "eval_token_accuracy": last.get("eval_mean_token_accuracy"),
    }


@task(
    name="train", task_run_name="train-{name}", cache_policy=Stage(name="train", version=VERSION), **training_retries()
)
def train(name: str, sft: SFT, base_name: str, base: Artifact, data: Artifact) -> Artifact:
    """Cached: the same recipe, base and data give the same adapter. A retry goes on from the checkpoint."""
    settings = Settings()
    watched = Watched(name)
    artifact = fine_tune(name, sft, base_name, base, data, settings.store, watched)
    learned = (settings.store.fetch(artifact) / LEARNED).read_text("utf-8")
    publish_curve(name, watched.points, f"## What is learned\n\n{learned}")
    return artifact
