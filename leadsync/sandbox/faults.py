"""The sandbox's fault dials: declared, seeded, and off until they are set.

Faults by name, as in `Faults(chances={503: 0.01, "drop_after": 0.02})` and on the command line (`503=0.01`):

    STATUS              answers that status (300 to 599) and does not apply the update; as the platform does, with the
                        `sb-error-code` that keen-api.md documents for it (401, 404, 500, 503 and 546 have one), and
                        otherwise with the body `{"error": "Made-up fault ..."}`; `429` follows the dial `retry_after`
    STATUS:CODE         the same with another `sb-error-code` (`503:LOAD_FUNCTION_ERROR`), or with none (`500:none`)
    STATUS:keen         as Keen itself refuses a call (400, 401, 403, 404, 500): no `sb-error-code`, and an error text
                        of keen-api.md. So `404` says that there is no function, and `404:keen` that there is no lead
    STATUS:html         with a page of HTML, as a proxy or a firewall on the way answers (`403:html`)
    STATUS_after        the same, but the update was applied (`504_after`, `500_after:keen`)
    drop_before         closes the connection without an answer (FIN), update not applied
    drop_after          applies the update, then closes the connection without an answer
    reset_before        resets the connection (RST) without an answer, update not applied
    reset_after         applies the update, then resets the connection without an answer
    reset_during        applies the update, and resets the connection half-way through the answer
    reset_answered      applies the update, answers it whole, and then resets the connection
    hang_before         never answers (the platform gives up after `hang_seconds`, with 504), update not applied
    hang_after          applies the update, then never answers
    html                answers 200 with a page of HTML, update not applied
    truncated           applies the update; the connection closes half-way through the body
    wrong_length        applies the update; Content-Length says less than the body has, so the JSON is cut off
    other_lead          applies the update, and answers with another lead's body
    stored_otherwise    acknowledges the update, but stores one of its values otherwise than it was sent, and answers so
    drip                applies the update; the body comes in small pieces, over `drip_seconds`

A call meets at most one fault. A call that Keen refuses is refused whatever the fault: "applies" means "handles".
All dials may be changed while the sandbox serves: `EmbeddedSandbox.faults = ...`, or `POST /control/faults`.
"""

import re
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from random import Random
from typing import Any, Literal, TypeAlias

RetryAfter: TypeAlias = Literal["seconds", "date", "none"]

SB_ERROR_CODES = {
    401: "UNAUTHORIZED_INVALID_JWT_FORMAT",
    404: "NOT_FOUND",
    500: "WORKER_ERROR",
    503: "BOOT_ERROR",
    546: "WORKER_RESOURCE_LIMIT",
}
"""The `sb-error-code` that a status has unless the fault names another (keen-api.md, "The platform underneath")."""

KEEN_ERRORS = {
    400: "Invalid properties",
    401: "Invalid API key",
    403: "Lead not accessible",
    404: "Lead not found",
    500: "Internal server error",
}
"""The text with which Keen itself refuses an `update_lead` (keen-api.md; for 500 it may be any). A 400 has the
properties that were sent for its `invalid` array."""


class Kind(StrEnum):
    """What a fault does to the call; the docstring of the module says it in words."""

    STATUS = "status"
    DROP = "drop"
    RESET = "reset"
    RESET_DURING = "reset_during"
    RESET_ANSWERED = "reset_answered"
    HANG = "hang"
    HTML = "html"
    TRUNCATED = "truncated"
    WRONG_LENGTH = "wrong_length"
    OTHER_LEAD = "other_lead"
    STORED_OTHERWISE = "stored_otherwise"
    DRIP = "drip"


class Look(StrEnum):
    """Who seems to have answered a status."""

    PLATFORM = "platform"
    KEEN = "keen"
    HTML = "html"


class FaultError(ValueError):
    """A dial was set to something that it cannot be; the message is a sentence for the user."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault, read from its name."""

    name: str
    kind: Kind
    applies: bool
    """The action is carried out before the fault strikes."""
    status: int = 0
    sb_error_code: str = ""
    look: Look = Look.PLATFORM


_NAMED = {
    "drop_before": (Kind.DROP, False),
    "drop_after": (Kind.DROP, True),
    "reset_before": (Kind.RESET, False),
    "reset_after": (Kind.RESET, True),
    "reset_during": (Kind.RESET_DURING, True),
    "reset_answered": (Kind.RESET_ANSWERED, True),
    "hang_before": (Kind.HANG, False),
    "hang_after": (Kind.HANG, True),
    "html": (Kind.HTML, False),
    "truncated": (Kind.TRUNCATED, True),
    "wrong_length": (Kind.WRONG_LENGTH, True),
    "other_lead": (Kind.OTHER_LEAD, True),
    "stored_otherwise": (Kind.STORED_OTHERWISE, True),
    "drip": (Kind.DRIP, True),
}
_STATUS = re.compile(r"(?P<status>[345]\d\d)(?P<after>_after)?(:(?P<code>[A-Z_]+|none|keen|html))?")
_BODYLESS = 304

_RATE_LIMIT = Fault("rate_limit", Kind.STATUS, applies=False, status=429)


def fault_named(name: str) -> Fault:
    """Read a fault's name. Raises FaultError."""
    if name in _NAMED:
        kind, applies = _NAMED[name]
        return Fault(name, kind, applies)
    match = _STATUS.fullmatch(name)
    if match is None or int(match["status"]) == _BODYLESS:
        known = ", ".join(_NAMED)
        raise FaultError(f"The sandbox knows no fault {name!r}: use a status such as 503, or one of {known}.")
    status = int(match["status"])
    code = match["code"] or SB_ERROR_CODES.get(status, "")
    if code == "keen" and status not in KEEN_ERRORS:
        known = ", ".join(map(str, KEEN_ERRORS))
        raise FaultError(f"Keen itself refuses calls with {known} only, so there is no fault {name!r}.")
    fault = Fault(name, Kind.STATUS, match["after"] is not None, status)
    if code in (Look.KEEN, Look.HTML):
        return replace(fault, look=Look(code))
    return replace(fault, sb_error_code="" if code == "none" else code)


@dataclass(frozen=True, slots=True)
class Faults:
    """All dials. The default is an emulator that answers at once and without faults.

    Raises FaultError for a dial out of its range.
    """

    seed: int = 0
    """The same seed and the same order of calls give the same faults."""
    latency: float = 0.0
    """Seconds that every call takes."""
    latency_spread: float = 0.0
    """Seconds by which a call may take more or less than `latency`, evenly spread."""
    rate_limit: int | None = None
    """Calls let through in any second; the others are answered 429, and do not count."""
    retry_after: RetryAfter = "seconds"
    """How a 429 says when to come again: in seconds, as an HTTP date, or not at all."""
    retry_after_seconds: int = 1
    chances: Mapping[int | str, float] = field(default_factory=dict)
    """The probability of each fault, by its name; together at most 1."""
    first: int | None = None
    """`chances` strikes only the first so many calls that it could strike."""
    lead_id: str | None = None
    """`chances` strikes only calls for this lead (`lead_id` in the request's body)."""
    action: str | None = None
    """`chances` strikes only calls of this action."""
    hang_seconds: float = 150.0
    """How long a hang lasts; 150 is the platform's idle limit (keen-api.md)."""
    drip_seconds: float = 1.0
    """How long a dripping body takes."""

    def __post_init__(self) -> None:
        for name, chance in self.chances.items():
            fault_named(str(name))
            if not 0 <= chance <= 1:
                raise FaultError(f"The probability of the fault {name} must be between 0 and 1, and {chance} is not.")
        if sum(self.chances.values()) > 1 + 1e-9:
            raise FaultError("The probabilities of all faults together must not exceed 1.")
        for name in ("latency", "latency_spread", "retry_after_seconds", "hang_seconds", "drip_seconds"):
            if getattr(self, name) < 0:
                raise FaultError(f"The dial {name} is a number of seconds and must not be negative.")
        if self.rate_limit is not None and self.rate_limit < 1:
            raise FaultError("The rate limit must be at least 1 call per second.")
        if self.retry_after not in ("seconds", "date", "none"):
            raise FaultError(f"Retry-After is one of seconds, date and none, and {self.retry_after!r} is not.")

    @classmethod
    def parse(cls, texts: Iterable[str], **dials: Any) -> "Faults":
        """Read `NAME=PROBABILITY` texts, as on a command line; `dials` are the other fields. Raises FaultError."""
        chances: dict[int | str, float] = {}
        for text in texts:
            name, _, chance = text.partition("=")
            try:
                chances[name.strip()] = float(chance)
            except ValueError:
                raise FaultError(
                    f"{text!r} is no fault: write NAME=PROBABILITY, for example 503=0.01 or drop_after=0.02."
                ) from None
        return cls(chances=chances, **dials)


@dataclass(frozen=True, slots=True)
class Plan:
    """What will happen to one call."""

    delay: float
    """Seconds."""
    fault: Fault | None = None


class Dice:
    """Decides what happens to each call, in the order of arrival."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._random = Random(faults.seed)  # noqa: S311 -- faults must be the same in every run, not secret
        self._chances = [(fault_named(str(name)), chance) for name, chance in faults.chances.items()]
        self._left = faults.first
        self._let_through: deque[float] = deque()

    def plan(self, action: str | None, lead_id: str | None, now: float) -> Plan:
        """Decide about the call that arrives at `now` (a monotonic time in seconds)."""
        # Two draws for every call, needed or not: turning one dial does not move the faults of another.
        spread, luck = self._random.uniform(-1, 1), self._random.random()
        delay = max(0.0, self._faults.latency + spread * self._faults.latency_spread)
        if self._is_above_the_rate(now):
            return Plan(0.0, _RATE_LIMIT)
        return Plan(delay, self._fault(action, lead_id, luck))

    def _is_above_the_rate(self, now: float) -> bool:
        if self._faults.rate_limit is None:
            return False
        while self._let_through and now - self._let_through[0] >= 1.0:
            self._let_through.popleft()
        if len(self._let_through) >= self._faults.rate_limit:
            return True
        self._let_through.append(now)
        return False

    def _fault(self, action: str | None, lead_id: str | None, luck: float) -> Fault | None:
        wanted = self._faults
        if not self._chances or self._left == 0:
            return None
        if wanted.lead_id not in (None, lead_id) or wanted.action not in (None, action):
            return None
        if self._left is not None:
            self._left -= 1
        for fault, chance in self._chances:
            if luck < chance:
                return fault
            luck -= chance
        return None
