"""Exports of HubSpot: contacts and leads, in the words of the account's language."""

from mapping.exports.kit import definitions, export, localised
from mapping.exports.systems import HUBSPOT

CHANNEL = definitions(Deal_size="number", Tier="select", Customer_since="date", Newsletter="boolean", Industry="text")

EXPORTS = (
    export(
        "hubspot-all-en",
        """
Record ID | serial:51
First Name | first | first_name
Last Name | last ?97 | last_name
Email | email ?95 | email
Phone Number | phone ?70 | phone
Mobile Phone Number | mobile ?30
Fax Number | fax ?4
Contact owner | owner ?90 | referring_employee
HubSpot Team | pick:Sales North;Sales South ?60
Lead Status | pick:NEW;OPEN;IN_PROGRESS;OPEN_DEAL;UNQUALIFIED ?80
Lifecycle Stage | pick:lead;customer;opportunity;subscriber
Original Source | pick:ORGANIC_SEARCH;DIRECT_TRAFFIC;OFFLINE;PAID_SEARCH | source
Original Source Drill-Down 1 | pick:CRM_UI;IMPORT;Unknown keywords (SSL) ?80
Original Source Drill-Down 2 | pick:12345;import.csv ?40
Latest Source | pick:OFFLINE;DIRECT_TRAFFIC;EMAIL_MARKETING ?90
Create Date | date:time
Last Modified Date | date:time
Last Activity Date | date:time ?60
Last Contacted | date:time ?50
Next Activity Date | date:time ?20
Became a Customer Date | date:time ?15
Company Name | company ?85 | company_name
CVR number | register ?60 | business_id
Job Title | title ?60
Street Address | street ?30
City | city ?60
State/Region | province ?30
Postal Code | zip ?40
Country/Region | country ?70
Website URL | website ?40
Industry | industry ?40
Number of Employees | number:1-400 ?25
Annual Revenue | revenue ?20
Number of times contacted | number:0-30
Number of Pageviews | number:0-80
Unsubscribed from all email | bool:true/false ?40
Email Domain | domain ?95
Email hard bounce reason | pick:UNKNOWN_USER;CONTENT ?3
Membership Notes | empty
HubSpot Score | number:0-100
Persona | pick:persona_1;persona_2 ?30
Time Zone | same:europe_slash_copenhagen ?50
Keen Lead ID | uuid ?98 | lead.id
""",
        rows=110,
    ),
    export(
        "hubspot-channel-en",
        """
Record ID - Contact | serial:9001 | business_id
First Name | first | first_name
Last Name | last | last_name
Email | email | email
Phone Number | phone ?80 | phone
Associated Company | company ?90 | company_name
Contact owner | owner_email ?95 | referring_employee
Keen Legacy ID | serial:1200 | lead.legacy_id
Deal size | amount ?60 | properties.Deal size
Customer Tier | pick:Gold;Silver;Bronze ?80 | properties.Tier
Customer since | date ?50 | properties.Customer since
Newsletter | bool:Yes/No | properties.Newsletter
Industry | industry ?70 | properties.Industry
Lead Status | status
Close date | date:time ?30
Days to close | number:2-90 ?30
Recent deal amount currency | same:GBP ?60
""",
        channel=CHANNEL,
    ),
    export(
        "hubspot-contacts-de",
        localised(
            HUBSPOT,
            """Datensatz-ID | Vorname | Nachname | E-Mail | Telefonnummer | Mobiltelefonnummer | Für Kontakt
zuständiger Mitarbeiter | Lead-Status | Lifecycle-Phase | Ursprüngliche Quelle | Ursprüngliche Quelle: Details 1 |
Erstellungsdatum | Datum der letzten Änderung | Datum der letzten Aktivität | Unternehmensname | Jobtitel | Straße |
Stadt | Bundesland/Region | Postleitzahl | Land/Region | Website-URL | Branche | Anzahl der Mitarbeiter | Jahresumsatz
| Anzahl der Kontaktaufnahmen | Von allen E-Mails abgemeldet | HubSpot-Score | Geburtsdatum | Marketingkontakt-Status |
Zugeordnete Unternehmens-IDs""",
        ),
    ),
    export(
        "hubspot-contacts-fr",
        localised(
            HUBSPOT,
            """ID d'enregistrement | Prénom | Nom de famille | E-mail | Numéro de téléphone | Numéro de téléphone
mobile | Propriétaire du contact | Statut du lead | Phase du cycle de vie | Source d'origine | Source d'origine -
Détails 1 | Date de création | Date de dernière modification | Date de dernière activité | Nom de l'entreprise |
Intitulé du poste | Adresse postale | Ville | État/Région | Code postal | Pays/Région | URL du site web | Secteur |
Nombre d'employés | Chiffre d'affaires annuel | Nombre de prises de contact | Désabonné de tous les e-mails | Score
HubSpot | Date de naissance | Statut de contact marketing | ID des entreprises associées""",
        ),
    ),
    export(
        "hubspot-contacts-da",
        localised(
            HUBSPOT,
            """Post-id | Fornavn | Efternavn | E-mail | Telefonnummer | Mobilnummer | Kontaktejer | Leadstatus |
Livscyklusfase | Oprindelig kilde | Oprindelig kilde, detaljer 1 | Oprettelsesdato | Sidst ændret den | Dato for
seneste aktivitet | Firmanavn | Jobtitel | Adresse | By | Stat/region | Postnummer | Land/område | Webadresse | Branche
| Antal medarbejdere | Årlig omsætning | Antal gange kontaktet | Afmeldt alle e-mails | HubSpot-score | Fødselsdato |
Marketingkontaktstatus | Tilknyttede virksomheds-id'er""",
        ),
    ),
    export(
        "hubspot-kontakter-sv",
        localised(
            HUBSPOT,
            """Post-ID | Förnamn | Efternamn | E-post | Telefonnummer | Mobilnummer | Kontaktägare | Leadstatus |
Livscykelstadium | Ursprunglig källa | Ursprunglig källa, detaljer 1 | Skapad den | Senast ändrad | Senaste aktivitet |
Företagsnamn | Befattning | Gatuadress | Stad | Län/region | Postnummer | Land/region | Webbadress | Bransch | Antal
anställda | Årsomsättning | Antal kontakter | Avregistrerad från all e-post | HubSpot-poäng | Födelsedatum | Status som
marknadsföringskontakt | ID för tillhörande företag""",
        ),
    ),
    export(
        "hubspot-names-en_us",
        """
hs_object_id | serial:3051 | business_id
firstname | first | first_name
lastname | last | last_name
email | email ?96 | email
phone | phone ?80 | phone
mobilephone | mobile ?30
hubspot_owner_id | owner_id
hs_lead_status | pick:NEW;OPEN;ATTEMPTED_TO_CONTACT
lifecyclestage | pick:lead;customer;marketingqualifiedlead
hs_analytics_source | pick:ORGANIC_SEARCH;DIRECT_TRAFFIC;OFFLINE | source
createdate | date:time:%Y-%m-%dT%H:%M:%S.000Z
lastmodifieddate | date:time:%Y-%m-%dT%H:%M:%S.000Z
company | company ?90 | company_name
jobtitle | title ?70
city | city ?60
state | province ?60
zip | zip ?60
country | country ?60
numemployees | number:1-900 ?30
annualrevenue | revenue ?20
hs_email_optout | bool:true/false
notes_last_contacted | date:time ?60
num_notes | number:0-40
""",
    ),
)
