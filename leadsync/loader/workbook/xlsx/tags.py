"""The tags of a sheet's XML, read by their bytes: all rows and all cells of a block at once.

Eight bytes that begin at any place are one number to numpy, a word; so a tag of a million cells is compared as fast
as a column of numbers. A tag that is not written as most programs write it is read by a pattern, one by one.
"""

import re
from dataclasses import dataclass
from enum import IntEnum
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

Places: TypeAlias = npt.NDArray[np.int64]
Words: TypeAlias = npt.NDArray[np.uint64]
Flags: TypeAlias = npt.NDArray[np.bool_]

MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
PAD = 32
"""Zero bytes behind a block, so that a word can be read at its last byte."""
LONGEST_PREFIX = 3
"""Such as `x:`; with it, an empty value still fits into a word."""

_WORD = 8
_MASKS: Final = np.array([(1 << 8 * count) - 1 for count in range(_WORD)] + [2**64 - 1], np.uint64)
_BYTE = np.uint64(0xFF)
_QUOTE = ord('"')
_PLACE = re.compile(rb"([A-Za-z]{1,3})([0-9]{1,7})")
_ATTRIBUTE = re.compile(rb"""\s([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


class UnusualError(Exception):
    """The XML is not of the usual form; `xml_form.usual_form` can write it so."""


class Kind(IntEnum):
    """What the value of a cell is, by its `t`."""

    NUMBER = 0
    SHARED = 1
    STRING = 2
    BOOLEAN = 3
    ERROR = 4
    DATE = 5
    INLINE = 6


_KINDS: Final = (
    (b'n"', 2, Kind.NUMBER),
    (b's"', 2, Kind.SHARED),
    (b'str"', 4, Kind.STRING),
    (b'b"', 2, Kind.BOOLEAN),
    (b'e"', 2, Kind.ERROR),
    (b'd"', 2, Kind.DATE),
    (b"inli", 10, Kind.INLINE),
)
"""The first four bytes of each, and how many it has with its quotation mark."""
_HALF = np.uint64(32)
_KIND_OF: Final = {
    b"n": Kind.NUMBER,
    b"s": Kind.SHARED,
    b"str": Kind.STRING,
    b"b": Kind.BOOLEAN,
    b"e": Kind.ERROR,
    b"d": Kind.DATE,
    b"inlineStr": Kind.INLINE,
}


class Block:
    """Some bytes of XML, which can be read at many places at once, and changed in place."""

    def __init__(self, content: bytes | bytearray) -> None:
        self.size = len(content)
        self.xml = bytearray(content) + bytes(PAD)
        self.bytes = np.frombuffer(self.xml, np.uint8)
        self._words = np.ndarray((len(self.xml) - _WORD,), "<u8", self.xml, strides=(1,))

    def words(self, places: Places) -> Words:
        """Give the eight bytes that begin at each place."""
        return self._words[places]

    def begins(self, places: Places, text: bytes) -> Flags:
        """Tell of each place whether a text of at most eight bytes begins there."""
        return begin(self._words[places], text)


def begin(words: Words, text: bytes) -> Flags:
    """Tell of each word whether it begins with a text."""
    result: Flags = (words & _MASKS[len(text)]) == np.uint64(int.from_bytes(text, "little"))
    return result


def digits(words: Words, most: int) -> tuple[Places, Places]:
    """Give the number that each word begins with, and how many digits it has: at most so many, 0 for none."""
    value = np.zeros(len(words), np.int64)
    count = np.zeros(len(words), np.int64)
    goes_on = np.ones(len(words), np.bool_)
    for place in range(most):
        digit = ((words >> np.uint64(8 * place)) & _BYTE).astype(np.int64) - ord("0")
        goes_on &= (digit >= 0) & (digit <= 9)  # noqa: PLR2004  # the digits
        if not goes_on.any():
            break
        value = np.where(goes_on, value * 10 + digit, value)
        count += goes_on
    return value, count


@dataclass(slots=True)
class Rows:
    """The row elements of a block: where each begins, its number from 0, and `17"` as a word for row 17."""

    starts: Places
    numbers: Places
    words: Words
    lengths: Places
    """Of the words: digits and quotation mark."""
    say_more: bool
    """Some of the tags have other attributes than the number."""


def read_rows(block: Block, starts: Places, name: bytes, following: int) -> Rows:
    """Read the tags of rows, which begin with `name`; one without number has the next, at first `following`.

    Raises ValueError where they are not in their order, UnusualError where a tag is of no known form.
    """
    at = starts + len(name)
    begun = block.words(at + 4)
    number, count = digits(begun, 7)
    is_known = block.begins(at, b' r="') & (block.bytes[at + 4 + count] == _QUOTE) & (count > 0)
    number -= 1
    words, lengths = begun & _MASKS[count + 1], count + 1
    for odd in np.flatnonzero(~is_known & ~block.begins(at, b">")).tolist():
        given = _attributes(block, int(starts[odd]), name).get(b"r")
        if given is not None:
            number[odd] = _row_number(given)
            is_known[odd] = True
            text = b'%d"' % (number[odd] + 1)
            words[odd], lengths[odd] = int.from_bytes(text[:_WORD], "little"), len(text)
    words[~is_known] = 0  # no cell has such a place, so each is read by a pattern if it has one
    number = _count_on(number, is_known, np.zeros(len(number), np.int64), following)
    if len(number) and (number[0] < following or not (np.diff(number) > 0).all()):
        raise ValueError("its rows are not in their order")
    if len(number) and number[-1] >= MOST_ROWS:
        raise ValueError(f"it has a row {number[-1] + 1}, and no sheet has more than {MOST_ROWS}")
    behind = np.where(is_known, at + 4 + lengths, at)
    return Rows(starts, number, words, lengths, not (block.bytes[behind] == ord(">")).all())


def _count_on(numbers: Places, is_known: Flags, begins: Places, first: int) -> Places:
    """Give those that are not known the number behind the one before; at the `begins` of their row they have the first.

    `begins` are the places in the list at which the count begins anew.
    """
    here = np.arange(len(numbers))
    last = np.maximum.accumulate(np.where(is_known, here, -1))
    anew = last < begins
    return np.where(anew, first + here - begins, numbers[last] + here - last)


@dataclass(slots=True)
class Cells:
    """The cell elements of a block: where each begins, its place in the sheet from 0, and what its tag says."""

    starts: Places
    rows: Places
    """As numbers of the sheet."""
    columns: Places
    styles: Places
    kinds: npt.NDArray[np.uint8]
    types: Places
    """Where the `t` of the tag is; 0 where there is none."""
    ends: Places
    """Where the content begins."""
    closed: Flags
    """The tag is closed in itself: there is no content."""


def read_cells(block: Block, starts: Places, name: bytes, rows: Rows) -> Cells:
    """Read the tags of cells, which begin with `name`; one without a place stands behind the one before it.

    Raises ValueError where they are not in their order or not in their row, UnusualError where a tag is of no known
    form.
    """
    of_row = np.searchsorted(rows.starts, starts, "right") - 1
    if len(starts) and of_row[0] < 0:
        raise ValueError("it has cells outside of rows")
    at = starts + len(name)
    begun = block.words(at)
    is_placed = begin(begun, b' r="')
    columns, count = _letters(begun >> _HALF)
    digits_at = at + 4 + count
    is_usual = ~is_placed | (count > 0) & (
        (block.words(digits_at) & _MASKS[rows.lengths[of_row]]) == rows.words[of_row]
    )
    at = np.where(is_placed, digits_at + rows.lengths[of_row], at)
    cells = Cells(
        starts,
        rows.numbers[of_row],
        columns,
        np.zeros(len(starts), np.int64),
        np.zeros(len(starts), np.uint8),
        np.zeros(len(starts), np.int64),
        at,
        np.zeros(len(starts), np.bool_),
    )
    is_usual &= _read_tails(block, cells)
    for odd in np.flatnonzero(~is_usual).tolist():
        is_placed[odd] = _read_odd(block, cells, odd, name)
    begins = np.searchsorted(starts, rows.starts)[of_row]
    cells.columns = _count_on(cells.columns, is_placed, begins, 0)
    same_row = of_row[1:] == of_row[:-1]
    if not (~same_row | (np.diff(cells.columns) > 0)).all():
        raise ValueError("its cells are not in their order")
    if (cells.columns >= MOST_COLUMNS).any():
        raise ValueError(f"it has more than {MOST_COLUMNS} columns, and no sheet has")
    return cells


def _letters(words: Words) -> tuple[Places, Places]:
    """Give the column, from 0, that each word names at its beginning, and by how many letters."""
    column = np.zeros(len(words), np.int64)
    count = np.zeros(len(words), np.int64)
    goes_on = np.ones(len(words), np.bool_)
    for place in range(3):
        letter = ((words >> np.uint64(8 * place)) & _BYTE).astype(np.int64) - ord("A")
        goes_on &= (letter >= 0) & (letter < 26)  # noqa: PLR2004  # the letters
        column = np.where(goes_on, column * 26 + letter + 1, column)
        count += goes_on
    return column - 1, count


def _read_tails(block: Block, cells: Cells) -> Flags:
    """Read what stands behind the place in the usual tags: style, type, end; tells which are such."""
    at = cells.ends
    tail = block.words(at)
    is_usual = np.ones(len(at), np.bool_)
    styled = np.flatnonzero(begin(tail, b' s="'))
    if len(styled):
        style, count = digits(block.words(at[styled] + 4), 6)
        is_usual[styled] = (count > 0) & (block.bytes[at[styled] + 4 + count] == _QUOTE)
        cells.styles[styled] = style
        at[styled] += 5 + count
        np.minimum(at, block.size, out=at)
        tail = block.words(at)
    typed = np.flatnonzero(begin(tail, b' t="'))
    if len(typed):
        begun = tail[typed] >> _HALF
        cells.types[typed] = at[typed] + 1
        length = np.zeros(len(typed), np.int64)
        for text, size, kind in _KINDS:
            found = begin(begun, text)
            cells.kinds[typed[found]] = kind
            length[found] = size
        is_usual[typed] &= length > 0
        at[typed] += 4 + length
        np.minimum(at, block.size, out=at)
        tail = block.words(at)
    is_open = begin(tail, b">")
    is_closed = begin(tail, b"/>")
    is_apart = begin(tail, b" />")
    at += 1 + is_closed + 2 * is_apart
    cells.closed[:] = is_closed | is_apart
    is_usual &= is_open | cells.closed
    return is_usual


def _read_odd(block: Block, cells: Cells, cell: int, name: bytes) -> bool:
    """Read the tag of one cell by a pattern; tells whether it says the place."""
    start = int(cells.starts[cell])
    attributes = _attributes(block, start, name)
    end = _tag(name).match(block.xml, start)
    assert end is not None  # _attributes has found it
    if place := attributes.get(b"r"):
        found = _PLACE.fullmatch(place)
        if not found or int(found[2]) - 1 != cells.rows[cell]:
            raise ValueError(f"it has a cell {place[:20].decode(errors='replace')} in row {cells.rows[cell] + 1}")
        cells.columns[cell] = column_of(found[1])
    style = attributes.get(b"s", b"0")
    kind = _KIND_OF.get(attributes.get(b"t", b"n"))
    if kind is None or not style.isdigit() or len(style) > 6:  # noqa: PLR2004  # Excel has at most 65,490 styles
        raise ValueError(f"it has a cell of an unknown kind in row {cells.rows[cell] + 1}")
    cells.styles[cell] = int(style)
    cells.kinds[cell] = kind
    typed = re.compile(rb"\st\s*=").search(block.xml, start, end.end())
    cells.types[cell] = typed.start() + 1 if typed else 0
    cells.ends[cell] = end.end()
    cells.closed[cell] = end[0].endswith(b"/>")
    return place is not None


def column_of(letters: bytes) -> int:
    """Give the column, from 0, that some letters name."""
    column = 0
    for letter in letters.upper():
        column = column * 26 + letter - ord("@")
    return column - 1


def _row_number(text: bytes) -> int:
    if not text.isdigit() or len(text) > 7 or int(text) == 0:  # noqa: PLR2004  # as MOST_ROWS
        raise ValueError(f"it has a row {text[:20].decode(errors='replace')}")
    return int(text) - 1


def _attributes(block: Block, start: int, name: bytes) -> dict[bytes, bytes]:
    tag = _tag(name).match(block.xml, start)
    if not tag:
        raise UnusualError
    return {found[1]: found[2] if found[2] is not None else found[3] for found in _ATTRIBUTE.finditer(tag[1])}


def _tag(name: bytes) -> re.Pattern[bytes]:
    return re.compile(re.escape(name) + rb"""((?:\s+[\w:.-]+\s*=\s*(?:"[^"<&]*"|'[^'<&]*'))*)\s*/?>""")


_ENDS_NAME = np.zeros(256, np.bool_)
_ENDS_NAME[list(b" \t\r\n>/")] = True
_LONGEST_NAME = 256
_NAME = re.compile(rb"/?[\w.-]+")


class Tags:
    """Where the tags of rows, cells and formulas begin; raises UnusualError where some of them are unusual."""

    def __init__(self, block: Block, prefix: bytes) -> None:
        content, size, skip = block.bytes, block.size, len(prefix)
        first, second = content[:size], content[1 : size + 1]
        found = _is_any(second, b"crf!?")
        if prefix:
            found |= _is_any(content[1 + skip : size + 1 + skip], b"crf")
        found &= first == ord("<")
        found |= _is_any(first, b":&")
        at = np.flatnonzero(found)
        byte = content[at]
        tags = at[byte == ord("<")]
        names = block.words(tags + 1)
        if (begin(names, b"!") | begin(names, b"?")).any():
            raise UnusualError
        if prefix:
            own = begin(names, prefix)
            if any(_is_name(names[~own], name).any() for name in (b"c", b"row", b"f")):
                raise UnusualError
            tags = tags[own]
            names = block.words(tags + 1 + skip)
        self.cells, self.rows, self.formulas = (tags[_is_name(names, name)] for name in (b"c", b"row", b"f"))
        self.references = at[byte == ord("&")]
        _refuse_prefixes(block, at[byte == ord(":")], prefix)


def _is_any(content: npt.NDArray[np.uint8], letters: bytes) -> Flags:
    found: Flags = content == letters[0]
    for letter in letters[1:]:
        found |= content == letter
    return found


def _is_name(words: Words, name: bytes) -> Flags:
    """Tell of each word whether it begins with exactly this name."""
    behind = (words >> np.uint64(8 * len(name))).astype(np.uint8)
    return begin(words, name) & _ENDS_NAME[behind]


def _refuse_prefixes(block: Block, colons: Places, prefix: bytes) -> None:
    """Refuse rows, cells and formulas with another prefix than the sheet's: calamine does not look at prefixes."""
    if prefix:
        begins = colons + 1 - len(prefix)
        is_own = (begins > 0) & block.begins(np.maximum(begins, 0), prefix)
        colons = colons[~(is_own & _is_any(block.bytes[begins - 1], b"</"))]
    names = block.words(colons + 1)
    is_suspect = _is_name(names, b"c") | _is_name(names, b"row") | _is_name(names, b"f")
    for colon in colons[is_suspect].tolist():
        begin_at = max(0, colon - _LONGEST_NAME)
        tag = block.xml.rfind(b"<", begin_at, colon)
        if _NAME.fullmatch(block.xml, begin_at if tag < 0 else tag + 1, colon):
            raise UnusualError
