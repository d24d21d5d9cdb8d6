"""What a person sees: progress while a run goes on, and tables when it has ended."""

import shutil
import sys
import threading
from collections.abc import Sequence
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from leadsync.records import Example, Status, Summary
from leadsync.sync.check import CheckResult
from leadsync.sync.job import RunResult, Tally

_FAILURES = (Status.INVALID, Status.REJECTED, Status.FAILED, Status.UNKNOWN)
_STYLES = {
    Status.UPDATED: "green",
    Status.INVALID: "yellow",
    Status.REJECTED: "red",
    Status.FAILED: "red",
    Status.UNKNOWN: "magenta",
}
_REFRESH = 0.2
"""Seconds between two looks at the tally."""


class _RateColumn(ProgressColumn):
    """Rows per second."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed or 0:,.0f}/s")


class Display:
    """A live line on standard error while a run goes on, where a terminal is there; a context manager."""

    def __init__(self, tally: Tally, *, shown: bool, sending: bool = True) -> None:
        self._tally = tally
        self._sending = sending
        self._shown = shown and sys.stderr.isatty()
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=None),
            MofNCompleteColumn(),
            _RateColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.fields[failures]}"),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._progress.add_task("Sending" if sending else "Reading", total=None, failures="")
        self._ended = threading.Event()
        self._watcher = threading.Thread(target=self._watch, name="display", daemon=True)

    def __enter__(self) -> Self:
        if self._shown:
            self._progress.start()
            self._watcher.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown:
            self._ended.set()
            self._watcher.join()
            self._progress.stop()

    def _watch(self) -> None:
        while not self._ended.wait(_REFRESH):
            statuses = self._tally.statuses.copy()
            done = statuses.total() if self._sending else self._tally.rows_read
            total = max(self._tally.rows_expected or 0, self._tally.rows_read) or None
            failed = sum(statuses[status] for status in _FAILURES)
            self._progress.update(
                self._task, completed=done, total=total, failures=f"{failed:,} failed" if failed else ""
            )


def print_rehearsal(url: str, leads: int, unknown: int, inaccessible: int) -> None:
    """Say which of the leads that the source names the sandbox holds, and which it leaves out on purpose."""
    total = leads + unknown + inaccessible
    _say(
        _console(),
        f"Sandbox at {url}: an emulator of Keen; nothing leaves this machine.\n"
        f"It holds {leads:,} of the {total:,} leads that the source names. To show what Keen may answer, "
        f"{unknown:,} are left out, and {inaccessible:,} are in a channel that the key cannot access.\n",
    )


def print_result(result: RunResult) -> None:
    """Print how a run ended: the statuses, the codes with one example row each, and where the report is."""
    console = _console()
    summary = result.summary
    _say(console, _verdict(summary))
    console.print(_statuses(summary))
    problems = [e for e in result.examples if e.status not in (Status.UPDATED, Status.UNCHANGED)]
    if problems:
        console.print(_codes(problems))
        _say(console, "What a code means and what to do: leadsync explain CODE")
    if summary.unaccounted:
        _say(console, f"FAULT: {summary.unaccounted} rows have no outcome. Please tell the makers of leadsync.")
    _say(console, f"Report: {result.report_dir / 'results.csv'}")
    to_retry = sum(e.count for e in problems if e.status is not Status.SKIPPED and e.code != "dry_run")
    if to_retry:
        _say(console, f"Rows to repair or repeat ({to_retry:,}): {result.report_dir / 'retry.csv'}")


def print_check(result: CheckResult) -> None:
    """Print what a check found, by column, with the first cells."""
    console = _console()
    _say(
        console,
        f"{result.rows_read:,} rows read: {result.sendable:,} can be sent, {result.invalid:,} are invalid, "
        f"{result.skipped:,} have nothing to send.",
    )
    if not result.problems:
        return
    table = _table("column", "code", "rows", "first cells")
    for problem in result.problems:
        table.add_row(problem.column or "(row)", problem.code.value, f"{problem.count:,}", ", ".join(problem.places))
    console.print(table)
    _say(console, f"For example: {result.problems[0].message}")
    _say(console, "What a code means and what to do: leadsync explain CODE")


def _verdict(summary: Summary) -> str:
    bad = sum(summary.statuses.get(status, 0) for status in _FAILURES)
    fine = "Every row was fine." if not bad else f"{bad:,} rows need a look."
    if summary.dry_run:
        fine = f"Trial run, nothing was sent. {fine}"
    if summary.stopped_because:
        fine = f"STOPPED: {summary.stopped_because}"
    return (
        f"{fine}\n{summary.rows_read:,} rows in {summary.duration_s:.1f} s, "
        f"{summary.requests:,} requests, {summary.retries:,} of them retries. Run {summary.run_id}."
    )


def _statuses(summary: Summary) -> Table:
    table = _table("status", "rows")
    for status, count in summary.statuses.items():
        table.add_row(Text(status.value, style=_STYLES.get(status, "")), f"{count:,}")
    return table


def _codes(examples: Sequence[Example]) -> Table:
    table = _table("code", "rows", "for example")
    for example in sorted(examples, key=lambda e: -e.count):
        style = _STYLES.get(example.status, "")
        table.add_row(
            Text(example.code.value, style=style), f"{example.count:,}", Text(f"{example.place}: {example.message}")
        )
    return table


def _table(*headers: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for header in headers:
        table.add_column(header, justify="right" if header == "rows" else "left", overflow="fold")
    return table


def _console() -> Console:
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 80
    return Console(width=width, highlight=False)


def _say(console: Console, text: str) -> None:
    """Print a line as it is: paths are not broken, and brackets are no markup."""
    console.print(Text(text), soft_wrap=True)
