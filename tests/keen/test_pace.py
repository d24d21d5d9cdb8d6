"""The pace: even, and never above the rate (DESIGN section 4, invariant 5)."""

import asyncio
import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from virtual_time import run_in_virtual_time

from leadsync.keen.pace import Pace


async def take_turns(rate: float, requests: int, workers: int, stall: float = 0.0) -> list[float]:
    """Let workers, each third in a hurry, take turns until so many requests have started; give the moments."""
    loop = asyncio.get_running_loop()
    pace = Pace(rate, clock=loop.time)
    starts: list[float] = []

    async def work(worker: int) -> None:
        while len(starts) < requests:
            await pace.turn(is_urgent=worker % 3 == 2)
            starts.append(loop.time())
            if stall and len(starts) == requests // 2:
                await asyncio.sleep(stall)

    await asyncio.gather(*map(work, range(workers)))
    return starts[:requests]


def busiest_second(starts: list[float]) -> int:
    """Give the largest number of starts in any window of one second."""
    busiest, first = 0, 0
    for last, start in enumerate(starts):
        while start - starts[first] >= 1.0:
            first += 1
        busiest = max(busiest, last - first + 1)
    return busiest


@pytest.mark.parametrize("rate", [0.5, 1, 5, 20, 100, 500])
@pytest.mark.parametrize("late", [None, 1])
def test_no_second_holds_more_than_the_rate(rate: float, late: int | None) -> None:
    """Whatever the timers do, no window of one second has more starts than the rate."""
    starts = run_in_virtual_time(take_turns(rate, int(rate * 10) + 5, 16), random.Random(late) if late else None)
    assert busiest_second(starts) <= max(1, rate)


@settings(max_examples=30, deadline=None)
@given(rate=st.floats(0.3, 300), workers=st.integers(1, 40), stall=st.floats(0, 3), seed=st.integers())
def test_no_second_holds_more_than_the_rate_whatever_happens(
    rate: float, workers: int, stall: float, seed: int
) -> None:
    """Any rate, any number of workers, a stall in the middle, late timers: at most the rate, rounded up."""
    starts = run_in_virtual_time(take_turns(rate, 400, workers, stall), random.Random(seed))
    assert busiest_second(starts) <= rate + 1


def test_starts_are_evenly_spaced() -> None:
    """At 20 requests per second the next one starts 50 ms later, not 20 at once and then a wait."""
    starts = run_in_virtual_time(take_turns(20, 100, 8))
    gaps = [later - earlier for earlier, later in pairwise(starts)]
    assert min(gaps) == pytest.approx(0.05)
    assert max(gaps) < 0.07


def test_late_timers_do_not_slow_the_pace() -> None:
    """Timers that fire some 1 ms late cost little more than the margin of the window."""
    starts = run_in_virtual_time(take_turns(200, 2001, 64), random.Random(1))
    assert starts[-1] - starts[0] < 10 * 1.025


def test_a_stall_is_not_made_good_by_a_burst() -> None:
    """After all workers slept for three seconds, starts go on evenly."""

    async def stalled() -> list[float]:
        loop = asyncio.get_running_loop()
        pace = Pace(100, clock=loop.time)
        await pace.turn()
        await asyncio.sleep(3)
        starts = []
        for _ in range(30):
            await pace.turn()
            starts.append(loop.time())
        return starts

    starts = run_in_virtual_time(stalled())
    assert sum(start - starts[0] < 0.1 for start in starts) <= 10 + 6


def start_with(pace: Pace, workers: int, starts: list[float]) -> list[asyncio.Task[None]]:
    """Let workers take turns for ever; the moments are put into `starts`."""

    async def work() -> None:
        while True:
            await pace.turn()
            starts.append(asyncio.get_running_loop().time())

    return [asyncio.create_task(work()) for _ in range(workers)]


async def stop(tasks: list[asyncio.Task[None]]) -> None:
    """Cancel workers."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


@settings(max_examples=20, deadline=None)
@given(
    ceiling=st.floats(0.5, 120),
    changes=st.lists(st.tuples(st.floats(0.01, 2), st.floats(0.1, 300), st.floats(0, 2)), max_size=12),
    seed=st.integers(),
)
def test_no_second_holds_more_than_the_ceiling_whatever_is_changed(
    ceiling: float, changes: list[tuple[float, float, float]], seed: int
) -> None:
    """Rates up and down, pauses, late timers: no window of one second has more starts than the ceiling."""

    async def story() -> list[float]:
        pace = Pace(ceiling, clock=asyncio.get_running_loop().time)
        starts: list[float] = []
        tasks = start_with(pace, 8, starts)
        for delay, rate, pause in changes:
            await asyncio.sleep(delay)
            pace.rate = rate
            assert pace.rate <= pace.ceiling == ceiling
            pace.pause(pause)
        await asyncio.sleep(3)
        await stop(tasks)
        return starts

    assert busiest_second(run_in_virtual_time(story(), random.Random(seed))) <= max(1, ceiling + 1)


def test_a_lower_rate_counts_at_once_for_those_who_wait() -> None:
    """From 100/s to 2/s: who waits already starts half a second after the last start."""

    async def story() -> list[float]:
        pace = Pace(100, clock=asyncio.get_running_loop().time)
        starts: list[float] = []
        tasks = start_with(pace, 4, starts)
        await asyncio.sleep(0.105)
        pace.rate = 2
        starts.clear()
        await asyncio.sleep(1.2)
        await stop(tasks)
        return starts

    assert run_in_virtual_time(story()) == pytest.approx([0.6, 1.1])


def test_a_higher_rate_wakes_who_waits() -> None:
    """From one start in 100 s to 10/s: nobody sleeps the 100 s out."""

    async def story() -> list[float]:
        pace = Pace(10, clock=asyncio.get_running_loop().time)
        pace.rate = 0.01
        starts: list[float] = []
        tasks = start_with(pace, 2, starts)
        await asyncio.sleep(5)
        pace.rate = 10
        await asyncio.sleep(1)
        await stop(tasks)
        return starts

    starts = run_in_virtual_time(story())
    assert starts[0] == 0
    assert 5 <= starts[1] < 5.1
    assert len(starts) >= 10


def test_a_pause_holds_everybody_and_the_longest_counts() -> None:
    """A pause of 3 s, then one of 1 s: nobody starts for 3 s, newcomers neither; then evenly, without a burst."""

    async def story() -> list[float]:
        pace = Pace(10, clock=asyncio.get_running_loop().time)
        starts: list[float] = []
        tasks = start_with(pace, 4, starts)
        await asyncio.sleep(0.05)
        pace.pause(3)
        pace.pause(1)
        starts.clear()
        await asyncio.sleep(0.5)
        tasks += start_with(pace, 4, starts)
        await asyncio.sleep(3)
        await stop(tasks)
        return starts

    starts = run_in_virtual_time(story())
    assert starts[0] == pytest.approx(3.05)
    assert min(later - earlier for earlier, later in pairwise(starts)) == pytest.approx(0.1)


def test_an_urgent_turn_waits_for_one_other_at_most() -> None:
    """At one request in ten seconds an update follows the look at its lead, and not those of ten other leads."""

    async def story() -> list[str]:
        pace = Pace(0.1, clock=asyncio.get_running_loop().time)
        went: list[str] = []

        async def row(name: str) -> None:
            await pace.turn()
            went.append(f"look {name}")
            await asyncio.sleep(1)
            await pace.turn(is_urgent=True)
            went.append(f"update {name}")

        await asyncio.gather(*map(row, "abcd"))
        return went

    assert run_in_virtual_time(story()) == [
        "look a",
        "look b",
        "update a",
        "look c",
        "update b",
        "look d",
        "update c",
        "update d",
    ]


def test_the_end_frees_those_who_wait_out_a_pause() -> None:
    """Nobody waits for an hour when the run ends."""

    async def story() -> float:
        loop = asyncio.get_running_loop()
        pace = Pace(10, clock=loop.time)
        pace.pause(3600)
        waiting = [asyncio.create_task(pace.turn()) for _ in range(5)]
        await asyncio.sleep(1)
        pace.end()
        await asyncio.gather(*waiting)
        return loop.time()

    assert run_in_virtual_time(story()) == pytest.approx(1)
