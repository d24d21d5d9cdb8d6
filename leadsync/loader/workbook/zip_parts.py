"""The parts of a workbook that is a ZIP file, unpacked by what is really there and not by what is declared."""

import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from struct import unpack_from
from types import TracebackType
from typing import Self
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo
from zlib import crc32

BLOCK = 1 << 18
"""Bytes unpacked at a time."""
SMALL = 32 * 2**20
"""Parts that hold no cells have fewer bytes; and below this a part may be packed as tightly as can be."""
MOST_BYTES = 1 << 30
"""Of a part, unpacked."""
MOST_TIGHTLY = 300
"""How many times longer a part may become by unpacking: sheets of equal rows come to 100, zeros to 1,030."""

_LOCAL_HEADER = 30
_IS_ENCRYPTED = 1


class Parts:
    """The parts of a ZIP file by their names; a context manager. What is damaged raises one of `untrusted.DAMAGE`."""

    def __init__(self, path: Path) -> None:
        self._zip = ZipFile(path)
        self._members = {member.filename: member for member in self._zip.infolist()}
        if len(self._members) < len(self._zip.infolist()):
            self._zip.close()
            raise ValueError("two of its parts have one name")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def read(self, name: str, most: int = SMALL) -> bytes:
        """Give a whole part that is not large."""
        return b"".join(self.blocks(name, most))

    def blocks(self, name: str, most: int = MOST_BYTES) -> Iterator[bytes]:
        """Give the bytes of a part, block by block.

        Raises ValueError where there are more than declared or allowed, and, behind the last, where they are not those
        that were packed: calamine looks at no checksum.
        """
        member = self._members.get(name)
        if member is None:
            raise ValueError(f"its part {name} is missing")
        if member.flag_bits & _IS_ENCRYPTED:
            raise ValueError(f"its part {name} is encrypted")
        count = checksum = 0
        for block in self._unpack(member):
            count += len(block)
            checksum = crc32(block, checksum)
            if count > most or (count > SMALL and count > MOST_TIGHTLY * member.compress_size):
                raise ValueError(f"its part {name} becomes too long when it is unpacked")
            yield block
        if count != member.file_size:
            raise ValueError(f"its part {name} is longer or shorter than it says")
        if checksum != member.CRC:
            raise ValueError(f"its part {name} is damaged: its checksum is wrong")

    def _unpack(self, member: ZipInfo) -> Iterator[bytes]:
        file = self._zip.fp
        assert file is not None  # open until __exit__
        file.seek(member.header_offset)
        name, extra = unpack_from("<HH", file.read(_LOCAL_HEADER), 26)
        at = member.header_offset + _LOCAL_HEADER + name + extra
        if member.compress_type == ZIP_STORED:
            unpack: Callable[[bytes, int], bytes] = _as_it_is
            inflate = None
        elif member.compress_type == ZIP_DEFLATED:
            inflate = zlib.decompressobj(-zlib.MAX_WBITS)
            unpack = inflate.decompress
        else:
            raise NotImplementedError("it is packed by an unknown method")
        left = member.compress_size
        while left > 0:
            file.seek(at)
            packed = file.read(min(BLOCK, left))
            if not packed:
                raise EOFError("it is cut off")
            at += len(packed)
            left -= len(packed)
            while packed:
                if block := unpack(packed, BLOCK):
                    yield block
                packed = inflate.unconsumed_tail if inflate else b""
        if inflate and not inflate.eof:
            raise EOFError("it is cut off")


def _as_it_is(block: bytes, _: int) -> bytes:
    return block


def xml_parser() -> expat.XMLParserType:
    """Give a parser that knows names by their usual prefixes, as calamine does, and refuses declared entities."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


def _refuse_doctype(*_: object) -> None:
    raise ValueError("its XML has a document type, as no workbook has")
