"""Contacts of Google: the columns of today, and those of the years before."""

from mapping.exports.kit import export

OLD = """
Name | full
Given Name | first | first_name
Additional Name | middle ?4
Family Name | last ?97 | last_name
Yomi Name | empty
Given Name Yomi | empty
Additional Name Yomi | empty
Family Name Yomi | empty
Name Prefix | salutation ?10
Name Suffix | empty
Initials | empty
Nickname | nickname ?4
Short Name | empty
Maiden Name | last ?3
Birthday | birthday ?8
Gender | empty
Location | empty
Billing Information | empty
Directory Server | empty
Mileage | empty
Occupation | empty
Hobby | empty
Sensitivity | empty
Priority | empty
Subject | empty
Notes | note ?30 | notes
Language | empty
Photo | empty
Group Membership | pick:* myContacts;* myContacts ::: Customers
E-mail 1 - Type | pick:* Work;* Home;*
E-mail 1 - Value | emails ?92 | email
E-mail 2 - Type | pick:Home;Other ?12
E-mail 2 - Value | email2 ?12
IM 1 - Type | empty
IM 1 - Service | empty
IM 1 - Value | empty
Phone 1 - Type | pick:Mobile;Work;Home ?80
Phone 1 - Value | phone ?80 | phone
Phone 2 - Type | pick:Work;Work Fax ?15
Phone 2 - Value | phone2 ?15
Address 1 - Type | pick:Work;Home ?40
Address 1 - Formatted | address ?40
Address 1 - Street | street ?40
Address 1 - City | city ?40
Address 1 - PO Box | empty
Address 1 - Region | empty
Address 1 - Postal Code | zip ?40
Address 1 - Country | region ?40
Address 1 - Extended Address | empty
Organization 1 - Type | empty
Organization 1 - Name | company ?80 | company_name
Organization 1 - Yomi Name | empty
Organization 1 - Title | title ?40
Organization 1 - Department | department ?10
Organization 1 - Symbol | empty
Organization 1 - Location | empty
Organization 1 - Job Description | empty
Website 1 - Type | pick:Work;Profile ?20
Website 1 - Value | website ?20
"""

NEW = """
First Name | first | first_name
Middle Name | middle ?4
Last Name | last ?97 | last_name
Phonetic First Name | empty
Phonetic Middle Name | empty
Phonetic Last Name | empty
Name Prefix | salutation ?10
Name Suffix | empty
Nickname | nickname ?4
File As | company ?3
Organization Name | company ?80 | company_name
Organization Title | title ?40
Organization Department | department ?10
Birthday | birthday ?8
Notes | note ?30 | notes
Photo | profile:photos
Labels | pick:* myContacts;Customers ::: * myContacts
E-mail 1 - Label | pick:* Work;* ?92
E-mail 1 - Value | emails ?92 | email
E-mail 2 - Label | pick:Home;Other ?12
E-mail 2 - Value | email2 ?12
Phone 1 - Label | pick:Mobile;Work ?80
Phone 1 - Value | phone ?80 | phone
Phone 2 - Label | pick:Home;Work ?15
Phone 2 - Value | phone2 ?15
Phone 3 - Label | pick:Work Fax;Main ?4
Phone 3 - Value | phone2 ?4
Address 1 - Label | pick:Work;Home ?40
Address 1 - Formatted | address ?40
Address 1 - Street | street ?40
Address 1 - City | city ?40
Address 1 - PO Box | empty
Address 1 - Region | empty
Address 1 - Postal Code | zip ?40
Address 1 - Country | region ?40
Address 1 - Extended Address | empty
Website 1 - Label | pick:Work;Profile ?20
Website 1 - Value | website ?20
Event 1 - Label | pick:Anniversary ?4
Event 1 - Value | birthday ?4
Custom Field 1 - Label | pick:Customer no.;Ref ?10
Custom Field 1 - Value | number:1000-9999 ?10
"""

EXPORTS = (
    export("google-old-da", OLD),
    export("google-new-de", NEW),
    export("google-new-en_us", NEW, rows=150),
)
