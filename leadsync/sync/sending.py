"""The rows of a run taken to their outcomes: settled at once, unchanged, tried out, or sent."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from leadsync.codes import Code
from leadsync.errors import SourceError, StopRunError
from leadsync.journal import Journal, Ledger, Recorder
from leadsync.keen.client import KeenClient
from leadsync.keen.pool import Handling, Pool
from leadsync.records import BAD, Outcome, Status, Translation
from leadsync.sync.decide import WOULD_BE_SENT, nothing_new, settled, unsent
from leadsync.sync.feed import Feed
from leadsync.sync.job import Control, Job
from leadsync.sync.legacy import JournaledLegacyLeads
from leadsync.sync.takeover import Takeover

_REACH = 256
"""Updates that are said at a time to be about to be sent: one commit for so many, and after a kill at most so many rows
are taken for sent that were not."""


@dataclass(frozen=True, slots=True)
class Session:
    """What the sending of one session of a run works with."""

    feed: Feed
    job: Job
    control: Control
    journal: Journal
    ledger: Ledger | None
    number: int
    """Of the run, in the journal."""
    takeover: Takeover | None
    handling: Handling
    """How the pool treats a row."""
    would_stop: StopRunError | None = None
    """Why a run would stop before its first row that this one, which sends nothing, only tries out."""


@dataclass(slots=True)
class Sender:
    """Takes the rows of a run to their outcomes."""

    session: Session
    recorder: Recorder
    stopped: StopRunError | None = None
    """Why no more is sent."""
    _pool: Pool | None = None
    _in_hand: int = 0
    """Rows that this session has read and has to answer; and those of them that went wrong:"""
    _failures: int = 0
    _canary: list[Outcome] = field(default_factory=list)
    """What became of the rows that were sent before all others."""

    async def try_out(self, coming: AsyncIterator[Translation]) -> None:
        """Give every row its outcome without sending it."""
        session = self.session
        try:
            async for translation in coming:
                if session.control.reason or self.stopped:
                    break
                left = await self._settle(translation)
                await self.recorder.outcomes(unsent(left, Code.DRY_RUN, WOULD_BE_SENT))
        except SourceError as error:
            self.stopped = StopRunError(error.message, Code.SOURCE_BROKEN)
        self.stopped = self.stopped or session.control.reason or session.would_stop

    async def send(self, coming: AsyncIterator[Translation], client: KeenClient) -> None:
        """Send the rows, as many at a time as the client has slots."""
        session = self.session
        assert session.job.client
        legacy_leads = JournaledLegacyLeads(session.journal, self.recorder, session.number, session.ledger)
        self._pool = Pool(
            client,
            session.job.client.concurrency,
            self._keep,
            legacy_leads if session.feed.is_legacy else None,
            handling=session.handling,
            readings=self.recorder.reading,
        )
        async with self._pool as pool:
            if self.stopped:
                pool.stop(self.stopped)
            session.control.attach(pool.stop, pool.abandon)
            try:
                async for translation in coming:
                    await self._send_chunk(await self._settle(translation), pool)
            except SourceError as error:
                pool.stop(StopRunError(error.message, Code.SOURCE_BROKEN))
        self.stopped = pool.stopped or session.would_stop

    async def _send_chunk(self, translation: Translation, pool: Pool) -> None:
        if stopped := pool.stopped:
            await self.recorder.outcomes(unsent(translation, stopped.code, stopped.of_row))
            return
        session = self.session
        updates = await self.recorder.call(session.feed.updates, translation)
        if same := [update for update in updates if not update.values]:
            await self.recorder.outcomes(map(nothing_new, same))
        left = iter([update for update in updates if update.values])
        while batch := list(islice(left, min(_REACH, self._unproven(pool) or _REACH))):
            first, end = batch[0].row.position, batch[-1].row.position + 1
            await self.recorder.call(session.journal.reach, session.number, first, end, batch)
            for update in batch:
                await pool.submit(update)
            if self._unproven(pool):
                await self._judge_canary(pool)

    def _unproven(self, pool: Pool) -> int:
        """Give how many updates are still to be read back before the others may follow."""
        return max(0, self.session.handling.reads_back - pool.proven)

    async def _judge_canary(self, pool: Pool) -> None:
        """Wait for the first updates, and stop the run where one of them is not in Keen as it was sent."""
        await pool.drained()
        fine = (Status.UPDATED, Status.UNCHANGED, Status.SKIPPED)
        bad = [outcome for outcome in self._canary if outcome.status not in fine]
        if bad and not pool.stopped:
            codes = ", ".join(dict.fromkeys(outcome.code.value for outcome in bad))
            pool.stop(
                StopRunError(
                    f"{len(bad):,} of the first {len(self._canary):,} rows did not end in Keen as they were sent, so "
                    f"nothing more was ({codes}); the report has their messages.",
                    Code.CANARY_FAILED,
                )
            )

    async def _settle(self, translation: Translation) -> Translation:
        """Keep the rows of a chunk, and the outcomes of those that are not sent; give what is left to send."""
        taken_over: Sequence[Outcome] = ()
        session, tally = self.session, self.session.control.tally
        if session.takeover:
            known = await self.recorder.call(session.takeover.known, translation)
            translation, taken_over = session.takeover.apply(translation, known, session.feed.digests(translation))
        if translation.is_answered and not taken_over:
            tally.rows_read += len(translation.chunk)
            return translation
        never_sent = [*settled(translation)]
        unchanged = translation.unchanged - translation.answered
        outcomes = [*taken_over, *never_sent]
        await self.recorder.chunk(translation.chunk, outcomes, unchanged, translation.lead_column)
        tally.rows_read += len(translation.chunk)
        self._in_hand += len(translation.chunk) - len(translation.answered)
        self._judge(never_sent)
        return translation

    async def _keep(self, outcome: Outcome) -> None:
        """Keep an answer; it returns when that is on the disk."""
        if self._pool and self._unproven(self._pool):
            self._canary.append(outcome)
        await self.recorder.outcome(outcome)
        self._judge((outcome,))

    def _judge(self, outcomes: Sequence[Outcome]) -> None:
        """Stop the run where too many rows of this session went wrong."""
        self._failures += sum(outcome.status in BAD for outcome in outcomes)
        limit = self.session.job.max_failures
        if limit is None or self.stopped or not limit.are_exceeded_by(self._failures, self._in_hand):
            return
        self.stopped = StopRunError(
            f"{self._failures:,} of {self._in_hand:,} rows went wrong, and --max-failures allows {limit}.",
            Code.TOO_MANY_FAILURES,
        )
        if self._pool:
            self._pool.stop(self.stopped)
