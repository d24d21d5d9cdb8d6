"""Some rows of a chunk translated, and columns of which any row holds something."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadsync.codes import Code
from leadsync.mapping import bind, filled_columns, lead_ids, translate, translate_rows
from leadsync.records import Cell, Issue

LEAD = "019dc3f6-1790-7298-932b-90a7ee4ba10c"
HEADERS = ["Lead", "A", "B", "C"]
TEXT = """version: 1
channel: C
source: {blanks: [NULL]}
lead: {id: Lead}
fields:
  notes: {template: "{A} {B}"}
  source: {value: CRM}
  email: {column: C, check: email}
properties:
  Size: {column: B, type: number, decimal: ","}
  Tier: {column: A, required: true}
"""
WITHOUT_CONSTANT = TEXT.replace("  source: {value: CRM}\n", "").replace(", required: true", "")


def test_only_the_given_rows_are_translated(bench: Any) -> None:
    """All others are unchanged, say nothing, and still name their lead; cells at fault have their own numbers."""
    rows = [[LEAD, "a", "1", ""], [LEAD.upper(), "b", "x", "bo@"], ["", "c", "3", ""], [LEAD, "d", "4", ""]]
    bound, chunk = bench.bound(TEXT, HEADERS), bench.chunk(HEADERS, rows)
    translation = translate_rows(bound, chunk, [3, 1])
    assert translation.chunk is chunk
    assert translation.unchanged == {0, 2}
    assert list(translation.leads) == [LEAD, LEAD, "", LEAD]
    assert [list(values) for values in translation.columns.values()] == [
        [None, "b x", None, "d 4"],
        [None, "CRM", None, "CRM"],
        [None, None, None, None],
        [None, None, None, 4],
        [None, "b", None, "d"],
    ]
    assert {row: [str(i.cell) for i in found] for row, found in translation.issues.items()} == {
        1: ["Leads!C3", "Leads!D3"]
    }
    assert list(translation.sendable()) == [3]


def test_no_rows_and_all_rows(bench: Any) -> None:
    """None is the night on which nothing changed; all is what `translate` gives."""
    rows = [[LEAD, "a", "1", ""], [LEAD, "b", "x", "bo@"]]
    bound, chunk = bench.bound(TEXT, HEADERS), bench.chunk(HEADERS, rows)
    none = translate_rows(bound, chunk, [])
    assert (set(none.unchanged), list(none.leads), list(none.sendable())) == ({0, 1}, [LEAD, LEAD], [])
    assert none.columns == {target: [None, None] for target in translate(bound, chunk).columns}
    assert translate_rows(bound, chunk, [1, 0, 1]) == translate(bound, chunk)
    assert translate_rows(bound, chunk, np.array([0, 1])) == translate(bound, chunk)
    assert translate_rows(bound, chunk, [1], ["one", "two"]).leads == ["one", "two"]


@pytest.mark.parametrize("kind", ["issues", "left_out"])
def test_a_row_that_could_not_be_read_is_never_unchanged(bench: Any, kind: str) -> None:
    """Whatever the caller found of its cells, it ends as `translate` says."""
    rows = [[LEAD, "a", "1", ""]] * 3
    bound = bench.bound(TEXT, HEADERS)
    chunk = bench.chunk(HEADERS, rows, **{kind: {1: Issue(Code.RAGGED_ROW, "Three cells, four headers.")}})
    translation = translate_rows(bound, chunk, [0])
    assert translation.unchanged == {2}
    assert (translation.issues, translation.skipped) == (
        translate(bound, chunk).issues,
        translate(bound, chunk).skipped,
    )


ROW = st.tuples(
    st.sampled_from([LEAD, LEAD.upper(), "", "NULL", "x"]),
    st.sampled_from(["", "a", "NULL"]),
    st.sampled_from(["", "1,5", "1.5", "x", "#N/A"]),
    st.sampled_from(["", "bo@example.com", "bo@", "\x1f"]),
)
ROWS = st.lists(
    st.tuples(ROW, st.booleans(), st.sets(st.sampled_from(["typed", "fault", "ragged", "out"]))), max_size=9
)


@settings(deadline=None)
@given(given_rows=ROWS, text=st.sampled_from([TEXT, WITHOUT_CONSTANT]))
def test_a_row_is_translated_among_some_as_among_all(shared_bench: Any, given_rows: list[Any], text: str) -> None:
    """Typed cells, cells at fault, blank rows, rows left out: each row's values, issues and reasons are the same."""
    bench = shared_bench()

    def told(word: str, what: Issue) -> dict[int, Issue]:
        return {row: what for row, (_, _, words) in enumerate(given_rows) if word in words}

    chunk = bench.chunk(
        HEADERS,
        [cells for cells, _, _ in given_rows],
        typed={2: frozenset(told("typed", Issue(Code.BLANK_ROW, "")))},
        faults={2: told("fault", Issue(Code.ERROR_VALUE, "No value.", Cell("Leads", 2, 2)))},
        issues=told("ragged", Issue(Code.RAGGED_ROW, "Ragged.")),
        left_out=told("out", Issue(Code.HIDDEN_ROW, "Hidden.")),
    )
    bound = bind(bench.load(text), HEADERS, "x")
    rows = [row for row, (_, is_given, _) in enumerate(given_rows) if is_given]
    some, every = translate_rows(bound, chunk, rows), translate(bound, chunk)
    done = [row for row in range(len(chunk)) if row not in some.unchanged]
    assert {*rows} <= {*done} <= {*rows, *chunk.issues, *chunk.left_out}
    assert list(some.leads) == list(every.leads) == lead_ids(bound, chunk)
    assert some.issues == {row: found for row, found in every.issues.items() if row in done}
    assert some.skipped == {row: found for row, found in every.skipped.items() if row in done}
    for target, values in every.columns.items():
        assert list(some.columns[target]) == [value if row in done else None for row, value in enumerate(values)]


def test_columns_that_hold_something_are_found(bench: Any) -> None:
    """Blank is what the mapping declares, for all fields that use a column; a column that is not used is not told."""
    text = """version: 1
source: {blanks: [NULL]}
lead: {id: Lead}
fields: {notes: A, source: {column: B, blanks: [none]}, email: {column: B, blanks: [None, x]}, phone: C}
"""
    bound = bench.bound(text, [*HEADERS, "D"])

    def found(*row: str, known: frozenset[int] = frozenset(), **more: Any) -> set[int]:
        return set(
            filled_columns(bound, bench.chunk([*HEADERS, "D"], [["", "", "", "", ""], list(row)], **more), known)
        )

    assert found(LEAD, "a", "b", "c", "d") == {0, 1, 2, 3}
    assert found("null", " Null ", " NONE", "\u200b", "d") == set()
    assert found("n", "\u00a0", "x", "\t", "") == {0, 2}
    assert found("", "", "", "", "", known=frozenset({1, 3})) == {1, 3}
    assert found("", "#N/A", "", "", "", faults={1: {1: Issue(Code.ERROR_VALUE, "No value.")}}) == {1}


@pytest.mark.parametrize("kind", ["issues", "left_out"])
def test_a_total_or_a_ragged_row_fills_no_column(bench: Any, kind: str) -> None:
    """Only the rows of the table tell whether a column is blank."""
    rows = [[LEAD, "", "", ""], ["", "Total", "12", ""]]
    chunk = bench.chunk(HEADERS, rows, **{kind: {1: Issue(Code.BELOW_TABLE, "A total.")}})
    assert filled_columns(bench.bound(TEXT, HEADERS), chunk, frozenset()) == {0}
