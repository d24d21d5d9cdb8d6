"""A run that cannot simply go on, as its source or mapping was changed: what a new run takes over of it."""

from collections.abc import Sequence
from dataclasses import replace

from leadsync.journal import Journal
from leadsync.records import Chunk, Outcome, Status, Translation
from leadsync.sync.resume import Past


class Takeover:
    """Takes over the answers of rows that are, cell for cell and at the same place, those of an earlier run.

    What Keen acknowledged is not sent again. What Keen refused is not either, unless the mapping was changed. Once a
    row of a lead is to be sent, no later row of that lead is taken over: the earlier one would undo it.
    """

    def __init__(self, journal: Journal, past: Past) -> None:
        self._journal = journal
        self._past = past
        self._taken = {Status.UPDATED, Status.UNCHANGED}
        if not past.is_mapping_changed:
            self._taken.add(Status.REJECTED)
        self._sent: set[str] = set()
        """The leads with a row that is to be sent."""

    def known(self, chunk: Chunk) -> Sequence[Outcome]:
        """Give the final outcomes of the rows that are the same, from the journal."""
        return self._journal.final_outcomes(self._past.run.no, chunk)

    def apply(self, translation: Translation, known: Sequence[Outcome]) -> tuple[Translation, Sequence[Outcome]]:
        """Mark the rows that are taken over, and give their outcomes."""
        first = translation.chunk.first
        found = {outcome.position - first: outcome for outcome in known if outcome.status in self._taken}
        taken: dict[int, Outcome] = {}
        for row in translation.sendable():
            lead = translation.leads[row]
            if row in found and lead not in self._sent:
                taken[row] = found[row]
            else:
                self._sent.add(lead)
        return replace(translation, answered=frozenset(taken)), list(taken.values())
