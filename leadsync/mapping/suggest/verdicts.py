"""What the values of a column say to what its header says: one rule for each concept."""

from collections.abc import Callable, Mapping
from enum import Enum
from typing import NamedTuple, TypeAlias

from leadsync.mapping.suggest.spec import Concept, Form, Shape


class Verdict(Enum):
    """How values bear on a header; the value is what it leaves of the header's certainty."""

    PROVES = 0.99
    FITS = 0.95
    SILENT = 0.88
    """They could be anything, or there are none."""
    AGAINST = 0.55
    """They would be odd."""
    REFUTES = 0.05


class Opinion(NamedTuple):
    """A verdict, and what it rests on, without lead data."""

    verdict: Verdict
    why: str = ""


Rule: TypeAlias = Callable[[Shape], Opinion]

_NEARLY_ALL, _MOST, _MANY, _SOME, _FEW = 0.95, 0.8, 0.5, 0.2, 0.05
_PLAIN_NAMES = (Form.EMAIL, Form.PHONE, Form.NUMBER, Form.DATE, Form.URL, Form.UUID, Form.CRM_ID, Form.BOOLEAN)

_WORDS = {
    Form.UUID: "UUIDs",
    Form.INTEGER: "whole numbers",
    Form.NUMBER: "numbers",
    Form.EMAIL: "e-mail addresses",
    Form.PHONE: "telephone numbers",
    Form.URL: "web addresses",
    Form.DATE: "dates",
    Form.BOOLEAN: "yes or no",
    Form.REGISTER_NUMBER: "numbers of a register of companies",
    Form.VAT_NUMBER: "VAT numbers",
    Form.CRM_ID: "record ids",
    Form.COMPANY: "names with a company's suffix",
    Form.GIVEN_NAME: "given names",
    Form.FAMILY_NAME: "family names",
    Form.FULL_NAME: "full names",
    Form.POSTCODE: "postcodes",
    Form.COUNTRY: "countries",
    Form.LONG_TEXT: "sentences",
}


def told(shape: Shape, form: Form) -> str:
    """Say which share of the values has a form: `98% of the values are e-mail addresses`."""
    share = shape.share(form)
    percent = "all" if share == 1 else f"{min(99, max(1, round(share * 100)))}% of the"
    return f"{percent} values are {_WORDS[form]}"


def opinion(concept: Concept, shape: Shape) -> Opinion:
    """Tell what the values of a column say to its being about a concept."""
    if not shape.filled:
        return Opinion(Verdict.SILENT, "no row has a value")
    return _RULES[concept](shape)


def strongest(shape: Shape) -> str:
    """Say what the values are, where most of them are of one form; empty where they are not."""
    likely = max(_NAMED, key=shape.share)
    return told(shape, likely) if shape.filled and shape.share(likely) >= _MOST else ""


_NAMED = (
    Form.EMAIL,
    Form.UUID,
    Form.URL,
    Form.CRM_ID,
    Form.DATE,
    Form.FULL_NAME,
    Form.COUNTRY,
    Form.PHONE,
    Form.NUMBER,
)


def _of_form(form: Form, *, at_least: float = _MOST) -> Rule:
    """Make the rule of a concept whose values have one form."""

    def rule(shape: Shape) -> Opinion:
        share = shape.share(form)
        if share >= at_least:
            return Opinion(Verdict.PROVES, told(shape, form))
        if share >= _MANY:
            return Opinion(Verdict.AGAINST, f"only {told(shape, form)}")
        return Opinion(Verdict.REFUTES, strongest(shape) or f"few of the values are {_WORDS[form]}")

    return rule


def _legacy_id(shape: Shape) -> Opinion:
    if shape.share(Form.INTEGER) >= _NEARLY_ALL and not shape.thousands:
        return Opinion(Verdict.PROVES, told(shape, Form.INTEGER))
    return Opinion(Verdict.REFUTES, strongest(shape) or "the values are no whole numbers")


def _foreign(shape: Shape, forms: tuple[Form, ...]) -> Opinion | None:
    """Give the opinion where values have forms that they should not have."""
    worst = max(forms, key=shape.share)
    share = shape.share(worst)
    if share >= _MANY:
        return Opinion(Verdict.REFUTES, told(shape, worst))
    if share >= _SOME:
        return Opinion(Verdict.AGAINST, told(shape, worst))
    return None


def _name(form: Form, other: Form) -> Rule:
    """Make the rule of given names or of family names."""

    def rule(shape: Shape) -> Opinion:
        foreign = _foreign(shape, (*_PLAIN_NAMES, Form.FULL_NAME, Form.LONG_TEXT, Form.COMPANY))
        if foreign:
            return foreign
        ours, theirs = shape.share(form), shape.share(other)
        if theirs >= _SOME and theirs > 2 * ours:
            return Opinion(Verdict.AGAINST, told(shape, other))
        if ours >= _SOME and ours >= theirs:
            return Opinion(Verdict.PROVES if ours >= _MANY else Verdict.FITS, told(shape, form))
        return Opinion(Verdict.SILENT)

    return rule


def _full_name(shape: Shape) -> Opinion:
    foreign = _foreign(shape, _PLAIN_NAMES)
    if foreign:
        return foreign
    share = shape.share(Form.FULL_NAME)
    if share >= _SOME:
        return Opinion(Verdict.PROVES if share >= _MANY else Verdict.FITS, told(shape, Form.FULL_NAME))
    return Opinion(Verdict.AGAINST if shape.share(Form.COMPANY) >= _SOME else Verdict.SILENT)


def _phone(shape: Shape) -> Opinion:
    share = shape.share(Form.PHONE)
    if share >= _MOST:
        return Opinion(Verdict.PROVES, told(shape, Form.PHONE))
    if share >= _MANY:
        return Opinion(Verdict.FITS, told(shape, Form.PHONE))
    if share >= _SOME:
        return Opinion(Verdict.AGAINST, f"only {told(shape, Form.PHONE)}")
    return Opinion(Verdict.REFUTES, strongest(shape) or "few of the values are telephone numbers")


def _company(shape: Shape) -> Opinion:
    share = shape.share(Form.COMPANY)
    foreign = _foreign(shape, (*_PLAIN_NAMES, Form.LONG_TEXT, Form.COUNTRY))
    if foreign:
        return foreign
    if share >= _FEW:
        return Opinion(Verdict.PROVES if share >= _SOME else Verdict.FITS, told(shape, Form.COMPANY))
    if shape.share(Form.FULL_NAME) >= _MANY:
        return Opinion(Verdict.AGAINST, told(shape, Form.FULL_NAME))
    return Opinion(Verdict.SILENT)


def _source(shape: Shape) -> Opinion:
    foreign = _foreign(shape, (Form.EMAIL, Form.PHONE, Form.NUMBER, Form.DATE, Form.UUID, Form.CRM_ID, Form.BOOLEAN))
    if foreign:
        return foreign
    if shape.words:
        return Opinion(Verdict.FITS, f"{len(shape.words)} different values")
    return Opinion(Verdict.SILENT)


def _owner(shape: Shape) -> Opinion:
    foreign = _foreign(shape, (Form.PHONE, Form.NUMBER, Form.DATE, Form.UUID, Form.CRM_ID, Form.BOOLEAN, Form.URL))
    if foreign:
        return foreign
    for form in (Form.FULL_NAME, Form.EMAIL, Form.GIVEN_NAME):
        if shape.share(form) >= _MANY:
            return Opinion(Verdict.FITS, told(shape, form))
    return Opinion(Verdict.SILENT)


def _notes(shape: Shape) -> Opinion:
    foreign = _foreign(shape, (Form.EMAIL, Form.PHONE, Form.NUMBER, Form.DATE, Form.UUID, Form.CRM_ID, Form.BOOLEAN))
    if foreign:
        return foreign
    if shape.share(Form.LONG_TEXT) >= _SOME:
        return Opinion(Verdict.FITS, told(shape, Form.LONG_TEXT))
    return Opinion(Verdict.SILENT)


def _register_number(shape: Shape) -> Opinion:
    share = max(shape.share(Form.REGISTER_NUMBER), shape.share(Form.VAT_NUMBER))
    best = max((Form.REGISTER_NUMBER, Form.VAT_NUMBER), key=shape.share)
    if share >= _MOST:
        return Opinion(Verdict.PROVES, told(shape, best))
    foreign = _foreign(
        shape, (Form.EMAIL, Form.DATE, Form.UUID, Form.URL, Form.FULL_NAME, Form.LONG_TEXT, Form.COMPANY)
    )
    if foreign:
        return Opinion(Verdict.REFUTES, foreign.why)
    if share >= _MANY:
        return Opinion(Verdict.FITS, told(shape, best))
    if shape.share(Form.INTEGER) >= _NEARLY_ALL:
        return Opinion(Verdict.SILENT, told(shape, Form.INTEGER))  # not every register has a check digit
    return Opinion(Verdict.AGAINST, f"only {told(shape, best)}" if share else "they fit no register of companies")


def _record_id(shape: Shape) -> Opinion:
    foreign = _foreign(shape, (Form.EMAIL, Form.DATE, Form.URL, Form.FULL_NAME, Form.LONG_TEXT, Form.COMPANY))
    if foreign:
        return foreign
    for form in (Form.CRM_ID, Form.UUID, Form.INTEGER):
        if shape.share(form) >= _MOST and shape.distinct >= _MOST * shape.filled:
            return Opinion(Verdict.FITS, f"{told(shape, form)}, another in each row")
    return (
        Opinion(Verdict.AGAINST, "values repeat") if shape.distinct < _MANY * shape.filled else Opinion(Verdict.SILENT)
    )


def _other(_: Shape) -> Opinion:
    return Opinion(Verdict.FITS)


_RULES: Mapping[Concept, Rule] = {
    Concept.KEEN_ID: _of_form(Form.UUID, at_least=_MOST),
    Concept.KEEN_LEGACY_ID: _legacy_id,
    Concept.EMAIL: _of_form(Form.EMAIL),
    Concept.OTHER_EMAIL: _of_form(Form.EMAIL),
    Concept.FIRST_NAME: _name(Form.GIVEN_NAME, Form.FAMILY_NAME),
    Concept.LAST_NAME: _name(Form.FAMILY_NAME, Form.GIVEN_NAME),
    Concept.FULL_NAME: _full_name,
    Concept.PHONE: _phone,
    Concept.WORK_PHONE: _phone,
    Concept.MOBILE_PHONE: _phone,
    Concept.HOME_PHONE: _phone,
    Concept.OTHER_PHONE: _phone,
    Concept.COMPANY: _company,
    Concept.SOURCE: _source,
    Concept.OWNER: _owner,
    Concept.NOTES: _notes,
    Concept.DESCRIPTION: _notes,
    Concept.REGISTER_NUMBER: _register_number,
    Concept.VAT_NUMBER: _register_number,
    Concept.RECORD_ID: _record_id,
    Concept.OTHER: _other,
}
