import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest

from blocks.settings import Settings
from blocks.store import FolderStore
from josi.chat import Message, user_turn
from josi.examples import Corpus, Example, Scenario
from josi.records import Artifact, Kind, Role
from tasks.evaluate.answers import SETS
from tasks.evaluate.beside import JUDGED, Floor, against_floor
from tasks.evaluate.floor import floor, floor_of, measure_floor, read_lines, taught
from tasks.evaluate.metrics import measure
from tasks.evaluate.report import Report, draw_up, to_html, to_json, to_markdown
from tasks.stage import by_hand

WORKOUTS = ("Make me a run", "Could I have a ride", "Build a session for today", "A swim would be nice")
QUESTIONS = ("Why was yesterday so easy", "Explain this week", "What is the reason for the rest", "Why so slow")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FolderStore:
    monkeypatch.setenv("JOSI_HOME", str(tmp_path / "home"))
    return Settings().store


def row(said: str, target: str) -> Example:
    messages = (("system", "Say what."), ("user", said), ("assistant", target))
    return Example(
        role=Role.INTERPRETER,
        messages=tuple(Message(role=role, content=content) for role, content in messages),
        source="t",
        category="c",
        language="en",
        family="f",
    )


def rows_in(store: FolderStore, tmp_path: Path, rows: Sequence[Example]) -> Artifact:
    folder = tmp_path / "rows"
    folder.mkdir(exist_ok=True)
    (folder / "train.jsonl").write_text("".join(f"{one.model_dump_json()}\n" for one in rows), "utf-8")
    return store.put(folder, Kind.CORPUS, "interpreter")


def scenarios_in(store: FolderStore, tmp_path: Path, unseen: Sequence[Scenario]) -> Artifact:
    """Every set is there, and all but one are empty."""
    folder = tmp_path / "scenarios"
    folder.mkdir(exist_ok=True)
    for name in SETS:
        lines = unseen if name == "unseen" else ()
        (folder / f"{name}.jsonl").write_text("".join(f"{one.model_dump_json()}\n" for one in lines), "utf-8")
    return store.put(folder, Kind.CORPUS, "scenarios")


def two_kinds() -> list[Example]:
    return [
        *(row(f"{said}\n\nCONTEXT:\n- Readiness: Green", '{"action":"create_workout"}') for said in WORKOUTS),
        *(row(f"{said}\n\nCONTEXT:\n- Readiness: Green", '{"action":"explain"}') for said in QUESTIONS),
    ]


@pytest.fixture
def asked(make: SimpleNamespace) -> list[Scenario]:
    explain = make.request("explain")
    return [
        make.scenario("u1", message="Build me a ride for today"),
        make.scenario("u2", message="Why is this week so slow", expected=explain),
        make.scenario("u3", message="Make me a run", expected=explain),  # the label here is not the rows' label
    ]


def test_the_floor_learns_the_rows_and_not_the_prompts_it_is_judged_by(
    store: FolderStore, tmp_path: Path, asked: list[Scenario]
) -> None:
    scenarios = scenarios_in(store, tmp_path, asked)

    found = measure_floor(rows_in(store, tmp_path, two_kinds()), scenarios, store)
    turned = [row(one.messages[-2].content, '{"action":"explain"}') for one in two_kinds()[:4]]
    other = measure_floor(rows_in(store, tmp_path, [*turned, *two_kinds()[4:]]), scenarios, store)

    assert found == Floor(rows=8, right={"known": (), "unseen": (True, True, False), "prompts": ()})
    assert other.right["unseen"] == (False, True, True)


def test_the_same_corpus_gives_the_same_floor_and_is_learned_once(
    store: FolderStore, tmp_path: Path, asked: list[Scenario]
) -> None:
    rows, scenarios = rows_in(store, tmp_path, two_kinds()), scenarios_in(store, tmp_path, asked)
    first = by_hand(floor, Floor, rows=rows, scenarios=scenarios)

    assert measure_floor(rows, scenarios, store) == first
    shutil.rmtree(store.root)  # nothing is left to learn from: only what was kept can be found
    assert by_hand(floor, Floor, rows=rows, scenarios=scenarios) == first


def test_a_corpus_without_an_interpreter_has_no_floor() -> None:
    nothing = Artifact(kind=Kind.CORPUS, name="x", sha256="0" * 64, size=1)
    corpus = Corpus(sets={Role.EXPLAINER: nothing}, pairs=nothing, scenarios=nothing, report=nothing)

    assert floor_of(corpus) is None


@pytest.mark.parametrize(("rows", "right"), [(0, (False, False, False)), (3, (True, False, False))])
def test_rows_that_tell_nothing_apart_give_a_floor_that_guesses(
    store: FolderStore, tmp_path: Path, asked: list[Scenario], rows: int, right: tuple[bool, ...]
) -> None:
    made = rows_in(store, tmp_path, two_kinds()[:rows])

    assert measure_floor(made, scenarios_in(store, tmp_path, asked), store).right["unseen"] == right


def test_what_is_learned_is_what_the_athlete_says_and_the_action(tmp_path: Path, make: SimpleNamespace) -> None:
    two_paragraphs = "Make me a run.\n\nAn easy one, please."
    turn = user_turn(two_paragraphs, make.context())
    path = tmp_path / "train.jsonl"
    targets = ('{"free_text":"Make me a run.","action":"create_workout"}', "no JSON", "[1]", '{"sport":"run"}')
    path.write_text("".join(f"{row(turn, target).model_dump_json()}\n" for target in targets), "utf-8")

    assert turn != two_paragraphs
    assert read_lines(path) == ((two_paragraphs, "create_workout"),)


def test_a_classifier_that_is_asked_nothing_says_nothing() -> None:
    assert list(taught([("a run", "create_workout"), ("why is that", "explain")])([])) == []


def test_the_order_of_words_counts() -> None:
    """Runs of letters stay within a word: pairs of words alone tell these two apart."""
    lines = [("a run not a ride", "create_workout"), ("a ride not a run", "explain")]

    assert list(taught(lines)([said for said, _ in lines])) == ["create_workout", "explain"]


@pytest.fixture
def beaten() -> Floor:
    """Of the 20 unseen prompts of `make.answers` it gets the last ten."""
    return Floor(rows=12_000, right={"known": (True,) * 20, "unseen": (False,) * 10 + (True,) * 10, "prompts": ()})


def drawn(make: SimpleNamespace, floor: Floor | None, right: int = 20) -> Report:
    return draw_up(make.answers(unseen_right=right), make.parity(), {}, make.runtime(), None, floor)


def test_the_report_shows_the_floor_beside_the_model_in_every_form(make: SimpleNamespace, beaten: Floor) -> None:
    report = drawn(make, beaten)

    shown = {one.name: one for one in report.floor.sets} if report.floor else {}
    assert list(shown) == ["known", "unseen"], "the floor was not asked the test prompts"
    assert (shown["unseen"].model.hits, shown["unseen"].floor.hits) == (20, 10)
    gained = shown["unseen"].difference
    assert (gained.change, gained.word) == (0.5, "better")
    assert shown["known"].difference.word == "within noise"
    for text in (to_html(report), to_markdown(report)):
        assert "Beside a linear classifier" in text and "12,000 rows" in text and "closes no channel" in text
        assert "50.0% (10 of 20" in text
        assert f"+0.500 ({gained.low:+.3f} to {gained.high:+.3f})" in text
    assert json.loads(to_json(report))["floor"]["rows"] == 12_000
    assert "unseen, linear floor" in to_html(report)


def test_a_model_below_the_floor_is_called_worse_and_no_channel_asks_for_it(
    make: SimpleNamespace, beaten: Floor
) -> None:
    above = beaten.model_copy(update={"right": {**beaten.right, "unseen": (True,) * 20}})
    with_floor, without = drawn(make, above, right=4), drawn(make, None, right=4)

    assert with_floor.floor and with_floor.floor.sets[1].difference.word == "worse"
    assert (with_floor.verdict, with_floor.gate) == (without.verdict, without.gate)


@pytest.mark.parametrize("form", [to_html, to_markdown])
def test_a_report_without_a_floor_does_not_speak_of_one(make: SimpleNamespace, form: object) -> None:
    for nothing in (None, Floor(rows=0, right=dict.fromkeys(JUDGED, ()))):
        report = drawn(make, nothing)
        assert report.floor is None
        assert "linear" not in form(report)  # type: ignore[operator]


def test_a_floor_of_other_prompts_is_refused(make: SimpleNamespace, beaten: Floor) -> None:
    answers = make.answers(unseen=30)

    with pytest.raises(ValueError, match="shorter"):
        against_floor(answers, measure(answers), beaten)
