"""The pace as Keen sees it: by the emulator's own record, whatever the requests are for."""

import asyncio
from collections.abc import Callable

import pytest
from conftest import Keen, lead_id

from leadsync.keen.client import KeenClient
from leadsync.keen.pool import Pool
from leadsync.records import Outcome, Row, Update
from leadsync.sandbox import Faults


@pytest.mark.parametrize("rate", [1, 5, 20, 100, 500])
def test_no_second_sees_more_than_the_rate(keen: Keen, rate: int, busiest_second: Callable[[Keen], int]) -> None:
    """Two seconds of updates and retries and more: in no window of one second more than the rate + 1."""

    async def sink(_: Outcome) -> None:
        """Forget the answer: only the record of calls counts here."""

    async def run() -> None:
        options = keen.options(rate=float(rate), concurrency=16)
        async with KeenClient(options) as client, Pool(client, 16, sink) as pool:
            for position in range(2 * rate + 2):
                lead = lead_id(position % 10)
                await pool.submit(Update(Row(position, "Leads", position + 2), lead, {"notes": str(position)}, []))

    keen.sandbox.faults = Faults(seed=1, chances={"drop_after": 0.03}, latency=0.005)
    asyncio.run(run())
    assert keen.sandbox.stats.calls >= 2 * rate + 2
    assert busiest_second(keen) <= rate + 1
