"""The pace: evenly spaced starts, and never more than the rate in any second."""

import asyncio
import contextlib
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


class Pace:
    """A token bucket of one token, with a log of starts that keeps any window of one second within the rate.

    Every request takes its `turn()`: updates, look-ups and retries alike. `rate` is in requests per second.
    """

    def __init__(self, rate: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._ended = asyncio.Event()
        self._interval = 1.0 / rate
        self._clock = clock
        self._next = -math.inf
        self._starts: deque[float] = deque(maxlen=max(1, math.ceil(rate)))
        self._lock = asyncio.Lock()

    async def turn(self) -> None:
        """Wait until one more request may start; turns are given in the order in which they were asked for.

        After `end` nobody waits: whoever gets a turn then must not use it.
        """
        was_asked_for = self._lock.locked()
        async with self._lock:
            now = self._clock()
            while (wait := self._slot() - now) > 0 and not self._ended.is_set():
                was_asked_for = True
                await self._sleep(wait)
                now = self._clock()
            # A slot that nobody asked for is gone; one that came late to somebody who waited may be made good.
            self._next = (max(self._next, now - _CATCH_UP) if was_asked_for else now) + self._interval
            self._starts.append(now)

    def end(self) -> None:
        """Let nobody wait any longer."""
        self._ended.set()

    async def _sleep(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._ended.wait()

    def _slot(self) -> float:
        """Give the earliest moment at which the next request may start."""
        if len(self._starts) < (self._starts.maxlen or 1):
            return self._next
        return max(self._next, self._starts[0] + 1.0 + _MARGIN)
