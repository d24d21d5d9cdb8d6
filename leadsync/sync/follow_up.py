"""What became of an earlier run's problems, where a report of it was fed again."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from leadsync.journal import RunRecord
from leadsync.records import BAD, Answered, FollowUp, Status


class FollowUps:
    """Counts what became of rows by what had become of them, while the rows of a run pass through."""

    def __init__(self) -> None:
        self._became: dict[str, Counter[tuple[str, Status]]] = defaultdict(Counter)
        """By run: what became of a row then, and now."""

    def watching(self, answered: Iterable[Answered]) -> Iterator[Answered]:
        """Give the rows as they come."""
        for each in answered:
            origins = each.chunk.origins
            if origins:
                for run, before, outcome in zip(origins.runs, origins.statuses, each.outcomes, strict=True):
                    if outcome and before:
                        self._became[run][before, outcome.status] += 1
            yield each

    def found(self, runs: Sequence[RunRecord]) -> tuple[FollowUp, ...]:
        """Give what became of each earlier run's problems, once all rows have passed; `runs` are those we know."""
        known = {run.id: run for run in runs}
        return tuple(_follow_up(run, became, known.get(run)) for run, became in self._became.items())


def _follow_up(run_id: str, became: Counter[tuple[str, Status]], run: RunRecord | None) -> FollowUp:
    # A trial run and a check, which has no id, send nothing, and that is no problem of their rows.
    is_trial = not run_id or bool(run and run.is_dry)
    problems = {str(status) for status in BAD} | (set() if is_trial else {str(Status.NOT_SENT)})
    now: Counter[Status] = Counter()
    for (before, status), rows in became.items():
        if before in problems:
            now[status] += rows
    left_out = None
    if run and run.summary:
        had = sum(rows for status, rows in run.summary["statuses"].items() if status in problems)
        left_out = max(0, had - now.total())
    ordered = {status: now[status] for status in Status if now[status]}
    return FollowUp(run_id, became.total(), now.total(), ordered, left_out)
