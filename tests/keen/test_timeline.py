"""The timeline of requests: small for any run, and true to what was asked and answered."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from conftest import Keen, lead_id

from leadsync.errors import RefusedError
from leadsync.keen.answers import Answer, Recovery
from leadsync.keen.calls import Trail
from leadsync.keen.client import KeenClient
from leadsync.keen.timeline import MOST_SLOTS, TimelineLog
from leadsync.records import Slot, Timeline
from leadsync.sandbox import Faults

BEGAN = "2026-11-22T01:02:03Z"


def log_of(*answers: tuple[float, float, Recovery]) -> TimelineLog:
    """Take in answers by when they came after the start, how long they took, and what can be done about them."""
    log = TimelineLog(lambda: 1000.0)
    for after, seconds, recovery in answers:
        log.add(1000.0 + after, seconds, recovery, is_retry=False, pace=10.0)
    return log


def test_answers_stand_in_the_second_in_which_they_came() -> None:
    """A second in which none came is there too."""
    told = log_of((0.2, 0.1, Recovery.DONE), (0.9, 0.3, Recovery.ROW), (2.0, 0.2, Recovery.RETRY)).taken(BEGAN)
    assert told == Timeline(
        BEGAN,
        1.0,
        [
            Slot(requests=2, rejected=1, seconds=0.4, longest=0.3, pace=10.0),
            Slot(),
            Slot(requests=1, refused=1, seconds=0.2, longest=0.2, pace=10.0),
        ],
    )


def test_a_session_in_which_nothing_was_asked_has_no_slots() -> None:
    """There is nothing to draw."""
    assert log_of().taken(BEGAN) == Timeline(BEGAN, 1.0, [])


def test_retries_and_the_last_pace_are_told() -> None:
    """The pace is the one that held when the last answer of the slot came."""
    log = log_of((0.1, 0.1, Recovery.DONE))
    log.add(1000.5, 0.1, Recovery.STOP, is_retry=True, pace=2.5)
    assert log.taken(BEGAN).slots == [Slot(requests=2, retries=1, rejected=1, seconds=0.2, longest=0.1, pace=2.5)]


@pytest.mark.parametrize("seconds", [240, 241, 1_000, 86_400])
def test_a_long_session_has_few_slots_and_loses_no_answer(seconds: int) -> None:
    """Neighbours become one of twice the width: all numbers stay right in sum, and in their places."""
    answers = [(at + 0.5, 0.001 * (at % 7), Recovery.DONE) for at in range(0, seconds, seconds // 80)]
    told = log_of(*answers).taken(BEGAN)
    assert MOST_SLOTS / 2 <= len(told.slots) <= MOST_SLOTS
    assert told.width * len(told.slots) >= answers[-1][0]
    for place, slot in enumerate(told.slots):
        within = [took for at, took, _ in answers if int(at / told.width) == place]
        assert slot.requests == len(within)
        assert slot.seconds == pytest.approx(sum(within), abs=1e-4)
        assert slot.longest == max(within, default=0.0)
        assert slot.pace == (10.0 if within else 0.0)


def test_a_long_silence_costs_no_room() -> None:
    """A Keen that is down for a day leaves slots with nothing in them, and no more of them than ever."""
    told = log_of((0.5, 0.1, Recovery.DONE), (86_400.0, 0.1, Recovery.DONE)).taken(BEGAN)
    assert len(told.slots) <= MOST_SLOTS
    assert [place for place, slot in enumerate(told.slots) if slot.requests] == [0, int(86_400 / told.width)]


def test_neighbours_that_become_one_keep_the_later_pace() -> None:
    """Where nothing came in the later one, that of the earlier one."""
    log = TimelineLog(lambda: 0.0)
    for ended, pace in ((0.5, 8.0), (1.5, 4.0), (2.5, 2.0), (240.0, 1.0)):
        log.add(ended, 0.1, Recovery.DONE, is_retry=False, pace=pace)
    assert [slot.pace for slot in log.taken(BEGAN).slots if slot.requests] == [4.0, 2.0, 1.0]


def test_a_client_notes_each_answer_of_keen(keen: Keen) -> None:
    """Over a real socket: one acknowledged, one refused by Keen, and one after a push-back."""

    async def use() -> Timeline:
        async with KeenClient(keen.options(rate=50.0)) as client:
            await client.get_lead(lead_id(0), Trail())
            with pytest.raises(RefusedError):
                await client.get_lead("00000000-0000-4000-8000-ffffffffffff", Trail())
            keen.sandbox.faults = Faults(chances={503: 1.0}, first=1)
            await client.get_lead(lead_id(1), Trail())
            return client.traffic.timeline.taken(BEGAN)

    slots = asyncio.run(use()).slots
    assert sum(slot.requests for slot in slots) == keen.sandbox.stats.calls == 4
    assert [sum(getattr(slot, name) for slot in slots) for name in ("retries", "refused", "rejected")] == [1, 1, 1]
    assert all(0 < slot.longest <= slot.seconds for slot in slots if slot.requests)
    assert all(0 < slot.pace <= 50.0 for slot in slots if slot.requests)


def test_trouble_and_the_pace_that_falls_can_be_seen(send_in_virtual_time: Callable[..., Any]) -> None:
    """A Keen that is overloaded for a second: refusals stand where they were, and the pace is lower after them."""

    def answer(request: Any) -> Answer:
        return Answer(546) if 3.0 <= request.at < 4.0 else Answer(200)

    sent = send_in_virtual_time(answer, 200, rate=20.0)
    told = sent.client.traffic.timeline.taken(BEGAN)
    assert sum(slot.requests for slot in told.slots) == len(sent.requests)
    assert sum(slot.retries for slot in told.slots) == sum(request.is_retry for request in sent.requests)
    assert {place for place, slot in enumerate(told.slots) if slot.refused} <= {3, 4}
    assert [slot.pace for slot in told.slots[:3]] == [20.0] * 3
    assert 0 < told.slots[4].pace < 20.0
