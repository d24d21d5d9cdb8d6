"""The page of a trend: how the runs of some time went, and what fails in them night after night."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from leadsync.codes import CATALOGUE
from leadsync.counting import count
from leadsync.records import BAD, RunPoint, Status, Trend
from leadsync.report.page.charts import Chart, Key, Line, Scale, Tick, spaced, stack, steps, timed
from leadsync.report.page.rendering import duration, instant, number, render
from leadsync.report.trend import failing_codes, trend_verdict
from leadsync.report.words import KINDS, ORDER, tone_of

RUNS = 250
"""At most so many runs are drawn and listed, the last ones."""
CODES = 20
LISTED = 100
_WIDEST = 6.0
"""Percent of the width: a few runs need no wide bars."""
_ENDED = {0: "fine", 1: "rows to look at", 130: "interrupted", 143: "terminated", None: "killed, or goes on"}
_BAD = tuple(status for status in ORDER if status in BAD)
STOPPED = "■"
"""The sign of a run that was stopped, here as in the verdict."""
_CODE_HEIGHT = 28
"""Pixels of a code's small chart."""


@dataclass(frozen=True, slots=True)
class RunLine:
    """A run in the table."""

    run: RunPoint
    kind: str
    bad: int
    not_sent: int
    ended: str
    tone: str


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A code of bad rows over the runs."""

    code: str
    meaning: str
    remedy: str
    rows: int
    runs: int
    last_at: str
    told: str
    bars: Sequence[tuple[float, float, float, float]]
    """x and width in percent, y and height in pixels."""


def trend_page(trend: Trend) -> bytes:
    """Give the page in UTF-8, below 3 MB whatever the trend; it needs no network, and has no script."""
    runs = trend.runs[-RUNS:]
    content = {
        "charts": [_rows(runs), _wrong(runs), _durations(runs)] if runs else [],
        "code_height": _CODE_HEIGHT,
        "codes": _code_lines(runs),
        "columns": trend.columns[:LISTED],
        "leads": trend.leads[:LISTED],
        "left_out": len(trend.runs) - len(runs),
        "meanings": {code: entry.meaning for code, entry in CATALOGUE.items()},
        "run_of": _run_of(trend.runs),
        "remedies": {code: entry.remedy for code, entry in CATALOGUE.items()},
        "runs": [_run_line(run) for run in reversed(runs)],
        "tone": _tone(trend.runs),
        "trend": trend,
        "verdict": trend_verdict(trend),
    }
    return render("trend.html.j2", content)


def _tone(runs: Sequence[RunPoint]) -> str:
    """Give the tone of the last run: what it left is what there is to do."""
    return tone_of(runs[-1].exit_code) if runs else "good"


def _run_line(run: RunPoint) -> RunLine:
    ended = _ENDED.get(run.exit_code, "stopped")
    bad = sum(run.statuses.get(status, 0) for status in BAD)
    kind = KINDS.get(run.kind, run.kind)
    return RunLine(run, kind, bad, run.statuses.get(Status.NOT_SENT, 0), ended, tone_of(run.exit_code))


def _slots(runs: Sequence[RunPoint]) -> list[tuple[float, float]]:
    """Give the place and the width of each run's bar, in percent."""
    step = 100 / len(runs)
    width = min(step * 0.8, _WIDEST)
    return [(step * place + (step - width) / 2, width) for place in range(len(runs))]


def _ticks(runs: Sequence[RunPoint]) -> list[Tick]:
    places = [x + width / 2 for x, width in _slots(runs)]
    moments = [(x, began) for x, run in zip(places, runs, strict=True) if (began := instant(run.started_at))]
    if len(moments) < len(runs):
        return spaced([(x, run.started_at[:10]) for x, run in zip(places, runs, strict=True)])
    return timed(moments, ("%Y-%m-%d", "%m-%d %H:%M", "%m-%d %H:%M:%S"))


def _named(run: RunPoint) -> str:
    """Name a run by when it began: there may be several in a day."""
    began = instant(run.started_at)
    return f"the run of {began:%Y-%m-%d %H:%M}" if began else f"the run of {run.started_at[:16]}"


def _run_of(runs: Sequence[RunPoint]) -> dict[str, str]:
    """Give the ids of the runs by when they began, of those that are the only one to have begun then."""
    began = Counter(run.started_at for run in runs)
    return {run.started_at: run.run_id for run in runs if began[run.started_at] == 1}


def _stacked(runs: Sequence[RunPoint], statuses: Sequence[Status], name: str, title: str, told: str) -> Chart:
    rows = [[(str(status), float(run.statuses.get(status, 0))) for status in statuses] for run in runs]
    scale = Scale(max(sum(value for _, value in each) for each in rows), " rows")
    slots = _slots(runs)
    bars = [bar for (x, width), each in zip(slots, rows, strict=True) for bar in stack(x, width, each, scale)]
    signs = [
        (round(x + width / 2, 2), STOPPED)
        for (x, width), run in zip(slots, runs, strict=True)
        if tone_of(run.exit_code) == "stopped"
    ]
    used = {bar.fill for bar in bars}
    keys = [Key(str(status).replace("_", " "), fill=str(status)) for status in statuses if str(status) in used]
    if signs:
        keys.append(Key("the run was stopped or killed", sign=STOPPED))
    return Chart(name, title, told, scale.grid(), _ticks(runs), keys, bars=bars, signs=signs)


def _rows(runs: Sequence[RunPoint]) -> Chart:
    read = [run.rows_read for run in runs]
    told = f"{count(sum(read), 'row')} were read, between {min(read):,} and {max(read):,} in a run."
    return _stacked(runs, tuple(reversed(ORDER)), "rows", "Rows over time", told)


def _wrong(runs: Sequence[RunPoint]) -> Chart:
    bad = [sum(run.statuses.get(status, 0) for status in BAD) for run in runs]
    worst = runs[bad.index(max(bad))]
    told = f"{count(sum(bad), 'row')} went wrong"
    told += f", most of them ({max(bad):,}) in {_named(worst)}." if max(bad) else "."
    return _stacked(runs, _BAD, "wrong", "Rows that went wrong", told)


def _durations(runs: Sequence[RunPoint]) -> Chart:
    seconds = [run.duration_s for run in runs]
    units = ((3600, " hours"), (60, " minutes"), (1, " seconds"))
    factor, unit = next((size, unit) for size, unit in units if max(seconds) >= size * 2 or size == 1)
    scale = Scale(max(seconds) / factor, unit)
    step = 100 / len(runs)
    points = [(step * place, step * (place + 1), value / factor) for place, value in enumerate(seconds)]
    middle = sorted(seconds)[len(seconds) // 2]
    told = f"Half of the runs took {duration(middle)} or less; the longest took {duration(max(seconds))}."
    keys = [Key("duration", look="main")]
    lines = [Line("main", steps(points, scale))]
    return Chart("duration", "How long the runs took", told, scale.grid(), _ticks(runs), keys, lines=lines)


def _code_lines(runs: Sequence[RunPoint]) -> list[CodeLine]:
    lines = []
    for code in failing_codes(runs)[:CODES]:
        counts = [run.codes.get(code, 0) for run in runs]
        highest = max(counts)
        bars = []
        for (x, width), value in zip(_slots(runs), counts, strict=True):
            if value:
                height = max(round((_CODE_HEIGHT - 2) * value / highest, 1), 2.0)
                bars.append((round(x, 2), round(width, 2), round(_CODE_HEIGHT - height, 1), height))
        with_it = [run for run in runs if run.codes.get(code)]
        entry = CATALOGUE[code]
        told = f"{number(highest)} at most, in {_named(runs[counts.index(highest)])}"
        lines.append(
            CodeLine(
                str(code), entry.meaning, entry.remedy, sum(counts), len(with_it), with_it[-1].started_at, told, bars
            )
        )
    return lines
