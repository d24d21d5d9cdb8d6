"""What translated rows come to, counted: how many can be sent, and what is wrong in which column."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from leadsync.codes import Code
from leadsync.mapping import cleared_rows
from leadsync.records import Cell, Translation

_SHOWN = 3


@dataclass(slots=True)
class Problem:
    """What is wrong in one column, with one code."""

    code: Code
    column: str
    """The column's header; empty where the whole row is at fault."""
    message: str
    """The sentence of the first one."""
    count: int = 0
    places: list[str] = field(default_factory=list)
    """The first cells, such as `Leads!F17`."""


@dataclass(slots=True)
class Count:
    """How many rows there are of each kind, and what is wrong with them."""

    rows: int = 0
    invalid: int = 0
    skipped: int = 0
    hidden: int = 0
    """Rows that their sheet does not show, whatever becomes of them."""
    cleared: int = 0
    """Rows to be sent that clear a value in Keen."""
    has_forms: bool = False
    """Some cells are more than text, hold no value to read, or stand under no header."""
    found: dict[tuple[Code, str], Problem] = field(default_factory=dict)

    @property
    def sendable(self) -> int:
        """Give the number of rows that are to be sent."""
        return self.rows - self.invalid - self.skipped

    @property
    def problems(self) -> list[Problem]:
        """Give what is wrong, the most frequent first."""
        return sorted(self.found.values(), key=lambda problem: -problem.count)

    def add(self, translation: Translation) -> None:
        """Count the rows of a chunk."""
        chunk = translation.chunk
        self.rows += len(chunk)
        self.hidden += len(chunk.hidden)
        self.invalid += len(translation.issues)
        self.skipped += len(translation.skipped.keys() - translation.issues.keys())
        self.cleared += cleared_rows(translation)
        self.has_forms = self.has_forms or bool(chunk.typed or chunk.surplus or chunk.faults)
        for row, issues in translation.issues.items():
            for issue in issues:
                column = _column(translation, issue.cell)
                problem = self.found.setdefault((issue.code, column), Problem(issue.code, column, issue.message))
                self._count(problem, 1, [str(issue.cell or chunk.row(row))])

    def merge(self, other: "Count") -> None:
        """Add what was counted of the rows behind these."""
        self.rows += other.rows
        self.invalid += other.invalid
        self.skipped += other.skipped
        self.hidden += other.hidden
        self.cleared += other.cleared
        self.has_forms = self.has_forms or other.has_forms
        for key, problem in other.found.items():
            mine = self.found.setdefault(key, Problem(problem.code, problem.column, problem.message))
            self._count(mine, problem.count, problem.places)

    @staticmethod
    def _count(problem: Problem, more: int, places: Iterable[str]) -> None:
        problem.count += more
        problem.places = [*problem.places, *places][:_SHOWN] if len(problem.places) < _SHOWN else problem.places


def _column(translation: Translation, cell: Cell | None) -> str:
    return translation.chunk.header(cell) if cell else ""
