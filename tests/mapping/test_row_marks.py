"""Rows known again by their cells, so that those of which nothing changed need not be translated."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadsync.codes import Code
from leadsync.mapping import Evidence, load_mapping, row_marks, with_marks
from leadsync.records import Cell, Chunk, Issue

LEAD = "019dc3f6-1790-7298-932b-90a7ee4ba10c"
HEADERS = ["Lead", "A", "B", "C"]
TEXT = """version: 1
channel: C
lead: {id: Lead}
fields:
  notes: {template: "{A} {B}"}
properties:
  Size: {column: B, type: number}
"""
ROWS = [[LEAD, "Åse", "1,5", "x"], [LEAD, "", "", ""], [LEAD, "a\x1fb", "\x1e", ""], [LEAD, "\ud800", "\x00", "y"]]


def fault(code: Code, column: int) -> Issue:
    """Make the fault of a cell in row 2."""
    return Issue(code, "This holds no value.", Cell("Leads", 2, column))


def marks(bench: Any, rows: list[list[str]], seed: str = "", text: str = TEXT, **more: Any) -> list[int]:
    """Give the marks of some rows."""
    found: list[int] = row_marks(bench.bound(text, HEADERS), bench.chunk(HEADERS, rows, **more), seed).tolist()
    return found


SCRIPT = """
import sys
from pathlib import Path
import pandas as pd
from leadsync.mapping import bind, load_mapping, row_marks
from leadsync.records import Chunk
headers, rows = eval(sys.argv[2])
frame = pd.DataFrame(rows, dtype=object, columns=range(len(headers)))
chunk = Chunk("x", "x", tuple(headers), 0, range(len(rows)), frame)
print(row_marks(bind(load_mapping(Path(sys.argv[1])), headers, "x"), chunk, "seed").tolist())
"""


def test_a_row_has_the_same_mark_tomorrow(bench: Any) -> None:
    """Another process, which hashes texts another way for itself, comes to the same numbers."""
    told = marks(bench, ROWS, "seed")
    command = [sys.executable, "-W", "error", "-c", SCRIPT, str(bench.folder / "x.yaml"), ascii((HEADERS, ROWS))]
    env = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": str(Path(__file__).parents[2])}
    ended = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == str(told)


def test_a_row_has_the_same_mark_in_a_chunk_of_any_size(bench: Any) -> None:
    """Neither its neighbours nor its number and position play a part, whatever is odd about either."""
    more = {
        "typed": {2: frozenset({0, 2}), 1: frozenset({1})},
        "faults": {2: {1: fault(Code.ERROR_VALUE, 2)}},
        "issues": {3: fault(Code.RAGGED_ROW, 0)},
        "left_out": {3: fault(Code.HIDDEN_ROW, 0)},
    }
    bound, chunk = bench.bound(TEXT, HEADERS), bench.chunk(HEADERS, ROWS, **more)
    whole = row_marks(bound, chunk, "").tolist()
    for rows in ([0], [1], [2], [3], [3, 1], [2, 0, 1], [0, 1, 2, 3]):
        part = replace(chunk.take(rows), first=10_000, numbers=range(7, 7 + len(rows)), sheet="Others")
        assert row_marks(bound, part, "").tolist() == [whole[row] for row in rows]
    assert row_marks(bound, chunk.take([]), "").tolist() == []


def test_columns_that_are_moved_renamed_or_not_used_change_no_mark(bench: Any) -> None:
    """An export with one more column, in another order, has the same leads with the same values."""
    told = marks(bench, ROWS)
    moved = [[row[2], "new", row[0], row[3] + "!", row[1]] for row in ROWS]
    headers = ["b", "N", "Lead", "C", " A "]
    assert row_marks(bench.bound(TEXT, headers), bench.chunk(headers, moved), "").tolist() == told


@pytest.mark.parametrize(
    "other",
    [
        [LEAD.upper(), "a", "1", ""],
        [LEAD, "a ", "1", ""],
        [LEAD, "A", "1", ""],
        [LEAD, "", "a1", ""],
        [LEAD, "1", "a", ""],
        [LEAD, "a\x00", "1", ""],
        [LEAD + "\x1fa", "1", "", ""],
        [LEAD, "a\x1f1", "", ""],
        [LEAD, "a", "1\x1f", ""],
        [LEAD, "a", "1\x1e", ""],
        [LEAD, "a", "01", ""],
    ],
)
def test_a_cell_that_is_written_otherwise_changes_the_mark(bench: Any, other: list[str]) -> None:
    """Case, blanks, the cell in which a text stands, and the signs that we use ourselves."""
    one, two = marks(bench, [[LEAD, "a", "1", ""], other])
    assert one != two


def test_what_a_workbook_tells_of_a_cell_changes_the_mark(bench: Any) -> None:
    """A text is read as declared and a number as it is, so 1.5 and 1.5 can be two values; an error is none."""
    row = [[LEAD, "1.5", "1.5", ""]]
    told = [
        *marks(bench, row),
        *marks(bench, row, typed={1: frozenset({0})}),
        *marks(bench, row, typed={2: frozenset({0})}),
        *marks(bench, row, typed={1: frozenset({0}), 2: frozenset({0})}),
        *marks(bench, row, faults={1: {0: fault(Code.ERROR_VALUE, 1)}}),
        *marks(bench, row, faults={2: {0: fault(Code.ERROR_VALUE, 2)}}),
        *marks(bench, row, faults={2: {0: fault(Code.DIGITS_LOST, 2)}}),
        *marks(bench, row, typed={2: frozenset({0})}, faults={2: {0: fault(Code.DIGITS_LOST, 2)}}),
        *marks(bench, row, issues={0: fault(Code.RAGGED_ROW, 0)}),
        *marks(bench, row, left_out={0: fault(Code.HIDDEN_ROW, 0)}),
        *marks(bench, [[LEAD, "1.5\x1e", "1.5", ""]]),
        *marks(bench, [[LEAD, "1.5\x1e", "1.5", ""]], typed={1: frozenset({0})}),
        *marks(bench, [[LEAD, "1.5\x1e\x1e", "1.5", ""]]),
    ]
    assert len(set(told)) == len(told)
    assert marks(bench, row, typed={3: frozenset({0})}, faults={3: {0: fault(Code.ERROR_VALUE, 3)}}) == told[:1]


CELL = st.text(st.sampled_from("\x1e\x1fa0;, ["), max_size=6)
ODD_ROW = st.tuples(
    st.tuples(CELL, CELL, CELL),
    st.frozensets(st.integers(0, 2)),
    st.dictionaries(st.integers(0, 2), st.sampled_from([Code.ERROR_VALUE, Code.DIGITS_LOST]), max_size=2),
)


def chunk_of_odd(bench: Any, rows: list[Any]) -> Chunk:
    """Make a chunk of rows, each with its cells, the typed ones, and those at fault."""
    typed = {column: frozenset(row for row, of in enumerate(rows) if column in of[1]) for column in range(3)}
    faults = {
        column: {row: fault(of[2][column], column) for row, of in enumerate(rows) if column in of[2]}
        for column in range(3)
    }
    chunk: Chunk = bench.chunk(HEADERS[:3], [of[0] for of in rows], typed=typed, faults=faults)
    return chunk


@settings(deadline=None)
@given(rows=st.lists(ODD_ROW, min_size=1, max_size=30))
def test_rows_have_one_mark_only_where_everything_is_the_same(shared_bench: Any, rows: list[Any]) -> None:
    """Also where cells hold the signs that we put between and behind cells ourselves."""
    bench = shared_bench()
    told = row_marks(bench.bound(TEXT, HEADERS[:3]), chunk_of_odd(bench, rows), "").tolist()
    as_text = [repr((cells, sorted(typed), sorted(faults.items()))) for cells, typed, faults in rows]
    by_row = dict(zip(as_text, told, strict=True))
    assert [by_row[row] for row in as_text] == told
    assert len(set(told)) == len(by_row)


def test_whatever_else_decides_changes_all_marks(bench: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The seed, the mapping's text, the program, and how numbers are read whose marks nobody declares."""
    bound, chunk = bench.bound(TEXT, HEADERS), bench.chunk(HEADERS, ROWS)
    told = [row_marks(bound, chunk, seed) for seed in ("", "a", "\ud800", "é")]
    told += [row_marks(bench.bound(text, HEADERS), chunk, "") for text in (TEXT + "# Later.\n", TEXT + "name: X\n")]
    told += [row_marks(with_marks(bound, {"properties.Size": word}), chunk, "") for word in ("comma", "point")]
    monkeypatch.setattr(sys.modules["leadsync.mapping.bind"], "_PROGRAM", ("9.9.9",))
    told.append(row_marks(bound, chunk, ""))
    assert len({int(mark) for of in told for mark in of}) == len(told) * len(ROWS)


def test_a_mapping_is_like_another_where_it_reads_the_same_cells_in_the_same_way(bench: Any) -> None:
    """Until the rows have told of their numbers, it is like one to which they told nothing."""
    bound = bench.bound(TEXT, HEADERS)
    evidence = Evidence(bound)
    assert evidence.decide().likeness == with_marks(bound, {}).likeness == bound.likeness
    evidence.look(bench.chunk(HEADERS, ROWS))
    assert evidence.decide().likeness != bound.likeness
    assert evidence.decide().likeness == with_marks(bound, evidence.marks()).likeness
    assert len(bound.likeness) == 64
    (bench.folder / "copy.yaml").write_text(TEXT, encoding="utf-8")
    assert replace(bound, mapping=load_mapping(bench.folder / "copy.yaml")).likeness == bound.likeness


def test_two_names_for_one_column_are_told_from_two_columns(bench: Any) -> None:
    """The same cells in a row must not stand for other fields on another day."""
    text = "version: 1\nlead: {id: Lead}\nfields: {notes: A, source: a, email: E, first_name: e}\n"
    one, two = bench.bound(text, ["Lead", "A", "E", "e"]), bench.bound(text, ["Lead", "A", "a", "E"])
    assert (one.used, two.used) == ((0, 1, 2, 3), (0, 1, 2, 3))
    assert one.likeness != two.likeness


def test_no_mark_is_0(bench: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """0 stands for no mark at all, so the row that would have it has another."""

    def zeros(texts: npt.NDArray[np.object_], **_: object) -> npt.NDArray[np.uint64]:
        return np.zeros(len(texts), np.uint64)

    monkeypatch.setattr("leadsync.mapping.marking.hash_array", zeros)
    assert marks(bench, ROWS) == [1] * 4
