"""What is about to be sent is on the disk before it goes out, and what Keen held before stays known."""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from journal.stories import DONE, FAILED, GONE, HEAD, LOST, answer, chunk, lead, send, update, write

from leadsync.codes import Code
from leadsync.errors import StateError
from leadsync.journal import Journal, Write
from leadsync.records import Reading, Status


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    """Give an empty journal."""
    with Journal(tmp_path / "j.sqlite") as journal:
        yield journal


def before(journal: Journal, run: int) -> dict[int, object]:
    """Give what Keen held before a run, by position."""
    return {written.position: written.before for written in journal.writes(run)}


def test_what_is_about_to_be_sent_is_kept_with_what_became_of_it(journal: Journal) -> None:
    """In the order of the rows; without an outcome where leadsync was killed."""
    run = journal.begin(HEAD)
    write(journal, run, [update(1, "1001", email="b"), update(0, 1, email="a"), update(3, "1002", email="c")])
    answer(journal, run, {0: DONE})
    answer(journal, run, {1: GONE}, lead(7))
    assert [*journal.writes(run)] == [
        Write(0, lead(1), lead(1), {"email": "a"}, None, Status.UPDATED, Code.UPDATED),
        Write(1, "1001", lead(7), {"email": "b"}, None, Status.REJECTED, Code.LEAD_NOT_FOUND),
        Write(3, "1002", "", {"email": "c"}, None, None, None),
    ]
    journal.keep_legacy_lead(run, "1002", lead(8), None, "")
    assert [written.lead_id for written in journal.writes(run)] == [lead(1), lead(7), lead(8)]


def test_what_keen_held_is_kept_with_what_a_look_has_left(journal: Journal) -> None:
    """Several in one commit; other rows stay as they are."""
    run = journal.begin(HEAD)
    write(journal, run, [update(n, n, 5, email="new", phone="1") for n in range(3)])
    readings = [Reading(0, {"email": "new"}, {"email": "old"}, 0), Reading(2, {}, None, 0)]
    journal.keep_readings(run, readings)
    found = [(written.values, written.before) for written in journal.writes(run)]
    assert found == [({"email": "new"}, {"email": "old"}), ({"email": "new", "phone": "1"}, None), ({}, None)]


def test_a_look_at_a_row_that_is_not_to_be_sent_is_a_fault(journal: Journal) -> None:
    """Nothing goes out that is not written down."""
    run = journal.begin(HEAD)
    with pytest.raises(StateError, match="fault of leadsync"):
        journal.keep_readings(run, [Reading(0, {"email": "a"}, None, 0)])


def test_what_keen_held_before_a_lost_update_outlives_the_next_look(journal: Journal) -> None:
    """The next session may find our own value there, which is not what an undo should put back."""
    run = journal.begin(HEAD)
    journal.add_chunk(run, chunk(0, [lead(1), lead(2), lead(3)]))
    write(journal, run, [update(n, n, email="ours") for n in range(3)])
    journal.keep_readings(run, [Reading(n, {"email": "ours"}, {"email": "theirs"}, 0) for n in range(3)])
    answer(journal, run, {0: FAILED, 1: LOST})
    journal.reopen(run, "Killed.")
    write(journal, run, [update(n, n, email="ours", phone="1") for n in range(3)])
    assert before(journal, run) == {0: None, 1: {"email": "theirs"}, 2: {"email": "theirs"}}
    held = {"email": "ours", "phone": "2"}
    ours = frozenset({"email"})
    journal.keep_readings(run, [Reading(n, {"email": "ours", "phone": "1"}, held, 0, ours) for n in range(3)])
    kept = {"email": "theirs", "phone": "2"}
    assert before(journal, run) == {0: held, 1: kept, 2: kept}


def test_what_somebody_wrote_after_a_lost_update_is_what_was_there_before(journal: Journal) -> None:
    """The lost update did not arrive, or was written over: an undo puts that back."""
    run = journal.begin(HEAD)
    journal.add_chunk(run, chunk(0, [lead(1)]))
    write(journal, run, [update(0, 1, email="ours")])
    journal.keep_readings(run, [Reading(0, {"email": "ours"}, {"email": "first"}, 0)])
    answer(journal, run, {0: LOST})
    journal.reopen(run, "Killed.")
    write(journal, run, [update(0, 1, email="ours")])
    journal.keep_readings(run, [Reading(0, {"email": "ours"}, {"email": "a person's"}, 0)])
    assert before(journal, run) == {0: {"email": "a person's"}}


def test_it_outlives_a_session_in_which_the_update_failed(journal: Journal) -> None:
    """That Keen did not take it the second time says nothing of the first."""
    run = journal.begin(HEAD)
    journal.add_chunk(run, chunk(0, [lead(1)]))
    for told in (LOST, FAILED, DONE):
        write(journal, run, [update(0, 1, email="ours")])
        holds = "theirs" if told is LOST else "ours"
        is_held = frozenset() if told is LOST else frozenset({"email"})
        journal.keep_readings(run, [Reading(0, {"email": "ours"}, {"email": holds}, 0, is_held)])
        answer(journal, run, {0: told})
    assert before(journal, run) == {0: {"email": "theirs"}}


def test_a_row_that_is_sent_again_is_one_write(journal: Journal) -> None:
    """What it says now counts."""
    run = journal.begin(HEAD)
    send(journal, run, FAILED, update(0, 1, email="a"))
    send(journal, run, DONE, update(0, 1, email="b"))
    (written,) = journal.writes(run)
    assert (written.values, written.status) == ({"email": "b"}, Status.UPDATED)


def test_the_history_of_a_lead_has_all_that_we_wrote(journal: Journal) -> None:
    """With the file and the row, the oldest first; what was not applied for sure is none of it."""
    began = int(time.time())
    for name, told in {"one": DONE, "two": LOST, "three": None, "four": FAILED, "five": GONE}.items():
        run = journal.begin(replace(HEAD, id=name))
        journal.add_chunk(run, chunk(0, ["", lead(1)]))
        send(journal, run, told, update(1, 1, email=name))
        journal.add_outcomes(run, [], journal.usage(run))
    found = [*journal.history(lead(1))]
    assert [(each.run_id, each.values, each.is_sure) for each in found] == [
        ("one", {"email": "one"}, True),
        ("two", {"email": "two"}, False),
        ("three", {"email": "three"}, False),
    ]
    assert {(each.source, each.sheet, each.row, each.before) for each in found} == {("leads.csv", "Leads", 3, None)}
    assert all(began <= each.at <= time.time() for each in found)
    assert [*journal.history(lead(2))] == []


def test_the_history_knows_a_lead_by_its_legacy_ids(journal: Journal) -> None:
    """Answered, or only looked up."""
    run = journal.begin(HEAD)
    journal.add_chunk(run, chunk(0, ["1001", "1001"]))
    send(journal, run, DONE, update(0, "1001", email="a"), lead_id=lead(1))
    journal.keep_legacy_lead(run, "1001", lead(1), None, "")
    write(journal, run, [update(1, "1001", email="b")])
    assert [each.values["email"] for each in journal.history(lead(1))] == ["a", "b"]


@pytest.mark.parametrize("kind", [{"dry_run": True}, {"rehearsal": True}, {"kind": "plan"}])
def test_what_was_only_tried_is_no_history(journal: Journal, kind: dict[str, Any]) -> None:
    """Keen never saw it."""
    run = journal.begin(replace(HEAD, **kind))
    journal.add_chunk(run, chunk(0, [lead(1)]))
    send(journal, run, None, update(0, 1, email="a"))
    assert [*journal.history(lead(1))] == []
