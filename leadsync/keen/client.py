"""The actions of Keen that leadsync calls, each tried until it is answered or its tries are used up.

A try goes: breaker -> retry budget -> slot -> pace -> exchange -> verdict, and throttle and breaker are told.
"""

import asyncio
import time
from collections.abc import Callable, Mapping
from typing import Self

import structlog
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type
from tenacity.wait import wait_random_exponential

from leadsync.codes import Code
from leadsync.errors import HaltedError, RefusedError, RetryError, StopRunError
from leadsync.keen.answers import Recovery, classify, retry_after
from leadsync.keen.breaker import Breaker
from leadsync.keen.budget import RetryBudget
from leadsync.keen.calls import Call, Trail, Tried
from leadsync.keen.comparison import differences, told
from leadsync.keen.directory import Directory
from leadsync.keen.options import ClientOptions
from leadsync.keen.pace import Pace, never
from leadsync.keen.throttle import Throttle
from leadsync.keen.timeline import TimelineLog
from leadsync.keen.traffic import Traffic
from leadsync.keen.transport import Transport
from leadsync.records import JsonValue, Update

_log = structlog.get_logger("leadsync.keen")

_MAYBE_NOT_KEEN = frozenset({Code.NO_ANSWER, Code.UNREADABLE_ANSWER})
"""What a wrong address is told by: such troubles of the first question are not waited out."""
_MAYBE_THE_ROW = frozenset(
    {Code.SERVER_ERROR, Code.WORKER_LIMIT, Code.GATEWAY_ERROR, Code.NO_ANSWER, Code.UNREADABLE_ANSWER}
)
"""What the content of a row may cause. Of such troubles a probe is one of the row's tries as well, or else a few rows
that Keen cannot digest, left over at the end of a run, would look like a Keen that is down for ever."""


class KeenClient:
    """Calls Keen at the pace and retries what is temporary; an async context manager.

    Every call may raise StopRunError (no further call can succeed, or Keen is down), RefusedError (Keen refused this
    one), RetryError (temporary trouble, and the tries are used up) or HaltedError (`halted` was set before it was
    answered).
    """

    def __init__(self, options: ClientOptions, clock: Callable[[], float] = time.monotonic) -> None:
        self.traffic = Traffic(timeline=TimelineLog(clock))
        self.slots = asyncio.Semaphore(options.concurrency)
        """What "in flight" means: whoever calls holds one, until it has done with the outcome."""
        self.halted = asyncio.Event()
        """Set by `halt`: no further try is begun."""
        self.breaker = Breaker(options.patience, options.backoff, clock)
        self.budget = RetryBudget(clock)
        self._options = options
        self._clock = clock
        self._pace = Pace(options.rate, clock)
        self.throttle = Throttle(self._pace, clock)
        self._transport = Transport(options)
        self._wait = wait_random_exponential(multiplier=options.backoff, max=options.longest_backoff)
        self._retrying = AsyncRetrying(
            wait=self._wait_for, retry=retry_if_exception_type(RetryError), sleep=self._pause, reraise=True
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

    @property
    def hindrance(self) -> str:
        """Say in a few words what holds requests up at the moment; empty where nothing does."""
        if self.breaker.is_open:
            return "Keen does not work: one try now and then"
        if self.throttle.rate < self._pace.ceiling:
            return f"at most {self.throttle.rate:.3g}/s: {self.throttle.reason}"
        return ""

    def halt(self) -> None:
        """Begin no further try; what is in flight is waited for."""
        self.halted.set()
        self._pace.end()
        self.breaker.end()

    def abandon(self) -> None:
        """Wait no longer for any answer: each call in flight ends as if its time were up."""
        self.halt()
        self._transport.abandon()

    async def get_channels(self) -> Directory:
        """Read the channels that the key's company reaches, with their property definitions; it takes a slot itself."""
        async with self.slots:
            body = await self._call({"action": "get_channels"}, "", Trail())
        try:
            return Directory.from_json(body)
        except ValueError:
            message = "Keen's list of channels has a form that leadsync does not know: is there a newer leadsync?"
            raise StopRunError(message, Code.UNREADABLE_ANSWER) from None

    async def lead_id_of(self, legacy_id: str, trail: Trail) -> str:
        """Look up the UUID of the lead with a legacy id (its digits); the caller holds a slot."""
        action = "get_lead_by_legacy_id"
        body = await self._call({"action": action, "legacy_id": int(legacy_id)}, legacy_id, trail)
        return str(_lead_of(body)["id"]).lower()

    async def get_lead(self, lead_id: str, trail: Trail, after: RetryError | None = None) -> Mapping[str, JsonValue]:
        """Read a lead as Keen holds it (`get_lead_by_id`); the caller holds a slot.

        `after` is what `try_update` gave: the look then counts as a retry, which waits as one.
        """
        return _lead_of(await self._call({"action": "get_lead_by_id", "lead_id": lead_id}, lead_id, trail, after))

    async def update_lead(self, update: Update, lead_id: str, trail: Trail) -> None:
        """Send one update; it returns when Keen has acknowledged it. The caller holds a slot.

        Raises RefusedError with NOT_STORED_AS_SENT where the lead that Keen answers with does not hold what was sent.
        """
        body = _body_of(update, lead_id)
        self._compare(body, _lead_of(await self._call(body, lead_id, trail)), trail)

    async def try_update(
        self, update: Update, lead_id: str, trail: Trail, after: RetryError | None = None
    ) -> RetryError | None:
        """Send the update of a lead that was looked at just now, once; None when Keen has acknowledged it.

        Else it gives the trouble after which the lead must be looked at again, as what was seen is no longer sure, with
        `get_lead`, which takes the slot back that is lent meanwhile. Raises RetryError where no try is left, and
        RefusedError as `update_lead` does. `after` is what an earlier one gave, if this is not the first.
        """
        body = _body_of(update, lead_id)
        call = Call(body, lead_id, trail, self.slots, after, must_be_prompt=True, cost=0 if after else 1)
        try:
            answer = await self._try(call)
        except RetryError as error:
            if not self._is_used_up(trail):
                return error
            await call.take_slot_back()
            raise
        self._compare(body, _lead_of(answer), trail)
        return None

    async def read_back(self, update: Update, lead_id: str, trail: Trail) -> None:
        """Look whether Keen holds an update that it acknowledged; the caller holds a slot.

        Raises RefusedError with NOT_STORED_AS_SENT where it does not.
        """
        self._compare(_body_of(update, lead_id), await self.get_lead(lead_id, trail), trail)

    def _compare(self, body: Mapping[str, JsonValue], lead: Mapping[str, JsonValue], trail: Trail) -> None:
        if found := differences(body, lead):
            raise RefusedError(self._without_key(told(found)), Code.NOT_STORED_AS_SENT, trail.http_status)

    async def _call(
        self, body: dict[str, JsonValue], wanted: str, trail: Trail, after: RetryError | None = None
    ) -> Mapping[str, JsonValue]:
        """Try one call until it is answered; `trail` is filled in as it goes."""
        call = Call(body, wanted, trail, self.slots, after, cost=2 if after else 1)
        try:
            return await (self._try_again(call, after) if after else self._try(call))
        except RetryError as error:
            if after:
                raise
            return await self._try_again(call, error)
        finally:
            await call.take_slot_back()

    def _is_used_up(self, trail: Trail) -> bool:
        return trail.tries_used >= self._options.tries or trail.is_over_budget

    async def _try_again(self, call: Call, first: RetryError | None) -> Mapping[str, JsonValue]:
        """Retry a call whose first try failed; most calls never come here, and so pay nothing for it."""
        again = self._retrying.copy(stop=lambda _: self._is_used_up(call.trail))
        async for attempt in again:
            with attempt:
                if first:
                    # The wait grows with all tries of the row, also those before it was looked at again.
                    attempt.retry_state.attempt_number, error, first = max(1, call.trail.attempts), first, None
                    raise error
                return await self._try(call)
        raise AssertionError  # tenacity raises the last error itself

    async def _try(self, call: Call) -> Mapping[str, JsonValue]:
        is_probe = await self._set_out(call)
        trail, traffic = call.trail, self.traffic
        traffic.requests += 1
        is_retry = not call.is_first_try
        traffic.retries += is_retry
        trail.attempts += 1
        started = self._clock()
        answer = await self._transport.exchange(call.body)
        ended = self._clock()
        seconds = ended - started
        traffic.answers[answer.status] += 1
        traffic.latency.add(seconds)
        trail.http_status = answer.status or None
        verdict = classify(call.action, answer, call.wanted)
        traffic.timeline.add(ended, seconds, verdict.recovery, is_retry=is_retry, pace=self.throttle.rate)
        if verdict.recovery is Recovery.STOP:
            raise StopRunError(self._without_key(verdict.message), verdict.code, trail.http_status)
        if verdict.recovery is Recovery.RETRY:
            raise self._troubled(call, Tried(answer, verdict, started, seconds, is_probe))
        self.throttle.note(verdict.code, accepted=True, started=started, seconds=seconds, retry_after=None)
        self.breaker.succeeded()
        if verdict.recovery is Recovery.ROW:
            raise RefusedError(self._without_key(verdict.message), verdict.code, trail.http_status)
        assert isinstance(answer.body, dict)
        return answer.body

    async def _set_out(self, call: Call) -> bool:
        """Wait until a try may go out; tell whether it is the breaker's probe. Raises HaltedError."""
        is_first_try = call.is_first_try
        # A refusal for the rate costs Keen next to nothing, and pace and Retry-After govern what follows it.
        is_cheap = call.error is None or call.error.code is Code.RATE_LIMITED
        is_free = is_first_try or is_cheap or call.must_be_prompt
        is_probe = is_granted = has_turn = False
        while not has_turn or (self.breaker.is_open and not is_probe):
            if self.breaker.is_open and not is_probe:
                if call.must_be_prompt:
                    raise RetryError(self.breaker.reason, Code.UNAVAILABLE)
                call.lend_slot()
                is_probe = await self.breaker.turn(is_first_try=is_first_try)
            if not (is_free or is_granted or is_probe):
                call.lend_slot()
                is_granted = await self._within_budget(call)
            if is_free or is_granted or is_probe:
                await call.take_slot_back()
                # The breaker may open while the call waits for the budget, its slot or its turn.
                is_moot = never if is_probe else self._is_shut
                has_turn = await self._pace.turn(is_moot, is_urgent=call.must_be_prompt)
            if self.halted.is_set():
                raise HaltedError("The run is ending.")
        if is_granted:
            self.budget.spend(call.cost)
        elif is_first_try or not is_cheap:
            self.budget.count(call.cost, is_retry=not is_first_try)
        return is_probe

    def _is_shut(self) -> bool:
        return self.breaker.is_open

    async def _within_budget(self, call: Call) -> bool:
        """Wait until a retry is within the budget; False where the breaker opened meanwhile."""
        if await self.budget.turn(self._pause, self._is_shut, call.cost):
            return True
        if self.breaker.is_open:
            return False
        assert call.error
        call.trail.is_over_budget = True
        raise call.error

    def _troubled(self, call: Call, tried: Tried) -> RetryError:
        """Tell everybody of a try that failed, and give the error. Raises StopRunError where there is no more hope."""
        verdict, trail = tried.verdict, call.trail
        asked = retry_after(tried.answer)
        call.error = RetryError(
            self._without_key(verdict.message),
            verdict.code,
            trail.http_status,
            retry_after=asked,
            maybe_applied=verdict.maybe_applied,
        )
        trail.doubt = call.error if verdict.maybe_applied else trail.doubt
        row = {"sheet": trail.row.sheet, "row": trail.row.number} if trail.row else {}
        _log.info("call_troubled", action=call.action, code=str(verdict.code), attempt=trail.attempts, **row)
        if asked is not None and asked > self._options.longest_retry_after:
            raise StopRunError(
                f"Keen asks to wait {asked:,.0f} seconds, longer than LEADSYNC_LONGEST_RETRY_AFTER allows "
                f"({self._options.longest_retry_after:,.0f}), so the run was stopped. `leadsync resume` goes on later.",
                Code.KEEN_DOWN,
                trail.http_status,
            )
        self._tell_of_trouble(call, tried, call.error)
        maybe = _MAYBE_NOT_KEEN if call.is_first_question else _MAYBE_THE_ROW
        if verdict.code in maybe or not (tried.is_probe or call.is_first_question):
            trail.tries_used += 1
        call.lend_slot()
        return call.error

    def _tell_of_trouble(self, call: Call, tried: Tried, error: RetryError) -> None:
        """Tell the throttle and the breaker. Raises StopRunError where the breaker's patience is over."""
        code, asked = error.code, error.retry_after
        is_stale = code is Code.RATE_LIMITED and tried.started < self.throttle.fell_at
        if not tried.is_probe or code is Code.RATE_LIMITED:
            self.throttle.note(code, accepted=False, started=tried.started, seconds=tried.seconds, retry_after=asked)
        # For a probe only that: that Keen is still down says nothing of how many requests it takes once it is up again.
        if asked:
            self._pace.pause(asked)
        if is_stale and not tried.is_probe:
            return
        at_once = code is Code.UNREACHABLE or tried.answer.sb_error_code == "BOOT_ERROR" or call.is_first_question
        self.breaker.failed(error.message, code, seconds=tried.seconds, at_once=at_once, is_probe=tried.is_probe)
        if self.breaker.is_open:
            self._pace.wake()

    def _wait_for(self, state: RetryCallState) -> float:
        """Give the seconds until the next try: full jitter.

        Less after a Retry-After, which the pace waits out for all; none where the breaker decides when to go on.
        """
        error = state.outcome.exception() if state.outcome else None
        if self.breaker.is_open:
            return 0.0
        return self._wait(state) / (10 if isinstance(error, RetryError) and error.retry_after is not None else 1)

    async def _pause(self, seconds: float) -> None:
        """Wait so many seconds, unless the client is halted meanwhile."""
        try:
            async with asyncio.timeout(seconds):
                await self.halted.wait()
        except TimeoutError:
            return
        raise HaltedError("The run is ending.")

    def _without_key(self, text: str) -> str:
        return text.replace(self._options.api_key.get_secret_value(), "[the API key]")


def _lead_of(body: Mapping[str, JsonValue]) -> Mapping[str, JsonValue]:
    lead = body["lead"]
    assert isinstance(lead, dict)  # classify() let the answer through
    return lead


def _body_of(update: Update, lead_id: str) -> dict[str, JsonValue]:
    # Whatever an update calls its fields, it is an update, of this lead.
    body: dict[str, JsonValue] = {**update.fields, "action": "update_lead", "lead_id": lead_id}
    if update.properties:
        body["properties"] = [{"property_definitions_id": name, "value": value} for name, value in update.properties]
    return body
