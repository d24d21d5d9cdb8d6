"""A run, from its first question to its report."""

import asyncio
import time
from collections.abc import Callable
from contextlib import AsyncExitStack, aclosing
from dataclasses import replace
from pathlib import Path

import structlog

from leadsync.codes import Code
from leadsync.errors import HaltedError, StateError, StopRunError
from leadsync.journal import Journal, Recorder, Usage, hold
from leadsync.keen.client import KeenClient
from leadsync.keen.pool import Handling
from leadsync.keen.traffic import Traffic
from leadsync.records import Summary
from leadsync.report import check_folder, summary_json
from leadsync.sync.ahead import ahead
from leadsync.sync.begin import JOURNAL, drop_copies, new_run_id, sweep, timestamp
from leadsync.sync.end import MAYBE_SENT, Ending, summarize
from leadsync.sync.feed import Feed, Setting
from leadsync.sync.job import Control, Job, RunResult
from leadsync.sync.metering import Meter, last_success
from leadsync.sync.reporting import Reporter
from leadsync.sync.resume import Past, must_still_be_there
from leadsync.sync.sending import Sender, Session
from leadsync.sync.takeover import Takeover

_GUARDED = "A guard stopped the run before its first row; the summary has its question. `--yes` agrees to it."

_log = structlog.get_logger("leadsync.sync")


async def run(
    feed: Feed,
    job: Job,
    control: Control,
    past: Past | None = None,
    then: Callable[[Journal, RunResult], None] = lambda _, __: None,
) -> RunResult:
    """Do a run: rows -> updates -> outcomes -> report.

    `then` is called in a thread at its end, while the state folder is still held.
    With `past` an earlier run goes on; or, where that one cannot, a new run takes over what is still right of it.
    Raises SetupError where nothing can be sent at all, StateHeldError where another run holds the state folder, and
    StateError where state or report cannot be written.
    """
    with hold(job.state_dir), Journal(job.state_dir / JOURNAL) as journal:
        sweep(job.state_dir, journal)
        one = _Run(feed, job, journal, control, past)
        async with AsyncExitStack() as stack:
            if folder := _named_folder(job, past):
                check_folder(folder, feed.paths, job.formats.names)
            client = await stack.enter_async_context(KeenClient(job.client)) if job.client else None
            await one.introduce(client)
            await asyncio.to_thread(one.look)
            await one.go(client)
        result = await asyncio.to_thread(one.report)
        await asyncio.to_thread(then, journal, result)
        return result


def _named_folder(job: Job, past: Past | None) -> Path | None:
    """Give the report folder that the user named, now or when the run began."""
    if job.report_dir or past is None:
        return job.report_dir
    return Path(past.head.report_dir) if past.head.report_dir else None


class _Run:
    """One run: what its steps share."""

    def __init__(self, feed: Feed, job: Job, journal: Journal, control: Control, past: Past | None) -> None:
        self._feed = feed
        self._job = job
        self._journal = journal
        self._control = control
        self._past = past
        self._run_id = past.run.id if past and not past.is_changed else job.run_id or new_run_id()
        self._started = time.monotonic()
        self._began_at = timestamp()
        self._stopped: StopRunError | None = None
        self._would_stop: StopRunError | None = None
        """Why a run would stop before its first row that this one, which sends nothing, only tries out."""
        self._warning = ""
        self._client: KeenClient | None = None
        self._ledger = journal.ledger(*job.company) if job.company else None

    async def introduce(self, client: KeenClient | None) -> None:
        """Ask Keen who we are, and what else is needed. A refusal does not raise: it ends the run."""
        structlog.contextvars.bind_contextvars(run=self._run_id)
        self._client = client
        if client is None:
            return
        self._control.attach(lambda _: client.abandon(), lambda: None)
        self._control.tally.note = lambda: client.hindrance
        try:
            await self._feed.introduce(client)
        except StopRunError as error:
            self._stopped = self._control.reason or error
        except HaltedError:
            self._stopped = self._control.reason

    def look(self) -> None:
        """Look at all rows before the first is sent; what was found once holds until the run has ended.

        Where the run was stopped already, no row is looked at. Raises SetupError where a source cannot be read to its
        end: then there is no run, or an earlier one stays as it is.
        """
        past, control, feed = self._past, self._control, self._feed
        self._is_kept = past is not None and not past.is_changed
        if self._ledger:
            self._ledger.fold()
        control.tally.rows_expected = feed.estimate_rows()
        number = past.run.no if past and self._is_kept else None
        has_looked = False
        if not self._stopped or number is not None:
            is_introduced = self._stopped is None
            has_looked = feed.look(
                Setting(self._journal, self._ledger, control, self._job, number, is_introduced=is_introduced)
            )
        if not has_looked:
            self._stopped = self._stopped or control.reason
        named = replace(self._job, report_dir=_named_folder(self._job, past))
        if past and self._is_kept:
            self._head = past.head
        else:
            self._head = feed.head(named, self._run_id, past.run.id if past else None)
        if has_looked and not (feed.is_agreed or self._stopped or control.reason):
            self._guard()

    def _guard(self) -> None:
        found = self._feed.guards(self._journal.runs(), self._head)
        question = " ".join(guard.question for guard in found)
        if found and self._job.looks_only:
            self._warning = question
        elif not found or self._job.agreed or (not self._job.dry_run and self._control.agrees(question)):
            self._feed.agree()
        elif self._job.dry_run:
            self._would_stop = StopRunError(f"A run would stop before the first row: {question}", found[0].code)
        else:
            told = StopRunError(f"{question} Nothing was sent.", found[0].code, of_row=_GUARDED)
            self._stopped = self._control.reason or told

    async def go(self, client: KeenClient | None) -> None:
        """Take every row to its outcome."""
        await asyncio.to_thread(self._begin)
        _log.info("run_started", sources=[source.name for source in self._head.sources], mapping=self._head.mapping)
        for event, told in self._feed.findings():
            _log.info(event, **told)
        coming = ahead(self._feed.translations(self._final, all_rows=self._takeover is not None))
        try:
            async with aclosing(coming), self._meter.running(), self._recorder() as recorder:
                sender = Sender(self._session(), recorder, self._stopped)
                if client is None or (self._job.dry_run and not self._job.looks_only):
                    await sender.try_out(coming)
                else:
                    await sender.send(coming, client)
                self._stopped = sender.stopped
        except* StateError as group:
            # The pool's workers fail as a group; a full disk is one cause, however many of them met it.
            self._stopped = StopRunError(_first_of(group), Code.STATE_UNWRITABLE)

    def _begin(self) -> None:
        """Write down that the run begins, or that it goes on."""
        past, journal, feed = self._past, self._journal, self._feed
        self._before = Usage()
        self._final = bytearray()
        if past:
            must_still_be_there(journal, past)
        if past and (self._is_kept or past.run.summary is None):
            journal.reopen(past.run.no, MAYBE_SENT)
        if past and self._is_kept:
            self._number = past.run.no
            self._final = journal.final_positions(self._number)
            self._before = journal.usage(self._number)
            self._control.tally.statuses.update(journal.final_statuses(self._number))
            journal.keep_head(self._number, self._head)
            if (kept := feed.kept()) is not None:
                journal.keep_inspection(self._number, kept)
        else:
            try:
                self._number = journal.begin(self._head, feed.kept())
            except StateError:
                drop_copies(self._head)
                raise
            if past:
                drop_copies(past.head)
        self._takeover = Takeover.of(journal, self._head)
        if profile := feed.profile(self._head):
            journal.keep_profile(self._number, profile.to_json())
        self._meter = Meter(
            self._job.metrics_file,
            self._head.id,
            self._control.tally,
            self._client,
            last_success(journal.runs()),
            is_rehearsal=self._head.rehearsal,
        )

    def _recorder(self) -> Recorder:
        concurrency = self._job.client.concurrency if self._job.client else 1
        return Recorder(
            self._journal,
            self._number,
            enough=max(1, concurrency // 2),
            committed=self._control.tally.committed,
            unchanged=self._control.tally.unchanged,
            usage=self._usage,
        )

    def _session(self) -> Session:
        is_undo = self._head.kind == "undo"
        kept = {"apply": Code.CHANGED_SINCE_PLAN, "undo": Code.KEPT}.get(self._head.kind, Code.KEPT_KEEN_VALUE)
        handling = Handling(
            keeps_before=self._job.keeps_before,
            looks_only=self._job.looks_only,
            reads_back=self._job.canary,
            done=Code.REVERTED if is_undo else Code.UPDATED,
            kept=kept,
            names=self._feed.names,
            repeated=self._feed.repeated,
        )
        return Session(
            self._feed,
            self._job,
            self._control,
            self._journal,
            self._ledger,
            self._number,
            self._takeover,
            handling,
            self._would_stop,
        )

    def _usage(self) -> Usage:
        traffic = self._client.traffic if self._client else Traffic()
        return Usage(
            self._before.requests + traffic.requests,
            self._before.retries + traffic.retries,
            self._before.seconds + time.monotonic() - self._started,
        )

    def report(self) -> RunResult:
        """Write the report from the journal."""
        named = _named_folder(self._job, self._past)
        folder = named or self._job.state_dir / "runs" / self._head.id
        try:
            return self._report(folder)
        except StateError as error:
            if self._stopped is None or not self._is_unwritable:
                raise
            raise StateError(
                f"{self._stopped.message} There is no report either: {error.message} Then `leadsync resume` goes on."
            ) from error

    def _report(self, folder: Path) -> RunResult:
        ending = Ending(self._journal, self._number, self._stopped)
        examples = ending.examples()
        # A session that the journal stopped early has read less than what earlier ones have kept.
        rows_read = max(self._control.tally.rows_read, self._journal.rows(self._number))
        if self._past and self._past.is_changed:
            gone = self._journal.rows(self._past.run.no) - rows_read
            if gone > 0:
                _log.warning("source_is_shorter", follows=self._past.run.id, rows_gone=gone)
        summary = summarize(self._head, examples, rows_read=rows_read, usage=self._usage(), stopped=self._stopped)
        summary = self._feed.told(summary)
        if self._client:
            throttle = self._client.throttle
            summary = replace(
                summary, times_slowed=throttle.changes, slowest=throttle.lowest, slowed_because=throttle.fell_because
            )
        timeline = self._client.traffic.timeline.taken(self._began_at) if self._client else None
        if timeline and not self._is_unwritable:
            self._journal.add_timeline(self._number, timeline)
        reporter = Reporter(self._journal, self._number, self._head, ending, self._job.formats, self._job.in_state)
        # Once before the workbook, which takes longest: whatever becomes of that, the run has come to its end.
        summary = reporter.write(folder, summary, examples, self._finish)
        self._finish(summary)
        if not self._is_unwritable:
            if not summary.can_be_resumed:
                drop_copies(self._head)
            self._learn()
        self._meter.ended(summary)
        _log.info("run_finished", exit_code=summary.exit_code, **{str(s): n for s, n in summary.statuses.items()})
        is_whole = self._stopped is None or self._stopped is self._would_stop
        return RunResult(
            summary,
            examples,
            folder,
            self._job.state_dir,
            self._number,
            is_whole,
            self._warning,
        )

    def _finish(self, summary: Summary) -> None:
        if not self._is_unwritable:
            self._journal.finish(self._number, summary_json(summary), self._usage())

    @property
    def _is_unwritable(self) -> bool:
        """Tell whether the journal could not be written to the end."""
        return self._stopped is not None and self._stopped.code is Code.STATE_UNWRITABLE

    def _learn(self) -> None:
        """Let the ledger learn what was acknowledged; where it cannot, the next run begins with it."""
        if self._ledger is None:
            return
        self._control.tally.note = lambda: "taking down what Keen holds now"
        try:
            self._ledger.fold()
        except StateError as error:
            _log.warning("ledger_not_written", reason=error.message)


def _first_of(group: BaseExceptionGroup[BaseException]) -> str:
    first: BaseException = group
    while isinstance(first, BaseExceptionGroup):
        first = first.exceptions[0]
    return str(first)
