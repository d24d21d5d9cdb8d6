"""The record of the calls that the sandbox received."""

import time
from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import orjson


@dataclass(slots=True, eq=False)
class Call:
    """One call to the action URL, as received; it is filled in while the call is handled.

    The API key is not kept.
    """

    number: int
    """From 0, in the order of arrival."""
    arrived_at: float
    """`time.monotonic()`, in seconds."""
    in_flight: int
    """Calls being handled at arrival, this one included."""
    raw: bytes = b""
    """The request's body; empty until it has arrived."""
    action: str | None = None
    lead_id: str | None = None
    unknown_fields: tuple[str, ...] = ()
    """Top-level fields that keen-api.md does not know for the action: a fault of the client."""
    fault: str = ""
    """The name of the fault that struck, as in `faults`; `rate_limit` for the rate limit; empty for none."""
    status: int | None = None
    """The status answered; None while the call is handled, and where no answer was given."""
    applied: bool = False
    """The update was carried out, whatever was answered."""
    applied_as: int | None = None
    """Its place in the order in which updates were carried out, from 0."""
    finished_at: float | None = None
    """`time.monotonic()`, in seconds."""

    @property
    def body(self) -> Any:
        """Give the request's JSON body; None where it is not JSON."""
        try:
            return orjson.loads(self.raw)
        except orjson.JSONDecodeError:
            return None

    def as_json(self) -> dict[str, Any]:
        """Give the record as the control address answers it."""
        names = (
            "number",
            "arrived_at",
            "finished_at",
            "in_flight",
            "action",
            "lead_id",
            "unknown_fields",
            "fault",
            "status",
            "applied",
            "applied_as",
            "body",
        )
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True, slots=True)
class Applied:
    """One update, known by its lead and its body, byte for byte, that was carried out once or more often."""

    lead_id: str
    """As it was sent."""
    body: Any
    calls: tuple[int, ...]
    """The numbers of the calls that carried it out, in the order in which they did."""


@dataclass(frozen=True, slots=True)
class Stats:
    """All calls since the last reset, counted; the calls that are no longer kept included."""

    calls: int
    applied: int
    in_flight: int
    """Calls being handled now."""
    by_action: dict[str, dict[str, int]]
    """How often each status was answered, by action; `none` stands for no action and for no answer."""
    faults: dict[str, int]
    """How often each fault struck, by name."""
    max_starts_per_second: int
    """The largest number of calls that arrived in any window of one second."""
    max_in_flight: int
    unknown_fields: int
    """Calls with top-level fields that keen-api.md does not know."""


def applied_updates(calls: Iterable[Call]) -> list[Applied]:
    """Tell what some calls carried out, and how often each update was; in the order of the first time."""
    in_order = sorted((call.applied_as, call.number, call) for call in calls if call.applied_as is not None)
    found: dict[bytes, list[Call]] = {}
    for _, _, call in in_order:
        found.setdefault(call.raw, []).append(call)
    return [
        Applied(same[0].lead_id or "", same[0].body, tuple(call.number for call in same)) for same in found.values()
    ]


class CallRecord:
    """Keeps the last calls, and counts all of them."""

    def __init__(self, keep: int) -> None:
        self._kept: deque[Call] = deque(maxlen=keep)
        self._in_flight = 0
        self.clear()

    def clear(self) -> None:
        """Forget every call; a call that is still being handled is counted among the answers when it ends."""
        self._kept.clear()
        self._arrived = self._applied = self._unknown = 0
        self._max_in_flight = self._max_starts = 0
        self._answers: Counter[tuple[str, str]] = Counter()
        self._faults: Counter[str] = Counter()
        self._last_second: deque[float] = deque()

    def begin(self) -> Call:
        """Record the arrival of a call."""
        now = time.monotonic()
        self._in_flight += 1
        call = Call(self._arrived, now, self._in_flight)
        self._arrived += 1
        self._kept.append(call)
        self._last_second.append(now)
        while now - self._last_second[0] >= 1.0:
            self._last_second.popleft()
        self._max_starts = max(self._max_starts, len(self._last_second))
        self._max_in_flight = max(self._max_in_flight, self._in_flight)
        return call

    def carried_out(self, call: Call, *, applied: bool) -> None:
        """Record whether a call changed the world, at the moment at which it did."""
        call.applied = applied
        if applied:
            call.applied_as = self._applied
            self._applied += 1

    def end(self, call: Call) -> None:
        """Record the end of a call, answered or not."""
        call.finished_at = time.monotonic()
        self._in_flight -= 1
        self._unknown += bool(call.unknown_fields)
        self._answers[call.action or "none", str(call.status or "none")] += 1
        if call.fault:
            self._faults[call.fault] += 1

    def kept(self) -> tuple[Call, ...]:
        """Give the calls that are kept, in the order of arrival."""
        return tuple(self._kept)

    def stats(self) -> Stats:
        """Count."""
        by_action: dict[str, dict[str, int]] = {}
        for (action, status), number in sorted(self._answers.copy().items()):
            by_action.setdefault(action, {})[status] = number
        return Stats(
            calls=self._arrived,
            applied=self._applied,
            in_flight=self._in_flight,
            by_action=by_action,
            faults=dict(self._faults),
            max_starts_per_second=self._max_starts,
            max_in_flight=self._max_in_flight,
            unknown_fields=self._unknown,
        )
