"""Worlds to begin with: a demo, and one made of what a user's own file names."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from random import Random
from uuid import UUID, uuid5

from leadsync.sandbox.state import Channel, Company, World

DEMO_KEY = "00000000-0000-4000-8000-000000000001"
"""The API key of the demo company. It opens nothing but a sandbox."""

DEMO_CHANNEL = "Acme Corp Partnership"
DEFAULT_CHANNEL = "Sandbox channel"
"""The title of the channel that `seed_from_source` makes where the mapping names none."""

_DEMO_COMPANY = "Sandbox company"
_OTHER_COMPANY = "Another company"
_OTHER_CHANNEL = "Another company's channel"
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_NAMESPACE = UUID("2f0b9c1e-7a44-4a52-8a6f-60a9d3c7b915")
_FIRST_NAMES = ("Anna", "Bjarne", "Chiara", "David", "Emma", "Farid", "Greta", "Hugo")
_LAST_NAMES = ("Almond", "Birch", "Cedar", "Dahl", "Elm", "Fjord", "Grove", "Heath")
_DEMO_LEADS = 50
_DEMO_INACCESSIBLE_LEADS = 5


@dataclass(frozen=True, slots=True)
class SeedReport:
    """What `seed_from_source` made of the leads that a file names; each id counts once."""

    channel_id: str
    channel_title: str
    leads: int
    """Leads that now exist in the user's channel."""
    unknown: int
    """Left out on purpose: the sandbox answers `Lead not found`."""
    inaccessible: int
    """Put into another company's channel on purpose: the sandbox answers `Lead not accessible`."""
    definitions: int
    """Property definitions made."""


def demo_world(seed: int = 0) -> World:
    """Make a world to try things in: `DEMO_KEY`, two channels, and some leads; the same one for the same seed.

    `Acme Corp Partnership` has the properties `Deal size` (number), `Tier` (select) and `Renewal date` (text), and
    50 leads with the legacy ids 1001 to 1050. Another company's channel holds 5 leads (9001 to 9005) that the demo
    key cannot access.
    """
    world = World()
    company = _demo_company(world)
    channel = world.add_channel(DEMO_CHANNEL, creator=company)
    world.add_status(channel, "Won")
    size = world.add_definition(channel, "Deal size", type="number")
    tier = world.add_definition(channel, "Tier", type="select", definition_id="019dc3f6-1790-7298-932b-90a7ee4ba10c")
    world.add_definition(channel, "Renewal date")
    random = Random(seed)  # noqa: S311 -- the demo must be the same in every run, not secret
    for number in range(1, _DEMO_LEADS + 1):
        properties = {size.id: str(random.randrange(1_000, 90_000)), tier.id: random.choice(("Gold", "Silver"))}
        _add_demo_lead(world, channel, 1_000 + number, random, properties)
    other = _other_channel(world)
    for number in range(1, _DEMO_INACCESSIBLE_LEADS + 1):
        _add_demo_lead(world, other, 9_000 + number, random, {})
    return world


def seed_from_source(
    world: World,
    *,
    lead_ids: Iterable[str],
    legacy_ids: Iterable[int],
    channel: str | None,
    definitions: Iterable[tuple[str, str]],
    unknown_share: float,
    inaccessible_share: float,
    seed: int,
) -> SeedReport:
    """Make the leads exist that a user's file names, but for two declared shares of them.

    The demo company gets a channel with the title or the UUID in `channel`, with the property `definitions` given as
    pairs of name or UUID and type. Which leads are left out (`unknown_share`) or put into another company's channel
    (`inaccessible_share`) is decided by a hash of the id and the seed, so a lead's fate is the same whatever else the
    file holds. Ids may repeat, in either case; what is no UUID is passed over. A lead that the world already has stays.
    """
    own = _own_channel(world, channel)
    made = sum(_define(world, own, name, kind) for name, kind in definitions)
    other = _other_channel(world)
    unknown: set[str | int] = set()
    added = {True: 0, False: 0}
    salt = f"{seed}:"

    def place(name: str, lead_id: str | None, legacy_id: int | None) -> None:
        luck = int.from_bytes(blake2b((salt + name).encode(), digest_size=8).digest()) / 2**64
        if luck < unknown_share:
            unknown.add(name)
            return
        accessible = luck >= unknown_share + inaccessible_share
        world.add_lead(own if accessible else other, lead_id=lead_id, legacy_id=legacy_id)
        added[accessible] += 1

    for given in lead_ids:
        lead_id = given.lower()
        if _UUID.fullmatch(lead_id) and world.lead(lead_id) is None:
            place(lead_id, lead_id, None)
    for legacy_id in legacy_ids:
        if world.lead_by_legacy_id(legacy_id) is None:
            name = f"legacy:{legacy_id}"
            place(name, str(uuid5(_NAMESPACE, name)), legacy_id)
    return SeedReport(own.id, own.title, added[True], len(unknown), added[False], made)


def _demo_company(world: World) -> Company:
    return world.company_of(DEMO_KEY) or world.add_company(_DEMO_COMPANY, key=DEMO_KEY)


def _own_channel(world: World, wanted: str | None) -> Channel:
    """Give the demo company's channel with this title or UUID; make it where it is missing."""
    company = _demo_company(world)
    name = wanted or DEFAULT_CHANNEL
    for channel in world.channels.values():
        if channel.is_accessible(company) and name.lower() in (channel.id, channel.title.lower()):
            return channel
    if _UUID.fullmatch(name.lower()):
        return world.add_channel(DEFAULT_CHANNEL, creator=company, channel_id=name)
    return world.add_channel(name, creator=company)


def _other_channel(world: World) -> Channel:
    """Give the channel of a company that shares nothing with the demo company; make both where they are missing."""
    for channel in world.channels.values():
        if channel.title == _OTHER_CHANNEL:
            return channel
    return world.add_channel(_OTHER_CHANNEL, creator=world.add_company(_OTHER_COMPANY))


def _define(world: World, channel: Channel, name: str, kind: str) -> bool:
    """Make a property definition; tell whether it was missing."""
    known = {*channel.definitions, *(definition.name for definition in channel.definitions.values())}
    is_id = _UUID.fullmatch(name.lower()) is not None
    if name in known or (is_id and name.lower() in known):
        return False
    if is_id:
        world.add_definition(channel, f"Property {name[:8].lower()}", type=kind, definition_id=name)
    else:
        world.add_definition(channel, name, type=kind)
    return True


def _add_demo_lead(world: World, channel: Channel, legacy_id: int, random: Random, properties: dict[str, str]) -> None:
    first, last = random.choice(_FIRST_NAMES), random.choice(_LAST_NAMES)
    world.add_lead(
        channel,
        legacy_id=legacy_id,
        fields={
            "email": f"{first}.{last}.{legacy_id}@example.com".lower(),
            "first_name": first,
            "last_name": last,
            "company_name": f"{last} {random.choice(('Ltd', 'ApS', 'GmbH'))}",
        },
        properties=properties,
    )
