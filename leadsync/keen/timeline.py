"""How fast Keen was asked over the time of a session, and how it answered: in few numbers, however long it lasts."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from leadsync.keen.answers import Recovery
from leadsync.records import Slot, Timeline

MOST_SLOTS = 240
"""More than these a chart of some hundred dots cannot show."""


@dataclass(slots=True)
class _Slot:
    requests: int = 0
    retries: int = 0
    refused: int = 0
    rejected: int = 0
    seconds: float = 0.0
    longest: float = 0.0
    pace: float = 0.0


class TimelineLog:
    """Takes in each answer as it comes, in slots of a second.

    Whenever there would be more than `MOST_SLOTS`, two neighbours become one of twice the width: a run of an hour has
    slots of 16 seconds, one of a day some of 512. An answer takes a microsecond (measured).
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._began = clock()
        self._width = 1.0
        self._slots: list[_Slot] = []

    def add(self, ended: float, seconds: float, recovery: Recovery, *, is_retry: bool, pace: float) -> None:
        """Take in one answer.

        `ended` is the clock's time when it came, `seconds` how long it took, `recovery` what can be done about it,
        `pace` the requests that may start per second at the moment.
        """
        place = int((ended - self._began) / self._width)
        if place >= len(self._slots):
            place = self._reach(ended)
        slot = self._slots[place]
        slot.requests += 1
        slot.retries += is_retry
        slot.refused += recovery is Recovery.RETRY
        slot.rejected += recovery is Recovery.ROW or recovery is Recovery.STOP
        slot.seconds += seconds
        slot.longest = max(slot.longest, seconds)
        slot.pace = pace

    def _reach(self, ended: float) -> int:
        """Make the slot for a moment, and those before it; give its place."""
        while (place := int((ended - self._began) / self._width)) >= MOST_SLOTS:
            self._width *= 2
            pairs = zip(self._slots[::2], [*self._slots[1::2], _Slot()], strict=False)
            self._slots = [_together(*pair) for pair in pairs]
        self._slots += [_Slot() for _ in range(len(self._slots), place + 1)]
        return place

    def taken(self, started_at: str) -> Timeline:
        """Give what was taken in so far, up to the last answer; `started_at` is when it began, as RFC 3339 in UTC."""
        return Timeline(started_at, self._width, [_rounded(slot) for slot in self._slots])


def _rounded(slot: _Slot) -> Slot:
    seconds, longest, pace = (round(number, 4) for number in (slot.seconds, slot.longest, slot.pace))
    return Slot(slot.requests, slot.retries, slot.refused, slot.rejected, seconds, longest, pace)


def _together(first: _Slot, second: _Slot) -> _Slot:
    return _Slot(
        first.requests + second.requests,
        first.retries + second.retries,
        first.refused + second.refused,
        first.rejected + second.rejected,
        first.seconds + second.seconds,
        max(first.longest, second.longest),
        second.pace if second.requests else first.pace,
    )
