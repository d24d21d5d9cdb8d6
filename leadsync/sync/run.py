"""A run, from the sources to the report."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, aclosing
from dataclasses import replace
from pathlib import Path

import structlog

from leadsync.codes import Code
from leadsync.errors import HaltedError, SourceError, StateError, StopRunError
from leadsync.journal import Journal, Recorder, Usage, hold
from leadsync.keen.client import KeenClient
from leadsync.keen.pool import Pool
from leadsync.keen.traffic import Traffic
from leadsync.records import BAD, Outcome, Translation
from leadsync.report import check_folder, summary_json
from leadsync.sync.ahead import ahead
from leadsync.sync.begin import JOURNAL, drop_copies, new_head, new_run_id, sweep
from leadsync.sync.decide import WOULD_BE_SENT, settled, unsent, updates
from leadsync.sync.end import MAYBE_SENT, Ending, summarize
from leadsync.sync.guards import clearing_guard
from leadsync.sync.inspection import Inspection, inspect
from leadsync.sync.introduce import Properties, introduce
from leadsync.sync.job import Control, Job, RunResult
from leadsync.sync.legacy import JournaledLegacyLeads
from leadsync.sync.metering import Meter, last_success
from leadsync.sync.prepare import Work
from leadsync.sync.resume import Past, must_still_be_there
from leadsync.sync.takeover import Takeover
from leadsync.sync.translations import translations

_log = structlog.get_logger("leadsync.sync")

_REACH = 256
"""Rows that are said at a time to be about to be sent: one commit for so many, and after a kill at most so many rows
are taken for sent that were not."""


async def sync(work: Work, job: Job, control: Control, past: Past | None = None) -> RunResult:
    """Do a run: load -> translate -> decide -> send -> journal -> report.

    With `past` an earlier run goes on; or, where that one cannot, a new run takes over what is still right of it.
    Raises SetupError where nothing can be sent at all, StateHeldError where another run holds the state folder, and
    StateError where the report cannot be written.
    """
    with hold(job.state_dir), Journal(job.state_dir / JOURNAL) as journal:
        sweep(job.state_dir, journal)
        run = _Run(work, job, journal, control, past)
        async with AsyncExitStack() as stack:
            if folder := _named_folder(job, past):
                check_folder(folder, work.paths)
            client = await stack.enter_async_context(KeenClient(job.client)) if job.client else None
            await run.introduce(client)
            await asyncio.to_thread(run.look)
            await run.go(client)
        return await asyncio.to_thread(run.report)


def _named_folder(job: Job, past: Past | None) -> Path | None:
    """Give the report folder that the user named, now or when the run began."""
    if job.report_dir or past is None:
        return job.report_dir
    return Path(past.head.report_dir) if past.head.report_dir else None


class _Run:
    """One run: what its steps share."""

    def __init__(self, work: Work, job: Job, journal: Journal, control: Control, past: Past | None) -> None:
        self._work = work
        self._job = job
        self._journal = journal
        self._control = control
        self._past = past
        self._run_id = past.run.id if past and not past.is_changed else new_run_id()
        self._started = time.monotonic()
        self._stopped: StopRunError | None = None
        self._would_stop: StopRunError | None = None
        """Why a run would stop before its first row that this one, which sends nothing, only tries out."""
        self._pool: Pool | None = None
        self._client: KeenClient | None = None
        self._takeover: Takeover | None = None
        self._properties = Properties()
        self._inspection: Inspection | None = None
        self._in_hand = 0
        """Rows that this session has read and has to answer; and those of them that went wrong:"""
        self._failures = 0

    async def introduce(self, client: KeenClient | None) -> None:
        """Ask Keen who we are, and for the properties. A refusal does not raise: it ends the run."""
        structlog.contextvars.bind_contextvars(run=self._run_id)
        self._client = client
        if client is None:
            return
        self._control.attach(lambda _: client.abandon(), lambda: None)
        self._control.tally.note = lambda: client.hindrance
        try:
            self._properties = await introduce(client, self._work.mapping)
        except StopRunError as error:
            self._stopped = self._control.reason or error
        except HaltedError:
            self._stopped = self._control.reason

    def look(self) -> None:
        """Look at all rows before the first is sent; what was found once holds until the run has ended.

        Where the run was stopped already, no row is translated: what Keen has for the properties may be unknown.
        Raises SourceError where a source cannot be read to its end: then there is no run, or an earlier one stays as
        it is.
        """
        past, work, control = self._past, self._work, self._control
        control.tally.rows_expected = work.sources.estimate_rows()
        kept = None if past is None or past.is_changed else self._journal.inspection(past.run.no)
        if kept is not None:
            self._inspection = Inspection.from_bytes(kept, work)
        elif not self._stopped:
            self._inspection = inspect(work, self._properties.types, control)
        if self._inspection is None:
            self._stopped = self._stopped or control.reason
        elif not (self._inspection.is_agreed or self._stopped or control.reason):
            self._guard(self._inspection)

    def _guard(self, inspection: Inspection) -> None:
        question = clearing_guard(inspection.count, self._work.mapping)
        if question is None or self._job.agreed or (not self._job.dry_run and self._control.agrees(question)):
            self._inspection = replace(inspection, is_agreed=True)
        elif self._job.dry_run:
            self._would_stop = StopRunError(f"A run would stop before the first row: {question}", Code.TOO_MANY_CLEARED)
        else:
            stopped = StopRunError(f"{question} Nothing was sent.", Code.TOO_MANY_CLEARED)
            self._stopped = self._control.reason or stopped

    async def go(self, client: KeenClient | None) -> None:
        """Take every row to its outcome."""
        await asyncio.to_thread(self._begin)
        _log.info("run_started", sources=[source.name for source in self._head.sources], mapping=self._head.mapping)
        for damage in self._inspection.damages if self._inspection else ():
            told = {"code": str(damage.code), "level": str(damage.level), "column": damage.column}
            _log.info("damage_found", **told, cells=damage.count)
        is_takeover = self._takeover is not None
        coming = ahead(translations(self._work, self._inspection, self._final, all_rows=is_takeover))
        try:
            async with aclosing(coming), self._meter.running(), self._recorder() as recorder:
                if client is None or self._job.dry_run:
                    await self._try_out(coming, recorder)
                else:
                    await self._send(coming, recorder, client)
        except* StateError as group:
            # The pool's workers fail as a group; a full disk is one cause, however many of them met it.
            self._stopped = StopRunError(_first_of(group), Code.STATE_UNWRITABLE)

    def _begin(self) -> None:
        """Write down that the run begins, or that it goes on."""
        past, journal = self._past, self._journal
        self._before = Usage()
        self._final = bytearray()
        if past:
            must_still_be_there(journal, past)
        if past and (not past.is_changed or past.run.summary is None):
            journal.reopen(past.run.no, MAYBE_SENT)
        if past and not past.is_changed:
            self._head, self._number = past.head, past.run.no
            self._final = journal.final_positions(self._number)
            self._before = journal.usage(self._number)
            self._control.tally.statuses.update(journal.final_statuses(self._number))
            self._takeover = Takeover.of(journal, self._head)
            if self._inspection:
                journal.keep_inspection(self._number, self._inspection.to_bytes())
        else:
            job = replace(self._job, report_dir=_named_folder(self._job, past))
            self._head = new_head(self._work, job, self._run_id, past.run.id if past else None)
            try:
                self._number = journal.begin(self._head, self._inspection.to_bytes() if self._inspection else None)
            except StateError:
                drop_copies(self._head)
                raise
            self._takeover = Takeover.of(journal, self._head)
            if past:
                drop_copies(past.head)
        success = last_success(journal.runs())
        self._meter = Meter(
            self._job.metrics_file,
            self._head.id,
            self._control.tally,
            self._client,
            success,
            is_rehearsal=self._head.rehearsal,
        )

    def _recorder(self) -> Recorder:
        concurrency = self._job.client.concurrency if self._job.client else 1
        return Recorder(
            self._journal,
            self._number,
            enough=max(1, concurrency // 2),
            committed=self._control.tally.committed,
            usage=self._usage,
        )

    async def _try_out(self, coming: AsyncIterator[Translation], recorder: Recorder) -> None:
        """Give every row its outcome without sending it."""
        try:
            async for translation in coming:
                if self._control.reason or self._stopped:
                    break
                await self._settle(translation, recorder)
                await recorder.outcomes(unsent(translation, Code.DRY_RUN, WOULD_BE_SENT))
        except SourceError as error:
            self._stopped = StopRunError(error.message, Code.SOURCE_BROKEN)
        self._stopped = self._stopped or self._control.reason or self._would_stop

    async def _send(self, coming: AsyncIterator[Translation], recorder: Recorder, client: KeenClient) -> None:
        assert self._job.client
        legacy_leads = JournaledLegacyLeads(self._journal, recorder, self._number)
        self._pool = Pool(
            client,
            self._job.client.concurrency,
            self._keeper(recorder),
            legacy_leads if self._work.mapping.lead.is_legacy else None,
        )
        async with self._pool as pool:
            if self._stopped:
                pool.stop(self._stopped)
            self._control.attach(pool.stop, pool.abandon)
            try:
                async for translation in coming:
                    await self._send_chunk(await self._settle(translation, recorder), recorder)
            except SourceError as error:
                pool.stop(StopRunError(error.message, Code.SOURCE_BROKEN))
        self._stopped = pool.stopped

    async def _send_chunk(self, translation: Translation, recorder: Recorder) -> None:
        assert self._pool
        if stopped := self._pool.stopped:
            await recorder.outcomes(unsent(translation, stopped.code, stopped.message))
            return
        reached, end = 0, translation.chunk.first + len(translation.chunk)
        for update in updates(translation, self._properties.ids):
            position = update.row.position
            if position >= reached:
                reached = min(position + _REACH, end)
                await recorder.call(self._journal.reach, self._number, position, reached)
            await self._pool.submit(update)

    async def _settle(self, translation: Translation, recorder: Recorder) -> Translation:
        """Keep the rows of a chunk, and the outcomes of those that are not sent; give what is left to send."""
        taken_over: Sequence[Outcome] = ()
        if self._takeover:
            known = await recorder.call(self._takeover.known, translation)
            digests = self._digests(translation)
            translation, taken_over = self._takeover.apply(translation, known, digests)
        if translation.is_answered and not taken_over:
            self._control.tally.rows_read += len(translation.chunk)
            return translation
        never_sent = [*settled(translation)]
        await recorder.chunk(translation.chunk, [*taken_over, *never_sent])
        self._control.tally.rows_read += len(translation.chunk)
        self._in_hand += len(translation.chunk) - len(translation.answered)
        self._judge(never_sent)
        return translation

    def _digests(self, translation: Translation) -> Mapping[int, int | None]:
        """Give what tells the updates of a chunk apart, by row; None where Keen did not tell the properties' ids."""
        everything = replace(translation, answered=frozenset())
        named = {field.target.name for field in self._work.mapping.properties}
        if self._inspection is None or not named <= self._properties.ids.keys():
            return dict.fromkeys(everything.sendable())
        return {
            update.row.position - translation.chunk.first: update.digest
            for update in updates(everything, self._properties.ids)
        }

    def _keeper(self, recorder: Recorder) -> Callable[[Outcome], Awaitable[None]]:
        """Give what keeps an answer, and returns when it is on the disk."""

        async def keep(outcome: Outcome) -> None:
            await recorder.outcome(outcome)
            self._judge((outcome,))

        return keep

    def _judge(self, outcomes: Sequence[Outcome]) -> None:
        """Stop the run where too many rows of this session went wrong."""
        self._failures += sum(outcome.status in BAD for outcome in outcomes)
        limit = self._job.max_failures
        if limit is None or self._stopped or not limit.are_exceeded_by(self._failures, self._in_hand):
            return
        self._stopped = StopRunError(
            f"{self._failures:,} of {self._in_hand:,} rows went wrong, and --max-failures allows {limit}.",
            Code.TOO_MANY_FAILURES,
        )
        if self._pool:
            self._pool.stop(self._stopped)

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
            if self._stopped is None or self._stopped.code is not Code.STATE_UNWRITABLE:
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
        if self._inspection:
            summary = self._inspection.told(summary, self._work.mapping)
        if self._client:
            throttle = self._client.throttle
            summary = replace(
                summary, times_slowed=throttle.changes, slowest=throttle.lowest, slowed_because=throttle.fell_because
            )
        ending.write_report(folder, summary)
        if self._stopped is None or self._stopped.code is not Code.STATE_UNWRITABLE:
            self._journal.finish(self._number, summary_json(summary), self._usage())
            if not summary.can_be_resumed:
                drop_copies(self._head)
        self._meter.ended(summary)
        _log.info("run_finished", exit_code=summary.exit_code, **{str(s): n for s, n in summary.statuses.items()})
        return RunResult(summary, examples, folder, self._job.state_dir)


def _first_of(group: BaseExceptionGroup[BaseException]) -> str:
    first: BaseException = group
    while isinstance(first, BaseExceptionGroup):
        first = first.exceptions[0]
    return str(first)
