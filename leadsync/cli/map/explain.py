"""`leadsync map explain MAPPING [SOURCE]`: a mapping in plain words, and what it makes of the first rows."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from leadsync.cli.options import Debug, Encoding, LogFormat, Sheet, StateDir


def explain(
    mapping: Annotated[Path, typer.Argument(metavar="MAPPING", help="The YAML file of the mapping.")],
    source: Annotated[
        str | None, typer.Argument(metavar="SOURCE", help="CSV or Excel file [that of the last run with the mapping].")
    ] = None,
    *,
    rows: Annotated[int, typer.Option("--rows", min=1, metavar="N", help="How many rows are shown.")] = 3,
    sheet: Sheet = None,
    encoding: Encoding = None,
    state_dir: StateDir = None,
    debug: Debug = False,
) -> None:
    """Say in plain words what a mapping does, and show what would be sent for the first rows.

    Nothing is sent, and Keen is asked nothing: what a run would ask for first, such as the id of a property that goes
    by its name, stands in <…>.
    """
    from leadsync.cli.logs import configure_log
    from leadsync.cli.streams import output_may_fail
    from leadsync.files import printable
    from leadsync.mapping import load_mapping
    from leadsync.mapping.explained import explained
    from leadsync.sync.first_rows import first_rows, last_inputs
    from leadsync.sync.job import Inputs, SourceFile
    from leadsync.sync.prepare import prepare

    configure_log(LogFormat.CONSOLE, debug=debug)
    loaded = load_mapping(mapping)
    words = explained(loaded, mapping.read_bytes())
    inputs, whence = None, ""
    if source is not None:
        inputs = Inputs([SourceFile(source)], mapping, sheet=sheet, encoding=encoding)
    elif found := last_inputs(_state_dir(state_dir), mapping):
        inputs, whence = found[1], f", the source of run {found[0].id}, the last with this mapping"
    told = None
    if inputs:
        with prepare(inputs, loaded) as work:
            names = ", ".join(each.name for each in work.sources.files)
            told = f"The first rows of {names}{whence}:", first_rows(work, rows)
    with output_may_fail():
        _print_words(words)
        if told:
            _print_rows(*told)
        else:
            _say(f"See what it makes of rows: leadsync map explain {printable(mapping)} SOURCE")


def _state_dir(given: Path | None) -> Path:
    from leadsync.settings import load_settings

    return load_settings(state_dir=given).state_dir


def _print_words(words: Any) -> None:
    _say(words.title)
    for title, lines in (
        ("The source", words.source),
        ("The lead", [words.lead]),
        ("The values", words.fields),
        ("The rows", words.rules),
        ("Damage", words.damage),
    ):
        if lines:
            print()
            _say(f"{title}:")
            _items(lines)
    print()


def _items(lines: Sequence[str]) -> None:
    for line in lines:
        _say(line, "  ")


def _say(text: str, indent: str = "") -> None:
    """Print a text in lines of 80 columns; what nobody sees is shown by its number."""
    from textwrap import fill

    from leadsync.quoting import visible

    print(
        fill(
            visible(text),
            80,
            initial_indent=indent,
            subsequent_indent=f"{indent}  " if indent else "",
            break_long_words=False,
            break_on_hyphens=False,
        )
    )


def _print_rows(title: str, rows: Sequence[Any]) -> None:
    _say(title)
    if not rows:
        _say("There are none.", "  ")
    for row in rows:
        print()
        if row.status:
            _say(f"{row.place} is {row.status}, and nothing is sent of it: {row.message}")
        else:
            count = len(row.body.get("properties", ()))
            fields = [key for key in row.body if key not in ("action", "lead_id", "properties")]
            _say(f"{row.place} is sent: {_named(fields, count)} of lead {row.body['lead_id']}.")
            _print_body(row.body)


def _named(fields: Sequence[str], properties: int) -> str:
    from leadsync.cli.wording import count

    told = [", ".join(fields)] if fields else []
    return " and ".join([*told, count(properties, "property", "properties")] if properties else told)


def _print_body(body: Any) -> None:
    import json

    from leadsync.quoting import visible

    for line in json.dumps(body, indent=2, ensure_ascii=False).splitlines():
        print(f"  {visible(line)}")
