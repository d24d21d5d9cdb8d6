"""The scan of an .ods workbook (OpenDocument 1.3 part 3, 9.1), which finds what calamine does not tell of it.

calamine reads all sheets of such a workbook when it opens it, so all of them are looked at before that. The names of
elements are taken with their usual prefixes, as calamine takes them.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from xml.parsers.expat import XMLParserType

from leadsync.files import printable
from leadsync.loader.workbook.marks import Marks
from leadsync.loader.workbook.ods.plain import PlainCells
from leadsync.loader.workbook.ods.sheet import SheetScan
from leadsync.loader.workbook.ods.styles import End, Start, Styles
from leadsync.loader.workbook.ods.text import CellText
from leadsync.loader.workbook.untrusted import MOST_CELLS, locked, no_sheet, sound, too_large
from leadsync.loader.workbook.zip_parts import Parts, xml_parser

MANIFEST, CONTENT, STYLES = "META-INF/manifest.xml", "content.xml", "styles.xml"
LONGEST_TAG = 1 << 23
"""Bytes of a tag with its attributes; a parser keeps all of them."""

_COVERED = "table:covered-table-cell"
_CELLS = frozenset({"table:table-cell", _COVERED})
_TABLES = _CELLS | {"table:table", "table:table-row"}


def scan_ods(path: Path, sheet: str, name: str | None = None) -> Marks:
    """Give the marks of a sheet; `name` is the file as the user knows it, where that is not its path.

    Raises SourceError where any sheet of the workbook is damaged, locked or too large.
    """
    marks = scan_ods_sheets(path, name)
    if sheet not in marks:
        raise no_sheet(name or printable(path), sheet)
    return marks[sheet]


def scan_ods_sheets(path: Path, name: str | None = None) -> Mapping[str, Marks]:
    """Give the marks of all sheets by their names; raises SourceError as `scan_ods` does.

    A workbook that passes can be handed to calamine: what it takes memory for is bounded.
    """
    name = name or printable(path)
    with sound(name), Parts(path) as parts:
        if b"encryption-data" in parts.read(MANIFEST):
            raise locked(name)
        styles = Styles()
        if STYLES in parts:
            _read_styles(parts.read(STYLES), styles)
        scan = _Scan(styles)
        plain = PlainCells(styles)
        fed = 0
        for block in parts.blocks(CONTENT):
            short = plain.shorten(block) if scan.name else block
            scan.parser.Parse(short, False)
            fed += len(short)
            if fed - scan.parser.CurrentByteIndex > LONGEST_TAG:
                raise ValueError("one of its tags is too long")
            if scan.size > MOST_CELLS or scan.elements > MOST_CELLS:
                raise too_large(name, scan.name)
        scan.parser.Parse(b"", True)
        if scan.size > MOST_CELLS:
            raise too_large(name, scan.name)
        return scan.marks


class _Scan:
    """One pass over the elements of all sheets."""

    def __init__(self, styles: Styles) -> None:
        self.marks: dict[str, Marks] = {}
        self.name = ""
        """Of the sheet that is being read, or was read last."""
        self.elements = 0
        """How many cells there are as elements, blank ones and all."""
        self._styles = styles
        self._size = 0
        self._sheet: SheetScan | None = None
        self._cell: Mapping[str, str] | None = None
        """The attributes of the cell that is open."""
        self._text = CellText()
        self._starts: Mapping[str, Start] = {
            **styles.starts,
            "table:table": self._start_sheet,
            "table:table-column": self._column,
            "table:table-row": self._start_row,
        }
        self._ends: Mapping[str, End] = {
            **styles.ends,
            "table:table": self._end_sheet,
            "table:table-row": self._end_row,
        }
        self.parser = _parser(self._start, self._end, self._take)
        self.parser.StartCdataSectionHandler = self._start_cdata

    @property
    def size(self) -> int:
        """Give what all sheets so far take, to be compared with MOST_CELLS."""
        return self._size + (self._sheet.marking.size if self._sheet else 0)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self._cell is not None:
            if name in _TABLES:
                raise ValueError("a cell of it holds a table")
            self._text.start(name, attributes)
        elif name in _CELLS:
            self.elements += 1
            self._cell = attributes
        elif read := self._starts.get(name):
            read(attributes)

    def _end(self, name: str) -> None:
        if self._cell is None:
            if read := self._ends.get(name):
                read()
        elif name not in _CELLS:
            self._text.end(name)
        else:
            if self._sheet:
                self._sheet.cell(self._cell, self._text, is_covered=name == _COVERED)
            if self._text.is_used:
                self._text = CellText()
            self._cell = None

    def _take(self, content: str) -> None:
        if self._cell is not None:
            self._text.take(content)
        else:
            self._styles.take(content)

    def _start_cdata(self) -> None:
        self._text.is_plain = False

    def _start_sheet(self, attributes: Mapping[str, str]) -> None:
        if self._sheet:
            raise ValueError("a table of it holds another one")
        if "table:name" in attributes:
            self.name = attributes["table:name"]
            self._sheet = SheetScan(self._styles)

    def _end_sheet(self) -> None:
        if self._sheet:
            self._size += self._sheet.marking.size
            self.marks[self.name] = self._sheet.marks()
            self._sheet = None

    def _column(self, attributes: Mapping[str, str]) -> None:
        if self._sheet:
            self._sheet.columns(attributes)

    def _start_row(self, attributes: Mapping[str, str]) -> None:
        if self._sheet:
            self._sheet.start_row(attributes)

    def _end_row(self) -> None:
        if self._sheet:
            self._sheet.end_row()


def _read_styles(content: bytes, styles: Styles) -> None:
    """Read the styles that are kept apart from the sheets."""

    def start(name: str, attributes: dict[str, str]) -> None:
        if read := styles.starts.get(name):
            read(attributes)

    def end(name: str) -> None:
        if read := styles.ends.get(name):
            read()

    _parser(start, end, styles.take).Parse(content, True)


def _parser(
    start: Callable[[str, dict[str, str]], None], end: Callable[[str], None], take: Callable[[str], None]
) -> XMLParserType:
    parser = xml_parser()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = take
    return parser
