"""What a report tells of its run besides the rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from leadsync.records import Example, Summary, Timeline


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A value that a run changed in Keen, or would change."""

    place: str
    """`Leads!17`."""
    lead_id: str
    field: str
    """The standard field, or the name of the property."""
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class FieldChanges:
    """What was there before, and what came in its place, as far as leads were looked at before their updates."""

    counts: Mapping[str, int] = field(default_factory=dict)
    """Values by field, the most frequent first; empty where no lead was looked at."""
    shown: Sequence[FieldChange] = ()
    """The first of them."""


@dataclass(frozen=True, slots=True)
class About:
    """A run, as the summary sheet and the page tell of it."""

    summary: Summary
    examples: Sequence[Example]
    """Each status and code with its count and its first row."""
    kind: str = "sync"
    """`sync`, `plan`, `apply`, `undo`, or `check`, which is no run and has no id."""
    who: str = ""
    base_url: str = ""
    is_rehearsal: bool = False
    undoes: str = ""
    """The id of the run that it undoes."""
    resume: str = ""
    """The command that goes on with the run; empty where none does."""
    timelines: Sequence[Timeline] = ()
    """Of its sessions; a session that was killed has none."""
    changes: FieldChanges = FieldChanges()
    files: Sequence[str] = ()
    """The names of the report's files."""
    selection: str = ""
    """Which rows of the run the report is about, in a sentence; empty where it is about all."""


@dataclass(frozen=True, slots=True)
class Original:
    """The workbook (.xlsx or .xlsm) that is a run's only source, as the run read it."""

    path: Path
    """Where it can be opened; its bytes are those that were read."""
    name: str
    """As the user named it."""
    sheet: str
    """The title of the sheet that was read."""
    header_row: int = 1
    """The number of its header's row."""
