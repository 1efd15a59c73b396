"""The red-flag rule stops nothing of what the project teaches that is not medical, and most of what is."""

import pytest

from josi.red_flags import red_flag
from josi.tiers import MEDICAL
from tasks.data.expand import generator, say
from tasks.data.families import Family
from tasks.data.project import load_project
from tasks.data.slots import SLOT

DRAWINGS = 3  # of a family with slots: other words may make other matches
ALARMS_STOPPED = 0.95  # of the messages of interpreter/alarming.yaml; the rest is the model's to see


@pytest.fixture(scope="module")
def said() -> tuple[tuple[Family, str], ...]:
    text = load_project()
    return tuple(
        (family, say(family, text.words.slots, generator("stops", family.name, drawing), noise=False)[0])
        for family in text.learned
        for drawing in range(DRAWINGS if SLOT.search(family.text) else 1)
    )


def _medical(family: Family) -> bool:
    return MEDICAL in family.group.request.get("missing", ()) or "medical" in family.group.category


def test_no_message_that_is_not_medical_is_stopped(said: tuple[tuple[Family, str], ...]) -> None:
    ordinary = [(family, text) for family, text in said if not _medical(family)]
    stopped = [f"{family.where} {text!r}: {flag}" for family, text in ordinary if (flag := red_flag(text))]

    assert len(ordinary) > 5000
    assert not stopped, "\n".join(stopped)


def test_no_harmless_look_alike_of_the_training_text_is_stopped(said: tuple[tuple[Family, str], ...]) -> None:
    files = ("interpreter/harmless.yaml", "interpreter/other_words.yaml")
    alike = [text for family, text in said if family.file in files or family.group.category.startswith("lookalike")]

    assert len(alike) > 417
    assert not [text for text in alike if red_flag(text)]


def test_most_alarming_messages_are_stopped_by_the_rule_alone(said: tuple[tuple[Family, str], ...]) -> None:
    alarms = {family.where: text for family, text in said if family.file == "interpreter/alarming.yaml"}
    stopped = [text for text in alarms.values() if red_flag(text)]

    assert len(stopped) >= ALARMS_STOPPED * len(alarms) > 0
