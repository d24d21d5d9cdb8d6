"""Headers of the exports of Outlook (and Microsoft's other address books) and Google Contacts."""

from leadsync.mapping.suggest.spec import Concept
from leadsync.mapping.suggest.words.model import System

OUTLOOK = System(
    "Outlook",
    """Internet Free Busy; TTY/TDD Phone; Company Main Phone; Assistant's Phone; Business Street; Business Street 2;
        Business Street 3; Business City; Business State; Business Postal Code; Business Country/Region; Home
        Street; Home Street 2; Home Postal Code; Home Country/Region; Other Street; Other Postal Code; Other
        Country/Region; E-mail Type; E-mail Display Name; E-mail 2 Address; E-mail 2 Type; E-mail 2 Display Name;
        E-mail 3 Address; E-mail 3 Type; E-mail 3 Display Name; Directory Server; Government ID Number;
        Organizational ID Number; Business Address PO Box; Home Address PO Box; Given Yomi; Surname Yomi; Company
        Yomi; Office Location; Manager's Name; Radio Phone; Car Phone; IMAddress; Personal Web Page; Billing
        Information; Ledig/optaget via internettet; Takstoplysninger; Kørte kilometer; Primær telefon (firma);
        E-mail-vist navn; E-mail 2-vist navn; E-mail 2-adresse; E-mail-type; TTY/TDD-telefon; Assistentens telefon;
        Personsøger; Adresse, postboks (arbejde); Gade (arbejde); Postnummer (arbejde); Internet-Frei/Gebucht;
        Abrechnungsinformation; Reisekilometer; Telefon für Hörbehinderte; E-Mail: Angezeigter Name; E-Mail 2:
        Adresse; E-Mail 2: Typ; Straße geschäftlich; Postleitzahl geschäftlich; Weitere Vornamen; Name des/der
        Vorgesetzten; Motringning; Reseersättning (km); E-postnamn; E-posttyp; Företag, växel; Gatuadress, arbete;
        Telefon, arbete; Ledig/upptagen-information för Internet; Ledige og opptatte tidspunkt på Internett; Telefon
        for hørselshemmede; Hovedtelefon for firma; Telefaks, arb.; Telefon, arb.; E-posttype; Visningsnavn for
        e-post; Adresse, arb.: Poststed; Internet Beschikbaarheidsinfo; Teksttelefoon; Adreslijstserver;
        Hoofdtelefoon bedrijf; Werkadres, straat; Werkadres, plaats; Telefoon op werk; E-mailtype; Weergavenaam voor
        e-mail; Récepteur de radiomessagerie; Téléphone TDD/TTY; Nom complet de l'adresse de messagerie; Type de
        messagerie; Adresse de messagerie 2; Téléphone (bureau); Télécopie (bureau); Rue (bureau); Téléphone
        société; Informations facturation; Deuxième prénom; Número de centralita de la organización; Devolución de
        llamada; Nombre de pantalla de correo electrónico; Yomi especificada; Calle del trabajo; Tipo de correo
        electrónico 2; Dirección de correo electrónico 2; Número de teletipo""",
    {
        Concept.EMAIL: "E-mail Address; E-mail; Adresse de messagerie",
        Concept.OTHER_EMAIL: "E-mail 2 Address; E-mail 3 Address; E-mail2; E-mail3",
        Concept.PHONE: "Primary Phone",
        Concept.WORK_PHONE: "Business Phone; Arbete; Work",
        Concept.HOME_PHONE: "Home Phone; Hem; Particular; Home",
        Concept.OTHER_PHONE: """Company Main Phone; Assistant's Phone; Car Phone; Other Phone; Radio Phone; TTY/TDD
            Phone; Callback; Business Phone 2; Home Phone 2; Mobile Phone 2; Telefon 2; TTY/TDD-telefon; Telefon für
            Hörbehinderte; Telefon for hørselshemmede; Teksttelefoon; Téléphone TDD/TTY; Número de teletipo;
            Tilbagekald; Rückmeldung; Motringning; Tilbakeringing; Terugbellen; Rappel; Devolución de llamada; Other""",
        Concept.COMPANY: "Company; Organización",
        Concept.OTHER: """Title; Account; Konto; Internet Free Busy; Business Street; Business Street 2; Business
            Street 3; Business City; Business State; Business Postal Code; Business Country/Region; Business
            Country; Home Street; Home Street 2; Home Street 3; Home City; Home State; Home Postal Code; Home
            Country/Region; Home Country; Other Street; Other Street 2; Other Street 3; Other City; Other State;
            Other Postal Code; Other Country/Region; Other Country; E-mail Type; E-mail Display Name; E-mail 2 Type;
            E-mail 2 Display Name; E-mail 3 Type; E-mail 3 Display Name; Directory Server; Government ID Number;
            Organizational ID Number; Business Address PO Box; Home Address PO Box; Other Address PO Box; Business
            Address; Home Address; Other Address; Given Yomi; Surname Yomi; Company Yomi; Yomi especificada;
            Apellido Yomi; Compañía Yomi; Firma Yomi; Vorname Yomi; Nachname Yomi; Förnamn Yomi; Efternamn Yomi;
            Företag Yomi; Société Yomi; Nom Yomi; Prénom Yomi; Office Location; Manager's Name; Assistant's Name;
            IMAddress; IM Address; Personal Web Page; Billing Information; Referred By; Henvist af; Empfohlen von;
            Hänvisad av; Henvist av; Doorverwezen door; Verwezen door; Recommandé par; Référé par; Referido por;
            Recomendado por; Location; Sensitivity; Private; Priority; Mileage; Hobby; Se-nr.; Regierungsnr.;
            Organisationsnr.; Organisations-id; Personnummer; Offentlig ID-nummer; Sofinummer; Organisatie-id; Make
            maka; Responsable; Nom du responsable; Nombre del director; Schools; Categories; Keywords; Work Address;
            Work City; Work State; Work ZIP; Work Country; Home ZIP; Business Website; Category""",
    },
)

GOOGLE = System(
    "Google Contacts",
    """E-mail 1 - …; E-mail 2 - …; Phone 1 - …; Phone 2 - …; Address 1 - …; Organization 1 - …; Website 1 - …; Event
        1 - …; Relation 1 - …; Custom Field 1 - …; IM 1 - …; Given Name Yomi; Family Name Yomi; Additional Name
        Yomi; Additional Name; Group Membership; Phonetic First Name; Phonetic Middle Name; Phonetic Last Name; File
        As; Organization Title; Organization Department; Organization Name""",
    {
        Concept.EMAIL: "E-mail 1 - Value; Email 1 - Value",
        Concept.FIRST_NAME: "Given Name; First Name",
        Concept.LAST_NAME: "Family Name; Last Name",
        Concept.FULL_NAME: "Name",
        Concept.PHONE: "Phone 1 - Value",
        Concept.COMPANY: "Organization 1 - Name; Organization Name",
        Concept.OTHER: """Additional Name; Yomi Name; Given Name Yomi; Family Name Yomi; Additional Name Yomi; Group
            Membership; Phonetic First Name; Phonetic Middle Name; Phonetic Last Name; File As; Organization Title;
            Organization Department; Organization 1 - Title; Organization 1 - Department; Organization 1 - Type;
            Organization 1 - Yomi Name; Organization 1 - Symbol; Organization 1 - Location; Organization 1 - Job
            Description; E-mail 1 - Type; E-mail 1 - Label; E-mail 2 - Type; E-mail 2 - Label; Phone 1 - Type; Phone
            1 - Label; Phone 2 - Type; Phone 2 - Label; Website 1 - Value; Website 1 - Label; Website 1 - Type;
            Relation 1 - Value; Relation 1 - Label; Relation 1 - Type; Event 1 - Value; Event 1 - Label; Event 1 -
            Type; Custom Field 1 - Value; Custom Field 1 - Label; Custom Field 1 - Type; IM 1 - Type; IM 1 -
            Service; IM 1 - Value; Address 1 - Formatted; Address 1 - Label; Subject; Short Name; Maiden Name;
            Photo; Labels; Jot 1 - Value; Calendar Link 1 - Value; Directory Server; Occupation; Billing
            Information; Mileage; Sensitivity; Location; Priority; Hobby; Organization Symbol; Organization Job
            Description""",
    },
)
