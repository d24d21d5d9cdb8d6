"""Damage that a single cell proves: it is told as soon as there is one."""

from collections.abc import Callable
from typing import Any

import pytest

from leadsync.codes import Code
from leadsync.damage.invisible import unseen
from leadsync.damage.words import quote
from leadsync.records import Cell, Level

Sheets = Callable[..., Any]


def test_an_id_as_a_power_of_ten_is_found_and_refused(sheet: Sheets) -> None:
    """The finding tells where and how many; the row's issue quotes the cell and says what to do."""
    found = sheet(["26354817", "1.23E+11", "", "4,5e+7"], "CVR", "id")
    assert found.rows(Code.SCIENTIFIC_NOTATION) == [1, 3]
    finding = found.finding(Code.SCIENTIFIC_NOTATION)
    assert (finding.level, finding.position, finding.header, finding.count) == (Level.ERROR, 1, "CVR", 2)
    assert finding.cells == ("Leads!B3", "Leads!B5")
    assert finding.message == (
        "CVR: 2 of 3 cells (Leads!B3, Leads!B5) are written as powers of ten, such as 1.23E+11, so that digits of them "
        "are gone. Export the column again as text, or format it as a number without decimals before it is saved."
    )
    issue = found.issue(1)
    assert issue.code is Code.SCIENTIFIC_NOTATION
    assert issue.cell == Cell("Leads", 3, 1)
    assert issue.message == (
        'CVR: "1.23E+11" is written as a power of ten, so that digits of it are gone. Export the column again as text.'
    )


@pytest.mark.parametrize("cell", ["4.571E+10", "4,571E+10", "1E+05", "1.2e-7", "-1.5E+12", "4.57E10", " 1.5E+21 "])
def test_powers_of_ten_are_known_in_all_their_spellings(sheet: Sheets, cell: str) -> None:
    """Excel writes E+10, others e+10 or E10; the decimal mark follows the language."""
    assert sheet(["26354817", cell], "Phone", "phone").rows(Code.SCIENTIFIC_NOTATION) == [1]


@pytest.mark.parametrize(
    ("cell", "header", "role"),
    [
        ("1E5", "Item no.", "id"),
        ("12e45678", "Item no.", "id"),
        ("2.5E+03", "Amount", "number"),
        ("approx. 1.5E+10", "Item no.", "id"),
        ("1.5E+10", "Notes", "text"),
    ],
)
def test_what_may_be_meant_is_no_power_of_ten(sheet: Sheets, cell: str, header: str, role: str) -> None:
    """An id such as 1E5, hexadecimal digits, numbers where numbers are wanted, and texts."""
    assert sheet(["26354817", cell], header, role).findings() == []


def test_a_header_makes_a_column_of_text_one_of_ids(sheet: Sheets) -> None:
    """What the mapping sends as text may be an id by its header; that is less sure than a role."""
    by_header = sheet(["1.23E+11"], "Kundenr.", "text").finding(Code.SCIENTIFIC_NOTATION)
    by_role = sheet(["1.23E+11"], "Whatever", "id").finding(Code.SCIENTIFIC_NOTATION)
    assert 0 < by_header.confidence < by_role.confidence < 1


def test_ids_with_a_decimal_ending_are_found(sheet: Sheets) -> None:
    """A program took ids for numbers: 123.0."""
    found = sheet(["123.0", "4567.0", "89,00", "x.0", "v1.0.0", "12.000"], "Customer ID", "id")
    assert found.rows(Code.DECIMAL_ID) == [0, 1, 2]
    assert found.issue(0).message == (
        'Customer ID: "123.0" is an id of which another program has made a decimal number. Export the column as text.'
    )


def test_a_column_of_decimals_has_no_damaged_ids(sheet: Sheets) -> None:
    """Where more than one cell for every ten has a fraction, these are no ids; nor where the header says quantity."""
    assert sheet(["1.0", "1.1", "1.2", "2.0"], "Section no.", "text").findings() == []
    assert sheet(["25.0", "12.0"], "VAT rate", "text").findings() == []
    assert sheet(["25.0", "12.0"], "Number of employees", "text").findings() == []
    assert sheet(["25.0", "12.0"], "Amount", "number").findings() == []


@pytest.mark.parametrize(
    "text",
    [
        *("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"),
        *("#NV", "#BEZUG!", "#WERT!", "#I/T", "#REFERENCE!", "#VÆRDI!", "#N/D", "#VALEUR!", "#¡REF!", "#¿NOMBRE?"),
        *("#værdi!", " #N/A ", "########", "Err:502"),
    ],
)
def test_errors_of_spreadsheets_are_known_in_many_languages(sheet: Sheets, text: str) -> None:
    """CSV holds them as the texts that Excel or LibreOffice showed."""
    found = sheet(["fine", text, "#1 in sales", "#team", "see #N/A"])
    assert found.rows(Code.ERROR_VALUE) == [1]


def test_the_sentence_names_the_errors(sheet: Sheets) -> None:
    """Which errors there are is told once each; they are no data of leads."""
    found = sheet(["#N/A", "ok", "#REF!", "#n/a", "#####"])
    assert found.finding(Code.ERROR_VALUE).message == (
        'Notes: 4 of 5 cells (Leads!B2, Leads!B4, Leads!B5 and others) show an error of a spreadsheet ("#N/A", "#REF!" '
        'and "###") and no value. Mend the formulas and export again, or empty the cells: a blank cell leaves Keen\'s '
        "value alone."
    )
    assert found.issue(0).message.startswith('Notes: "#N/A" is an error of a spreadsheet and no value.')


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Anna\u200b", "U+200B (ZERO WIDTH SPACE)"),
        ("\ufeff26354817", "U+FEFF (ZERO WIDTH NO-BREAK SPACE)"),
        ("\u202a+45 12 34 56 79\u202c", "U+202A (LEFT-TO-RIGHT EMBEDDING)"),
        ("Lang\u00adstraße", "U+00AD (SOFT HYPHEN)"),
        ("a\x00b", "U+0000 (a control character)"),
        ("first\x0bsecond", "U+000B (a control character)"),
        ("\x1fAnna", "U+001F (a control character)"),
        ("end\x7f", "U+007F (a control character)"),
        ("a\x85b", "U+0085 (a control character)"),
        ("one\u2028two", "U+2028 (LINE SEPARATOR)"),
        ("2\u2062x", "U+2062 (INVISIBLE TIMES)"),
        ("a\u200db", "U+200D (ZERO WIDTH JOINER)"),
    ],
)
def test_characters_that_nobody_sees_are_found_and_named(sheet: Sheets, text: str, named: str) -> None:
    """They make two texts differ that look alike."""
    found = sheet(["Anna", text])
    assert found.rows(Code.INVISIBLE_CHARACTERS) == [1]
    assert named in found.finding(Code.INVISIBLE_CHARACTERS).message
    assert found.issue(1).message == (
        f"Notes: {quote(text)} holds {named}, which nobody sees. Say `transform: clean` in the mapping, or type the "
        "cell again."
    )


def test_what_nobody_sees_is_found_beside_a_garbled_letter_too() -> None:
    """The halves of such a letter are told as garbled, and anything else by its name."""
    assert unseen("Ã\x85se") is None
    assert unseen("Ã\x85se\u200b") == "\u200b"
    assert unseen("Ã\x85se\x07") == "\x07"


@pytest.mark.parametrize(
    "text",
    ["two\nlines", "tab\there", "a\u00a0b", "👩‍💻 works here", "می‌خواهم", "שלום\u200f", "❤️", "\u200b", " \ufeff "],
)
def test_characters_that_belong_where_they_are_raise_no_alarm(sheet: Sheets, text: str) -> None:
    """Line breaks, joiners of emoji and scripts, marks of direction in Hebrew; and a cell of them alone is blank."""
    assert sheet(["Anna", text, "Bo\r\nC"]).findings() == []
