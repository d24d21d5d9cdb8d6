"""What is said at a bad cell."""

from collections.abc import Sequence
from typing import Any

from openpyxl.comments import Comment  # type: ignore[import-untyped]  # openpyxl has no types of its own
from openpyxl.comments.comment_sheet import CommentRecord  # type: ignore[import-untyped]  # likewise

from leadsync.codes import CATALOGUE, Code
from leadsync.harmless import workbook_text
from leadsync.quoting import quote
from leadsync.records import Outcome
from leadsync.report.workbook.texts import clipped, told_read

AUTHOR = "leadsync"
MOST = 10_000
"""Comments of a workbook: each is a drawing of its own, and nobody hovers over so many cells."""

_OWN = "\n\n--- leadsync ---\n"
"""Stands between a comment of the user's and ours."""
_WIDTH = 380
_LETTERS = 58
"""About as many fit on a line of that width, in the font that Excel takes for comments."""
_LINE = 17
_MARGIN = 14
_READ = 200
_MESSAGE = 400
_NAMED = 5
"""So many cells at most are named."""
NOT_HERE = "Mend the row in the file that it came from: here nobody can tell which cell belongs to which column."


def comment_text(outcome: Outcome, read: str, formula: str = "") -> str:
    """Tell what was read in a cell, what is wrong with it, and what to do."""
    return _joined(outcome, told_read(outcome.code, read, formula, _READ), outcome.message)


def row_comment_text(outcome: Outcome, surplus: Sequence[str]) -> str:
    """Tell what is wrong with a row that has no cell at fault here; `surplus` are its cells without a header."""
    cells = ", ".join(quote(cell) for cell in surplus[:_NAMED])
    more = " and more" if len(surplus) > _NAMED else ""
    return _joined(outcome, f"Read without a header: {cells}{more}" if surplus else "", outcome.message)


def covered_comment_text(outcome: Outcome, cells: Sequence[str]) -> str:
    """Tell of cells that a merged one covers, at whose corner this stands; `outcome` is that of the first."""
    more = f" and {len(cells) - _NAMED:,} more" if len(cells) > _NAMED else ""
    about = f"About {', '.join(cells[:_NAMED])}{more}, merged with this cell."
    return f"{about}\n{_joined(outcome, '', outcome.message if len(cells) == 1 else '')}"


def _joined(outcome: Outcome, read: str, message: str) -> str:
    entry = CATALOGUE[outcome.code]
    lines = [
        f"{outcome.code}: {entry.meaning}",
        read,
        workbook_text(clipped(message, _MESSAGE)),
        f"What to do: {entry.remedy}",
        NOT_HERE if outcome.code is Code.RAGGED_ROW else "",
    ]
    return "\n".join(line for line in lines if line)


def too_many(cells: int) -> str:
    """Say that not each of so many cells at fault has a comment."""
    return f"Only the first {MOST:,} of {cells:,} cells at fault have a comment; `leadsync_message` tells of every row."


def comment_record(reference: str, text: str) -> CommentRecord:
    """Make the comment of a cell for which there is no object."""
    record = CommentRecord(ref=reference, author=AUTHOR, height=_height(text), width=_WIDTH)
    record.text.t = text
    return record


def put_comment(cell: Any, text: str) -> None:
    """Comment a cell; a comment that is there already stays above ours, with its author."""
    author = AUTHOR
    if cell.comment is not None:
        text, author = f"{cell.comment.text}{_OWN}{text}", cell.comment.author
    cell.comment = Comment(text, author, height=_height(text), width=_WIDTH)


def drop_comment(cell: Any) -> None:
    """Remove what an earlier report said at a cell."""
    if cell.comment.author == AUTHOR:
        cell.comment = None
        return
    kept, cut, _ = cell.comment.text.partition(_OWN)
    if cut:
        cell.comment = Comment(kept, cell.comment.author)


def _height(text: str) -> int:
    lines = sum(len(line) // _LETTERS + 1 for line in text.split("\n"))
    return lines * _LINE + _MARGIN
