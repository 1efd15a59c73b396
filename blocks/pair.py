"""The downloaded pair, loaded: what an app has in memory while it chats."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from blocks.installation import installed
from blocks.llama import LlamaModel
from blocks.shipped import read_shipped
from josi.assistant import Assistant
from josi.engine import ReferenceEngine
from josi.errors import DownloadError
from josi.records import Role


@contextmanager
def open_pair(folder: Path) -> Iterator[Assistant]:
    """The assistant over the current installation in `folder`. No part of it uses the network.

    Raises DownloadError where models or their settings are missing.
    """
    found = installed(folder)
    missing = [role for role in Role if role not in found.models]
    if missing or "runtime.json" not in found.runtime:
        raise DownloadError(
            f"{found.release} in {folder} lacks {', '.join(missing) or 'its runtime settings'}.",
            "Run `josi download` without --role.",
        )
    shipped = read_shipped(found.runtime)
    with ExitStack() as stack:
        interpreter, explainer = (
            stack.enter_context(LlamaModel(found.models[role], shipped.runtime.roles[role].context_tokens))
            for role in (Role.INTERPRETER, Role.EXPLAINER)
        )
        yield Assistant(interpreter, explainer, ReferenceEngine(), shipped)
