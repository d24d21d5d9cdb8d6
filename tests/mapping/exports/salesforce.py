"""Exports of Salesforce: reports with labels, and Data Loader with the names of the API."""

from mapping.exports.kit import definitions, export

EXPORTS = (
    export(
        "salesforce-leads-en_us",
        """
Lead Owner | owner | referring_employee
First Name | first ?95 | first_name
Last Name | last | last_name
Title | title ?70
Company / Account | company | company_name
Email | email ?90 | email
Phone | phone ?75 | phone
Mobile | mobile ?25
Fax | fax ?4
Street | street ?50
City | city ?60
State/Province | province ?60
Zip/Postal Code | zip ?60
Country | country ?70
Lead Source | source ?85 | source
Lead Status | status
Rating | pick:Hot;Warm;Cold ?60
Industry | industry ?50
Annual Revenue | revenue ?30
No. of Employees | number:2-5000 ?40
Create Date | date
Last Activity | date ?60
Last Modified Date | date
Converted | bool:1/0
Unread By Owner | bool:1/0
Email Opt Out | bool:1/0
Do Not Call | bool:1/0
Salutation | salutation ?60
Owner Role | pick:Western Sales Team;Eastern Sales Team;Director
Created By | employee
Last Modified By | employee
Website | website ?40
Description | note ?30 | notes
Lead ID | sfid:00Q5g00000 | business_id
""",
        rows=140,
    ),
    export(
        "salesforce-lead_api-en",
        """
Id | sfid:00Q5g00000 | business_id
IsDeleted | same:false
MasterRecordId | empty
LastName | last | last_name
FirstName | first ?95 | first_name
Salutation | salutation ?50
Name | full
Title | title ?60
Company | company | company_name
Street | street ?50
City | city ?60
State | province ?20
PostalCode | zip ?60
Country | country ?70
Latitude | empty
Longitude | empty
GeocodeAccuracy | empty
Phone | phone ?80 | phone
MobilePhone | mobile ?40
Fax | fax ?5
Email | email ?92 | email
Website | website ?40
PhotoUrl | same:/services/images/photo/00Q5g00000AbCdEFGH
Description | note ?30 | notes
LeadSource | source ?90 | source
Status | status
Industry | industry ?50
Rating | pick:Hot;Warm;Cold ?50
AnnualRevenue | number:100000-9000000 ?30
NumberOfEmployees | number:2-5000 ?40
OwnerId | owner_id:0055g000
HasOptedOutOfEmail | bool:true/false
IsConverted | bool:true/false
ConvertedDate | date:%Y-%m-%d ?10
ConvertedAccountId | sfid:0015g00000 ?10
ConvertedContactId | sfid:0035g00000 ?10
IsUnreadByOwner | bool:true/false
CreatedDate | date:time:%Y-%m-%dT%H:%M:%S.000Z
CreatedById | owner_id:0055g000
LastModifiedDate | date:time:%Y-%m-%dT%H:%M:%S.000Z
LastModifiedById | owner_id:0055g000
SystemModstamp | date:time:%Y-%m-%dT%H:%M:%S.000Z
LastActivityDate | date:%Y-%m-%d ?60
DoNotCall | bool:true/false
HasOptedOutOfFax | bool:true/false
Jigsaw | empty
EmailBouncedReason | pick:550 5.1.1 user unknown ?3
EmailBouncedDate | date:time:%Y-%m-%dT%H:%M:%S.000Z ?3
Keen_Lead_Id__c | uuid ?95 | lead.id
Deal_Size__c | number:1000-90000 ?50 | properties.Deal size
""",
        channel=definitions(Deal_size="number", Plan="select"),
    ),
    export(
        "salesforce-contacts-de",
        """
Kontaktinhaber | owner | referring_employee
Anrede | salutation ?80
Vorname | first | first_name
Nachname | last | last_name
Titel | title ?60
Accountname | company ?95 | company_name
Telefon | phone ?80 | phone
Mobil | mobile ?40
Fax | fax ?10
E-Mail | email ?93 | email
Postanschrift: Straße | street ?70
Postanschrift: Stadt | city ?70
Postanschrift: Bundesland | province ?30
Postanschrift: Postleitzahl | zip ?70
Postanschrift: Land | country ?70
Leadquelle | source ?80 | source
Abteilung | department ?30
Geburtsdatum | birthday ?10
Letzte Aktivität | date ?70
Erstelldatum | date
Zuletzt geändert am | date
Erstellt von | employee
Zuletzt geändert von | employee
E-Mail-Abmeldung | bool:1/0
Nicht anrufen | bool:1/0
Vorgesetzter | full ?10
Assistent | full ?5
Telefon des Assistenten | switchboard ?5
Beschreibung | note ?30 | notes
Kontakt-ID | sfid:0035g00000 | business_id
Account-ID | sfid:0015g00000
""",
    ),
    export(
        "salesforce-contacts-nl",
        """
Eigenaar van contactpersoon | owner | referring_employee
Aanhef | salutation ?80
Voornaam | first | first_name
Achternaam | last | last_name
Functie | title ?60
Accountnaam | company ?95 | company_name
Telefoon | phone ?80 | phone
Mobiel | mobile ?40
E-mail | email ?93 | email
Postadres - straat | street ?70
Postadres - plaats | city ?70
Postadres - postcode | zip ?70
Leadbron | source ?80 | source
Afdeling | department ?30
Laatste activiteit | date ?70
Aanmaakdatum | date
Laatst gewijzigd door | employee
Afgemeld voor e-mail | bool:1/0
Beschrijving | note ?30 | notes
KvK-nummer | register ?70 | business_id
ID van contactpersoon | sfid:0035g00000
""",
    ),
)
