"""The journal's tables, and the way from each older form to today's."""

import os
import sqlite3
from pathlib import Path

from leadsync.errors import SettingsError

_FIRST = """
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

_RESUMABLE = """
ALTER TABLE runs ADD COLUMN head TEXT;
ALTER TABLE runs ADD COLUMN reached INTEGER NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN requests INTEGER NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN retries INTEGER NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN seconds REAL NOT NULL DEFAULT 0;
ALTER TABLE outcomes ADD COLUMN digest INTEGER NOT NULL DEFAULT 0;
"""
"""`head`: the JSON of the RunHead; `reached`: no row from this position on was ever handed to a sender."""

_INSPECTED = """
ALTER TABLE runs ADD COLUMN inspection BLOB
"""
"""What was found before the first row was sent, and holds for the whole run."""

_REMEMBERING = """
ALTER TABLE runs ADD COLUMN profile TEXT NOT NULL DEFAULT '';
CREATE TABLE inspections (
    run INTEGER PRIMARY KEY REFERENCES runs ON DELETE CASCADE, content BLOB NOT NULL
);
INSERT INTO inspections SELECT no, inspection FROM runs WHERE inspection IS NOT NULL;
UPDATE runs SET inspection = NULL;
CREATE TABLE unchanged (
    run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE, first INTEGER NOT NULL, count INTEGER NOT NULL,
    lead_column INTEGER, bits BLOB NOT NULL, PRIMARY KEY (run, first)
);
CREATE TABLE writes (
    run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE, position INTEGER NOT NULL, session INTEGER NOT NULL,
    at INTEGER NOT NULL, lead TEXT NOT NULL, content TEXT NOT NULL, mark INTEGER NOT NULL, before TEXT, earlier TEXT,
    PRIMARY KEY (run, position)
);
CREATE TABLE folds (
    run INTEGER PRIMARY KEY REFERENCES runs ON DELETE CASCADE, session INTEGER NOT NULL, is_due INTEGER NOT NULL
);
CREATE TABLE companies (
    no INTEGER PRIMARY KEY, base_url TEXT NOT NULL, key_print TEXT NOT NULL, UNIQUE (base_url, key_print)
);
CREATE TABLE ledger_values (
    company INTEGER NOT NULL, lead BLOB NOT NULL, said TEXT NOT NULL, PRIMARY KEY (company, lead)
) WITHOUT ROWID;
CREATE TABLE ledger_marks (
    company INTEGER NOT NULL, lead BLOB NOT NULL, mark INTEGER NOT NULL, PRIMARY KEY (company, lead)
) WITHOUT ROWID;
CREATE TABLE ledger_legacy_ids (
    company INTEGER NOT NULL, legacy_id TEXT NOT NULL, lead BLOB NOT NULL, PRIMARY KEY (company, legacy_id)
) WITHOUT ROWID
"""
"""What was written to each lead, and what is known of it for good.

`inspections`: what is found before the first row is sent, no longer in the row of the run, which is rewritten with
each commit. `unchanged`: a bit for each row of a chunk, set where it is unchanged and has no outcome of its own.
`writes.content`: the JSON of the values that are or were about to be sent; `before`: of what Keen held for them;
`earlier`: of what it held before an earlier session of the run that may have written them; `at`: seconds since 1970.
`folds`: the session of its writes that a run is in, and whether the ledger has yet to learn of it. `ledger_*`: what
Keen acknowledged last, by company and lead (16 bytes); the marks stand apart, as all of them are read at once.
"""

_TIMED = """
CREATE TABLE timelines (
    run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE, session INTEGER NOT NULL, content TEXT NOT NULL,
    PRIMARY KEY (run, session)
)
"""
"""How fast Keen was asked in each session of a run, as JSON; not in the row of the run, which is rewritten with each
commit."""

_MIGRATIONS = (_FIRST, _RESUMABLE, _INSPECTED, _REMEMBERING, _TIMED)
VERSION = len(_MIGRATIONS)
"""`PRAGMA user_version` of a journal of today's form."""


_BUSY = 60.0
"""Seconds that one process waits for another which reads or writes: whoever lists runs must not stop one."""


def open_database(path: Path) -> sqlite3.Connection:
    """Open or make the journal (0600), bringing an older form up to today's in one transaction.

    Raises SettingsError where it is of a newer form, OSError or sqlite3.Error where it cannot be used.
    """
    # SQLite would create the file readable by all.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600))
    database = sqlite3.connect(path, timeout=_BUSY, check_same_thread=False, isolation_level=None)
    try:
        database.execute("PRAGMA foreign_keys = ON")
        _migrate(database)
        path.chmod(0o600)
    except BaseException:
        database.close()
        raise
    return database


def _migrate(database: sqlite3.Connection) -> None:
    (version,) = database.execute("PRAGMA user_version").fetchone()
    if version > VERSION:
        raise SettingsError("The journal was written by a newer leadsync: use that one, or another --state-dir.")
    if version == VERSION:
        return
    database.execute("BEGIN IMMEDIATE")
    (version,) = database.execute("PRAGMA user_version").fetchone()  # another process may have been quicker
    for step in ";".join(_MIGRATIONS[version:]).split(";"):
        database.execute(step)
    database.execute(f"PRAGMA user_version = {VERSION}")
    database.execute("COMMIT")
