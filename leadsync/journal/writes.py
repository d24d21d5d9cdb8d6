"""What is about to be sent to each lead, written down before it goes out, and what Keen held before."""

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from sqlite3 import Connection

import orjson

from leadsync.codes import Code
from leadsync.errors import StateError
from leadsync.journal.fold import fold
from leadsync.journal.rows import ANSWER, Rows
from leadsync.journal.runs import Usage
from leadsync.records import JsonValue, Outcome, Reading, Status, Update

_WRITE = """
INSERT INTO writes (run, position, session, at, lead, content, mark) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (run, position) DO UPDATE SET
    session = excluded.session, at = excluded.at, lead = excluded.lead, content = excluded.content,
    mark = excluded.mark, before = NULL
"""
_MAYBE_WRITTEN = """
UPDATE writes SET earlier = coalesce(before, earlier) WHERE run = ? AND position IN (
    SELECT position FROM outcomes WHERE run = ? AND position >= ? AND position < ? AND status = 'unknown'
)
"""
_WRITES = """
SELECT w.position, w.lead, coalesce(nullif(o.lead_id, ''), l.lead_id, ''), w.content, coalesce(w.before, w.earlier),
    o.status, o.code, w.earlier IS NOT NULL
FROM writes w LEFT JOIN outcomes o USING (run, position)
LEFT JOIN legacy_leads l ON l.run = w.run AND l.legacy_id = w.lead
WHERE w.run = ? AND w.position > ? ORDER BY w.position LIMIT 2000
"""
_HISTORY = """
SELECT w.run, r.id, w.at, w.position, w.content, coalesce(w.before, w.earlier), o.status, o.code, w.earlier IS NOT NULL
FROM writes w JOIN runs r ON r.no = w.run LEFT JOIN outcomes o USING (run, position)
LEFT JOIN legacy_leads l ON l.run = w.run AND l.legacy_id = w.lead
WHERE ? IN (w.lead, o.lead_id, l.lead_id) AND w.run IN (
        SELECT no FROM runs WHERE NOT json_extract(head, '$.dry_run') AND NOT json_extract(head, '$.rehearsal')
        AND json_extract(head, '$.kind') IS NOT 'plan'
    )
ORDER BY w.at, w.run, w.position
"""


@dataclass(frozen=True, slots=True)
class Write:
    """What a run sent, or may have sent, to a lead."""

    position: int
    lead: str
    """As the row names it."""
    lead_id: str
    """Its UUID; empty where a legacy id was never looked up."""
    values: Mapping[str, JsonValue]
    """By standard field or `property_definitions_id`."""
    before: Mapping[str, JsonValue] | None
    """What Keen held for them before the run, as text; None where nobody looked."""
    status: Status | None
    """None where there is no outcome: leadsync was killed, or the run goes on."""
    code: Code | None
    was_in_doubt: bool = False
    """An earlier session of the run may have applied it."""

    @property
    def may_be_in_keen(self) -> bool:
        """Tell whether Keen may hold what was sent, wholly or in part, because of this run."""
        return _may_be_in_keen(self.status, self.code, was_in_doubt=self.was_in_doubt)


def _may_be_in_keen(status: Status | None, code: Code | None, *, was_in_doubt: bool) -> bool:
    if status in (Status.UPDATED, Status.UNKNOWN, None) or code is Code.NOT_STORED_AS_SENT:
        return True
    return was_in_doubt


@dataclass(frozen=True, slots=True)
class Written:
    """Values that a run wrote to a lead, or may have written."""

    run_id: str
    at: int
    """When they were about to be sent: seconds since 1970 in UTC."""
    source: str
    sheet: str
    row: int
    """As Excel shows it, from 1."""
    values: Mapping[str, JsonValue]
    before: Mapping[str, JsonValue] | None
    is_sure: bool
    """Keen has acknowledged them, and holds them as they were sent."""


class Writes(Rows):
    """Keeps what goes out: ahead of it, and until the run is forgotten."""

    def reopen(self, run: int, killed: str) -> None:
        """Write down that a run goes on.

        A row that may have been on its way when leadsync was killed, and has no outcome, becomes `unknown` with the
        reason `killed`, until it is answered. The ledger learns of what went out before, as it must before more does.
        """
        fold(self._db)
        answered = self._positions(run, "1")
        lost = [position for position, mark in enumerate(answered[: self.reached(run)]) if not mark]
        rows = ((run, position, Status.UNKNOWN, Code.KILLED, killed, "", "", None, 1, 0) for position in lost)
        with self._db.commit() as db:
            db.executemany(ANSWER, rows)
            db.execute("UPDATE runs SET summary = NULL, reached = 0 WHERE no = ?", (run,))

    def reached(self, run: int) -> int:
        """Give the position from which on no row was ever handed to a sender."""
        (reached,) = self._db.one("SELECT reached FROM runs WHERE no = ?", (run,))
        return int(reached)

    def reach(self, run: int, first: int, end: int, updates: Iterable[Update] = ()) -> None:
        """Write down that the rows from one position to before another may be sent from now on, and what.

        What an earlier session told of such a row, that it was not applied, is no longer sure. Where that session may
        have applied it, what Keen held before then is kept, for what it holds now may be ours.
        """
        now = int(time.time())
        with self._db.commit() as db:
            db.execute(_MAYBE_WRITTEN, (run, run, first, end))
            db.execute(
                "DELETE FROM outcomes WHERE run = ? AND position >= ? AND position < ? "
                "AND status IN ('not_sent', 'failed')",
                (run, first, end),
            )
            session = _begun_session(db, run)
            db.executemany(
                _WRITE,
                ((run, u.row.position, session, now, u.lead, _json(u.values), u.mark) for u in updates),
            )
            db.execute("UPDATE runs SET reached = max(reached, ?) WHERE no = ?", (end, run))

    def add_outcomes(
        self, run: int, outcomes: Iterable[Outcome], usage: Usage, readings: Iterable[Reading] = ()
    ) -> None:
        """Keep outcomes, readings, and what the run has used so far, in one commit; then they are on the disk.

        Each outcome takes the place of one that is not final; raises StateError where the row has a final one.
        """
        with self._db.commit() as db:
            self._narrow(db, run, readings)
            self._answer(db, run, outcomes)
            db.execute(
                "UPDATE runs SET requests = ?, retries = ?, seconds = ? WHERE no = ?",
                (usage.requests, usage.retries, usage.seconds, run),
            )

    def keep_readings(self, run: int, readings: Iterable[Reading]) -> None:
        """Keep what looks at leads have left of updates, in one commit."""
        with self._db.commit() as db:
            self._narrow(db, run, readings)

    def _narrow(self, db: Connection, run: int, readings: Iterable[Reading]) -> None:
        for reading in readings:
            place = (run, reading.position)
            found = db.execute("SELECT earlier FROM writes WHERE run = ? AND position = ?", place).fetchone()
            if found is None:
                raise StateError(
                    "A row was looked at that was not to be sent: a fault of leadsync; nothing more is sent."
                )
            before = reading.before
            if before is not None and found[0] is not None:
                earlier = orjson.loads(found[0])
                # Only a value that is ours already says nothing of what was there before.
                before = {k: earlier.get(k, was) if k in reading.held else was for k, was in before.items()}
            db.execute(
                "UPDATE writes SET content = ?, before = ?, mark = ? WHERE run = ? AND position = ?",
                (
                    _json(reading.values),
                    None if before is None else _json(before),
                    reading.mark,
                    *place,
                ),
            )

    def writes(self, run: int) -> Iterator[Write]:
        """Give what a run sent, or may have sent, in the order of its rows; also what it then did not send.

        Some at a time, so that a run which writes meanwhile need not wait for whoever reads this.
        """
        last = -1
        while found := [*self._db.read(_WRITES, (run, last))]:
            last = found[-1][0]
            for position, lead, lead_id, content, before, status, code, was_in_doubt in found:
                yield Write(
                    position,
                    lead,
                    lead_id or (lead if "-" in lead else ""),
                    orjson.loads(content),
                    None if before is None else orjson.loads(before),
                    Status(status) if status else None,
                    Code(code) if code else None,
                    bool(was_in_doubt),
                )

    def history(self, lead_id: str) -> Iterator[Written]:
        """Give every value that was written to a lead, or may have been, the oldest first; not what was only tried.

        There is no index for this: it reads all writes, about a second for a million.
        """
        for run, run_id, at, position, content, before, *told, was_in_doubt in self._db.read(_HISTORY, (lead_id,)):
            status, code = Status(told[0]) if told[0] else None, Code(told[1]) if told[1] else None
            if not _may_be_in_keen(status, code, was_in_doubt=bool(was_in_doubt)):
                continue
            yield Written(
                run_id,
                at,
                *self._row(run, position),
                orjson.loads(content),
                None if before is None else orjson.loads(before),
                status is Status.UPDATED,
            )


def _begun_session(db: Connection, run: int) -> int:
    """Give the session that a run's writes belong to, about which the ledger has to learn from now on."""
    db.execute("INSERT INTO folds VALUES (?, 0, 1) ON CONFLICT (run) DO UPDATE SET is_due = 1", (run,))
    (session,) = db.execute("SELECT session FROM folds WHERE run = ?", (run,)).fetchone()
    return int(session)


def _json(values: Mapping[str, JsonValue]) -> str:
    return orjson.dumps(dict(values), option=orjson.OPT_SORT_KEYS).decode()
