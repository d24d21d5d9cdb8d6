"""What the sandbox's tests share: a small world, a running sandbox, and one way to ask in process and over a socket."""

import asyncio
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import httpx
import pytest

from leadsync.sandbox import ACTION_PATH, DEMO_KEY, EmbeddedSandbox, Emulator, World

LEAD = "11111111-1111-4111-8111-111111111111"
OTHER_LEAD = "22222222-2222-4222-8222-222222222222"
FOREIGN_LEAD = "33333333-3333-4333-8333-333333333333"
UNKNOWN_LEAD = "44444444-4444-4444-8444-444444444444"
CHANNEL = "aaaaaaaa-0000-4000-8000-000000000001"
FOREIGN_CHANNEL = "aaaaaaaa-0000-4000-8000-000000000002"
SIZE = "dddddddd-0000-4000-8000-000000000001"
TIER = "dddddddd-0000-4000-8000-000000000002"
RETIRED = "dddddddd-0000-4000-8000-000000000003"
FOREIGN_PROPERTY = "dddddddd-0000-4000-8000-000000000004"

Ask: TypeAlias = Callable[..., httpx.Response]


def _client(**settings: Any) -> httpx.Client:
    # Without certificates to load, a client is made 50 times as fast.
    return httpx.Client(verify=False, trust_env=False, **settings)


def small_world() -> World:
    """Make a world with two leads that the demo key can access, and one that it cannot."""
    world = World()
    company = world.add_company("Northwind", key=DEMO_KEY)
    stranger = world.add_company("Stranger")
    channel = world.add_channel("Acme", creator=company, channel_id=CHANNEL)
    world.add_definition(channel, "Deal size", type="number", definition_id=SIZE)
    world.add_definition(channel, "Tier", type="select", definition_id=TIER)
    world.add_definition(channel, "Retired", definition_id=RETIRED, active=False)
    fields = {"email": "ann@example.com", "first_name": "Ann"}
    world.add_lead(channel, lead_id=LEAD, legacy_id=7, fields=fields, properties={TIER: "Gold"})
    world.add_lead(channel, lead_id=OTHER_LEAD, fields={"email": "bo@example.com"})
    foreign = world.add_channel("Elsewhere", creator=stranger, channel_id=FOREIGN_CHANNEL)
    world.add_definition(foreign, "Deal size", definition_id=FOREIGN_PROPERTY)
    world.add_lead(foreign, lead_id=FOREIGN_LEAD, legacy_id=8)
    return world


@pytest.fixture
def world() -> World:
    """Give a fresh small world."""
    return small_world()


@pytest.fixture
def sandbox(world: World) -> Iterator[EmbeddedSandbox]:
    """Give a running sandbox that serves the small world."""
    with EmbeddedSandbox(world) as running:
        yield running


@pytest.fixture
def post(sandbox: EmbeddedSandbox) -> Iterator[Ask]:
    """Give a way to send one body to the running sandbox, over a real socket."""
    with _client(headers={"X-Api-Key": sandbox.api_key}) as client:

        def send(timeout: float = 5, **body: Any) -> httpx.Response:
            return client.post(sandbox.url, json=body, timeout=timeout)

        yield send


@pytest.fixture(params=["in process", "over a socket"])
def ask(request: pytest.FixtureRequest, world: World) -> Iterator[Ask]:
    """Give a way to send one request to a sandbox that serves the small world, in process and over a real socket."""
    key = {"X-Api-Key": DEMO_KEY}
    if request.param == "over a socket":
        with EmbeddedSandbox(world) as running, _client(base_url=running.url[: -len(ACTION_PATH)]) as client:
            yield lambda method="POST", path=ACTION_PATH, headers=key, **content: client.request(
                method, path, headers=headers, **content
            )
        return
    transport = httpx.ASGITransport(Emulator(world))

    async def in_process(method: str, path: str, headers: dict[str, str], content: dict[str, Any]) -> httpx.Response:
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", trust_env=False) as client:
            return await client.request(method, path, headers=headers, **content)

    yield lambda method="POST", path=ACTION_PATH, headers=key, **content: asyncio.run(
        in_process(method, path, headers, content)
    )


@pytest.fixture
def update(ask: Ask) -> Ask:
    """Give a way to send one `update_lead`, for `LEAD` unless the body says otherwise."""
    return lambda **body: ask(json={"action": "update_lead", "lead_id": LEAD, **body})
