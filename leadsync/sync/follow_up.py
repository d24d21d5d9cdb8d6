"""What became of an earlier run's problems, where a report of it was fed again."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from leadsync.journal import RunRecord
from leadsync.records import BAD, Answered, FollowUp, Status

_PROBLEMS = frozenset(map(str, BAD | {Status.NOT_SENT}))
_MOST = 20
"""Runs that are told of one by one; a file that somebody put together may name more."""


class FollowUps:
    """Counts what became of rows by what had become of them, while the rows of a run pass through."""

    def __init__(self) -> None:
        self._became: dict[str, Counter[tuple[str, Status]]] = defaultdict(Counter)
        """By run: what became of a row then, and now."""
        self._again: Counter[tuple[str, str]] = Counter()
        """By run, and what became of a row then: rows that were fed more than once."""
        self._seen: set[tuple[str, str]] = set()
        """Run and place of the rows that had to be repaired or repeated."""

    def watching(self, answered: Iterable[Answered]) -> Iterator[Answered]:
        """Give the rows as they come."""
        for each in answered:
            if origins := each.chunk.origins:
                told = zip(origins.runs, origins.places, origins.statuses, each.outcomes, strict=True)
                for run, place, before, outcome in told:
                    if outcome and before:
                        self._became[run][before, outcome.status] += 1
                        self._look_for_repeats(run, place, before)
            yield each

    def _look_for_repeats(self, run: str, place: str, before: str) -> None:
        if place and before in _PROBLEMS:
            self._again[run, before] += (run, place) in self._seen
            self._seen.add((run, place))

    def found(self, runs: Sequence[RunRecord]) -> tuple[FollowUp, ...]:
        """Give what became of each earlier run's problems, once all rows have passed; `runs` are those we know."""
        known = {run.id: run for run in runs}
        largest = sorted(self._became, key=lambda run: -self._became[run].total())
        told = [self._follow_up(run, self._became[run], known.get(run)) for run in largest[:_MOST]]
        if rest := largest[_MOST:]:
            together = sum((self._became[run] for run in rest), Counter[tuple[str, Status]]())
            told.append(self._follow_up("", together, None))
        return tuple(told)

    def _follow_up(self, run_id: str, became: Counter[tuple[str, Status]], run: RunRecord | None) -> FollowUp:
        # A trial run and a check, which has no id, send nothing, and that is no problem of their rows.
        is_trial = not run_id or bool(run and run.is_dry)
        problems = _PROBLEMS - {str(Status.NOT_SENT)} if is_trial else _PROBLEMS
        now: Counter[Status] = Counter()
        for (before, status), rows in became.items():
            if before in problems:
                now[status] += rows
        left_out = None
        if run and run.summary:
            had = sum(rows for status, rows in run.summary["statuses"].items() if status in problems)
            again = sum(rows for (of, before), rows in self._again.items() if of == run_id and before in problems)
            left_out = max(0, had - now.total() + again)
        ordered = {status: now[status] for status in Status if now[status]}
        return FollowUp(run_id, became.total(), now.total(), ordered, left_out)
