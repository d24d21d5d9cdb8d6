"""Whether the state folder can be written, by nobody else, and whether there is room for a run."""

import os
import shutil
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from leadsync.cli.doctor.findings import Finding, Level
from leadsync.cli.doctor.sizes import size
from leadsync.settings import Settings

_FREE_ENOUGH = 2**30
"""Bytes; a run of a million rows writes about half of it."""
_FREE_NEEDED = 100 * 2**20


def look_at_state_dir(settings: Settings) -> Iterable[Finding]:
    """Look whether the state folder can be written, and by nobody else."""
    folder = settings.state_dir
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


def look_at_disk(settings: Settings) -> Iterable[Finding]:
    """Look whether there is room for a run."""
    folder = _nearest(settings.state_dir)
    free = shutil.disk_usage(folder).free
    message = f"{size(free)} are free on the disk of the state folder."
    remedy = "Make room, or name a state folder on another disk: a run stops when the disk is full."
    if free >= _FREE_ENOUGH:
        yield Finding(Level.OK, message)
    else:
        yield Finding(Level.ERROR if free < _FREE_NEEDED else Level.WARNING, message, remedy)


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
