"""The journal: what is written comes back, and is on the disk when it is said to be."""

import asyncio
import sqlite3
import stat
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest

from leadsync.codes import Code
from leadsync.errors import SettingsError, StateError, StateHeldError
from leadsync.journal import Journal, Recorder, RunHead, hold
from leadsync.records import Chunk, Outcome, Status

HEAD = RunHead("20261122-010203-abcd", "2026-11-22T01:02:03Z", ("a.csv",), "m.yaml", "0" * 64, "https://example.com")


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
        journal.add_outcomes(run, [an_outcome(4), an_outcome(0), an_outcome(2)])
        first, second = journal.answered(run)
        assert journal.headers(run) == [("Name", "Name")]
    assert [outcome and outcome.position for outcome in (*first.outcomes, *second.outcomes)] == [0, None, 2, None, 4]
    assert first.outcomes[0] == an_outcome(0)
    assert list(first.chunk.numbers) == [2, 3, 4]
    assert second.chunk.column(0) == ["ø0", "ø1"]
    assert second.chunk.column(1) == ["=1+1\n\t\x1f"] * 2


def test_runs_are_kept_apart(tmp_path: Path) -> None:
    """Two runs in one journal do not see each other's rows."""
    with Journal(tmp_path / "j.sqlite") as journal:
        one = journal.begin(HEAD)
        journal.add_chunk(one, a_chunk(0, 1))
        journal.add_outcomes(one, [an_outcome(0)])
    with Journal(tmp_path / "j.sqlite") as journal:
        other = journal.begin(RunHead("other", *([HEAD.started_at, HEAD.sources] + ["x"] * 3)))  # type: ignore[arg-type]
        assert len(list(journal.answered(one))) == 1
        assert list(journal.answered(other)) == []


def test_an_outcome_is_never_written_twice(tmp_path: Path) -> None:
    """A row ends in exactly one status: a second one is a fault, not an overwrite."""
    with Journal(tmp_path / "j.sqlite") as journal:
        run = journal.begin(HEAD)
        journal.add_outcomes(run, [an_outcome(0)])
        with pytest.raises(StateError, match="UNIQUE"):
            journal.add_outcomes(run, [an_outcome(0)])


def test_each_code_has_its_count_and_its_first_row(tmp_path: Path) -> None:
    """The example of a code is its first row, by cell or by row."""
    with Journal(tmp_path / "j.sqlite") as journal:
        run = journal.begin(HEAD)
        journal.add_chunk(run, a_chunk(0, 4))
        plain = Outcome(1, Status.REJECTED, Code.LEAD_NOT_FOUND, "Gone.")
        journal.add_outcomes(run, [an_outcome(2), an_outcome(3), plain])
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
        async with Recorder(journal, journal.begin(HEAD), committed) as recorder:
            for position in range(5_000):
                await recorder.outcome(an_outcome(position))

    with Journal(tmp_path / "j.sqlite") as journal:
        asyncio.run(record(journal))
    assert sum(seen) == 5_000
    assert len(seen) < 50


def test_a_journal_that_cannot_be_written_stops_whoever_writes(tmp_path: Path) -> None:
    """The first commit that fails is told as a sentence, to the one who brings more and at the end."""

    async def record(journal: Journal) -> None:
        async with Recorder(journal, journal.begin(HEAD), lambda _: None) as recorder:
            await recorder.outcome(an_outcome(0))
            await recorder.outcome(an_outcome(0))

    with Journal(tmp_path / "j.sqlite") as journal, pytest.raises(StateError, match="cannot be used"):
        asyncio.run(record(journal))


def test_a_writer_that_is_gone_lets_nobody_wait(tmp_path: Path) -> None:
    """Whatever ended it: who brings more is told, however much was pending."""

    class Broken(Journal):
        def add_outcomes(self, run: int, outcomes: object) -> None:
            raise MemoryError

    async def record(journal: Journal) -> None:
        async with Recorder(journal, journal.begin(HEAD), lambda _: None) as recorder:
            for position in range(20_000):
                await recorder.outcome(an_outcome(position))

    with Broken(tmp_path / "j.sqlite") as journal, pytest.raises(MemoryError):
        asyncio.run(asyncio.wait_for(record(journal), 60))


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
