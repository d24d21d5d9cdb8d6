"""The XML of a sheet, cut into its head, blocks of whole rows, and what stands behind them."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from leadsync.loader.workbook.marks import Merged
from leadsync.loader.workbook.xlsx.strings import has_usual_encoding
from leadsync.loader.workbook.xlsx.tags import LONGEST_PREFIX, MOST_COLUMNS, MOST_ROWS, UnusualError, column_of

BLOCK = 2 << 20
"""Bytes of XML that are scanned, and handed to calamine, at a time."""
LONGEST_ROW = 32 << 20
"""Bytes of the XML of one row."""
LONGEST_HEAD = 8 << 20
LONGEST_END = 128 << 20
"""Bytes behind the rows: merged cells, links, rules."""

_HEAD: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml(?:\s[^>]*?)?\?>)?\s*<((?:[A-Za-z_][\w.-]*:)?)([A-Za-z]+)[\s>]"
)
_MERGED: Final = re.compile(
    rb"""<(?:[\w.-]+:)?mergeCell\s(?:[^<>]*?\s)?ref\s*=\s*["']([A-Za-z]{1,3})(\d{1,7}):([A-Za-z]{1,3})(\d{1,7})["']"""
)


class SheetXml:
    """The XML of a sheet, which is read once, from its beginning."""

    def __init__(self, blocks: Iterable[bytes]) -> None:
        """Read up to the rows; raises ValueError where there are none, UnusualError where the form is unusual."""
        self._blocks = iter(blocks)
        self._content = bytearray()
        self.prefix = b""
        self._end = b""
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
            if len(self._content) > LONGEST_HEAD or not self._more():
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
        self._end = bytes(self._content)
        if b"<!" in self._end or b"<%bsheetData" % self.prefix in self._end:
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

    def merged(self) -> list[Merged]:
        """Give the merged cells; known when all rows are read."""
        found = []
        for merged in _MERGED.finditer(self._end):
            top, bottom = int(merged[2]) - 1, int(merged[4]) - 1
            left, right = column_of(merged[1]), column_of(merged[3])
            if 0 <= top <= bottom < MOST_ROWS and left <= right < MOST_COLUMNS:
                found.append(Merged(top, left, bottom, right))
        return found
