"""Questions about a proposed mapping, one screen each: what a column holds, what speaks for what, and where it goes.

All of it stands on standard error, so that standard output can go elsewhere. A screen begins with a rule and leaves its
answer behind, so that a terminal's scroll-back tells what was answered. Ctrl-C goes up as KeyboardInterrupt, of which
the command line makes exit code 130; so does a terminal that has gone.
"""

import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import Any, TypeAlias

from rich.console import Console
from rich.rule import Rule
from rich.text import Text

from leadsync.counting import count
from leadsync.mapping.suggest.spec import Candidate, Column, Goal, Proposal, Suggestion
from leadsync.quoting import quote, visible

_WIDEST = 100
"""Columns beyond which a line is hard to read."""
_SAMPLES = 5
_CANDIDATES = 5
"""With these, the samples and the evidence a screen has no more than the 24 lines of a small terminal."""
_EVIDENCE = 4
"""Lines for what speaks for the first candidate."""
_BODY = 24
"""Lines for one body of a preview."""
_SHORTCUTS = 36
"""The digits and letters that can stand before a choice."""
_LINES = 3
"""Lines of the source that are shown for each encoding."""
_BEFORE_CHOICE = 7
"""Columns that the pointer and the number take before a choice, and one after it."""

_STYLE = (("qmark", "bold"), ("question", "bold"), ("pointer", "fg:ansicyan bold"), ("highlighted", "fg:ansicyan bold"))


class _Way(Enum):
    """Answers that are no goal."""

    OUT = "leave it out"
    OTHER = "another field …"
    STOP = "stop asking: leave the rest out"
    BACK = "back"


_Answer: TypeAlias = Goal | _Way
_Choices: TypeAlias = Sequence[tuple[str, Any]]
"""Pairs of what is shown and what it stands for, which must not be None."""
_Slot: TypeAlias = tuple[str, str]
_Taken: TypeAlias = dict[_Slot, Column]


def go_through(suggestion: Suggestion, options: Sequence[Goal]) -> dict[int, Goal | None]:
    """Ask about each doubtful proposal, the one about `lead` first, then the likeliest first.

    Gives by the column's position where it goes, None where it is left out. Where somebody chose a goal that a sure
    proposal, or an answer before, had taken, that other column is given too, with None. `options` are all goals that a
    column may have. Raises KeyboardInterrupt where the terminal says Ctrl-C, or has gone.
    """
    doubts = _in_order(suggestion.proposals)
    taken: _Taken = {_slot(goal): proposal.column for proposal in suggestion.proposals for goal in _sure(proposal)}
    answers: dict[int, Goal | None] = {}
    for number, proposal in enumerate(doubts):
        out = _console()
        _show(out, proposal, f"{number + 1} of {len(doubts)}", is_lead_open=("lead", "") not in taken)
        answer = _answer(out, proposal, options, taken)
        if answer is _Way.STOP:
            answers |= {doubt.column.position: None for doubt in doubts[number:]}
            _print(out, f"{count(len(doubts) - number, 'column is', 'columns are')} left out.")
            break
        goal = answer if isinstance(answer, Goal) else None
        answers[proposal.column.position] = goal
        _print(out, f"{_capital(_named(proposal.column))}: {_label(goal) if goal else 'left out'}.", style="bold")
        if goal:
            answers |= _let_go(out, goal, taken)
            taken[_slot(goal)] = proposal.column
    return answers


def choose_channel(channels: Sequence[str]) -> str | None:
    """Ask which channel the leads are in; None for no channel, and so for no properties."""
    out = _console()
    out.print(_rule("channel"))
    choices = [(_clipped(channel, out.width - _BEFORE_CHOICE), (channel,)) for channel in channels]
    question = "Which channel are the leads in?"
    answer: tuple[str | None] = _ask(question, [*choices, ("none: standard fields only, no properties", (None,))])
    _print(out, f"Channel: {answer[0] or 'none'}.", style="bold")
    return answer[0]


def choose_encoding(samples: Mapping[str, Sequence[str]]) -> str | None:
    """Ask in which encoding lines of the source read right, shown as each would read them; None for none of them."""
    out = _console()
    out.print(_rule("encoding"))
    for encoding, lines in samples.items():
        _print(out, encoding, style="bold")
        for line in lines[:_LINES]:
            _print(out, f"  {line}")
    choices = [*((encoding, (encoding,)) for encoding in samples), ("none of them", (None,))]
    answer: tuple[str | None] = _ask("In which encoding are all letters right?", choices)
    _print(out, f"Encoding: {answer[0] or 'none of them'}.", style="bold")
    return answer[0]


def preview(bodies: Sequence[str | Mapping[str, Any]]) -> None:
    """Print finished bodies of `update_lead` as JSON, cut to the screen's width.

    A text is printed as it stands: why nothing is sent for a row.
    """
    out = _console(widest=80)
    for number, body in enumerate(bodies, start=1):
        out.print(_rule(f"what is sent, {number} of {len(bodies)}"))
        if isinstance(body, str):
            _print_paragraph(out, body, _BODY)
            continue
        lines = json.dumps(body, ensure_ascii=False, indent=2).splitlines()
        for line in lines[:_BODY]:
            _print(out, line)
        if len(lines) > _BODY:
            _print(out, f"… and {count(len(lines) - _BODY, 'more line')}")


def confirmed(question: str) -> bool:
    """Ask for a yes or a no with one key; Enter alone is a no."""
    import questionary

    _console().print(_rule(""))
    return bool(_run(questionary.confirm(visible(question), default=False, output=_output(), style=_style())))


def _in_order(proposals: Iterable[Proposal]) -> Sequence[Proposal]:
    doubts = [(proposal, proposal.chosen) for proposal in proposals if proposal.is_doubtful and proposal.chosen]
    doubts.sort(key=lambda doubt: (doubt[1].goal.section != "lead", -doubt[1].confidence))
    return [proposal for proposal, _ in doubts]


def _sure(proposal: Proposal) -> Sequence[Goal]:
    if not proposal.is_sure:
        return ()
    return proposal.names or ((proposal.chosen.goal,) if proposal.chosen else ())


def _slot(goal: Goal) -> _Slot:
    """Give what two columns cannot share: a mapping takes one column for the lead, by whichever id."""
    if goal.section == "lead":
        return ("lead", "")
    return (goal.section, goal.definition.id if goal.definition else goal.name)


def _let_go(out: Console, goal: Goal, taken: _Taken) -> dict[int, None]:
    """Take a goal from the column that had it, and say so."""
    before = taken.get(_slot(goal))
    if before is None:
        return {}
    for slot in [slot for slot, column in taken.items() if column == before]:
        del taken[slot]
    _print(out, f"{_capital(_named(before))} had {_label(goal)} until now: it is left out.")
    return {before.position: None}


def _show(out: Console, proposal: Proposal, progress: str, *, is_lead_open: bool) -> None:
    """Show a column: its values and what speaks for where it may go."""
    out.print(_rule(progress))
    _print(out, _capital(_named(proposal.column)), style="bold")
    values = Counter(value.strip() for value in proposal.column.values)
    blank = values.pop("", 0)
    for value, times in values.most_common(_SAMPLES):
        often = f"{times:,} times" if times > 1 else ""
        _print(out, f'  "{_clipped(value, out.width - 20)}"', often)
    told = f"{values.total():,} of {count(len(proposal.column.values), 'cell is', 'cells are')} filled"
    _print(out, f"  {told}, {blank:,} blank; {count(len(values), 'different value')}.")
    _print_paragraph(out, _reasons(proposal), _EVIDENCE)
    if is_lead_open and proposal.chosen and proposal.chosen.goal.section == "lead":
        _print(out, "A mapping needs one column that names the lead; there is none so far.")


def _reasons(proposal: Proposal) -> str:
    parts = [proposal.why.rstrip(".")]
    parts += [part for part in (proposal.chosen.evidence if proposal.chosen else ()) if part not in proposal.why]
    return "; ".join(part for part in parts if part) + "."


def _answer(out: Console, proposal: Proposal, options: Sequence[Goal], taken: _Taken) -> _Answer:
    """Ask where a column goes, by its candidates or, where somebody wants, by all goals that are left."""
    candidates = proposal.candidates[:_CANDIDATES]
    ways = [(way.value, way) for way in (_Way.OUT, _Way.OTHER, _Way.STOP)]
    first = next((candidate.goal for candidate in candidates if _slot(candidate.goal) not in taken), _Way.OUT)
    rows = [(_label(c.goal), f"{c.confidence:4.0%}  {_told(c, proposal, taken)}", c.goal) for c in candidates]
    while True:
        choices = [*_columns(rows, out.width), *ways]
        answer: _Answer = _ask("Where does it go?", choices, first)
        if answer is not _Way.OTHER:
            return answer
        free = [(_label(goal), _meaning(goal), goal) for goal in options if _slot(goal) not in taken]
        choices = [*_columns(free, out.width), (_Way.BACK.value, _Way.BACK)]
        answer = _ask(f"Where does {_named(proposal.column)} go?", choices)
        if answer is not _Way.BACK:
            return answer


def _told(candidate: Candidate, proposal: Proposal, taken: _Taken) -> str:
    """Say of a candidate what nobody reads above already."""
    if column := taken.get(_slot(candidate.goal)):
        return f"would take it from {_named(column)}"
    return _meaning(candidate.goal) if candidate == proposal.chosen else "; ".join(candidate.evidence)


def _meaning(goal: Goal) -> str:
    # The schema takes longer to import than all else here.
    from leadsync.mapping.schema import FieldsPart, LeadPart

    if goal.section == "properties":
        return f"property: {goal.definition.type}" if goal.definition and goal.definition.type else "property"
    part = LeadPart if goal.section == "lead" else FieldsPart
    return part.model_fields[goal.name].description or ""


def _columns(rows: Sequence[tuple[str, str, Goal]], width: int) -> Sequence[tuple[str, Goal]]:
    """Set labels and what is told of them below one another, cut to the screen's width."""
    labels = [_clipped(label, width // 2) for label, _, _ in rows]
    widest = max((Text(label).cell_len for label in labels), default=0)
    padded = [label + " " * (widest - Text(label).cell_len) for label in labels]
    room = width - widest - 2 - _BEFORE_CHOICE
    return [(f"{label}  {_clipped(row[1], room)}", row[2]) for label, row in zip(padded, rows, strict=True)]


def _ask(question: str, choices: _Choices, first: object = None) -> Any:
    """Let somebody choose, from `first` on; more choices than digits and letters are found by typing a part of them."""
    import questionary

    is_short = len(choices) <= _SHORTCUTS
    how = "(arrow keys or a number, then Enter)" if is_short else "(arrow keys or letters of it, then Enter)"
    made = [questionary.Choice(title, value) for title, value in choices]
    return _run(
        questionary.select(
            _clipped(question, _width() - len(how) - len("?  ")),
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

    return create_output(stdout=sys.stderr)


def _width() -> int:
    try:
        columns = os.get_terminal_size(sys.stderr.fileno()).columns
    except (OSError, ValueError):
        columns = 0
    return columns or 80


def _console(widest: int = _WIDEST) -> Console:
    return Console(stderr=True, width=min(_width(), widest), highlight=False)


def _rule(title: str) -> Rule:
    return Rule(Text(title), align="left", style="")


def _label(goal: Goal) -> str:
    return visible(str(goal))


def _named(column: Column) -> str:
    return f"column {column.letter} {quote(column.header)}"


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _clipped(text: str, width: int) -> str:
    """Cut a text to so many columns of a screen; what nobody sees is shown by its number."""
    made = Text(visible(text[: width * 2]))
    made.truncate(max(width, 1), overflow="ellipsis")
    return made.plain


def _print(out: Console, text: str, on_the_right: str = "", style: str = "") -> None:
    """Print one line, cut to the screen's width, with what stands at its right end."""
    line = Text(_clipped(text, out.width - len(on_the_right)), style=style)
    line.append(" " * (out.width - line.cell_len - len(on_the_right)) + on_the_right if on_the_right else "")
    out.print(line, no_wrap=True)


def _print_paragraph(out: Console, text: str, limit: int) -> None:
    """Print a text in so many lines at most."""
    seen = "\n".join(visible(line) for line in text.splitlines())
    lines = [line.plain.rstrip() for line in Text(seen).wrap(out, out.width)]
    for number, line in enumerate(lines[:limit], start=1):
        _print(out, _clipped(f"{line} …", out.width) if number == limit < len(lines) else line)
