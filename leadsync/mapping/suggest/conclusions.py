"""Headers that no list has: what they are about by their words, of which the head decides.

`Nombre de empleados` is no name and `Company Phone` no company: a word that is nothing of Keen's makes the whole
header so (a type, a date, a count, an assistant's name), and of the others the one decides that says most.
"""

from collections.abc import Callable
from typing import TypeAlias

from leadsync.mapping.suggest.grammar import Reading
from leadsync.mapping.suggest.spec import Concept
from leadsync.mapping.suggest.words.model import Part

Scored: TypeAlias = tuple[tuple[Concept, float], ...]
"""Concepts with their scores, the likeliest first."""

_KNOWN = 0.88
"""The most that words can say without a list."""
_UNKNOWN, _OTHERS_UNKNOWN, _MISSPELT = 0.57, 0.8, 0.9
"""What is left of that where a word is not known (less matters beside one that is nothing of Keen's), or nearly so."""
_OTHER: Scored = ((Concept.OTHER, _KNOWN),)
_NONE: Scored = ()


def conclude(reading: Reading) -> Scored:
    """Tell what a header is about by its words, with scores below 0.9; nothing where they do not tell."""
    factor = 1.0
    if reading.unknown:
        factor = _OTHERS_UNKNOWN if reading.has(Part.OTHER) else _UNKNOWN
    if reading.is_misspelt:
        factor *= _MISSPELT
    return tuple((concept, round(score * factor, 3)) for concept, score in _concepts(reading))


def _concepts(reading: Reading) -> Scored:
    if reading.has(Part.KEEN) and (keen := _keen(reading)):
        return keen
    if reading.has(Part.OTHER):
        return _OTHER
    return next(filter(None, (rule(reading) for rule in _RULES)), _NONE)


def _keen(reading: Reading) -> Scored:
    if reading.has(Part.LEGACY, Part.OLD):
        return ((Concept.KEEN_LEGACY_ID, _KNOWN),)
    if reading.has(Part.OTHER, Part.NOTES, Part.SOURCE, Part.OWNER, Part.EMAIL, Part.PHONE, Part.NAME, Part.COMPANY):
        return _NONE
    return ((Concept.KEEN_ID, _KNOWN if reading.has(Part.ID, Part.NUMBER) else 0.7),)


def _email(reading: Reading) -> Scored:
    if not reading.has(Part.EMAIL):
        return _NONE
    if reading.has(Part.OWNER):
        return _OTHER if reading.has(Part.COMPANY) else ((Concept.OWNER, 0.75),)
    if reading.has(Part.NAME, Part.FIRST, Part.LAST, Part.NOTES, Part.SOURCE, Part.PHONE, Part.MOBILE):
        return _OTHER
    if reading.number > 1 or reading.has(Part.ODD, Part.COMPANY, Part.SECOND):
        return ((Concept.OTHER_EMAIL, _KNOWN),)
    return ((Concept.EMAIL, 0.75 if reading.has(Part.ID, Part.NUMBER) else _KNOWN),)


def _phone(reading: Reading) -> Scored:
    if not reading.has(Part.PHONE, Part.MOBILE):
        return _NONE
    if reading.has(Part.OWNER, Part.NAME, Part.FIRST, Part.LAST, Part.NOTES, Part.SOURCE, Part.ADDRESS):
        return _OTHER
    if reading.number > 1 or reading.has(Part.ODD, Part.COMPANY, Part.SECOND):
        return ((Concept.OTHER_PHONE, _KNOWN),)
    if reading.has(Part.MOBILE):
        return ((Concept.MOBILE_PHONE, _KNOWN),)
    if reading.has(Part.HOME):
        return ((Concept.HOME_PHONE, _KNOWN),)
    return ((Concept.WORK_PHONE if reading.has(Part.WORK) else Concept.PHONE, _KNOWN),)


def _somebody_elses(reading: Reading) -> Scored:
    return _OTHER if reading.has(Part.ODD, Part.ADDRESS) else _NONE


def _name_part(reading: Reading) -> Scored:
    if not reading.has(Part.FIRST, Part.LAST):
        return _NONE
    if reading.number > 1 or reading.has(Part.OWNER, Part.SECOND):
        return _OTHER
    if reading.has(Part.FIRST) and reading.has(Part.LAST):
        return ((Concept.FULL_NAME, _KNOWN),)
    return ((Concept.FIRST_NAME if reading.has(Part.FIRST) else Concept.LAST_NAME, _KNOWN),)


def _owner(reading: Reading) -> Scored:
    if not reading.has(Part.OWNER):
        return _NONE
    if reading.has(Part.COMPANY, Part.ID, Part.NUMBER, Part.SECOND, Part.OLD, Part.NOTES):
        return _OTHER
    return ((Concept.OWNER, 0.6 if reading.has(Part.DEAL) else _KNOWN),)


def _source(reading: Reading) -> Scored:
    if not reading.has(Part.SOURCE):
        return _NONE
    if reading.has(Part.COMPANY, Part.ID, Part.NUMBER, Part.SECOND, Part.NOTES, Part.DESCRIPTION):
        return _OTHER
    return ((Concept.SOURCE, 0.6 if reading.has(Part.DEAL) else _KNOWN),)


def _text(reading: Reading) -> Scored:
    if not reading.has(Part.NOTES, Part.DESCRIPTION):
        return _NONE
    if reading.has(Part.ID, Part.NUMBER, Part.COMPANY, Part.DEAL):
        return _OTHER
    return ((Concept.NOTES if reading.has(Part.NOTES) else Concept.DESCRIPTION, _KNOWN),)


def _register(reading: Reading) -> Scored:
    if reading.has(Part.VAT):
        return ((Concept.VAT_NUMBER, _KNOWN),)
    return ((Concept.REGISTER_NUMBER, _KNOWN),) if reading.has(Part.REGISTER) else _NONE


def _number(reading: Reading) -> Scored:
    if not reading.has(Part.ID, Part.NUMBER):
        return _NONE
    if reading.has(Part.LEGACY):
        return ((Concept.KEEN_LEGACY_ID, 0.6), (Concept.RECORD_ID, 0.3))
    if reading.has(Part.OLD):
        return ((Concept.OTHER, 0.6), (Concept.KEEN_LEGACY_ID, 0.35))
    if reading.has(Part.COMPANY):
        number = reading.has(Part.NUMBER) and not reading.has(Part.ID)
        return ((Concept.REGISTER_NUMBER, 0.7), (Concept.OTHER, 0.5)) if number else _OTHER
    if reading.has(Part.DEAL, Part.NAME, Part.SECOND) or reading.unknown:
        return _OTHER
    if reading.has(Part.PERSON):
        return ((Concept.RECORD_ID, _KNOWN),)
    if reading.has(Part.CUSTOMER):
        return ((Concept.RECORD_ID, 0.75),)
    return ((Concept.RECORD_ID, 0.85),) if reading.has(Part.ID) else ((Concept.OTHER, 0.7),)


def _whose_name(reading: Reading) -> Scored:
    """Tell whose name it is: of a name, the nearest word counts: `Company contact name`, `Nom de l'entreprise`."""
    names = [part for part in reading.parts if part in (Part.NAME, Part.COMPANY, Part.PERSON, Part.CUSTOMER, Part.DEAL)]
    if not names or reading.number > 1 or reading.has(Part.SECOND):
        return _OTHER if names else _NONE
    first, last = names[0], names[-1]
    if names == [Part.NAME]:
        return _OTHER if reading.unknown else ((Concept.FULL_NAME, 0.8), (Concept.COMPANY, 0.35))
    whose = names[1] if first is Part.NAME else names[-2] if last is Part.NAME else last
    if whose is Part.COMPANY:
        return ((Concept.COMPANY, _KNOWN),)
    if whose is Part.PERSON:
        return ((Concept.FULL_NAME, _KNOWN if Part.NAME in names else 0.7),)
    if whose is Part.CUSTOMER:
        return ((Concept.COMPANY, 0.6), (Concept.FULL_NAME, 0.55))
    return _OTHER


_RULES: tuple[Callable[[Reading], Scored], ...] = (
    _email,
    _phone,
    _somebody_elses,
    _name_part,
    _owner,
    _source,
    _text,
    _register,
    _number,
    _whose_name,
)
