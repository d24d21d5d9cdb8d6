"""The check of a file: everything of a run but the sending; read, inspect, translate, count."""

import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from leadsync.codes import Code
from leadsync.files import printable
from leadsync.records import Answered, Damage, HiddenRows, Outcome, Status, Summary
from leadsync.report import check_folder, summary_json, write_report
from leadsync.sync.begin import timestamp
from leadsync.sync.decide import WOULD_BE_SENT, settled, unsent
from leadsync.sync.guards import guards
from leadsync.sync.inspection import Inspection, inspect
from leadsync.sync.job import Control
from leadsync.sync.prepare import Work
from leadsync.sync.problems import Problem
from leadsync.sync.translations import translations


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check found."""

    rows_read: int
    sendable: int
    skipped: int
    invalid: int
    problems: Sequence[Problem]
    """The most frequent first."""
    damage: Sequence[Damage]
    """What has happened to columns on their way, the errors first."""
    hidden_rows: int
    hidden_rows_are: str
    """`included` or `skipped`."""
    cleared_rows: int
    """Rows that clear a value in Keen."""
    guard: str | None
    """What a run would stop for before the first row, unless somebody agrees to it."""
    started_at: str
    """RFC 3339, in UTC."""
    duration_s: float

    @property
    def exit_code(self) -> int:
        """Give what a run would end with: 0 where every row is fine, 3 where a guard would stop it, else 1."""
        return 3 if self.guard else int(self.invalid > 0)


def check(
    work: Work, control: Control, types: Mapping[str, str], report_dir: Path | None = None, *, agreed: bool = False
) -> CheckResult:
    """Inspect and translate the sources, sending nothing; `types` are those of the properties, if Keen was asked.

    With a report folder every row is told of there, as by a run that sends nothing; where somebody has `agreed`, no
    guard is asked. Raises SourceError where a source
    cannot be read to its end, SettingsError and StateError where the report cannot be written.
    """
    if report_dir:
        check_folder(report_dir, work.paths)
    control.tally.rows_expected = work.sources.estimate_rows()
    began, clock = timestamp(), time.monotonic()
    control.wants_all = True
    inspection = inspect(work, types, control)
    assert inspection  # a check is stopped by its process
    found = [] if agreed else guards(inspection.count, work.mapping)
    guard = " ".join(each.question for each in found) or None
    result = _result(work, inspection, guard, began, time.monotonic() - clock)
    if report_dir:
        _write_report(report_dir, work, inspection, result, has_forms=inspection.count.has_forms)
    return result


def _result(work: Work, inspection: Inspection, guard: str | None, began: str, seconds: float) -> CheckResult:
    count = inspection.count
    skipped = work.mapping.source.hidden_rows is HiddenRows.SKIP
    return CheckResult(
        rows_read=count.rows,
        sendable=count.sendable,
        skipped=count.skipped,
        invalid=count.invalid,
        problems=count.problems,
        damage=inspection.damages,
        hidden_rows=count.hidden,
        hidden_rows_are="skipped" if skipped else "included",
        cleared_rows=count.cleared,
        guard=guard,
        started_at=began,
        duration_s=round(seconds, 3),
    )


def _write_report(folder: Path, work: Work, inspection: Inspection, result: CheckResult, *, has_forms: bool) -> None:
    statuses: Counter[Status] = Counter()
    codes: Counter[Code] = Counter()

    def counted() -> Iterator[Answered]:
        for answered in _answered(work, inspection):
            statuses.update(outcome.status for outcome in answered.outcomes if outcome)
            codes.update(outcome.code for outcome in answered.outcomes if outcome)
            yield answered

    def summary() -> bytes:
        told = Summary(
            run_id="",
            sources=tuple(source.name for source in work.sources.files),
            mapping=work.inputs.mapping_name or printable(work.inputs.mapping),
            started_at=result.started_at,
            finished_at=timestamp(),
            duration_s=result.duration_s,
            rows_read=result.rows_read,
            statuses={status: statuses[status] for status in Status if statuses[status]},
            codes=dict(codes.most_common()),
            requests=0,
            retries=0,
            exit_code=result.exit_code,
            unaccounted=result.rows_read - statuses.total(),
            stopped_because=None,
            dry_run=True,
        )
        return summary_json(inspection.told(told, work.mapping))

    headers = list(dict.fromkeys(source.headers for source in work.sources.files))
    write_report(folder, headers, counted(), summary, has_forms=has_forms)


def _answered(work: Work, inspection: Inspection) -> Iterator[Answered]:
    """Give every row with what a run that sends nothing would say of it."""
    for translation in translations(work, inspection):
        outcomes: list[Outcome | None] = [None] * len(translation.chunk)
        for outcome in chain(settled(translation), unsent(translation, Code.DRY_RUN, WOULD_BE_SENT)):
            outcomes[outcome.position - translation.chunk.first] = outcome
        yield Answered(translation.chunk, outcomes)
