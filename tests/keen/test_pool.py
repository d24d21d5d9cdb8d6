"""The pool: each update answered once, those of one lead in order and apart."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from conftest import Keen, lead_id

from leadsync.codes import Code
from leadsync.errors import StopRunError
from leadsync.keen.client import KeenClient
from leadsync.keen.pool import LegacyLead, Pool
from leadsync.records import Outcome, Row, Status, Update
from leadsync.sandbox import Faults


def an_update(position: int, lead: str) -> Update:
    """Make an update whose notes tell its place."""
    return Update(Row(position, "Leads", position + 2), lead, {"notes": str(position)}, [])


def send_all(
    keen: Keen, leads: Sequence[str], concurrency: int = 8, legacy: "Remembered | None" = None, **options: object
) -> list[Outcome]:
    """Send an update for each lead; give the outcomes by position."""
    outcomes: list[Outcome] = []

    async def sink(outcome: Outcome) -> None:
        outcomes.append(outcome)

    async def run() -> None:
        async with (
            KeenClient(keen.options(concurrency=concurrency, **options)) as client,
            Pool(client, concurrency, sink, legacy) as pool,
        ):
            for position, lead in enumerate(leads):
                await pool.submit(an_update(position, lead))

    asyncio.run(run())
    assert sorted(outcome.position for outcome in outcomes) == list(range(len(leads)))
    return sorted(outcomes, key=lambda outcome: outcome.position)


class Remembered:
    """Answers about legacy ids, kept in memory."""

    def __init__(self) -> None:
        self.known: dict[str, LegacyLead] = {}

    async def find(self, legacy_id: str) -> LegacyLead | None:
        """Give what is known."""
        return self.known.get(legacy_id)

    async def keep(self, legacy_id: str, lead: LegacyLead) -> None:
        """Remember."""
        self.known[legacy_id] = lead


def test_rows_of_one_lead_keep_their_order_and_never_overlap(keen: Keen) -> None:
    """Three hundred updates of ten leads by sixteen workers, with retries: each lead sees its own in file order."""
    keen.sandbox.faults = Faults(seed=3, latency=0.002, latency_spread=0.002, chances={"503": 0.02, "drop_after": 0.04})
    leads = [lead_id(position * 7 % 10) for position in range(300)]
    outcomes = send_all(keen, leads, concurrency=16, tries=20)
    assert {outcome.status for outcome in outcomes} == {Status.UPDATED}
    for number in range(10):
        calls = [call for call in keen.sandbox.calls if call.lead_id == lead_id(number)]
        sent = [int(call.body["notes"]) for call in calls]
        assert sent == sorted(sent)
        assert all((a.finished_at or 0) <= b.arrived_at for a, b in pairwise(calls))


def test_no_more_requests_are_in_flight_than_there_are_slots(keen: Keen) -> None:
    """The concurrency is a ceiling."""
    keen.sandbox.faults = Faults(latency=0.005)
    send_all(keen, [lead_id(position % 10) for position in range(60)], concurrency=4)
    assert keen.sandbox.stats.max_in_flight <= 4


def test_each_legacy_id_is_looked_up_once(keen: Keen) -> None:
    """Five rows of each lead need one look-up, also where Keen knows no such lead."""
    leads = [str(1000 + position % 4) for position in range(20)] + ["999", "999", "999"]
    outcomes = send_all(keen, leads, legacy=Remembered())
    asked = [call.body["legacy_id"] for call in keen.sandbox.calls if call.action == "get_lead_by_legacy_id"]
    assert sorted(asked) == [999, 1000, 1001, 1002, 1003]
    assert [outcome.lead_id for outcome in outcomes[:4]] == [lead_id(number) for number in range(4)]
    assert {(outcome.status, outcome.code) for outcome in outcomes[20:]} == {(Status.REJECTED, Code.LEAD_NOT_FOUND)}
    assert "999" in outcomes[-1].message


def test_look_ups_and_retries_count_towards_the_pace(keen: Keen, busiest_second: Callable[[Keen], int]) -> None:
    """By the emulator's own record, no second saw more than the rate, whatever the requests were for."""
    keen.sandbox.faults = Faults(seed=1, chances={"500": 0.1})
    leads = [str(1000 + position % 10) for position in range(60)]
    send_all(keen, leads, legacy=Remembered(), rate=40.0, tries=20)
    assert {call.action for call in keen.sandbox.calls} == {"get_lead_by_legacy_id", "update_lead"}
    assert keen.sandbox.stats.calls > 70
    assert busiest_second(keen) <= 41


def test_a_refused_key_stops_everything(keen: Keen) -> None:
    """After the first 401 nothing more goes out than what was in flight; every update is answered all the same."""
    keen.sandbox.faults = Faults(chances={"401:none": 1.0})
    outcomes = send_all(keen, [lead_id(position % 10) for position in range(200)], concurrency=4)
    assert {(outcome.status, outcome.code) for outcome in outcomes} == {(Status.NOT_SENT, Code.KEY_REFUSED)}
    assert keen.sandbox.stats.calls <= 4


def test_an_outage_in_the_middle_of_a_run_ends_it(keen: Keen) -> None:
    """Keen goes down after some hundred of 500 rows: hardly a second request for any lead, and the rest is not sent."""
    for number in range(10, 500):
        keen.world.add_lead(keen.channel, lead_id=lead_id(number))
    keen.sandbox.faults = Faults(latency=0.002)
    outcomes: list[Outcome] = []

    async def sink(outcome: Outcome) -> None:
        outcomes.append(outcome)
        if len(outcomes) == 100:
            keen.sandbox.faults = Faults(latency=0.002, chances={"503:none": 1.0})

    async def run() -> StopRunError | None:
        options = keen.options(patience=1.0, backoff=0.02)
        async with KeenClient(options) as client:
            async with Pool(client, 8, sink) as pool:
                for number in range(500):
                    await pool.submit(an_update(number, lead_id(number)))
            return pool.stopped

    stopped = asyncio.run(run())
    assert stopped
    assert stopped.code is Code.KEEN_DOWN
    calls = keen.sandbox.calls
    assert len(calls) / len({call.lead_id for call in calls}) <= 1.1
    assert {outcome.status for outcome in outcomes} == {Status.UPDATED, Status.NOT_SENT}
    assert len(outcomes) == 500


def test_rows_that_wait_for_a_retry_hold_no_slot(keen: Keen) -> None:
    """Four rows that fail wait for hours, and all others go past them through two slots."""
    for number in range(10, 60):
        keen.world.add_lead(keen.channel, lead_id=lead_id(number))
    keen.sandbox.faults = Faults(chances={"500": 1.0}, first=4)
    outcomes: list[Outcome] = []

    async def sink(outcome: Outcome) -> None:
        outcomes.append(outcome)

    async def run() -> None:
        options = keen.options(concurrency=2, backoff=1e6, longest_backoff=1e6)
        async with KeenClient(options) as client, Pool(client, 2, sink) as pool:
            for number in range(60):
                await pool.submit(an_update(number, lead_id(number)))
            while len(outcomes) < 56:
                await asyncio.sleep(0.001)
            pool.stop(StopRunError("Stopped by a test.", Code.INTERRUPTED))

    asyncio.run(run())
    assert [outcome.status for outcome in outcomes] == [Status.UPDATED] * 56 + [Status.NOT_SENT] * 4
    assert keen.sandbox.stats.max_in_flight <= 2


def test_a_slot_is_given_back_when_the_outcome_is_kept(keen: Keen) -> None:
    """While the sink is at work no other update goes out in its place: what a crash can lose is bounded."""
    unkept = 0
    most = 0

    async def sink(_: Outcome) -> None:
        nonlocal unkept, most
        most = max(most, len(keen.updates()) - unkept)
        await asyncio.sleep(0.01)
        unkept += 1

    async def run() -> None:
        async with KeenClient(keen.options(concurrency=3)) as client, Pool(client, 3, sink) as pool:
            for position in range(30):
                await pool.submit(an_update(position, lead_id(position % 10)))

    asyncio.run(run())
    assert unkept == 30
    assert most <= 3


def test_one_lead_that_always_fails_does_not_stop_the_run(keen: Keen) -> None:
    """Any answer in between, also a refusal, shows that Keen works."""
    keen.sandbox.faults = Faults(chances={"500": 1.0}, lead_id=lead_id(0))
    leads = [lead_id(0) if position % 2 else lead_id(99) for position in range(40)]
    outcomes = send_all(keen, leads, concurrency=1, tries=1)
    codes = Counter(outcome.code for outcome in outcomes)
    assert codes == {Code.SERVER_ERROR: 1, Code.HELD_BACK: 19, Code.LEAD_NOT_FOUND: 20}


def test_no_row_overtakes_an_earlier_one_of_its_lead_that_has_to_be_sent_again(keen: Keen) -> None:
    """The later rows of its lead are held back, those of others are not."""
    keen.sandbox.faults = Faults(chances={"drop_after": 1.0}, lead_id=lead_id(3))
    outcomes = send_all(keen, [lead_id(position % 5) for position in range(20)], tries=1)
    assert [outcome.status for outcome in outcomes[3::5]] == [Status.UNKNOWN, *[Status.NOT_SENT] * 3]
    assert {outcome.code for outcome in outcomes[8::5]} == {Code.HELD_BACK}
    assert [outcome.status for outcome in outcomes].count(Status.UPDATED) == 16
    assert [call.lead_id for call in keen.sandbox.calls].count(lead_id(3)) == 1


def test_an_early_try_without_an_answer_is_not_forgotten(keen: Keen) -> None:
    """A cut connection, then a refusal: the row is unknown, since the first try may have been applied."""
    keen.sandbox.faults = Faults(chances={"drop_after": 1.0}, first=1, rate_limit=1, retry_after="none")
    (outcome,) = send_all(keen, [lead_id(0)], tries=2)
    assert (outcome.status, outcome.code, outcome.attempts) == (Status.UNKNOWN, Code.NO_ANSWER, 2)


def test_what_is_in_flight_is_finished_when_the_run_is_stopped(keen: Keen) -> None:
    """The answers that are on their way are waited for; what had not gone out is not sent."""
    keen.sandbox.faults = Faults(latency=0.05)
    outcomes: list[Outcome] = []

    async def sink(outcome: Outcome) -> None:
        outcomes.append(outcome)

    async def run() -> None:
        async with KeenClient(keen.options(concurrency=4)) as client, Pool(client, 4, sink) as pool:
            for position in range(10):
                await pool.submit(an_update(position, lead_id(position)))
            while keen.sandbox.stats.calls < 4:
                await asyncio.sleep(0.001)
            pool.stop(StopRunError("Stopped by a test.", Code.INTERRUPTED))

    asyncio.run(run())
    statuses = sorted((outcome.position, outcome.status) for outcome in outcomes)
    assert statuses == [(p, Status.UPDATED if p < 4 else Status.NOT_SENT) for p in range(10)]
    assert keen.sandbox.stats.calls == 4


def test_an_unknown_exception_ends_the_pool(keen: Keen) -> None:
    """A fault of ours is not swallowed by a worker."""

    async def broken(_: Outcome) -> None:
        raise ZeroDivisionError

    async def run() -> None:
        async with KeenClient(keen.options()) as client, Pool(client, 2, broken) as pool:
            for position in range(100):
                await pool.submit(an_update(position, lead_id(position % 10)))

    with pytest.raises(ExceptionGroup) as caught:
        asyncio.run(run())
    assert caught.value.subgroup(ZeroDivisionError)


def test_an_unknown_exception_ends_the_pool_while_it_waits_for_the_last_answers(keen: Keen) -> None:
    """Nothing more is submitted, and the fault is told as what it is, not as a cancellation."""

    async def broken(_: Outcome) -> None:
        raise ZeroDivisionError

    async def run() -> None:
        async with KeenClient(keen.options()) as client, Pool(client, 2, broken) as pool:
            await pool.submit(an_update(0, lead_id(0)))

    with pytest.raises(ExceptionGroup) as caught:
        asyncio.run(run())
    assert caught.value.subgroup(ZeroDivisionError)


def test_a_look_up_that_fails_tells_how_often_it_was_tried(keen: Keen) -> None:
    """Its tries are the row's tries."""
    keen.sandbox.faults = Faults(chances={"500": 1.0})
    (outcome,) = send_all(keen, ["1001"], legacy=Remembered(), tries=3)
    assert (outcome.status, outcome.code) == (Status.FAILED, Code.SERVER_ERROR)
    assert (outcome.attempts, outcome.http_status) == (3, 500)
