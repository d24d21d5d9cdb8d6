"""The third that is held back, exports of CRMs: see `suggest_figures`. Whoever builds the engine does not read this."""

from mapping.exports.kit import definitions, export, localised
from mapping.exports.systems import DYNAMICS, HUBSPOT, PIPEDRIVE, ZOHO

EXPORTS = (
    export(
        "hubspot-view-en",
        """
Contact ID | serial:151 | business_id
First name | first | first_name
Last name | last | last_name
Email | email ?97 | email
Phone number | empty
Mobile phone number | mobile ?70 | phone
Company name | company ?90 | company_name
Contact owner | owner ?90 | referring_employee
Lead status | pick:New;Open;In progress
Original traffic source | pick:Organic Search;Direct Traffic;Offline Sources | source
First conversion | pick:Newsletter form;Contact us ?40
Recent sales email opened date | date:time ?40
Marketing emails delivered | number:0-40
Likelihood to close | share ?40
Preferred channels | pick:Email;Phone ?40
Buying role | pick:Decision maker;Champion ?30
Twitter username | nickname ?6
Message | note ?20
Keen lead id | uuid ?96 | lead.id
""",
    ),
    export(
        "hubspot-contactos-es",
        localised(
            HUBSPOT,
            """ID de registro | Nombre | Apellidos | Correo | Número de teléfono | Número de móvil | Propietario del
contacto | Estado del lead | Etapa del ciclo de vida | Fuente original | Desglose 1 de la fuente original | Fecha de
creación | Fecha de la última modificación | Fecha de última actividad | Nombre de la empresa | Cargo | Dirección |
Ciudad | Estado/región | Código postal | País/región | URL del sitio web | Sector | Número de empleados | Ingresos
anuales | Número de veces contactado | Suscripción cancelada a todos los correos | Puntuación de HubSpot | Fecha de
nacimiento | Estado de contacto de marketing | ID de empresas asociadas""",
        ),
    ),
    export(
        "hubspot-kontakter-nb",
        localised(
            HUBSPOT,
            """Post-ID | Fornavn | Etternavn | E-post | Telefonnummer | Mobilnummer | Kontakteier | Leadstatus |
Livssyklusstadium | Opprinnelig kilde | Opprinnelig kilde, detaljer 1 | Opprettelsesdato | Sist endret | Dato for siste
aktivitet | Firmanavn | Stillingstittel | Gateadresse | By | Delstat/region | Postnummer | Land/region | Nettadresse |
Bransje | Antall ansatte | Årlig omsetning | Antall ganger kontaktet | Avmeldt fra all e-post | HubSpot-poengsum |
Fødselsdato | Status for markedsføringskontakt | ID-er for tilknyttede firmaer""",
        ),
    ),
    export(
        "hubspot-contacten-nl",
        localised(
            HUBSPOT,
            """Record-ID | Voornaam | Achternaam | E-mail | Telefoonnummer | Mobiel telefoonnummer | Eigenaar
contactpersoon | Leadstatus | Levenscyclusfase | Oorspronkelijke bron | Oorspronkelijke bron details 1 | Aanmaakdatum |
Laatste wijzigingsdatum | Datum laatste activiteit | Bedrijfsnaam | Functietitel | Straat | Plaats | Provincie/regio |
Postcode | Land/regio | Website-URL | Branche | Aantal werknemers | Jaaromzet | Aantal keer gecontacteerd | Afgemeld
voor alle e-mails | HubSpot-score | Geboortedatum | Status marketingcontact | ID's van gekoppelde bedrijven""",
        ),
    ),
    export(
        "salesforce-contacts-en_us",
        """
Contact Owner | owner | referring_employee
Salutation | salutation ?60
First Name | first | first_name
Last Name | last | last_name
Title | title ?60
Account Name | company ?95 | company_name
Account Owner | employee ?95
Parent Account | other_company ?10
Mailing Street | street ?60
Mailing City | city ?60
Mailing State/Province | province ?60
Mailing Zip/Postal Code | zip ?60
Mailing Country | country ?60
Phone | phone ?75 | phone
Mobile | mobile ?25
Home Phone | home ?5
Other Phone | empty
Asst. Phone | switchboard ?4
Email | email ?92 | email
Lead Source | source ?80 | source
Birthdate | birthday ?6
Department | department ?40
Reports To | full ?10
Last Activity | date ?70
Created Date | date
Email Opt Out | bool:1/0
Contact Description | note ?30 | notes
Contact ID | sfid:0035g00000 | business_id
Account ID | sfid:0015g00000
""",
    ),
    export(
        "salesforce-contact_api-en",
        """
Id | sfid:0035g00000 | business_id
AccountId | sfid:0015g00000 ?95
Account.Name | company ?95 | company_name
LastName | last | last_name
FirstName | first | first_name
Name | full
MailingStreet | street ?60
MailingCity | city ?60
MailingPostalCode | zip ?60
MailingCountry | country ?60
Phone | phone ?80 | phone
Fax | fax ?5
MobilePhone | mobile ?40
HomePhone | home ?5
OtherPhone | empty
AssistantPhone | empty
ReportsToId | sfid:0035g00000 ?10
Email | email ?92 | email
Title | title ?60
Department | department ?40
AssistantName | empty
LeadSource | source ?80 | source
Birthdate | birthday:%Y-%m-%d ?6
Description | note ?25 | notes
OwnerId | owner_id:0055g000
Owner.Name | owner | referring_employee
CreatedDate | date:time:%Y-%m-%dT%H:%M:%S.000+0000
CreatedById | owner_id:0055g000
LastCURequestDate | empty
EmailBouncedReason | empty
Keen_Legacy_ID__c | serial:310 | lead.legacy_id
Customer_Tier__c | pick:Gold;Silver;Bronze | properties.Customer tier
Contract_End__c | date:%Y-%m-%d ?60 | properties.Contract end
""",
        channel=definitions(Customer_tier="select", Contract_end="date", Seats="number"),
    ),
    export(
        "salesforce-pistes-fr",
        """
Propriétaire de la piste | owner | referring_employee
Prénom | first | first_name
Nom | last | last_name
Fonction | title ?60
Société / Compte | company | company_name
Adresse e-mail | email ?92 | email
Téléphone | phone ?80 | phone
Mobile | mobile ?40
Rue | street ?60
Ville | city ?60
Code postal | zip ?60
Pays | country ?60
Origine de la piste | source ?80 | source
Statut de la piste | status
Évaluation | pick:Chaud;Tiède;Froid ?50
Secteur d'activité | industry ?50
Revenu annuel | revenue ?30
Nombre d'employés | number:2-900 ?30
Date de création | date
Dernière activité | date ?60
Créé par | employee
Ne pas appeler | bool:1/0
Désinscription des e-mails | bool:1/0
Description | note ?30 | notes
ID de la piste | sfid:00Q5g00000 | business_id
""",
    ),
    export(
        "pipedrive-personnes-fr",
        localised(
            PIPEDRIVE,
            """Personne - ID | Personne - Nom | Personne - Prénom | Personne - Nom de famille | Personne - Organisation
| Personne - Étiquette | Personne - Téléphone - Travail | Personne - Téléphone - Domicile | Personne - Téléphone -
Mobile | Personne - Téléphone - Autre | Personne - E-mail - Travail | Personne - E-mail - Domicile | Personne - E-mail
- Autre | Personne - Propriétaire | Personne - Affaires ouvertes | Personne - Affaires gagnées | Personne - Affaires
perdues | Personne - Affaires clôturées | Personne - Date de la prochaine activité | Personne - Date de la dernière
activité | Personne - Activités terminées | Personne - Nombre d'e-mails | Personne - Personne créée | Personne - Heure
de mise à jour | Personne - Visible pour""",
        ),
    ),
    export(
        "pipedrive-people-sv",
        """
Person - ID | serial:700
Person - Namn | full
Person - Förnamn | first | first_name
Person - Efternamn | last | last_name
Person - Organisation | company ?90 | company_name
Organisation - Organisationsnummer | register ?70 | business_id
Person - Telefon | phone ?85 | phone
Person - E-post | email ?92 | email
Person - Ägare | owner | referring_employee
Person - Etikett | pick:Varm;Kall ?40
Person - Öppna affärer | number:0-4
Person - Nästa aktivitet | date ?40
Person - Skapad | date:time
Person - Keen Lead ID | uuid | lead.id
""",
        workbook=True,
    ),
    export(
        "zoho-leads-de",
        localised(
            ZOHO,
            """Datensatz-ID | Lead-Besitzer.id | Lead-Besitzer | Firma | Vorname | Nachname | Position | E-Mail |
Telefon | Mobiltelefon | Fax | Website | Lead-Quelle | Lead-Status | Branche | Anzahl der Mitarbeiter | Jahresumsatz |
Bewertung | Erstellt von | Geändert von | Erstellt um | Geändert um | Straße | Stadt | Bundesland | PLZ | Land |
Beschreibung | Skype-ID | E-Mail-Abmeldung | Anrede | Sekundäre E-Mail | Tag | Uhrzeit der letzten Aktivität""",
        ),
    ),
    export(
        "zoho-prospects-fr",
        localised(
            ZOHO,
            """ID d'enregistrement | Propriétaire de Prospect.id | Propriétaire de Prospect | Entreprise | Prénom | Nom
| Titre | E-mail | Téléphone | Mobile | Fax | Site web | Source du prospect | Statut du prospect | Secteur | Nombre
d'employés | Revenu annuel | Évaluation | Créé par | Modifié par | Heure de création | Heure de modification | Rue |
Ville | État | Code postal | Pays | Description | ID Skype | Refus d'e-mails | Civilité | E-mail secondaire | Balise |
Heure de la dernière activité""",
        ),
    ),
    export(
        "dynamics-kontakter-sv",
        localised(
            DYNAMICS,
            """(Ändra inte) Kontakt | (Ändra inte) Radkontrollsumma | (Ändra inte) Ändrat den | Fullständigt namn |
Förnamn | Efternamn | Befattning | Företagsnamn | E-postadress | Telefon, arbete | Mobiltelefon | Fax | Adress 1:
Gatuadress 1 | Adress 1: Ort | Adress 1: Delstat/provins | Adress 1: Postnummer | Adress 1: Land/region | Födelsedag |
Ägare | Status | Statusorsak | Skapat av | Skapades den | Ändrat av | Överordnat konto | Tillåt inte e-post |
Kreditgräns | Beskrivning""",
        ),
        workbook=True,
    ),
    export(
        "dynamics-contacts-fr",
        localised(
            DYNAMICS,
            """(Ne pas modifier) Contact | (Ne pas modifier) Somme de contrôle de ligne | (Ne pas modifier) Date de
modification | Nom complet | Prénom | Nom | Fonction | Nom de la société | Adresse de messagerie | Téléphone
professionnel | Téléphone mobile | Télécopie | Adresse 1 : rue 1 | Adresse 1 : ville | Adresse 1 : département ou
région | Adresse 1 : code postal | Adresse 1 : pays ou région | Date d'anniversaire | Propriétaire | Statut | Raison du
statut | Auteur | Date de création | Modifié par | Compte parent | Ne pas autoriser les courriers électroniques |
Limite de crédit | Description""",
        ),
        workbook=True,
    ),
    export(
        "dynamics-contact_names-en_us",
        """
contactid | guid | business_id
fullname | full
firstname | first | first_name
lastname | last | last_name
jobtitle | title ?60
parentcustomeridname | company ?90 | company_name
emailaddress1 | email ?92 | email
emailaddress3 | email2 ?4
telephone1 | workphone ?80 | phone
telephone2 | home ?5
mobilephone | mobile ?50
assistantphone | switchboard ?4
address1_city | city ?60
address1_stateorprovince | province ?60
gendercode | pick:Male;Female ?40
familystatuscode | pick:Single;Married ?20
birthdate | birthday:%Y-%m-%d ?6
createdon | date:time:%Y-%m-%dT%H:%M:%SZ
_ownerid_value | guid
donotbulkemail | bool:true/false
creditlimit | amount ?20
description | note ?30 | notes
""",
    ),
)
