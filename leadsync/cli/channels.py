"""`leadsync channels`: the channels that the key reaches, with their property definitions."""

import sys

from leadsync.cli.options import Debug, Json


def channels(*, as_json: Json = False, debug: Debug = False) -> None:
    """List the channels that the key reaches.

    With the ids, types and names of their properties.
    """
    import asyncio

    import orjson

    from leadsync.cli.logs import configure_log
    from leadsync.cli.options import LogFormat
    from leadsync.keen.client import KeenClient
    from leadsync.keen.directory import Directory
    from leadsync.settings import load_settings
    from leadsync.sync.introduce import ask_channels

    configure_log(LogFormat.CONSOLE, debug=debug)
    settings = load_settings()
    # Somebody sits and waits, and can ask again.
    options = settings.client_options(patience=min(settings.patience, 10.0))

    async def ask() -> Directory:
        async with KeenClient(options) as client:
            return await ask_channels(client)

    directory = asyncio.run(ask())
    if as_json:
        sys.stdout.buffer.write(orjson.dumps(directory, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
        return
    for channel in directory.channels:
        print(f"{channel.title}  ({channel.id})")
        for definition in channel.definitions:
            print(f"  {definition.id}  {definition.type:<8}  {definition.name}")
    if not directory.channels:
        print("The key's company reaches no channel.")
