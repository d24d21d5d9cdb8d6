"""One connection to the SQLite file, which turns its errors into ours."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from leadsync.errors import SettingsError, StateError
from leadsync.journal.schema import open_database


class Database:
    """The journal's file; used by one thread at a time.

    A rollback journal rather than a write-ahead log: the log has a corruption bug in SQLite 3.7.0 to 3.51.2, and the
    SQLite that comes with Python is often older than that. Opening it raises SettingsError, every method StateError,
    where the file cannot be read or written.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._connection = open_database(path)
        except (OSError, sqlite3.Error) as error:
            raise SettingsError(
                f"The journal {path} cannot be used ({error}); nothing was sent. "
                "Check the folder and the disk, or name another folder with --state-dir."
            ) from error

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def execute(self, statement: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
        """Carry out one statement; outside of `commit` it is on the disk when this returns."""
        try:
            return self._connection.execute(statement, values)
        except sqlite3.Error as error:
            raise _unusable(error) from error

    def read(self, statement: str, values: Sequence[object] = ()) -> Iterator[tuple[Any, ...]]:
        """Give the rows that a statement finds, as they are asked for."""
        try:
            yield from self._connection.execute(statement, values)
        except sqlite3.Error as error:
            raise _unusable(error) from error

    def batches(self, statement: str, values: Sequence[object], size: int) -> Iterator[list[tuple[Any, ...]]]:
        """Give the rows that a statement finds, so many at a time: millions of them in half the time of `read`."""
        try:
            found = self._connection.execute(statement, values)
            while batch := found.fetchmany(size):
                yield batch
        except sqlite3.Error as error:
            raise _unusable(error) from error

    def first(self, statement: str, values: Sequence[object] = ()) -> tuple[Any, ...] | None:
        """Give the first row that a statement finds, if it finds any."""
        return next(self.read(statement, values), None)

    def one(self, statement: str, values: Sequence[object] = ()) -> tuple[Any, ...]:
        """Give the row that a statement must find."""
        return next(self.read(statement, values))

    @contextmanager
    def commit(self) -> Iterator[sqlite3.Connection]:
        """Put what is written within the block on the disk at its end, all of it or nothing."""
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            yield self._connection
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            raise _unusable(error) from error
        finally:
            if self._connection.in_transaction:
                with suppress(sqlite3.Error):  # what broke the commit is what is told
                    self._connection.rollback()


def _unusable(error: sqlite3.Error) -> StateError:
    return StateError(
        f"The journal in the state folder cannot be used ({error}). Nothing more is sent; check folder and disk."
    )
