"""The scan of a sheet of an .xlsb workbook, which finds what calamine does not tell of it."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from struct import Struct

from leadsync.files import printable
from leadsync.loader.workbook.marking import Marking, error_value
from leadsync.loader.workbook.marks import Marks, Shown
from leadsync.loader.workbook.untrusted import MOST_CELLS_ONCE, no_sheet, sound, too_large
from leadsync.loader.workbook.xlsb.biff12 import (
    Record,
    Style,
    must_be_sane_strings,
    read_workbook,
    records,
    string_lengths,
    wide_text,
)
from leadsync.loader.workbook.zip_parts import Parts

_MOST_ROWS = 1_048_576
_MOST_COLUMNS = 16_384
_HIDDEN = 0x10
"""fDyZero of a row's record: its height is 0."""
_FORM = 0x03
"""Of a short number: whether it is whole, and whether it is to be divided by 100."""
_WHOLE = 0x02
_U32 = Struct("<L")
_CELL = Struct("<LL")
_MERGED = Struct("<LLLL")
_SHORT = frozenset({*range(Record.SHORT_RK, Record.SHORT_SHARED_TEXT + 1), Record.SHORT_RICH_TEXT})


def must_be_sane_xlsb(path: Path, name: str | None = None) -> None:
    """Look at what calamine reads when it opens a workbook; raises SourceError where that is damaged or too large."""
    with sound(name or printable(path)), Parts(path) as parts:
        read_workbook(parts)
        must_be_sane_strings(parts)


def scan_xlsb(path: Path, sheet: str, name: str | None = None) -> Marks:
    """Give the marks of a sheet; `name` is the file as the user knows it, where that is not its path.

    Raises SourceError where the sheet is damaged or too large. calamine reads a sheet only when it is asked for it, so
    other sheets are not looked at.
    """
    name = name or printable(path)
    with sound(name), Parts(path) as parts:
        workbook = read_workbook(parts)
        if sheet not in workbook.sheets:
            raise no_sheet(name, sheet)
        scan = _SheetScan(workbook.styles, string_lengths(parts))
        for kind, content in records(parts.blocks(workbook.sheets[sheet]), scan.wanted):
            if kind == Record.END_SHEET:
                break
            scan.reading[kind](content)
            if kind == Record.ROW and scan.marking.size > MOST_CELLS_ONCE:
                break
        else:
            raise ValueError("a sheet has no end")
        if scan.marking.size > MOST_CELLS_ONCE:
            raise too_large(name, sheet, MOST_CELLS_ONCE)
        return scan.marking.marks()


class _SheetScan:
    """One pass over the records of a sheet; what is read is given by its content."""

    def __init__(self, styles: Mapping[int, Style], lengths: Sequence[int]) -> None:
        self.marking = Marking()
        self.reading: Mapping[int, Callable[[bytes], None]] = {
            Record.CELL_RK: self._short_number,
            Record.CELL_ERROR: self._error,
            Record.CELL_BOOL: self._value,
            Record.CELL_REAL: self._number,
            Record.CELL_TEXT: self._text,
            Record.CELL_SHARED_TEXT: self._shared_text,
            Record.FORMULA_TEXT: self._text,
            Record.FORMULA_NUMBER: self._number,
            Record.FORMULA_BOOL: self._value,
            Record.FORMULA_ERROR: self._error,
            Record.CELL_RICH_TEXT: self._rich_text,
            Record.MERGED: self._merged,
            Record.ROW: self._begin_row,
            **dict.fromkeys(_SHORT, self._refuse),
        }
        self.wanted = {Record.END_SHEET, *self.reading}
        self._styles = styles
        self._lengths = lengths
        self._row = 0

    def _begin_row(self, content: bytes) -> None:
        self._row = _U32.unpack_from(content)[0]
        if self._row >= _MOST_ROWS:
            raise ValueError("a cell stands where no row is")
        if content[11] & _HIDDEN:
            self.marking.hide(self._row)

    def _cell(self, content: bytes) -> tuple[int, int]:
        """Give column and style of a cell that holds something."""
        column, style = _CELL.unpack_from(content)
        if column >= _MOST_COLUMNS:
            raise ValueError("a cell stands where no column is")
        self.marking.fill(self._row, column)
        return column, style & 0xFFFFFF

    def _value(self, content: bytes) -> None:
        self._cell(content)

    def _text(self, content: bytes) -> None:
        self._cell(content)
        self.marking.weigh(len(content))

    def _shared_text(self, content: bytes) -> None:
        self._cell(content)
        self.marking.weigh(self._lengths[_U32.unpack_from(content, 8)[0]])

    def _number(self, content: bytes) -> None:
        column, number = self._cell(content)
        style = self._styles.get(number)
        if style and style.mark:
            self.marking.mark(self._row, column, style.mark)

    def _short_number(self, content: bytes) -> None:
        column, number = self._cell(content)
        if style := self._styles.get(number):
            mark = style.whole_mark if content[8] & _FORM == _WHOLE else style.mark
            if mark:
                self.marking.mark(self._row, column, mark)

    def _error(self, content: bytes) -> None:
        column, _ = self._cell(content)
        self.marking.mark(self._row, column, error_value(content[8]))

    def _rich_text(self, content: bytes) -> None:
        """Read a text with its letter forms, which calamine leaves out."""
        column, _ = self._cell(content)
        self.marking.mark(self._row, column, Shown(wide_text(content, 9)[0]))

    def _merged(self, content: bytes) -> None:
        top, bottom, left, right = _MERGED.unpack_from(content)
        self.marking.merge(top, left, bottom, right)

    def _refuse(self, _: bytes) -> None:
        raise ValueError("its cells do not say their columns, as those that Excel writes do")
