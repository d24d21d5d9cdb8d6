"""How a run ends, made from the journal: its examples, its rows, its summary."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from leadsync.codes import Code
from leadsync.errors import StopRunError
from leadsync.journal import Journal, RunHead, Usage
from leadsync.records import BAD, Answered, Example, Outcome, Status, Summary
from leadsync.sync.begin import timestamp

MAYBE_SENT = "The row may have been on its way to Keen, and no answer is known: it may or may not have been applied."


class Ending:
    """Tells of all rows of a run from the journal.

    Where the journal could not be written to the end, a row without an outcome is told of all the same, with the reason
    of the stop: `unknown` where it may have been sent, else `not_sent`.
    """

    def __init__(self, journal: Journal, run: int, stopped: StopRunError | None) -> None:
        self._journal = journal
        self._run = run
        self._stopped = stopped
        self._reached = journal.reached(run)

    def examples(self) -> list[Example]:
        """Give each status and code with its count and its first row."""
        examples = self._journal.examples(self._run)
        if self._stopped is None or self._journal.rows(self._run) == sum(example.count for example in examples):
            return examples
        untold: dict[Status, Example] = {}
        for answered in self._journal.answered(self._run):
            for row, outcome in enumerate(answered.outcomes):
                if outcome is None:
                    told = self._told(answered.chunk.first + row)
                    example = Example(told.status, told.code, 0, told.message, str(answered.chunk.row(row)))
                    example = untold.setdefault(told.status, example)
                    untold[told.status] = replace(example, count=example.count + 1)
        return [*examples, *untold.values()]

    def answered(self) -> Iterable[Answered]:
        """Give all rows with what became of each."""
        answered: Iterable[Answered] = self._journal.answered(self._run)
        return map(self._all_told, answered) if self._stopped else answered

    def _all_told(self, answered: Answered) -> Answered:
        first = answered.chunk.first
        told = [outcome or self._told(first + row) for row, outcome in enumerate(answered.outcomes)]
        return replace(answered, outcomes=told)

    def _told(self, position: int) -> Outcome:
        assert self._stopped
        code, message = self._stopped.code, self._stopped.of_row
        if position < self._reached:
            return Outcome(position, Status.UNKNOWN, code, f"{message} {MAYBE_SENT}")
        return Outcome(position, Status.NOT_SENT, code, message)


def counted(examples: Iterable[Example]) -> tuple[dict[Status, int], dict[Code, int]]:
    """Count the rows that examples stand for: by status in the order of DESIGN, by code the most frequent first."""
    statuses: Counter[Status] = Counter()
    codes: Counter[Code] = Counter()
    for example in examples:
        statuses[example.status] += example.count
        codes[example.code] += example.count
    return {status: statuses[status] for status in Status if statuses[status]}, dict(codes.most_common())


def summarize(
    head: RunHead, examples: Sequence[Example], *, rows_read: int, usage: Usage, stopped: StopRunError | None
) -> Summary:
    """Put a run into numbers."""
    statuses, codes = counted(examples)
    unaccounted = rows_read - sum(statuses.values())
    return Summary(
        run_id=head.id,
        sources=tuple(source.name for source in head.sources),
        mapping=head.mapping,
        started_at=head.started_at,
        finished_at=timestamp(),
        duration_s=usage.seconds,
        rows_read=rows_read,
        statuses=statuses,
        codes=codes,
        requests=usage.requests,
        retries=usage.retries,
        exit_code=_exit_code(stopped, statuses, unaccounted),
        unaccounted=unaccounted,
        stopped_because=stopped.message if stopped else None,
        dry_run=head.dry_run,
    )


def _exit_code(stopped: StopRunError | None, statuses: Mapping[Status, int], unaccounted: int) -> int:
    """Give the exit code of a run (DESIGN section 6)."""
    if stopped:
        return stopped.exit_code
    if unaccounted:
        return 3
    return 1 if any(statuses.get(status) for status in BAD) else 0
