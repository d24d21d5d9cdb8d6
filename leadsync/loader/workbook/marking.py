"""Takes down the marks of one sheet while it is scanned, and how large it is."""

from functools import cache

from leadsync.loader.workbook.marks import CellMark, ErrorValue, Marks, Merged, Shown
from leadsync.loader.workbook.untrusted import MOST_CELLS

WEIGHT = 40
"""Characters that take as much memory as a cell."""

_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}


@cache
def error_value(code: int) -> ErrorValue:
    """Give the mark of an error by its number of one byte, in .xls ([MS-XLS] 2.5.10) and .xlsb."""
    return ErrorValue(_ERRORS.get(code, f"error {code}"))


class Marking:
    """The marks of a sheet so far; rows and columns are counted from 0."""

    def __init__(self) -> None:
        self._cells: dict[int, list[tuple[int, CellMark]]] = {}
        self._pairs: dict[tuple[int, int], tuple[int, CellMark]] = {}
        self._hidden: set[int] = set()
        self._merged: list[Merged] = []
        self.filled = 0
        """How many cells hold something; a long text counts as several."""
        self.top = self.left = MOST_CELLS
        self.bottom = self.right = -1

    def fill(self, row: int, column: int) -> None:
        """Note that a cell holds something."""
        self.filled += 1
        if not (self.top <= row <= self.bottom and self.left <= column <= self.right):
            self._widen(row, row, column, column)

    def weigh(self, length: int) -> None:
        """Note how long the text of a cell is; a long one takes as much as several cells."""
        self.filled += length // WEIGHT

    def fill_rows(self, top: int, height: int, left: int, right: int, weight: int) -> None:
        """Note that rows are filled alike, from one column to another; `weight` is what the cells of one row take."""
        self.filled += height * weight
        self._widen(top, top + height - 1, left, right)

    def _widen(self, top: int, bottom: int, left: int, right: int) -> None:
        self.top, self.left = min(self.top, top), min(self.left, left)
        self.bottom, self.right = max(self.bottom, bottom), max(self.right, right)

    @property
    def size(self) -> int:
        """Give what the sheet takes, to be compared with MOST_CELLS."""
        return self.filled + max(0, self.bottom + 1 - self.top) * max(0, self.right + 1 - self.left)

    def mark(self, row: int, column: int, mark: CellMark) -> None:
        """Mark a cell; a mark that many cells share is kept once for each column."""
        if isinstance(mark, Shown):
            pair: tuple[int, CellMark] = (column, mark)
        else:
            pair = self._pairs.setdefault((column, id(mark)), (column, mark))
        self._cells.setdefault(row, []).append(pair)

    def mark_rows(self, top: int, height: int, cells: list[tuple[int, CellMark]]) -> None:
        """Mark the cells of rows that are all the same."""
        self._cells.update(dict.fromkeys(range(top, top + height), cells))

    def hide(self, top: int, height: int = 1) -> None:
        """Note that rows are not shown."""
        self._hidden.update(range(top, top + height))

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Note a rectangle of merged cells, its ends in it; one that is turned round or but one cell is none."""
        if top <= bottom and left <= right and (top, left) != (bottom, right):
            self._merged.append(Merged(top, left, bottom, right))

    def marks(self) -> Marks:
        """Give the marks."""
        return Marks(self._cells, frozenset(self._hidden), tuple(self._merged))
