"""The rows of `results.csv` and `retry.csv`: leadsync's columns first, then the source's own as read."""

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

import orjson

from leadsync.codes import Code
from leadsync.records import Answered, Chunk, Outcome, Status, fold_header

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

FORM_COLUMN = "leadsync_form"

TableRow: TypeAlias = Sequence[object]

_FINE = frozenset({Status.UPDATED, Status.UNCHANGED, Status.SKIPPED})


class Table:
    """Lays chunks of several sheets out under one header: the union of theirs, in the order in which they came.

    A name that stands twice in one sheet gets two columns. With `has_forms` a last helper column tells what the text
    of a row's cells cannot: which of them were numbers, dates or booleans of a workbook, which held no value to read,
    and the cells that had no header. The loader reads it back when the report is fed again.
    """

    def __init__(self, headers: Sequence[Sequence[str]], *, has_forms: bool = False) -> None:
        names: dict[tuple[str, int], str] = {}
        for sheet in headers:
            for key, name in zip(_keys(sheet), sheet, strict=True):
                names.setdefault(key, name)
        self._names = names
        self._places = {key: place for place, key in enumerate(names)}
        self._has_forms = has_forms
        self.header = (*COLUMNS, *names.values(), *((FORM_COLUMN,) if has_forms else ()))

    def rows(self, answered: Answered) -> Iterator[TableRow]:
        """Give the rows of a chunk in their order."""
        chunk = answered.chunk
        outcomes = [_helper_cells(outcome) for outcome in answered.outcomes]
        columns = self._columns(chunk)
        if self._has_forms:
            columns.append(_forms(chunk, [self._names[key] for key in _keys(chunk.headers)]))
        for number, helper, *cells in zip(chunk.numbers, outcomes, *columns, strict=True):
            yield (chunk.sheet, number, *helper, *cells)

    def _columns(self, chunk: Chunk) -> list[Sequence[str]]:
        columns: list[Sequence[str]] = [[""] * len(chunk)] * len(self._places)
        for position, key in enumerate(_keys(chunk.headers)):
            columns[self._places[key]] = chunk.column(position)
        return columns


def _forms(chunk: Chunk, names: Sequence[str]) -> list[str]:
    """Give the JSON of each row that needs one; `names` are those that its columns have in the table."""
    forms: dict[int, dict[str, Any]] = {row: {"surplus": list(cells)} for row, cells in chunk.surplus.items()}
    for position, rows in chunk.typed.items():
        cells = chunk.column(position)
        for row in rows:
            forms.setdefault(row, {}).setdefault("typed", {})[names[position]] = cells[row]
    for position, faults in chunk.faults.items():
        cells = chunk.column(position)
        for row, issue in faults.items():
            told = (issue.code, cells[row])
            forms.setdefault(row, {}).setdefault("faults", {})[names[position]] = told
    return [orjson.dumps(forms[row]).decode() if row in forms else "" for row in range(len(chunk))]


def is_to_retry(outcome: Outcome | None) -> bool:
    """Tell whether a row is to be repaired or repeated; a row that a trial run or a plan found fine is neither."""
    return outcome is None or not (outcome.status in _FINE or outcome.code in (Code.DRY_RUN, Code.PLANNED))


def _keys(header: Sequence[str]) -> list[tuple[str, int]]:
    """Give each name, folded as a mapping compares names, with how often it stood before."""
    seen: dict[str, int] = {}
    keys = []
    for name in map(fold_header, header):
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
