"""Draws bars as SVG on the server, as wide as their place; their figures stand in a table beside them."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

ROW = 44
HEIGHT = 240
FLOOR = 200
HEAD = 20
"""Pixels above the highest bar, for its figure."""
FEWEST = 6
"""Places that standing bars share at least, so that a single one is no wall."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar; `second` is stacked on `first`."""

    label: str
    first: int
    second: int = 0
    said: str = ""
    """What stands as its figure; "" for the total."""

    @property
    def total(self) -> int:
        """Return both together."""
        return self.first + self.second

    @property
    def figure(self) -> str:
        """Return what stands beside the bar."""
        return self.said or f"{self.total:,}"


def lying(bars: Sequence[Bar], title: str, most: int = 0) -> Markup:
    """Return bars that lie, each under its label and figure; `most` fills the line, else the longest does."""
    most = most or max((bar.total for bar in bars), default=0) or 1
    drawn = (
        Markup(
            '<text x="0" y="{}">{}</text><text class="soft" x="100%" y="{}" text-anchor="end">{}</text>'
            '<rect class="rail" x="0" y="{}" width="100%" height="12"/>'
            '<rect class="bar" x="0" y="{}" width="{}%" height="12"/>'
            '<rect class="bar2" x="{}%" y="{}" width="{}%" height="12"/>'
        ).format(
            y, bar.label, y, bar.figure, y + 8, y + 8, first := _share(bar.first, most), first, y + 8,
            _share(bar.second, most),
        )
        for at, bar in enumerate(bars)
        for y in (at * ROW + 16,)
    )  # fmt: skip
    return Markup("").join([_open(len(bars) * ROW, title), *drawn, Markup("</svg>")])


def standing(months: Sequence[Bar], title: str) -> Markup:
    """Return bars that stand side by side; a month's label is `2026-09`, its year stands where it begins."""
    most = max((bar.total for bar in months), default=0) or 1
    step = 100 / max(len(months), FEWEST)
    room = FLOOR - HEAD
    parts = [
        _open(HEIGHT, title),
        Markup('<line class="axis" x1="0" x2="100%" y1="{}" y2="{}"/>').format(FLOOR, FLOOR),
    ]
    for at, bar in enumerate(months):
        first, second = (round(room * value / most, 1) for value in (bar.first, bar.second))
        left, middle = round((at + 0.18) * step, 2), round((at + 0.5) * step, 2)
        year, _, month = bar.label.partition("-")
        begins = at == 0 or not months[at - 1].label.startswith(year)
        place = {"left": left, "middle": middle, "width": round(0.64 * step, 2)}
        parts.append(
            Markup(
                '<rect class="bar" x="{left}%" y="{y}" width="{width}%" height="{first}"/>'
                '<rect class="bar2" x="{left}%" y="{y2}" width="{width}%" height="{second}"/>'
                '<text class="figure" x="{middle}%" y="{above}" text-anchor="middle">{figure}</text>'
                '<text class="soft" x="{middle}%" y="{m}" text-anchor="middle">{month}</text>'
                '<text class="soft" x="{middle}%" y="{n}" text-anchor="middle">{year}</text>'
            ).format(
                **place,
                y=FLOOR - first,
                first=first,
                y2=FLOOR - first - second,
                second=second,
                above=FLOOR - first - second - 6,
                figure=bar.figure,
                m=FLOOR + 17,
                month=month,
                n=FLOOR + 34,
                year=year if begins else "",
            )
        )
    return Markup("").join([*parts, Markup("</svg>")])


def _share(value: int, most: int) -> float:
    return round(100 * value / most, 2)


def _open(height: int, title: str) -> Markup:
    return Markup('<svg class="chart" width="100%" height="{}" role="img" aria-label="{}">').format(
        height, title
    )
