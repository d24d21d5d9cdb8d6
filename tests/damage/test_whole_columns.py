"""Damage that only many cells together tell of: how much it takes, and how sure it is."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from leadsync.codes import Code
from leadsync.records import Level

Sheets = Callable[..., Any]
Random = np.random.Generator

MAIL = [f"person{number}@example.com" for number in range(100)]
PHONES = [f"+45 20 {number:02d} 41 77" for number in range(100)]


def codes(random: Random, digits: int, count: int, first: int = 0) -> list[str]:
    """Make codes of one length, evenly spread, from the first on."""
    return [f"{number:0{digits}d}" for number in random.integers(first, min(10**digits, 2**63), count).tolist()]


def without_zeros(cells: list[str]) -> list[str]:
    """Take the zeros off, as a spreadsheet does."""
    return [cell.lstrip("0") for cell in cells]


@pytest.mark.parametrize("header", ["Zip", "PLZ", "Postnr.", "CVR-nr.", "EAN"])
def test_lost_zeros_are_found_in_codes_of_one_length(sheet: Sheets, random: Random, header: str) -> None:
    """Of 300 codes of eight digits some 30 begin with a zero; when none does and 30 are shorter, the zeros are gone."""
    cells = without_zeros(codes(random, 8, 300))
    found = sheet(cells, header, "text")
    assert found.rows(Code.LEADING_ZEROS_LOST) == [row for row, cell in enumerate(cells) if len(cell) < 8]
    finding = found.finding(Code.LEADING_ZEROS_LOST)
    assert finding.level is Level.WARNING
    assert finding.confidence > 0.8
    assert "have fewer than the usual 8 digits, and no number begins with a zero" in finding.message
    row = found.rows(Code.LEADING_ZEROS_LOST)[0]
    assert found.issue(row).message == (
        f'{header}: "{cells[row]}" has fewer digits than most numbers of the column: zeros at its beginning may be '
        "gone. Compare with the CRM, and export the column as text."
    )


def test_danish_postal_codes_lose_few_zeros(sheet: Sheets, random: Random) -> None:
    """Few begin with a zero, such as 0800: two cells among a hundred are told, with less confidence than thirty."""
    cells = [*codes(random, 4, 98, first=1000), "800", "900"]
    few = sheet(cells, "Postnr.", "text").finding(Code.LEADING_ZEROS_LOST)
    assert (few.count, few.cells) == (2, ("Leads!B100", "Leads!B101"))
    many = sheet(without_zeros(codes(random, 4, 100)), "Postnr.", "text").finding(Code.LEADING_ZEROS_LOST)
    assert few.confidence < many.confidence


def test_zeros_that_are_there_were_not_lost(sheet: Sheets, random: Random) -> None:
    """One code that begins with a zero tells that they are kept; shorter ones are another country's."""
    cells = [*codes(random, 5, 80, first=10000), "01067", *codes(random, 4, 15, first=1000)]
    assert sheet(cells, "PLZ", "text").findings() == []


def test_numbers_of_a_workbook_lost_zeros_that_its_texts_kept(sheet: Sheets, random: Random) -> None:
    """Where `0800` is text and 900 a number, the number was a text once; the text 999 never had a zero."""
    cells = ["0800", *codes(random, 4, 40, first=1000), "900", "850", "999"]
    assert sheet(cells, "Postnr.", "text").findings() == []
    found = sheet(cells, "Postnr.", "text", typed=frozenset({30, 41, 42}))
    assert found.rows(Code.LEADING_ZEROS_LOST) == [41, 42]


def test_ids_that_are_counted_up_lost_nothing(sheet: Sheets) -> None:
    """1 to 5,000: most have four digits and some fewer, but none of the four-digit ones begins with 8 or 9."""
    assert sheet([str(number) for number in range(1, 5001)], "Customer ID", "id").findings() == []
    assert sheet([str(number) for number in range(9000, 12000)], "Customer ID", "id").findings() == []


def test_ids_at_random_may_have_lost_zeros(sheet: Sheets, random: Random) -> None:
    """With every first digit as often as the others, and a tenth shorter, ids lost theirs; less sure than codes."""
    finding = sheet(without_zeros(codes(random, 8, 500)), "Customer ID", "id").finding(Code.LEADING_ZEROS_LOST)
    assert 0.5 < finding.confidence < 0.7


def test_a_mistyped_phone_number_is_no_lost_zero(sheet: Sheets, random: Random) -> None:
    """One of a hundred has a digit too few; Danish numbers begin with no zero anyway."""
    cells = [*codes(random, 8, 99, first=20_000_000), "2754318"]
    assert sheet(cells, "Telefon", "phone").findings() == []


def test_phone_numbers_with_and_without_a_country_code_lost_no_zeros(sheet: Sheets, random: Random) -> None:
    """American numbers of eleven digits begin with a 1 that others of ten do without."""
    cells = [*(f"1{cell}" for cell in codes(random, 10, 80, first=2 * 10**9)), *codes(random, 10, 20, first=2 * 10**9)]
    assert sheet(cells, "Phone", "phone").findings() == []


@pytest.mark.parametrize("count", [1, 3, 19])
def test_few_codes_tell_nothing(sheet: Sheets, random: Random, count: int) -> None:
    """With fewer than 20 numbers, a shorter one is no evidence."""
    assert sheet([*codes(random, 5, count, first=10000)[1:], "1067"], "PLZ", "text").findings() == []


def test_long_ids_that_all_end_in_zeros_lost_digits(sheet: Sheets, random: Random) -> None:
    """A spreadsheet keeps 15 of 19 digits; of 50 ids not one would end in four zeros by accident."""
    cells = [f"{cell[:15]}0000" for cell in codes(random, 19, 50, first=10**18)]
    finding = sheet(cells, "Record ID", "id").finding(Code.DIGITS_LOST)
    assert (finding.count, finding.level) == (50, Level.ERROR)
    assert finding.confidence > 0.99
    assert sheet(cells[:1], "Record ID", "id").finding(Code.DIGITS_LOST).count == 1


def test_long_ids_of_which_a_tenth_ends_in_zero_lost_nothing(sheet: Sheets, random: Random) -> None:
    """So it must be with 16 digits; a single one that ends in zero, or a UUID, is nothing either."""
    assert sheet(codes(random, 16, 3000, first=10**15), "Card no.", "id").findings() == []
    assert sheet(["1234567890123450"], "Card no.", "id").findings() == []
    assert sheet(codes(random, 18, 500, first=10**17), "Record ID", "id").findings() == []


def test_six_long_ids_of_16_digits_that_end_in_zero_are_no_accident(sheet: Sheets, random: Random) -> None:
    """Once in a million columns that would be; with a tenth of it expected, the confidence is nine tenths."""
    cells = [f"{cell[:15]}0" for cell in codes(random, 16, 8, first=10**15)]
    assert sheet(cells, "Card no.", "id").finding(Code.DIGITS_LOST).confidence == pytest.approx(0.9)


@pytest.mark.parametrize(
    ("header", "role", "cells", "held"),
    [
        ("Telefon", "phone", MAIL, "hold e-mail addresses, and the column is for phone numbers"),
        ("E-mail", "email", PHONES, "hold phone numbers, and the column is for e-mail addresses"),
        ("E-mail", "phone", MAIL, "hold e-mail addresses, and the column is for phone numbers"),
        ("Customer ID", "id", MAIL, "hold e-mail addresses, and the column is for ids"),
        ("First name", "text", PHONES, "hold phone numbers, and the column is for names"),
        ("Work phone", "text", MAIL, "hold e-mail addresses, and the column is for phone numbers"),
        ("Efternavn", "text", [f"10000000-0000-4000-8000-{n:012d}" for n in range(100)], "hold UUIDs"),
        ("Phone", "phone", [f"{n % 28 + 1:02d}-03-2026" for n in range(100)], "hold dates"),
    ],
)
def test_a_column_that_holds_something_else_is_found(
    sheet: Sheets, header: str, role: str, cells: list[str], held: str
) -> None:
    """By what most cells are, against the column's role, or a header that is clear."""
    finding = sheet(cells, header, role).finding(Code.SWAPPED_COLUMN)
    assert (finding.level, finding.count) == (Level.ERROR, 100)
    assert held in finding.message
    assert finding.confidence == pytest.approx(100 / 102)


def test_only_the_cells_that_are_wrong_are_refused(sheet: Sheets) -> None:
    """Six e-mail addresses among ten phone numbers' cells: the four numbers are sent."""
    cells = [*PHONES[:4], *MAIL[:6]]
    found = sheet(cells, "Phone", "phone")
    assert found.rows(Code.SWAPPED_COLUMN) == [4, 5, 6, 7, 8, 9]
    assert found.issue(4).message == (
        'Phone: "person0@example.com" is an e-mail address, which the column is not for. Correct the columns in the '
        "mapping, or in the source."
    )
    assert found.finding(Code.SWAPPED_COLUMN).confidence < 0.5


@pytest.mark.parametrize(
    ("header", "role", "cells"),
    [
        ("Phone", "phone", [*PHONES[:60], *MAIL[:40]]),
        ("Phone", "phone", MAIL[:4]),
        ("E-mail", "text", MAIL),
        ("E-mail", "id", MAIL),
        ("User name", "text", MAIL),
        ("Owner", "text", MAIL),
        ("Phone type", "text", MAIL),
        ("E-mail sent", "text", [f"{n % 28 + 1:02d}-13-2026" for n in range(100)]),
        ("External ID", "id", [f"10000000-0000-4000-8000-{n:012d}" for n in range(100)]),
        ("Customer no.", "id", [f"2041{n:04d}" for n in range(100)]),
    ],
)
def test_columns_that_are_right_or_cannot_be_told_raise_no_alarm(
    sheet: Sheets, header: str, role: str, cells: list[str]
) -> None:
    """Fewer than half, fewer than five, headers with another word in them, ids of any form."""
    assert sheet(cells, header, role).findings() == []


@pytest.mark.parametrize(
    ("header", "role", "value", "least"),
    [
        ("Phone", "phone", "+45 20 21 22 23", 10),
        ("E-mail", "email", "person@example.com", 10),
        ("Country", "text", "Denmark", 50),
        ("Newsletter", "text", "Yes", 500),
    ],
)
def test_one_value_in_every_row_is_told_from_a_number_of_rows_on(
    sheet: Sheets, header: str, role: str, value: str, least: int
) -> None:
    """The less each lead has its own, the more rows it takes; confidence grows with the rows."""
    assert sheet([value] * (least - 1), header, role).findings() == []
    at_first = sheet([value] * least, header, role).finding(Code.ONE_VALUE)
    assert (at_first.count, at_first.confidence) == (least, 0.5)
    assert value not in at_first.message
    assert sheet([value] * 5 * least, header, role).finding(Code.ONE_VALUE).confidence > 0.8


def test_one_other_value_or_some_blanks_are_enough_to_be_fine(sheet: Sheets) -> None:
    """A flag on some rows is no fill-down; blank rows at the end, which name no lead, do not count."""
    assert sheet([*["Denmark"] * 2500, "Sweden", *["Denmark"] * 2500], "Country").findings() == []
    assert sheet([*["VIP"] * 100, *[""] * 10], "Segment").findings() == []
    leads = [*(f"10000000-0000-4000-8000-{n:012d}" for n in range(100)), *[""] * 50]
    found = sheet([*["Denmark"] * 100, *[""] * 50], "Country", leads=leads)
    assert found.finding(Code.ONE_VALUE).count == 100


def test_serial_dates_are_found_where_dates_are_read(sheet: Sheets) -> None:
    """One is enough there; the more, the surer."""
    few = sheet(["2026-03-05"] * 3 + ["46086"], "Start", "date")
    assert few.rows(Code.SERIAL_DATE) == [3]
    assert few.issue(3).message == (
        'Start: "46086" is the number by which a spreadsheet counts days and may mean 2026-03-05. Format the column as '
        "a date, and save the file again."
    )
    many = sheet(["46086", "46087.5", "45000,25"], "Start", "date").finding(Code.SERIAL_DATE)
    assert few.finding(Code.SERIAL_DATE).confidence < many.confidence == 1.0


@pytest.mark.parametrize(
    "header", ["Date", "Dato", "Datum", "Fecha", "Created", "Født", "Birthday", "Oprettelsesdato", "Geburtsdatum"]
)
def test_serial_dates_are_found_where_a_header_says_date(sheet: Sheets, header: str) -> None:
    """In a workbook they are numbers, in a CSV texts; three, and half of the cells."""
    cells = ["46086", "45000", "36526", "", "n"]
    assert sheet(cells, header).finding(Code.SERIAL_DATE).count == 3
    assert sheet(cells, header, typed=frozenset({0, 1, 2})).finding(Code.SERIAL_DATE).count == 3
    assert sheet(cells[:2], header).findings() == []


@pytest.mark.parametrize("header", ["Created by", "Candidato", "Zip", "Number of visits", "Update"])
def test_five_digits_elsewhere_are_no_dates(sheet: Sheets, header: str) -> None:
    """A header must say date, and of nobody's."""
    assert sheet(["46086", "45000", "36526", "51234"], header).findings() == []


def test_dates_that_can_be_read_in_two_ways_are_told(sheet: Sheets) -> None:
    """Where no date of the column has a number above 12, nobody can tell."""
    found = sheet(["03-04-2026", "05/06/2026", "1/2/26", "04-04-2026", "2026-03-05", "03.04.2026"], "Created")
    assert found.rows(Code.AMBIGUOUS_DATE) == [0, 1, 2]
    assert "no date of the column tells which is the day" in found.finding(Code.AMBIGUOUS_DATE).message
    assert found.issue(0).message == (
        'Created: "03-04-2026" can be read with the day or with the month first. Say `type: date` and its `format` in '
        "the mapping."
    )


def test_one_clear_date_tells_how_all_are_meant(sheet: Sheets) -> None:
    """The 23rd cannot be a month; but if others have the month first, orders are mixed, and that is sure."""
    cells = ["03-04-2026", "05-06-2026", "07-08-2026 10:15"]
    assert sheet([*cells, "23-04-2026"], "Created").findings() == []
    assert sheet([*cells, "04-23-2026"], "Created").findings() == []
    mixed = sheet([*cells, "23-04-2026", "04-23-2026"], "Created").finding(Code.AMBIGUOUS_DATE)
    assert mixed.count == 3
    assert mixed.confidence > sheet(cells, "Created").finding(Code.AMBIGUOUS_DATE).confidence


def test_dates_with_a_declared_form_are_clear(sheet: Sheets) -> None:
    """What is read as a date has its form from the mapping; and other columns are not looked at."""
    cells = ["03-04-2026", "05-06-2026", "07-08-2026"]
    assert sheet(cells, "Created", "date").findings() == []
    assert sheet(cells, "Version").findings() == []
    assert sheet(cells[:2], "Created").findings() == []
