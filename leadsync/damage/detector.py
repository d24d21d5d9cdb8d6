"""What all detectors have in common: they look at one column, chunk by chunk, and tell at the end what they found."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np

from leadsync.codes import Code
from leadsync.damage.cells import Cells
from leadsync.damage.columns import Column
from leadsync.damage.rows import Rows, RowSet

_SHOWN = 3
"""Cells that a sentence names."""

BY_ROLE, BY_HEADER = 0.95, 0.8
"""How sure a finding is that a single cell proves, where the mapping or only the header says what its column holds."""


class Suspects:
    """Cells that may be damaged: their rows, their number, and the places of the first."""

    def __init__(self) -> None:
        self.rows = RowSet()
        self.count = 0
        self.first: list[tuple[int, str]] = []
        """The first three: their positions in the run, and their places."""

    @property
    def cells(self) -> tuple[str, ...]:
        """Give the places of the first three, such as `Leads!F17`."""
        return tuple(place for _, place in self.first)

    def add(self, cells: Cells, rows: Sequence[int] | Rows) -> None:
        """Add cells by their rows in the chunk, which ascend; chunks come in their order."""
        if not len(rows):
            return
        chunk = cells.chunk
        self.count += len(rows)
        self.rows.add(np.asarray(rows) + chunk.first)
        for row in map(int, rows[: _SHOWN - len(self.first)]):
            self.first.append((chunk.first + row, str(chunk.cell(row, cells.position))))

    @classmethod
    def joined(cls, parts: Sequence[Self]) -> Self:
        """Give the suspects of all parts, which have no row in common."""
        whole = cls()
        for part in parts:
            whole.rows.update(part.rows)
            whole.count += part.count
            whole.first = sorted([*whole.first, *part.first])[:_SHOWN]
        return whole


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a detector says at the end."""

    suspects: Suspects
    confidence: float
    """From 0 to 1; each detector tells how it comes by it."""
    what: str
    """The end of a sentence that begins with the number of cells, and the sentence of what to do."""


class Detector(ABC):
    """Looks for one kind of damage in one column."""

    code: ClassVar[Code]

    def __init__(self, column: Column) -> None:
        self.column = column
        self.suspects = Suspects()
        self.filled = 0
        """The cells so far that are not blank."""
        self.named = 0
        """The rows that name a lead, in all of the source; told before the verdict is asked for."""

    @classmethod
    def is_for(cls, column: Column) -> bool:  # noqa: ARG003  # most kinds can be found in any column
        """Tell whether the kind of damage can be found in a column."""
        return True

    def look(self, cells: Cells) -> None:
        """Look at the next cells of the column."""
        self.filled += cells.filled
        if cells.filled:
            self.examine(cells)

    @abstractmethod
    def examine(self, cells: Cells) -> None:
        """Find suspects and evidence among cells, not all of which are blank."""

    @abstractmethod
    def verdict(self) -> Verdict | None:
        """Decide, all cells seen; None where there is nothing to tell."""

    @property
    def certainty(self) -> float:
        """Give how sure a finding is that a single cell proves."""
        return BY_ROLE if self.column.is_key_by_role else BY_HEADER
