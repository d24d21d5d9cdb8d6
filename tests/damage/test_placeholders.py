"""Texts that stand for no value; what is one depends on the column."""

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest

from leadsync.codes import Code
from leadsync.damage.words import each
from leadsync.records import Level

Sheets = Callable[..., Any]


@pytest.mark.parametrize(
    "text",
    [
        "N/A",
        "n/a",
        "n.a.",
        "-",
        "--",
        "\u2013",
        ".",
        "?",
        "null",
        "NULL",
        "(blank)",
        "Unknown",
        "ukendt",
        "TBD",
        "xxx",
        "k.A.",
    ],
)
def test_some_texts_stand_for_no_value_anywhere(sheet: Sheets, text: str) -> None:
    """In capitals or not, with white space around or not; the sentence says which text."""
    found = sheet(["called", f" {text} ", "will call"])
    assert found.rows(Code.PLACEHOLDER) == [1]
    assert f'("{text}")' in found.finding(Code.PLACEHOLDER).message


@pytest.mark.parametrize(
    ("header", "role", "cell"),
    [
        *(("Phone", "phone", cell) for cell in ("none", "x", "na", "nil", "test", "ingen", "0", "000000")),
        *(
            ("Phone", "phone", cell)
            for cell in ("0000000000", "1234567890", "11111111", "12 34 56 78", "+45 00 00 00 00")
        ),
        *(
            ("Phone", "phone", cell)
            for cell in ("999999", "123456", "+4512345678", "(000) 000-0000", "+1 111 111 1111")
        ),
        *(("CVR", "id", cell) for cell in ("00000000", "123456789", "11111111", "xx")),
        *(("CVR", "text", cell) for cell in ("00000000", "0123456789", "99999999")),
        *(("Company ID", "id", "00000000-0000-0000-0000-000000000000"),),
        *(("E-mail", "email", cell) for cell in ("test@test.com", "Test1@example.com", "noreply@example.com")),
        *(("E-mail", "email", cell) for cell in ("no@email.com", "NoReply@example.com", "none", "unknown@example.com")),
        *(("E-mail", "text", "test@test.com"),),
        *(("Start", "date", cell) for cell in ("1900-01-01", "01-01-1970", "1970-01-01 00:00:00", "0000-00-00")),
        *(("Start", "date", cell) for cell in ("1/1/1900", "01.01.1900", "31-12-9999", "1899-12-30", "x")),
        *(("Født", "text", cell) for cell in ("01-01-1900", "1970-01-01T00:00:00Z")),
        *(("Amount", "number", cell) for cell in ("none", "-", "x")),
    ],
)
def test_each_kind_of_column_has_placeholders_of_its_own(sheet: Sheets, header: str, role: str, cell: str) -> None:
    """Made-up numbers, addresses and dates; texts where the mapping wants none."""
    assert sheet([cell], header, role).rows(Code.PLACEHOLDER) == [0]


@pytest.mark.parametrize(
    ("header", "role", "cell"),
    [
        *(("First name", "text", cell) for cell in ("Na", "Test", "Nan", "Null", "None", "No", "X")),
        *(("Newsletter", "text", cell) for cell in ("x", "no", "nej", "None", "0", "na")),
        *(
            ("Phone", "phone", cell)
            for cell in ("70 00 00 00", "+45 70 00 00 00", "33 33 44 44", "112", "20 22 22 22", "11 11")
        ),
        *(("Customer no.", "id", cell) for cell in ("111111", "1234", "12345678", "23456789")),
        *(
            ("E-mail", "email", cell)
            for cell in ("testa@example.com", "nora@example.com", "na@firma.example.com", "no@dk.example.com")
        ),
        *(("E-mail", "email", cell) for cell in ("contest@example.com", "noel@example.com", "abc@dk.example.com")),
        *(("Start", "date", cell) for cell in ("1970-01-21", "11-11-1970", "1900-10-10", "2001-01-01", "01-01-2026")),
        *(("Amount", "number", cell) for cell in ("0", "11111111", "1234567890", "0.00")),
        *(("Notes", "text", cell) for cell in ("N/A for now", "-5", "test drive", "nothing", "00000000", "12345678")),
    ],
)
def test_what_may_be_real_raises_no_alarm(sheet: Sheets, header: str, role: str, cell: str) -> None:
    """Names that are words elsewhere, crosses in a list, round phone numbers, initials, and what is counted."""
    assert sheet([cell], header, role).findings() == []


def test_the_sentence_names_the_first_texts(sheet: Sheets) -> None:
    """Three, and whether there are others."""
    cells = ["N/A", "ok", "-", "N/A", "?", "tbd", "null"]
    finding = sheet(cells).finding(Code.PLACEHOLDER)
    assert finding.level is Level.WARNING
    assert finding.count == 6
    assert finding.message == (
        'Notes: 6 of 7 cells (Leads!B2, Leads!B4, Leads!B5 and others) hold a text that stands for no value ("N/A", '
        '"-", "?" and others). Declare such texts with `source: {blanks: […]}` in the mapping, and they count '
        "as blank; or mend the cells."
    )
    assert sheet(cells).issue(2).message == (
        'Notes: "-" stands for no value. Declare it with `source: {blanks: […]}` in the mapping, and it counts as '
        "blank; or mend the cell."
    )


def test_a_placeholder_is_surer_where_the_mapping_tells_what_is_wanted(sheet: Sheets) -> None:
    """A dash in a phone column is no number; in a text it may say something."""
    sure = sheet(["-"], "Phone", "phone").finding(Code.PLACEHOLDER)
    assert sheet(["-"]).finding(Code.PLACEHOLDER).confidence < sure.confidence


def test_made_up_addresses_are_found_whatever_they_are_made_of(sheet: Sheets) -> None:
    """Each name with each domain, in capitals or not."""
    alone = each("test test12 noreply no-reply nomail no-email none null unknown ukendt dummy fake asdf asdfgh xxx")
    pairs = each("no na x xx a aa abc me email e-mail mail user name example")
    domains = each("email e-mail mail test example none no na x xx a aa abc domain nomail noemail")
    cells = [*(f"{name}@firma.example.com" for name in alone), *(f"{a}@{b}.com" for a in pairs for b in domains)]
    cells += [cell.upper() for cell in cells]
    assert sheet(cells, "E-mail", "email").finding(Code.PLACEHOLDER).count == len(cells)


def test_made_up_dates_are_found_however_they_are_written(sheet: Sheets) -> None:
    """Each year with which programs begin to count, in both orders, with every mark, with a time or without one."""
    cells = []
    for year, mark, day in product(("1900", "1970", "0000", "0001"), "-./", ("1", "01", "0", "00")):
        cells += [mark.join((year, day, day)), mark.join((day, day, year)), mark.join((day, "01", year)) + " 00:00"]
    assert sheet(cells, "Start", "date").finding(Code.PLACEHOLDER).count == len(cells)
