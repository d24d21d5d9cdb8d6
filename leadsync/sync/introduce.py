"""Before the first update: Keen is asked who we are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import combinations

from leadsync.codes import Code
from leadsync.errors import CallError, Fault, MappingError, RetryError, Spot, StopRunError
from leadsync.files import printable
from leadsync.keen.client import KeenClient
from leadsync.keen.directory import Definition, Directory
from leadsync.keen.options import ClientOptions
from leadsync.mapping import Mapping as LeadMapping


@dataclass(frozen=True, slots=True)
class Properties:
    """What Keen knows of the mapping's properties, by their names there; nothing where it was not asked."""

    ids: Mapping[str, str] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)


async def ask_properties(options: ClientOptions, mapping: LeadMapping) -> Properties:
    """Introduce ourselves and nothing more; raises what `introduce` raises."""
    async with KeenClient(options) as client:
        return await introduce(client, mapping)


async def introduce(client: KeenClient, mapping: LeadMapping) -> Properties:
    """Ask Keen for the key's channels, once, before anything is sent; give the ids and types of the properties.

    This is what finds out a wrong key or address. Raises MappingError where the channel or a property does not
    exist, or two names mean one property, and what `ask_channels` raises.
    """
    directory = await ask_channels(client)
    file = Spot(printable(mapping.path))
    spots = {each.target.name: each.spot or file for each in mapping.properties}
    named: Mapping[str, Definition] = {}
    if mapping.channel is not None:
        channel = directory.channel(mapping.channel, mapping.channel_spot or file)
        named = directory.properties({name: spots[name] for name in mapping.property_names}, channel)
    definitions = {
        each.target.name: _by_id(directory, each.definition_id, spots[each.target.name])
        if each.definition_id
        else named[each.target.name]
        for each in mapping.properties
    }
    for one, other in combinations(definitions, 2):
        if definitions[one].id.lower() == definitions[other].id.lower():
            same = f'"{one}" and "{other}" are the same property ({definitions[one].id}).'
            raise MappingError.of([Fault(spots[other], same, "Keep one of them.", spots[one])])
    return Properties(
        {name: found.id for name, found in definitions.items()},
        {name: found.type for name, found in definitions.items()},
    )


def _by_id(directory: Directory, wanted: str, spot: Spot) -> Definition:
    found = directory.definition(wanted)
    if found is None:
        unknown = f"no channel of the key has a property with the id {wanted}, so Keen would refuse every row."
        raise MappingError.of([Fault(spot, unknown, "`leadsync channels` lists the properties with their ids.")])
    return found


async def ask_channels(client: KeenClient) -> Directory:
    """Ask Keen for the channels that the key reaches.

    Raises StopRunError where Keen refuses the key, is down for too long or cannot be reached.
    """
    try:
        return await client.get_channels()
    except CallError as error:
        down = isinstance(error, RetryError)
        message = (
            f"The first question to Keen, for the key's channels, was not answered: {error.message} Nothing was sent."
        )
        raise StopRunError(message, Code.KEEN_DOWN if down else Code.KEY_REFUSED, error.http_status) from error
