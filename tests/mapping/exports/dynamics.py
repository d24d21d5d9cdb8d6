"""Exports of Dynamics 365: workbooks with hidden columns in front, and the names of the entity's attributes."""

from mapping.exports.kit import definitions, export, localised
from mapping.exports.systems import DYNAMICS

EXPORTS = (
    export(
        "dynamics-leads-en",
        """
(Do Not Modify) Lead | guid | business_id
(Do Not Modify) Row Checksum | checksum
(Do Not Modify) Modified On | date:time
Name | full
Topic | pick:Interested in online only store;Product SKU JJ202;New store opened this year
First Name | first | first_name
Last Name | last | last_name
Job Title | title ?60
Company Name | company ?90 | company_name
Email | email ?92 | email
Business Phone | workphone ?80 | phone
Mobile Phone | mobile ?50
Lead Source | source ?80 | source
Rating | pick:Hot;Warm;Cold
Status | pick:Open;Qualified;Disqualified
Status Reason | pick:New;Contacted;Lost
Owner | owner | referring_employee
Created On | date:time
Source Campaign | pick:Spring mailing;Trade show 2026 ?20
Industry | industry ?40
Annual Revenue | revenue ?30
No. of Employees | number:1-900 ?30
Street 1 | street ?60
Street 2 | empty
City | city ?60
State/Province | province ?20
ZIP/Postal Code | zip ?60
Country/Region | country ?50
Website | website ?40
Description | note ?30 | notes
Do not allow Emails | bool:Do Not Allow/Allow
Preferred Method of Contact | pick:Any;Email;Phone
""",
        workbook=True,
        rows=130,
    ),
    export(
        "dynamics-contacts-en",
        localised(
            DYNAMICS,
            """(Do Not Modify) Contact | (Do Not Modify) Row Checksum | (Do Not Modify) Modified On | Full Name | First
Name | Last Name | Job Title | Company Name | Email | Business Phone | Mobile Phone | Fax | Address 1: Street 1 |
Address 1: City | Address 1: State/Province | Address 1: ZIP/Postal Code | Address 1: Country/Region | Birthday | Owner
| Status | Status Reason | Created By | Created On | Modified By | Parent Account | Do not allow Emails | Credit Limit
| Description""",
        ),
        workbook=True,
    ),
    export(
        "dynamics-kontakter-da",
        localised(
            DYNAMICS,
            """(Må ikke ændres) Kontakt | (Må ikke ændres) Kontrolsum for række | (Må ikke ændres) Ændret den | Fulde
navn | Fornavn | Efternavn | Stilling | Firmanavn | Mail | Telefon (arbejde) | Mobiltelefon | Fax | Adresse 1: Vej 1 |
Adresse 1: By | Adresse 1: Område | Adresse 1: Postnummer | Adresse 1: Land/område | Fødselsdag | Ejer | Status |
Statusårsag | Oprettet af | Oprettet den | Ændret af | Overordnet firma | Tillad ikke mails | Kreditmaksimum |
Beskrivelse""",
        ),
        workbook=True,
    ),
    export(
        "dynamics-kontakte-de",
        localised(
            DYNAMICS,
            """(Nicht ändern) Kontakt | (Nicht ändern) Zeilenprüfsumme | (Nicht ändern) Geändert am | Vollständiger
Name | Vorname | Nachname | Position | Firmenname | E-Mail | Telefon (geschäftlich) | Mobiltelefon | Fax | Adresse 1:
Straße 1 | Adresse 1: Ort | Adresse 1: Bundesland/Kanton | Adresse 1: Postleitzahl | Adresse 1: Land/Region |
Geburtstag | Besitzer | Status | Statusgrund | Erstellt von | Erstellt am | Geändert von | Übergeordnete Firma | Keine
E-Mails zulassen | Kreditlimit | Beschreibung""",
        ),
    ),
    export(
        "dynamics-kontakter-nb",
        localised(
            DYNAMICS,
            """(Ikke endre) Kontakt | (Ikke endre) Kontrollsum for rad | (Ikke endre) Endret | Fullt navn | Fornavn |
Etternavn | Stilling | Firmanavn | E-post | Telefon, arbeid | Mobiltelefon | Telefaks | Adresse 1: Gate/vei 1 | Adresse
1: Poststed | Adresse 1: Delstat/provins | Adresse 1: Postnummer | Adresse 1: Land/område | Fødselsdato | Eier | Status
| Statusårsak | Opprettet av | Opprettet | Endret av | Overordnet forretningsforbindelse | Ikke tillat e-post |
Kredittgrense | Beskrivelse""",
        ),
        workbook=True,
    ),
    export(
        "dynamics-contactpersonen-nl",
        localised(
            DYNAMICS,
            """(Niet wijzigen) Contactpersoon | (Niet wijzigen) Controlesom van rij | (Niet wijzigen) Gewijzigd op |
Volledige naam | Voornaam | Achternaam | Functie | Bedrijfsnaam | E-mail | Zakelijke telefoon | Mobiele telefoon | Fax
| Adres 1: straat 1 | Adres 1: plaats | Adres 1: provincie | Adres 1: postcode | Adres 1: land/regio | Geboortedatum |
Eigenaar | Status | Reden van status | Gemaakt door | Gemaakt op | Gewijzigd door | Bovenliggend account | Geen e-mails
toestaan | Kredietlimiet | Beschrijving""",
        ),
    ),
    export(
        "dynamics-contactos-es",
        localised(
            DYNAMICS,
            """(No modificar) Contacto | (No modificar) Suma de comprobación de fila | (No modificar) Fecha de
modificación | Nombre completo | Nombre | Apellidos | Puesto | Nombre de la compañía | Correo electrónico | Teléfono
del trabajo | Teléfono móvil | Fax | Dirección 1: calle 1 | Dirección 1: ciudad | Dirección 1: estado o provincia |
Dirección 1: código postal | Dirección 1: país o región | Cumpleaños | Propietario | Estado | Razón para el estado |
Autor | Fecha de creación | Modificado por | Cuenta primaria | No permitir correo electrónico | Límite de crédito |
Descripción""",
        ),
        workbook=True,
    ),
    export(
        "dynamics-names-en",
        """
leadid | guid | business_id
subject | pick:Interested in store;New store opened
fullname | full
firstname | first | first_name
lastname | last | last_name
jobtitle | title ?60
companyname | company ?90 | company_name
emailaddress1 | email ?92 | email
emailaddress2 | email2 ?10
telephone1 | workphone ?80 | phone
telephone2 | home ?5
mobilephone | mobile ?50
fax | fax ?5
leadsourcecode | pick:Web;Partner;Trade Show ?80 | source
leadqualitycode | pick:Hot;Warm;Cold
statecode | pick:Open;Qualified
statuscode | pick:New;Contacted
ownerid | guid
owneridname | owner | referring_employee
createdon | date:time:%Y-%m-%dT%H:%M:%SZ
createdby | guid
modifiedon | date:time:%Y-%m-%dT%H:%M:%SZ
address1_line1 | street ?60
address1_city | city ?60
address1_postalcode | zip ?60
address1_country | country ?50
websiteurl | website ?40
numberofemployees | number:1-900 ?30
revenue | number:1000-900000 ?30
estimatedvalue | amount ?40 | properties.Estimated value
donotemail | bool:true/false
description | note ?30 | notes
new_keenleadid | uuid ?96 | lead.id
""",
        channel=definitions(Estimated_value="number", Contract_signed="boolean"),
    ),
)
