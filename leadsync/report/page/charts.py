"""The geometry of charts: numbers to places; how they look is the style sheet's."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from leadsync.report.page.rendering import number

TOP = 18
"""Pixels above the plot, for the highest label."""
HEIGHT = 140
"""Pixels of the plot."""
WIDTH = 1000
"""Units of the plot's width, whatever it has in pixels."""
_ROOM = 24.0
"""The least distance of two labels below the plot, in percent of its width: they must not touch on a phone."""
_ROOM_AT_END = 33.0
"""The same from the first and the last one, which do not stand in the middle of their places."""
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


def spaced(labels: Sequence[tuple[float, str]]) -> list[Tick]:
    """Give the labels that do not touch one another, the first and the last one before those between."""
    if not labels:
        return []
    first, *between = sorted(labels)
    kept = [first]
    last = between.pop() if between else None
    if last and last[0] - first[0] < _ROOM_AT_END:
        last = None
    for each in between:
        room = _ROOM if kept[1:] else _ROOM_AT_END
        if each[0] - kept[-1][0] >= room and (last is None or last[0] - each[0] >= _ROOM_AT_END):
            kept.append(each)
    return [Tick(round(x, 2), label, _anchor(x)) for x, label in [*kept, *([last] if last else [])]]


def _anchor(x: float) -> str:
    return "start" if x < _ROOM / 2 else "end" if x > 100 - _ROOM / 2 else "middle"


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
