"""The SQLite file: what is written into it and read from it."""

import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pandas as pd

from leadsync.codes import Code
from leadsync.errors import SettingsError, StateError
from leadsync.journal.runs import RunHead, RunRecord, Usage
from leadsync.journal.schema import open_database
from leadsync.records import OPEN, Answered, Cell, Chunk, Example, Issue, Outcome, Row, Status

_OPEN = ", ".join(f"'{status}'" for status in sorted(OPEN))

_ANSWER = f"""
INSERT INTO outcomes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (run, position) DO UPDATE SET
    status = excluded.status, code = excluded.code, message = excluded.message, lead_id = excluded.lead_id,
    cell = excluded.cell, http_status = excluded.http_status, attempts = excluded.attempts, digest = excluded.digest
WHERE outcomes.status IN ({_OPEN})
"""  # noqa: S608 - the statuses are ours
_CHUNK = (
    "INSERT INTO chunks VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (run, first) "
    "DO UPDATE SET has_form = excluded.has_form, cells = excluded.cells "
    "WHERE excluded.has_form AND excluded.rows = chunks.rows"
)
_NOT_SENT = f"{_ANSWER} AND outcomes.status = 'not_sent'"
"""That a session did not send a row does not undo what an earlier one learnt of it."""


def _unusable(error: sqlite3.Error) -> StateError:
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
            self._db = open_database(path)
        except (OSError, sqlite3.Error) as error:
            raise SettingsError(
                f"The journal {path} cannot be used ({error}); nothing was sent. "
                "Check the folder and the disk, or name another folder with --state-dir."
            ) from error

    def __exit__(self, *exception: object) -> None:
        self._db.close()

    def _execute(self, statement: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
        try:
            return self._db.execute(statement, values)
        except sqlite3.Error as error:
            raise _unusable(error) from error

    @contextmanager
    def _commit(self) -> Iterator[sqlite3.Connection]:
        """Put what is written within the block on the disk at its end, all of it or nothing."""
        try:
            self._db.execute("BEGIN IMMEDIATE")
            yield self._db
            self._db.execute("COMMIT")
        except sqlite3.Error as error:
            raise _unusable(error) from error
        finally:
            if self._db.in_transaction:
                with suppress(sqlite3.Error):  # what broke the commit is what is told
                    self._db.rollback()

    def begin(self, head: RunHead, inspection: bytes | None = None) -> int:
        """Write down that a run begins, and what was found in its sources; give its number, by which all is kept."""
        names = orjson.dumps([source.name for source in head.sources]).decode()
        cursor = self._execute(
            "INSERT INTO runs (id, started_at, sources, mapping, mapping_sha256, base_url, head, inspection) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(head.id, head.started_at, names, head.mapping, head.mapping_sha256, head.base_url),
                *(head.to_json(), inspection),
            ),
        )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def keep_inspection(self, run: int, inspection: bytes) -> None:
        """Keep what was found in a run's sources before its first row was sent."""
        self._execute("UPDATE runs SET inspection = ? WHERE no = ?", (inspection, run))

    def inspection(self, run: int) -> bytes | None:
        """Give what was found in a run's sources; None where it was never kept."""
        (inspection,) = self._execute("SELECT inspection FROM runs WHERE no = ?", (run,)).fetchone()
        return None if inspection is None else bytes(inspection)

    def reopen(self, run: int, killed: str) -> None:
        """Write down that a run goes on.

        A row that may have been on its way when leadsync was killed, and has no outcome, becomes `unknown` with the
        reason `killed`, until it is answered.
        """
        answered = self._positions(run, "1")
        lost = [position for position, mark in enumerate(answered[: self.reached(run)]) if not mark]
        rows = ((run, position, Status.UNKNOWN, Code.KILLED, killed, "", "", None, 1, 0) for position in lost)
        with self._commit() as db:
            db.executemany(_ANSWER, rows)
            db.execute("UPDATE runs SET summary = NULL, reached = 0 WHERE no = ?", (run,))

    def add_chunk(self, run: int, chunk: Chunk, outcomes: Iterable[Outcome] = ()) -> None:
        """Keep the rows of a chunk, with the outcomes of those that are never sent; then they are on the disk.

        A chunk that an earlier session of the run has kept stays as it is, save for what is known of its cells by now:
        the earlier one may have been stopped before it looked.
        """
        columns = [chunk.column(position) for position in range(len(chunk.headers))]
        content = {
            "numbers": list(chunk.numbers),
            "columns": columns,
            "typed": [(column, sorted(rows)) for column, rows in chunk.typed.items()],
            "surplus": list(chunk.surplus.items()),
            "faults": [(column, _packed(issues)) for column, issues in chunk.faults.items()],
        }
        values = (
            run,
            chunk.first,
            len(chunk),
            chunk.source,
            chunk.sheet,
            orjson.dumps(chunk.headers).decode(),
            bool(chunk.typed or chunk.surplus or chunk.faults),
            zlib.compress(orjson.dumps(content), 1),
        )
        with self._commit() as db:
            db.execute(_CHUNK, values)
            self._answer(run, outcomes)

    def add_outcomes(self, run: int, outcomes: Iterable[Outcome], usage: Usage) -> None:
        """Keep outcomes, and what the run has used so far, in one commit; when it returns they are on the disk.

        Each takes the place of an outcome that is not final; raises StateError where the row has a final one.
        """
        with self._commit() as db:
            self._answer(run, outcomes)
            db.execute(
                "UPDATE runs SET requests = ?, retries = ?, seconds = ? WHERE no = ?",
                (usage.requests, usage.retries, usage.seconds, run),
            )

    def _answer(self, run: int, outcomes: Iterable[Outcome]) -> None:
        answers: list[tuple[object, ...]] = []
        unsent: list[tuple[object, ...]] = []
        for o in outcomes:
            values = (
                *(run, o.position, o.status, o.code, o.message, o.lead_id, o.cell, o.http_status, o.attempts),
                o.digest,
            )
            (unsent if o.status is Status.NOT_SENT else answers).append(values)
        if answers and self._db.executemany(_ANSWER, answers).rowcount < len(answers):
            raise StateError("A row was to be answered twice, which is a fault of leadsync; nothing more is sent.")
        if unsent:
            self._db.executemany(_NOT_SENT, unsent)

    def reach(self, run: int, first: int, end: int) -> None:
        """Write down that the rows from one position to before another may be sent from now on.

        What an earlier session told of such a row, that it was not applied, is no longer sure.
        """
        with self._commit() as db:
            db.execute(
                "DELETE FROM outcomes WHERE run = ? AND position >= ? AND position < ? "
                "AND status IN ('not_sent', 'failed')",
                (run, first, end),
            )
            db.execute("UPDATE runs SET reached = max(reached, ?) WHERE no = ?", (end, run))

    def finish(self, run: int, summary: bytes, usage: Usage) -> None:
        """Write down how a run ended: the JSON of its summary, and what it used."""
        self._execute(
            "UPDATE runs SET summary = ?, requests = ?, retries = ?, seconds = ? WHERE no = ?",
            (summary.decode(), usage.requests, usage.retries, usage.seconds, run),
        )

    def runs(self) -> list[RunRecord]:
        """Give all runs, the oldest first."""
        found = self._execute(
            "SELECT no, id, started_at, sources, mapping, head, reached, requests, retries, seconds, summary "
            "FROM runs ORDER BY no"
        )
        runs = [
            RunRecord(
                no,
                run_id,
                started_at,
                tuple(orjson.loads(sources)),
                mapping,
                RunHead.from_json(head) if head else None,
                reached,
                Usage(*usage),
                orjson.loads(summary) if summary else None,
            )
            for no, run_id, started_at, sources, mapping, head, reached, *usage, summary in found
        ]
        followed = {run.head.follows for run in runs if run.head}
        newest = max((run.no for run in runs), default=0)
        return [replace(run, is_followed=run.id in followed, newest=newest) for run in runs]

    def remove(self, runs: Iterable[int]) -> None:
        """Forget runs with all their rows."""
        with self._commit() as db:
            db.executemany("DELETE FROM runs WHERE no = ?", ((run,) for run in runs))

    def compact(self) -> None:
        """Give the room of what was forgotten back to the disk; that needs room for a copy meanwhile."""
        self._execute("VACUUM")

    def usage(self, run: int) -> Usage:
        """Give what a run has used so far."""
        return Usage(*self._execute("SELECT requests, retries, seconds FROM runs WHERE no = ?", (run,)).fetchone())

    def reached(self, run: int) -> int:
        """Give the position from which on no row was ever handed to a sender."""
        (reached,) = self._execute("SELECT reached FROM runs WHERE no = ?", (run,)).fetchone()
        return int(reached)

    def final_statuses(self, run: int) -> Mapping[Status, int]:
        """Count the rows of a run that have their final answers."""
        counts = self._execute(
            f"SELECT status, count(*) FROM outcomes WHERE run = ? AND status NOT IN ({_OPEN}) GROUP BY status",  # noqa: S608
            (run,),
        )
        return {Status(status): count for status, count in counts}

    def rows(self, run: int) -> int:
        """Give how many rows a run has kept."""
        (rows,) = self._execute("SELECT coalesce(sum(rows), 0) FROM chunks WHERE run = ?", (run,)).fetchone()
        return int(rows)

    def final_positions(self, run: int) -> bytearray:
        """Tell of each row of a run, by position, whether it has its final answer (1) or not (0)."""
        return self._positions(run, f"status NOT IN ({_OPEN})")

    def _positions(self, run: int, which: str) -> bytearray:
        found = self._execute(
            f"SELECT position FROM outcomes WHERE run = ? AND {which} ORDER BY position",  # noqa: S608 - ours
            (run,),
        )
        marks = bytearray(self.rows(run))
        for (position,) in found:
            marks[position] = 1
        return marks

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
                faults={
                    column: {row: _issue(*told) for row, *told in issues}
                    for column, issues in content.get("faults", ())  # older journals have none
                },
            )
            yield Answered(chunk, self.outcomes(run, first, rows))

    def outcomes(self, run: int, first: int, rows: int) -> list[Outcome | None]:
        """Give the outcomes of consecutive rows, in their order; None for a row that has none."""
        outcomes: list[Outcome | None] = [None] * rows
        found = self._execute(
            "SELECT position, status, code, message, lead_id, cell, http_status, attempts, digest FROM outcomes "
            "WHERE run = ? AND position >= ? AND position < ?",
            (run, first, first + rows),
        )
        for position, status, code, *rest in found:
            outcomes[position - first] = Outcome(position, Status(status), Code(code), *rest)
        return outcomes


def _unpack(cells: bytes) -> dict[str, Any]:
    content: dict[str, Any] = orjson.loads(zlib.decompress(cells))
    return content


def _packed(issues: Mapping[int, Issue]) -> list[tuple[object, ...]]:
    return [
        (row, issue.code, issue.message, issue.cell and (issue.cell.sheet, issue.cell.row, issue.cell.column))
        for row, issue in issues.items()
    ]


def _issue(code: str, message: str, place: Sequence[Any] | None) -> Issue:
    return Issue(Code(code), message, Cell(*place) if place else None)
