"""What was seen of a run that was killed and resumed until it ended."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kill.scenarios import Line, Scenario

FINAL = frozenset({"updated", "unchanged", "skipped", "invalid", "rejected"})
KILLED = -9


@dataclass(frozen=True, slots=True)
class Sent:
    """An update of a row that arrived at the sandbox."""

    row: int
    lead: str
    session: int
    applied_as: int | None
    """Its place in the order in which updates were carried out; None where it was not."""
    was_acknowledged: bool
    """It was answered with 200, whether or not somebody was left to hear it."""


@dataclass(frozen=True, slots=True)
class Session:
    """A process: `sync`, or `resume`."""

    command: str
    kill: str
    """What it was meant to be killed at; empty for nothing."""
    exit_code: int
    statuses: Mapping[int, str]
    """By position: what was on the disk when it had ended."""
    has_begun: bool
    """The journal knows of the run."""
    has_finished: bool
    """The journal knows how the run ended."""
    had_hot_journal: bool
    """It died within a commit, and what was written of it has to be undone."""
    integrity: str
    """What `PRAGMA integrity_check` says of the journal."""
    report_is_whole: bool
    """Files of the report are there whole or not at all, and summary.json only beside results.csv."""
    said: str

    @property
    def was_killed(self) -> bool:
        """Tell whether it was killed."""
        return self.exit_code == KILLED


@dataclass(slots=True)
class Run:
    """A run, from its first process to the one that ended by itself."""

    scenario: Scenario
    lines: Sequence[Line]
    folder: Path
    story: str
    """How to do it again."""
    sessions: list[Session] = field(default_factory=list)
    sent: list[Sent] = field(default_factory=list)
    """In the order of their arrival."""
    values: dict[str, str] = field(default_factory=dict)
    """By lead: the notes that Keen holds in the end."""
    uninterrupted: Path = Path()
    """results.csv of the same file without kills."""

    @property
    def state_dir(self) -> Path:
        """Give the state folder."""
        return self.folder / "state"

    @property
    def kills(self) -> list[Session]:
        """Give the sessions that were killed."""
        return [session for session in self.sessions if session.was_killed]

    def report(self, name: str) -> Path:
        """Give the path of a file of the report."""
        found = self._reports(name)
        assert len(found) == 1, f"There are {len(found)} files {name}. {self}"
        return found[0]

    def report_is_whole(self) -> bool:
        """Tell whether the files of the report are there whole or not at all, and summary.json not without the rest."""
        for results in self._reports("results.csv"):
            if len(results.read_text(encoding="utf-8").splitlines()) != 1 + len(self.lines):
                return False
        for summary in self._reports("summary.json"):
            read = json.loads(summary.read_text(encoding="utf-8"))["rows_read"]
            if read != len(self.lines) or not self._reports("results.csv") or not self._reports("retry.csv"):
                return False
        return True

    def _reports(self, name: str) -> list[Path]:
        folder = "report" if self.scenario.has_report_dir else "state/runs/*"
        return list(self.folder.glob(f"{folder}/{name}"))

    def sent_again(self, killed: int) -> set[int]:
        """Give the rows that were acknowledged in a session, and carried out again after it was killed."""
        acknowledged = {sent.row for sent in self.sent if sent.session == killed and sent.was_acknowledged}
        return acknowledged & {s.row for s in self.sent if s.session > killed and s.applied_as is not None}

    def __str__(self) -> str:
        told = [f"  {s.command}: {s.kill or 'no kill'} -> {s.exit_code} {s.said}" for s in self.sessions]
        return "\n".join([f"{self.scenario.name} in {self.folder}; {self.story}", *told])
