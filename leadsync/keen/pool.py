"""Workers that send updates and tell what became of each."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol, Self

import structlog

from leadsync.codes import Code
from leadsync.errors import HaltedError, RefusedError, RetryError, StateError, StopRunError
from leadsync.keen.client import KeenClient, Trail
from leadsync.keen.lanes import Lanes
from leadsync.records import Outcome, Status, Update

_log = structlog.get_logger("leadsync.keen")

_WORKERS = 64
"""Workers at least: more than slots, as a row that waits for a retry keeps its worker and lends its slot."""
_WORKERS_PER_SLOT = 4
_HELD_BACK = (
    "An earlier row of the same lead failed or is unknown, so this one was not sent: it must not be overtaken. "
    "`leadsync resume` sends both, in their order."
)


@dataclass(frozen=True, slots=True)
class LegacyLead:
    """What Keen said when it was asked for a legacy id: the lead's UUID, or why there is none for us."""

    lead_id: str = ""
    refusal: Code | None = None
    message: str = ""


class LegacyLeads(Protocol):
    """Where answers about legacy ids are kept, so that each id is looked up once in a run."""

    async def find(self, legacy_id: str) -> LegacyLead | None:
        """Give what Keen said of a legacy id, None where it was not asked."""

    async def keep(self, legacy_id: str, lead: LegacyLead) -> None:
        """Remember what Keen said."""


class Pool:
    """Sends updates, as many at a time as the client has slots; an async context manager that ends when all are done.

    Each update that is submitted ends as exactly one Outcome given to `sink`. The slot of an update is given back when
    the sink returns: if it returns when the outcome is on the disk, then after a crash no more updates than there are
    slots were sent and have no outcome there. Updates of one lead are sent in the order in which they were submitted
    and never overlap; after one that failed or is unknown, which will be sent again, the later ones of its lead are
    held back (`not_sent`). With `legacy_leads` the updates know their leads by legacy ids, which are looked up first.
    Unknown exceptions of a worker end the pool with an exception group.
    """

    def __init__(
        self,
        client: KeenClient,
        concurrency: int,
        sink: Callable[[Outcome], Awaitable[None]],
        legacy_leads: LegacyLeads | None = None,
    ) -> None:
        self.stopped: StopRunError | None = None
        """Why no more is sent."""
        self._client = client
        self._sink = sink
        self._legacy_leads = legacy_leads
        places = max(_WORKERS, _WORKERS_PER_SLOT * concurrency)
        self._lanes: Lanes[Update] = Lanes(places)
        self._in_hand: list[Trail | None] = [None] * places
        """What each worker's call went through so far."""
        self._held_back: set[str] = set()
        """The leads with a row that has to be sent again, so that no later row of theirs may be sent before."""
        self._workers = asyncio.TaskGroup()
        self._tasks: list[asyncio.Task[None]] = []
        client.budget.anything_fresh = self._has_anything_fresh

    async def __aenter__(self) -> Self:
        await self._workers.__aenter__()
        self._tasks = [self._workers.create_task(self._work(worker)) for worker in range(len(self._in_hand))]
        return self

    async def __aexit__(self, *exception: object) -> None:
        try:
            if exception[0] is None:
                await self._lanes.all_done()
        except asyncio.CancelledError as cancelled:
            # A worker that failed makes the task group cancel us; the group tells why.
            exception = (type(cancelled), cancelled, cancelled.__traceback__)
        for task in self._tasks:
            task.cancel()
        await self._workers.__aexit__(*exception)  # type: ignore[arg-type]  # handed through as it came

    def stop(self, reason: StopRunError) -> None:
        """Send nothing more: what is in flight is finished, every other update becomes `not_sent`."""
        self.stopped = self.stopped or reason
        self._client.halt()

    def abandon(self) -> None:
        """Wait no longer for what is in flight: it becomes `unknown`."""
        self._client.abandon()

    async def submit(self, update: Update) -> None:
        """Hand an update to the workers; it waits while they have enough."""
        await self._lanes.put(update.lead, update)

    async def _work(self, worker: int) -> None:
        while True:
            lead, update = await self._lanes.get()
            self._in_hand[worker] = Trail(update.row)
            async with self._client.slots:
                try:
                    await self._sink(await self._answer(update, worker))
                except StateError as error:
                    # Before the slot is free: nothing more may go out, as nobody could write down what became of it.
                    self.stop(StopRunError(error.message, Code.STATE_UNWRITABLE))
                    raise
            self._in_hand[worker] = None
            self._lanes.done(lead)

    def _has_anything_fresh(self) -> bool:
        """Tell whether a first try is under way or may still come before a retry is answered."""
        return self._lanes.has_more or any(trail is not None and not trail.attempts for trail in self._in_hand)

    async def _answer(self, update: Update, worker: int) -> Outcome:
        """Send an update, unless an earlier one of its lead has to be sent again: then it must not overtake that."""
        if update.lead in self._held_back and not self.stopped:
            return _outcome(update, Status.NOT_SENT, Code.HELD_BACK, _HELD_BACK, "", Trail())
        outcome = await self._send(update, worker)
        if outcome.status not in (Status.UPDATED, Status.NOT_SENT):
            _log_answer(update, outcome)
        if outcome.status in (Status.FAILED, Status.UNKNOWN):
            self._held_back.add(update.lead)
        return outcome

    async def _send(self, update: Update, worker: int) -> Outcome:
        trail = self._in_hand[worker]
        assert trail
        lead_id = "" if self._legacy_leads else update.lead
        if self.stopped:
            return self._not_sent(update, lead_id, trail)
        try:
            if self._legacy_leads:
                lead_id = await self._look_up(update.lead, self._legacy_leads, trail)
                trail = self._in_hand[worker] = Trail(update.row)
            await self._client.update_lead(update, lead_id, trail)
        except RefusedError as error:
            return _outcome(update, Status.REJECTED, error.code, error.message, lead_id, trail, error.http_status)
        except RetryError as error:
            return _given_up(update, error, lead_id, trail)
        except HaltedError:
            return self._not_sent(update, lead_id, trail)
        except StopRunError as error:
            self.stop(error)
            return self._not_sent(update, lead_id, trail)
        return _outcome(update, Status.UPDATED, Code.UPDATED, "Keen acknowledged the update.", lead_id, trail, 200)

    async def _look_up(self, legacy_id: str, known: LegacyLeads, trail: Trail) -> str:
        """Give the UUID of a legacy id, asking Keen where it was not asked before."""
        lead = await known.find(legacy_id)
        if lead is None:
            try:
                lead = LegacyLead(await self._client.lead_id_of(legacy_id, trail))
            except RefusedError as error:
                lead = LegacyLead(refusal=error.code, message=error.message)
            await known.keep(legacy_id, lead)
        if lead.refusal:
            raise RefusedError(f"Legacy id {legacy_id}: {lead.message}", lead.refusal)
        return lead.lead_id

    def _not_sent(self, update: Update, lead_id: str, trail: Trail) -> Outcome:
        """Tell of an update that was overtaken by the end of the run."""
        assert self.stopped
        if trail.doubt:
            message = f"{trail.doubt.message} The run ended before another try. {self.stopped.message}"
            return _outcome(update, Status.UNKNOWN, trail.doubt.code, message, lead_id, trail)
        return _outcome(update, Status.NOT_SENT, self.stopped.code, self.stopped.message, lead_id, trail)


def _log_answer(update: Update, outcome: Outcome) -> None:
    row = update.row
    _log.info(
        "row_answered",
        sheet=row.sheet,
        row=row.number,
        status=str(outcome.status),
        code=str(outcome.code),
        attempts=outcome.attempts,
    )


def _given_up(update: Update, error: RetryError, lead_id: str, trail: Trail) -> Outcome:
    """Tell of an update whose tries are used up: `unknown` if any of them may have been applied."""
    tries = f"{trail.attempts} tries" if trail.attempts > 1 else "one try"
    why = ", as more than one request in ten would have been a retry" if trail.is_over_budget else ""
    if trail.doubt and not error.maybe_applied:
        message = f"An earlier try may have been applied: {trail.doubt.message} The last of {tries}: {error.message}"
        message += f" Given up after {tries}{why}." if why else ""
        return _outcome(update, Status.UNKNOWN, trail.doubt.code, message, lead_id, trail)
    status = Status.UNKNOWN if trail.doubt else Status.FAILED
    return _outcome(update, status, error.code, f"{error.message} Given up after {tries}{why}.", lead_id, trail)


def _outcome(
    update: Update,
    status: Status,
    code: Code,
    message: str,
    lead_id: str,
    trail: Trail,
    http_status: int | None = None,
) -> Outcome:
    return Outcome(
        position=update.row.position,
        status=status,
        code=code,
        message=message,
        lead_id=lead_id,
        http_status=http_status or trail.http_status,
        attempts=trail.attempts,
        digest=update.digest if status in (Status.UPDATED, Status.REJECTED) else 0,
    )
