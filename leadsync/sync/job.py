"""What a run is asked to do, how it is watched and stopped while it runs, and what comes out."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from leadsync.errors import StopRunError
from leadsync.identity import fingerprint
from leadsync.keen.options import ClientOptions
from leadsync.records import Example, Outcome, Status, Summary
from leadsync.report.formats import TABLES, Formats


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read."""

    name: str
    """As the user named it; `-` is standard input."""
    at: Path | None = None
    """Where it lies, if not where its name says."""
    was_piped: bool = False
    """`at` is a copy that was kept of a pipe."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What is read."""

    sources: Sequence[SourceFile]
    mapping: Path
    sheet: str | None = None
    """Name or number (from 1) of the sheet; None: what the mapping says."""
    encoding: str | None = None
    """Of CSV sources; None: what the mapping says."""
    limit: int | None = None
    """Rows that are read at most."""
    mapping_name: str = ""
    """The mapping as the user named it, if not as its path."""


@dataclass(frozen=True, slots=True)
class MaxFailures:
    """How many rows may go wrong before a run is stopped: a number, or a share of the rows read."""

    number: int = 0
    share: float | None = None
    """From the first 100 rows on; between 0 and 1."""

    _FEW = 100

    def are_exceeded_by(self, failures: int, rows: int) -> bool:
        """Tell whether so many failures among the rows that were read are too many."""
        if self.share is None:
            return failures > self.number
        return rows >= self._FEW and failures > self.share * rows

    def __str__(self) -> str:
        return f"{self.number:,}" if self.share is None else f"{self.share * 100:g}% of the rows"


@dataclass(frozen=True, slots=True)
class Job:
    """How a run is done."""

    state_dir: Path
    client: ClientOptions | None
    """How to reach Keen; None only for a dry run without a key, which asks Keen nothing."""
    report_dir: Path | None = None
    """None: the run's own folder under the state folder."""
    dry_run: bool = False
    rehearsal: bool = False
    """Against an embedded sandbox."""
    max_failures: MaxFailures | None = None
    metrics_file: Path | None = None
    agreed: bool = False
    """Somebody has agreed beforehand to what a guard would ask about."""
    full: bool = False
    """Rows are sent that Keen acknowledged as they are, too."""
    keeps_before: bool = False
    """Each lead's values from before are kept, so that the run can be undone."""
    looks_only: bool = False
    """Leads are read and compared, and nothing is sent: a plan."""
    canary: int = 0
    """The first updates, so many, are read back before the run goes on."""
    formats: Formats = TABLES
    """The files of its report."""
    in_state: str = ""
    """The option with which a command finds the state folder; empty where it looks there without being told."""
    run_id: str = ""
    """Given where something of the run was kept under it before it began."""

    @property
    def company(self) -> tuple[str, str] | None:
        """Give the address of Keen and the fingerprint of the key: whose ledger it is.

        None where nobody knows, and against an embedded sandbox, which forgets everything.
        """
        if self.client is None or self.rehearsal:
            return None
        return self.client.base_url, fingerprint(self.client.api_key.get_secret_value())


@dataclass(slots=True)
class Tally:
    """How far a run is; a display reads it while it runs."""

    rows_inspected: int = 0
    """Rows looked at before the first is sent."""
    rows_read: int = 0
    rows_expected: int | None = None
    """An estimate; None where nobody can know."""
    statuses: Counter[Status] = field(default_factory=Counter)
    """Of the rows whose outcomes are on the disk."""
    note: Callable[[], str] = str
    """Tells what holds the run up at the moment, in a few words; empty where nothing does."""

    def committed(self, outcomes: Sequence[Outcome]) -> None:
        """Count outcomes that are on the disk."""
        self.statuses.update(outcome.status for outcome in outcomes)

    def unchanged(self, rows: int) -> None:
        """Count rows that Keen acknowledged earlier, once they are on the disk."""
        self.statuses[Status.UNCHANGED] += rows


class Control:
    """The handle by which whoever started a run watches it and stops it, from the thread of its event loop."""

    def __init__(self) -> None:
        self.tally = Tally()
        self.reason: StopRunError | None = None
        """Why the run was told to stop."""
        self.wants_all = False
        """Whatever is wrong with any row is to be counted, and not only told of each row."""
        self.agrees: Callable[[str], bool] = lambda _: False
        """Asks a person about what a guard has found, in a thread of its own; nobody there does not agree."""
        self._stop: Callable[[StopRunError], None] = lambda _: None
        self._abandon: Callable[[], None] = lambda: None

    def attach(self, stop: Callable[[StopRunError], None], abandon: Callable[[], None]) -> None:
        """Name what stops the sending, and what gives up waiting for the answers in flight."""
        self._stop, self._abandon = stop, abandon
        if self.reason:
            stop(self.reason)

    def stop(self, reason: StopRunError) -> None:
        """End the run: what is in flight is finished and the rest is `not_sent`; told twice, it waits no longer."""
        if self.reason:
            self._abandon()
        else:
            self.reason = reason
            self._stop(reason)


@dataclass(frozen=True, slots=True)
class RunResult:
    """What became of a run, and where its report is."""

    summary: Summary
    examples: Sequence[Example]
    report_dir: Path
    state_dir: Path
    number: int
    """Of the run, in the journal."""
    is_whole: bool
    """Every row was read and answered; that a trial told of a guard which would stop a run is no hindrance."""
    warning: str = ""
    """What a run that sends would ask about before its first row, where this one only looks."""
