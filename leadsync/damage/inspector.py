"""The look at all rows of a source: each chunk passes all detectors of all columns, and at the end they tell."""

from collections.abc import Iterator, Mapping, Sequence

from leadsync.codes import Code
from leadsync.damage.cells import Cells
from leadsync.damage.columns import Role, Watched, column_of
from leadsync.damage.findings import DETECTORS, Finding
from leadsync.damage.repeated import RepeatedLeads
from leadsync.damage.words import told
from leadsync.records import DEFAULT_LEVELS, Chunk, Level


class _Look:
    """The detectors of one column."""

    def __init__(self, watched: Watched, levels: Mapping[Code, Level]) -> None:
        self.column = column_of(watched)
        self._levels = levels
        self._detectors = [
            detector(self.column)
            for detector in DETECTORS
            if levels[detector.code] is not Level.OFF and detector.is_for(self.column)
        ]

    def take(self, chunk: Chunk, texts: list[str], unread: frozenset[int]) -> None:
        """Look at the texts of the column in a chunk."""
        faults = chunk.faults.get(self.column.position, {})
        refused = [row for row, issue in faults.items() if self._levels.get(issue.code, Level.ERROR) is Level.ERROR]
        cells = Cells(chunk, self.column.position, texts, unread.union(refused))
        for detector in self._detectors:
            detector.look(cells)

    def findings(self, named: int) -> Iterator[Finding]:
        """Give what the detectors tell; `named` rows name a lead."""
        for detector in self._detectors:
            detector.named = named
            verdict = detector.verdict()
            if verdict is None:
                continue
            found = verdict.suspects
            sentences = told(found.count, detector.filled, found.cells, verdict.what)
            message = f"{self.column.header}: {sentences}"
            yield Finding(
                detector.code,
                self._levels[detector.code],
                self.column.position,
                self.column.header,
                found.count,
                verdict.confidence,
                found.cells,
                message,
                found.rows,
            )


class Inspector:
    """Looks for damage in the columns of one source; chunks come in their order, and their size does not matter.

    Rows that cannot be read, that are left out, and cells with a fault are not looked at, nor are blank cells. A fault
    that is no error by the levels is none: such a cell is looked at as its text, and its fault counted as a finding.
    """

    def __init__(self, watched: Sequence[Watched], levels: Mapping[Code, Level]) -> None:
        """Prepare; kinds that `levels` does not name have their default."""
        self._levels = {**DEFAULT_LEVELS, **levels}
        self._looks = [_Look(column, self._levels) for column in watched]
        lead = next((column for column in watched if Role.LEAD in column.roles), None)
        self._lead = lead
        self._leads = RepeatedLeads(lead.position if lead else 0)

    def look(self, chunk: Chunk, leads: Sequence[str]) -> None:
        """Look at a chunk; `leads` has the canonical lead of each row, empty where it names none."""
        if not len(chunk):
            return
        unread = frozenset(chunk.issues).union(chunk.left_out)
        self._leads.look(chunk, leads, unread)
        table = chunk.frame.to_numpy()  # to ask the frame for each column takes as long as to look at it
        for look in self._looks:
            look.take(chunk, table[:, look.column.position].tolist(), unread)

    def findings(self) -> list[Finding]:
        """Tell what was found so far, by column from left to right; it may be asked more than once."""
        found = [finding for look in self._looks for finding in look.findings(self._leads.named)]
        if self._levels[Code.REPEATED_LEAD] is not Level.OFF and self._lead is not None:
            found += self._repeated(self._lead)
        order = list(DEFAULT_LEVELS)
        return sorted(found, key=lambda finding: (finding.position, order.index(finding.code)))

    def _repeated(self, lead: Watched) -> Iterator[Finding]:
        rows, count, cells = self._leads.found()
        if not count:
            return
        what = (
            "name a lead that an earlier row is about: all are sent in their order, and the last one stays. Keep one "
            "row for each lead, or say `rules: {duplicates: last}` or `error` in the mapping."
        )
        message = f"{lead.header}: {told(count, self._leads.named, cells, what)}"
        yield Finding(
            Code.REPEATED_LEAD,
            self._levels[Code.REPEATED_LEAD],
            lead.position,
            lead.header,
            count,
            1.0,
            cells,
            message,
            rows,
        )
