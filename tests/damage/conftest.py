"""Columns of text, cut into chunks and looked at."""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import pytest

from leadsync.codes import Code
from leadsync.damage import Finding, Inspector, Role, Watched, issue_of
from leadsync.records import Chunk, Issue, Level


def lead_id(number: int) -> str:
    """Give the UUID of a made-up lead."""
    return f"10000000-0000-4000-8000-{number:012d}"


@dataclass
class Sheet:
    """A sheet whose column A holds the leads, and column B the cells that a test is about."""

    cells: Sequence[str]
    header: str = "Notes"
    roles: AbstractSet[Role] = frozenset({Role.TEXT})
    leads: Sequence[str] | None = None
    typed: AbstractSet[int] = frozenset()
    faults: AbstractSet[int] = frozenset()
    fault: Code = Code.ERROR_VALUE
    """The code of the faults."""
    left_out: AbstractSet[int] = frozenset()
    ragged: AbstractSet[int] = frozenset()
    levels: Mapping[Code, Level] = field(default_factory=dict)
    first: int = 0
    """The position in the run of the first row."""
    numbers: Sequence[int] | None = None

    def chunks(self, size: int = 2000) -> list[Chunk]:
        """Cut the sheet into chunks; its first row is row 2."""
        return [self._chunk(start, min(start + size, len(self.cells))) for start in range(0, len(self.cells), size)]

    def findings(self, size: int = 2000) -> list[Finding]:
        """Look at all chunks."""
        watched = [
            Watched(0, "Lead ID", frozenset({Role.LEAD})),
            Watched(1, self.header, frozenset(self.roles)),
        ]
        inspector = Inspector(watched, self.levels)
        for chunk in self.chunks(size):
            inspector.look(chunk, chunk.column(0))
        return inspector.findings()

    def finding(self, code: Code) -> Finding:
        """Give the one finding of a kind; there must be no other."""
        (found,) = self.findings()
        assert found.code is code
        return found

    def rows(self, code: Code) -> list[int]:
        """Give the rows of the one finding, from 0."""
        return self.finding(code).rows.within(self.first, len(self.cells))

    def issue(self, row: int) -> Issue:
        """Give what is said of a row that the one finding refuses."""
        (found,) = self.findings()
        (chunk,) = self.chunks(len(self.cells))
        return issue_of(found, chunk, row)

    def _chunk(self, start: int, stop: int) -> Chunk:
        leads = self.leads or [lead_id(number) for number in range(len(self.cells))]
        frame = pd.DataFrame({0: leads[start:stop], 1: list(self.cells[start:stop])}, dtype=object)
        numbers = self.numbers or range(2, 2 + len(self.cells))

        def issues(rows: AbstractSet[int], code: Code) -> dict[int, Issue]:
            return {row - start: Issue(code, "Not looked at.") for row in rows if start <= row < stop}

        return Chunk(
            "leads.csv",
            "Leads",
            ("Lead ID", self.header),
            self.first + start,
            numbers[start:stop],
            frame,
            issues=issues(self.ragged, Code.RAGGED_ROW),
            typed={1: frozenset(row - start for row in self.typed if start <= row < stop)},
            faults={1: issues(self.faults, self.fault)},
            left_out=issues(self.left_out, Code.BELOW_TABLE),
        )


@pytest.fixture
def sheet() -> Callable[..., Sheet]:
    """Make sheets: `sheet(cells, header, role, …)`."""

    def make(cells: Sequence[str], header: str = "Notes", *roles: str, **more: Any) -> Sheet:
        return Sheet(cells, header, frozenset(map(Role, roles or ("text",))), **more)

    return make


@pytest.fixture
def random() -> np.random.Generator:
    """Give numbers that are the same in every run."""
    return np.random.default_rng(7)
