"""Property definitions of a channel as goals: likeness of names, and types that values can have."""

import re
from typing import NamedTuple

from rapidfuzz import fuzz

from leadsync.mapping.keen_types import KeenType, keen_type
from leadsync.mapping.suggest.spec import Definition, Form, Shape
from leadsync.mapping.suggest.verdicts import Verdict, told
from leadsync.quoting import NAME, quote
from leadsync.records import fold_header

_NOT_WORDS = re.compile(r"[\W_]+")
_CUSTOM = re.compile(r"__c$", re.IGNORECASE)
"""Salesforce's mark of fields that somebody has added."""
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NEAR = 85.0
_NEARLY_ALL, _MOST, _MANY = 0.95, 0.8, 0.5

_TYPED = {
    KeenType.NUMBER: Form.NUMBER,
    KeenType.INTEGER: Form.NUMBER,
    KeenType.DATE: Form.DATE,
    KeenType.BOOLEAN: Form.BOOLEAN,
}


class Likeness(NamedTuple):
    """How like a property's name a header is."""

    score: float
    is_certain: bool
    """But for case, punctuation and the order of words it is the same."""
    why: str


def property_likeness(
    definition: Definition, header: str, shape: Shape
) -> tuple[Likeness | None, Verdict, tuple[str, ...]]:
    """Tell how like a property a column is: by name, and what its values say to the property's type.

    None where the names are nothing like one another.
    """
    likeness = _name(definition, header)
    if likeness is None:
        return None, Verdict.SILENT, ()
    verdict, why = _type(definition.type.casefold(), shape)
    return likeness, verdict, (why,) if why else ()


def _name(definition: Definition, header: str) -> Likeness | None:
    named = f"the channel has a property {quote(definition.name, NAME)}"
    kind = f" of type {definition.type}" if definition.type else ""
    if fold_header(definition.name) == fold_header(header):
        return Likeness(1.0, is_certain=True, why=f"{named}{kind}")
    wanted, given = _words(definition.name), _words(header)
    if wanted == given:
        return Likeness(0.97, is_certain=True, why=f"{named}{kind}")
    if sorted(wanted) == sorted(given):
        return Likeness(0.92, is_certain=True, why=f"{named}{kind}, in other words")
    ratio = fuzz.token_sort_ratio(" ".join(wanted), " ".join(given))
    if ratio >= _NEAR:
        return Likeness(ratio / 100 * 0.9, is_certain=False, why=f"{named}{kind}, which is much alike")
    if len(given) > 1 and wanted and set(wanted) < set(given):
        return Likeness(0.6, is_certain=False, why=f"{named}{kind}, whose words are all in it")
    return None


def _words(name: str) -> list[str]:
    return [word for word in _NOT_WORDS.split(fold_header(_CAMEL.sub(" ", _CUSTOM.sub("", name)))) if word]


def _type(kind: str, shape: Shape) -> tuple[Verdict, str]:
    if not shape.filled:
        return Verdict.SILENT, "no row has a value"
    form = _TYPED.get(keen_type(kind))
    if form:
        share = shape.share(form)
        verdict = (
            Verdict.PROVES
            if share >= _NEARLY_ALL
            else Verdict.FITS
            if share >= _MOST
            else Verdict.AGAINST
            if share >= _MANY
            else Verdict.REFUTES
        )
        return verdict, told(shape, form) if share else f"none of the values fits the type {kind}"
    if keen_type(kind) in (KeenType.CHOICE, KeenType.CHOICES):
        if shape.words:
            return Verdict.FITS, f"{len(shape.words)} different values"
        return (
            (Verdict.SILENT, "")
            if shape.distinct < shape.filled * _MANY
            else (Verdict.AGAINST, "many different values")
        )
    return Verdict.FITS, ""
