"""The lines of `results.csv` and `retry.csv`: leadsync's columns first, then the source's own as read."""

import re
from collections.abc import Sequence

from leadsync.harmless import MARK, all_escaped, escaped
from leadsync.records import Answered, Outcome
from leadsync.report.columns import ESCAPED_COLUMN, FORM_COLUMN, HELPERS, RUN_COLUMN, Columns

_NEEDS_QUOTES = re.compile('[,"\r\n]').search
"""What a cell of a CSV file is quoted for (RFC 4180)."""


class Table:
    """Gives the rows of chunks as lines of CSV, without their ends.

    Exact lines have the source's columns as they were read. Harmless ones end with one more cell, and none of their
    cells is taken for a formula by a spreadsheet.
    """

    def __init__(self, columns: Columns, run_id: str, *, has_forms: bool = False) -> None:
        self._columns = columns
        self._run_id = run_id
        self._has_forms = has_forms
        self._header = (*HELPERS, *columns.names, RUN_COLUMN, *((FORM_COLUMN,) if has_forms else ()))

    def exact_head(self) -> str:
        """Give the header of exact lines."""
        return ",".join(quoted(self._header))

    def harmless_head(self) -> str:
        """Give the header of harmless lines."""
        return ",".join([*quoted(all_escaped(self._header)), ESCAPED_COLUMN])

    def lines(self, answered: Answered) -> list[str]:
        """Give the rows of a chunk in their order, as harmless lines.

        By column, which takes a third of the time of `csv.writer`: hardly any column has a cell to be quoted.
        """
        cells = self._columns.cells(answered.chunk)
        safe = [all_escaped(column) for column in cells]
        lines = self._joined(answered, safe, is_harmless=True)
        marks = _marks(cells, safe, len(answered.chunk))
        return [f"{line},{mark}" for line, mark in zip(lines, marks, strict=True)]

    def exact_lines(self, answered: Answered) -> list[str]:
        """Give the rows of a chunk in their order, as exact lines."""
        return self._joined(answered, self._columns.cells(answered.chunk), is_harmless=False)

    def _joined(self, answered: Answered, cells: Sequence[Sequence[str]], *, is_harmless: bool) -> list[str]:
        chunk = answered.chunk
        leads = _leads(answered)
        sheet = escaped(chunk.sheet) if is_harmless else chunk.sheet
        (first,) = quoted([sheet])
        parts: list[Sequence[str]] = [
            [f"{first},{number}" for number in chunk.numbers],
            quoted(all_escaped(leads) if is_harmless else leads),
            _told(answered.outcomes, is_harmless=is_harmless),
            *map(quoted, cells),
            [self._run_id] * len(chunk),
        ]
        if self._has_forms:
            parts.append(quoted(self._columns.forms(chunk)))
        return list(map(",".join, zip(*parts, strict=True)))


def _marks(cells: Sequence[Sequence[str]], safe: Sequence[Sequence[str]], rows: int) -> list[str]:
    """Give an apostrophe for each row of which a cell got one."""
    marks = [""] * rows
    for column, harmless in zip(cells, safe, strict=True):
        if column is not harmless:
            marks = [
                MARK if text is not other else mark for text, other, mark in zip(column, harmless, marks, strict=True)
            ]
    return marks


def quoted(cells: Sequence[str]) -> Sequence[str]:
    """Quote the cells that need it, as `csv.writer` does."""
    joined = "".join(cells)
    if '"' in joined or "\r" in joined or "\n" in joined:
        return ['"' + cell.replace('"', '""') + '"' if _NEEDS_QUOTES(cell) else cell for cell in cells]
    return [f'"{cell}"' if "," in cell else cell for cell in cells] if "," in joined else cells


def _leads(answered: Answered) -> list[str]:
    if not answered.leads:
        return [outcome.lead_id if outcome else "" for outcome in answered.outcomes]
    if len(set(map(id, answered.outcomes))) == 1:
        return [*answered.leads]
    return [answered.lead(row) for row in range(len(answered.outcomes))]


def _told(outcomes: Sequence[Outcome | None], *, is_harmless: bool) -> list[str]:
    """Give the helper cells behind the lead's id, as a part of a line; rows often share what is told of them."""
    known: dict[tuple[object, ...], str] = {}
    parts: list[str] = []
    last: Outcome | None = None
    for o in outcomes:
        if o is last and parts:
            parts.append(parts[-1])
            continue
        last = o
        key = (o.status, o.code, o.message, o.cell, o.http_status, o.attempts) if o else ()
        part = known.get(key)
        if part is None:
            told = told_of(o)
            part = known[key] = ",".join(quoted(all_escaped(told) if is_harmless else told))
        parts.append(part)
    return parts


def told_of(outcome: Outcome | None) -> tuple[str, ...]:
    """Give the texts of the helper columns behind the lead's id."""
    if outcome is None:
        return ("",) * (len(HELPERS) - 3)
    o = outcome
    told = (o.status, o.code, o.message, o.cell, o.http_status, o.attempts)
    return tuple("" if value is None else str(value) for value in told)
