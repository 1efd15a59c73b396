"""`josi data knowledge`, run as a process."""

import json

from tests.cli.test_cli import josi


def test_a_question_shows_its_cards_and_why() -> None:
    done = josi("data", "knowledge", "What do I eat before a long run?")

    assert done.returncode == 0, done.stderr
    assert "✓" in done.stdout
    assert "eat-before: eat before" in done.stdout
    assert "Choose something light" in done.stdout


def test_programs_get_json_and_the_situation_counts() -> None:
    done = josi("data", "knowledge", "Any tips?", "--readiness", "red", "--json")

    said = json.loads(done.stdout)
    assert said["chosen"] == ["readiness-low"]
    assert said["found"][0]["fits"] == ["readiness"]


def test_where_no_card_fits_it_says_so() -> None:
    assert "No card fits" in josi("data", "knowledge", "hello there").stdout
