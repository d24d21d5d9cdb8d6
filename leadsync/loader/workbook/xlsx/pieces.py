"""Pieces of a sheet, read by calamine: each as a workbook of its own, which is written here.

It is done in threads, as calamine lets go of the interpreter while it parses. Its memory stays small however large the
sheet is, and it never sees a part that was not looked at before.
"""

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from typing import Final
from zipfile import ZipFile

from python_calamine import CalamineSheet, CalamineWorkbook

from leadsync.loader.workbook.xlsx.scan import Piece
from leadsync.loader.workbook.xlsx.strings import SharedStrings

THREADS = max(1, min(2, (os.cpu_count() or 1) - 1))
AHEAD = 96 << 20
"""Weight of the pieces that are being read, or wait for it, at most."""

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


@dataclass(frozen=True, slots=True)
class Values:
    """What calamine read of a piece: its used rectangle."""

    sheet: CalamineSheet
    top: int
    after: int
    left: int


def _read(piece: Piece, strings: SharedStrings) -> Values:
    """Let calamine read a piece."""
    book = BytesIO()
    with ZipFile(book, "w") as parts:
        for name, content in _FRAME.items():
            parts.writestr(name, content)
        if len(piece.strings):
            parts.writestr("xl/sharedStrings.xml", strings.part(piece.strings))
        parts.writestr(_SHEET_PATH, piece.xml)
    book.seek(0)
    with CalamineWorkbook.from_filelike(book) as workbook:
        read = workbook.get_sheet_by_index(0)
    if not read.start or not read.end:
        return Values(read, piece.first, piece.first, 0)
    top, left = read.start
    after = read.end[0] + 1
    if not piece.first <= top < after <= piece.after:
        raise ValueError("its rows cannot be told apart")
    return Values(read, top, after, left)


class Readers:
    """Threads in which calamine reads, with never more at hand than a certain weight.

    One core is left to whoever takes what is read: a second thread on two cores made a check no faster (measured).
    """

    def __init__(self, strings: SharedStrings) -> None:
        self._threads = ThreadPoolExecutor(THREADS, "calamine")
        self._strings = strings
        self._ahead: deque[tuple[Future[Values], int]] = deque()
        self._weight = 0

    def submit(self, piece: Piece) -> Future[Values]:
        """Let a piece be read; waits until those before it leave room."""
        while self._ahead and (self._weight + piece.weight > AHEAD or self._ahead[0][0].done()):
            self._next().exception()
        future = self._threads.submit(_read, piece, self._strings)
        self._ahead.append((future, piece.weight))
        self._weight += piece.weight
        return future

    def read(self, pieces: Iterable[Piece]) -> Iterator[Values]:
        """Give what is in some pieces, in their order."""
        for piece in pieces:
            while self._ahead and self._weight + piece.weight > AHEAD:
                yield self._next().result()
            self._ahead.append((self._threads.submit(_read, piece, self._strings), piece.weight))
            self._weight += piece.weight
        while self._ahead:
            yield self._next().result()

    def _next(self) -> Future[Values]:
        future, weight = self._ahead.popleft()
        self._weight -= weight
        return future

    def close(self) -> None:
        """Let go of what was not read."""
        self._threads.shutdown(wait=False, cancel_futures=True)
