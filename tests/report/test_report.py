"""The report's files, made from outcomes."""

import csv
import io
import json
import stat
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest
from conftest import read_report
from hypothesis import given
from hypothesis import strategies as st

from leadsync.codes import Code
from leadsync.errors import StateError
from leadsync.records import Answered, Chunk, Issue, Outcome, Status
from leadsync.report import write_report
from leadsync.report.table import quoted


def a_chunk(first: int, sheet: str, headers: tuple[str, ...], rows: list[list[str]]) -> Chunk:
    """Make a chunk of rows that begin in row 2."""
    return Chunk(f"{sheet}.csv", sheet, headers, first, range(2, 2 + len(rows)), pd.DataFrame(rows, dtype=object))


def an_outcome(position: int, status: Status, code: Code = Code.UPDATED) -> Outcome:
    """Make an outcome."""
    return Outcome(position, status, code, "A reason.", lead_id="x")


def test_sheets_with_other_columns_share_one_header(tmp_path: Path) -> None:
    """The columns of all sheets stand side by side; what a sheet has not is empty; repeated headers stay apart."""
    one = a_chunk(0, "one", ("Id", "Tag", "Tag"), [["1", "a", "b"]])
    two = a_chunk(1, "two", ("Tag", "Id", "New"), [["c", "2", "n"]])
    answered = [Answered(chunk, [an_outcome(chunk.first, Status.UPDATED)]) for chunk in (one, two)]
    write_report(tmp_path, [one.headers, two.headers], answered, lambda: b"{}")
    lines = list(csv.reader(io.StringIO((tmp_path / "results.csv").read_text(encoding="utf-8-sig"))))
    assert [line[9:] for line in lines] == [["Id", "Tag", "Tag", "New"], ["1", "a", "b", ""], ["2", "c", "", "n"]]
    assert [line[0] for line in lines] == ["leadsync_sheet", "one", "two"]


def test_the_retry_file_holds_what_is_to_be_repaired_or_repeated(tmp_path: Path) -> None:
    """Fine rows are not in it, nor those that a trial run found fine; cells come out as they went in."""
    cells = ["=1+1", "+45 12", " 00123 ", 'a "b"\nc', "ø;,\t", "", "-5", "#N/A"]
    chunk = a_chunk(0, "s", ("Cell",), [[cell] for cell in cells])
    statuses = list(Status)
    outcomes = [an_outcome(place, status) for place, status in enumerate(statuses)]
    write_report(tmp_path, [chunk.headers], [Answered(chunk, outcomes)], lambda: b"{}")
    expected = [
        (cell, status.value)
        for cell, status in zip(cells, statuses, strict=True)
        if status not in (Status.UPDATED, Status.UNCHANGED, Status.SKIPPED)
    ]
    rows = read_report(tmp_path / "retry.csv")
    assert [(row["Cell"], row["leadsync_status"]) for row in rows] == expected
    assert [row["Cell"] for row in read_report(tmp_path / "results.csv")] == cells

    trial = [an_outcome(place, Status.NOT_SENT, Code.DRY_RUN) for place in range(len(cells))]
    write_report(tmp_path, [chunk.headers], [Answered(chunk, trial)], lambda: b"{}")
    assert read_report(tmp_path / "retry.csv") == []


def test_the_form_tells_what_the_text_of_a_cell_cannot(tmp_path: Path) -> None:
    """Numbers, faults and surplus cells, by the header that the column has in the report."""
    first = a_chunk(0, "first", ("AMOUNT",), [["1"]])
    second = replace(
        a_chunk(1, "second", ("Id", "Amount"), [["=", "12345678901234600"], ["b", ""], ["c", "3"]]),
        typed={1: frozenset({0})},
        faults={0: {0: Issue(Code.ERROR_VALUE, "")}, 1: {n: Issue(Code.DIGITS_LOST, "") for n in (0, 1)}},
        surplus={1: ["more"]},
    )
    answered = [Answered(chunk, [None] * len(chunk)) for chunk in (first, second)]
    write_report(tmp_path, [first.headers, second.headers], answered, lambda: b"{}", has_forms=True)
    forms = [row["leadsync_form"] for row in read_report(tmp_path / "retry.csv")]
    assert [form and json.loads(form) for form in forms] == [
        "",
        {
            "typed": {"AMOUNT": "12345678901234600"},
            "faults": {"Id": ["error_value", "="], "AMOUNT": ["digits_lost", "12345678901234600"]},
        },
        {"surplus": ["more"], "faults": {"AMOUNT": ["digits_lost", ""]}},
        "",
    ]


def test_a_run_without_rows_has_a_report(tmp_path: Path) -> None:
    """A header, and nothing below it."""
    write_report(tmp_path, [], [], lambda: b"{}")
    assert read_report(tmp_path / "results.csv") == []


def test_the_files_are_private_and_whole(tmp_path: Path) -> None:
    """An error in the middle leaves the old files as they were, and no half ones."""
    write_report(tmp_path, [("Id",)], [], lambda: b"{}")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def broken() -> object:
        yield Answered(a_chunk(0, "s", ("Id",), [["1"]]), [None])
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_report(tmp_path, [("Id",)], broken(), lambda: b"{}")  # type: ignore[arg-type]
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """The sentence says which one."""
    (tmp_path / "file").touch()
    with pytest.raises(StateError, match=r"report folder .*file"):
        write_report(tmp_path / "file", [], [], lambda: b"{}")


@given(st.lists(st.text(alphabet='a,"\r\n;\té '), min_size=1, max_size=8))
def test_cells_are_quoted_as_the_csv_module_does(cells: list[str]) -> None:
    """Lines are put together by column; what is written is what `csv.writer` writes, and `csv.reader` reads."""
    written = StringIO(newline="")
    csv.writer(written).writerow(["first", *cells])
    assert ",".join(["first", *quoted(cells)]) + "\r\n" == written.getvalue()
