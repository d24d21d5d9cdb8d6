"""Cells below the header that are merged with others: a person sees a value over all of them, the file has it once."""

from collections.abc import Iterable, Iterator, Sequence

from leadsync.loader.workbook.cells import Value
from leadsync.loader.workbook.marks import Merged


class CoveredCells:
    """Finds, in one pass over the rows from the header down, the cells that a merged cell with a value covers."""

    def __init__(self, merged: Iterable[Merged], header: int, left: int) -> None:
        """`header` is the header's row and `left` the leftmost column in use, both from 0."""
        self._rectangles = [one for one in merged if one.bottom > header]
        self._header = header
        self._left = left
        self._is_filled: set[Merged] = set()

    def among(self, columns: Sequence[Sequence[Value]], top: int, count: int) -> Iterator[tuple[int, int]]:
        """Give row and column, counted from the first of those given, of each covered cell without a value of its own.

        `top` is the first row, from 0, of the `count` rows that follow those of the last call.
        """
        for one in self._rectangles:
            if one.bottom < top or one.top >= top + count:
                continue
            if one.top <= self._header or (top <= one.top and _value(columns, one.left - self._left, one.top - top)):
                self._is_filled.add(one)
            if one in self._is_filled:
                yield from self._within(one, columns, top, count)

    def _within(
        self, one: Merged, columns: Sequence[Sequence[Value]], top: int, count: int
    ) -> Iterator[tuple[int, int]]:
        for row in range(max(one.top, top), min(one.bottom + 1, top + count)):
            for column in range(max(one.left - self._left, 0), min(one.right + 1 - self._left, len(columns))):
                if columns[column][row - top] == "" and (row, column) != (one.top, one.left - self._left):
                    yield row - top, column


def _value(columns: Sequence[Sequence[Value]], column: int, row: int) -> Value:
    return columns[column][row] if 0 <= column < len(columns) else ""
