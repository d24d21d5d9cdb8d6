"""Rows about a lead that an earlier row is about."""

from bisect import bisect_right
from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt

from leadsync.damage.rows import RowSet
from leadsync.records import Cell, Chunk

_BLOCK = 1 << 20
"""Rows whose hashes stand in one array."""
_PARTS = 16
"""Hashes are compared a part at a time, so that no second copy of all of them is needed."""
_SHOWN = 3


class RepeatedLeads:
    """Remembers 64 bits of each row's lead, and so finds the rows that repeat an earlier one.

    Of 10 million leads two have the same 64 bits by accident in one source of 370,000.
    """

    def __init__(self, position: int) -> None:
        self._position = position
        self._blocks: list[npt.NDArray[np.uint64]] = []
        self._size = 0
        self._first = 0
        self._places = _Places()
        self.named = 0
        """The rows so far that name a lead."""

    def look(self, chunk: Chunk, leads: Sequence[str], unread: Collection[int]) -> None:
        """Remember the leads of a chunk; those of the `unread` rows are none."""
        hashes = np.fromiter(map(hash, leads), np.int64, len(leads)).view(np.uint64)
        hashes[list(unread)] = 0  # which is the hash of an empty text
        self.named += int(np.count_nonzero(hashes))
        if not self._size:
            self._first = chunk.first
        self._places.add(chunk, self._position)
        while hashes.size:
            free = -self._size % _BLOCK
            if not free:
                self._blocks.append(np.zeros(_BLOCK, np.uint64))
                free = _BLOCK
            taken = hashes[:free]
            start = _BLOCK - free
            self._blocks[-1][start : start + taken.size] = taken
            self._size += taken.size
            hashes = hashes[free:]

    def found(self) -> tuple[RowSet, int, tuple[str, ...]]:
        """Give the rows that repeat an earlier one's lead, their number, and the cells of the first."""
        rows, count, first = RowSet(), 0, np.zeros(0, np.intp)
        for part in range(_PARTS):
            repeats = self._repeats(part) + self._first
            rows.add(repeats)
            count += repeats.size
            first = np.sort(np.concatenate([first, repeats]))[:_SHOWN]
        return rows, count, tuple(map(self._places.cell, first.tolist()))

    def _repeats(self, part: int) -> npt.NDArray[np.intp]:
        """Give the rows of one part of the hashes, told by their highest bits, that repeat an earlier one."""
        shift = np.uint64(64 - (_PARTS - 1).bit_length())
        blocks = [block[: self._size - n * _BLOCK] for n, block in enumerate(self._blocks)]
        members = [((block >> shift == part) & (block != 0)).nonzero()[0] for block in blocks]
        hashes = np.concatenate([np.zeros(0, np.uint64), *map(np.take, blocks, members)])
        rows = np.concatenate([np.zeros(0, np.intp), *(of + n * _BLOCK for n, of in enumerate(members))])
        order = np.argsort(hashes, kind="stable")
        ordered = hashes[order]
        repeats: npt.NDArray[np.intp] = rows[order[1:][ordered[1:] == ordered[:-1]]]
        return repeats


class _Places:
    """Tells the cell of a row by its position; only where the numbers of rows jump is anything remembered."""

    def __init__(self) -> None:
        self._positions: list[int] = []
        self._offsets: list[int] = []
        self._sheet = ""
        self._column = 0

    def add(self, chunk: Chunk, position: int) -> None:
        """Take the numbers of a chunk's rows, by which the sheet counts them."""
        if not len(chunk):
            return
        self._sheet = chunk.sheet
        self._column = chunk.cell(0, position).column
        numbers = chunk.numbers
        jumps = [0]
        if not isinstance(numbers, range) or numbers.step != 1:
            jumps += [row for row in range(1, len(numbers)) if numbers[row] != numbers[row - 1] + 1]
        for row in jumps:
            offset = numbers[row] - chunk.first - row
            if not self._offsets or self._offsets[-1] != offset:
                self._positions.append(chunk.first + row)
                self._offsets.append(offset)

    def cell(self, position: int) -> str:
        """Give the place of a row's cell."""
        offset = self._offsets[bisect_right(self._positions, position) - 1]
        return str(Cell(self._sheet, position + offset, self._column))
