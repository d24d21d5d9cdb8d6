"""Group commits: what many senders bring in one commit, in a thread of its own."""

import asyncio
from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Self, TypeVar

from leadsync.journal.runs import Usage
from leadsync.journal.store import Journal
from leadsync.records import Chunk, Outcome, Reading

_LINGER = 0.01
"""Seconds that an outcome waits at most for others to share its commit."""

Result = TypeVar("Result")


class _Batch:
    """Outcomes and readings that share a commit."""

    def __init__(self) -> None:
        self.outcomes: list[Outcome] = []
        self.readings: list[Reading] = []
        self.on_disk: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def __len__(self) -> int:
        return len(self.outcomes) + len(self.readings)


class Recorder:
    """Writes what a run reads and answers into the journal; an async context manager.

    Whoever brings something gets on when it is on the disk: so a sender that is killed leaves at most its one update
    behind without an outcome. A commit starts when `enough` are waiting for it, or the first has waited 10 ms.
    `committed` is told of outcomes only when they are on the disk, `unchanged` of the number of rows that have none
    because they are unchanged; `usage` tells what the run has used by then.
    Raises StateError once the journal cannot be written.
    """

    def __init__(
        self,
        journal: Journal,
        run: int,
        *,
        enough: int,
        committed: Callable[[Sequence[Outcome]], None],
        usage: Callable[[], Usage],
        unchanged: Callable[[int], None] = lambda _: None,
    ) -> None:
        self._journal = journal
        self._run = run
        self._enough = enough
        self._committed = committed
        self._usage = usage
        self._unchanged = unchanged
        self._thread = ThreadPoolExecutor(1, "journal")
        self._first = asyncio.Event()
        self._full = asyncio.Event()

    async def __aenter__(self) -> Self:
        self._batch = _Batch()
        self._writer = asyncio.create_task(self._write())
        return self

    async def __aexit__(self, *exception: object) -> None:
        # Whoever brought something has waited for it, unless it was cancelled: then its row counts as unanswered.
        self._writer.cancel()
        await asyncio.wait((self._writer,))
        self._thread.shutdown()

    async def chunk(
        self,
        chunk: Chunk,
        outcomes: Sequence[Outcome],
        unchanged: Collection[int] = (),
        lead_column: int | None = None,
    ) -> None:
        """Keep the rows of a chunk, and what became of those that are not sent (see `Journal.add_chunk`)."""
        await self.call(self._journal.add_chunk, self._run, chunk, outcomes, unchanged, lead_column)
        self._committed(outcomes)
        self._unchanged(len(unchanged))

    async def outcomes(self, outcomes: Iterable[Outcome], readings: Sequence[Reading] = ()) -> None:
        """Keep outcomes in a commit of their own."""
        kept = [*outcomes]
        await self.call(self._journal.add_outcomes, self._run, kept, self._usage(), readings)
        self._committed(kept)

    async def outcome(self, outcome: Outcome) -> None:
        """Keep an outcome in a commit that it shares with others."""
        self._batch.outcomes.append(outcome)
        await self._shared()

    async def reading(self, reading: Reading) -> None:
        """Keep what a look at a lead has left of its update, in a commit that it shares with others."""
        self._batch.readings.append(reading)
        await self._shared()

    async def _shared(self) -> None:
        batch = self._batch
        self._first.set()
        if len(batch) >= self._enough:
            self._full.set()
        await asyncio.shield(batch.on_disk)

    async def call(self, function: Callable[..., Result], *arguments: object) -> Result:
        """Call a method of the journal in its thread, after all that was asked for before."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, function, *arguments)

    async def _write(self) -> None:
        while True:
            await self._first.wait()
            await self._until_full()
            batch, self._batch = self._batch, _Batch()
            self._first.clear()
            self._full.clear()
            commit = asyncio.ensure_future(self.outcomes(batch.outcomes, batch.readings))
            await asyncio.wait((commit,))
            if error := commit.exception():
                batch.on_disk.set_exception(error)  # raised where somebody waits for it
                batch.on_disk.exception()
            else:
                batch.on_disk.set_result(None)

    async def _until_full(self) -> None:
        try:
            async with asyncio.timeout(_LINGER):
                await self._full.wait()
        except TimeoutError:
            pass
