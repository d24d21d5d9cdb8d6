"""Cells of a source that no workbook can hold as they are: they must not be sent in another form."""

from collections.abc import Mapping, Sequence

import orjson

from leadsync.codes import Code
from leadsync.counting import count
from leadsync.harmless import is_kept_by_workbook, workbook_cell, workbook_text
from leadsync.quoting import quote

_LONGEST = 32_767
"""Characters of a cell of a workbook."""
_SURELY_KEPT = 16_383
"""Characters; of more, some may take two of the units that Excel counts."""
_NAMED = 3
"""So many cells of each kind are named."""


def not_kept(names: Sequence[str], columns: Sequence[Sequence[str]]) -> Mapping[int, Mapping[str, str]]:
    """Give by row the cells of columns that a workbook cannot hold, by the name of their column."""
    found: dict[int, dict[str, str]] = {}
    for name, column in zip(names, columns, strict=True):
        for row, text in enumerate(column):
            if (not text.isascii() or len(text) > _SURELY_KEPT) and not is_kept_by_workbook(text):
                found.setdefault(row, {})[name] = text
    return found


class Changed:
    """Counts the cells that a workbook has in another form."""

    def __init__(self) -> None:
        self._long: list[str] = []
        self._broken: list[str] = []
        self._count = {True: 0, False: 0}

    def form(self, form: str, place: str, cells: Mapping[str, str]) -> str:
        """Give the form (see `Columns.forms`) of a row, with which such cells are refused when it is fed again."""
        content = orjson.loads(form or "{}")
        for name, text in cells.items():
            is_long = _is_long(text)
            self._count[is_long] += 1
            named = self._long if is_long else self._broken
            if len(named) < _NAMED:
                named.append(f"{place} in {quote(name)}")
            content.setdefault("faults", {})[name] = (Code.INVALID_TEXT, workbook_cell(text))
        return orjson.dumps(content).decode()

    @property
    def notes(self) -> tuple[str, ...]:
        """Tell which they are."""
        told = (
            (self._count[True], self._long, f"more than {_LONGEST:,} characters"),
            (self._count[False], self._broken, "characters that are none, such as half of one"),
        )
        return tuple(
            f"{count(number, 'cell holds', 'cells hold')} {what}, which no workbook can ({_listed(named, number)}): "
            "it is changed here, and refused if this file is fed again as it is; mend the row in the file that it came "
            "from."
            for number, named, what in told
            if number
        )


def _is_long(text: str) -> bool:
    return len(text.encode("utf-16-le", "surrogatepass")) > 2 * _LONGEST


def _listed(named: Sequence[str], number: int) -> str:
    more = f" and {number - len(named):,} more" if number > len(named) else ""
    return workbook_text("; ".join(named)) + more
