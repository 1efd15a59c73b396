"""Inline SVG plots that take their colours and letters from the page: one file, light and dark, sharp in print.

Drawn about as wide as a phone, so that letters keep their size there; wider screens put plots side by side.
"""

import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

# Stand-ins that matplotlib can draw with; each becomes a CSS variable of the page.
INK, SOFT, LINE, MAIN, SECOND, BAR = "#010101", "#020202", "#030303", "#040404", "#050505", "#060606"
_VARIABLES = {INK: "ink", SOFT: "soft", LINE: "line", MAIN: "main", SECOND: "second", BAR: "bar"}
_WIDTH = 4.4  # inches; 72 points each


@contextmanager
def figure(height: float) -> Iterator[tuple[Any, Callable[[], str]]]:
    """Axes to draw on, and a function that gives the SVG once the block is left."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib.figure import Figure

    style = {"svg.fonttype": "none", "svg.hashsalt": "josi", "font.size": 10, "axes.linewidth": 0.8}
    result: list[str] = []
    with mpl.rc_context(style):
        figure = Figure(figsize=(_WIDTH, height), layout="constrained")
        axes = figure.add_subplot()
        for side in ("top", "right", "left"):
            axes.spines[side].set_visible(False)
        axes.spines["bottom"].set_color(LINE)
        axes.tick_params(colors=INK, labelsize=10)
        yield axes, lambda: result[0]
        file = io.StringIO()
        figure.savefig(file, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
        result.append(_inline(file.getvalue()))


def _inline(svg: str) -> str:
    """The <svg> element alone, scalable, with the page's colours and font."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r'(<svg\b[^>]*?) (?:width|height)="[^"]*"', r"\1", svg, count=1)
    svg = re.sub(r'(<svg\b[^>]*?) (?:width|height)="[^"]*"', r"\1", svg, count=1)
    svg = re.sub(r"font: ([\d.]+px)[^;\"]*", r"font-size: \1; font-family: inherit", svg)
    for color, name in {**_VARIABLES, "#070707": "on-fill"}.items():
        svg = svg.replace(color, f"var(--{name})")
    return svg.replace("<svg ", '<svg role="img" ', 1)
