"""What is asked of a person while a mapping is proposed, and what the answers make of the proposal."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from leadsync.cli.map.screens import Answer, choose_encoding, go_through, preview
from leadsync.cli.map.terminal import confirmed, tell
from leadsync.counting import count
from leadsync.files import printable
from leadsync.mapping.suggest import FIELD_GOALS, LEAD_GOALS, Definition, Goal, Proposal, Suggestion, settle
from leadsync.records import SourceOptions
from leadsync.sync.suggesting import Looked, first_bodies, lines_beyond_ascii, read_otherwise

_PREVIEWED = 3


def in_other_encoding(
    source: str, options: SourceOptions, encodings: Sequence[str], *, is_header_known: bool
) -> Looked | None:
    """Ask in which encoding a source reads right, and give it as it reads there; None where it does in none."""
    readings = read_otherwise(source, options, encodings, is_header_known=is_header_known)
    if not readings:
        return None
    chosen = choose_encoding({encoding: lines_beyond_ascii(looked) for encoding, looked in readings.items()})
    return readings[chosen] if chosen else None


def settled(suggestion: Suggestion, definitions: Sequence[Definition], looked: Looked) -> Suggestion:
    """Ask about what is doubtful, and give the suggestion with the answers."""
    sure = sum(each.is_sure for each in suggestion.proposals)
    tell(
        f"{looked.name}: {sure} of {count(len(suggestion.proposals), 'column')} {'is' if sure == 1 else 'are'} sure. "
        "Where another may be of use, you are asked; Ctrl-C ends it, and nothing is written."
    )
    goals = [*LEAD_GOALS, *FIELD_GOALS, *(Goal("properties", each.name, each) for each in definitions)]
    answers = go_through(suggestion, goals)
    after = settle(suggestion, {place: each for place, each in answers.items() if not isinstance(each, tuple)})
    return replace(after, proposals=[_finished(each, answers) for each in after.proposals])


def _finished(proposal: Proposal, answers: Mapping[int, Answer]) -> Proposal:
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


def agreed(suggestion: Suggestion, looked: Looked, path: Path, text: str, trouble: str, *, is_written: bool) -> bool:
    """Show what the first rows become, and ask whether the mapping is to be written, if it goes to a file."""
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
    if not is_written:
        return True
    return confirmed(f"Write {printable(path)}{' all the same, to complete it by hand' if trouble else ''}?")
