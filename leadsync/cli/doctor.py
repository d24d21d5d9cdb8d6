"""`leadsync doctor`: looks offline for what would keep a run from its end."""

import json
import os
import platform
import shutil
import sqlite3
import stat
import sys
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from leadsync import __version__
from leadsync.cli.options import Debug, Json
from leadsync.errors import SettingsError

_FREE_ENOUGH = 2**30
"""Bytes; a run of a million rows writes about half of it."""
_FREE_NEEDED = 100 * 2**20


class Level(StrEnum):
    """How bad a finding is; an error makes the exit code 1."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one look has found, in a sentence, and what to do about it."""

    level: Level
    message: str
    remedy: str = ""


def doctor(
    *,
    state_dir: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where the journal and the reports are kept [.leadsync].")
    ] = None,
    as_json: Json = False,
    debug: Debug = False,
) -> None:
    """Look for what would keep a run from its end.

    Offline, and without changing anything: settings, key, state folder, disk and journal. The exit code is 0 where
    nothing is an error, 1 where something is, 2 where the settings cannot be read.
    """
    from leadsync.cli.logs import configure_log
    from leadsync.cli.options import LogFormat
    from leadsync.cli.streams import output_may_fail
    from leadsync.settings import load_settings

    configure_log(LogFormat.CONSOLE, debug=debug)
    try:
        settings = load_settings(state_dir=state_dir)
    except SettingsError as error:
        findings = [*look_at_versions(), *(Finding(Level.ERROR, line) for line in error.message.splitlines())]
        exit_code = 2
    else:
        findings = [finding for look in LOOKS for finding in _looked(look, settings)]
        exit_code = int(any(finding.level is Level.ERROR for finding in findings))
    with output_may_fail():
        if as_json:
            told = {"findings": [asdict(finding) for finding in findings], "exit_code": exit_code}
            json.dump(told, sys.stdout, indent=2)
            print()
        else:
            for finding in findings:
                print(f"{finding.level}: {finding.message}{' ' * bool(finding.remedy)}{finding.remedy}")
    raise typer.Exit(exit_code)


def look_at_versions(_: Any = None) -> Iterable[Finding]:
    """Tell what is installed."""
    yield Finding(
        Level.OK,
        f"leadsync {__version__}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version} "
        f"on {platform.system()} {platform.machine()}.",
    )


def look_at_key(settings: Any) -> Iterable[Finding]:
    """Look whether there is one key, whether it can be one, and who may read it."""
    from leadsync.keen.options import KEEN_URL

    try:
        settings.client_options(base_url=KEEN_URL)
    except SettingsError as error:
        yield Finding(Level.ERROR, error.message)
    else:
        source = f"the file {settings.api_key_file}" if settings.api_key_file else "LEADSYNC_API_KEY"
        yield Finding(Level.OK, f"There is an API key, from {source}; whether Keen takes it, a run finds out.")
    for file in (settings.api_key_file, Path(".env")):
        if file and file.is_file() and file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            yield Finding(Level.WARNING, f"Others can read {file}, which may hold the key.", f"Run: chmod 600 {file}")


def look_at_address(settings: Any) -> Iterable[Finding]:
    """Look whether the key may be sent to the address."""
    from urllib.parse import urlsplit

    from leadsync.keen.options import KEEN_URL, check_url

    try:
        check_url(settings.base_url)
    except SettingsError as error:
        yield Finding(Level.ERROR, error.message)
        return
    host = urlsplit(settings.base_url).hostname
    if settings.base_url == KEEN_URL:
        yield Finding(Level.OK, f"Keen is called at {host}.")
    else:
        yield Finding(
            Level.WARNING,
            f"LEADSYNC_BASE_URL names another address than Keen's own, at {host}.",
            f"Unset it, unless that is meant; Keen answers at {KEEN_URL}.",
        )


def look_at_state_dir(settings: Any) -> Iterable[Finding]:
    """Look whether the state folder can be written, and by nobody else."""
    folder: Path = settings.state_dir
    remedy = "Mend its permissions, or name another with --state-dir or LEADSYNC_STATE_DIR."
    if not folder.is_dir():
        parent = _nearest(folder)
        if folder.exists() or not parent.is_dir():
            yield Finding(Level.ERROR, f"The state folder {folder} is no folder.", remedy)
        elif not os.access(parent, os.W_OK | os.X_OK):
            yield Finding(Level.ERROR, f"The state folder {folder} cannot be made in {parent}.", remedy)
        else:
            yield Finding(Level.OK, f"The state folder {folder} is not there yet; the first run makes it.")
        return
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        yield Finding(Level.ERROR, f"The state folder {folder} cannot be read and written.", remedy)
        return
    if open_to_others := _open_to_others(folder):
        yield Finding(
            Level.WARNING,
            f"Others can read or write {len(open_to_others)} of the files and folders of the state folder, "
            f"{open_to_others[0]} for one; they hold lead data.",
            f"Run: chmod -R go-rwx {folder}",
        )
    else:
        yield Finding(Level.OK, f"The state folder {folder} can be written, and is private.")


def look_at_notify(settings: Any) -> Iterable[Finding]:
    """Look whether people can be told how a run ends: apprise is there, and knows the addresses."""
    from leadsync.cli.notify import Addresses

    if not settings.notify_urls:
        return
    try:
        known = Addresses(settings.notify_urls)
    except SettingsError as error:
        yield Finding(Level.ERROR, error.message)
    else:
        what = ", ".join(f"{scheme}://…" for scheme in known.schemes)
        yield Finding(Level.OK, f"People are told at {what}; whether it arrives, a message finds out.")


def look_at_disk(settings: Any) -> Iterable[Finding]:
    """Look whether there is room for a run."""
    folder = _nearest(settings.state_dir)
    free = shutil.disk_usage(folder).free
    message = f"{_size(free)} are free on the disk of the state folder."
    remedy = "Make room, or name a state folder on another disk: a run stops when the disk is full."
    if free >= _FREE_ENOUGH:
        yield Finding(Level.OK, message)
    else:
        yield Finding(Level.ERROR if free < _FREE_NEEDED else Level.WARNING, message, remedy)


def look_at_runs(settings: Any) -> Iterable[Finding]:
    """Look whether a run holds the state folder, at the journal's form, and for runs that did not end."""
    journal = _journal(settings)
    holder = _holder(settings.state_dir)
    if holder is not None:
        yield Finding(Level.OK, f"A run is going on{holder}; another one would have to wait.")
    if not journal.exists():
        yield Finding(Level.OK, "There is no journal yet; the first run makes it.")
        return
    yield from _guarded(journal, lambda: (*_form(journal), *(_unfinished(journal) if holder is None else ())))


def look_into_journal(settings: Any) -> Iterable[Finding]:
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


LOOKS: tuple[Callable[[Any], Iterable[Finding]], ...] = (
    look_at_versions,
    look_at_key,
    look_at_address,
    look_at_notify,
    look_at_state_dir,
    look_at_disk,
    look_at_runs,
    look_into_journal,
)
"""In the order in which they are told; each is given the Settings."""


def _looked(look: Callable[[Any], Iterable[Finding]], settings: Any) -> Iterable[Finding]:
    """Give what a look finds, also where the system does not let it look."""
    try:
        return list(look(settings))
    except OSError as error:
        message = f"{error.filename} cannot be looked at ({error.strerror})."
        return [Finding(Level.ERROR, message, "Mend its permissions.")]


def _journal(settings: Any) -> Path:
    path: Path = settings.state_dir / "journal.sqlite"
    return path


def _nearest(folder: Path) -> Path:
    """Give the folder itself, or the next one above it that is there."""
    return next((above for above in (folder.absolute(), *folder.absolute().parents) if above.exists()), Path("/"))


def _open_to_others(folder: Path) -> list[Path]:
    found = []
    for path in (folder, *sorted(folder.rglob("*"))):
        with suppress(FileNotFoundError):  # a run replaces its files
            if not path.is_symlink() and path.lstat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
                found.append(path)
    return found


def _size(count: int) -> str:
    size = float(count)
    for unit in ("bytes", "KiB", "MiB"):
        if size < 1024:  # noqa: PLR2004 - the base of these units
            return f"{size:,.0f} {unit}"
        size /= 1024
    return f"{size:,.1f} GiB"


def _holder(state_dir: Path) -> str | None:
    """Say who holds the state folder, None where nobody does; the lock that is tried is let go of at once."""
    from filelock import FileLock, Timeout

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
    from leadsync.journal.schema import VERSION

    ((version,),) = _read(journal, "PRAGMA user_version")
    size = _size(journal.stat().st_size)
    if version > VERSION:
        yield Finding(
            Level.ERROR,
            f"The journal ({size}) has form {version}, of a newer leadsync; this one knows {VERSION}.",
            "Use the newer leadsync, or another state folder.",
        )
    elif version < VERSION:
        message = f"The journal ({size}) has form {version}; the next run brings it to form {VERSION}."
        yield Finding(Level.OK, message)
    else:
        yield Finding(Level.OK, f"The journal has {size}, in form {version}.")


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
