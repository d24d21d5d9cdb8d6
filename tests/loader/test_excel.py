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
from workbook_xml import book_bytes, book_parts, relations, sheet_xml

from leadsync.codes import Code
from leadsync.errors import SourceError
from leadsync.loader import open_source
from leadsync.loader.base import WorkbookKind
from leadsync.loader.workbook.cells import duration_text, iso_text, number_text, time_text
from leadsync.loader.workbook.source import ExcelSource
from leadsync.records import Chunk, HiddenRows, SourceOptions


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


def test_a_number_that_is_none_is_a_fault_of_its_cell(
    read_book: Callable[..., Any], workbook: Callable[..., bytes]
) -> None:
    """Only a damaged or hostile workbook has it; it must not be sent as `nan`."""
    content = BytesIO()
    with ZipFile(BytesIO(workbook({"Leads": [["h"], [777001], [2]]}))) as book, ZipFile(content, "w") as damaged:
        for name in book.namelist():
            damaged.writestr(name, book.read(name).replace(b"<v>777001</v>", b"<v>NaN</v>"))
    table = read_book(content.getvalue())
    assert table.rows == [[""], ["2"]]
    issue = table.chunks[0].faults[0][0]
    assert issue.code == Code.INVALID_NUMBER
    assert str(issue.cell) == "Leads!A2"


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


@pytest.fixture
def read_xml(tmp_path: Path) -> Callable[..., Chunk]:
    """Give a function that writes a workbook by hand and reads it as one chunk."""

    def read(rows: str, options: SourceOptions | None = None, **parts: Any) -> Chunk:
        path = tmp_path / "leads.xlsx"
        path.write_bytes(book_bytes(book_parts(rows, **parts)))
        with ExcelSource(path, str(path), options or SourceOptions(), WorkbookKind.XLSX) as source:
            return next(source.chunks(0))

    return read


HEADER = '<row r="1"><c r="A1" t="str"><v>h</v></c><c r="B1" t="str"><v>x</v></c></row>'


def second_row(cell: str) -> str:
    """Write a header, and a row with this cell before another one."""
    first = cell.replace("<c", '<c r="A2"', 1)
    return f'{HEADER}<row r="2">{first}<c r="B2"><v>1</v></c></row>'


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<t>plain</t>", "plain"),
        ("<t> cut </t>", "cut"),
        ('<t xml:space="preserve"> kept </t>', " kept "),
        ('<r><t>rich</t></r><r><rPr><b/></rPr><t xml:space="preserve"> text</t></r>', "rich text"),
        ('<t>漢字</t><rPh sb="0" eb="2"><t>かんじ</t></rPh><phoneticPr fontId="1"/>', "漢字"),
        ("<t>one&#10;two&#13;&#10;three</t>", "one\ntwo\r\nthree"),
        ("<t>one_x000D_\ntwo</t>", "one\r\ntwo"),
        ("<t>_x005F_x000D_</t>", "_x000D_"),
        ("<t>&amp;&lt;&#x41;</t>", "&<A"),
        ("<t/>", ""),
        ("", ""),
    ],
)
def test_a_text_is_what_excel_shows_shared_or_in_its_cell(
    read_xml: Callable[..., Chunk], text: str, shown: str
) -> None:
    """Rich text without its dress, no phonetic guides, blanks where they are declared, escapes resolved."""
    strings = f"<si><t>before</t></si><si>{text}</si><si><t>behind</t></si>"
    for cell in ('<c t="s"><v>1</v></c>', f'<c t="inlineStr"><is>{text}</is></c>'):
        chunk = read_xml(second_row(cell), strings=strings)
        assert chunk.column(0) == [shown]
        assert 0 not in chunk.typed


@pytest.mark.parametrize(
    ("cell", "text", "code"),
    [
        ('<c t="e"><v>#N/A</v></c>', "#N/A", Code.ERROR_VALUE),
        ('<c t="e" s="2"><f>A1/0</f><v>#DIV/0!</v></c>', "#DIV/0!", Code.ERROR_VALUE),
        ("<c><f>A1+1</f></c>", "", Code.NOT_CALCULATED),
        ("<c><f>A1+1</f><v></v></c>", "", Code.NOT_CALCULATED),
        ('<c><f t="shared" si="0"/><v/></c>', "", Code.NOT_CALCULATED),
        ('<c t="str"><f>A1</f></c>', "", Code.NOT_CALCULATED),
        ('<c t="str"><f>A1</f><v></v></c>', "", None),
        ('<c t="str"><f>A1&amp;B1</f><v>a</v></c>', "a", None),
        ('<c><f t="array" ref="A2:A3">A1:A2</f><v>5</v></c>', "5", None),
        ("<c><v>1000000000000000</v></c>", "1000000000000000", Code.DIGITS_LOST),
        ("<c><v>-12345678901234567890</v></c>", "-12345678901234600000", Code.DIGITS_LOST),
        ("<c><v>999999999999999</v></c>", "999999999999999", None),
        ('<c s="1"><v>1.5</v></c>', "1.5", Code.INVALID_NUMBER),
        ('<c s="2"><v>0</v></c>', "0", Code.INVALID_DATE),
        ('<c s="2"><v>60</v></c>', "60", Code.INVALID_DATE),
        ('<c s="2"><v>-1</v></c>', "-1", Code.INVALID_DATE),
        ('<c s="2"><v>2958466</v></c>', "2958466", Code.INVALID_DATE),
    ],
)
def test_a_cell_without_a_sure_value_is_a_fault_with_its_place(
    read_xml: Callable[..., Chunk], cell: str, text: str, code: Code | None
) -> None:
    """Its text is what the user sees; whether it matters, the mapping knows."""
    chunk = read_xml(second_row(cell), styles=[0, "00000", 14])
    assert chunk.column(0) == [text]
    faults = chunk.faults.get(0, {})
    assert [fault.code for fault in faults.values()] == ([code] if code else [])
    assert all(fault.message.startswith("Leads!A2 ") and fault.message.endswith(".") for fault in faults.values())


def test_a_format_decides_the_text_and_whether_it_still_is_a_value(read_xml: Callable[..., Chunk]) -> None:
    """`00123` is a text, `25%` a number, a date a date."""
    styles: list[str | int] = ["00000", 9, 14, 22, "[h]:mm", "0.0", 20]
    cells = "".join(
        f'<c s="{style}"><v>{value}</v></c>'
        for style, value in enumerate((7, 0.255, 46000, 46000.25, 1.125, 2.25, 0.5))
    )
    header = "".join(f'<c t="str"><v>{number}</v></c>' for number in range(7))
    chunk = read_xml(f"<row>{header}</row><row>{cells}</row>", styles=styles)
    assert chunk.frame.to_numpy().tolist() == [
        ["00007", "25.5%", "2025-12-09", "2025-12-09 06:00:00", "27:00:00", "2.25", "12:00:00"]
    ]
    assert set(chunk.typed) == {1, 2, 3, 4, 5, 6}


def test_days_are_counted_from_1904_where_the_workbook_says_so(read_xml: Callable[..., Chunk]) -> None:
    """As those of an old Mac."""
    for value, text in [("0", "1904-01-01"), ("0.5", "1904-01-01 12:00:00"), ("44624", "2026-03-05")]:
        chunk = read_xml(second_row(f'<c s="0"><v>{value}</v></c>'), styles=[14], is_1904=True)
        assert chunk.column(0) == [text]


def test_a_date_written_as_text_loses_its_zone_and_nothing_else() -> None:
    """No time is shifted."""
    assert iso_text("2026-03-04T23:30:00Z") == "2026-03-04 23:30:00"
    assert iso_text("2026-03-04T23:30:00+01:00") == "2026-03-04 23:30:00"
    assert iso_text("23:30:00") == "23:30:00"
    assert iso_text("tomorrow") == ""


def test_a_duration_is_rounded_to_the_second() -> None:
    """A tenth of a thousandth of a second short of an hour is an hour."""
    assert duration_text(dt.timedelta(seconds=3599.9999)) == "1:00:00"
    assert duration_text(dt.timedelta(seconds=-90)) == "-0:01:30"


def test_hidden_rows_are_told_and_left_out_only_if_the_mapping_says_so(read_xml: Callable[..., Chunk]) -> None:
    """By hand or by a filter: the file tells both in one way."""
    rows = HEADER + "".join(
        f'<row r="{number}"{hidden}><c r="A{number}"><v>{number}</v></c></row>'
        for number, hidden in enumerate(("", ' hidden="1"', ' hidden="0"', " ht='3' hidden='true'"), 2)
    )
    for choice, left_out in [(HiddenRows.INCLUDE, set()), (HiddenRows.SKIP, {1, 3})]:
        chunk = read_xml(rows, SourceOptions(hidden_rows=choice))
        assert chunk.column(0) == ["2", "3", "4", "5"]
        assert chunk.hidden == {1, 3}
        assert set(chunk.left_out) == left_out
        assert all(issue.code == Code.HIDDEN_ROW for issue in chunk.left_out.values())


def test_the_table_ends_where_the_options_say(read_xml: Callable[..., Chunk]) -> None:
    """In a workbook as in a CSV file."""
    rows = HEADER + "".join(f'<row r="{number}"><c r="A{number}"><v>{number}</v></c></row>' for number in (2, 3, 5))
    assert set(read_xml(rows, SourceOptions(skip_footer=1)).left_out) == {3}
    assert set(read_xml(rows, SourceOptions(stop_at_blank=True)).left_out) == {2, 3}


def test_a_merged_header_is_that_of_all_of_its_cells(read_xml: Callable[..., Chunk]) -> None:
    """Sidewards it is there twice, so that a mapping that names it is told so; downwards it is the upper one's text."""
    rows = (
        '<row r="1"><c r="A1" t="str"><v>Name</v></c><c r="B1" t="str"><v>Phones</v></c></row>'
        '<row r="2"><c r="B2" t="str"><v>Phone</v></c><c r="C2"/></row><row r="3"><c r="A3"><v>1</v></c>'
        '<c r="B3"><v>2</v></c><c r="C3"><v>3</v></c></row>'
    )
    merged = '<mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="B1:C1"/><mergeCell ref=\'B2:C2\'/></mergeCells>'
    chunk = read_xml(rows, SourceOptions(header_row=2), end=merged)
    assert chunk.headers == ("Name", "Phone", "Phone")
    assert chunk.frame.to_numpy().tolist() == [["1", "2", "3"]]


def test_parts_are_found_by_their_relations_whatever_their_names(tmp_path: Path) -> None:
    """Absolute, relative, in other letters, in other folders."""
    parts = book_parts(second_row('<c t="s"><v>0</v></c>'), strings="<si><t>found</t></si>")
    moved = {
        "[Content_Types].xml": parts["[Content_Types].xml"],
        "_rels/.rels": relations(("officeDocument", "/Book/Main.XML")),
        "book/main.xml": parts["xl/workbook.xml"],
        "book/_rels/main.xml.rels": relations(("worksheet", "/other/one.xml"), ("sharedStrings", "../Texts.xml")),
        "other\\one.xml": parts["xl/worksheets/sheet1.xml"],
        "texts.xml": parts["xl/sharedStrings.xml"],
    }
    path = tmp_path / "leads.xlsx"
    path.write_bytes(book_bytes(moved))
    with ExcelSource(path, str(path), SourceOptions(), WorkbookKind.XLSX) as source:
        assert next(source.chunks(0)).column(0) == ["found"]


def test_a_sheet_may_be_empty(tmp_path: Path) -> None:
    """It says that there is nothing, and does not fail."""
    for sheet in (sheet_xml(""), sheet_xml("").replace("<sheetData></sheetData>", "<sheetData/>"), sheet_xml("<row/>")):
        path = tmp_path / "leads.xlsx"
        path.write_bytes(book_bytes(book_parts(sheet=sheet)))
        with pytest.raises(SourceError, match="holds no text at all"):
            ExcelSource(path, str(path), SourceOptions(), WorkbookKind.XLSX)


def test_a_cell_that_a_merged_one_covers_is_refused_and_not_blank(tmp_path: Path) -> None:
    """A person sees Acme in each of three rows, and the file has it once; merged blanks are blank."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Id", "Company", "Note"], ["1", "Acme", None], ["2", None, None], ["3", None, "x"], ["4", "Bo", "y"]):
        sheet.append(row)
    sheet.merge_cells("B2:B4")
    sheet.merge_cells("C2:C3")
    path = tmp_path / "merged.xlsx"
    book.save(path)
    for size in (1, 2000):
        with open_source(str(path), SourceOptions()) as source:
            faults = {
                (chunk.first + row, column): issue.code
                for chunk in source.chunks(0, size)
                for column, of in chunk.faults.items()
                for row, issue in of.items()
            }
        assert faults == {(1, 1): Code.MERGED_CELL, (2, 1): Code.MERGED_CELL}
