"""The trend over runs: how each went, and the leads and the columns that fail in several of them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
from journal.stories import HEAD, lead

from leadsync.codes import Code
from leadsync.journal import Journal, Usage
from leadsync.records import Chunk, FailingColumn, FailingLead, Outcome, RunPoint, Status, Trend

FIRST_NIGHT = datetime(2026, 11, 1, 1, 30, tzinfo=UTC)
GONE = (Status.REJECTED, Code.LEAD_NOT_FOUND)
BAD_EMAIL = (Status.INVALID, Code.INVALID_EMAIL)
BAD_PHONE = (Status.INVALID, Code.INVALID_PHONE)
FINE = (Status.UPDATED, Code.UPDATED)
Answer = tuple[Status, Code]


def at(night: int) -> str:
    """Give the moment at which the run of a night begins."""
    return (FIRST_NIGHT + timedelta(days=night)).strftime("%Y-%m-%dT%H:%M:%SZ")


def a_chunk(rows: int, sheet: str = "Leads", headers: Sequence[str] = ("Lead", "E-mail", "Phone")) -> Chunk:
    """Make a chunk of rows that nobody looks into."""
    frame = pd.DataFrame({column: ["x"] * rows for column in range(len(headers))}, dtype=object)
    return Chunk("crm.xlsx", sheet, tuple(headers), 0, range(2, 2 + rows), frame)


def bad(position: int, answer: Answer, cell: str = "", number: int | None = None) -> Outcome:
    """Make the outcome of a row about a made-up lead; None for a row that names none."""
    return Outcome(position, *answer, "Told.", "" if number is None else lead(number), cell)


def a_night(
    journal: Journal, night: int, *outcomes: Outcome, chunks: Sequence[Chunk] = (), ends: bool = True, **head: Any
) -> int:
    """Let a run begin and end, all rows of which are answered; give its number."""
    run = journal.begin(replace(HEAD, id=f"night-{night}", started_at=at(night), **head))
    chunks = chunks or [a_chunk(len(outcomes))]
    for chunk in chunks:
        journal.add_chunk(run, chunk)
    journal.add_outcomes(run, outcomes, Usage(7, 2, 3.5))
    if ends:
        journal.finish(run, json.dumps(a_summary(outcomes)).encode(), Usage(7, 2, 3.5))
    return run


def a_summary(outcomes: Sequence[Outcome]) -> Mapping[str, object]:
    """Give what a run keeps of its summary, as far as a trend tells of it."""
    return {
        "rows_read": len(outcomes),
        "statuses": {outcome.status: 1 for outcome in outcomes},
        "codes": {outcome.code: 1 for outcome in outcomes},
        "duration_s": 12.5,
        "exit_code": 1,
        "stopped_because": "A guard.",
    }


def trend(journal: Journal, nights: int = 99) -> Trend:
    """Give the trend from the first night on."""
    return journal.trend(FIRST_NIGHT, FIRST_NIGHT + timedelta(days=nights))


def test_a_run_is_told_of_as_its_summary_has_it(tmp_path: Path) -> None:
    """What was used is that of all its sessions."""
    with Journal(tmp_path / "j.sqlite") as journal:
        a_night(journal, 0, bad(0, FINE), bad(1, GONE), kind="undo")
        (point,) = trend(journal).runs
    assert point == RunPoint(
        run_id="night-0",
        started_at=at(0),
        sources=("leads.csv",),
        mapping="m.yaml",
        kind="undo",
        rows_read=2,
        statuses={Status.UPDATED: 1, Status.REJECTED: 1},
        codes={Code.UPDATED: 1, Code.LEAD_NOT_FOUND: 1},
        duration_s=12.5,
        requests=7,
        retries=2,
        exit_code=1,
        stopped_because="A guard.",
    )


def test_a_run_that_was_killed_is_told_of_as_far_as_it_came(tmp_path: Path) -> None:
    """It has no exit code; its rows are counted, those that were unchanged among them."""
    with Journal(tmp_path / "j.sqlite") as journal:
        run = journal.begin(replace(HEAD, id="killed", started_at=at(0)))
        journal.add_chunk(run, a_chunk(5), [bad(0, GONE)], unchanged={1, 2})
        journal.add_outcomes(run, [bad(3, FINE)], Usage(4, 1, 2.5))
        (point,) = trend(journal).runs
    assert (point.exit_code, point.rows_read, point.requests, point.duration_s) == (None, 5, 4, 2.5)
    assert point.statuses == {Status.REJECTED: 1, Status.UNCHANGED: 2, Status.UPDATED: 1}
    assert point.codes == {Code.LEAD_NOT_FOUND: 1, Code.UNCHANGED: 2, Code.UPDATED: 1}


def test_only_real_runs_of_the_time_count(tmp_path: Path) -> None:
    """Neither what was only tried or planned, nor the sandbox, nor what began before or after."""
    with Journal(tmp_path / "j.sqlite") as journal:
        for night, changes in enumerate(
            [{}, {"kind": "apply"}, {"dry_run": True}, {"kind": "plan"}, {"rehearsal": True}, {}, {}]
        ):
            a_night(journal, night, bad(0, BAD_EMAIL, "Leads!B2", number=1), **changes)
        told = journal.trend(FIRST_NIGHT + timedelta(days=1), FIRST_NIGHT + timedelta(days=6))
    assert [run.run_id for run in told.runs] == ["night-1", "night-5"]
    assert (told.since, told.until) == (at(1), at(6))
    assert [(failing.runs, failing.first_at) for failing in told.leads] == [(2, at(1))]
    assert [failing.rows for failing in told.columns] == [2]


def test_leads_that_fail_night_after_night_are_found(tmp_path: Path) -> None:
    """The most frequent first, each with the code and the place of its last time; once is no habit."""
    with Journal(tmp_path / "j.sqlite") as journal:
        a_night(journal, 0, bad(0, GONE, number=1), bad(1, BAD_EMAIL, "Leads!B3", number=2), bad(2, GONE, number=3))
        a_night(journal, 1, bad(0, FINE, number=1), bad(1, BAD_EMAIL, "Leads!B3", number=2), bad(2, GONE))
        a_night(journal, 2, bad(0, BAD_PHONE, "Leads!C2", number=2), bad(1, FINE, number=3), bad(2, GONE, number=1))
        told = trend(journal).leads
    assert told == [
        FailingLead(lead(2), 3, Code.INVALID_PHONE, "Leads!C2", at(0), at(2)),
        FailingLead(lead(1), 2, Code.LEAD_NOT_FOUND, "Leads!4", at(0), at(2)),
    ]


def test_a_lead_with_two_bad_rows_in_one_run_is_no_habit(tmp_path: Path) -> None:
    """Runs are counted, not rows; nor do rows without a lead make one."""
    with Journal(tmp_path / "j.sqlite") as journal:
        a_night(journal, 0, bad(0, GONE, number=1), bad(1, GONE, number=1), bad(2, GONE))
        a_night(journal, 1, bad(0, GONE))
        assert trend(journal).leads == []


def test_what_a_later_run_took_over_failed_once(tmp_path: Path) -> None:
    """Both runs are listed; the failures are the later one's."""
    with Journal(tmp_path / "j.sqlite") as journal:
        for night, follows in enumerate((None, "night-0")):
            a_night(journal, night, bad(0, BAD_EMAIL, "Leads!B2", number=1), ends=bool(follows), follows=follows)
        told = trend(journal)
    assert [run.exit_code for run in told.runs] == [None, 1]
    assert (told.leads, told.columns) == ([], [])


def test_columns_that_fail_night_after_night_are_found_by_header(tmp_path: Path) -> None:
    """Wherever they stand, and however their headers are spaced; rows of all runs together."""
    with Journal(tmp_path / "j.sqlite") as journal:
        a_night(journal, 0, bad(0, BAD_EMAIL, "Leads!B2"), bad(1, BAD_EMAIL, "Leads!B3"), bad(2, BAD_PHONE, "Leads!C4"))
        moved = a_chunk(2, headers=("Lead", "Note", *["x"] * 25, "e-MAIL "))
        a_night(journal, 1, bad(0, BAD_EMAIL, "Leads!AB2"), bad(1, BAD_EMAIL, "Leads!B3"), chunks=[moved])
        a_night(journal, 2, bad(0, FINE, "Leads!B2"), bad(1, BAD_PHONE, "Leads!C3"), bad(2, GONE))
        told = trend(journal).columns
    assert told == [
        FailingColumn("e-MAIL ", Code.INVALID_EMAIL, runs=2, rows=3, last_at=at(1)),
        FailingColumn("Phone", Code.INVALID_PHONE, runs=2, rows=2, last_at=at(2)),
    ]


def test_each_sheet_has_its_own_headers(tmp_path: Path) -> None:
    """Also where a sheet's name must be quoted, and holds what separates cells."""
    odd = "Kunden, 'Nord'!B7"
    chunks = [a_chunk(2), replace(a_chunk(2, odd, ("Lead", "Mobile")), first=2)]
    rows = [
        bad(0, BAD_EMAIL, "Leads!B2"),
        bad(1, FINE),
        bad(2, BAD_PHONE, "'Kunden, ''Nord''!B7'!B2"),
        bad(3, BAD_PHONE, "'Kunden, ''Nord''!B7'!B3, 'Kunden, ''Nord''!B7'!A3"),
    ]
    with Journal(tmp_path / "j.sqlite") as journal:
        for night in range(2):
            a_night(journal, night, *rows, chunks=chunks)
        told = trend(journal).columns
    assert [(column.column, column.code, column.rows) for column in told] == [
        ("Mobile", Code.INVALID_PHONE, 4),
        ("E-mail", Code.INVALID_EMAIL, 2),
    ]


def test_a_row_with_several_cells_counts_for_the_one_that_its_code_is_about(tmp_path: Path) -> None:
    """That is the first."""
    with Journal(tmp_path / "j.sqlite") as journal:
        for night in range(2):
            a_night(journal, night, bad(0, BAD_PHONE, "Leads!C2, Leads!B2"))
        assert [column.column for column in trend(journal).columns] == ["Phone"]


def test_columns_that_were_left_out_do_not_shift_the_others(tmp_path: Path) -> None:
    """The chunk tells where in the file its columns stand; a cell above which there is no header is told by letters."""
    shifted = replace(a_chunk(2), positions=[0, 3, 5])
    with Journal(tmp_path / "j.sqlite") as journal:
        for night in range(2):
            a_night(journal, night, bad(0, BAD_EMAIL, "Leads!D2"), bad(1, BAD_EMAIL, "Leads!G3"), chunks=[shifted])
        assert [column.column for column in trend(journal).columns] == ["E-mail", "column G"]


def test_the_worst_hundred_are_told(tmp_path: Path) -> None:
    """More nobody mends."""
    headers = [f"Column {number}" for number in range(120)]
    chunk = a_chunk(120, headers=headers)
    with Journal(tmp_path / "j.sqlite") as journal:
        for night in range(2):
            rows = [bad(n, BAD_EMAIL, str(chunk.cell(n, n)), number=n) for n in range(120)]
            a_night(journal, night, *rows, chunks=[chunk])
        told = trend(journal)
    assert (len(told.leads), len(told.columns)) == (100, 100)


def test_where_nothing_ran_there_is_nothing_to_tell(tmp_path: Path) -> None:
    """No run is no error."""
    with Journal(tmp_path / "j.sqlite") as journal:
        assert trend(journal) == Trend(at(0), at(99), [], [], [])
