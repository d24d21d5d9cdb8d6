"""Exports of Pipedrive: people, and leads with their person and organisation."""

from mapping.exports.kit import definitions, export, localised
from mapping.exports.systems import PIPEDRIVE

EXPORTS = (
    export(
        "pipedrive-people-en",
        localised(
            PIPEDRIVE,
            """Person - ID | Person - Name | Person - First name | Person - Last name | Person - Organization | Person
- Label | Person - Phone - Work | Person - Phone - Home | Person - Phone - Mobile | Person - Phone - Other | Person -
Email - Work | Person - Email - Home | Person - Email - Other | Person - Owner | Person - Open deals | Person - Won
deals | Person - Lost deals | Person - Closed deals | Person - Next activity date | Person - Last activity date |
Person - Done activities | Person - Email messages count | Person - Person created | Person - Update time | Person -
Visible to""",
        ),
        workbook=True,
    ),
    export(
        "pipedrive-folk-da",
        """
Person - ID | serial:12
Person - Navn | full
Person - Fornavn | first | first_name
Person - Efternavn | last | last_name
Person - Organisation | company ?90 | company_name
Person - Telefon | phone ?85 | phone
Person - E-mail | email ?92 | email
Person - Ejer | owner | referring_employee
Person - CVR-nummer | register ?70 | business_id
Person - Etiket | pick:Varm;Kold ?40
Person - Åbne aftaler | number:0-4
Person - Vundne aftaler | number:0-4
Person - Næste aktivitet | date ?40
Person - Oprettet | date:time
Person - Opdateret | date:time
Person - Kundetype | pick:Guld;Sølv;Bronze ?80 | properties.Kundetype
Person - Keen Lead ID | uuid | lead.id
""",
        channel=definitions(Kundetype="select", Ordrestørrelse="number"),
        workbook=True,
    ),
    export(
        "pipedrive-leads-en",
        """
Lead - ID | uuid | business_id
Lead - Title | company
Lead - Value | amount ?60 | properties.Lead value
Lead - Currency of Value | same:GBP
Lead - Owner | owner | referring_employee
Lead - Creator | employee
Lead - Label | pick:Hot;Warm;Cold ?60
Lead - Source name | pick:Manually created;Web visitors;Import | source
Lead - Created | date:time
Lead - Archive time | date:time ?10
Lead - Expected close date | date:%Y-%m-%d ?40
Person - Name | full
Person - Email | email ?90 | email
Person - Phone | phone ?80 | phone
Organization - Name | company ?95 | company_name
Organization - Address | address ?60
Keen legacy id | serial:8800 | lead.legacy_id
""",
        channel=definitions(Lead_value="number", Segment="select"),
    ),
    export(
        "pipedrive-personen-de",
        localised(
            PIPEDRIVE,
            """Person - ID | Person - Name | Person - Vorname | Person - Nachname | Person - Organisation | Person -
Kennzeichnung | Person - Telefon - Arbeit | Person - Telefon - Privat | Person - Telefon - Mobil | Person - Telefon -
Andere | Person - E-Mail - Arbeit | Person - E-Mail - Privat | Person - E-Mail - Andere | Person - Besitzer | Person -
Offene Deals | Person - Gewonnene Deals | Person - Verlorene Deals | Person - Abgeschlossene Deals | Person - Datum der
nächsten Aktivität | Person - Datum der letzten Aktivität | Person - Erledigte Aktivitäten | Person - Anzahl der
E-Mail-Nachrichten | Person - Person erstellt am | Person - Aktualisiert am | Person - Sichtbar für""",
        ),
    ),
)
