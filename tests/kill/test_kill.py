"""Nothing is lost, and next to nothing is sent twice, however often a run is killed (DESIGN section 4)."""

import csv
import json
import sqlite3
import stat
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import Future
from contextlib import closing
from pathlib import Path

from conftest import read_report
from kill.campaign import POINTS
from kill.scenarios import SCENARIOS
from kill.seen import FINAL, KILLED, Run

from leadsync.journal import Journal

_PROBLEMS = 1
_NOTHING_TO_DO = 2


def journaled(run: Run) -> dict[int, str]:
    """Read each row's status from the journal, by position."""
    with closing(sqlite3.connect(run.state_dir / "journal.sqlite")) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)], str(run)
        return dict(database.execute("SELECT position, status FROM outcomes ORDER BY position"))


def results(path: Path) -> list[list[str]]:
    """Read results.csv but for how an answer was come by: a kill may make a row be asked about once more or less."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    changing = {rows[0].index("leadsync_attempts"), rows[0].index("leadsync_http_status")}
    return [[cell for column, cell in enumerate(row) if column not in changing] for row in rows]


def test_no_row_is_lost(runs: list[Run]) -> None:
    """results.csv has every row of the source once, in its order, with the status that it should have."""
    for run in runs:
        rows = read_report(run.report("results.csv"))
        told = [((row["Lead"], row["E-mail"], row["Number"]), row["leadsync_status"]) for row in rows]
        assert told == [(line.cells, line.status) for line in run.lines], str(run)


def test_the_counts_are_equal(runs: list[Run]) -> None:
    """summary.json, results.csv and the journal count the same, and the statuses add up to the rows read."""
    for run in runs:
        summary = json.loads(run.report("summary.json").read_text())
        rows = read_report(run.report("results.csv"))
        assert summary["statuses"] == Counter(row["leadsync_status"] for row in rows), str(run)
        assert summary["codes"] == Counter(row["leadsync_code"] for row in rows), str(run)
        assert summary["statuses"] == Counter(journaled(run).values()), str(run)
        assert sum(summary["statuses"].values()) == summary["rows_read"] == len(run.lines), str(run)
        assert (summary["unaccounted"], summary["exit_code"], summary["stopped_because"]) == (0, _PROBLEMS, None), str(
            run
        )


def test_a_killed_run_ends_as_an_uninterrupted_one(runs: list[Run]) -> None:
    """results.csv is the same, but for the tries it took, as that of the same file without a kill."""
    for run in runs:
        assert results(run.report("results.csv")) == results(run.uninterrupted), str(run)


def test_each_process_ends_as_it_should(runs: list[Run]) -> None:
    """No process meets the lock of a dead one; the last ends by itself, as rows with problems demand.

    Where the one before it was killed when all was done, there is nothing to resume, and it says so.
    """
    for run in runs:
        *killed, last = run.sessions
        assert all(session.exit_code == KILLED for session in killed), str(run)
        is_done = bool(killed) and killed[-1].has_finished
        assert last.exit_code == (_NOTHING_TO_DO if is_done else _PROBLEMS), str(run)
        assert not is_done or "nothing to resume" in " ".join(last.said.split()), str(run)


def test_an_acknowledged_update_that_is_on_the_disk_is_never_sent_again(runs: list[Run]) -> None:
    """No row with a final answer on the disk is sent by a later process."""
    for run in runs:
        for place, session in enumerate(run.sessions):
            final = {position for position, status in session.statuses.items() if status in FINAL}
            assert not final & {sent.row for sent in run.sent if sent.session > place}, f"{session} {run}"


def test_what_is_told_as_updated_was_acknowledged(runs: list[Run]) -> None:
    """A row is `updated` on the disk only when Keen had answered it with 200."""
    for run in runs:
        for place, session in enumerate(run.sessions):
            updated = {position for position, status in session.statuses.items() if status == "updated"}
            assert updated <= {s.row for s in run.sent if s.was_acknowledged and s.session <= place}, f"{session} {run}"


def test_at_most_what_was_in_flight_is_sent_again(runs: list[Run]) -> None:
    """Of the rows that Keen had acknowledged, a kill makes no more be sent again than were in flight."""
    for run in runs:
        for place, session in enumerate(run.sessions):
            again = run.sent_again(place) if session.was_killed else set()
            assert len(again) <= run.scenario.concurrency, f"{sorted(again)} {session} {run}"


def test_rows_of_one_lead_keep_their_order(runs: list[Run]) -> None:
    """Updates of a lead are carried out in the order of the file, and the last one's value is what Keen holds."""
    for run in runs:
        order: dict[str, list[int]] = {}
        for sent in sorted(run.sent, key=lambda sent: -1 if sent.applied_as is None else sent.applied_as):
            if sent.applied_as is not None:
                order.setdefault(sent.lead, []).append(sent.row)
        assert order.keys() == {line.lead for line in run.lines if line.lead}, str(run)
        for lead, rows in order.items():
            assert rows == sorted(rows), f"{lead} {run}"
            assert sorted(set(rows)) == [number for number, line in enumerate(run.lines) if line.lead == lead], str(run)
            assert run.values[lead] == str(rows[-1]), f"{lead} {run}"


def test_nothing_is_left_behind(runs: list[Run]) -> None:
    """A dead process's half-written files and kept copies are gone; what is there is for its owner only."""
    report = {"results.csv", "retry.csv", "summary.json"}
    for run in runs:
        left = [path for folder in ("state", "report") for path in (run.folder / folder).rglob("*")]
        files = [path for path in left if path.is_file()]
        assert {path.name for path in files} == report | {"journal.sqlite", "lock", "holder.json"}, str(run)
        assert len(files) == len(report) + 3, f"{files} {run}"
        assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}, str(run)
        assert {stat.S_IMODE(path.stat().st_mode) for path in left if path.is_dir()} <= {0o700}, str(run)


def test_a_report_is_there_whole_or_not_at_all(runs: list[Run]) -> None:
    """No process leaves a half-written file under its name, nor a summary of a report that is not there."""
    for run in runs:
        assert all(session.report_is_whole for session in run.sessions), str(run)


def test_the_journal_is_whole_after_every_kill(runs: list[Run]) -> None:
    """What a process leaves on the disk is a good database, also when it died within a commit."""
    for run in runs:
        assert {session.integrity for session in run.sessions} == {"ok"}, str(run)


def test_the_ledger_knows_what_keen_holds(runs: list[Run]) -> None:
    """Whenever a run was killed, the next one knows what was written last to each lead, and nothing else."""
    for run in runs:
        with Journal(run.state_dir / "journal.sqlite") as journal:
            (head,) = {(record.head.base_url, record.head.key_print) for record in journal.runs() if record.head}
            ledger = journal.ledger(*head)
            ledger.fold()  # the last process may have been killed before it did
            said = ledger.said(list(run.values))
            assert len(ledger.index()) == len(said), str(run)
        assert {lead: values["notes"] for lead, values in said.items()} == run.values, str(run)


def test_every_point_was_met(campaigns: Mapping[str, Future[list[Run]]], pytestconfig: object) -> None:
    """The suite kills where it says, as long as there are kills enough."""
    runs = [run for campaign in campaigns.values() for run in campaign.result()]
    met = Counter(session.kill for run in runs for session in run.kills)
    if len(campaigns) == len(SCENARIOS) and met.total() >= 2 * len(POINTS):
        assert not {*POINTS, "after look-up"} - met.keys()
