"""The journal's health, and the runs in it that did not end."""

import json
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from leadsync.cli.doctor.findings import Finding, Level
from leadsync.cli.doctor.sizes import size
from leadsync.journal.schema import VERSION
from leadsync.settings import Settings


def look_at_runs(settings: Settings) -> Iterable[Finding]:
    """Look whether a run holds the state folder, at the journal's form, and for runs that did not end."""
    journal = _journal(settings)
    holder = _holder(settings.state_dir)
    if holder is not None:
        yield Finding(Level.OK, f"A run is going on{holder}; another one would have to wait.")
    if not journal.exists():
        yield Finding(Level.OK, "There is no journal yet; the first run makes it.")
        return
    yield from _guarded(journal, lambda: (*_form(journal), *(_unfinished(journal) if holder is None else ())))


def look_into_journal(settings: Settings) -> Iterable[Finding]:
    """Let SQLite read the whole journal, where no run is writing into it."""
    journal = _journal(settings)
    if not journal.exists():
        return
    if _holder(settings.state_dir) is not None:
        yield Finding(Level.OK, "The journal was not read through, as a run writes into it.", "Look when it has ended.")
        return
    if _is_half_written(journal):
        return  # told by look_at_runs
    yield from _guarded(journal, lambda: _integrity(journal))


def _journal(settings: Settings) -> Path:
    return settings.state_dir / "journal.sqlite"


def _holder(state_dir: Path) -> str | None:
    """Say who holds the state folder, None where nobody does; the lock that is tried is let go of at once."""
    if not (state_dir / "lock").is_file():
        return None
    try:
        with FileLock(state_dir / "lock", timeout=0):
            return None
    except Timeout:  # an OSError too
        pass
    except OSError:
        return None  # told by look_at_state_dir
    try:
        holder = json.loads((state_dir / "holder.json").read_text(encoding="utf-8"))
        return f" (process {holder['pid']}, since {holder['since']})"
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _read(journal: Path, statement: str, options: str = "") -> list[Any]:
    """Ask the journal, opened so that nothing can be written to it."""
    with closing(sqlite3.connect(f"{journal.absolute().as_uri()}?mode=ro{options}", uri=True)) as database:
        return database.execute(statement).fetchall()


def _guarded(journal: Path, look: Callable[[], Iterable[Finding]]) -> Iterable[Finding]:
    """Turn what SQLite says when a journal cannot be read into a finding."""
    try:
        return list(look())
    except sqlite3.Error as error:
        if error.sqlite_errorname == "SQLITE_READONLY_ROLLBACK":
            return _HALF_WRITTEN
        remedy = "Move the file away, so that the next run begins a new journal, and keep it: it knows what was sent."
        if error.sqlite_errorname in ("SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_BUSY"):
            remedy = "Mend its permissions, or end what else has it open."
        return [Finding(Level.ERROR, f"The journal {journal} cannot be read ({error}).", remedy)]


_HALF_WRITTEN = [
    Finding(
        Level.WARNING,
        "A run was killed while it wrote into the journal. Nothing is lost: the next run, or `leadsync resume`, takes "
        "back the half-written part by itself. Until then the journal cannot be looked into.",
    )
]


def _is_half_written(journal: Path) -> bool:
    try:
        _read(journal, "PRAGMA schema_version")
    except sqlite3.Error as error:
        return error.sqlite_errorname == "SQLITE_READONLY_ROLLBACK"
    return False


def _form(journal: Path) -> Iterable[Finding]:
    """Look at the journal's size and schema version."""
    ((version,),) = _read(journal, "PRAGMA user_version")
    in_bytes = size(journal.stat().st_size)
    if version > VERSION:
        yield Finding(
            Level.ERROR,
            f"The journal ({in_bytes}) has form {version}, of a newer leadsync; this one knows {VERSION}.",
            "Use the newer leadsync, or another state folder.",
        )
    elif version < VERSION:
        message = f"The journal ({in_bytes}) has form {version}; the next run brings it to form {VERSION}."
        yield Finding(Level.OK, message)
    else:
        yield Finding(Level.OK, f"The journal has {in_bytes}, in form {version}.")


_UNFINISHED = """
SELECT id FROM runs WHERE summary IS NULL AND head IS NOT NULL AND NOT json_extract(head, '$.dry_run')
AND id NOT IN (SELECT json_extract(head, '$.follows') FROM runs WHERE json_extract(head, '$.follows') IS NOT NULL)
ORDER BY no
"""


def _unfinished(journal: Path) -> Iterable[Finding]:
    """Name the runs that did not end."""
    if not _read(journal, "SELECT 1 FROM sqlite_master WHERE name = 'runs'"):
        return  # killed before it made the tables
    if not any(column == "head" for _, column, *_ in _read(journal, "PRAGMA table_info(runs)")):
        return  # of an older form, whose runs cannot go on
    runs = [run for (run,) in _read(journal, _UNFINISHED)]
    if runs:
        what = "1 run" if len(runs) == 1 else f"{len(runs)} runs"
        message = f"{what} did not come to an end, the last one {runs[-1]}."
        yield Finding(Level.WARNING, message, f"To go on with it: leadsync resume {runs[-1]}")


def _integrity(journal: Path) -> Iterable[Finding]:
    """Read the whole journal without a lock, as one would make a run fail that begins meanwhile and cannot commit."""
    before = _mark(journal)
    try:
        faults = [fault for (fault,) in _read(journal, "PRAGMA integrity_check(3)", "&immutable=1") if fault != "ok"]
        orphans = _read(journal, "PRAGMA foreign_key_check", "&immutable=1")
    except sqlite3.DatabaseError:
        if _mark(journal) == before:
            raise
        faults, orphans = [], []
    if _mark(journal) != before:
        yield Finding(Level.OK, "A run began to write into the journal while it was read.", "Look when it has ended.")
    elif faults or orphans:
        told = faults[0].splitlines()[-1] if faults else f"{len(orphans)} rows belong to no run"
        yield Finding(
            Level.ERROR,
            f"The journal {journal} is damaged ({told}).",
            "Move it away, so that the next run begins a new one, and keep it: it knows what was sent.",
        )
    else:
        yield Finding(Level.OK, "The journal is sound.")


def _mark(journal: Path) -> tuple[int, int, bool]:
    found = journal.stat()
    return found.st_mtime_ns, found.st_size, journal.with_name(f"{journal.name}-journal").exists()
