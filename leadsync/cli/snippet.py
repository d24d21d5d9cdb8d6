"""Channels as a person reads them, and as a mapping names them."""

from collections import Counter
from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from leadsync.cli.console import console, say, table
from leadsync.keen.directory import Channel, Definition, Directory
from leadsync.mapping.checks import UUID_FORM
from leadsync.mapping.keen_types import KeenType, keen_type
from leadsync.mapping.scalars import scalar
from leadsync.quoting import visible
from leadsync.records import fold_header

_FORMS = {
    KeenType.NUMBER: "{column: COLUMN, type: number}",
    KeenType.INTEGER: "{column: COLUMN, type: integer}",
    KeenType.BOOLEAN: "{column: COLUMN, type: boolean}",
    KeenType.DATE: "{column: COLUMN, type: date, format: yyyy-mm-dd}  # the form that your file has",
}
"""How a mapping fills a property of Keen's type; the types are those that are checked before a row is sent. Of any
other the text is sent as it stands."""


def print_channels(shown: Directory, directory: Directory) -> None:
    """Print of each channel a table of its properties, and the lines of a mapping that name them."""
    out = console()
    if not shown.channels:
        say(out, "The key's company reaches no channel.")
    for number, channel in enumerate(shown.channels):
        say(out, "\n" * bool(number) + f"{visible(channel.title)}  ({visible(channel.id)})")
        if channel.definitions:
            _print_table(out, channel)
        else:
            say(out, "It has no properties.")
        say(out, "\n# In a mapping, with columns of your file in the place of COLUMN:")
        say(out, channel_lines(channel, directory).removesuffix("\n"))


def _print_table(out: Console, channel: Channel) -> None:
    listed = table("property", "type", "id")
    listed.columns[2].no_wrap = True  # an id is copied, so it is never broken; names are
    for definition in channel.definitions:
        listed.add_row(*(Text(visible(cell)) for cell in (definition.name, definition.type, definition.id)))
    out.print(listed)


def channel_lines(channel: Channel, directory: Directory) -> str:
    """Give the lines of a mapping that name a channel and its properties, by id where a name will not do.

    `directory` holds all channels of the key. With the columns of a file in the place of `COLUMN` they are read as
    they stand.
    """
    titles = Counter(fold_header(each.title) for each in directory.channels)
    names = Counter(fold_header(definition.name) for definition in channel.definitions)
    lines = [f"channel: {_named(channel.title, channel.id, titles)}"]
    if channel.definitions:
        lines += ["properties:", *(f"  {line}" for line in _property_lines(channel, names))]
    return "\n".join([*lines, ""])


def _property_lines(channel: Channel, names: Counter[str]) -> Iterator[str]:
    for definition in channel.definitions:
        value = _FORMS.get(keen_type(definition.type), "COLUMN")
        if _is_clear(definition.name, names):
            yield f"{scalar(definition.name)}: {value}"
        else:
            yield from (f"# {_why(definition, names)}:", f"{scalar(definition.id)}: {value}")


def _named(title: str, channel_id: str, titles: Counter[str]) -> str:
    if _is_clear(title, titles):
        return scalar(title)
    return f"{scalar(channel_id)}  # {visible(title) or 'it has no name'}"


def _is_clear(name: str, names: Counter[str]) -> bool:
    """Tell whether a mapping can name something by its name: it is no id by its form, and no other has the same.

    What differs in case, blanks or invisible characters alone is the same: a mapping refuses two such names.
    """
    return names[fold_header(name)] == 1 and bool(name.strip()) and not UUID_FORM.fullmatch(name.strip())


def _why(definition: Definition, names: Counter[str]) -> str:
    if not definition.name.strip():
        return "by its id, as it has no name"
    if (twins := names[fold_header(definition.name)]) > 1:
        return f"{visible(definition.name)}, by its id, as {twins} have this name, or nearly this"
    return f"{visible(definition.name)}, by its id, as its name looks like one"
