"""What a corpus is worth: models trained on two corpora, seed by seed, on the same prompts, and a linear floor.

    python -m benchmarks.corpus --before A/7 A/8 A/9 --after B/7 B/8 B/9 --scenarios OLD NEW [--train CORPUS]

Each folder of models holds interpreter.gguf, explainer.gguf and what ships beside them (runtime.json, grammar.gbnf,
knowledge.json); folders pair up in the order given. `--scenarios` are folders of scenario files. Scores are the models'
own: actions before any rule, answers before the governor. The interval of a difference is a percentile bootstrap over
phrasing families (prompts of one family are no independent trials) and over seeds (both are drawn anew each time).
`--train` (what `josi data build -o CORPUS` wrote) adds TF-IDF with logistic regression on the same rows.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from blocks.llama import LlamaModel
from blocks.shipped import read_shipped
from josi.assistant import Assistant
from josi.engine import ReferenceEngine
from josi.examples import Scenario
from josi.records import Role
from tasks.evaluate.answers import collect
from tasks.evaluate.floor import TRAIN, Guess, read_lines, right, taught
from tasks.evaluate.intervals import percent
from tasks.evaluate.metrics import blocks, check_said
from tasks.evaluate.paired import Trial, paired

INTERPRETER = ("known", "unseen", "red_flags", "prompts")
EXPLAINER = ("explainer", "situations", "gold")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--before", type=Path, nargs="+", required=True)
    parser.add_argument("--after", type=Path, nargs="+", required=True)
    parser.add_argument("--scenarios", type=Path, nargs="+", required=True)
    parser.add_argument("--train", type=Path)
    options = parser.parse_args()
    if len(options.before) != len(options.after):
        parser.error("as many models before as after: they pair up by seed")
    floor = taught(read_lines(options.train / Role.INTERPRETER / TRAIN)) if options.train else None
    print("| set | prompts | before, by seed | after, by seed | difference | 95% interval | floor |")
    print("|---|---|---|---|---|---|---|")
    for folder in options.scenarios:
        for path in sorted(folder.glob("*.jsonl")):
            if path.stem in (*INTERPRETER, *EXPLAINER):
                scenarios = [Scenario.model_validate_json(line) for line in path.read_text("utf-8").splitlines()]
                row(f"{folder.name}/{path.stem}", path.stem, scenarios, options, floor)


def row(
    title: str, name: str, scenarios: Sequence[Scenario], options: argparse.Namespace, linear: Guess | None
) -> None:
    before, after = (
        list(zip(*(answered(folder, name, scenarios) for folder in folders), strict=True))
        for folders in (options.before, options.after)
    )
    families = [scenario.family for scenario in scenarios]
    change = paired(*([Trial(*one) for one in zip(families, seeds, strict=True)] for seeds in (before, after)))
    floor = "-"
    if linear and name in INTERPRETER:
        hits = right(linear, scenarios)
        floor = percent(sum(hits) / len(hits))
    shown = (" ".join(percent(sum(seed) / len(seed)) for seed in zip(*one, strict=True)) for one in (before, after))
    interval = f"{100 * change.low:+.1f} to {100 * change.high:+.1f}"
    print(
        f"| {title} | {len(scenarios)} | {' | '.join(shown)} | {100 * change.change:+.1f} | {interval} | {floor} |",
        flush=True,
    )


def answered(folder: Path, name: str, scenarios: Sequence[Scenario]) -> list[bool]:
    """Of each prompt, whether the model's own action is the expected one, or its answer breaks no rule that blocks."""
    shipped = read_shipped({path.name: path for path in folder.iterdir()})
    role = Role.INTERPRETER if name in INTERPRETER else Role.EXPLAINER
    engine, file = ReferenceEngine(), folder / f"{role}.gguf"
    with LlamaModel(file, shipped.runtime.roles[role].context_tokens) as model:
        assistant = Assistant(model, model, engine, shipped)
        as_set = "unseen" if role is Role.INTERPRETER else "explainer"
        found = collect(assistant, engine, {as_set: scenarios}, roles=(role,))
    if role is Role.EXPLAINER:
        return [not blocks(check_said(item)) for item in found.said]
    heard = found.heard[as_set]
    return [bool(i.model_request and i.model_request.action is i.scenario.expected.action) for i in heard]


if __name__ == "__main__":
    main()
