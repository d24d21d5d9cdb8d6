"""The columns of a report: leadsync's own, and those of its sources side by side."""

from collections.abc import Sequence
from typing import Any

import orjson

from leadsync.records import Chunk, fold_header

HELPERS = (
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

RUN_COLUMN = "leadsync_run"
"""The id of the run that a row's answer is from, so that a report that is fed again tells what it follows up."""
FORM_COLUMN = "leadsync_form"
"""What the text of a row's cells cannot tell (see `Columns.forms`)."""
ESCAPED_COLUMN = "leadsync_escaped"
"""An apostrophe in each row of `results.csv` of which some cell got one before it (see `harmless.escaped`)."""


class Columns:
    """Lays chunks of several sheets out under one header: the union of theirs, in the order in which they came.

    A name that stands twice in one sheet gets two columns.
    """

    def __init__(self, headers: Sequence[Sequence[str]]) -> None:
        names: dict[tuple[str, int], str] = {}
        for sheet in headers:
            for key, name in zip(_keys(sheet), sheet, strict=True):
                names.setdefault(key, name)
        self._by_key = names
        self._places = {key: place for place, key in enumerate(names)}
        self.names = tuple(names.values())

    def cells(self, chunk: Chunk) -> list[Sequence[str]]:
        """Give the cells of a chunk by column, in the order of `names`; "" where its sheet has no such column."""
        columns: list[Sequence[str]] = [[""] * len(chunk)] * len(self._places)
        for position, place in enumerate(self.places(chunk)):
            columns[place] = chunk.column(position)
        return columns

    def places(self, chunk: Chunk) -> list[int]:
        """Give for each column of a chunk its place among `names`."""
        return [self._places[key] for key in _keys(chunk.headers)]

    def forms(self, chunk: Chunk) -> list[str]:
        """Give the JSON of each row that needs one, else "".

        It tells which cells were numbers, dates or booleans of a workbook, which held no value to read, and the cells
        that had no header; the loader reads it back when the report is fed again.
        """
        names = [self._by_key[key] for key in _keys(chunk.headers)]
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


def _keys(header: Sequence[str]) -> list[tuple[str, int]]:
    """Give each name, folded as a mapping compares names, with how often it stood before."""
    seen: dict[str, int] = {}
    keys = []
    for name in map(fold_header, header):
        keys.append((name, seen.get(name, 0)))
        seen[name] = seen.get(name, 0) + 1
    return keys
