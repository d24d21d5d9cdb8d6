"""`leadsync map SOURCE`: propose a mapping from headers and values."""

from pathlib import Path
from typing import Annotated

import typer

from leadsync.cli.options import Debug, Encoding, Quiet, Sheet


def propose(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="CSV or Excel file; - is standard input (CSV).")],
    *,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write the mapping there [standard output].")
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the file, if it is there already.")] = False,
    sheet: Sheet = None,
    header_row: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="The row that holds the headers [looked for].")
    ] = None,
    encoding: Encoding = None,
    channel: Annotated[
        str | None, typer.Option(metavar="NAME", help="The channel, by name or id, whose properties are candidates.")
    ] = None,
    split_names: Annotated[
        bool, typer.Option("--split-names", help="Split a column of full names: the last word is the last name.")
    ] = False,
    sandbox: Annotated[
        bool, typer.Option("--sandbox", help="Take the properties of the emulator's channel: no key, no network.")
    ] = False,
    offline: Annotated[bool, typer.Option("--offline", help="Ask Keen nothing, though there is a key.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing: what is sure is active.")] = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Propose a mapping: each column by its header and its values, with confidence and evidence.

    What is sure is active; what is doubtful is asked about at a terminal, and a comment elsewhere. With a key the
    properties of the channel are candidates too. Nothing is sent. The exit code is 0 where the mapping can be used as
    it is, 1 where somebody has to complete it first, 2 where the file cannot be read.
    """
    from leadsync.cli.memory import spare_the_collector

    spare_the_collector()  # first: a tenth of the time is its looking through what is imported
    from leadsync.cli.map.proposing import Wanted, propose_mapping

    wanted = Wanted(
        source,
        output,
        may_overwrite=overwrite,
        sheet=sheet,
        header_row=header_row,
        encoding=encoding,
        channel=channel,
        splits_names=split_names,
        is_sandbox=sandbox,
        is_offline=offline,
        may_ask=not yes,
        is_quiet=quiet,
        is_debugged=debug,
    )
    raise typer.Exit(propose_mapping(wanted))
