"""Answers about legacy ids, kept in the journal, so that memory stays flat and each id is looked up once in a run."""

from leadsync.journal import Journal, Recorder
from leadsync.keen.pool import LegacyLead


class JournaledLegacyLeads:
    """Keeps what Keen said of legacy ids in the journal (see `leadsync.keen.pool.LegacyLeads`)."""

    def __init__(self, journal: Journal, recorder: Recorder, run: int) -> None:
        self._journal = journal
        self._recorder = recorder
        self._run = run

    async def find(self, legacy_id: str) -> LegacyLead | None:
        """Give what Keen said of a legacy id, None where it was not asked."""
        found = await self._recorder.call(self._journal.legacy_lead, self._run, legacy_id)
        return LegacyLead(*found) if found else None

    async def keep(self, legacy_id: str, lead: LegacyLead) -> None:
        """Remember what Keen said."""
        await self._recorder.call(
            self._journal.keep_legacy_lead, self._run, legacy_id, lead.lead_id, lead.refusal, lead.message
        )
