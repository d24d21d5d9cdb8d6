"""The sandbox's world: companies, channels, property definitions, lead statuses and leads.

Every look-up takes constant time, and a lead is kept small, so that a world of 1,000,000 leads fits a laptop. What
a caller may see or change is not decided here but in `rules`.
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from types import MappingProxyType
from uuid import UUID, uuid5

NEWEST = 100
"""How many leads `get_leads` answers at most (keen-api.md)."""

NOTHING: Mapping[str, str] = MappingProxyType({})
"""The values of a lead that has none; shared, so that a bare lead costs little."""

_BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
_NAMESPACE = UUID("6b1f7a52-5f0f-4a44-9d4c-1b7e0f0c5a11")


@dataclass(frozen=True, slots=True)
class Company:
    """A company and the one API key that is scoped to it."""

    id: str
    name: str
    key: str


@dataclass(frozen=True, slots=True)
class LeadStatus:
    """A status that leads of one channel can have."""

    id: str
    status: str
    order: int
    visible: bool
    color: str


@dataclass(frozen=True, slots=True)
class Definition:
    """A property definition; it belongs to one channel."""

    id: str
    channel_id: str
    name: str
    type: str
    order: int
    visible: bool
    active: bool


@dataclass(slots=True)
class Channel:
    """A channel; `creator`, `partner`, `referring_id` and `receiving_id` are ids of companies."""

    id: str
    title: str
    created_at: str
    creator: str
    partner: str | None
    referring_id: str | None
    receiving_id: str | None
    currency: str
    no_auth_api: bool
    definitions: dict[str, Definition] = field(default_factory=dict)
    """By id."""
    statuses: list[LeadStatus] = field(default_factory=list)
    newest: deque["Lead"] = field(default_factory=lambda: deque(maxlen=NEWEST))
    """The leads that `get_leads` answers, oldest first."""

    def is_accessible(self, company: Company) -> bool:
        """Tell whether a company is the creator, the partner, the referring or the receiving company."""
        return company.id in (self.creator, self.partner, self.referring_id, self.receiving_id)


@dataclass(slots=True, eq=False)
class Lead:
    """A lead.

    `fields` and `properties` are replaced as a whole, never changed in place: another thread that reads them sees
    a state before or after an update, and none between.
    """

    id: str
    legacy_id: int | None
    channel: Channel
    number: int
    """Its place in the order of creation, from 0."""
    status: LeadStatus
    fields: Mapping[str, str]
    """The standard fields that have a value, by name."""
    properties: Mapping[str, str]
    """The custom property values as stored, by `property_definitions_id`."""

    @property
    def created_at(self) -> str:
        """Give the time of creation (ISO 8601): one second for each lead since the world's beginning."""
        return (_BEGINNING + timedelta(seconds=self.number)).isoformat()


class World:
    """Everything that the emulator knows. Ids that are left out are made up, the same ones in every run."""

    def __init__(self) -> None:
        self.companies: dict[str, Company] = {}
        """By id."""
        self.channels: dict[str, Channel] = {}
        """By id."""
        self._numbers = count()
        self._ids = count()
        self._companies_by_key: dict[str, Company] = {}
        self._definitions: set[str] = set()
        self._leads: dict[str, Lead] = {}
        self._leads_by_legacy_id: dict[int, Lead] = {}

    def __len__(self) -> int:
        """Count the leads."""
        return len(self._leads)

    def company_of(self, key: str | None) -> Company | None:
        """Give the company that an API key is scoped to."""
        return None if key is None else self._companies_by_key.get(key)

    def lead(self, lead_id: str) -> Lead | None:
        """Give a lead by its UUID."""
        return self._leads.get(lead_id.lower())

    def lead_by_legacy_id(self, legacy_id: int) -> Lead | None:
        """Give a lead by its id in Keen's earlier system."""
        return self._leads_by_legacy_id.get(legacy_id)

    def add_company(self, name: str, *, key: str | None = None, company_id: str | None = None) -> Company:
        """Add a company. Raises ValueError where its id or key is taken."""
        company = Company(self._id(company_id), name, key or self._id(None))
        if company.id in self.companies or company.key in self._companies_by_key:
            raise ValueError(f"The sandbox already has a company with the id {company.id} or with its key.")
        self.companies[company.id] = company
        self._companies_by_key[company.key] = company
        return company

    def add_channel(
        self,
        title: str,
        *,
        creator: Company,
        partner: Company | None = None,
        referring: Company | None = None,
        receiving: Company | None = None,
        channel_id: str | None = None,
        currency: str = "EUR",
        no_auth_api: bool = False,
    ) -> Channel:
        """Add a channel with one lead status, `New`. Raises ValueError where its id is taken."""
        channel = Channel(
            id=self._id(channel_id),
            title=title,
            created_at=_BEGINNING.isoformat(),
            creator=creator.id,
            partner=partner.id if partner else None,
            referring_id=referring.id if referring else None,
            receiving_id=receiving.id if receiving else None,
            currency=currency,
            no_auth_api=no_auth_api,
        )
        if channel.id in self.channels:
            raise ValueError(f"The sandbox already has a channel with the id {channel.id}.")
        self.channels[channel.id] = channel
        self.add_status(channel, "New")
        return channel

    def add_status(self, channel: Channel, status: str, *, status_id: str | None = None) -> LeadStatus:
        """Add a lead status to a channel; new leads get the channel's first."""
        added = LeadStatus(self._id(status_id), status, len(channel.statuses), visible=True, color="#2f80ed")
        channel.statuses.append(added)
        return added

    def add_definition(
        self,
        channel: Channel,
        name: str,
        *,
        type: str = "text",  # noqa: A002 -- Keen's own word for it
        definition_id: str | None = None,
        visible: bool = True,
        active: bool = True,
    ) -> Definition:
        """Add a property definition to a channel. Raises ValueError where its id is taken."""
        added = Definition(self._id(definition_id), channel.id, name, type, len(channel.definitions), visible, active)
        if added.id in self._definitions:
            raise ValueError(f"The sandbox already has a property definition with the id {added.id}.")
        channel.definitions[added.id] = added
        self._definitions.add(added.id)
        return added

    def add_lead(
        self,
        channel: Channel,
        *,
        lead_id: str | None = None,
        legacy_id: int | None = None,
        status: LeadStatus | None = None,
        fields: Mapping[str, str] = NOTHING,
        properties: Mapping[str, str] = NOTHING,
    ) -> Lead:
        """Add a lead to a channel.

        `properties` are stored texts by `property_definitions_id`. Raises ValueError where the id or the legacy id is
        taken, or where a property is not one of the channel's.
        """
        known = self._id(lead_id)
        if not properties.keys() <= channel.definitions.keys():
            raise ValueError(f"A property of the lead {known} is not defined in its channel.")
        if known in self._leads or legacy_id in self._leads_by_legacy_id:
            raise ValueError(f"The sandbox already has a lead with the id {known} or with the same legacy id.")
        number = next(self._numbers)
        lead = Lead(known, legacy_id, channel, number, status or channel.statuses[0], fields, properties)
        self._leads[known] = lead
        if legacy_id is not None:
            self._leads_by_legacy_id[legacy_id] = lead
        channel.newest.append(lead)
        return lead

    def clear(self) -> None:
        """Forget everything, companies and their keys included."""
        self.companies.clear()
        self.channels.clear()
        self._companies_by_key.clear()
        self._definitions.clear()
        self._leads.clear()
        self._leads_by_legacy_id.clear()

    def _id(self, given: str | None) -> str:
        """Give an id in the one way UUIDs are kept here (lower case), or make one up."""
        return given.lower() if given else str(uuid5(_NAMESPACE, str(next(self._ids))))
