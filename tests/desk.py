"""A desk before the sandbox: rows go through a pool, and a test reaches in where people and accidents do."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from conftest import Keen, lead_id

from leadsync.errors import StopRunError
from leadsync.keen.answers import Answer
from leadsync.keen.client import KeenClient
from leadsync.keen.handling import Handling, LegacyLeads
from leadsync.keen.pool import Pool
from leadsync.records import JsonValue, Outcome, Reading, Update


@dataclass
class Looking:
    """What became of rows whose leads are looked at."""

    outcomes: list[Outcome]
    """By position."""
    readings: list[Reading]
    actions: list[str]
    """What Keen was asked, in order."""
    client: KeenClient
    proven: int
    stopped: StopRunError | None


@dataclass
class Desk:
    """Sends updates through a pool to the sandbox, and lets a test reach in where people and accidents do."""

    keen: Keen
    handling: Handling = field(default_factory=Handling)
    on_reading: Callable[[Reading, Pool, KeenClient], None] = lambda *_: None
    """Called with each reading, before its update goes out."""
    on_answer: Callable[[str, Pool], None] = lambda *_: None
    """Called with each action that Keen has carried out, before its answer is looked at."""
    legacy: LegacyLeads | None = None
    options: dict[str, Any] = field(default_factory=dict)
    seen: list[Reading] = field(default_factory=list)

    def put(self, number: int = 0, **values: str) -> None:
        """Let somebody at Keen type values into a lead; names of properties are spelt with an underscore."""
        lead = self.keen.world.lead(lead_id(number))
        assert lead
        ids = {name.replace(" ", "_"): known for name, known in self.keen.property_ids.items()}
        lead.fields = {**lead.fields, **{name: value for name, value in values.items() if name not in ids}}
        added = {ids[name]: value for name, value in values.items() if name in ids}
        lead.properties = {**lead.properties, **added}

    def fields(self, number: int = 0) -> dict[str, str]:
        """Give the standard fields that a lead has in Keen."""
        lead = self.keen.world.lead(lead_id(number))
        assert lead
        return dict(lead.fields)

    def send(self, *updates: Update) -> Looking:
        """Send updates; give what became of them."""
        return asyncio.run(self._send(updates))

    async def _send(self, updates: Sequence[Update]) -> Looking:
        outcomes: list[Outcome] = []

        async def sink(outcome: Outcome) -> None:
            outcomes.append(outcome)

        async def keep(reading: Reading) -> None:
            self.seen.append(reading)
            self.on_reading(reading, pool, client)

        concurrency = 4
        async with KeenClient(self.keen.options(**({"concurrency": concurrency} | self.options))) as client:
            exchange = client._transport.exchange

            async def overheard(body: dict[str, JsonValue]) -> Answer:
                answer = await exchange(body)
                self.on_answer(str(body["action"]), pool)
                return answer

            client._transport.exchange = overheard  # type: ignore[assignment,method-assign]
            pool = Pool(client, concurrency, sink, self.legacy, handling=self.handling, readings=keep)
            async with pool:
                for update in updates:
                    await pool.submit(update)
        assert sorted(outcome.position for outcome in outcomes) == [update.row.position for update in updates]
        actions = [str(call.action) for call in self.keen.sandbox.calls]
        outcomes.sort(key=lambda outcome: outcome.position)
        return Looking(outcomes, self.seen, actions, client, pool.proven, pool.stopped)
