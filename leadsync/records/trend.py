"""What several runs have in common: how they went, and what fails in them night after night."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from leadsync.codes import Code
from leadsync.records.outcomes import Status


@dataclass(frozen=True, slots=True)
class RunPoint:
    """One run of a trend."""

    run_id: str
    started_at: str
    """RFC 3339, in UTC."""
    sources: tuple[str, ...]
    mapping: str
    kind: str
    """`sync`, `apply` or `undo`."""
    rows_read: int
    statuses: Mapping[Status, int]
    codes: Mapping[Code, int]
    duration_s: float
    requests: int
    retries: int
    exit_code: int | None
    """None where it was killed, or goes on."""
    stopped_because: str | None


@dataclass(frozen=True, slots=True)
class FailingLead:
    """A lead whose rows went wrong in more than one run."""

    lead_id: str
    runs: int
    """In how many runs."""
    code: Code
    """Of the last time."""
    place: str
    """Of the last time: `Leads!17`, or the cells at fault."""
    first_at: str
    """When the first of these runs began; RFC 3339, in UTC."""
    last_at: str


@dataclass(frozen=True, slots=True)
class FailingColumn:
    """A column in whose cells something was wrong in more than one run."""

    column: str
    """Its header."""
    code: Code
    runs: int
    rows: int
    """In all these runs together."""
    last_at: str


@dataclass(frozen=True, slots=True)
class Trend:
    """The runs of some time, the oldest first; what fails, the most frequent first. No trial runs, no sandboxes."""

    since: str
    """RFC 3339, in UTC."""
    until: str
    runs: Sequence[RunPoint]
    leads: Sequence[FailingLead]
    columns: Sequence[FailingColumn]
