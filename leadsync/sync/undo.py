"""The way back: a plan that puts back what a run wrote over, made from the before-images in the journal."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from leadsync.codes import Code
from leadsync.errors import SettingsError
from leadsync.files import private_folder
from leadsync.journal import Journal, RunHead, RunRecord, Write, hold
from leadsync.plan import Change, PlanChunk, PlanHead, PlannedRow, write_plan
from leadsync.records import Issue, JsonValue
from leadsync.sync.begin import JOURNAL, UNDO_FILE, new_run_id, timestamp
from leadsync.sync.job import Job
from leadsync.sync.plan_feed import is_property
from leadsync.sync.resume import LAST, all_runs, head_of, run_named


@dataclass(slots=True)
class _Written:
    """What a run wrote to one lead, all its rows together."""

    ours: dict[str, list[JsonValue]] = field(default_factory=dict)
    """What was written, by key, the last one last."""
    before: dict[str, JsonValue] = field(default_factory=dict)
    """What Keen held before the first."""

    def add(self, write: Write) -> None:
        for key, value in write.values.items():
            self.ours.setdefault(key, []).append(value)
            self.before.setdefault(key, (write.before or {}).get(key, ""))


def run_to_undo(state_dir: Path, run_id: str) -> RunRecord:
    """Find a run that can be undone, by its id or the `last` that was no trial.

    Raises SettingsError, with the reason, where there is none.
    """
    runs = all_runs(state_dir)
    if run_id == LAST:
        runs = [run for run in runs if run.may_have_written]
    run = run_named(runs, run_id, state_dir)
    head = head_of(run)
    if run.is_dry:
        raise SettingsError(f"Run {run.id} sent nothing, so there is nothing to undo.")
    if head.rehearsal:
        raise SettingsError(f"Run {run.id} was sent to an embedded sandbox, which is gone: there is nothing to undo.")
    if not head.keeps_before:
        raise SettingsError(
            f"Run {run.id} did not keep what its leads held before, so it cannot be undone: `leadsync apply` always "
            "keeps it, `leadsync sync` with --keep-before."
        )
    return run


def must_be_of(run: RunRecord, job: Job) -> None:
    """Raise SettingsError where a run was sent with another key, or to another address."""
    head = head_of(run)
    if job.company != (head.base_url, head.key_print):
        is_moved = job.company is not None and job.company[0] != head.base_url
        what = f"to {head.base_url}" if is_moved else "with another API key"
        raise SettingsError(f"Run {run.id} was sent {what}, so it cannot be undone here: set the one of then.")


@contextmanager
def begin_undo(run: RunRecord, job: Job) -> Iterator[tuple[Path, Job]]:
    """Write the plan that takes a run back, and give it with the job that carries it out.

    Where the undo is not begun within the block, nothing is left of it. Raises StateError where the plan cannot be
    written.
    """
    head, run_id = head_of(run), new_run_id()
    path = job.state_dir / "runs" / run_id / UNDO_FILE
    with hold(job.state_dir), Journal(job.state_dir / JOURNAL) as journal:
        private_folder(path.parent)
        write_plan(path, _head(head, run_id), undoing(journal, run.no, head.names))
    try:
        yield path, replace(job, run_id=run_id)
    finally:
        if not any(known.id == run_id for known in all_runs(job.state_dir)):
            path.unlink(missing_ok=True)
            with suppress(OSError):  # somebody put something into it
                path.parent.rmdir()


def undoing(journal: Journal, number: int, names: Mapping[str, str]) -> Iterator[PlanChunk]:
    """Give one row for each lead that a run wrote to: the last one about it, with what all of them wrote over."""
    last = _last_rows(journal, number)
    several: dict[str, _Written] = {lead: _Written() for lead in last}
    coming = _to_undo(journal, number)
    write = next(coming, None)
    for answered in journal.answered(number):
        chunk = answered.chunk
        end = chunk.first + len(chunk)
        rows: list[int] = []
        planned: list[PlannedRow] = []
        while write is not None and write.position < end:
            written = several.get(write.lead_id) or _Written()
            written.add(write)
            is_last = last.get(write.lead_id, write.position) == write.position
            if is_last and (row := _row(len(rows), write.lead_id, written, names)).changes:
                planned.append(row)
                rows.append(write.position - chunk.first)
            write = next(coming, None)
        if rows:
            yield PlanChunk(chunk.take(rows), planned)


def _to_undo(journal: Journal, number: int) -> Iterator[Write]:
    """Give what a run sent that Keen may hold, and over what."""
    return (w for w in journal.writes(number) if w.may_be_in_keen and w.before is not None and w.lead_id)


def _last_rows(journal: Journal, number: int) -> dict[str, int]:
    """Give the position of the last write to each lead that was written to more than once."""
    seen: set[int] = set()
    last: dict[str, int] = {}
    for write in _to_undo(journal, number):
        lead = int(write.lead_id.replace("-", ""), 16)
        if lead in seen:
            last[write.lead_id] = write.position
        seen.add(lead)
    return last


def _row(row: int, lead_id: str, written: _Written, names: Mapping[str, str]) -> PlannedRow:
    changes, lost = [], []
    for key, (*earlier, ours) in written.ours.items():
        before = written.before[key]
        if is_property(key) and before == "":
            lost.append(names.get(key, key))
            changes.append(Change(key, ours, None, earlier))
        elif any(before != value for value in (*earlier, ours)):
            changes.append(Change(key, ours, before, earlier))
    remark = None
    if lost:
        what = ", ".join(f'"{name}"' for name in lost)
        message = f"{what}: Keen held no value before, and no action of Keen's removes one, so ours stays."
        remark = Issue(Code.CANNOT_BE_UNDONE, message)
    return PlannedRow(row, lead_id, changes, remark)


def _head(head: RunHead, run_id: str) -> PlanHead:
    return PlanHead(
        kind="undo",
        run_id=run_id,
        undoes=head.id,
        base_url=head.base_url,
        key_print=head.key_print,
        mapping=head.mapping,
        sources=tuple(source.name for source in head.sources),
        created_at=timestamp(),
        names=head.names,
    )
