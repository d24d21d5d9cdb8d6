"""`leadsync channels`: the channels that the key reaches, and how a mapping names their properties."""

import sys
from typing import Annotated

import typer

from leadsync.cli.options import Debug, Json


def channels(
    *,
    channel: Annotated[
        str | None, typer.Option("--channel", metavar="NAME", help="Show one channel alone, by its name or id.")
    ] = None,
    as_json: Json = False,
    debug: Debug = False,
) -> None:
    """List the channels that the key reaches.

    With the names, types and ids of their properties, and the lines of a mapping that name them.
    """
    import asyncio

    import orjson

    from leadsync.cli.logs import configure_log
    from leadsync.cli.options import LogFormat
    from leadsync.cli.snippet import channel_lines, print_channels
    from leadsync.cli.streams import output_may_fail
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
    shown = directory if channel is None else Directory([directory.channel(channel, "--channel")])
    with output_may_fail():
        if as_json:
            told = [
                {
                    "id": each.id,
                    "title": each.title,
                    "definitions": each.definitions,
                    "snippet": channel_lines(each, directory),
                }
                for each in shown.channels
            ]
            content = orjson.dumps({"channels": told}, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
            sys.stdout.buffer.write(content)
        else:
            print_channels(shown, directory)
