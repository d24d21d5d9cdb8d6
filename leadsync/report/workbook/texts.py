"""Wordings and links that the sheets and the comments of a workbook share."""

import re

from leadsync.codes import Code
from leadsync.quoting import quote

NO_VALUE = frozenset({Code.NOT_CALCULATED, Code.ERROR_VALUE, Code.MERGED_CELL})
"""Codes of cells that show no value though they are not blank: a formula stands there, or another cell lies over it."""

_CODE = re.compile(r"`([^`\n]+)`")


def plain(text: str) -> str:
    """Take the backticks off a text of ours: a workbook shows them as they are."""
    return _CODE.sub(r"\1", text)


def clipped(text: str, limit: int) -> str:
    """Cut a text that is longer."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def told_read(code: Code, text: str, formula: str, limit: int) -> str:
    """Say what was read in a cell; `formula` is the one that stands there, as far as it is known."""
    if text:
        return f"Read: {quote(text, limit)}"
    if code not in NO_VALUE:
        return "The cell is blank."
    return f"It holds {quote(formula, limit)} and shows no value." if formula else "It shows no value."


def link_to(title: str, address: str) -> str:
    """Give the place of a cell as a link names it."""
    quoted = title.replace("'", "''")
    return f"'{quoted}'!{address}"
