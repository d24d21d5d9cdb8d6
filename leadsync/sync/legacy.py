"""Answers about legacy ids, kept in the journal, so that memory stays flat and each id is looked up once in a run."""

from leadsync.journal import Journal, Ledger, Recorder
from leadsync.keen.pool import LegacyLead


class JournaledLegacyLeads:
    """Keeps what Keen said of legacy ids in the journal (see `leadsync.keen.pool.LegacyLeads`).

    What an earlier run learnt of an id, and was acknowledged for, is not asked again.
    """

    def __init__(self, journal: Journal, recorder: Recorder, run: int, ledger: Ledger | None) -> None:
        self._journal = journal
        self._recorder = recorder
        self._run = run
        self._ledger = ledger

    async def find(self, legacy_id: str) -> LegacyLead | None:
        """Give what Keen said of a legacy id, None where it was not asked."""
        found = await self._recorder.call(self._journal.legacy_lead, self._run, legacy_id)
        if found is None and self._ledger:
            known = await self._recorder.call(self._ledger.uuids, [legacy_id])
            return LegacyLead(known[legacy_id]) if legacy_id in known else None
        return LegacyLead(*found) if found else None

    async def keep(self, legacy_id: str, lead: LegacyLead) -> None:
        """Remember what Keen said."""
        await self._recorder.call(
            self._journal.keep_legacy_lead, self._run, legacy_id, lead.lead_id, lead.refusal, lead.message
        )
