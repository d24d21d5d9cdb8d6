"""How a run begins: its name, and all that is needed to go on with it later."""

import getpass
import os
import platform
import secrets
import shutil
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from leadsync.errors import SettingsError, SourceError, StateHeldError
from leadsync.files import printable, private_bytes, private_folder
from leadsync.journal import Journal, RunHead, SourceHead, hold
from leadsync.loader import Source
from leadsync.sync.job import Job
from leadsync.sync.prepare import Work

JOURNAL = "journal.sqlite"
INPUTS = "inputs"
UNDO_FILE = "undo.leadsync"
_A_DAY = 86_400.0


def new_run_id() -> str:
    """Name a run by its moment in UTC, and by chance."""
    return f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"


def new_head(work: Work, job: Job, run_id: str, follows: str | None = None) -> RunHead:
    """Take down what a run begins with; what came by a pipe is kept in the state folder.

    Raises SourceError where a source cannot be read, SettingsError where a copy cannot be written.
    """
    inputs = work.inputs
    return RunHead(
        id=run_id,
        started_at=timestamp(),
        sources=tuple(_source_head(work, job, run_id, number) for number in range(len(inputs.sources))),
        mapping=inputs.mapping_name or printable(inputs.mapping),
        mapping_path=str(inputs.mapping.absolute()),
        mapping_sha256=work.mapping.sha256,
        sheet=inputs.sheet,
        encoding=inputs.encoding,
        limit=inputs.limit,
        follows=follows,
        kind="plan" if job.looks_only else "sync",
        **of_job(job),
    )


def of_job(job: Job) -> dict[str, Any]:
    """Give what a head tells of how its run is done, and by whom."""
    base_url, key_print = job.company or (job.client.base_url if job.client else "", "")
    return {
        "base_url": base_url,
        "key_print": key_print,
        "report_dir": str(job.report_dir.absolute()) if job.report_dir else "",
        "dry_run": job.dry_run,
        "rehearsal": job.rehearsal,
        "keeps_before": job.keeps_before,
        "full": job.full,
        "canary": job.canary,
        "who": _who(),
    }


def _who() -> str:
    """Name the user and the machine, for `leadsync runs`."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # no user of that number
        user = str(os.getuid())
    return f"{user}@{platform.node()}"


def timestamp() -> str:
    """Give the moment as RFC 3339 in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def sha256_of(source: Source) -> str:
    """Give the SHA-256 of a source; raises SourceError."""
    try:
        return source.sha256()
    except OSError as error:
        raise SourceError(f"{source.name} cannot be read: {error.strerror}.") from error


def kept_copies(head: RunHead) -> list[Path]:
    """Give the copies that a run keeps of what came by a pipe."""
    return [Path(source.path) for source in head.sources if source.was_piped and source.path]


def drop_copies(head: RunHead) -> None:
    """Remove what a run keeps of pipes."""
    for copy in kept_copies(head):
        with suppress(OSError):  # the next run sweeps it away
            copy.unlink(missing_ok=True)


def sweep(state_dir: Path, journal: Journal) -> None:
    """Remove what killed processes left: copies of pipes that no run can go on with, and plans of undos never begun.

    For whoever holds the state folder.
    """
    wanted = {copy.name for run in journal.runs() if run.is_open and run.head for copy in kept_copies(run.head)}
    folder = state_dir / INPUTS
    for found in folder.iterdir() if folder.exists() else ():
        if found.name not in wanted:
            with suppress(OSError):
                found.unlink()
    known = {run.id for run in journal.runs()}
    for plan in (state_dir / "runs").glob(f"*/{UNDO_FILE}"):
        with suppress(OSError):
            # An undo that has shown its plan, and waits to be agreed to, is no run yet.
            if plan.parent.name not in known and time.time() - plan.stat().st_mtime > _A_DAY:
                plan.unlink()
                plan.parent.rmdir()


def tidy(state_dir: Path) -> None:
    """Sweep a state folder, if there is one that no run holds."""
    if (state_dir / JOURNAL).exists():
        with suppress(StateHeldError), hold(state_dir), Journal(state_dir / JOURNAL) as journal:
            sweep(state_dir, journal)
            journal.learn()


def _source_head(work: Work, job: Job, run_id: str, number: int) -> SourceHead:
    source, file = work.sources.files[number], work.inputs.sources[number]
    if source.piped is None:
        path = str((file.at or Path(file.name)).absolute())
    elif job.dry_run:
        path = ""  # nothing of a trial run is ever resumed
    else:
        path = str(_keep(source, job.state_dir.absolute() / INPUTS / f"{run_id}-{number + 1}.csv"))
    return SourceHead(source.name, path, sha256_of(source), source.piped is not None)


def _keep(source: Source, path: Path) -> Path:
    assert source.piped
    try:
        private_folder(path.parent)
        with private_bytes(path) as copy:
            source.piped.seek(0)
            shutil.copyfileobj(source.piped, copy)
            copy.flush()
            os.fsync(copy.fileno())
    except OSError as error:
        raise SettingsError(
            f"{source.name} came by a pipe and cannot be kept in {path.parent} ({error.strerror}); nothing was sent. "
            "Make room there, or name another folder with --state-dir."
        ) from error
    return path
