"""A plan: leads are read and compared with what would be sent, and what would change is written down."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import repeat
from pathlib import Path

from leadsync.codes import Code
from leadsync.errors import SettingsError
from leadsync.files import printable
from leadsync.journal import Journal, RunHead, Write
from leadsync.keen.comparison import is_stored
from leadsync.plan import (
    Change,
    PlanChunk,
    PlanHead,
    PlannedRow,
    PlanTally,
    write_plan,
)
from leadsync.plan.table import ChangesWritten, write_changes
from leadsync.records import Answered
from leadsync.sync.begin import timestamp
from leadsync.sync.feed import Feed
from leadsync.sync.job import Control, Job, RunResult
from leadsync.sync.run import run

PLAN_FILE = "plan.leadsync"
_UNKEPT = ".changes.leadsync"
"""What the tables are made from where no plan is to be kept; the folder may hold the very plan that is looked at."""


@dataclass(frozen=True, slots=True)
class PlanResult:
    """What a plan comes to, and where it is."""

    run: RunResult
    tally: PlanTally
    path: Path | None
    """Of the plan file; None where the run was ended before all leads were read."""
    changes: ChangesWritten | None = None
    """The tables of what would change, for people."""


async def plan(feed: Feed, job: Job, control: Control, *, keeps_plan: bool = True) -> PlanResult:
    """Read the leads of all rows, at the pace, and write down what would change; nothing is sent.

    The tables for people are always written, the plan file where it is to be kept. Raises what `run` raises, and
    StateError where the plan cannot be written.
    """
    tally = PlanTally(feed.names)
    written: list[tuple[Path, ChangesWritten]] = []

    def write(journal: Journal, result: RunResult) -> None:
        path = result.report_dir / (PLAN_FILE if keeps_plan else _UNKEPT)
        path.unlink(missing_ok=True)  # of an earlier plan: it must not pass for this one's
        _tally(tally, journal, result, feed)
        if result.is_whole and not control.reason:
            (record,) = [each for each in journal.runs() if each.no == result.number]
            assert record.head
            write_plan(path, _head(record.head, feed), planned(journal, result.number, feed.asked()))
            written.append((path, write_changes(result.report_dir, path)))
            if not keeps_plan:
                path.unlink()

    result = await run(feed, _looking(job), control, then=write)
    path, changes = written[0] if written else (None, None)
    return PlanResult(result, tally, path if keeps_plan else None, changes)


def _looking(job: Job) -> Job:
    """Give the way of a run that only looks: also at rows that the ledger has for unchanged, as leads are edited."""
    return replace(job, dry_run=True, looks_only=True, keeps_before=True, full=True, canary=0)


def _tally(tally: PlanTally, journal: Journal, result: RunResult, feed: Feed) -> None:
    tally.names.update(feed.names)
    tally.leave_out(journal.examples(result.number))
    for chunk in planned(journal, result.number, feed.asked()):
        tally.add(chunk)


def planned(
    journal: Journal, number: int, asked: Iterable[Sequence[PlannedRow] | None] = repeat(None)
) -> Iterator[PlanChunk]:
    """Give the rows of a plan's run that would change their leads.

    `asked` has, for each of its chunks, what another plan says of its rows: what that cannot change is told again.
    """
    writes: dict[int, Write] = {}
    coming = journal.writes(number)
    for answered, told in zip(journal.answered(number), asked, strict=False):
        rows = [row for row, outcome in enumerate(answered.outcomes) if outcome and outcome.code is Code.PLANNED]
        wanted = {answered.chunk.first + row for row in rows}
        while wanted - writes.keys():
            write = next(coming)
            writes[write.position] = write
        if rows:
            found = [writes.pop(answered.chunk.first + row) for row in rows]
            yield _chunk(answered, rows, found, [told[row] for row in rows] if told else [None] * len(rows))
        writes.clear()


def _chunk(answered: Answered, rows: list[int], writes: list[Write], told: Sequence[PlannedRow | None]) -> PlanChunk:
    found = []
    for place, (row, write, other) in enumerate(zip(rows, writes, told, strict=True)):
        outcome, before = answered.outcomes[row], write.before or {}
        assert outcome
        changes = [
            Change(key, before.get(key, ""), value)
            for key, value in write.values.items()
            if not is_stored(value, before.get(key, ""))
        ]
        if other:
            changes += [change for change in other.changes if change.new is None]
        found.append(PlannedRow(place, outcome.lead_id, changes, other.remark if other else None))
    return PlanChunk(answered.chunk.take(rows), found)


def _head(head: RunHead, feed: Feed) -> PlanHead:
    return PlanHead(
        kind="apply",
        run_id=head.id,
        base_url=head.base_url,
        key_print=head.key_print,
        mapping=head.mapping,
        sources=tuple(source.name for source in head.sources),
        created_at=timestamp(),
        names=feed.names,
    )


def plan_in(path: Path) -> Path:
    """Give the plan file that a user names, by itself or by its folder; raises SettingsError where it is not there."""
    found = path / PLAN_FILE if path.is_dir() else path
    if not found.exists():
        raise SettingsError(f"There is no plan {printable(found)}: name the file that `leadsync plan` wrote.")
    return found
