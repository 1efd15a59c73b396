"""The check before training. Each of its findings is a mistake that once cost a training run."""

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from josi.errors import TrainingDataError
from josi.records import Finding
from tasks.train.tokens import IGNORED, Encoded

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerFast

LOST_SHARE = 0.01  # more examples than this without a whole target: the maximum length is wrong


def preflight(rows: Sequence[Encoded], tokenizer: "PreTrainedTokenizerFast", max_length: int) -> str:
    """A Markdown view of which tokens are learned in three examples.

    Raises TrainingDataError with every finding: no rows, pad equal to the end token, an end token that is not learned,
    or more than 1% of the examples losing their target to truncation.
    """
    findings = [*_tokens(rows, tokenizer), *_targets(rows, tokenizer, max_length)] if rows else [_no_rows()]
    if findings:
        raise TrainingDataError(" ".join(str(finding) for finding in findings))
    return show(rows, tokenizer)


def show(rows: Sequence[Encoded], tokenizer: "PreTrainedTokenizerFast", count: int = 3) -> str:
    """What is learned stands in bold brackets, the rest as it is: evenly spaced examples, as Markdown."""
    step = max(1, len(rows) // count)
    lines = [
        f"{len(rows)} examples, {sum(row.learned for row in rows)} learned tokens of {sum(len(r.ids) for r in rows)}."
    ]
    for row in rows[::step][:count]:
        lines += ["", f"```text\n{_marked(row, tokenizer)}\n```"]
    return "\n".join(lines)


def _tokens(rows: Sequence[Encoded], tokenizer: "PreTrainedTokenizerFast") -> list[Finding]:
    if tokenizer.pad_token_id == tokenizer.eos_token_id:
        return [
            Finding(
                check="padding",
                where="tokenizer",
                expected="a pad token of its own",
                got=f"{tokenizer.pad_token!r}, which is also the end token",
                remedy="Give the base another pad token in blocks/bases.py; else the end is masked and never learned.",
            )
        ]
    whole = [row for row in rows if not row.truncated]
    without = [row for row in whole if _lost(row, tokenizer)]
    if not without:
        return []
    return [
        Finding(
            check="end token",
            where=f"{len(without)} of {len(whole)} examples",
            expected=f"{tokenizer.eos_token} among the learned tokens",
            got="it is not learned",
            remedy="The chat template must hold the end token inside the answer (josi/chat.py).",
        )
    ]


def _targets(rows: Sequence[Encoded], tokenizer: "PreTrainedTokenizerFast", max_length: int) -> list[Finding]:
    lost = [row for row in rows if row.truncated and _lost(row, tokenizer)]
    if len(lost) <= LOST_SHARE * len(rows):
        return []
    return [
        Finding(
            check="truncation",
            where=f"{len(lost)} of {len(rows)} examples",
            expected=f"at most {LOST_SHARE:.0%} that lose (part of) their target",
            got=f"{len(lost) / len(rows):.1%} at max_length {max_length}",
            remedy="Raise it with `--max-length`, or shorten the data.",
        )
    ]


def _lost(row: Encoded, tokenizer: "PreTrainedTokenizerFast") -> bool:
    """Whether an answer is not learned to its end."""
    return row.labels.count(tokenizer.eos_token_id) < row.answers


def _no_rows() -> Finding:
    return Finding(check="data", where="training set", expected="examples", got="none", remedy="Run `josi data check`.")


def _marked(row: Encoded, tokenizer: "PreTrainedTokenizerFast") -> str:
    """The text of a row: learned stretches whole, in brackets; the others shortened in the middle."""
    parts: list[str] = []
    for learned, stretch in groupby(zip(row.ids, row.labels, strict=True), key=lambda pair: pair[1] != IGNORED):
        text = tokenizer.decode([token for token, _ in stretch])
        parts.append(f"[[{text}]]" if learned else _shortened(text))
    return "".join(parts)


def _shortened(text: str, head: int = 80, tail: int = 240) -> str:
    return text if len(text) <= head + tail else f"{text[:head]} [...] {text[-tail:]}"
