"""The plots of a gate report."""

from collections.abc import Mapping, Sequence
from typing import Any

from tasks.evaluate.beside import JUDGED, AgainstFloor
from tasks.evaluate.intervals import Rate
from tasks.evaluate.metrics import INVALID, Confusion, Metrics
from tasks.evaluate.parity import Parity
from tasks.evaluate.thresholds import PARITY_AGREEMENT, PRODUCTION_ACTION, PRODUCTION_PASS_RATE, PRODUCTION_WARMTH
from tasks.figure import BAR, INK, LINE, MAIN, SECOND, SOFT, figure


def accuracy(metrics: Metrics, floor: AgainstFloor | None = None) -> str:
    """Action accuracy with its interval, by set: the model's own, after post-processing, and the linear floor's."""
    floors = {found.name: found.floor for found in floor.sets} if floor else {}
    rows = [
        (f"{name}, {label}", found, color)
        for name in JUDGED
        if name in metrics.sets
        for label, found, color in (
            ("model", metrics.sets[name].model.action, MAIN),
            ("processed", metrics.sets[name].processed.action, SECOND),
            ("linear floor", floors.get(name), SOFT),
        )
        if found is not None
    ]
    return _intervals(rows, PRODUCTION_ACTION)


def categories(metrics: Metrics) -> str:
    """The explainer's pass rate with its interval, by category, the lowest first."""
    found = sorted(metrics.explainer.by_category.items(), key=lambda item: (item[1].value or 0.0, item[0]))
    rows = [(f"{name} ({share.total})", share, MAIN) for name, share in found]
    return _intervals(rows, PRODUCTION_PASS_RATE)


def confusion(table: Confusion) -> str:
    """Expected action (rows) against the model's (columns), as shares of a row; counts are written in."""
    names = list(table)
    columns = [*names, INVALID] if any(row.get(INVALID) for row in table.values()) else names
    with figure(3.6) as (axes, done):
        for y, name in enumerate(names):
            total = sum(table[name].values())
            for x, column in enumerate(columns):
                count = table[name].get(column, 0)
                share = count / total if total else 0.0
                color = MAIN if column == name else BAR
                axes.add_patch(_rectangle(x, y, color, 0.08 + 0.6 * share if count else 0.0))
                if count:
                    axes.text(x, y, str(count), ha="center", va="center", color=INK, fontsize=10)
        axes.set_xticks(range(len(columns)), [_short(c) for c in columns], rotation=35, ha="right")
        axes.set_yticks(range(len(names)), [_short(name) for name in names])
        axes.set_xlim(-0.5, len(columns) - 0.5)
        axes.set_ylim(len(names) - 0.5, -0.5)
        axes.set_ylabel("expected", color=SOFT)
        axes.set_xlabel("model said", color=SOFT)
        axes.tick_params(length=0)
    return done()


def scores(values: Mapping[str, Sequence[float]]) -> str:
    """How warmth and brevity are spread over the answers, 1 to 5."""
    with figure(2.6) as (axes, done):
        edges = [1 + 0.5 * i for i in range(9)]
        colors = (MAIN, SECOND)
        axes.hist(list(values.values()), bins=edges, color=colors[: len(values)], label=list(values), rwidth=0.85)
        axes.axvline(PRODUCTION_WARMTH, color=BAR, linewidth=1.2, linestyle=(0, (4, 3)))
        axes.set_xlim(1, 5)
        axes.set_xlabel("score", color=SOFT)
        axes.set_ylabel("answers", color=SOFT)
        axes.legend(frameon=False, labelcolor=INK, loc="upper left", bbox_to_anchor=(0, 1.22), ncols=2)
    return done()


def parity(record: Parity) -> str:
    """The ladder: agreement with the merged model at each step, and the bar that it has to reach."""
    steps = list(record.steps)
    with figure(0.7 + 0.42 * max(1, len(steps))) as (axes, done):
        for y, step in enumerate(steps):
            share = step.agree / step.total if step.total else 0.0
            axes.barh(y, share, height=0.52, color=MAIN if step.step == "f16" else SECOND)
            axes.text(0.02, y, f"{step.agree} of {step.total}", va="center", color="#070707", fontsize=9)
            bar = PARITY_AGREEMENT.get(step.step)
            if bar is not None:
                axes.plot([bar, bar], [y - 0.38, y + 0.38], color=BAR, linewidth=2)
        axes.set_yticks(range(len(steps)), [f"{s.role.value}, {s.label}" for s in steps])
        axes.set_ylim(len(steps) - 0.5, -0.5)
        _share_axis(axes)
    return done()


def _intervals(rows: Sequence[tuple[str, Rate, str]], bar: float) -> str:
    with figure(0.7 + 0.36 * max(1, len(rows))) as (axes, done):
        axes.axvline(bar, color=BAR, linewidth=1.2, linestyle=(0, (4, 3)))
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
    axes.grid(axis="x", color=LINE, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(axis="y", length=0)


def _rectangle(x: int, y: int, color: str, alpha: float) -> Any:
    from matplotlib.patches import Rectangle

    return Rectangle((x - 0.47, y - 0.46), 0.94, 0.92, facecolor=color, alpha=alpha, linewidth=0)


def _short(action: str) -> str:
    return action.replace("_", " ")
