"""The pace: evenly spaced starts, and never more than the ceiling in any second."""

import asyncio
import math
import time
from collections import deque
from collections.abc import Callable

_CATCH_UP = 0.05
"""Seconds of delay that later starts may make good. A sleeping task wakes up to a millisecond late (epoll counts
whole milliseconds), so a pace that forgot each delay would lose a tenth at 200/s; one that made good a long stall
would burst."""

_MARGIN = 0.01
"""Seconds by which a window is longer than one second, so that requests which travel at unequal speeds do not crowd
into one second on arrival."""


def never() -> bool:
    """Say of a request that it is wanted however long it waits."""
    return False


class Pace:
    """A token bucket of one token, with a log of starts that keeps any window of one second within the ceiling.

    Every request takes its `turn()`: updates, look-ups and retries alike. `rate`, in requests per second, spaces the
    starts; it may be changed at any time, takes effect at once for those who wait, and is never above `ceiling`, the
    rate that the pace was made with.
    """

    def __init__(self, rate: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.ceiling = rate
        self._rate = rate
        self._clock = clock
        self._last = -math.inf
        """When the last start was due."""
        self.paused_until = -math.inf
        """Moment before which nobody starts."""
        self._starts: deque[float] = deque(maxlen=max(1, math.ceil(rate)))
        self._queue = asyncio.Lock()
        """Where those wait whose turn is not urgent; the first of them waits for `_turns`."""
        self._turns = asyncio.Lock()
        self._alarm: asyncio.Future[None] | None = None
        """What the first of those who wait sleeps on."""
        self._alarm_at = math.inf
        self._ended = False

    @property
    def rate(self) -> float:
        """Give the requests that may start per second, evenly spaced."""
        return self._rate

    @rate.setter
    def rate(self, rate: float) -> None:
        self._rate = min(rate, self.ceiling)
        # A sleeper that wakes a little late makes it good; who woke it at every small step of a climb would be busy.
        if self._alarm_at - max(self._slot(), self._clock()) > _CATCH_UP:
            self.wake()

    async def turn(self, is_moot: Callable[[], bool] = never, *, is_urgent: bool = False) -> bool:
        """Wait until one more request may start; turns are given in the order in which they were asked for.

        One that is urgent waits for one other at most that is not, so that at a slow pace an update goes out soon after
        the look at its lead, and not after the looks of all others.
        False where `is_moot` says that the request must not go out, which is looked at whenever `wake` is called: the
        turn is left to the next. After `end` nobody waits: whoever gets a turn then must not use it.
        """
        was_asked_for = self._turns.locked()
        if is_urgent:
            return await self._turn(is_moot, was_asked_for=was_asked_for)
        async with self._queue:
            return await self._turn(is_moot, was_asked_for=was_asked_for)

    async def _turn(self, is_moot: Callable[[], bool], *, was_asked_for: bool) -> bool:
        async with self._turns:
            now = self._clock()
            while not (moot := is_moot()) and (wait := self._slot() - now) > 0 and not self._ended:
                was_asked_for = True
                await self._sleep(now, wait)
                now = self._clock()
            if moot:
                return False
            # A slot that nobody asked for is gone; one that came late to somebody who waited may be made good.
            self._last = max(self._due(), now - _CATCH_UP) if was_asked_for else now
            self._starts.append(now)
            return True

    def pause(self, seconds: float) -> None:
        """Let nobody start for so long, neither who waits already nor who comes; the longest of all pauses counts."""
        self.paused_until = max(self.paused_until, self._clock() + seconds)

    def end(self) -> None:
        """Let nobody wait any longer."""
        self._ended = True
        self.wake()

    def _due(self) -> float:
        """Give the moment at which the next start is due by the rate and the pause."""
        return max(self._last + 1.0 / self._rate, self.paused_until)

    def _slot(self) -> float:
        """Give the earliest moment at which the next request may start."""
        if len(self._starts) < (self._starts.maxlen or 1):
            return self._due()
        return max(self._due(), self._starts[0] + 1.0 + _MARGIN)

    async def _sleep(self, now: float, seconds: float) -> None:
        loop = asyncio.get_running_loop()
        self._alarm, self._alarm_at = loop.create_future(), now + seconds
        timer = loop.call_later(seconds, self.wake)
        try:
            await self._alarm
        finally:
            timer.cancel()
            self._alarm, self._alarm_at = None, math.inf

    def wake(self) -> None:
        """Let whoever waits look again whether, and how long, to wait."""
        if self._alarm is not None and not self._alarm.done():
            self._alarm.set_result(None)
