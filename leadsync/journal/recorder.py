"""Group commits: many outcomes to a commit, in a thread of their own, so that no sender waits for the disk."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Self, TypeVar

from leadsync.journal.store import Journal
from leadsync.records import Chunk, Outcome

_COMMIT_EVERY = 0.25
"""Seconds that an outcome waits at most for its commit."""
_COMMIT_AT = 1_000
"""Outcomes that are committed at once without waiting longer."""
_HELD = 4_000
"""Outcomes held at most; whoever brings more waits for the disk."""

Result = TypeVar("Result")


class Recorder:
    """Writes what a run reads and answers into the journal; an async context manager that ends when all is on disk.

    `committed` is told of outcomes only when they are on the disk. Raises StateError once the journal cannot be
    written any more.
    """

    def __init__(self, journal: Journal, run: int, committed: Callable[[Sequence[Outcome]], None]) -> None:
        self._journal = journal
        self._run = run
        self._committed = committed
        self._thread = ThreadPoolExecutor(1, "journal")
        self._pending: list[Outcome] = []
        self._full = asyncio.Event()
        self._room = asyncio.Event()
        self._room.set()
        self._closing = False
        self._failure: BaseException | None = None
        self._writer: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._writer = asyncio.create_task(self._write())
        return self

    async def __aexit__(self, *exception: object) -> None:
        self._closing = True
        self._full.set()
        assert self._writer
        try:
            await self._writer
        finally:
            self._thread.shutdown()

    async def chunk(self, chunk: Chunk) -> None:
        """Keep the rows of a chunk; when it returns they are on the disk."""
        await self.call(self._journal.add_chunk, self._run, chunk)

    async def outcome(self, outcome: Outcome) -> None:
        """Keep an outcome with the next commit."""
        await self.outcomes((outcome,))

    async def outcomes(self, outcomes: Iterable[Outcome]) -> None:
        """Keep outcomes with the next commit."""
        if self._failure:
            raise self._failure
        self._pending.extend(outcomes)
        if len(self._pending) >= _COMMIT_AT:
            self._full.set()
        if len(self._pending) >= _HELD:
            self._room.clear()
            await self._room.wait()
            if self._failure:
                raise self._failure

    async def call(self, function: Callable[..., Result], *arguments: object) -> Result:
        """Call a method of the journal in its thread, after all that was asked for before."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, function, *arguments)

    async def _write(self) -> None:
        while not self._closing or self._pending:
            await self._until_full()
            outcomes, self._pending = self._pending, []
            if not outcomes:
                continue
            try:
                await self.call(self._journal.add_outcomes, self._run, outcomes)
            except BaseException as error:
                self._failure = error  # whoever brings more must not wait for a writer that is gone
                raise
            finally:
                self._room.set()
            self._committed(outcomes)

    async def _until_full(self) -> None:
        if self._closing:
            return
        try:
            async with asyncio.timeout(_COMMIT_EVERY):
                await self._full.wait()
        except TimeoutError:
            pass
        self._full.clear()
