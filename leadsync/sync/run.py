"""A run, from the sources to the report."""

import asyncio
import secrets
import time
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, aclosing
from datetime import UTC, datetime

import structlog

from leadsync.codes import Code
from leadsync.errors import HaltedError, SourceError, StateError, StopRunError
from leadsync.files import printable
from leadsync.journal import Journal, Recorder, RunHead, hold
from leadsync.keen.client import KeenClient
from leadsync.keen.pool import Pool
from leadsync.records import BAD, Example, Status, Summary, Translation
from leadsync.report import check_folder, summary_json, write_report
from leadsync.sync.ahead import ahead
from leadsync.sync.decide import settled, unsent, updates
from leadsync.sync.introduce import introduce
from leadsync.sync.job import Control, RunResult
from leadsync.sync.legacy import JournaledLegacyLeads
from leadsync.sync.prepare import Work
from leadsync.sync.translations import translations

_log = structlog.get_logger("leadsync.sync")

_SIGNALS = {Code.INTERRUPTED: 130, Code.TERMINATED: 143}


async def sync(work: Work, control: Control) -> RunResult:
    """Run a job: load -> translate -> decide -> send -> journal -> report.

    Raises SetupError where nothing can be sent at all, StateHeldError where another run holds the state folder, and
    StateError where the journal or the report cannot be written.
    """
    job = work.job
    with hold(job.state_dir), Journal(job.state_dir / "journal.sqlite") as journal:
        run = _Run(work, journal, control)
        async with AsyncExitStack() as stack:
            if job.report_dir:
                check_folder(job.report_dir, job.sources)
            client = await stack.enter_async_context(KeenClient(job.client)) if job.client else None
            property_ids = await run.introduce(client)
            await run.go(client, property_ids)
        return await asyncio.to_thread(run.report, client)


class _Run:
    """One run: what its steps share."""

    def __init__(self, work: Work, journal: Journal, control: Control) -> None:
        job = work.job
        self._work = work
        self._job = job
        self._mapping = work.mapping
        self._journal = journal
        self._control = control
        self._started = time.monotonic()
        self._head = RunHead(
            id=f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{secrets.token_hex(2)}",
            started_at=_now(),
            sources=tuple(map(printable, job.sources)),
            mapping=printable(job.mapping),
            mapping_sha256=work.mapping.sha256,
            base_url=job.client.base_url if job.client else "",
        )
        self.report_dir = job.report_dir or job.state_dir / "runs" / self._head.id
        self._number = 0
        self._stopped: StopRunError | None = None

    async def introduce(self, client: KeenClient | None) -> Mapping[str, str]:
        """Ask Keen who we are; give the ids of the properties. A refusal does not raise: it ends the run."""
        if client is None:
            return {}
        self._control.attach(lambda _: client.abandon(), lambda: None)
        try:
            return await introduce(client, self._mapping)
        except StopRunError as error:
            self._stopped = self._control.reason or error
        except HaltedError:
            self._stopped = self._control.reason
        return {}

    async def go(self, client: KeenClient | None, property_ids: Mapping[str, str]) -> None:
        """Take every row to its outcome."""
        self._number = self._journal.begin(self._head)
        structlog.contextvars.bind_contextvars(run=self._head.id)
        _log.info("run_started", sources=list(self._head.sources), mapping=self._head.mapping)
        self._control.tally.rows_expected = self._work.sources.estimate_rows()
        coming = ahead(translations(self._work))
        try:
            async with (
                aclosing(coming),
                Recorder(self._journal, self._number, self._control.tally.committed) as recorder,
            ):
                if client is None or self._job.dry_run:
                    await self._try_out(coming, recorder)
                else:
                    await self._send(coming, recorder, client, property_ids)
        except ExceptionGroup as group:
            # The pool's workers fail as a group; a full disk is one cause, however many of them met it.
            if full := group.subgroup(StateError):
                raise StateError(str(full.exceptions[0])) from group
            raise

    async def _try_out(self, coming: AsyncIterator[Translation], recorder: Recorder) -> None:
        """Give every row its outcome without sending it."""
        try:
            async for translation in coming:
                if self._control.reason:
                    break
                await self._settle(translation, recorder)
                await recorder.outcomes(unsent(translation, Code.DRY_RUN, "The row is fine; this was a trial run."))
        except SourceError as error:
            self._stopped = StopRunError(error.message, Code.SOURCE_BROKEN)
        self._stopped = self._stopped or self._control.reason

    async def _send(
        self,
        coming: AsyncIterator[Translation],
        recorder: Recorder,
        client: KeenClient,
        property_ids: Mapping[str, str],
    ) -> None:
        assert self._job.client
        legacy_leads = JournaledLegacyLeads(self._journal, recorder, self._number)
        pool = Pool(
            client,
            self._job.client.concurrency,
            recorder.outcome,
            legacy_leads if self._mapping.lead.is_legacy else None,
        )
        async with pool:
            if self._stopped:
                pool.stop(self._stopped)
            self._control.attach(pool.stop, pool.abandon)
            try:
                async for translation in coming:
                    await self._settle(translation, recorder)
                    if pool.stopped:
                        await recorder.outcomes(unsent(translation, pool.stopped.code, pool.stopped.message))
                        continue
                    for update in updates(translation, property_ids):
                        await pool.submit(update)
            except SourceError as error:
                pool.stop(StopRunError(error.message, Code.SOURCE_BROKEN))
        self._stopped = pool.stopped

    async def _settle(self, translation: Translation, recorder: Recorder) -> None:
        """Keep the rows of a chunk, and the outcomes of those that are never sent."""
        await recorder.chunk(translation.chunk)
        await recorder.outcomes(settled(translation))
        self._control.tally.rows_read += len(translation.chunk)

    def report(self, client: KeenClient | None) -> RunResult:
        """Write the report from the journal."""
        examples = self._journal.examples(self._number)
        summary = self._summary(examples, client)
        content = summary_json(summary)
        journal, number = self._journal, self._number
        write_report(
            self.report_dir,
            journal.headers(number),
            journal.answered(number),
            content,
            has_forms=journal.has_forms(number),
        )
        journal.finish(number, content)
        _log.info("run_finished", exit_code=summary.exit_code, **{str(s): n for s, n in summary.statuses.items()})
        return RunResult(summary, examples, self.report_dir)

    def _summary(self, examples: Sequence[Example], client: KeenClient | None) -> Summary:
        statuses: Counter[Status] = Counter()
        codes: Counter[Code] = Counter()
        for example in examples:
            statuses[example.status] += example.count
            codes[example.code] += example.count
        unaccounted = self._control.tally.rows_read - statuses.total()
        return Summary(
            run_id=self._head.id,
            sources=self._head.sources,
            mapping=self._head.mapping,
            started_at=self._head.started_at,
            finished_at=_now(),
            duration_s=time.monotonic() - self._started,
            rows_read=self._control.tally.rows_read,
            statuses={status: statuses[status] for status in Status if statuses[status]},
            codes=dict(codes.most_common()),
            requests=client.traffic.requests if client else 0,
            retries=client.traffic.retries if client else 0,
            exit_code=_exit_code(self._stopped, statuses, unaccounted),
            unaccounted=unaccounted,
            stopped_because=self._stopped.message if self._stopped else None,
            dry_run=self._job.dry_run,
        )


def _exit_code(stopped: StopRunError | None, statuses: Counter[Status], unaccounted: int) -> int:
    """Give the exit code of a run (DESIGN section 6)."""
    if stopped:
        return _SIGNALS.get(stopped.code, 3)
    if unaccounted:
        return 3
    return 1 if any(statuses[status] for status in BAD) else 0


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
