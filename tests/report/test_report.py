"""The report's files, made from outcomes."""

import csv
import io
import json
import stat
from collections.abc import Iterator, Sequence
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
from leadsync.harmless import STARTS, all_escaped, escaped, restored
from leadsync.records import Answered, Chunk, Damage, FollowUp, Issue, Level, Outcome, Status, Summary
from leadsync.report import write_report
from leadsync.report.about import About
from leadsync.report.columns import HELPERS
from leadsync.report.formats import TABLES
from leadsync.report.problems import Problems, problem_of
from leadsync.report.summary import summary_from, summary_json
from leadsync.report.table import quoted
from leadsync.report.verdict import followed_up
from leadsync.report.write import Rows

RUN = "20261123-081500-abcd"
SUMMARY = Summary(
    RUN, ("s.csv",), "m.yaml", "2026-11-23T08:15:00Z", "2026-11-23T08:16:00Z", 60.0, 0, {}, {}, 0, 0, 0, 0, None
)


def a_chunk(first: int, sheet: str, headers: tuple[str, ...], rows: list[list[str]]) -> Chunk:
    """Make a chunk of rows that begin in row 2."""
    return Chunk(f"{sheet}.csv", sheet, headers, first, range(2, 2 + len(rows)), pd.DataFrame(rows, dtype=object))


def an_outcome(position: int, status: Status, code: Code = Code.UPDATED) -> Outcome:
    """Make an outcome."""
    return Outcome(position, status, code, "A reason.", lead_id="x")


def write(folder: Path, headers: Sequence[Sequence[str]], answered: list[Answered], *, has_forms: bool = False) -> None:
    """Write the tables of a report."""
    rows = Rows(headers, answered, sum(len(each.chunk) for each in answered), RUN, has_forms)
    write_report(folder, rows, lambda: About(SUMMARY, []), TABLES)


def test_sheets_with_other_columns_share_one_header(tmp_path: Path) -> None:
    """The columns of all sheets stand side by side; what a sheet has not is empty; repeated headers stay apart."""
    one = a_chunk(0, "one", ("Id", "Tag", "Tag"), [["1", "a", "b"]])
    two = a_chunk(1, "two", ("Tag", "Id", "New"), [["c", "2", "n"]])
    answered = [Answered(chunk, [an_outcome(chunk.first, Status.UPDATED)]) for chunk in (one, two)]
    write(tmp_path, [one.headers, two.headers], answered)
    lines = list(csv.reader(io.StringIO((tmp_path / "results.csv").read_text(encoding="utf-8-sig"))))
    assert [line[9:-2] for line in lines] == [["Id", "Tag", "Tag", "New"], ["1", "a", "b", ""], ["2", "c", "", "n"]]
    assert [line[0] for line in lines] == ["leadsync_sheet", "one", "two"]


def test_the_retry_file_holds_what_is_to_be_repaired_or_repeated(tmp_path: Path) -> None:
    """Fine rows are not in it, nor those that a trial run found fine; cells come out as they went in."""
    cells = ["=1+1", "+45 12", " 00123 ", 'a "b"\nc', "ø;,\t", "", "-5", "#N/A"]
    chunk = a_chunk(0, "s", ("Cell",), [[cell] for cell in cells])
    statuses = list(Status)
    outcomes = [an_outcome(place, status) for place, status in enumerate(statuses)]
    write(tmp_path, [chunk.headers], [Answered(chunk, outcomes)])
    expected = [
        (cell, status.value)
        for cell, status in zip(cells, statuses, strict=True)
        if status not in (Status.UPDATED, Status.UNCHANGED, Status.SKIPPED)
    ]
    rows = read_report(tmp_path / "retry.csv")
    assert [(row["Cell"], row["leadsync_status"]) for row in rows] == expected
    results = read_report(tmp_path / "results.csv")
    assert [row["Cell"] for row in results] == ["'=1+1", "'+45 12", *cells[2:6], "'-5", "#N/A"]
    assert [row["leadsync_escaped"] for row in results] == ["'", "'", "", "", "", "", "'", ""]
    assert {row["leadsync_run"] for row in [*rows, *results]} == {RUN}

    trial = [an_outcome(place, Status.NOT_SENT, Code.DRY_RUN) for place in range(len(cells))]
    write(tmp_path, [chunk.headers], [Answered(chunk, trial)])
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
    write(tmp_path, [first.headers, second.headers], answered, has_forms=True)
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
    write(tmp_path, [], [])
    assert read_report(tmp_path / "results.csv") == []


def test_the_files_are_private_and_whole(tmp_path: Path) -> None:
    """An error in the middle leaves the old files as they were, and no half ones."""
    write(tmp_path, [("Id",)], [])
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def broken() -> Iterator[Answered]:
        yield Answered(a_chunk(0, "s", ("Id",), [["1"]]), [None])
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_report(tmp_path, Rows([("Id",)], broken(), 1, RUN), lambda: About(SUMMARY, []), TABLES)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """The sentence says which one."""
    (tmp_path / "file").touch()
    with pytest.raises(StateError, match=r"report folder .*file"):
        write(tmp_path / "file", [], [])


@given(st.lists(st.text(alphabet='a,"\r\n;\té '), min_size=1, max_size=8))
def test_cells_are_quoted_as_the_csv_module_does(cells: list[str]) -> None:
    """Lines are put together by column; what is written is what `csv.writer` writes, and `csv.reader` reads."""
    written = StringIO(newline="")
    csv.writer(written).writerow(["first", *cells])
    assert ",".join(["first", *quoted(cells)]) + "\r\n" == written.getvalue()


@given(st.text(alphabet="'=+-@\t\r\n\uff1da1", max_size=6))
def test_what_is_made_harmless_can_be_read_back(text: str) -> None:
    """No spreadsheet takes it for a formula, and whatever it was, also with an apostrophe of its own, comes back."""
    assert not escaped(text).startswith(STARTS)
    assert restored(escaped(text)) == text
    assert list(all_escaped([text, "plain"])) == [escaped(text), "plain"]


def test_nothing_of_a_source_becomes_a_formula_in_the_results(tmp_path: Path) -> None:
    """Neither its sheet's name, nor a header, nor a lead, nor a message, nor a cell."""
    chunk = a_chunk(0, "=sheet", ("=1+1", "'@x"), [["@SUM(A1)", "'-1"], ["plain", "-"]])
    answered = Answered(chunk, [Outcome(n, Status.INVALID, Code.INVALID_DATE, "=a!B2 is none.", "+1") for n in (0, 1)])
    write(tmp_path, [chunk.headers], [answered])
    lines = list(csv.reader(io.StringIO((tmp_path / "results.csv").read_text(encoding="utf-8-sig"))))
    assert not [cell for line in lines for cell in line if cell.startswith(STARTS)]
    assert lines[0][9:11] == ["'=1+1", "''@x"]
    (first, second) = read_report(tmp_path / "retry.csv")
    assert (first["=1+1"], first["'@x"], second["'@x"]) == ("@SUM(A1)", "'-1", "-")
    assert (first["leadsync_sheet"], first["leadsync_message"]) == ("=sheet", "=a!B2 is none.")
    assert list(first)[:9] == list(HELPERS)


def test_a_problem_is_told_with_its_header_and_what_was_read() -> None:
    """Cells are known by the address that their sheet shows, also where columns of the file were left out."""
    chunk = replace(a_chunk(0, "My Leads", ("Id", "Age"), [["x", "old"]]), positions=(0, 4))
    outcome = replace(an_outcome(0, Status.INVALID, Code.INVALID_NUMBER), cell="'My Leads'!E2, 'My Leads'!C2")
    problem = problem_of(Answered(chunk, [outcome]), 0, outcome)
    assert problem.place == "'My Leads'!2"
    assert [(fault.address, fault.column, fault.text) for fault in problem.faults] == [
        ("E2", "Age", "old"),
        ("C2", "", ""),
    ]


def test_a_frequent_problem_hides_no_rare_one() -> None:
    """Of many rows to look at, some of each code are listed, the bad ones first, in the order of the source."""
    chunk = a_chunk(0, "s", ("Id",), [["x"]] * 100)
    told = [an_outcome(n, Status.INVALID, Code.INVALID_DATE) for n in range(98)]
    told += [an_outcome(98, Status.REJECTED, Code.LEAD_NOT_FOUND), an_outcome(99, Status.UPDATED, Code.KEPT_KEEN_VALUE)]
    problems = Problems(10)
    problems.look(Answered(chunk, told))
    assert problems.count == 100
    assert [problem.row for problem in problems.chosen(5)] == [2, 3, 4, 5, 100]
    assert [problem.row for problem in problems.chosen(100)][-2:] == [100, 101]


def test_a_summary_is_read_back_as_it_was_written() -> None:
    """A report that is made again tells the same; an older summary, which has less in it, can be read too."""
    damage = Damage(Code.MOJIBAKE, Level.ERROR, "Name", 2, 0.9, ("s!A2",), "Garbled.")
    follow_up = FollowUp("r", 3, 2, {Status.UPDATED: 2}, None)
    told = replace(
        SUMMARY, statuses={Status.UPDATED: 1}, codes={Code.UPDATED: 1}, damages=(damage,), fed_from=(follow_up,),
        times_slowed=1, slowest=2.5, slowed_because="so", read_as=("UTF-16.",), workbook_notes=("No image.",),
    )  # fmt: skip
    content = json.loads(summary_json(told))
    assert summary_from(content, told.sources) == told
    old = {name: value for name, value in content.items() if name in list(content)[:14]}
    assert summary_from(old, told.sources).statuses == told.statuses


def test_a_follow_up_is_a_sentence() -> None:
    """How many came back, what became of them, and how many did not come back."""
    told = FollowUp("r1", 9, 3, {Status.UPDATED: 2, Status.INVALID: 1}, 4)
    expected = (
        "Of run r1, 3 rows to mend or repeat came back, and now: 2 updated, 1 invalid. 4 more of them were not in it."
    )
    assert followed_up(told) == expected
    assert (
        followed_up(FollowUp("", 2, 0, {}, None))
        == "Of earlier runs, 2 rows came back, of which none had to be mended or repeated."
    )
