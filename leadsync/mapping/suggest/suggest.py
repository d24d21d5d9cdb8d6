"""From the columns of a source to a suggestion; and on from there by what a person has chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from leadsync.mapping.schema import FieldsPart
from leadsync.mapping.suggest.claims import claims_of
from leadsync.mapping.suggest.decide import decide
from leadsync.mapping.suggest.headers import read_headers
from leadsync.mapping.suggest.moments import date_order_of
from leadsync.mapping.suggest.regions import region_of
from leadsync.mapping.suggest.shapes import decimal_of, shape_of
from leadsync.mapping.suggest.spec import Candidate, Column, Definition, Form, Goal, Proposal, Suggestion

_NEARLY_ALL = 0.95

LEAD_GOALS = (Goal("lead", "id"), Goal("lead", "legacy_id"))
FIELD_GOALS = tuple(Goal("fields", name) for name in FieldsPart.model_fields)

CHOSEN = ("chosen by a person",)


def suggest(columns: Sequence[Column], definitions: Sequence[Definition] = ()) -> Suggestion:
    """Propose a goal for each column, by its header and its values, with the evidence.

    `definitions` are the property definitions of the channel; without them no column goes to a property.
    """
    headers = read_headers([column.header for column in columns])
    region = region_of(columns, headers.languages)
    shapes = [shape_of(column, region.value if region else "") for column in columns]
    uuids = sum(shape.share(Form.UUID) >= _NEARLY_ALL for shape in shapes)
    claims = [
        claims_of(
            matches,
            shape,
            column.header,
            definitions,
            is_only_uuid=uuids == 1 and shape.share(Form.UUID) >= _NEARLY_ALL,
        )
        for column, matches, shape in zip(columns, headers.matches, shapes, strict=True)
    ]
    return Suggestion(decide(columns, shapes, claims), headers, decimal_of(shapes), date_order_of(shapes), region)


def settle(suggestion: Suggestion, choices: Mapping[int, Goal | None]) -> Suggestion:
    """Give the suggestion with what a person has chosen, by the columns' positions: a goal, or to be left out.

    A goal that is chosen for a column is taken from the column that had it.
    """
    taken = {goal for goal in choices.values() if goal}
    return replace(suggestion, proposals=[_settled(proposal, choices, taken) for proposal in suggestion.proposals])


def _settled(proposal: Proposal, choices: Mapping[int, Goal | None], taken: set[Goal]) -> Proposal:
    position = proposal.column.position
    if position not in choices:
        if proposal.chosen and proposal.chosen.goal in taken:
            return replace(proposal, chosen=None, is_sure=False, why=f"{proposal.chosen.goal} is another column's")
        return proposal
    goal = choices[position]
    if goal is None:
        return replace(proposal, chosen=None, is_sure=False, why="left out by a person")
    known = next((candidate for candidate in proposal.candidates if candidate.goal == goal), None)
    evidence = (*CHOSEN, *known.evidence) if known else CHOSEN
    chosen = Candidate(goal, known.confidence if known else 1.0, evidence)
    return replace(proposal, chosen=chosen, is_sure=True, why="; ".join(filter(None, evidence)))
