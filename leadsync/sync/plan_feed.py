"""Rows from a plan: each value goes where Keen still holds what it held when the plan was made."""

import hashlib
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from leadsync.codes import Code
from leadsync.errors import SettingsError, SourceError
from leadsync.files import printable
from leadsync.journal import RunHead, RunRecord, SourceHead
from leadsync.keen.client import KeenClient
from leadsync.plan import PlanHead, PlannedRow, check_plan, read_head, read_plan
from leadsync.records import Condition, Issue, Policy, Summary, Translation, Update
from leadsync.sync.begin import of_job, timestamp
from leadsync.sync.feed import Setting
from leadsync.sync.guards import Guard, Profile
from leadsync.sync.introduce import ask_channels
from leadsync.sync.job import Job

_NOTHING = Issue(Code.NOTHING_TO_UPDATE, "The plan changes nothing in this row.")


class PlanFeed:
    """Gives a run the rows of a plan (see `feed.Feed`); raises SourceError where the file is none."""

    def __init__(self, path: Path, name: str = "") -> None:
        self._path = path
        self._name = name or printable(path)
        self.plan: PlanHead = read_head(path)
        self._sha256 = self.sha256()
        self._coming: dict[int, Sequence[PlannedRow]] = {}
        """The planned rows of the chunks under way, by the position of their first."""

    @property
    def paths(self) -> Sequence[Path]:
        """Give where the plan lies."""
        return [self._path]

    @property
    def is_legacy(self) -> bool:
        """Tell that a plan knows the UUIDs of its leads."""
        return False

    @property
    def names(self) -> Mapping[str, str]:
        """Give the properties' names, by id."""
        return self.plan.names

    @property
    def repeated(self) -> Container[str]:
        """Give nothing: each row of a plan knows what the rows before it leave in the lead."""
        return ()

    @property
    def is_agreed(self) -> bool:
        """Tell that whoever applies a plan has seen it."""
        return True

    def must_be_for(self, job: Job) -> None:
        """Raise SettingsError where the plan was made with another key, or at another address."""
        if job.company and job.company != (self.plan.base_url, self.plan.key_print):
            what = "at another address" if job.company[0] != self.plan.base_url else "with another API key"
            raise SettingsError(
                f"{self._name} was made {what} ({self.plan.base_url}), so nothing was sent: set the one of then, or "
                "make a new plan."
            )

    def sha256(self) -> str:
        """Give the SHA-256 of the file; raises SourceError."""
        try:
            with self._path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise SourceError(f"The plan {self._name} cannot be read ({error.strerror}).") from error

    async def introduce(self, client: KeenClient) -> None:
        """Ask for the channels, which is what finds out a wrong key or address."""
        await ask_channels(client)

    def look(self, setting: Setting) -> bool:
        """Read the plan to its end; raises SourceError where it is not as it was written, or as it was opened."""
        self._must_be_as_opened()
        setting.control.tally.rows_inspected = check_plan(self._path).rows
        return True

    def _must_be_as_opened(self) -> None:
        if self.sha256() != self._sha256:
            raise SourceError(f"The plan {self._name} was changed meanwhile: run again.")

    def guards(self, runs: Sequence[RunRecord], head: RunHead) -> list[Guard]:
        """Give nothing: a plan is what somebody has agreed to."""
        del runs, head
        return []

    def agree(self) -> None:
        """Do nothing: see `guards`."""

    def profile(self, head: RunHead) -> Profile | None:
        """Give nothing: a plan has only the rows that change something."""
        del head
        return None

    def head(self, job: Job, run_id: str, follows: str | None) -> RunHead:
        """Take down what a run begins with."""
        return RunHead(
            id=run_id,
            started_at=timestamp(),
            sources=(SourceHead(self._name, str(self._path.absolute()), self._sha256),),
            mapping=self.plan.mapping,
            mapping_path="",
            mapping_sha256="",
            follows=follows,
            kind=self.plan.kind,
            undoes=self.plan.undoes,
            names=dict(self.names),
            **of_job(job),
        )

    def kept(self) -> bytes | None:
        """Give nothing: all that was found stands in the plan."""
        return None

    def estimate_rows(self) -> int | None:
        """Give the number of rows."""
        return self.plan.rows

    def translations(self, final: bytes | bytearray, *, all_rows: bool) -> Iterator[Translation]:
        """Give the rows; those that the plan only has something to say of are skipped."""
        del all_rows
        self._must_be_as_opened()
        for planned in read_plan(self._path):
            chunk, rows = planned.chunk, planned.rows
            self._coming[chunk.first] = rows
            marks = final[chunk.first : chunk.first + len(chunk)]
            skipped = {
                row.row: row.remark or _NOTHING for row in rows if all(change.new is None for change in row.changes)
            }
            answered = frozenset(row for row, mark in enumerate(marks) if mark)
            yield Translation(chunk, [row.lead_id for row in rows], {}, {}, skipped, answered)

    def updates(self, translation: Translation) -> Sequence[Update]:
        """Give the updates, each value under the condition that Keen holds what the plan says."""
        rows = self._coming.pop(translation.chunk.first)
        return [self._update(translation, rows[row]) for row in translation.sendable()]

    def _update(self, translation: Translation, planned: PlannedRow) -> Update:
        changes = [change for change in planned.changes if change.new is not None]
        return Update(
            translation.chunk.row(planned.row),
            planned.lead_id,
            {change.key: str(change.new) for change in changes if not is_property(change.key)},
            [(change.key, change.new) for change in changes if is_property(change.key)],
            {change.key: Condition(Policy.ONLY_IF_OURS, (change.old, *change.also)) for change in changes},
            remark=planned.remark,
        )

    def digests(self, translation: Translation) -> Mapping[int, int | None]:
        """Give nothing: a plan that was changed is never taken over."""
        del translation
        return {}

    def asked(self) -> Iterator[Sequence[PlannedRow] | None]:
        """Give what the plan says of its rows."""
        return (chunk.rows for chunk in read_plan(self._path))

    def told(self, summary: Summary) -> Summary:
        """Give the summary as it is."""
        return replace(summary)

    def findings(self) -> Iterator[tuple[str, Mapping[str, object]]]:
        """Give nothing."""
        return iter(())


def is_property(key: str) -> bool:
    """Tell a `property_definitions_id`, a UUID, from the name of a standard field."""
    return "-" in key
