"""A line by which phrasings are compared."""

from josi.records import Record


class Phrase(Record):
    """Where a line stands, and its words, with {slots} where it has any."""

    where: str
    text: str
