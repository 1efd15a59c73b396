"""Token lengths of rows, by the vocabulary of each catalogued base that is at hand without its weights.

llama.cpp's source archive holds vocabulary-only GGUFs; a base that is made here has no vocabulary before it is trained,
and the check before training measures it.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from blocks.bases import BASES
from blocks.store import sha256_file
from josi.chat import prompt, render
from josi.records import Finding, Record, Role, Severity
from tasks.data.quality.material import Material, Placed
from tasks.data.stats import Lengths, lengths

VOCABULARIES: Mapping[str, str] = {"qwen2": "ggml-vocab-qwen2.gguf"}  # by architecture
PLANNED = 4000  # tokens of a turn in phase 3, answer included, of a context of 4,096


class Tokens(Record):
    """Lengths of one role's rows in tokens of one base: what the model is shown, and what it answers."""

    base: str
    role: Role
    limit: int
    prompt: Lengths
    target: Lengths
    over: int


def measure(material: Material, tools: Path) -> tuple[tuple[Tokens, ...], tuple[Finding, ...]]:
    """Lengths in every vocabulary at hand. Where it is that of the recipe's own base, the limits are the recipe's."""
    standard = material.standard
    found = [
        _of_one(material, role, name, standard.budgets[role] if name == standard.base else PLANNED, path)
        for name, path in _vocabularies(tools)
        for role in material.rows
    ]
    return tuple(tokens for tokens, _ in found), tuple(finding for _, some in found for finding in some)


def vocabularies_at(tools: Path) -> dict[str, str]:
    """The sha256 of each vocabulary at hand, by its file: what lengths are measured in is part of the gate's word."""
    return {path.name: sha256_file(path) for path in sorted({path for _, path in _vocabularies(tools)})}


def _vocabularies(tools: Path) -> Iterator[tuple[str, Path]]:
    for base in BASES.values():
        path = tools / "models" / VOCABULARIES.get(base.architecture, "")
        if base.repo and path.is_file():
            yield base.name, path


def _of_one(material: Material, role: Role, base: str, limit: int, path: Path) -> tuple[Tokens, list[Finding]]:
    from blocks.vocabulary import Vocabulary

    asked, answered, findings = [], [], []
    with Vocabulary(path) as vocabulary:
        for part in material.rows[role]:
            for placed in material.of(role, part):
                asked.append(vocabulary.count(prompt(placed.row.messages[:-1])))
                answered.append(vocabulary.count(render(placed.row.messages)[0]) - asked[-1])
                if asked[-1] + answered[-1] > limit:
                    findings.append(_too_long(placed, asked[-1] + answered[-1], limit, base))
    over = len(findings)
    tokens = Tokens(base=base, role=role, limit=limit, prompt=lengths(asked), target=lengths(answered), over=over)
    return tokens, findings


def _too_long(placed: Placed, count: int, limit: int, base: str) -> Finding:
    remedy = "Shorten its history or memory, or raise max_length: what does not fit is cut off and not learned."
    found = placed.finding("tokens", f"at most {limit} tokens of {base}", f"{count} tokens", remedy)
    return found.model_copy(update={"severity": Severity.WARN})
