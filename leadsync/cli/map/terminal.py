"""What screens are made of: lines cut to the terminal's width, choices, and the keys that are pressed.

All of it stands on standard error, so that standard output can go elsewhere. Ctrl-C goes up as KeyboardInterrupt, and
so does a terminal that has gone.
"""

import os
import sys
from collections.abc import Sequence
from typing import Any, TypeAlias

from rich.console import Console
from rich.rule import Rule
from rich.text import Text

from leadsync.quoting import visible

_WIDEST = 100
"""Columns beyond which a line is hard to read."""
_SHORTCUTS = 36
"""The digits and letters that can stand before a choice."""
BEFORE_CHOICE = 7
"""Columns that the pointer and the number take before a choice, and one after it."""
_PARAGRAPH = 24
"""Lines of a paragraph at most."""
_STYLE = (("qmark", "bold"), ("question", "bold"), ("pointer", "fg:ansicyan bold"), ("highlighted", "fg:ansicyan bold"))

Choices: TypeAlias = Sequence[tuple[str, Any]]
"""Pairs of what is shown and what it stands for, which must not be None."""


def tell(text: str) -> None:
    """Print a paragraph."""
    print_paragraph(console(widest=80), text, _PARAGRAPH)


def confirmed(question: str) -> bool:
    """Ask for a yes or a no with one key; Enter alone is a no."""
    import questionary

    console().print(rule(""))
    return bool(_run(questionary.confirm(visible(question), default=False, output=_output(), style=_style())))


def in_columns(rows: Sequence[tuple[str, str, Any]], width: int) -> Sequence[tuple[str, Any]]:
    """Set labels and what is told of them below one another, cut to the screen's width."""
    labels = [clipped(label, width // 2) for label, _, _ in rows]
    widest = max((Text(label).cell_len for label in labels), default=0)
    padded = [label + " " * (widest - Text(label).cell_len) for label in labels]
    room = width - widest - 2 - BEFORE_CHOICE
    return [(f"{label}  {clipped(row[1], room)}", row[2]) for label, row in zip(padded, rows, strict=True)]


def ask(question: str, choices: Choices, first: object = None) -> Any:
    """Let somebody choose, from `first` on; more choices than digits and letters are found by typing a part of them."""
    import questionary

    is_short = len(choices) <= _SHORTCUTS
    how = "(arrow keys or a number, then Enter)" if is_short else "(arrow keys or letters of it, then Enter)"
    made = [questionary.Choice(title, value) for title, value in choices]
    return _run(
        questionary.select(
            clipped(question, _width() - len(how) - len("?   ")),
            made,
            default=next((choice for choice in made[1:] if choice.value == first), None),
            pointer=">",
            style=_style(),
            use_shortcuts=is_short,
            use_jk_keys=False,  # they are shortcuts, or parts of a name
            use_search_filter=not is_short,
            instruction=how,
            output=_output(),
        ),
        is_erased=True,
    )


def _run(question: Any, *, is_erased: bool = False) -> Any:
    question.application.erase_when_done = is_erased
    try:
        return question.unsafe_ask()
    except (EOFError, OSError):  # nobody sits there any more
        raise KeyboardInterrupt from None


def _style() -> Any:
    from questionary import Style

    return Style(list(_STYLE))


def _output() -> Any:
    from prompt_toolkit.output import create_output

    output: Any = create_output(stdout=sys.stderr)
    # To ask the terminal where its cursor is takes two seconds and a warning where it does not answer.
    output.enable_cpr = False
    return output


def _width() -> int:
    try:
        columns = os.get_terminal_size(sys.stderr.fileno()).columns
    except (OSError, ValueError):
        columns = 0
    return columns or 80


def console(widest: int = _WIDEST) -> Console:
    """Give standard error, as wide as it is."""
    return Console(stderr=True, width=min(_width(), widest), highlight=False)


def rule(title: str) -> Rule:
    """Give the line that a screen begins with."""
    return Rule(Text(title), align="left", style="")


def clipped(text: str, width: int) -> str:
    """Cut a text to so many columns of a screen; what nobody sees is shown by its number."""
    made = Text(visible(text[: width * 2]))
    made.truncate(max(width, 1), overflow="ellipsis")
    return made.plain


def print_line(out: Console, text: str, on_the_right: str = "", style: str = "") -> None:
    """Print one line, cut to the screen's width, with what stands at its right end."""
    line = Text(clipped(text, out.width - len(on_the_right)), style=style)
    line.append(" " * (out.width - line.cell_len - len(on_the_right)) + on_the_right if on_the_right else "")
    out.print(line, no_wrap=True)


def print_paragraph(out: Console, text: str, limit: int) -> None:
    """Print a text in so many lines at most."""
    seen = "\n".join(visible(line) for line in text.splitlines())
    lines = [line.plain.rstrip() for line in Text(seen).wrap(out, out.width)]
    for number, line in enumerate(lines[:limit], start=1):
        print_line(out, clipped(f"{line} …", out.width) if number == limit < len(lines) else line)
