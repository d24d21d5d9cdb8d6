"""Writes a workbook: openpyxl all of it but the cells, whose XML is written here.

openpyxl makes objects of the XML of each cell, which takes three times as long (measured), and it knows no results of
formulas.
"""

# The seams at which openpyxl's own writer can be taken apart have no public names.
# ruff: noqa: SLF001

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, BinaryIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook  # type: ignore[import-untyped]  # openpyxl has no types of its own
from openpyxl.cell.rich_text import CellRichText  # type: ignore[import-untyped]  # likewise
from openpyxl.comments.comment_sheet import CommentRecord  # type: ignore[import-untyped]  # likewise
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing  # type: ignore[import-untyped]  # likewise
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]  # likewise
from openpyxl.worksheet._writer import WorksheetWriter  # type: ignore[import-untyped]  # likewise
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula  # type: ignore[import-untyped]  # likewise
from openpyxl.writer.excel import ExcelWriter  # type: ignore[import-untyped]  # likewise
from openpyxl.xml.constants import XML_NS  # type: ignore[import-untyped]  # likewise
from openpyxl.xml.functions import tostring  # type: ignore[import-untyped]  # likewise

from leadsync.report.workbook.formulas import Results

_ROWS = re.compile(rb"<sheetData\s*/>|<sheetData>\s*</sheetData>")
_PIECE = 1 << 16
ENDLESS = ("inf", "-inf")
"""What Python makes of numbers that are too large for it, such as 1E400; in a workbook they are none."""


@dataclass(frozen=True, slots=True)
class Spooled:
    """A sheet whose rows are written as XML already."""

    rows: Callable[[], Iterable[str]]
    comments: Sequence[CommentRecord] = field(default_factory=list)


def save(
    workbook: Workbook, file: BinaryIO, results: Mapping[str, Results], spooled: Mapping[str, Spooled] | None = None
) -> None:
    """Write a workbook into a file; `results` are those of the formulas, by the title of their sheet."""
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        _BookWriter(workbook, archive, results, spooled or {}).write_data()


def must_be_writable(workbook: Workbook) -> None:
    """Write all of a workbook but its rows into nothing; raises whatever openpyxl does where it cannot write it."""
    bare = {sheet.title: Spooled(tuple) for sheet in workbook.worksheets}
    save(workbook, BytesIO(), {}, bare)


def text_xml(place: str, style: str, text: str) -> str:
    """Write a cell that holds a text; its style as `style_xml` gives it."""
    return f'<c r="{place}"{style} t="inlineStr"><is><t xml:space="preserve">{_escaped(text)}</t></is></c>'


def number_xml(place: str, style: str, number: int) -> str:
    """Write a cell that holds a number."""
    return f'<c r="{place}"{style}><v>{number}</v></c>'


def style_xml(number: int) -> str:
    """Write the number of a style as an attribute; the first is what every cell has that names none."""
    return f' s="{number}"' if number else ""


def _escaped(text: str) -> str:
    # A bare carriage return would be read as a line feed (XML 1.0, 2.11); Excel itself writes it so (ST_Xstring).
    text = text.replace("\r", "_x000D_") if "\r" in text else text
    return escape(text) if "&" in text or "<" in text or ">" in text else text


def _rich_xml(text: CellRichText) -> str:
    """Write a text whose parts look differently; openpyxl gives blanks away where a part is nothing else."""
    tree = text.to_tree()
    for part in tree.iter("t"):
        part.set(f"{{{XML_NS}}}space", "preserve")
    return str(tostring(tree).decode())


class _BookWriter(ExcelWriter):  # type: ignore[misc]  # openpyxl has no types of its own
    def __init__(
        self, workbook: Workbook, archive: ZipFile, results: Mapping[str, Results], spooled: Mapping[str, Spooled]
    ) -> None:
        super().__init__(workbook, archive)
        self._results = results
        self._spooled = spooled

    def write_worksheet(self, ws: Any) -> None:
        """Write a sheet as the one that this takes the place of does, save for the rows."""
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts = ws._charts
        ws._drawing.images = ws._images
        spooled = self._spooled.get(ws.title)
        frame = _Frame(ws, spooled.comments if spooled else ())
        frame.write()
        ws._rels = frame._rels
        head, tail = _ROWS.split(frame.out.getvalue())
        rows = spooled.rows() if spooled else _rows_xml(ws, self._results.get(ws.title, {}))
        with self._archive.open(ws.path[1:], "w", force_zip64=True) as part:
            part.write(head + b"<sheetData>")
            for piece in _pieces(rows):
                part.write(piece)
            part.write(b"</sheetData>" + tail)
        self.manifest.append(ws)


class _Frame(WorksheetWriter):  # type: ignore[misc]  # openpyxl has no types of its own
    """Writes what stands around the rows, with the comments and links of their cells."""

    def __init__(self, ws: Any, comments: Iterable[CommentRecord]) -> None:
        super().__init__(ws, BytesIO())  # else it would write into the system's folder for temporary files
        self._more = comments

    def rows(self) -> Sequence[Any]:
        """Write no rows."""
        cells = self.ws._cells
        for place in sorted(place for place, cell in cells.items() if cell._comment or cell.hyperlink):
            cell = cells[place]
            if cell._comment:
                self.ws._comments.append(CommentRecord.from_cell(cell))
            if cell.hyperlink:
                self.ws._hyperlinks.append(cell.hyperlink)
        self.ws._comments.extend(self._more)
        return ()


def _pieces(rows: Iterable[str]) -> Iterator[bytes]:
    held: list[str] = []
    size = 0
    for row in rows:
        held.append(row)
        size += len(row)
        if size > _PIECE:
            yield "".join(held).encode()
            held, size = [], 0
    yield "".join(held).encode()


def _rows_xml(sheet: Any, results: Results) -> Iterator[str]:
    """Write the rows of a sheet that hold or show something."""
    by_row: dict[int, list[Any]] = {number: [] for number in sheet.row_dimensions}
    for (row, _), cell in sorted(sheet._cells.items()):
        by_row.setdefault(row, []).append(cell)
    write = _Cells(sheet, results).write
    for number in sorted(by_row):
        dimension = sheet.row_dimensions.get(number)
        told = "".join(f" {name}={quoteattr(value)}" for name, value in dict(dimension or {}).items() if name != "r")
        yield f'<row r="{number}"{told}>{"".join(map(write, by_row[number]))}</row>'


class _Cells:
    """Writes the cells of a sheet."""

    def __init__(self, sheet: Any, results: Results) -> None:
        self._book = sheet.parent
        self._results = results
        self._styles: dict[bytes, str] = {}
        self._letters = {column: get_column_letter(column) for column in {column for _, column in sheet._cells}}

    def write(self, cell: Any) -> str:
        style = "" if cell._style is None else self._style(cell._style)
        value = cell._value
        place = f"{self._letters[cell.column]}{cell.row}"
        if value is None or value == "":
            return f'<c r="{place}"{style}/>' if style or cell._comment else ""
        match cell.data_type:
            case "s" if isinstance(value, CellRichText):
                return f'<c r="{place}"{style} t="inlineStr">{_rich_xml(value)}</c>'
            case "s":
                return text_xml(place, style, value)
            case "f":
                return self._formula(cell, place, style)
            case "d":
                return f'<c r="{place}"{style} t="d"><v>{self._original(cell)}</v></c>'
            case "b":
                return f'<c r="{place}"{style} t="b"><v>{int(value)}</v></c>'
            case "e":
                return f'<c r="{place}"{style} t="e"><v>{escape(str(value))}</v></c>'
        text = repr(value)
        if text in ENDLESS:
            text = self._original(cell)
        return f'<c r="{place}"{style}><v>{text}</v></c>'

    def _original(self, cell: Any) -> str:
        """Give what stands in a cell that openpyxl takes for something else."""
        return _escaped(self._results[cell.row, cell.column][1] or "")

    def _style(self, style: Any) -> str:
        key = style.tobytes()
        found = self._styles.get(key)
        if found is None:
            found = self._styles[key] = style_xml(self._book._cell_styles.add(style))
        return found

    def _formula(self, cell: Any, place: str, style: str) -> str:
        formula = cell._value
        told, text = "", formula
        if isinstance(formula, (ArrayFormula, DataTableFormula)):
            told = "".join(f" {name}={quoteattr(str(value))}" for name, value in dict(formula).items())
            text = formula.text if isinstance(formula, ArrayFormula) else None
        kind, value = self._results.get((cell.row, cell.column), ("n", None))
        result = "" if value is None else f"<v>{_escaped(value)}</v>"
        kind = "" if kind == "n" else f' t="{kind}"'
        return f'<c r="{place}"{style}{kind}><f{told}>{escape((text or "=")[1:])}</f>{result}</c>'
