"""What a column is for, as far as the search for damage must know: by its roles, and by the words of its header."""

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

from leadsync.damage.words import each
from leadsync.records import fold_header


class Role(StrEnum):
    """What the cells of a column become."""

    LEAD = "lead"
    """They name the row's lead."""
    ID = "id"
    """They are somebody's number or key: of a customer, of a company."""
    PHONE = "phone"
    EMAIL = "email"
    DATE = "date"
    """They are read as dates, by a declared form."""
    NUMBER = "number"
    """They are read as numbers."""
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Watched:
    """A column in which damage is looked for."""

    position: int
    """Its place among the columns of each chunk, from 0."""
    header: str
    roles: frozenset[Role]
    """All that its cells become: one column can be sent in several ways."""


class Holds(StrEnum):
    """What a column is meant to hold."""

    EMAIL = "e-mail addresses"
    PHONE = "phone numbers"
    NAME = "names"
    KEY = "ids"
    DATE = "dates"
    NUMBER = "numbers"


@dataclass(frozen=True, slots=True)
class Column:
    """A watched column, and what is known of it before its cells are seen."""

    position: int
    header: str
    roles: frozenset[Role]
    is_key: bool
    """Its digits are no quantity: an id, a phone number, a postal code."""
    is_key_by_role: bool
    is_fixed_width: bool
    """Its numbers should all have one length."""
    is_date: bool
    is_date_by_role: bool
    is_name: bool
    is_plain: bool
    """It is text, of which nobody knows what it may say."""
    holds: Holds | None
    """What it is meant to hold, where that is sure."""


_KEY_ROLES = frozenset({Role.LEAD, Role.ID, Role.PHONE})

_EMAIL_WORDS = each("email emails mail emailadresse mailadresse epost epostadresse correo courriel emailaddress")
_PHONE_WORDS = each(
    "phone phones telephone tel telf telefon telefone telefoon teléfono telefono téléphone telefonnr telefonnummer "
    "mobile mobil mobilnr mobilnummer mobilephone móvil movil portable cell cellphone handy fax tlf tlfnr gsm "
    "phonenumber phoneno mobilenumber mobiltelefon hovednummer"
)
_NAME_WORDS = each(
    "name names firstname lastname fullname surname forename givenname familyname navn fornavn efternavn etternavn "
    "mellemnavn kontaktnavn vorname nachname familienname förnamn efternamn namn voornaam achternaam naam prénom nom "
    "nombre apellido apellidos nome cognome sobrenome company firma virksomhed companyname firmanavn virksomhedsnavn "
    "unternehmen entreprise bedrijf empresa företag"
)
_NEUTRAL_WORDS = each(
    "address addresses adresse adresa number numbers nr no nummer work private privat home primary main business "
    "direct direkte contact kontakt person first last full given family middle customer kunde kunden client lead "
    "of the de del 1 2 3 company firma arbejde hjem office alternative secondary"
)
_ID_WORDS = each(
    "id ids uid uuid guid no nr num number nummer numero número key reference cvr cvrnr vat moms tva ust ustid org "
    "orgnr siret siren kvk leadid customerid kundeid contactid recordid userid accountid externalid legacyid"
)
_ID_ENDINGS = ("nr", "nummer", "numero", "number")
_FIXED_WORDS = each(
    "zip zipcode postal postcode postnr postnummer postleitzahl plz cap cp cvr cvrnr ean gln gtin cpr cprnr ssn "
    "orgnr organisationsnummer siret siren kvk personnummer sortcode regnr kontonr kontonummer iban ean13"
)
_QUANTITY_WORDS = each(
    "of employees ansatte antal anzahl count amount rate pct percent sum total price pris beløb betrag montant "
    "umsatz revenue omsætning mitarbeiter score type art by"
)
_DATE_WORDS = each(
    "date dates dato datoer datum fecha data datetime birthday birthdate dob born født geboren geburtstag fødselsdag "
    "fødselsdato anniversaire naissance nascimento nacimiento created modified updated createdate closedate duedate "
    "startdate enddate oprettet ændret opdateret erstellt geändert skapad opprettet créé creado criado aangemaakt "
    "timestamp tidspunkt deadline expires expiry udløb udløber since siden"
)
_PERSON_WORDS = frozenset({"by", "af", "von", "av", "par", "por", "door", "user", "owner", "bruger"})
_NO_DATE = re.compile(r".*(?:idat|andat|ndat)[oa]")
"""`candidato` and `mandato` end as the Danish word for a date does."""

_SPLIT = re.compile(r"(?<=[a-zß-ÿ])(?=[A-Z])")
_E_MAIL = re.compile(r"\be[ -](mail|post)")
_WORD = re.compile(r"[^\W_]+")

_HOLDS_BY_ROLE = {
    Role.LEAD: Holds.KEY,
    Role.EMAIL: Holds.EMAIL,
    Role.PHONE: Holds.PHONE,
    Role.DATE: Holds.DATE,
    Role.NUMBER: Holds.NUMBER,
}
_HOLDS_BY_WORD: Mapping[Holds, AbstractSet[str]] = {
    Holds.EMAIL: _EMAIL_WORDS,
    Holds.PHONE: _PHONE_WORDS,
    Holds.NAME: _NAME_WORDS,
}


def column_of(watched: Watched) -> Column:
    """Read a column's roles and the words of its header; where they differ, the roles count."""
    words = _words(watched.header)
    roles = watched.roles
    is_quantity = bool(roles & {Role.NUMBER, Role.DATE}) or not words.isdisjoint(_QUANTITY_WORDS)
    by_role = bool(roles & _KEY_ROLES)
    is_date = Role.DATE in roles or (not roles & {Role.NUMBER, *_KEY_ROLES} and _says_date(words))
    return Column(
        position=watched.position,
        header=watched.header,
        roles=roles,
        is_key=by_role or (not is_quantity and not is_date and _says_key(words)),
        is_key_by_role=by_role,
        is_fixed_width=Role.PHONE in roles or not words.isdisjoint(_FIXED_WORDS | _PHONE_WORDS),
        is_date=is_date,
        is_date_by_role=Role.DATE in roles,
        is_name=not words.isdisjoint(_NAME_WORDS),
        is_plain=roles <= {Role.TEXT},
        holds=_holds(roles, words),
    )


def _words(header: str) -> frozenset[str]:
    folded = fold_header(_SPLIT.sub(" ", header))
    return frozenset(_WORD.findall(_E_MAIL.sub(r"e\1", folded)))


def _says_key(words: frozenset[str]) -> bool:
    if not words.isdisjoint(_ID_WORDS | _FIXED_WORDS | _PHONE_WORDS):
        return True
    return any(word.endswith(_ID_ENDINGS) for word in words)


def _says_date(words: frozenset[str]) -> bool:
    if not words.isdisjoint(_PERSON_WORDS):
        return False
    if not words.isdisjoint(_DATE_WORDS):
        return True
    return any(word.endswith(("dato", "datum")) and not _NO_DATE.fullmatch(word) for word in words)


def _holds(roles: frozenset[Role], words: frozenset[str]) -> Holds | None:
    """Tell what a column is meant to hold: by its one role, else by a header in which no word says otherwise."""
    sure = roles & _HOLDS_BY_ROLE.keys()
    if sure:
        return _HOLDS_BY_ROLE[next(iter(sure))] if len(sure) == 1 else None
    said = [holds for holds, of in _HOLDS_BY_WORD.items() if not words.isdisjoint(of)]
    if Role.ID in roles:
        return None if said else Holds.KEY
    if len(said) == 1 and words <= _HOLDS_BY_WORD[said[0]] | _NEUTRAL_WORDS:
        return said[0]
    return None
