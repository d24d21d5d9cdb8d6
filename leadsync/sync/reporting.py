"""The report of a run, made from the journal: at the end of the run, and again whenever somebody asks for it."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from leadsync.codes import Code
from leadsync.counting import count
from leadsync.errors import SettingsError, StopRunError
from leadsync.files import printable
from leadsync.journal import Journal, RunHead, RunRecord, Write
from leadsync.records import Answered, Example, Outcome, Status, Summary
from leadsync.report import check_folder, write_report
from leadsync.report.about import About, FieldChanges, Original
from leadsync.report.formats import Formats
from leadsync.report.problems import needs_a_look
from leadsync.report.summary import summary_from
from leadsync.report.verdict import verdict
from leadsync.report.write import Rows, selected
from leadsync.sync.begin import JOURNAL
from leadsync.sync.changed import Changed
from leadsync.sync.end import Ending, counted, summarize
from leadsync.sync.faithful import write_faithfully
from leadsync.sync.follow_up import FollowUps
from leadsync.sync.original import original_of
from leadsync.sync.resume import head_of, run_named

_WRONG_ADDRESS = {Code.FUNCTION_NOT_FOUND, Code.REDIRECTED, Code.GATEWAY_REFUSED}
"""Codes after which another address is set, at which a run cannot go on."""
_GUARDS = {
    Code.SOURCE_EMPTY,
    Code.ROW_COUNT_CHANGED,
    Code.COLUMN_NEWLY_BLANK,
    Code.TOO_MANY_CHANGED,
    Code.TOO_MANY_CLEARED,
    Code.TOO_MANY_INVALID,
}
"""Codes after which a run that goes on would stop at the same guard, unless somebody agrees."""
_NOT_ENDED = "The run has not ended: it is still going on, or was killed."


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rows a report is about: those with one of the statuses and one of the codes."""

    statuses: Collection[Status] = ()
    """Empty for all."""
    codes: Collection[Code] = ()

    def __bool__(self) -> bool:
        return bool(self.statuses or self.codes)

    def has(self, status: Status, code: Code) -> bool:
        """Tell whether a row is wanted."""
        return (not self.statuses or status in self.statuses) and (not self.codes or code in self.codes)

    def __str__(self) -> str:
        words = [f"status {' or '.join(self.statuses)}"] if self.statuses else []
        return " and ".join([*words, *([f"code {' or '.join(self.codes)}"] if self.codes else [])])


def way_on(summary: Summary, in_state: str) -> str:
    """Give the command that goes on with a run; empty where none does. `in_state` is its option for the folder."""
    if not summary.can_be_resumed or summary.codes.keys() & _WRONG_ADDRESS:
        return ""
    return f"leadsync resume{in_state}{' --yes' if summary.codes.keys() & _GUARDS else ''}"


@dataclass(frozen=True, slots=True)
class Reporter:
    """Reports a run of the journal."""

    journal: Journal
    number: int
    head: RunHead
    ending: Ending
    formats: Formats
    in_state: str = ""
    """The option with which a command finds the state folder."""

    def write(
        self,
        folder: Path,
        summary: Summary,
        examples: Sequence[Example],
        ended: Callable[[Summary], None] = lambda _: None,
    ) -> Summary:
        """Write the whole report, and give the summary with what was found meanwhile; raises StateError.

        `ended` is called when all but the workbook is there.
        """
        original, notes = self._original()
        if self.formats.workbook:
            summary = replace(summary, workbook_notes=notes)
        follow_ups, changed = FollowUps(), Changed(self._writes(), self.head.names)
        answered = changed.watching(follow_ups.watching(self.ending.answered()))

        def about() -> About:
            found = follow_ups.found(self.journal.runs())
            return self._about(replace(summary, fed_from=found), examples, changed.found())

        rows = self._rows(answered, summary.rows_read, original)
        return write_faithfully(folder, rows, self.ending.answered, about, self.formats, ended)

    def write_some(self, folder: Path, summary: Summary, examples: Sequence[Example], selection: Selection) -> Summary:
        """Write a report of some of the rows; raises StateError."""
        chosen = [example for example in examples if selection.has(example.status, example.code)]
        statuses, codes = counted(chosen)
        number = sum(statuses.values())
        note = f"{count(number, 'row')} of {summary.rows_read:,}: those with {selection}."
        told = replace(
            summary,
            rows_read=number,
            statuses=statuses,
            codes=codes,
            workbook_notes=(note,),
        )

        def is_wanted(outcome: Outcome) -> bool:
            return selection.has(outcome.status, outcome.code)

        everything = self._rows(self.ending.answered(), number, None, is_listed=is_wanted)
        rows = replace(everything, answered=selected(everything, is_wanted))
        return write_report(
            folder, rows, lambda: replace(self._about(told, chosen, FieldChanges()), selection=note), self.formats
        )

    def _rows(
        self,
        answered: Iterable[Answered],
        number: int,
        original: Original | None,
        *,
        is_listed: Callable[[Outcome], bool] = needs_a_look,
    ) -> Rows:
        return Rows(
            headers=self.journal.headers(self.number),
            answered=answered,
            number=number,
            run_id=self.head.id,
            has_forms=self.journal.has_forms(self.number),
            original=original,
            is_listed=is_listed,
        )

    def _about(self, summary: Summary, examples: Sequence[Example], changes: FieldChanges) -> About:
        head = self.head
        return About(
            summary,
            examples,
            kind=head.kind,
            who=head.who,
            base_url=head.base_url,
            is_rehearsal=head.rehearsal,
            undoes=head.undoes or "",
            resume=way_on(summary, self.in_state),
            timelines=self.journal.timelines(self.number),
            changes=changes,
        )

    def _writes(self) -> Iterable[Write]:
        return self.journal.writes(self.number) if self.head.keeps_before else ()

    def _original(self) -> tuple[Original | None, tuple[str, ...]]:
        if self.formats.workbook is None or self.head.carries_out_a_plan:
            return None, ()
        first = next(iter(self.journal.answered(self.number)), None)
        if first is None:
            return None, ()
        return original_of(self.head.sources, first.chunk.sheet, first.chunk.numbers[0] - 1)


@dataclass(frozen=True, slots=True)
class Reported:
    """Where a report was written again, and what it says."""

    summary: Summary
    headline: str
    folder: Path
    files: Sequence[str]


def report_again(
    state_dir: Path,
    run_id: str,
    formats: Formats,
    selection: Selection,
    folder: Path | None = None,
    in_state: str = "",
) -> Reported:
    """Write the report of a run once more, or one of some of its rows.

    It goes where that of the run went, that of some rows into `selected` there, unless a folder is named. Raises
    SettingsError where there is no such run or the folder cannot be used, StateError where it cannot be written.
    """
    if not (state_dir / JOURNAL).exists():
        raise SettingsError(f"There is no run yet in {printable(state_dir)}; --state-dir names another folder.")
    with Journal(state_dir / JOURNAL) as journal:
        run = run_named(journal.runs(), run_id, state_dir)
        head = head_of(run)
        if folder is None:
            folder = Path(head.report_dir) if head.report_dir else state_dir / "runs" / head.id
            folder = folder / "selected" if selection else folder
        sources = [Path(source.path) for source in head.sources if source.path and not source.was_piped]
        check_folder(folder, [source for source in sources if source.exists()], formats.names)
        stopped = None if run.summary else StopRunError(_NOT_ENDED, Code.KILLED)
        ending = Ending(journal, run.no, stopped)
        examples = ending.examples()
        summary = _summary(run, head, examples, stopped, journal.rows(run.no))
        reporter = Reporter(journal, run.no, head, ending, formats, in_state)
        if selection:
            told = reporter.write_some(folder, summary, examples, selection)
            return Reported(told, told.workbook_notes[0], folder, formats.names)
        told = reporter.write(folder, summary, examples)
        return Reported(told, verdict(told), folder, formats.names)


def _summary(
    run: RunRecord, head: RunHead, examples: Sequence[Example], stopped: StopRunError | None, rows: int
) -> Summary:
    if run.summary:
        return summary_from(run.summary, run.sources)
    return summarize(head, examples, rows_read=rows, usage=run.usage, stopped=stopped)
