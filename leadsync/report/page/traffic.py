"""Pace, latency, refusals and retries over the time of a run."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from leadsync.counting import count
from leadsync.records import Slot, Timeline
from leadsync.report.page.charts import Bar, Chart, Key, Line, Scale, Tick, spaced, stack, steps, timed
from leadsync.report.page.rendering import duration, instant, number

SESSIONS = 8
"""At most so many sessions are drawn, the last ones."""
_GAP = 2.5
"""Percent of the width between two sessions, however long it took until the run went on."""
_DIVIDED = 6.0
"""Seconds: shorter sessions have labels at their begin and end only."""
_SHORT = 120.0
"""Seconds: the moments of shorter runs are told to the second."""
_BARS = 80
_LINES = 24
"""At most so many lines in the table of numbers, and one for each session."""


@dataclass(frozen=True, slots=True)
class Span:
    """What was answered within some time."""

    begin: float
    """In percent of the charts' width."""
    end: float
    began: float
    """Seconds since the session's start."""
    seconds: float
    slot: Slot

    @property
    def rate(self) -> float:
        """Give the requests per second."""
        return self.slot.requests / self.seconds

    @property
    def mean(self) -> float | None:
        """Give how long a request took, in seconds; None where none ended."""
        return self.slot.seconds / self.slot.requests if self.slot.requests else None

    def share(self, some: int) -> float:
        """Give so many of the requests in percent."""
        return 100 * some / self.slot.requests if self.slot.requests else 0.0


@dataclass(frozen=True, slots=True)
class Session:
    """One session, as the charts place it."""

    timeline: Timeline
    begin: float
    end: float
    spans: Sequence[Span]

    @property
    def whole(self) -> Span:
        """Give all of it as one span."""
        return _merged(self.spans)


@dataclass(frozen=True, slots=True)
class Traffic:
    """The charts, and their numbers."""

    charts: Sequence[Chart]
    sessions: Sequence[Session]
    numbers: Sequence[tuple[str, Span]]
    """When it began, and what was answered then."""
    is_calm: bool
    """Nothing was refused, and nothing was tried twice."""
    left_out: int
    """Sessions that are not drawn."""


def traffic(timelines: Sequence[Timeline]) -> Traffic | None:
    """Give what the page shows of the timelines; None where there is nothing."""
    told = [each for each in timelines if each.slots and each.width > 0]
    if not told or not any(slot.requests for each in told for slot in each.slots):
        return None
    sessions = list(_placed(told[-SESSIONS:]))
    ticks = _ticks(sessions)
    gaps = [(one.end, other.begin - one.end) for one, other in pairwise(sessions)]
    is_calm = not any(
        slot.refused or slot.rejected or slot.retries for each in sessions for slot in each.timeline.slots
    )
    kinds = (_pace, _latency) if is_calm else (_pace, _latency, _trouble)
    charts = [each(sessions, ticks, gaps) for each in kinds]
    size = math.ceil(sum(len(each.spans) for each in sessions) / _LINES)
    numbers = [(_when(each, span), span) for each in sessions for span in _in_groups(each.spans, size)]
    return Traffic(charts, sessions, numbers, is_calm, max(len(told) - SESSIONS, 0))


def _placed(timelines: Sequence[Timeline]) -> Iterator[Session]:
    total = sum(each.width * len(each.slots) for each in timelines)
    scale = (100 - _GAP * (len(timelines) - 1)) / total
    begin = 0.0
    for timeline in timelines:
        step = timeline.width * scale
        spans = [
            Span(begin + step * place, begin + step * (place + 1), timeline.width * place, timeline.width, slot)
            for place, slot in enumerate(_with_pace(timeline.slots))
        ]
        yield Session(timeline, begin, begin + step * len(spans), spans)
        begin += step * len(spans) + _GAP


def _with_pace(slots: Sequence[Slot]) -> Iterator[Slot]:
    """Give the slots in which nothing ended the pace of the one before."""
    pace = next((slot.pace for slot in slots if slot.pace), 0.0)
    for slot in slots:
        pace = slot.pace or pace
        yield (
            slot
            if slot.pace
            else Slot(slot.requests, slot.retries, slot.refused, slot.rejected, slot.seconds, slot.longest, pace)
        )


def _merged(spans: Sequence[Span]) -> Span:
    slots = [span.slot for span in spans]
    slot = Slot(
        sum(slot.requests for slot in slots),
        sum(slot.retries for slot in slots),
        sum(slot.refused for slot in slots),
        sum(slot.rejected for slot in slots),
        sum(slot.seconds for slot in slots),
        max(slot.longest for slot in slots),
        min(slot.pace for slot in slots),
    )
    first, last = spans[0], spans[-1]
    return Span(first.begin, last.end, first.began, last.began + last.seconds - first.began, slot)


def _in_groups(spans: Sequence[Span], size: int) -> list[Span]:
    return [_merged(spans[place : place + size]) for place in range(0, len(spans), size)]


def _when(session: Session, span: Span) -> str:
    start = instant(session.timeline.started_at)
    if start is None:
        return f"+{duration(span.began)}"
    return f"{start + timedelta(seconds=span.began):%Y-%m-%d %H:%M:%S}"


def _ticks(sessions: Sequence[Session]) -> list[Tick]:
    """Label the time: a single session in thirds, several at their beginnings; and the end."""
    if len(sessions) > 1:
        places = [(each.begin, each, 0.0) for each in sessions]
        places.append((sessions[-1].end, sessions[-1], _length(sessions[-1])))
    else:
        thirds = range(4) if _length(sessions[0]) >= _DIVIDED else (0, 3)
        places = [(100 * third / 3, sessions[0], _length(sessions[0]) * third / 3) for third in thirds]
    moments = [
        (x, start + timedelta(seconds=passed))
        for x, session, passed in places
        if (start := instant(session.timeline.started_at))
    ]
    if len(moments) < len(places):
        return spaced([(x, f"+{duration(passed)}") for x, _, passed in places if passed or not x])
    if moments[0][1].date() == moments[-1][1].date():
        return timed(moments, ["%H:%M:%S"])
    is_short = sum(map(_length, sessions)) < _SHORT
    return timed(moments, ["%m-%d %H:%M:%S"] if is_short else ["%m-%d %H:%M", "%m-%d %H:%M:%S"])


def _length(session: Session) -> float:
    """Give how long a session took, in seconds."""
    return session.timeline.width * len(session.spans)


Gaps = Sequence[tuple[float, float]]


def _pieces(groups: Sequence[Sequence[Span]], values: Sequence[Sequence[float | None]], scale: Scale) -> list[str]:
    return [
        piece
        for spans, of in zip(groups, values, strict=True)
        for piece in steps([(span.begin, span.end, value) for span, value in zip(spans, of, strict=True)], scale)
    ]


def _pace(sessions: Sequence[Session], ticks: Sequence[Tick], gaps: Gaps) -> Chart:
    spans = [span for session in sessions for span in session.spans]
    limits = [span.slot.pace for span in spans if span.slot.pace]
    scale = Scale(max([span.rate for span in spans] + limits), " requests a second")
    rates = [[span.rate for span in session.spans] for session in sessions]
    allowed = [[span.slot.pace or None for span in session.spans] for session in sessions]
    requests, seconds = sum(span.slot.requests for span in spans), sum(span.seconds for span in spans)
    told = f"{count(requests, 'request')} in {duration(seconds)}: {number(requests / seconds)} a second on average, "
    told += f"{number(max(span.rate for span in spans))} at the fastest."
    if limits:
        told += f" At most {number(max(limits))} a second were let out"
        told += f", {number(min(limits))} at the lowest." if min(limits) < max(limits) else " all the time."
    lines = [
        Line("limit", _pieces([each.spans for each in sessions], allowed, scale)),
        Line("main", _pieces([each.spans for each in sessions], rates, scale)),
    ]
    keys = [Key("requests answered", look="main"), Key("the most that was let out", look="limit")]
    return Chart("pace", "Pace", told, scale.grid(), ticks, keys, lines=lines, gaps=gaps)


def _latency(sessions: Sequence[Session], ticks: Sequence[Tick], gaps: Gaps) -> Chart:
    spans = [span for session in sessions for span in session.spans]
    longest = max(span.slot.longest for span in spans)
    factor, unit = (1, "s") if longest >= 1 else (1000, "ms")
    scale = Scale(longest * factor, " seconds" if unit == "s" else " milliseconds")
    means = [[None if span.mean is None else span.mean * factor for span in each.spans] for each in sessions]
    slowest = [[span.slot.longest * factor if span.slot.requests else None for span in each.spans] for each in sessions]
    whole = sum(span.slot.seconds for span in spans) / sum(span.slot.requests for span in spans)
    told = f"A request took {number(whole * factor)} {unit} on average; the slowest {number(longest * factor)} {unit}."
    lines = [
        Line("longest", _pieces([each.spans for each in sessions], slowest, scale)),
        Line("main", _pieces([each.spans for each in sessions], means, scale)),
    ]
    keys = [Key("average", look="main"), Key("the slowest", look="longest")]
    return Chart("latency", "How long Keen took", told, scale.grid(), ticks, keys, lines=lines, gaps=gaps)


def _trouble(sessions: Sequence[Session], ticks: Sequence[Tick], gaps: Gaps) -> Chart:
    size = math.ceil(sum(len(each.spans) for each in sessions) / _BARS)
    groups = [_in_groups(each.spans, size) for each in sessions]
    spans = [span for group in groups for span in group]
    slots = [span.slot for span in spans]
    highest = max(
        max(span.share(span.slot.refused + span.slot.rejected), span.share(span.slot.retries)) for span in spans
    )
    scale = Scale(highest, " % of the requests", end=100)
    bars: list[Bar] = []
    for span in spans:
        stacked = [("failed", span.share(span.slot.refused)), ("rejected", span.share(span.slot.rejected))]
        bars += stack(span.begin, (span.end - span.begin) * 0.9, stacked, scale)
    shares = [[span.share(span.slot.retries) if span.slot.requests else None for span in group] for group in groups]
    refused, rejected = sum(slot.refused for slot in slots), sum(slot.rejected for slot in slots)
    retries = sum(slot.retries for slot in slots)
    told = (
        f"Keen pushed back or gave no answer {count(refused, 'time')}, and refused what was asked "
        f"{count(rejected, 'time')}; {count(retries, 'request was a retry', 'requests were retries')}."
    )
    keys = [
        Key("pushed back or no answer (429, 5xx)", fill="failed"),
        Key("refused for what was asked (other 4xx)", fill="rejected"),
        Key("retries", look="retries"),
    ]
    lines = [Line("retries", _pieces(groups, shares, scale))] if retries else []
    name = "Refusals and retries"
    return Chart("trouble", name, told, scale.grid(), ticks, keys, bars=bars, lines=lines, gaps=gaps)
