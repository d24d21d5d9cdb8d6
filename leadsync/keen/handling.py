"""What a pool does with each row besides sending it, and where that is kept."""

from collections.abc import Awaitable, Callable, Container, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from leadsync.codes import Code
from leadsync.records import Reading

Readings: TypeAlias = Callable[[Reading], Awaitable[None]]
"""Keeps what was seen of a lead; it returns when that is on the disk."""


@dataclass(frozen=True, slots=True)
class Handling:
    """What is done with each update; the default is to send it, and to look at a lead where a condition asks for it."""

    keeps_before: bool = False
    """Each lead is looked at, and what it held is kept before the update goes out."""
    looks_only: bool = False
    """Each lead is looked at and nothing is sent: a plan."""
    reads_back: int = 0
    """So many updates, the first that Keen acknowledges, are read back and compared: a canary."""
    done: Code = Code.UPDATED
    """The code of a row that was sent."""
    kept: Code = Code.KEPT_KEEN_VALUE
    """The code of a row of which something was left as it is in Keen."""
    names: Mapping[str, str] = field(default_factory=dict)
    """How messages name a `property_definitions_id`."""
    repeated: Container[str] = frozenset()
    """The leads, as their updates name them, that more than one row is about: for them it is remembered what earlier
    rows wrote, so that a value of the row before is not taken for somebody else's."""

    @property
    def always_looks(self) -> bool:
        """Tell whether leads are looked at also where no condition asks for it."""
        return self.keeps_before or self.looks_only


@dataclass(frozen=True, slots=True)
class LegacyLead:
    """What Keen said when it was asked for a legacy id: the lead's UUID, or why there is none for us."""

    lead_id: str = ""
    refusal: Code | None = None
    message: str = ""


class LegacyLeads(Protocol):
    """Where answers about legacy ids are kept, so that each id is looked up once in a run."""

    async def find(self, legacy_id: str) -> LegacyLead | None:
        """Give what Keen said of a legacy id, None where it was not asked."""

    async def keep(self, legacy_id: str, lead: LegacyLead) -> None:
        """Remember what Keen said."""
