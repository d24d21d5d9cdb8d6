"""Opens a workbook of any kind: what could harm is looked at first, then calamine sees it."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Protocol

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from leadsync.errors import SourceError
from leadsync.files import printable
from leadsync.loader.base import WorkbookKind
from leadsync.loader.workbook.cells import Value
from leadsync.loader.workbook.marks import CellMark, Marks, Merged
from leadsync.loader.workbook.ods.scan import scan_ods_sheets
from leadsync.loader.workbook.tabs import Choice, Tab, choose, titles
from leadsync.loader.workbook.untrusted import DAMAGE
from leadsync.loader.workbook.whole_sheet import WholeSheet
from leadsync.loader.workbook.xls.scan import scan_xls_sheets
from leadsync.loader.workbook.xlsb.scan import must_be_sane_xlsb, scan_xlsb
from leadsync.loader.workbook.xlsx.package import LONGEST_SHEET, Package, read_styles, read_workbook
from leadsync.loader.workbook.xlsx.sheet import XlsxSheet
from leadsync.loader.workbook.xlsx.strings import SharedStrings
from leadsync.quoting import visible
from leadsync.records import Cell, SourceOptions


class Sheet(Protocol):
    """The cells of a sheet as they are in the file; rows and columns are counted from 0."""

    @property
    def merged(self) -> Sequence[Merged]:
        """Give the merged cells."""

    @property
    def hidden(self) -> AbstractSet[int]:
        """Give the rows that the sheet does not show."""

    @property
    def left(self) -> int:
        """Give the leftmost column in use."""

    @property
    def width(self) -> int:
        """Give the number of columns from the leftmost to the rightmost in use."""

    @property
    def height(self) -> int:
        """Give the number of rows from the sheet's first to the last in use."""

    @property
    def row_weight(self) -> int:
        """Give about how many bytes a row takes, where they take most; 0 where nobody knows."""

    def rows(self, first: int) -> Iterator[list[Value]]:
        """Give the rows from some row on, each from the leftmost column to the rightmost."""

    def marks(self, first: int, after: int) -> Mapping[int, Sequence[tuple[int, CellMark]]]:
        """Give the marked cells of some rows, by column: the row, from the first of them, and the mark."""

    def close(self) -> None:
        """Let go of the file."""


@dataclass(frozen=True, slots=True)
class OpenedSheet:
    """A sheet that is open for reading."""

    title: str
    titles: tuple[str, ...]
    """Of all sheets of the workbook that can be read."""
    cells: Sheet
    read_as: tuple[str, ...] = ()
    """Why this sheet is read, where that was not declared; a sentence each."""
    refusal: SourceError | None = None
    """Why it cannot be read after all, unless it is a report of ours."""


def open_sheet(path: Path, name: str, options: SourceOptions, kind: WorkbookKind) -> OpenedSheet:
    """Open a sheet of a workbook, the declared one or the first visible one.

    Raises SourceError where there is no such sheet, or where the file is damaged, locked or too large.
    """
    with sound_workbook(name):
        if kind is WorkbookKind.XLSX:
            return _open_xlsx(path, name, options)
        scanned: Mapping[str, Marks] = {}
        if kind is WorkbookKind.XLS:
            scanned = scan_xls_sheets(path)
        elif kind is WorkbookKind.ODS:
            scanned = scan_ods_sheets(path)
        else:
            must_be_sane_xlsb(path)
        with _open(path) as workbook:
            tabs = [
                Tab(tab.name, tab.typ == SheetTypeEnum.WorkSheet, tab.visible == SheetVisibleEnum.Visible)
                for tab in workbook.sheets_metadata
            ]
            choice = choose(tabs, options.sheet, name)
            title = choice.title
            marks = scan_xlsb(path, title) if kind is WorkbookKind.XLSB else scanned.get(title, Marks())
            return _opened(choice, tabs, WholeSheet(workbook.get_sheet_by_name(title), marks))


def _open_xlsx(path: Path, name: str, options: SourceOptions) -> OpenedSheet:
    with ExitStack() as stack:
        package = Package(path)
        stack.callback(package.close)
        workbook = read_workbook(package)
        tabs = [Tab(sheet.name, sheet.kind == "worksheet", sheet.is_visible) for sheet in workbook.sheets]
        choice = choose(tabs, options.sheet, name)
        title = choice.title
        entry = workbook.sheets[[tab.name for tab in tabs].index(title)]
        if entry.kind != "worksheet":
            raise SourceError(
                f"The sheet {title!r} of {name} is a {entry.kind or 'tab'} and has no cells; name another."
            )
        strings = SharedStrings(package.blocks(workbook.strings) if workbook.strings else ())
        blocks = partial(package.blocks, entry.part, LONGEST_SHEET)
        sheet = XlsxSheet(blocks, read_styles(package, workbook), strings, package.close)
        if far := sheet.far_cells():
            sheet.close()
            raise _too_sparse(title, name, far)
        stack.pop_all()
        return _opened(choice, tabs, sheet)


def _opened(choice: Choice, tabs: Sequence[Tab], cells: Sheet) -> OpenedSheet:
    return OpenedSheet(choice.title, titles(tabs), cells, choice.read_as, choice.refusal)


def _too_sparse(title: str, name: str, far: Sequence[tuple[int, int]]) -> SourceError:
    cells = " and ".join(str(Cell(title, row + 1, column)) for row, column in far)
    return SourceError(
        f"In {name}, the used area reaches to {cells}, and nearly all of it is empty; "
        "delete the rows below the table and the columns to its right in Excel, and save it."
    )


def _open(path: Path) -> CalamineWorkbook:
    """Open a workbook from its file; calamine opens no path that is not UTF-8, so such a one from memory."""
    if printable(str(path)) == str(path):
        return CalamineWorkbook.from_path(path)
    return CalamineWorkbook.from_filelike(BytesIO(path.read_bytes()))


@contextmanager
def sound_workbook(name: str) -> Iterator[None]:
    """Turn what is found wrong with a workbook into a sentence."""
    try:
        yield
    except PasswordError as error:
        raise SourceError(
            f"{name} is protected by a password; save a copy without one in Excel "
            "(File, Info, Protect Workbook, Encrypt with Password: clear it)."
        ) from error
    except (CalamineError, *DAMAGE) as error:
        raise _damaged(name, error) from error
    except BaseException as error:
        if type(error).__module__ != "pyo3_runtime":  # a panic of calamine, which is no Exception
            raise
        raise _damaged(name, error) from error


def _damaged(name: str, error: BaseException) -> SourceError:
    reason = visible(" ".join(str(error).split())).rstrip(".") or "it is damaged"
    return SourceError(
        f"{name} cannot be read as an Excel workbook ({reason}); open it in Excel and save it anew as .xlsx."
    )
