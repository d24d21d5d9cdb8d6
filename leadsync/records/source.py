"""What is read: places, rows, and chunks of them, as a source has them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from string import ascii_uppercase
from typing import TypeVar
from unicodedata import normalize

import pandas as pd

from leadsync.characters import WIDTHLESS
from leadsync.codes import Code

Told = TypeVar("Told")


def column_letters(column: int) -> str:
    """Give the letters that Excel shows above a column, counted from 0: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = ascii_uppercase[rest] + letters
    return letters


def _sheet_name(sheet: str) -> str:
    """Write a sheet's name as Excel does before an exclamation mark."""
    plain = sheet.replace("_", "").replace(".", "").isalnum()
    return sheet if plain else "'" + sheet.replace("'", "''") + "'"


_NO_WIDTH = dict.fromkeys(map(ord, WIDTHLESS))


def fold_header(name: str) -> str:
    """Fold a column's name for comparison: what nobody sees left out, spaces collapsed, case-folded."""
    return " ".join(normalize("NFKC", name).translate(_NO_WIDTH).split()).casefold()


class Level(StrEnum):
    """How much a finding about a source weighs."""

    ERROR = "error"
    """The cells at fault are refused: their rows are `invalid`."""
    WARNING = "warning"
    """It is told, and everything is sent."""
    OFF = "off"


DEFAULT_LEVELS: Mapping[Code, Level] = {
    Code.ERROR_VALUE: Level.ERROR,
    Code.SCIENTIFIC_NOTATION: Level.ERROR,
    Code.DIGITS_LOST: Level.ERROR,
    Code.DECIMAL_ID: Level.ERROR,
    Code.MOJIBAKE: Level.ERROR,
    Code.SWAPPED_COLUMN: Level.ERROR,
    Code.LEADING_ZEROS_LOST: Level.WARNING,
    Code.SERIAL_DATE: Level.WARNING,
    Code.AMBIGUOUS_DATE: Level.WARNING,
    Code.ONE_VALUE: Level.WARNING,
    Code.PLACEHOLDER: Level.WARNING,
    Code.INVISIBLE_CHARACTERS: Level.WARNING,
    Code.REPEATED_LEAD: Level.WARNING,
}
"""How much each kind of damage weighs where nobody says otherwise: an error where a value is surely lost."""


class HiddenRows(StrEnum):
    """What becomes of the rows of a sheet that nobody sees, hidden by hand or by a filter."""

    INCLUDE = "include"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class SourceOptions:
    """How a source is to be read, as the mapping or the command line declares it; None means detected."""

    sheet: str | int | None = None
    """Workbooks only: the sheet's name, or its place among all tabs from 1, hidden ones counted and the summary of a
    report of ours not; digits that are no sheet's name are a place too."""
    header_row: int = 1
    """The number of the header's row, as Excel shows it; rows above are not read."""
    encoding: str | None = None
    """CSV only: an encoding's name as Python knows it; a byte-order mark in the file goes before it."""
    delimiter: str | None = None
    """CSV only: one character."""
    skip_footer: int = 0
    """How many rows at the end, such as totals, are none of the table's: they are skipped."""
    stop_at_blank: bool = False
    """The table ends above the first blank row: it and what follows are skipped."""
    hidden_rows: HiddenRows = HiddenRows.INCLUDE
    """Workbooks only."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The place of one cell, told as Excel tells it: `Leads!F17`."""

    sheet: str
    row: int
    """The row number that Excel shows, from 1."""
    column: int
    """The position of the column, from 0."""

    def __str__(self) -> str:
        return f"{_sheet_name(self.sheet)}!{column_letters(self.column)}{self.row}"


@dataclass(frozen=True, slots=True)
class Issue:
    """Why a row is not sent: a code of the catalogue, a sentence for the user, and the cell at fault."""

    code: Code
    message: str
    cell: Cell | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A source row, known by its place."""

    position: int
    """Its place among all rows of the run, from 0."""
    sheet: str
    number: int
    """The row number that Excel shows, from 1."""

    def __str__(self) -> str:
        return f"{_sheet_name(self.sheet)}!{self.number}"


@dataclass(frozen=True, slots=True)
class Origins:
    """Where the rows of a report that was fed again come from, row by row; "" where nobody knows."""

    runs: Sequence[str]
    """Ids of runs."""
    places: Sequence[str]
    """`Leads!17`, as that run's sheets showed them."""
    statuses: Sequence[str]
    """What became of each row then."""

    def take(self, rows: Sequence[int]) -> "Origins":
        """Give the origins of some of the rows, in the given order."""
        return Origins(*([told[row] for row in rows] for told in (self.runs, self.places, self.statuses)))


SUMMARY_SHEET = "leadsync summary"
"""How the sheet that a report puts into a workbook is called; no such sheet is ever taken for a source by itself."""


_SUMMARY = re.compile(rf"{SUMMARY_SHEET}( \d+)?", re.IGNORECASE)


def is_summary_sheet(title: str) -> bool:
    """Tell whether a sheet is called as the summary that a report puts into a workbook."""
    return _SUMMARY.fullmatch(title) is not None


@dataclass(frozen=True, slots=True)
class Chunk:
    """Consecutive rows of one sheet, every cell as text."""

    source: str
    """The file as the user named it, or `-`."""
    sheet: str
    headers: tuple[str, ...]
    """As read. They may repeat: columns are known by position."""
    first: int
    """The position in the run of the first row."""
    numbers: Sequence[int]
    """The row number that Excel shows, for each row."""
    frame: pd.DataFrame
    """One column of `str` (dtype object) per header, labelled 0, 1, 2, …; never NaN."""
    issues: Mapping[int, Issue] = field(default_factory=dict)
    """By row (0 is the chunk's first): rows that cannot be read safely, such as ragged ones."""
    positions: Sequence[int] | None = None
    """The place of each column in the file, from 0; None where they are 0, 1, 2, …"""
    typed: Mapping[int, frozenset[int]] = field(default_factory=dict)
    """By column: the rows whose cell is a number, a date or a boolean of a workbook, written canonically (`1.5`,
    `2026-03-05`, `TRUE`); how the mapping says that its source writes such things is about the other cells."""
    surplus: Mapping[int, Sequence[str]] = field(default_factory=dict)
    """By row: the cells for which there is no header."""
    faults: Mapping[int, Mapping[int, Issue]] = field(default_factory=dict)
    """By column, then by row: the cells that hold no value to read, such as an error or a formula that was never
    calculated. Their text is what the user sees. Only rows of which the mapping uses the cell are refused."""
    left_out: Mapping[int, Issue] = field(default_factory=dict)
    """By row: rows that are none of the table's, as the source's options say: a total, a hidden row. They are skipped,
    whatever else is wrong with them."""
    hidden: frozenset[int] = frozenset()
    """The rows that the sheet does not show, whatever becomes of them."""
    origins: Origins | None = None
    """None where the source is no report of ours."""
    packed: bytes = b""
    """The cells, with what is known of them, as the journal keeps them, where somebody has packed them already."""

    def __len__(self) -> int:
        return len(self.numbers)

    def column(self, position: int) -> list[str]:
        """Give the cells of one column, top to bottom."""
        cells: list[str] = self.frame[position].tolist()
        return cells

    def cell(self, row: int, column: int) -> Cell:
        """Give the place of a cell by its row within the chunk and its column, both from 0."""
        return Cell(self.sheet, self.numbers[row], column if self.positions is None else self.positions[column])

    def header(self, cell: Cell) -> str:
        """Give the header above a cell of this chunk; empty for a cell right of the last one."""
        places = range(len(self.headers)) if self.positions is None else self.positions
        return self.headers[places.index(cell.column)] if cell.column in places else ""

    def head(self, rows: int) -> "Chunk":
        """Give the first rows of the chunk, at most so many."""
        if rows >= len(self):
            return self
        return replace(
            self,
            numbers=self.numbers[:rows],
            frame=self.frame.head(rows),
            issues={row: issue for row, issue in self.issues.items() if row < rows},
            typed={column: frozenset(row for row in of if row < rows) for column, of in self.typed.items()},
            surplus={row: cells for row, cells in self.surplus.items() if row < rows},
            faults={
                column: {row: issue for row, issue in of.items() if row < rows} for column, of in self.faults.items()
            },
            left_out={row: issue for row, issue in self.left_out.items() if row < rows},
            hidden=frozenset(row for row in self.hidden if row < rows),
            origins=self.origins and self.origins.take(range(rows)),
            packed=b"",
        )

    def take(self, rows: Sequence[int]) -> "Chunk":
        """Give a chunk of some of the rows, in the given order; they keep their numbers, not their positions."""
        places = {row: place for place, row in enumerate(rows)}

        def of(told: Mapping[int, Told]) -> dict[int, Told]:
            return {places[row]: what for row, what in told.items() if row in places}

        return replace(
            self,
            numbers=[self.numbers[row] for row in rows],
            frame=self.frame.take(rows).reset_index(drop=True),
            issues=of(self.issues),
            typed={column: frozenset(places[row] for row in at if row in places) for column, at in self.typed.items()},
            surplus=of(self.surplus),
            faults={column: of(faults) for column, faults in self.faults.items()},
            left_out=of(self.left_out),
            hidden=frozenset(places[row] for row in self.hidden if row in places),
            origins=self.origins and self.origins.take(rows),
            packed=b"",
        )

    def row(self, row: int) -> Row:
        """Give the place of a row by its number within the chunk, from 0."""
        return Row(self.first + row, self.sheet, self.numbers[row])
