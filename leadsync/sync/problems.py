"""What translated rows come to, counted: how many can be sent, and what is wrong in which column."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from leadsync.codes import Code
from leadsync.mapping import CLEARED, cleared_rows
from leadsync.records import Cell, Chunk, Translation

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
    unchanged: int = 0
    """Rows that need not be sent, as Keen acknowledged every value earlier."""
    clearing: list[str] = field(default_factory=list)
    """The first of them, each with what it clears."""
    outside: int = 0
    """Rows below the table, as the mapping has it, that name a lead."""
    outside_rows: list[str] = field(default_factory=list)
    """The first of them."""
    has_forms: bool = False
    """Some cells are more than text, hold no value to read, or stand under no header."""
    protected: frozenset[str] = frozenset()
    """The targets whose values are never cleared, whatever the rows say."""
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
        self._count_cleared(translation)
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
        self.clearing = [*self.clearing, *other.clearing][:_SHOWN]
        self.outside += other.outside
        self.outside_rows = [*self.outside_rows, *other.outside_rows][:_SHOWN]
        self.has_forms = self.has_forms or other.has_forms
        for key, problem in other.found.items():
            mine = self.found.setdefault(key, Problem(problem.code, problem.column, problem.message))
            self._count(mine, problem.count, problem.places)

    def _count_cleared(self, translation: Translation) -> None:
        columns = {target: of for target, of in translation.columns.items() if target.name not in self.protected}
        translation = replace(translation, columns=columns)
        cleared = cleared_rows(translation)
        self.cleared += cleared
        rows = translation.sendable() if cleared and len(self.clearing) < _SHOWN else ()
        for row in rows:
            names = [target.name for target, values in translation.columns.items() if values[row] == CLEARED]
            if names and len(self.clearing) < _SHOWN:
                self.clearing.append(f"{translation.chunk.row(row)}: {', '.join(names)}")

    def add_outside(self, chunk: Chunk, leads: Sequence[str]) -> None:
        """Count the rows of a chunk that stand below the table; `leads` are those that its rows name."""
        rows = [row for row, issue in chunk.left_out.items() if issue.code is Code.BELOW_TABLE and leads[row]]
        self.outside += len(rows)
        self.outside_rows = [*self.outside_rows, *(str(chunk.row(row)) for row in rows)][:_SHOWN]

    @staticmethod
    def _count(problem: Problem, more: int, places: Iterable[str]) -> None:
        problem.count += more
        problem.places = [*problem.places, *places][:_SHOWN] if len(problem.places) < _SHOWN else problem.places


def _column(translation: Translation, cell: Cell | None) -> str:
    return translation.chunk.header(cell) if cell else ""
