"""`leadsync map SOURCE`: propose a mapping from headers and values."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from leadsync.cli.options import Debug, Encoding, LogFormat, Quiet, Sheet

_PREVIEWED = 3


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
    from leadsync.cli.logs import configure_log
    from leadsync.cli.streams import can_be_asked, output_may_fail
    from leadsync.errors import SettingsError
    from leadsync.files import printable
    from leadsync.mapping.suggest import FIELD_GOALS, LEAD_GOALS, Goal, settle, suggest
    from leadsync.mapping.suggest.written import Origin, written
    from leadsync.records import SourceOptions
    from leadsync.sync.suggesting import is_usable, look_at

    configure_log(LogFormat.CONSOLE, debug=debug)
    if output and output.exists() and not overwrite:
        raise SettingsError(
            f"{printable(output)} is there already: name another file, say --overwrite, or see with "
            f"`leadsync map check {printable(output)} {printable(source)}` what it needs."
        )
    asks = can_be_asked() and sys.stdout.isatty() and not yes and source != "-"
    looked = look_at(source, SourceOptions(sheet=sheet, header_row=header_row or 1, encoding=encoding),
                     is_header_known=header_row is not None)  # fmt: skip
    known = _known(channel, sandbox=sandbox, offline=offline, asks=asks)
    definitions = known.definitions if known else ()
    suggestion = suggest(looked.columns, definitions)
    if asks:
        from leadsync.cli.map.screens import go_through

        goals = [*LEAD_GOALS, *FIELD_GOALS, *(Goal("properties", each.name, each) for each in definitions)]
        suggestion = settle(suggestion, go_through(suggestion, goals))
    origin = Origin(
        name=_name(source),
        source=looked.name,
        rows=looked.rows,
        declared=looked.declared,
        channel=known.found if known else None,
        channels=known.others if known else (),
        splits_names=split_names,
        has_asked=known is not None,
    )
    path = output or Path("mapping.yaml")
    text = written(suggestion, origin, printable(output) if output else "")
    usable = is_usable(looked, path, text)
    if asks and not _agreed(looked, path, text, output, is_usable=usable):
        raise typer.Exit(1)
    with output_may_fail():
        _put(text, output)
        if not quiet:
            _tell(suggestion, looked, output, is_usable=usable)
    raise typer.Exit(0 if usable else 1)


def _name(source: str) -> str:
    name = "mapping" if source == "-" else source.rstrip("/").rpartition("/")[2]
    return name.partition(".")[0] or "mapping"


def _known(wanted: str | None, *, sandbox: bool, offline: bool, asks: bool) -> Any:
    """Ask Keen, or the emulator, for the channel whose properties are candidates; None where nobody is asked."""
    from leadsync.settings import load_settings

    settings = None if offline or sandbox else load_settings()
    if not sandbox and (settings is None or not settings.has_key):
        return None
    from leadsync.sync.properties_known import channel_of, directory_of  # all of HTTP, which a file alone needs not

    if settings is None:
        from leadsync.sync.rehearsal import demo

        with demo() as options:
            directory = directory_of(options)
    else:
        # Somebody sits and waits, and can ask again.
        directory = directory_of(settings.client_options(patience=min(settings.patience, 10.0)))
    return channel_of(directory, wanted, _chooser(asks=asks))


def _chooser(*, asks: bool) -> Any:
    if not asks:
        return None
    from leadsync.cli.map.screens import choose_channel

    return choose_channel


def _agreed(looked: Any, path: Path, text: str, output: Path | None, *, is_usable: bool) -> bool:
    """Show what the first rows become, and ask whether the mapping is to be written."""
    from leadsync.cli.map.screens import confirmed, preview
    from leadsync.files import printable
    from leadsync.sync.suggesting import first_bodies

    if is_usable:
        preview(first_bodies(looked, path, text, _PREVIEWED))
    return output is None or confirmed(f"Write {printable(output)}?")


def _put(text: str, output: Path | None) -> None:
    """Write the mapping, and the schema beside it, for editors."""
    from leadsync.sync.suggesting import write_mapping

    if output is None:
        sys.stdout.write(text)
    else:
        write_mapping(output, text)


def _tell(suggestion: Any, looked: Any, output: Path | None, *, is_usable: bool) -> None:
    """Say on standard error what was proposed, and what is left to do."""
    from leadsync.cli.wording import count
    from leadsync.files import printable

    sure = sum(each.is_sure for each in suggestion.proposals)
    doubtful = sum(each.is_doubtful for each in suggestion.proposals)
    where = f" in {printable(output)}" if output else ""
    out = len(suggestion.proposals) - sure - doubtful
    columns = count(len(suggestion.proposals), "column")
    lines = [f"{columns} of {looked.name}: {sure} mapped, {doubtful} doubtful, {out} left out."]
    if doubtful:
        lines.append(f"Doubtful ones are comments{where}, with what speaks for them.")
    if not is_usable:
        lines.append(
            "The mapping cannot be used yet: it lacks the column that names the lead, or a field that is sure. "
            f"Complete it{where}, or go through the doubts at a terminal."
        )
    elif output:
        lines.append(f"Try it: leadsync check {looked.name} --mapping {printable(output)}")
    print("\n".join(lines), file=sys.stderr)
