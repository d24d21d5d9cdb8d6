"""What every kind of source has in common: its options, its interface, its columns."""

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from types import TracebackType
from typing import BinaryIO, Self

import numpy as np
import numpy.typing as npt
import pandas as pd

from leadsync.errors import SourceError
from leadsync.harmless import restored
from leadsync.loader.helper_columns import HELPER_PREFIX, HelperColumns
from leadsync.records import Chunk

_BLOCK = 1 << 20
"""Bytes read at a time where a whole file is."""

CHUNK_CELLS = 200_000
"""Cells of a chunk: beyond 100 columns it has fewer rows (1,500 rows of 10,000 columns took 1.3 GB, measured)."""


class WorkbookKind(StrEnum):
    """What a workbook is by its content, whatever its name says."""

    XLSX = "xlsx"
    """Also .xlsm, and the templates of both."""
    XLSB = "xlsb"
    XLS = "xls"
    """Excel 97-2003, and 5.0/95."""
    ODS = "ods"


class Source(ABC):
    """One open table of text: a CSV file, standard input, or one sheet of a workbook.

    A context manager. It can be read more than once, and is used by one thread at a time.
    """

    def __init__(self, name: str, sheet: str, layout: "Layout") -> None:
        self.name = name
        """The file as the user named it, or `-`; always text that can be printed."""
        self.sheet = sheet
        """The sheet's name; for a CSV file its file name; for standard input `stdin`. It may be given another label
        before reading, where several sources have sheets of one name."""
        self.layout = layout
        self.piped: BinaryIO | None = None
        """What came by a pipe or from an address, and so can be read by this process only; None for a file."""
        self.sheets: tuple[str, ...] = ()
        """The names of all sheets of a workbook that can be read, without the summaries that our reports add."""
        self.read_as: tuple[str, ...] = ()
        """What was found out about the file without being declared, and how it is declared; a sentence each."""
        self.written: Mapping[str, str] = {}
        """How a CSV file is written, declared or found: its `encoding` and its `delimiter`."""
        self.held = ExitStack()
        """The files that stay open as long as the source."""

    @property
    def headers(self) -> tuple[str, ...]:
        """Give the headers as read, without the helper columns of our own reports; they may repeat."""
        return self.layout.headers

    @abstractmethod
    def estimate_rows(self) -> int | None:
        """Give about how many rows will be read, without reading them; None where nobody can know."""

    @abstractmethod
    def chunks(self, first: int, size: int = 2000) -> Iterator[Chunk]:
        """Read all rows below the header, from the first, `size` at a time, or fewer where they are wide.

        `first` is the position of the first row among all rows of the run, from 0. Blank rows are rows too.
        Raises SourceError where the file cannot be read on; rows handed out before that are sound.
        """

    @abstractmethod
    def close(self) -> None:
        """Let go of the file; what it was unpacked or copied into is closed at the end of the context."""

    @abstractmethod
    def sha256(self) -> str:
        """Give the SHA-256 of the file as it was opened, in hexadecimal; raises OSError. Not while rows are read."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self.held:
            self.close()


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a file, and which of them are kept."""

    headers: tuple[str, ...]
    """Of the kept columns."""
    kept: tuple[int, ...]
    """For each kept column its place among the cells of a row, from 0."""
    width: int
    """How many cells the header row has, dropped columns counted."""
    named: int
    """How many cells the header row has without blank ones at its right end."""
    left: int = 0
    """How many columns of the file stand to the left of the first cell of a row."""
    helpers: HelperColumns | None = None
    """In a report of our own: the columns that tell of its rows; None where it has none of them."""

    @classmethod
    def of(cls, header: Sequence[str], name: str, left: int = 0, end: int | None = None) -> Self:
        """Drop the helper columns of a header row; raises SourceError where no other column has a header.

        Columns from `end` on are dropped too. Where the report has cells with an apostrophe, its headers lose theirs.
        """
        helpers = HelperColumns.of(header)
        kept = tuple(place for place, text in enumerate(header[:end]) if not text.startswith(HELPER_PREFIX))
        if helpers and helpers.escaped is not None:
            header = list(map(restored, header))
        if not any(header[place].strip() for place in kept):
            raise SourceError(
                f"{name} holds only columns of a leadsync report and none of a source; "
                "name the file that the report was made from."
            )
        named = max(place for place, text in enumerate(header) if text.strip()) + 1
        return cls(tuple(header[place] for place in kept), kept, len(header), named, left, helpers)

    @property
    def is_report(self) -> bool:
        """Tell whether some columns are those of a report of ours."""
        return len(self.kept) < self.width

    @property
    def positions(self) -> tuple[int, ...] | None:
        """Give the place of each kept column in the file, from 0; None where they are simply counted up."""
        places = tuple(self.left + place for place in self.kept)
        return None if places == tuple(range(len(places))) else places


def sha256_of(file: BinaryIO) -> str:
    """Give the SHA-256 of an open file, from its first byte; raises OSError."""
    digest = hashlib.sha256()
    file.seek(0)
    while block := file.read(_BLOCK):
        digest.update(block)
    return digest.hexdigest()


def rows_at_a_time(size: int, width: int) -> int:
    """Give how many rows of so many cells a chunk may have: at most `size`, and at least one."""
    return min(size, max(1, CHUNK_CELLS // max(1, width)))


def frame_of_cells(cells: list[str], layout: Layout) -> pd.DataFrame:
    """Make the frame of a chunk from its cells, row after row, leaving out the dropped columns."""
    table = _array(cells, len(cells)).reshape(-1, layout.width)
    if len(layout.kept) < layout.width:
        table = table[:, layout.kept]
    return pd.DataFrame(table, dtype=object, copy=False)


def frame_of_columns(columns: Sequence[Sequence[str]], height: int) -> pd.DataFrame:
    """Make the frame of a chunk from its kept columns, each of `height` cells."""
    cells = _array(chain.from_iterable(columns), len(columns) * height)
    return pd.DataFrame(cells.reshape(len(columns), height).T, dtype=object, copy=False)


def _array(cells: Iterable[str], count: int) -> npt.NDArray[np.object_]:
    return np.fromiter(cells, dtype=object, count=count)


def blank_header(name: str, row: int, rows: Iterable[tuple[int, bool]]) -> SourceError:
    """Say that the header row is blank or missing; `rows` tells of each row whether it has content."""
    found = next((number for number, has_content in rows if has_content), None)
    if found is None:
        return SourceError(f"{name} holds no text at all; export it again.")
    return SourceError(
        f"{name} has no header in row {row}; the first row with content is row {found}: "
        f"declare `source: {{header_row: {found}}}` in the mapping if that is the header."
    )
