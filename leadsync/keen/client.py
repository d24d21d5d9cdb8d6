"""The actions of Keen that leadsync calls, each tried until it is answered or its tries are used up."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

import structlog
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type, stop_after_attempt
from tenacity.wait import wait_random_exponential

from leadsync.codes import Code
from leadsync.errors import HaltedError, RefusedError, RetryError, StopRunError
from leadsync.keen.answers import Recovery, classify, retry_after
from leadsync.keen.directory import Directory
from leadsync.keen.options import ClientOptions
from leadsync.keen.pace import Pace
from leadsync.keen.transport import Transport
from leadsync.records import JsonValue, Update

_log = structlog.get_logger("leadsync.keen")


@dataclass(slots=True)
class Traffic:
    """What went over the wire so far."""

    requests: int = 0
    retries: int = 0
    answers: Counter[int] = field(default_factory=Counter)
    """By HTTP status; 0 stands for no whole answer."""


@dataclass(slots=True)
class Trail:
    """What one call has been through, told also when it fails."""

    attempts: int = 0
    http_status: int | None = None
    maybe_applied: bool = False


class _GivesUp(stop_after_attempt):
    """Ends the tries of a call when they are used up, or when Keen asks for a longer wait than is allowed."""

    def __init__(self, options: ClientOptions) -> None:
        super().__init__(options.tries)
        self._longest = options.longest_retry_after

    def __call__(self, retry_state: RetryCallState) -> bool:
        return super().__call__(retry_state) or (_asked(retry_state) or 0.0) > self._longest


def _asked(state: RetryCallState) -> float | None:
    """Give the seconds that the last answer asked us to wait."""
    error = state.outcome.exception() if state.outcome else None
    return error.retry_after if isinstance(error, RetryError) else None


class KeenClient:
    """Calls Keen at the pace and retries what is temporary; an async context manager.

    Every call may raise StopRunError (no further call can succeed), RefusedError (Keen refused this one), RetryError
    (temporary trouble, and the tries are used up) or HaltedError (`halted` was set before it was answered).
    """

    def __init__(self, options: ClientOptions) -> None:
        self.traffic = Traffic()
        self.halted = asyncio.Event()
        """Set by `halt`: no further try is begun."""
        self._options = options
        self._pace = Pace(options.rate)
        self._transport = Transport(options)
        self._wait = wait_random_exponential(multiplier=options.backoff, max=options.longest_backoff)
        self._retrying = AsyncRetrying(
            stop=_GivesUp(options),
            wait=self._wait_for,
            retry=retry_if_exception_type(RetryError),
            sleep=self._pause,
            reraise=True,
        )

    async def __aenter__(self) -> Self:
        await self._transport.__aenter__()
        return self

    async def __aexit__(self, *exception: object) -> None:
        await self._transport.__aexit__(*exception)

    @property
    def base_url(self) -> str:
        """Give the address that is called."""
        return self._options.base_url

    def halt(self) -> None:
        """Begin no further try; what is in flight is waited for."""
        self.halted.set()
        self._pace.end()

    def abandon(self) -> None:
        """Wait no longer for any answer: each call in flight ends as if its time were up."""
        self.halt()
        self._transport.abandon()

    async def get_channels(self) -> Directory:
        """Read the channels that the key's company reaches, with their property definitions."""
        body = await self._call({"action": "get_channels"}, "", Trail())
        try:
            return Directory.from_json(body)
        except ValueError:
            message = "Keen's list of channels has a form that leadsync does not know: is there a newer leadsync?"
            raise StopRunError(message, Code.UNREADABLE_ANSWER) from None

    async def lead_id_of(self, legacy_id: str, trail: Trail) -> str:
        """Look up the UUID of the lead with a legacy id (its digits)."""
        action = "get_lead_by_legacy_id"
        body = await self._call({"action": action, "legacy_id": int(legacy_id)}, legacy_id, trail)
        lead = body.get("lead")
        assert isinstance(lead, dict)  # classify() let the answer through
        return str(lead["id"]).lower()

    async def update_lead(self, update: Update, lead_id: str, trail: Trail) -> None:
        """Send one update; it returns when Keen has acknowledged it."""
        body: dict[str, JsonValue] = {"action": "update_lead", "lead_id": lead_id, **update.fields}
        if update.properties:
            body["properties"] = [
                {"property_definitions_id": name, "value": value} for name, value in update.properties
            ]
        await self._call(body, lead_id, trail)

    async def _call(self, body: Mapping[str, JsonValue], wanted: str, trail: Trail) -> Mapping[str, JsonValue]:
        """Try one call until it is answered; `trail` is filled in as it goes."""
        result: Mapping[str, JsonValue] = await self._retrying.copy()(self._try, body, wanted, trail)
        return result

    async def _try(self, body: Mapping[str, JsonValue], wanted: str, trail: Trail) -> Mapping[str, JsonValue]:
        await self._pace.turn()
        if self.halted.is_set():
            raise HaltedError("The run is ending.")
        trail.attempts += 1
        self.traffic.requests += 1
        self.traffic.retries += trail.attempts > 1
        answer = await self._transport.exchange(dict(body))
        self.traffic.answers[answer.status] += 1
        trail.http_status = answer.status or None
        action = str(body["action"])
        verdict = classify(action, answer, wanted)
        message = verdict.message.replace(self._options.api_key.get_secret_value(), "[the API key]")
        match verdict.recovery:
            case Recovery.DONE:
                assert isinstance(answer.body, dict)
                return answer.body
            case Recovery.ROW:
                raise RefusedError(message, verdict.code, trail.http_status)
            case Recovery.STOP:
                raise StopRunError(message, verdict.code, trail.http_status)
            case Recovery.RETRY:
                trail.maybe_applied = trail.maybe_applied or verdict.maybe_applied
                _log.info("call_troubled", action=action, code=str(verdict.code), attempt=trail.attempts)
                raise RetryError(
                    message,
                    verdict.code,
                    trail.http_status,
                    retry_after=retry_after(answer),
                    maybe_applied=verdict.maybe_applied,
                )

    def _wait_for(self, state: RetryCallState) -> float:
        """Give the seconds until the next try: full jitter, and never less than Retry-After asks for."""
        asked = _asked(state)
        return self._wait(state) if asked is None else asked + self._wait(state) / 10

    async def _pause(self, seconds: float) -> None:
        """Wait out a backoff, unless the client is halted meanwhile."""
        try:
            async with asyncio.timeout(seconds):
                await self.halted.wait()
        except TimeoutError:
            return
        raise HaltedError("The run is ending.")
