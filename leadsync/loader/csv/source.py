"""CSV: the strict reader of the standard library splits the records; each batch becomes a frame.

pandas' own parser cannot tell a short row from blank cells, and stops at a long one or drops it.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate, chain
from typing import BinaryIO

from leadsync.codes import Code
from leadsync.loader.base import CHUNK_CELLS, Source, frame_of_cells, rows_at_a_time, sha256_of
from leadsync.loader.csv.encoded import Stamp, changed, readable, stamp
from leadsync.loader.csv.file import CsvFile
from leadsync.loader.csv.splitting import STEP, Records, count_line_ends
from leadsync.loader.recall import left_out_by_code, options_of_report, recalled
from leadsync.loader.table_end import table_only
from leadsync.records import Cell, Chunk, Issue, SourceOptions

CHUNK_BYTES = 32 * 2**20
"""Bytes of the file in one chunk, about: beyond 16 KB in each row it has fewer rows."""


class CsvSource(Source):
    """A CSV file that is open for reading, by way of a seekable binary file."""

    def __init__(
        self, file: BinaryIO, name: str, sheet: str, options: SourceOptions, opened: Stamp | None = None
    ) -> None:
        """Look at the whole file once, and split its beginning; raises SourceError where it cannot be used.

        `opened` is the stamp that the file must keep; None for a file that nobody else can write to.
        """
        self._file = file
        self._opened = opened
        self._label = name if name != "-" else "Standard input"
        with readable(self._label):
            self._csv = CsvFile(file, self._label, options)
        super().__init__(name, sheet, self._csv.layout)
        self.read_as = self._csv.read_as
        self.written = self._csv.written
        self._options = self._csv.options
        self._left_out: Collection[Code] = ()
        if self.layout.helpers and self.layout.helpers.code is not None:
            self._options = options_of_report(options)
            self._left_out = left_out_by_code(options, shows_hidden=True)

    def estimate_rows(self) -> int:
        """Give the number of lines below the header: exact unless cells hold line breaks."""
        return self._csv.lines_below_header

    def chunks(self, first: int, size: int = 2000) -> Iterator[Chunk]:
        """Read the rows below the header, and mark those below the table.

        Raises SourceError behind the last row before a record that cannot be split into cells, and before the rows
        of a chunk during which the file was written to.
        """
        return table_only(self._chunks(first, size), self._options)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def sha256(self) -> str:
        """Give the SHA-256 of the file, which stays open; of a packed one that of what was in it.

        Raises SourceError where the file was written to since it was opened: its rows are those of then.
        """
        digest = sha256_of(self._file)
        self._must_be_as_opened()
        return digest

    def _chunks(self, first: int, size: int) -> Iterator[Chunk]:
        number = self._csv.options.header_row + 1
        size = rows_at_a_time(size, self.layout.width)
        with readable(self._label), self._csv.rows() as records:
            while chunk := self._chunk(records, first, number, size):
                yield chunk
                first += len(chunk)
                number += len(chunk)
            self._csv.must_be_split(records)

    def _chunk(self, records: Records, first: int, number: int, size: int) -> Chunk | None:
        """Read the next `size` rows, or fewer where they are wide or long; None at the end."""
        cells: list[str] = []
        issues: dict[int, Issue] = {}
        surplus: dict[int, list[str]] = {}
        width = self.layout.width
        room = CHUNK_CELLS
        end = records.offset + CHUNK_BYTES
        while room > 0 and records.offset < end and (rows := records.take(min(STEP, size))):
            size -= len(rows)
            widths = list(map(len, rows))
            room -= sum(widths)
            if set(widths) != {width}:
                done = len(cells) // width
                lines = _lines(rows, self._csv.line(records))
                for index, issue, more in self._level_all(rows, number + done, lines):
                    issues[done + index], surplus[done + index] = issue, more
            cells.extend(chain.from_iterable(rows))
        self._must_be_as_opened()
        if not cells:
            return None
        numbers = range(number, number + len(cells) // width)
        frame = frame_of_cells(cells, self.layout)
        positions = self.layout.positions
        chunk = Chunk(self.name, self.sheet, self.headers, first, numbers, frame, issues, positions, {}, surplus)
        return recalled(chunk, self.layout, lambda place: cells[place::width], self._left_out)

    def _must_be_as_opened(self) -> None:
        if self._opened is not None and stamp(self._file) != self._opened:
            raise changed(self._label)

    def _level_all(
        self, rows: list[list[str]], number: int, lines: Sequence[int]
    ) -> Iterator[tuple[int, Issue, list[str]]]:
        """Level rows in place, of which the first has that number, and each begins in its line.

        Gives the place of each that cannot be levelled without a guess, why, and its cells without a header.
        """
        width = self.layout.width
        for index, row in enumerate(rows):
            if not row:
                rows[index] = [""] * width
            elif len(row) != width:
                rows[index], issue = self._level(row, number + index, lines[index])
                if issue:
                    yield index, issue, row[width:]

    def _level(self, row: list[str], number: int, line: int) -> tuple[list[str], Issue | None]:
        """Give a row as many cells as the header has; an issue where that is a guess about the file.

        A row with too few cells is refused even where the missing ones may be blank: a file put together from two
        exports looks the same as one whose program leaves out blank cells at the end.
        """
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
        where = f"Row {number}" if line == number else f"Row {number} (line {line} of the file)"
        message = f"{where} has {cells}, but the header has {width} (see {place}): {advice}."
        return level, Issue(Code.RAGGED_ROW, message, place)


def _lines(rows: list[list[str]], end: int) -> Sequence[int]:
    """Give the line in which each record begins; `end` is the line behind the last."""
    heights = [1 + count_line_ends(row) for row in rows]
    return list(accumulate(heights, initial=end - sum(heights)))
