"""What grounded decoding does to an explainer's answers: grounding, wording and speed, with and without it in turns.

    python -m benchmarks.grounded [--gguf FILE] [--scenarios FOLDER] [--most 400] [--corpus FOLDER]

Without options the newest explainer and the newest scenarios of JOSI_HOME are taken. `--corpus` (what
`josi data build -o FOLDER` wrote) also asks how many of its answers the grammar would refuse: each is one that the
language rules let pass. Times are the processor's, so that a busy machine counts less.
"""

import argparse
import json
import random
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median
from typing import Any

from blocks.gbnf import GrammarEngine
from blocks.llama import LlamaModel
from blocks.settings import Settings
from josi import chat
from josi.chat import CHATML, Message
from josi.contract import Action, Outcome
from josi.engine import ReferenceEngine
from josi.examples import Scenario
from josi.grounded import grounded_grammar
from josi.language import check_answer
from josi.records import Role

OF_GROUNDING = ("number", "zone")
WAYS = ("free", "grounded")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gguf", type=Path)
    parser.add_argument("--scenarios", type=Path)
    parser.add_argument("--most", type=int, default=400, help="prompts")
    parser.add_argument("--tokens", type=int, default=120, help="longest answer")
    parser.add_argument("--prompt", type=Path, default=Path("prompts/tiny/explainer.txt"))
    parser.add_argument("--temperature", type=float, default=0.0)
    parser.add_argument("--show", type=int, default=0, help="print so many answers that changed")
    parser.add_argument("--corpus", type=Path)
    options = parser.parse_args()
    store = Settings().root / "store"
    gguf = options.gguf or newest(store / "gguf", "*explainer*/*.gguf")
    scenarios = options.scenarios or newest(store / "corpus", "scenarios-*")
    print(f"{gguf.parent.name}; {scenarios.name}; temperature {options.temperature}")
    turns = list(asked(scenarios, options.prompt.read_text("utf-8").strip()))
    random.Random(7).shuffle(turns)  # noqa: S311  # a sample, the same each time
    with LlamaModel(gguf, 1024) as model:
        rows = [one(model, turn, options) for turn in turns[: options.most]]
    show(rows, options.show)
    if options.corpus:
        false_rejections(options.corpus)


def newest(folder: Path, pattern: str) -> Path:
    found = sorted(folder.glob(pattern), key=lambda path: path.stat().st_mtime)
    if not found:
        raise SystemExit(f"{folder} holds no {pattern}: run `josi run`, or name a file")
    return found[-1]


def asked(folder: Path, system: str) -> Iterator[dict[str, Any]]:
    """Every scenario in which the explainer would be asked, with the prompt and with what the answer may draw on."""
    engine = ReferenceEngine()
    for file in ("explainer", "unseen", "known"):
        for line in (folder / f"{file}.jsonl").read_text("utf-8").splitlines():
            scenario = Scenario.model_validate_json(line)
            request = scenario.expected
            decision = engine.decide(request, scenario.context)
            if decision.outcome is Outcome.STOP or request.action is Action.CLARIFY:
                continue
            user = chat.user_turn(scenario.message, scenario.context, decision=decision, request=request)
            messages = [Message(role="system", content=system), Message(role="user", content=user)]
            yield {
                "scenario": scenario,
                "decision": decision,
                "prompt": chat.prompt(messages),
                "given": chat.user_turn(scenario.message, scenario.context, decision=decision),
            }


def one(model: LlamaModel, turn: Mapping[str, Any], options: argparse.Namespace) -> dict[str, Any]:
    """Both answers to one prompt, which was read before; who goes first changes."""
    row: dict[str, Any] = {"role": Role.EXPLAINER, "given": turn["given"]}
    model.complete(turn["prompt"], max_new_tokens=1, temperature=0.0, stop=CHATML.stop)
    for way in WAYS if len(turn["given"]) % 2 else WAYS[::-1]:
        start = time.process_time()
        rules = grounded_grammar(turn["given"]) if way == "grounded" else None
        text = model.complete(
            turn["prompt"],
            max_new_tokens=options.tokens,
            temperature=options.temperature,
            stop=CHATML.stop,
            grammar=rules,
        )
        seconds = time.process_time() - start
        findings = check_answer(
            chat.parse(text),
            context=turn["scenario"].context,
            decision=turn["decision"],
            message=turn["scenario"].message,
        )
        row[way] = {
            "text": text,
            "ms a token": 1000 * seconds / (len(model.tokenize(text)) + 1),
            "ungrounded": [finding.got for finding in findings if finding.check in OF_GROUNDING],
            "other": sum(finding.check not in OF_GROUNDING and finding.severity == "block" for finding in findings),
        }
    return row


def show(rows: list[dict[str, Any]], most: int) -> None:
    print("| | answers | without an ungrounded number or zone | with other findings | ms a token, median |")
    print("|---|---|---|---|---|")
    for way in WAYS:
        grounded = sum(not row[way]["ungrounded"] for row in rows)
        other = sum(row[way]["other"] > 0 for row in rows)
        print(f"| {way} | {len(rows)} | {grounded} | {other} | {median(row[way]['ms a token'] for row in rows):.2f} |")
    same = [row for row in rows if row["free"]["text"] == row["grounded"]["text"]]
    changed = [row for row in rows if row["free"]["text"] != row["grounded"]["text"]]
    ratios = sorted(row["grounded"]["ms a token"] / row["free"]["ms a token"] for row in same)
    bad = sum(bool(row["free"]["ungrounded"]) for row in changed)
    print(f"unchanged {len(same)} of {len(rows)}; of the {len(changed)} changed, {bad} were ungrounded before")
    print(f"words of a changed answer that stay: {100 * median([kept(row) for row in changed] or [1]):.0f}% (median)")
    if ratios:
        tenth = len(ratios) // 10
        print(
            f"time a token of unchanged answers, grounded to free: {median(ratios):.3f} "
            f"({ratios[tenth]:.3f} to {ratios[-tenth - 1]:.3f}: the middle 80%)"
        )
    left = Counter(got for row in rows for got in row["grounded"]["ungrounded"])
    print(f"what is still ungrounded: {dict(left.most_common(12))}")
    for row in changed[:most]:
        print(
            f"\n- free {row['free']['ungrounded']}: {row['free']['text']}\n+ now  {row['grounded']['ungrounded']}: ",
            end="",
        )
        print(row["grounded"]["text"])


def kept(row: Mapping[str, Any]) -> float:
    """The share of a free answer's words that the grounded one has too."""
    before, after = (Counter(row[way]["text"].lower().split()) for way in WAYS)
    return (before & after).total() / max(1, before.total())


def false_rejections(folder: Path) -> None:
    count, refused, seconds = 0, list[str](), 0.0
    with GrammarEngine() as engine:
        for file in sorted((folder / "explainer").glob("*.jsonl")):
            for line in file.read_text("utf-8").splitlines():
                messages = json.loads(line)["messages"]
                start = time.process_time()
                rules = grounded_grammar(messages[1]["content"].split("\n\n[INTERPRETER]")[0])
                seconds += time.process_time() - start
                left = engine.refused(rules, messages[-1]["content"])
                count += 1
                refused += [] if left is None else [f"{messages[-1]['content']!r} at {left!r}"]
    print(f"\ncorpus: {len(refused)} of {count} answers refused; a grammar is made in {1000 * seconds / count:.2f} ms")
    print("\n".join(refused))


if __name__ == "__main__":
    main()
