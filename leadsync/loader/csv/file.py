"""What a CSV file is, before its first row: its encoding, its delimiter, its quotation marks, its header."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import TextIOWrapper
from typing import BinaryIO

from leadsync.errors import SourceError
from leadsync.loader.base import Layout, blank_header
from leadsync.loader.csv.delimiter import (
    OWN_REPORT,
    SAMPLE_LETTERS,
    SAMPLE_RECORDS,
    SEP_LINE,
    Sample,
    detect_delimiter,
)
from leadsync.loader.csv.encoded import (
    OVER_BUDGET,
    Encoding,
    OffsetReader,
    Survey,
    choose_encoding,
    must_not_be_utf_16,
    open_text,
    survey,
)
from leadsync.loader.csv.splitting import BATCH_LIMIT, CELL_LIMIT, RECORD_LIMIT, STEP, Dialect, Records
from leadsync.records import SourceOptions

UTF_8 = "utf-8"

HEAD = 4096
"""Bytes that tell of a byte-order mark, of UTF-16 without one, and of a report of our own."""

MOST_COLUMNS = 100_000
"""Six times what a sheet of Excel can have, and thousands of times what a CRM exports."""

RAGGED_AMONG = 100
"""Where quotation marks are read as escaped, one record in so many may be ragged."""


class CsvFile:
    """A CSV file that was looked at once, whole, and whose beginning was split; rows can be read more than once."""

    def __init__(self, file: BinaryIO, label: str, options: SourceOptions) -> None:
        """Look at the file; raises SourceError where it cannot be used, OSError where it cannot be read."""
        self._file = file
        self._label = label
        file.seek(0)
        head = file.read(HEAD)
        self._encoding, self._survey, self.options = _look(file, head, label, options)
        self._has_sep_line = self._is_guessed = False
        self._dialect = self._choose_dialect()
        self.layout = self._read_header()

    @property
    def lines_below_header(self) -> int:
        """Give the number of lines below the header, which is that of the rows unless cells hold line breaks."""
        return max(0, self._survey.lines - self._has_sep_line - self.options.header_row)

    @property
    def written(self) -> dict[str, str]:
        """Give the encoding and the delimiter, declared or found."""
        return {"encoding": self._encoding.name, "delimiter": self._dialect.delimiter}

    @property
    def read_as(self) -> tuple[str, ...]:
        """Tell what was found out about the file without being declared, a sentence each."""
        return tuple(self._read_as())

    def _read_as(self) -> Iterator[str]:
        if self._encoding.skip and self._encoding.name != UTF_8:
            yield f"The text is in {self._encoding.name.upper()}, as the byte-order mark at its beginning says."
        if self._is_guessed and self.layout.width > 1:
            mark = json.dumps(self._dialect.delimiter)
            yield f"The delimiter {mark} was found by evidence; declare it with source: {{delimiter: {mark}}}."
        if self._dialect.has_escapes:
            yield 'Quotation marks behind a backslash (\\") were read as part of their cells, or no row could be read.'

    @contextmanager
    def rows(self) -> Iterator[Records]:
        """Begin a pass behind the header."""
        with self._records(self._dialect) as records:
            above = self.options.header_row
            while above and (taken := len(records.take(min(STEP, above)))):
                above -= taken
            yield records

    def line(self, records: Records) -> int:
        """Give the number of the line, as a text editor counts, in which the next record begins."""
        return records.lines + 1 + self._has_sep_line

    def must_be_split(self, records: Records) -> None:
        """Raise SourceError where a record could not be split into cells."""
        if records.fault is not None:
            why = self._find_fault(self._dialect) or SourceError(
                f"{self._label} cannot be split into rows: {records.fault}."
            )
            raise why from records.fault

    def _records(self, dialect: Dialect, *, one_by_one: bool = False) -> Records:
        return Records(self._begin, dialect, one_by_one=one_by_one)

    def _begin(self) -> tuple[OffsetReader, TextIOWrapper]:
        """Begin a pass at row 1: Excel does not count the `sep=` line."""
        blocks, text = open_text(self._file, self._encoding)
        if self._has_sep_line:
            text.readline()
        return blocks, text

    def _choose_dialect(self) -> Dialect:
        r"""Find the delimiter, and whether quotation marks stand behind a backslash: before the first row is read.

        They do where `\"` occurs, the file cannot be split as it should be written, with quotation marks doubled, and
        all of it can be split the other way.
        """
        sample = self._sample()
        sep_line = SEP_LINE.fullmatch(sample.lines[0]) if sample.lines else None
        self._has_sep_line = bool(sep_line)
        told = self.options.delimiter or (sep_line[1] if sep_line else None)
        self._is_guessed = told is None
        header_row = self.options.header_row
        doubled = Dialect(told or detect_delimiter(sample, header_row), above=header_row - 1)
        if not self._survey.has_escaped_quotes or not (fault := self._find_fault(doubled)):
            return doubled
        sample = replace(sample, has_escapes=True)
        escaped = replace(doubled, delimiter=told or detect_delimiter(sample, header_row), has_escapes=True)
        if self._can_all_be_split(escaped):
            return escaped
        raise fault

    def _sample(self) -> Sample:
        lines: list[str] = []
        letters = 0
        _, text = open_text(self._file, self._encoding)
        with text:
            while letters < SAMPLE_LETTERS and (line := text.readline(SAMPLE_LETTERS)):
                lines.append(line)
                letters += len(line)
            return Sample(lines, cut=bool(text.read(1)))

    def _can_all_be_split(self, dialect: Dialect) -> bool:
        """Tell whether a dialect splits all records, and gives nearly all as many cells as the header."""
        count = ragged = 0
        with self._records(dialect) as records:
            width = 0
            while rows := records.take(STEP):
                for row in rows:
                    count += 1
                    if count == self.options.header_row:
                        width = len(row)
                    ragged += count > self.options.header_row and len(row) != width and any(row)
            return records.fault is None and ragged * RAGGED_AMONG <= count

    def _read_header(self) -> Layout:
        """Read the header, and look for broken quotes: in the first records, and everywhere if their number is odd."""
        if self._survey.quotes % 2 and (fault := self._find_fault(self._dialect)):
            raise fault
        wanted = self.options.header_row
        header: list[str] = []
        first_content = number = 0
        with self._records(self._dialect) as records:
            while number < wanted or (number < SAMPLE_RECORDS and records.offset < BATCH_LIMIT):
                taken = records.take(STEP if number >= wanted else min(STEP, wanted - number))
                for row in taken:
                    number += 1
                    if number == wanted:
                        header = row
                    if not first_content and any(map(str.strip, row)):
                        first_content = number
                if not taken:
                    break
            self.must_be_split(records)
        self._must_be_header(header, first_content)
        return Layout.of(header, self._label)

    def _must_be_header(self, header: list[str], first_content: int) -> None:
        if len(header) > MOST_COLUMNS:
            raise SourceError(
                f"{self._label} has {len(header):,} cells in its header row, and leadsync reads {MOST_COLUMNS:,} "
                "columns at most; look whether its line breaks are missing."
            )
        if any("\0" in cell for cell in header):
            raise SourceError(
                f"{self._label} holds NUL characters in its header, so it is not text in "
                f"{self._encoding.name}; if it is text in UTF-16, declare `source: {{encoding: utf-16}}`."
            )
        if not any(cell.strip() for cell in header):
            content = [(first_content, True)] if first_content else []
            raise blank_header(self._label, self.options.header_row, content)

    def _find_fault(self, dialect: Dialect) -> SourceError | None:
        """Read record by record to tell in which line the one begins that cannot be split; None if all can."""
        with self._records(dialect, one_by_one=True) as records:
            line = self.line(records)
            while records.take(1):
                line = self.line(records)
            return self._describe(str(records.fault), line, dialect) if records.fault else None

    def _describe(self, error: str, line: int, dialect: Dialect) -> SourceError:
        what = f"In {self._label}, the record that begins in line {line}"
        if "unexpected end of data" in error:
            what += " opens a quotation mark that is never closed; close it, or write it twice if it is text."
        elif "field limit" in error or error == OVER_BUDGET:
            what += (
                f" has a cell of more than {CELL_LIMIT // 2**20} million characters, or more than "
                f"{RECORD_LIMIT // 2**20} MB or a million cells in all; look for a quotation mark that is not closed, "
                "or for missing line breaks."
            )
        else:
            what += (
                f" has text between a closing quotation mark and the next delimiter {dialect.delimiter!r}; "
                "write a quotation mark inside a quoted cell twice."
            )
        return SourceError(what)


def _look(file: BinaryIO, head: bytes, label: str, options: SourceOptions) -> tuple[Encoding, Survey, SourceOptions]:
    """Decode the whole file once; a report of our own is read as we write it, whatever is declared.

    Saved anew by another program it may have lost its byte-order mark, and with it UTF-8: only then the declared
    encoding is asked.
    """
    own = OWN_REPORT.match(head)
    if own:
        delimiter = own[1].decode("latin-1")
        options = replace(options, header_row=1, delimiter=delimiter, skip_footer=0, stop_at_blank=False)
        undeclared = choose_encoding(head, None, label)
        try:
            return undeclared, survey(file, undeclared, label), options
        except SourceError:
            if undeclared.declared or options.encoding is None:
                raise
    encoding = choose_encoding(head, options.encoding, label)
    must_not_be_utf_16(head, encoding, label)
    return encoding, survey(file, encoding, label), options
