"""What the loader's tests share: writing real files and reading them back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import openpyxl
import pytest

from leadsync.errors import SourceError
from leadsync.loader import open_source
from leadsync.records import Chunk, Issue, SourceOptions


@dataclass(frozen=True, slots=True)
class Table:
    """A source read to its end."""

    sheet: str
    headers: tuple[str, ...]
    numbers: list[int]
    rows: list[list[str]]
    issues: dict[int, Issue]
    """By row number."""
    left_out: dict[int, Issue]
    """By row number."""
    chunks: list[Chunk]


def read_table(
    path: Path | str,
    options: SourceOptions | None = None,
    size: int = 5000,
    stdin: BinaryIO | None = None,
) -> Table:
    """Open a source and read all of it."""
    with open_source(str(path), options or SourceOptions(), stdin=stdin) as source:
        chunks = list(source.chunks(0, size))
        return Table(
            source.sheet,
            source.headers,
            [number for chunk in chunks for number in chunk.numbers],
            [row for chunk in chunks for row in chunk.frame.to_numpy().tolist()],
            {chunk.numbers[row]: issue for chunk in chunks for row, issue in chunk.issues.items()},
            {chunk.numbers[row]: issue for chunk in chunks for row, issue in chunk.left_out.items()},
            chunks,
        )


@pytest.fixture(scope="session")
def read() -> Callable[..., Table]:
    """Give the function that opens a source and reads all of it."""
    return read_table


@pytest.fixture
def read_bytes(tmp_path: Path) -> Callable[..., Table]:
    """Give a function that reads bytes as a file of some name."""

    def read(content: bytes, name: str = "contacts.csv", size: int = 5000, **options: Any) -> Table:
        path = tmp_path / name
        path.write_bytes(content)
        return read_table(path, SourceOptions(**options), size)

    return read


@pytest.fixture
def refusal(tmp_path: Path) -> Callable[..., str]:
    """Give a function that reads bytes as a file of some name, and gives the sentence of the refusal."""

    def refuse(content: bytes, name: str = "contacts.csv", **options: Any) -> str:
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(SourceError) as caught:
            read_table(path, SourceOptions(**options))
        assert str(path) in caught.value.message
        return caught.value.message.replace(f"{tmp_path}/", "")

    return refuse


def workbook_bytes(sheets: dict[str, Sequence[Sequence[Any]]]) -> bytes:
    """Write a workbook; text stays text, even `=1+1`."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row, 1):
                cell = sheet.cell(number, column)
                cell.value = value
                if isinstance(value, str):
                    cell.data_type = "s"
    content = BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.fixture(scope="session")
def workbook() -> Callable[..., bytes]:
    """Give the function that writes a workbook."""
    return workbook_bytes
