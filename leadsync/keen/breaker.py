"""The circuit breaker: while Keen is down nobody sends, save one probe at a time."""

import asyncio
import random
import time
from collections import deque
from collections.abc import Callable

import structlog

from leadsync.codes import Code
from leadsync.errors import StopRunError

_FAILURES_IN_A_ROW = 10
_LONGEST_WAIT = 60.0
_SHORTEST_WAIT = 0.001
"""Seconds between two probes, whatever the backoff is set to."""

_log = structlog.get_logger("leadsync.keen")


class Breaker:
    """Opens when Keen does not work, lets probes through while it is open, and ends the run when patience is over.

    A probe goes out `backoff` seconds after the breaker opened, then after twice as long each time, up to a minute.
    `patience` is how many seconds Keen may be down, from the first failure that no success followed.
    """

    def __init__(self, patience: float, backoff: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.is_open = False
        self.reason = ""
        """For people: the trouble that opened it, or what the last probe met."""
        self._patience = patience
        self._backoff = max(backoff, _SHORTEST_WAIT)
        self._clock = clock
        self._in_a_row = 0
        self._failing_since = 0.0
        self._wait = 0.0
        self._next_probe = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self._is_probing = False
        self._ended = False
        self._first_tries: deque[asyncio.Future[bool]] = deque()
        self._retries: deque[asyncio.Future[bool]] = deque()

    async def turn(self, *, is_first_try: bool) -> bool:
        """Wait until the breaker closes or a probe is due; True where the caller is that probe.

        First tries go before retries, so that an outage costs no lead a second request while there are fresh ones.
        Whoever is the probe must tell `succeeded` or `failed`. After `end` nobody waits.
        """
        if self._ended or not self.is_open:
            return False
        place: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        (self._first_tries if is_first_try else self._retries).append(place)
        self._set_timer()
        return await place

    def succeeded(self) -> None:
        """Keen answered for a call: it works."""
        self._in_a_row = 0
        if self.is_open:
            self._close()

    def failed(self, reason: str, code: Code, *, seconds: float, at_once: bool = False, is_probe: bool = False) -> None:
        """Keen did not work for a call that took so many seconds; with `at_once` that is enough to open the breaker.

        Raises StopRunError where a probe failed and there is no time for another.
        """
        self._in_a_row += 1
        if self._in_a_row == 1:
            self._failing_since = self._clock()
        if not self.is_open:
            if at_once or self._in_a_row >= _FAILURES_IN_A_ROW:
                self._open(reason, code)
            elif self._clock() - self._failing_since > self._patience:
                raise self._end_of_patience(reason)
        elif is_probe:
            self.reason = reason
            self._is_probing = False
            self._wait_longer(seconds)

    def end(self) -> None:
        """Let nobody wait any longer."""
        self._ended = True
        self._wake_all()

    def _open(self, reason: str, code: Code) -> None:
        self.is_open = True
        self.reason = reason
        self._wait = self._backoff
        self._next_probe = self._clock() + _jittered(self._wait)
        _log.info("breaker_opened", reason=str(code), failures=self._in_a_row)

    def _close(self) -> None:
        _log.info("breaker_closed", seconds=round(self._clock() - self._failing_since, 3))
        self.is_open = self._is_probing = False
        self.reason = ""
        self._wake_all()

    def _wait_longer(self, seconds: float) -> None:
        """Set the moment of the next probe, so that it is answered, if it takes as long as the last, in good time."""
        now = self._clock()
        left = self._failing_since + self._patience - now - seconds
        if left <= self._backoff:
            raise self._end_of_patience(self.reason)
        self._wait = min(2 * self._wait, _LONGEST_WAIT)
        self._next_probe = now + min(_jittered(self._wait), left)
        self._set_timer()

    def _end_of_patience(self, reason: str) -> StopRunError:
        return StopRunError(
            f"Keen did not work for {self._clock() - self._failing_since:,.3g} seconds, and LEADSYNC_PATIENCE allows "
            f"{self._patience:,.6g}, so the run was stopped. The last trouble: {reason} "
            "Once Keen works again, `leadsync resume` goes on from here.",
            Code.KEEN_DOWN,
        )

    def _set_timer(self) -> None:
        if self._timer is None and not self._is_probing and (self._first_tries or self._retries):
            due = max(0.0, self._next_probe - self._clock())
            self._timer = asyncio.get_running_loop().call_later(due, self._let_one_through)

    def _let_one_through(self) -> None:
        self._timer = None
        for queue in (self._first_tries, self._retries):
            while queue:
                place = queue.popleft()
                if not place.done():  # whoever was cancelled meanwhile cannot go
                    self._is_probing = True
                    place.set_result(True)
                    return

    def _wake_all(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None
        for queue in (self._first_tries, self._retries):
            while queue:
                place = queue.popleft()
                if not place.done():
                    place.set_result(False)


def _jittered(seconds: float) -> float:
    return seconds * random.uniform(0.5, 1.0)  # noqa: S311 -- spreads clients in time, nothing secret
