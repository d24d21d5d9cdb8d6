"""`leadsync map SOURCE`: propose a mapping from headers and values."""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
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
    from leadsync.cli.late_log import configure_log_late
    from leadsync.cli.memory import spare_the_collector

    spare_the_collector()  # first: a tenth of the time is its looking through what is imported
    from leadsync.cli.streams import output_may_fail
    from leadsync.files import printable
    from leadsync.mapping.suggest import suggest
    from leadsync.mapping.suggest.written import written
    from leadsync.records import SourceOptions
    from leadsync.sync.suggesting import trouble_with

    configure_log_late(debug=debug)
    if output and not overwrite:
        _must_be_new(output, source)
    asks = not yes and source != "-" and _can_ask()
    with _nothing_written():
        options = SourceOptions(sheet=sheet, header_row=header_row or 1, encoding=encoding)
        looked = _looked(source, options, is_header_known=header_row is not None, asks=asks)
        known = _known(channel, sandbox=sandbox, offline=offline, asks=asks, debug=debug)
        definitions = known.definitions if known else ()
        suggestion = suggest(looked.columns, definitions)
        suggestion = _split(suggestion) if split_names else suggestion
        suggestion = _settled(suggestion, definitions, looked) if asks else suggestion
        path = output or Path("mapping.yaml")
        origin = _origin(_name(source), looked, known, suggestion)
        text = written(suggestion, origin, printable(output) if output else "")
        trouble = trouble_with(looked, path, text)
        if asks and not _agreed(suggestion, looked, path, text, output, trouble):
            print("Nothing was written.", file=sys.stderr)
            raise typer.Exit(1)
    with output_may_fail():
        _put(text, output, asks=asks)
        if not quiet:
            _tell(suggestion, looked, output, trouble)
    raise typer.Exit(1 if trouble else 0)


def _must_be_new(output: Path, source: str) -> None:
    from leadsync.errors import SettingsError
    from leadsync.files import printable

    if output.exists():
        raise SettingsError(
            f"{printable(output)} is there already: name another file, say --overwrite, or see with "
            f"`leadsync map check {printable(output)} {printable(source)}` what it needs."
        )


def _can_ask() -> bool:
    """Tell whether somebody sits at a terminal that can do more than print lines, and reads there what is printed."""
    from leadsync.cli.streams import can_be_asked

    return can_be_asked() and sys.stdout.isatty() and os.environ.get("TERM", "").lower() not in ("dumb", "unknown")


@contextmanager
def _nothing_written() -> Iterator[None]:
    """Say of a command that ends with Ctrl-C that it left nothing behind."""
    try:
        yield
    except KeyboardInterrupt:
        with suppress(OSError):  # the terminal may have gone
            print("Stopped; nothing was written.", file=sys.stderr)
        raise typer.Exit(130) from None


def _looked(source: str, options: Any, *, is_header_known: bool, asks: bool) -> Any:
    """Look at the source; where it is in an encoding that nobody declared, ask in which it reads right."""
    from leadsync.errors import EncodingError
    from leadsync.sync.suggesting import lines_beyond_ascii, look_at, read_otherwise

    try:
        return look_at(source, options, is_header_known=is_header_known)
    except EncodingError as error:
        if not asks or "://" in source:
            raise
        readings = read_otherwise(source, options, error.encodings, is_header_known=is_header_known)
        if not readings:
            raise
        from leadsync.cli.map.screens import choose_encoding

        chosen = choose_encoding({encoding: lines_beyond_ascii(looked) for encoding, looked in readings.items()})
        if chosen is None:
            raise
        return readings[chosen]


def _split(suggestion: Any) -> Any:
    """Let the first column of full names be split."""
    name = next((each for each in suggestion.proposals if each.names), None)
    if name is None:
        return suggestion
    split = replace(name, chosen=None, is_sure=True)
    proposals = [split if each is name else each for each in suggestion.proposals]
    return replace(suggestion, proposals=proposals)


def _settled(suggestion: Any, definitions: Sequence[Any], looked: Any) -> Any:
    """Ask about what is doubtful, and give the suggestion with the answers."""
    from leadsync.cli.map.screens import go_through
    from leadsync.cli.map.terminal import tell
    from leadsync.counting import count
    from leadsync.mapping.suggest import FIELD_GOALS, LEAD_GOALS, Goal, settle

    sure = sum(each.is_sure for each in suggestion.proposals)
    tell(
        f"{looked.name}: {sure} of {count(len(suggestion.proposals), 'column')} {'is' if sure == 1 else 'are'} sure. "
        "Where another may be of use, you are asked; Ctrl-C ends it, and nothing is written."
    )
    goals = [*LEAD_GOALS, *FIELD_GOALS, *(Goal("properties", each.name, each) for each in definitions)]
    answers = go_through(suggestion, goals)
    settled = settle(suggestion, {place: each for place, each in answers.items() if not isinstance(each, tuple)})
    return replace(settled, proposals=[_finished(each, answers) for each in settled.proposals])


def _finished(proposal: Any, answers: Mapping[int, Any]) -> Any:
    """Give a proposal with what an answer means for it beyond its goal."""
    answer = answers.get(proposal.column.position)
    if isinstance(answer, tuple):
        return replace(proposal, chosen=None, is_sure=True)
    if answer:
        return replace(proposal, names=None)  # it went elsewhere as a whole
    first = proposal.candidates[0].goal if proposal.candidates else None
    if not proposal.chosen and first in answers.values() and f"{first} comes from" in proposal.why:
        return replace(proposal, why=f"{first} is another column's")  # than the one that had it before
    return proposal


def _origin(name: str, looked: Any, known: Any, suggestion: Any) -> Any:
    from leadsync.mapping.suggest.written import Origin

    return Origin(
        name=name,
        source=looked.name,
        rows=looked.rows,
        declared=looked.declared,
        channel=known.found if known else None,
        channels=known.others if known else (),
        splits_names=any(each.is_sure and not each.chosen for each in suggestion.proposals),
        has_asked=known is not None,
    )


def _name(source: str) -> str:
    name = "mapping" if source == "-" else source.rstrip("/").rpartition("/")[2]
    return name.partition(".")[0] or "mapping"


def _known(wanted: str | None, *, sandbox: bool, offline: bool, asks: bool, debug: bool) -> Any:
    """Ask Keen, or the emulator, for the channel whose properties are candidates; None where nobody is asked."""
    settings = None
    if not (offline or sandbox):
        from leadsync.settings import load_settings

        settings = load_settings()
    if not sandbox and (settings is None or not settings.has_key):
        return None
    from leadsync.cli.logs import configure_log
    from leadsync.sync.properties_known import channel_of, directory_of  # all of HTTP, which a file alone needs not

    configure_log(LogFormat.CONSOLE, debug=debug)
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


def _agreed(suggestion: Any, looked: Any, path: Path, text: str, output: Path | None, trouble: str) -> bool:
    """Show what the first rows become, and ask whether the mapping is to be written."""
    from leadsync.cli.map.screens import preview
    from leadsync.cli.map.terminal import confirmed, tell
    from leadsync.files import printable
    from leadsync.mapping.suggest import LEAD_GOALS
    from leadsync.sync.suggesting import first_bodies

    if trouble:
        tell(f"The mapping cannot be used yet. {trouble} To answer otherwise, call the command again.")
    else:
        shown = first_bodies(looked, path, text, _PREVIEWED)
        preview(shown)
        bodies = [body for body in shown if not isinstance(body, str)]
        goals = [each.chosen.goal for each in suggestion.proposals if each.is_sure and each.chosen]
        if any("properties" in body for body in bodies):
            tell("Properties stand here by name; Keen is sent their ids.")
        if bodies and LEAD_GOALS[1] in goals:
            tell("Leads stand here by legacy id; Keen is asked for their UUIDs first, and sent those.")
    if output is None:
        return True
    return confirmed(f"Write {printable(output)}{' all the same, to complete it by hand' if trouble else ''}?")


def _put(text: str, output: Path | None, *, asks: bool) -> None:
    """Write the mapping, and the schema beside it, for editors."""
    from leadsync.errors import SettingsError
    from leadsync.sync.suggesting import write_mapping

    if output is None:
        sys.stdout.write(text)
        return
    try:
        write_mapping(output, text)
    except SettingsError:
        if asks:
            sys.stdout.write(text)  # so that no answer is lost
        raise


def _tell(suggestion: Any, looked: Any, output: Path | None, trouble: str) -> None:
    """Say on standard error what was proposed, and what is left to do."""
    from leadsync.counting import count
    from leadsync.files import printable

    sure = sum(each.is_sure for each in suggestion.proposals)
    doubtful = sum(each.is_doubtful for each in suggestion.proposals)
    where = f" in {printable(output)}" if output else ""
    out = len(suggestion.proposals) - sure - doubtful
    columns = count(len(suggestion.proposals), "column")
    lines = [f"{columns} of {looked.name}: {sure} mapped, {doubtful} doubtful, {out} left out."]
    if doubtful:
        lines.append(f"Doubtful ones are comments{where}, with what speaks for them.")
    if trouble:
        lines.append(
            f"The mapping cannot be used yet. {trouble} Complete it{where}, or go through the doubts at a terminal."
        )
    elif output:
        lines.append(f"Try it: leadsync check {looked.name} --mapping {printable(output)}")
    print("\n".join(lines), file=sys.stderr)
