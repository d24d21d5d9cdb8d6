"""One sheet of an .xls, .xlsb or .ods workbook: calamine reads it as a whole, after a scan of our own."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, repeat

from python_calamine import CalamineSheet

from leadsync.loader.workbook.cells import Value
from leadsync.loader.workbook.marks import CellMark, Marks


class WholeSheet:
    """The cells of a sheet, its marks, and how far it reaches; rows and columns are counted from 0."""

    def __init__(self, sheet: CalamineSheet, marks: Marks) -> None:
        self._sheet, self._marks = sheet, marks.cells
        self.merged, self.hidden = marks.merged, marks.hidden
        start, end = sheet.start, sheet.end
        columns = [column for cells in marks.cells.values() for column, _ in cells]
        if start and end:
            columns += [start[1], end[1]]
        self.left = min(columns, default=0)
        self.width = max(columns, default=-1) + 1 - self.left
        self.height = max([*marks.cells, end[0] if end else -1], default=-1) + 1
        self.row_weight = 0
        self._before = start[1] - self.left if start else 0

    def close(self) -> None:
        """Nothing is held but memory."""

    def marks(self, first: int, after: int) -> Mapping[int, Sequence[tuple[int, CellMark]]]:
        """Give the marked cells of some rows, by column: the row, from the first of them, and the mark."""
        marks: dict[int, list[tuple[int, CellMark]]] = {}
        for row in range(first, after):
            for column, mark in self._marks.get(row, ()):
                marks.setdefault(column, []).append((row - first, mark))
        return marks

    def rows(self, first: int) -> Iterator[list[Value]]:
        """Give the rows from some row on, each from the leftmost column to the rightmost."""
        blank: list[Value] = [""] * self.width
        row = first
        for cells in islice(self._sheet.iter_rows(), first, self.height):
            row += 1
            if len(cells) == self.width:
                yield cells
            else:
                yield [*blank[: self._before], *cells, *blank[self._before + len(cells) :]]
        yield from repeat(blank, self.height - row)
