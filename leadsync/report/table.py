"""The rows of `results.csv` and `retry.csv`: leadsync's columns first, then the source's own as read."""

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from leadsync.codes import Code
from leadsync.records import Answered, Chunk, Outcome, Status

COLUMNS = (
    "leadsync_sheet",
    "leadsync_row",
    "leadsync_lead_id",
    "leadsync_status",
    "leadsync_code",
    "leadsync_message",
    "leadsync_cell",
    "leadsync_http_status",
    "leadsync_attempts",
)
"""The helper columns, in this order (DESIGN section 7). The loader leaves out whatever begins with `leadsync_`."""

TableRow: TypeAlias = Sequence[object]

_FINE = frozenset({Status.UPDATED, Status.UNCHANGED, Status.SKIPPED})


class Table:
    """Lays chunks of several sheets out under one header: the union of theirs, in the order in which they came.

    A name that stands twice in one sheet gets two columns.
    """

    def __init__(self, headers: Sequence[Sequence[str]]) -> None:
        keys = [key for sheet in headers for key in _keys(sheet)]
        self._places = {key: place for place, key in enumerate(dict.fromkeys(keys))}
        self.header = (*COLUMNS, *(name for name, _ in self._places))

    def rows(self, answered: Answered) -> Iterator[TableRow]:
        """Give the rows of a chunk in their order."""
        chunk = answered.chunk
        outcomes = [_helper_cells(outcome) for outcome in answered.outcomes]
        columns = self._columns(chunk)
        for number, helper, *cells in zip(chunk.numbers, outcomes, *columns, strict=True):
            yield (chunk.sheet, number, *helper, *cells)

    def _columns(self, chunk: Chunk) -> list[Sequence[str]]:
        columns: list[Sequence[str]] = [[""] * len(chunk)] * len(self._places)
        for position, key in enumerate(_keys(chunk.headers)):
            columns[self._places[key]] = chunk.column(position)
        return columns


def is_to_retry(outcome: Outcome | None) -> bool:
    """Tell whether a row is to be repaired or repeated; a row that a trial run found fine is neither."""
    return outcome is None or not (outcome.status in _FINE or outcome.code is Code.DRY_RUN)


def _keys(header: Sequence[str]) -> list[tuple[str, int]]:
    """Give each name with how often it stood before."""
    seen: dict[str, int] = {}
    keys = []
    for name in header:
        keys.append((name, seen.get(name, 0)))
        seen[name] = seen.get(name, 0) + 1
    return keys


def _helper_cells(outcome: Outcome | None) -> TableRow:
    if outcome is None:
        return ("", "", "", "", "", "", "")
    return (
        outcome.lead_id,
        outcome.status.value,
        outcome.code.value,
        outcome.message,
        outcome.cell,
        outcome.http_status,
        outcome.attempts,
    )
