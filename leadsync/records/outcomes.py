"""What became of the rows: one outcome each, and all of them in numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from leadsync.codes import Code
from leadsync.records.source import Chunk, Level


class Status(StrEnum):
    """What became of a row (DESIGN section 5); every row read ends in exactly one."""

    UPDATED = "updated"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    INVALID = "invalid"
    REJECTED = "rejected"
    FAILED = "failed"
    UNKNOWN = "unknown"
    NOT_SENT = "not_sent"


BAD = frozenset({Status.INVALID, Status.REJECTED, Status.FAILED, Status.UNKNOWN})
"""The statuses of rows that need a look: a run with such rows exits with 1."""

OPEN = frozenset({Status.NOT_SENT, Status.FAILED, Status.UNKNOWN})
"""The statuses that are not final: a run that is resumed sends such rows again, and no others."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one row."""

    position: int
    status: Status
    code: Code
    message: str
    lead_id: str = ""
    cell: str = ""
    """The cells at fault, such as `Leads!F17`; several are separated by a comma and a blank."""
    http_status: int | None = None
    attempts: int = 0
    digest: int = 0
    """That of the update, where Keen has answered it; else 0."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A chunk with the outcome of each of its rows, in their order; None for a row that has none yet."""

    chunk: Chunk
    outcomes: Sequence[Outcome | None]
    leads: Sequence[str] = ()
    """The leads of rows that share one outcome, which names none and has no position: the unchanged ones. Empty where
    no row does."""

    def lead(self, row: int) -> str:
        """Give the UUID of a row's lead, as far as it is known."""
        outcome = self.outcomes[row]
        named = outcome.lead_id if outcome else ""
        return named or (self.leads[row] if self.leads and outcome and outcome.status is Status.UNCHANGED else "")


@dataclass(frozen=True, slots=True)
class Example:
    """One row that stands for all with its code."""

    status: Status
    code: Code
    count: int
    message: str
    place: str
    """`Leads!17`, or the cell at fault."""


@dataclass(frozen=True, slots=True)
class Damage:
    """What has happened to a column on its way into the source, found before anything was sent."""

    code: Code
    level: Level
    column: str
    """The column's header."""
    count: int
    """The cells that are concerned."""
    confidence: float
    """From 0 to 1."""
    cells: tuple[str, ...]
    """The first of them, such as `Leads!F17`."""
    message: str


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What became of the problems of an earlier run, a report of which was fed again."""

    run_id: str
    """Of the earlier run."""
    rows: int
    """Rows of it that were in what was fed."""
    problems: int
    """Those of them that had to be repaired or repeated then."""
    became: Mapping[Status, int]
    """What became of these problems now."""
    left_out: int | None
    """Problems of the earlier run that were not in what was fed; None where this journal knows nothing of it."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What became of a run: the content of `summary.json` (DESIGN section 7)."""

    run_id: str
    sources: tuple[str, ...]
    mapping: str
    started_at: str
    """RFC 3339, in UTC."""
    finished_at: str
    duration_s: float
    rows_read: int
    statuses: Mapping[Status, int]
    codes: Mapping[Code, int]
    requests: int
    retries: int
    exit_code: int
    unaccounted: int
    """Rows read that have no outcome: 0, or there is a fault in leadsync."""
    stopped_because: str | None
    dry_run: bool = False
    times_slowed: int = 0
    """How often the pace fell below the set rate because Keen pushed back."""
    slowest: float | None = None
    """The lowest pace in requests per second; None where it never fell."""
    slowed_because: str = ""
    """Why it fell last."""
    damages: tuple[Damage, ...] = ()
    """What was found in the source before anything was sent, the errors first."""
    hidden_rows: int = 0
    """Rows read that their sheet does not show."""
    hidden_are_skipped: bool = False
    """The mapping says so; else they are sent like all others."""
    cleared_rows: int = 0
    """Rows to be sent that clear a value in Keen."""
    read_as: tuple[str, ...] = ()
    """What was not declared of the source and found out, a sentence each: encoding, delimiter, sheet, number marks."""
    fed_from: tuple[FollowUp, ...] = ()
    """The runs whose reports were fed again."""
    workbook_notes: tuple[str, ...] = ()
    """What `results.xlsx` does not have of the source's own workbook, or of its rows; a sentence each."""

    @property
    def can_be_resumed(self) -> bool:
        """Tell whether rows are left that a run would send again."""
        return not self.dry_run and any(self.statuses.get(status) for status in OPEN)
