"""The channel whose property definitions are candidates for columns."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence

from leadsync.keen.client import KeenClient
from leadsync.keen.directory import Directory
from leadsync.keen.options import ClientOptions
from leadsync.mapping.suggest import Definition, Found
from leadsync.sync.introduce import ask_channels
from leadsync.sync.suggesting import Known


def directory_of(options: ClientOptions) -> Directory:
    """Ask Keen for the channels of the key; raises what `ask_channels` raises."""

    async def ask() -> Directory:
        async with KeenClient(options) as client:
            return await ask_channels(client)

    return asyncio.run(ask())


def channel_of(directory: Directory, wanted: str | None, choose: Callable[[Sequence[str]], str | None] | None) -> Known:
    """Find the channel that is wanted, or the only one, or the one that somebody chooses.

    Raises MappingError where the one that is wanted is not there.
    """
    titles = [channel.title for channel in directory.channels]
    why = "As it was named." if wanted else "The only channel of the key."
    if wanted is None and len(titles) > 1:
        wanted = choose(titles) if choose else None
        why = "Chosen by a person."
        if wanted is None:
            return Known(others=titles)
    if not titles:
        return Known()
    channel = directory.channel(wanted, "--channel") if wanted else directory.channels[0]
    named = Counter(definition.name for definition in channel.definitions)
    definitions = [Definition(each.id, each.name, each.type) for each in channel.definitions if named[each.name] == 1]
    is_alone = titles.count(channel.title) == 1 and channel.title.strip()
    return Known(definitions, Found(channel.title if is_alone else channel.id, why))
