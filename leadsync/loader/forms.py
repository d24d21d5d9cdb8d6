"""What a cell of our own report cannot tell by itself, read back from the report's `leadsync_form` column.

That column holds a JSON object for a row that needs one: `typed`, the cells that were numbers, dates or booleans of a
workbook, by header, and `surplus`, the cells of a row that had more of them than the header.
"""

from collections.abc import Sequence

import orjson

from leadsync.codes import Code
from leadsync.records import Cell, Issue

FORM_COLUMN = "leadsync_form"


def typed_columns(form: str, headers: Sequence[str], row: Sequence[str]) -> list[int]:
    """Give the positions of the cells that still are what a workbook knew them to be; a cell that was edited is not."""
    typed = _read(form).get("typed")
    if not isinstance(typed, dict):
        return []
    return [position for position, header in enumerate(headers) if typed.get(header) == row[position]]


def still_ragged(form: str, cell: Cell) -> Issue | None:
    """Refuse a row that was ragged when it was first read: its cells may stand under the wrong headers."""
    if "surplus" not in _read(form):
        return None
    message = (
        "This row had more or fewer cells than the header when it was first read, so they may stand under the wrong "
        f"headers here: mend it in the file that it came from, or set its cells right and empty {cell}."
    )
    return Issue(Code.RAGGED_ROW, message, cell)


def _read(form: str) -> dict[str, object]:
    try:
        content = orjson.loads(form)
    except orjson.JSONDecodeError:
        return {}
    return content if isinstance(content, dict) else {}
