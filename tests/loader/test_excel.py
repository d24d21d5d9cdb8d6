"""A sheet is read as Excel shows it: values as text, rows and columns by Excel's own names."""

import datetime as dt
import os
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest

from leadsync.codes import Code
from leadsync.loader import open_source
from leadsync.loader.cells import number_text, time_text
from leadsync.records import SourceOptions


@pytest.fixture
def read_book(tmp_path: Path, read: Callable[..., Any], workbook: Callable[..., bytes]) -> Callable[..., Any]:
    """Give a function that writes sheets to a workbook and reads one of them."""

    def read_sheets(sheets: dict[str, Any] | bytes, size: int = 5000, **options: Any) -> Any:
        path = tmp_path / "contacts.xlsx"
        path.write_bytes(workbook(sheets) if isinstance(sheets, dict) else sheets)
        return read(path, SourceOptions(**options), size)

    return read_sheets


VALUES = [
    ("00123", "00123"),
    (" x ", " x "),
    ("=1+1", "=1+1"),
    ("NA", "NA"),
    ("two\nlines", "two\nlines"),
    (None, ""),
    (123, "123"),
    (123.0, "123"),
    (-7, "-7"),
    (12345678901, "12345678901"),
    (1.5, "1.5"),
    (0.1, "0.1"),
    (True, "TRUE"),
    (False, "FALSE"),
    (dt.date(2026, 3, 4), "2026-03-04"),
    (dt.datetime(2026, 3, 4, 5, 6, 7), "2026-03-04 05:06:07"),  # a cell has no time zone
    (dt.time(5, 6, 7), "05:06:07"),
    (dt.timedelta(hours=27, minutes=1), "27:01:00"),
]


@pytest.mark.parametrize(("value", "text"), VALUES)
def test_a_cell_becomes_the_text_that_a_person_reads(read_book: Callable[..., Any], value: Any, text: str) -> None:
    """Text as it is, numbers without `.0`, dates in ISO."""
    assert read_book({"Leads": [["h", "x"], [value, "x"]]}).rows == [[text, "x"]]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (0.1 + 0.2, "0.3"),
        (1 / 3, "0.333333333333333"),
        (999999999999999.0, "999999999999999"),
        (1234567890123456789.0, "1234567890123460000"),
        (1e20, "100000000000000000000"),
        (1e21, "1E+21"),
        (1.5e300, "1.5E+300"),
        (0.0000012, "0.0000012"),
        (-1e-15, "-0.000000000000001"),
        (1e-16, "1E-16"),
        (7, "7"),
    ],
)
def test_a_number_has_15_digits_and_no_exponent_where_excel_needs_none(number: float, text: str) -> None:
    """As in the formula bar."""
    assert number_text(number) == text


def test_a_time_is_rounded_to_the_second_within_its_day() -> None:
    """Excel keeps times as fractions of a day, which seldom end on a second."""
    assert time_text(dt.time(5, 6, 6, 999_999)) == "05:06:07"
    assert time_text(dt.time(23, 59, 59, 999_999)) == "23:59:59"


def test_headers_are_text_by_the_same_rule(read_book: Callable[..., Any]) -> None:
    """A year above a column is `2026`, not `2026.0`."""
    table = read_book({"Leads": [["Name", 2026, None, dt.date(2026, 1, 2)], [1, 2, 3, 4]]})
    assert table.headers == ("Name", "2026", "", "2026-01-02")


def test_the_first_visible_sheet_is_read_unless_another_is_named(tmp_path: Path, read: Callable[..., Any]) -> None:
    """By name or by place; hidden sheets count among the places."""
    book = openpyxl.Workbook()
    book.active.title = "Hidden"
    book.active.sheet_state = "hidden"
    book.active.append(["h"])
    for title in ("Leads", "More"):
        book.create_sheet(title).append([title])
    book.save(tmp_path / "contacts.XLSX")
    for sheet, title in [(None, "Leads"), ("More", "More"), (3, "More"), (2, "Leads"), (1, "Hidden")]:
        assert read(tmp_path / "contacts.XLSX", SourceOptions(sheet=sheet)).sheet == title


def test_rows_and_columns_have_the_names_that_excel_shows(tmp_path: Path, read: Callable[..., Any]) -> None:
    """A table that begins at C4 is told of as C4."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Leads"
    for place, value in {"C4": "Name", "D4": "leadsync_x", "E4": "Phone", "C6": "Bo", "E7": "1"}.items():
        sheet[place] = value
    book.save(tmp_path / "contacts.xlsx")
    table = read(tmp_path / "contacts.xlsx", SourceOptions(header_row=4))
    assert table.headers == ("Name", "Phone")
    assert table.numbers == [5, 6, 7]
    assert table.rows == [["", ""], ["Bo", ""], ["", "1"]]
    chunk = table.chunks[0]
    assert [str(chunk.cell(1, 0)), str(chunk.cell(2, 1))] == ["Leads!C6", "Leads!E7"]


def test_blank_columns_at_the_right_end_are_dropped_only_if_they_hold_nothing(read_book: Callable[..., Any]) -> None:
    """A value without a header is kept, so that somebody sees it."""
    rows = [["title", "", "", "", "wide"], ["a", "b"], ["1", "2"], ["3", "4"]]
    assert read_book({"Leads": rows}, header_row=2).headers == ("a", "b")
    rows[3] = ["3", "4", "note"]
    table = read_book({"Leads": rows}, header_row=2)
    assert table.headers == ("a", "b", "")
    assert table.rows[1] == ["3", "4", "note"]


@pytest.mark.parametrize("size", [1, 2, 3])
def test_chunks_join_without_gap_or_overlap(read_book: Callable[..., Any], size: int) -> None:
    """Positions and row numbers go on from chunk to chunk; a blank row between is a row."""
    table = read_book({"Leads": [["h"], [1], [None], [2], [3], ["x"]]}, size=size)
    assert table.rows == [["1"], [""], ["2"], ["3"], ["x"]]
    assert table.numbers == [2, 3, 4, 5, 6]
    assert [chunk.first for chunk in table.chunks] == list(range(0, 5, size))


def test_the_estimate_is_the_height_below_the_header(tmp_path: Path, workbook: Callable[..., bytes]) -> None:
    """And a sheet can be read twice."""
    path = tmp_path / "contacts.xlsx"
    path.write_bytes(workbook({"Leads": [["x"], ["h"], ["1"], ["2"]]}))
    with open_source(str(path), SourceOptions(header_row=2)) as source:
        assert source.estimate_rows() == 2
        assert [sum(map(len, source.chunks(0))) for _ in range(2)] == [2, 2]


def test_a_number_that_is_none_makes_its_row_invalid(
    read_book: Callable[..., Any], workbook: Callable[..., bytes]
) -> None:
    """Only a damaged or hostile workbook has it; it must not be sent as `nan`."""
    content = BytesIO()
    with ZipFile(BytesIO(workbook({"Leads": [["h"], [777001], [2]]}))) as book, ZipFile(content, "w") as damaged:
        for name in book.namelist():
            damaged.writestr(name, book.read(name).replace(b"<v>777001</v>", b"<v>NaN</v>"))
    table = read_book(content.getvalue())
    assert table.rows == [[""], ["2"]]
    assert table.issues[2].code == Code.INVALID_NUMBER
    assert str(table.issues[2].cell) == "Leads!A2"


def test_a_chunk_of_wide_rows_has_fewer_of_them(tmp_path: Path, workbook: Callable[..., bytes]) -> None:
    """Memory is taken by cells."""
    path = tmp_path / "contacts.xlsx"
    path.write_bytes(workbook({"Leads": [["h"] * 10_000, *([["x"]] * 50)]}))
    with open_source(str(path), SourceOptions()) as source:
        assert [len(chunk) for chunk in source.chunks(0)] == [20, 20, 10]


def test_a_workbook_whose_name_is_not_utf_8_is_opened_and_shown_as_text(
    tmp_path: Path, workbook: Callable[..., bytes]
) -> None:
    """It is opened by its bytes."""
    path = tmp_path / os.fsdecode(b"x\xff.xlsx")
    path.write_bytes(workbook({"Leads": [["a"], ["1"]]}))
    with open_source(str(path), SourceOptions()) as source:
        assert source.name == f"{tmp_path}/x\\xff.xlsx"
        assert [chunk.column(0) for chunk in source.chunks(0)] == [["1"]]
