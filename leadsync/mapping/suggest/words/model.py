"""The form of the word lists.

Phrases stand in one text with `;` between them, and are compared without case, blanks, punctuation and accents
(`folding`).
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from leadsync.mapping.suggest.spec import Concept


class Part(StrEnum):
    """What one word within a header may be; the head word and its modifiers together decide (`conclusions`)."""

    EMAIL = "email"
    PHONE = "phone"
    MOBILE = "mobile"
    FIRST = "first"
    LAST = "last"
    NAME = "name"
    COMPANY = "company"
    PERSON = "person"
    """The row's own person: contact, lead, person."""
    CUSTOMER = "customer"
    """A person or a company: nobody can tell."""
    OWNER = "owner"
    SOURCE = "source"
    NOTES = "notes"
    DESCRIPTION = "description"
    ID = "id"
    NUMBER = "number"
    REGISTER = "register"
    VAT = "vat"
    KEEN = "keen"
    LEGACY = "legacy"
    OLD = "old"
    ADDRESS = "address"
    DEAL = "deal"
    WORK = "work"
    HOME = "home"
    MAIN = "main"
    SECOND = "second"
    FULL = "full"
    ODD = "odd"
    """Of somebody else, or a name that is not the real one: assistant's, spouse's, parent, nick, middle, display."""
    OTHER = "other"
    """Whatever has this word is nothing of Keen's."""
    FILLER = "filler"


class Language(NamedTuple):
    """The words of a language."""

    code: str
    name: str
    concepts: Mapping[Concept, str]
    names: str
    """Words that say no more than name: whose and which, the headers beside tell."""
    parts: Mapping[Part, str]
    doubtful: Mapping[str, Mapping[Concept, float]]
    """By phrases: what they may mean, with scores."""
    locked: str
    """What Dynamics 365 writes before the columns that must not be changed."""


class System(NamedTuple):
    """The headers of a system's exports."""

    name: str
    marks: str
    """Headers that hardly anybody else writes, in all languages."""
    concepts: Mapping[Concept, str]
    doubtful: Mapping[str, tuple[Concept, float]] = MappingProxyType({})
    """By phrases: what they may mean here, with a score."""
