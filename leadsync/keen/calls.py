"""One call to Keen under way: what it has been through, and the slot that it holds or lends."""

import asyncio
from dataclasses import dataclass

from leadsync.errors import RetryError
from leadsync.keen.answers import Answer, Verdict
from leadsync.records import JsonValue, Row


@dataclass(slots=True)
class Trail:
    """What one call has been through, told also when it fails.

    A look at a lead and the update that follows it are one call in this: they share their tries.
    """

    row: Row | None = None
    """The row for which it is, named in the log."""
    lead_id: str = ""
    """The lead's UUID, where it is known."""
    attempts: int = 0
    tries_used: int = 0
    """Probes that find Keen down are not among them: that is not the row's fault."""
    http_status: int | None = None
    doubt: RetryError | None = None
    """The last trouble after which the update may have been applied."""
    is_over_budget: bool = False
    """It was given up since too many requests were retries."""
    has_lent_slot: bool = False

    def restart(self) -> None:
        """Begin to tell of another call for the same row."""
        self.attempts = self.tries_used = 0
        self.http_status = self.doubt = None
        self.is_over_budget = False


@dataclass(slots=True)
class Call:
    """One request under way. It holds a slot, which it lends to others while it waits."""

    body: dict[str, JsonValue]
    wanted: str
    """The id that the answer must be about."""
    trail: Trail
    slots: asyncio.Semaphore
    error: RetryError | None = None
    """What the last try met, or the one before this call of which it is a retry."""
    must_be_prompt: bool = False
    """It rests on a look at the lead just now, so it must not wait until a Keen that is down works again."""
    cost: int = 1
    """Requests that the retry budget counts for each try: a look pays for the further try of the update after it."""

    @property
    def action(self) -> str:
        """Give the action that it asks for."""
        return str(self.body["action"])

    @property
    def is_first_try(self) -> bool:
        """Tell whether this has not been tried before, be it in an earlier call."""
        return self.error is None or not self.trail.attempts

    @property
    def is_first_question(self) -> bool:
        """Tell whether this is what a run begins with, before it is known whether the address is Keen's."""
        return self.action == "get_channels"

    def lend_slot(self) -> None:
        """Let others have the slot while this call waits."""
        if not self.trail.has_lent_slot:
            self.trail.has_lent_slot = True
            self.slots.release()

    async def take_slot_back(self) -> None:
        """Wait for a slot, if it was lent."""
        if self.trail.has_lent_slot:
            await self.slots.acquire()
            self.trail.has_lent_slot = False


@dataclass(frozen=True, slots=True)
class Tried:
    """What one try of a call met, and when."""

    answer: Answer
    verdict: Verdict
    started: float
    seconds: float
    is_probe: bool
