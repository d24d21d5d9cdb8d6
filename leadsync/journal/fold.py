"""How the ledgers learn: what was written to leads, and what became of it, folded into what Keen is known to hold.

| what became of a write | values | mark |
|---|---|---|
| `updated`, `unchanged`, `skipped`: Keen holds what is left of it | kept | the write's; 0 if some were kept back |
| `rejected`, `failed`, `unknown`, or leadsync was killed: nobody knows what it holds | in doubt | 0 |
| what an undo put back | kept, and not ours | 0 |
| `rejected`, as the lead is not there, or not ours | the lead is forgotten, with its legacy ids | |
| `not_sent` | as they were | as it was |

A lead whose mark is 0 is compared by value, and a value that is in doubt is sent again; what was there before and what
was tried both count as ours until one is acknowledged. Of a run that made a plan
only `unchanged` counts, for it sends nothing; a trial, a rehearsal, and a run of nobody's key teach nothing.

To fold writes is to forget or set values lead by lead, in the order in which they went out. So to fold the same ones
once more changes nothing, and a fold that was cut off is begun again.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from itertools import groupby, islice
from operator import attrgetter, itemgetter
from sqlite3 import Connection
from typing import Any, NamedTuple

import orjson

from leadsync.codes import Code
from leadsync.journal.database import Database
from leadsync.journal.runs import RunHead
from leadsync.records import JsonValue, Status

_BLOCK = 100_000
"""Writes that are sorted by lead at a time, so that neighbours in the ledger are written together."""
_SLICE = 10_000
"""Leads that share a commit."""
_FEW = 500
"""Values in one statement; an old SQLite takes 999."""
_LEAD_BYTES = 16
_NOTHING = "{}"
DOUBTFUL = "~"
"""In what is known of a lead: by key what Keen may hold of ours, where nobody is sure; None is nothing."""
_MOST_DOUBTS = 8

_DUE = "SELECT no, head, session FROM runs JOIN folds ON run = no WHERE is_due ORDER BY no"
_WRITES = """
SELECT w.position, w.lead, coalesce(nullif(o.lead_id, ''), l.lead_id, ''), g.lead, w.content, w.mark, o.status, o.code
FROM writes w LEFT JOIN outcomes o USING (run, position)
LEFT JOIN legacy_leads l ON l.run = w.run AND l.legacy_id = w.lead
LEFT JOIN ledger_legacy_ids g ON g.company = ? AND g.legacy_id = w.lead
WHERE w.run = ? AND w.session = ? AND w.position > ? ORDER BY w.position LIMIT ?
"""
_HELD = frozenset({Status.UPDATED, Status.UNCHANGED, Status.SKIPPED})
_WHOLE = frozenset({Code.UPDATED, Code.REVERTED, Code.UNCHANGED})
"""The codes of rows of which nothing was kept back."""
_GONE = frozenset({Code.LEAD_NOT_FOUND, Code.LEAD_NOT_ACCESSIBLE})


class _Verdict(Enum):
    """What the outcome of a write says of the values that it was to set."""

    HELD = "Keen holds them."
    RETURNED = "Keen holds them, as before a run that was undone: they are not ours."
    UNSURE = "Nobody knows what Keen holds."
    GONE = "There is no such lead, or it is not ours."


class _Write(NamedTuple):
    """A write, as the ledger looks at it."""

    lead: bytes
    legacy_id: str
    """Empty where the row names the lead by its UUID."""
    content: str
    mark: int
    verdict: _Verdict
    is_whole: bool
    """Nothing of the row was kept back."""


@dataclass(slots=True)
class _Entry:
    """What is known of a lead, while writes are folded into it."""

    said: dict[str, JsonValue]
    mark: int = 0
    legacy_ids: set[str] = field(default_factory=set)
    was_gone: bool = False
    is_spoilt: bool = False
    """Of a row that these writes are about something was kept back, so that no later row stands for all of them."""

    def learn(self, write: _Write) -> None:
        """Fold one write into what is known."""
        doubt = self._doubt()
        if write.verdict in (_Verdict.HELD, _Verdict.RETURNED):
            for key, value in orjson.loads(write.content).items():
                self.said[key] = value
                doubt.pop(key, None)
                if write.verdict is _Verdict.RETURNED:
                    doubt[key] = [None]
            if write.legacy_id:
                self.legacy_ids.add(write.legacy_id)
            self.is_spoilt = self.is_spoilt or not write.is_whole
        elif write.verdict is _Verdict.UNSURE:
            for key, value in orjson.loads(write.content).items():
                ours = doubt.get(key) or [self.said.get(key)]
                doubt[key] = [*ours, value][-_MOST_DOUBTS:] if value not in ours else ours
                self.said.pop(key, None)
        else:
            self.said, self.legacy_ids, self.was_gone, doubt = {}, set(), True, {}
        if doubt:
            self.said[DOUBTFUL] = {**doubt}
        self.mark = 0 if doubt or self.is_spoilt else write.mark

    def _doubt(self) -> dict[str, list[JsonValue]]:
        doubt = self.said.pop(DOUBTFUL, {})
        assert isinstance(doubt, dict)
        return {key: of if isinstance(of, list) else [] for key, of in doubt.items()}


def packed(lead: str) -> bytes:
    """Give the 16 bytes of a UUID; nothing for what is none."""
    try:
        content = bytes.fromhex(lead.replace("-", ""))
    except ValueError:
        return b""
    return content if len(content) == _LEAD_BYTES else b""


def unpacked(lead: bytes) -> str:
    """Write 16 bytes as a UUID."""
    digits = lead.hex()
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def company_number(database: Database, base_url: str, key_print: str) -> int:
    """Give the number of a company; 0 where none of its runs was ever folded."""
    found = database.first("SELECT no FROM companies WHERE base_url = ? AND key_print = ?", (base_url, key_print))
    return int(found[0]) if found else 0


def look_up(
    database: Database, company: int, what: tuple[str, str, str], keys: Iterable[str | bytes]
) -> Iterator[tuple[Any, Any]]:
    """Give pairs of key and value from one of a company's tables; `what` names table, key and value."""
    table, key, value = what
    left = iter(keys)
    while part := [*islice(left, _FEW)]:
        yield from database.read(
            f"SELECT {key}, {value} FROM {table} WHERE company = ? "  # noqa: S608 - ours
            f"AND {key} IN ({', '.join('?' * len(part))})",
            (company, *part),
        )


def fold(database: Database) -> None:
    """Let the ledgers learn of all writes of which they have not; raises StateError.

    Runs are folded in the order in which they began, which is that of their writes: for before a run goes on, what it
    wrote earlier has been folded.
    """
    for run, head, session in [*database.read(_DUE)]:
        _fold_run(database, run, session, RunHead.from_json(head))
        database.execute("UPDATE folds SET is_due = 0, session = session + 1 WHERE run = ?", (run,))


def _fold_run(database: Database, run: int, session: int, head: RunHead) -> None:
    if head.dry_run or head.rehearsal or not head.key_print:
        return
    who = (head.base_url, head.key_print)
    database.execute("INSERT INTO companies (base_url, key_print) VALUES (?, ?) ON CONFLICT DO NOTHING", who)
    company = company_number(database, *who)
    last: int | None = -1
    while last is not None:
        block = database.read(_WRITES, (company, run, session, last, _BLOCK))
        writes, last = _counting(block, is_plan=head.kind == "plan", is_undo=head.kind == "undo")
        writes.sort(key=attrgetter("lead"))  # those of one lead stay in their order
        leads = groupby(writes, key=attrgetter("lead"))
        while part := {lead: [*its] for lead, its in islice(leads, _SLICE)}:
            _fold_leads(database, company, part)


def _counting(block: Iterable[tuple[Any, ...]], *, is_plan: bool, is_undo: bool) -> tuple[list[_Write], int | None]:
    """Give the writes that count, and the position of the last one, which may not; None where there is none.

    A legacy id that nobody knows a lead of was never written to.
    """
    writes, last = [], None
    for last, named, lead_id, known, content, mark, status, code in block:  # noqa: B007 - the last is asked for
        is_legacy = "-" not in named
        lead = packed(lead_id if is_legacy else named) or known
        if lead and status != Status.NOT_SENT and (status == Status.UNCHANGED or not is_plan):
            verdict, is_whole = _judged(status, code)
            if is_undo and verdict is _Verdict.HELD:
                verdict = _Verdict.RETURNED
            legacy_id, known_by = named if is_legacy else "", mark if is_whole else 0
            writes.append(_Write(lead, legacy_id, content, known_by, verdict, is_whole))
    return writes, last


@cache
def _judged(status: str | None, code: str | None) -> tuple[_Verdict, bool]:
    """Give the verdict of an outcome, and whether nothing was kept back."""
    if status in _HELD:
        return _Verdict.HELD, code in _WHOLE
    return _Verdict.GONE if status == Status.REJECTED and code in _GONE else _Verdict.UNSURE, False


def _fold_leads(database: Database, company: int, writes: dict[bytes, list[_Write]]) -> None:
    """Fold the writes of some leads in one commit."""
    with database.commit() as db:
        said = dict(look_up(database, company, ("ledger_values", "lead", "said"), writes))
        known: list[tuple[int, bytes, str, int]] = []
        others: dict[bytes, _Entry] = {}
        for lead, of in writes.items():
            if lead not in said and len(of) == 1 and of[0].verdict is _Verdict.HELD and not of[0].legacy_id:
                known.append((company, lead, of[0].content, of[0].mark))  # as nearly all where a ledger begins
            else:
                others[lead] = entry = _Entry(orjson.loads(said.get(lead, _NOTHING)))
                for write in of:
                    entry.learn(write)
                known.append((company, lead, _json(entry.said), entry.mark))
        kept = [one for one in known if one[2] != _NOTHING]
        db.executemany("INSERT OR REPLACE INTO ledger_values VALUES (?, ?, ?)", map(itemgetter(0, 1, 2), kept))
        db.executemany("INSERT OR REPLACE INTO ledger_marks VALUES (?, ?, ?)", map(itemgetter(0, 1, 3), kept))
        for table in ("ledger_values", "ledger_marks"):
            forgotten = (one[:2] for one in known if one[2] == _NOTHING)
            db.executemany(f"DELETE FROM {table} WHERE company = ? AND lead = ?", forgotten)  # noqa: S608 - ours
        if gone := [lead for lead, entry in others.items() if entry.was_gone]:
            _forget_legacy_ids(db, company, gone)
        learnt = ((company, name, lead) for lead, entry in others.items() for name in entry.legacy_ids)
        db.executemany("INSERT OR REPLACE INTO ledger_legacy_ids VALUES (?, ?, ?)", learnt)


def _json(said: dict[str, JsonValue]) -> str:
    return orjson.dumps(said, option=orjson.OPT_SORT_KEYS).decode()


def _forget_legacy_ids(db: Connection, company: int, leads: Sequence[bytes]) -> None:
    """Forget the legacy ids of leads; there is no index for it, as leads are rarely gone."""
    for first in range(0, len(leads), _FEW):
        part = leads[first : first + _FEW]
        db.execute(
            f"DELETE FROM ledger_legacy_ids WHERE company = ? AND lead IN ({', '.join('?' * len(part))})",  # noqa: S608
            (company, *part),
        )
