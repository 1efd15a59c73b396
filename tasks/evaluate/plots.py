"""Inline SVG plots that take their colours and letters from the page: one file, light and dark, sharp in print.

Drawn about as wide as a phone, so that letters keep their size there; wider screens put plots side by side.
"""

import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from tasks.evaluate.answers import KNOWN, UNSEEN
from tasks.evaluate.intervals import Rate
from tasks.evaluate.metrics import INVALID, Confusion, Metrics
from tasks.evaluate.parity import Parity
from tasks.evaluate.thresholds import PARITY_AGREEMENT, PRODUCTION_ACTION, PRODUCTION_PASS_RATE, PRODUCTION_WARMTH

# Stand-ins that matplotlib can draw with; each becomes a CSS variable of the page.
_INK, _SOFT, _LINE, _MAIN, _SECOND, _BAR = "#010101", "#020202", "#030303", "#040404", "#050505", "#060606"
_VARIABLES = {_INK: "ink", _SOFT: "soft", _LINE: "line", _MAIN: "main", _SECOND: "second", _BAR: "bar"}
_WIDTH = 4.4  # inches; 72 points each


def accuracy(metrics: Metrics) -> str:
    """Action accuracy with its interval: the model's own and after post-processing, known and unseen."""
    rows = [
        (f"{name}, {label}", scores.action, color)
        for name in (KNOWN, UNSEEN)
        if name in metrics.sets
        for label, scores, color in (
            ("model", metrics.sets[name].model, _MAIN),
            ("processed", metrics.sets[name].processed, _SECOND),
        )
    ]
    return _intervals(rows, PRODUCTION_ACTION)


def categories(metrics: Metrics) -> str:
    """The explainer's pass rate with its interval, by category, the lowest first."""
    found = sorted(metrics.explainer.by_category.items(), key=lambda item: (item[1].value or 0.0, item[0]))
    rows = [(f"{name} ({share.total})", share, _MAIN) for name, share in found]
    return _intervals(rows, PRODUCTION_PASS_RATE)


def confusion(table: Confusion) -> str:
    """Expected action (rows) against the model's (columns), as shares of a row; counts are written in."""
    names = list(table)
    columns = [*names, INVALID] if any(row.get(INVALID) for row in table.values()) else names
    with _figure(3.6) as (axes, done):
        for y, name in enumerate(names):
            total = sum(table[name].values())
            for x, column in enumerate(columns):
                count = table[name].get(column, 0)
                share = count / total if total else 0.0
                color = _MAIN if column == name else _BAR
                axes.add_patch(_rectangle(x, y, color, 0.08 + 0.6 * share if count else 0.0))
                if count:
                    axes.text(x, y, str(count), ha="center", va="center", color=_INK, fontsize=10)
        axes.set_xticks(range(len(columns)), [_short(c) for c in columns], rotation=35, ha="right")
        axes.set_yticks(range(len(names)), [_short(name) for name in names])
        axes.set_xlim(-0.5, len(columns) - 0.5)
        axes.set_ylim(len(names) - 0.5, -0.5)
        axes.set_ylabel("expected", color=_SOFT)
        axes.set_xlabel("model said", color=_SOFT)
        axes.tick_params(length=0)
    return done()


def scores(values: Mapping[str, Sequence[float]]) -> str:
    """How warmth and brevity are spread over the answers, 1 to 5."""
    with _figure(2.6) as (axes, done):
        edges = [1 + 0.5 * i for i in range(9)]
        colors = (_MAIN, _SECOND)
        axes.hist(list(values.values()), bins=edges, color=colors[: len(values)], label=list(values), rwidth=0.85)
        axes.axvline(PRODUCTION_WARMTH, color=_BAR, linewidth=1.2, linestyle=(0, (4, 3)))
        axes.set_xlim(1, 5)
        axes.set_xlabel("score", color=_SOFT)
        axes.set_ylabel("answers", color=_SOFT)
        axes.legend(frameon=False, labelcolor=_INK, loc="upper left", bbox_to_anchor=(0, 1.22), ncols=2)
    return done()


def parity(record: Parity) -> str:
    """The ladder: agreement with the merged model at each step, and the bar that it has to reach."""
    steps = list(record.steps)
    with _figure(0.7 + 0.42 * max(1, len(steps))) as (axes, done):
        for y, step in enumerate(steps):
            share = step.agree / step.total if step.total else 0.0
            axes.barh(y, share, height=0.52, color=_MAIN if step.step == "f16" else _SECOND)
            axes.text(0.02, y, f"{step.agree} of {step.total}", va="center", color="#070707", fontsize=9)
            bar = PARITY_AGREEMENT.get(step.step)
            if bar is not None:
                axes.plot([bar, bar], [y - 0.38, y + 0.38], color=_BAR, linewidth=2)
        axes.set_yticks(range(len(steps)), [f"{s.role.value}, {s.label}" for s in steps])
        axes.set_ylim(len(steps) - 0.5, -0.5)
        _share_axis(axes)
    return done()


def _intervals(rows: Sequence[tuple[str, Rate, str]], bar: float) -> str:
    with _figure(0.7 + 0.36 * max(1, len(rows))) as (axes, done):
        axes.axvline(bar, color=_BAR, linewidth=1.2, linestyle=(0, (4, 3)))
        for y, (_, found, color) in enumerate(rows):
            if found.value is None:
                continue
            axes.plot(
                [found.low, found.high],
                [y, y],
                color=color,
                linewidth=5,
                alpha=0.35,
                solid_capstyle="round",
                clip_on=False,
            )
            axes.plot(found.value, y, "o", color=color, markersize=7, clip_on=False)
        axes.set_yticks(range(len(rows)), [label for label, _, _ in rows])
        axes.set_ylim(max(len(rows), 1) - 0.5, -0.5)
        _share_axis(axes)
    return done()


def _share_axis(axes: Any) -> None:
    axes.set_xlim(0, 1.02)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "25", "50", "75", "100%"])
    axes.grid(axis="x", color=_LINE, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(axis="y", length=0)


def _rectangle(x: int, y: int, color: str, alpha: float) -> Any:
    from matplotlib.patches import Rectangle

    return Rectangle((x - 0.47, y - 0.46), 0.94, 0.92, facecolor=color, alpha=alpha, linewidth=0)


def _short(action: str) -> str:
    return action.replace("_", " ")


@contextmanager
def _figure(height: float) -> Iterator[tuple[Any, Callable[[], str]]]:
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
        axes.spines["bottom"].set_color(_LINE)
        axes.tick_params(colors=_INK, labelsize=10)
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
