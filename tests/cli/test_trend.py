"""What `leadsync report --since` prints: the verdict first, then the runs, then what fails again and again."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from leadsync.cli.trend import print_trend
from leadsync.codes import Code
from leadsync.journal import Journal, RunHead
from leadsync.records import FailingColumn, FailingLead, RunPoint, Status, Trend
from leadsync.sync.begin import timestamp
from leadsync.sync.trend import trend_of

LEAD = "00000001-0000-4000-8000-000000000001"


def a_run(day: int, exit_code: int | None, bad: int = 0, seconds: float = 12.4, kind: str = "sync") -> RunPoint:
    """Make the run of a day."""
    statuses = {Status.UPDATED: 9_000, Status.INVALID: bad} if bad else {Status.UPDATED: 9_000}
    codes = {Code.UPDATED: 9_000, Code.BLANK_ROW: 5, Code.INVALID_EMAIL: bad}
    began = f"2026-11-{day:02}T01:30:00Z"
    rows = 9_005 + bad
    source, mapping = ("leads.csv",), "m.yaml"
    return RunPoint(
        f"run-{day}", began, source, mapping, kind, rows, statuses, codes, seconds, 9_000, 1, exit_code, None
    )


def a_trend(*runs: RunPoint, leads: int = 0, columns: int = 0) -> Trend:
    """Make the trend of runs, with so many leads and columns that fail in three of them."""
    place = "'A very long name of a sheet'!F17"
    failing = (
        FailingLead(LEAD, 3, Code.INVALID_EMAIL, place, runs[0].started_at, runs[-1].started_at) if leads else None
    )
    column = FailingColumn("E-mail\n(\x1b[31mprivate)", Code.INVALID_EMAIL, 3, 1_234, "2026-11-20T01:30:00Z")
    return Trend(
        "2026-11-01T00:00:00Z", "2026-11-23T00:00:00Z", runs, [failing] * leads if failing else [], [column] * columns
    )


def printed(trend: Trend, capsys: pytest.CaptureFixture[str]) -> str:
    """Give what is printed for people, which is never wider than 80 characters."""
    print_trend(trend, as_json=False)
    out = capsys.readouterr().out
    assert max(map(len, out.splitlines())) <= 80
    return out


def test_the_verdict_stands_first(capsys: pytest.CaptureFixture[str]) -> None:
    """How many runs, how they went, and what fails again and again."""
    runs = [a_run(1, 0), a_run(2, 1, 12), a_run(3, 3), a_run(4, None), a_run(5, 130)]
    told = " ".join(printed(a_trend(*runs, leads=1, columns=2), capsys).split())
    assert told.startswith(
        "5 runs since 2026-11-01: 1 fine, 1 with rows to look at, 3 stopped or killed. Most often: invalid_email, "
        "12 rows in 1 run. 1 lead and 2 columns went wrong in more than one run. began (UTC)"
    )
    assert printed(a_trend(a_run(1, 0)), capsys).startswith("1 run since 2026-11-01: 1 fine.\n")


def test_each_run_has_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    """When, from what, how many rows, how many bad, how long, and the exit code; what was no sync is named."""
    runs = [a_run(1, 1, 12), a_run(2, 0, seconds=500, kind="undo"), a_run(3, None, seconds=9_000)]
    lines = [" ".join(line.split()) for line in printed(a_trend(*runs), capsys).splitlines()]
    assert "2026-11-01 01:30 leads.csv, m.yaml 9,017 12 12 s 1" in lines
    assert "2026-11-02 01:30 undo: leads.csv, m.yaml 9,005 0 8 min 0" in lines
    assert "2026-11-03 01:30 leads.csv, m.yaml 9,005 0 2.5 h none" in lines


def test_failures_are_counted_by_code(capsys: pytest.CaptureFixture[str]) -> None:
    """Over all runs; what went well or was rightly left out is no failure."""
    out = printed(a_trend(a_run(1, 1, 12), a_run(2, 1, 30), a_run(3, 0)), capsys)
    lines = [line.split() for line in out.splitlines()]
    assert ["invalid_email", "42", "2"] in lines
    assert "updated" not in out
    assert "blank_row" not in out
    assert out.endswith("What a code means and what to do: leadsync explain invalid_email\n")
    assert "explain" not in printed(a_trend(a_run(3, 0)), capsys)


def test_what_fails_again_and_again_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    """Ten of them; the terminal gets no control characters of a source."""
    out = printed(a_trend(a_run(1, 1, 12), a_run(2, 1, 30), leads=12, columns=1), capsys)
    assert out.count(LEAD) == 10
    assert "2 more leads: --json" in out
    told = " ".join(out.split())
    assert f"{LEAD} 3 invalid_email, 'A very long name of a sheet'!F17" in told
    assert r"E-mail (\x1b[31mprivate) invalid_email 1,234 3 2026-11-20" in told


def test_a_program_gets_all_of_it(capsys: pytest.CaptureFixture[str]) -> None:
    """As JSON, with the names that the records have."""
    print_trend(a_trend(a_run(1, 1, 12), a_run(2, None), leads=12, columns=1), as_json=True)
    told = json.loads(capsys.readouterr().out)
    assert list(told) == ["since", "until", "runs", "leads", "columns"]
    assert [run["exit_code"] for run in told["runs"]] == [1, None]
    assert told["runs"][0]["statuses"] == {"updated": 9_000, "invalid": 12}
    assert (len(told["leads"]), told["leads"][0]["lead_id"], told["columns"][0]["rows"]) == (12, LEAD, 1_234)


def test_the_runs_of_a_state_folder_are_found_by_their_age(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Those that began long ago are not; where there is no journal, none is made."""
    nothing = trend_of(tmp_path, timedelta(days=30))
    assert (nothing.runs, list(tmp_path.iterdir())) == ((), [])
    expected = f"No run began since {nothing.since[:10]}; trial runs and the sandbox do not count."
    assert printed(nothing, capsys) == f"{expected}\n--state-dir names another folder.\n"
    with Journal(tmp_path / "journal.sqlite") as journal:
        for run_id, began in (("old", "2020-11-01T01:30:00Z"), ("new", timestamp())):
            journal.begin(RunHead(run_id, began, (), "m.yaml", "/srv/m.yaml", "", "https://example.com", ""))
    assert [run.run_id for run in trend_of(tmp_path, timedelta(days=30)).runs] == ["new"]
    assert [run.run_id for run in trend_of(tmp_path, timedelta(days=36_500)).runs] == ["old", "new"]
