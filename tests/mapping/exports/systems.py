"""What the columns of a system are, in the order in which it exports them, whatever language their headers are in.

The first word of each line is only a reminder. Orders and headers are those of the systems' own documentation and of
exports that are public.
"""

HUBSPOT = """
id | serial:80010000001 | business_id
first | first | first_name
last | last ?97 | last_name
email | email ?94 | email
phone | phone ?70 | phone
mobile | mobile ?30
owner | owner ?90 | referring_employee
status | pick:NEW;OPEN;IN_PROGRESS;UNQUALIFIED ?80
stage | pick:lead;customer;opportunity;subscriber
source | pick:ORGANIC_SEARCH;DIRECT_TRAFFIC;OFFLINE;PAID_SEARCH;REFERRALS | source
drill1 | pick:CRM_UI;IMPORT;unknown keywords ?85
created | date:time
modified | date:time
activity | date:time ?60
company | company ?85 | company_name
title | title ?60
street | street ?30
city | city ?60
province | province ?30
zip | zip ?40
country | country ?70
website | website ?40
industry | industry ?40
employees | number:1-400 ?25
revenue | revenue ?20
contacted | number:0-30
optout | bool:true/false ?40
score | number:0-100
birthday | birthday ?10
marketing | pick:Marketing contact;Non-marketing contact
companies | serial:70010000001 ?70
"""

DYNAMICS = """
contact | guid | business_id
checksum | checksum
modified | date:time
full | full
first | first | first_name
last | last | last_name
title | title ?70
company | company ?90 | company_name
email | email ?92 | email
business | workphone ?80 | phone
mobile | mobile ?60
fax | fax ?8
street | street ?70
city | city ?75
province | province ?30
zip | zip ?70
country | country ?60
birthday | birthday ?10
owner | owner | referring_employee
status | pick:Active;Inactive
reason | pick:Active;Inactive
createdby | employee
created | date:time
modifiedby | employee
parent | other_company ?10
noemail | bool:Do Not Allow/Allow
credit | amount ?20
description | note ?25 | notes
"""

PIPEDRIVE = """
id | serial:301 | business_id
name | full
firstname | first | first_name
lastname | last ?96 | last_name
organization | company ?88 | company_name
label | pick:Hot lead;Warm lead;Cold lead;Customer ?50
workphone | workphone ?70 | phone
homephone | home ?10
mobilephone | mobile ?40
otherphone | home ?5
workemail | email ?90 | email
homeemail | email2 ?12
otheremail | email2 ?3
owner | owner | referring_employee
open | number:0-4
won | number:0-6
lost | number:0-3
closed | number:0-9
next | date:iso ?40
last | date ?60
done | number:0-20
emails | number:0-60
created | date:time
updated | date:time
visible | pick:Item owner;All users
"""

ZOHO = """
id | zcrm | business_id
ownerid | same:zcrm_554023000000235011
owner | owner | referring_employee
company | company ?95 | company_name
first | first ?95 | first_name
last | last | last_name
title | title ?60
email | email ?90 | email
phone | phone ?75 | phone
mobile | mobile ?40
fax | fax ?5
website | website ?50
source | source ?80 | source
status | status ?90
industry | industry ?50
employees | number:1-900 ?40
revenue | revenue ?30
rating | pick:Acquired;Active;Market Failed ?30
createdby | employee
modifiedby | employee
created | date:time
modified | date:time
street | street ?60
city | city ?70
province | province ?40
zip | zip ?60
country | country ?70
description | note ?30 | notes
skype | nickname ?10
optout | bool:true/false
salutation | salutation ?50
email2 | email2 ?10
tag | pick:VIP;Trade show;Newsletter ?30
activity | date:time ?70
"""

OUTLOOK = """
Title | salutation ?40
First | first | first_name
Middle | middle ?6
Last | last ?98 | last_name
Suffix | pick:jr.;III ?2
Company | company ?85 | company_name
Department | department ?30
JobTitle | title ?60
BusinessStreet | street ?60
BusinessStreet2 | empty
BusinessStreet3 | empty
BusinessCity | city ?65
BusinessState | province ?20
BusinessPostalCode | zip ?65
BusinessCountry | country ?50
HomeStreet | street ?15
HomeStreet2 | empty
HomeStreet3 | empty
HomeCity | city ?15
HomeState | empty
HomePostalCode | zip ?15
HomeCountry | country ?10
OtherStreet | empty
OtherStreet2 | empty
OtherStreet3 | empty
OtherCity | empty
OtherState | empty
OtherPostalCode | empty
OtherCountry | empty
AssistantsPhone | switchboard ?3
BusinessFax | fax ?20
BusinessPhone | workphone ?70 | phone
BusinessPhone2 | workphone ?6
Callback | empty
CarPhone | empty
CompanyMainPhone | switchboard ?12
HomeFax | empty
HomePhone | home ?20
HomePhone2 | empty
ISDN | empty
MobilePhone | mobile ?60
OtherFax | empty
OtherPhone | empty
Pager | empty
PrimaryPhone | empty
RadioPhone | empty
TTYPhone | empty
Telex | empty
Account | empty
Anniversary | same:0/0/00
AssistantsName | full ?3
BillingInformation | empty
Birthday | birthday ?8
BusinessPOBox | empty
Categories | pick:VIP;Business;Personal ?30
Children | empty
Email | email ?92 | email
EmailType | same:SMTP ?92
EmailDisplayName | display ?92
Email2 | email2 ?15
Email2Type | same:SMTP ?15
Email2DisplayName | display ?15
Email3 | email2 ?3
Email3Type | same:SMTP ?3
Email3DisplayName | display ?3
Gender | same:Unspecified
GovernmentID | empty
Hobby | empty
HomePOBox | empty
Initials | initials ?90
InternetFreeBusy | empty
Location | empty
ManagersName | employee ?4
Mileage | empty
Notes | note ?25 | notes
OfficeLocation | empty
OtherPOBox | empty
Priority | same:Normal
Profession | empty
Sensitivity | same:Normal
Spouse | first ?3
User1 | empty
User2 | empty
User3 | empty
User4 | empty
WebPage | website ?25
"""
