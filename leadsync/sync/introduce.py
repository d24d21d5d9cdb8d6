"""Before the first update: Keen is asked who we are."""

from collections.abc import Mapping
from itertools import combinations

from leadsync.codes import Code
from leadsync.errors import CallError, MappingError, RetryError, StopRunError
from leadsync.files import printable
from leadsync.keen.client import KeenClient
from leadsync.keen.directory import Directory
from leadsync.mapping import Mapping as LeadMapping


async def introduce(client: KeenClient, mapping: LeadMapping) -> Mapping[str, str]:
    """Ask Keen for the key's channels, once, before anything is sent; give the id of each property of the mapping.

    This is what finds out a wrong key or address. Raises MappingError where the channel or a property does not
    exist, or two names mean one property, and what `ask_channels` raises.
    """
    directory = await ask_channels(client)
    where = printable(mapping.path)
    named: Mapping[str, str] = {}
    if mapping.channel is not None:
        channel = directory.channel(mapping.channel, where)
        named = directory.property_ids(mapping.property_names, channel, where)
    ids = {field.target.name: field.definition_id or named[field.target.name] for field in mapping.properties}
    for one, other in combinations(ids, 2):
        if ids[one].lower() == ids[other].lower():
            raise MappingError(f'{where}: "{one}" and "{other}" are the same property ({ids[one]}). Keep one of them.')
    return ids


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
