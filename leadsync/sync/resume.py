"""An earlier run that did not end: finding it, and telling whether it can go on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from leadsync.errors import SettingsError, SourceError
from leadsync.files import printable
from leadsync.journal import Journal, RunHead, RunRecord
from leadsync.records import Status
from leadsync.sync.begin import INPUTS, JOURNAL, sha256_of
from leadsync.sync.job import Inputs, Job, SourceFile
from leadsync.sync.plan_feed import PlanFeed
from leadsync.sync.prepare import Work

LAST = "last"
"""Stands for the last run, where a run is to be named."""


@dataclass(frozen=True, slots=True)
class Past:
    """An earlier run, to go on with."""

    run: RunRecord
    head: RunHead
    is_changed: bool = False
    """A source or the mapping is not as it was when the run began: a new run takes over what is still right of it."""


def find_run(state_dir: Path, run_id: str | None) -> RunRecord:
    """Find a run in the journal by its id; without one, the last run that was no trial.

    Only the last one, for what an earlier one left undone a later one may have overtaken. Raises SettingsError where
    there is none, or nothing of it is left to do.
    """
    where = printable(state_dir)
    runs = [run for run in all_runs(state_dir) if run_id in (None, run.id)]
    if run_id is None:
        # What was tried against the sandbox, and ended, is nothing that anybody would go on with.
        runs = [run for run in runs if not run.is_dry and (run.is_open or not run.is_rehearsal)]
    if not runs:
        what = f"no run {run_id}" if run_id else "no run to resume"
        raise SettingsError(
            f"There is {what} in {where}; `leadsync runs` lists them, --state-dir names another folder."
        )
    last = runs[-1]
    if last.is_dry:
        raise SettingsError(f"Run {last.id} was a trial run, which sends nothing: there is nothing to resume.")
    if not last.is_open:
        if last.is_followed:
            raise SettingsError(f"Run {last.id} was taken over by a later one: `leadsync runs` lists them.")
        older = [run.id for run in runs if run.is_open]
        hint = (
            f" Run {older[-1]} has rows left; name it to resume it, if no later run has overtaken it." if older else ""
        )
        raise SettingsError(f"There is nothing to resume: every row of run {last.id} has its final answer.{hint}")
    return last


def all_runs(state_dir: Path) -> list[RunRecord]:
    """Give the runs that a state folder knows of, the oldest first; none where there is no journal."""
    if not (state_dir / JOURNAL).exists():
        return []
    with Journal(state_dir / JOURNAL) as journal:
        return journal.runs()


def run_named(runs: Sequence[RunRecord], run_id: str, state_dir: Path) -> RunRecord:
    """Give a run by its id, or the `last` one; raises SettingsError where there is none."""
    found = [run for run in runs if run_id in (run.id, LAST)]
    if not found:
        what = "no run yet" if run_id == LAST else f"no run {printable(run_id)}"
        raise SettingsError(
            f"There is {what} in {printable(state_dir)}; `leadsync runs` lists them, --state-dir names another folder."
        )
    return found[-1]


def last_good(runs: Sequence[RunRecord]) -> RunRecord | None:
    """Give the last run that ended with exit code 0; what was tried only, or against the sandbox, does not count."""
    real = [run for run in runs if not run.is_dry and not run.is_rehearsal]
    good = [run for run in real if run.summary and run.summary["exit_code"] == 0]
    return max(good, key=lambda run: str(run.summary and run.summary["finished_at"]), default=None)


def head_of(run: RunRecord) -> RunHead:
    """Give what a run was begun with; raises SettingsError for a run of an early leadsync, which did not keep it."""
    if run.head is None:
        raise SettingsError(
            f"Run {run.id} was begun by an earlier leadsync and cannot be resumed: feed its retry.csv instead."
        )
    return run.head


def inputs_of(head: RunHead, state_dir: Path) -> Inputs:
    """Give what a run read, to be read once more; what came by a pipe lies in the state folder, as that is now."""
    return Inputs(
        sources=[
            SourceFile(source.name, state_dir / INPUTS / Path(source.path).name, was_piped=True)
            if source.was_piped
            else SourceFile(source.name, Path(source.path))
            for source in head.sources
        ],
        mapping=Path(head.mapping_path),
        sheet=head.sheet,
        encoding=head.encoding,
        limit=head.limit,
        mapping_name=head.mapping,
    )


def past_of(run: RunRecord, work: Work, base_url: str, *, accept_changes: bool, key_print: str = "") -> Past:
    """Give a run to go on with, once it is sure that it can: at the same Keen, with the same files and the same key.

    Raises SettingsError for another address, as what one Keen acknowledged another does not hold; and SourceError where
    a source or the mapping was changed, or another key is set than the one that rows were acknowledged for, unless that
    is accepted. An empty `key_print` is not compared.
    """
    head = head_of(run)
    changed = _changes(head, work)
    if key_print and head.key_print and key_print != head.key_print:
        if _has_answers(run):
            changed.append("another API key was set (a new one of the same company may go on; another company's not)")
        else:
            head = replace(head, key_print=key_print)
    if changed and not accept_changes:
        raise SourceError(
            f"Run {head.id} cannot simply go on, for since it began {'; '.join(changed)}. Nothing was sent. "
            "Put back what it began with; or say --accept-changes: then a new run takes over the answers of the "
            "rows that are still the same, and sends the others."
        )
    if not head.rehearsal and head.base_url != base_url:
        raise SettingsError(
            f"Run {head.id} was sent to {head.base_url}, and LEADSYNC_BASE_URL is {base_url}; nothing was sent. "
            "Set the address of then, or begin a new run with `leadsync sync`."
        )
    return Past(run, head, bool(changed))


def past_of_plan(run: RunRecord, job: Job) -> tuple[PlanFeed, Past]:
    """Give a run that carries out a plan, to go on with it, and its plan.

    Raises SettingsError where the key or the address is another one, SourceError where the plan was changed.
    """
    head = head_of(run)
    (then,) = head.sources
    feed = PlanFeed(Path(then.path), then.name)
    feed.must_be_for(job)
    if feed.sha256() != then.sha256:
        raise SourceError(f"Run {head.id} cannot go on, for its plan {then.name} was changed. Make a new plan.")
    return feed, Past(run, head)


def must_still_be_there(journal: Journal, past: Past) -> None:
    """Look again, now that nobody else can change it, that a run can go on; raises SettingsError."""
    found = [run for run in journal.runs() if run.id == past.run.id]
    if not found or not found[0].is_open or found[0].newest != past.run.newest:
        raise SettingsError(
            f"Another run went on or began meanwhile, so run {past.run.id} did not: see `leadsync runs`."
        )


def _has_answers(run: RunRecord) -> bool:
    """Tell whether Keen may have acknowledged rows of a run, or had done so earlier."""
    if run.summary is None:
        return True
    return any(run.summary["statuses"].get(status) for status in (Status.UPDATED, Status.UNCHANGED, Status.UNKNOWN))


def _changes(head: RunHead, work: Work) -> list[str]:
    """Say what is no longer as it was when a run began: its sources, its mapping; nothing if all is."""
    found = [
        f"{then.name} was changed (its SHA-256 was {then.sha256[:12]}…, and is {now[:12]}…)"
        for then, now in zip(head.sources, map(sha256_of, work.sources.files), strict=True)
        if then.sha256 != now
    ]
    if head.mapping_sha256 != work.mapping.sha256:
        found.append(f"the mapping {head.mapping} was changed")
    return found
