"""The retry budget: at most one request in ten is a retry, so that trouble is not answered with more load."""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable

_SHARE = 0.1
_WINDOW = 60.0
"""Seconds over which requests and retries are counted."""
_LONGEST_WAIT = 130.0
"""Seconds that a retry waits at most: two windows and a little, so that the rows that met a short outage get the
reserve of both, and are not given up although Keen works again."""
_RESERVE = 10
"""Retries in a window that may go beyond the share when nothing fresh can be sent: the last rows of a run, and a run
of few rows, get their tries as well."""
_LOOK_EVERY = 0.1
"""Seconds after which the first in the queue looks again: requests went out, or nothing fresh is left."""


class RetryBudget:
    """Counts requests and retries of the last minute, and says when one more retry may go out."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.anything_fresh: Callable[[], bool] = lambda: False
        """Tells whether a call without its first try is in hand or may still come; the pool sets it."""
        self._clock = clock
        self._requests: deque[float] = deque()
        """When the requests of the window went out; and of these, the retries."""
        self._retries: deque[float] = deque()
        self._reserved = 0
        """Retries that may go out, and still wait for a slot or for the pace."""
        self._queue = asyncio.Lock()

    def count(self, number: int = 1, *, is_retry: bool = False) -> None:
        """Count requests that go out without having asked."""
        now = self._clock()
        self._requests.extend([now] * number)
        if is_retry:
            self._retries.extend([now] * number)
        self._forget(now)

    def take(self, number: int = 1) -> bool:
        """Tell whether so many more retries are within the budget; if they are, they are reserved until `spent`."""
        self._forget(self._clock())
        allowed = _SHARE * (len(self._requests) + self._reserved + number)
        retries = len(self._retries) + self._reserved + number
        if retries > allowed and (retries > allowed + _RESERVE or self.anything_fresh()):
            return False
        self._reserved += number
        return True

    def spend(self, number: int = 1) -> None:
        """Count retries that were taken and now go out."""
        self._reserved -= number
        self.count(number, is_retry=True)

    async def turn(
        self, pause: Callable[[float], Awaitable[None]], is_moot: Callable[[], bool], number: int = 1
    ) -> bool:
        """Wait until so many retries are within the budget, first come first served, and reserve them.

        False when it waited too long, or as soon as `is_moot` says that there is no need to ask. `pause` waits for so
        many seconds; what it raises ends the wait.
        """
        try:
            async with asyncio.timeout(_LONGEST_WAIT), self._queue:
                while not is_moot():
                    if self.take(number):
                        return True
                    await pause(_LOOK_EVERY)
        except TimeoutError:
            pass
        return False

    def _forget(self, now: float) -> None:
        for moments in (self._requests, self._retries):
            while moments and moments[0] <= now - _WINDOW:
                moments.popleft()
