"""What calamine does not tell of an .xls sheet is found by a scan; what would end the process is refused before."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from random import Random
from struct import pack, unpack_from
from typing import Any

import pytest
import xlwt
from loader.old_formats import (
    BOOL_ERR,
    BOUND_SHEET,
    DATE_1904,
    DIMENSIONS,
    FILE_PASS,
    FORMULA,
    LABEL_SST,
    RECALC_ID,
    before_end,
    changed,
    damaged,
    form,
    in_front,
    result,
    xls_bytes,
    xls_of,
    xls_stream,
)

from leadsync.errors import SourceError
from leadsync.loader.base import WorkbookKind
from leadsync.loader.workbook.marks import ErrorValue, Marks, Merged, NotCalculated, Shown
from leadsync.loader.workbook.source import ExcelSource
from leadsync.loader.workbook.xls.scan import scan_xls, scan_xls_sheets
from leadsync.records import Chunk, SourceOptions

TEXT_FOLLOWS = bytes([0, 0, 0, 0, 0, 0, 0xFF, 0xFF])
NO_VALUE = bytes([2, 0, 0x2A, 0, 0, 0, 0xFF, 0xFF])
BLANK_TEXT = bytes([3, 0, 0, 0, 0, 0, 0xFF, 0xFF])


@pytest.fixture
def scan(tmp_path: Path) -> Callable[[bytes], Marks]:
    """Give a function that scans the sheet Leads of a workbook."""

    def scan_stream(stream: bytes) -> Marks:
        path = tmp_path / "leads.xls"
        path.write_bytes(xls_bytes(stream))
        return scan_xls(path, "Leads")

    return scan_stream


@pytest.fixture
def refusal(scan: Callable[[bytes], Marks], tmp_path: Path) -> Callable[[bytes], str]:
    """Give a function that scans a workbook, and gives the sentence by which it is refused."""

    def refuse(stream: bytes) -> str:
        with pytest.raises(SourceError) as caught:
            scan(stream)
        return caught.value.message.replace(f"{tmp_path}/", "")

    return refuse


@pytest.fixture
def read(tmp_path: Path) -> Callable[[bytes], Chunk]:
    """Give a function that reads a sheet with its header in row 1."""

    def read_stream(stream: bytes) -> Chunk:
        path = tmp_path / "leads.xls"
        path.write_bytes(xls_bytes(stream))
        with ExcelSource(path, "leads.xls", SourceOptions(), WorkbookKind.XLS) as source:
            return next(source.chunks(0))

    return read_stream


def formulas(sheet: Any) -> None:
    """Write three formulas; xlwt leaves them without a result."""
    for row in range(3):
        sheet.write(row, 0, xlwt.Formula("1+1"), form("yyyy-mm-dd"))


def test_a_sheet_is_read_as_it_is_seen(read: Callable[[bytes], Chunk]) -> None:
    """Text, numbers, dates, booleans, forms and percentages, by calamine and the scan together."""

    def build(sheet: Any) -> None:
        values = [
            ("Søren", "General"),
            (1.5, "#,##0.00"),
            (dt.date(2026, 3, 4), "dd/mm/yyyy"),
            (True, "General"),
            (123, "00000"),
            (0.255, "0%"),
            (1.125, "[h]:mm"),
        ]
        for column, (value, code) in enumerate(values):
            sheet.write(0, column, f"h{column}")
            sheet.write(1, column, value, form(code))

    chunk = read(xls_stream(build))
    assert [chunk.column(place)[0] for place in range(7)] == [
        "Søren", "1.5", "2026-03-04", "TRUE", "00123", "25.5%", "27:00:00",
    ]  # fmt: skip
    assert sorted(chunk.typed) == [1, 2, 3, 5, 6]


def test_each_error_is_told_by_its_name(scan: Callable[[bytes], Marks]) -> None:
    """Typed in, and as the result of a formula; calamine gives a blank for both."""

    def build(sheet: Any) -> None:
        for column, code in enumerate([0x00, 0x07, 0x0F, 0x17, 0x1D, 0x24, 0x2A]):
            sheet.row(0).set_cell_error(column, code)
        sheet.write(1, 0, xlwt.Formula("1+1"))

    marks = scan(changed(xls_stream(build), FORMULA, result(NO_VALUE)))
    names = ["#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"]
    assert marks.cells[0] == [(column, ErrorValue(name)) for column, name in enumerate(names)]
    assert marks.cells[1] == [(0, ErrorValue("#N/A"))]
    unknown = changed(xls_stream(build), BOOL_ERR, lambda old: old[:6] + b"\x99\x01")
    assert scan(unknown).cells[0][0] == (0, ErrorValue("error 153"))


@pytest.mark.parametrize(
    ("value", "flags", "is_calculated"),
    [
        (BLANK_TEXT, 0, False),  # as xlwt writes it
        (TEXT_FOLLOWS, 0, False),  # and no text comes
        (pack("<d", 0.0), 2, False),  # to be calculated when it is opened
        (pack("<d", 0.0), 0, True),
        (pack("<d", 45000.0), 2, True),
        (bytes([1, 0, 1, 0, 0, 0, 0xFF, 0xFF]), 0, True),
    ],
)
def test_a_formula_without_a_result_is_no_blank(
    scan: Callable[[bytes], Marks], value: bytes, flags: int, is_calculated: bool
) -> None:
    """Whoever sends it as a blank, or as 0, sends what nobody has seen."""
    marks = scan(changed(xls_stream(formulas), FORMULA, result(value, flags)))
    assert dict(marks.cells) == ({} if is_calculated else {row: [(0, NotCalculated())] for row in range(3)})


def test_a_formula_that_gives_a_blank_text_is_blank(scan: Callable[[bytes], Marks]) -> None:
    """Where Excel has calculated the workbook, or another formula of the sheet has a result."""
    stream = xls_stream(formulas)
    assert not scan(in_front(stream, RECALC_ID, bytes(8))).cells
    results = iter([BLANK_TEXT, pack("<d", 7.0), BLANK_TEXT])
    assert not scan(changed(stream, FORMULA, lambda old: old[:6] + next(results) + old[14:])).cells


def test_dates_of_the_220th_format_and_on_are_dates(read: Callable[[bytes], Chunk]) -> None:
    """Calamine gives them as numbers."""

    def build(sheet: Any) -> None:
        sheet.write(0, 0, "When")
        for row in range(1, 260):
            sheet.write(row, 0, 45000.25 if row % 2 else 45000, form(f'yyyy-mm-dd "{row}"'))

    chunk = read(xls_stream(build))
    assert set(chunk.column(0)[::2]) == {"2023-03-15 06:00:00"}
    assert set(chunk.column(0)[1::2]) == {"2023-03-15"}
    assert len(chunk.typed[0]) == 259
    assert set(read(changed(xls_stream(build), DATE_1904, lambda _: b"\1\0")).column(0)[1::2]) == {"2027-03-16"}


def test_hidden_rows_and_merged_cells_are_told(scan: Callable[[bytes], Marks]) -> None:
    """A filter hides rows as a hand does."""

    def build(sheet: Any) -> None:
        sheet.write_merge(0, 1, 0, 2, "Name")
        sheet.write(4, 0, "x")
        sheet.row(4).hidden = True

    marks = scan(xls_stream(build))
    assert marks.hidden == {4}
    assert marks.merged == (Merged(0, 0, 1, 2),)


def test_several_numbers_in_one_record_are_each_seen(scan: Callable[[bytes], Marks]) -> None:
    """As they stand side by side in nearly every sheet."""
    marks = scan(xls_of([["x", 1, 2, 3]], "000"))
    assert [column for column, _ in marks.cells[0]] == [1, 2, 3]


def test_rich_text_of_old_workbooks_is_read(scan: Callable[[bytes], Marks]) -> None:
    """Calamine leaves such cells blank."""
    rich = pack("<HHHHB", 0, 3, 0, 5, 0) + "Søren".encode("latin-1")
    assert scan(before_end(xls_of([["x"]]), (0xD6, rich))).cells == {0: [(3, Shown("Søren"))]}


def test_marks_are_kept_sheet_by_sheet(tmp_path: Path) -> None:
    """Whichever sheet is chosen afterwards."""
    path = tmp_path / "leads.xls"
    path.write_bytes(xls_bytes(xls_stream(lambda sheet: sheet.write(0, 0, 7, form("000")), "Ørsted", "B")))
    marks = scan_xls_sheets(path)
    assert list(marks) == ["Leads", "Ørsted", "B"]
    assert [len(one.cells) for one in marks.values()] == [1, 0, 0]
    with pytest.raises(SourceError, match="holds no cells for its sheet 'C'"):
        scan_xls(path, "C")


def test_a_password_is_told(refusal: Callable[[bytes], str]) -> None:
    """Also the weak one of Excel 95, of which calamine takes no notice."""
    assert refusal(in_front(xls_of([["x"]]), FILE_PASS, bytes(6))) == (
        "leads.xls is protected by a password; save a copy without one in Excel "
        "(File, Info, Protect Workbook, Encrypt with Password: clear it)."
    )


def test_areas_for_which_there_is_no_memory_are_refused(refusal: Callable[[bytes], str]) -> None:
    """Calamine would end the process, or take a gigabyte."""
    stream = xls_of([["x"]])
    for size in [(0, 0xFFFFFFF0, 0, 0xFFF0), (10, 5, 4, 2), (0, 70000, 0, 1)]:
        declared = changed(stream, DIMENSIONS, lambda _, size=size: pack("<LLHHH", *size, 0))
        assert "(its used area is none)" in refusal(declared)
    beyond = changed(stream, LABEL_SST, lambda old: pack("<HH", 9, 256) + old[4:])
    assert "(a cell stands where no column is)" in refusal(beyond)

    def build(sheet: Any) -> None:
        sheet.write(0, 0, "x")
        sheet.write(65535, 255, "x")

    assert refusal(xls_stream(build)).startswith("Sheet 'Leads' of leads.xls is too large: ")


def test_a_long_text_in_many_cells_is_too_large(
    refusal: Callable[[bytes], str], scan: Callable[[bytes], Marks]
) -> None:
    """Calamine copies it for each of them; texts are told apart however they are cut into records."""
    rows = [["ab", "å" * 32767, "x" * 20000, "ж" * 9000, "z"]]
    assert not scan(xls_of(rows)).cells
    label = pack("<HHHL", 1, 0, 15, 1)
    assert refusal(before_end(xls_of(rows), *([(LABEL_SST, label)] * 20000))).startswith("Sheet 'Leads' of ")
    assert not scan(before_end(xls_of(rows), *([(LABEL_SST, pack("<HHHL", 1, 0, 15, 4))] * 20000))).cells
    nowhere = before_end(xls_of(rows), (LABEL_SST, pack("<HHHL", 1, 0, 15, 5)))
    assert "(its data end too early or point to nothing)" in refusal(nowhere)


def test_records_and_sheets_that_lead_nowhere_are_refused(refusal: Callable[[bytes], str]) -> None:
    """A record that is cut off, a sheet behind the end, sheets that lie over each other."""
    stream = xls_stream(lambda sheet: sheet.write(0, 0, "x"), *"BCDEFGHIJKLM")
    assert "(it ends in the midst of a sheet)" in refusal(stream[:-8])
    assert "(it ends in the midst" in refusal(changed(stream, BOUND_SHEET, lambda old: b"\xff\xff\xff\x0f" + old[4:]))
    assert "(its sheets overlap)" in refusal(changed(stream, BOUND_SHEET, lambda old: pack("<L", 0) + old[4:]))


def test_chains_of_sectors_without_end_are_refused(tmp_path: Path) -> None:
    """Calamine would follow one for ever: the last sector of each chain is made to be followed by itself."""
    content = xls_bytes(xls_of([["x" * 5000]]))
    path = tmp_path / "leads.xls"
    table = 512 + 512 * unpack_from("<L", content, 76)[0]
    ends = [sector for sector in range(128) if unpack_from("<L", content, table + 4 * sector)[0] == 0xFFFFFFFE]
    assert len(ends) == 2  # that of the records, and that of the directory
    for sector in ends:
        at = table + 4 * sector
        path.write_bytes(content[:at] + pack("<L", sector) + content[at + 4 :])
        with pytest.raises(SourceError, match="a chain of its sectors has no end"):
            scan_xls(path, "Leads")


def test_whatever_the_bytes_are_there_are_marks_or_a_sentence(tmp_path: Path) -> None:
    """A hundred damaged files; other exceptions fail the test."""
    chance = Random(4)
    sound = xls_bytes(changed(xls_stream(formulas), FORMULA, result(NO_VALUE)))
    path = tmp_path / "leads.xls"
    told = []
    for _ in range(100):
        path.write_bytes(damaged(sound, chance))
        try:
            scan_xls_sheets(path)
        except SourceError as error:
            told.append(error.message)
    assert 10 < len(told) < 100
    assert all("leads.xls" in sentence and "\n" not in sentence for sentence in told)
