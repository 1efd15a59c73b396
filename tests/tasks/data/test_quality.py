"""The data quality gate finds everything that was planted, and says where."""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from blocks.recipe import Inputs, Mix, load
from blocks.settings import Settings
from blocks.store import FolderStore
from josi.chat import Message
from josi.errors import DataError
from josi.examples import Corpus, Example, Pair
from josi.records import Finding, Role, Severity, sha256_hex
from josi.runtime import Echo
from tasks.data.prepare import gather_sources, prepare_corpus
from tasks.data.quality.gate import Judged, judge, judge_corpus, require
from tasks.data.quality.material import Material, Prompt, Standard, read
from tasks.data.quality.report import to_html, to_markdown
from tasks.data.quality.tokens import VOCABULARIES, vocabularies_at

STANDARD = Standard(echo=Echo.RUNTIME, max_words=100, base="qwen2.5-1.5b-instruct", budgets=dict.fromkeys(Role, 2048))
TOOLS = Settings().llama_tools
HERE = vocabularies_at(TOOLS)
KEY = "-----BEGIN OPENSSH " + "PRIVATE KEY-----"  # in two parts: this file is looked through for secrets as well


@pytest.fixture
def corpus(text: Path, mix: Mix, store: FolderStore) -> Corpus:
    return prepare_corpus(mix, gather_sources(Inputs(), store, text), store)


@pytest.fixture
def material(corpus: Corpus, store: FolderStore) -> Material:
    return read(corpus, STANDARD, store)


def with_row(material: Material, role: Role, number: int, row: Example) -> Material:
    """The same material, but for one row of training."""
    rows = list(material.rows[role]["train"])
    rows[number - 1] = row
    sets = {**material.rows, role: {**material.rows[role], "train": tuple(rows)}}
    return Material(sets, material.pairs, material.scenarios, material.standard)


def changed(row: Example, *, says: str | None = None, answer: str | None = None) -> Example:
    *before, user, target = row.messages
    if says is not None:
        user = Message(role="user", content="\n\n".join([says, *user.content.split("\n\n")[1:]]))
    answered = Message(role="assistant", content=target.content if answer is None else answer)
    return row.model_copy(update={"messages": (*before, user, answered)})


def found(material: Material) -> tuple[Finding, ...]:
    return judge(material, TOOLS, {}).findings


def test_a_good_corpus_passes(material: Material) -> None:
    assert [str(finding) for finding in found(material) if finding.severity is Severity.BLOCK] == []


# What is planted, in which role, and the check that has to name it.
POISON: Mapping[str, tuple[Role, str, Callable[[Example], Example]]] = {
    "a leaked prompt": (
        Role.INTERPRETER, "leak", lambda row: changed(row, says="Sort me out with a run, would you?"),
    ),
    "a leaked prompt inside a longer message": (
        Role.EXPLAINER, "leak", lambda row: changed(row, says="Hi coach, shoes on, what is it going to be? I am keen."),
    ),
    "a leaked prompt with a word put in": (
        Role.INTERPRETER, "leak", lambda row: changed(row, says="Everything suddenly went black on the bike path"),
    ),
    "a leaked prompt in a second paragraph": (
        Role.EXPLAINER, "leak", lambda row: changed(row, says="Hello coach\n\nShoes on, what is it going to be?"),
    ),
    "a leaked prompt in the history": (
        Role.EXPLAINER, "leak",
        lambda row: changed(row, says="Hello coach\n\nHISTORY:\n  [user]: Shoes on, what is it going to be?"),
    ),
    "a request off contract after the mark": (
        Role.EXPLAINER, "schema",
        lambda row: changed(row, says='Hello coach\n\n[INTERPRETER]\n{"action":"plan_workout","free_text":"x"}'),
    ),
    "a Dutch phone number": (Role.EXPLAINER, "private", lambda row: changed(row, says="Bel me op 06-12345678")),
    "a red flag that is asked for its sport": (
        Role.INTERPRETER, "safety",
        lambda row: changed(
            row,
            says="I have chest pain and feel dizzy",
            answer='{"action":"clarify","missing":["sport"],"clarify_message":"Which sport?"}',
        ),
    ),
    "a private key": (Role.INTERPRETER, "private", lambda row: changed(row, says=f"My key is {KEY}")),
    "an e-mail address": (Role.EXPLAINER, "private", lambda row: changed(row, says="Write to ann.lee@mail.example")),
    "a phone number": (Role.EXPLAINER, "private", lambda row: changed(row, says="Call me on +31 6 1234 5678")),
    "a third person's name": (Role.INTERPRETER, "private", lambda row: changed(row, says="My wife Anna runs too")),
    "a wrong enum": (
        Role.INTERPRETER, "schema", lambda row: changed(row, answer='{"action":"create_workout","sport":"jogging"}'),
    ),
    "a key too many": (
        Role.INTERPRETER, "schema", lambda row: changed(row, answer='{"action":"create_workout","sport":"run","x":1}'),
    ),
    "an answer that is no sentence": (Role.EXPLAINER, "schema", lambda row: changed(row, answer='{"a": 1}')),
    "a 150-word answer": (Role.EXPLAINER, "language", lambda row: changed(row, answer="calm " * 150)),
    "an invented number": (
        Role.EXPLAINER, "language", lambda row: changed(row, answer="Here you go, hold 231 watts because you rested."),
    ),
    "jargon": (Role.EXPLAINER, "language", lambda row: changed(row, answer="This lifts your lactate threshold.")),
    "pain that is trained through": (
        Role.INTERPRETER, "safety",
        lambda row: changed(row, says="I have chest pain, a run", answer='{"action":"create_workout","sport":"run"}'),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", POISON)
def test_poison_is_found_where_it_was_planted(material: Material, name: str) -> None:
    role, check, spoil = POISON[name]
    poisoned = with_row(material, role, 7, spoil(material.rows[role]["train"][6]))

    new = [finding for finding in found(poisoned) if finding.severity is Severity.BLOCK]

    assert {finding.where for finding in new} == {f"{role}/train.jsonl:7"}
    assert check in {finding.check for finding in new}, new
    assert not any(KEY in str(finding) or "ann.lee" in str(finding) for finding in new), "what is private is not shown"


def test_a_row_and_a_pair_that_come_twice_are_found(material: Material) -> None:
    twice = with_row(material, Role.EXPLAINER, 9, material.rows[Role.EXPLAINER]["train"][2])
    pairs = Material(twice.rows, (*twice.pairs, twice.pairs[0]), twice.scenarios, twice.standard)

    doubles = {finding.where: finding.got for finding in found(pairs) if finding.check == "duplicate"}

    assert doubles == {
        "explainer/train.jsonl:9": "that of explainer/train.jsonl:3",
        f"pairs.jsonl:{len(pairs.pairs)}": "that of line 1",
    }


def test_a_bad_answer_in_an_earlier_turn_is_found(material: Material) -> None:
    row = material.rows[Role.EXPLAINER]["train"][6]
    system, *rest = row.messages
    before = (Message(role="user", content="Hello"), Message(role="assistant", content="Run 10 times in VO2max."))
    poisoned = with_row(material, Role.EXPLAINER, 7, row.model_copy(update={"messages": (system, *before, *rest)}))

    assert {one.where for one in found(poisoned) if one.check == "language"} == {"explainer/train.jsonl:7"}


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda pair: {"rejected": pair.chosen}, id="the same answer twice"),
        pytest.param(lambda pair: {"rejected": f"{pair.rejected} Write to ann.lee@mail.example"}, id="an e-mail"),
        pytest.param(lambda pair: {"rejected": "A calm and fine answer for you."}, id="an answer without its fault"),
        pytest.param(
            lambda pair: {
                "messages": (pair.messages[0], Message(role="user", content="Shoes on, what is it going to be?"))
            },
            id="a test prompt",
        ),
    ],
)
def test_poison_in_a_pair_is_found(material: Material, spoil: Callable[[Pair], dict[str, object]]) -> None:
    first, *others = material.pairs
    spoilt = (first.model_copy(update=spoil(first)), *others)
    poisoned = Material(material.rows, spoilt, material.scenarios, material.standard)

    assert "pairs.jsonl:1" in {one.where for one in found(poisoned) if one.check == "pair"}


def test_one_message_with_two_meanings_is_a_warning(material: Material) -> None:
    row = material.rows[Role.INTERPRETER]["train"][0]
    other = changed(row, answer='{"action":"explain"}')
    conflict = [one for one in found(with_row(material, Role.INTERPRETER, 2, other)) if one.check == "conflict"]

    assert [(one.where, one.severity) for one in conflict] == [("interpreter/train.jsonl:2", Severity.WARN)]


def test_a_near_copy_in_another_family_is_a_warning(material: Material) -> None:
    rows = material.rows[Role.INTERPRETER]["train"]
    place = next(n for n, row in enumerate(rows) if "would love" in row.messages[-2].content)
    copied = rows[place].messages[-2].content.split("\n\n")[0].replace("session", "sessions")
    row = changed(rows[-1], says=copied).model_copy(update={"family": "another"})
    poisoned = with_row(material, Role.INTERPRETER, len(rows), row)
    near = [one for one in found(poisoned) if one.check == "near copy"]

    assert near and all(one.severity is Severity.WARN for one in near)
    assert f"interpreter/train.jsonl:{len(rows)}" in {one.where for one in near}


def test_rows_beyond_the_budget_are_counted_in_the_tokens_of_the_base(material: Material) -> None:
    tight = STANDARD.model_copy(update={"budgets": {Role.INTERPRETER: 2048, Role.EXPLAINER: 40}})
    quality = judge(Material(material.rows, material.pairs, material.scenarios, tight), TOOLS, {})

    by_role = {one.role: one for one in quality.figures.tokens}
    assert by_role[Role.INTERPRETER].over == 0
    assert by_role[Role.EXPLAINER].over == sum(finding.check == "tokens" for finding in quality.findings) > 0
    assert 10 < by_role[Role.EXPLAINER].prompt.median < 400


def test_a_whole_corpus_that_lacks_what_was_asked_for_says_what(material: Material) -> None:
    rows = {**material.rows}
    rows[Role.EXPLAINER] = {"train": material.rows[Role.EXPLAINER]["train"] * 200, "validation": ()}
    lacking = [one.got for one in found(Material(rows, (), material.scenarios, STANDARD)) if one.check == "counts"]

    assert (
        "families: 1 of 1000" in lacking and "encouragement: 0 of 200" in lacking and any("Dutch" in x for x in lacking)
    )


def test_the_report_holds_every_finding_and_shows_private_things_nowhere(
    corpus: Corpus, material: Material, store: FolderStore
) -> None:
    row = changed(material.rows[Role.EXPLAINER]["train"][6], says="Write to ann.lee@mail.example | now")
    quality = judge(with_row(material, Role.EXPLAINER, 7, row), TOOLS, {"explainer": "0" * 64})

    for page in (to_markdown(quality), to_html(quality)):
        assert "explainer/train.jsonl:7" in page and "e-mail address" in page and "ann.lee" not in page
        assert quality.title in page and "0" * 64 in page
    assert to_html(quality).count("<svg") >= 4


def test_a_corpus_is_judged_from_the_store_and_what_blocks_stops_a_run(corpus: Corpus, store: FolderStore) -> None:
    judged = judge_corpus(corpus, STANDARD, store, TOOLS, HERE)
    again = judge_corpus(corpus, STANDARD, store, TOOLS, HERE)

    kept = json.loads((store.fetch(judged.report) / "quality.json").read_text())
    assert judged == again and judged.blocking == 0
    assert kept["digests"]["explainer"] == corpus.sets[Role.EXPLAINER].sha256
    assert HERE.items() <= kept["digests"].items()
    require(judged)
    with pytest.raises(DataError, match=r"7 findings block. a at b.*And 2 more.*josi data check"):
        require(Judged(report=judged.report, blocking=7, warnings=0, first=("a at b",)))


def test_everything_that_models_are_judged_by_is_looked_for(material: Material) -> None:
    assert {"unseen", "red_flags", "explainer"} <= set(material.scenarios)
    scenarios = {**material.scenarios, "golden": (Prompt("g/1", "Is the moon made of soft cheese today?"),)}
    row = changed(material.rows[Role.INTERPRETER]["train"][0], says="is the moon made of soft cheese today")
    poisoned = with_row(Material(material.rows, (), scenarios, STANDARD), Role.INTERPRETER, 1, row)

    assert Counter(one.check for one in found(poisoned))["leak"] == 1


def test_the_vocabularies_that_rows_are_measured_in_are_named_by_their_bytes(tmp_path: Path) -> None:
    path = tmp_path / "models" / VOCABULARIES["qwen2"]
    path.parent.mkdir()
    named = []
    for data in (b"one", b"two"):
        path.write_bytes(data)
        named.append(vocabularies_at(tmp_path))

    assert named == [{path.name: sha256_hex(b"one")}, {path.name: sha256_hex(b"two")}]
    assert vocabularies_at(tmp_path / "nowhere") == {}


def test_the_tiny_recipe_is_measured_by_its_own_limits() -> None:
    standard = Standard.of(load("tiny"))

    assert standard.budgets[Role.INTERPRETER] == 1024 and standard.echo is Echo.RUNTIME
