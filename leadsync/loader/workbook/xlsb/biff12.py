"""The records of an .xlsb workbook ([MS-XLSB]): a type, a length and so many bytes, one behind another."""

from array import array
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import chain
from struct import unpack_from

from leadsync.loader.workbook.marks import CellMark
from leadsync.loader.workbook.number_format import is_date_format, number_format
from leadsync.loader.workbook.serial_date import SerialDate, is_elapsed
from leadsync.loader.workbook.zip_parts import Parts, xml_parser

LONGEST = 1 << 22
"""Bytes of a record; a cell of 32,767 characters with its formula has fewer than 100,000."""
MOST_STRINGS = 300_000_000
"""Bytes that calamine takes for the shared strings, all of them at once."""

WORKBOOK = "xl/workbook.bin"
RELATIONS = "xl/_rels/workbook.bin.rels"
STYLES = "xl/styles.bin"
STRINGS = "xl/sharedStrings.bin"

_RELATION = "Relationship"
_PADDING = bytes(6)
"""The longest type and length; behind the last record, so that every one can be looked at alike."""
_MORE = 0x80
_STRING_OVERHEAD = 48
_SHORTEST = 7
"""Bytes of the record of a string, at least."""
_PERCENT = {9: "0%", 10: "0.00%"}
_BUILT_IN_DATES = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
_BUILT_IN_DURATION = 46
_LOCAL_DATE = "d/m/yyyy"
_DURATION = "[h]:mm:ss"


class Record(IntEnum):
    """The types of the records that are looked at ([MS-XLSB] 2.3.2).

    Those called short stand to the right of the cell before and do not say their column.
    """

    ROW = 0
    CELL_RK = 2
    CELL_ERROR = 3
    CELL_BOOL = 4
    CELL_REAL = 5
    CELL_TEXT = 6
    CELL_SHARED_TEXT = 7
    FORMULA_TEXT = 8
    FORMULA_NUMBER = 9
    FORMULA_BOOL = 10
    FORMULA_ERROR = 11
    SHORT_RK = 13
    SHORT_ERROR = 14
    SHORT_BOOL = 15
    SHORT_REAL = 16
    SHORT_TEXT = 17
    SHORT_SHARED_TEXT = 18
    STRING = 19
    FORMAT = 44
    XF = 47
    SHORT_RICH_TEXT = 61
    CELL_RICH_TEXT = 62
    END_SHEET = 130
    END_SHEET_DATA = 146
    WORKBOOK_PROPERTIES = 153
    SHEET = 156
    BEGIN_STRINGS = 159
    MERGED = 176
    BEGIN_CELL_XFS = 617
    END_CELL_XFS = 618


@dataclass(frozen=True, slots=True)
class Style:
    """How cells show numbers."""

    mark: CellMark | None
    """What shows them as something else than their digits."""
    whole_mark: CellMark | None
    """The same for the whole numbers of short records: calamine gives such a date as a number (measured)."""


@dataclass(frozen=True, slots=True)
class Workbook:
    """What a workbook says of all of its sheets."""

    sheets: Mapping[str, str]
    """The part of each sheet."""
    styles: Mapping[int, Style]
    """Those that show something else than the plain number, by the number that cells know them by."""


def records(blocks: Iterable[bytes], wanted: Container[int]) -> Iterator[tuple[int, bytes]]:
    """Give type and content of the wanted records.

    Raises ValueError where a record is too long, or where the last one is cut off.
    """
    data, at = b"", 0
    for block in chain(blocks, [_PADDING]):
        data, at = data[at:] + block, 0
        last = len(data) - len(_PADDING)
        while at < last:
            start = at
            kind = data[at]
            at += 1
            if kind >= _MORE:
                kind = (kind & 0x7F) | (data[at] & 0x7F) << 7
                at += 1
            length = data[at]
            at += 1
            if length >= _MORE:
                length, at = _length(data, at - 1)
            if at + length > last + len(_PADDING):
                if length > LONGEST:
                    raise ValueError("one of its records is too long")
                at = start
                break
            if kind in wanted:
                yield kind, data[at : at + length]
            at += length
    if at != len(data) - len(_PADDING):
        raise ValueError("its last record is cut off")


def _length(data: bytes, at: int) -> tuple[int, int]:
    """Read a length of up to four bytes, seven bits each; give it, and the place behind it."""
    length = 0
    for shift in range(0, 28, 7):
        length |= (data[at] & 0x7F) << shift
        at += 1
        if data[at - 1] < _MORE:
            break
    return length, at


def wide_text(data: bytes, at: int) -> tuple[str, int]:
    """Read a text; give it, and the place behind it; raises ValueError where it is cut off."""
    count = unpack_from("<L", data, at)[0]
    at += 4
    end = at + 2 * count
    if end > len(data):
        raise ValueError("one of its texts is cut off")
    return data[at:end].decode("utf-16-le", "replace"), end


def read_workbook(parts: Parts) -> Workbook:
    """Read the list of sheets and the styles; raises one of `untrusted.DAMAGE`."""
    targets = _relations(parts)
    sheets: dict[str, str] = {}
    is_1904 = False
    for kind, content in records([parts.read(WORKBOOK)], {Record.WORKBOOK_PROPERTIES, Record.SHEET}):
        if kind == Record.WORKBOOK_PROPERTIES:
            is_1904 = bool(content[0] & 1)
        elif content[8:12] != b"\xff\xff\xff\xff":
            relation, end = wide_text(content, 8)
            if relation in targets:
                sheets[wide_text(content, end)[0]] = f"xl/{targets[relation]}"
    return Workbook(sheets, _styles(parts, is_1904=is_1904))


def must_be_sane_strings(parts: Parts) -> None:
    """Refuse shared strings that take too much memory; raises ValueError."""
    if STRINGS not in parts:
        return
    count = unpacked = 0
    for block in parts.blocks(STRINGS):
        if not unpacked:
            _, content = next(records([block], {Record.BEGIN_STRINGS}), (0, bytes(8)))
            count = unpack_from("<L", content, 4)[0]
        unpacked += len(block)
        if unpacked // 2 + min(count, unpacked // _SHORTEST) * _STRING_OVERHEAD > MOST_STRINGS:
            raise ValueError("its texts take too much memory")


def string_lengths(parts: Parts) -> Sequence[int]:
    """Give the length in characters of each shared string, of which calamine makes a copy for every cell."""
    lengths = array("I")
    if STRINGS in parts:
        for _, content in records(parts.blocks(STRINGS), {Record.STRING}):
            lengths.append(unpack_from("<L", content, 1)[0])
    return lengths


def _relations(parts: Parts) -> dict[str, str]:
    targets: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == _RELATION:
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    parser = xml_parser()
    parser.StartElementHandler = start
    parser.Parse(parts.read(RELATIONS), True)
    return targets


def _styles(parts: Parts, *, is_1904: bool) -> dict[int, Style]:
    if STYLES not in parts:
        return {}
    formats: dict[int, str] = dict(_PERCENT)
    styles: dict[int, Style] = {}
    by_place: dict[int, Style] = {}
    count, is_in = 0, False
    wanted = {Record.FORMAT, Record.XF, Record.BEGIN_CELL_XFS, Record.END_CELL_XFS}
    for kind, content in records([parts.read(STYLES)], wanted):
        if kind == Record.FORMAT:
            formats[unpack_from("<H", content)[0]] = wide_text(content, 2)[0]
        elif kind == Record.XF and is_in:
            place = unpack_from("<H", content, 2)[0]
            style = by_place.setdefault(place, _style(place, formats, is_1904=is_1904))
            if style.mark or style.whole_mark:
                styles[count] = style
            count += 1
        else:
            is_in = kind == Record.BEGIN_CELL_XFS
    return styles


def _style(place: int, formats: Mapping[int, str], *, is_1904: bool) -> Style:
    code = formats.get(place, "")
    if place in _BUILT_IN_DATES:
        code = _DURATION if place == _BUILT_IN_DURATION else _LOCAL_DATE
    mark = number_format(code) if code else None
    if code and is_date_format(code):
        return Style(mark, SerialDate(is_1904, is_elapsed(code)))
    return Style(mark, mark)
