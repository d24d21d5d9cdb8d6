"""One sheet of an .xlsx workbook: a scan of all of it, and calamine for the values, piece by piece."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from itertools import islice, repeat
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from leadsync.loader.workbook.cells import Value
from leadsync.loader.workbook.marks import CellMark, NumberFormat
from leadsync.loader.workbook.xlsx.pieces import Readers, Values
from leadsync.loader.workbook.xlsx.scan import Piece, Scan, Scanned
from leadsync.loader.workbook.xlsx.sheet_xml import SheetXml
from leadsync.loader.workbook.xlsx.strings import SharedStrings
from leadsync.loader.workbook.xlsx.tags import MOST_COLUMNS, UnusualError
from leadsync.loader.workbook.xlsx.xml_form import usual_form

Numbers: TypeAlias = npt.NDArray[np.int32]

KEPT = 320 << 20
"""Weight of the pieces that are kept from the scan on; of a larger sheet, the rest is read again."""
SMALL_AREA = 4_000_000
WIDEST = 500
SPARSEST = 50
"""In a larger area than the small one, at least every so manieth cell must hold something."""
SHORT = 256 << 20
MOST_REPEATED = 30
"""How many times the bytes of the file its texts may have, each as often as cells show it, if they are not short."""


@dataclass(slots=True)
class _Extent:
    """How far the used cells of a sheet reach; rows and columns from 0."""

    used: int = 0
    lowest: tuple[int, int] = (-1, -1)
    rightmost: tuple[int, int] = (-1, -1)
    left: int = MOST_COLUMNS
    read: int = 0
    """Bytes of XML, and of the shared strings once."""
    shown: int = 0
    """The same, each shared string as often as cells show it."""
    heaviest: int = 0
    """Of what calamine and Python take, for a row, about."""

    def add(self, block: Scanned, size: int) -> None:
        """Reach as far as a further block, of so many bytes; raises ValueError where it repeats texts without end."""
        self.read += size
        for piece in block.pieces:
            self.shown += len(piece.xml) + piece.texts
            self.heaviest = max(self.heaviest, piece.weight // (piece.after - piece.first))
        if self.shown > SHORT and self.shown > MOST_REPEATED * self.read:
            raise ValueError("its cells repeat long texts again and again")
        if block.used:
            self.used += block.used
            self.lowest = max(self.lowest, block.lowest)
            self.rightmost = max(self.rightmost, block.rightmost, key=lambda place: place[1])
            self.left = min(self.left, block.left)


class XlsxSheet:
    """The cells of a sheet, its marks, and how far it reaches; rows and columns are counted from 0."""

    def __init__(
        self,
        blocks: Callable[[], Iterable[bytes]],
        styles: Sequence[NumberFormat | None],
        strings: SharedStrings,
        let_go: Callable[[], None],
    ) -> None:
        """Scan the whole sheet, once; `blocks` gives the bytes of its part, each time from the first.

        `let_go` is called on closing, and where the scan fails.

        Raises ValueError, half a sentence, where it is damaged.
        """
        self._blocks, self._styles, self._strings = blocks, styles, strings
        self._let_go = let_go
        self._readers = Readers(strings)
        self._is_usual = True
        try:
            try:
                self._scan_all()
            except UnusualError:
                self._is_usual = False
                self._scan_all()
        except UnusualError as error:
            self.close()
            raise ValueError("its XML is not that of a sheet") from error
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the file, and of what was not read."""
        self._readers.close()
        self._let_go()

    def _scan_all(self) -> None:
        self._extent = _Extent(read=self._strings.size)
        self._kept: list[Future[Values]] = []
        self._kept_blocks = self._kept_weight = self._kept_rows = 0
        self._is_kept = True
        self.hidden: set[int] = set()
        scanned: list[Scanned] = []
        xml = self._open()
        scan = Scan(xml.prefix, self._styles, self._strings)
        following = 0
        for content in xml.rows():
            block = scan.look(content, following)
            self._extent.add(block, len(content))
            self.hidden.update(block.hidden)
            self._keep(block.pieces, following)
            scanned.append(replace(block, pieces=()))
            following = block.following
        self._marks = scan.marks
        self._marked = _joined(scanned)
        self.merged = xml.merged()

    def _open(self) -> SheetXml:
        blocks = self._blocks()
        return SheetXml(blocks if self._is_usual else usual_form(blocks))

    def _keep(self, pieces: Sequence[Piece], following: int) -> None:
        """Let calamine read a block beside the scan, as long as the sheet is not too large for that."""
        weight = sum(piece.weight for piece in pieces)
        if self._is_kept and self._kept_weight + weight > KEPT:
            self._is_kept, self._kept_rows = False, following
        if self._is_kept:
            self._kept_blocks += 1
            self._kept_weight += weight
            self._kept += [self._readers.submit(piece) for piece in pieces]

    @property
    def left(self) -> int:
        """Give the leftmost column in use."""
        return self._extent.left if self._extent.used else 0

    @property
    def width(self) -> int:
        """Give the number of columns from the leftmost to the rightmost in use."""
        return self._extent.rightmost[1] + 1 - self.left if self._extent.used else 0

    @property
    def height(self) -> int:
        """Give the number of rows from the sheet's first to the last in use."""
        return self._extent.lowest[0] + 1

    @property
    def row_weight(self) -> int:
        """Give about how many bytes a row takes, where they take most."""
        return self._extent.heaviest

    def far_cells(self) -> Sequence[tuple[int, int]]:
        """Give the lowest and the rightmost cell where they make the sheet an area that is nearly empty."""
        area = self.height * self.width
        if area <= SMALL_AREA or area <= SPARSEST * self._extent.used:
            return ()
        low, right = self._extent.lowest, self._extent.rightmost
        # A table has a cell in most of its rows, and seldom hundreds of columns.
        far = {low} if low[0] > self._extent.used else set()
        if right[1] > WIDEST or not far:
            far.add(right)
        return sorted(far)

    def marks(self, first: int, after: int) -> Mapping[int, Sequence[tuple[int, CellMark]]]:
        """Give the marked cells of some rows, by column: the row, from the first of them, and the mark."""
        rows, columns, numbers = self._marked
        low, high = np.searchsorted(rows, (first, after))
        rows, columns, numbers = rows[low:high] - first, columns[low:high], numbers[low:high]
        marks: dict[int, list[tuple[int, CellMark]]] = {}
        for column in np.unique(columns).tolist():
            here = columns == column
            of_column = (self._marks[number] for number in numbers[here].tolist())
            marks[column] = [(row, mark) for row, mark in zip(rows[here].tolist(), of_column, strict=True) if mark]
        return marks

    def rows(self, first: int) -> Iterator[list[Value]]:
        """Give the rows from some row on, each from the leftmost column to the rightmost.

        Raises ValueError and calamine's errors where the sheet is damaged, though the scan did not see it.
        """
        blank: list[Value] = [""] * self.width
        row = first
        for values in self._read_values():
            if values.after <= row:
                continue
            yield from repeat(blank, values.top - row)
            rows = values.sheet.to_python()
            before = blank[: values.left - self.left]
            behind = blank[len(before) + len(rows[0]) :]
            wanted = islice(rows, max(0, row - values.top), None)
            yield from ([*before, *cells, *behind] for cells in wanted) if before or behind else wanted
            row = values.after
        yield from repeat(blank, self.height - row)

    def _read_values(self) -> Iterator[Values]:
        for kept in self._kept:
            yield kept.result()
        if not self._is_kept:
            readers = Readers(self._strings)
            try:
                yield from readers.read(self._others())
            finally:
                readers.close()

    def _others(self) -> Iterator[Piece]:
        """Give the pieces that are not kept: unpacked and scanned once more."""
        xml = self._open()
        scan = Scan(xml.prefix, self._styles, self._strings)
        following = self._kept_rows
        for number, content in enumerate(xml.rows()):
            if number >= self._kept_blocks:
                block = scan.look(content, following)
                following = block.following
                yield from block.pieces


def _joined(scanned: Sequence[Scanned]) -> tuple[Numbers, Numbers, Numbers]:
    """Give the marked cells of all blocks: rows, columns, marks."""
    none = np.zeros(0, np.int32)
    return (
        np.concatenate([none, *(block.rows for block in scanned)]),
        np.concatenate([none, *(block.columns for block in scanned)]),
        np.concatenate([none, *(block.marks for block in scanned)]),
    )
