"""What is done with one row: look its legacy id up, look at the lead, send the update, read it back.

A lead is looked at again before each further try of its update. So what somebody types into Keen while we wait for a
Keen that has trouble is seen; what is typed in the moment between a look and the update that follows it is not, as no
action of Keen's updates a lead on condition.
"""

from collections.abc import Callable, Mapping

from leadsync.codes import Code
from leadsync.errors import HaltedError, RefusedError, RetryError, StopRunError
from leadsync.keen.calls import Trail
from leadsync.keen.client import KeenClient
from leadsync.keen.handling import Handling, LegacyLead, LegacyLeads, Readings
from leadsync.keen.outcomes import left_alone, outcome_of, tries_of
from leadsync.keen.weighing import Weighed, weigh, with_values
from leadsync.records import JsonValue, Outcome, Reading, Status, Update

_ACKNOWLEDGED = "Keen acknowledged the update."
_HOLDS_ALREADY = "Keen holds these values already."
_FOUND_APPLIED = "Keen holds the values: an earlier try was applied, though its answer did not come."
_NOT_READ_BACK = f"{_ACKNOWLEDGED} The run ended before it was read back."
_PLANNED = "The row would change the lead; this is a plan, so nothing was sent."
_NOTHING_SENT = "Nothing was sent."
_OVERTAKEN = "A try may have been applied, but its answer did not come, and by now Keen holds something else."


class RowSender:
    """Deals with one row after the other, several at a time; raises what `KeenClient` raises.

    `stop` is told of what ends the run where the row itself has been acknowledged.
    """

    def __init__(
        self,
        client: KeenClient,
        handling: Handling,
        readings: Readings | None,
        legacy_leads: LegacyLeads | None,
        stop: Callable[[StopRunError], None],
    ) -> None:
        self.proven = 0
        """The updates that were read back and are in Keen as they were sent."""
        self._client = client
        self._handling = handling
        self._readings = readings
        self._legacy_leads = legacy_leads
        self._stop = stop
        self._to_read_back = handling.reads_back
        self._written: dict[str, dict[str, JsonValue]] = {}
        """What rows of this run put into leads that more rows are about."""

    async def send(self, update: Update, trail: Trail) -> Outcome:
        """Deal with an update; `trail` is filled in as it goes. The caller holds a slot."""
        if self._legacy_leads:
            trail.lead_id = await self._look_up(update.lead, self._legacy_leads, trail)
            trail.restart()
        if update.conditions or self._handling.always_looks:
            return await self._look_and_send(update, trail)
        await self._client.update_lead(update, trail.lead_id, trail)
        return await self._acknowledged(update, trail, {})

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

    async def _look_and_send(self, update: Update, trail: Trail) -> Outcome:
        """Look at the lead, and send what may be sent; after trouble with that, look again."""
        before: Mapping[str, str] = {}
        after: RetryError | None = None
        while True:
            weighed = await self._look(update, trail, after)
            before = _from_before(weighed, before if trail.doubt else {})
            await self._keep(update, weighed, before, is_first=after is None)
            if weighed.is_held or self._handling.looks_only:
                return self._nothing_sent(update, weighed, trail)
            trail.attempts -= 1  # a look and the update that follows it are one try of the row
            after = await self._client.try_update(weighed.update, trail.lead_id, trail, after)
            if after is None:
                return await self._acknowledged(weighed.update, trail, weighed.kept)

    async def _look(self, update: Update, trail: Trail, after: RetryError | None) -> Weighed:
        """Look at the lead as Keen holds it; for a plan, as earlier rows of it would have left the lead."""
        written = self._written.get(update.lead, {})
        try:
            lead = await self._client.get_lead(trail.lead_id, trail, after)
        except RetryError as error:
            message = f"The lead could not be looked at: {error.message}"
            raise RetryError(message, error.code, error.http_status) from error
        return weigh(update, with_values(lead, written) if self._handling.looks_only and written else lead, written)

    async def _keep(self, update: Update, weighed: Weighed, before: Mapping[str, str], *, is_first: bool) -> None:
        """Keep what was seen where the update alone does not tell it; it is on the disk before anything goes out."""
        keeps_before = self._handling.always_looks
        if self._readings is None or not (keeps_before or weighed.kept or not is_first):
            return
        values: Mapping[str, JsonValue] = weighed.update.values
        if self._handling.looks_only and not weighed.is_held:
            values = {key: value for key, value in values.items() if key not in weighed.held}
        seen = {key: before[key] for key in values} if keeps_before else None
        mark = 0 if weighed.kept else update.mark
        await self._readings(Reading(update.row.position, values, seen, mark, weighed.held.intersection(values)))

    def _nothing_sent(self, update: Update, weighed: Weighed, trail: Trail) -> Outcome:
        """Tell of a row after whose look nothing goes out."""
        self._note(weighed.update)
        if not weighed.is_held:
            return self._told(update, Status.NOT_SENT, Code.PLANNED, _PLANNED, trail, weighed.kept)
        if trail.doubt and weighed.held:
            return self._told(update, Status.UPDATED, self._handling.done, _FOUND_APPLIED, trail, weighed.kept)
        if weighed.kept:
            message = _OVERTAKEN if trail.doubt else _NOTHING_SENT
            return self._told(update, Status.SKIPPED, self._handling.kept, message, trail, weighed.kept)
        return self._told(update, Status.UNCHANGED, Code.UNCHANGED, _HOLDS_ALREADY, trail, {})

    async def _acknowledged(self, update: Update, trail: Trail, kept: Mapping[str, str]) -> Outcome:
        """Tell of a row that Keen has acknowledged, after it was read back where it is one of the first."""
        self._note(update)
        done = self._told(update, Status.UPDATED, self._handling.done, self._words(update), trail, kept)
        if self._to_read_back <= 0:
            return done
        self._to_read_back -= 1
        looking = Trail(update.row, trail.lead_id)
        try:
            await self._client.read_back(update, trail.lead_id, looking)
        except RefusedError as error:
            message = f"{_ACKNOWLEDGED} When it was read back: {error.message}"
            # What is there is otherwise; that we may not look says nothing of it.
            status = Status.REJECTED if error.code is Code.NOT_STORED_AS_SENT else Status.UNKNOWN
            return outcome_of(update, status, error.code, message, trail, error.http_status)
        except RetryError as error:
            message = f"{_ACKNOWLEDGED} It could not be read back: {error.message} Given up after {tries_of(looking)}."
            return outcome_of(update, Status.UNKNOWN, error.code, message, trail, error.http_status)
        except HaltedError:
            return self._told(update, Status.UPDATED, self._handling.done, _NOT_READ_BACK, trail, kept)
        except StopRunError as error:
            self._stop(error)
            return self._told(update, Status.UPDATED, self._handling.done, _NOT_READ_BACK, trail, kept)
        self.proven += 1
        return done

    def _words(self, update: Update) -> str:
        """Say what Keen acknowledged, by its names where that is a part of the row."""
        is_part = bool(update.row_digest) or self._handling.kept is not Code.KEPT_KEEN_VALUE
        if not is_part:
            return _ACKNOWLEDGED
        names = ", ".join(self._handling.names.get(key, key) for key in update.values)
        what = "what was put back" if self._handling.done is Code.REVERTED else "the update"
        return f"Keen acknowledged {what}: {names}."

    def _note(self, update: Update) -> None:
        """Remember what is, or would be, in a lead that more rows are about."""
        was_looked_at = update.conditions or self._handling.always_looks
        if was_looked_at and update.lead in self._handling.repeated:
            self._written.setdefault(update.lead, {}).update(update.values)

    def _told(
        self, update: Update, status: Status, code: Code, message: str, trail: Trail, kept: Mapping[str, str]
    ) -> Outcome:
        """Add to a message what was left as it is, and what is to be said of the row besides."""
        cell = ""
        if remark := update.remark:
            code = remark.code if status in (Status.UPDATED, Status.UNCHANGED) else code
            message, cell = f"{message} {remark.message}", str(remark.cell or "")
        if kept:
            code = self._handling.kept if status is Status.UPDATED else code
            message = f"{message} {left_alone(kept, self._handling.names)}"
        return outcome_of(update, status, code, message, trail, 200 if status is Status.UPDATED else None, cell)


def _from_before(weighed: Weighed, seen: Mapping[str, str]) -> dict[str, str]:
    """Give what Keen held before the row: after a try that may have been applied, a value of ours tells nothing."""
    return {key: seen[key] if key in weighed.held and key in seen else value for key, value in weighed.before.items()}
