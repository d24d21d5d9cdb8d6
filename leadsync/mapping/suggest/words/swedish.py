"""Swedish headers."""

from leadsync.mapping.suggest.spec import Concept
from leadsync.mapping.suggest.words.model import Language, Part

_OTHER = """
Adress; Adress 1; Adress 2; Adressrad 1; Adressrad 2; Gata; Gatuadress; Gatunamn; Postadress; Besöksadress; Hemadress;
Arbetsadress; Företagsadress; Fakturaadress; Faktureringsadress; Leveransadress; C/o; Ort; Postort; Stad; Hemort;
Postnr; Postnummer; Postnr.; Box; Postbox; Län; Kommun; Region; Delstat; Land; Land/region; Landskod; Språk; Tidszon;
Plats; Annan gata; Annan ort; Annat postnummer; Annat land; Annan region; Gatuadress, arbete; Ort, arbete; Postadress,
arbete; Region, arbete; Land, arbete; Gatuadress, hem; Postnr, hem; Land, hem; Region, hem; Titel; Befattning;
Tjänstetitel; Jobbtitel; Roll; Funktion; Avdelning; Yrke; Profession; Namnsuffix; Suffix; Prefix; Initialer;
Mellannamn; Smeknamn; Tilltalsnamn; Visningsnamn; E-postnamn; E-postnamn 2; E-postnamn 3; Visningsnamn för e-post;
Användarnamn; Lösenord; Födelsedag; Födelsedatum; Födelseår; Ålder; Kön; Årsdag; Make maka; Make/maka; Barn; Chef;
Namn, chef; Namn, assistent; Assistent; Hobby; Intressen; Civilstånd; Personnummer; Pers.nr; Bild; Foto; Fax;
Faxnummer; Fax arbete; Fax, arbete; Fax, hem; Fax, annan; Personsökare; Telex; ISDN; Motringning; Anknytning;
TTY/TDD-telefon; Hemsida; Webbplats; Webbsida; Webbadress; Webb; Internetadress; Domän; Länk; LinkedIn; Facebook;
Twitter; Instagram; Skype; Sociala medier; E-posttyp; E-posttyp 2; E-posttyp 3; E-poststatus; Nyhetsbrev;
Avregistrerad; Avprenumererat; Prenumererar; Samtycke; GDPR-samtycke; Tillåt inte e-post; Tillåt inte telefonsamtal;
Ring inte; Kontakta ej; Får kontaktas; Opt-out; Status; Leadstatus; Lead-status; Kundstatus; Kontaktstatus;
Statusorsak; Marknadsföringskontaktstatus; Fas; Livscykel; Livscykelfas; Livscykelsteg; Steg; Säljsteg; Betyg; Poäng;
Leadpoäng; Prioritet; Känslighet; Kategori; Kategorier; Etikett; Etiketter; Taggar; Segment; Grupp; Grupper;
Kundgrupp; Lista; Typ; Kontakttyp; Kundtyp; Bransch; Branschkod; Sektor; Anställda; Antal anställda; Företagsstorlek;
Storlek; Omsättning; Årsomsättning; Årlig omsättning; Årsintäkt; Intäkt; Inkomst; Resultat; Budget; Belopp; Värde;
Pris; Valuta; Rabatt; Sannolikhet; Antal; Nr; Nummer; Löpnr; Affär; Affärsmöjlighet; Säljmöjlighet; Produkt;
Produkter; Faktura; Fakturanummer; Order; Ordernummer; Avtal; Kontrakt; Offert; Projekt; Ärende; Uppgift; Aktivitet;
Möte; Besök; Kampanj; Källkampanj; Källdetaljer; Detaljer om källa; Senaste källa; Datum; Tid; År; Månad; Skapad;
Skapad den; Skapad datum; Skapandedatum; Skapad av; Ändrad; Ändrad den; Ändrad av; Senast ändrad; Senast ändrad av;
Uppdaterad; Senast uppdaterad; Senaste aktivitet; Datum för senaste aktivitet; Senaste kontakt; Senast kontaktad;
Senaste besök; Nästa aktivitet; Nästa steg; Nästa kontakt; Uppföljning; Uppföljningsdatum; Första kontakt;
Stängningsdatum; Avslutsdatum; Startdatum; Slutdatum; Utgångsdatum; Kund sedan; Aktiv; Inaktiv; Borttagen;
Konverterad; Orsak; Ägar-id; Ägar-ID; Företagsägare; Företagets ägare; Team; Företags-id; Företags-ID; Moderbolag;
Överordnat företag; Koncern; Konto; Kontonummer; Bankgiro; Plusgiro; Bank; Betalningsvillkor; Kreditgräns; Meddelande;
Ämne; Svar; Användare 1; Användare 2; Användare 3; Användare 4; Fakturering; Reseersättning (km); Arbetsplats, plats;
Referens; Er referens; Vår referens; Ledig/upptagen-information för Internet; Bifogad fil; Växel
"""

SWEDISH = Language(
    "sv",
    "Swedish",
    {
        Concept.KEEN_ID: "Keen-id; Keen lead-id; KeenPartner-id; Lead-id i Keen; Id i Keen; Keens id",
        Concept.KEEN_LEGACY_ID: """Gammalt Keen-id; Keen-id (gammalt); Tidigare Keen-id; Keen legacy-id; Legacy-id
            (Keen); Äldre Keen-id; Keen-id (äldre)""",
        Concept.EMAIL: """E-post; Epost; E-mail; Email; Mail; Mejl; E-postadress; Mailadress; Mejladress;
            E-mailadress; Primär e-post; Primär e-postadress; E-post arbete; E-post (arbete); Arbetsmejl; Jobbmejl;
            Jobbmail; Privat e-post; E-post privat; E-post (privat); Personlig e-post; Kontaktens e-post; Kontakt
            e-post; Kundens e-post""",
        Concept.OTHER_EMAIL: """E-postadress 2; E-postadress 3; E-post 2; E-post 3; Annan e-post; Sekundär e-post;
            Alternativ e-post; Extra e-post; Fakturamail; Faktura-e-post; Företagets e-post; Företagsmejl""",
        Concept.FIRST_NAME: "Förnamn; För namn; Kontaktens förnamn; Kundens förnamn; Kontaktpersonens förnamn",
        Concept.LAST_NAME: "Efternamn; Familjenamn; Släktnamn; Kontaktens efternamn; Kundens efternamn",
        Concept.FULL_NAME: """Fullständigt namn; Hela namnet; För- och efternamn; Förnamn och efternamn; Förnamn
            efternamn; Kontaktnamn; Kontaktens namn; Kontaktpersonens namn; Personnamn; Namn på kontaktperson; Namn
            på kontakt; Leadnamn""",
        Concept.PHONE: """Telefon; Telefonnummer; Telefonnr; Telefon nr; Tel; Tel.; Tfn; Tlf; Tel.nr; Tfn.nr; Telnr;
            Telefon 1; Primär telefon; Huvudtelefon; Primärt telefonnummer; Fast telefon; Kontakttelefon;
            Huvudnummer""",
        Concept.WORK_PHONE: """Telefon, arbete; Telefon (arbete); Telefon arbete; Arbetstelefon; Jobbtelefon;
            Telefon jobb; Direktnummer; Direktnr; Direkttelefon; Tel arbete; Tfn arbete; Kontorstelefon; Telefon,
            arb.; Arbetsnummer""",
        Concept.MOBILE_PHONE: """Mobil; Mobiltelefon; Mobilnummer; Mobilnr; Mobil nr; Mobiltelefonnummer; Telefon
            (mobil); Telefon mobil; Arbetsmobil; Jobbmobil; Privat mobil; Mobiltel""",
        Concept.HOME_PHONE: """Telefon, hem; Telefon (hem); Hemtelefon; Telefon hem; Telefon (bostad); Telefon
            bostad; Telefon privat; Privattelefon; Telefon, bostad; Telefon (privat)""",
        Concept.OTHER_PHONE: """Telefon 2; Telefon, annan; Annan telefon; Telefon 2, arbete; Telefon 2, hem;
            Företag, växel; Växelnummer; Företagets telefon; Företagstelefon; Telefon, assistent; Biltelefon;
            Mobiltelefon 2; Sekundär telefon; Alternativ telefon; Företagets telefonnummer; Radiotelefon""",
        Concept.COMPANY: """Företag; Företagsnamn; Företagets namn; Bolag; Bolagsnamn; Firma; Firmanamn;
            Organisation; Organisationsnamn; Arbetsgivare; Kundföretag; Associerat företag; Kopplat företag;
            Kontonamn; Namn på företag; Företag/organisation""",
        Concept.SOURCE: """Källa; Leadkälla; Lead-källa; Källa till lead; Ursprunglig källa; Ursprung; Kontaktkälla;
            Lead- ursprung; Trafikkälla; Ursprunglig trafikkälla; Leadets källa; Kundkälla""",
        Concept.OWNER: """Ägare; Kontaktägare; Leadägare; Lead-ägare; Kontaktens ägare; Ägarens namn; Ansvarig;
            Ansvarig medarbetare; Kundansvarig; Säljare; Säljarens namn; Ansvarig säljare; Handläggare; Tilldelad;
            Tilldelad till; Hänvisande medarbetare; Medarbetare; Rådgivare; Konsult; Kontaktansvarig; Säljansvarig;
            Vår kontakt""",
        Concept.NOTES: """Anteckningar; Anteckning; Noteringar; Notering; Kommentar; Kommentarer; Anmärkning;
            Anmärkningar; Noter; Interna anteckningar; Fritext; Övrigt; Intern kommentar; Memo""",
        Concept.DESCRIPTION: "Beskrivning; Leadbeskrivning; Detaljer; Information; Info; Bakgrund",
        Concept.REGISTER_NUMBER: """Organisationsnummer; Org.nr; Org nr; Orgnr; Org.nummer; Org.nr.; Orgnummer;
            Företagets organisationsnummer; Registreringsnummer; Bolagsnummer; Org-nr; Organisationsnr""",
        Concept.VAT_NUMBER: "Momsnummer; Moms-nr; Momsregistreringsnummer; VAT-nummer; VAT-nr; Momsreg.nr; Momsnr",
        Concept.RECORD_ID: """Post-id; Objekt-ID; Kontakt-id; Lead-id; Person-id; CRM-id; Id; Kontakt-ID; Lead-ID;
            Unikt id""",
        Concept.OTHER: _OTHER,
    },
    names="Namn",
    parts={
        Part.EMAIL: "epost; mail; email; mejl; e post",
        Part.PHONE: "telefon; tel; tfn; tlf",
        Part.MOBILE: "mobil",
        Part.NAME: "namn; namnet",
        Part.COMPANY: "företag; företags; företagets; bolag; bolags; firma; organisation; organisations; arbetsgivare",
        Part.PERSON: "kontakt; kontaktperson; kontaktens; kontaktpersonens; lead; leads; leadets; person",
        Part.CUSTOMER: "kund; kundens; kunder; medlem; medlems; klient",
        Part.OWNER: "ägare; ägar; säljare; ansvarig; handläggare; medarbetare; rådgivare; konsult; säljarens",
        Part.SOURCE: "källa; ursprung",
        Part.NOTES: "anteckningar; anteckning; notering; noteringar; kommentar; kommentarer",
        Part.ID: "id; nyckel",
        Part.NUMBER: "nr; nummer",
        Part.REGISTER: "orgnr",
        Part.VAT: "moms",
        Part.OLD: "gammal; gammalt; gamla; tidigare; äldre",
        Part.ADDRESS: "adress",
        Part.DEAL: "affär; affärsmöjlighet",
        Part.WORK: "arbete; arbets; jobb; kontor; kontors; direkt; arb",
        Part.HOME: "hem; bostad; privat; personlig; personligt",
        Part.MAIN: "primär; primärt; huvud; förvald",
        Part.SECOND: "annan; annat; sekundär; sekundärt; alternativ; alternativt; extra; andra; övrig; övriga",
        Part.FULL: "fullständigt; hela; för och efter",
        Part.ODD: """assistent; assistentens; make; maka; partner; moder; överordnat; faktura; mellan; smek;
            visnings; bil; radio; produkt; kampanj; fil; användar; användare; chef; chefens; leverans; växel;
            projekt; avdelnings; bank""",
        Part.OTHER: """datum; typ; status; antal; kod; senast; senaste; första; nästa; skapad; ändrad; uppdaterad;
            samtycke; nyhetsbrev; kontaktad; detaljer; ort; gata; gatu; land; region; storlek; tillåt; inte; ej;
            sedan; av; poäng; fas; titel; orsak; historik; anställda; omsättning; bransch; språk; domän; länk;
            tilltals; person nummer""",
        Part.FILLER: """för; på; i; och; från; till; den; det; din; er; vår; en; ett; värde; fält; s; ursprunglig;
            ursprungligt""",
    },
    doubtful={
        "Kund": {Concept.COMPANY: 0.6, Concept.FULL_NAME: 0.55},
        "Kundnamn": {Concept.COMPANY: 0.65, Concept.FULL_NAME: 0.6},
        "Kundens namn": {Concept.COMPANY: 0.6, Concept.FULL_NAME: 0.6},
        "Kontakt": {Concept.FULL_NAME: 0.75},
        "Kontaktperson": {Concept.FULL_NAME: 0.85},
        "Person": {Concept.FULL_NAME: 0.7},
        "Arbete": {Concept.WORK_PHONE: 0.6},
        "Hem": {Concept.HOME_PHONE: 0.5},
        "Arbetsplats": {Concept.COMPANY: 0.6, Concept.OTHER: 0.6},
        "Hänvisad av": {Concept.OTHER: 0.7, Concept.OWNER: 0.6},
        "Medarbetare": {Concept.OWNER: 0.75},
        "Konsult": {Concept.OWNER: 0.7},
        "Kundnummer": {Concept.RECORD_ID: 0.75},
        "Kundnr": {Concept.RECORD_ID: 0.75},
        "Kund-id": {Concept.RECORD_ID: 0.75},
        "Medlemsnummer": {Concept.RECORD_ID: 0.7},
        "Lead-id": {Concept.RECORD_ID: 0.95, Concept.KEEN_ID: 0.45},
        "Övrigt": {Concept.NOTES: 0.7, Concept.OTHER: 0.4},
        "Info": {Concept.DESCRIPTION: 0.7},
        "Information": {Concept.DESCRIPTION: 0.6},
        "Detaljer": {Concept.DESCRIPTION: 0.6},
    },
    locked="(Ändra inte); (Får ej ändras); (Ändra ej); (Redigera inte)",
)
