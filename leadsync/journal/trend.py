"""What several runs have in common: the leads and the columns that fail night after night."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

import orjson
import pandas as pd

from leadsync.codes import Code
from leadsync.journal.rows import Rows, with_cells
from leadsync.journal.runs import RunRecord
from leadsync.records import BAD, Cell, Chunk, FailingColumn, FailingLead, RunPoint, Status, Trend, fold_header

MOST = 100
"""Leads, and columns, that a trend tells of: more nobody mends."""

_BAD = ", ".join(f"'{status}'" for status in sorted(BAD))
_POSITION = 1 << 40
"""More than any run has rows: a run and a position within it as one number, the last of which SQL can find."""
# No index: one would have to be kept up while a run sends. The trend of 100 runs of 10,000 rows takes 1 s where one row
# in a hundred is bad, 4 s where all are (measured).
_LEADS = f"""
SELECT lead_id, count(DISTINCT run) AS runs, min(run), max(run * {_POSITION} + position) AS last FROM outcomes
WHERE run IN (SELECT value FROM json_each(?)) AND status IN ({_BAD}) AND lead_id != ''
GROUP BY lead_id HAVING runs > 1 ORDER BY runs DESC, last DESC, lead_id LIMIT {MOST}
"""  # noqa: S608 - the statuses are ours
# A cell's place is its sheet's name with an exclamation mark (?4), the letters and the number; others may follow it.
_LETTERS = f"""
SELECT code, rtrim(substr(cell, length(?4) + 1, instr(substr(cell, length(?4) + 1) || ',', ',') - 1), '0123456789'),
    count(*)
FROM outcomes WHERE run = ?1 AND position >= ?2 AND position < ?3
AND status IN ({_BAD}) AND substr(cell, 1, length(?4)) = ?4 GROUP BY 1, 2
"""  # noqa: S608 - the statuses are ours
_CHUNKS = "SELECT first, rows, source, sheet, headers FROM chunks WHERE run = ? ORDER BY first"
_SMALLEST = "SELECT rows, cells FROM chunks WHERE run = ? AND first >= ? AND first < ? ORDER BY rows LIMIT 1"
_NO_CELLS = pd.DataFrame()


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Consecutive chunks of a run that are of one sheet."""

    source: str
    name: str
    headers: str
    first: int
    end: int


@dataclass(slots=True)
class _Column:
    """A column with a code, as it is found in one run after the other."""

    header: str = ""
    rows: int = 0
    runs: int = 0
    last_run: int = 0
    last_at: str = ""

    def note(self, header: str, rows: int, run: RunRecord) -> None:
        self.header, self.last_at = header, run.started_at
        self.rows += rows
        self.runs += run.no != self.last_run
        self.last_run = run.no


class Trends(Rows):
    """Looks at the outcomes of several runs."""

    def _trend(self, known: Iterable[RunRecord], since: datetime, until: datetime) -> Trend:
        within = [run for run in known if since <= datetime.fromisoformat(run.started_at) < until]
        runs = [run for run in within if not run.is_dry and not run.is_rehearsal]
        # A run that was taken over has failed where the later one says so too: that is one failure.
        counted = [run for run in runs if not run.is_followed]
        return Trend(
            _rfc3339(since),
            _rfc3339(until),
            [self._point(run) for run in runs],
            self._failing_leads(counted),
            self._failing_columns(counted),
        )

    def _point(self, run: RunRecord) -> RunPoint:
        summary = run.summary or self._so_far(run)
        return RunPoint(
            run_id=run.id,
            started_at=run.started_at,
            sources=run.sources,
            mapping=run.mapping,
            kind=run.head.kind if run.head else "sync",
            rows_read=summary.get("rows_read", 0),
            statuses={Status(status): count for status, count in summary.get("statuses", {}).items()},
            codes={Code(code): count for code, count in summary.get("codes", {}).items()},
            duration_s=summary.get("duration_s", run.usage.seconds),
            requests=run.usage.requests,
            retries=run.usage.retries,
            exit_code=summary.get("exit_code"),
            stopped_because=summary.get("stopped_because"),
        )

    def _so_far(self, run: RunRecord) -> dict[str, Any]:
        """Put a run that has not ended into numbers, as far as it came."""
        statuses: Counter[Status] = Counter()
        codes: Counter[Code] = Counter()
        for example in self.examples(run.no):
            statuses[example.status] += example.count
            codes[example.code] += example.count
        return {"rows_read": self.rows(run.no), "statuses": statuses, "codes": codes}

    def _failing_leads(self, runs: Sequence[RunRecord]) -> list[FailingLead]:
        began = {run.no: run.started_at for run in runs}
        numbers = orjson.dumps([*began]).decode()
        leads = []
        for lead_id, count, first_run, last in [*self._db.read(_LEADS, (numbers,))]:
            last_run, position = divmod(last, _POSITION)
            code, cell = self._db.one(
                "SELECT code, cell FROM outcomes WHERE run = ? AND position = ?", (last_run, position)
            )
            place = cell or self._place(last_run, position)
            leads.append(FailingLead(lead_id, count, Code(code), place, began[first_run], began[last_run]))
        return leads

    def _failing_columns(self, runs: Sequence[RunRecord]) -> list[FailingColumn]:
        """Find the columns; a row with several cells at fault counts for the first, as its code is about that one."""
        found: dict[tuple[str, Code], _Column] = defaultdict(_Column)
        for run in runs:
            for header, code, rows in self._columns_at_fault(run.no):
                found[fold_header(header), code].note(header, rows, run)
        often = [
            FailingColumn(c.header, code, c.runs, c.rows, c.last_at) for (_, code), c in found.items() if c.runs > 1
        ]
        return sorted(often, key=lambda c: (-c.runs, -c.rows, c.column, c.code))[:MOST]

    def _columns_at_fault(self, run: int) -> Iterator[tuple[str, Code, int]]:
        """Give header, code and number of rows for each column of each sheet of a run."""
        for sheet in self._sheets(run):
            before = str(Cell(sheet.name, 1, 0)).removesuffix("A1")
            found = [*self._db.read(_LETTERS, (run, sheet.first, sheet.end, before))]
            if not found:
                continue
            rows, cells = self._db.one(_SMALLEST, (run, sheet.first, sheet.end))
            headers = tuple(orjson.loads(sheet.headers))
            packed = Chunk(sheet.source, sheet.name, headers, 0, range(rows), _NO_CELLS, packed=cells)
            chunk = with_cells(packed)  # only there it is kept where in the file the columns stand
            for code, letters, count in found:
                header = chunk.header(Cell(sheet.name, 1, _column(letters)))
                yield header or f"column {letters}", Code(code), count

    def _sheets(self, run: int) -> Iterator[_Sheet]:
        chunks = self._db.read(_CHUNKS, (run,))
        for (source, name, headers), of_one in groupby(chunks, key=lambda chunk: chunk[2:]):
            parts = [chunk[:2] for chunk in of_one]
            yield _Sheet(source, name, headers, parts[0][0], sum(parts[-1]))


def _column(letters: str) -> int:
    """Give the position from 0 of the column above which Excel shows these letters."""
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


def _rfc3339(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
