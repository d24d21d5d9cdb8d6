"""The frozen records that cross rooms.

The way of the data: a source is read into `Chunk`s, a chunk is translated into a `Translation`, a translation
gives `Update`s, each row ends in one `Outcome`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from hashlib import blake2b
from string import ascii_uppercase
from typing import TypeAlias
from unicodedata import normalize

import orjson
import pandas as pd

from leadsync.characters import WIDTHLESS
from leadsync.codes import Code

JsonValue: TypeAlias = "str | int | float | bool | list[JsonValue] | dict[str, JsonValue] | None"


class Status(StrEnum):
    """What became of a row (DESIGN section 5); every row read ends in exactly one."""

    UPDATED = "updated"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    INVALID = "invalid"
    REJECTED = "rejected"
    FAILED = "failed"
    UNKNOWN = "unknown"
    NOT_SENT = "not_sent"


BAD = frozenset({Status.INVALID, Status.REJECTED, Status.FAILED, Status.UNKNOWN})
"""The statuses of rows that need a look: a run with such rows exits with 1."""

OPEN = frozenset({Status.NOT_SENT, Status.FAILED, Status.UNKNOWN})
"""The statuses that are not final: a run that is resumed sends such rows again, and no others."""


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
    """Workbooks only: the sheet's name, or its place among all tabs from 1, hidden ones counted; digits that are no
    sheet's name are a place too."""
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
        )

    def row(self, row: int) -> Row:
        """Give the place of a row by its number within the chunk, from 0."""
        return Row(self.first + row, self.sheet, self.numbers[row])


@dataclass(frozen=True, slots=True)
class Target:
    """Where a value goes: one of the nine standard fields, or a property definition."""

    name: str
    """The standard field's name; for a property its name or `property_definitions_id` as the mapping has it."""
    is_property: bool = False


@dataclass(frozen=True, slots=True)
class Translation:
    """A chunk translated by column: what would be sent, and what will not be."""

    chunk: Chunk
    leads: Sequence[str]
    """The lead of each row: a lower-case UUID, or the digits of a legacy id; empty where it names none."""
    columns: Mapping[Target, Sequence[JsonValue]]
    """For each target one value per row; None where the row leaves the target unchanged."""
    issues: Mapping[int, Sequence[Issue]]
    """By row: what makes it `invalid`. A row with an issue is never sent."""
    skipped: Mapping[int, Issue]
    """By row: why there is nothing to send (blank row, nothing to update, a rule)."""
    answered: frozenset[int] = frozenset()
    """The rows that have their final answer from before: an earlier session of the run, or the run that it follows."""

    @classmethod
    def of_answered(cls, chunk: Chunk) -> "Translation":
        """Stand for a chunk in which every row has its final answer, so that nothing of it need be translated."""
        return cls(chunk, [""] * len(chunk), {}, {}, {}, frozenset(range(len(chunk))))

    @classmethod
    def of_unread(cls, chunk: Chunk) -> "Translation":
        """Stand for a chunk of which nobody knows yet what would be sent."""
        return cls(chunk, [""] * len(chunk), {}, {}, {})

    @property
    def is_answered(self) -> bool:
        """Tell whether every row has its final answer from before."""
        return len(self.answered) == len(self.chunk)

    def sendable(self) -> Iterator[int]:
        """Give the rows (0 is the chunk's first) with no issue, no reason to be skipped, and no final answer yet."""
        left_out = self.issues.keys() | self.skipped.keys() | self.answered
        return (row for row in range(len(self.chunk)) if row not in left_out)


@dataclass(frozen=True, slots=True)
class Update:
    """The translated content of one `update_lead`."""

    row: Row
    lead: str
    """The lead's UUID, or its legacy id where the mapping says so."""
    fields: Mapping[str, str]
    properties: Sequence[tuple[str, JsonValue]]
    """Pairs of `property_definitions_id` and value."""

    @property
    def digest(self) -> int:
        """Give a number that tells updates apart by what they say to Keen: 64 bits, signed, never 0."""
        content = orjson.dumps([self.lead, self.fields, self.properties], option=orjson.OPT_SORT_KEYS)
        return int.from_bytes(blake2b(content, digest_size=8).digest(), signed=True) or 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one row."""

    position: int
    status: Status
    code: Code
    message: str
    lead_id: str = ""
    cell: str = ""
    """The cells at fault, such as `Leads!F17`; several are separated by a comma and a blank."""
    http_status: int | None = None
    attempts: int = 0
    digest: int = 0
    """That of the update, where Keen has answered it; else 0."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A chunk with the outcome of each of its rows, in their order; None for a row that has none yet."""

    chunk: Chunk
    outcomes: Sequence[Outcome | None]


@dataclass(frozen=True, slots=True)
class Example:
    """One row that stands for all with its code."""

    status: Status
    code: Code
    count: int
    message: str
    place: str
    """`Leads!17`, or the cell at fault."""


@dataclass(frozen=True, slots=True)
class Damage:
    """What has happened to a column on its way into the source, found before anything was sent."""

    code: Code
    level: Level
    column: str
    """The column's header."""
    count: int
    """The cells that are concerned."""
    confidence: float
    """From 0 to 1."""
    cells: tuple[str, ...]
    """The first of them, such as `Leads!F17`."""
    message: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What became of a run: the content of `summary.json` (DESIGN section 7)."""

    run_id: str
    sources: tuple[str, ...]
    mapping: str
    started_at: str
    """RFC 3339, in UTC."""
    finished_at: str
    duration_s: float
    rows_read: int
    statuses: Mapping[Status, int]
    codes: Mapping[Code, int]
    requests: int
    retries: int
    exit_code: int
    unaccounted: int
    """Rows read that have no outcome: 0, or there is a fault in leadsync."""
    stopped_because: str | None
    dry_run: bool = False
    times_slowed: int = 0
    """How often the pace fell below the set rate because Keen pushed back."""
    slowest: float | None = None
    """The lowest pace in requests per second; None where it never fell."""
    slowed_because: str = ""
    """Why it fell last."""
    damages: tuple[Damage, ...] = ()
    """What was found in the source before anything was sent, the errors first."""
    hidden_rows: int = 0
    """Rows read that their sheet does not show."""
    hidden_are_skipped: bool = False
    """The mapping says so; else they are sent like all others."""
    cleared_rows: int = 0
    """Rows to be sent that clear a value in Keen."""

    @property
    def can_be_resumed(self) -> bool:
        """Tell whether rows are left that a run would send again."""
        return not self.dry_run and any(self.statuses.get(status) for status in OPEN)
