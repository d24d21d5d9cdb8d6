"""The check of a file: everything of a run that needs no Keen; read, translate, count."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from leadsync.codes import Code
from leadsync.records import Cell, Issue, Translation
from leadsync.sync.job import Tally
from leadsync.sync.prepare import Work
from leadsync.sync.translations import translations

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


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check found."""

    rows_read: int
    sendable: int
    skipped: int
    invalid: int
    problems: Sequence[Problem]
    """The most frequent first."""

    @property
    def exit_code(self) -> int:
        """Give 0 where every row is sendable or skipped, else 1."""
        return 1 if self.invalid else 0


def check(work: Work, tally: Tally) -> CheckResult:
    """Read and translate the sources of a job, sending nothing and asking Keen nothing.

    Raises SourceError where a source cannot be read to its end.
    """
    problems: dict[tuple[Code, str], Problem] = {}
    counts: Counter[str] = Counter()
    tally.rows_expected = work.sources.estimate_rows()
    for translation in translations(work):
        counts["invalid"] += len(translation.issues)
        counts["skipped"] += len(translation.skipped.keys() - translation.issues.keys())
        tally.rows_read += len(translation.chunk)
        _collect(translation, problems)
    read, invalid, skipped = tally.rows_read, counts["invalid"], counts["skipped"]
    found = sorted(problems.values(), key=lambda problem: -problem.count)
    return CheckResult(read, read - invalid - skipped, skipped, invalid, found)


def _collect(translation: Translation, problems: dict[tuple[Code, str], Problem]) -> None:
    for row, issues in translation.issues.items():
        for issue in issues:
            column = _column(translation, issue.cell)
            problem = problems.setdefault((issue.code, column), Problem(issue.code, column, issue.message))
            problem.count += 1
            if len(problem.places) < _SHOWN:
                problem.places.append(_place(translation, row, issue))


def _place(translation: Translation, row: int, issue: Issue) -> str:
    return str(issue.cell or translation.chunk.row(row))


def _column(translation: Translation, cell: Cell | None) -> str:
    return translation.chunk.header(cell) if cell else ""
