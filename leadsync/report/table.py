"""The lines of `results.csv` and `retry.csv`: leadsync's columns first, then the source's own as read."""

import re
from collections.abc import Sequence
from typing import Any

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

_NEEDS_QUOTES = re.compile('[,"\r\n]').search
"""What a cell of a CSV file is quoted for (RFC 4180)."""

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

    def head_line(self) -> str:
        """Give the header as a line of CSV, without its end."""
        return ",".join(quoted(self.header))

    def lines(self, answered: Answered) -> list[str]:
        """Give the rows of a chunk in their order, as lines of CSV without their ends.

        By column, which takes a third of the time of `csv.writer`: hardly any column has a cell to be quoted.
        """
        chunk = answered.chunk
        columns = self._columns(chunk)
        if self._has_forms:
            columns.append(_forms(chunk, [self._names[key] for key in _keys(chunk.headers)]))
        parts: list[Sequence[str]] = [
            [*quoted([chunk.sheet])] * len(chunk),
            list(map(str, chunk.numbers)),
            _leads(answered),
            _told(answered.outcomes),
            *map(quoted, columns),
        ]
        return list(map(",".join, zip(*parts, strict=True)))

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


def quoted(cells: Sequence[str]) -> Sequence[str]:
    """Quote the cells that need it, as `csv.writer` does."""
    joined = "".join(cells)
    if '"' in joined or "\r" in joined or "\n" in joined:
        return ['"' + cell.replace('"', '""') + '"' if _NEEDS_QUOTES(cell) else cell for cell in cells]
    return [f'"{cell}"' if "," in cell else cell for cell in cells] if "," in joined else cells


def _leads(answered: Answered) -> Sequence[str]:
    if answered.leads and len(set(map(id, answered.outcomes))) == 1:
        return quoted(answered.leads)
    return quoted([answered.lead(row) for row in range(len(answered.outcomes))])


def _told(outcomes: Sequence[Outcome | None]) -> list[str]:
    """Give the helper cells behind the lead's id, as a part of a line; rows often share what is told of them."""
    known: dict[tuple[object, ...], str] = {}
    parts: list[str] = []
    last: Outcome | None = None
    for o in outcomes:
        if o is last and parts:
            parts.append(parts[-1])
            continue
        last = o
        told = (o.status, o.code, o.message, o.cell, o.http_status, o.attempts) if o else ()
        part = known.get(told)
        if part is None:
            cells = ["" if value is None else str(value) for value in told] or [""] * (len(COLUMNS) - 3)
            part = known[told] = ",".join(quoted(cells))
        parts.append(part)
    return parts
