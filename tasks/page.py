"""How reports become Markdown and HTML: jinja2 as strict as it can be, with the style that all pages share."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tasks.cell import cell

_SHARED = Path(__file__).parent  # page.css


def templates(folder: Path, *, escape: bool, filters: Mapping[str, Callable[..., Any]] | None = None) -> Any:
    """The environment for the templates of a folder. An unknown name is an error. `escape`: off for Markdown alone."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader((folder, _SHARED)),
        autoescape=escape,  # noqa: S701  # Markdown's cells are escaped by the filter `cell`
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"cell": cell, **(filters or {})}
    return environment
