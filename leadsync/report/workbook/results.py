"""`results.xlsx`: a marked workbook where there is one to mark, else a new one; with its summary sheet."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import structlog

from leadsync.codes import Code
from leadsync.errors import ReportError
from leadsync.records import Answered, is_summary_sheet
from leadsync.report.about import About, Original
from leadsync.report.columns import Columns
from leadsync.report.problems import Problem
from leadsync.report.workbook.fresh import MOST_ROWS, FreshWorkbook
from leadsync.report.workbook.marked import MarkedWorkbook, NoRoomError
from leadsync.report.workbook.opened import NO_MEMORY, ODD, NotMarkableError, Opened, open_original
from leadsync.report.workbook.summary_sheet import Told, write_summary

_RAGGED = 1_000
"""Of so many rows that are ragged it is kept which cells have no header: no summary lists more."""

_log = structlog.get_logger("leadsync.report")


class ResultsWorkbook:
    """Takes the answered rows of a run, chunk by chunk in their order, and writes them as a workbook.

    `rows` says how many there will be. With an `original` of at most 50,000 rows that is the user's own workbook,
    marked; else a new one, with all rows, or with those to look at where there are more. What it cannot hold in memory
    goes into a nameless file of `folder`, or of the system's folder for such files.
    """

    def __init__(
        self,
        columns: Columns,
        run_id: str,
        *,
        rows: int,
        original: Original | None,
        has_forms: bool,
        folder: Path | None = None,
    ) -> None:
        self._columns = columns
        self._run_id = run_id
        self._count = rows
        self._has_forms = has_forms
        self._folder = folder
        self._original = original
        self._why_new: tuple[str, ...] = ()
        self._lost: tuple[str, ...] = ()
        self._surplus: dict[tuple[str, int], Sequence[str]] = {}
        opened = self._open(original) if original and rows <= MOST_ROWS else None
        self._book: MarkedWorkbook | FreshWorkbook
        if opened and original:
            _drop_summaries(opened, original.sheet)
            self._lost = opened.lost
            self._book = MarkedWorkbook(opened, original.sheet, run_id)
        else:
            self._book = self._fresh()

    @property
    def notes(self) -> tuple[str, ...]:
        """Tell what the workbook does not have of the original or of the rows; known once all rows were added."""
        return (*self._why_new, *self._book.notes, *self._lost)

    def add(self, answered: Answered) -> None:
        """Take up the rows of a chunk; raises ReportError where the workbook cannot be made, OSError for its folder."""
        self._note_surplus(answered)
        with self._told("add", "a row cannot be put into it"):
            try:
                self._book.add(answered)
            except NoRoomError:
                self._say_new("there are no free columns to the right of what its sheet holds")
                self._lost = ()
                self._book = self._fresh()
                self._book.add(answered)

    def save(self, file: BinaryIO, about: About, problems: Sequence[Problem]) -> None:
        """Write the workbook; `problems` are the rows that its summary lists. Raises as `add` does."""
        with self._told("save", "it cannot be written"):
            write_summary(self._book, Told(about, problems, self.notes, self._surplus))
            self._book.save(file)
        self.close()

    def close(self) -> None:
        """Give up what the workbook holds outside of memory; it cannot be added to, or saved, any more."""
        if isinstance(self._book, FreshWorkbook):
            self._book.close()

    @contextmanager
    def _told(self, during: str, what: str) -> Iterator[None]:
        """Say half a sentence where something goes wrong that costs this file only."""
        try:
            yield
        except (*ODD, MemoryError) as error:
            self.close()
            _log.warning("workbook_fault", during=during, fault=type(error).__name__)  # its text may quote cells
            raise ReportError(
                NO_MEMORY if isinstance(error, MemoryError) else f"{what} ({type(error).__name__})"
            ) from error
        except OSError:
            self.close()
            raise

    def _note_surplus(self, answered: Answered) -> None:
        chunk = answered.chunk
        for row, cells in chunk.surplus.items():
            outcome = answered.outcomes[row]
            if outcome and outcome.code is Code.RAGGED_ROW and len(self._surplus) < _RAGGED:
                self._surplus[chunk.sheet, chunk.numbers[row]] = cells

    def _open(self, original: Original) -> Opened | None:
        try:
            return open_original(original)
        except NotMarkableError as error:
            self._say_new(str(error))
        return None

    def _say_new(self, why: str) -> None:
        assert self._original is not None  # asked for only where there is one
        self._why_new = (f"This is a new workbook and not {self._original.name} itself, marked: {why}.",)

    def _fresh(self) -> FreshWorkbook:
        return FreshWorkbook(
            self._columns, self._run_id, rows=self._count, has_forms=self._has_forms, folder=self._folder
        )


def _drop_summaries(opened: Opened, kept: str) -> None:
    """Remove the summary of an earlier report, unless it is that sheet itself that was read."""
    for sheet in opened.workbook.worksheets:
        if is_summary_sheet(sheet.title) and sheet.title != kept:
            opened.workbook.remove(sheet)
