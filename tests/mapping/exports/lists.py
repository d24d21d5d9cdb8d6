"""Lists that people keep by hand, with a column for Keen's lead or without, and some with a channel's properties."""

from mapping.exports.kit import definitions, export

EXPORTS = (
    export(
        "list-kundeliste-da",
        """
Kundenr. | serial:10020
Keen Lead ID | uuid | lead.id
Fornavn | first | first_name
Efternavn | last | last_name
Virksomhed | company ?95 | company_name
CVR-nr. | register ?80 | business_id
E-mail | email ?92 | email
Telefon | phone ?88 | phone
Mobil | mobile ?50
Adresse | street ?80
Postnr. | zip ?80
By | city ?80
Kilde | source ?70 | source
Sælger | owner | referring_employee
Bemærkninger | note ?50 | notes
Ordrestørrelse | amount ?60 | properties.Ordrestørrelse
Kundegruppe | pick:A;B;C ?90 | properties.Kundegruppe
Kunde siden | date ?70 | properties.Kunde siden
Oprettet | date
Nyhedsbrev | bool:x/ ?60
""",
        channel=definitions(Ordrestørrelse="number", Kundegruppe="select", Kunde_siden="date"),
        rows=160,
    ),
    export(
        "list-leads-da",
        """
Navn | full
Firmanavn | company | company_name
Stilling | title ?60
Mail | email ?95 | email
Tlf. | phone ?90 | phone
CVR | register ?85 | business_id
Ansvarlig | owner | referring_employee
Status | status
Antal ansatte | number:1-300 ?50
Omsætning | revenue ?40
Sidst kontaktet | date ?80
Næste opfølgning | date ?40
Noter | note ?60 | notes
Legacy ID (Keen) | serial:7000 | lead.legacy_id
""",
        workbook=True,
    ),
    export(
        "list-kundenliste-de",
        """
Kd.-Nr. | serial:40100
Anrede | salutation
Vorname | first | first_name
Name | last | last_name
Firma | company ?95 | company_name
Straße | street ?80
PLZ | zip ?80
Ort | city ?80
Tel. | phone ?85 | phone
Handy | mobile ?50
Fax | fax ?15
E-Mail | email ?92 | email
USt-IdNr. | vat ?70 | business_id
Ansprechpartner intern | owner | referring_employee
Bemerkungen | note ?50 | notes
Umsatz 2025 | amount ?70
Kunde seit | date ?70
Geburtstag | birthday ?20
Keen-ID | uuid | lead.id
""",
        rows=200,
    ),
    export(
        "list-interessenten-de",
        """
Nachname | last | last_name
Vorname | first | first_name
Unternehmen | company | company_name
Abteilung | department ?40
E-Mail-Adresse | email ?95 | email
E-Mail gültig | bool:ja/nein
Telefonnummer | phone ?85 | phone
Leadquelle | source ?85 | source
Kampagne | pick:Frühjahr 2026;Herbst 2025 ?50
Zuständiger Mitarbeiter | owner | referring_employee
Handelsregisternummer | register ?70 | business_id
Auftragswert | amount ?50 | properties.Auftragswert
Vertragsbeginn | date ?50 | properties.Vertragsbeginn
Branche | industry ?80 | properties.Branche
Newsletter | bool | properties.Newsletter
Letzter Kontakt | date ?80
Notiz | note ?60 | notes
""",
        channel=definitions(Auftragswert="number", Vertragsbeginn="date", Branche="select", Newsletter="boolean"),
        workbook=True,
    ),
    export(
        "list-kundlista-sv",
        """
Kundnr | serial:200
Förnamn | first | first_name
Efternamn | last | last_name
Företag | company ?95 | company_name
Org.nr | register ?80 | business_id
E-post | email ?92 | email
Telefon | phone ?85 | phone
Mobil | mobile ?50
Gatuadress | street ?70
Postnummer | zip ?70
Ort | city ?70
Källa | source ?60 | source
Säljare | owner | referring_employee
Anteckningar | note ?50 | notes
Ordervärde | amount ?50
Skapad | date
Keen Legacy ID | serial:5200 | lead.legacy_id
""",
    ),
    export(
        "list-kundeliste-nb",
        """
Fornavn | first | first_name
Etternavn | last | last_name
Bedrift | company ?95 | company_name
Org.nr. | register ?80 | business_id
E-post | email ?92 | email
Mobil | mobile ?90 | phone
Gateadresse | street ?70
Postnr | zip ?70
Poststed | city ?70
Kilde | source ?60 | source
Selger | owner | referring_employee
Merknader | note ?50 | notes
Omsetning | revenue ?40
Opprettet dato | date
Samtykke e-post | bool
Keen lead-ID | uuid | lead.id
""",
        rows=120,
    ),
    export(
        "list-klantenlijst-nl",
        """
Klantnummer | serial:30010
Voornaam | first | first_name
Achternaam | last | last_name
Bedrijfsnaam | company ?95 | company_name
KvK-nummer | register ?75 | business_id
BTW-nummer | vat ?60
E-mailadres | email ?92 | email
Telefoonnummer | phone ?85 | phone
Mobiel | mobile ?40
Adres | street ?70
Postcode | zip ?70
Plaats | city ?70
Herkomst | source ?60 | source
Accountmanager | owner | referring_employee
Opmerkingen | note ?50 | notes
Omzet | amount ?50
Aantal medewerkers | number:1-200 ?40 | properties.Aantal werknemers
Klant sinds | date ?60 | properties.Klant sinds
""",
        channel=definitions(Aantal_werknemers="number", Klant_sinds="date"),
    ),
    export(
        "list-clients-fr",
        """
N° client | serial:700
Civilité | salutation
Prénom | first | first_name
Nom | last | last_name
Société | company ?95 | company_name
SIRET | siret ?80 | business_id
Courriel | email ?92 | email
Téléphone | phone ?85 | phone
Portable | mobile ?50
Adresse | street ?70
Code postal | zip ?70
Ville | city ?70
Origine du contact | source ?60 | source
Commercial | owner | referring_employee
Remarques | note ?50 | notes
Chiffre d'affaires | amount ?40
Date de création | date
ID Keen | uuid | lead.id
""",
        rows=140,
    ),
    export(
        "list-clientes-es",
        """
Nº cliente | serial:1500
Nombre | first | first_name
Apellidos | last | last_name
Empresa | company ?95 | company_name
CIF | register ?80 | business_id
Correo electrónico | email ?92 | email
Teléfono | phone ?85 | phone
Móvil | mobile ?50
Dirección | street ?70
C.P. | zip ?70
Población | city ?70
Provincia | province ?70
Origen | source ?60 | source
Comercial | owner | referring_employee
Observaciones | note ?50 | notes
Facturación anual | revenue ?40
Fecha de alta | date
ID heredado de Keen | serial:9100 | lead.legacy_id
""",
    ),
    export(
        "list-prospects-en",
        """
Keen ID | uuid ?97 | lead.id
Forename | first | first_name
Surname | last | last_name
Organisation | company ?95 | company_name
Company registration number | register ?70 | business_id
VAT number | vat ?50
E-mail | email ?93 | email
Tel | phone ?85 | phone
Mob | mobile ?40
How did you hear about us? | source ?70 | source
Account manager | owner | referring_employee
Comments | note ?50 | notes
Postcode | zip ?70
Town | city ?70
County | province ?40
Contract value | amount ?50 | properties.Contract value
Renewal date | date ?60 | properties.Renewal date
Plan | pick:Basic;Plus;Pro | properties.Plan
GDPR consent | bool | properties.GDPR consent
Next call | date ?40
""",
        channel=definitions(Contract_value="number", Renewal_date="date", Plan="select", GDPR_consent="boolean"),
        rows=150,
    ),
    export(
        "list-crm_dump-en",
        """
id | serial:1 | business_id
first_name | first | first_name
last_name | last | last_name
email_address | email ?95 | email
email_verified | bool:true/false
phone_number | phone ?85 | phone
company | company ?90 | company_name
lead_source | source ?80 | source
assigned_to | owner | referring_employee
created_at | date:time:%Y-%m-%dT%H:%M:%SZ
updated_at | date:time:%Y-%m-%dT%H:%M:%SZ
notes | note ?40 | notes
is_customer | bool:1/0
utm_source | pick:google;newsletter ?50
utm_campaign | pick:spring;autumn ?50
ip_address | same:192.0.2.17 ?60
keen_lead_id | uuid | lead.id
""",
    ),
    export(
        "list-firmaer-da",
        """
Firma | company | company_name
CVR nr. | register ?85 | business_id
Adresse | address ?80
Hjemmeside | website ?50
Omstilling | switchboard ?20
Kontaktperson | full ?95
Titel | title ?60
E-mail (direkte) | email ?85 | email
Telefon | mobile ?60
Telefon | workphone ?40
Kontaktet d. | date ?60
Resultat | status ?60
Kommentar til mødet | note ?40 | notes
Keen lead | uuid ?95 | lead.id
""",
        blank="-",
    ),
    export(
        "list-messeleads-de",
        """
Zeitstempel | date:time
Vor- und Nachname | full
First Name | first | first_name
Last Name | last | last_name
Company | company ?95 | company_name
Ihre E-Mail-Adresse | email ?96 | email
Rückrufnummer | phone ?70 | phone
Wie sind Sie auf uns aufmerksam geworden? | source ?80 | source
Ihre Nachricht an uns | note ?60 | notes
Einwilligung Newsletter | bool
Betreuer | owner ?90 | referring_employee
Punkte | number:0-100
Keen Legacy-Nr. | serial:3300 | lead.legacy_id
""",
        blank="k. A.",
    ),
)
