"""`leadsync map check MAPPING SOURCE`: what a changed export needs, with the change of the mapping as a diff."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from leadsync.cli.options import Debug, Encoding, Json, LogFormat, Quiet, Sheet


def check(
    mapping: Annotated[Path, typer.Argument(metavar="MAPPING", help="The YAML file of the mapping.")],
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="CSV or Excel file; - is standard input (CSV).")],
    *,
    sheet: Sheet = None,
    encoding: Encoding = None,
    write: Annotated[bool, typer.Option("--write", help="Change the mapping's file as proposed.")] = False,
    offline: Annotated[bool, typer.Option("--offline", help="Ask Keen nothing, though there is a key.")] = False,
    as_json: Json = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Hold a mapping against a source: which columns are missing, renamed or new, and what to change for them.

    The findings are told on standard error, the change goes to standard output, as a diff for `patch -p0`. With a key
    new columns may go to properties of the mapping's channel too. The exit code is 0 where there is nothing to do, or
    all was done by --write; 1 where there is something to do; 2 where the mapping or the source cannot be used.
    """
    import orjson

    from leadsync.cli.logs import configure_log
    from leadsync.cli.streams import output_may_fail
    from leadsync.mapping import load_mapping
    from leadsync.sync.upkeep import look_after, write_changed

    configure_log(LogFormat.CONSOLE, debug=debug)
    definitions = () if offline else _definitions(load_mapping(mapping))
    looked = look_after(mapping, source, sheet, encoding, definitions)
    found = looked.found
    is_written = write and found.text is not None
    if is_written:
        write_changed(mapping, str(found.text))
    with output_may_fail():
        if not quiet or found.needs_something:
            print("\n".join(_told(looked, mapping, is_written=is_written, brief=quiet)), file=sys.stderr)
        if as_json:
            content = _content(looked, mapping, is_written=is_written)
            print(orjson.dumps(content, option=orjson.OPT_INDENT_2).decode())
        elif not is_written:
            sys.stdout.write(found.diff)
    raise typer.Exit(int(found.needs_something and not is_written))


def _definitions(mapping: Any) -> Sequence[Any]:
    """Ask Keen for the properties of the mapping's channel, where there is a key and a channel."""
    from leadsync.settings import load_settings

    settings = load_settings()
    if not settings.has_key or mapping.channel is None:
        return ()
    from leadsync.sync.properties_known import channel_of, directory_of  # all of HTTP

    # Somebody sits and waits, and can ask again.
    directory = directory_of(settings.client_options(patience=min(settings.patience, 10.0)))
    return channel_of(directory, mapping.channel, None).definitions


def _told(looked: Any, mapping: Path, *, is_written: bool, brief: bool) -> Iterator[str]:
    """Say what was found; `brief` is one line."""
    from leadsync.cli.wording import count
    from leadsync.files import printable

    found, name = looked.found, printable(mapping)
    if not found.needs_something:
        yield f"{name} fits {looked.source}: there is nothing to do."
        if not brief:
            yield from _left_out(found)
        return
    new = sum(each.goal is not None for each in found.new)
    facts = [count(len(found.missing), "column is missing", "columns are missing")] if found.missing else []
    facts += [count(len(found.ambiguous), "name is", "names are") + " not clear"] if found.ambiguous else []
    facts += [count(new, "new column may be of use", "new columns may be of use")] if new else []
    yield f"{name} and {looked.source}: {', '.join(facts)}."
    if brief:
        return
    if looked.elsewhere:
        yield from _item(looked.elsewhere)
        return
    for each in found.missing:
        yield from _item(_of_missing(each))
    for sentence in found.ambiguous:
        yield from _item(f"{sentence} Give them different names in the source.")
    for each in found.new:
        if each.goal:
            yield from _item(_of_new(each))
    yield from _left_out(found)
    yield from _way_on(found, mapping, looked.source, is_written=is_written)


def _item(text: str) -> list[str]:
    from textwrap import wrap

    from leadsync.quoting import visible

    return wrap(
        visible(text), 80, initial_indent="  ", subsequent_indent="    ", break_long_words=False, break_on_hyphens=False
    )


def _of_missing(missing: Any) -> str:
    from leadsync.mapping.words import listed
    from leadsync.quoting import NAME, quote

    name = quote(missing.name, NAME)
    begins = f"{missing.place}: {name}, for {', '.join(missing.used_for)}, is missing"
    if missing.rename:
        column = missing.rename.column
        why = "; ".join(filter(None, missing.rename.why))
        now = f"{quote(column.header, NAME)} now, column {column.letter} ({missing.rename.percent}: {why})"
        return f"{begins}: it is {now}."
    remedy = (
        "Without it there is no lead to update: name the column that holds the leads."
        if missing.is_lead
        else "What uses it becomes a comment."
        if missing.change == "commented_out"
        else "Name another column, or take out what uses it."
    )
    if not missing.renames:
        return f"{begins}, and no column is like it. {remedy}"
    perhaps = listed([each.column.header for each in missing.renames])
    return f"{begins}; perhaps it is {perhaps} now ({missing.renames[0].percent}). {remedy}"


def _of_new(new: Any) -> str:
    from leadsync.quoting import NAME, quote

    column = new.proposal.column
    ways = {"added": "it is added", "added_as_comment": "it is added as a comment, for you to decide"}
    way = ways.get(new.change, "add it, or name it in a comment, if it is of use")
    return f"{quote(column.header, NAME)}, column {column.letter}, is new: {new.goal} ({new.proposal.why}); {way}."


def _left_out(found: Any) -> list[str]:
    from leadsync.mapping.words import listed

    out = [each.proposal.column.header for each in found.new if each.goal is None]
    return _item(f"Nothing of Keen's, or sent already: {listed(out, 'and', 20)}.") if out else []


def _way_on(found: Any, mapping: Path, source: str, *, is_written: bool) -> Iterator[str]:
    from leadsync.files import printable

    if is_written:
        yield f"{printable(mapping)} is changed."
    elif found.text is None:
        yield "No change can be proposed that makes the mapping fit: change it by hand."
    else:
        yield f"Make the change: leadsync map check {printable(mapping)} {source} --write"


def _content(looked: Any, mapping: Path, *, is_written: bool) -> dict[str, Any]:
    from leadsync.files import printable

    found = looked.found
    return {
        "mapping": printable(mapping),
        "source": looked.source,
        "fits": not found.needs_something,
        "missing": [
            {
                "name": each.name,
                "place": each.place,
                "used_for": list(each.used_for),
                "change": each.change,
                "may_be": [
                    {
                        "header": one.column.header,
                        "column": one.column.letter,
                        "confidence": one.confidence,
                        "sure": one.is_sure,
                        "evidence": list(one.why),
                    }
                    for one in each.renames
                ],
            }
            for each in found.missing
        ],
        "new": [
            {
                "header": each.proposal.column.header,
                "column": each.proposal.column.letter,
                "goal": str(each.goal) if each.goal else None,
                "sure": each.proposal.is_sure,
                "why": each.proposal.why,
                "change": each.change,
            }
            for each in found.new
        ],
        "ambiguous": list(found.ambiguous),
        "elsewhere": looked.elsewhere,
        "diff": found.diff,
        "written": is_written,
    }
