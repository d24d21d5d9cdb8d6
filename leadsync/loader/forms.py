"""What a cell of our own report cannot tell by itself, read back from the report's `leadsync_form` column.

That column holds a JSON object for a row that needs one: `typed`, the cells that were numbers, dates or booleans of a
workbook, by header; `faults`, the cells that held no value to read, by header, with the code and the text of each; and
`surplus`, the cells of a row that had more of them than the header.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import orjson

from leadsync.codes import Code
from leadsync.records import Cell, Issue

FORM_COLUMN = "leadsync_form"

_CODES = frozenset(Code)


@dataclass(frozen=True, slots=True)
class Form:
    """What our report tells of one row; a cell that was edited since is no longer told of."""

    text: str
    """As it stands in the cell."""
    cell: Cell
    """Where it stands."""
    content: Mapping[str, object] | None
    """None where it cannot be read."""

    @classmethod
    def of(cls, text: str, cell: Cell) -> "Form":
        """Read the JSON of a cell that is not empty."""
        try:
            content = orjson.loads(text)
        except orjson.JSONDecodeError:
            content = None
        return cls(text, cell, content if isinstance(content, dict) else None)

    def typed(self, headers: Sequence[str], row: Sequence[str]) -> list[int]:
        """Give the positions of the cells that still are what a workbook knew them to be."""
        typed = self._told("typed")
        return [position for position, header in enumerate(headers) if typed.get(header) == row[position]]

    def faults(self, headers: Sequence[str], row: Sequence[str]) -> Iterator[tuple[int, Code, str]]:
        """Give the cells that are as faulty as when they were first read: position, code, what to do about each.

        A code that this leadsync does not know, of a newer one, counts as an error value.
        """
        faults = self._told("faults")
        for position, header in enumerate(headers) if faults else ():
            match faults.get(header):
                case [str(code), str(text)] if row[position].strip() == text.strip():
                    known = Code(code) if code in _CODES else Code.ERROR_VALUE
                    yield position, known, self._advice(known, text, is_only=len(faults) == 1)

    def refusal(self) -> tuple[Issue, list[str]] | None:
        """Refuse a row of which some cells may be under the wrong headers, or nobody knows what is wrong with them.

        Gives why, and the row's cells without a header, which keep it refused when it is read from the next report.
        """
        if self.content is None:
            message = (
                f"{self.cell} no longer holds the JSON that leadsync wrote, which tells what is wrong with cells of "
                "this row: copy it from the report again, or set the row's cells right and empty it."
            )
            return Issue(Code.INVALID_JSON, message, self.cell), [self.text]
        if "surplus" not in self.content:
            return None
        message = (
            "This row had more or fewer cells than the header when it was first read, so they may stand under the "
            f"wrong headers here: mend it in the file that it came from, or set its cells right and empty {self.cell}."
        )
        surplus = self.content["surplus"]
        return Issue(Code.RAGGED_ROW, message, self.cell), list(map(str, surplus)) if isinstance(surplus, list) else []

    def _told(self, key: str) -> Mapping[str, object]:
        told = (self.content or {}).get(key)
        return told if isinstance(told, dict) else {}

    def _advice(self, code: Code, text: str, *, is_only: bool) -> str:
        if code is Code.ERROR_VALUE and text.strip():
            return "type its value, or empty the cell"
        meant = "if this is its value" if text.strip() else "if a blank is meant"
        place = f"the cell {FORM_COLUMN} ({self.cell})"
        # Where it tells of more than this fault, to empty it would let another cell be misread.
        is_all = is_only and self.content is not None and len(self.content) == 1
        accept = f"empty {place}" if is_all else f'take its entry out of "faults" in {place}'
        return f"type its value, or {accept} {meant}"
