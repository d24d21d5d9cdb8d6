"""Characters in a cell that nobody sees, and that make two texts differ which look alike."""

from collections.abc import Iterable

from leadsync.characters import C1
from leadsync.characters import unseen as first_unseen
from leadsync.codes import Code
from leadsync.damage.cells import Cells
from leadsync.damage.columns import Column
from leadsync.damage.detector import Detector, Verdict
from leadsync.damage.garbled import read_again
from leadsync.damage.words import named
from leadsync.quoting import quote

_CERTAINTY = 0.95
_FIRST_BYTES = (b"\xc2", b"\xe2", b"\xef")
_HALVES = str.maketrans(dict.fromkeys(C1))
"""Garbled letters may hold these, which is told as such."""


def unseen(text: str) -> str | None:
    """Give the first character of a text that nobody sees and that does not belong there, nor to a garbled letter."""
    found = first_unseen(text)
    return first_unseen(text.translate(_HALVES)) if found and found in C1 and read_again(text) else found


class InvisibleCharacters(Detector):
    """Stands from one cell on. Confidence: 0.95."""

    code = Code.INVISIBLE_CHARACTERS

    def __init__(self, column: Column) -> None:
        super().__init__(column)
        self._example = ""

    def examine(self, cells: Cells) -> None:
        """Look at the cells one by one where their bytes tell of control characters, or may tell of others."""
        breaks = sum(map(cells.joined.count, "\t\n\r")) if cells.controls else 0
        rows: Iterable[int] = range(len(cells.raw))
        if (
            cells.controls == breaks
            and "\x7f" not in cells.joined
            and (cells.is_ascii or not cells.may_hold(_FIRST_BYTES))
        ):
            rows = cells.trimmed
        rows = [row for row in rows if cells.is_filled[row] and unseen(cells.raw[row])]
        if rows and not self._example:
            self._example = named(unseen(cells.raw[rows[0]]) or "")
        self.suspects.add(cells, rows)

    def verdict(self) -> Verdict | None:
        """Tell of any."""
        if not self.suspects.count:
            return None
        what = (
            f"hold characters that nobody sees, such as {self._example}, so that they differ from what they look like. "
            "Say `transform: clean` in the mapping, or type the cells again."
        )
        return Verdict(self.suspects, _CERTAINTY, what)


def explain(text: str) -> str:
    """Say of one cell what it holds."""
    character = unseen(text)
    held = named(character) if character else "characters"
    what = f"holds {held}, which nobody sees"
    return f"{quote(text)} {what}. Say `transform: clean` in the mapping, or type the cell again."
