"""The journal: what is written comes back, and is on the disk when it is said to be."""

import asyncio
import json
import sqlite3
import stat
import zlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import orjson
import pandas as pd
import pytest

from leadsync.codes import Code
from leadsync.errors import SettingsError, StateError, StateHeldError
from leadsync.journal import Journal, Recorder, RunHead, SourceHead, Usage, hold, schema
from leadsync.records import Cell, Chunk, Issue, Outcome, Reading, Row, Slot, Status, Timeline, Update

HEAD = RunHead(
    id="20261122-010203-abcd",
    started_at="2026-11-22T01:02:03Z",
    sources=(SourceHead("a.csv", "/srv/a.csv", "1" * 64), SourceHead("-", "/srv/state/\udcff.csv", "2" * 64, True)),
    mapping="m.yaml",
    mapping_path="/srv/m.yaml",
    mapping_sha256="0" * 64,
    base_url="https://example.com",
    report_dir="/srv/report",
    limit=7,
)
V1 = """
CREATE TABLE runs (
    no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, started_at TEXT NOT NULL, sources TEXT NOT NULL,
    mapping TEXT NOT NULL, mapping_sha256 TEXT NOT NULL, base_url TEXT NOT NULL, summary TEXT
);
CREATE TABLE chunks (
    run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE, first INTEGER NOT NULL, rows INTEGER NOT NULL,
    source TEXT NOT NULL, sheet TEXT NOT NULL, headers TEXT NOT NULL, has_form INTEGER NOT NULL,
    cells BLOB NOT NULL,
    PRIMARY KEY (run, first)
);
CREATE TABLE outcomes (
    run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE, position INTEGER NOT NULL, status TEXT NOT NULL,
    code TEXT NOT NULL, message TEXT NOT NULL, lead_id TEXT NOT NULL, cell TEXT NOT NULL, http_status INTEGER,
    attempts INTEGER NOT NULL, PRIMARY KEY (run, position)
) WITHOUT ROWID;
CREATE TABLE legacy_leads (
    run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE, legacy_id TEXT NOT NULL, lead_id TEXT NOT NULL,
    refusal TEXT, message TEXT NOT NULL, PRIMARY KEY (run, legacy_id)
) WITHOUT ROWID;
PRAGMA user_version = 1;
INSERT INTO runs VALUES (1, 'old', '2026-11-01T00:00:00Z', '["a.csv"]', 'm.yaml', 'x', 'https://example.com',
    '{"statuses": {"failed": 1}, "exit_code": 1}');
"""
"""What the first leadsync wrote."""


def recorder(journal: Journal, committed: Callable[[Sequence[Outcome]], None] = lambda _: None) -> Recorder:
    """Make a recorder for a new run."""
    return Recorder(journal, journal.begin(HEAD), enough=100, committed=committed, usage=Usage)


def a_chunk(first: int, count: int) -> Chunk:
    """Make a chunk with awkward cells."""
    frame = pd.DataFrame([[f"ø{n}", "=1+1\n\t\x1f"] for n in range(count)], dtype=object)
    return Chunk("a.csv", "a.csv", ("Name", "Name"), first, range(first + 2, first + 2 + count), frame)


def an_outcome(position: int, status: Status = Status.UPDATED, code: Code = Code.UPDATED) -> Outcome:
    """Make an outcome with everything set."""
    return Outcome(position, status, code, f"Reason {position}.", "lead", "a.csv!A2", 404, 3)


def test_rows_and_outcomes_come_back_in_order(tmp_path: Path) -> None:
    """Chunks and outcomes may be written in any order; a row without an outcome has None."""
    with Journal(tmp_path / "j.sqlite") as journal:
        run = journal.begin(HEAD)
        journal.add_chunk(run, a_chunk(3, 2))
        journal.add_chunk(run, a_chunk(0, 3))
        journal.add_outcomes(run, [an_outcome(4), an_outcome(0), an_outcome(2)], Usage())
        first, second = journal.answered(run)
        assert journal.headers(run) == [("Name", "Name")]
    assert [outcome and outcome.position for outcome in (*first.outcomes, *second.outcomes)] == [0, None, 2, None, 4]
    assert first.outcomes[0] == an_outcome(0)
    assert list(first.chunk.numbers) == [2, 3, 4]
    assert second.chunk.column(0) == ["ø0", "ø1"]
    assert second.chunk.column(1) == ["=1+1\n\t\x1f"] * 2


def test_what_the_text_of_cells_cannot_tell_comes_back(tmp_path: Path) -> None:
    """The report is made from the journal: which cells were numbers, which faulty, which had no header."""
    issue = Issue(Code.DIGITS_LOST, "Leads!F3 holds too many digits.", Cell("Leads", 3, 5))
    odd = replace(
        a_chunk(0, 2),
        typed={1: frozenset({0})},
        surplus={1: ["more"]},
        faults={0: {1: issue}, 1: {0: Issue(Code.ERROR_VALUE, "No place.")}},
    )
    with Journal(tmp_path / "j.sqlite") as journal:
        run = journal.begin(HEAD)
        journal.add_chunk(run, odd)
        (kept,) = journal.answered(run)
    assert (kept.chunk.typed, kept.chunk.surplus, kept.chunk.faults) == (odd.typed, odd.surplus, odd.faults)


def test_a_report_has_forms_where_any_row_needs_one(tmp_path: Path) -> None:
    """A fault alone is enough."""
    with Journal(tmp_path / "j.sqlite") as journal:
        run = journal.begin(HEAD)
        journal.add_chunk(run, a_chunk(0, 1))
        assert not journal.has_forms(run)
        journal.add_chunk(run, replace(a_chunk(1, 1), faults={0: {0: Issue(Code.NOT_CALCULATED, "")}}))
        assert journal.has_forms(run)


def test_rows_that_an_older_leadsync_kept_are_read(tmp_path: Path) -> None:
    """It told nothing of faults."""
    content = {"numbers": [2], "columns": [["a"]], "typed": [(0, [0])], "surplus": []}
    with Journal(tmp_path / "j.sqlite") as journal:
        run = journal.begin(HEAD)
        packed = zlib.compress(orjson.dumps(content))
        values = (run, 0, 1, "a.csv", "a.csv", '["Name"]', 1, packed)
        journal._db.execute("INSERT INTO chunks VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
        (kept,) = journal.answered(run)
    assert (kept.chunk.typed, kept.chunk.faults) == ({0: frozenset({0})}, {})


def test_runs_are_kept_apart(tmp_path: Path) -> None:
    """Two runs in one journal do not see each other's rows."""
    with Journal(tmp_path / "j.sqlite") as journal:
        one = journal.begin(HEAD)
        journal.add_chunk(one, a_chunk(0, 1))
        journal.add_outcomes(one, [an_outcome(0)], Usage())
    with Journal(tmp_path / "j.sqlite") as journal:
        other = journal.begin(replace(HEAD, id="other"))
        assert len(list(journal.answered(one))) == 1
        assert list(journal.answered(other)) == []


def test_an_outcome_is_never_written_twice(tmp_path: Path) -> None:
    """A row ends in exactly one final status: a second one is a fault, not an overwrite."""
    with Journal(tmp_path / "j.sqlite") as journal:
        run = journal.begin(HEAD)
        journal.add_outcomes(run, [an_outcome(0)], Usage())
        with pytest.raises(StateError, match="answered twice"):
            journal.add_outcomes(run, [an_outcome(0)], Usage())


def test_each_code_has_its_count_and_its_first_row(tmp_path: Path) -> None:
    """The example of a code is its first row, by cell or by row."""
    with Journal(tmp_path / "j.sqlite") as journal:
        run = journal.begin(HEAD)
        journal.add_chunk(run, a_chunk(0, 4))
        plain = Outcome(1, Status.REJECTED, Code.LEAD_NOT_FOUND, "Gone.")
        journal.add_outcomes(run, [an_outcome(2), an_outcome(3), plain], Usage())
        told = {example.code: (example.count, example.place, example.message) for example in journal.examples(run)}
    assert told == {Code.UPDATED: (2, "a.csv!A2", "Reason 2."), Code.LEAD_NOT_FOUND: (1, "a.csv!3", "Gone.")}


def test_the_journal_is_private(tmp_path: Path) -> None:
    """SQLite alone would make a file that all can read."""
    with Journal(tmp_path / "j.sqlite"):
        assert stat.S_IMODE((tmp_path / "j.sqlite").stat().st_mode) == 0o600


def test_a_journal_of_a_newer_leadsync_is_refused(tmp_path: Path) -> None:
    """An old program does not write into what it does not know."""
    with Journal(tmp_path / "j.sqlite"):
        pass
    with sqlite3.connect(tmp_path / "j.sqlite") as database:
        database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(SettingsError, match="newer leadsync"):
        Journal(tmp_path / "j.sqlite")


def test_what_is_no_journal_is_refused(tmp_path: Path) -> None:
    """A file that is not SQLite is named, and left alone."""
    (tmp_path / "j.sqlite").write_bytes(b"not a database, but long enough to be looked at" * 100)
    with pytest.raises(SettingsError, match=r"journal .* cannot be used"):
        Journal(tmp_path / "j.sqlite")


def test_outcomes_are_counted_when_they_are_on_the_disk(tmp_path: Path) -> None:
    """`committed` is told only of what another connection can see."""
    seen: list[int] = []

    def committed(outcomes: Sequence[Outcome]) -> None:
        other = sqlite3.connect(tmp_path / "j.sqlite")
        (count,) = other.execute("SELECT count(*) FROM outcomes").fetchone()
        other.close()
        seen.append(len(outcomes))
        assert count == sum(seen)

    async def record(journal: Journal) -> None:
        async with recorder(journal, committed) as keeper:
            for first in range(0, 5_000, 200):
                positions = range(first, first + 200)
                await asyncio.gather(*(keeper.outcome(an_outcome(position)) for position in positions))

    with Journal(tmp_path / "j.sqlite") as journal:
        asyncio.run(record(journal))
    assert sum(seen) == 5_000
    assert len(seen) <= 75


def test_readings_share_commits_with_outcomes(tmp_path: Path) -> None:
    """Whoever brings one gets on when it is on the disk."""
    commits: list[str] = []

    async def record(journal: Journal) -> None:
        run = journal.begin(HEAD)
        journal.reach(run, 0, 40, [Update(Row(n, "a.csv", n + 2), "1001", {"email": "a"}, []) for n in range(40)])
        journal._db._connection.set_trace_callback(lambda statement: commits.extend(statement.splitlines()[:1]))
        async with Recorder(journal, run, enough=40, committed=lambda _: None, usage=Usage) as keeper:
            readings = (keeper.reading(Reading(n, {"email": "a"}, {"email": "b"}, 0)) for n in range(20, 40))
            await asyncio.gather(*(keeper.outcome(an_outcome(n)) for n in range(20)), *readings)
        journal._db._connection.set_trace_callback(None)
        assert [written.before for written in journal.writes(run)] == [None] * 20 + [{"email": "b"}] * 20

    with Journal(tmp_path / "j.sqlite") as journal:
        asyncio.run(record(journal))
    assert commits.count("COMMIT") <= 2


def test_unchanged_rows_are_counted_when_they_are_on_the_disk(tmp_path: Path) -> None:
    """They have no outcomes that could be counted."""
    counted: list[int] = []

    async def record(journal: Journal) -> None:
        run = journal.begin(HEAD)
        async with Recorder(
            journal, run, enough=1, committed=lambda _: None, usage=Usage, unchanged=counted.append
        ) as keeper:
            await keeper.chunk(a_chunk(0, 5), [an_outcome(0)], {1, 2, 4}, 0)
        assert journal.final_statuses(run) == {Status.UPDATED: 1, Status.UNCHANGED: 3}

    with Journal(tmp_path / "j.sqlite") as journal:
        asyncio.run(record(journal))
    assert counted == [3]


def test_a_journal_that_cannot_be_written_stops_whoever_writes(tmp_path: Path) -> None:
    """A commit that fails is told to the one who brought the outcome."""

    async def record(journal: Journal) -> None:
        async with recorder(journal) as keeper:
            journal._db.execute("PRAGMA query_only = ON")
            await keeper.outcome(an_outcome(0))

    with Journal(tmp_path / "j.sqlite") as journal, pytest.raises(StateError, match="cannot be used"):
        asyncio.run(record(journal))


def test_a_commit_that_breaks_lets_nobody_wait(tmp_path: Path) -> None:
    """Whatever broke it, everybody who shares it is told."""

    class Broken(Journal):
        def add_outcomes(self, *_: object) -> None:
            raise MemoryError

    async def record(journal: Journal) -> list[BaseException | None]:
        async with recorder(journal) as keeper:
            brought = (keeper.outcome(an_outcome(position)) for position in range(20))
            return await asyncio.wait_for(asyncio.gather(*brought, return_exceptions=True), 60)

    with Broken(tmp_path / "j.sqlite") as journal:
        assert {type(error) for error in asyncio.run(record(journal))} == {MemoryError}


def test_a_run_comes_back_as_it_was_begun(tmp_path: Path) -> None:
    """All that is needed to go on with it, also a path that is not Unicode."""
    with Journal(tmp_path / "j.sqlite") as journal:
        journal.begin(HEAD)
    with Journal(tmp_path / "j.sqlite") as journal:
        (run,) = journal.runs()
    assert run.head == HEAD
    assert run.is_open
    assert not run.is_dry


def test_a_journal_of_the_first_leadsync_is_brought_up_to_date(tmp_path: Path) -> None:
    """Its runs stay, and are known not to be resumable."""
    with sqlite3.connect(tmp_path / "j.sqlite") as database:
        database.executescript(V1)
    database.close()
    with Journal(tmp_path / "j.sqlite") as journal:
        (old,) = journal.runs()
        assert (old.id, old.head, old.is_open, old.reached) == ("old", None, True, 0)
        new = journal.begin(HEAD)
        journal.add_outcomes(new, [an_outcome(0)], Usage(3, 1, 2.5))
        assert journal.usage(new) == Usage(3, 1, 2.5)
    with Journal(tmp_path / "j.sqlite") as journal:
        assert [run.id for run in journal.runs()] == ["old", HEAD.id]


def test_a_journal_that_remembers_nothing_of_leads_is_brought_up_to_date(tmp_path: Path) -> None:
    """What its runs found in their sources stays, and a run that goes on is the first to be remembered."""
    with sqlite3.connect(tmp_path / "j.sqlite") as database:
        database.executescript(";".join(schema._MIGRATIONS[:3]) + "; PRAGMA user_version = 3")
        known = json.loads(HEAD.to_json())
        old = {name: known[name] for name in list(known)[: list(known).index("kind")]}
        values = ("a", "2026-11-01T00:00:00Z", '["a.csv"]', "m.yaml", "x", HEAD.base_url, json.dumps(old), b"found")
        database.execute(
            "INSERT INTO runs (id, started_at, sources, mapping, mapping_sha256, base_url, head, inspection) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            values,
        )
    database.close()
    with Journal(tmp_path / "j.sqlite") as journal:
        (run,) = journal.runs()
        assert (run.head, run.profile, run.can_be_resumed) == (replace(HEAD, key_print=""), "", True)
        assert journal.inspection(run.no) == b"found"
        assert [*journal.writes(run.no)] == []
        journal.reopen(run.no, "Killed.")
        journal.keep_inspection(run.no, b"found again")
        assert journal.inspection(run.no) == b"found again"


def test_a_journal_that_keeps_no_timelines_is_brought_up_to_date(tmp_path: Path) -> None:
    """Its runs have none, and what goes on keeps one."""
    with sqlite3.connect(tmp_path / "j.sqlite") as database:
        database.executescript(";".join(schema._MIGRATIONS[:4]) + "; PRAGMA user_version = 4")
        values = ("a", HEAD.started_at, '["a.csv"]', "m.yaml", "x", HEAD.base_url, HEAD.to_json())
        database.execute(
            "INSERT INTO runs (id, started_at, sources, mapping, mapping_sha256, base_url, head) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            values,
        )
    database.close()
    told = Timeline(HEAD.started_at, 1.0, [Slot(1)])
    with Journal(tmp_path / "j.sqlite") as journal:
        (run,) = journal.runs()
        assert (run.head, journal.timelines(run.no)) == (HEAD, [])
        journal.add_timeline(run.no, told)
        assert journal.timelines(run.no) == [told]


def test_a_plan_is_nothing_to_go_on_with(tmp_path: Path) -> None:
    """It has sent nothing, like a trial run."""
    with Journal(tmp_path / "j.sqlite") as journal:
        journal.begin(replace(HEAD, kind="plan"))
        (run,) = journal.runs()
    assert (run.is_dry, run.is_open, run.can_be_resumed) == (True, True, False)


def test_what_the_rows_looked_like_is_kept_for_later_runs(tmp_path: Path) -> None:
    """As whoever looked has put it."""
    with Journal(tmp_path / "j.sqlite") as journal:
        journal.keep_profile(journal.begin(HEAD), '{"rows": 7}')
        assert [run.profile for run in journal.runs()] == ['{"rows": 7}']


def test_only_what_is_not_final_is_answered_anew(tmp_path: Path) -> None:
    """A failed row may become updated; that a session did not send it does not undo what is known of it."""
    with Journal(tmp_path / "j.sqlite") as journal:
        run = journal.begin(HEAD)
        journal.add_chunk(run, a_chunk(0, 4))
        first = [an_outcome(0, Status.FAILED), an_outcome(1, Status.UNKNOWN), an_outcome(2, Status.NOT_SENT)]
        journal.add_outcomes(run, [*first, an_outcome(3)], Usage())
        again = [an_outcome(0), an_outcome(1, Status.NOT_SENT), an_outcome(2, Status.FAILED)]
        journal.add_outcomes(run, again, Usage())
        (told,) = journal.answered(run)
        assert bytes(journal.final_positions(run)) == b"\1\0\0\1"
        assert journal.final_statuses(run) == {Status.UPDATED: 2}
    statuses = [outcome and outcome.status for outcome in told.outcomes]
    assert statuses == [Status.UPDATED, Status.UNKNOWN, Status.FAILED, Status.UPDATED]


def test_a_row_that_may_have_been_on_its_way_is_unknown_when_the_run_goes_on(tmp_path: Path) -> None:
    """What was never handed to a sender stays without an outcome."""
    with Journal(tmp_path / "j.sqlite") as journal:
        run = journal.begin(HEAD)
        journal.add_chunk(run, a_chunk(0, 6))
        journal.reach(run, 0, 3)
        journal.add_outcomes(run, [an_outcome(1)], Usage())
    with Journal(tmp_path / "j.sqlite") as journal:
        journal.reopen(run, "Killed.")
        (told,) = journal.answered(run)
    known = [(outcome.status, outcome.code) if outcome else None for outcome in told.outcomes]
    killed = (Status.UNKNOWN, Code.KILLED)
    assert known == [killed, (Status.UPDATED, Code.UPDATED), killed, None, None, None]


def test_the_digest_of_an_update_is_kept_with_its_outcome(tmp_path: Path) -> None:
    """Negative ones too: it is what a later run knows the same update by."""
    with Journal(tmp_path / "j.sqlite") as journal:
        run = journal.begin(HEAD)
        journal.add_chunk(run, a_chunk(0, 2))
        journal.add_outcomes(run, [replace(an_outcome(1), digest=-(2**63))], Usage())
        assert journal.outcomes(run, 0, 2) == [None, replace(an_outcome(1), digest=-(2**63))]


def test_runs_that_are_removed_leave_nothing_behind(tmp_path: Path) -> None:
    """Neither rows nor room on the disk."""
    with Journal(tmp_path / "j.sqlite") as journal:
        run, kept = journal.begin(HEAD), journal.begin(replace(HEAD, id="kept"))
        journal.add_chunk(run, a_chunk(0, 50_000))
        journal.add_outcomes(run, [an_outcome(p) for p in range(50_000)], Usage())
        size = (tmp_path / "j.sqlite").stat().st_size
        journal.remove([run])
        journal.compact()
        assert [record.no for record in journal.runs()] == [kept]
        assert list(journal.answered(run)) == []
    assert (tmp_path / "j.sqlite").stat().st_size < size / 10


def test_a_state_folder_is_held_once(tmp_path: Path) -> None:
    """The second holder is told who holds it; afterwards it is free again."""
    with (
        hold(tmp_path / "state"),
        pytest.raises(StateHeldError, match=r"process \d+, since 20"),
        hold(tmp_path / "state"),
    ):
        pass
    with hold(tmp_path / "state"):
        pass
