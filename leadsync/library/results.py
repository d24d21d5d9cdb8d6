"""What a program learns of a run: how far it is, and what became of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from leadsync.errors import StateError
from leadsync.files import printable
from leadsync.journal import Journal
from leadsync.records import Outcome, Status, Summary
from leadsync.report.verdict import verdict
from leadsync.sync.begin import JOURNAL
from leadsync.sync.job import RunResult, Tally


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is."""

    rows_expected: int | None
    """About how many rows there are; None where that cannot be told without reading them."""
    rows_inspected: int
    """Rows looked at; that comes first, before anything is sent."""
    rows_read: int
    """Rows read once more, to be sent."""
    statuses: Mapping[Status, int]
    """What became of the rows that have their outcomes."""
    note: str
    """What holds the run up at the moment, in a few words; empty where nothing does."""

    @property
    def rows_done(self) -> int:
        """Give the number of rows that have their outcomes."""
        return sum(self.statuses.values())

    @classmethod
    def of(cls, tally: Tally) -> "Progress":
        """Read a tally as it stands at the moment."""
        statuses = {status: rows for status, rows in tally.statuses.copy().items() if rows}
        return cls(tally.rows_expected, tally.rows_inspected, tally.rows_read, statuses, tally.note())


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a run."""

    summary: Summary
    """The run in numbers, as in `summary.json`; `stopped_because` is None where it came to its end."""
    report_dir: Path
    """The folder with the report."""
    state_dir: Path
    """The folder with the journal."""
    number: int
    """Of the run, in the journal."""

    @classmethod
    def of(cls, result: RunResult) -> "Result":
        """Give what a program learns of the result of a run."""
        return cls(result.summary, result.report_dir.absolute(), result.state_dir.absolute(), result.number)

    @property
    def run_id(self) -> str:
        """Give the id of the run, as `leadsync runs` shows it."""
        return self.summary.run_id

    @property
    def exit_code(self) -> int:
        """Give what the command would exit with: 0, 1 where rows need a look, 3 where the run was stopped."""
        return self.summary.exit_code

    def outcomes(self) -> Iterator[Outcome]:
        """Give the outcome of each row, in the order of the source, from the journal.

        `position` counts the rows of all sources from 0. Raises StateError where the journal knows the run no more.
        """
        path = self.state_dir / JOURNAL
        gone = StateError(f"The journal in {printable(self.state_dir)} does not know the run {self.run_id} any more.")
        if not path.exists():
            raise gone
        with Journal(path) as journal:
            if (self.number, self.run_id) not in {(run.no, run.id) for run in journal.runs()}:
                raise gone
            for answered in journal.answered(self.number):
                for row, outcome in enumerate(answered.outcomes):
                    if outcome:  # rows that are unchanged share one, which has no position and names no lead
                        yield replace(outcome, position=answered.chunk.first + row, lead_id=answered.lead(row))

    def __str__(self) -> str:
        return f"Run {self.run_id}: {verdict(self.summary)} Report: {printable(self.report_dir)}"
