"""The scan of a sheet's XML: what calamine does not tell of its cells, and whether calamine can be handed them.

The XML comes block by block, each a whole number of rows, so that memory does not grow with the sheet. It must be of
the usual form; where it is not, UnusualError is raised, and `xml_form` can write it so.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import unescape

import numpy as np
import numpy.typing as npt

from leadsync.loader.workbook.cells import iso_text
from leadsync.loader.workbook.marks import CellMark, ErrorValue, NotCalculated, NumberFormat, Shown
from leadsync.loader.workbook.xlsx.strings import SharedStrings
from leadsync.loader.workbook.xlsx.tags import (
    Block,
    Cells,
    Flags,
    Kind,
    Places,
    Rows,
    Tags,
    UnusualError,
    begin,
    digits,
    read_cells,
    read_rows,
)

DENSEST = 250_000
"""Cells of the rectangle that calamine takes memory for, at most, in one piece of a sheet."""
CELL = 64
"""Bytes that calamine takes for each of them (measured)."""
HEAVIEST = 8 << 20
"""Bytes of the XML and the texts of a piece, if it has more than one row."""
HEAVIEST_ROW = 32 << 20

_HIDDEN = re.compile(rb"""\shidden\s*=\s*["'](?:1|true)["']""")
_BLANKS = re.compile(rb"\s+")
_LONGEST_ERROR = 40
_LONGEST_TAG = 4096
_MOST_DIGITS = 8
_LESS_THAN = ord("<")
_NO_TYPE = ord("k")
"""Takes the place of the `t` in the tag of an error, so that calamine reads its text: it knows only seven errors."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Consecutive rows for calamine, of which the rectangle of used cells is not too large."""

    first: int
    after: int
    """Its rows, counted from 0; `after` is the one behind its last."""
    xml: bytes
    """A sheet of these rows only."""
    strings: npt.NDArray[np.int64]
    """The shared strings that the block names; in `xml` they are numbered by their places in this list."""
    area: int
    """Cells of the rectangle that calamine takes memory for."""
    texts: int
    """Bytes of the shared strings, each as often as cells show it."""

    @property
    def weight(self) -> int:
        """Give about how many bytes it takes to read it."""
        return len(self.xml) + self.texts + self.area * CELL


@dataclass(frozen=True, slots=True)
class Scanned:
    """What the scan of a block tells; rows and columns are counted from 0."""

    following: int
    """The number of the row behind the last."""
    pieces: Sequence[Piece]
    used: int
    """How many cells hold something."""
    lowest: tuple[int, int]
    """Row and column of the last used cell; -1 where there is none."""
    rightmost: tuple[int, int]
    """Likewise of the one farthest to the right."""
    left: int
    """The leftmost column in use; -1 where there is none."""
    rows: npt.NDArray[np.int32]
    columns: npt.NDArray[np.int32]
    marks: npt.NDArray[np.int32]
    """The marked cells in their order: rows, columns, and marks by their places in Scan.marks."""
    hidden: Sequence[int]


class Scan:
    """The scan of one sheet."""

    def __init__(self, prefix: bytes, styles: Sequence[NumberFormat | None], strings: SharedStrings) -> None:
        self.marks: list[CellMark | None] = list(styles)
        self._shows_other = np.array([style is not None for style in styles] or [False])
        self._known: dict[CellMark, int] = {}
        self._strings = strings
        self._prefix = prefix
        self._row, self._cell, self._formula = (b"<" + prefix + name for name in (b"row", b"c", b"f"))
        self._value = b"<" + prefix + b"v"
        self._begin = b"<%bworksheet><%bsheetData>" % (prefix, prefix)
        self._end = b"</%bsheetData></%bworksheet>" % (prefix, prefix)
        names = (re.escape(prefix),) * 3
        self._of_formula = re.compile(
            rb"<%bf(?:\s[^<>]*?)?(?:/|>[^<]*</%bf)>\s*(<%bv(?:\s[^<>]*?)?(?:/>|>([^<]*)))?" % names
        )
        self._of_value = re.compile(rb"(<%bv(?:\s[^<>]*?)?(?:/>|>([^<]*)))" % names[0])

    def look(self, content: bytes | bytearray, following: int) -> Scanned:
        """Scan a block of whole rows, of which the first has at least the number `following`, from 0.

        Raises ValueError, half a sentence, where the sheet is damaged; UnusualError where its form is unusual.
        """
        block = Block(content)
        tags = Tags(block, self._prefix)
        rows = read_rows(block, tags.rows, self._row, following)
        cells = read_cells(block, tags.cells, self._cell, rows)
        _skip_blanks(block, cells)
        formulas = self._formulas(block, cells, tags)
        _refuse_references(cells, tags, formulas)
        is_used = self._used(block, cells)
        places, ids = self._marked(block, cells, formulas, is_used)
        is_used[places] = True
        strings, texts = self._renumber(block, cells)
        used = np.flatnonzero(is_used)
        columns = cells.columns[used]
        farthest = int(used[columns.argmax()]) if len(used) else -1
        return Scanned(
            int(rows.numbers[-1]) + 1 if len(rows.numbers) else following,
            list(self._cut(block, rows, cells, used, strings, texts)),
            len(used),
            _place(cells, int(used[-1]) if len(used) else -1),
            _place(cells, farthest),
            int(columns.min()) if len(used) else -1,
            cells.rows[places].astype(np.int32),
            cells.columns[places].astype(np.int32),
            ids,
            _hidden_rows(block, rows),
        )

    def _formulas(self, block: Block, cells: Cells, tags: Tags) -> dict[int, re.Match[bytes] | None]:
        """Find the cells with a formula; None for one that does not begin with it, which no program writes."""
        found: dict[int, re.Match[bytes] | None] = {}
        for start in tags.formulas.tolist():
            cell = int(np.searchsorted(cells.starts, start, "right")) - 1
            found[cell] = self._of_formula.match(block.xml, start) if cells.ends[cell] == start else None
        return found

    def _used(self, block: Block, cells: Cells) -> Flags:
        """Tell of each cell whether it holds something."""
        content = block.words(cells.ends)
        is_empty = begin(content, b"</")
        for behind in (b"/>", b" />", b"></"):
            is_empty |= begin(content, self._value + behind)
        return ~cells.closed & ~is_empty

    def _marked(
        self, block: Block, cells: Cells, formulas: dict[int, re.Match[bytes] | None], is_used: Flags
    ) -> tuple[Places, npt.NDArray[np.int32]]:
        """Give the cells that have a mark, in their order, and the mark of each."""
        single: dict[int, CellMark] = {}
        for cell, found in formulas.items():
            is_text = cells.kinds[cell] == Kind.STRING
            if found is None or found[1] is None or not (found[2] or is_text):
                single[cell] = NotCalculated()
        errors = (cells.kinds == Kind.ERROR) & ~cells.closed
        for cell in np.flatnonzero(errors).tolist():
            single[cell] = ErrorValue(self._text(block, cells, cell)[:_LONGEST_ERROR] or "an error")
        block.bytes[cells.types[errors]] = _NO_TYPE
        for cell in np.flatnonzero(cells.kinds == Kind.DATE).tolist():
            if cell not in single and (text := iso_text(self._text(block, cells, cell))):
                single[cell] = Shown(text, is_typed=True)
        by_style = is_used & (cells.kinds == Kind.NUMBER)
        if cells.styles[by_style].max(initial=0) >= len(self._shows_other):
            raise ValueError("a cell of it has a style that is not there")
        by_style[by_style] = self._shows_other[cells.styles[by_style]]
        ids = cells.styles.astype(np.int32)
        for cell, mark in single.items():
            by_style[cell] = True
            ids[cell] = self._id(mark)
        places = np.flatnonzero(by_style)
        return places, ids[places]

    def _id(self, mark: CellMark) -> int:
        if mark not in self._known:
            self._known[mark] = len(self.marks)
            self.marks.append(mark)
        return self._known[mark]

    def _text(self, block: Block, cells: Cells, cell: int) -> str:
        """Give the value of a cell as it stands in the file."""
        at = int(cells.ends[cell])
        found = self._of_formula.match(block.xml, at) or self._of_value.match(block.xml, at)
        text = found[2] if found else None
        return unescape((text or b"").decode(errors="replace")).strip()

    def _renumber(self, block: Block, cells: Cells) -> tuple[Places, Places]:
        """Give the shared strings that the block names; in its XML their numbers become the places in this list.

        Also gives for each cell the bytes of its shared string.
        """
        shared = np.flatnonzero((cells.kinds == Kind.SHARED) & ~cells.closed)
        at = cells.ends[shared] + len(self._value) + 1
        for odd in np.flatnonzero(~block.begins(cells.ends[shared], self._value + b">")).tolist():
            start = int(cells.ends[shared[odd]])
            found = self._of_formula.match(block.xml, start) or self._of_value.match(block.xml, start)
            at[odd] = found.start(2) if found and found[2] else block.size
        numbers, count = digits(block.words(at), _MOST_DIGITS)
        is_number = (count > 0) & (block.bytes[at + count] == _LESS_THAN)
        if not (is_number | (block.bytes[at] == _LESS_THAN) | (at == block.size)).all():
            raise ValueError("a cell of it names no text that there is")
        shared, numbers, at, count = shared[is_number], numbers[is_number], at[is_number], count[is_number]
        distinct, ranks = np.unique(numbers, return_inverse=True)
        if len(distinct) and distinct[-1] >= len(self._strings):
            raise ValueError(
                f"a cell of it names text {distinct[-1] + 1} of the shared texts, and there are {len(self._strings)}"
            )
        # A place in the sorted list is never above the number there, so it needs no more digits.
        for digit in range(int(count.max(initial=0))):
            has = count > digit
            block.bytes[at[has] + count[has] - 1 - digit] = ord("0") + ranks[has] // 10**digit % 10
        texts = np.zeros(len(cells.starts), np.int64)
        texts[shared] = self._strings.lengths(distinct)[ranks]
        return distinct, texts

    def _cut(
        self, block: Block, rows: Rows, cells: Cells, used: Places, strings: Places, texts: Places
    ) -> Iterator[Piece]:
        """Cut a block into pieces that are not too large for calamine; rows that hold nothing are left out."""
        starts = [*rows.starts.tolist(), block.size]
        cells_above = np.append(np.searchsorted(cells.starts[used], rows.starts), len(used))
        texts_above = np.append(0, np.cumsum(texts))
        cells_before = [*np.searchsorted(cells.starts, rows.starts).tolist(), len(cells.starts)]
        ranges = [(0, len(rows.starts))]
        while ranges:
            first, after = ranges.pop()
            low, high = cells_above[first], cells_above[after]
            if low == high:
                continue
            columns = cells.columns[used[low:high]]
            top, bottom = int(rows.numbers[first]), int(rows.numbers[after - 1])
            area = (bottom - top + 1) * int(columns.max() - columns.min() + 1)
            text = int(texts_above[cells_before[after]] - texts_above[cells_before[first]])
            size = text + starts[after] - starts[first]
            if (area > DENSEST or size > HEAVIEST) and after - first > 1:
                middle = (first + after) // 2
                ranges += [(middle, after), (first, middle)]
            elif size > HEAVIEST_ROW:
                raise ValueError(f"its row {top + 1} has more than 32 MB")
            else:
                # calamine counts rows that have no number of their own from the one before.
                before = b'%b r="%d"></%b>' % (self._row, top, self._row[1:]) if top else b""
                xml = b"".join((self._begin, before, block.xml[starts[first] : starts[after]], self._end))
                yield Piece(top, bottom + 1, xml, strings, area, text)


def _skip_blanks(block: Block, cells: Cells) -> None:
    """Let the content of a cell begin behind the blanks of indented XML."""
    is_blank = (block.bytes[cells.ends] <= ord(" ")) & ~cells.closed
    for cell in np.flatnonzero(is_blank).tolist():
        if blanks := _BLANKS.match(block.xml, int(cells.ends[cell])):
            cells.ends[cell] = min(blanks.end(), block.size)


def _refuse_references(cells: Cells, tags: Tags, formulas: dict[int, re.Match[bytes] | None]) -> None:
    """Refuse a number that is written with references to characters: calamine reads `1&#50;` as 1."""
    of_cell = np.searchsorted(cells.starts, tags.references, "right") - 1
    within = (of_cell >= 0) & (tags.references >= cells.ends[of_cell])
    numeric = np.isin(cells.kinds[of_cell], (Kind.NUMBER, Kind.SHARED, Kind.BOOLEAN))
    if any(cell not in formulas for cell in np.unique(of_cell[within & numeric]).tolist()):
        raise UnusualError


def _place(cells: Cells, cell: int) -> tuple[int, int]:
    return (int(cells.rows[cell]), int(cells.columns[cell])) if cell >= 0 else (-1, -1)


def _hidden_rows(block: Block, rows: Rows) -> list[int]:
    """Give the numbers of the rows that are not shown."""
    hidden: list[int] = []
    if not rows.say_more or b"hidden" not in block.xml:
        return hidden
    starts = dict(zip(rows.starts.tolist(), rows.numbers.tolist(), strict=True))
    for found in _HIDDEN.finditer(block.xml):
        tag = block.xml.rfind(b"<", max(0, found.start() - _LONGEST_TAG), found.start())
        if tag in starts and block.xml.find(b">", tag, found.start()) < 0:
            hidden.append(starts[tag])
    return hidden
