"""The check of a file: everything of a run but the sending; read, inspect, translate, count."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from leadsync.records import Damage, HiddenRows
from leadsync.report import check_folder
from leadsync.report.formats import TABLES, Formats
from leadsync.sync.begin import timestamp
from leadsync.sync.check_report import Ended, write_check_report
from leadsync.sync.guards import guards
from leadsync.sync.inspection import Inspection, inspect
from leadsync.sync.job import Control
from leadsync.sync.prepare import Work
from leadsync.sync.problems import Problem


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
    work: Work,
    control: Control,
    types: Mapping[str, str],
    report_dir: Path | None = None,
    *,
    agreed: bool = False,
    formats: Formats = TABLES,
) -> CheckResult:
    """Inspect and translate the sources, sending nothing; `types` are those of the properties, if Keen was asked.

    With a report folder every row is told of there, as by a run that sends nothing; where somebody has `agreed`, no
    guard is asked. Raises SourceError where a source cannot be read to its end, SettingsError and StateError where the
    report cannot be written, StopRunError where the control says to stop.
    """
    if report_dir:
        check_folder(report_dir, work.paths, formats.names)
    control.tally.rows_expected = work.sources.estimate_rows()
    began, clock = timestamp(), time.monotonic()
    control.wants_all = True
    inspection = inspect(work, types, control)
    if inspection is None:
        assert control.reason
        raise control.reason
    found = [] if agreed else guards(inspection.count, work.mapping, is_report=work.has_report)
    guard = " ".join(each.question for each in found) or None
    result = _result(work, inspection, guard, began, time.monotonic() - clock)
    if report_dir:
        ended = Ended(result.started_at, result.duration_s, result.exit_code, guard)
        write_check_report(report_dir, work, inspection, ended, formats)
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
