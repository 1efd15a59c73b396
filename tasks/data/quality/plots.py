"""The plots of a data quality report."""

from collections.abc import Mapping
from typing import Any

from tasks.data.stats import Lengths
from tasks.figure import BAR, INK, LINE, MAIN, SECOND, figure


def bars(counts: Mapping[str, int]) -> str:
    """How many of each, with the number written in."""
    with figure(0.6 + 0.3 * len(counts)) as (axes, done):
        axes.barh(range(len(counts)), list(counts.values()), color=MAIN, height=0.62, alpha=0.75)
        for y, count in enumerate(counts.values()):
            axes.text(count, y, f" {count:,}", va="center", color=INK, fontsize=9)
        _rows(axes, list(counts))
        axes.margins(x=0.14)
    return done()


def against(asked: Mapping[str, tuple[int, int]]) -> str:
    """What is here (a bar) beside what is asked for (a mark)."""
    with figure(0.6 + 0.3 * len(asked)) as (axes, done):
        for y, (here, least) in enumerate(asked.values()):
            axes.barh(y, here, color=MAIN if here >= least else BAR, height=0.62, alpha=0.75)
            axes.plot([least, least], [y - 0.42, y + 0.42], color=INK, linewidth=1.6)
            axes.text(max(here, least), y, f" {here:,}", va="center", color=INK, fontsize=9)
        _rows(axes, list(asked))
        axes.margins(x=0.14)
    return done()


def lengths(found: Mapping[str, Lengths]) -> str:
    """Median, 95th percentile and longest as three marks on a line."""
    with figure(0.7 + 0.42 * len(found)) as (axes, done):
        for y, one in enumerate(found.values()):
            axes.plot([one.median, one.longest], [y, y], color=MAIN, linewidth=5, alpha=0.3, solid_capstyle="round")
            axes.plot(one.median, y, "o", color=MAIN, markersize=7)
            axes.plot(one.p95, y, "o", color=SECOND, markersize=6)
            axes.text(one.longest, y, f"  {one.longest:,}", va="center", color=INK, fontsize=9)
        _rows(axes, list(found))
        axes.set_xlim(left=0)
        axes.margins(x=0.14)
    return done()


def _rows(axes: Any, names: list[str]) -> None:
    axes.set_yticks(range(len(names)), [name.replace("_", " ") for name in names])
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.grid(axis="x", color=LINE, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(axis="y", length=0)
