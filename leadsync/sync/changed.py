"""What a run changed in Keen, value by value, as far as it looked at leads before their updates."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from leadsync.codes import Code
from leadsync.journal import Write
from leadsync.keen.comparison import is_stored
from leadsync.plan import value_text
from leadsync.records import Answered, Outcome, Status
from leadsync.report.about import FieldChange, FieldChanges

_SHOWN = 100
"""Values that are told one by one: as many as the page has room for."""


class Changed:
    """Counts the values that changed while the rows of a run pass through; `writes` are in the order of the rows."""

    def __init__(self, writes: Iterable[Write], names: Mapping[str, str]) -> None:
        self._writes = iter(writes)
        self._next: Write | None = next(self._writes, None)
        self._names = names
        self._counts: Counter[str] = Counter()
        self._shown: list[FieldChange] = []

    def watching(self, answered: Iterable[Answered]) -> Iterator[Answered]:
        """Give the rows as they come."""
        for each in answered:
            first = each.chunk.first
            while self._next and self._next.position < first + len(each.chunk):
                row = self._next.position - first
                if row >= 0 and _has_changed(each.outcomes[row]):
                    self._take(each, row, self._next)
                self._next = next(self._writes, None)
            yield each

    def found(self) -> FieldChanges:
        """Give what changed, once all rows have passed."""
        return FieldChanges(dict(self._counts.most_common()), self._shown)

    def _take(self, answered: Answered, row: int, write: Write) -> None:
        if write.before is None:
            return
        for key, value in write.values.items():
            before = write.before.get(key, "")
            if is_stored(value, before):
                continue
            name = self._names.get(key, key)
            self._counts[name] += 1
            if len(self._shown) < _SHOWN:
                place = str(answered.chunk.row(row))
                told = value_text(before), value_text(value)
                self._shown.append(FieldChange(place, answered.lead(row), name, *told))


def _has_changed(outcome: Outcome | None) -> bool:
    return outcome is not None and (outcome.status is Status.UPDATED or outcome.code is Code.PLANNED)
