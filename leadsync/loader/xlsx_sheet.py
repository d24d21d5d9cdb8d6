"""One sheet of an .xlsx workbook, read piece by piece: a scan of each piece, and calamine for its values.

calamine gets workbooks of one piece each, written here, in threads: it lets go of the interpreter while it parses, its
memory stays small however large the sheet is, and it never sees a part that was not looked at before.
"""

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import islice, repeat
from typing import Final
from zipfile import ZipFile

import numpy as np
from python_calamine import CalamineSheet, CalamineWorkbook

from leadsync.loader.cells import Value
from leadsync.loader.marks import CellMark, Merged, NumberFormat
from leadsync.loader.xlsx_scan import Piece, Scan, Scanned
from leadsync.loader.xlsx_strings import SharedStrings, has_usual_encoding
from leadsync.loader.xlsx_tags import LONGEST_PREFIX, MOST_COLUMNS, MOST_ROWS, UnusualError, column_of
from leadsync.loader.xml_form import usual_form

BLOCK = 2 << 20
"""Bytes of XML that are scanned, and handed to calamine, at a time."""
LONGEST_ROW = 32 << 20
"""Bytes of the XML of one row."""
LONGEST_END = 128 << 20
"""Bytes behind the rows: merged cells, links, rules."""
KEPT = 256 << 20
"""Bytes of XML of which the cells are kept from the scan on; of a longer sheet, the rest is read again."""
AHEAD = 24
"""Pieces that may wait for calamine, or for whoever reads them."""
SMALL_AREA = 4_000_000
WIDEST = 500
SPARSEST = 50
"""In a larger area, at least every so manieth cell must hold something."""

_HEAD: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml(?:\s[^>]*?)?\?>)?\s*<((?:[A-Za-z_][\w.-]*:)?)([A-Za-z]+)[\s>]"
)
_MERGED: Final = re.compile(
    rb"""<(?:[\w.-]+:)?mergeCell\s(?:[^<>]*?\s)?ref\s*=\s*["']([A-Za-z]{1,3})(\d{1,7}):([A-Za-z]{1,3})(\d{1,7})["']"""
)
_SHEET_PATH: Final = "xl/worksheets/sheet1.xml"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def _relation(kind: str, target: str) -> str:
    return (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/{kind}" Target="{target}"/></Relationships>'
    )


_FRAME: Final = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
    "_rels/.rels": _relation("officeDocument", "xl/workbook.xml"),
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
    '<sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": _relation("worksheet", "worksheets/sheet1.xml"),
}
"""The other parts of a workbook of one piece; it has no styles, so that calamine hands over numbers as they are."""


class SheetXml:
    """The XML of a sheet, cut into its head, blocks of whole rows, and what stands behind them."""

    def __init__(self, blocks: Iterable[bytes]) -> None:
        """Read up to the rows; raises ValueError where there are none, UnusualError where the form is unusual."""
        self._blocks = iter(blocks)
        self._content = bytearray()
        self.prefix = b""
        self.end = b""
        """What stands behind the rows, when all of them are read."""
        self._read_head()

    def _more(self) -> bool:
        block = next(self._blocks, None)
        if block is not None:
            self._content += block
        return block is not None

    def _read_head(self) -> None:
        while len(self._content) < 1 << 10 and self._more():
            pass
        head = _HEAD.match(self._content)
        if not head or not has_usual_encoding(bytes(self._content[:400])) or len(head[1]) > LONGEST_PREFIX:
            raise UnusualError
        if head[2] != b"worksheet":
            raise ValueError(f"it is no sheet of cells but a {head[2].decode()}")
        self.prefix = head[1]
        data = re.compile(rb"<%bsheetData(?:\s[^<>]*?)?(/?)>" % re.escape(self.prefix))
        while not (found := data.search(self._content)):
            if len(self._content) > LONGEST_END or not self._more():
                raise UnusualError
        if b"<!" in self._content[: found.start()]:
            raise UnusualError
        self._is_empty = bool(found[1])
        del self._content[: found.end()]

    def rows(self) -> Iterator[bytearray]:
        """Give blocks of whole rows, in order."""
        if not self._is_empty:
            yield from self._read_rows()
        while self._more():
            if len(self._content) > LONGEST_END:
                raise ValueError("it has more than 128 MB behind its rows")
        self.end = bytes(self._content)
        if b"<!" in self.end or b"<%bsheetData" % self.prefix in self.end:
            raise UnusualError

    def _read_rows(self) -> Iterator[bytearray]:
        close, close_row = b"</%bsheetData" % self.prefix, b"</%brow>" % self.prefix
        searched = 0
        while True:
            end = self._content.find(close, max(0, searched - len(close)))
            if end >= 0:
                yield self._content[:end]
                del self._content[:end]
                return
            searched = len(self._content)
            if searched >= BLOCK:
                end = self._content.rfind(close_row)
                if end >= 0:
                    end += len(close_row)
                    yield self._content[:end]
                    del self._content[:end]
                    searched = len(self._content)
                elif searched > LONGEST_ROW:
                    raise ValueError("it has a row of more than 32 MB")
            if not self._more():
                raise ValueError("its rows are cut off")


@dataclass(slots=True)
class _Extent:
    """How far the used cells of a sheet reach; rows and columns from 0."""

    used: int = 0
    lowest: tuple[int, int] = (-1, -1)
    rightmost: tuple[int, int] = (-1, -1)
    left: int = MOST_COLUMNS

    def add(self, block: Scanned) -> None:
        """Reach as far as a further block."""
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

        The file is let go of on closing, and where the scan fails.

        Raises ValueError, half a sentence, where it is damaged.
        """
        self._blocks, self._styles, self._strings = blocks, styles, strings
        self._let_go = let_go
        self._threads = ThreadPoolExecutor(2, "calamine")
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
        """Let go of what was not read."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._let_go()

    def _scan_all(self) -> None:
        self._extent = _Extent()
        self._kept: list[Future[_Values]] = []
        self._kept_blocks = self._kept_bytes = self._kept_rows = 0
        self._is_kept = True
        self.hidden: set[int] = set()
        marked: list[Scanned] = []
        xml = self._open()
        scan = Scan(xml.prefix, self._styles, self._strings)
        following = 0
        for content in xml.rows():
            block = scan.look(content, following)
            self._extent.add(block)
            self.hidden.update(block.hidden)
            marked.append(replace(block, pieces=()))
            self._keep(block, len(content), following, xml.prefix)
            following = block.following
        self._marks = scan.marks
        self._marked = (
            np.concatenate([np.zeros(0, np.int32), *(block.rows for block in marked)]),
            np.concatenate([np.zeros(0, np.int32), *(block.columns for block in marked)]),
            np.concatenate([np.zeros(0, np.int32), *(block.marks for block in marked)]),
        )
        self.merged = _merged(xml.end)

    def _open(self) -> SheetXml:
        blocks = self._blocks()
        return SheetXml(blocks if self._is_usual else usual_form(blocks))

    def _keep(self, block: Scanned, size: int, following: int, prefix: bytes) -> None:
        """Let calamine read a block beside the scan, as long as the sheet is not too long for that."""
        if not self._is_kept:
            return
        if self._kept_bytes + size > KEPT:
            self._is_kept, self._kept_rows = False, following
            return
        self._kept_blocks += 1
        self._kept_bytes += size
        self._kept += [self._submit(piece, prefix) for piece in block.pieces]
        if len(self._kept) > AHEAD:
            self._kept[-AHEAD].exception()

    def _submit(self, piece: Piece, prefix: bytes) -> "Future[_Values]":
        return self._threads.submit(_read, piece, prefix, self._strings)

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

    def marks(self, first: int, after: int) -> Iterable[tuple[int, int, CellMark]]:
        """Give the marked cells of some rows: row, column, mark."""
        rows, columns, numbers = self._marked
        low, high = np.searchsorted(rows, (first, after))
        marks = self._marks
        for row, column, number in zip(
            rows[low:high].tolist(), columns[low:high].tolist(), numbers[low:high].tolist(), strict=True
        ):
            mark = marks[number]
            assert mark is not None  # only marks that are there are numbered
            yield row, column, mark

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

    def _read_values(self) -> Iterator["_Values"]:
        for kept in self._kept:
            yield kept.result()
        if self._is_kept:
            return
        ahead: deque[Future[_Values]] = deque()
        for piece, prefix in self._others():
            ahead.append(self._submit(piece, prefix))
            if len(ahead) > AHEAD:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()

    def _others(self) -> Iterator[tuple[Piece, bytes]]:
        """Give the pieces that are not kept: read and scanned once more."""
        xml = self._open()
        scan = Scan(xml.prefix, self._styles, self._strings)
        following = self._kept_rows
        for number, content in enumerate(xml.rows()):
            if number >= self._kept_blocks:
                block = scan.look(content, following)
                following = block.following
                yield from ((piece, xml.prefix) for piece in block.pieces)


@dataclass(frozen=True, slots=True)
class _Values:
    """What calamine read of a piece: its used rectangle."""

    sheet: CalamineSheet
    top: int
    after: int
    left: int


def _read(piece: Piece, prefix: bytes, strings: SharedStrings) -> _Values:
    """Let calamine read a piece."""
    book = BytesIO()
    with ZipFile(book, "w") as parts:
        for name, content in _FRAME.items():
            parts.writestr(name, content)
        if len(piece.strings):
            parts.writestr("xl/sharedStrings.xml", strings.part(piece.strings))
        sheet = (
            b"<%bworksheet><%bsheetData>" % (prefix, prefix),
            piece.xml,
            b"</%bsheetData></%bworksheet>" % (prefix, prefix),
        )
        parts.writestr(_SHEET_PATH, b"".join(sheet))
    book.seek(0)
    with CalamineWorkbook.from_filelike(book) as workbook:
        read = workbook.get_sheet_by_index(0)
    if not read.start or not read.end:
        return _Values(read, piece.first, piece.first, 0)
    top, left = read.start
    after = read.end[0] + 1
    if not piece.first <= top < after <= piece.after:
        raise ValueError("its rows cannot be told apart")
    return _Values(read, top, after, left)


def _merged(end: bytes) -> Sequence[Merged]:
    """Find the merged cells in what stands behind the rows."""
    found = []
    for merged in _MERGED.finditer(end):
        top, bottom = int(merged[2]) - 1, int(merged[4]) - 1
        left, right = column_of(merged[1]), column_of(merged[3])
        if 0 <= top <= bottom < MOST_ROWS and left <= right < MOST_COLUMNS:
            found.append(Merged(top, left, bottom, right))
    return found
