"""A run that cannot simply go on, as its source or mapping was changed: what a new run takes over of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from leadsync.journal import Journal, RunHead
from leadsync.records import Outcome, Status, Translation


class Takeover:
    """Takes over the answers of rows for which the very same would be sent again, at the same place.

    What Keen acknowledged or refused is then not sent. Once a row of a lead is to be sent, no later row of that lead is
    taken over: the earlier one would undo it. A row that may have been applied stays `unknown` until it is answered.
    It must be applied to all rows from the first, also where the run that takes over is itself resumed.
    """

    def __init__(self, journal: Journal, run: int) -> None:
        self._journal = journal
        self._run = run
        self._sent: set[str] = set()
        """The leads with a row that is to be sent."""

    @classmethod
    def of(cls, journal: Journal, head: RunHead) -> "Takeover | None":
        """Give what a run takes over, if it follows another one that the journal still knows."""
        found = [run.no for run in journal.runs() if run.id == head.follows]
        return cls(journal, found[0]) if found else None

    def known(self, translation: Translation) -> Sequence[Outcome | None]:
        """Give what the earlier run knows of the rows of a chunk, from the journal."""
        return self._journal.outcomes(self._run, translation.chunk.first, len(translation.chunk))

    def apply(
        self, translation: Translation, known: Sequence[Outcome | None], digests: Mapping[int, int | None]
    ) -> tuple[Translation, Sequence[Outcome]]:
        """Mark the rows that are taken over, and give the outcomes of those that have no answer yet.

        `digests` are those of the updates, by row, also of rows that are answered; None is like no other.
        """
        answered, told = set(translation.answered), []
        for row, digest in digests.items():
            outcome, lead = known[row], translation.leads[row]
            is_same = outcome is not None and outcome.digest == digest and lead not in self._sent
            if not is_same:
                self._sent.add(lead)
            if outcome and row not in answered and (is_same or outcome.status is Status.UNKNOWN):
                told.append(outcome)
            if is_same:
                answered.add(row)
        return replace(translation, answered=frozenset(answered)), told
