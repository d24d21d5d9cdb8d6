"""Which of several columns about one concept is meant: E-mail 1 before E-mail 2, work before home."""

from leadsync.mapping.suggest.grammar import Reading
from leadsync.mapping.suggest.spec import Concept
from leadsync.mapping.suggest.words.model import Part

_PHONES = frozenset({Concept.PHONE, Concept.WORK_PHONE, Concept.MOBILE_PHONE, Concept.HOME_PHONE, Concept.OTHER_PHONE})
_KEPT = frozenset({Concept.OTHER, Concept.OTHER_EMAIL, Concept.NOTES, Concept.DESCRIPTION})
_BY_WORDS = (
    (Part.MAIN, 0),
    (Part.WORK, 6),
    (Part.HOME, 30),
)
_PLAIN = 5
_OFF = 20
_COMPANYS, _ODD = 40, 50
"""Somebody else's telephone is the last that is taken."""


def numbered(concept: Concept, number: int) -> Concept:
    """Tell what the second or third column of a concept is about: another address, or nothing of Keen's."""
    if number < 2 or concept in _KEPT:  # noqa: PLR2004 - the first is the one that is meant
        return concept
    if concept is Concept.EMAIL:
        return Concept.OTHER_EMAIL
    return Concept.OTHER_PHONE if concept in _PHONES else Concept.OTHER


def rank_of(concept: Concept, reading: Reading) -> int:
    """Give the rank of a column among those about the same concept; the smallest is meant."""
    if concept is Concept.OTHER_PHONE or concept is Concept.OTHER_EMAIL:
        if reading.has(Part.ODD):
            return _ODD
        return _COMPANYS if reading.has(Part.COMPANY) else 10 + reading.number
    if concept is Concept.EMAIL or concept in _PHONES:
        if reading.number == 1:
            return 1
        return next((rank for part, rank in _BY_WORDS if reading.has(part)), _PLAIN)
    if concept is Concept.OWNER and reading.has(Part.EMAIL):
        return _ODD
    if reading.has(Part.DEAL):
        return _OFF
    if concept is Concept.COMPANY:
        return 0 if reading.has(Part.NAME) else 1
    if concept in (Concept.OWNER, Concept.SOURCE, Concept.RECORD_ID):
        return 0 if reading.has(Part.PERSON) else _PLAIN if reading.has(Part.CUSTOMER) else 1
    return 0
