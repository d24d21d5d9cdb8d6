"""The least code that sends a CSV with httpx: `bare_httpx.py aiohttp|plain FILE URL KEY CONCURRENCY`."""

import asyncio
import csv
import sys
from pathlib import Path

import httpx
from httpx_aiohttp import AiohttpTransport
from inputs import body


async def work(client: httpx.AsyncClient, url: str, queue: asyncio.Queue[dict[str, str] | None]) -> None:
    """Send rows off the queue until it says that there are no more; any answer but a 200 ends the process."""
    while (row := await queue.get()) is not None:
        response = await client.post(url, json=body(row))
        response.raise_for_status()
        assert response.json()["lead"]["id"] == row["Keen Lead ID"]


async def send_all(transport: httpx.AsyncBaseTransport, path: Path, url: str, key: str, concurrency: int) -> None:
    """Send each row of a CSV with `concurrency` workers off one queue."""
    queue: asyncio.Queue[dict[str, str] | None] = asyncio.Queue(maxsize=4 * concurrency)
    async with (
        httpx.AsyncClient(transport=transport, headers={"X-Api-Key": key}, timeout=30) as client,
        asyncio.TaskGroup() as workers,
    ):
        for _ in range(concurrency):
            workers.create_task(work(client, url, queue))
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                await queue.put(row)
        for _ in range(concurrency):
            await queue.put(None)


async def main() -> None:
    """Read the command line and send."""
    kind, path, url, key, concurrency = sys.argv[1:]
    limits = httpx.Limits(max_connections=int(concurrency), max_keepalive_connections=int(concurrency))
    kinds = {"aiohttp": AiohttpTransport, "plain": httpx.AsyncHTTPTransport}
    await send_all(kinds[kind](limits=limits), Path(path), url, key, int(concurrency))


if __name__ == "__main__":
    asyncio.run(main())
