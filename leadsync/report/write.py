"""The report folder: `results.csv`, `retry.csv`, `results.xlsx`, `report.html`, `summary.json`."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import compress
from pathlib import Path
from typing import TextIO

from leadsync.errors import SettingsError, StateError
from leadsync.files import private_bytes, private_folder, private_text
from leadsync.records import Answered, Outcome, Summary
from leadsync.report.about import About, Original
from leadsync.report.columns import Columns
from leadsync.report.formats import Formats
from leadsync.report.problems import Problems, is_to_retry, needs_a_look
from leadsync.report.summary import summary_json
from leadsync.report.table import Table

FILES = ("results.csv", "retry.csv", "results.xlsx", "report.html", "summary.json")
LISTED = 1_000
"""Rows to look at that the page and the summary sheet list at most."""

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
        for name in _MAY_BE_OLD & {*names}:
            (folder / name).unlink(missing_ok=True)
        with private_text(folder / "results.csv.probe"):
            pass
        (folder / "results.csv.probe").unlink()
    except OSError as error:
        raise SettingsError(
            f"The report folder {folder} cannot be written ({error.strerror}): name another with --report-dir."
        ) from error


def write_report(folder: Path, rows: Rows, about: Callable[[], About], formats: Formats) -> Summary:
    """Write the report of a run; the files are 0600 and appear when they are whole.

    `about` is asked once all rows were written; the summary that it gives comes back with what the workbook does not
    have. Raises StateError where the folder cannot be written.
    """
    columns = Columns(rows.headers)
    problems = Problems(LISTED, rows.is_listed)
    make = formats.workbook
    book = (
        make(columns, rows.run_id, rows=rows.number, original=rows.original, has_forms=rows.has_forms) if make else None
    )
    try:
        private_folder(folder)
        with ExitStack() as files:
            tables = _Tables(folder, columns, rows, files) if formats.csv else None
            for answered in rows.answered:
                problems.look(answered)
                if tables:
                    tables.add(answered)
                if book:
                    book.add(answered)
        told, listed = replace(about(), files=formats.names), problems.chosen(LISTED)
        if book:
            summary = replace(told.summary, workbook_notes=(*told.summary.workbook_notes, *book.notes))
            told = replace(told, summary=summary)
            with private_bytes(folder / "results.xlsx") as file:
                book.save(file, told, listed)
        if formats.page:
            with private_bytes(folder / "report.html") as file:
                file.write(formats.page(told, listed, problems.count))
        with private_bytes(folder / "summary.json") as file:
            file.write(summary_json(told.summary))
    except OSError as error:
        raise StateError(f"The report folder {folder} cannot be written ({error.strerror}).") from error
    return told.summary


class _Tables:
    """`results.csv` and `retry.csv` while they are written; `files` closes them."""

    def __init__(self, folder: Path, columns: Columns, rows: Rows, files: ExitStack) -> None:
        self._table = Table(columns, rows.run_id, has_forms=rows.has_forms)
        self._results = files.enter_context(private_text(folder / "results.csv"))
        self._retry = files.enter_context(private_text(folder / "retry.csv"))
        _write(self._results, [_UTF8_MARK + self._table.harmless_head()])
        _write(self._retry, [_UTF8_MARK + self._table.exact_head()])

    def add(self, answered: Answered) -> None:
        _write(self._results, self._table.lines(answered))
        to_retry = list(map(is_to_retry, answered.outcomes))
        if any(to_retry):
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
