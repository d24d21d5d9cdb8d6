"""Excel workbooks, read by calamine; a row and a column are counted as Excel shows them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from io import BytesIO
from itertools import islice
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from leadsync.codes import Code
from leadsync.errors import SourceError
from leadsync.files import printable
from leadsync.loader.base import (
    Layout,
    Source,
    blank_header,
    frame_of_columns,
    rows_at_a_time,
    sha256_of,
)
from leadsync.loader.cells import Value, column_texts
from leadsync.records import Cell, Chunk, Issue, SourceOptions

MOST_DIGITS = 10
"""No place of a sheet has as many; Python makes no number of more than 4,300 digits."""


class ExcelSource(Source):
    """One sheet of a workbook: the one that is declared, or the first visible one."""

    def __init__(self, path: Path, name: str, options: SourceOptions) -> None:
        """Open the workbook and its sheet; raises SourceError where they cannot be used."""
        with _sound(name):
            with path.open("rb") as file:
                self._sha256 = sha256_of(file)
            self._workbook = _open(path)
            title = _choose_sheet(self._workbook.sheets_metadata, options.sheet, name)
            self._table = self._workbook.get_sheet_by_name(title)
            self._header_row = options.header_row
            layout = self._read_header(f"Sheet {title!r} of {name}")
        super().__init__(name, title, layout)

    def estimate_rows(self) -> int:
        """Give the height of the sheet below the header: exact."""
        end = self._table.end
        return max(0, end[0] + 1 - self._header_row) if end else 0

    def chunks(self, first: int, size: int = 2000) -> Iterator[Chunk]:
        """Read the rows below the header, down to the last that holds a value."""
        number = self._header_row + 1
        size = rows_at_a_time(size, self._table.width)
        with _sound(self.name):
            rows = islice(_rows(self._table), self._header_row, None)
            while batch := list(islice(rows, size)):
                yield self._chunk(batch, first, number)
                first += len(batch)
                number += len(batch)

    def close(self) -> None:
        """Close the workbook."""
        self._workbook.close()

    def sha256(self) -> str:
        """Give the SHA-256 of the file as it was when it was opened; later it may be another."""
        return self._sha256

    def _chunk(self, rows: list[list[Value]], first: int, number: int) -> Chunk:
        kept = self.layout.kept
        issues: dict[int, Issue] = {}
        columns = list(zip(*rows, strict=True))
        texts = []
        typed: dict[int, frozenset[int]] = {}
        for position, place in enumerate(kept):
            column, faults = column_texts(columns[place])
            texts.append(column)
            if column is not columns[place]:
                typed[position] = frozenset(row for row, value in enumerate(columns[place]) if type(value) is not str)
            for row in faults:
                issues.setdefault(row, self._no_number(number + row, place))
        return Chunk(
            self.name,
            self.sheet,
            self.headers,
            first,
            range(number, number + len(rows)),
            frame_of_columns(texts, len(rows)),
            issues,
            self.layout.positions,
            typed,
        )

    def _no_number(self, number: int, place: int) -> Issue:
        cell = Cell(self.sheet, number, self.layout.left + place)
        message = f"{cell} is stored as a number but holds none; type the value again in Excel."
        return Issue(Code.INVALID_NUMBER, message, cell)

    def _read_header(self, label: str) -> Layout:
        values = next(islice(_rows(self._table), self._header_row - 1, None), [])
        header, _ = column_texts(values)
        if not any(text.strip() for text in header):
            content = ((number, _has_content(row)) for number, row in enumerate(_rows(self._table), 1))
            raise blank_header(label, self._header_row, content)
        start = self._table.start
        assert start is not None  # a sheet without a used range has no header
        return Layout.of(header[: self._width(header)], label, left=start[1])

    def _width(self, header: Sequence[str]) -> int:
        """Give the number of columns without those at the right end that have no header and hold nothing."""
        width = len(header)
        named = max(place for place, text in enumerate(header) if text.strip()) + 1
        if named == width:
            return width
        rows = islice(_rows(self._table), self._header_row, None)
        return max((_used(row, named) for row in rows), default=named)


def _open(path: Path) -> CalamineWorkbook:
    """Open a workbook from its file; calamine opens no path that is not UTF-8, so such a one from memory."""
    if printable(str(path)) == str(path):
        return CalamineWorkbook.from_path(path)
    return CalamineWorkbook.from_filelike(BytesIO(path.read_bytes()))


def _used(row: list[Value], least: int) -> int:
    """Give the number of a row's cells up to the last that holds something, but at least `least`."""
    return next((place + 1 for place in range(len(row) - 1, least - 1, -1) if row[place] != ""), least)


def _has_content(row: list[Value]) -> bool:
    return any(value != "" for value in row)


def _rows(sheet: CalamineSheet) -> Iterator[list[Value]]:
    """Give the sheet's rows from Excel's row 1; a row's cells begin at the first used column of the sheet."""
    return sheet.iter_rows()


@contextmanager
def _sound(name: str) -> Iterator[None]:
    """Turn what calamine finds wrong with a workbook into a sentence."""
    try:
        yield
    except PasswordError as error:
        raise SourceError(
            f"{name} is protected by a password; save a copy without one in Excel "
            "(File, Info, Protect Workbook, Encrypt with Password: clear it)."
        ) from error
    except (CalamineError, OSError) as error:
        raise SourceError(
            f"{name} cannot be read as an Excel workbook ({error}); open it in Excel and save it anew as .xlsx."
        ) from error


def _choose_sheet(sheets: list[SheetMetadata], wanted: str | int | None, name: str) -> str:
    """Give the name of the wanted sheet, or of the first visible one; raises SourceError naming those there are."""
    tables = [sheet for sheet in sheets if sheet.typ == SheetTypeEnum.WorkSheet]
    names = [sheet.name for sheet in sheets]
    if wanted is None:
        visible = [sheet for sheet in tables if sheet.visible == SheetVisibleEnum.Visible]
        if not tables:
            raise SourceError(f"{name} holds no sheet with cells; save it anew in Excel.")
        return (visible or tables)[0].name
    there = ", ".join(repr(title) for title in names)
    if isinstance(wanted, str) and wanted not in names and wanted.isdecimal() and len(wanted) < MOST_DIGITS:
        wanted = int(wanted)
    if isinstance(wanted, int):
        if not 1 <= wanted <= len(names):
            raise SourceError(f"{name} has no sheet number {wanted}; it has {len(names)}, counted from 1: {there}.")
        return names[wanted - 1]
    if wanted not in names:
        folded = {title.casefold(): title for title in names}
        near = get_close_matches(wanted.casefold(), folded, n=1)
        guess = f" Did you mean {folded[near[0]]!r}?" if near else ""
        raise SourceError(f"{name} has no sheet {wanted!r}; its sheets are {there}.{guess}")
    return wanted
