"""The rows of a run, and what became of each."""

import zlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from sqlite3 import Connection
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson
import pandas as pd

from leadsync.characters import trimmed
from leadsync.codes import Code
from leadsync.errors import StateError
from leadsync.journal.database import Database
from leadsync.records import OPEN, Answered, Cell, Chunk, Example, Issue, Origins, Outcome, Row, Status

OPEN_STATUSES = ", ".join(f"'{status}'" for status in sorted(OPEN))
UNCHANGED = "Keen acknowledged these values earlier; nothing was sent."

ANSWER = f"""
INSERT INTO outcomes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (run, position) DO UPDATE SET
    status = excluded.status, code = excluded.code, message = excluded.message, lead_id = excluded.lead_id,
    cell = excluded.cell, http_status = excluded.http_status, attempts = excluded.attempts, digest = excluded.digest
WHERE outcomes.status IN ({OPEN_STATUSES})
"""  # noqa: S608 - the statuses are ours
_SHARED = Outcome(0, Status.UNCHANGED, Code.UNCHANGED, UNCHANGED)
_NOT_SENT = f"{ANSWER} AND outcomes.status = 'not_sent'"
"""That a session did not send a row does not undo what an earlier one learnt of it."""
_CHUNK = (
    "INSERT INTO chunks (run, first, rows, source, sheet, headers, has_form, cells) VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (run, first) DO UPDATE SET has_form = excluded.has_form, cells = excluded.cells "
    "WHERE excluded.has_form AND excluded.rows = chunks.rows"
)
_CHUNKS = (
    "SELECT first, rows, source, sheet, headers, cells, bits, lead_column "
    "FROM chunks LEFT JOIN unchanged USING (run, first) WHERE run = ? AND first = ?"
)
_STATUSES = {str(status): status for status in Status}
_CODES = {str(code): code for code in Code}
"""A million calls of an enumeration take a second more than to look here."""
_NO_CELLS = pd.DataFrame()
_UNCHANGED = "FROM unchanged JOIN chunks USING (run, first) WHERE run = ?"


class Rows:
    """Keeps chunks of rows, and one outcome for each row; an unchanged row is a bit of its chunk, and has no other."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def add_chunk(
        self,
        run: int,
        chunk: Chunk,
        outcomes: Iterable[Outcome] = (),
        unchanged: Collection[int] = (),
        lead_column: int | None = None,
    ) -> None:
        """Keep the rows of a chunk, with the outcomes of those that are never sent; then they are on the disk.

        `unchanged` are rows (0 is the chunk's first) of which Keen acknowledged every value earlier; they need no
        outcome. `lead_column` is the position of the column that names their leads by UUID. A chunk that an earlier
        session of the run has kept stays as it is, save for what is known of its cells by now, as the earlier one may
        have been stopped before it looked; and for its rows that are unchanged by now.
        """
        values = (
            run,
            chunk.first,
            len(chunk),
            chunk.source,
            chunk.sheet,
            orjson.dumps(chunk.headers).decode(),
            bool(chunk.typed or chunk.surplus or chunk.faults),
            chunk.packed or packed_cells(chunk),
        )
        with self._db.commit() as db:
            db.execute(_CHUNK, values)
            self._answer(db, run, outcomes)
            if unchanged:
                self._keep_unchanged(db, run, chunk, unchanged, lead_column)

    def _keep_unchanged(
        self, db: Connection, run: int, chunk: Chunk, unchanged: Collection[int], lead_column: int | None
    ) -> None:
        """Set the bits of rows without a final outcome; what an earlier session left open of them is settled."""
        before = db.execute("SELECT bits FROM unchanged WHERE run = ? AND first = ?", (run, chunk.first)).fetchone()
        bits = _bits(before[0], len(chunk)) if before else np.zeros(len(chunk), np.bool_)
        bits[np.fromiter(unchanged, np.int64, len(unchanged))] = True
        reach = (run, chunk.first, chunk.first + len(chunk))
        for position, is_open in db.execute(
            f"SELECT position, status IN ({OPEN_STATUSES}) FROM outcomes "  # noqa: S608 - ours
            "WHERE run = ? AND position >= ? AND position < ?",
            reach,
        ).fetchall():
            if bits[position - chunk.first] and is_open:
                db.execute("DELETE FROM outcomes WHERE run = ? AND position = ?", (run, position))
            else:
                bits[position - chunk.first] = False
        db.execute(
            "INSERT OR REPLACE INTO unchanged VALUES (?, ?, ?, ?, ?)",
            (run, chunk.first, int(bits.sum()), lead_column, np.packbits(bits).tobytes()),
        )

    def _answer(self, db: Connection, run: int, outcomes: Iterable[Outcome]) -> None:
        answers: list[tuple[object, ...]] = []
        unsent: list[tuple[object, ...]] = []
        for o in outcomes:
            values = (
                *(run, o.position, o.status, o.code, o.message, o.lead_id, o.cell, o.http_status, o.attempts),
                o.digest,
            )
            (unsent if o.status is Status.NOT_SENT else answers).append(values)
        if answers and db.executemany(ANSWER, answers).rowcount < len(answers):
            raise StateError("A row was to be answered twice, which is a fault of leadsync; nothing more is sent.")
        if unsent:
            db.executemany(_NOT_SENT, unsent)

    def rows(self, run: int) -> int:
        """Give how many rows a run has kept."""
        (rows,) = self._db.one("SELECT coalesce(sum(rows), 0) FROM chunks WHERE run = ?", (run,))
        return int(rows)

    def final_statuses(self, run: int) -> Mapping[Status, int]:
        """Count the rows of a run that have their final answers."""
        found = self._db.read(
            f"SELECT status, count(*) FROM outcomes WHERE run = ? AND status NOT IN ({OPEN_STATUSES}) GROUP BY status",  # noqa: S608
            (run,),
        )
        counts = Counter({Status(status): count for status, count in found})
        counts[Status.UNCHANGED] += self._unchanged_rows(run)
        return +counts

    def final_positions(self, run: int) -> bytearray:
        """Tell of each row of a run, by position, whether it has its final answer (1) or not (0)."""
        return self._positions(run, f"status NOT IN ({OPEN_STATUSES})")

    def _positions(self, run: int, which: str) -> bytearray:
        found = self._db.read(
            f"SELECT position FROM outcomes WHERE run = ? AND {which} ORDER BY position",  # noqa: S608 - ours
            (run,),
        )
        marks = bytearray(self.rows(run))
        for (position,) in found:
            marks[position] = 1
        for first, rows, bits in self._db.read(f"SELECT first, rows, bits {_UNCHANGED}", (run,)):
            part = np.frombuffer(marks, np.uint8, rows, first)  # a view: what is set in it is set in `marks`
            part |= _bits(bits, rows)
        return marks

    def _unchanged_rows(self, run: int) -> int:
        (count,) = self._db.one("SELECT coalesce(sum(count), 0) FROM unchanged WHERE run = ?", (run,))
        return int(count)

    def examples(self, run: int) -> list[Example]:
        """Give each status and code of a run with its count and its first row."""
        found = [
            *self._db.read(
                "SELECT status, code, count(*), min(position) FROM outcomes WHERE run = ? GROUP BY status, code", (run,)
            )
        ]
        examples = [self._example(run, Status(status), Code(code), *rest) for status, code, *rest in found]
        if unchanged := self._unchanged_rows(run):
            examples.append(self._unchanged_example(run, unchanged))
        return examples

    def _example(self, run: int, status: Status, code: Code, count: int, position: int) -> Example:
        message, cell = self._db.one(
            "SELECT message, cell FROM outcomes WHERE run = ? AND position = ?", (run, position)
        )
        return Example(status, code, count, message, cell or self._place(run, position))

    def _unchanged_example(self, run: int, count: int) -> Example:
        first, rows, bits = self._db.one(
            f"SELECT first, rows, bits {_UNCHANGED} AND count ORDER BY first LIMIT 1", (run,)
        )
        place = self._place(run, first + int(_bits(bits, rows).argmax()))
        return Example(Status.UNCHANGED, Code.UNCHANGED, count, UNCHANGED, place)

    def _place(self, run: int, position: int) -> str:
        _, sheet, number = self._row(run, position)
        return str(Row(position, sheet, number))

    def _row(self, run: int, position: int) -> tuple[str, str, int]:
        """Give the source of a row, its sheet, and its number there."""
        source, sheet, first, cells = self._db.one(
            "SELECT source, sheet, first, cells FROM chunks WHERE run = ? AND first <= ? ORDER BY first DESC LIMIT 1",
            (run, position),
        )
        return source, sheet, _unpack(cells)["numbers"][position - first]

    def headers(self, run: int) -> list[tuple[str, ...]]:
        """Give the distinct headers of the sheets that a run has read, in their order."""
        found = [
            *self._db.read("SELECT headers FROM chunks WHERE run = ? GROUP BY headers ORDER BY min(first)", (run,))
        ]
        return [tuple(orjson.loads(headers)) for (headers,) in found]

    def has_forms(self, run: int) -> bool:
        """Tell whether a run has read cells or rows of which a report must tell more than their text."""
        found = self._db.first("SELECT 1 FROM chunks WHERE run = ? AND has_form LIMIT 1", (run,))
        return found is not None

    def answered(self, run: int) -> Iterator[Answered]:
        """Give the rows of a run with their outcomes, in the order of the source, a chunk at a time.

        Rows that are unchanged share one outcome, as a million of them takes two seconds; see `Answered.leads`. Between
        two chunks nothing is held that a run which writes meanwhile would wait for.
        """
        for (start,) in [*self._db.read("SELECT first FROM chunks WHERE run = ? ORDER BY first", (run,))]:
            first, rows, source, sheet, headers, cells, bits, lead_column = self._db.one(_CHUNKS, (run, start))
            content = _unpack(cells)
            bare = Chunk(source, sheet, tuple(orjson.loads(headers)), first, content["numbers"], _NO_CELLS)
            chunk = _filled(bare, content)
            outcomes: list[Outcome | None] = [None] * rows
            leads: Sequence[str] = ()
            if bits is not None:
                outcomes = [_SHARED if is_unchanged else None for is_unchanged in _bits(bits, rows).tolist()]
                leads = _folded(_leads(content, lead_column) or ())
            self._tell(outcomes, run, first)
            yield Answered(chunk, outcomes, leads)

    def outcomes(self, run: int, first: int, rows: int) -> list[Outcome | None]:
        """Give the outcomes of consecutive rows, in their order; None for a row that has none."""
        outcomes: list[Outcome | None] = [None] * rows
        for start, count, cells, bits, lead_column in self._db.read(
            f"SELECT first, rows, cells, bits, lead_column {_UNCHANGED} AND first < ? AND first + rows > ?",
            (run, first + rows, first),
        ):
            _tell_unchanged(outcomes, first, start, _bits(bits, count), _leads(_unpack(cells), lead_column))
        self._tell(outcomes, run, first)
        return outcomes

    def _tell(self, outcomes: list[Outcome | None], run: int, first: int) -> None:
        found = self._db.read(
            "SELECT position, status, code, message, lead_id, cell, http_status, attempts, digest FROM outcomes "
            "WHERE run = ? AND position >= ? AND position < ?",
            (run, first, first + len(outcomes)),
        )
        for position, status, code, message, lead, cell, http_status, attempts, digest in found:
            outcomes[position - first] = Outcome(
                position, _STATUSES[status], _CODES[code], message, lead, cell, http_status, attempts, digest
            )


def _tell_unchanged(
    outcomes: list[Outcome | None],
    first: int,
    start: int,
    bits: npt.NDArray[np.bool_],
    leads: Sequence[str] | None,
) -> None:
    """Put the outcomes of the unchanged rows of the chunk at `start` among those of the rows from `first` on."""
    rows = np.flatnonzero(bits)
    rows = rows[(rows >= first - start) & (rows < first - start + len(outcomes))].tolist()
    for row in rows:
        lead = trimmed(leads[row]).lower() if leads else ""
        outcomes[start + row - first] = replace(_SHARED, position=start + row, lead_id=lead)


def _folded(leads: Sequence[str]) -> Sequence[str]:
    """Write UUIDs as Keen does; nearly always they stand so already, and a million of them take a second."""
    joined = "".join(leads)
    if joined.isascii() and joined == joined.lower() and len(joined.split()) == 1:
        return leads
    return [trimmed(lead).lower() for lead in leads]


def _bits(packed: bytes, rows: int) -> npt.NDArray[np.bool_]:
    return np.unpackbits(np.frombuffer(packed, np.uint8), count=rows).astype(np.bool_)


def _leads(content: Mapping[str, Any], lead_column: int | None) -> Sequence[str] | None:
    return None if lead_column is None else content["columns"][lead_column]


def packed_cells(chunk: Chunk) -> bytes:
    """Pack the cells of a chunk, and what is known of them, as the journal keeps them."""
    content: dict[str, object] = {
        "numbers": list(chunk.numbers),
        "columns": [chunk.column(position) for position in range(len(chunk.headers))],
        "typed": [(column, sorted(rows)) for column, rows in chunk.typed.items()],
        "surplus": list(chunk.surplus.items()),
        "faults": [(column, _packed(issues)) for column, issues in chunk.faults.items()],
    }
    if chunk.positions is not None:
        content["positions"] = list(chunk.positions)
    if (told := chunk.origins) is not None:
        content["origins"] = [*map(_once, (told.runs, told.places, told.statuses))]
    return zlib.compress(orjson.dumps(content), 1)


def with_cells(chunk: Chunk) -> Chunk:
    """Give a chunk of which only the packed cells are there with its cells, and with what is known of them."""
    return _filled(chunk, _unpack(chunk.packed))


def _filled(chunk: Chunk, content: Mapping[str, Any]) -> Chunk:
    return replace(
        chunk,
        frame=pd.DataFrame(dict(enumerate(content["columns"])), dtype=object),
        typed={column: frozenset(rows) for column, rows in content["typed"]},
        surplus=dict(content["surplus"]),
        faults={
            column: {row: _issue(*told) for row, *told in issues}
            for column, issues in content.get("faults", ())  # older journals have none
        },
        positions=None if (places := content.get("positions")) is None else tuple(places),
        origins=_origins(content.get("origins"), len(content["numbers"])),
    )


def _once(texts: Sequence[str]) -> Sequence[str] | str:
    """Give a text that all rows have once, as they have mostly."""
    return texts[0] if len(set(texts)) == 1 else list(texts)


def _origins(told: Sequence[Sequence[str] | str] | None, rows: int) -> Origins | None:
    if told is None:
        return None
    return Origins(*([texts] * rows if isinstance(texts, str) else texts for texts in told))


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
