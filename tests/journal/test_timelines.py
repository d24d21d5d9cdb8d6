"""The timelines of a run: they come back as they were, a session after the other."""

from dataclasses import replace
from pathlib import Path

from journal.stories import HEAD

from leadsync.journal import Journal
from leadsync.records import Slot, Timeline

FIRST = Timeline("2026-11-22T01:02:03Z", 1.0, [Slot(3, 1, 1, 0, 0.4312, 0.2, 7.5), Slot(), Slot(1, pace=8.0)])
SECOND = Timeline("2026-11-22T09:00:00Z", 512.0, [Slot(90_000, 0, 0, 2, 18_000.25, 1.5, 200.0)])


def test_the_timelines_of_a_run_come_back_in_the_order_of_its_sessions(tmp_path: Path) -> None:
    """To the last digit; those of other runs stand apart."""
    with Journal(tmp_path / "j.sqlite") as journal:
        run, other = journal.begin(HEAD), journal.begin(replace(HEAD, id="other"))
        journal.add_timeline(run, FIRST)
        journal.add_timeline(other, SECOND)
    with Journal(tmp_path / "j.sqlite") as journal:
        journal.add_timeline(run, SECOND)
        assert journal.timelines(run) == [FIRST, SECOND]
        assert journal.timelines(other) == [SECOND]


def test_a_session_in_which_nothing_was_asked_has_no_timeline(tmp_path: Path) -> None:
    """Such as one that a guard stopped."""
    with Journal(tmp_path / "j.sqlite") as journal:
        run = journal.begin(HEAD)
        journal.add_timeline(run, Timeline(HEAD.started_at, 1.0, []))
        assert journal.timelines(run) == []


def test_the_timelines_of_a_forgotten_run_are_forgotten(tmp_path: Path) -> None:
    """Whoever prunes leaves nothing behind."""
    with Journal(tmp_path / "j.sqlite") as journal:
        run, kept = journal.begin(HEAD), journal.begin(replace(HEAD, id="kept"))
        journal.add_timeline(run, FIRST)
        journal.add_timeline(kept, SECOND)
        journal.remove([run])
        assert (journal.timelines(run), journal.timelines(kept)) == ([], [SECOND])
