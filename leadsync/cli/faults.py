"""Faults of a mapping shown as rustc shows those of a program: the line, a caret under the place, and what to do."""

import os
import re
import sys
from collections.abc import Iterator
from typing import NamedTuple

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from leadsync.cli.wording import count
from leadsync.errors import Fault, SetupError, Spot
from leadsync.quoting import visible

_WIDTH = 80
_TAB = "    "
_LEFT = 3
"""Of the room for a line that is too long, the part before the place is one in so many."""
_NEAREST = re.compile(r'(Did you mean ".*?"\?)(?: (.+))?')
_WORDS = re.compile(r'(?:"[^"]*"|`[^`]*`|\S)+')
"""What is not broken: a word, a name in quotation marks, a command."""
_WRONG, _EARLIER, _FRAME = "bold red", "bold blue", "bold blue"


def print_faults(error: SetupError) -> None:
    """Print an error that has faults on standard error; in colour on a terminal, unless NO_COLOR is set."""
    coloured = sys.stderr.isatty() and not os.environ.get("NO_COLOR")
    out = Console(stderr=True, color_system="auto" if coloured else None, force_terminal=coloured)
    out.print(told(error), soft_wrap=True, highlight=False)


def told(error: SetupError) -> Text:
    """Show each fault in its line; then what else the message says, and how many faults there are.

    Lines are at most 80 cells wide, save where a name or a path is longer; no control characters are in them.
    """
    blocks = [Text("\n").join(_block(fault)) for fault in error.faults]
    said = {str(fault) for fault in error.faults}
    notes = [line for line in error.message.splitlines() if line not in said]
    paths = list(dict.fromkeys(visible(fault.spot.path) for fault in error.faults))
    last = [_wrapped("note: ", _FRAME, visible(note)) for note in notes]
    last += [Text(f"{count(len(error.faults), 'error')} in {', '.join(paths)}; nothing was sent.")]
    return Text("\n\n").join([*blocks, Text("\n").join(last)])


class _Marked(NamedTuple):
    """As much of a line as there is room for, and where the marks under it stand, in cells."""

    line: str
    indent: int
    length: int


def _block(fault: Fault) -> Iterator[Text]:
    spot, first = fault.spot, fault.earlier
    shown = [each for each in (first, spot) if each and each.text and (each is spot or each.line != spot.line)]
    gutter = " " * len(str(max([spot.line, *(each.line for each in shown)])))
    yield _wrapped("error: ", _WRONG, visible(fault.sentence).removesuffix("."))
    yield Text.assemble((f"{gutter}--> ", _FRAME), visible(str(spot)))
    label, remedy = _label(visible(fault.help))
    for each in shown:
        marked = _marked(each, _WIDTH - len(gutter) - 3)
        if each is spot and marked.indent + marked.length + 1 + cell_len(label) > _WIDTH - len(gutter) - 3:
            label, remedy = "", visible(fault.help)
        is_after = each is spot and len(shown) > 1
        is_apart = is_after and first is not None and spot.line > first.line + 1
        if is_apart or not is_after:
            yield Text("..." if is_apart else f"{gutter} |", style=_FRAME)
        yield Text.assemble((f"{each.line:>{len(gutter)}} |", _FRAME), f" {marked.line}" if marked.line else "")
        marks = f"{'^' * marked.length} {label}".rstrip() if each is spot else f"{'-' * marked.length} the first"
        style = _WRONG if each is spot else _EARLIER
        yield Text.assemble((f"{gutter} | ", _FRAME), " " * marked.indent, (marks, style))
    if not shown:
        remedy = visible(fault.help)
    if remedy:
        yield Text(f"{gutter} |", style=_FRAME)
        yield _wrapped(f"{gutter} = help: ", _FRAME, _uncapped(remedy))


def _label(text: str) -> tuple[str, str]:
    """Part what to do into what stands beside the marks, without its full stop, and what stands below."""
    nearest = _NEAREST.fullmatch(text)
    label, remedy = (nearest[1], nearest[2] or "") if nearest else (text, "")
    return _uncapped(label.removesuffix(".")), remedy


def _uncapped(text: str) -> str:
    return text[:1].lower() + text[1:] if re.match("[A-Z][a-z ]", text) else text


def _marked(spot: Spot, room: int) -> _Marked:
    """Cut a line to so many cells around the place that is meant."""
    start = min(spot.column - 1, len(spot.text.rstrip()))
    # Of a line of a million characters only those nearby are looked at.
    before, after = max(0, start - room), start + spot.length + room
    cells = [_TAB if each == "\t" else visible(each) for each in spot.text[before:after].rstrip()]
    widths = [cell_len(each) for each in cells]
    begin, end = start - before, start - before + max(spot.length, 1)
    first, last = 0, len(cells)
    if sum(widths) > room or before or spot.text[after:].strip():
        left, last = room // _LEFT, begin
        first = begin
        while first > 0 and widths[first - 1] <= left - 1:
            first -= 1
            left -= widths[first]
        left = room - sum(widths[first:begin]) - 2
        while last < len(cells) and widths[last] <= left:
            left -= widths[last]
            last += 1
    is_cut = (before + first > 0, last < len(cells) or bool(spot.text[after:].strip()))
    line = "…" * is_cut[0] + "".join(cells[first:last]) + "…" * is_cut[1]
    indent = int(is_cut[0]) + sum(widths[first:begin])
    return _Marked(line, indent, max(1, sum(widths[begin : min(end, last)])))


def _wrapped(head: str, style: str, text: str) -> Text:
    """Give a text below a head, in lines of 80 cells that begin where the text began."""
    indent = " " * cell_len(head)
    lines: list[str] = []
    for word in _WORDS.findall(text):
        if lines and cell_len(f"{indent}{lines[-1]} {word}") <= _WIDTH:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return Text.assemble((head, style), f"\n{indent}".join(lines))
