"""What a person sees: progress while a run goes on, and tables when it has ended."""

import shutil
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import orjson
from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from leadsync.cli.wording import are, count, told_of_rows
from leadsync.codes import Code
from leadsync.journal import RunRecord
from leadsync.records import BAD, Damage, Example, Level, Status, Summary
from leadsync.sync.check import CheckResult
from leadsync.sync.job import RunResult, Tally

_STYLES = {
    Status.UPDATED: "green",
    Status.INVALID: "yellow",
    Status.REJECTED: "red",
    Status.FAILED: "red",
    Status.UNKNOWN: "magenta",
}
_WRONG_ADDRESS = {Code.FUNCTION_NOT_FOUND, Code.REDIRECTED, Code.GATEWAY_REFUSED}
"""Codes after which another address is set, at which a run cannot go on."""
_STATE_DIR = Path(".leadsync")
"""Where `resume` looks without being told."""
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
                description="Sending" if is_sending else "Reading",
                completed=done,
                total=total,
                failures=f"{failed:,} to look at" if failed else "",
                note=self._tally.note(),
            )


def print_rehearsal(url: str, leads: int, unknown: int, inaccessible: int) -> None:
    """Say which of the leads that the source names the sandbox holds, and which it leaves out on purpose."""
    total = leads + unknown + inaccessible
    _say(
        _console(),
        f"Sandbox at {url}: an emulator of Keen; nothing leaves this machine.\n"
        f"It holds {leads:,} of the {count(total, 'lead')} that the source names. To show what Keen may answer, "
        f"{are(unknown)} left out, and {are(inaccessible)} in a channel that the key cannot access.\n",
    )


def print_result(result: RunResult) -> None:
    """Print how a run ended: the codes with one example row each, the statuses, the verdict, and the report's place.

    What matters most stands last, where a terminal shows it.
    """
    console = _console()
    problems = _problems(result)
    _print_damage(console, result.summary.damages)
    if problems:
        console.print(_codes(problems))
        _say(console, "What a code means and what to do: leadsync explain CODE\n")
    console.print(_statuses(result.summary))
    _say(console, "\n" + headline(result))


def headline(result: RunResult) -> str:
    """Say in a few lines how a run ended and where its report is."""
    summary = result.summary
    requests = f"{count(summary.requests, 'request')} ({count(summary.retries, 'retry', 'retries')})"
    lines = [
        f"{count(summary.rows_read, 'row')} in {summary.duration_s:.1f} s, {requests}. Run {summary.run_id}.",
        _verdict(summary),
        f"Report: {result.report_dir / 'results.csv'}",
    ]
    lines += told_of_rows(summary.hidden_rows, summary.cleared_rows, hidden_are_skipped=summary.hidden_are_skipped)
    if summary.times_slowed:
        times = "once" if summary.times_slowed == 1 else f"{summary.times_slowed:,} times"
        lines.append(
            f"The pace was lowered {times}, to {summary.slowest:.3g}/s at the least: {summary.slowed_because}."
        )
    if summary.can_be_resumed and not summary.codes.keys() & _WRONG_ADDRESS:
        where = "" if result.state_dir == _STATE_DIR else f" --state-dir {result.state_dir}"
        agreed = " --yes" if Code.TOO_MANY_CLEARED in summary.codes else ""
        lines.append(f"To go on with it: leadsync resume{where}{agreed}")
    if summary.unaccounted:
        lines.append(f"FAULT: {count(summary.unaccounted, 'row')} without an outcome. Tell the makers of leadsync.")
    to_retry = sum(e.count for e in _problems(result) if e.status is not Status.SKIPPED and e.code is not Code.DRY_RUN)
    if to_retry:
        lines.append(f"To repair or repeat, {count(to_retry, 'row')}: {result.report_dir / 'retry.csv'}")
    return "\n".join(lines)


def _print_damage(console: Console, damages: Sequence[Damage]) -> None:
    """Print what has happened to columns on their way, each with how much it weighs."""
    for damage in damages:
        style = "red" if damage.level is Level.ERROR else "yellow"
        text = Text.assemble((f"{damage.level.value} {damage.code.value}", style), f" {damage.message}")
        console.print(text, soft_wrap=True)
    if damages:
        console.print()


def print_runs(runs: Sequence[RunRecord], *, as_json: bool) -> None:
    """Print the runs that a state folder knows of, the last one last, where a terminal shows it."""
    if as_json:
        print(orjson.dumps([_run_json(run) for run in runs], option=orjson.OPT_INDENT_2).decode())
        return
    if not runs:
        print("There is no run here yet; --state-dir names another folder.")
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for header in ("run", "began (UTC)", "source", "how it ended"):
        table.add_column(header, overflow="fold", no_wrap=header in ("run", "began (UTC)"))
    for run in runs:
        began = run.started_at[:16].replace("T", " ")
        table.add_row(run.id, began, ", ".join(run.sources), Text(_how_it_ended(run)))
    _console().print(table)


def _run_json(run: RunRecord) -> dict[str, object]:
    summary = run.summary or {}
    return {
        "run_id": run.id,
        "started_at": run.started_at,
        "finished_at": summary.get("finished_at"),
        "source": ", ".join(run.sources),
        "mapping": run.mapping,
        "exit_code": summary.get("exit_code"),
        "statuses": summary.get("statuses"),
        "stopped_because": summary.get("stopped_because"),
        "dry_run": run.is_dry,
        "can_be_resumed": run.can_be_resumed,
    }


def _how_it_ended(run: RunRecord) -> str:
    if run.summary is None:
        how = "killed" if run.is_followed else "going on, or killed"
    else:
        statuses = ", ".join(f"{rows:,} {status}" for status, rows in run.summary["statuses"].items())
        how = f"exit {run.summary['exit_code']}: {statuses or 'no rows'}"
    if run.is_dry:
        return f"trial run, {how}"
    if run.is_rehearsal:
        how = f"sandbox, {how}"
    if run.is_followed:
        return f"{how} (taken over by a later run)"
    return f"{how} (can be resumed)" if run.can_be_resumed else how


def _problems(result: RunResult) -> list[Example]:
    return [example for example in result.examples if example.status not in (Status.UPDATED, Status.UNCHANGED)]


def print_check(result: CheckResult, report_dir: Path | None) -> None:
    """Print what a check found: each problem with its first cells and an example, then the verdict."""
    console = _console()
    _print_damage(console, result.damage)
    for problem in result.problems:
        place = problem.column or "(the row)"
        _say(console, f"{place}: {problem.code.value}, {count(problem.count, 'row')}: {', '.join(problem.places)}")
        console.print(Padding(Text(problem.message), (0, 0, 0, 4)))
    if result.problems:
        _say(console, "\nWhat a code means and what to do: leadsync explain CODE")
        if not report_dir:
            _say(console, "For the reason of every row: leadsync check … --report-dir DIR")
        _say(console, "")
    _say(console, check_headline(result))
    if report_dir:
        _say(console, f"Report: {report_dir / 'results.csv'}")


def check_headline(result: CheckResult) -> str:
    """Say in a few lines what a check found."""
    if not result.rows_read:
        return "The source has a header and no rows."
    skipped = result.hidden_rows_are == "skipped"
    numbers = (
        f"{count(result.rows_read, 'row')} read: {result.sendable:,} can be sent, {are(result.invalid)} invalid, "
        f"{result.skipped:,} skipped."
    )
    lines = [numbers, *told_of_rows(result.hidden_rows, result.cleared_rows, hidden_are_skipped=skipped)]
    if result.guard:
        lines.append(f"A run would stop before the first row: {result.guard}")
    return "\n".join(lines)


def _verdict(summary: Summary) -> str:
    bad = sum(summary.statuses.get(status, 0) for status in BAD)
    if summary.stopped_because:
        return f"STOPPED: {summary.stopped_because}"
    if not summary.rows_read:
        return "The source has a header and no rows."
    fine = f"{count(bad, 'row')} {'needs' if bad == 1 else 'need'} a look." if bad else "Every row was fine."
    return f"Trial run, nothing was sent. {fine}" if summary.dry_run else fine


def _statuses(summary: Summary) -> Table:
    table = _table("status", "rows")
    for status, rows in summary.statuses.items():
        table.add_row(Text(status.value, style=_STYLES.get(status, "")), f"{rows:,}")
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
