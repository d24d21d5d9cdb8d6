"""One proposal as an entry of a mapping: `email: {column: E-mail, transform: trim, check: email}`."""

from collections.abc import Iterator

from leadsync.mapping.keen_types import KeenType, keen_type
from leadsync.mapping.scalars import scalar
from leadsync.mapping.suggest.spec import Form, Goal, Proposal, Shape, Suggestion
from leadsync.mapping.value_types import FALSE_WORDS, TRUE_WORDS

_YES = frozenset(
    {*TRUE_WORDS, "ja", "j", "oui", "o", "si", "sí", "s", "x", "wahr", "sand", "sandt", "vrai", "verdadero"}
)
_NO = frozenset({*FALSE_WORDS, "nej", "nei", "nein", "nee", "non", "falsch", "falsk", "faux", "falso"})

FIRST_OF_NAME = r"{replace: '^(.*\S)\s+\S+$', with: '\1'}"
"""All but the last word; a name of one word is a first name."""
LAST_OF_NAME = r"[trim, {replace: '^\S+$', with: ''}, {replace: '^.*\s(\S+)$', with: '\1'}]"
"""The last word; of a name of one word nothing, which leaves Keen's value alone."""


def entry(proposal: Proposal, goal: Goal, suggestion: Suggestion) -> str:
    """Give the line of a mapping that sends a column to a goal, as its values need it."""
    column = scalar(proposal.column.header)
    if goal.section == "lead":
        return f"lead: {{{goal.name}: {column}}}"
    more = list(_property(proposal.shape, goal, suggestion) if goal.definition else _field(goal, suggestion))
    value = f"{{{', '.join([f'column: {column}', *more])}}}" if more else column
    return f"{scalar(goal.name)}: {value}"


def name_entries(proposal: Proposal) -> tuple[str, str]:
    """Give the two lines that split a full name: the last word is the last name."""
    column = scalar(proposal.column.header)
    first = f"first_name: {{column: {column}, transform: [trim, {FIRST_OF_NAME}]}}"
    return first, f"last_name: {{column: {column}, transform: {LAST_OF_NAME}}}"


def _field(goal: Goal, suggestion: Suggestion) -> Iterator[str]:
    if goal.name == "email":
        yield "transform: trim"
        yield "check: email"
    elif goal.name in ("first_name", "last_name", "company_name"):
        yield "transform: collapse_spaces"
    elif goal.name == "phone" and suggestion.region:
        yield f"phone: {{region: {suggestion.region.value}}}"
    elif goal.name == "business_id":
        yield "transform: trim"


def _property(shape: Shape, goal: Goal, suggestion: Suggestion) -> Iterator[str]:
    kind = keen_type(goal.definition.type) if goal.definition else KeenType.OTHER
    if kind in (KeenType.NUMBER, KeenType.INTEGER):
        yield f"type: {kind}"
        yield from _marks(shape, suggestion)
    elif kind is KeenType.DATE or (shape.share(Form.DATE) == 1 and (shape.date_format or shape.date_order)):
        yield "type: date"
        if shape.date_format and Form.DATE not in shape.typed:
            yield f"format: {scalar(shape.date_format)}"
    elif kind is KeenType.BOOLEAN:
        yield "type: boolean"
        yield from _words(shape)


def _marks(shape: Shape, suggestion: Suggestion) -> Iterator[str]:
    if Form.NUMBER not in shape.typed and shape.thousands in (".", ",", " ", "'"):
        if suggestion.decimal is None:
            yield 'decimal: ","' if shape.thousands == "." else 'decimal: "."'
        yield f'thousands: "{shape.thousands}"'
    if shape.is_percent:
        yield "percent: points"
    if shape.currency:
        yield f"currency: {scalar(shape.currency)}"


def _words(shape: Shape) -> Iterator[str]:
    words = [word.casefold() for word in shape.words]
    if Form.BOOLEAN in shape.typed or all(word in {*TRUE_WORDS, *FALSE_WORDS} for word in words):
        return
    yes, no = [word for word in words if word in _YES], [word for word in words if word in _NO]
    if yes and no:
        yield f'"true": [{", ".join(map(scalar, yes))}]'
        yield f'"false": [{", ".join(map(scalar, no))}]'
