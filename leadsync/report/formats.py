"""The files of a report, by format; and what makes those that need a library which not every command loads."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, Protocol

from leadsync.records import Answered
from leadsync.report.about import About, Original
from leadsync.report.columns import Columns
from leadsync.report.problems import Problem


class Format(StrEnum):
    """A format of a report."""

    CSV = "csv"
    XLSX = "xlsx"
    HTML = "html"
    JSON = "json"


class Workbook(Protocol):
    """`results.xlsx` while it is made."""

    def add(self, answered: Answered) -> None:
        """Take in the rows of a chunk; chunks come in their order."""

    @property
    def notes(self) -> Sequence[str]:
        """Give what the workbook does not have, a sentence each; known once all rows were added."""

    def save(self, file: BinaryIO, about: About, problems: Sequence[Problem]) -> None:
        """Write the workbook, with a summary that lists the given rows to look at."""

    def close(self) -> None:
        """Let go of what was kept for it, where it is not saved."""


class WorkbookMaker(Protocol):
    """Begins a `results.xlsx`."""

    def __call__(
        self,
        columns: Columns,
        run_id: str,
        *,
        rows: int,
        original: Original | None,
        has_forms: bool,
        folder: Path | None,
    ) -> Workbook:
        """Begin the workbook of so many rows: the user's own, where there is an original.

        What is kept on the way lies in the folder, in files without names.
        """


class PageMaker(Protocol):
    """Makes `report.html`."""

    def __call__(self, about: About, problems: Sequence[Problem], problem_count: int) -> bytes:
        """Give the page, with some of the rows to look at, of which there are `problem_count`."""


@dataclass(frozen=True, slots=True)
class Formats:
    """Which files a report has; `summary.json` it always has."""

    csv: bool = True
    workbook: WorkbookMaker | None = None
    page: PageMaker | None = None

    @property
    def names(self) -> Sequence[str]:
        """Give the names of the files."""
        tables = ("results.csv", "retry.csv") if self.csv else ()
        workbook = ("results.xlsx",) if self.workbook else ()
        return (*tables, *workbook, *(("report.html",) if self.page else ()), "summary.json")


TABLES = Formats()
"""The files that need no further library."""
