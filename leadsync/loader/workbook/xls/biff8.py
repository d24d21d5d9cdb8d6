"""The records of an .xls workbook ([MS-XLS], and Excel 5.0/95 before it), and what it says of all of its sheets."""

from codecs import lookup
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from struct import Struct

from leadsync.loader.workbook.marks import CellMark
from leadsync.loader.workbook.number_format import is_date_format, number_format
from leadsync.loader.workbook.serial_date import SerialDate, is_elapsed
from leadsync.loader.workbook.xls.strings import string_lengths

_HEAD = Struct("<HH")
_U16 = Struct("<H")
_U32 = Struct("<L")
_BIFF_8 = 0x0600
_WORKSHEET = 0
_CODE_PAGES = {10000: "mac-roman", 32768: "mac-roman", 32769: "cp1252"}
_PERCENT = {9: "0%", 10: "0.00%"}
"""The built-in formats that show something else than the plain number or a date ([MS-XLS] 2.4.126)."""
_TAKEN = frozenset([*range(5, 9), *range(23, 27), *range(41, 45), *range(63, 67), *range(164, 383)])
"""The places of formats that calamine takes over; by any other a date comes as a number, and so by the 220th format
of a workbook's own (measured)."""
_BUILT_IN_DATES = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
"""Places whose format is a date to calamine, whatever a FORMAT record says."""


class Record(IntEnum):
    """The types of the records that are looked at."""

    FORMULA = 0x0006
    EOF = 0x000A
    DATE_1904 = 0x0022
    FILE_PASS = 0x002F
    CONTINUE = 0x003C
    CODE_PAGE = 0x0042
    BOUND_SHEET = 0x0085
    MUL_RK = 0x00BD
    R_STRING = 0x00D6
    XF = 0x00E0
    MERGE_CELLS = 0x00E5
    SST = 0x00FC
    LABEL_SST = 0x00FD
    RECALC_ID = 0x01C1
    DIMENSIONS = 0x0200
    NUMBER = 0x0203
    LABEL = 0x0204
    BOOL_ERR = 0x0205
    STRING = 0x0207
    ROW = 0x0208
    RK = 0x027E
    FORMAT = 0x041E
    BOF = 0x0809


@dataclass(frozen=True, slots=True)
class Text:
    """How a workbook writes text."""

    is_unicode: bool
    """BIFF8: each text says whether its characters have one byte or two."""
    encoding: str
    """Of the bytes of earlier versions."""

    def read(self, data: bytes, width: int) -> str:
        """Read a text whose count of characters takes so many bytes; what is cut off is not there."""
        count, at = int.from_bytes(data[:width], "little"), width
        encoding = self.encoding
        if self.is_unicode:
            encoding = "utf-16-le" if data[at : at + 1] == b"\1" else "latin-1"
            at += 1
        text = data[at : at + count * (2 if encoding == "utf-16-le" else 1)]
        return text.decode(encoding, "replace")


@dataclass(frozen=True, slots=True)
class Workbook:
    """What the first part of a workbook says of all of its sheets."""

    data: bytes
    sheets: Sequence[tuple[str, int]]
    """Each worksheet with the place where its records begin, in the order of the tabs."""
    marks: Mapping[int, CellMark]
    """What shows numbers otherwise, by the number of the cell's XF record."""
    lengths: Sequence[int]
    """In characters, of each shared string."""
    text: Text
    was_recalculated: bool
    """A version of Excel since 2000 has calculated it."""


class EncryptedError(ValueError):
    """The workbook is encrypted; no more of it can be read."""


def records(data: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Give type and content of each record from a place to the EOF record of the sheet that begins there.

    What is nested, such as a chart in a sheet, is left out. Raises ValueError where a record is cut off.
    """
    end, depth = len(data), 0
    while at + 4 <= end:
        kind, length = _HEAD.unpack_from(data, at)
        at += 4
        if at + length > end:
            break
        if kind == Record.BOF:
            depth += 1
        elif kind == Record.EOF:
            depth -= 1
            if depth <= 0:
                return
        if depth <= 1:
            yield kind, data[at : at + length]
        at += length
    raise ValueError("it ends in the midst of a sheet")


def read_workbook(data: bytes) -> Workbook:
    """Read the first part of a workbook; raises EncryptedError, ValueError or struct.error."""
    found: dict[int, list[bytes]] = {kind: [] for kind in Record}
    before = 0
    for kind, content in records(data, 0):
        if kind == Record.FILE_PASS:
            raise EncryptedError("it is encrypted")
        if kind == Record.CONTINUE and before == Record.SST:
            found[Record.SST].append(content)
            continue
        before = kind
        if kind in found:
            found[kind].append(content)
    version, page, date_1904 = (
        _U16.unpack_from((found[kind] or [bytes(2)])[0]) for kind in (Record.BOF, Record.CODE_PAGE, Record.DATE_1904)
    )
    text = Text(version == (_BIFF_8,), _encoding(page[0]))
    width = 2 if text.is_unicode else 1
    codes = {_U16.unpack_from(content)[0]: text.read(content[2:], width) for content in found[Record.FORMAT]}
    return Workbook(
        data,
        [_sheet(content, text) for content in found[Record.BOUND_SHEET] if content[5] == _WORKSHEET],
        _marks(
            [_U16.unpack_from(content, 2)[0] for content in found[Record.XF]],
            {**_PERCENT, **codes},
            is_1904=date_1904 == (1,),
        ),
        _lengths(found[Record.SST]),
        text,
        was_recalculated=bool(found[Record.RECALC_ID]),
    )


def _encoding(page: int) -> str:
    """Give Python's name of a code page; that of Western Europe where it is unknown."""
    name = _CODE_PAGES.get(page, f"cp{page}")
    try:
        return lookup(name).name
    except LookupError:
        return "cp1252"


def _sheet(content: bytes, text: Text) -> tuple[str, int]:
    """Give a sheet's name, as calamine does without NUL characters, and the place where its records begin."""
    return text.read(content[6:], 1).replace("\0", ""), _U32.unpack_from(content)[0]


def _lengths(segments: Sequence[bytes]) -> Sequence[int]:
    """Give the lengths of the shared strings, which are in one record and those that continue it."""
    if not segments:
        return ()
    count = _U32.unpack_from(segments[0], 4)[0]
    return string_lengths([segments[0][8:], *segments[1:]], count)


def _marks(styles: Sequence[int], formats: Mapping[int, str], *, is_1904: bool) -> dict[int, CellMark]:
    """Give the mark of each style that needs one; one mark for all styles of a format."""
    by_place: dict[int, CellMark | None] = {
        place: _mark(place, code, is_1904=is_1904) for place, code in formats.items() if place not in _BUILT_IN_DATES
    }
    return {style: mark for style, place in enumerate(styles) if (mark := by_place.get(place))}


def _mark(place: int, code: str, *, is_1904: bool) -> CellMark | None:
    if place not in _TAKEN and is_date_format(code):
        return SerialDate(is_1904, is_elapsed(code))
    return number_format(code)
