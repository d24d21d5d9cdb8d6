"""Contacts of classic Outlook with its ninety columns, in its languages, and of the new Outlook and Microsoft 365."""

from mapping.exports.kit import export, localised
from mapping.exports.systems import OUTLOOK

ENGLISH = """Title | First Name | Middle Name | Last Name | Suffix | Company | Department | Job Title | Business Street
| Business Street 2 | Business Street 3 | Business City | Business State | Business Postal Code | Business
Country/Region | Home Street | Home Street 2 | Home Street 3 | Home City | Home State | Home Postal Code | Home
Country/Region | Other Street | Other Street 2 | Other Street 3 | Other City | Other State | Other Postal Code | Other
Country/Region | Assistant's Phone | Business Fax | Business Phone | Business Phone 2 | Callback | Car Phone | Company
Main Phone | Home Fax | Home Phone | Home Phone 2 | ISDN | Mobile Phone | Other Fax | Other Phone | Pager | Primary
Phone | Radio Phone | TTY/TDD Phone | Telex | Account | Anniversary | Assistant's Name | Billing Information | Birthday
| Business Address PO Box | Categories | Children | E-mail Address | E-mail Type | E-mail Display Name | E-mail 2
Address | E-mail 2 Type | E-mail 2 Display Name | E-mail 3 Address | E-mail 3 Type | E-mail 3 Display Name | Gender |
Government ID Number | Hobby | Home Address PO Box | Initials | Internet Free Busy | Location | Manager's Name |
Mileage | Notes | Office Location | Other Address PO Box | Priority | Profession | Sensitivity | Spouse | User 1 | User
2 | User 3 | User 4 | Web Page"""

DANISH = """Titel | Fornavn | Mellemnavn | Efternavn | Suffiks | Firma | Afdeling | Stilling | Gade (arbejde) | Gade 2
(firma) | Gade 3 (firma) | By (arbejde) | Område (arbejde) | Postnummer (arbejde) | Land/område (arbejde) | Gade
(privat) | Gade 2 (privat) | Gade 3 (privat) | By (privat) | Område (privat) | Postnummer (privat) | Land/område
(privat) | Anden gade | Anden gade 2 | Anden gade 3 | Anden by | Andet område | Andet postnummer | Andet land/område |
Assistentens telefon | Fax (arbejde) | Telefon (arbejde) | Telefon 2 (arbejde) | Tilbagekald | Biltelefon | Primær
telefon (firma) | Fax (privat) | Telefon (privat) | Telefon 2 (privat) | ISDN | Mobiltelefon | Anden fax | Anden
telefon | Personsøger | Primær telefon | Radiotelefon | TTY/TDD-telefon | Telex | Konto | Mærkedag | Assistentens navn
| Takstoplysninger | Fødselsdag | Adresse, postboks (arbejde) | Kategorier | Børn | E-mail-adresse | E-mail-type |
E-mail-vist navn | E-mail 2-adresse | E-mail 2-type | E-mail 2-vist navn | E-mail 3-adresse | E-mail 3-type | E-mail
3-vist navn | Køn | CPR-nummer | Hobby | Adresse, postboks (privat) | Initialer | Internet - ledig/optaget | Sted |
Navn på overordnet | Kørte kilometer | Notater | Kontoradresse | Anden adresse, postboks | Prioritet | Erhverv |
Følsomhed | Ægtefælle | Bruger 1 | Bruger 2 | Bruger 3 | Bruger 4 | webside"""

GERMAN = """Anrede | Vorname | Weitere Vornamen | Nachname | Suffix | Firma | Abteilung | Position | Straße
geschäftlich | Straße geschäftlich 2 | Straße geschäftlich 3 | Ort geschäftlich | Region geschäftlich | Postleitzahl
geschäftlich | Land/Region geschäftlich | Straße privat | Straße privat 2 | Straße privat 3 | Ort privat |
Bundesland/Kanton privat | Postleitzahl privat | Land/Region privat | Weitere Straße | Weitere Straße 2 | Weitere
Straße 3 | Weiterer Ort | Weiteres/r Bundesland/Kanton | Weitere Postleitzahl | Weiteres/e Land/Region | Telefon
Assistent | Fax geschäftlich | Telefon geschäftlich | Telefon geschäftlich 2 | Rückmeldung | Autotelefon | Telefon
Firma | Fax privat | Telefon (privat) | Telefon (privat 2) | ISDN | Mobiltelefon | Weiteres Fax | Weiteres Telefon |
Pager | Haupttelefon | Mobiltelefon 2 | Telefon für Hörbehinderte | Telex | Konto | Jahrestag | Name Assistent |
Abrechnungsinformation | Geburtstag | Postfach geschäftlich | Kategorien | Kinder | E-Mail-Adresse | E-Mail-Typ |
E-Mail: Angezeigter Name | E-Mail 2: Adresse | E-Mail 2: Typ | E-Mail 2: Angezeigter Name | E-Mail 3: Adresse | E-Mail
3: Typ | E-Mail 3: Angezeigter Name | Geschlecht | Regierungsnr. | Hobby | Postfach privat | Initialen |
Internet-Frei/Gebucht | Ort | Name des/der Vorgesetzten | Reisekilometer | Notizen | Büro | Weiteres Postfach |
Priorität | Beruf | Vertraulichkeit | Partner | Benutzer 1 | Benutzer 2 | Benutzer 3 | Benutzer 4 | Webseite"""

SWEDISH = """Titel | Förnamn | Mellannamn | Efternamn | Namnsuffix | Företag | Avdelning | Befattning | Gatuadress,
arbete | Gatuadress 2, arbete | Gatuadress 3, arbete | Ort, arbete | Region, arbete | Postadress, arbete | Land, arbete
| Gatuadress, hem | Gatuadress 2, hem | Gatuadress 3, hem | Hemort | Region, hem | Postnr, hem | Land, hem | Annan gata
| Annan gata 2 | Annan gata 3 | Annan ort | Annan region | Annat postnummer | Annat land | Telefon, assistent | Fax
arbete | Arbete | Telefon 2, arbete | Motringning | Biltelefon | Företag, växel | Fax, hem | Hem | Telefon 2, hem |
ISDN | Mobiltelefon | Fax, annan | Telefon, annan | Personsökare | Telefon 1 | Telefon 2 | TTY/TDD-telefon | Telex |
Konto | Årsdag | Namn, assistent | Fakturering | Födelsedag | Arbetsadress, box | Kategorier | Barn | E-postadress |
E-posttyp | E-postnamn | E-postadress 2 | E-posttyp 2 | E-postnamn 2 | E-postadress 3 | E-posttyp 3 | E-postnamn 3 |
Kön | Personnummer | Hobby | Hemadress, box | Initialer | Ledig/upptagen-information för Internet | Plats | Namn, chef
| Reseersättning (km) | Anteckningar | Arbetsplats | Annan adress, box | Prioritet | Yrke | Känslighet | Make maka |
Användare 1 | Användare 2 | Användare 3 | Användare 4 | Webbsida"""

FRENCH = """Titre | Prénom | Deuxième prénom | Nom | Suffixe | Société | Service | Profession | Rue (bureau) | Rue
(bureau) 2 | Rue (bureau) 3 | Ville (bureau) | Dép/Région (bureau) | Code postal (bureau) | Pays/Région (bureau) | Rue
(domicile) | Rue (domicile) 2 | Rue (domicile) 3 | Ville (domicile) | Dép/Région (domicile) | Code postal (domicile) |
Pays/Région (domicile) | Rue (autre) | Rue (autre) 2 | Rue (autre) 3 | Ville (autre) | Dép/Région (autre) | Code postal
(autre) | Pays/Région (autre) | Téléphone de l'assistant(e) | Télécopie (bureau) | Téléphone (bureau) | Téléphone 2
(bureau) | Rappel | Téléphone (voiture) | Téléphone société | Télécopie (domicile) | Téléphone (domicile) | Téléphone 2
(domicile) | RNIS | Tél. mobile | Télécopie (autre) | Téléphone (autre) | Récepteur de radiomessagerie | Téléphone
principal | Radio téléphone | Téléphone TDD/TTY | Télex | Compte | Anniversaire de mariage ou fête | Nom de
l'assistant(e) | Informations facturation | Anniversaire | B.P. professionnelle | Catégories | Enfants | Adresse de
messagerie | Type de messagerie | Nom complet de l'adresse de messagerie | Adresse de messagerie 2 | Type de messagerie
2 | Nom complet de l'adresse de messagerie 2 | Adresse de messagerie 3 | Type de messagerie 3 | Nom complet de
l'adresse de messagerie 3 | Sexe | Code gouvernement | Passe-temps | Boîte postale du domicile | Initiales |
Disponibilité Internet | Emplacement | Responsable | Kilométrage | Notes | Bureau | Autre boîte postale | Priorité |
Activité | Critère de diffusion | Conjoint(e) | Utilisateur 1 | Utilisateur 2 | Utilisateur 3 | Utilisateur 4 | Page
Web"""

NEW = """
First Name | first | first_name
Middle Name | middle ?4
Last Name | last | last_name
Title | salutation ?10
Suffix | empty
Nickname | nickname ?5
Given Yomi | empty
Surname Yomi | empty
E-mail Address | email ?92 | email
E-mail 2 Address | email2 ?12
E-mail 3 Address | empty
Home Phone | home ?10
Home Phone 2 | empty
Business Phone | empty
Business Phone 2 | empty
Mobile Phone | mobile ?80 | phone
Car Phone | empty
Other Phone | empty
Primary Phone | empty
Pager | empty
Business Fax | fax ?4
Home Fax | empty
Other Fax | empty
Company Main Phone | switchboard ?10
Callback | empty
Radio Phone | empty
Telex | empty
TTY/TDD Phone | empty
IMAddress | empty
Job Title | title ?60
Department | department ?20
Company | company ?80 | company_name
Office Location | empty
Manager's Name | employee ?4
Assistant's Name | full ?3
Assistant's Phone | switchboard ?3
Company Yomi | empty
Business Street | street ?50
Business City | city ?50
Business State | empty
Business Postal Code | zip ?50
Business Country/Region | country ?50
Home Street | street ?10
Home City | city ?10
Home Postal Code | zip ?10
Personal Web Page | website ?10
Spouse | first ?2
Schools | empty
Hobby | empty
Location | empty
Web Page | website ?20
Birthday | birthday ?8
Anniversary | empty
Notes | note ?25 | notes
"""

EXPORTS = (
    export("outlook-classic-en", localised(OUTLOOK, ENGLISH), rows=70),
    export("outlook-kontakter-da", localised(OUTLOOK, DANISH), rows=70),
    export("outlook-kontakte-de", localised(OUTLOOK, GERMAN), rows=70),
    export("outlook-kontakter-sv", localised(OUTLOOK, SWEDISH), rows=70),
    export("outlook-contacts-fr", localised(OUTLOOK, FRENCH), rows=70),
    export("outlook-new-en", NEW, rows=80),
)
