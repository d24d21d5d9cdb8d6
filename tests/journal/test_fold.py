"""The ledger learns from what was written and what became of it, whenever leadsync is killed."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from journal.stories import (
    DONE,
    FAILED,
    GONE,
    HEAD,
    KEY_PRINT,
    LOST,
    URL,
    Answer,
    answer,
    chunk,
    held,
    lead,
    outcome,
    send,
    update,
    write,
)

from leadsync.codes import Code
from leadsync.errors import StateError
from leadsync.journal import Journal, Usage, fold
from leadsync.records import Reading, Status

OURS = (URL, KEY_PRINT)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    """Give an empty journal."""
    with Journal(tmp_path / "j.sqlite") as journal:
        yield journal


def folded(journal: Journal) -> None:
    """Let the ledgers learn."""
    journal.ledger(*OURS).fold()


@pytest.mark.parametrize(
    ("told", "known"),
    [
        (DONE, ({"email": "new", "phone": "1"}, 9)),
        ((Status.UPDATED, Code.REVERTED), ({"email": "new", "phone": "1"}, 9)),
        ((Status.UPDATED, Code.KEPT_KEEN_VALUE), ({"email": "new", "phone": "1"}, 0)),
        ((Status.UNCHANGED, Code.UNCHANGED), ({"email": "new", "phone": "1"}, 9)),
        ((Status.SKIPPED, Code.KEPT_KEEN_VALUE), ({"email": "new", "phone": "1"}, 0)),
        ((Status.REJECTED, Code.BAD_REQUEST), ({"phone": "1"}, 0)),
        (FAILED, ({"phone": "1"}, 0)),
        (LOST, ({"phone": "1"}, 0)),
        (None, ({"phone": "1"}, 0)),
        ((Status.NOT_SENT, Code.INTERRUPTED), ({"email": "old", "phone": "1"}, 5)),
        (GONE, None),
        ((Status.REJECTED, Code.LEAD_NOT_ACCESSIBLE), None),
    ],
)
def test_each_outcome_teaches_the_ledger_what_it_says(
    journal: Journal, told: Answer | None, known: tuple[dict[str, str], int] | None
) -> None:
    """What Keen holds is known, what it may not hold is forgotten, and what was not sent changes nothing."""
    send(journal, journal.begin(HEAD), DONE, update(0, 1, 5, email="old", phone="1"))
    folded(journal)
    assert held(journal, 1) == ({"email": "old", "phone": "1"}, 5)
    send(journal, journal.begin(replace(HEAD, id="second")), told, update(0, 1, 9, email="new"))
    folded(journal)
    assert held(journal, 1) == known


@pytest.mark.parametrize("told", [GONE, (Status.NOT_SENT, Code.INTERRUPTED)])
def test_a_lead_that_nothing_was_acknowledged_of_stays_unknown(journal: Journal, told: Answer | None) -> None:
    """Its row is new to the next run."""
    send(journal, journal.begin(HEAD), told, update(0, 1, 9, email="new"))
    folded(journal)
    assert held(journal, 1) is None
    assert len(journal.ledger(*OURS).index()) == 0


@pytest.mark.parametrize("told", [FAILED, LOST, None])
def test_what_was_tried_and_what_was_there_are_ours_until_one_is_acknowledged(
    journal: Journal, told: Answer | None
) -> None:
    """Nothing is known to be held, so all is sent again; but either value may be found in Keen as our own."""
    ledger = journal.ledger(*OURS)
    for email in ("new", "newer", "newer"):
        run = journal.begin(replace(HEAD, id=str(len(journal.runs()))))
        send(journal, run, told, update(0, 1, 9, email=email))
        folded(journal)
    assert held(journal, 1) == ({}, 0)
    assert ledger.doubts([lead(1)]) == {lead(1): {"email": [None, "new", "newer"]}}
    send(journal, journal.begin(replace(HEAD, id="done")), DONE, update(0, 1, 9, email="newest"))
    folded(journal)
    assert (held(journal, 1), ledger.doubts([lead(1)])) == (({"email": "newest"}, 9), {})


def test_what_an_undo_put_back_is_not_ours(journal: Journal) -> None:
    """It is somebody's value again, though Keen holds it as we sent it."""
    send(journal, journal.begin(HEAD), DONE, update(0, 1, 9, email="ours"))
    undo = journal.begin(replace(HEAD, id="undo", kind="undo"))
    send(journal, undo, (Status.UPDATED, Code.REVERTED), update(0, 1, email="theirs"))
    folded(journal)
    assert held(journal, 1) == ({"email": "theirs"}, 0)
    assert journal.ledger(*OURS).doubts([lead(1)]) == {lead(1): {"email": [None]}}


@pytest.mark.parametrize("told", [FAILED, (Status.REJECTED, Code.BAD_REQUEST), (Status.SKIPPED, Code.KEPT_KEEN_VALUE)])
def test_rows_of_one_lead_have_a_mark_only_where_all_of_them_are_held(journal: Journal, told: Answer) -> None:
    """The last row stands for all, unless something of an earlier one is not in Keen."""
    run = journal.begin(HEAD)
    send(journal, run, told, update(0, 1, email="a"))
    send(journal, run, DONE, update(1, 1, 9, phone="1"))
    folded(journal)
    assert held(journal, 1)[1] == 0


def test_an_update_without_a_mark_leaves_none(journal: Journal) -> None:
    """After an undo the row is compared by value."""
    run = journal.begin(HEAD)
    send(journal, run, DONE, update(0, 1, 5, email="old"), update(1, 1, email="older"))
    folded(journal)
    assert held(journal, 1) == ({"email": "older"}, 0)


def test_only_what_a_look_has_left_of_an_update_is_learnt(journal: Journal) -> None:
    """A value that was kept back was never Keen's acknowledged one."""
    run = journal.begin(HEAD)
    write(journal, run, [update(0, 1, 5, email="new", phone="1"), update(1, 2, 6, email="new")])
    journal.keep_readings(run, [Reading(0, {"email": "new"}, None, 0), Reading(1, {}, None, 0)])
    answer(journal, run, {0: (Status.UPDATED, Code.KEPT_KEEN_VALUE), 1: (Status.SKIPPED, Code.KEPT_KEEN_VALUE)})
    folded(journal)
    assert held(journal, 1) == ({"email": "new"}, 0)
    assert held(journal, 2) is None


def test_rows_of_one_lead_are_learnt_in_their_order(journal: Journal) -> None:
    """The last one says what Keen holds; one that failed makes unsure what an earlier one said."""
    run = journal.begin(HEAD)
    rows = [update(0, 1, 5, email="a", phone="1"), update(2, 1, 6, email="b"), update(4, 1, 7, phone="2")]
    others = [update(1, 2, 8, email="x"), update(3, 2, 9, phone="3")]
    write(journal, run, [*rows, *others])
    answer(journal, run, {0: DONE, 1: DONE, 2: DONE, 3: DONE, 4: LOST})
    folded(journal)
    assert held(journal, 1) == ({"email": "b"}, 0)
    assert held(journal, 2) == ({"email": "x", "phone": "3"}, 9)


def test_a_lead_that_came_back_is_known_by_what_was_sent_since(journal: Journal) -> None:
    """Nothing from before it was gone is trusted."""
    run = journal.begin(HEAD)
    write(journal, run, [update(0, 1, 5, email="a", phone="1"), update(1, 1, email="b"), update(2, 1, 7, email="c")])
    answer(journal, run, {0: DONE, 1: GONE, 2: DONE})
    folded(journal)
    assert held(journal, 1) == ({"email": "c"}, 7)


def test_a_row_that_is_sent_again_is_learnt_again_and_no_other(journal: Journal) -> None:
    """Keen got the resumed row after the later one of the same lead, so that is what it holds."""
    run = journal.begin(HEAD)
    journal.add_chunk(run, chunk(0, [lead(1)] * 2))
    write(journal, run, [update(0, 1, 5, email="first"), update(1, 1, 6, email="second")])
    answer(journal, run, {0: FAILED, 1: DONE})
    folded(journal)
    assert held(journal, 1) == ({"email": "second"}, 6)
    journal.reopen(run, "Killed.")
    send(journal, run, DONE, update(0, 1, 5, email="first"))
    folded(journal)
    assert held(journal, 1) == ({"email": "first"}, 5)


def test_a_run_that_goes_on_lets_the_ledger_learn_first(journal: Journal) -> None:
    """Otherwise the order in which Keen got the rows of a lead would be lost."""
    run = journal.begin(HEAD)
    journal.add_chunk(run, chunk(0, [lead(1)] * 2))
    write(journal, run, [update(0, 1, 5, email="first"), update(1, 1, 6, email="second")])
    answer(journal, run, {1: DONE})
    journal.reopen(run, "Killed.")
    send(journal, run, DONE, update(0, 1, 5, email="first"))
    folded(journal)
    assert held(journal, 1) == ({"email": "first"}, 5)


def test_a_killed_run_is_learnt_of_when_the_next_begins(journal: Journal) -> None:
    """The rows that may have been on their way are sent again."""
    run = journal.begin(HEAD)
    send(journal, run, DONE, update(0, 1, 5, email="a"), update(1, 2, 6, email="b"))
    folded(journal)
    killed = journal.begin(replace(HEAD, id="killed"))
    write(journal, killed, [update(0, 1, 7, email="x"), update(1, 2, 8, email="y")])
    answer(journal, killed, {0: DONE})
    folded(journal)
    assert held(journal, 1) == ({"email": "x"}, 7)
    assert held(journal, 2) == ({}, 0)


def test_runs_are_learnt_of_in_the_order_in_which_they_began(journal: Journal) -> None:
    """Also where several wait for it."""
    for number, name in enumerate(("one", "two", "three")):
        run = journal.begin(replace(HEAD, id=name))
        send(journal, run, DONE, update(0, 1, number + 1, email=name))
    folded(journal)
    assert held(journal, 1) == ({"email": "three"}, 3)


def test_each_company_has_a_ledger_of_its_own(journal: Journal) -> None:
    """Another key, or another address, knows nothing of it; both learn, whoever folds."""
    send(journal, journal.begin(HEAD), DONE, update(0, 1, 5, email="a"))
    send(journal, journal.begin(replace(HEAD, id="b", key_print="other")), DONE, update(0, 1, 6, email="b"))
    send(journal, journal.begin(replace(HEAD, id="c", base_url="https://c.example.com")), GONE, update(0, 1, email="c"))
    folded(journal)
    assert held(journal, 1) == ({"email": "a"}, 5)
    assert held(journal, 1, key_print="other") == ({"email": "b"}, 6)
    assert held(journal, 1, url="https://c.example.com") is None
    assert held(journal, 1, key_print="nobody") is None


@pytest.mark.parametrize("kind", [{"dry_run": True}, {"rehearsal": True}, {"key_print": ""}])
def test_what_was_only_tried_teaches_nothing(journal: Journal, kind: dict[str, Any]) -> None:
    """Keen never saw it."""
    send(journal, journal.begin(replace(HEAD, **kind)), DONE, update(0, 1, 5, email="a"))
    folded(journal)
    assert held(journal, 1) is None
    assert held(journal, 1, key_print="") is None


def test_of_a_plan_only_what_keen_holds_already_is_learnt(journal: Journal) -> None:
    """A plan sends nothing: neither a kill nor a refusal makes anything unsure."""
    send(journal, journal.begin(HEAD), DONE, *(update(n, n, 5, email="old") for n in range(4)))
    plan = journal.begin(replace(HEAD, id="plan", kind="plan"))
    write(journal, plan, [update(n, n, 6, email="new") for n in range(4)])
    told = {0: (Status.NOT_SENT, Code.PLANNED), 1: (Status.UNCHANGED, Code.UNCHANGED), 2: GONE}
    answer(journal, plan, told)
    folded(journal)
    assert [held(journal, n) for n in range(4)] == [
        ({"email": "old"}, 5),
        ({"email": "new"}, 6),
        ({"email": "old"}, 5),
        ({"email": "old"}, 5),
    ]


def test_a_legacy_id_is_learnt_with_its_lead(journal: Journal) -> None:
    """The next run asks nothing; a lead that is gone takes its legacy ids with it."""
    ledger = journal.ledger(*OURS)
    run = journal.begin(HEAD)
    send(journal, run, DONE, update(0, "1001", 5, email="a"), lead_id=lead(1))
    send(journal, run, FAILED, update(1, "1002", 6, email="b"), lead_id=lead(2))
    folded(journal)
    assert held(journal, 1) == ({"email": "a"}, 5)
    assert ledger.uuids(["1001", "1002", "1003"]) == {"1001": lead(1)}
    send(journal, journal.begin(replace(HEAD, id="second")), GONE, update(0, 1, email="c"))
    folded(journal)
    assert ledger.uuids(["1001"]) == {}


def test_a_legacy_id_without_an_answer_is_known_by_what_was_looked_up(journal: Journal) -> None:
    """In this run, or in an earlier one; a row that was never looked up was not sent."""
    run = journal.begin(HEAD)
    send(journal, run, DONE, update(0, "1001", 5, email="a"), lead_id=lead(1))
    send(journal, run, DONE, update(1, 2, 5, email="a"), update(2, 3, 5, email="a"))
    folded(journal)
    killed = journal.begin(replace(HEAD, id="killed"))
    journal.keep_legacy_lead(killed, "1002", lead(2), None, "")
    write(journal, killed, [update(0, "1001", email="b"), update(1, "1002", email="b"), update(2, "1003", email="b")])
    folded(journal)
    assert [held(journal, n) for n in (1, 2, 3)] == [({}, 0), ({}, 0), ({"email": "a"}, 5)]


def test_a_run_is_learnt_of_before_it_is_forgotten(journal: Journal) -> None:
    """Its writes go, and what Keen holds stays known."""
    run = journal.begin(HEAD)
    send(journal, run, DONE, update(0, 1, 5, email="a"))
    journal.remove([run])
    assert held(journal, 1) == ({"email": "a"}, 5)
    assert [*journal.writes(run)] == []
    assert [*journal.history(lead(1))] == []


def a_life(path: Path) -> None:
    """Write a journal with runs that nobody has learnt of, with whatever can become of a row."""
    random = Random(7)
    answers = [DONE, DONE, (Status.UPDATED, Code.KEPT_KEEN_VALUE), FAILED, LOST, GONE, None]
    with Journal(path) as journal:
        for name in ("one", "two"):
            run = journal.begin(replace(HEAD, id=name))
            updates, outcomes = [], []
            for position in range(60):
                number, told = random.randrange(12), random.choice(answers)
                fields = dict.fromkeys(random.sample(["email", "phone", "notes"], 2), f"{name}{position}")
                named = str(1000 + number) if position % 3 else number
                updates.append(update(position, named, position + 1, **fields))
                outcomes += [outcome(position, told, lead(number))] if told else []
            for number in range(12):
                journal.keep_legacy_lead(run, str(1000 + number), lead(number), None, "")
            write(journal, run, updates)
            journal.add_outcomes(run, outcomes, Usage())


def everything(path: Path) -> list[list[Any]]:
    """Give all that the ledgers know."""
    with Journal(path) as journal:
        tables = ("ledger_values", "ledger_marks", "ledger_legacy_ids", "folds")
        return [journal._db.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in tables]


def ends_after(moments: int) -> Callable[[], bool]:
    """Give what interrupts SQLite when it has asked so often whether to go on."""
    left = iter(range(moments))
    return lambda: next(left, None) is None


def test_learning_that_is_cut_off_anywhere_is_done_again_to_the_same_effect(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite is interrupted after ever more steps, in whatever commit that is."""
    monkeypatch.setattr(fold, "_BLOCK", 17)
    monkeypatch.setattr(fold, "_SLICE", 3)
    a_life(tmp_path / "whole.sqlite")
    life = (tmp_path / "whole.sqlite").read_bytes()
    with Journal(tmp_path / "whole.sqlite") as journal:
        folded(journal)
    expected = everything(tmp_path / "whole.sqlite")
    assert all(expected)
    cuts = set()
    for moments in range(0, 10**6, 20):
        path = tmp_path / "cut.sqlite"
        path.write_bytes(life)
        try:
            with Journal(path) as journal:
                journal._db._connection.set_progress_handler(ends_after(moments), 50)
                folded(journal)
        except StateError:
            cuts.add(str(everything(path)))
            with Journal(path) as journal:
                folded(journal)
        else:
            break
        assert everything(path) == expected
    assert len(cuts) > 10
