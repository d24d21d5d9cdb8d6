"""Nothing is lost, and next to nothing is sent twice, however often a run is killed (DESIGN section 4)."""

import csv
import json
import os
import sqlite3
import stat
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from conftest import ROOT, lead_id, read_report
from kill.campaign import POINTS
from kill.processes import Mother
from kill.scenarios import SCENARIOS, Before
from kill.seen import FINAL, KILLED, Run

from leadsync.journal import Journal, Write
from leadsync.sandbox import EmbeddedSandbox, Faults

_PROBLEMS = 1
_NOTHING_TO_DO = 2


def journaled(run: Run) -> dict[int, str]:
    """Read each row's status from the journal, by position."""
    with closing(sqlite3.connect(run.state_dir / "journal.sqlite")) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)], str(run)
        return dict(database.execute("SELECT position, status FROM outcomes ORDER BY position"))


def results(path: Path) -> list[list[str]]:
    """Read results.csv but for its run, and how an answer was come by: a kill may cost or save a request."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    changing = {rows[0].index(f"leadsync_{name}") for name in ("attempts", "http_status", "run")}
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


Death = tuple[str, int]
"""A point of `dying`, and how often it is met until then."""

READ, SENT, ANSWERED = "a reading on the disk and no update", "an update without an outcome", "outcomes on the disk"


@dataclass
class Regretted:
    """A folder in which runs are killed, resumed and undone, and the sandbox that they write to."""

    mother: Mother
    folder: Path
    leads: Before
    sandbox: EmbeddedSandbox
    concurrency: int = 4
    story: list[str] = field(default_factory=list)

    def do(self, *arguments: str, death: Death = ("", 1)) -> int:
        """Run a command to its end, or to its death; give its exit code when all that it sent is dealt with."""
        output, (point, times) = self.folder / "output", death
        output.write_text("", encoding="utf-8")
        environment = {name: value for name, value in os.environ.items() if not name.startswith("LEADSYNC_")} | {
            "LEADSYNC_API_KEY": self.sandbox.api_key,
            "LEADSYNC_BASE_URL": self.sandbox.url,
            "LEADSYNC_STATE_DIR": str(self.folder / "state"),
            "LEADSYNC_RATE": "5000",
            "LEADSYNC_CONCURRENCY": str(self.concurrency),
            "LEADSYNC_BACKOFF": "0.001",
            "PYTHONPATH": str(ROOT),
        }
        code = self.mother.run(
            arguments=arguments,
            files=[os.devnull, str(output), str(output)],
            environment=environment,
            folder=str(self.folder),
            point=point,
            times=times,
            delay=0.0,
        )
        self.story.append(f"{' '.join(arguments)}: {death} -> {code} {output.read_text(encoding='utf-8')[-300:]}")
        with urllib.request.urlopen(f"{self.sandbox.control_url}/stats") as answer:  # see campaign.py
            answer.read()
        while self.sandbox.stats.in_flight:
            time.sleep(0.001)
        return code

    def kill(self, *arguments: str, death: Death) -> set[str]:
        """Kill a command, and tell what it was at; what was there before each update is on the disk."""
        first = self.sandbox.stats.calls
        assert self.do(*arguments, death=death) == KILLED, self
        writes = self.writes()
        kept = {(write.lead, key) for write in writes for key in write.before or ()}
        sent = [call for call in self.sandbox.calls[first:] if call.action == "update_lead"]
        for call in sent:
            fields = call.body.keys() & {"first_name", "notes"}
            assert {(call.body["lead_id"], name) for name in fields} <= kept, self
        updated = {(call.body["lead_id"], call.body.get("notes")) for call in sent}
        is_open = [write for write in writes if write.before is not None and write.status is None]
        found = {
            READ: [write for write in is_open if (write.lead, write.values.get("notes")) not in updated],
            SENT: [write for write in is_open if (write.lead, write.values.get("notes")) in updated],
            ANSWERED: [write for write in writes if write.status],
        }
        return {what for what, those in found.items() if those}

    def writes(self) -> list[Write]:
        """Give what the last run wrote, or was about to."""
        with Journal(self.folder / "state" / "journal.sqlite") as journal:
            return list(journal.writes(journal.runs()[-1].no))

    def resume(self) -> None:
        """Go on to the end; where all was done before the kill, there is nothing to resume."""
        assert self.do("resume") in (0, _NOTHING_TO_DO), self

    def undo(self, *deaths: Death) -> None:
        """Undo the last run; where that is killed, go on with it, or begin anew where it only looked until then."""
        for death in deaths:
            self.kill(*self._undoing(), death=death)
        assert self.do(*self._undoing()) == 0, self

    def _undoing(self) -> tuple[str, ...]:
        with Journal(self.folder / "state" / "journal.sqlite") as journal:
            last = journal.runs()[-1]
        goes_on = last.head and last.head.kind == "undo" and not last.is_dry
        return ("resume",) if goes_on else ("undo", "last", "--yes")

    def __str__(self) -> str:
        return "\n".join([str(self.folder), *self.story])


@pytest.fixture(scope="module")
def mother() -> Iterator[Mother]:
    """Give the process whose forks are killed at named points."""
    with Mother() as mother:
        yield mother


@pytest.fixture
def regretted(mother: Mother, tmp_path: Path) -> Iterator[Regretted]:
    """Give a folder with a mapping and a source, and serve leads that hold something."""
    leads = Before.new()
    leads.write(tmp_path)
    with EmbeddedSandbox(leads.world, Faults(latency=0.004, latency_spread=0.003)) as sandbox:
        yield Regretted(mother, tmp_path, leads, sandbox)


SYNC = ("sync", "leads.csv", "--mapping", "mapping.yaml", "--keep-before")


@pytest.mark.parametrize(
    "deaths",
    [
        [("before reach", 1), ("after reach", 1), ("after commit", 5)],
        [("answered", 3), ("answered", 2), ("before finish", 1)],
        [("within learning", 1)],
        [("after commit", 9), ("before learnt", 1)],
    ],
    ids=lambda deaths: ", ".join(point for point, _ in deaths),
)
def test_a_sync_that_was_killed_and_resumed_is_undone_wholly(regretted: Regretted, deaths: list[Death]) -> None:
    """Wherever it was killed: each lead holds what it held before, but for what somebody edited since."""
    before = regretted.leads.held()
    (first, *others) = deaths
    regretted.kill(*SYNC, death=first)
    for death in others:
        regretted.kill("resume", death=death)
    regretted.resume()
    assert regretted.leads.held() == regretted.leads.written(), regretted
    regretted.leads.edit(3, "edited since")
    regretted.undo()
    before[lead_id(3)]["notes"] = "edited since"
    assert regretted.leads.held() == before, regretted


@pytest.mark.parametrize(
    ("death", "was_at"),
    [
        (("after commit", 4), {READ}),
        (("answered", 2), {SENT, ANSWERED}),
        (("after commit", 28), {READ, ANSWERED}),
    ],
    ids=["before its first update", "before its second outcome", "before it writes to a lead once more"],
)
def test_a_sync_that_was_killed_is_undone_as_far_as_it_came(
    regretted: Regretted, death: Death, was_at: set[str]
) -> None:
    """Nobody has to resume it: what went out, or may have, goes back, and nothing else is touched."""
    regretted.concurrency = 1  # so that each commit is about one row
    before = regretted.leads.held()
    assert was_at == regretted.kill(*SYNC, death=death), regretted
    regretted.undo()
    assert regretted.leads.held() == before, regretted


@pytest.mark.parametrize(
    ("deaths", "deaths_of_undo"),
    [
        ([("after commit", 4), ("answered", 3)], [("answered", 4)]),
        ([("after reach", 1), ("before finish", 1)], [("answered", 18), ("after commit", 5)]),
    ],
    ids=["the undo while it looks", "the undo while it sends"],
)
def test_an_apply_that_was_killed_and_resumed_is_undone_wholly(
    regretted: Regretted, deaths: list[Death], deaths_of_undo: list[Death]
) -> None:
    """An undo that is killed goes on, too. What somebody edits meanwhile is never written over."""
    before = regretted.leads.held()
    assert regretted.do("plan", "leads.csv", "--mapping", "mapping.yaml", "--report-dir", "plan") == 0, regretted
    (first, *others) = deaths
    regretted.kill("apply", "plan", death=first)
    regretted.leads.edit(11, "edited meanwhile")
    for death in others:
        regretted.kill("resume", death=death)
    regretted.resume()
    regretted.undo(*deaths_of_undo)
    before[lead_id(11)]["notes"] = "edited meanwhile"
    assert regretted.leads.held() == before, regretted
