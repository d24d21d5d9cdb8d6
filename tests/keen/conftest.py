"""Servers that no emulator of Keen would be, and a pool whose hours pass in no time."""

import asyncio
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pytest
from conftest import Keen, lead_id
from desk import Desk
from pydantic import SecretStr
from virtual_time import run_in_virtual_time

from leadsync.keen.answers import Answer
from leadsync.keen.client import KeenClient
from leadsync.keen.handling import Handling
from leadsync.keen.options import ClientOptions
from leadsync.keen.pace import Pace, never
from leadsync.keen.pool import Pool
from leadsync.records import Outcome, Row, Update


@pytest.fixture
def unused_tcp_port() -> int:
    """Give a port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


@dataclass
class Exchange:
    """One request in virtual time."""

    at: float
    lead: str
    action: str
    is_retry: bool
    """The same was asked for the same lead before."""
    in_flight: int
    """Requests on their way, this one included."""


Answering = Callable[[Exchange], Answer]
"""Gives the answer to a request: one with status 200 stands for an acknowledged update."""


@dataclass
class Wire:
    """Stands for the transport in virtual time, where no real socket can be waited for."""

    answer: Answering
    latency: float
    log: list[Exchange] = field(default_factory=list)
    in_flight: int = 0

    async def exchange(self, body: dict[str, str]) -> Answer:
        """Answer a request after the latency."""
        self.in_flight += 1
        lead, action = body["lead_id"], body["action"]
        is_retry = any(lead == earlier.lead and action == earlier.action for earlier in self.log)
        request = Exchange(asyncio.get_running_loop().time(), lead, action, is_retry, self.in_flight)
        self.log.append(request)
        await asyncio.sleep(self.latency)
        self.in_flight -= 1
        answer = self.answer(request)
        return Answer(200, {"lead": {**body, "id": lead}}) if answer.status == 200 else answer


@dataclass
class Sent:
    """What became of a pool's updates in virtual time."""

    outcomes: list[Outcome]
    requests: list[Exchange]
    seconds: float
    client: KeenClient


@pytest.fixture
def send_in_virtual_time() -> Callable[..., Sent]:
    """Send one update for each of so many leads through a client and a pool, in virtual time."""

    def send(
        answer: Answering,
        rows: int,
        concurrency: int = 8,
        latency: float = 0.05,
        handling: Handling | None = None,
        **options: float,
    ) -> Sent:
        outcomes: list[Outcome] = []
        wire = Wire(answer, latency)

        async def sink(outcome: Outcome) -> None:
            outcomes.append(outcome)

        async def run() -> Sent:
            loop = asyncio.get_running_loop()
            given = ClientOptions(
                SecretStr("k"), "http://127.0.0.1:1/", **({"rate": 1000.0, "concurrency": concurrency} | options)
            )
            async with KeenClient(given, loop.time) as client:
                client._transport.exchange = wire.exchange
                async with Pool(client, concurrency, sink, handling=handling or Handling()) as pool:
                    for number in range(rows):
                        await pool.submit(Update(Row(number, "Leads", number + 2), lead_id(number), {"notes": "x"}, []))
            return Sent(sorted(outcomes, key=lambda outcome: outcome.position), wire.log, loop.time(), client)

        sent = run_in_virtual_time(run())
        assert [outcome.position for outcome in sent.outcomes] == list(range(rows))
        return sent

    return send


@pytest.fixture
def shares() -> Callable[[Sequence[Exchange]], list[float]]:
    """Give, for each retry, the share of retries in the minute before it, less the reserve of ten.

    And less one: a retry that was granted waits for its turn, and the minute goes on meanwhile.

    A minute of few requests says nothing: the breaker's probes, which need no budget, would be most of them.
    """

    def share(requests: Sequence[Exchange], last: int) -> float:
        minute = [each for each in requests[: last + 1] if each.at > requests[last].at - 60]
        return (sum(each.is_retry for each in minute) - 11) / len(minute) if len(minute) >= 100 else 0.0

    return lambda requests: [share(requests, last) for last, each in enumerate(requests) if each.is_retry]


@pytest.fixture
def busiest_second(monkeypatch: pytest.MonkeyPatch) -> Callable[[Keen], int]:
    """Give, by the emulator's own record of calls, the largest number that must have started within one second.

    A busy machine hands some requests to the emulator later than others, and so crowds what started apart. Calls that
    arrive within a second less the largest difference of those delays have started within a second: such a window is
    what the record is searched for. How long it is on a quiet machine is a matter for the benchmarks.
    """
    starts: list[float] = []
    turn = Pace.turn

    async def noted(pace: Pace, is_moot: Callable[[], bool] = never, *, is_urgent: bool = False) -> bool:
        has_turn = await turn(pace, is_moot, is_urgent=is_urgent)
        if has_turn:
            starts.append(time.monotonic())
        return has_turn

    def busiest(keen: Keen) -> int:
        arrivals = [call.arrived_at for call in keen.sandbox.calls]
        assert len(arrivals) == len(starts) == keen.sandbox.stats.calls
        delays = [arrival - start for start, arrival in zip(starts, arrivals, strict=True)]
        assert min(delays) >= 0
        window = 1.0 - (max(delays) - min(delays))
        most = first = 0
        for last, arrival in enumerate(arrivals):
            while arrival - arrivals[first] >= window:
                first += 1
            most = max(most, last - first + 1)
        return most

    monkeypatch.setattr(Pace, "turn", noted)
    return busiest


@pytest.fixture
def desk(keen: Keen) -> Desk:
    """Give a desk before the sandbox."""
    return Desk(keen)
