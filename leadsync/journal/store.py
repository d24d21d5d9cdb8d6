"""The journal as a whole: its runs, and all that is kept of each."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import orjson

from leadsync.codes import Code
from leadsync.journal.database import Database
from leadsync.journal.fold import fold
from leadsync.journal.ledger import Ledger
from leadsync.journal.runs import RunHead, RunRecord, Usage
from leadsync.journal.timelines import Timelines
from leadsync.journal.trend import Trends
from leadsync.journal.writes import Writes
from leadsync.records import Trend


class Journal(Writes, Timelines, Trends, AbstractContextManager["Journal"]):
    """Runs, the rows they read, what they sent, and their outcomes; and the ledgers of what Keen acknowledged.

    One connection, to be used by one thread at a time. Opening it raises SettingsError, every method StateError,
    where the file cannot be read or written.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(Database(path))

    def __exit__(self, *exception: object) -> None:
        self._db.close()

    def begin(self, head: RunHead, inspection: bytes | None = None) -> int:
        """Write down that a run begins, and what was found in its sources; give its number, by which all is kept."""
        names = orjson.dumps([source.name for source in head.sources]).decode()
        cursor = self._db.execute(
            "INSERT INTO runs (id, started_at, sources, mapping, mapping_sha256, base_url, head) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                *(head.id, head.started_at, names, head.mapping, head.mapping_sha256, head.base_url),
                head.to_json(),
            ),
        )
        assert cursor.lastrowid is not None
        if inspection is not None:  # a run that is killed before this looks again when it goes on
            self.keep_inspection(cursor.lastrowid, inspection)
        return cursor.lastrowid

    def learn(self) -> None:
        """Let the ledgers learn what became of all that was written."""
        fold(self._db)

    def keep_head(self, run: int, head: RunHead) -> None:
        """Keep what a run goes on with, where that is not what it began with, such as a new key."""
        self._db.execute("UPDATE runs SET head = ? WHERE no = ?", (head.to_json(), run))

    def keep_inspection(self, run: int, inspection: bytes) -> None:
        """Keep what was found in a run's sources before its first row was sent."""
        self._db.execute("INSERT OR REPLACE INTO inspections VALUES (?, ?)", (run, inspection))

    def inspection(self, run: int) -> bytes | None:
        """Give what was found in a run's sources; None where it was never kept."""
        found = self._db.first("SELECT content FROM inspections WHERE run = ?", (run,))
        return bytes(found[0]) if found else None

    def keep_profile(self, run: int, profile: str) -> None:
        """Keep what a run's rows looked like, as JSON."""
        self._db.execute("UPDATE runs SET profile = ? WHERE no = ?", (profile, run))

    def finish(self, run: int, summary: bytes, usage: Usage) -> None:
        """Write down how a run ended: the JSON of its summary, and what it used."""
        self._db.execute(
            "UPDATE runs SET summary = ?, requests = ?, retries = ?, seconds = ? WHERE no = ?",
            (summary.decode(), usage.requests, usage.retries, usage.seconds, run),
        )

    def runs(self) -> list[RunRecord]:
        """Give all runs, the oldest first."""
        found = self._db.read(
            "SELECT no, id, started_at, sources, mapping, head, reached, requests, retries, seconds, summary, profile "
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
                profile=profile,
            )
            for no, run_id, started_at, sources, mapping, head, reached, *usage, summary, profile in found
        ]
        followed = {run.head.follows for run in runs if run.head}
        newest = max((run.no for run in runs), default=0)
        return [replace(run, is_followed=run.id in followed, newest=newest) for run in runs]

    def trend(self, since: datetime, until: datetime) -> Trend:
        """Give what the runs have in common that began from one moment to before another; both have a time zone.

        Neither trial runs nor plans, nor what ran against the sandbox; a run without an end as far as it came.
        """
        return self._trend(self.runs(), since, until)

    def remove(self, runs: Iterable[int]) -> None:
        """Forget runs with all their rows and writes; the ledgers, which learn of them first, forget nothing."""
        fold(self._db)
        with self._db.commit() as db:
            db.executemany("DELETE FROM runs WHERE no = ?", ((run,) for run in runs))

    def compact(self) -> None:
        """Give the room of what was forgotten back to the disk; that needs room for a copy meanwhile."""
        self._db.execute("VACUUM")

    def usage(self, run: int) -> Usage:
        """Give what a run has used so far."""
        return Usage(*self._db.one("SELECT requests, retries, seconds FROM runs WHERE no = ?", (run,)))

    def ledger(self, base_url: str, key_print: str) -> Ledger:
        """Give the ledger of a company: what its Keen acknowledged, known by the address and the key's fingerprint."""
        return Ledger(self._db, base_url, key_print)

    def keep_legacy_lead(self, run: int, legacy_id: str, lead_id: str, refusal: Code | None, message: str) -> None:
        """Keep what Keen said when it was asked for a legacy id."""
        values = (run, legacy_id, lead_id, refusal, message)
        self._db.execute("INSERT OR REPLACE INTO legacy_leads VALUES (?, ?, ?, ?, ?)", values)

    def legacy_lead(self, run: int, legacy_id: str) -> tuple[str, Code | None, str] | None:
        """Give what was kept for a legacy id: the lead's UUID, the refusal, its message."""
        found = self._db.first(
            "SELECT lead_id, refusal, message FROM legacy_leads WHERE run = ? AND legacy_id = ?", (run, legacy_id)
        )
        return (found[0], Code(found[1]) if found[1] else None, found[2]) if found else None
