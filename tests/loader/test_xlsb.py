"""What calamine does not tell of an .xlsb sheet is found by a scan; what is damaged or too large is refused before."""

from collections.abc import Callable
from pathlib import Path
from random import Random
from struct import pack
from typing import Any

import pytest
from loader.old_formats import (
    END12,
    cell12,
    damaged_part,
    merges12,
    real,
    record12,
    rk,
    row12,
    sheet12,
    text12,
    unpacked,
    wide,
    xlsb_bytes,
    zip_bytes,
)

from leadsync.errors import SourceError
from leadsync.loader.base import WorkbookKind
from leadsync.loader.workbook.marks import ErrorValue, Marks, Merged, Shown
from leadsync.loader.workbook.source import ExcelSource
from leadsync.loader.workbook.xlsb import biff12
from leadsync.loader.workbook.xlsb.scan import must_be_sane_xlsb, scan_xlsb
from leadsync.records import Chunk, SourceOptions

FORMULA = bytes(2) + pack("<L", 0)
"""Flags and no tokens: what ends the record of a formula."""
SHEET = "xl/worksheets/sheet1.bin"


@pytest.fixture
def write(tmp_path: Path) -> Callable[[bytes], Path]:
    """Give a function that writes a file."""

    def write_file(content: bytes) -> Path:
        path = tmp_path / "leads.xlsb"
        path.write_bytes(content)
        return path

    return write_file


@pytest.fixture
def scan(write: Callable[[bytes], Path]) -> Callable[..., Marks]:
    """Give a function that scans a sheet made of rows."""

    def scan_rows(*rows: bytes, end: bytes = END12, **book: Any) -> Marks:
        return scan_xlsb(write(xlsb_bytes({"Leads": sheet12(*rows, end=end)}, **book)), "Leads")

    return scan_rows


@pytest.fixture
def read(write: Callable[[bytes], Path]) -> Callable[..., Chunk]:
    """Give a function that reads a sheet made of rows, with its header in row 1."""

    def read_rows(*rows: bytes, **book: Any) -> Chunk:
        path = write(xlsb_bytes({"Leads": sheet12(*rows)}, **book))
        with ExcelSource(path, "leads.xlsb", SourceOptions(), WorkbookKind.XLSB) as source:
            return next(source.chunks(0))

    return read_rows


@pytest.fixture
def refusal(write: Callable[[bytes], Path], tmp_path: Path) -> Callable[[bytes], str]:
    """Give a function that looks at a workbook, and gives the sentence by which it is refused."""

    def look(path: Path) -> None:
        must_be_sane_xlsb(path)
        scan_xlsb(path, "Leads")

    def refuse(content: bytes) -> str:
        path = write(content)
        with pytest.raises(SourceError) as caught:
            look(path)
        return caught.value.message.replace(f"{tmp_path}/", "")

    return refuse


def test_a_sheet_is_read_as_it_is_seen(read: Callable[..., Chunk]) -> None:
    """Shared text and text in its cell, numbers of every form, dates, booleans, forms and percentages."""
    cells = [
        cell12(7, 0, pack("<L", 1)),
        text12(1, "two\nlines"),
        real(2, 1.5),
        rk(3, 12345, hundredths=True),
        real(4, 45000.25, 1),
        cell12(4, 5, b"\1"),
        rk(6, 123, 2),
        real(7, 0.255, 3),
        cell12(8, 8, wide("result") + FORMULA),
        cell12(9, 9, pack("<d", 45000.0) + FORMULA, 1),
        real(10, 1.125, 4),
    ]
    header = row12(0, *(text12(place, f"h{place}") for place in range(11)))
    chunk = read(header, row12(1, *cells), formats=["yyyy-mm-dd", "00000", 9, 46], strings=["h", "Søren"])
    assert [chunk.column(place)[0] for place in range(11)] == [
        "Søren", "two\nlines", "1.5", "123.45", "2023-03-15 06:00:00", "TRUE", "00123", "25.5%", "result", "2023-03-15",
        "27:00:00",
    ]  # fmt: skip
    assert sorted(chunk.typed) == [2, 3, 4, 5, 7, 9, 10]


@pytest.mark.parametrize("code", ["dd/mm/yyyy", 14, 27])
def test_whole_days_are_dates(read: Callable[..., Chunk], code: str | int) -> None:
    """Excel writes most whole numbers in short, and calamine gives a date written so as the number 45000."""
    rows = [row12(0, text12(0, "When")), row12(1, rk(0, 45000, 1)), row12(2, real(0, 45000, 1))]
    chunk = read(*rows, formats=[code])
    assert chunk.column(0) == ["2023-03-15", "2023-03-15"]
    assert chunk.typed == {0: frozenset({0, 1})}
    assert read(*rows, formats=[code], is_1904=True).column(0) == ["2027-03-16", "2027-03-16"]


def test_whole_days_of_a_duration_are_hours(read: Callable[..., Chunk]) -> None:
    """By the same way."""
    assert read(row12(0, text12(0, "h")), row12(1, rk(0, 2, 1)), formats=[46]).column(0) == ["48:00:00"]


def test_each_error_is_told_by_its_name(scan: Callable[..., Marks]) -> None:
    """Typed in, and as the result of a formula; calamine gives a blank for both."""
    marks = scan(row12(3, cell12(3, 0, b"\x2a"), cell12(11, 1, b"\x07" + FORMULA)))
    assert marks.cells == {3: [(0, ErrorValue("#N/A")), (1, ErrorValue("#DIV/0!"))]}


def test_rich_text_within_a_cell_is_read(scan: Callable[..., Marks]) -> None:
    """Calamine leaves it out."""
    assert scan(row12(0, cell12(62, 2, b"\1" + wide("Søren")))).cells == {0: [(2, Shown("Søren"))]}


def test_hidden_rows_and_merged_cells_are_told(scan: Callable[..., Marks]) -> None:
    """A filter hides rows as a hand does."""
    marks = scan(row12(0, text12(0, "x")), row12(7, hidden=True), end=merges12((0, 1, 2, 3)))
    assert marks.hidden == {7}
    assert marks.merged == (Merged(0, 2, 1, 3),)


def test_cells_that_do_not_say_their_column_are_refused(refusal: Callable[[bytes], str]) -> None:
    """Some programs write such; calamine leaves them out, and so a column would be blank."""
    short = record12(18, pack("<LL", 0, 0))
    assert refusal(xlsb_bytes({"Leads": sheet12(row12(0, text12(0, "x"), short))}, strings=["y"])) == (
        "leads.xlsb cannot be read as a workbook (its cells do not say their columns, as those that Excel writes do); "
        "open it in Excel or LibreOffice and save it anew as .xlsx."
    )


def test_far_cells_and_too_many_are_refused(refusal: Callable[[bytes], str]) -> None:
    """A file of 2 KB for which calamine would take 500 GB."""
    for rows in [
        row12(0, text12(0, "x")) + row12(1_048_575, text12(16_383, "x")),
        row12(0, text12(0, "x"), text12(16_383, "x")) + row12(1999, text12(0, "x")),
    ]:
        assert refusal(xlsb_bytes({"Leads": sheet12(rows)})).startswith("Sheet 'Leads' of leads.xlsb is too large: ")
    for rows in [row12(1_048_576, text12(0, "x")), row12(0, text12(16_384, "x"))]:
        assert "(a cell stands where no" in refusal(xlsb_bytes({"Leads": sheet12(rows)}))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (sheet12()[:-3] + b"\x06\xff\xff\xff\x7f" + bytes(99), "(one of its records is too long)"),
        (sheet12(row12(0))[:-7], "(its last record is cut off)"),
        (sheet12(end=b""), "(a sheet has no end)"),
        (sheet12(row12(0, cell12(62, 0, b"\0" + pack("<L", 99)))), "(one of its texts is cut off)"),
        (sheet12(row12(0, cell12(7, 0, pack("<L", 99)))), "(its data end too early or point to nothing)"),
        (sheet12(row12(0, record12(5, b"x"))), "(its data end too early or point to nothing)"),
        (None, "(its part xl/worksheets/sheet1.bin is missing)"),
    ],
)
def test_records_that_lead_nowhere_are_refused(
    refusal: Callable[[bytes], str], content: bytes | None, words: str
) -> None:
    """Each says what is wrong."""
    book = unpacked(xlsb_bytes({"Leads": sheet12()}, strings=["y"]))
    del book[SHEET]
    assert words in refusal(zip_bytes({**book, SHEET: content} if content else book))


def test_bombs_are_refused(refusal: Callable[[bytes], str], monkeypatch: pytest.MonkeyPatch) -> None:
    """By what really comes out, and not by what the file says of it."""
    book = unpacked(xlsb_bytes({"Leads": sheet12(row12(0, text12(0, "x")))}, strings=["y"]))
    zeros = zip_bytes({**book, SHEET: sheet12(end=record12(1, bytes(1 << 20)) * 33 + END12)})
    assert "becomes too long when it is unpacked" in refusal(zeros)
    long = zip_bytes(book)
    at = long.index(b"PK\1\2", long.rindex(b"PK\3\4"))  # the directory, where the first part is the smallest
    at = long.rindex(b"PK\1\2", at, long.rindex(SHEET.encode()))
    lying = long[: at + 24] + pack("<L", 5) + long[at + 28 :]
    assert "is longer or shorter than it says" in refusal(lying)
    monkeypatch.setattr(biff12, "MOST_STRINGS", 100_000)
    many = record12(159, pack("<LL", 1, 2**31 - 1)) + record12(19, b"\0" + wide("")) * 4000
    assert "(its texts take too much memory)" in refusal(zip_bytes({**book, "xl/sharedStrings.bin": many}))


def test_a_long_text_in_many_cells_is_too_large(refusal: Callable[[bytes], str]) -> None:
    """One copy is made for each of them: 32 KB of text would become 800 MB."""
    cells = b"".join(cell12(7, column, pack("<L", 0)) for column in range(100))
    rows = (row12(number, cells) for number in range(250))
    content = xlsb_bytes({"Leads": sheet12(*rows)}, strings=["x" * 32767])
    assert refusal(content).startswith("Sheet 'Leads' of leads.xlsb is too large: ")


def test_entities_are_refused(refusal: Callable[[bytes], str]) -> None:
    """No workbook declares any."""
    book = unpacked(xlsb_bytes({"Leads": sheet12()}))
    relations = b'<!DOCTYPE x [<!ENTITY e "ha">]><Relationships>&e;</Relationships>'
    assert "document type" in refusal(zip_bytes({**book, "xl/_rels/workbook.bin.rels": relations}))


def test_whatever_the_bytes_are_there_are_marks_or_a_sentence(write: Callable[[bytes], Path]) -> None:
    """A hundred damaged files; other exceptions fail the test."""
    chance = Random(4)
    cells = [cell12(7, 0, pack("<L", 1)), rk(1, 45000, 1), cell12(11, 2, b"\x2a" + FORMULA), text12(3, "x")]
    sound = xlsb_bytes(
        {"Leads": sheet12(row12(0, *cells), row12(1, *cells, hidden=True), end=merges12((0, 1, 2, 3)))},
        formats=["yyyy-mm-dd", "00000"],
        strings=["a", "b"],
    )
    told = []
    for _ in range(100):
        path = write(damaged_part(sound, chance))
        try:
            must_be_sane_xlsb(path)
            scan_xlsb(path, "Leads")
        except SourceError as error:
            told.append(error.message)
    assert 10 < len(told) < 100
    assert all("leads.xlsb" in sentence and "\n" not in sentence for sentence in told)
