"""The circuit breaker: while Keen is down nobody sends, save one probe at a time (virtual time, and real sockets)."""

import asyncio
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from conftest import Keen, lead_id
from structlog.testing import capture_logs
from virtual_time import run_in_virtual_time

from leadsync.codes import Code
from leadsync.errors import HaltedError, StopRunError
from leadsync.keen.answers import Answer, Trouble
from leadsync.keen.breaker import Breaker
from leadsync.keen.calls import Trail
from leadsync.keen.client import KeenClient
from leadsync.keen.pool import Pool
from leadsync.records import Outcome, Row, Status, Update
from leadsync.sandbox import Faults

OK = Answer(200)
UNAVAILABLE = Answer(503, {"error": "try later"})
BOOT_ERROR = Answer(503, {}, {"sb-error-code": "BOOT_ERROR"})


def fail(breaker: Breaker, times: int = 1, **more: Any) -> None:
    """Tell a breaker of failures."""
    for _ in range(times):
        breaker.failed("Keen is not available (503).", Code.UNAVAILABLE, **({"seconds": 0.0} | more))


def test_ten_failures_in_a_row_open_it() -> None:
    """One success in between, and the count begins anew; reason and events are there for whoever looks."""
    breaker = Breaker(600, 0.5, lambda: 0.0)
    fail(breaker, 9)
    breaker.succeeded()
    fail(breaker, 9)
    assert not breaker.is_open
    with capture_logs() as events:
        fail(breaker)
        assert (breaker.is_open, breaker.reason) == (True, "Keen is not available (503).")
        breaker.succeeded()
    assert not breaker.is_open
    assert [(event["event"], event["log_level"]) for event in events] == [
        ("breaker_opened", "info"),
        ("breaker_closed", "info"),
    ]
    assert (events[0]["reason"], events[1]["seconds"]) == ("unavailable", 0.0)


def test_what_surely_is_an_outage_opens_it_at_once() -> None:
    """Such as BOOT_ERROR: nobody is served."""
    breaker = Breaker(600, 0.5, lambda: 0.0)
    fail(breaker, at_once=True)
    assert breaker.is_open


def test_probes_go_one_at_a_time_ever_more_rarely_until_patience_is_over() -> None:
    """After half a second, a second, two … a minute; and the end comes on time."""

    async def probe() -> tuple[list[float], float]:
        loop = asyncio.get_running_loop()
        breaker = Breaker(600, 0.5, loop.time)
        fail(breaker, 10)
        probes: list[float] = []

        async def call() -> None:
            assert await breaker.turn(is_first_try=False)
            probes.append(loop.time())
            await asyncio.sleep(0.1)
            fail(breaker, seconds=0.1, is_probe=True)
            await call()

        with pytest.raises(StopRunError, match=r"did not work for 6\d\d|5\d\d seconds") as caught:
            await asyncio.gather(call(), call(), call())
        assert caught.value.code is Code.KEEN_DOWN
        return probes, loop.time()

    probes, end = run_in_virtual_time(probe())
    gaps = [later - earlier for earlier, later in pairwise([0.0, *probes])]
    assert 0.25 <= gaps[0] <= 0.5
    wanted = [min(60, 0.5 * 2**number) for number in range(len(gaps) - 1)]
    assert all(most / 2 <= gap <= most + 0.1001 for gap, most in zip(gaps[:-1], wanted, strict=True))
    assert end == pytest.approx(600, abs=0.6)


def test_first_tries_are_probes_before_retries() -> None:
    """So an outage costs hardly any lead a second request."""

    async def order() -> list[str]:
        breaker = Breaker(600, 0.5, asyncio.get_running_loop().time)
        fail(breaker, 10)
        went: list[str] = []

        async def call(name: str, *, is_first_try: bool) -> None:
            if await breaker.turn(is_first_try=is_first_try):
                went.append(name)
                fail(breaker, is_probe=True)

        await asyncio.gather(
            call("a retry", is_first_try=False),
            call("a first try", is_first_try=True),
            call("another retry", is_first_try=False),
        )
        return went

    assert run_in_virtual_time(order()) == ["a first try", "a retry", "another retry"]


def test_a_probe_that_succeeds_lets_all_go_and_so_does_an_answer_that_was_on_its_way() -> None:
    """Whoever waited goes on, not as a probe."""

    async def close(breaker: Breaker) -> list[bool]:
        fail(breaker, 10)
        waiting = [asyncio.create_task(breaker.turn(is_first_try=True)) for _ in range(3)]
        await asyncio.sleep(0)
        breaker.succeeded()
        return await asyncio.gather(*waiting)

    async def both() -> None:
        loop = asyncio.get_running_loop()
        assert await close(Breaker(600, 0.5, loop.time)) == [False] * 3
        breaker = Breaker(600, 0.5, loop.time)
        fail(breaker, 10)
        waiting = [asyncio.create_task(breaker.turn(is_first_try=True)) for _ in range(3)]
        assert await waiting[0]
        breaker.succeeded()
        assert await asyncio.gather(*waiting[1:]) == [False] * 2

    run_in_virtual_time(both())


def test_nobody_waits_when_the_run_ends() -> None:
    """Neither who waits already nor who comes."""

    async def end() -> None:
        breaker = Breaker(600, 0.5, asyncio.get_running_loop().time)
        fail(breaker, 10)
        waiting = asyncio.create_task(breaker.turn(is_first_try=True))
        await asyncio.sleep(0)
        breaker.end()
        assert not await waiting
        assert not await breaker.turn(is_first_try=True)

    run_in_virtual_time(end())


@pytest.mark.parametrize("latency", [0.05, 3.0])
def test_a_total_outage_costs_next_to_nothing_and_ends_the_run(
    send_in_virtual_time: Callable[..., Any], latency: float
) -> None:
    """Keen goes down in the middle of 500 rows: hardly a second request for any lead, and an end on time."""
    down_at = 20 * latency
    sent = send_in_virtual_time(
        lambda request: OK if request.at < down_at else UNAVAILABLE, 500, latency=latency, patience=600
    )
    leads = {request.lead for request in sent.requests}
    assert len(sent.requests) / len(leads) <= 1.1
    statuses = [outcome.status for outcome in sent.outcomes]
    assert set(statuses) == {Status.UPDATED, Status.NOT_SENT}
    assert statuses.count(Status.UPDATED) > 100
    assert {o.code for o in sent.outcomes if o.status is Status.NOT_SENT} == {Code.KEEN_DOWN}
    assert sent.seconds - down_at == pytest.approx(600, abs=30)


def test_an_outage_that_ends_costs_no_row(send_in_virtual_time: Callable[..., Any]) -> None:
    """Down for five minutes, then up again: every row is updated, though no call has so many tries."""
    sent = send_in_virtual_time(lambda request: UNAVAILABLE if 1 < request.at < 300 else OK, 500, rate=100.0, tries=3)
    assert {outcome.status for outcome in sent.outcomes} == {Status.UPDATED}
    assert len(sent.requests) < 540


@pytest.mark.parametrize("trouble", [BOOT_ERROR, Answer(trouble=Trouble.NOT_CONNECTED, detail="no route")])
def test_while_it_is_open_one_request_is_on_its_way(send_in_virtual_time: Callable[..., Any], trouble: Answer) -> None:
    """One BOOT_ERROR, or one connection that could not be made, is enough; what was in flight is finished."""
    sent = send_in_virtual_time(
        lambda request: trouble if 1 <= request.at < 100 else OK, 500, rate=100.0, latency=0.2, concurrency=16
    )
    down = [request for request in sent.requests if 1.3 <= request.at < 100]
    assert 5 <= len(down) <= 15
    assert {request.in_flight for request in down} == {1}
    assert {outcome.status for outcome in sent.outcomes} == {Status.UPDATED}


def test_rows_that_keen_cannot_digest_do_not_look_like_an_outage(send_in_virtual_time: Callable[..., Any]) -> None:
    """Four rows of a hundred that always get a 500 end as failed; the run does not stop, now or when it is resumed."""
    poison = {lead_id(number) for number in (3, 40, 98, 99)}
    sent = send_in_virtual_time(lambda request: Answer(500, {}) if request.lead in poison else OK, 100)
    failed = [outcome for outcome in sent.outcomes if outcome.status is Status.FAILED]
    assert {outcome.lead_id for outcome in failed} == poison
    assert {(outcome.code, outcome.attempts) for outcome in failed} == {(Code.SERVER_ERROR, 5)}
    assert [outcome.status for outcome in sent.outcomes].count(Status.UPDATED) == 96


def test_hangs_count_into_the_patience(send_in_virtual_time: Callable[..., Any]) -> None:
    """Probes that each take a minute to time out do not make a run of ten minutes one of twenty."""
    hang = Answer(trouble=Trouble.TIMED_OUT)
    sent = send_in_virtual_time(lambda _: hang, 100, latency=60.0, patience=600)
    opened = 120.0
    assert sent.seconds <= opened + 600 + 60
    assert Status.UNKNOWN in {outcome.status for outcome in sent.outcomes}
    assert not any(outcome.status is Status.UPDATED for outcome in sent.outcomes)


def test_stale_refusals_for_the_rate_do_not_open_it(send_in_virtual_time: Callable[..., Any]) -> None:
    """Fifty requests refused at once tell of one limit, not of a Keen that is down."""
    refused = Answer(429, {}, {"retry-after": "1"})
    with capture_logs() as events:
        sent = send_in_virtual_time(
            lambda request: refused if request.at < 0.9 else OK, 100, latency=1.0, concurrency=50, rate=100.0
        )
    assert {outcome.status for outcome in sent.outcomes} == {Status.UPDATED}
    assert "breaker_opened" not in {event["event"] for event in events}


def test_a_boot_error_is_probed_one_request_at_a_time_by_keens_own_record(keen: Keen) -> None:
    """Over real sockets: after what was in flight, the emulator never sees two requests at once, nor twice a lead."""
    keen.sandbox.faults = Faults(latency=0.01, chances={"503": 1.0}, first=10)
    outcomes: list[Outcome] = []

    async def sink(outcome: Outcome) -> None:
        outcomes.append(outcome)

    async def run() -> None:
        async with KeenClient(keen.options(concurrency=8, backoff=0.2)) as client, Pool(client, 8, sink) as pool:
            for number in range(12):
                await pool.submit(Update(Row(number, "Leads", number + 2), lead_id(number), {"notes": "x"}, []))

    for number in range(10, 12):
        keen.world.add_lead(keen.channel, lead_id=lead_id(number))
    asyncio.run(run())
    assert [outcome.status for outcome in outcomes] == [Status.UPDATED] * 12
    while_open = keen.sandbox.calls[8:11]
    assert {call.in_flight for call in while_open} == {1}
    assert len({call.lead_id for call in keen.sandbox.calls[:11]}) == 11


def test_a_row_that_waits_for_the_breaker_does_not_outlive_the_run(keen: Keen) -> None:
    """Whoever halts the client ends its waits."""
    keen.sandbox.faults = Faults(chances={"503": 1.0})

    async def run() -> None:
        async with KeenClient(keen.options(backoff=3600.0)) as client:
            sending = asyncio.create_task(
                client.update_lead(Update(Row(0, "Leads", 2), lead_id(0), {"notes": "x"}, []), lead_id(0), Trail())
            )
            while not client.breaker.is_open:
                await asyncio.sleep(0.001)
            client.halt()
            with pytest.raises(HaltedError):
                await sending

    asyncio.run(run())
    assert keen.sandbox.stats.calls == 1
