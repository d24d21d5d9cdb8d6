"""The words of a suggestion: what columns are about, what their values look like, where they may go, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, TypeAlias

from leadsync.mapping.number_marks import Convention


class Concept(StrEnum):
    """What a column of an export is about."""

    KEEN_ID = "keen_id"
    """The lead's UUID in Keen."""
    KEEN_LEGACY_ID = "keen_legacy_id"
    """The integer id of Keen's earlier system."""
    EMAIL = "email"
    """The person's main e-mail address."""
    OTHER_EMAIL = "other_email"
    """A second one, an assistant's, the company's."""
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    FULL_NAME = "full_name"
    """First and last name of the person in one."""
    PHONE = "phone"
    """The telephone number, without a word about which."""
    WORK_PHONE = "work_phone"
    MOBILE_PHONE = "mobile_phone"
    HOME_PHONE = "home_phone"
    OTHER_PHONE = "other_phone"
    """A second one, an assistant's; a fax number is `other`."""
    COMPANY = "company"
    """The name of the person's company, account or organisation."""
    SOURCE = "source"
    """Where the lead came from."""
    OWNER = "owner"
    """The name of the employee who looks after the lead, or referred it."""
    NOTES = "notes"
    DESCRIPTION = "description"
    """Notes where there is no better column for them."""
    REGISTER_NUMBER = "register_number"
    """The company's number in the register of companies of its country."""
    VAT_NUMBER = "vat_number"
    RECORD_ID = "record_id"
    """The other system's own id of the row's person or lead."""
    OTHER = "other"
    """Known, and nothing of Keen's: addresses, titles, dates, consents, the owner's id, …"""


class Form(StrEnum):
    """What one value looks like; a value may have several forms."""

    UUID = "uuid"
    INTEGER = "integer"
    """Digits alone, perhaps with a sign or thousands marks."""
    NUMBER = "number"
    """Any number, an integer too, with whatever marks."""
    EMAIL = "email"
    PHONE = "phone"
    """What can be a telephone number, and is written like one."""
    URL = "url"
    DATE = "date"
    """A date, with a time of day or without."""
    BOOLEAN = "boolean"
    REGISTER_NUMBER = "register_number"
    """Of a form, and where there is one with a check digit, of some country's register of companies."""
    VAT_NUMBER = "vat_number"
    """A register number with its country's prefix for value-added tax, such as DK28550178."""
    CRM_ID = "crm_id"
    """A record's id as CRMs make them: Salesforce's 15 or 18 characters, zcrm_…, and the like."""
    COMPANY = "company"
    """With a suffix such as ApS, GmbH or Ltd."""
    GIVEN_NAME = "given_name"
    FAMILY_NAME = "family_name"
    FULL_NAME = "full_name"
    """Two to four words like names, a given name among them."""
    POSTCODE = "postcode"
    COUNTRY = "country"
    LONG_TEXT = "long_text"
    """Several words that make a sentence, or several lines."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What the values of one column look like together."""

    rows: int
    filled: int
    distinct: int
    """Different values among those that are filled, trimmed."""
    shares: Mapping[Form, float]
    """The share of the filled cells, from 0 to 1, that has each form; forms that none has are left out."""
    typed: frozenset[Form] = frozenset()
    """NUMBER, DATE or BOOLEAN where the cells are such in the workbook itself, so that their marks need not be told."""
    convention: Convention = Convention.UNKNOWN
    """What the numbers tell of their marks."""
    thousands: str = ""
    """The mark between groups of three digits, where numbers have it."""
    currency: str = ""
    """The mark of a currency that stands beside the numbers, such as kr or €."""
    is_percent: bool = False
    date_format: str = ""
    """The form of the dates as a mapping has it, such as dd-mm-yyyy, where all of them fit one; else empty."""
    date_order: str = ""
    """dmy, mdy or ymd where the dates prove it; else empty."""
    words: Sequence[str] = ()
    """All different values, most frequent first, where they are few (12 at most, each repeated on average)."""

    def share(self, form: Form) -> float:
        """Give the share of the filled cells that has a form."""
        return self.shares.get(form, 0.0)


@dataclass(frozen=True, slots=True)
class HeaderMatch:
    """What a header may say."""

    concept: Concept
    score: float
    """From 0 to 1: 1 where it is written as a known one is, but for case, blanks and punctuation."""
    why: str
    """In plain words, such as `"Fornavn" is Danish for first name` or `HubSpot calls it so`; no lead data."""
    rank: int = 0
    """Of several columns about one concept, the one with the smallest rank is meant: E-mail 1 before E-mail 2."""


@dataclass(frozen=True, slots=True)
class Headers:
    """What all headers of a file say together."""

    matches: Sequence[Sequence[HeaderMatch]]
    """For each header what it may say, the likeliest first; nothing where nobody knows."""
    system: str = ""
    """The system whose export this is, such as HubSpot; empty where nobody can tell."""
    languages: Mapping[str, float] = field(default_factory=dict)
    """By two-letter code: the share of the known headers that are of the language."""


@dataclass(frozen=True, slots=True)
class Definition:
    """A property definition of the channel."""

    id: str
    name: str
    type: str


Section: TypeAlias = Literal["lead", "fields", "properties"]


@dataclass(frozen=True, slots=True)
class Goal:
    """Where a column may go: `lead.id`, `lead.legacy_id`, a standard field, or a property of the channel."""

    section: Section
    name: str
    definition: Definition | None = None

    def __str__(self) -> str:
        return self.name if self.section == "fields" else f"{self.section}.{self.name}"


@dataclass(frozen=True, slots=True)
class Column:
    """A column to be mapped."""

    position: int
    """Its place among the columns that are read, from 0."""
    letter: str
    """The letters that Excel shows above it."""
    header: str
    values: Sequence[str]
    """One text per row, blank ones too."""
    typed: frozenset[int] = frozenset()
    """Rows whose cell is a number, a date or a boolean of a workbook, written canonically."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A goal that a column may have."""

    goal: Goal
    confidence: float
    """From 0 to 1."""
    evidence: Sequence[str]
    """Parts of a sentence, such as `98% of the values are e-mail addresses`; no lead data."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed for one column."""

    column: Column
    shape: Shape
    candidates: Sequence[Candidate]
    """The likeliest first; none where the column is nothing of Keen's."""
    chosen: Candidate | None
    """What stands at the first place: None where the column is best left out."""
    is_sure: bool
    """The proposal may be active in a mapping that nobody has looked at."""
    why: str
    """One line on what speaks for it; or, where nothing is proposed, what the column is."""
    names: tuple[Goal, Goal] | None = None
    """Where a full name is to be split: the goals of its parts."""

    @property
    def is_doubtful(self) -> bool:
        """Tell whether a person should look: there is a likely goal, and it is not sure."""
        return self.chosen is not None and not self.is_sure


@dataclass(frozen=True, slots=True)
class Found:
    """Something that was found out about the source, and why."""

    value: str
    why: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What is proposed for a whole source."""

    proposals: Sequence[Proposal]
    """One for each column, in their order."""
    headers: Headers
    decimal: Found | None = None
    """`.` or `,`."""
    date_order: Found | None = None
    """`dmy`, `mdy` or `ymd`."""
    region: Found | None = None
    """Of phone numbers without a country code: `DK`."""
