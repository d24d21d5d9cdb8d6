"""What headers say: in eight languages, of the usual systems, misspelt and damaged."""

import pytest

from leadsync.mapping.suggest.headers import read_headers
from leadsync.mapping.suggest.spec import Concept, HeaderMatch

ALONE = {
    Concept.KEEN_ID: """Keen Lead ID; Keen ID; keen_lead_id; Keen_Lead_ID__c; KeenPartner-ID; ID de Keen; Lead-id i
        Keen""",
    Concept.KEEN_LEGACY_ID: """Keen Legacy ID; Legacy ID (Keen); Gammelt Keen-id; Keen-ID (alt); Ancien ID Keen;
        Antiguo ID de Keen; Oud Keen-ID; Keen legacy number""",
    Concept.EMAIL: """E-mail; Email; EMAIL_ADDRESS; emailAddress; E-Mail-Adresse; E-postadress; Correo electrónico;
        Adresse de messagerie; E-mailadres; Mejl; Courriel; Person - Email - Work; Privat e-mail; Kontaktens
        e-mailadresse; Contact: Email; Email*; E-mail:""",
    Concept.OTHER_EMAIL: """E-mail 2; Secondary Email; Email 2; E-Mail 2: Adresse; Company email; Otro correo;
        Faktura-e-mail""",
    Concept.FIRST_NAME: """First Name; first_name; FirstName; Given Name; Fornavn; Vorname; Förnamn; Voornaam;
        Prénom; Nombre de pila; Contact: First Name; Person - First name; Kontaktpersonens fornavn""",
    Concept.LAST_NAME: """Last Name; LastName; Family Name; Surname; Efternavn; Nachname; Efternamn; Etternavn;
        Achternaam; Nom de famille; Apellidos; Nachname des Ansprechpartners""",
    Concept.FULL_NAME: """Full Name; Person - Name; Contact Name; Vor- und Nachname; For- og efternavn; Nom complet;
        Nombre y apellidos; Volledige naam; Fullständigt namn; Ansprechpartner; Kontaktperson; Nom de
        l'interlocuteur""",
    Concept.PHONE: """Phone; Phone Number; Telefon; Tlf.; Téléphone; Teléfono; Telefoonnummer; Numéro de téléphone;
        Tel.-Nr.; phone_no; Phone 1 - Value; Primary Phone""",
    Concept.WORK_PHONE: """Business Phone; Work Phone; Telefon (arbejde); Telefon geschäftlich; Telefon, arbete;
        Telefon, arb.; Telefoon op werk; Téléphone (bureau); Teléfono del trabajo; Direct line""",
    Concept.MOBILE_PHONE: """Mobile; MobilePhone; Mobiltelefon; Handy; Mobiel; Portable; Móvil; Mobil (arbejde);
        GSM-nummer; Kundens mobil""",
    Concept.HOME_PHONE: """Home Phone; Telefon (privat); Telefon, hem; Telefoon thuis; Téléphone (domicile);
        Teléfono particular""",
    Concept.OTHER_PHONE: """Company Phone; Phone 2 - Value; Other Phone; Assistant's Phone; Biltelefon; Telefon
        Firma; Numéro de téléphone de l'entreprise; Hoofdtelefoon bedrijf; Mobiltelefon 2""",
    Concept.COMPANY: """Company; Company Name; Account Name; Organization - Name; Organization 1 - Name; Virksomhed;
        Firma; Virksomhedens navn; Unternehmen; Företag; Bedrift; Bedrijfsnaam; Raison sociale; Nom de l'entreprise;
        Empresa; Associated Company; Name der Organisation""",
    Concept.SOURCE: """Lead Source; LeadSource; Original Source; Kilde; Leadquelle; Herkunft; Källa; Bron van lead;
        Source du prospect; Origen; Lead - Source; Kilde til leadet""",
    Concept.OWNER: """Owner; Contact owner; Lead Owner; Kontaktejer; Besitzer; Ägare; Kontakteier; Eigenaar;
        Propriétaire; Propietario del contacto; Sælger; Referring employee; Zuständiger Mitarbeiter; Person - Owner;
        Owner Email""",
    Concept.NOTES: """Notes; Bemærkninger; Notizen; Anteckningar; Merknad; Opmerkingen; Commentaires; Observaciones;
        Person - Notes""",
    Concept.DESCRIPTION: "Description; Beskrivelse; Beschreibung; Beskrivning; Omschrijving; Descripción",
    Concept.REGISTER_NUMBER: """CVR-nr.; CVR; Organisationsnummer; Org.nr; Handelsregisternummer; KvK-nummer; SIRET;
        CIF; Company registration number; CVR-nummer (DK)""",
    Concept.VAT_NUMBER: "VAT number; Momsnummer; USt-IdNr.; BTW-nummer; N° TVA; NIF-IVA; MVA-nr.",
    Concept.RECORD_ID: """Record ID; Contact ID; (Do Not Modify) Contact; (Må ikke ændres) Kundeemne; Kontakt-ID;
        Datensatz-ID""",
    Concept.OTHER: """Email Opt Out; E-mail Type; Company Owner; Phone Extension; First Name Yomi; Last Contacted;
        Lead Source Details; Nombre de empleados; Firmenadresse; Notes count; EmailDisplayName; E-mail 1 - Type;
        E-mail 1 - Label; Lead Status; Lifecycle Stage; Job Title; Fax; Business Fax; Owner ID; OwnerId; Created By;
        Created Date; Modified by; Number of Employees; NumberOfEmployees; Annual Revenue; Website; LinkedIn URL;
        Birthday; Campaign; Middle Name; Nickname; Parent Account; Company ID; Display Name; Organization - Address;
        Organization - Owner; Account: Billing Street; Antal ansatte; Nombre d'employés; Fecha de creación; Senast
        ändrad av; Tussenvoegsel; Anrede; Civilité; Name Assistent; Weergavenaam voor e-mail; (Do Not Modify) Row
        Checksum; (Nicht ändern) Geändert am; Maiden name; Latest Source; Straße geschäftlich; E-mail og telefon;
        Produktnavn; Faktura-ID; Kontaktdato; Owner Phone; Company description; Source ID""",
}


def first(matches: tuple[HeaderMatch, ...] | list[HeaderMatch]) -> Concept | None:
    """Give what stands at the first place."""
    return matches[0].concept if matches else None


def alone(header: str) -> Concept | None:
    """Read a header without neighbours."""
    return first(list(read_headers([header]).matches[0]))


def in_file(headers: str) -> dict[str, Concept | None]:
    """Read the headers of a file, with `;` between them."""
    names = headers.split(";")
    return dict(zip(names, (first(list(matches)) for matches in read_headers(names).matches), strict=True))


@pytest.mark.parametrize("concept", ALONE)
def test_a_header_is_known_in_all_languages_and_ways_of_writing(concept: Concept) -> None:
    """Whatever has a word of a field in it, but is about something else, is known as that."""
    headers = [" ".join(header.split()) for header in ALONE[concept].split(";")]
    assert {header: alone(header) for header in headers} == dict.fromkeys(headers, concept)


@pytest.mark.parametrize(
    ("header", "concept"),
    [
        ("Fornvan", Concept.FIRST_NAME),
        ("Emial", Concept.EMAIL),
        ("Frist Name", Concept.FIRST_NAME),
        ("Telefonummer", Concept.PHONE),
        ("Virksomhd", Concept.COMPANY),
        ("Kontaktprsons e-mail", Concept.EMAIL),
        ("Nomber de la empresa", Concept.COMPANY),
        ("T?l?phone", Concept.PHONE),
    ],
)
def test_a_misspelt_header_is_found_and_less_sure(header: str, concept: Concept) -> None:
    """One letter too many, too few, wrong or at the wrong place; only one that is written right scores 0.9 and more."""
    matches = read_headers([header]).matches[0]
    assert first(list(matches)) is concept
    assert matches[0].score < 0.9


@pytest.mark.parametrize("header", ["Tln", "Navm", "Tlx", "Kolonne 7", "Column 7", "", "  ", "*", "Xyzzy"])
def test_short_and_unknown_headers_are_not_guessed(header: str) -> None:
    """Four letters with a wrong one may be anything."""
    assert read_headers([header]).matches[0] == ()


@pytest.mark.parametrize(
    "header",
    [
        "TelÃ©fono",
        "TELEFONO",
        "telefono",
        "Teléfono*",
        "Teléfono:",
        "\ufeffTeléfono",
        " Tele\u0301fono ",
        "tel\u00e9fono (*)",
    ],
)
def test_how_a_header_is_damaged_makes_no_difference(header: str) -> None:
    """Wrong encodings, lost accents, marks of required fields, invisible characters."""
    assert alone(header) is Concept.PHONE


@pytest.mark.parametrize("header", ["Koebenhavns kilde", "Saelger", "Sælger", "SÃ¦lger", "Salger"])
def test_letters_that_are_spelled_out_are_read(header: str) -> None:
    """Of those who cannot write æ, ø, å, ä, ö or ü."""
    assert alone(header) in (Concept.OWNER, Concept.SOURCE)


def test_a_name_beside_one_half_is_the_other_half() -> None:
    """`Name` says nothing by itself."""
    assert in_file("Vorname;Name;Firma")["Name"] is Concept.LAST_NAME
    assert in_file("Prénom;Nom;Société")["Nom"] is Concept.LAST_NAME
    assert in_file("Voornaam;Naam;Bedrijf")["Naam"] is Concept.LAST_NAME
    assert in_file("Nombre;Apellidos;Correo")["Nombre"] is Concept.FIRST_NAME
    assert in_file("Navn;Efternavn;Mail")["Navn"] is Concept.FIRST_NAME
    assert in_file("Name;First Name;Last Name")["Name"] is Concept.FULL_NAME
    assert in_file("Navn;Firma;Tlf.")["Navn"] is Concept.FULL_NAME


def test_a_name_beside_a_contact_person_is_the_companys() -> None:
    """Unless the company has a column of its own."""
    assert in_file("Navn;Kontaktperson;Tlf.")["Navn"] is Concept.COMPANY
    assert in_file("Kundenavn;Fornavn;Efternavn")["Kundenavn"] is Concept.COMPANY
    assert in_file("Kundenavn;Firma;Tlf.")["Kundenavn"] is Concept.FULL_NAME


def test_the_reason_is_told_in_plain_words() -> None:
    """Of language, system, words, misspelling and neighbours."""
    whys = {header: read_headers([header]).matches[0][0].why for header in ("Fornavn", "Fornvan", "Kundens mobil")}
    assert whys["Fornavn"] == '"Fornavn" is Danish for first name'
    assert whys["Fornvan"] == '"Fornvan" is nearly "Fornavn", Danish for first name'
    assert whys["Kundens mobil"] == '"Kundens mobil" speaks of mobile telephone'
    assert read_headers(["Vorname", "Name"]).matches[1][0].why == '"Name" beside "Vorname" is the last name'


@pytest.mark.parametrize(
    ("headers", "system", "language"),
    [
        ("Record ID;First Name;Last Name;Email;Contact owner;Lifecycle Stage;Create Date", "HubSpot", "en"),
        ("Datensatz-ID;Vorname;Nachname;E-Mail;Lifecycle-Phase;Zugeordnetes Unternehmen", "HubSpot", "de"),
        ("Id;FirstName;LastName;LeadSource;OwnerId;IsConverted;SystemModstamp", "Salesforce", "en"),
        ("Person - Name;Person - Email - Work;Person - Phone - Mobile;Person - Owner", "Pipedrive", "en"),
        ("Record Id;Lead Owner.id;Lead Owner;Company;Email Opt Out;Modified Time", "Zoho", "en"),
        ("(Må ikke ændres) Kundeemne;(Må ikke ændres) Ændret den;Emne;Fornavn;Ejer", "Dynamics 365", "da"),
        ("Förnamn;Efternamn;Företag, växel;Motringning;Arbete;Hem;E-postnamn", "Outlook", "sv"),
        ("Name;Given Name;Family Name;Group Membership;E-mail 1 - Type;E-mail 1 - Value", "Google Contacts", "en"),
        ("Navn;Firma;Tlf.;E-mail;Bemærkninger", "", "da"),
    ],
)
def test_the_system_and_the_language_of_a_file_are_known(headers: str, system: str, language: str) -> None:
    """By several headers that hardly anybody else writes."""
    read = read_headers(headers.split(";"))
    assert (read.system, next(iter(read.languages))) == (system, language)


def test_a_systems_own_words_are_read_as_it_means_them() -> None:
    """Sweden's Outlook has `Arbete` and `Hem` for telephones; anywhere else they are doubtful."""
    outlook = in_file("Förnamn;Efternamn;Företag, växel;Motringning;Arbete;Hem;E-postnamn")
    assert (outlook["Arbete"], outlook["Hem"]) == (Concept.WORK_PHONE, Concept.HOME_PHONE)
    matches = read_headers(["Förnamn", "Arbete", "Motringning", "E-postnamn"]).matches[1]
    assert (matches[0].score, matches[0].why) == (1.0, "Outlook calls it so")
    assert read_headers(["Arbete"]).matches[0][0].score < 0.7


def test_a_word_of_a_language_that_the_file_does_not_speak_is_doubtful() -> None:
    """`Bron` is Dutch for source, but a Danish file does not speak Dutch."""
    danish = ["Fornavn", "Efternavn", "Virksomhed", "Bemærkninger", "Oprettet", "Bron"]
    assert read_headers(danish).matches[-1][0].score < 0.8
    assert read_headers(["Voornaam", "Achternaam", "Bron"]).matches[-1][0].score == 1.0


@pytest.mark.parametrize(
    "columns",
    [
        "E-mail 1 - Value;E-mail;Work e-mail;Private e-mail",
        "Primary Email;Email;Personal Email",
        "E-mail 2 Address;E-mail 3 Address",
        "Primary Phone;Phone",
        "Other Phone;Company Main Phone;Assistant's Phone",
        "Contact Owner;Owner Email",
        "Contact ID;Customer number",
    ],
)
def test_of_several_columns_the_one_that_is_meant_has_the_smallest_rank(columns: str) -> None:
    """Primary before work before home; somebody else's telephone is the last."""
    found = [matches[0] for matches in read_headers(columns.split(";")).matches]
    assert len({match.concept for match in found}) == 1
    assert [match.rank for match in found] == sorted({match.rank for match in found})


def test_an_id_that_does_not_say_keen_is_the_other_systems() -> None:
    """`Lead ID` may be Keen's, and is more likely the exporting system's."""
    matches = read_headers(["Lead ID"]).matches[0]
    assert [match.concept for match in matches] == [Concept.RECORD_ID, Concept.KEEN_ID]
    assert matches[1].score < 0.5
