"""Keen's actions: what each request is answered, and what it changes. Sources: keen-api.md.

Where the page is silent, the sandbox assumes, and it assumes here only:

- A request is checked in this order: key, JSON body, action, then the action's own checks in the order of the table
  of `update_lead`: lead id, something to update, types, lead exists, lead accessible, properties.
- The texts of `UNDOCUMENTED` below: body that is no JSON object, unknown or missing action, wrong type, wrong method.
- A standard field that is null, and `properties` that is null or no array, is a wrong type: 400, nothing persisted.
- `""` in a standard field is stored as it is.
- An inactive, an unknown and a malformed definition id are offending entries like one of another channel; `invalid`
  repeats the offending entries as they were sent.
- A definition that is named twice in one request keeps the last value.
- The two look-ups answer 400, 401, 403 and 404 with the texts of `update_lead`; a `legacy_id` is a whole number.
- `get_leads` answers 403 for a channel that does not exist too: the page knows no 404 there. A property whose
  definition has the name of a standard field does not replace that field.
- `get_channels` lists active definitions only, for it has no key that would tell them apart.
- UUIDs are read in either case, with hyphens only.
- Unknown top-level fields are not refused; `unknown_fields` names them, for the record of the call.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, TypeAlias
from uuid import UUID

import orjson

from leadsync.sandbox.javascript import stored_text
from leadsync.sandbox.state import Channel, Company, Definition, Lead, World

Request: TypeAlias = dict[str, Any]

STANDARD_FIELDS = (
    "email",
    "first_name",
    "last_name",
    "phone",
    "company_name",
    "source",
    "referring_employee",
    "notes",
    "business_id",
)
"""The nine standard fields of a lead (keen-api.md)."""

UNDOCUMENTED = {
    "body": "Request body must be a JSON object",
    "action": "Unknown action",
    "legacy_id": "legacy_id (number) required",
    "method": "Method not allowed",
    "text": "{} must be a string",
    "properties": "properties must be an array",
}
"""Error texts that keen-api.md does not give."""

_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_FIELDS_OF_ACTION = {
    "get_channels": frozenset({"action"}),
    "get_leads": frozenset({"action", "channel_id"}),
    "get_lead_by_id": frozenset({"action", "lead_id"}),
    "get_lead_by_legacy_id": frozenset({"action", "legacy_id"}),
    "update_lead": frozenset({"action", "lead_id", "properties", *STANDARD_FIELDS}),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What Keen answers: a status, a JSON body, and whether the world was changed."""

    status: int
    body: Any
    applied: bool = False


def parse(raw: bytes) -> Request | None:
    """Read a request's body; None where it is no JSON object."""
    try:
        request = orjson.loads(raw)
    except orjson.JSONDecodeError:
        return None
    return request if isinstance(request, dict) else None


def answer(world: World, key: str | None, request: Request | None) -> Answer:
    """Answer one request, and change the world where it is a good `update_lead`."""
    company = world.company_of(key)
    if company is None:
        return _error(401, "Invalid API key")
    if request is None:
        return _error(400, UNDOCUMENTED["body"])
    name = request.get("action")
    action = _ACTIONS.get(name) if isinstance(name, str) else None
    return action(world, company, request) if action else _error(400, UNDOCUMENTED["action"])


def stored_otherwise(world: World, request: Request | None, given: Answer) -> Answer:
    """Spoil the first value of an update that was carried out, as a server that silently cuts values off would.

    The world and the answer agree with one another, and differ from the request. Any other answer stays as it is.
    """
    lead = world.lead(request["lead_id"]) if request and given.applied else None
    if lead is None or request is None:
        return given
    name = next((name for name in request if name in STANDARD_FIELDS), None)
    if name is not None:
        lead.fields = {**lead.fields, name: _otherwise(lead.fields[name])}
    else:
        key = request["properties"][0]["property_definitions_id"].lower()
        lead.properties = {**lead.properties, key: _otherwise(lead.properties[key])}
    return Answer(given.status, {"lead": lead_as_answered(lead)}, applied=True)


def unknown_fields(request: Request | None) -> tuple[str, ...]:
    """Name the top-level fields of a request that keen-api.md does not know for its action."""
    name = request.get("action") if request else None
    known = _FIELDS_OF_ACTION.get(name) if isinstance(name, str) else None
    if request is None or known is None or request.keys() <= known:
        return ()
    return tuple(field for field in request if field not in known)


def lead_as_answered(lead: Lead) -> dict[str, Any]:
    """Give a lead in the shape of `get_lead_by_id` and `update_lead`."""
    return {
        "id": lead.id,
        **_common(lead),
        "lead_status": {"id": lead.status.id, "status": lead.status.status},
        "property_values": _property_values(lead),
    }


def _get_channels(world: World, company: Company, _: Request) -> Answer:
    channels = [_channel(channel) for channel in world.channels.values() if channel.is_accessible(company)]
    return Answer(200, {"channels": channels})


def _get_leads(world: World, company: Company, request: Request) -> Answer:
    channel_id = request.get("channel_id")
    if not isinstance(channel_id, str) or not _is_uuid(channel_id):
        return _error(400, "channel_id required")
    channel = world.channels.get(channel_id.lower())
    if channel is None or not channel.is_accessible(company):
        return _error(403, "Channel not accessible")
    return Answer(200, [_listed(channel, lead) for lead in reversed(channel.newest)])


def _get_lead_by_id(world: World, company: Company, request: Request) -> Answer:
    found = _find(world, company, request)
    return Answer(200, {"lead": lead_as_answered(found)}) if isinstance(found, Lead) else found


def _get_lead_by_legacy_id(world: World, company: Company, request: Request) -> Answer:
    legacy_id = request.get("legacy_id")
    if isinstance(legacy_id, float) and legacy_id.is_integer():
        legacy_id = int(legacy_id)  # JavaScript has one kind of number: 7.0 is 7
    if not isinstance(legacy_id, int) or isinstance(legacy_id, bool):
        return _error(400, UNDOCUMENTED["legacy_id"])
    lead = _accessible(world.lead_by_legacy_id(legacy_id), company)
    if isinstance(lead, Answer):
        return lead
    body = {"id": lead.id, "legacy_id": lead.legacy_id, **_common(lead)}
    return Answer(200, {"lead": {**body, "property_values": _property_values(lead)}})


def _update_lead(world: World, company: Company, request: Request) -> Answer:
    if not _is_uuid(request.get("lead_id")):
        return _error(400, "lead_id (uuid) required")
    fields = {name: request[name] for name in STANDARD_FIELDS if name in request}
    properties = request.get("properties", [])
    if not fields and properties == []:
        return _error(400, "At least one updatable field or non-empty properties array required")
    mistyped = _mistyped(fields, properties)
    if mistyped:
        return _error(400, mistyped)
    lead = _find(world, company, request)
    if isinstance(lead, Answer):
        return lead
    invalid = [entry for entry in properties if not _is_valid(lead.channel, entry)]
    if invalid:
        return Answer(400, {"error": "Invalid properties", "invalid": invalid})
    if fields:
        lead.fields = {**lead.fields, **fields}
    if properties:
        values = {entry["property_definitions_id"].lower(): stored_text(entry["value"]) for entry in properties}
        lead.properties = {**lead.properties, **values}
    return Answer(200, {"lead": lead_as_answered(lead)}, applied=True)


_ACTIONS: Mapping[str, Callable[[World, Company, Request], Answer]] = {
    "get_channels": _get_channels,
    "get_leads": _get_leads,
    "get_lead_by_id": _get_lead_by_id,
    "get_lead_by_legacy_id": _get_lead_by_legacy_id,
    "update_lead": _update_lead,
}


def _otherwise(value: str) -> str:
    return value[:-1] if value else "?"


def _error(status: int, text: str) -> Answer:
    return Answer(status, {"error": text})


def _is_uuid(value: object) -> bool:
    return isinstance(value, str) and _UUID.fullmatch(value) is not None


def _mistyped(fields: Request, properties: object) -> str:
    """Name the first thing of the wrong type; empty where all are right."""
    for name, value in fields.items():
        if not isinstance(value, str):
            return UNDOCUMENTED["text"].format(name)
    return "" if isinstance(properties, list) else UNDOCUMENTED["properties"]


def _is_valid(channel: Channel, entry: object) -> bool:
    """Tell whether an entry of `properties` names an active definition of the lead's channel, and a value."""
    if not isinstance(entry, dict) or entry.get("value") is None:
        return False
    definition_id = entry.get("property_definitions_id")
    if not isinstance(definition_id, str):
        return False
    definition = channel.definitions.get(definition_id.lower())
    return definition is not None and definition.active


def _find(world: World, company: Company, request: Request) -> Lead | Answer:
    lead_id = request.get("lead_id")
    if not isinstance(lead_id, str) or not _is_uuid(lead_id):
        return _error(400, "lead_id (uuid) required")
    return _accessible(world.lead(lead_id), company)


def _accessible(lead: Lead | None, company: Company) -> Lead | Answer:
    if lead is None:
        return _error(404, "Lead not found")
    return lead if lead.channel.is_accessible(company) else _error(403, "Lead not accessible")


def _common(lead: Lead) -> dict[str, Any]:
    """Give what every answer about a lead has."""
    return {
        **{name: lead.fields.get(name) for name in STANDARD_FIELDS},
        "channels_id": lead.channel.id,
        "lead_status_id": lead.status.id,
        "status": lead.status.status,
        "created_at": lead.created_at,
    }


def _listed(channel: Channel, lead: Lead) -> dict[str, Any]:
    named = {channel.definitions[key].name: value for key, value in lead.properties.items()}
    return {**named, "id": lead.id, **_common(lead)}


def _property_values(lead: Lead) -> list[dict[str, Any]]:
    values = []
    for definition_id, value in lead.properties.items():
        definition = lead.channel.definitions[definition_id]
        values.append(
            {
                "id": _value_id(lead.id, definition_id),
                "value": value,
                "property_definitions_id": definition_id,
                "property_definitions": _definition(definition),
            }
        )
    return values


def _value_id(lead_id: str, definition_id: str) -> str:
    """Make up the id of a property value, the same one whenever it is asked for; faster than `uuid5`."""
    digest = blake2b(definition_id.encode(), key=lead_id.encode(), digest_size=16).digest()
    return str(UUID(bytes=digest, version=5))


def _definition(definition: Definition) -> dict[str, Any]:
    return {
        "id": definition.id,
        "name": definition.name,
        "type": definition.type,
        "order": definition.order,
        "visible": definition.visible,
    }


def _channel(channel: Channel) -> dict[str, Any]:
    return {
        "id": channel.id,
        "title": channel.title,
        "created_at": channel.created_at,
        "referring_id": channel.referring_id,
        "receiving_id": channel.receiving_id,
        "creator": channel.creator,
        "partner": channel.partner,
        "currency": channel.currency,
        "no_auth_api": channel.no_auth_api,
        "property_definitions": [_definition(item) for item in channel.definitions.values() if item.active],
        "lead_status": [
            {
                "id": status.id,
                "status": status.status,
                "order": status.order,
                "visible": status.visible,
                "color": status.color,
            }
            for status in channel.statuses
        ],
    }
