"""Any table of text is read back cell for cell, and no bytes whatever give anything but rows or a sentence."""

import contextlib
import csv
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadsync.errors import SourceError
from leadsync.records import SourceOptions

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
CSV_TEXT = st.one_of(TEXT, st.text('a"\n\r,;\t| =', max_size=6))


def _as_xml_carries(text: str) -> str:
    """Leave out what .xlsx cannot carry.

    XML has no control characters, Excel reads `_x000D_` as the character of that number, and openpyxl writes a
    cell of nothing but white space in a way that XML readers may drop.
    """
    carried = "".join(mark for mark in text if mark.isprintable() or mark in "\t\n").replace("_x", "-x")
    return carried if carried.strip() else ""


XML_TEXT = st.one_of(TEXT, st.text("a\"\n,=' &<_", max_size=6)).map(_as_xml_carries)


def tables(cells: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[list[str], list[list[str]]]]:
    """Give tables: a header row without blanks, and rows of the same width."""
    return st.integers(1, 5).flatmap(
        lambda width: st.tuples(
            st.lists(cells.map("h{}".format), min_size=width, max_size=width),
            st.lists(st.lists(cells, min_size=width, max_size=width), max_size=7),
        )
    )


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder for all examples: each writes its file anew."""
    return tmp_path_factory.mktemp("examples")


@pytest.fixture(scope="session")
def sound_workbook(workbook: Callable[..., bytes]) -> bytes:
    """Give one workbook for all examples: openpyxl puts the time of writing into each."""
    return workbook({"Leads": [["a", "b"], ["x", 1.5], [True, None], ["y", 46085]]})


@settings(max_examples=400, deadline=None)
@given(
    tables(CSV_TEXT),
    st.sampled_from(",;\t|"),
    # With another line end than CRLF, the writer leaves a lone CR or LF in a cell unquoted: two rows to any reader.
    st.sampled_from(
        [("\r\n", csv.QUOTE_MINIMAL), ("\r\n", csv.QUOTE_ALL), ("\n", csv.QUOTE_ALL), ("\r", csv.QUOTE_ALL)]
    ),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.sampled_from([1, 2, 3, 5000]),
)
def test_any_table_written_as_csv_is_read_back(
    folder: Path,
    read: Callable[..., Any],
    table: tuple[list[str], list[list[str]]],
    delimiter: str,
    form: tuple[str, Any],
    encoding: str | None,
    size: int,
) -> None:
    """Cell for cell, with the row number of each."""
    header, rows = table
    end, quoting = form
    text = StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows([header, *rows])
    path = folder / "any.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    result = read(path, SourceOptions(delimiter=delimiter), size)
    assert result.headers == tuple(header)
    assert result.rows == rows
    assert result.numbers == list(range(2, len(rows) + 2))
    assert not result.issues


@settings(max_examples=80, deadline=None)
@given(tables(XML_TEXT), st.sampled_from([1, 2, 3, 5000]))
def test_any_table_written_as_xlsx_is_read_back(
    folder: Path,
    read: Callable[..., Any],
    workbook: Callable[..., bytes],
    table: tuple[list[str], list[list[str]]],
    size: int,
) -> None:
    """Cell for cell, with the row number of each; blank rows at the end are not in the file."""
    header, rows = table
    while rows and not any(rows[-1]):
        rows.pop()
    path = folder / "any.xlsx"
    path.write_bytes(workbook({"Leads": [header, *([cell or None for cell in row] for row in rows)]}))
    result = read(path, SourceOptions(), size)
    assert result.headers == tuple(header)
    assert result.rows == rows
    assert result.numbers == list(range(2, len(rows) + 2))


@settings(max_examples=400, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=200),
        st.text('ab1"\n\r,;\0sep=', max_size=60).map(str.encode),
        st.binary(max_size=60).map(lambda tail: b'leadsync_sheet,a\nx,"y"\n' + tail),
    ),
    st.sampled_from([None, "cp1252", "utf-16", "shift_jis"]),
    st.integers(1, 3),
)
def test_any_bytes_as_csv_give_rows_or_a_sentence(
    folder: Path, read: Callable[..., Any], content: bytes, encoding: str | None, header_row: int
) -> None:
    """Never another exception."""
    path = folder / "fuzz.csv"
    path.write_bytes(content)
    with contextlib.suppress(SourceError):
        read(path, SourceOptions(encoding=encoding, header_row=header_row))


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_damaged_workbook_gives_rows_or_a_sentence(
    folder: Path, read: Callable[..., Any], sound_workbook: bytes, data: st.DataObject
) -> None:
    """Cut, with bytes changed, or with letters changed in the XML inside: never another exception."""
    content = sound_workbook
    kind = data.draw(st.sampled_from(["cut", "bytes", "xml"]))
    if kind == "cut":
        content = content[: data.draw(st.integers(0, len(content) - 1))]
    elif kind == "bytes":
        content = _damage(content, data, st.integers(0, 255))
    else:
        content = _damage_part(content, data)
    path = folder / "fuzz.xlsx"
    path.write_bytes(content)
    with contextlib.suppress(SourceError):
        read(path)


def _damage(content: bytes, data: st.DataObject, letters: st.SearchStrategy[int]) -> bytes:
    damaged = bytearray(content)
    for place, letter in data.draw(
        st.lists(st.tuples(st.integers(0, len(content) - 1), letters), min_size=1, max_size=6)
    ):
        damaged[place] = letter
    return bytes(damaged)


def _damage_part(content: bytes, data: st.DataObject) -> bytes:
    result = BytesIO()
    with ZipFile(BytesIO(content)) as book, ZipFile(result, "w", ZIP_DEFLATED) as damaged:
        victim = data.draw(st.sampled_from([name for name in book.namelist() if "xl/" in name]))
        for name in book.namelist():
            part = book.read(name)
            damaged.writestr(name, _damage(part, data, st.integers(32, 90)) if name == victim else part)
    return result.getvalue()
