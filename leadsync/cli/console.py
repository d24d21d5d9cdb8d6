"""What a person sees: progress while a run goes on, and tables when it has ended."""

import shutil
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from leadsync.cli.wording import are, count, file_to_mend, in_state, main_file, told_of_rows
from leadsync.codes import Code
from leadsync.records import BAD, Damage, Example, Level, Status, Summary
from leadsync.report.problems import is_to_retry
from leadsync.report.verdict import followed_up, verdict
from leadsync.sync.check import CheckResult
from leadsync.sync.job import RunResult, Tally
from leadsync.sync.reporting import way_on

_STYLES = {
    Status.UPDATED: "green",
    Status.INVALID: "yellow",
    Status.REJECTED: "red",
    Status.FAILED: "red",
    Status.UNKNOWN: "magenta",
}
_FINE = {Code.UPDATED, Code.UNCHANGED, Code.REVERTED}
_NO_ROWS = "The source has a header and no rows."
_REFRESH = 0.2
"""Seconds between two looks at the tally."""


class _RateColumn(ProgressColumn):
    """Rows per second."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed or 0:,.0f}/s")


class Display:
    """A live line on standard error while a run goes on, where a terminal is there; a context manager."""

    def __init__(self, tally: Tally, *, shown: bool, sending: bool = True, verb: str = "Sending") -> None:
        self._verb = verb
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
            TextColumn("{task.fields[note]}"),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._progress.add_task("Reading", total=None, failures="", note="")
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

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Leave the terminal to somebody else for a while."""
        if self._shown:
            self._progress.stop()
        try:
            yield
        finally:
            if self._shown:
                self._progress.start()

    def _watch(self) -> None:
        while not self._ended.wait(_REFRESH):
            statuses = self._tally.statuses.copy()
            is_sending = self._sending and bool(self._tally.rows_read)
            done = statuses.total() if is_sending else self._tally.rows_inspected
            total = max(self._tally.rows_expected or 0, self._tally.rows_read) or None
            failed = sum(statuses[status] for status in BAD)
            self._progress.update(
                self._task,
                description=self._verb if is_sending else "Reading",
                completed=done,
                total=total,
                failures=f"{failed:,} to look at" if failed else "",
                note=self._tally.note(),
            )


def print_rehearsal(url: str, leads: int, unknown: int, inaccessible: int) -> None:
    """Say which of the leads that the source names the sandbox holds, and which it leaves out on purpose."""
    total = leads + unknown + inaccessible
    say(
        console(),
        f"Sandbox at {url}: an emulator of Keen; nothing leaves this machine.\n"
        f"It holds {leads:,} of the {count(total, 'lead')} that the source names. To show what Keen may answer, "
        f"{are(unknown)} left out, and {are(inaccessible)} in a channel that the key cannot access.\n",
    )


def print_result(result: RunResult) -> None:
    """Print how a run ended: the codes with one example row each, the statuses, the verdict, and the report's place.

    What matters most stands last, where a terminal shows it.
    """
    out = console()
    problems = _problems(result)
    _print_damage(out, result.summary.damages)
    if problems:
        out.print(_codes(problems))
        say(out, "What a code means and what to do: leadsync explain CODE\n")
    out.print(_statuses(result.summary))
    notes = [f"Note: {note}" for note in result.summary.workbook_notes]
    say(out, "\n" + "\n".join([*notes, headline(result)]))


def headline(result: RunResult) -> str:
    """Say in a few lines how a run ended and where its report is."""
    summary = result.summary
    requests = f"{count(summary.requests, 'request')} ({count(summary.retries, 'retry', 'retries')})"
    lines = [
        f"{count(summary.rows_read, 'row')} in {summary.duration_s:.1f} s, {requests}. Run {summary.run_id}.",
        verdict(summary),
        f"Report: {main_file(result.report_dir)}",
    ]
    lines += [followed_up(found) for found in summary.fed_from]
    lines += told_of_rows(summary.hidden_rows, summary.cleared_rows, hidden_are_skipped=summary.hidden_are_skipped)
    if summary.times_slowed:
        times = "once" if summary.times_slowed == 1 else f"{summary.times_slowed:,} times"
        lines.append(
            f"The pace was lowered {times}, to {summary.slowest:.3g}/s at the least: {summary.slowed_because}."
        )
    if command := way_on(summary, in_state(result.state_dir)):
        lines.append(f"To go on with it: {command}")
    if summary.unaccounted:
        lines.append(f"FAULT: {count(summary.unaccounted, 'row')} without an outcome. Tell the makers of leadsync.")
    to_retry = sum(e.count for e in result.examples if is_to_retry(e))
    if to_retry:
        file = file_to_mend(result.report_dir) or "leadsync report last --format xlsx"
        lines.append(f"To repair or repeat, {count(to_retry, 'row')}: {file}")
    return "\n".join(lines)


def _print_damage(out: Console, damages: Sequence[Damage]) -> None:
    """Print what has happened to columns on their way, each with how much it weighs."""
    for damage in damages:
        style = "red" if damage.level is Level.ERROR else "yellow"
        text = Text.assemble((f"{damage.level.value} {damage.code.value}", style), f" {damage.message}")
        out.print(text, soft_wrap=True)
    if damages:
        out.print()


def _problems(result: RunResult) -> list[Example]:
    return [example for example in result.examples if example.code not in _FINE]


def print_check(result: CheckResult, report_dir: Path | None) -> None:
    """Print what a check found: each problem with its first cells and an example, then the verdict."""
    out = console()
    _print_damage(out, result.damage)
    for problem in result.problems:
        place = problem.column or "(the row)"
        say(out, f"{place}: {problem.code.value}, {count(problem.count, 'row')}: {', '.join(problem.places)}")
        out.print(Padding(Text(problem.message), (0, 0, 0, 4)))
    if result.problems:
        say(out, "\nWhat a code means and what to do: leadsync explain CODE")
        if not report_dir:
            say(out, "For the reason of every row: leadsync check … --report-dir DIR")
        say(out, "")
    say(out, check_headline(result))
    if report_dir:
        say(out, f"Report: {main_file(report_dir)}")


def check_headline(result: CheckResult) -> str:
    """Say in a few lines what a check found."""
    if not result.rows_read:
        return f"A run would stop before the first row: {result.guard}" if result.guard else _NO_ROWS
    skipped = result.hidden_rows_are == "skipped"
    numbers = (
        f"{count(result.rows_read, 'row')} read: {result.sendable:,} can be sent, {are(result.invalid)} invalid, "
        f"{result.skipped:,} skipped."
    )
    lines = [numbers, *told_of_rows(result.hidden_rows, result.cleared_rows, hidden_are_skipped=skipped)]
    if result.guard:
        lines.append(f"A run would stop before the first row: {result.guard}")
    return "\n".join(lines)


def _statuses(summary: Summary) -> Table:
    made = table("status", "rows")
    for status, rows in summary.statuses.items():
        told = (
            f"{status.value} (reverted)"
            if status is Status.UPDATED and Code.REVERTED in summary.codes
            else status.value
        )
        made.add_row(Text(told, style=_STYLES.get(status, "")), f"{rows:,}")
    return made


def _codes(examples: Sequence[Example]) -> Table:
    made = table("code", "rows", "for example")
    for example in sorted(examples, key=lambda e: -e.count):
        style = _STYLES.get(example.status, "")
        made.add_row(
            Text(example.code.value, style=style), f"{example.count:,}", Text(f"{example.place}: {example.message}")
        )
    return made


def table(*headers: str) -> Table:
    """Begin a table without lines; numbers of rows stand on the right."""
    made = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for header in headers:
        made.add_column(header, justify="right" if header == "rows" else "left", overflow="fold")
    return made


def console() -> Console:
    """Give standard output, as wide as the terminal, or 80 columns where there is none."""
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 80
    return Console(width=width, highlight=False)


def say(out: Console, text: str) -> None:
    """Print a line as it is: paths are not broken, and brackets are no markup."""
    out.print(Text(text), soft_wrap=True)
