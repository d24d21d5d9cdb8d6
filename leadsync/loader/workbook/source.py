"""Workbooks: one sheet becomes chunks of text rows; a row and a column are counted as Excel shows them."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from leadsync.codes import Code
from leadsync.errors import SourceError
from leadsync.loader.base import (
    Layout,
    Source,
    WorkbookKind,
    blank_header,
    frame_of_columns,
    rows_at_a_time,
    sha256_of,
)
from leadsync.loader.helper_columns import HELPER_PREFIX, HelperColumns
from leadsync.loader.recall import left_out_by_code, options_of_report, recalled
from leadsync.loader.table_end import table_only
from leadsync.loader.workbook.cells import Value
from leadsync.loader.workbook.columns import Known, column_texts
from leadsync.loader.workbook.covered import CoveredCells
from leadsync.loader.workbook.opening import OpenedSheet, open_sheet, sound_workbook
from leadsync.records import Cell, Chunk, HiddenRows, Issue, SourceOptions

CHUNK_WEIGHT = 64 << 20
"""Bytes of the rows of a chunk, about: a cell may hold a text of some megabytes."""


class ExcelSource(Source):
    """One sheet of a workbook: the one that is declared, or the first visible one."""

    def __init__(self, path: Path, name: str, options: SourceOptions, kind: WorkbookKind) -> None:
        """Open the workbook and its sheet; raises SourceError where they cannot be used."""
        with sound_workbook(name), path.open("rb") as file:
            self._sha256 = sha256_of(file)
        opened = open_sheet(path, name, options, kind)
        self._table = opened.cells
        self._known: Known = {}
        self._options = options
        self._left_out_again: Collection[Code] = ()
        try:
            layout = self._layout(opened, name)
        except BaseException:
            self._table.close()
            raise
        super().__init__(name, opened.title, layout)
        self.sheets = opened.titles
        self.read_as = opened.read_as
        if layout.helpers and layout.helpers.code is not None:
            self._options = options_of_report(options)
            self._left_out_again = left_out_by_code(options, shows_hidden=False)

    def _layout(self, opened: OpenedSheet, name: str) -> Layout:
        """Read the header; a sheet that was not asked for must be a report of ours."""
        try:
            with sound_workbook(name):
                self._header_row = 1 if self._is_new_report() else self._options.header_row
                layout = self._read_header(f"Sheet {opened.title!r} of {name}")
        except SourceError as error:
            raise opened.refusal or error from error
        if opened.refusal and not layout.is_report:
            raise opened.refusal
        return layout

    def estimate_rows(self) -> int:
        """Give the height of the sheet below the header: exact."""
        return max(0, self._table.height - self._header_row)

    def chunks(self, first: int, size: int = 2000) -> Iterator[Chunk]:
        """Read the rows below the header, down to the last that holds a value."""
        yield from table_only(self._chunks(first, size), self._options)

    def close(self) -> None:
        """Close the workbook."""
        self._table.close()

    def sha256(self) -> str:
        """Give the SHA-256 of the file as it was when it was opened; later it may be another."""
        return self._sha256

    def _chunks(self, first: int, size: int) -> Iterator[Chunk]:
        row = self._header_row
        size = rows_at_a_time(size, self._table.width)
        if self._table.row_weight:
            size = min(size, CHUNK_WEIGHT // self._table.row_weight + 1)
        covered = CoveredCells(self._table.merged, self._header_row - 1, self._table.left)
        with sound_workbook(self.name):
            rows = self._table.rows(row)
            while batch := list(islice(rows, size)):
                yield self._chunk(batch, first, row, covered)
                first += len(batch)
                row += len(batch)

    def _chunk(self, rows: Sequence[list[Value]], first: int, top: int, covered: CoveredCells) -> Chunk:
        """Make a chunk of rows, of which the first is `top`, counted from 0."""
        columns = list(zip(*rows, strict=True))
        marks = self._table.marks(top, top + len(rows))
        texts: list[Sequence[str]] = []
        typed: dict[int, frozenset[int]] = {}
        faults: dict[int, dict[int, Issue]] = {}
        for position, place in enumerate(self.layout.kept):
            column = column_texts(columns[place], marks.get(self.layout.left + place, ()), self._known)
            texts.append(column.texts)
            if column.typed:
                typed[position] = column.typed
            for row, fault in column.faults.items():
                cell = Cell(self.sheet, top + row + 1, self.layout.left + place)
                faults.setdefault(position, {})[row] = Issue(fault.code, f"{cell} {fault.reason}.", cell)
        self._refuse_covered(covered.among(columns, top, len(rows)), top, faults)
        hidden = self._hidden(top, len(rows))
        chunk = Chunk(
            self.name,
            self.sheet,
            self.headers,
            first,
            range(top + 1, top + 1 + len(rows)),
            frame_of_columns(texts, len(rows)),
            positions=self.layout.positions,
            typed=typed,
            faults=faults,
            left_out={row: self._left_out(top + row) for row in hidden} if self._skips_hidden else {},
            hidden=hidden,
        )

        def helper_cells(place: int) -> Sequence[str]:
            return column_texts(columns[place], marks.get(self.layout.left + place, ()), self._known).texts

        return recalled(chunk, self.layout, helper_cells, self._left_out_again)

    def _refuse_covered(
        self, covered: Iterable[tuple[int, int]], top: int, faults: dict[int, dict[int, Issue]]
    ) -> None:
        for row, place in covered:
            if place in self.layout.kept:
                cell = Cell(self.sheet, top + row + 1, self.layout.left + place)
                faults.setdefault(self.layout.kept.index(place), {})[row] = _is_covered(cell)

    @property
    def _skips_hidden(self) -> bool:
        return self._options.hidden_rows is HiddenRows.SKIP

    def _hidden(self, top: int, count: int) -> frozenset[int]:
        hidden = self._table.hidden
        return frozenset(row for row in range(count) if top + row in hidden) if hidden else frozenset()

    def _left_out(self, row: int) -> Issue:
        message = f"Row {row + 1} is hidden in the sheet, and the mapping says `hidden_rows: skip`; show it to send it."
        return Issue(Code.HIDDEN_ROW, message)

    def _is_new_report(self) -> bool:
        """Tell whether the header is in the first row, wherever it is declared, as in a workbook that a report began.

        One that a report marked has its helper columns where the declared header is.
        """
        row = self._options.header_row
        return row > 1 and bool(HelperColumns.of(self._texts(0))) and not HelperColumns.of(self._texts(row - 1))

    def _read_header(self, label: str) -> Layout:
        header = self._texts(self._header_row - 1)
        self._spread_merged(header)
        if not any(text.strip() for text in header):
            content = ((number, _has_content(row)) for number, row in enumerate(self._table.rows(0), 1))
            raise blank_header(label, self._header_row, content)
        end = self._end(header)
        last = max((place for place, text in enumerate(header) if text.startswith(HELPER_PREFIX)), default=-1)
        return Layout.of(header[: max(end, last + 1)], label, self._table.left, end)

    def _texts(self, row: int) -> list[str]:
        """Give one row as text."""
        values = next(self._table.rows(row), [])
        marks = self._table.marks(row, row + 1)
        return [
            column_texts([value], marks.get(place, ())).texts[0] for place, value in enumerate(values, self._table.left)
        ]

    def _spread_merged(self, header: list[str]) -> None:
        """Give the text of merged cells to each of them that lies in the header row.

        So a header over two columns is there twice, and a mapping that names it is told so; one that reaches down
        from a row above is there too.
        """
        row, left = self._header_row - 1, self._table.left
        merged_here = [each for each in self._table.merged if each.top <= row <= each.bottom and each.left >= left]
        end = self._own_end(header) if merged_here else 0
        for merged in merged_here:
            corner = header if merged.top == row else self._texts(merged.top)
            for place in range(merged.left - left, min(merged.right + 1 - left, end)):
                header[place] = header[place] or corner[merged.left - left]

    def _own_end(self, header: Sequence[str]) -> int:
        """Give the place behind the last column of a sheet.

        That of a report is so wide only for its helper columns: it ends with the last other one that holds something,
        as the sheet did that it was made from.
        """
        own = [place for place, text in enumerate(header) if not text.startswith(HELPER_PREFIX)]
        if len(own) == len(header):
            return len(header)
        end = 0
        for row in self._table.rows(0):
            end = max(end, _used(row, own, end))
        return end

    def _end(self, header: Sequence[str]) -> int:
        """Give the place behind the last column of the source: what is right of it has no header and holds nothing.

        Helper columns of a report are none of the source's, and may stand anywhere.
        """
        own = [place for place, text in enumerate(header) if not text.startswith(HELPER_PREFIX)]
        end = max((place for place in own if header[place].strip()), default=-1) + 1
        unnamed = [place for place in own if place >= end]
        if unnamed:
            end = max((_used(row, unnamed, end) for row in self._table.rows(self._header_row)), default=end)
        return end


def _is_covered(cell: Cell) -> Issue:
    message = f"{cell} is merged with other cells and has no value of its own; unmerge them in Excel and fill each."
    return Issue(Code.MERGED_CELL, message, cell)


def _used(row: list[Value], places: Sequence[int], least: int) -> int:
    """Give the place behind the last of some cells of a row that holds something; `least` where none does."""
    return next((place + 1 for place in reversed(places) if row[place] != ""), least)


def _has_content(row: list[Value]) -> bool:
    return any(value != "" for value in row)
