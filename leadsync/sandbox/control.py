"""The sandbox's control address: seed it, reset it, set its dials, read what it received. All JSON.

    POST /control/seed          add companies, channels, definitions and leads, see `Seed`
    POST /control/reset         forget the world (keys included) and the calls, and turn every fault off
    GET  /control/calls         the last calls received; `?since=N` from call number N on
    GET  /control/applied       the updates that were carried out, and by which of the last calls, see `calls.Applied`
    GET  /control/stats         all calls counted, see `calls.Stats`
    GET  /control/leads/{id}    a lead as Keen would answer it, whoever can access it
    POST /control/faults        the dials of `faults.Faults` by name; those left out go back to their default

An answer is 200, or 400 or 404 with `{"error": sentence}`.
"""

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Protocol, TypeVar

import orjson
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from leadsync.sandbox.calls import CallRecord, Stats, applied_updates
from leadsync.sandbox.faults import Faults
from leadsync.sandbox.rules import lead_as_answered, parse
from leadsync.sandbox.state import Company, World

T = TypeVar("T")


class Controlled(Protocol):
    """What the control address controls: the emulator."""

    world: World
    record: CallRecord
    faults: Faults

    @property
    def stats(self) -> Stats: ...  # noqa: D102 -- told at the emulator


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class CompanySeed(_Strict):
    """A company; `id` and `key` are made up where left out."""

    name: str
    id: str | None = None
    key: str | None = None


class ChannelSeed(_Strict):
    """A channel; the four roles are ids of companies seeded before or with it."""

    title: str
    creator: str
    id: str | None = None
    partner: str | None = None
    referring: str | None = None
    receiving: str | None = None
    currency: str = "EUR"
    statuses: list[str] = []
    """Lead statuses besides `New`."""


class DefinitionSeed(_Strict):
    """A property definition of a channel."""

    channel_id: str
    name: str
    id: str | None = None
    type: str = "text"
    visible: bool = True
    active: bool = True


class LeadSeed(_Strict):
    """A lead; `properties` are stored texts by `property_definitions_id`."""

    channel_id: str
    id: str | None = None
    legacy_id: int | None = None
    fields: dict[str, str] = {}
    properties: dict[str, str] = {}


class Seed(_Strict):
    """What `POST /control/seed` takes; it adds to the world, in this order."""

    companies: list[CompanySeed] = []
    channels: list[ChannelSeed] = []
    definitions: list[DefinitionSeed] = []
    leads: list[LeadSeed] = []


def control_app(emulator: Controlled) -> Starlette:
    """Make the Starlette application of the control address for an emulator."""
    control = _Control(emulator)
    return Starlette(
        routes=[
            Route("/control/seed", control.seed, methods=["POST"]),
            Route("/control/reset", control.reset, methods=["POST"]),
            Route("/control/faults", control.set_faults, methods=["POST"]),
            Route("/control/calls", control.calls, methods=["GET"]),
            Route("/control/applied", control.applied, methods=["GET"]),
            Route("/control/stats", control.stats, methods=["GET"]),
            Route("/control/leads/{lead_id}", control.lead, methods=["GET"]),
        ],
        exception_handlers={
            HTTPException: _refuse_http,
            ValidationError: _refuse_validation,
            ValueError: _refuse_value,
        },
    )


class _Control:
    def __init__(self, emulator: Controlled) -> None:
        self._emulator = emulator

    async def seed(self, request: Request) -> Response:
        wanted = Seed.model_validate_json(await request.body())
        plant(self._emulator.world, wanted)
        return _json({"leads": len(self._emulator.world)})

    async def reset(self, _: Request) -> Response:
        self._emulator.world.clear()
        self._emulator.record.clear()
        self._emulator.faults = Faults()
        return _json({"leads": 0})

    async def set_faults(self, request: Request) -> Response:
        dials = parse(await request.body())
        if dials is None:
            raise ValueError('The dials must be a JSON object, for example {"chances": {"503": 0.01}}.')
        unknown = dials.keys() - {dial.name for dial in fields(Faults)}
        if unknown:
            raise ValueError(f"The sandbox has no dial {min(unknown)!r}.")
        self._emulator.faults = _FAULTS.validate_python(dials)
        return _json(asdict(self._emulator.faults))

    async def calls(self, request: Request) -> Response:
        since = int(request.query_params.get("since", "0"))
        return _json([call.as_json() for call in self._emulator.record.kept() if call.number >= since])

    async def applied(self, _: Request) -> Response:
        return _json([asdict(update) for update in applied_updates(self._emulator.record.kept())])

    async def stats(self, _: Request) -> Response:
        return _json(asdict(self._emulator.stats))

    async def lead(self, request: Request) -> Response:
        lead = self._emulator.world.lead(request.path_params["lead_id"])
        if lead is None:
            return _json({"error": "The sandbox has no lead with this id."}, status=404)
        return _json({"lead": lead_as_answered(lead)})


_FAULTS = TypeAdapter(Faults)


def plant(world: World, seed: Seed) -> None:
    """Add a seed to a world. Raises ValueError for an id that is taken or unknown; what stood before it is added."""
    for company in seed.companies:
        world.add_company(company.name, key=company.key, company_id=company.id)
    for channel in seed.channels:
        added = world.add_channel(
            channel.title,
            creator=_known(world.companies, channel.creator),
            partner=_company(world, channel.partner),
            referring=_company(world, channel.referring),
            receiving=_company(world, channel.receiving),
            channel_id=channel.id,
            currency=channel.currency,
        )
        for status in channel.statuses:
            world.add_status(added, status)
    for definition in seed.definitions:
        world.add_definition(
            _known(world.channels, definition.channel_id),
            definition.name,
            type=definition.type,
            definition_id=definition.id,
            visible=definition.visible,
            active=definition.active,
        )
    for lead in seed.leads:
        world.add_lead(
            _known(world.channels, lead.channel_id),
            lead_id=lead.id,
            legacy_id=lead.legacy_id,
            fields=lead.fields,
            properties=lead.properties,
        )


def _company(world: World, company_id: str | None) -> Company | None:
    return None if company_id is None else _known(world.companies, company_id)


def _known(things: Mapping[str, T], wanted: str) -> T:
    if wanted.lower() not in things:
        raise ValueError(f"The sandbox knows no company or channel with the id {wanted}: seed it before.")
    return things[wanted.lower()]


def _json(body: object, status: int = 200) -> Response:
    content = orjson.dumps(body, option=orjson.OPT_NON_STR_KEYS)
    return Response(content, status, media_type="application/json")


def _refuse_http(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _json({"error": error.detail}, error.status_code)


def _refuse_validation(_: Request, error: Exception) -> Response:
    assert isinstance(error, ValidationError)
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    return _json({"error": f"{place}: {first['msg']}" if place else first["msg"]}, 400)


def _refuse_value(_: Request, error: Exception) -> Response:
    return _json({"error": str(error)}, 400)
