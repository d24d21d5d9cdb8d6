"""The contract of keen-api.md, row by row, in process and over HTTP."""

from collections.abc import Callable
from typing import Any, TypeAlias

import httpx
import pytest

from leadsync.sandbox import Lead, World

Ask: TypeAlias = Callable[..., httpx.Response]

LEAD = "11111111-1111-4111-8111-111111111111"
FOREIGN_LEAD = "33333333-3333-4333-8333-333333333333"
UNKNOWN_LEAD = "44444444-4444-4444-8444-444444444444"
CHANNEL = "aaaaaaaa-0000-4000-8000-000000000001"
FOREIGN_CHANNEL = "aaaaaaaa-0000-4000-8000-000000000002"
SIZE = "dddddddd-0000-4000-8000-000000000001"
TIER = "dddddddd-0000-4000-8000-000000000002"
RETIRED = "dddddddd-0000-4000-8000-000000000003"
FOREIGN_PROPERTY = "dddddddd-0000-4000-8000-000000000004"
STANDARD_FIELDS = [
    "email",
    "first_name",
    "last_name",
    "phone",
    "company_name",
    "source",
    "referring_employee",
    "notes",
    "business_id",
]


def the_lead(world: World) -> Lead:
    """Give the lead that the tests update."""
    lead = world.lead(LEAD)
    assert lead
    return lead


def stored(world: World, definition: str = SIZE) -> str | None:
    """Give the stored text of one property of the lead."""
    return the_lead(world).properties.get(definition)


@pytest.mark.parametrize("field", STANDARD_FIELDS)
def test_each_standard_field_is_updated_and_the_others_are_left_alone(update: Ask, world: World, field: str) -> None:
    """A partial update changes the fields it sends, and answers the full lead."""
    before = dict(the_lead(world).fields)
    response = update(**{field: "new text"})
    assert response.status_code == 200
    assert response.json()["lead"][field] == "new text"
    assert the_lead(world).fields == {**before, field: "new text"}


def test_an_update_answers_the_full_lead_in_the_shape_of_get_lead_by_id(update: Ask, ask: Ask) -> None:
    """Both actions answer the same keys and values."""
    updated = update(notes="hello", properties=[{"property_definitions_id": SIZE, "value": 5}]).json()
    assert updated == ask(json={"action": "get_lead_by_id", "lead_id": LEAD}).json()
    lead = updated["lead"]
    others = {"id", "channels_id", "lead_status_id", "lead_status", "status", "created_at", "property_values"}
    assert lead.keys() == {*STANDARD_FIELDS, *others}
    assert lead["lead_status"] == {"id": lead["lead_status_id"], "status": "New"}
    value = lead["property_values"][1]
    assert value.keys() == {"id", "value", "property_definitions_id", "property_definitions"}
    assert value["property_definitions"].items() >= {"id": SIZE, "name": "Deal size", "type": "number"}.items()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("1.50", "1.50"),
        ("", ""),
        (1234.5, "1234.5"),
        (7, "7"),
        (7.0, "7"),
        (-0.0, "0"),
        (0.1, "0.1"),
        (-12.25, "-12.25"),
        (1e20, "100000000000000000000"),
        (1e21, "1e+21"),
        (1.5e300, "1.5e+300"),
        (0.000001, "0.000001"),
        (1.5e-7, "1.5e-7"),
        (12345678901234567890, "12345678901234567000"),
        (True, "true"),
        (False, "false"),
        ([], "[]"),
        ({"a": [1.0, None, "ø\n"], "b": {}}, '{"a":[1,null,"ø\\n"],"b":{}}'),
    ],
)
def test_a_value_is_stored_as_the_text_that_javascript_makes_of_it(
    update: Ask, world: World, value: object, text: str
) -> None:
    """Numbers and booleans are stringified, objects and arrays become JSON."""
    response = update(properties=[{"property_definitions_id": SIZE, "value": value}])
    assert response.status_code == 200
    assert stored(world) == text


def test_properties_are_upserted_one_by_one(update: Ask, world: World) -> None:
    """A property that is not sent keeps its value; one that is sent twice keeps the last."""
    entries = [{"property_definitions_id": SIZE.upper(), "value": value} for value in (1, 2)]
    assert update(properties=entries).status_code == 200
    assert (stored(world, SIZE), stored(world, TIER)) == ("2", "Gold")


@pytest.mark.parametrize("lead_id", [None, 7, "", "7", "not-a-uuid", LEAD.replace("-", ""), f"{LEAD} "])
def test_a_missing_or_malformed_lead_id_is_refused(update: Ask, lead_id: object) -> None:
    """The first check of update_lead, whatever else is wrong."""
    response = update(lead_id=lead_id)
    assert (response.status_code, response.json()) == (400, {"error": "lead_id (uuid) required"})


@pytest.mark.parametrize("body", [{}, {"properties": []}, {"status": "Won"}])
def test_an_update_of_nothing_is_refused(update: Ask, body: dict[str, Any]) -> None:
    """At least one standard field or a non-empty properties array is required, known lead or not."""
    response = update(lead_id=UNKNOWN_LEAD, **body)
    text = "At least one updatable field or non-empty properties array required"
    assert (response.status_code, response.json()) == (400, {"error": text})


@pytest.mark.parametrize("body", [{"email": None}, {"phone": 4512345678}, {"notes": ["a"]}, {"properties": {}}])
def test_a_wrong_type_is_refused_and_nothing_is_persisted(update: Ask, world: World, body: dict[str, Any]) -> None:
    """The page gives the types; the sandbox holds the client to them."""
    response = update(source="CRM", **body)
    assert response.status_code == 400
    assert "source" not in the_lead(world).fields


@pytest.mark.parametrize(
    "entry",
    [
        {"property_definitions_id": FOREIGN_PROPERTY, "value": "x"},
        {"property_definitions_id": RETIRED, "value": "x"},
        {"property_definitions_id": UNKNOWN_LEAD, "value": "x"},
        {"property_definitions_id": 7, "value": "x"},
        {"property_definitions_id": SIZE, "value": None},
        {"property_definitions_id": SIZE},
        {"value": "x"},
        "x",
    ],
)
def test_invalid_properties_are_named_and_nothing_is_persisted(update: Ask, world: World, entry: object) -> None:
    """One offending entry refuses the whole request, its good entries and fields included."""
    good = {"property_definitions_id": TIER, "value": "Silver"}
    response = update(email="new@example.com", properties=[good, entry])
    assert (response.status_code, response.json()) == (400, {"error": "Invalid properties", "invalid": [entry]})
    assert stored(world, TIER) == "Gold"
    assert the_lead(world).fields["email"] == "ann@example.com"


@pytest.mark.parametrize("headers", [{}, {"X-Api-Key": ""}, {"X-Api-Key": "00000000-0000-4000-8000-00000000dead"}])
@pytest.mark.parametrize("content", [{"json": {"action": "get_channels"}}, {"content": b"no json"}])
def test_a_missing_or_invalid_key_is_refused_before_anything_else(
    ask: Ask, headers: dict[str, str], content: dict[str, Any]
) -> None:
    """401, even where the body is no request."""
    response = ask(headers=headers, **content)
    assert (response.status_code, response.json()) == (401, {"error": "Invalid API key"})


@pytest.mark.parametrize("action", ["get_lead_by_id", "update_lead"])
@pytest.mark.parametrize(
    ("lead_id", "status", "text"),
    [
        (FOREIGN_LEAD, 403, "Lead not accessible"),
        (UNKNOWN_LEAD, 404, "Lead not found"),
        ("7", 400, "lead_id (uuid) required"),
    ],
)
def test_a_lead_that_is_foreign_or_unknown_is_refused(
    ask: Ask, action: str, lead_id: object, status: int, text: str
) -> None:
    """The lead is looked up before the properties are checked."""
    properties = [{"property_definitions_id": UNKNOWN_LEAD, "value": None}]
    field = {"properties": properties} if action == "update_lead" else {}
    response = ask(json={"action": action, "lead_id": lead_id, **field})
    assert (response.status_code, response.json()) == (status, {"error": text})


@pytest.mark.parametrize("role", ["partner", "referring", "receiving"])
def test_a_company_reaches_a_channel_in_any_of_its_roles(ask: Ask, world: World, role: str) -> None:
    """The creator is not the only one who can access a channel's leads."""
    mine, stranger = world.companies.values()
    roles: dict[str, Any] = {role: mine}
    channel = world.add_channel("Shared", creator=stranger, **roles)
    lead = world.add_lead(channel)
    response = ask(json={"action": "update_lead", "lead_id": lead.id, "email": "c@example.com"})
    assert response.status_code == 200


def test_get_channels_shows_the_companys_channels_with_their_definitions(ask: Ask) -> None:
    """Names become `property_definitions_id` here; retired definitions and foreign channels are not shown."""
    (channel,) = ask(json={"action": "get_channels"}).json()["channels"]
    roles = {"creator", "partner", "referring_id", "receiving_id"}
    others = {"id", "title", "created_at", "currency", "no_auth_api", "property_definitions", "lead_status"}
    assert channel.keys() == roles | others
    assert channel["property_definitions"] == [
        {"id": SIZE, "name": "Deal size", "type": "number", "order": 0, "visible": True},
        {"id": TIER, "name": "Tier", "type": "select", "order": 1, "visible": True},
    ]
    assert channel["lead_status"][0].keys() == {"id", "status", "order", "visible", "color"}


@pytest.mark.parametrize("legacy_id", [7, 7.0])
def test_a_legacy_id_is_resolved(ask: Ask, legacy_id: object) -> None:
    """The answer has the UUID to use, and the documented keys."""
    lead = ask(json={"action": "get_lead_by_legacy_id", "legacy_id": legacy_id}).json()["lead"]
    assert (lead["id"], lead["legacy_id"]) == (LEAD, 7)
    others = {"id", "legacy_id", "status", "lead_status_id", "channels_id", "created_at", "property_values"}
    assert lead.keys() == {*STANDARD_FIELDS, *others}


@pytest.mark.parametrize(
    ("legacy_id", "status"), [(8, 403), (9, 404), ("7", 400), (True, 400), (7.5, 400), (None, 400)]
)
def test_a_legacy_id_that_cannot_be_resolved_is_refused(ask: Ask, legacy_id: object, status: int) -> None:
    """In the same forms as update_lead, as keen-api.md assumes."""
    response = ask(json={"action": "get_lead_by_legacy_id", "legacy_id": legacy_id})
    assert response.status_code == status
    assert response.json().keys() == {"error"}


def test_get_leads_answers_the_100_newest_with_properties_by_name(ask: Ask, world: World) -> None:
    """A bare array, newest first, no paging."""
    (first,) = ask(json={"action": "get_leads", "channel_id": CHANNEL}).json()[1:]
    assert (first["id"], first["Tier"]) == (LEAD, "Gold")
    added = [world.add_lead(world.channels[CHANNEL]).id for _ in range(120)]
    listed = ask(json={"action": "get_leads", "channel_id": CHANNEL}).json()
    assert [lead["id"] for lead in listed] == added[:-101:-1]


@pytest.mark.parametrize(
    ("channel_id", "status", "text"),
    [
        (None, 400, "channel_id required"),
        (FOREIGN_CHANNEL, 403, "Channel not accessible"),
        (UNKNOWN_LEAD, 403, "Channel not accessible"),
    ],
)
def test_get_leads_refuses_what_it_cannot_list(ask: Ask, channel_id: object, status: int, text: str) -> None:
    """The documented errors of get_leads."""
    response = ask(json={"action": "get_leads", "channel_id": channel_id})
    assert (response.status_code, response.json()) == (status, {"error": text})


@pytest.mark.parametrize(
    "content",
    [
        {"json": {"action": "delete_lead"}},
        {"json": {"action": ["update_lead"]}},
        {"json": {}},
        {"json": [1]},
        {"content": b"{"},
        {"content": b""},
        {"content": b'{"action": NaN}'},
    ],
)
def test_a_body_that_is_no_known_action_is_refused(ask: Ask, content: dict[str, Any]) -> None:
    """400 with a JSON error, as every error is JSON."""
    response = ask(**content)
    assert response.status_code == 400
    assert response.json().keys() == {"error"}


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE"])
def test_only_post_is_answered(ask: Ask, method: str) -> None:
    """The action URL is not REST."""
    response = ask(method=method)
    assert (response.status_code, response.headers["allow"]) == (405, "POST")


def test_another_path_is_the_platforms_not_found_not_the_leads(ask: Ask) -> None:
    """A wrong URL is told from a lead that does not exist by its header."""
    response = ask(path="/functions/v1/keen", json={"action": "get_channels"})
    assert (response.status_code, response.headers["sb-error-code"]) == (404, "NOT_FOUND")


@pytest.mark.parametrize(
    "host", ["evil.example.com", "127.0.0.1.example.com", "192.0.2.7:80", "[::ffff:192.0.2.7]", ""]
)
def test_a_host_header_that_is_not_loopback_is_refused(ask: Ask, host: str) -> None:
    """A web page that resolves its own name to 127.0.0.1 reaches neither the actions nor the control address."""
    for path in ("/functions/v1/keen-api", "/control/stats"):
        response = ask(path=path, headers={"Host": host, "X-Api-Key": "x"})
        assert response.status_code == 403


@pytest.mark.parametrize("host", ["localhost:80", "127.0.0.2", "[::1]:8765"])
def test_a_host_header_that_names_this_machine_is_answered(ask: Ask, host: str) -> None:
    """By name or address, with and without a port."""
    assert ask(method="GET", path="/control/stats", headers={"Host": host}).status_code == 200


def test_unknown_fields_are_recorded_as_a_fault_of_the_client(ask: Ask) -> None:
    """The page does not say that they are refused, so they are not; but a test of a client can see them."""
    body: dict[str, Any] = {"action": "update_lead", "lead_id": LEAD, "email": "a@example.com", "e_mail": "x"}
    assert ask(json=body).status_code == 200
    (call,) = ask(method="GET", path="/control/calls").json()
    assert (call["unknown_fields"], call["applied"], call["body"]) == (["e_mail"], True, body)
