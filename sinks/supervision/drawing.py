"""The charts of a report's page as SVG, drawn on the server; the figures stand in tables beside them."""

from collections.abc import Sequence
from decimal import Decimal

from markupsafe import Markup

from sinks.supervision.words import KINDS, PARTIES, SPANS
from streams.domain.supervision.report import Part, Report, TrendPoint

_WIDTH, _HEIGHT, _FLOOR, _TOP = 480, 230, 190, 34
_COLOURS = ("#1f4e79", "#b02418", "#8a8a8a")


def spans(report: Report) -> Markup:
    """Draw how many working days publishing took, licences and penalties stacked."""
    counts = [[part.distribution.between(*span[1:]) for part in report.kinds] for span in SPANS]
    most = max(map(sum, counts)) or 1
    step = _WIDTH / len(SPANS)
    drawn = [_line(0, _FLOOR, _WIDTH, _FLOOR, "axis"), _legend([KINDS[part.kind] for part in report.kinds])]
    for at, (span, kinds) in enumerate(zip(SPANS, counts, strict=True)):
        y = float(_FLOOR)
        for colour, count in zip(_COLOURS, kinds, strict=False):
            height = (_FLOOR - _TOP - 14) * count / most
            y -= height
            drawn.append(_bar(at * step + step * 0.18, y, step * 0.64, height, colour))
        middle = at * step + step / 2
        drawn += [_text(middle, y - 5, f"{sum(kinds):,}"), _text(middle, _FLOOR + 17, span[0])]
    drawn.append(_text(_WIDTH / 2, _FLOOR + 36, "工作日"))
    return _svg("公示用时分布", _WIDTH, _HEIGHT, drawn)


def trend(report: Report) -> Markup:
    """Draw timeliness of all departments month by month."""
    shares = [point.timeliness.percent for point in report.trend]
    known = [share for share in shares if share is not None]
    low = min((int(share) // 10 * 10 for share in known), default=0)
    low = min(low, 90)
    step = _WIDTH / len(shares)
    drawn = []
    for mark in range(low, 101, max(10, (100 - low) // 40 * 10)):
        y = _height(Decimal(mark), low)
        drawn += [_line(0, y, _WIDTH, y, "grid"), _text(2, y - 3, f"{mark}%", anchor="start")]
    points = [
        (at * step + step / 2, _height(share, low), share)
        for at, share in enumerate(shares)
        if share is not None
    ]
    way = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in points)
    drawn.append(Markup('<polyline class="trend" points="{}"/>').format(way))
    for x, y, share in points:
        drawn += [
            Markup('<circle cx="{:.1f}" cy="{:.1f}" r="3" fill="{}"/>').format(x, y, _COLOURS[0]),
            _text(x, y - 8, f"{share:.1f}"),
        ]
    for at, point in enumerate(report.trend):
        drawn.append(_text(at * step + step / 2, _FLOOR + 17, str(point.month)[2:]))
    return _svg("全市及时率", _WIDTH, _HEIGHT, drawn)


def blame(part: Part) -> Markup:
    """Draw by whom decisions are late, as one bar."""
    figures = part.figures
    counts = (figures.late_by_department, figures.late_by_platform, figures.late_by_portal)
    whole = sum(counts) or 1
    drawn, x = [], 0.0
    for colour, name, count in zip(_COLOURS, PARTIES.values(), counts, strict=True):
        width = _WIDTH * count / whole
        drawn.append(_bar(x, 26, width, 24, colour))
        x += width
        at = (list(PARTIES.values()).index(name)) * _WIDTH / len(counts)
        drawn += [
            _bar(at, 4, 12, 12, colour),
            _text(at + 18, 14, f"{name} {count:,} 件（{100 * count / whole:.1f}%）", anchor="start"),
        ]
    return _svg("超期责任", _WIDTH, 56, drawn)


def sparkline(points: Sequence[TrendPoint]) -> Markup:
    """Draw a department's trend in a line of text."""
    width, height = 96, 18
    step = width / max(len(points) - 1, 1)
    way = " ".join(
        f"{at * step:.1f},{height - 2 - float(share) / 100 * (height - 4):.1f}"
        for at, point in enumerate(points)
        if (share := point.timeliness.percent) is not None
    )
    drawn = [Markup('<polyline class="spark" points="{}"/>').format(way)]
    return _svg("近12个月及时率", width, height, drawn, kind="sparkline")


def _height(share: Decimal, low: int) -> float:
    return _FLOOR - (_FLOOR - _TOP) * (float(share) - low) / (100 - low)


def _svg(title: str, width: int, height: int, parts: Sequence[Markup], kind: str = "chart") -> Markup:
    opened = Markup('<svg class="{}" viewBox="0 0 {} {}" role="img" aria-label="{}">')
    return Markup("").join([opened.format(kind, width, height, title), *parts, Markup("</svg>")])


def _bar(x: float, y: float, width: float, height: float, colour: str) -> Markup:
    return Markup('<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" fill="{}"/>').format(
        x, y, width, height, colour
    )


def _line(left: float, top: float, right: float, bottom: float, kind: str) -> Markup:
    return Markup('<line class="{}" x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}"/>').format(
        kind, left, top, right, bottom
    )


def _text(x: float, y: float, text: str, anchor: str = "middle") -> Markup:
    return Markup('<text x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>').format(x, y, anchor, text)


def _legend(names: Sequence[str]) -> Markup:
    drawn = [
        part
        for at, (name, colour) in enumerate(zip(names, _COLOURS, strict=False))
        for part in (_bar(at * 90, 2, 12, 12, colour), _text(at * 90 + 18, 12, name, anchor="start"))
    ]
    return Markup("").join(drawn)
