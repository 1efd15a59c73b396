"""Gold answers: what the best coach would say, written by hand, and how coaches review them. See data/gold/CARD.md."""

from tasks.data.gold.check import findings_of, must_of
from tasks.data.gold.entry import Entry, Gold, Review, State, digest_of
from tasks.data.gold.load import FOLDER, load_gold
from tasks.data.gold.scenarios import gold_scenarios

__all__ = [
    "FOLDER",
    "Entry",
    "Gold",
    "Review",
    "State",
    "digest_of",
    "findings_of",
    "gold_scenarios",
    "load_gold",
    "must_of",
]
