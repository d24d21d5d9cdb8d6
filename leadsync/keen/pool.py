"""Workers that send updates and tell what became of each."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Self

import structlog

from leadsync.codes import Code
from leadsync.errors import HaltedError, RefusedError, RetryError, StateError, StopRunError
from leadsync.keen.calls import Trail
from leadsync.keen.client import KeenClient
from leadsync.keen.handling import Handling, LegacyLead, LegacyLeads, Readings
from leadsync.keen.lanes import Lanes
from leadsync.keen.outcomes import given_up, not_sent, outcome_of
from leadsync.keen.sender import RowSender
from leadsync.records import Outcome, Status, Update

__all__ = ["Handling", "LegacyLead", "LegacyLeads", "Pool", "Readings"]

_log = structlog.get_logger("leadsync.keen")

_WORKERS = 64
"""Workers at least: more than slots, as a row that waits for a retry keeps its worker and lends its slot."""
_WORKERS_PER_SLOT = 4
_PLAINLY = Handling()
_NOT_LOGGED = frozenset({Status.UPDATED, Status.UNCHANGED, Status.NOT_SENT})
_HELD_BACK = (
    "An earlier row of the same lead failed or is unknown, so this one was not sent: it must not be overtaken. "
    "`leadsync resume` sends both, in their order."
)


class Pool:
    """Sends updates, as many at a time as the client has slots; an async context manager that ends when all are done.

    Each update that is submitted ends as exactly one Outcome given to `sink`. The slot of an update is given back when
    the sink returns: if it returns when the outcome is on the disk, then after a crash no more updates than there are
    slots were sent and have no outcome there. Updates of one lead are sent in the order in which they were submitted
    and never overlap; after one that failed or is unknown, which will be sent again, the later ones of its lead are
    held back (`not_sent`). With `legacy_leads` the updates know their leads by legacy ids, which are looked up first.
    `handling` says what is done besides; what was seen of leads goes to `readings` before their updates go out, which
    then narrows what the row sends. Unknown exceptions of a worker end the pool with an exception group.
    """

    def __init__(
        self,
        client: KeenClient,
        concurrency: int,
        sink: Callable[[Outcome], Awaitable[None]],
        legacy_leads: LegacyLeads | None = None,
        *,
        handling: Handling = _PLAINLY,
        readings: Readings | None = None,
    ) -> None:
        self.stopped: StopRunError | None = None
        """Why no more is sent."""
        self._client = client
        self._sink = sink
        self._knows_leads = legacy_leads is None
        self._sender = RowSender(client, handling, readings, legacy_leads, self.stop)
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

    async def drained(self) -> None:
        """Wait until all that was submitted is done; who waits submits nothing meanwhile."""
        await self._lanes.drained()

    @property
    def proven(self) -> int:
        """Give the number of updates that were read back (`Handling.reads_back`) and are in Keen as they were sent."""
        return self._sender.proven

    async def _work(self, worker: int) -> None:
        while True:
            lead, update = await self._lanes.get()
            trail = self._in_hand[worker] = Trail(update.row, update.lead if self._knows_leads else "")
            async with self._client.slots:
                try:
                    await self._sink(await self._answer(update, trail))
                except StateError as error:
                    # Before the slot is free: nothing more may go out, as nobody could write down what became of it.
                    self.stop(StopRunError(error.message, Code.STATE_UNWRITABLE))
                    raise
            self._in_hand[worker] = None
            self._lanes.done(lead)

    def _has_anything_fresh(self) -> bool:
        """Tell whether a first try is under way or may still come before a retry is answered."""
        return self._lanes.has_more or any(trail is not None and not trail.attempts for trail in self._in_hand)

    async def _answer(self, update: Update, trail: Trail) -> Outcome:
        """Send an update, unless an earlier one of its lead has to be sent again: then it must not overtake that."""
        if update.lead in self._held_back and not self.stopped:
            return outcome_of(update, Status.NOT_SENT, Code.HELD_BACK, _HELD_BACK, Trail())
        outcome = await self._send(update, trail)
        if outcome.status not in _NOT_LOGGED:
            _log_answer(update, outcome)
        if outcome.status in (Status.FAILED, Status.UNKNOWN):
            self._held_back.add(update.lead)
        return outcome

    async def _send(self, update: Update, trail: Trail) -> Outcome:
        try:
            if self.stopped:
                return not_sent(update, self.stopped, trail)
            return await self._sender.send(update, trail)
        except RefusedError as error:
            return outcome_of(update, Status.REJECTED, error.code, error.message, trail, error.http_status)
        except RetryError as error:
            return given_up(update, error, trail)
        except HaltedError:
            assert self.stopped
            return not_sent(update, self.stopped, trail)
        except StopRunError as error:
            self.stop(error)
            return not_sent(update, self.stopped or error, trail)


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
