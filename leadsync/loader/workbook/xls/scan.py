"""The scan of an .xls workbook, which finds what calamine does not tell of it and refuses what would end the process.

calamine reads all sheets of such a workbook when it opens it, so all of them are looked at before that.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from struct import Struct

from leadsync.files import printable
from leadsync.loader.workbook.marking import Marking, error_value
from leadsync.loader.workbook.marks import Marks, NotCalculated, Shown
from leadsync.loader.workbook.untrusted import MOST_CELLS, locked, no_sheet, sound, too_large
from leadsync.loader.workbook.xls.biff8 import EncryptedError, Record, Workbook, read_workbook, records
from leadsync.loader.workbook.xls.compound_file import CompoundFile

MOST_BYTES = 256 * 2**20
"""Of a file: 65,536 rows of 256 columns have fewer, unless their texts are long."""
STREAMS = ("Workbook", "Book")
"""Where the cells are: since Excel 97, and before."""

_MOST_ROWS = 65536
_MOST_COLUMNS = 256
_CELL = Struct("<HHH")
_U32 = Struct("<L")
_MERGED = Struct("<HHHH")
_DIMENSIONS = Struct("<LLHH")
_DIMENSIONS_BIFF5 = Struct("<HHHH")
_RK = 6
"""Bytes of a number within a MUL_RK record."""
_HIDDEN = 0x20
"""fDyZero of a ROW record: the height of the row is 0."""
_NO_NUMBER = b"\xff\xff"
"""Ends the result of a formula that is none; its first byte tells what it is."""
_NOT_CALCULATED = NotCalculated()
_RESULT_STRING, _RESULT_ERROR, _RESULT_BLANK = 0, 2, 3
_ON_LOAD = 0x02
"""Of a formula that its writer leaves to be calculated when the workbook is opened."""


def scan_xls(path: Path, sheet: str, name: str | None = None) -> Marks:
    """Give the marks of a sheet; `name` is the file as the user knows it, where that is not its path.

    Raises SourceError where any sheet of the workbook is damaged, locked or too large.
    """
    marks = scan_xls_sheets(path, name)
    if sheet not in marks:
        raise no_sheet(name or printable(path), sheet)
    return marks[sheet]


def scan_xls_sheets(path: Path, name: str | None = None) -> Mapping[str, Marks]:
    """Give the marks of all sheets by their names; raises SourceError as `scan_xls` does.

    A workbook that passes can be handed to calamine: its tables of sectors have an end, and the areas that calamine
    takes memory for are bounded.
    """
    name = name or printable(path)
    with sound(name):
        try:
            workbook = read_workbook(_stream(path))
        except EncryptedError as error:
            raise locked(name) from error
        marks: dict[str, Marks] = {}
        size = walked = 0
        for title, start in workbook.sheets:
            scan = _SheetScan(workbook, start)
            size += scan.marking.size
            walked += scan.length
            if size > MOST_CELLS:
                raise too_large(name, title)
            if walked > len(workbook.data):
                raise ValueError("its sheets overlap")
            marks[title] = scan.marks()
        return marks


def _stream(path: Path) -> bytes:
    with path.open("rb") as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise ValueError(f"it is larger than {MOST_BYTES >> 20} MB")
    container = CompoundFile(content)
    for name in STREAMS:
        if (data := container.stream(name)) is not None:
            return data
    raise ValueError("it holds no workbook")


class _SheetScan:
    """One pass over the records of a sheet; what is read is given by its content."""

    def __init__(self, workbook: Workbook, start: int) -> None:
        self.marking = Marking()
        self.length = 0
        """Bytes of all records."""
        self._workbook = workbook
        self._blanks: list[tuple[int, int]] = []
        """The formulas with a blank text as their result."""
        self._has_results = False
        """A formula has another result."""
        self._awaited: tuple[int, int] | None = None
        """The formula whose text must come next."""
        reading: Mapping[int, Callable[[bytes], None]] = {
            Record.NUMBER: self._number,
            Record.RK: self._number,
            Record.MUL_RK: self._numbers,
            Record.LABEL_SST: self._shared_text,
            Record.LABEL: self._text,
            Record.R_STRING: self._rich_text,
            Record.BOOL_ERR: self._boolean_or_error,
            Record.FORMULA: self._formula,
            Record.STRING: self._formula_text,
            Record.ROW: self._begin_row,
            Record.MERGE_CELLS: self._merged,
            Record.DIMENSIONS: self._dimensions,
        }
        for kind, content in records(workbook.data, start):
            if read := reading.get(kind):
                read(content)
            self.length += 4 + len(content)
        self._let_go()

    def marks(self) -> Marks:
        """Give the marks.

        A formula that gave a blank text is one thing to Excel and LibreOffice, and another to writers that calculate
        nothing (such as xlwt): none of the latter's formulas has any other result, and no Excel has been there.
        """
        if not (self._has_results or self._workbook.was_recalculated):
            for row, column in self._blanks:
                self.marking.mark(row, column, _NOT_CALCULATED)
        return self.marking.marks()

    def _cell(self, content: bytes) -> tuple[int, int, int]:
        """Give row, column and style of a cell that holds something."""
        row, column, style = _CELL.unpack_from(content)
        if column >= _MOST_COLUMNS:
            raise ValueError("a cell stands where no column is")
        self.marking.fill(row, column)
        return row, column, style

    def _number(self, content: bytes) -> None:
        self._show(*self._cell(content))

    def _show(self, row: int, column: int, style: int) -> None:
        mark = self._workbook.marks.get(style)
        if mark is not None:
            self.marking.mark(row, column, mark)

    def _numbers(self, content: bytes) -> None:
        row, column, _ = _CELL.unpack_from(content)
        for at in range(4, len(content) - _RK, _RK):
            self._number(_CELL.pack(row, column, int.from_bytes(content[at : at + 2], "little")))
            column += 1

    def _text(self, content: bytes) -> None:
        self._cell(content)
        self.marking.weigh(len(content))

    def _shared_text(self, content: bytes) -> None:
        self._cell(content)
        self.marking.weigh(self._workbook.lengths[_U32.unpack_from(content, 6)[0]])

    def _rich_text(self, content: bytes) -> None:
        """Read a text of which calamine knows nothing: Excel 5.0/95 kept it so where parts of it are bold or so."""
        row, column, _ = self._cell(content)
        self.marking.mark(row, column, Shown(self._workbook.text.read(content[6:], 2)))

    def _boolean_or_error(self, content: bytes) -> None:
        row, column, _ = self._cell(content)
        code, is_error = content[6], content[7]
        if is_error:
            self.marking.mark(row, column, error_value(code))

    def _formula(self, content: bytes) -> None:
        self._let_go()
        row, column, style = self._cell(content)
        result, flags = content[6:14], content[14]
        if not result.endswith(_NO_NUMBER):
            if flags & _ON_LOAD and not any(result):
                self.marking.mark(row, column, _NOT_CALCULATED)
            else:
                self._has_results = True
                self._show(row, column, style)
        elif result[0] == _RESULT_BLANK:
            self._blanks.append((row, column))
        else:
            self._has_results = True
            if result[0] == _RESULT_STRING:
                self._awaited = row, column
            elif result[0] == _RESULT_ERROR:
                self.marking.mark(row, column, error_value(result[2]))

    def _formula_text(self, content: bytes) -> None:
        self._awaited = None
        self.marking.weigh(len(content))

    def _let_go(self) -> None:
        """Mark the formula whose text has not come."""
        if self._awaited:
            self.marking.mark(*self._awaited, _NOT_CALCULATED)
            self._awaited = None

    def _begin_row(self, content: bytes) -> None:
        if content[12] & _HIDDEN:
            self.marking.hide(_CELL.unpack_from(content)[0])

    def _merged(self, content: bytes) -> None:
        count = int.from_bytes(content[:2], "little")
        for at in range(2, 2 + count * _MERGED.size, _MERGED.size):
            top, bottom, left, right = _MERGED.unpack_from(content, at)
            self.marking.merge(top, left, bottom, right)

    def _dimensions(self, content: bytes) -> None:
        """Look at the used area as it is declared: calamine takes the memory for it, whatever it is."""
        form = _DIMENSIONS if len(content) >= _DIMENSIONS.size else _DIMENSIONS_BIFF5
        top, bottom, left, right = form.unpack_from(content)
        if bottom and right and not (top < bottom <= _MOST_ROWS and left < right <= _MOST_COLUMNS):
            raise ValueError("its used area is none")
