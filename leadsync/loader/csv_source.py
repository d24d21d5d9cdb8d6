"""CSV: the strict reader of the standard library splits the records; each batch becomes a frame.

pandas' own parser cannot tell a short row from blank cells, and stops at a long one or drops it.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, islice
from typing import BinaryIO

from leadsync.codes import Code
from leadsync.errors import SourceError
from leadsync.loader.base import (
    CHUNK_CELLS,
    Layout,
    Source,
    blank_header,
    frame_of_cells,
    rows_at_a_time,
    sha256_of,
)
from leadsync.loader.delimiter import (
    OWN_REPORT,
    SAMPLE_LETTERS,
    SAMPLE_RECORDS,
    SEP_LINE,
    Sample,
    detect_delimiter,
)
from leadsync.loader.encoded import (
    Encoding,
    Stamp,
    Survey,
    changed,
    choose_encoding,
    open_text,
    readable,
    stamp,
    survey,
)
from leadsync.loader.forms import still_ragged, typed_columns
from leadsync.records import Cell, Chunk, Issue, SourceOptions

CELL_LIMIT = 8 * 2**20
"""Characters in one cell; beyond it a quotation mark was surely not closed."""

STEP = 20
"""Records split before their cells are taken over: so few lists live at a time that they stay in the processor's
cache and the garbage collector sleeps; with 5,000 at once, reading takes half as long again (measured)."""

HEAD = 64
"""Bytes that tell of a byte-order mark and of a report of our own."""


class Records:
    """The records of one pass; those before the first that cannot be split are given before it is told."""

    def __init__(self, text: Iterable[str], delimiter: str) -> None:
        self._reader = csv.reader(text, delimiter=delimiter, strict=True)
        self.fault: csv.Error | None = None

    def take(self, count: int) -> list[list[str]]:
        """Give the next records, at most so many; none behind a fault."""
        records: list[list[str]] = []
        if self.fault is None:
            try:
                records.extend(islice(self._reader, count))
            except csv.Error as error:
                self.fault = error
        return records


class CsvSource(Source):
    """A CSV file that is open for reading, by way of a seekable binary file."""

    def __init__(
        self, file: BinaryIO, name: str, sheet: str, options: SourceOptions, opened: Stamp | None = None
    ) -> None:
        """Look at the whole file once, and split its beginning; raises SourceError where it cannot be used.

        `opened` is the stamp that the file must keep; None for a file that nobody else can write to.
        """
        # Process-wide, as the csv module has it; never lowered below what another user of it set.
        csv.field_size_limit(max(csv.field_size_limit(), CELL_LIMIT))
        self._file = file
        self._opened = opened
        self._label = name if name != "-" else "Standard input"
        with readable(self._label):
            file.seek(0)
            head = file.read(HEAD)
            self._encoding, self._survey, options = _look(file, head, self._label, options)
            self._header_row = options.header_row
            self._has_sep_line, self._delimiter = self._find_delimiter(options)
            layout = self._read_header()
        super().__init__(name, sheet, layout)
        self.piped = file if opened is None else None

    def estimate_rows(self) -> int:
        """Give the number of lines below the header: exact unless cells hold line breaks."""
        return max(0, self._survey.lines - self._has_sep_line - self._header_row)

    def chunks(self, first: int, size: int = 2000) -> Iterator[Chunk]:
        """Read the rows below the header.

        Raises SourceError behind the last row before a record that cannot be split into cells, and before the rows
        of a chunk during which the file was written to.
        """
        number = self._header_row + 1
        size = rows_at_a_time(size, self.layout.width)
        with readable(self._label), self._text() as text:
            records = Records(text, self._delimiter)
            records.take(self._header_row)
            while chunk := self._chunk(records, first, number, size):
                yield chunk
                first += len(chunk)
                number += len(chunk)
            self._must_be_split(records)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def sha256(self) -> str:
        """Give the SHA-256 of the file, which stays open."""
        return sha256_of(self._file)

    def _chunk(self, records: Records, first: int, number: int, size: int) -> Chunk | None:
        """Read the next `size` rows, or fewer where cells without a header make them wide; None at the end."""
        cells: list[str] = []
        issues: dict[int, Issue] = {}
        surplus: dict[int, list[str]] = {}
        room = CHUNK_CELLS
        while room > 0 and (rows := records.take(min(STEP, size))):
            size -= len(rows)
            widths = list(map(len, rows))
            room -= sum(widths)
            if set(widths) != {self.layout.width}:
                self._level_all(rows, len(cells) // self.layout.width, number, issues, surplus)
            cells.extend(chain.from_iterable(rows))
        if self._opened is not None and stamp(self._file) != self._opened:
            raise changed(self._label)
        if not cells:
            return None
        numbers = range(number, number + len(cells) // self.layout.width)
        frame = frame_of_cells(cells, self.layout)
        typed = self._recall(cells, number, issues) if self.layout.form is not None else {}
        positions = self.layout.positions
        return Chunk(self.name, self.sheet, self.headers, first, numbers, frame, issues, positions, typed, surplus)

    def _recall(self, cells: list[str], number: int, issues: dict[int, Issue]) -> dict[int, frozenset[int]]:
        """Read what our own report tells of its cells: which were typed, and which rows were ragged."""
        layout = self.layout
        assert layout.form is not None
        typed: dict[int, set[int]] = {}
        for row, form in enumerate(cells[layout.form :: layout.width]):
            if not form:
                continue
            start = row * layout.width
            kept = [cells[start + place] for place in layout.kept]
            for position in typed_columns(form, layout.headers, kept):
                typed.setdefault(position, set()).add(row)
            ragged = still_ragged(form, Cell(self.sheet, number + row, layout.form))
            if ragged and row not in issues:
                issues[row] = ragged
        return {position: frozenset(rows) for position, rows in typed.items()}

    def _level_all(
        self, rows: list[list[str]], done: int, number: int, issues: dict[int, Issue], surplus: dict[int, list[str]]
    ) -> None:
        """Level the rows in place; `done` rows of the chunk, which begins at row `number`, stand before them."""
        for index, row in enumerate(rows):
            if len(row) != self.layout.width:
                rows[index], issue = self._level(row, number + done + index)
                if issue:
                    issues[done + index] = issue
                    surplus[done + index] = row[self.layout.width :]

    def _level(self, row: list[str], number: int) -> tuple[list[str], Issue | None]:
        """Give a row as many cells as the header has; an issue where that is a guess about the file."""
        width = self.layout.width
        level = [*row[:width], *[""] * (width - len(row))]
        surplus = any(cell.strip() for cell in row[width:])
        if not surplus and (len(row) >= self.layout.named or not any(cell.strip() for cell in row)):
            return level, None
        place = Cell(self.sheet, number, min(len(row), width))
        advice = (
            "look for a value that holds the delimiter, or a quotation mark, without quotes around it"
            if surplus
            else "look for a line break inside a value without quotes around it, or for a cut line"
        )
        cells = "1 cell" if len(row) == 1 else f"{len(row)} cells"
        message = f"Row {number} has {cells}, but the header has {width} (see {place}): {advice}."
        return level, Issue(Code.RAGGED_ROW, message, place)

    def _must_be_split(self, records: Records) -> None:
        if records.fault is not None:
            why = self._find_fault() or SourceError(f"{self._label} cannot be split into rows: {records.fault}.")
            raise why from records.fault

    def _text(self) -> io.TextIOWrapper:
        """Begin a pass at row 1: Excel does not count the `sep=` line."""
        text = open_text(self._file, self._encoding)
        if self._has_sep_line:
            text.readline()
        return text

    def _find_delimiter(self, options: SourceOptions) -> tuple[bool, str]:
        """Give whether there is a `sep=` line, and the delimiter: as declared, as that line says, or detected."""
        lines: list[str] = []
        letters = 0
        with open_text(self._file, self._encoding) as text:
            while letters < SAMPLE_LETTERS and (line := text.readline(SAMPLE_LETTERS)):
                lines.append(line)
                letters += len(line)
            cut = bool(text.read(1))
        sep_line = SEP_LINE.fullmatch(lines[0]) if lines else None
        if options.delimiter is not None:
            return bool(sep_line), options.delimiter
        if sep_line:
            return True, sep_line[1]
        return False, detect_delimiter(Sample(lines, cut), options.header_row)

    def _read_header(self) -> Layout:
        """Read the header, and look for broken quotes: in the first records, and everywhere if their number is odd."""
        if self._survey.quotes % 2 and (fault := self._find_fault()):
            raise fault
        with self._text() as text:
            records = Records(text, self._delimiter)
            sample = records.take(max(self._header_row, SAMPLE_RECORDS))
            self._must_be_split(records)
        header = sample[self._header_row - 1] if len(sample) >= self._header_row else []
        if any("\0" in cell for cell in header):
            raise SourceError(
                f"{self._label} holds NUL characters in its header, so it is not text in "
                f"{self._encoding.name}; if it is text in UTF-16, declare `source: {{encoding: utf-16}}`."
            )
        if not any(cell.strip() for cell in header):
            content = ((number, any(map(str.strip, row))) for number, row in enumerate(sample, 1))
            raise blank_header(self._label, self._header_row, content)
        return Layout.of(header, self._label)

    def _find_fault(self) -> SourceError | None:
        """Read record by record to tell in which line the one begins that cannot be split; None if all can."""
        top = 1 + self._has_sep_line
        line = top
        with self._text() as text:
            records = csv.reader(text, delimiter=self._delimiter, strict=True)
            try:
                for _ in records:
                    line = top + records.line_num
            except csv.Error as error:
                return SourceError(self._describe(str(error), line))
        return None

    def _describe(self, error: str, line: int) -> str:
        record = f"In {self._label}, the record that begins in line {line}"
        if "unexpected end of data" in error:
            return f"{record} opens a quotation mark that is never closed; close it, or write it twice if it is text."
        if "field limit" in error:
            return (
                f"{record} has a cell of more than {CELL_LIMIT // 2**20} million characters; "
                "look for a quotation mark that is not closed."
            )
        return (
            f"{record} has text between a closing quotation mark and the next delimiter {self._delimiter!r}; "
            "write a quotation mark inside a quoted cell twice."
        )


def _look(file: BinaryIO, head: bytes, label: str, options: SourceOptions) -> tuple[Encoding, Survey, SourceOptions]:
    """Decode the whole file once; a report of our own is read as we write it, whatever is declared.

    Saved anew by another program it may have lost its byte-order mark, and with it UTF-8: only then the declared
    encoding is asked.
    """
    own = OWN_REPORT.match(head)
    if own:
        options = replace(options, header_row=1, delimiter=own[1].decode("latin-1"))
        undeclared = choose_encoding(head, None, label)
        try:
            return undeclared, survey(file, undeclared, label), options
        except SourceError:
            if undeclared.declared or options.encoding is None:
                raise
    encoding = choose_encoding(head, options.encoding, label)
    return encoding, survey(file, encoding, label), options
