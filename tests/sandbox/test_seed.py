"""Worlds to begin with: the demo, and one made of what a user's file names."""

from typing import Any
from uuid import UUID

import pytest

from leadsync.sandbox import DEMO_KEY, SeedReport, World, demo_world, seed_from_source
from leadsync.sandbox.rules import Answer, answer

IDS = [str(UUID(int=number)) for number in range(5_000)]


def seed(world: World, **changes: Any) -> SeedReport:
    """Seed a world with no shares set aside, unless told otherwise."""
    settings: dict[str, Any] = {
        "lead_ids": [],
        "legacy_ids": [],
        "channel": None,
        "definitions": [],
        "unknown_share": 0.0,
        "inaccessible_share": 0.0,
        "seed": 1,
    }
    return seed_from_source(world, **{**settings, **changes})


def ask(world: World, **request: Any) -> Answer:
    """Ask the world as the demo company."""
    return answer(world, DEMO_KEY, request)


def test_the_demo_has_leads_that_its_key_can_access_and_some_that_it_cannot() -> None:
    """Out of the box, with the same leads in every run."""
    world = demo_world()
    assert len(world) == 55
    assert ask(world, action="get_lead_by_legacy_id", legacy_id=1001).status == 200
    assert ask(world, action="get_lead_by_legacy_id", legacy_id=9001).status == 403
    first = ask(demo_world(5), action="get_lead_by_legacy_id", legacy_id=1001)
    assert first == ask(demo_world(5), action="get_lead_by_legacy_id", legacy_id=1001)


def test_every_lead_that_a_file_names_exists_once() -> None:
    """Repeats, in either case, are one lead; what is no UUID is passed over."""
    world = World()
    report = seed(world, lead_ids=[*IDS, *IDS, IDS[9].upper(), "no uuid", ""], legacy_ids=[7, 7, 8])
    assert (report.leads, report.unknown, report.inaccessible, len(world)) == (5_002, 0, 0, 5_002)
    assert ask(world, action="get_lead_by_id", lead_id=IDS[9].upper()).status == 200
    assert ask(world, action="get_lead_by_legacy_id", legacy_id=8).status == 200


def test_the_declared_shares_are_set_aside_and_counted() -> None:
    """Some leads are unknown, some belong to another company; the report counts them as the rules answer them."""
    world = World()
    ids = [*IDS, *IDS]
    report = seed(world, lead_ids=ids, unknown_share=0.02, inaccessible_share=0.05)
    statuses = [ask(world, action="get_lead_by_id", lead_id=lead_id).status for lead_id in IDS]
    assert statuses.count(200) == report.leads
    assert statuses.count(404) == report.unknown
    assert statuses.count(403) == report.inaccessible
    assert 60 < report.unknown < 140
    assert 190 < report.inaccessible < 310


def test_a_leads_fate_does_not_depend_on_the_rest_of_the_file() -> None:
    """A hash of the id and the seed decides."""

    def unknown(ids: list[str], number: int) -> set[str]:
        world = World()
        seed(world, lead_ids=ids, unknown_share=0.1, seed=number)
        return {lead_id for lead_id in ids if world.lead(lead_id) is None}

    assert unknown(IDS[::-3], 1) == unknown(IDS, 1) & set(IDS[::-3])
    assert unknown(IDS, 1) != unknown(IDS, 2)


@pytest.mark.parametrize(
    ("channel", "title"),
    [(None, "Sandbox channel"), ("Acme", "Acme"), ("AAAAAAAA-0000-4000-8000-000000000001", "Sandbox channel")],
)
def test_the_channel_is_made_as_the_mapping_names_it(channel: str | None, title: str) -> None:
    """By title, by UUID, or with a default title; and only once."""
    world = World()
    first, second = seed(world, channel=channel), seed(world, channel=channel)
    assert first == second
    assert first.channel_title == title
    assert [shown["title"] for shown in ask(world, action="get_channels").body["channels"]] == [title]


def test_property_definitions_are_made_by_name_and_by_id() -> None:
    """Those that the channel already has are kept."""
    world = World()
    wanted = [("Deal size", "number"), ("019DC3F6-1790-7298-932b-90a7ee4ba10c", "text"), ("Deal size", "text")]
    assert seed(world, definitions=wanted).definitions == 2
    assert seed(world, definitions=wanted).definitions == 0
    (channel,) = ask(world, action="get_channels").body["channels"]
    size, tier = channel["property_definitions"]
    assert (size["name"], size["type"]) == ("Deal size", "number")
    assert tier["id"] == "019dc3f6-1790-7298-932b-90a7ee4ba10c"


def test_the_world_refuses_what_would_be_ambiguous() -> None:
    """An id or a key stands for one thing."""
    world = World()
    company = world.add_company("Northwind", key="k")
    channel = world.add_channel("Acme", creator=company)
    definition = world.add_definition(channel, "Tier")
    lead = world.add_lead(channel, legacy_id=7)
    for again in (
        lambda: world.add_company("Twin", key="k"),
        lambda: world.add_channel("Twin", creator=company, channel_id=channel.id.upper()),
        lambda: world.add_definition(channel, "Twin", definition_id=definition.id),
        lambda: world.add_lead(channel, lead_id=lead.id),
        lambda: world.add_lead(channel, legacy_id=7),
        lambda: world.add_lead(channel, properties={lead.id: "x"}),
    ):
        with pytest.raises(ValueError, match=r"\.$"):
            again()
