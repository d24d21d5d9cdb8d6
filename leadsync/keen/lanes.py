"""A bounded queue that keeps the rows of one lead in order and apart."""

import asyncio
from collections import deque
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Lanes(Generic[Item]):
    """Hands out items as a queue does, but of one key only one at a time, in the order they were put.

    `put` waits while `size` items are held, so that the reader of a long file waits for the senders.
    """

    def __init__(self, size: int) -> None:
        self._places = asyncio.Semaphore(size)
        self._ready: asyncio.Queue[tuple[str, Item]] = asyncio.Queue()
        self._waiting: dict[str, deque[Item]] = {}
        """For each key that is handed out or about to be: the items behind it."""
        self._idle = asyncio.Event()
        self._idle.set()
        self._complete = False

    @property
    def has_more(self) -> bool:
        """Tell whether an item may be handed out before one of those handed out is done."""
        return not self._ready.empty() or not (self._complete or self._places.locked())

    async def put(self, key: str, item: Item) -> None:
        """Add an item; it is handed out after all earlier ones of its key are `done`."""
        await self._places.acquire()
        self._idle.clear()
        lane = self._waiting.get(key)
        if lane is None:
            self._waiting[key] = deque()
            self._ready.put_nowait((key, item))
        else:
            lane.append(item)

    async def get(self) -> tuple[str, Item]:
        """Wait for the next item and its key."""
        return await self._ready.get()

    def done(self, key: str) -> None:
        """Say that the item of a key that was handed out is dealt with."""
        lane = self._waiting[key]
        if lane:
            self._ready.put_nowait((key, lane.popleft()))
        else:
            del self._waiting[key]
            if not self._waiting:
                self._idle.set()
        self._places.release()

    async def drained(self) -> None:
        """Wait until every item is done; nothing may be put meanwhile."""
        self._complete = True
        await self._idle.wait()
        self._complete = False

    async def all_done(self) -> None:
        """Wait until every item is done; nothing may be put any more."""
        self._complete = True
        await self._idle.wait()
