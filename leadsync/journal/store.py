"""The SQLite file: its schema, what is written into it and read from it."""

import os
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import pandas as pd

from leadsync.codes import Code
from leadsync.errors import SettingsError, StateError
from leadsync.records import Answered, Chunk, Example, Outcome, Row, Status

_SCHEMA = """
CREATE TABLE runs (
    no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, started_at TEXT NOT NULL, sources TEXT NOT NULL,
    mapping TEXT NOT NULL, mapping_sha256 TEXT NOT NULL, base_url TEXT NOT NULL, summary TEXT
);
CREATE TABLE chunks (
    run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE, first INTEGER NOT NULL, rows INTEGER NOT NULL,
    source TEXT NOT NULL, sheet TEXT NOT NULL, headers TEXT NOT NULL, has_form INTEGER NOT NULL,
    cells BLOB NOT NULL,
    PRIMARY KEY (run, first)
);
CREATE TABLE outcomes (
    run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE, position INTEGER NOT NULL, status TEXT NOT NULL,
    code TEXT NOT NULL, message TEXT NOT NULL, lead_id TEXT NOT NULL, cell TEXT NOT NULL, http_status INTEGER,
    attempts INTEGER NOT NULL, PRIMARY KEY (run, position)
) WITHOUT ROWID;
CREATE TABLE legacy_leads (
    run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE, legacy_id TEXT NOT NULL, lead_id TEXT NOT NULL,
    refusal TEXT, message TEXT NOT NULL, PRIMARY KEY (run, legacy_id)
) WITHOUT ROWID;
"""
_VERSION = 1


@dataclass(frozen=True, slots=True)
class RunHead:
    """What is known of a run when it begins."""

    id: str
    started_at: str
    sources: tuple[str, ...]
    mapping: str
    mapping_sha256: str
    base_url: str


def _unusable(error: OSError | sqlite3.Error) -> StateError:
    return StateError(
        f"The journal in the state folder cannot be used ({error}). Nothing more is sent; check folder and disk."
    )


class Journal(AbstractContextManager["Journal"]):
    """Runs, the rows they read, and their outcomes; one connection, to be used by one thread at a time.

    A rollback journal rather than a write-ahead log: the log has a corruption bug in SQLite 3.7.0 to 3.51.2, and the
    SQLite that comes with Python is often older than that. Opening it raises SettingsError, every
    method StateError, where the file cannot be read or written.
    """

    def __init__(self, path: Path) -> None:
        try:
            # SQLite would create the file readable by all.
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600))
            self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
            self._db.execute("PRAGMA foreign_keys = ON")
            self._migrate()
            path.chmod(0o600)
        except (OSError, sqlite3.Error) as error:
            raise SettingsError(
                f"The journal {path} cannot be used ({error}); nothing was sent. "
                "Check the folder and the disk, or name another folder with --state-dir."
            ) from error

    def __exit__(self, *exception: object) -> None:
        self._db.close()

    def _migrate(self) -> None:
        (version,) = self._db.execute("PRAGMA user_version").fetchone()
        if version > _VERSION:
            raise SettingsError("The journal was written by a newer leadsync: use that one, or another --state-dir.")
        if version < 1:
            self._db.executescript(f"BEGIN IMMEDIATE; {_SCHEMA} PRAGMA user_version = {_VERSION}; COMMIT;")

    def _execute(self, statement: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
        try:
            return self._db.execute(statement, values)
        except sqlite3.Error as error:
            raise _unusable(error) from error

    def begin(self, head: RunHead) -> int:
        """Write down that a run begins; give its number, by which all else is kept."""
        cursor = self._execute(
            "INSERT INTO runs (id, started_at, sources, mapping, mapping_sha256, base_url) VALUES (?, ?, ?, ?, ?, ?)",
            (
                head.id,
                head.started_at,
                orjson.dumps(head.sources).decode(),
                head.mapping,
                head.mapping_sha256,
                head.base_url,
            ),
        )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def add_chunk(self, run: int, chunk: Chunk) -> None:
        """Keep the rows of a chunk, so that the report can be made from the journal alone."""
        columns = [chunk.column(position) for position in range(len(chunk.headers))]
        content = {
            "numbers": list(chunk.numbers),
            "columns": columns,
            "typed": [(column, sorted(rows)) for column, rows in chunk.typed.items()],
            "surplus": list(chunk.surplus.items()),
        }
        cells = orjson.dumps(content)
        self._execute(
            "INSERT INTO chunks VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                run,
                chunk.first,
                len(chunk),
                chunk.source,
                chunk.sheet,
                orjson.dumps(chunk.headers).decode(),
                bool(chunk.typed or chunk.surplus),
                zlib.compress(cells, 1),
            ),
        )

    def add_outcomes(self, run: int, outcomes: Iterable[Outcome]) -> None:
        """Keep outcomes in one commit; when it returns they are on the disk."""
        rows = (
            (run, o.position, o.status, o.code, o.message, o.lead_id, o.cell, o.http_status, o.attempts)
            for o in outcomes
        )
        try:
            self._db.execute("BEGIN")
            self._db.executemany("INSERT INTO outcomes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
            self._db.execute("COMMIT")
        except sqlite3.Error as error:
            if self._db.in_transaction:
                self._db.rollback()
            raise _unusable(error) from error

    def finish(self, run: int, summary: bytes) -> None:
        """Write down how a run ended: the JSON of its summary."""
        self._execute("UPDATE runs SET summary = ? WHERE no = ?", (summary.decode(), run))

    def keep_legacy_lead(self, run: int, legacy_id: str, lead_id: str, refusal: Code | None, message: str) -> None:
        """Keep what Keen said when it was asked for a legacy id."""
        values = (run, legacy_id, lead_id, refusal, message)
        self._execute("INSERT OR REPLACE INTO legacy_leads VALUES (?, ?, ?, ?, ?)", values)

    def legacy_lead(self, run: int, legacy_id: str) -> tuple[str, Code | None, str] | None:
        """Give what was kept for a legacy id: the lead's UUID, the refusal, its message."""
        found = self._execute(
            "SELECT lead_id, refusal, message FROM legacy_leads WHERE run = ? AND legacy_id = ?", (run, legacy_id)
        ).fetchone()
        return (found[0], Code(found[1]) if found[1] else None, found[2]) if found else None

    def examples(self, run: int) -> list[Example]:
        """Give each status and code of a run with its count and its first row."""
        found = self._execute(
            "SELECT status, code, count(*), min(position) FROM outcomes WHERE run = ? GROUP BY status, code", (run,)
        ).fetchall()
        return [self._example(run, Status(status), Code(code), *rest) for status, code, *rest in found]

    def _example(self, run: int, status: Status, code: Code, count: int, position: int) -> Example:
        message, cell = self._execute(
            "SELECT message, cell FROM outcomes WHERE run = ? AND position = ?", (run, position)
        ).fetchone()
        if not cell:
            sheet, first, cells = self._execute(
                "SELECT sheet, first, cells FROM chunks WHERE run = ? AND first <= ? ORDER BY first DESC LIMIT 1",
                (run, position),
            ).fetchone()
            cell = str(Row(position, sheet, _unpack(cells)["numbers"][position - first]))
        return Example(status, code, count, message, cell)

    def headers(self, run: int) -> list[tuple[str, ...]]:
        """Give the distinct headers of the sheets that a run has read, in their order."""
        found = self._execute(
            "SELECT headers FROM chunks WHERE run = ? GROUP BY headers ORDER BY min(first)", (run,)
        ).fetchall()
        return [tuple(orjson.loads(headers)) for (headers,) in found]

    def has_forms(self, run: int) -> bool:
        """Tell whether a run has read cells or rows of which a report must tell more than their text."""
        found = self._execute("SELECT 1 FROM chunks WHERE run = ? AND has_form LIMIT 1", (run,)).fetchone()
        return found is not None

    def answered(self, run: int) -> Iterator[Answered]:
        """Give the rows of a run with their outcomes, in the order of the source, a chunk at a time."""
        chunks = self._execute(
            "SELECT first, rows, source, sheet, headers, cells FROM chunks WHERE run = ? ORDER BY first", (run,)
        )
        for first, rows, source, sheet, headers, cells in chunks:
            content = _unpack(cells)
            chunk = Chunk(
                source,
                sheet,
                tuple(orjson.loads(headers)),
                first,
                content["numbers"],
                pd.DataFrame(dict(enumerate(content["columns"])), dtype=object),
                typed={column: frozenset(rows) for column, rows in content["typed"]},
                surplus=dict(content["surplus"]),
            )
            yield Answered(chunk, self._outcomes(run, first, rows))

    def _outcomes(self, run: int, first: int, rows: int) -> list[Outcome | None]:
        outcomes: list[Outcome | None] = [None] * rows
        found = self._execute(
            "SELECT position, status, code, message, lead_id, cell, http_status, attempts FROM outcomes "
            "WHERE run = ? AND position >= ? AND position < ?",
            (run, first, first + rows),
        )
        for position, status, code, *rest in found:
            outcomes[position - first] = Outcome(position, Status(status), Code(code), *rest)
        return outcomes


def _unpack(cells: bytes) -> dict[str, Any]:
    content: dict[str, Any] = orjson.loads(zlib.decompress(cells))
    return content
