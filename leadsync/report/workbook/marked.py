"""The user's own workbook: helper columns to the right of what is there, bad cells marked where they stand."""

# Cells are touched by the hundred thousand, which openpyxl's public names make slow (see `styles`).
# ruff: noqa: SLF001

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any, BinaryIO

from openpyxl.cell import Cell, MergedCell  # type: ignore[import-untyped]  # openpyxl has no types of its own
from openpyxl.utils import column_index_from_string, get_column_letter  # type: ignore[import-untyped]  # likewise
from openpyxl.utils.cell import range_boundaries  # type: ignore[import-untyped]  # likewise
from openpyxl.worksheet.cell_range import CellRange  # type: ignore[import-untyped]  # likewise
from openpyxl.worksheet.formula import ArrayFormula  # type: ignore[import-untyped]  # likewise

from leadsync.codes import Code
from leadsync.counting import count
from leadsync.records import Answered, Chunk, Outcome, Status
from leadsync.report.columns import HELPERS, RUN_COLUMN
from leadsync.report.problems import addresses, is_to_retry, position_of
from leadsync.report.table import told_of
from leadsync.report.workbook.comments import (
    MOST,
    comment_text,
    covered_comment_text,
    drop_comment,
    put_comment,
    row_comment_text,
    too_many,
)
from leadsync.report.workbook.layout import ADDED, NUMBERS, WIDTHS, free_column, last_used_column
from leadsync.report.workbook.opened import Opened
from leadsync.report.workbook.styles import Styles, add_rules, drop_rules, put_text
from leadsync.report.workbook.texts import NO_VALUE, link_to
from leadsync.report.workbook.writer import save

_MOST_COLUMNS = 16_384


class NoRoomError(Exception):
    """The helper columns do not fit to the right of what is there."""


@dataclass(frozen=True, slots=True)
class _Covered:
    """Cells at fault that a merged one covers."""

    outcome: Outcome
    """Of the first."""
    cells: list[str] = field(default_factory=list)


class MarkedWorkbook:
    """A workbook that takes up what became of the rows of one of its sheets."""

    is_new = False

    def __init__(self, opened: Opened, title: str, run_id: str) -> None:
        self.workbook = opened.workbook
        self.styles = Styles(opened.workbook)
        self._results = opened.results
        self._sheet = opened.workbook[title]
        self._run_id = run_id
        self._columns: Mapping[str, int] = {}
        self._header_row = self._last_row = 0
        self._table: Sequence[int] = ()
        self._hidden = self._bad_cells = 0
        self._covered: dict[tuple[tuple[int, int], Code], _Covered] = {}
        """By the corner of the merged cell, and by what is wrong."""

    @property
    def notes(self) -> tuple[str, ...]:
        """Tell what somebody who looks at the sheet might miss."""
        notes = []
        if self._hidden:
            are, them = ("is", "it") if self._hidden == 1 else ("are", "them")
            rows = count(self._hidden, "row")
            notes.append(
                f"{rows} to look at {are} hidden in the sheet (by hand or by a filter): unhide {them} to see {them}."
            )
        if self._bad_cells > MOST:
            notes.append(too_many(self._bad_cells))
        return tuple(notes)

    def place(self, sheet: str, row: int, address: str) -> str:
        """Give where a link to a row, or to a cell of it, leads."""
        del sheet
        return link_to(self._sheet.title, address or f"{get_column_letter(self._first)}{row}")

    def add(self, answered: Answered) -> None:
        """Mark the rows of a chunk; raises NoRoomError at the first."""
        chunk = answered.chunk
        if not len(chunk):
            return
        if not self._columns:
            self._begin(chunk)
        self._last_row = chunk.numbers[-1]
        fixed: dict[str, Any] = {RUN_COLUMN: self._run_id, HELPERS[0]: chunk.sheet}
        hidden = self._sheet.row_dimensions
        for row, outcome in enumerate(answered.outcomes):
            number = chunk.numbers[row]
            told = zip(HELPERS[3:], told_of(outcome), strict=True)
            fill = self.styles.row_fill(outcome) if is_to_retry(outcome) else None
            self._tell(number, {**fixed, HELPERS[1]: str(number), HELPERS[2]: answered.lead(row), **dict(told)}, fill)
            if fill is not None:
                self._fill(number, fill)
                self._hidden += number in hidden and bool(hidden[number].hidden)
                if outcome is not None:
                    self._mark(chunk, row, outcome)

    def save(self, file: BinaryIO) -> None:
        """Write the workbook."""
        if self._columns:
            self._finish()
        save(self.workbook, file, self._results)

    @cached_property
    def _corners(self) -> Mapping[tuple[int, int], tuple[int, int]]:
        """Give for each merged cell the one in whose place its area shows something."""
        areas = self._sheet.merged_cells.ranges
        return {place: (area.min_row, area.min_col) for area in areas for place in area.cells}

    @property
    def _first(self) -> int:
        return self._table[0] if self._table else 1

    def _begin(self, chunk: Chunk) -> None:
        """Find the place of the helper columns, and clear away what an earlier report has left."""
        self._header_row = chunk.numbers[0] - 1
        places = range(len(chunk.headers)) if chunk.positions is None else chunk.positions
        self._table = sorted(place + 1 for place in places)
        there = self._helpers_there()
        last = last_used_column(self._sheet)
        missing = [name for name in ADDED if name not in there]
        if last + len(missing) > _MOST_COLUMNS:
            raise NoRoomError
        new = {name: last + place for place, name in enumerate(missing, 1)}
        if there:
            self._clear()
        self._columns = {**there, **new}
        like = self._sheet._cells.get((self._header_row, self._table[-1]))
        for name, column in new.items():
            free_column(self._sheet, column, WIDTHS[name])
            cell = self._cell(self._header_row, column)
            put_text(cell, name)
            cell._style = None if like is None else like._style

    def _helpers_there(self) -> dict[str, int]:
        found: dict[str, int] = {}
        header = {column: cell for (row, column), cell in self._sheet._cells.items() if row == self._header_row}
        for column in sorted(header):
            if (text := str(header[column]._value)) in ADDED:
                found.setdefault(text, column)
        return found

    def _clear(self) -> None:
        """Take away the colours and comments of an earlier report."""
        ours = self.styles.own_fills
        for cell in self._sheet._cells.values():
            if cell._style is not None and cell._style.fillId in ours:
                cell._style = self.styles.filled(cell._style, 0)
            if cell._comment is not None:
                drop_comment(cell)
        drop_rules(self._sheet)

    def _tell(self, number: int, told: Mapping[str, str], fill: int | None) -> None:
        """Write the helper cells of a row."""
        cells = self._sheet._cells
        for name, column in self._columns.items():
            text = told[name]
            cell = cells.get((number, column))
            if cell is None:
                if not text and fill is None:
                    continue
                cell = self._cell(number, column)
            if isinstance(cell, MergedCell):
                continue
            if text and name in NUMBERS:
                cell._value, cell.data_type = int(text), "n"
            elif text:
                put_text(cell, text)
            else:
                cell._value, cell.data_type = None, "n"
            if fill is not None:
                cell._style = self.styles.filled(cell._style, fill)

    def _fill(self, number: int, fill: int) -> None:
        """Colour the cells of a row of the table that have no colour of their own."""
        for column in self._table:
            cell = self._cell(number, column)
            if cell._style is None or cell._style.fillId in self.styles.blank_fills:
                cell._style = self.styles.filled(cell._style, fill)

    def _mark(self, chunk: Chunk, row: int, outcome: Outcome) -> None:
        """Mark the cells of a row that are at fault; where none is, and it must be mended, its message."""
        bad = addresses(outcome)
        for letters, number in bad:
            place = (number, column_index_from_string(letters))
            corner = self._corners.get(place, place)
            cell = self._marked(*corner)
            if corner != place:
                self._covered.setdefault((corner, outcome.code), _Covered(outcome)).cells.append(f"{letters}{number}")
            elif self._bad_cells <= MOST:
                position = position_of(chunk, letters)
                read = "" if position is None else str(chunk.frame[position].iat[row])
                put_comment(cell, comment_text(outcome, read, _formula(cell) if outcome.code in NO_VALUE else ""))
        if not bad and outcome.status is Status.INVALID:
            place = (chunk.numbers[row], self._columns["leadsync_message"])
            cell = self._marked(*self._corners.get(place, place))
            if self._bad_cells <= MOST:
                put_comment(cell, row_comment_text(outcome, chunk.surplus.get(row, ())))

    def _marked(self, row: int, column: int) -> Any:
        cell = self._cell(row, column)
        cell._style = self.styles.filled(cell._style, self.styles.bad)
        self._bad_cells += 1
        return cell

    def _cell(self, row: int, column: int) -> Any:
        """Give a cell; one that is not there looks as its row or column does."""
        cells = self._sheet._cells
        cell = cells.get((row, column))
        if cell is None:
            cell = cells[row, column] = Cell(self._sheet, row, column)
            dimension = self._sheet.row_dimensions.get(row)
            if dimension is not None and dimension._style is not None:
                cell._style = dimension._style
        return cell

    def _finish(self) -> None:
        """Colour the fine rows, and let the filter reach over the helper columns."""
        for (corner, _), covered in islice(self._covered.items(), MOST):
            put_comment(self._cell(*corner), covered_comment_text(covered.outcome, covered.cells))
        status = self._columns[HELPERS[3]]
        first, last = min(self._first, *self._columns.values()), max(*self._table, *self._columns.values())
        top = self._header_row + 1
        area = f"{get_column_letter(first)}{top}:{get_column_letter(last)}{self._last_row}"
        add_rules(self._sheet, area, f"${get_column_letter(status)}{top}")
        self._filter(first, last)

    def _filter(self, first: int, last: int) -> None:
        sheet = self._sheet
        bottom = max(self._last_row, self._header_row)
        if sheet.auto_filter.ref:
            first, top, right, bottom = range_boundaries(sheet.auto_filter.ref)
            if top != self._header_row or right + 1 not in self._columns.values():
                return
        area = CellRange(min_col=first, min_row=self._header_row, max_col=last, max_row=bottom)
        if all(area.isdisjoint(CellRange(table.ref)) for table in sheet.tables.values()):  # Excel allows for no others
            sheet.auto_filter.ref = area.coord


def _formula(cell: Any) -> str:
    """Give the formula of a cell; empty where it has none."""
    formula = cell._value.text if isinstance(cell._value, ArrayFormula) else cell._value
    return str(formula) if cell.data_type == "f" and isinstance(formula, str) else ""
