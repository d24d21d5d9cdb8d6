"""Questions about a proposed mapping, one screen each: what a column holds, what speaks for what, and where it goes.

All of it stands on standard error, so that standard output can go elsewhere. A screen begins with a rule and leaves its
answer behind, so that a terminal's scroll-back tells what was answered. Ctrl-C goes up as KeyboardInterrupt, of which
the command line makes exit code 130; so does a terminal that has gone.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import Enum
from typing import Any, TypeAlias

from rich.console import Console

from leadsync.cli.map.terminal import (
    BEFORE_CHOICE,
    Choices,
    ask,
    clipped,
    console,
    in_columns,
    print_line,
    print_paragraph,
    rule,
)
from leadsync.counting import count
from leadsync.mapping.suggest.spec import Candidate, Column, Form, Goal, Proposal, Shape, Suggestion
from leadsync.quoting import quote, visible
from leadsync.records import fold_header

_SAMPLES = 5
_CANDIDATES = 5
"""With these, the samples and the evidence a screen has no more than the 24 lines of a small terminal."""
_EVIDENCE = 4
"""Lines for what speaks for the first candidate."""
_BODY = 24
"""Lines for one body of a preview."""
_LINES = 3
"""Lines of the source that are shown for each encoding."""


class _Way(Enum):
    """Answers that are no goal."""

    OUT = "leave it out"
    OTHER = "another field …"
    STOP = "stop asking: the rest stays doubtful, as comments"
    BACK = "back"


Answer: TypeAlias = Goal | tuple[Goal, Goal] | None
"""Where a column goes: a goal, the two of a full name, or nowhere."""
_Slot: TypeAlias = tuple[str, str]
_Taken: TypeAlias = Mapping[_Slot, Column]

_LEAD: _Slot = ("lead", "")
_ID_FORMS = ((Form.UUID, Goal("lead", "id")), (Form.INTEGER, Goal("lead", "legacy_id")))
_NEARLY_ALL = 0.95
_LEADS = 12
"""Columns that are offered for the lead."""
_LEAD_NEEDED = (
    "A mapping needs one column with Keen's own id of each lead, its UUID (lead.id) or the integer id of Keen's "
    "earlier system (lead.legacy_id); there is none so far."
)
_LEAD_WARNING = "A number that another system gave its records will not do: it may be another lead's in Keen."
_NO_LEAD = "none of them: the mapping has to be completed by hand"


def go_through(suggestion: Suggestion, options: Sequence[Goal]) -> dict[int, Answer]:
    """Ask about each doubtful proposal and about a full name, the lead first, then the likeliest first.

    Gives by the column's position where it goes: a goal, both parts of a name, or None where it is left out. Where
    somebody chose a goal that a sure proposal, or an answer before, had taken, that other column is given too, with
    None. What nobody was asked about is not given: it stays as doubtful as it was. `options` are all goals that a
    column may have. Raises KeyboardInterrupt where the terminal says Ctrl-C, or has gone.
    """
    talk = _Talk(suggestion, options)
    is_lead_asked = False
    number = 0
    while True:
        if talk.lacks_lead and not is_lead_asked:
            is_lead_asked = True
            _ask_lead(console(), talk)
        elif not talk.doubts:
            return talk.answers
        else:
            number += 1
            if _ask_doubt(console(), talk, f"{number} of {number + len(talk.doubts) - 1}") is _Way.STOP:
                return talk.answers


def choose_channel(channels: Sequence[str]) -> str | None:
    """Ask which channel the leads are in; None for no channel, and so for no properties."""
    out = console()
    out.print(rule("channel"))
    choices = [(clipped(channel, out.width - BEFORE_CHOICE), (channel,)) for channel in channels]
    question = "Which channel are the leads in?"
    answer: tuple[str | None] = ask(question, [*choices, ("none: standard fields only, no properties", (None,))])
    print_line(out, f"Channel: {answer[0] or 'none'}.", style="bold")
    return answer[0]


def choose_encoding(samples: Mapping[str, Sequence[str]]) -> str | None:
    """Ask in which encoding lines of the source read right, shown as each would read them; None for none of them."""
    out = console()
    out.print(rule("encoding"))
    print_paragraph(out, "The source is not in UTF-8. In the likeliest encodings it reads so:", _EVIDENCE)
    for encoding, lines in samples.items():
        print_line(out, encoding, style="bold")
        for line in lines[:_LINES]:
            print_line(out, f"  {line}")
    choices = [*((encoding, (encoding,)) for encoding in samples), ("none of them", (None,))]
    answer: tuple[str | None] = ask("In which encoding are all letters right?", choices)
    print_line(out, f"Encoding: {answer[0] or 'none of them'}.", style="bold")
    return answer[0]


def preview(bodies: Sequence[str | Mapping[str, Any]]) -> None:
    """Print finished bodies of `update_lead` as JSON, cut to the screen's width.

    A text is printed as it stands: why nothing is sent for a row.
    """
    out = console(widest=80)
    for number, body in enumerate(bodies, start=1):
        out.print(rule(f"what is sent, {number} of {len(bodies)}"))
        if isinstance(body, str):
            print_paragraph(out, body, _BODY)
            continue
        lines = json.dumps(body, ensure_ascii=False, indent=2).splitlines()
        for line in lines[:_BODY]:
            print_line(out, line)
        if len(lines) > _BODY:
            print_line(out, f"… and {count(len(lines) - _BODY, 'more line')}")


class _Talk:
    """What was answered so far, and what is still to be asked."""

    def __init__(self, suggestion: Suggestion, options: Sequence[Goal]) -> None:
        self.options = options
        self.proposals = _that_can_be_named(suggestion.proposals)
        self.doubts = _in_order(self.proposals)
        self.taken = {_slot(goal): proposal.column for proposal in suggestion.proposals for goal in _sure(proposal)}
        self.answers: dict[int, Answer] = {}

    @property
    def lacks_lead(self) -> bool:
        """Tell whether no column names the lead, and none that is still to be asked about is likely to."""
        leads = (doubt.chosen is not None and doubt.chosen.goal.section == "lead" for doubt in self.doubts)
        return _LEAD not in self.taken and not any(leads)

    def take(self, out: Console, proposal: Proposal, answer: Answer) -> None:
        """Keep an answer, say it, and take its goals from the columns that had them."""
        column, goals = proposal.column, _goals(answer)
        self._forget(column)
        self.answers[column.position] = answer
        self.doubts = [doubt for doubt in self.doubts if doubt.column != column]
        told = " and ".join(map(_label, goals))
        print_line(out, f"{_capital(_named(column))}: {told or 'left out'}.", style="bold")
        for goal in goals:
            if before := self.taken.get(_slot(goal)):
                self._forget(before)
                self.answers[before.position] = None
                had = "named the lead" if goal.section == "lead" else f"had {_label(goal)}"
                print_line(out, f"{_capital(_named(before))} {had} until now: it is left out.")
        self.taken |= {_slot(goal): column for goal in goals}
        if proposal.chosen and _slot(proposal.chosen.goal) not in self.taken:
            self._ask_the_next(_slot(proposal.chosen.goal))

    def _forget(self, column: Column) -> None:
        self.taken = {slot: holder for slot, holder in self.taken.items() if holder != column}

    def _ask_the_next(self, slot: _Slot) -> None:
        """Ask about the column that was left out only for what another one seemed to be, and is not."""
        if any(doubt.chosen and _slot(doubt.chosen.goal) == slot for doubt in self.doubts):
            return
        others = [p for p in self.proposals if p.chosen is None and p.column.position not in self.answers]
        likely = [(p, p.candidates[0]) for p in others if p.candidates and _slot(p.candidates[0].goal) == slot]
        if likely:
            other, candidate = max(likely, key=lambda each: each[1].confidence)
            why = f"{candidate.confidence:.0%}: {'; '.join(candidate.evidence)}"
            self.doubts.insert(0, replace(other, chosen=candidate, why=why))


def _that_can_be_named(proposals: Sequence[Proposal]) -> list[Proposal]:
    """Leave out columns without a header, and those whose header another one has: a mapping cannot name them."""
    counts = Counter(fold_header(proposal.column.header) for proposal in proposals)
    return [p for p in proposals if p.column.header.strip() and counts[fold_header(p.column.header)] == 1]


def _in_order(proposals: Sequence[Proposal]) -> list[Proposal]:
    doubts = [(proposal, proposal.chosen) for proposal in proposals if proposal.is_doubtful and proposal.chosen]
    doubts.sort(key=lambda doubt: (doubt[1].goal.section != "lead", -doubt[1].confidence))
    name = next((proposal for proposal in proposals if proposal.names), None)
    names = [name] if name and not name.is_sure and not name.chosen else []
    leads = sum(candidate.goal.section == "lead" for _, candidate in doubts)
    ordered = [proposal for proposal, _ in doubts]
    return [*ordered[:leads], *names, *ordered[leads:]]


def _sure(proposal: Proposal) -> Sequence[Goal]:
    if not proposal.is_sure:
        return ()
    return (proposal.chosen.goal,) if proposal.chosen else proposal.names or ()


def _goals(answer: Answer) -> Sequence[Goal]:
    if answer is None:
        return ()
    return (answer,) if isinstance(answer, Goal) else answer


def _slot(goal: Goal) -> _Slot:
    """Give what two columns cannot share: a mapping takes one column for the lead, by whichever id."""
    if goal.section == "lead":
        return _LEAD
    return (goal.section, goal.definition.id if goal.definition else goal.name)


def _ask_lead(out: Console, talk: _Talk) -> None:
    """Ask for the column that names the lead, among those whose values can be ids."""
    out.print(rule("the lead"))
    rows = [
        (_named(proposal.column), f"{goal}  {_some_values(proposal.column)}", (proposal, goal))
        for form, goal in _ID_FORMS
        for proposal in talk.proposals
        if proposal.column.position not in talk.answers and _may_be_ids(proposal.shape, form)
    ]
    if not rows:
        print_paragraph(out, f"{_LEAD_NEEDED} No column here holds such ids: export them, too.", _EVIDENCE)
        return
    print_paragraph(out, f"{_LEAD_NEEDED} None says so of itself. {_LEAD_WARNING}", _EVIDENCE + 1)
    choices = [*in_columns(rows[:_LEADS], out.width), (_NO_LEAD, _Way.OUT)]
    answer = ask("Which column names the lead?", choices, _Way.OUT)
    if answer is _Way.OUT:
        print_line(out, "No column names the lead.", style="bold")
    else:
        talk.take(out, *answer)


def _may_be_ids(shape: Shape, form: Form) -> bool:
    """Tell whether nearly all values have the form of ids, and most rows have one of their own."""
    return shape.filled > 0 and shape.share(form) >= _NEARLY_ALL and 2 * shape.distinct >= shape.filled


def _some_values(column: Column) -> str:
    return ", ".join(list(dict.fromkeys(value.strip() for value in column.values if value.strip()))[:_SAMPLES])


def _ask_doubt(out: Console, talk: _Talk, progress: str) -> _Way | None:
    """Ask about the first doubt; gives STOP where nothing more is to be asked."""
    doubt = talk.doubts[0]
    _show(out, doubt, progress, is_lead_open=_LEAD not in talk.taken)
    answer = _answer(out, doubt, talk)
    if answer is _Way.STOP:
        left = len(talk.doubts)
        print_line(out, f"{count(left, 'doubt stays a comment', 'doubts stay comments')}.", style="bold")
        return _Way.STOP
    talk.take(out, doubt, None if isinstance(answer, _Way) else answer)
    return None


def _show(out: Console, proposal: Proposal, progress: str, *, is_lead_open: bool) -> None:
    """Show a column: its values and what speaks for where it may go."""
    out.print(rule(progress))
    print_line(out, _capital(_named(proposal.column)), style="bold")
    values = Counter(value.strip() for value in proposal.column.values)
    blank = values.pop("", 0)
    for value, times in values.most_common(_SAMPLES):
        often = f"{times:,} times" if times > 1 else ""
        print_line(out, f'  "{clipped(value, out.width - 20)}"', often)
    told = f"{values.total():,} of {count(len(proposal.column.values), 'cell is', 'cells are')} filled"
    print_line(out, f"  {told}, {blank:,} blank; {count(len(values), 'different value')}.")
    print_paragraph(out, _reasons(proposal), _EVIDENCE)
    if is_lead_open and proposal.chosen and proposal.chosen.goal.section == "lead":
        print_line(out, "A mapping needs one column with Keen's id of each lead; there is none so far.")


def _reasons(proposal: Proposal) -> str:
    parts = [proposal.why.rstrip(".")]
    parts += [part for part in (proposal.chosen.evidence if proposal.chosen else ()) if part not in proposal.why]
    return "; ".join(part for part in parts if part) + "."


def _answer(out: Console, proposal: Proposal, talk: _Talk) -> Answer | _Way:
    """Ask where a column goes, by its candidates or, where somebody wants, by all goals."""
    taken = talk.taken
    rows: list[tuple[str, str, Answer]] = [
        (_label(each.goal), f"{each.confidence:4.0%}  {_told(each, proposal, taken)}", each.goal)
        for each in proposal.candidates[:_CANDIDATES]
    ]
    if proposal.names and not proposal.chosen:
        holder = next((taken[slot] for slot in map(_slot, proposal.names) if slot in taken), None)
        told = f"would take it from {_named(holder)}" if holder else "split: the last word is the last name"
        rows.insert(0, (", ".join(map(_label, proposal.names)), told, proposal.names))
    ways = [(way.value, way) for way in (_Way.OUT, _Way.OTHER, _Way.STOP)]
    free = (goal for _, _, goal in rows if not any(_slot(each) in taken for each in _goals(goal)))
    first = next(free, _Way.OUT)
    while True:
        answer: Answer | _Way = ask("Where does it go?", [*in_columns(rows, out.width), *ways], first)
        if answer is not _Way.OTHER:
            return answer
        answer = ask(f"Where does {_named(proposal.column)} go?", _everywhere(out, talk))
        if answer is not _Way.BACK:
            return answer


def _everywhere(out: Console, talk: _Talk) -> Choices:
    """Give all goals, those behind that another column has."""
    rows = [(_label(goal), _meaning(goal), goal) for goal in talk.options if _slot(goal) not in talk.taken]
    held = [(goal, talk.taken[_slot(goal)]) for goal in talk.options if _slot(goal) in talk.taken]
    rows += [(_label(goal), f"would take it from {_named(column)}", goal) for goal, column in held]
    return [*in_columns(rows, out.width), (_Way.BACK.value, _Way.BACK)]


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


def _label(goal: Goal) -> str:
    return visible(str(goal))


def _named(column: Column) -> str:
    return f"column {column.letter} {quote(column.header)}"


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
