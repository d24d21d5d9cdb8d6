"""The look at a whole source: what is looked at, in which order it is told, and that chunks do not matter."""

# ruff: noqa: RUF001  # real text has such characters

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadsync.codes import Code
from leadsync.damage import Finding, Inspector, Role, RowSet, Watched
from leadsync.damage.findings import DETECTORS
from leadsync.records import DEFAULT_LEVELS, Chunk, Level

Sheets = Callable[..., Any]

NAMES = [
    *("Søren", "Åse", "Jürgen", "Zoë", "François", "Conceição", "João", "Mette-Marie", "O'Neil", "Łukasz", "Nguyễn"),
    *("Øvind", "Bo", "Li", "Null", "Test", "Müller", "Groß", "Na", "Ó"),
]


def told(findings: list[Finding], rows: int) -> list[tuple[object, ...]]:
    """Give all that findings tell, to be compared."""
    return [(f.code, f.position, f.count, f.confidence, f.cells, f.message, f.rows.within(0, rows)) for f in findings]


def damaged_sheet(random: np.random.Generator, rows: int) -> tuple[list[str], dict[int, list[str]]]:
    """Make headers, and columns in which every kind of damage occurs somewhere."""
    pool = [
        *(
            "",
            " ",
            "Anna",
            "Søren",
            "SÃ¸ren",
            "25 Â°",
            "N/A",
            "-",
            "#N/A",
            "a\u200bb",
            "x\x0by",
            "\x1f",
            "S\ufffd",
            "\u200b",
        ),
        *(
            "1.5E+11",
            "123.0",
            "1234567890123450000",
            "12345678",
            "800",
            "0800",
            "person@example.com",
            "+45 20 21 22 23",
        ),
        *(
            "46086",
            "03-04-2026",
            "1/2/26",
            "1970-01-01",
            "00000000",
            "voilÃ\u00a0",
            "two\nlines",
            " padded ",
            "é",
            "Err:502",
        ),
    ]
    columns = {column: random.choice(pool, rows).tolist() for column in range(1, 7)}
    columns[0] = [f"10000000-0000-4000-8000-{number:012d}" for number in random.integers(0, rows, rows).tolist()]
    return ["Lead ID", "E-mail", "Phone", "CVR", "Created", "Start", "Notes"], columns


def look(headers: list[str], columns: dict[int, list[str]], size: int) -> list[Finding]:
    """Look at columns in chunks of a size."""
    roles = [Role.LEAD, Role.EMAIL, Role.PHONE, Role.ID, Role.TEXT, Role.DATE, Role.TEXT]
    inspector = Inspector([Watched(n, h, frozenset({roles[n]})) for n, h in enumerate(headers)], {})
    frame = pd.DataFrame(columns, dtype=object)[range(len(headers))]
    for start in range(0, len(frame), size):
        part = frame[start : start + size]
        numbers = range(2 + start, 2 + start + len(part))
        chunk = Chunk("leads.csv", "Leads", tuple(headers), start, numbers, part)
        inspector.look(chunk, chunk.column(0))
    return inspector.findings()


@pytest.mark.parametrize("size", [1, 7, 100, 299])
def test_the_size_of_chunks_does_not_matter(random: np.random.Generator, size: int) -> None:
    """The same rows give the same findings, to the letter, however they are cut."""
    headers, columns = damaged_sheet(random, 300)
    whole = told(look(headers, columns, 300), 300)
    assert len({code for code, *_ in whole}) >= 8
    assert told(look(headers, columns, size), 300) == whole


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.text(st.characters(codec=None), max_size=12) | st.sampled_from(["Ã¸", " ", "\x1f", "\ud800", "N/A"]),
        max_size=30,
    ),
    st.integers(1, 31),
    st.sampled_from(Role),
)
def test_no_text_whatever_is_too_much(cells: list[str], size: int, role: Role) -> None:
    """Any text in any column is looked at without an error, and the same however it is cut."""

    def findings(at_once: int) -> list[tuple[object, ...]]:
        inspector = Inspector([Watched(0, "Date no. name", frozenset({role}))], {})
        for start in range(0, len(cells), at_once):
            part = pd.DataFrame({0: cells[start : start + at_once]}, dtype=object)
            numbers = range(2 + start, 2 + start + len(part))
            inspector.look(Chunk("x", "x", ("Date no. name",), start, numbers, part), [""] * len(part))
        return told(inspector.findings(), len(cells))

    assert findings(size) == findings(31)


def test_a_sound_export_raises_no_alarm(random: np.random.Generator) -> None:
    """A thousand rows of a CRM, with names of many languages, phones and ids as people have them, dates and notes."""
    rows = 1000

    def some(*of: str) -> list[str]:
        return random.choice(list(of), rows).tolist()

    def numbers(first: int, last: int) -> list[int]:
        return random.integers(first, last, rows).tolist()

    columns: dict[str, tuple[str, list[str]]] = {
        "Lead ID": ("lead", [f"10000000-0000-4000-8000-{number:012d}" for number in range(rows)]),
        "E-mail": ("email", [f"{name}.{n}@example.com" for n, name in enumerate(some(*NAMES))]),
        "Fornavn": ("text", some(*NAMES)),
        "Vollständiger Name": ("text", some("Jürgen Groß", "ANA MAÇÃ", "Renée « Zoë » Lefèvre", "Nguyễn Thị Hà")),
        "Telefon": ("phone", [f"{n:08d}" for n in numbers(20_000_000, 99_999_999)]),
        "Mobile": (
            "phone",
            [f"+{cc} {n}" for cc, n in zip(some("45", "49", "1", "351"), numbers(10**6, 10**10), strict=True)],
        ),
        "CVR-nr.": ("id", [f"{n:08d}" for n in numbers(0, 10**8)]),
        "Kundenr.": ("text", [str(n) for n in range(1, rows + 1)]),
        "Record ID": ("id", [str(n) for n in numbers(10**17, 10**18)]),
        "Postnr.": ("text", [f"{n:04d}" for n in numbers(800, 9990)]),
        "Oprettet": ("text", [f"{n % 28 + 1:02d}-{n % 12 + 1:02d}-2025" for n in numbers(0, 10**6)]),
        "Født": ("date", [f"19{y}-{m:02d}-17" for y, m in zip(numbers(40, 99), numbers(1, 13), strict=True)]),
        "Amount": ("number", [f"{n / 100:.2f}" for n in numbers(0, 10**7)]),
        "Version": ("text", some("1.0", "1.1", "2.0")),
        "Newsletter": ("text", some("x", "", "")),
        "Aktiv": ("text", some("Ja", "Nej")),
        "Website": ("text", some("https://example.com/?q=1", "", "example.com/#top")),
        "Notes": (
            "text",
            some("Called – will call back…", "Møde\nmed Åse", "25 °C", "", "#1 kunde", "“fine” 👩‍💻", "1,5 %"),
        ),
        "Country": ("text", some("Danmark", "Österreich", "Côte d’Ivoire", "NA")),
    }
    watched = [Watched(n, h, frozenset({Role(role)})) for n, (h, (role, _)) in enumerate(columns.items())]
    inspector = Inspector(watched, {})
    frame = pd.DataFrame({n: cells for n, (_, cells) in enumerate(columns.values())}, dtype=object)
    inspector.look(Chunk("crm.csv", "crm.csv", tuple(columns), 0, range(2, 2 + rows), frame), columns["Lead ID"][1])
    assert [finding.message for finding in inspector.findings()] == []


@pytest.mark.parametrize("cells", [[], ["Anna"], [""], ["", "", ""]])
def test_small_and_empty_sources_raise_no_alarm(sheet: Sheets, cells: list[str]) -> None:
    """Nothing, one row, blank rows: nothing is told."""
    for header, role in (("Phone", "phone"), ("CVR", "id"), ("Created", "date"), ("Notes", "text")):
        assert sheet(cells if role == "text" else ["" for _ in cells], header, role).findings() == []


def test_rows_that_are_none_and_cells_with_a_fault_are_not_looked_at(sheet: Sheets) -> None:
    """Ragged rows, rows left out and faults have their own sentence."""
    cells = ["N/A", "N/A", "N/A", "N/A", "fine"]
    found = sheet(cells, ragged=frozenset({0}), left_out=frozenset({1}), faults=frozenset({2}))
    assert found.rows(Code.PLACEHOLDER) == [3]
    assert "1 of 2 cells" in found.finding(Code.PLACEHOLDER).message


def test_an_error_cell_that_is_only_a_warning_is_told(sheet: Sheets) -> None:
    """By the word of the workbook, whatever it shows; as an error it is told row by row and not counted here."""
    cells, faults = ["#N/A", "fine", "Fejl 17", "#REF!"], frozenset({0, 2})
    finding = sheet(cells, faults=faults, levels={Code.ERROR_VALUE: Level.WARNING}).finding(Code.ERROR_VALUE)
    assert (finding.level, finding.count, finding.cells) == (Level.WARNING, 3, ("Leads!B2", "Leads!B4", "Leads!B5"))
    assert '("#N/A", "#REF!" and "Fejl 17")' in finding.message
    assert sheet(cells, faults=faults).rows(Code.ERROR_VALUE) == [3]
    assert sheet(cells, faults=faults, levels={Code.ERROR_VALUE: Level.OFF}).findings() == []


@pytest.mark.parametrize(("header", "role"), [("Notes", "text"), ("Amount", "number"), ("Customer ID", "id")])
def test_digits_that_a_workbook_has_lost_are_told_in_any_column(sheet: Sheets, header: str, role: str) -> None:
    """One is enough, and each counts once; as an error it is told row by row, and where it is off not at all."""
    cells, more = ["1234567890123450000", "17", ""], {"faults": frozenset({0, 2}), "fault": Code.DIGITS_LOST}
    finding = sheet(cells, header, role, levels={Code.DIGITS_LOST: Level.WARNING}, **more).finding(Code.DIGITS_LOST)
    assert (finding.level, finding.count, finding.cells) == (Level.WARNING, 1, ("Leads!B2",))
    assert finding.message.startswith(f"{header}: 1 of 2 cells (Leads!B2) has more than 15 digits")
    assert sheet(cells, header, role, **more).findings() == []
    assert sheet(cells, header, role, levels={Code.DIGITS_LOST: Level.OFF}, **more).findings() == []


def test_digits_lost_in_numbers_and_in_texts_make_one_finding(sheet: Sheets) -> None:
    """What the workbook tells and what the column tells are about different cells."""
    cells = ["1234567890123450000", "1234567890123460000", "ok", "2234567890123470000"]
    more = {"fault": Code.DIGITS_LOST, "levels": {Code.DIGITS_LOST: Level.WARNING}}
    finding = sheet(cells, "Customer ID", "id", faults=frozenset({1}), **more).finding(Code.DIGITS_LOST)
    assert (finding.count, finding.rows.within(0, 4)) == (3, [0, 1, 3])
    assert 0.99 < finding.confidence < 1


def test_a_formula_without_a_value_is_not_looked_at(sheet: Sheets) -> None:
    """It has no level of its own: its row is always refused."""
    more = {"faults": frozenset({0}), "fault": Code.NOT_CALCULATED}
    assert sheet(["N/A", "ok"], levels=dict.fromkeys(DEFAULT_LEVELS, Level.WARNING), **more).findings() == []


def test_rows_that_repeat_a_lead_are_counted(sheet: Sheets) -> None:
    """Each row after the first of its lead; rows without a lead repeat none."""
    leads = ["a", "b", "a", "", "", "a", "b"]
    found = sheet(["one", "two", "three", "four", "five", "six", "seven"], leads=leads)
    assert found.rows(Code.REPEATED_LEAD) == [2, 5, 6]
    finding = found.finding(Code.REPEATED_LEAD)
    assert (finding.position, finding.header, finding.level, finding.confidence) == (0, "Lead ID", Level.WARNING, 1.0)
    assert finding.message.startswith(
        "Lead ID: 3 of 5 cells (Leads!A4, Leads!A7, Leads!A8) name a lead that an earlier row is about"
    )
    assert found.issue(2).message == "Lead ID: an earlier row is about the same lead. Keep one row for each lead."


def test_rows_left_out_repeat_no_lead(sheet: Sheets) -> None:
    """A hidden row or a total is not sent, so it is not the first of its lead either."""
    found = sheet(["one", "two", "three"], leads=["a", "a", "a"], left_out=frozenset({0}))
    assert found.rows(Code.REPEATED_LEAD) == [2]


def test_cells_are_told_as_the_sheet_counts_them(sheet: Sheets) -> None:
    """The rows of a sheet may jump, and the run may have begun with another source."""
    found = sheet(["N/A", "ok", "N/A"], leads=["a", "b", "a"], first=5000, numbers=[3, 7, 8])
    placeholder, repeated = sorted(found.findings(), key=lambda finding: finding.code)
    assert (placeholder.cells, placeholder.rows.within(5000, 3)) == (("Leads!B3", "Leads!B8"), [0, 2])
    assert (repeated.cells, repeated.rows.within(5000, 3)) == (("Leads!A8",), [2])


def test_many_leads_are_remembered_in_few_bytes() -> None:
    """Beyond a block of a million rows, repetitions are found across blocks."""
    rows, size = 1_100_000, 100_000
    inspector = Inspector(
        [Watched(0, "Lead ID", frozenset({Role.LEAD}))],
        dict.fromkeys(DEFAULT_LEVELS, Level.OFF) | {Code.REPEATED_LEAD: Level.WARNING},
    )
    frame = pd.DataFrame({0: [""] * size}, dtype=object)
    leads = [*map(str, range(rows - 1)), "17"]
    for start in range(0, rows, size):
        chunk = Chunk("x", "x", ("Lead ID",), start, range(start + 2, start + 2 + size), frame)
        inspector.look(chunk, leads[start : start + size])
    (finding,) = inspector.findings()
    assert (finding.count, finding.cells, finding.rows.within(rows - 1, 1)) == (1, (f"x!A{rows + 1}",), [0])


def test_a_kind_that_is_off_is_not_told(sheet: Sheets) -> None:
    """The mapping decides how much each kind weighs."""
    assert sheet(["N/A"], levels={Code.PLACEHOLDER: Level.OFF}).findings() == []
    assert sheet(["N/A"], levels={Code.PLACEHOLDER: Level.ERROR}).finding(Code.PLACEHOLDER).level is Level.ERROR
    assert sheet(["a", "b"], leads=["one", "one"], levels={Code.REPEATED_LEAD: Level.OFF}).findings() == []


def test_findings_are_told_by_column_and_can_be_asked_for_again(random: np.random.Generator) -> None:
    """From left to right, errors of a column first."""
    headers, columns = damaged_sheet(random, 300)
    findings = look(headers, columns, 100)
    order = list(DEFAULT_LEVELS)
    assert [(f.position, order.index(f.code)) for f in findings] == sorted(
        (f.position, order.index(f.code)) for f in findings
    )


def test_every_kind_has_a_level_and_a_detector() -> None:
    """A kind that nobody looks for is a promise that nobody keeps."""
    assert {detector.code for detector in DETECTORS} | {Code.REPEATED_LEAD} == set(DEFAULT_LEVELS)


@given(st.sets(st.integers(0, 5000)), st.integers(0, 5000), st.integers(0, 300))
def test_a_set_of_rows_gives_back_what_was_put_in(positions: set[int], first: int, count: int) -> None:
    """Through bytes too, and from any place on."""
    rows = RowSet()
    for part in (sorted(positions)[::2], sorted(positions)[1::2]):
        rows.add(part)
    expected = [position - first for position in sorted(positions) if first <= position < first + count]
    assert rows.within(first, count) == expected
    again = RowSet.from_bytes(rows.to_bytes())
    assert again == rows
    assert again.within(first, count) == expected
    assert len(again) == len(positions)
    again.add([10_000])
    assert again != rows


def test_a_set_of_rows_takes_a_bit_for_each() -> None:
    """Ten million suspects are no list."""
    rows = RowSet()
    for start in range(0, 1_000_000, 2000):
        rows.add(np.arange(start, start + 2000))
    assert len(rows.to_bytes()) == 125_000
