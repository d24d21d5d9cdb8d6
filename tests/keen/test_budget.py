"""The retry budget: trouble is not answered with more load (virtual time)."""

import asyncio
import random
from collections.abc import Callable
from typing import Any

import pytest
from virtual_time import run_in_virtual_time

from leadsync.codes import Code
from leadsync.errors import HaltedError
from leadsync.keen.answers import Answer
from leadsync.keen.budget import RetryBudget
from leadsync.keen.handling import Handling
from leadsync.records import Status

OK = Answer(200)
UNAVAILABLE = Answer(503, {"error": "try later"})


def unavailable_by_chance(share: float) -> Callable[[object], Answer]:
    """Give 503 for that share of the requests, by a seeded die."""
    die = random.Random(5)
    return lambda _: UNAVAILABLE if die.random() < share else OK


@pytest.mark.parametrize("chance", [0.1, 0.5])
def test_retries_stay_below_one_request_in_ten(
    send_in_virtual_time: Callable[..., Any], shares: Callable[..., list[float]], chance: float
) -> None:
    """With each tenth or each second request failing, whenever a retry goes out; and each of 500 rows is answered.

    A row for which there is no budget is given up in the end, with the code of its last trouble and the reason.
    """
    sent = send_in_virtual_time(unavailable_by_chance(chance), 500)
    assert max(shares(sent.requests)) <= 0.1
    traffic = sent.client.traffic
    assert (traffic.requests, traffic.retries) == (len(sent.requests), sum(each.is_retry for each in sent.requests))
    statuses = [outcome.status for outcome in sent.outcomes]
    assert set(statuses) <= {Status.UPDATED, Status.FAILED}
    assert statuses.count(Status.UPDATED) >= (495 if chance == 0.1 else 250)
    given_up = [outcome for outcome in sent.outcomes if outcome.status is Status.FAILED]
    assert {outcome.code for outcome in given_up} <= {Code.UNAVAILABLE}
    why = "Given up after one try, as more than one request in ten would have been a retry."
    assert any(outcome.message.endswith(why) for outcome in given_up) == (chance == 0.5)


@pytest.mark.parametrize("chance", [0.1, 0.5])
def test_looks_before_further_tries_are_within_the_budget(
    send_in_virtual_time: Callable[..., Any], shares: Callable[..., list[float]], chance: float
) -> None:
    """A lead is looked at again before each further try of its update, and both count as retries."""
    sent = send_in_virtual_time(unavailable_by_chance(chance), 500, handling=Handling(keeps_before=True))
    # A look pays for the update that follows it, which may fall into the next minute.
    assert max(shares(sent.requests)) <= 0.12
    traffic = sent.client.traffic
    assert (traffic.requests, traffic.retries) == (len(sent.requests), sum(each.is_retry for each in sent.requests))
    statuses = [outcome.status for outcome in sent.outcomes]
    assert set(statuses) <= {Status.UPDATED, Status.FAILED}
    assert statuses.count(Status.UPDATED) >= (450 if chance == 0.1 else 140)


def test_no_update_waits_for_a_keen_that_is_down_on_an_old_look(send_in_virtual_time: Callable[..., Any]) -> None:
    """Keen is down for two minutes in the middle of a run: no update goes out after that on a look from before."""

    def answer(request: Any) -> Answer:
        return UNAVAILABLE if 5 <= request.at < 125 else OK

    sent = send_in_virtual_time(answer, 1000, handling=Handling(keeps_before=True), rate=100.0)
    assert {outcome.status for outcome in sent.outcomes} == {Status.UPDATED}
    last_look: dict[str, float] = {}
    for request in sent.requests:
        if request.action == "get_lead_by_id":
            last_look[request.lead] = request.at
        else:
            looked_at = last_look.pop(request.lead)
            assert (request.at < 125) == (looked_at < 125)
    assert len(sent.requests) < 2300


def test_at_a_slow_pace_an_update_follows_its_look_soon(send_in_virtual_time: Callable[..., Any]) -> None:
    """At one request per second, eight rows at a time: seconds for somebody to type into the lead, not more."""
    sent = send_in_virtual_time(lambda _: OK, 40, handling=Handling(keeps_before=True), rate=1.0)
    looked_at = {each.lead: each.at for each in sent.requests if each.action == "get_lead_by_id"}
    updated_at = {each.lead: each.at for each in sent.requests if each.action == "update_lead"}
    assert max(updated_at[lead] - looked_at[lead] for lead in looked_at) < 3.5


def test_the_last_rows_and_a_run_of_few_rows_get_their_tries(send_in_virtual_time: Callable[..., Any]) -> None:
    """When nothing fresh can be sent, ten retries in a minute may go beyond the share."""
    sent = send_in_virtual_time(lambda request: OK if request.is_retry else UNAVAILABLE, 9)
    assert {outcome.status for outcome in sent.outcomes} == {Status.UPDATED}
    assert sent.seconds < 10


def test_the_reserve_is_for_when_nothing_fresh_can_be_sent() -> None:
    """While first tries are to come, the share alone counts; the window forgets after a minute."""
    now = 0.0
    budget = RetryBudget(lambda: now)
    fresh = True
    budget.anything_fresh = lambda: fresh
    for _ in range(8):
        budget.count()
    assert not budget.take()
    budget.count()
    assert budget.take()
    assert not budget.take()
    fresh = False
    assert [budget.take() for _ in range(12)] == [True] * 11 + [False]
    for _ in range(12):
        budget.spend()
    now = 59.0
    assert not budget.take()
    now = 60.0
    assert [budget.take() for _ in range(12)] == [True] * 11 + [False]


def test_refusals_for_the_rate_need_no_budget(send_in_virtual_time: Callable[..., Any]) -> None:
    """A 429 costs Keen next to nothing: the pace governs what follows it. It is counted as a retry all the same."""
    refused = Answer(429, {"error": "slow down"}, {"retry-after": "1"})
    sent = send_in_virtual_time(lambda request: OK if request.is_retry else refused, 8)
    assert {outcome.status for outcome in sent.outcomes} == {Status.UPDATED}
    assert (sent.client.traffic.requests, sent.client.traffic.retries) == (16, 8)
    assert [sent.client.budget.take() for _ in range(12)].count(True) >= 10


def test_waiting_for_the_budget_ends_with_the_run() -> None:
    """First come, first served, not for ever; what the pause raises ends the wait of each."""

    async def wait() -> list[object]:
        loop = asyncio.get_running_loop()
        budget = RetryBudget(loop.time)
        budget.anything_fresh = lambda: True

        async def pause(seconds: float) -> None:
            await asyncio.sleep(seconds)
            if loop.time() > 150:
                raise HaltedError("The run is ending.")

        def never() -> bool:
            return False

        in_vain = await asyncio.gather(*(budget.turn(pause, never) for _ in range(3)))
        assert loop.time() == pytest.approx(130)
        moot = await budget.turn(pause, lambda: True)
        halted = await asyncio.gather(*(budget.turn(pause, never) for _ in range(3)), return_exceptions=True)
        return [*in_vain, moot, *map(type, halted)]

    assert run_in_virtual_time(wait()) == [False] * 4 + [HaltedError] * 3
