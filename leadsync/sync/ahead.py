"""Reading one step ahead, in a thread."""

import asyncio
from collections.abc import AsyncGenerator, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")


async def ahead(items: Iterator[Item]) -> AsyncGenerator[Item, None]:
    """Give the items of an iterator that runs in a thread, at most one item ahead of whoever takes them.

    Two items are in memory, the one taken and the next, however long the iterator is.
    """
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(1, "reader") as thread:
        coming = loop.run_in_executor(thread, next, items, None)
        while (item := await coming) is not None:
            coming = loop.run_in_executor(thread, next, items, None)
            yield item
