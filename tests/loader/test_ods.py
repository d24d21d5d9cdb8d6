"""What calamine does not tell of an .ods sheet is found by a scan; what is damaged or too large is refused before."""

from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from loader.old_formats import (
    MANIFEST,
    blanks,
    cell,
    damaged_part,
    digits,
    element,
    number_style,
    ods_bytes,
    row,
    unpacked,
    zip_bytes,
)

from leadsync.errors import SourceError
from leadsync.loader.base import WorkbookKind
from leadsync.loader.workbook.marks import CellMark, ErrorValue, Marks, Merged, NotCalculated, Shown
from leadsync.loader.workbook.ods.scan import scan_ods, scan_ods_sheets
from leadsync.loader.workbook.source import ExcelSource
from leadsync.records import Chunk, SourceOptions

NOTHING = element("table:table-cell")
NOTE = element("office:annotation", element("dc:date", "2026-03-04"), element("text:p", "a comment"))


@pytest.fixture
def scan(tmp_path: Path) -> Callable[..., Marks]:
    """Give a function that scans a sheet made of rows."""

    def scan_rows(*rows: str, **book: Any) -> Marks:
        path = tmp_path / "leads.ods"
        path.write_bytes(ods_bytes(*rows, **book))
        return scan_ods(path, "Leads")

    return scan_rows


@pytest.fixture
def mark(scan: Callable[..., Marks]) -> Callable[..., CellMark | None]:
    """Give a function that scans a sheet of one cell, and gives the mark of that."""

    def mark_of(only: str, **book: Any) -> CellMark | None:
        return dict(scan(row(only), **book).cells.get(0, ())).get(0)

    return mark_of


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Chunk]:
    """Give a function that reads a sheet made of rows, with its header in row 1."""

    def read_rows(*rows: str, **book: Any) -> Chunk:
        path = tmp_path / "leads.ods"
        path.write_bytes(ods_bytes(*rows, **book))
        with ExcelSource(path, "leads.ods", SourceOptions(), WorkbookKind.ODS) as source:
            return next(source.chunks(0))

    return read_rows


@pytest.fixture
def refusal(tmp_path: Path) -> Callable[[bytes], str]:
    """Give a function that scans a workbook, and gives the sentence by which it is refused."""

    def refuse(content: bytes) -> str:
        path = tmp_path / "leads.ods"
        path.write_bytes(content)
        with pytest.raises(SourceError) as caught:
            scan_ods_sheets(path)
        return caught.value.message.replace(f"{tmp_path}/", "")

    return refuse


def test_a_sheet_is_read_as_it_is_seen(read: Callable[..., Chunk]) -> None:
    """Text, numbers, dates, durations, booleans, forms, money and percentages, and a million blank rows below."""
    cells = [
        cell("string", "Søren"),
        cell("float", "1234.5", "1.234,50"),
        cell("date", "2026-03-04", "4. marts 2026"),
        cell("date", "2026-03-04T05:06:07", "4.3.26 05.06"),
        cell("time", "PT05H06M07S", "05.06.07"),
        cell("time", "PT27H01M00S", "27:01:00"),
        cell("boolean", "true", "SAND"),
        cell("float", "123", "00123", table__style_name="zip"),
        cell("percentage", "0.255", "26%"),
        cell("currency", "2.5", "2,50 kr.", office__currency="DKK"),
    ]
    header = row(*(cell("string", f"h{place}") for place in range(len(cells))))
    chunk = read(header, row(*cells), blanks(1_048_574), styles=number_style("zip", digits(5)))
    assert [chunk.column(place) for place in range(len(cells))] == [
        ["Søren"], ["1234.5"], ["2026-03-04"], ["2026-03-04 05:06:07"], ["05:06:07"], ["27:01:00"], ["TRUE"],
        ["00123"], ["25.5%"], ["2.5"],
    ]  # fmt: skip
    assert sorted(chunk.typed) == [1, 2, 3, 4, 5, 6, 8, 9]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("a<text:line-break/>b<text:tab/>c", "a\nb\tc"),
        ("a</text:p><text:p>b<text:line-break/>c", "a\nb\nc"),
        ("a\n   b  c ", "a b c"),
        ("<![CDATA[a<b]]>c", "a<bc"),
        ("B<text:ruby><text:ruby-base>a</text:ruby-base><text:ruby-text>x</text:ruby-text></text:ruby>", "Ba"),
        ('<text:s text:c="2"/>a<text:tab/>', "  a\t"),
    ],
)
def test_text_is_read_as_it_is_shown(mark: Callable[[str], CellMark | None], markup: str, text: str) -> None:
    """Calamine joins lines, leaves out tabs, and takes the line breaks of a nicely printed file for text."""
    assert mark(cell("string", shown=f"<text:p>{markup}</text:p>")) == Shown(text)


def test_comments_and_shapes_are_no_text(mark: Callable[[str], CellMark | None]) -> None:
    """Nor is what stands between paragraphs."""
    shape = element("draw:frame", element("draw:text-box", element("text:p", "a label")))
    for more in (NOTE, shape, "\n  "):
        assert mark(cell("string", shown=f"<text:p>Bo</text:p>{more}")) == Shown("Bo")


@pytest.mark.parametrize(
    "markup", ["Bo", "a</text:p><text:p>b", 'a<text:s text:c="3"/>b', "a<text:span>b</text:span>", "a &amp; b"]
)
def test_plain_text_needs_no_mark(mark: Callable[[str], CellMark | None], markup: str) -> None:
    """Calamine reads it right."""
    assert mark(cell("string", shown=f"<text:p>{markup}</text:p>")) is None


@pytest.mark.parametrize(
    ("kind", "value", "shown", "more"),
    [
        ("string", None, "#N/A", {"office__string_value": "", "calcext__value_type": "error"}),
        ("string", None, "#N/A", {"table__formula": "of:=NA()"}),
        ("string", None, "#REF!", {"table__formula": "of:=[.#REF!]"}),
        ("float", "0", "#DIV/0!", {"table__formula": "of:=1/0"}),
        ("float", "0", "Err:502", {"table__formula": "of:=SQRT(-1)"}),
        ("string", None, None, {"table__formula": "of:=NA()", "office__string_value": "#NAME?"}),
    ],
)
def test_an_error_is_told_by_what_it_shows(
    mark: Callable[[str], CellMark | None], kind: str, value: str | None, shown: str | None, more: dict[str, str]
) -> None:
    """LibreOffice of all times, and Excel, write errors as text or as 0."""
    expected = ErrorValue(shown or more["office__string_value"])
    assert mark(cell(kind, value, shown, **more)) == expected


def test_what_only_looks_like_an_error_is_text(mark: Callable[[str], CellMark | None]) -> None:
    """Somebody typed it."""
    assert mark(cell("string", "#N/A")) is None


def test_a_formula_without_a_result_is_no_blank(mark: Callable[[str], CellMark | None]) -> None:
    """Programs that calculate nothing write such; a result that is blank text is blank."""
    assert mark(element("table:table-cell", table__formula="of:=1+1")) == NotCalculated()
    assert mark(cell("float", table__formula="of:=1+1")) == NotCalculated()
    assert mark(cell("string", "", table__formula='of:=""')) is None


def test_a_value_that_is_in_the_text_only_is_read(mark: Callable[[str], CellMark | None]) -> None:
    """Calamine leaves such a cell blank."""
    assert mark(element("table:table-cell", element("text:p", "5"))) == Shown("5")
    assert mark(cell("float", shown="5")) == Shown("5")


@pytest.mark.parametrize(
    ("value", "text"),
    [("PT27H01M00S", "27:01:00"), ("-PT05H06M07S", "-5:06:07"), ("P1DT5H", "29:00:00"), ("PT24H", "24:00:00")],
)
def test_long_durations_are_hours(mark: Callable[[str], CellMark | None], value: str, text: str) -> None:
    """Calamine gives them as they are in the file; shorter ones it gives as times."""
    assert mark(cell("time", value)) == Shown(text, is_typed=True)


@pytest.mark.parametrize(
    ("parts", "value", "shown"),
    [
        ([digits(5)], "123", "00123"),
        (["<number:text>DK</number:text>", digits(5)], "123", "DK00123"),
        ([digits(9, (6, "-"), (4, "-"))], "123456789", "123-45-6789"),
        (["<number:text>+45 </number:text>", digits(8)], "12345678", "+45 12345678"),
    ],
)
def test_forms_are_the_text_that_is_shown(
    mark: Callable[..., CellMark | None], parts: list[str], value: str, shown: str
) -> None:
    """Of a style of its own, of the style above it, and of one that all workbooks have."""
    styles = number_style("form", *parts)
    below = element("style:style", style__name="below", style__family="table-cell", style__parent_style_name="form")
    for name in ("form", "below"):
        assert mark(cell("float", value, shown, table__style_name=name), styles=styles + below) == Shown(shown)
    common = element("office:document-styles", element("office:styles", styles), xmlns__office="o")
    for prefix in ("style", "number"):
        common = common.replace("<office:document-styles ", f'<office:document-styles xmlns:{prefix}="{prefix}" ', 1)
    named = cell("float", value, shown, table__style_name="form")
    assert mark(named, parts={"styles.xml": common.replace('xmlns:office="o"', 'xmlns:office="o"')}) == Shown(shown)


@pytest.mark.parametrize(
    "parts",
    [
        [digits(1)],
        [digits(1, decimals=2, number__grouping="true"), "<number:text> kr.</number:text>"],
        ['<number:number number:min-integer-digits="1"/>'],
        ['<number:scientific-number number:decimal-places="2"/>'],
    ],
)
def test_what_only_dresses_a_number_leaves_it_one(mark: Callable[..., CellMark | None], parts: list[str]) -> None:
    """Decimals, thousands, a currency, a power of ten."""
    assert mark(cell("float", "1234.5", "?", table__style_name="s"), styles=number_style("s", *parts)) is None


def test_cells_without_a_style_have_that_of_their_column_or_row(scan: Callable[..., Marks]) -> None:
    """LibreOffice writes it once for a whole column."""
    columns = element("table:table-column", table__number_columns_repeated=2) + element(
        "table:table-column", table__default_cell_style_name="zip"
    )
    number = cell("float", "7", "007")
    marks = scan(
        columns,
        row(number, number, number, number),
        row(number, table__default_cell_style_name="zip"),
        styles=number_style("zip", digits(3)),
    )
    assert marks.cells == {0: [(2, Shown("007"))], 1: [(0, Shown("007"))]}


def test_a_style_may_show_some_numbers_otherwise(mark: Callable[..., CellMark | None]) -> None:
    """As `[>=100]000;0` does."""
    styles = number_style("zip", digits(5)) + number_style(
        "s", digits(1), element("style:map", style__condition="value()>=100", style__apply_style_name="Nzip")
    )
    assert mark(cell("float", "123", "00123", table__style_name="s"), styles=styles) == Shown("00123")
    plain = mark(cell("float", "7", "7", table__style_name="s"), styles=styles)
    assert not isinstance(plain, Shown)


def test_hidden_rows_are_told_down_to_the_last_that_is_filled(scan: Callable[..., Marks]) -> None:
    """By hand or by a filter; a million hidden rows below the table are none of it."""
    bo = row(cell("string", "Bo"), table__visibility="filter")
    more = row(cell("string", "Bo"), table__visibility="collapse", table__number_rows_repeated=2)
    end = row(NOTHING, table__visibility="collapse", table__number_rows_repeated=1_048_000)
    assert scan(row(cell("string", "h")), bo, row(cell("string", "x")), more, end).hidden == {1, 3, 4}


def test_repeated_cells_and_rows_are_marked_each(scan: Callable[..., Marks]) -> None:
    """What stands once in the file is many cells."""
    share = cell("string", shown="<text:p>a<text:tab/></text:p>", table__number_columns_repeated=2)
    gap = element("table:table-cell", table__number_columns_repeated=3)
    marks = scan(blanks(4), row(gap, share, table__number_rows_repeated=2))
    assert marks.cells == {number: [(3, Shown("a\t")), (4, Shown("a\t"))] for number in (4, 5)}


def test_plain_cells_are_left_out_and_shift_no_others(scan: Callable[..., Marks]) -> None:
    """Nearly all cells are taken together before they are looked at."""
    plain = (
        cell("string", "Søren B", calcext__value_type="string")
        + cell("date", "2026-03-04", "4.3.26", table__style_name="ce2")
        + cell("float", "1.5", table__style_name="plain")
        + cell("boolean", "true", "SAND")
    )
    zip_code = cell("float", "123", "00123", table__style_name="zip")
    rows = [row(plain, cell("percentage", "0.5"), plain, zip_code)] * 500
    marks = scan(*rows, row(cell("string", " x", table__visibility="filter")), styles=number_style("zip", digits(5)))
    assert len(marks.cells) == 501
    assert {tuple(column for column, _ in marks.cells[number]) for number in range(500)} == {(4, 9)}
    assert {marks.cells[number][1][1] for number in range(500)} == {Shown("00123")}
    assert marks.cells[500] == [(0, Shown("x"))]


def test_text_that_looks_like_cells_stays_text(scan: Callable[..., Marks]) -> None:
    """As in a sheet about this format."""
    markup = cell("string", "x", calcext__value_type="string")
    rows = [row(cell("string", shown=f"<text:p><![CDATA[{markup}]]></text:p>"))] * 2000
    assert {tuple(cells) for cells in scan(*rows).cells.values()} == {((0, Shown(markup)),)}


def test_merged_cells_hide_what_is_below_them(scan: Callable[..., Marks]) -> None:
    """LibreOffice keeps the contents of covered cells; nobody sees them."""
    top = cell("string", "x", table__number_columns_spanned=2, table__number_rows_spanned=3)
    covered = cell("string", "old").replace("table:table-cell", "table:covered-table-cell")
    marks = scan(row(top, covered, cell("string", "y")))
    assert marks.cells == {0: [(1, Shown(""))]}
    assert marks.merged == (Merged(0, 0, 2, 1),)


def test_marks_are_kept_sheet_by_sheet(tmp_path: Path) -> None:
    """Whichever sheet is chosen afterwards."""
    path = tmp_path / "leads.ods"
    more = element("table:table", row(cell("percentage", "0.5")), table__name="Ørsted")
    path.write_bytes(ods_bytes(row(cell("string", "x")), more=more))
    assert {name: len(marks.cells) for name, marks in scan_ods_sheets(path).items()} == {"Leads": 0, "Ørsted": 1}
    with pytest.raises(SourceError, match=r"other\.ods holds no cells for its sheet 'C'"):
        scan_ods(path, "C", "other.ods")


def test_a_password_is_told(refusal: Callable[[bytes], str]) -> None:
    """By the list of parts."""
    manifest = MANIFEST.format("<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>")
    assert refusal(ods_bytes(parts={"META-INF/manifest.xml": manifest})).startswith(
        "leads.ods is protected by a password; save a copy"
    )


def test_what_becomes_too_large_is_refused(refusal: Callable[[bytes], str]) -> None:
    """Some bytes can stand for a billion cells, or for a text of 2 GB."""
    far = [blanks(1_048_000), row(element("table:table-cell", table__number_columns_repeated=16_000), cell("float", 1))]
    for rows in [
        [row(cell("string", "x")), *far],
        [row(cell("string", "x" * 1000), table__number_rows_repeated=1_000_000)],
        [row(cell("float", "1", table__number_columns_repeated=16_384), table__number_rows_repeated=1000)],
    ]:
        assert refusal(ods_bytes(*rows)).startswith("Sheet 'Leads' of leads.ods is too large: ")
    spaces = cell("string", shown='<text:p><text:s text:c="2000000000"/></text:p>')
    assert "(one of its cells holds more than 1,000,000 characters)" in refusal(ods_bytes(row(spaces)))
    assert "(one of its cells holds more than" in refusal(ods_bytes(row(cell("string", "x" * 1_000_001))))


def test_a_million_repeated_blank_rows_cost_nothing(scan: Callable[..., Marks]) -> None:
    """Also those of a style, and more than a sheet has."""
    style = element("table:table-cell", table__style_name="ce1", table__number_columns_repeated=99_999_999_999)
    assert scan(row(cell("string", "x")), row(style, table__number_rows_repeated=99_999_999_999)) == Marks()


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([row(cell("float", "1"), table__number_rows_repeated=-1)], "a number of rows or columns is none"),
        ([row(cell("float", "x", "x", table__style_name="s"))], "one of its numbers is none"),
        ([row(element("table:table-cell", element("table:table", row(NOTHING))))], "a cell of it holds a table"),
        ([element("table:table", row(NOTHING))], "a table of it holds another one"),
        (["<unclosed>"], "mismatched tag"),
    ],
)
def test_what_is_no_sheet_is_refused(refusal: Callable[[bytes], str], rows: list[str], words: str) -> None:
    """Each says what is wrong."""
    assert words in refusal(ods_bytes(*rows, styles=number_style("s", digits(5))))


def test_hostile_xml_is_refused(refusal: Callable[[bytes], str]) -> None:
    """Entities, tags without end, unknown encodings."""
    book = unpacked(ods_bytes(row(cell("string", "x"))))
    content = book["content.xml"]
    head, rest = content.split(b"?>", 1)
    for damaged, words in [
        (head + b'?><!DOCTYPE x [<!ENTITY a "ha">]>' + rest, "document type"),
        (content.replace(b"UTF-8", b"XTF-8"), "unknown encoding"),
        (content.replace(b"<table:table ", b'<table:table a="' + bytes(range(65, 91)) * 340_000 + b'" '), "too long"),
        (content + b"<more/>", "junk after document element"),
    ]:
        assert words in refusal(zip_bytes({**book, "content.xml": damaged}))


def test_whatever_the_bytes_are_there_are_marks_or_a_sentence(tmp_path: Path) -> None:
    """A hundred damaged files; other exceptions fail the test."""
    chance = Random(4)
    cells = [
        cell("float", "123", "00123", table__style_name="zip"),
        cell("string", shown='<text:p>a<text:tab/><text:s text:c="3"/></text:p>' + NOTE),
        cell("time", "PT27H01M00S"),
        cell("string", None, "#N/A", table__formula="of:=NA()", calcext__value_type="error"),
    ]
    sound = ods_bytes(row(*cells, table__number_rows_repeated=3), blanks(99), styles=number_style("zip", digits(5)))
    path = tmp_path / "leads.ods"
    told = []
    for _ in range(100):
        path.write_bytes(damaged_part(sound, chance))
        try:
            scan_ods_sheets(path)
        except SourceError as error:
            told.append(error.message)
    assert 10 < len(told) < 100
    assert all("leads.ods" in sentence and "\n" not in sentence for sentence in told)
