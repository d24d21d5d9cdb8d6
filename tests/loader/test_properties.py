"""Any table of text is read back cell for cell, and no bytes whatever give anything but rows or a sentence."""

import codecs
import contextlib
import csv
import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any, TypeAlias
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from corpus.nightly import examples
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from leadsync.errors import SourceError
from leadsync.records import SourceOptions

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
LOOKS_LIKE_MORE = st.sampled_from(
    ["00123", "1e5", "1.50", "=1+1", "-1", "TRUE", "2026-03-05", "25%", "#N/A", "NaN", "NULL", "'1", "1,5", "1.234,5"]
)
"""Texts that programs like to make something else of."""
CSV_TEXT = st.one_of(TEXT, st.text('a"\n\r,;\t| =\\', max_size=6), LOOKS_LIKE_MORE)
PLAIN_TEXT = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters='\0\r\n",;\t|'), max_size=8), LOOKS_LIKE_MORE
)
"""Texts that need no quotes, whatever the delimiter is; the commas come with the last of them."""
CsvForm: TypeAlias = tuple[str, int, bool]
"""The line end, where quotes are written, and whether those within a cell are doubled or escaped."""
ENCODINGS: dict[str, Callable[[str], bytes]] = {
    "utf-8": str.encode,
    "utf-8-sig": lambda text: text.encode("utf-8-sig"),
    "utf-16": lambda text: codecs.BOM_UTF16_LE + text.encode("utf-16-le"),
    "utf-16 the other way": lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
}
DECLARED = ["utf-16-le", "utf-16-be", "gb18030", "cp1252", "latin-1", "cp850"]


def _as_xml_carries(text: str) -> str:
    """Leave out what .xlsx cannot carry.

    XML has no control characters, Excel reads `_x000D_` as the character of that number, and openpyxl writes a
    cell of nothing but white space in a way that XML readers may drop.
    """
    carried = "".join(mark for mark in text if mark.isprintable() or mark in "\t\n").replace("_x", "-x")
    return carried if carried.strip() else ""


XML_TEXT = st.one_of(TEXT, st.text("a\"\n,=' &<_", max_size=6), LOOKS_LIKE_MORE).map(_as_xml_carries)
MOMENTS = st.datetimes(dt.datetime(1900, 3, 1), dt.datetime(9999, 12, 31)).map(lambda at: at.replace(microsecond=0))
TYPED = st.one_of(
    st.integers(1 - 10**15, 10**15 - 1),
    # openpyxl writes 16 digits; Excel's numbers end at 9.99E+307.
    st.floats(-9.99e307, 9.99e307).map(lambda value: float(f"{value:.16g}")),
    st.decimals(-(10**9), 10**9, places=2).map(float),
    st.booleans(),
    MOMENTS,
    MOMENTS.map(dt.datetime.date),
    st.times().map(lambda at: at.replace(microsecond=0)),
    XML_TEXT,
)
"""What a cell of a workbook may be."""


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


def as_csv(table: tuple[list[str], list[list[str]]], delimiter: str, form: CsvForm) -> str:
    """Write a table as the csv module does."""
    header, rows = table
    end, quoting, is_doubled = form
    text = StringIO(newline="")
    csv.writer(
        text,
        delimiter=delimiter,
        lineterminator=end,
        quoting=quoting,  # type: ignore[arg-type]  # one of the module's own numbers
        doublequote=is_doubled,
        escapechar=None if is_doubled else "\\",
    ).writerows([header, *rows])
    return text.getvalue()


def assert_read_back(result: Any, table: tuple[list[str], list[list[str]]]) -> None:
    """Hold that what was read is the table, and that nothing is said of it."""
    header, rows = table
    assert result.headers == tuple(header)
    assert result.rows == rows
    assert result.numbers == list(range(2, len(rows) + 2))
    assert not result.issues


DELIMITERS = st.sampled_from(",;\t|")
SIZES = st.sampled_from([1, 2, 3, 5000])
QUOTED: list[CsvForm] = [(end, csv.QUOTE_ALL, True) for end in ("\r\n", "\n", "\r")]
# With another line end than CRLF, the writer leaves a lone CR or LF in a cell unquoted: two rows to any reader.
FORMS: list[CsvForm] = [*QUOTED, ("\r\n", csv.QUOTE_MINIMAL, True)]


@settings(max_examples=examples(200, 6000), deadline=None)
@given(tables(CSV_TEXT), DELIMITERS, st.sampled_from(FORMS), st.sampled_from(list(ENCODINGS)), SIZES)
def test_any_table_written_as_csv_is_read_back(
    folder: Path,
    read: Callable[..., Any],
    table: tuple[list[str], list[list[str]]],
    delimiter: str,
    form: CsvForm,
    encoding: str,
    size: int,
) -> None:
    """Cell for cell, with the row number of each."""
    path = folder / "any.csv"
    path.write_bytes(ENCODINGS[encoding](as_csv(table, delimiter, form)))
    assert_read_back(read(path, SourceOptions(delimiter=delimiter), size), table)


@settings(max_examples=examples(50, 1000), deadline=None)
@given(tables(CSV_TEXT), DELIMITERS, st.sampled_from(QUOTED), st.sampled_from(DECLARED))
def test_any_table_in_a_declared_encoding_is_read_back(
    folder: Path,
    read: Callable[..., Any],
    table: tuple[list[str], list[list[str]]],
    delimiter: str,
    form: CsvForm,
    encoding: str,
) -> None:
    """Of the letters that the encoding has."""
    header, *rows = (
        [cell.encode(encoding, "ignore").decode(encoding) for cell in row] for row in (table[0], *table[1])
    )
    path = folder / "any.csv"
    path.write_bytes(as_csv((header, rows), delimiter, form).encode(encoding))
    assert_read_back(read(path, SourceOptions(delimiter=delimiter, encoding=encoding)), (header, rows))


@settings(max_examples=examples(50, 1000), deadline=None)
@given(tables(CSV_TEXT), DELIMITERS, st.sampled_from(QUOTED))
def test_the_delimiter_of_any_quoted_table_is_found(
    folder: Path,
    read: Callable[..., Any],
    table: tuple[list[str], list[list[str]]],
    delimiter: str,
    form: CsvForm,
) -> None:
    """Two columns are enough; whatever stands in the cells."""
    assume(len(table[0]) > 1)
    path = folder / "any.csv"
    path.write_text(as_csv(table, delimiter, form), encoding="utf-8", newline="")
    assert_read_back(read(path, SourceOptions()), table)


@settings(max_examples=examples(40, 1000), deadline=None)
@given(tables(PLAIN_TEXT), DELIMITERS, st.sampled_from(["\r\n", "\n", "\r"]))
def test_any_table_without_quotes_is_read_back(
    folder: Path, read: Callable[..., Any], table: tuple[list[str], list[list[str]]], delimiter: str, end: str
) -> None:
    """With the delimiter declared, and no cell that holds it."""
    header, rows = table
    assume(not any(delimiter in cell for row in (header, *rows) for cell in row))
    path = folder / "any.csv"
    content = "".join(delimiter.join(row) + end for row in (header, *rows))
    path.write_text(content, encoding="utf-8", newline="")
    assert_read_back(read(path, SourceOptions(delimiter=delimiter)), table)


@settings(max_examples=examples(40, 1000), deadline=None)
@given(tables(CSV_TEXT), DELIMITERS, st.sampled_from(["\r\n", "\n"]))
def test_any_table_with_escaped_quotes_is_read_back(
    folder: Path, read: Callable[..., Any], table: tuple[list[str], list[list[str]]], delimiter: str, end: str
) -> None:
    """Where it cannot be read as one that doubles its quotes."""
    content = as_csv(table, delimiter, (end, csv.QUOTE_ALL, False))
    with contextlib.suppress(csv.Error):
        list(csv.reader(StringIO(content, newline=""), delimiter=delimiter, strict=True))
        assume(False)
    path = folder / "any.csv"
    path.write_text(content, encoding="utf-8", newline="")
    assert_read_back(read(path, SourceOptions(delimiter=delimiter)), table)


@settings(max_examples=examples(60, 1000), deadline=None)
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


@settings(max_examples=examples(60, 1000), deadline=None)
@given(tables(TYPED), SIZES)
def test_numbers_dates_and_booleans_of_a_workbook_come_as_their_own_text(
    folder: Path,
    read: Callable[..., Any],
    workbook: Callable[..., bytes],
    table: tuple[list[str], list[list[Any]]],
    size: int,
) -> None:
    """A number has its 15 digits and no more, a date no other day, a whole number no decimals."""
    header, rows = table
    header = [_as_xml_carries(name) for name in header]
    while rows and not any(cell not in {"", None} for cell in rows[-1]):
        rows.pop()
    path = folder / "any.xlsx"
    path.write_bytes(workbook({"Leads": [header, *([None if cell == "" else cell for cell in row] for row in rows)]}))
    result = read(path, SourceOptions(), size)
    assert len(result.rows) == len(rows)
    for texts, row in zip(result.rows, rows, strict=True):
        for text, value in zip(texts, row, strict=True):
            assert_canonical(text, value)


def assert_canonical(text: str, value: Any) -> None:
    """Hold that a text is how a value is written."""
    match value:
        case str():
            assert text == value
        case bool():
            assert text == ("TRUE" if value else "FALSE")
        case dt.datetime():
            assert text in {str(value), str(value.date())}
            assert (text == str(value.date())) == (value.time() == dt.time())
        case dt.date() | dt.time():
            assert text == str(value)
        case _:
            assert Decimal(text) == Decimal(f"{value:.15g}")
            assert len(text.strip("-").replace(".", "").strip("0")) <= 15 or "E" in text
            assert not text.endswith((".0", "."))
            assert not text.startswith(("+", "."))


@settings(max_examples=examples(400, 2000), deadline=None)
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


@settings(max_examples=examples(300, 2000), deadline=None)
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
