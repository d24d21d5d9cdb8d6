"""What a person sees of the runs of some time: how they went, and what fails in them night after night."""

from collections.abc import Iterable, Sequence

import orjson
from rich.table import Table
from rich.text import Text

from leadsync.cli.console import console, say, table
from leadsync.quoting import visible
from leadsync.records import BAD, RunPoint, Trend
from leadsync.report.trend import failing_codes, rows_with, trend_verdict

_SHOWN = 10
"""Leads, and columns: the JSON has more of them."""
_NUMBERS = {"rows", "bad", "took", "exit", "runs"}
_HOUR = 3600


def print_trend(trend: Trend, *, as_json: bool) -> None:
    """Print how the runs of some time went: a verdict, the runs, failures by code, what fails again and again."""
    if as_json:
        print(orjson.dumps(trend, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS).decode())
        return
    out = console()
    out.print(Text(trend_verdict(trend)))
    if not trend.runs:
        say(out, "--state-dir names another folder.")
        return
    for made in (_runs(trend.runs), _codes(trend.runs), _leads(trend), _columns(trend)):
        if made.row_count:
            say(out, "")
            out.print(made)
    if failures := failing_codes(trend.runs):
        say(out, f"\nWhat a code means and what to do: leadsync explain {failures[0].value}")


def _runs(runs: Iterable[RunPoint]) -> Table:
    made = _table("began (UTC)", "source, mapping", "rows", "bad", "took", "exit")
    made.columns[0].no_wrap = True
    for run in runs:
        kind = "" if run.kind == "sync" else f"{run.kind}: "
        bad = sum(run.statuses.get(status, 0) for status in BAD)
        made.add_row(
            run.started_at[:16].replace("T", " "),
            Text(visible(f"{kind}{', '.join(run.sources)}, {run.mapping}")),
            f"{run.rows_read:,}",
            Text(f"{bad:,}", style="red" if bad else ""),
            _took(run.duration_s),
            "none" if run.exit_code is None else str(run.exit_code),
        )
    return made


def _codes(runs: Sequence[RunPoint]) -> Table:
    made = _table("code", "rows", "runs")
    for code in failing_codes(runs):
        times = sum(1 for run in runs if run.codes.get(code))
        made.add_row(code.value, f"{rows_with(runs, code):,}", f"{times:,}")
    return made


def _leads(trend: Trend) -> Table:
    made = _table("lead", "runs", "code, place of the last time")
    made.columns[0].no_wrap = True
    for lead in trend.leads[:_SHOWN]:
        made.add_row(lead.lead_id, f"{lead.runs:,}", Text(f"{lead.code.value}, {visible(lead.place)}"))
    _tell_of_more(made, len(trend.leads), "leads")
    return made


def _columns(trend: Trend) -> Table:
    made = _table("column", "code", "rows", "runs", "last time")
    for column in trend.columns[:_SHOWN]:
        name = Text(visible(" ".join(column.column.split())))
        made.add_row(name, column.code.value, f"{column.rows:,}", f"{column.runs:,}", column.last_at[:10])
    _tell_of_more(made, len(trend.columns), "columns")
    return made


def _tell_of_more(made: Table, number: int, noun: str) -> None:
    if number > _SHOWN:
        made.caption = f"{number - _SHOWN} more {noun}: --json"
        made.caption_justify = "left"


def _table(*headers: str) -> Table:
    made = table(*headers)
    for column in made.columns:
        if column.header in _NUMBERS:
            column.justify = "right"
            column.no_wrap = True
    return made


def _took(seconds: float) -> str:
    if seconds < _HOUR / 30:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 2 * _HOUR else f"{seconds / _HOUR:.1f} h"
