"""How a mapping is proposed on the command line: look, weigh, ask where somebody sits there, try, write, tell."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import KW_ONLY, dataclass, replace
from pathlib import Path

import typer

from leadsync.cli.late_log import configure_log_late
from leadsync.cli.options import LogFormat
from leadsync.cli.streams import can_be_asked, output_may_fail
from leadsync.counting import count
from leadsync.errors import EncodingError, SettingsError
from leadsync.files import printable
from leadsync.mapping.suggest import Suggestion, suggest
from leadsync.mapping.suggest.written import Origin, written
from leadsync.records import SourceOptions
from leadsync.sync.suggesting import Known, Looked, look_at, trouble_with, write_mapping


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for: the options of `leadsync map SOURCE`."""

    source: str
    output: Path | None
    _: KW_ONLY
    may_overwrite: bool
    sheet: str | None
    header_row: int | None
    encoding: str | None
    channel: str | None
    splits_names: bool
    is_sandbox: bool
    is_offline: bool
    may_ask: bool
    is_quiet: bool
    is_debugged: bool

    @property
    def asks(self) -> bool:
        """Tell whether somebody sits at a terminal that can do more than print lines, and reads there what is shown."""
        is_able = os.environ.get("TERM", "").lower() not in ("dumb", "unknown")
        return self.may_ask and self.source != "-" and can_be_asked() and sys.stdout.isatty() and is_able

    @property
    def name(self) -> str:
        """Give the name of the mapping: that of the source's file, without what comes after the first dot."""
        name = "mapping" if self.source == "-" else self.source.rstrip("/").rpartition("/")[2]
        return name.partition(".")[0] or "mapping"


def propose_mapping(wanted: Wanted) -> int:
    """Propose a mapping, and give the exit code: 1 where somebody has to complete it first.

    Raises SourceError, SettingsError, MappingError (of a channel that is not there), and what Keen's answers raise.
    """
    configure_log_late(debug=wanted.is_debugged)
    _must_be_new(wanted)
    asks = wanted.asks
    with _nothing_written():
        looked = _looked(wanted, asks=asks)
        known = _known(wanted, asks=asks)
        definitions = known.definitions if known else ()
        suggestion = suggest(looked.columns, definitions)
        suggestion = _split(suggestion) if wanted.splits_names else suggestion
        if asks:
            from leadsync.cli.map import asking  # what draws screens, which a file alone needs not

            suggestion = asking.settled(suggestion, definitions, looked)
        path = wanted.output or Path("mapping.yaml")
        text = written(suggestion, _origin(wanted, looked, known, suggestion), path=_shown(wanted.output))
        trouble = trouble_with(looked, path, text)
        if asks and not asking.agreed(suggestion, looked, path, text, trouble, is_written=wanted.output is not None):
            print("Nothing was written.", file=sys.stderr)
            return 1
    with output_may_fail():
        _put(text, wanted.output, asks=asks)
        if not wanted.is_quiet:
            _tell(suggestion, looked, wanted.output, trouble)
    return int(bool(trouble))


def _shown(path: Path | None) -> str:
    return printable(path) if path else ""


def _must_be_new(wanted: Wanted) -> None:
    output = wanted.output
    if output and not wanted.may_overwrite and output.exists():
        raise SettingsError(
            f"{printable(output)} is there already: name another file, say --overwrite, or see with "
            f"`leadsync map check {printable(output)} {printable(wanted.source)}` what it needs."
        )


@contextmanager
def _nothing_written() -> Iterator[None]:
    """Say of a command that ends with Ctrl-C that it left nothing behind."""
    try:
        yield
    except KeyboardInterrupt:
        with suppress(OSError):  # the terminal may have gone
            print("Stopped; nothing was written.", file=sys.stderr)
        raise typer.Exit(130) from None


def _looked(wanted: Wanted, *, asks: bool) -> Looked:
    """Look at the source; where it is in an encoding that nobody declared, ask in which it reads right."""
    options = SourceOptions(sheet=wanted.sheet, header_row=wanted.header_row or 1, encoding=wanted.encoding)
    is_header_known = wanted.header_row is not None
    try:
        return look_at(wanted.source, options, is_header_known=is_header_known)
    except EncodingError as error:
        if not asks or "://" in wanted.source:
            raise
        from leadsync.cli.map import asking

        looked = asking.in_other_encoding(wanted.source, options, error.encodings, is_header_known=is_header_known)
        if looked is None:
            raise
        return looked


def _split(suggestion: Suggestion) -> Suggestion:
    """Let the first column of full names be split."""
    name = next((each for each in suggestion.proposals if each.names), None)
    if name is None:
        return suggestion
    split = replace(name, chosen=None, is_sure=True)
    proposals = [split if each is name else each for each in suggestion.proposals]
    return replace(suggestion, proposals=proposals)


def _origin(wanted: Wanted, looked: Looked, known: Known | None, suggestion: Suggestion) -> Origin:
    return Origin(
        name=wanted.name,
        source=looked.name,
        rows=looked.rows,
        declared=looked.declared,
        channel=known.found if known else None,
        channels=known.others if known else (),
        splits_names=any(each.is_sure and not each.chosen for each in suggestion.proposals),
        has_asked=known is not None,
    )


def _known(wanted: Wanted, *, asks: bool) -> Known | None:
    """Ask Keen, or the emulator, for the channel whose properties are candidates; None where nobody is asked."""
    settings = None
    if not (wanted.is_offline or wanted.is_sandbox):
        from leadsync.settings import load_settings  # a tenth of the time

        settings = load_settings()
    if not wanted.is_sandbox and (settings is None or not settings.has_key):
        return None
    from leadsync.cli.logs import configure_log
    from leadsync.sync.properties_known import channel_of, directory_of  # all of HTTP

    configure_log(LogFormat.CONSOLE, debug=wanted.is_debugged)
    if settings is None:
        from leadsync.sync.rehearsal import demo

        with demo() as options:
            directory = directory_of(options)
    else:
        # Somebody sits and waits, and can ask again.
        directory = directory_of(settings.client_options(patience=min(settings.patience, 10.0)))
    if not asks:
        return channel_of(directory, wanted.channel, None)
    from leadsync.cli.map.screens import choose_channel

    return channel_of(directory, wanted.channel, choose_channel)


def _put(text: str, output: Path | None, *, asks: bool) -> None:
    """Write the mapping, and the schema beside it, for editors."""
    if output is None:
        sys.stdout.write(text)
        return
    try:
        write_mapping(output, text)
    except SettingsError:
        if asks:
            sys.stdout.write(text)  # so that no answer is lost
        raise


def _tell(suggestion: Suggestion, looked: Looked, output: Path | None, trouble: str) -> None:
    """Say on standard error what was proposed, and what is left to do."""
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
