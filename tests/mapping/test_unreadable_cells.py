"""Cells that hold no value to read, and rows that are none of the table's."""

from typing import Any

import pytest

from leadsync.codes import Code
from leadsync.damage import Inspector, Role, Watched
from leadsync.mapping import as_declared, bind, in_order, lead_ids
from leadsync.records import Cell, Issue, Level, Translation

LEAD = "019dc3f6-1790-7298-932b-90a7ee4ba10c"
HEADERS = ["Lead", "A", "B", "C"]
TEXT = """version: 1
channel: C
lead: {id: Lead}
fields:
  notes: {template: "{A} {B}", on_blank: clear}
properties:
  Size: {column: B, type: number, required: true}
"""
HIDDEN = Issue(Code.HIDDEN_ROW, "Leads!2 is hidden.")


def fault(column: int, code: Code = Code.ERROR_VALUE, prefix: str = "") -> Issue:
    """Make the fault of a cell in row 2."""
    cell = Cell("Leads", 2, column)
    return Issue(code, f"{prefix}{cell} shows #N/A, which is an error and no value.", cell)


def translated(bench: Any, row: list[str], text: str = TEXT, **more: Any) -> Translation:
    """Translate one row, and a sound one below it."""
    translation: Translation = bench.translate(text, HEADERS, [row, [LEAD, "a", "1", ""]], **more)
    assert 1 not in translation.issues
    return translation


def test_an_error_cell_is_told_once_however_often_it_is_used(bench: Any) -> None:
    """Two fields use the column; the cell is not also called blank or no number, and clears nothing."""
    translation = translated(bench, [LEAD, "a", "#N/A", ""], faults={2: {0: fault(2)}})
    assert [(i.code, str(i.cell), i.message) for i in translation.issues[0]] == [
        (Code.ERROR_VALUE, "Leads!C2", "B: Leads!C2 shows #N/A, which is an error and no value.")
    ]
    assert [list(values) for values in translation.columns.values()] == [[None, "a 1"], [None, 1]]


def test_an_error_cell_in_a_column_that_is_not_used_does_nothing(bench: Any) -> None:
    """Whoever leaves a broken formula beside the table is not kept from sending it."""
    translation = translated(bench, [LEAD, "a", "1", "#REF!"], faults={3: {0: fault(3)}})
    assert translation.issues == {}


def test_a_message_that_names_its_column_is_left_as_it_is(bench: Any) -> None:
    """The column is not named twice."""
    told = fault(1, prefix="A: ")
    assert translated(bench, [LEAD, "#N/A", "1", ""], faults={1: {0: told}}).issues[0] == (told,)


def test_a_lead_that_is_an_error_is_told_as_such(bench: Any) -> None:
    """Not as a missing lead, nor as a blank row; all other faults of the row are told too."""
    for code, cell in ((Code.ERROR_VALUE, "#N/A"), (Code.NOT_CALCULATED, "")):
        translation = translated(bench, [cell, "", "", ""], faults={0: {0: fault(0, code)}})
        assert [issue.code for issue in translation.issues[0]] == [code, Code.REQUIRED_BLANK]
        assert list(translation.leads) == ["", LEAD]


def test_a_row_without_a_lead_that_has_a_formula_is_not_blank(bench: Any) -> None:
    """What a formula would show is not known, so the row is not passed over as blank."""
    translation = translated(bench, ["", "", "", ""], faults={1: {0: fault(1, Code.NOT_CALCULATED)}})
    codes = [issue.code for issue in translation.issues[0]]
    assert codes == [Code.MISSING_LEAD_ID, Code.NOT_CALCULATED, Code.REQUIRED_BLANK]
    assert translated(bench, [""] * 4, faults={3: {0: fault(3)}}).skipped[0].code is Code.BLANK_ROW


@pytest.mark.parametrize(
    "row", [["", "", "", ""], ["nobody", "a", "x", ""], [LEAD, "\x00", "#N/A", ""], [LEAD, "a", "1", ""]]
)
def test_a_row_that_is_none_of_the_tables_is_skipped_whatever_is_wrong_with_it(bench: Any, row: list[str]) -> None:
    """A hidden row, or a total: even where it is ragged, blank, or full of errors; and it names no lead."""
    ragged = Issue(Code.RAGGED_ROW, "The row has 3 cells, the header 4.")
    more = {"left_out": {0: HIDDEN}, "issues": {0: ragged}, "faults": {2: {0: fault(2)}}}
    translation = translated(bench, row, **more)
    assert (dict(translation.issues), dict(translation.skipped)) == ({}, {0: HIDDEN})
    assert list(translation.sendable()) == [1]
    bound = bind(bench.load(TEXT), HEADERS, "x")
    assert list(lead_ids(bound, translation.chunk)) == list(translation.leads) == ["", LEAD]


def test_an_error_that_the_mapping_makes_no_error_is_read_as_its_text(bench: Any) -> None:
    """`damage: {digits_lost: off}` sends the digits that the sheet shows; a formula without a value stays a fault."""
    digits = "1234567890123456000"
    text = TEXT.replace("type: number, ", "") + "damage: {digits_lost: off, error_value: error}\n"
    translation = translated(bench, [LEAD, "a", digits, ""], text, faults={2: {0: fault(2, Code.DIGITS_LOST)}})
    assert [values[0] for values in translation.columns.values()] == [f"a {digits}", digits]
    for code in (Code.ERROR_VALUE, Code.NOT_CALCULATED):
        assert translated(bench, [LEAD, "a", "", ""], text, faults={2: {0: fault(2, code)}}).issues[0][0].code is code


def test_what_is_only_a_warning_is_sent_and_told(bench: Any) -> None:
    """Nothing is sent of which nobody is told, and nothing is told twice: each cell is refused, or found as damage."""
    text = TEXT.replace("type: number, ", "")
    for code in (Code.ERROR_VALUE, Code.DIGITS_LOST):
        for level in Level:
            levels = f"damage: {{{code}: {level}, one_value: off}}\n"
            faults = {2: {0: fault(2, code)}}
            translation = translated(bench, [LEAD, "a", "#N/A", ""], text + levels, faults=faults)
            bound = bind(bench.load(text + levels), HEADERS, "x")
            watched = [
                Watched(position, HEADERS[position], frozenset(map(Role, roles)))
                for position, roles in sorted(bound.watched.items())
            ]
            inspector = Inspector(watched, bound.mapping.damage)
            inspector.look(as_declared(bound, translation.chunk), [])
            found = [finding.code for finding in inspector.findings() if finding.code is code]
            assert (0 in translation.issues, found) == (level is Level.ERROR, [code] * (level is Level.WARNING))


def test_issues_are_told_from_left_to_right() -> None:
    """Those of a whole row first; those of one column in the order in which they were found."""
    row, left, first, second = Issue(Code.RAGGED_ROW, "Ragged."), fault(0), fault(2), fault(2, Code.MOJIBAKE)
    assert in_order([first, left, second, row]) == (row, left, first, second)


def test_the_weight_of_each_kind_of_damage_is_read(bench: Any) -> None:
    """Only what the mapping declares; `off` is no YAML false."""
    text = TEXT + "damage: {mojibake: warning, one_value: off, placeholder: error, repeated_lead: off}\n"
    assert bench.load(text).damage == {
        Code.MOJIBAKE: Level.WARNING,
        Code.ONE_VALUE: Level.OFF,
        Code.PLACEHOLDER: Level.ERROR,
        Code.REPEATED_LEAD: Level.OFF,
    }
    assert bench.load(TEXT).damage == {}


def test_what_each_column_holds_is_told_by_target_and_keys(bench: Any) -> None:
    """The lead, ids, phones, addresses, dates and numbers are watched as such, all other columns as text."""
    text = """version: 1
channel: C
lead: {legacy_id: L}
fields:
  email: E
  phone: {column: P, blanks: x}
  business_id: {template: "{I}-{T}"}
  notes: {template: "{E} {N} {L}"}
  source: {value: x}
properties:
  Mobile: {column: M, phone: {region: DK}}
  Mail: {column: W, check: [email, {length: {max: 5}}]}
  Since: {column: D, type: date}
  Count: {column: N, type: integer}
  Sum: {column: S, type: number}
  phone: {column: X}
"""
    bound = bind(bench.load(text), list("LEPITNMWDSXY"), "x")
    told = {bound.headers[position]: set(roles) for position, roles in bound.watched.items()}
    assert told == {
        "L": {"lead", "id", "text"},
        "E": {"email", "text"},
        "P": {"phone"},
        "I": {"id"},
        "T": {"id"},
        "N": {"number", "text"},
        "M": {"phone"},
        "W": {"email"},
        "D": {"date"},
        "S": {"number"},
        "X": {"text"},
    }
