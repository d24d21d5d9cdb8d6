"""Unchanged rows have an answer like all others, though none of them is written down by itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from journal.stories import DONE, HEAD, LOST, answer, chunk, lead, outcome

from leadsync.codes import Code
from leadsync.journal import Journal
from leadsync.records import Outcome, Status

NOT_SENT = (Status.NOT_SENT, Code.INTERRUPTED)
SKIPPED = (Status.SKIPPED, Code.BLANK_ROW)
MESSAGE = "Keen acknowledged these values earlier; nothing was sent."


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    """Give an empty journal."""
    with Journal(tmp_path / "j.sqlite") as journal:
        yield journal


def unchanged(position: int, lead_id: str = "") -> Outcome:
    """Give what is told of an unchanged row."""
    return Outcome(position, Status.UNCHANGED, Code.UNCHANGED, MESSAGE, lead_id)


def test_unchanged_rows_are_told_of_like_all_others(journal: Journal) -> None:
    """With their lead as the row names it, in the order of the source."""
    run = journal.begin(HEAD)
    journal.add_chunk(run, chunk(0, [lead(0), "", f" {lead(2).upper()} "]), [outcome(1, SKIPPED)], {0, 2}, 1)
    journal.add_chunk(run, chunk(3, [lead(3), lead(4)]), (), {1}, 1)
    answer(journal, run, {3: DONE}, lead(3))
    told = [
        unchanged(0, lead(0)),
        outcome(1, SKIPPED),
        unchanged(2, lead(2)),
        outcome(3, DONE, lead(3)),
        unchanged(4, lead(4)),
    ]
    found = [(answered, row) for answered in journal.answered(run) for row in range(len(answered.outcomes))]
    assert [answered.lead(row) for answered, row in found] == [each.lead_id for each in told]
    assert [each and (each.status, each.code, each.message) for each in (a.outcomes[row] for a, row in found)] == [
        (each.status, each.code, each.message) for each in told
    ]
    for first, end in ((0, 5), (2, 4), (1, 2), (3, 9)):
        assert journal.outcomes(run, first, end - first) == (told + [None] * 9)[first:end]


def test_unchanged_rows_count(journal: Journal) -> None:
    """Among the statuses, the final positions, and the examples, whose place is the first of them."""
    run = journal.begin(HEAD)
    journal.add_chunk(run, chunk(0, [lead(0)]))
    journal.add_chunk(run, chunk(1, [lead(n) for n in range(1, 20)]), [outcome(1, SKIPPED)], range(2, 19), 1)
    answer(journal, run, {0: LOST})
    assert journal.final_statuses(run) == {Status.SKIPPED: 1, Status.UNCHANGED: 17}
    assert bytes(journal.final_positions(run)) == b"\0\1\0" + b"\1" * 17
    told = {example.code: (example.count, example.place, example.message) for example in journal.examples(run)}
    assert told.pop(Code.UNCHANGED) == (17, "Leads!5", MESSAGE)
    assert sum(count for count, *_ in told.values()) == 2


def test_the_lead_of_an_unchanged_row_is_left_out_where_it_is_no_uuid(journal: Journal) -> None:
    """A legacy id is not the lead's UUID."""
    run = journal.begin(HEAD)
    journal.add_chunk(run, chunk(0, ["1001"]), (), [0])
    assert journal.outcomes(run, 0, 1) == [unchanged(0)]


def test_an_unchanged_row_is_never_taken_for_sent(journal: Journal) -> None:
    """Also where rows around it may have been on their way when leadsync was killed."""
    run = journal.begin(HEAD)
    journal.add_chunk(run, chunk(0, [lead(n) for n in range(3)]), (), [1], 1)
    journal.reach(run, 0, 3)
    journal.reopen(run, "Killed.")
    statuses = [outcome and outcome.status for outcome in journal.outcomes(run, 0, 3)]
    assert statuses == [Status.UNKNOWN, Status.UNCHANGED, Status.UNKNOWN]


def test_a_session_that_goes_on_may_find_more_rows_unchanged(journal: Journal) -> None:
    """What an earlier one left open of them is settled, and what has its final answer keeps it."""
    run = journal.begin(HEAD)
    rows = chunk(0, [lead(n) for n in range(5)])
    journal.add_chunk(run, rows, (), [0], 1)
    answer(journal, run, {1: NOT_SENT, 2: DONE, 3: NOT_SENT})
    journal.add_chunk(run, rows, (), [1, 2, 4], 1)
    statuses = [outcome and outcome.status for outcome in journal.outcomes(run, 0, 5)]
    assert statuses == [*[Status.UNCHANGED] * 2, Status.UPDATED, Status.NOT_SENT, Status.UNCHANGED]
    assert journal.final_statuses(run) == {Status.UNCHANGED: 3, Status.UPDATED: 1}
    journal.add_chunk(run, rows)
    assert [outcome and outcome.status for outcome in journal.outcomes(run, 0, 5)] == statuses


def test_a_million_unchanged_rows_take_little_room(journal: Journal, tmp_path: Path) -> None:
    """A bit for each row, and nothing else besides its cells."""
    run = journal.begin(HEAD)
    for first in range(0, 1_000_000, 100_000):
        rows = chunk(first, [lead(1)] * 100_000)
        journal.add_chunk(run, rows, (), range(100_000), 1)
    bits = journal._db.one("SELECT sum(length(bits)) FROM unchanged")
    assert (bits, journal.final_statuses(run)) == ((125_000,), {Status.UNCHANGED: 1_000_000})
