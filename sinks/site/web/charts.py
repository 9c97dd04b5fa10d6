"""Draws bars as SVG on the server; the figures always stand in a table beside them."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

WIDTH = 640
ROW = 30
LABEL = 200
FIGURE = 60
HEIGHT = 220
BASE = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar; `second` is stacked on `first`."""

    label: str
    first: int
    second: int = 0

    @property
    def total(self) -> int:
        """Return both together."""
        return self.first + self.second


def lying(bars: Sequence[Bar], title: str) -> Markup:
    """Return bars that lie, one a line, with their labels before and figures behind them."""
    most = max((bar.total for bar in bars), default=0) or 1
    room = WIDTH - LABEL - FIGURE
    parts = [_open(len(bars) * ROW + 4, title)]
    for at, bar in enumerate(bars):
        y = at * ROW + 4
        first, second = (round(room * value / most, 1) for value in (bar.first, bar.second))
        parts.append(
            Markup(
                '<text x="{}" y="{}" text-anchor="end">{}</text>'
                '<rect class="bar" x="{}" y="{}" width="{}" height="20"/>'
                '<rect class="bar2" x="{}" y="{}" width="{}" height="20"/>'
                '<text class="soft" x="{}" y="{}">{}</text>'
            ).format(
                LABEL - 10,
                y + 15,
                _short(bar.label),
                LABEL,
                y,
                first,
                LABEL + first,
                y,
                second,
                LABEL + first + second + 8,
                y + 15,
                f"{bar.total:,}",
            )
        )
    return Markup("").join([*parts, Markup("</svg>")])


def standing(bars: Sequence[Bar], title: str) -> Markup:
    """Return bars that stand side by side, as for months."""
    most = max((bar.total for bar in bars), default=0) or 1
    step = WIDTH / max(len(bars), 6)
    room = HEIGHT - BASE - 20
    floor = HEIGHT - BASE
    parts = [
        _open(HEIGHT, title),
        Markup('<line class="axis" x1="0" x2="{}" y1="{}" y2="{}"/>').format(WIDTH, floor, floor),
    ]
    for at, bar in enumerate(bars):
        first, second = (round(room * value / most, 1) for value in (bar.first, bar.second))
        x, middle, width = (
            round(at * step + step * 0.2, 1),
            round(at * step + step / 2, 1),
            round(step * 0.6, 1),
        )
        parts.append(
            Markup(
                '<rect class="bar" x="{}" y="{}" width="{}" height="{}"/>'
                '<rect class="bar2" x="{}" y="{}" width="{}" height="{}"/>'
                '<text class="soft" x="{}" y="{}" text-anchor="middle">{}</text>'
                '<text class="soft" x="{}" y="{}" text-anchor="middle">{}</text>'
            ).format(
                x,
                floor - first,
                width,
                first,
                x,
                floor - first - second,
                width,
                second,
                middle,
                floor - first - second - 5,
                f"{bar.total:,}",
                middle,
                floor + 20,
                bar.label,
            )
        )
    return Markup("").join([*parts, Markup("</svg>")])


def _open(height: int, title: str) -> Markup:
    return Markup('<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}">').format(
        WIDTH, height, title
    )


def _short(label: str) -> str:
    most = 14
    return label if len(label) <= most else f"{label[: most - 1]}…"
