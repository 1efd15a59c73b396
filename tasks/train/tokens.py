"""From conversations to token ids and labels. The text is josi.chat's; only the answers are learned."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from josi import chat
from josi.examples import Example
from josi.records import Record

if TYPE_CHECKING:
    from datasets import Dataset
    from transformers import PreTrainedTokenizerFast

IGNORED = -100  # torch's cross entropy skips this label


class Encoded(Record):
    """One example as a model sees it. `labels` equals `ids` where a token is learned and is IGNORED elsewhere."""

    ids: tuple[int, ...]
    labels: tuple[int, ...]
    answers: int  # how many answers the conversation has, cut or not
    truncated: bool

    @property
    def learned(self) -> int:
        """Number of tokens that carry loss."""
        return sum(label != IGNORED for label in self.labels)


def encode(example: Example, tokenizer: "PreTrainedTokenizerFast", max_length: int) -> Encoded:
    """Token ids and labels of one example, cut at `max_length` tokens.

    Each learned part is tokenized by itself, as at run time, where the prompt is tokenized before the answer exists.
    """
    text, spans = chat.render(example.messages)
    pieces: list[tuple[str, bool]] = []
    end = 0
    for span in spans:
        pieces += [(text[end : span.start], False), (text[span], True)]
        end = span.stop
    pieces.append((text[end:], False))
    ids: list[int] = []
    labels: list[int] = []
    for piece, learned in pieces:
        tokens: list[int] = tokenizer.encode(piece, add_special_tokens=False)
        ids += tokens
        labels += tokens if learned else [IGNORED] * len(tokens)
    return Encoded(
        ids=tuple(ids[:max_length]),
        labels=tuple(labels[:max_length]),
        answers=len(spans),
        truncated=len(ids) > max_length,
    )


def read_examples(lines: Iterable[str]) -> list[Example]:
    return [Example.model_validate_json(line) for line in lines if line.strip()]


def to_dataset(rows: Sequence[Encoded]) -> "Dataset":
    """A data set that SFTTrainer takes as it is: it holds ids, labels and their length."""
    from datasets import Dataset

    return Dataset.from_dict(
        {
            "input_ids": [list(row.ids) for row in rows],
            "labels": [list(row.labels) for row in rows],
            "length": [len(row.ids) for row in rows],
        }
    )
