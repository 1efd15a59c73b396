"""What a corpus is worth: models trained on two corpora, seed by seed, on the same prompts, and a linear floor.

    python -m benchmarks.corpus --before A/7 A/8 A/9 --after B/7 B/8 B/9 --scenarios OLD NEW [--train CORPUS]

Each folder of models holds interpreter.gguf, explainer.gguf and what ships beside them (runtime.json, grammar.gbnf,
knowledge.json); folders pair up in the order given. `--scenarios` are folders of scenario files. Scores are the models'
own: actions before any rule, answers before the governor. The interval of a difference is a percentile bootstrap over
phrasing families (prompts of one family are no independent trials) and over seeds (both are drawn anew each time).
`--train` (what `josi data build -o CORPUS` wrote) adds TF-IDF with logistic regression on the same rows.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy

from blocks.llama import LlamaModel
from blocks.shipped import read_shipped
from josi.assistant import Assistant
from josi.engine import ReferenceEngine
from josi.examples import Example, Scenario
from josi.records import Role
from tasks.evaluate.answers import collect
from tasks.evaluate.intervals import percent
from tasks.evaluate.metrics import blocks, check_said

RESAMPLES = 4000
INTERPRETER = ("known", "unseen", "red_flags", "prompts")
EXPLAINER = ("explainer", "situations", "gold")


class Trial(NamedTuple):
    """One prompt and whether each seed's model got it right."""

    family: str
    right: tuple[bool, ...]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--before", type=Path, nargs="+", required=True)
    parser.add_argument("--after", type=Path, nargs="+", required=True)
    parser.add_argument("--scenarios", type=Path, nargs="+", required=True)
    parser.add_argument("--train", type=Path)
    options = parser.parse_args()
    if len(options.before) != len(options.after):
        parser.error("as many models before as after: they pair up by seed")
    print("| set | prompts | before, by seed | after, by seed | difference | 95% interval | floor |")
    print("|---|---|---|---|---|---|---|")
    for folder in options.scenarios:
        for path in sorted(folder.glob("*.jsonl")):
            if path.stem in (*INTERPRETER, *EXPLAINER):
                scenarios = [Scenario.model_validate_json(line) for line in path.read_text("utf-8").splitlines()]
                row(f"{folder.name}/{path.stem}", path.stem, scenarios, options)


def row(title: str, name: str, scenarios: Sequence[Scenario], options: argparse.Namespace) -> None:
    before, after = (
        list(zip(*(answered(folder, name, scenarios) for folder in folders), strict=True))
        for folders in (options.before, options.after)
    )
    families = [scenario.family for scenario in scenarios]
    change, low, high = paired(
        [Trial(family, right) for family, right in zip(families, before, strict=True)],
        [Trial(family, right) for family, right in zip(families, after, strict=True)],
    )
    floor = "-"
    if options.train and name in INTERPRETER:
        hits = linear(options.train, scenarios)
        floor = percent(sum(hits) / len(hits))
    shown = (" ".join(percent(sum(seed) / len(seed)) for seed in zip(*one, strict=True)) for one in (before, after))
    interval = f"{100 * low:+.1f} to {100 * high:+.1f}"
    print(
        f"| {title} | {len(scenarios)} | {' | '.join(shown)} | {100 * change:+.1f} | {interval} | {floor} |", flush=True
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


def paired(before: Sequence[Trial], after: Sequence[Trial]) -> tuple[float, float, float]:
    """After minus before, mean over prompts and seeds, with its 95% interval."""
    by_family: Mapping[str, list[list[float]]] = defaultdict(list)
    for one, other in zip(before, after, strict=True):
        by_family[one.family].append([float(b) - float(a) for a, b in zip(one.right, other.right, strict=True)])
    sums = numpy.array([numpy.sum(found, axis=0) for found in by_family.values()])  # (families, seeds)
    counts = numpy.array([len(found) for found in by_family.values()])
    random = numpy.random.default_rng(7)
    means = []
    for _ in range(RESAMPLES):
        families = random.integers(0, len(sums), len(sums))
        seeds = random.integers(0, sums.shape[1], sums.shape[1])
        means.append(sums[families][:, seeds].sum() / (counts[families].sum() * len(seeds)))
    low, high = numpy.percentile(means, [2.5, 97.5])
    return float(sums.sum() / (counts.sum() * sums.shape[1])), float(low), float(high)


def linear(corpus: Path, scenarios: Iterable[Scenario]) -> list[bool]:
    """TF-IDF over words and letters with logistic regression, on the athletes' words of the interpreter's rows."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline, make_union

    lines = (corpus / "interpreter" / "train.jsonl").read_text("utf-8").splitlines()
    rows = [Example.model_validate_json(line) for line in lines]
    said = [row.messages[-2].content.split("\n\n", 1)[0] for row in rows]
    actions = [json.loads(row.messages[-1].content)["action"] for row in rows]
    features = make_union(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True),
    )
    model = make_pipeline(features, LogisticRegression(C=10, max_iter=2000)).fit(said, actions)
    asked = list(scenarios)
    guessed = model.predict([scenario.message for scenario in asked])
    return [bool(guess == scenario.expected.action.value) for guess, scenario in zip(guessed, asked, strict=True)]


if __name__ == "__main__":
    main()
