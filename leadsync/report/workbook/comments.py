"""What is said at a bad cell."""

from typing import Any

from openpyxl.comments import Comment  # type: ignore[import-untyped]  # openpyxl has no types of its own
from openpyxl.comments.comment_sheet import CommentRecord  # type: ignore[import-untyped]  # likewise

from leadsync.codes import CATALOGUE
from leadsync.harmless import workbook_text
from leadsync.quoting import quote
from leadsync.records import Outcome

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


def comment_text(outcome: Outcome, read: str) -> str:
    """Tell what was read in a cell, what is wrong with it, and what to do."""
    entry = CATALOGUE[outcome.code]
    lines = [
        f"{outcome.code}: {entry.meaning}",
        f"Read: {quote(read, _READ)}" if read else "The cell is blank.",
        workbook_text(_clipped(outcome.message, _MESSAGE)),
        f"What to do: {entry.remedy}",
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


def _clipped(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
