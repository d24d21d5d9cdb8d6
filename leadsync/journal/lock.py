"""One run at a time for each state folder."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from leadsync.errors import SettingsError, StateHeldError
from leadsync.files import private_folder, private_text


@contextmanager
def hold(state_dir: Path) -> Iterator[None]:
    """Hold a state folder for one run, making the folder (0700) where there is none.

    The operating system drops the lock when its holder dies, however it dies. Raises StateHeldError, with who holds
    it and since when, or SettingsError where the folder cannot be used.
    """
    try:
        private_folder(state_dir)
        lock = FileLock(state_dir / "lock", mode=0o600)
        lock.acquire(timeout=0)
    except Timeout:
        raise StateHeldError(
            f"Another run holds the state folder {state_dir}{_holder(state_dir)}. "
            "Wait until it has ended, or give this run a folder of its own with --state-dir."
        ) from None
    except OSError as error:
        raise _unusable(state_dir, error) from error
    with lock:
        try:
            _write_holder(state_dir)
        except OSError as error:
            raise _unusable(state_dir, error) from error
        lock.release()  # the acquisition above; the block's own holds on
        yield


def _unusable(state_dir: Path, error: OSError) -> SettingsError:
    return SettingsError(
        f"The state folder {state_dir} cannot be used ({error.strerror}): name another with --state-dir."
    )


def _write_holder(state_dir: Path) -> None:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    with private_text(state_dir / "holder.json") as file:
        json.dump({"pid": os.getpid(), "since": now}, file)


def _holder(state_dir: Path) -> str:
    try:
        holder = json.loads((state_dir / "holder.json").read_text(encoding="utf-8"))
        return f" (process {holder['pid']}, since {holder['since']})"
    except (OSError, ValueError, KeyError, TypeError):
        return ""
