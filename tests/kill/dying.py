"""Runs the command line in forks of a process that has imported it already, to be killed at named points.

Standard input brings one order in each line, as JSON: what the fork is given, and the point at which it dies, if any.
When the fork has ended, standard output gives its exit code. The product has no hook for this: its functions are
replaced in the fork, and each exists under its name or the fork fails.

A fork that has come to its point holds still for a moment before it dies, and lets its other threads and tasks go
on: so whatever could run ahead of the disk does so, and is seen.
"""

import asyncio
import faulthandler
import json
import os
import signal
import sqlite3
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from leadsync.cli import main
from leadsync.files import private_bytes
from leadsync.journal import Recorder, schema
from leadsync.report import write
from leadsync.report.table import Table

_HOLD_STILL = 0.1
"""Seconds between the point and the death."""
_TOO_LONG = 120.0
"""Seconds after which a fork that hangs shows where, and ends."""
_FEW_PAGES = 8
"""Of SQLite's cache; what does not fit into it is on the disk before the commit, so that there is something to undo."""

_STATEMENTS = {
    "before begin": ("INSERT INTO runs", "before"),
    "after begin": ("INSERT INTO runs", "after"),
    "within reopen": ("UPDATE runs SET summary = NULL", "before"),
    "within chunk": ("INSERT INTO chunks", "after"),
    "before reach": ("UPDATE runs SET reached", "before"),
    "after reach": ("UPDATE runs SET reached", "after"),
    "after look-up": ("INSERT OR REPLACE INTO legacy_leads", "after"),
    "before commit": ("COMMIT", "before"),
    "within commit": ("COMMIT", "within"),
    "after commit": ("COMMIT", "after"),
    "before finish": ("UPDATE runs SET summary = ?", "before"),
    "after finish": ("UPDATE runs SET summary = ?", "after"),
    "within learning": ("INSERT OR REPLACE INTO ledger_values", "after"),
    "before learnt": ("UPDATE folds SET is_due", "before"),
}
"""Points that are known by what the journal does: the beginning of a statement, and when to die."""


def die() -> NoReturn:
    """End as by kill -9, after a moment."""
    time.sleep(_HOLD_STILL)
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def _die_soon(seconds: float) -> None:
    time.sleep(seconds)
    os.kill(os.getpid(), signal.SIGKILL)


class _Point:
    """Tells when a point has been met often enough."""

    def __init__(self, times: int) -> None:
        self._left = times

    def is_met(self) -> bool:
        """Count once more."""
        self._left -= 1
        return self._left == 0


def _die_at_statement(beginning: str, when: str, point: _Point, delay: float) -> None:
    class Connection(sqlite3.Connection):
        def __init__(self, *arguments: Any, **named: Any) -> None:
            super().__init__(*arguments, **named)
            super().execute(f"PRAGMA cache_size = {_FEW_PAGES}")

        def execute(self, statement: str, *values: Any) -> sqlite3.Cursor:
            with self._watched(statement):
                return super().execute(statement, *values)

        def executemany(self, statement: str, *values: Any) -> sqlite3.Cursor:
            with self._watched(statement):
                return super().executemany(statement, *values)

        @contextmanager
        def _watched(self, statement: str) -> Iterator[None]:
            met = statement.startswith(beginning) and point.is_met()
            if met and when == "before":
                die()
            if met and when == "within":
                threading.Thread(target=_die_soon, args=(delay,)).start()
            yield
            if met:
                die()

    def connect(path: Path, **options: Any) -> sqlite3.Connection:
        return sqlite3.connect(path, factory=Connection, **options)

    class Module:
        """Stands for `sqlite3` in the room of the journal."""

        def __getattr__(self, name: str) -> Any:
            return connect if name == "connect" else getattr(sqlite3, name)

    _replace(schema, "sqlite3", Module())


def _die_answered(point: _Point) -> None:
    """Die when an answer has come, and its outcome is about to be written."""
    original = Recorder.outcome

    async def outcome(self: Recorder, *arguments: Any) -> None:
        if point.is_met():
            await asyncio.sleep(_HOLD_STILL)
            die()
        await original(self, *arguments)

    _replace(Recorder, "outcome", outcome)


def _die_about(point: _Point, delay: float) -> None:
    """Die some time after an answer has come, whatever is done then."""
    original = Recorder.outcome

    async def outcome(self: Recorder, *arguments: Any) -> None:
        if point.is_met():
            threading.Thread(target=_die_soon, args=(delay,)).start()
        await original(self, *arguments)

    _replace(Recorder, "outcome", outcome)


def _die_in_results(point: _Point) -> None:
    """Die when some rows of results.csv are laid out."""
    original = Table.lines

    def lines(self: Table, *arguments: Any) -> list[str]:
        found = original(self, *arguments)
        for _ in found:
            if point.is_met():
                die()
        return found

    _replace(Table, "lines", lines)


def _die_at_summary(point: _Point) -> None:
    """Die when results.csv is there, and summary.json is not."""
    original = private_bytes

    def dying(path: Path) -> Any:
        if path.name == "summary.json" and point.is_met():
            die()
        return original(path)

    _replace(write, "private_bytes", dying)


def _die_at_rename(point: _Point) -> None:
    """Die when a file is whole, and about to take its name."""
    original: Callable[..., Path] = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if point.is_met():
            die()
        return original(self, target)

    _replace(Path, "replace", replace)


_FUNCTIONS: dict[str, Callable[[_Point], None]] = {
    "answered": _die_answered,
    "results": _die_in_results,
    "before summary": _die_at_summary,
    "rename": _die_at_rename,
}
"""Points that are known by a function."""


def _replace(owner: Any, name: str, new: Any) -> None:
    getattr(owner, name)  # a function that is no more would never be met
    setattr(owner, name, new)


def _be(order: dict[str, Any]) -> NoReturn:
    """Be the command line."""
    faulthandler.dump_traceback_later(_TOO_LONG, exit=True)
    for descriptor, (name, flags) in enumerate(
        zip(order["files"], (os.O_RDONLY, os.O_WRONLY, os.O_WRONLY), strict=True)
    ):
        opened = os.open(name, flags | os.O_APPEND * (flags != os.O_RDONLY))
        os.dup2(opened, descriptor)
        os.close(opened)
    sys.stdin, sys.stdout, sys.stderr = (os.fdopen(d, "rw"[d > 0], closefd=False) for d in range(3))
    os.environ.clear()
    os.environ.update(order["environment"])
    os.chdir(order["folder"])
    sys.argv = ["leadsync", *order["arguments"]]
    name, times, delay = order["point"], order["times"], order["delay"]
    if name in _STATEMENTS:
        _die_at_statement(*_STATEMENTS[name], _Point(times), delay)
    elif name == "moment":
        _die_about(_Point(times), delay)
    elif name:
        _FUNCTIONS[name](_Point(times))
    main()
    sys.exit(0)


def _serve() -> None:
    for name in ("ping", "resume", "running", "sync"):
        import_module(f"leadsync.cli.{name}")  # which the command line does when it knows its command
    for line in sys.stdin.buffer:
        process = os.fork()
        if process == 0:
            _be(json.loads(line))
        _, status = os.waitpid(process, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    _serve()
