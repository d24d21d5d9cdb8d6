"""The container of an .xls file: streams in a file of sectors, as in a file system ([MS-CFB]).

Read strictly and to the end before calamine sees it: a chain of sectors that bites its own tail never ends there.
"""

from array import array
from collections.abc import Sequence
from struct import unpack_from
from sys import byteorder

_HEADER = 512
_SECTOR_SIZES = {9: 512, 12: 4096}
_MINI_SECTOR = 64
_MINI_LIMIT = 4096
"""Streams shorter than this are kept in the ministream."""
_LAST_ID = 0xFFFFFFFA
"""Above are marks: end of chain, free, and what is the table's own."""
_END = 0xFFFFFFFE
_ENTRY = 128
_NAME = 64


class CompoundFile:
    """The streams of a compound file by their names."""

    def __init__(self, content: bytes) -> None:
        """Read the tables and the directory; raises ValueError or struct.error where they are damaged."""
        shift, mini_shift = unpack_from("<HH", content, 30)
        if shift not in _SECTOR_SIZES or 1 << mini_shift != _MINI_SECTOR:
            raise ValueError("its sectors have a size that no workbook has")
        self._content = content
        self._size = _SECTOR_SIZES[shift]
        directory, mini_table, difat = unpack_from("<L8xL4xL", content, 48)
        self._table = self._allocation(difat)
        self._entries = self._directory(self._stream(directory))
        root = self._entries[0]
        self._mini = self._stream(root[1], root[2])
        self._mini_table = _ids(self._stream(mini_table))

    def stream(self, name: str) -> bytes | None:
        """Give a stream's content, None where there is no such stream; raises ValueError where it is cut off."""
        for title, start, length in self._entries:
            if title == name:
                return self._stream(start, length) if length >= _MINI_LIMIT else self._mini_stream(start, length)
        return None

    def _sector(self, number: int) -> bytes:
        start = max(_HEADER, self._size) + number * self._size
        sector = self._content[start : start + self._size]
        if not sector:
            raise ValueError("it points to sectors behind its end")
        return sector

    def _allocation(self, difat: int) -> Sequence[int]:
        """Read the allocation table: for each sector the one that follows it."""
        sectors = list(unpack_from("<109L", self._content, 76))
        most = len(self._content) // self._size + 1
        for _ in range(most):
            if difat > _LAST_ID:
                break
            *more, difat = _ids(self._sector(difat))
            sectors += more
        else:
            raise ValueError("its list of sectors has no end")
        used = [sector for sector in sectors if sector <= _LAST_ID]
        if len(used) > most:
            raise ValueError("its list of sectors is longer than the file")
        return _ids(b"".join(map(self._sector, used)))

    def _directory(self, content: bytes) -> list[tuple[str, int, int]]:
        """Read name, first sector and length of each stream."""
        entries = []
        for at in range(0, len(content) - _ENTRY + 1, _ENTRY):
            name = content[at : at + _NAME].decode("utf-16-le", "replace").partition("\0")[0]
            start, length, high = unpack_from("<LLL", content, at + 116)
            entries.append((name, start, length if self._size == _HEADER else length + (high << 32)))
        if not entries:
            raise ValueError("it has no directory")
        return entries

    def _stream(self, start: int, length: int | None = None) -> bytes:
        sectors = _chain(start, self._table) if length != 0 else []
        content = b"".join(map(self._sector, sectors))
        return _cut(content, length)

    def _mini_stream(self, start: int, length: int) -> bytes:
        places = [sector * _MINI_SECTOR for sector in _chain(start, self._mini_table)]
        return _cut(b"".join(self._mini[place : place + _MINI_SECTOR] for place in places), length)


def _ids(content: bytes) -> Sequence[int]:
    ids = array("I")
    ids.frombytes(content[: len(content) // 4 * 4])
    if byteorder == "big":
        ids.byteswap()
    return ids


def _chain(start: int, table: Sequence[int]) -> list[int]:
    """Follow a chain of sectors to its end."""
    chain: list[int] = []
    if start > _LAST_ID:
        return chain
    while start != _END:
        if start >= len(table) or len(chain) > len(table):
            raise ValueError("a chain of its sectors has no end")
        chain.append(start)
        start = table[start]
    return chain


def _cut(content: bytes, length: int | None) -> bytes:
    if length is None:
        return content
    if len(content) < length:
        raise ValueError("it is cut off")
    return content[:length]
