"""The canary: the first updates are read back, before the run goes on."""

import asyncio

import pytest
from conftest import lead_id
from desk import Desk

from leadsync.codes import Code
from leadsync.errors import StopRunError
from leadsync.keen.client import KeenClient
from leadsync.keen.handling import Handling
from leadsync.keen.pool import Pool
from leadsync.records import Outcome, Row, Status, Update
from leadsync.sandbox import Faults

LOOK, UPDATE = "get_lead_by_id", "update_lead"


def an_update(position: int, number: int | None = None, email: str = "b@example.com") -> Update:
    """Make an update of a lead of its own."""
    lead = lead_id(position if number is None else number)
    return Update(Row(position, "Leads", position + 2), lead, {"email": email}, [])


def test_the_first_updates_are_read_back_and_no_others(desk: Desk) -> None:
    """As many as were asked for, counted as Keen acknowledges them: a refused one proves nothing."""
    desk.handling = Handling(reads_back=3)
    told = desk.send(an_update(0, 99), *(an_update(position) for position in range(1, 8)))
    assert (told.actions.count(UPDATE), told.actions.count(LOOK)) == (8, 3)
    assert [o.status for o in told.outcomes] == [Status.REJECTED] + [Status.UPDATED] * 7
    assert {o.attempts for o in told.outcomes} == {1}
    assert told.proven == 3


def test_a_value_that_keen_acknowledged_and_does_not_hold_is_told(desk: Desk) -> None:
    """Something in Keen changes it again: both values are in the message."""
    desk.handling = Handling(reads_back=1)
    desk.on_answer = lambda action, _: desk.put(email="B@example.com") if action == UPDATE else None
    told = desk.send(an_update(0))
    (outcome,) = told.outcomes
    assert (outcome.status, outcome.code, told.proven) == (Status.REJECTED, Code.NOT_STORED_AS_SENT, 0)
    assert outcome.message == (
        "Keen acknowledged the update. When it was read back: "
        'email: "b@example.com" was sent, and Keen now holds "B@example.com".'
    )


def test_only_what_was_sent_is_compared(desk: Desk) -> None:
    """The rest of the lead may change as it likes."""
    desk.handling = Handling(reads_back=1)
    desk.on_answer = lambda action, _: desk.put(phone="1", Tier="Gold") if action == UPDATE else None
    assert desk.send(an_update(0)).proven == 1


def test_a_lead_that_is_gone_when_it_is_read_back_is_unknown(desk: Desk) -> None:
    """It was acknowledged, and nobody can tell what became of it."""
    desk.handling = Handling(reads_back=1)
    desk.on_answer = lambda *_: desk.keen.world._leads.clear()
    told = desk.send(an_update(0))
    assert (told.outcomes[0].status, told.outcomes[0].code) == (Status.UNKNOWN, Code.LEAD_NOT_FOUND)
    assert told.proven == 0


@pytest.mark.parametrize(("fault", "code"), [("500", Code.SERVER_ERROR), ("drop_after", Code.NO_ANSWER)])
def test_an_update_that_cannot_be_read_back_is_unknown(desk: Desk, fault: str, code: Code) -> None:
    """It was acknowledged, but the canary asked for more, and so it proves nothing."""
    desk.handling = Handling(reads_back=1)
    desk.options = {"tries": 3}
    desk.keen.sandbox.faults = Faults(chances={fault: 1.0}, action=LOOK)
    told = desk.send(an_update(0))
    (outcome,) = told.outcomes
    assert (outcome.status, outcome.code, outcome.attempts, told.proven) == (Status.UNKNOWN, code, 1, 0)
    assert outcome.message.startswith("Keen acknowledged the update. It could not be read back: ")
    assert outcome.message.endswith(" Given up after 3 tries.")


def test_trouble_when_it_is_read_back_is_survived(desk: Desk) -> None:
    """A look is tried again like any other call."""
    desk.handling = Handling(reads_back=1)
    desk.keen.sandbox.faults = Faults(chances={"502": 1.0}, first=2, action=LOOK)
    told = desk.send(an_update(0))
    assert (told.outcomes[0].status, told.proven) == (Status.UPDATED, 1)


def test_a_run_that_ends_before_the_reading_back_has_updated_the_row(desk: Desk) -> None:
    """Keen acknowledged it, so it is not sent again; it is proven by nothing."""
    desk.handling = Handling(reads_back=1)
    desk.on_answer = lambda _, pool: pool.stop(StopRunError("Stopped by a test.", Code.INTERRUPTED))
    told = desk.send(an_update(0))
    assert told.actions == [UPDATE]
    (outcome,) = told.outcomes
    assert (outcome.status, outcome.code, told.proven) == (Status.UPDATED, Code.UPDATED, 0)
    assert outcome.message == "Keen acknowledged the update. The run ended before it was read back."


def test_a_key_that_is_refused_at_the_reading_back_stops_the_run(desk: Desk) -> None:
    """The row itself was acknowledged."""
    desk.handling = Handling(reads_back=5)
    desk.options = {"concurrency": 1}
    desk.keen.sandbox.faults = Faults(chances={"401:none": 1.0}, action=LOOK)
    told = desk.send(an_update(0), an_update(1))
    assert [o.status for o in told.outcomes] == [Status.UPDATED, Status.NOT_SENT]
    assert told.stopped
    assert told.stopped.code is Code.KEY_REFUSED


def send_canary(desk: Desk, ahead: int, then: int, **options: object) -> tuple[list[Outcome], list[int]]:
    """Send some updates, wait until the pool is drained, send the rest; give what was told, and how much by when."""
    told: list[Outcome] = []
    counts: list[int] = []

    async def sink(outcome: Outcome) -> None:
        told.append(outcome)

    async def run() -> None:
        handling = Handling(reads_back=ahead)
        async with KeenClient(desk.keen.options(**options)) as client, Pool(client, 8, sink, handling=handling) as pool:
            for position in range(ahead):
                await pool.submit(an_update(position, position % 10))
            await pool.drained()
            counts.extend((len(told), pool.proven))
            if pool.proven < ahead:
                pool.stop(StopRunError("The canary died.", Code.CANARY_FAILED))
            for position in range(ahead, ahead + then):
                await pool.submit(an_update(position, position % 10))

    asyncio.run(run())
    assert len(told) == ahead + then
    return told, counts


def test_a_drained_pool_has_answered_all_and_takes_more(desk: Desk) -> None:
    """All that was submitted before has its outcome; what is submitted after is sent as ever."""
    told, counts = send_canary(desk, 15, 40)
    assert counts == [15, 15]
    assert {o.status for o in told} == {Status.UPDATED}


def test_a_pool_that_was_given_nothing_is_drained(desk: Desk) -> None:
    """Nobody waits for nothing."""
    assert send_canary(desk, 0, 3)[1] == [0, 0]


def test_a_canary_that_fails_ends_the_run_before_the_rest(desk: Desk) -> None:
    """No update goes out beyond the first ones."""
    desk.keen.sandbox.faults = Faults(chances={"stored_otherwise": 1.0}, lead_id=lead_id(2))
    told, counts = send_canary(desk, 5, 50)
    assert counts == [5, 4]
    assert len(desk.keen.updates()) == 5
    assert {o.code for o in told[5:]} == {Code.CANARY_FAILED}


def test_while_a_pool_is_drained_the_last_retries_need_not_wait_for_fresh_rows(desk: Desk) -> None:
    """One row of a canary that meets trouble is tried again, though a tenth of few requests is no retry."""
    desk.keen.sandbox.faults = Faults(chances={"500": 1.0}, first=3, action=UPDATE)
    told, counts = send_canary(desk, 2, 1)
    assert counts == [2, 2]
    assert sum(o.attempts for o in told) == 6
