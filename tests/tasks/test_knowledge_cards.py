"""The coaching cards and their loader: faults are named with file and line, all at once."""

from pathlib import Path

import pytest
import yaml

from josi.errors import DataError
from josi.knowledge import Topic
from tasks.knowledge import CARDS, load_cards
from tasks.knowledge_card import MARK, counts

EN = (
    "Rest is where training turns into strength, so a quiet day is never lost. Your muscles repair, your head clears, "
    "and you come back fresher than you left. Take a stroll if you like, sleep a bit longer, and eat well."
)
NL = (
    "In rust wordt training kracht, dus een stille dag is nooit verloren. Je spieren herstellen, je hoofd wordt leeg, "
    "en je komt frisser terug dan je ging. Maak een ommetje als je wilt, slaap wat langer en eet goed."
)


def card(**changes: object) -> dict[str, object]:
    given = {"id": "rest", "topic": "recovery", "source": "coaching practice", "review": {"state": "draft"}}
    said = {
        "en": {"title": "Rest", "text": EN, "calls": ["rest"]},
        "nl": {"title": "Rust", "text": NL, "calls": ["rust"]},
    }
    return {**given, **said, **changes}


def faults(folder: Path, *cards: dict[str, object]) -> str:
    (folder / "cards.yaml").write_text(yaml.safe_dump(list(cards), sort_keys=False, width=1000), "utf-8")
    with pytest.raises(DataError) as caught:
        load_cards(folder)
    return caught.value.what


def test_the_projects_cards_are_whole_and_cover_every_topic() -> None:
    cards = load_cards().cards

    assert len(cards) >= 64
    assert {card.topic for card in cards} == set(Topic)


def test_the_counts_in_the_card_are_those_of_the_set() -> None:
    """Run `python -m tasks.knowledge_card` where this fails."""
    assert (CARDS / "CARD.md").read_text("utf-8").split(MARK)[1].strip() == counts(load_cards()).strip()


def test_a_good_card_is_read(tmp_path: Path) -> None:
    (tmp_path / "cards.yaml").write_text(yaml.safe_dump([card()]), "utf-8")

    assert [one.id for one in load_cards(tmp_path).cards] == ["rest"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Rest well.", "2 words, expected 35 to 70"),
        (f"{EN} {EN}", "82 words, expected 35 to 70"),
        (EN.replace("a bit longer", "for 9 long nights"), "got 9"),
        (EN.replace("a bit longer", "an hour longer"), "got an hour"),
        (EN.replace("a bit longer", "three nights"), "a number, 3"),
        (EN.replace("a stroll", "a stroll in zone 2"), "got Z2"),
        (EN.replace("Rest is", "Supercompensation is"), "jargon: expected no jargon, got Supercompensation"),
        (EN.replace("Rest is", "The algorithm says rest is"), "internals: expected no internals, got algorithm"),
        (EN.replace("Rest is", "**Rest** is"), "got **"),
        (EN.replace("eat well", "ask a personal trainer"), "referral: expected no referral, got a personal trainer"),
        (EN.replace("lost.", "lost? Really?"), "2 questions"),
        (NL, "this reads as nl"),
    ],
)
def test_a_text_that_breaks_a_rule_is_named_with_its_line(text: str, fault: str, tmp_path: Path) -> None:
    wrong = card(en={"title": "Rest", "text": text, "calls": ["rest"]})

    told = faults(tmp_path, wrong)

    assert fault in told
    assert "cards.yaml:8 card rest, en.text:" in told


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("- [", "utf-8")
    (tmp_path / "text.yaml").write_text("only words", "utf-8")
    lacking = {key: value for key, value in card(id="sleep").items() if key != "nl"}
    odd = card(id="food", topic="cookery", en={"title": "Food", "text": EN, "calls": ["eat__well", "eat", "eat"]})

    told = faults(tmp_path, card(), lacking, card(), odd, card(id="last", en={"title": "X", "text": "x", "calls": []}))

    for part in (
        "broken.yaml: ",
        "text.yaml:1: expected a list of cards",
        "card sleep, nl: Field required",
        "card food, topic: Input should be",
        "card rest: cards.yaml:1 has this id too",
        "card last, en.title: String should have at least 3 characters",
        "card last, en.calls: ",
    ):
        assert part in told


def test_calls_that_match_nothing_or_stand_twice_are_faults(tmp_path: Path) -> None:
    told = faults(tmp_path, card(en={"title": "Rest", "text": EN, "calls": ["rest", "a-b", "rest"]}))

    assert "en.calls.1: 'a-b' can match nothing" in told
    assert "en.calls: 'rest' stands twice" in told


def test_a_folder_without_cards_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="there are no cards"):
        load_cards(tmp_path)
