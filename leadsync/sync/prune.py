"""Forgetting old runs: their rows in the journal, their reports, what was kept of their pipes."""

import shutil
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from leadsync.errors import StateError
from leadsync.journal import Journal, RunRecord, hold
from leadsync.sync.begin import JOURNAL, kept_copies
from leadsync.sync.resume import last_good


def prune(state_dir: Path, age: timedelta) -> Sequence[RunRecord]:
    """Forget the runs that began longer ago than `age`, save the last one that went well; give them.

    That one tells the metrics since when none has. Reports that were written elsewhere than in the state folder
    stay. Raises StateHeldError while a run goes on, and StateError where a file cannot be removed.
    """
    before = datetime.now(UTC) - age
    if not (state_dir / JOURNAL).exists():
        return []
    with hold(state_dir), Journal(state_dir / JOURNAL) as journal:
        runs = journal.runs()
        kept = last_good(runs)
        old = [run for run in runs if run is not kept and datetime.fromisoformat(run.started_at) < before]
        if old:
            journal.remove(run.no for run in old)
        for run in old:
            _remove_files(state_dir, run)
        if old:
            journal.compact()
    return old


def _remove_files(state_dir: Path, run: RunRecord) -> None:
    try:
        for copy in kept_copies(run.head) if run.head else ():
            copy.unlink(missing_ok=True)
        folder = state_dir / "runs" / run.id
        if folder.exists():
            shutil.rmtree(folder)
    except OSError as error:
        raise StateError(f"{error.filename} cannot be removed ({error.strerror}); mend its permissions.") from error
