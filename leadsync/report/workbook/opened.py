"""Opens the user's own workbook, in such a way that what is in its cells comes out again as it is."""

import warnings
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO
from xml.etree.ElementTree import Element, ParseError, iterparse
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile, ZipFile

import structlog
from openpyxl import Workbook  # type: ignore[import-untyped]  # openpyxl has no types of its own
from openpyxl.cell.rich_text import CellRichText, TextBlock  # type: ignore[import-untyped]  # likewise
from openpyxl.cell.text import Text  # type: ignore[import-untyped]  # likewise
from openpyxl.reader.excel import ExcelReader  # type: ignore[import-untyped]  # likewise
from openpyxl.utils.exceptions import IllegalCharacterError, InvalidFileException  # type: ignore[import-untyped]
from openpyxl.workbook.properties import CalcProperties  # type: ignore[import-untyped]  # likewise
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS  # type: ignore[import-untyped]  # likewise

from leadsync.report.about import Original
from leadsync.report.workbook.formulas import Results, results_in
from leadsync.report.workbook.mended import changed_cells, empty, lost_print_settings, overlaps, vast_area
from leadsync.report.workbook.package import can_be_rich, whats_lost
from leadsync.report.workbook.writer import must_be_writable

_log = structlog.get_logger("leadsync.report")

_STRING = f"{{{SHEET_MAIN_NS}}}si"
_RUN = f"{{{SHEET_MAIN_NS}}}r"
_TEXT = f"{{{SHEET_MAIN_NS}}}t"

ODD = (
    AttributeError,
    BadZipFile,
    EOFError,
    ExpatError,
    IllegalCharacterError,
    InvalidFileException,
    LookupError,
    NotImplementedError,
    OverflowError,
    ParseError,
    RuntimeError,
    TypeError,
    ValueError,
    zlib.error,
)
"""What openpyxl raises for workbooks that Excel opens: TypeError, ValueError and AttributeError for XML that its
classes do not expect, LookupError for parts, relations and styles that are not there, the others for what is no such
file. A workbook that cannot be marked is made new, and the report and the log say why, so nothing hides here. Errors
of the system (OSError) are apart: where a workbook is written they are about the disk."""
NO_MEMORY = "there is not enough memory for it"

MOST_BYTES = 120 * 2**20
"""Of all parts of a workbook, unpacked: openpyxl takes 8 times as much memory, and 0.3 to 0.5 s for each MB (measured
with 50,000 rows of 12 columns, which are 35 MB)."""


class NotMarkableError(Exception):
    """A workbook cannot be marked; the message is half a sentence that says why."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A workbook as it was read."""

    workbook: Workbook
    results: Mapping[str, Results]
    """Of the formulas, by the title of their sheet."""
    lost: tuple[str, ...]
    """What openpyxl cannot keep of it; a sentence each."""


def open_original(original: Original) -> Opened:
    """Open a workbook with all that openpyxl can keep of it, and make sure that it can be written.

    Raises NotMarkableError.
    """
    with _told("read"):
        opened = _open(original)
    _settle(opened.workbook)
    if title := next((sheet.title for sheet in opened.workbook.worksheets if overlaps(sheet)), None):
        raise NotMarkableError(f"merged cells of its sheet {title!r} lie over one another")
    if original.sheet not in [sheet.title for sheet in opened.workbook.worksheets]:
        raise NotMarkableError(f"openpyxl does not find its sheet {original.sheet!r}")
    with _told("write"):
        must_be_writable(opened.workbook)  # at the end of a run would be too late to find out
    return opened


@contextmanager
def _told(what: str) -> Iterator[None]:
    """Say for what openpyxl has failed."""
    try:
        yield
    except MemoryError as error:
        _log.warning("workbook_fault", during=what, fault=type(error).__name__)
        raise NotMarkableError(NO_MEMORY) from error
    except (*ODD, OSError) as error:
        _log.warning("workbook_fault", during=what, fault=type(error).__name__)  # its text may quote cells
        raise NotMarkableError(f"openpyxl cannot {what} it ({type(error).__name__})") from error


def _open(original: Original) -> Opened:
    with original.path.open("rb") as file, ZipFile(file) as archive, warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        if sum(part.file_size for part in archive.infolist()) > MOST_BYTES:
            raise NotMarkableError(f"it takes more than {MOST_BYTES >> 20} MB when it is unpacked")
        if place := vast_area(archive):
            raise NotMarkableError(f"merged cells, links or comments lie over {place}, more than openpyxl can take")
        reader = _read(file, has_rich_text=can_be_rich(archive))
        parts = {sheet.name: relation.target for sheet, relation in reader.parser.find_sheets()}
        workbook = reader.wb
        parts = {title: part for title, part in parts.items() if title in workbook.sheetnames}
        results = {}
        for sheet in workbook.worksheets:
            has_formulas, linked, others = changed_cells(sheet)
            if has_formulas or linked or others:
                with archive.open(parts[sheet.title]) as part:
                    results[sheet.title] = found = results_in(part, reader.shared_strings, linked | others)
                empty(sheet, linked - found.keys())
        lost = whats_lost(archive, workbook, parts, original.name, [str(each.message) for each in warned])
    return Opened(workbook, results, (*lost, *lost_print_settings(reader.parser.defined_names, workbook)))


def _read(file: BinaryIO, *, has_rich_text: bool) -> ExcelReader:
    reader = _Reader(file, rich_text=has_rich_text)
    reader.read()
    return reader


def _settle(workbook: Workbook) -> None:
    """Let Excel calculate on opening, as it does not trust results otherwise, and drop ties to parts that are lost."""
    workbook.calculation = workbook.calculation or CalcProperties()
    workbook.calculation.fullCalcOnLoad = True
    workbook.template = False  # a report is a workbook, whatever it was made from
    for sheet in workbook.worksheets:
        sheet.page_setup.id = None  # settings of a printer
        for table in sheet.tables.values():
            if table.tableType == "queryTable":  # Excel calls a workbook damaged where the query is not there
                table.tableType = None
                for column in table.tableColumns:
                    column.queryTableFieldId = None


class _Reader(ExcelReader):  # type: ignore[misc]  # openpyxl has no types of its own
    def read_strings(self) -> None:
        """Read the shared strings as they are: openpyxl would take escapes away that it does not put back."""
        part = self.package.find(SHARED_STRINGS)
        if part is None:
            return
        with self.archive.open(part.PartName[1:]) as source:
            for _, node in iterparse(source):  # noqa: S314  # expat refuses entities that grow, since 2.4.1
                if node.tag == _STRING:
                    self.shared_strings.append(_rich(node) if node.find(_RUN) is not None else _plain(node))
                    node.clear()

    def read_worksheets(self) -> None:
        """Read dates as the numbers that they are: openpyxl rounds them, and takes early and late ones for errors."""
        self.wb._date_formats = set()  # noqa: SLF001  # no public name
        super().read_worksheets()


def _plain(node: Element) -> str:
    return "".join(part.text or "" for part in node.iterfind(_TEXT))


def _rich(node: Element) -> Any:
    """Give a text whose parts look differently."""
    text = Text.from_tree(node)
    runs = [TextBlock(run.rPr, run.t or "") if run.rPr else run.t or "" for run in text.r]
    return CellRichText([*([text.t] if text.t else []), *runs])
