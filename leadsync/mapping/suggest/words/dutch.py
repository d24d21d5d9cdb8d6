"""Dutch headers."""

from leadsync.mapping.suggest.spec import Concept
from leadsync.mapping.suggest.words.model import Language, Part

_OTHER = """
Adres; Adres 1; Adres 2; Adresregel 1; Adresregel 2; Straat; Straatnaam; Straat en huisnummer; Huisnummer; Huisnr.;
Toevoeging; Postadres; Bezoekadres; Factuuradres; Afleveradres; Werkadres; Huisadres; Thuisadres; Bedrijfsadres; Ander
adres; Plaats; Woonplaats; Vestigingsplaats; Stad; Gemeente; Postcode; Postcode en plaats; Postbus; Postbusnummer;
Provincie; Regio; Land; Land/regio; Landcode; Taal; Tijdzone; Locatie; Kantoorlocatie; Werkadres, straat; Werkadres,
plaats; Werkadres, postcode; Werkadres, provincie; Land/regio (werk); Land/regio (thuis); Land/regio (anders);
Huisadres, straat; Huisadres, plaats; Huisadres, postcode; Huisadres, provincie; Ander adres, straat; Ander adres,
plaats; Ander adres, postcode; Titel; Titulatuur; Aanhef; Aanspreektitel; Functie; Functietitel; Functienaam; Rol;
Afdeling; Beroep; Achtervoegsel; Tussenvoegsel; Voorvoegsel; Tussenvoegsels; Voorletters; Voorletter; Initialen;
Roepnaam; Tweede voornaam; Middelste naam; Bijnaam; Meisjesnaam; Geboortenaam; Weergavenaam; Weergavenaam voor e-mail;
E-mail, weergegeven naam; E-mail, weergegeven naam 2; E-mail, weergegeven naam 3; Gebruikersnaam; Wachtwoord;
Verjaardag; Geboortedatum; Geboorteplaats; Leeftijd; Geslacht; Speciale datum; Partner; Echtgenoot; Kinderen; Manager;
Naam manager; Leidinggevende; Assistent; Naam assistent; Hobby's; Hobby; Interesses; Burgerlijke staat; BSN;
Sofinummer; Foto; Afbeelding; Fax; Faxnummer; Fax op werk; Fax thuis; Andere fax; Pager; Semafoon; Telex; ISDN;
Terugbellen; Toestelnummer; Toestel; Doorkiesnummer toestel; Teksttelefoon; Website; Webpagina; Webadres; Homepage;
Internet; Domein; Domeinnaam; Link; LinkedIn; Facebook; Twitter; Instagram; Skype; Sociale media; E-mailtype;
E-mailtype 2; E-mailtype 3; E-mailstatus; Nieuwsbrief; Afgemeld; Uitgeschreven; Aangemeld; Ingeschreven; Toestemming;
AVG-toestemming; Opt-out; Opt-in; E-mail opt-out; Niet bellen; Niet mailen; Geen e-mail; E-mail niet toestaan; Mag
benaderd worden; Status; Leadstatus; Lead-status; Klantstatus; Contactstatus; Statusreden; Reden van status;
Marketingcontactstatus; Fase; Levenscyclus; Levenscyclusfase; Lifecyclefase; Lifecycle-fase; Stadium; Verkoopfase;
Beoordeling; Score; Leadscore; Prioriteit; Gevoeligheid; Categorie; Categorieën; Categorien; Label; Labels; Etiket;
Tags; Trefwoorden; Segment; Groep; Groepen; Klantgroep; Lijst; Type; Soort; Contacttype; Klanttype; Soort klant;
Branche; Sector; Bedrijfstak; SBI-code; Medewerkers; Aantal medewerkers; Aantal werknemers; Bedrijfsgrootte;
Bedrijfsomvang; Grootte; Omzet; Jaaromzet; Jaarlijkse omzet; Inkomen; Winst; Budget; Bedrag; Waarde; Prijs; Valuta;
Korting; Kans; Waarschijnlijkheid; Aantal; Nr.; Nummer; Volgnummer; Deal; Verkoopkans; Product; Producten; Factuur;
Factuurnummer; Order; Ordernummer; Bestelling; Contract; Offerte; Project; Zaak; Taak; Activiteit; Afspraak; Bezoek;
Campagne; Broncampagne; Brondetails; Details bron; Laatste bron; Datum; Tijd; Tijdstip; Jaar; Maand; Aangemaakt;
Aangemaakt op; Aangemaakt door; Aanmaakdatum; Gemaakt op; Gemaakt door; Datum aangemaakt; Gewijzigd; Gewijzigd op;
Gewijzigd door; Wijzigingsdatum; Laatst gewijzigd; Laatst gewijzigd door; Bijgewerkt; Laatst bijgewerkt; Laatste
activiteit; Laatste activiteitsdatum; Datum laatste activiteit; Datum van laatste activiteit; Laatste contact; Laatst
gecontacteerd; Laatste bezoek; Volgende activiteit; Volgende stap; Volgend contact; Opvolging; Opvolgdatum; Eerste
contact; Sluitingsdatum; Startdatum; Einddatum; Vervaldatum; Klant sinds; Actief; Inactief; Verwijderd; Geconverteerd;
Reden; Eigenaar-ID; Bedrijfseigenaar; Eigenaar van bedrijf; Directeur; Team; Bedrijfs-ID; Bedrijf-ID; Moederbedrijf;
Moedermaatschappij; Bovenliggend bedrijf; Concern; Account; Rekeningnummer; IBAN; BIC; Bank; Betalingsvoorwaarden;
Kredietlimiet; Bericht; Onderwerp; Antwoord; Gebruiker 1; Gebruiker 2; Gebruiker 3; Gebruiker 4; Factuurinformatie;
Reisafstand; Adreslijstserver; Organisatie-id; Internet Beschikbaarheidsinfo; Referentie; Uw referentie; Onze
referentie; Bijlage; Debiteurnummer; Debiteur; Vestigingsnummer; Filiaal
"""

DUTCH = Language(
    "nl",
    "Dutch",
    {
        Concept.KEEN_ID: """Keen-ID; Keen lead-ID; KeenPartner-ID; Lead-ID in Keen; ID in Keen; Keen-nummer; Keen
            leadnummer""",
        Concept.KEEN_LEGACY_ID: """Oud Keen-ID; Oude Keen-ID; Keen-ID (oud); Vorig Keen-ID; Vroeger Keen-ID; Keen
            legacy-ID; Legacy-ID (Keen); Oud Keen-nummer""",
        Concept.EMAIL: """E-mail; Email; Mail; E-mailadres; Emailadres; Mailadres; E-mail adres; Primair
            e-mailadres; Primaire e-mail; Zakelijke e-mail; Zakelijk e-mailadres; E-mail werk; E-mail (werk); E-mail
            zakelijk; Werk e-mail; Privé e-mail; E-mail privé; E-mail (privé); Privé-e-mailadres; Persoonlijk
            e-mailadres; E-mail contactpersoon; E-mailadres contactpersoon; Contact e-mail; E-mail thuis; Uw e-mail""",
        Concept.OTHER_EMAIL: """E-mailadres 2; E-mailadres 3; E-mail 2; E-mail 3; Tweede e-mailadres; Ander
            e-mailadres; Alternatief e-mailadres; Secundair e-mailadres; Extra e-mailadres; Extra e-mail; Factuur
            e-mail; E-mail facturatie; Bedrijfsmail; Algemeen e-mailadres; E-mail bedrijf""",
        Concept.FIRST_NAME: "Voornaam; Voornamen; Voornaam contactpersoon; Contact voornaam; Voornaam klant",
        Concept.LAST_NAME: """Achternaam; Familienaam; Geslachtsnaam; Achternaam contactpersoon; Achternaam klant;
            Contact achternaam""",
        Concept.FULL_NAME: """Volledige naam; Voor- en achternaam; Voornaam en achternaam; Voornaam achternaam;
            Contactnaam; Naam contactpersoon; Naam contact; Naam van contactpersoon; Persoonsnaam; Naam persoon;
            Hele naam; Naam (volledig); Contactpersoonnaam""",
        Concept.PHONE: """Telefoon; Telefoonnummer; Telefoonnr.; Tel.; Tel; Tel.nr.; Telnr; Telefoon nr.;
            Hoofdtelefoon; Telefoon 1; Primaire telefoon; Primair telefoonnummer; Vaste telefoon; Vast nummer; Vast
            telefoonnummer; Contacttelefoon; Hoofdnummer""",
        Concept.WORK_PHONE: """Telefoon op werk; Telefoon (werk); Telefoon werk; Telefoon zakelijk; Zakelijke
            telefoon; Zakelijk telefoonnummer; Telefoon (zakelijk); Werktelefoon; Tel. werk; Tel. zakelijk;
            Doorkiesnummer; Direct nummer; Direct telefoonnummer; Telefoon kantoor""",
        Concept.MOBILE_PHONE: """Mobiel; Mobiele telefoon; Mobiel nummer; Mobiel telefoonnummer; Mobielnummer; GSM;
            GSM-nummer; Gsm nr; Mobiele nummer; Telefoon (mobiel); Telefoon mobiel; Tel. mobiel; Mobiel werk; Mobiel
            privé; 06-nummer""",
        Concept.HOME_PHONE: """Telefoon thuis; Telefoon (thuis); Privételefoon; Telefoon privé; Telefoon (privé);
            Thuistelefoon; Tel. privé; Privénummer; Tel. thuis""",
        Concept.OTHER_PHONE: """Andere telefoon; Telefoon 2; Telefoon op werk 2; Telefoon thuis 2; Telefoonnummer 2;
            Hoofdtelefoon bedrijf; Bedrijfstelefoon; Telefoon bedrijf; Telefoonnummer bedrijf; Telefoon assistent;
            Autotelefoon; Radiotelefoon; Alternatief telefoonnummer; Secundair telefoonnummer; Tweede
            telefoonnummer; Mobiel 2; Ander telefoonnummer; Centrale; Algemeen telefoonnummer""",
        Concept.COMPANY: """Bedrijf; Bedrijfsnaam; Naam bedrijf; Naam van bedrijf; Firma; Firmanaam; Organisatie;
            Organisatienaam; Onderneming; Ondernemingsnaam; Vennootschap; Werkgever; Accountnaam; Gekoppeld bedrijf;
            Geassocieerd bedrijf; Naam organisatie; Handelsnaam; Zaak naam; Klantbedrijf; Statutaire naam;
            Bedrijf/organisatie""",
        Concept.SOURCE: """Bron; Leadbron; Lead-bron; Bron van lead; Bron lead; Bron van potentiële klant; Herkomst;
            Herkomst lead; Oorspronkelijke bron; Originele bron; Contactbron; Oorspronkelijke verkeersbron;
            Verkeersbron; Klantbron""",
        Concept.OWNER: """Eigenaar; Contacteigenaar; Leadeigenaar; Lead-eigenaar; Eigenaar van contact; Eigenaar van
            contactpersoon; Eigenaar contact; Naam eigenaar; Verantwoordelijke; Verantwoordelijk; Verantwoordelijke
            medewerker; Accountmanager; Verkoper; Vertegenwoordiger; Relatiebeheerder; Klantbeheerder; Behandelaar;
            Toegewezen aan; Toegewezen; Doorverwijzende medewerker; Medewerker; Adviseur; Consultant;
            Contactbeheerder; Onze contactpersoon""",
        Concept.NOTES: """Notities; Notitie; Opmerking; Opmerkingen; Commentaar; Aantekening; Aantekeningen; Interne
            notities; Bijzonderheden; Toelichting; Interne opmerkingen; Memo; Vrije tekst""",
        Concept.DESCRIPTION: "Beschrijving; Omschrijving; Leadbeschrijving; Details; Informatie; Info; Achtergrond",
        Concept.REGISTER_NUMBER: """KvK; KvK-nummer; KvK nummer; KvK-nr.; KVK nr; Kamer van Koophandel; Kamer van
            Koophandel nummer; Ondernemingsnummer; KBO-nummer; KBO; Handelsregisternummer; Registratienummer;
            Bedrijfsnummer; Ondernemingsnr; KBO nr; RSIN""",
        Concept.VAT_NUMBER: """BTW; BTW-nummer; BTW nummer; BTW-nr.; BTW-ID; Btw-identificatienummer; BTW nr;
            VAT-nummer""",
        Concept.RECORD_ID: """Record-ID; Contact-ID; Contactpersoon-ID; Lead-ID; Persoon-ID; CRM-ID; ID; Uniek ID;
            Relatie-ID; Contactnummer; Leadnummer""",
        Concept.OTHER: _OTHER,
    },
    names="Naam; Namen",
    parts={
        Part.EMAIL: "email; mail",
        Part.PHONE: "telefoon; tel; toestel; vast",
        Part.MOBILE: "mobiel; mobiele; gsm",
        Part.NAME: "naam; namen",
        Part.COMPANY: """bedrijf; bedrijfs; organisatie; firma; onderneming; ondernemings; vennootschap;
            werkgever; account""",
        Part.PERSON: "contact; contactpersoon; lead; persoon; persoons; prospect; contactpersonen",
        Part.CUSTOMER: "klant; klanten; relatie; lid; leden; client; cliënt",
        Part.OWNER: """eigenaar; verkoper; verantwoordelijke; vertegenwoordiger; behandelaar; medewerker; adviseur;
            beheerder; accountmanager""",
        Part.SOURCE: "bron; herkomst",
        Part.NOTES: "notities; notitie; opmerking; opmerkingen; aantekening; aantekeningen; commentaar",
        Part.ID: "id; sleutel",
        Part.NUMBER: "nr; nummer; nummers",
        Part.REGISTER: "kvk; kbo; handelsregister",
        Part.VAT: "btw",
        Part.OLD: "oud; oude; vorig; vorige; vroeger; eerdere; voormalig",
        Part.ADDRESS: "adres",
        Part.DEAL: "deal; verkoopkans",
        Part.WORK: "werk; zakelijk; zakelijke; kantoor; direct; directe",
        Part.HOME: "privé; thuis; persoonlijk; persoonlijke; huis",
        Part.MAIN: "primair; primaire; hoofd; voorkeur; voorkeurs; standaard",
        Part.SECOND: """ander; andere; tweede; secundair; secundaire; alternatief; alternatieve; extra; overig;
            overige; algemeen""",
        Part.FULL: "volledige; hele; voor en achter; volledig",
        Part.ODD: """assistent; partner; moeder; bovenliggend; factuur; facturatie; middelste; bij; weergave;
            weergegeven; auto; radio; product; campagne; bestand; gebruiker; gebruikers; manager; levering; project;
            afdelings; bank; centrale""",
        Part.OTHER: """datum; type; soort; status; aantal; code; laatste; laatst; eerste; volgende; aangemaakt;
            gewijzigd; bijgewerkt; toestemming; nieuwsbrief; afgemeld; gecontacteerd; details; plaats; straat; stad;
            land; regio; grootte; niet; geen; sinds; door; score; fase; titel; functie; reden; geschiedenis;
            medewerkers; omzet; branche; taal; domein; link; tussenvoegsel; voorletters""",
        Part.FILLER: """van; voor; de; het; een; en; op; in; bij de; aan; te; uw; onze; waarde; veld; s;
            oorspronkelijke; gekoppeld""",
    },
    doubtful={
        "Klant": {Concept.COMPANY: 0.6, Concept.FULL_NAME: 0.55},
        "Klantnaam": {Concept.COMPANY: 0.65, Concept.FULL_NAME: 0.6},
        "Naam klant": {Concept.COMPANY: 0.6, Concept.FULL_NAME: 0.6},
        "Relatie": {Concept.COMPANY: 0.55, Concept.FULL_NAME: 0.5},
        "Relatienaam": {Concept.COMPANY: 0.6, Concept.FULL_NAME: 0.55},
        "Contact": {Concept.FULL_NAME: 0.75},
        "Contactpersoon": {Concept.FULL_NAME: 0.85},
        "Persoon": {Concept.FULL_NAME: 0.7},
        "T.a.v.": {Concept.FULL_NAME: 0.6},
        "Doorverwezen door": {Concept.OTHER: 0.7, Concept.OWNER: 0.6},
        "Verwezen door": {Concept.OTHER: 0.7, Concept.OWNER: 0.6},
        "Medewerker": {Concept.OWNER: 0.75},
        "Adviseur": {Concept.OWNER: 0.75},
        "Consultant": {Concept.OWNER: 0.7},
        "Roepnaam": {Concept.FIRST_NAME: 0.6, Concept.OTHER: 0.5},
        "Klantnummer": {Concept.RECORD_ID: 0.75},
        "Klantnr.": {Concept.RECORD_ID: 0.75},
        "Klant-ID": {Concept.RECORD_ID: 0.75},
        "Relatienummer": {Concept.RECORD_ID: 0.75},
        "Lidnummer": {Concept.RECORD_ID: 0.7},
        "Lead-ID": {Concept.RECORD_ID: 0.95, Concept.KEEN_ID: 0.45},
        "Info": {Concept.DESCRIPTION: 0.7},
        "Informatie": {Concept.DESCRIPTION: 0.6},
        "Details": {Concept.DESCRIPTION: 0.6},
    },
    locked="(Niet wijzigen); (Niet aanpassen); (Niet bewerken)",
)
