r"""Lines become records: lists of cells, in quotation marks or not.

A quotation mark inside a cell stands twice (`""`), or behind a backslash (`\"`) as MySQL writes it. A record is one
row, however many lines it takes; neither a record nor a batch of them takes memory without bound.
"""

import csv
import io
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from types import TracebackType
from typing import Protocol, Self

from leadsync.loader.csv.encoded import OVER_BUDGET, OffsetReader

CELL_LIMIT = 8 * 2**20
"""Characters in one cell; beyond it a quotation mark was surely not closed."""

RECORD_LIMIT = 16 * 2**20
"""Bytes in one record: in cells of two letters they take 400 MB while they are split (measured)."""

WIDTH_LIMIT = 2**20
"""Cells in one record where records are taken one by one."""

BATCH_LIMIT = 4 * 2**20
"""Bytes in one batch of records; beyond it they are taken one by one."""

STEP = 20
"""Records split before their cells are taken over: so few lists live at a time that they stay in the processor's
cache and the garbage collector sleeps; with 5,000 at once, reading takes half as long again (measured)."""

_ESCAPE = re.compile(r'(\\["\\])|\\')
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a record is split."""

    delimiter: str
    has_escapes: bool = False
    r"""`\"` is a quotation mark inside a cell, and `\\` a backslash; any other backslash is one as well."""
    above: int = 0
    """How many records stand above the header: they are none of the table's, and their quotation marks may be odd."""


class Reader(Protocol):
    """What the csv module gives."""

    @property
    def line_num(self) -> int:
        """Give how many lines were read."""

    def __iter__(self) -> Iterator[list[str]]:
        """Give itself."""

    def __next__(self) -> list[str]:
        """Give the next record; raises csv.Error."""


@dataclass(frozen=True, slots=True)
class Splitting:
    """The records of some lines, while they are split."""

    records: Iterator[list[str]]
    """Raises csv.Error where the next record cannot be split."""
    readers: Sequence[Reader]

    @property
    def lines(self) -> int:
        """Give how many lines were read."""
        return sum(reader.line_num for reader in self.readers)


def split(lines: Iterable[str], dialect: Dialect) -> Splitting:
    """Begin to split lines, which keep their ends, into records."""
    # Process-wide, as the csv module has it; never lowered below what another user of it set.
    csv.field_size_limit(max(csv.field_size_limit(), CELL_LIMIT))
    lines = map(_double_plain, lines) if dialect.has_escapes else iter(lines)
    escape = "\\" if dialect.has_escapes else None
    table = csv.reader(lines, delimiter=dialect.delimiter, escapechar=escape, strict=True)
    if not dialect.above:
        return Splitting(table, [table])
    above = csv.reader(lines, delimiter=dialect.delimiter, escapechar=escape)
    return Splitting(chain(islice(above, dialect.above), table), [above, table])


def count_line_ends(cells: Iterable[str]) -> int:
    """Count the line ends within the cells of a record."""
    text = "|".join(cells)
    return len(_LINE_END.findall(text)) if "\n" in text or "\r" in text else 0


def _double_plain(line: str) -> str:
    r"""Double each backslash that escapes nothing: the csv module would drop that of `C:\temp`."""
    if line.count("\\") == line.count('\\"'):
        return line
    return _ESCAPE.sub(lambda found: found[1] or r"\\", line)


class Records:
    """The records of one pass, a context manager; those before the first that cannot be split are given first."""

    def __init__(
        self,
        begin: Callable[[], tuple[OffsetReader, io.TextIOWrapper]],
        dialect: Dialect,
        *,
        one_by_one: bool = False,
    ) -> None:
        self._begin = begin
        self._dialect = dialect
        self._one_by_one = one_by_one
        self._given = 0
        self.fault: csv.Error | None = None
        self._open()

    @property
    def lines(self) -> int:
        """Give how many lines the records had that were given."""
        return self._splitting.lines

    @property
    def offset(self) -> int:
        """Give about how many bytes the records had that were given."""
        return self._blocks.offset

    def take(self, count: int) -> list[list[str]]:
        """Give the next records, at most so many, and one at least unless there is none; none behind a fault."""
        if self.fault is not None:
            return []
        records = self._take_one_by_one(count) if self._one_by_one else self._take_at_once(count)
        self._given += len(records)
        return records

    def _take_at_once(self, count: int) -> list[list[str]]:
        records: list[list[str]] = []
        self._blocks.budget = self._blocks.offset + BATCH_LIMIT
        try:
            records.extend(islice(self._splitting.records, count))
        except csv.Error as error:
            if str(error) == OVER_BUDGET:
                del records
                self._one_by_one = True
                self._text.close()
                self._open()
                deque(islice(self._splitting.records, self._given), maxlen=0)
                return self._take_one_by_one(count)
            self.fault = error
        return records

    def _take_one_by_one(self, count: int) -> list[list[str]]:
        records: list[list[str]] = []
        start = self._blocks.offset
        while len(records) < count and self._blocks.offset - start < BATCH_LIMIT:
            self._blocks.budget = self._blocks.offset + RECORD_LIMIT
            try:
                record = next(self._splitting.records, None)
            except csv.Error as error:
                self.fault = error
                break
            if record is None:
                break
            if len(record) > WIDTH_LIMIT:
                self.fault = csv.Error(OVER_BUDGET)
                break
            records.append(record)
        return records

    def _open(self) -> None:
        self._blocks, self._text = self._begin()
        self._splitting = split(self._text, self._dialect)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._text.close()
