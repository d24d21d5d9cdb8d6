"""`results.xlsx`: a marked workbook where there is one to mark, else a new one; with its summary sheet."""

import re
from collections.abc import Sequence
from typing import BinaryIO

from leadsync.records import SUMMARY_SHEET, Answered
from leadsync.report.about import About, Original
from leadsync.report.columns import Columns
from leadsync.report.problems import Problem
from leadsync.report.workbook.fresh import MOST_ROWS, FreshWorkbook
from leadsync.report.workbook.marked import MarkedWorkbook, NoRoomError
from leadsync.report.workbook.opened import ODD, Opened, TooLargeError, open_original
from leadsync.report.workbook.summary_sheet import write_summary

_EARLIER = re.compile(rf"{SUMMARY_SHEET}( \d+)?", re.IGNORECASE)


class ResultsWorkbook:
    """Takes the answered rows of a run, chunk by chunk in their order, and writes them as a workbook.

    `rows` says how many there will be. With an `original` of at most 50,000 rows that is the user's own workbook,
    marked; else a new one, with all rows, or with those to look at where there are more.
    """

    def __init__(self, columns: Columns, run_id: str, *, rows: int, original: Original | None, has_forms: bool) -> None:
        self._columns = columns
        self._run_id = run_id
        self._count = rows
        self._has_forms = has_forms
        self._original = original
        self._why_new: tuple[str, ...] = ()
        self._lost: tuple[str, ...] = ()
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
        """Take up the rows of a chunk."""
        try:
            self._book.add(answered)
        except NoRoomError:
            self._say_new("there are no free columns to the right of what its sheet holds")
            self._lost = ()
            self._book = self._fresh()
            self._book.add(answered)

    def save(self, file: BinaryIO, about: About, problems: Sequence[Problem]) -> None:
        """Write the workbook; `problems` are the rows that its summary lists."""
        write_summary(self._book, about, problems, self.notes)
        self._book.save(file)

    def _open(self, original: Original) -> Opened | None:
        try:
            opened = open_original(original)
        except TooLargeError as error:
            self._say_new(str(error))
        except ODD as error:
            self._say_new(f"openpyxl cannot read it ({type(error).__name__})")
        else:
            if original.sheet in [sheet.title for sheet in opened.workbook.worksheets]:
                return opened
            self._say_new(f"openpyxl does not find its sheet {original.sheet!r}")
        return None

    def _say_new(self, why: str) -> None:
        assert self._original is not None  # asked for only where there is one
        self._why_new = (f"This is a new workbook and not {self._original.name} itself, marked: {why}.",)

    def _fresh(self) -> FreshWorkbook:
        return FreshWorkbook(self._columns, self._run_id, rows=self._count, has_forms=self._has_forms)


def _drop_summaries(opened: Opened, kept: str) -> None:
    """Remove the summary of an earlier report, unless it is that sheet itself that was read."""
    for sheet in opened.workbook.worksheets:
        if _EARLIER.fullmatch(sheet.title) and sheet.title != kept:
            opened.workbook.remove(sheet)
