"""The geometry of charts: numbers to places; how they look is the style sheet's."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from leadsync.report.page.rendering import number

TOP = 18
"""Pixels above the plot, for the highest label."""
HEIGHT = 140
"""Pixels of the plot."""
WIDTH = 1000
"""Units of the plot's width, whatever it has in pixels."""
_LETTER = 2.05
"""Percent of the plot's width that a letter of a label may take: labels must not touch on a phone."""
_APART = 0.7
"""Percent between two labels at least."""
_EDGE = 12.0
"""Percent: labels nearer to an edge do not stand in the middle of their places."""
_LINES = 4
"""At most so many lines of the grid."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A horizontal line with its value."""

    y: float
    label: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A label below the plot."""

    x: float
    """In percent."""
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A filled part of a bar."""

    x: float
    """In percent."""
    width: float
    """In percent."""
    y: float
    height: float
    fill: str
    """The name of a pattern."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line, in as many pieces as it has gaps."""

    look: str
    """`main`, `limit`, `longest` or `retries`."""
    pieces: Sequence[str]
    """The points of each, as SVG writes them, in units of the plot."""


@dataclass(frozen=True, slots=True)
class Key:
    """What the legend says of a line or a pattern."""

    label: str
    fill: str = ""
    look: str = ""
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its numbers as text."""

    name: str
    """Unique in its page."""
    title: str
    told: str
    """What it shows, in words and numbers."""
    grid: Sequence[Grid]
    ticks: Sequence[Tick]
    keys: Sequence[Key]
    bars: Sequence[Bar] = ()
    lines: Sequence[Line] = ()
    gaps: Sequence[tuple[float, float]] = ()
    """Where there was nothing between sessions: x and width, in percent."""
    signs: Sequence[tuple[float, str]] = field(default=())
    """Signs above the plot, by their places in percent."""


class Scale:
    """Places values between 0 and the highest one of a chart, on a scale that ends with a round number."""

    def __init__(self, highest: float, unit: str, *, end: float = math.inf) -> None:
        highest = highest or 1.0
        rough = highest / (_LINES - 1)
        power = 10.0 ** math.floor(math.log10(rough))
        step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough * 0.999)
        self._top = min(max(step * math.ceil(highest / step - 1e-9), step), end)
        self._step = step
        self._unit = unit

    def y(self, value: float) -> float:
        """Give the place of a value, in pixels below the plot's upper edge."""
        return round(HEIGHT * (1 - min(value, self._top) / self._top), 1)

    def grid(self) -> list[Grid]:
        """Give the lines with their labels; the highest one has the unit."""
        values = [self._step * line for line in range(1, int(self._top / self._step + 1e-9) + 1)]
        last = values[-1]
        return [
            Grid(TOP + self.y(value), f"{number(round(value, 9))}{self._unit if value == last else ''}")
            for value in values
        ]


def steps(points: Sequence[tuple[float, float, float | None]], scale: Scale) -> list[str]:
    """Give the pieces of a line that holds each value from one x to another, in percent; None is a gap."""
    pieces: list[str] = []
    piece: list[str] = []
    for begin, end, value in points:
        if value is None:
            pieces.append(" ".join(piece))
            piece = []
            continue
        y = scale.y(value)
        piece += [f"{begin * WIDTH / 100:.1f},{y:g}", f"{end * WIDTH / 100:.1f},{y:g}"]
    return [piece for piece in [*pieces, " ".join(piece)] if piece]


def stack(x: float, width: float, parts: Sequence[tuple[str, float]], scale: Scale) -> list[Bar]:
    """Give a bar of several parts, the first one at the bottom; what is not nothing can be seen."""
    bars = []
    bottom = float(HEIGHT)
    for fill, value in parts:
        if value > 0:
            height = max(HEIGHT - scale.y(value), 2.0)
            bottom = max(bottom - height, -TOP / 2)
            bars.append(Bar(round(x, 3), round(width, 3), round(TOP + bottom, 1), round(height, 1), fill))
    return bars


def timed(moments: Sequence[tuple[float, datetime]], forms: Sequence[str]) -> list[Tick]:
    """Label the time with the first form, such as `%H:%M`, in which no two labels are the same; else with the last."""
    ticks: list[Tick] = []
    for form in forms:
        ticks = spaced([(x, f"{moment:{form}}") for x, moment in moments])
        if len({tick.label for tick in ticks}) == len(ticks):
            break
    return ticks


def spaced(labels: Sequence[tuple[float, str]]) -> list[Tick]:
    """Give the labels that do not touch one another, the first and the last one before those between."""
    ticks = [Tick(round(x, 2), label, _anchor(x)) for x, label in sorted(labels)]
    kept = ticks[:1]
    for tick in [*ticks[:0:-1][:1], *ticks[1:-1]]:
        if all(_are_apart(tick, other) for other in kept):
            kept.append(tick)
    return sorted(kept, key=lambda tick: tick.x)


def _are_apart(one: Tick, other: Tick) -> bool:
    (begin, end), (other_begin, other_end) = _reach(one), _reach(other)
    return begin - other_end >= _APART or other_begin - end >= _APART


def _reach(tick: Tick) -> tuple[float, float]:
    width = len(tick.label) * _LETTER
    begin = tick.x - {"start": 0.0, "middle": width / 2, "end": width}[tick.anchor]
    return begin, begin + width


def _anchor(x: float) -> str:
    return "start" if x < _EDGE else "end" if x > 100 - _EDGE else "middle"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar that lies, in percent."""

    x: float
    width: float
    fill: str


def parts(values: Sequence[tuple[str, int]]) -> list[Part]:
    """Divide a whole bar among values, so that the smallest can still be seen."""
    total = sum(value for _, value in values)
    widths = [(fill, max(100 * value / total, 1.5)) for fill, value in values if value]
    scale = 100 / sum(width for _, width in widths) if widths else 1
    divided, x = [], 0.0
    for fill, width in widths:
        divided.append(Part(round(x, 3), round(width * scale, 3), fill))
        x += width * scale
    return divided
