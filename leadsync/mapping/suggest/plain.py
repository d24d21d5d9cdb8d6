"""Why a header is taken for something, in plain words; no lead data."""

from collections.abc import Mapping

from leadsync.mapping.suggest.dictionary import LANGUAGES
from leadsync.mapping.suggest.spec import Concept
from leadsync.quoting import quote

CALLED: Mapping[Concept, str] = {
    Concept.KEEN_ID: "the lead's id in Keen",
    Concept.KEEN_LEGACY_ID: "the lead's id in Keen's earlier system",
    Concept.EMAIL: "e-mail address",
    Concept.OTHER_EMAIL: "another e-mail address",
    Concept.FIRST_NAME: "first name",
    Concept.LAST_NAME: "last name",
    Concept.FULL_NAME: "full name",
    Concept.PHONE: "telephone",
    Concept.WORK_PHONE: "work telephone",
    Concept.MOBILE_PHONE: "mobile telephone",
    Concept.HOME_PHONE: "home telephone",
    Concept.OTHER_PHONE: "another telephone",
    Concept.COMPANY: "company name",
    Concept.SOURCE: "lead source",
    Concept.OWNER: "owner or responsible employee",
    Concept.NOTES: "notes",
    Concept.DESCRIPTION: "description",
    Concept.REGISTER_NUMBER: "company-register number",
    Concept.VAT_NUMBER: "VAT number",
    Concept.RECORD_ID: "the record's id in its system",
    Concept.OTHER: "something that has no field in Keen",
}


def of_language(header: str, concept: Concept, language: str) -> str:
    """Say that a header is a word of a language."""
    if not language:
        return of_words(header, concept)
    return f"{quote(header)} is {LANGUAGES[language].name} for {CALLED[concept]}"


def of_system(system: str) -> str:
    """Say that a system calls it so."""
    return f"{system} calls it so"


def of_words(header: str, concept: Concept) -> str:
    """Say that the words of a header speak of something."""
    return f"{quote(header)} speaks of {CALLED[concept]}"


def nearly(header: str, known: str, concept: Concept, language: str) -> str:
    """Say that a header is nearly one that is known."""
    of = f", {LANGUAGES[language].name}" if language else ""
    return f"{quote(header)} is nearly {quote(known)}{of} for {CALLED[concept]}"
