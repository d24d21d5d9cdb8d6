"""The types that Keen has for properties, against the values that would be sent."""

from typing import Any

import pytest

from leadsync.codes import Code
from leadsync.mapping import BoundMapping, bind, check_property_types
from leadsync.records import Issue, Translation

LEAD = "019dc3f6-1790-7298-932b-90a7ee4ba10c"
MISFIT = Code.NOT_THE_PROPERTYS_TYPE
HEADERS = ["Lead", "A", "B"]


def checked(bench: Any, keys: str, cells: list[str], keens: str, **more: Any) -> Translation:
    """Translate a column for the property P, whose type in Keen is given, and check it."""
    text = f"version: 1\nchannel: C\nlead: {{id: Lead}}\nproperties:\n  P: {{{keys}}}\nfields: {{notes: B}}\n"
    bound: BoundMapping = bind(bench.load(text), HEADERS, "x")
    translation = bench.translate(text, HEADERS, [[LEAD, cell, ""] for cell in cells], **more)
    return check_property_types(translation, {"P": keens, "notes": keens}, bound)


@pytest.mark.parametrize(
    ("keens", "keys", "cells", "misfits"),
    [
        ("number", "type: text", ["12", "-0.5", "1,5", "abc", "1e5", "", "0012", " 12"], "1,5 abc 1e5 0012 12"),
        ("Currency", "type: number", ["12", "0.5"], ""),
        ("decimal", "type: boolean", ["yes"], "yes"),
        ("number", "type: json", ["[1]", "5", '"5"', "true", '{"a": 1}'], '[1] true {"a":1}'),
        ("integer", "type: number", ["12", "0.5", "12.0"], "0.5"),
        ("integer", "type: text", ["12", "0.5", "x"], "0.5 x"),
        ("checkbox", "type: text", ["true", "yes", "1", "False"], "yes 1 False"),
        ("boolean", "type: boolean", ["yes", "no"], ""),
        ("date", "type: text", ["2026-12-31", "31-12-2026", "2026-02-30", "2026-12-31T10:00:00", "20261231"],
         "31-12-2026 2026-02-30 20261231"),
        ("datetime", "type: date", ["2026-12-31"], ""),
        ("date", "type: number", ["45000"], "45000"),
        ("select", "type: json", ["[1]", '"Gold"', "5"], "[1]"),
        ("select", "type: text", ["Gold", "5"], ""),
        ("text", "type: json", ["[1]", '{"a": 1}'], ""),
        ("multiselect", "type: json", ["[1]"], ""),
        ("hologram", "type: text", ["abc"], ""),
        ("number", "on_blank: clear", ["", "x"], "x"),
    ],
)  # fmt: skip
def test_a_value_must_be_of_its_propertys_type(
    bench: Any, keens: str, keys: str, cells: list[str], misfits: str
) -> None:
    """What Keen's type cannot be made of is refused; a type that is not known is not checked, nor a cleared value."""
    translation = checked(bench, f"column: A, {keys}", cells, keens)
    refused = [cells[row].replace(" ", "") for row in translation.issues]
    assert " ".join(refused) == misfits
    assert all(issue.code is MISFIT for issues in translation.issues.values() for issue in issues)


@pytest.mark.parametrize(
    ("keens", "fitting"),
    [
        ("number", '1 -2 0.5 2.0 "3" "0.5" "2.0"'),
        ("integer", '1 -2 2.0 "3" "2.0"'),
        ("boolean", 'true false "true" "false"'),
        ("date", '"2026-12-31" "2026-12-31T10:00:00"'),
        ("select", None),
    ],
)
def test_every_kind_of_json_is_judged(bench: Any, keens: str, fitting: str | None) -> None:
    """Lists and objects as well as plain values, for each family of Keen's types; none of them is more than misfit."""
    plain = ["1", "-2", "0.5", "2.0", "true", "false", '"x"', '"3"', '"0.5"', '"2.0"', '"true"', '"false"']
    plain += ['"2026-12-31"', '"2026-12-31T10:00:00"']
    nested = ["[]", "[1]", "{}", '{"a":[1]}', "[null]", '["true"]', '{"true":true}']
    cells = plain + nested
    translation = checked(bench, "column: A, type: json", cells, keens)
    fits = {cell for row, cell in enumerate(cells) if row not in translation.issues}
    assert fits == set(plain if fitting is None else fitting.split())


def test_a_long_number_is_whole_by_its_digits(bench: Any) -> None:
    """However many they are; what a float cannot tell is not asked of one."""
    cells = ["9" * 5000, "9007199254740993.5", "9007199254740993.00", "1.", "-0"]
    assert list(checked(bench, "column: A, type: text", cells, "integer").issues) == [1, 3]


def test_the_message_names_the_type_and_what_to_declare(bench: Any) -> None:
    """A person sees the cell, Keen's word for the type, and the key that would help."""
    translation = checked(bench, "column: A", ["12", "1.234,50"], "number")
    (issue,) = translation.issues[1]
    assert str(issue.cell) == "Leads!B3"
    assert issue.message == (
        'A: "1.234,50" is not a number, and Keen has the type "number" for the property "P". Say type: number for it '
        "in the mapping, with decimal and thousands where needed, or mend the cell."
    )
    (issue,) = checked(bench, "column: A, type: json", ['{"å": true}'], "integer").issues[0]
    assert issue.message.startswith('A: {"å": true} is not a whole number, and Keen has the type "integer"')


def test_a_constant_of_the_wrong_type_is_told_without_a_cell(bench: Any) -> None:
    """There is no cell to mend."""
    (issue,) = checked(bench, "value: many", ["x"], "number").issues[0]
    assert (issue.code, issue.cell) == (MISFIT, None)


def test_rows_that_are_not_sent_are_not_judged(bench: Any) -> None:
    """A row that could not be read keeps that issue alone; a row that is left out, or has nothing to send, none."""
    ragged, total = Issue(Code.RAGGED_ROW, "Ragged."), Issue(Code.BELOW_TABLE, "Total.")
    more = {"issues": {0: ragged}, "left_out": {1: total}}
    translation = checked(bench, "column: A", ["x", "x", "", "x"], "number", **more)
    assert translation.issues[0] == (ragged,)
    assert set(translation.skipped) == {1, 2}
    assert [issue.code for issue in translation.issues[3]] == [MISFIT]


def test_the_issues_of_a_row_stay_in_the_order_of_its_columns(bench: Any) -> None:
    """A misfit in column B stands before a bad address in column C, and after a bad lead in column A."""
    text = "version: 1\nchannel: C\nlead: {id: Lead}\nproperties: {P: A}\nfields: {email: {column: B, check: email}}\n"
    bound = bind(bench.load(text), HEADERS, "x")
    translation = bench.translate(text, HEADERS, [["nobody", "x", "bo@"], [LEAD, "1", "bo@example.com"]])
    found = check_property_types(translation, {"P": "number"}, bound)
    assert [str(issue.cell) for issue in found.issues[0]] == ["Leads!A2", "Leads!B2", "Leads!C2"]
    assert list(found.sendable()) == [1]
    assert check_property_types(translation, {}, bound) is translation
