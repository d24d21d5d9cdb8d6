"""The report of a check: what a run that sends nothing would say of every row."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from leadsync.codes import Code
from leadsync.files import printable
from leadsync.journal import SourceHead
from leadsync.records import Answered, Example, Outcome, Status, Summary
from leadsync.report.about import About
from leadsync.report.formats import Formats
from leadsync.report.write import Rows
from leadsync.sync.begin import sha256_of, timestamp
from leadsync.sync.decide import WOULD_BE_SENT, settled, unsent
from leadsync.sync.end import counted
from leadsync.sync.faithful import write_faithfully
from leadsync.sync.inspection import Inspection
from leadsync.sync.original import original_of
from leadsync.sync.prepare import Work
from leadsync.sync.translations import translations


@dataclass(frozen=True, slots=True)
class Ended:
    """How a check ended."""

    started_at: str
    duration_s: float
    exit_code: int
    guard: str | None
    """What a run would stop for before the first row."""


def write_check_report(folder: Path, work: Work, inspection: Inspection, ended: Ended, formats: Formats) -> None:
    """Write the report of a check; raises StateError where the folder cannot be written, SourceError as a source."""
    counts = _Counts()
    sources = work.sources.files
    heads = [_head(work, number) for number in range(len(sources))] if formats.workbook else []
    first = next((chunk for _, chunk in work.sources.chunks()), None) if heads else None
    original, notes = original_of(heads, sources[0].sheet, first.numbers[0] - 1) if first else (None, ())

    def about() -> About:
        summary = inspection.told(_summary(work, ended, counts.examples()), work)
        return About(replace(summary, workbook_notes=notes), counts.examples(), kind="check")

    rows = Rows(
        headers=list(dict.fromkeys(source.headers for source in sources)),
        answered=counts.watching(_answered(work, inspection)),
        number=inspection.count.rows,
        has_forms=inspection.count.has_forms,
        original=original,
    )
    write_faithfully(folder, rows, lambda: _answered(work, inspection), about, formats)


def _head(work: Work, number: int) -> SourceHead:
    source, file = work.sources.files[number], work.inputs.sources[number]
    path = "" if source.piped else str(file.at or Path(file.name))
    return SourceHead(source.name, path, sha256_of(source), source.piped is not None)


def _summary(work: Work, ended: Ended, examples: list[Example]) -> Summary:
    statuses, codes = counted(examples)
    return Summary(
        run_id="",
        sources=tuple(source.name for source in work.sources.files),
        mapping=work.inputs.mapping_name or printable(work.inputs.mapping),
        started_at=ended.started_at,
        finished_at=timestamp(),
        duration_s=ended.duration_s,
        rows_read=sum(statuses.values()),
        statuses=statuses,
        codes=codes,
        requests=0,
        retries=0,
        exit_code=ended.exit_code,
        unaccounted=0,
        stopped_because=f"A run would stop before the first row: {ended.guard}" if ended.guard else None,
        dry_run=True,
    )


class _Counts:
    """Each status and code with its count and its first row, counted while the rows pass through."""

    def __init__(self) -> None:
        self._found: dict[tuple[Status, Code], Example] = {}
        self._rows: Counter[tuple[Status, Code]] = Counter()

    def watching(self, answered: Iterable[Answered]) -> Iterator[Answered]:
        """Give the rows as they come."""
        for each in answered:
            for row, outcome in enumerate(each.outcomes):
                if outcome:
                    self._rows[outcome.status, outcome.code] += 1
                    if (outcome.status, outcome.code) not in self._found:
                        self._found[outcome.status, outcome.code] = _example(each, row, outcome)
            yield each

    def examples(self) -> list[Example]:
        """Give what was found, the most frequent first."""
        return [replace(self._found[key], count=rows) for key, rows in self._rows.most_common()]


def _example(answered: Answered, row: int, outcome: Outcome) -> Example:
    place = outcome.cell or str(answered.chunk.row(row))
    return Example(outcome.status, outcome.code, 0, outcome.message, place)


def _answered(work: Work, inspection: Inspection) -> Iterator[Answered]:
    """Give every row with what a run that sends nothing would say of it."""
    for translation in translations(work, inspection):
        outcomes: list[Outcome | None] = [None] * len(translation.chunk)
        for outcome in chain(settled(translation), unsent(translation, Code.DRY_RUN, WOULD_BE_SENT)):
            outcomes[outcome.position - translation.chunk.first] = outcome
        yield Answered(translation.chunk, outcomes)
