"""The report folder: `results.csv`, `retry.csv`, `results.xlsx`, `report.html`, `summary.json`."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import compress
from pathlib import Path
from typing import TextIO

import structlog

from leadsync.errors import ReportError, SettingsError, StateError
from leadsync.files import printable, private_bytes, private_folder, private_text
from leadsync.records import Answered, Outcome, Summary
from leadsync.report.about import About, Original
from leadsync.report.columns import Columns
from leadsync.report.formats import Formats, Workbook, WorkbookMaker
from leadsync.report.problems import Problem, Problems, is_to_retry, needs_a_look
from leadsync.report.summary import summary_json
from leadsync.report.table import Table

FILES = ("results.csv", "retry.csv", "results.xlsx", "report.html", "summary.json")
_MENDED = ("results.xlsx", "retry.csv", "results.csv")
"""Files of a report that people mend."""
_SECONDS = 2.0
"""A file system may keep times no more exactly than this."""
LISTED = 1_000
"""Rows to look at that the page and the summary sheet list at most."""

_log = structlog.get_logger("leadsync.report")

_UTF8_MARK = "\ufeff"
"""Without it Excel reads UTF-8 as the machine's own encoding."""
_MAY_BE_OLD = frozenset({"summary.json", "report.html", "results.xlsx"})
"""Files of an earlier run that must not pass for this one's while it goes on; the others are overwritten anyway."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a report."""

    headers: Sequence[Sequence[str]]
    """Of the sheets that were read."""
    answered: Iterable[Answered]
    """In the order of the source."""
    number: int
    """How many they are."""
    run_id: str = ""
    has_forms: bool = False
    """Some cells are more than their text tells (see `Columns.forms`)."""
    original: Original | None = None
    """The workbook that they are from."""
    is_listed: Callable[[Outcome], bool] = needs_a_look
    """Tells of an outcome whether the page and the summary sheet list its row."""


def check_folder(folder: Path, sources: Iterable[Path], names: Collection[str] = FILES) -> None:
    """Make the report folder and write into it, so that a run does not find out at its end that it cannot.

    Those of the named files that an earlier run has left are removed where they might pass for the new one's. Raises
    SettingsError, also where the report would take the place of one of the run's own sources.
    """
    try:
        for source in sources:
            if any((folder / name).exists() and (folder / name).samefile(source) for name in names):
                raise SettingsError(
                    f"The report would overwrite its own source {source}: name another folder with --report-dir."
                )
        private_folder(folder)
        keep_edited(folder, names)
        for name in _MAY_BE_OLD & {*names}:
            (folder / name).unlink(missing_ok=True)
        with private_text(folder / "results.csv.probe"):
            pass
        (folder / "results.csv.probe").unlink()
    except OSError as error:
        raise SettingsError(
            f"The report folder {folder} cannot be written ({error.strerror}): name another with --report-dir."
        ) from error


def write_report(
    folder: Path,
    rows: Rows,
    about: Callable[[], About],
    formats: Formats,
    ended: Callable[[Summary], None] = lambda _: None,
) -> Summary:
    """Write the report of a run; the files are 0600 and appear when they are whole.

    `about` is asked once all rows were written. The workbook comes last, as it takes longest and is made of what others
    have written: `ended` is called before it, when all else is there. The summary comes back with what the workbook
    does not have. Raises StateError where the folder cannot be written.
    """
    problems = Problems(LISTED, rows.is_listed)
    try:
        private_folder(folder)
        keep_edited(folder, formats.names)
        with closing(_Book(formats.workbook, rows, folder)) as book:
            _lay_out(folder, rows, formats, problems, book)
            made = [name for name in formats.names if name != "results.xlsx" or book.is_there]
            told, listed = _with_notes(replace(about(), files=made), book.notes), problems.chosen(LISTED)
            if formats.page:
                with private_bytes(folder / "report.html") as file:
                    file.write(formats.page(told, listed, problems.count))
            _write_summary(folder, told.summary)
            ended(told.summary)
            if formats.workbook:
                book.save(folder / "results.xlsx", told, listed)
                told = _with_notes(told, book.notes)
                _write_summary(folder, told.summary)  # last, whatever it says: see `keep_edited`
    except OSError as error:
        raise StateError(f"The report folder {folder} cannot be written ({error.strerror}).") from error
    return told.summary


def _lay_out(folder: Path, rows: Rows, formats: Formats, problems: Problems, book: "_Book") -> None:
    """Let the rows pass once, and write the tables meanwhile."""
    with ExitStack() as files:
        tables = _Tables(folder, rows, files) if formats.csv else None
        for answered in rows.answered:
            problems.look(answered)
            if tables:
                tables.add(answered)
            book.add(answered)


def _with_notes(about: About, notes: Sequence[str]) -> About:
    told = dict.fromkeys([*about.summary.workbook_notes, *notes])
    return replace(about, summary=replace(about.summary, workbook_notes=tuple(told)))


def _write_summary(folder: Path, summary: Summary) -> None:
    with private_bytes(folder / "summary.json") as file:
        file.write(summary_json(summary))


def keep_edited(folder: Path, names: Collection[str]) -> None:
    """Set aside what somebody has mended in an earlier report in this folder, rather than write over it.

    Known by its time, as the summary of a report is written last. Raises OSError.
    """
    summary = folder / "summary.json"
    if not summary.exists():
        return
    written = summary.stat().st_mtime
    for path in (folder / name for name in _MENDED if name in names):
        if path.exists() and path.stat().st_mtime > written + _SECONDS:
            edited = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            kept = path.with_name(f"{path.stem}.edited-{edited:%Y%m%d-%H%M%S}{path.suffix}")
            path.replace(kept)
            _log.warning("edited_report_kept", path=printable(kept))


class _Book:
    """The workbook while it is made; what goes wrong with it alone costs no other file, and is told."""

    def __init__(self, make: WorkbookMaker | None, rows: Rows, folder: Path) -> None:
        self._book: Workbook | None = None
        self._faults: list[str] = []
        if make:
            columns = Columns(rows.headers)
            try:
                self._book = make(
                    columns,
                    rows.run_id,
                    rows=rows.number,
                    original=rows.original,
                    has_forms=rows.has_forms,
                    folder=folder,
                )
            except ReportError as error:
                self._give_up(error)

    @property
    def is_there(self) -> bool:
        return self._book is not None

    @property
    def notes(self) -> Sequence[str]:
        return (*self._faults, *(self._book.notes if self._book else ()))

    def add(self, answered: Answered) -> None:
        if self._book:
            try:
                self._book.add(answered)
            except ReportError as error:
                self._give_up(error)

    def save(self, path: Path, about: About, problems: Sequence[Problem]) -> None:
        """Write the workbook; where it cannot be made, that of an earlier report must not pass for it."""
        if self._book:
            try:
                with private_bytes(path) as file:
                    self._book.save(file, about, problems)
            except ReportError as error:
                self._give_up(error)
        if self._book is None:
            path.unlink(missing_ok=True)

    def close(self) -> None:
        if self._book:
            self._book.close()

    def _give_up(self, error: ReportError) -> None:
        _log.warning("workbook_not_made", reason=error.message)
        self._book = None
        self._faults.append(f"There is no results.xlsx: {error.message}.")


class _Tables:
    """`results.csv` and `retry.csv` while they are written; `files` closes them."""

    def __init__(self, folder: Path, rows: Rows, files: ExitStack) -> None:
        self._table = Table(Columns(rows.headers), rows.run_id, has_forms=rows.has_forms)
        self._results = files.enter_context(private_text(folder / "results.csv"))
        self._retry = files.enter_context(private_text(folder / "retry.csv"))
        _write(self._results, [_UTF8_MARK + self._table.harmless_head()])
        _write(self._retry, [_UTF8_MARK + self._table.exact_head()])

    def add(self, answered: Answered) -> None:
        _write(self._results, self._table.lines(answered))
        outcomes = answered.outcomes
        kinds = {(outcome.status, outcome.code) if outcome else None: outcome for outcome in outcomes}
        if any(map(is_to_retry, kinds.values())):
            to_retry = list(map(is_to_retry, outcomes))
            _write(self._retry, compress(self._table.exact_lines(answered), to_retry))


def _write(file: TextIO, lines: Iterable[str]) -> None:
    file.write("\r\n".join([*lines, ""]))


def selected(rows: Rows, is_wanted: Callable[[Outcome], bool]) -> Iterator[Answered]:
    """Give those rows of a report whose outcome is wanted."""
    for answered in rows.answered:
        places = [row for row, outcome in enumerate(answered.outcomes) if outcome and is_wanted(outcome)]
        if len(places) == len(answered.outcomes):
            yield answered
        elif places:
            leads = [answered.leads[row] for row in places] if answered.leads else ()
            yield Answered(answered.chunk.take(places), [answered.outcomes[row] for row in places], leads)
