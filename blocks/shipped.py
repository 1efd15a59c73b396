"""Reads what ships beside the models: runtime.json, grammar.gbnf, knowledge.json."""

from collections.abc import Mapping
from pathlib import Path

from josi.assistant import Shipped
from josi.errors import DataError
from josi.knowledge import Knowledge
from josi.runtime import Runtime

SETTINGS, GRAMMAR, CARDS = "runtime.json", "grammar.gbnf", "knowledge.json"


def read_shipped(files: Mapping[str, Path]) -> Shipped:
    """From the files by name. A release from before there were coaching cards has none.

    Raises DataError where a file is missing or cannot be read.
    """
    try:
        runtime = Runtime.model_validate_json(files[SETTINGS].read_bytes())
        grammar = files[GRAMMAR].read_text("utf-8")
        cards = Knowledge.model_validate_json(files[CARDS].read_bytes()).cards if CARDS in files else ()
    except KeyError as error:
        raise DataError(f"the runtime artifact lacks {error}.", "Run the same command again.") from None
    except (OSError, ValueError) as error:
        raise DataError(f"the runtime artifact cannot be read: {error}.", "Run the same command again.") from None
    return Shipped(runtime, grammar, cards)
