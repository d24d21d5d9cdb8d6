"""Danish headers."""

from leadsync.mapping.suggest.spec import Concept
from leadsync.mapping.suggest.words.model import Language, Part

_OTHER = """
Adresse; Adresse 1; Adresse 2; Vej; Vejnavn; Gade; Gadenavn; Gade/vej; Husnr.; Gadeadresse; Postadresse;
Hjemmeadresse; Privatadresse; Arbejdsadresse; Firmaadresse; Virksomhedsadresse; Faktureringsadresse; Leveringsadresse;
Besøgsadresse; Kontoradresse; C/o; Etage; By; Bynavn; Postnr.; Postnummer; Post nr. og by; Postnr./by; Postboks;
Kommune; Region; Område; Stat; Delstat; Land; Land/område; Land/region; Landekode; Sprog; Tidszone; Sted; Placering;
Tiltale; Titel; Stilling; Stillingsbetegnelse; Jobtitel; Job; Jobfunktion; Funktion; Rolle; Afdeling; Profession;
Erhverv; Suffiks; Præfiks; Initialer; Mellemnavn; Kaldenavn; Kælenavn; Pigenavn; Fødenavn; Vist navn; Brugernavn;
Adgangskode; Fødselsdag; Fødselsdato; Fødselsår; Alder; Køn; Mærkedag; Jubilæum; Ægtefælle; Børn; Overordnet; Navn på
overordnet; Leder; Assistent; Assistentens navn; Hobby; Interesser; Civilstand; CPR; CPR-nr.; CPR-nummer; Billede;
Foto; Fax; Faxnummer; Telefax; Fax (arbejde); Fax (privat); Anden fax; Personsøger; Telex; ISDN; Tilbagekald;
Lokalnummer; Lokalnr.; TTY/TDD-telefon; Hjemmeside; Websted; Webside; Website; Web; Webadresse; Internetadresse;
Domæne; Link; LinkedIn; LinkedIn-profil; Facebook; Twitter; Instagram; Skype; Sociale medier; E-mail-type; E-mail
2-type; E-mail 3-type; E-mail-vist navn; E-mail 2-vist navn; E-mail 3-vist navn; E-mail, vist navn; E-mailtype;
E-mailstatus; Frameldt; Framelding; Afmeldt; Tilmeldt; Nyhedsbrev; Modtag nyhedsbrev; Samtykke; GDPR-samtykke;
Markedsføringssamtykke; Permission; Ring ikke; Kontakt ikke; Må kontaktes; Må ikke kontaktes; Tillad ikke e-mails;
Tillad ikke telefonopkald; Fravalgt; Status; Leadstatus; Lead-status; Kundestatus; Kontaktstatus; Statusårsag;
Marketingkontaktstatus; Fase; Livscyklus; Livscyklusfase; Livscyklusstadie; Stadie; Trin; Salgstrin; Vurdering; Score;
Leadscore; Prioritet; Vigtighed; Følsomhed; Kategori; Kategorier; Etiket; Etiketter; Mærkat; Tags; Segment; Gruppe;
Grupper; Kundegruppe; Liste; Type; Kontakttype; Kundetype; Branche; Branchekode; Sektor; Ansatte; Antal ansatte; Antal
medarbejdere; Medarbejdertal; Virksomhedsstørrelse; Størrelse; Omsætning; Årlig omsætning; Årsomsætning; Indtægt;
Indkomst; Resultat; Budget; Beløb; Værdi; Pris; Valuta; Rabat; Sandsynlighed; Antal; Nr.; Nummer; Løbenr.; Handel;
Aftale; Salgsmulighed; Produkt; Produkter; Faktura; Fakturanr.; Ordre; Ordrenr.; Kontrakt; Tilbud; Projekt; Sag;
Sagsnr.; Opgave; Aktivitet; Møde; Kampagne; Kildekampagne; Kildedetaljer; Seneste kilde; Kilde detaljer; Leadkilde
detaljer; Dato; Tid; Tidspunkt; År; Måned; Oprettet; Oprettet den; Oprettet dato; Oprettelsesdato; Oprettet af;
Ændret; Ændret den; Ændret af; Ændringsdato; Senest ændret; Senest ændret af; Opdateret; Senest opdateret; Sidst
opdateret; Sidst ændret; Sidste aktivitet; Seneste aktivitet; Dato for seneste aktivitet; Sidste kontakt; Seneste
kontakt; Sidst kontaktet; Senest kontaktet; Sidste besøg; Næste aktivitet; Næste skridt; Næste kontakt; Opfølgning;
Opfølgningsdato; Første kontakt; Lukkedato; Startdato; Slutdato; Udløbsdato; Kunde siden; Aktiv; Inaktiv; Slettet;
Konverteret; Årsag; Ejer-id; Virksomhedsejer; Firmaejer; Virksomhedens ejer; Team; Afdelings-id; Virksomheds-id;
Virksomheds-ID; Firma-id; Moderselskab; Overordnet firma; Overordnet virksomhed; Koncern; Kontonummer; Reg.nr.;
Kontonr.; Bank; Betalingsbetingelser; Kreditgrænse; EAN; EAN-nr.; EAN-nummer; P-nummer; P-nr.; Besked; Emne; Svar;
Bruger 1; Bruger 2; Bruger 3; Bruger 4; Takstoplysninger; Kørte kilometer; Konto; Prisliste; Debitor; Debitornr.;
Referencenr.; Reference; Vores reference; Deres reference; Vedhæftet fil; Filer; Personlig info; Nøgleord; Webshop
"""

DANISH = Language(
    "da",
    "Danish",
    {
        Concept.KEEN_ID: """Keen-id; Keen lead-id; Keen leadid; Keens id; KeenPartner-id; Lead-id i Keen; Id i
            Keen; Keen-nøgle""",
        Concept.KEEN_LEGACY_ID: """Gammelt Keen-id; Keen-id (gammelt); Keen gammelt id; Tidligere Keen-id; Keen
            legacy-id; Legacy-id (Keen); Keen legacy id; Keen-id (gammel)""",
        Concept.EMAIL: """E-mail; Email; Mail; E-mailadresse; E-mail-adresse; Mailadresse; Emailadresse; E-post;
            Primær e-mail; Primær e-mailadresse; Kontakt e-mail; Arbejdsmail; Arbejds-e-mail; E-mail (arbejde); Mail
            (arbejde); Privat e-mail; Privatmail; E-mail (privat); Personlig e-mail; Kundens e-mail; Kundemail;
            Kontakt-mail; Elektronisk post; Kontaktpersonens e-mail; Din e-mail""",
        Concept.OTHER_EMAIL: """E-mail 2-adresse; E-mail 3-adresse; E-mailadresse 2; E-mailadresse 3; E-mail 2;
            E-mail 3; Anden e-mail; Sekundær e-mail; Ekstra e-mail; Alternativ e-mail; Faktura-e-mail; Fakturamail;
            Firmamail; Firma-e-mail; Virksomhedens e-mail; Virksomhedsmail; Mail 2""",
        Concept.FIRST_NAME: """Fornavn; Fornavne; Fornavn(e); Kontaktpersons fornavn; Kontaktens fornavn; Kundens
            fornavn""",
        Concept.LAST_NAME: """Efternavn; Efternavne; Familienavn; Slægtsnavn; Kontaktpersons efternavn; Kundens
            efternavn""",
        Concept.FULL_NAME: """Fulde navn; Fuldt navn; Hele navnet; Navn (fuldt); For- og efternavn; Fornavn og
            efternavn; Fornavn efternavn; Kontaktnavn; Kontaktens navn; Kontaktpersons navn; Kontaktpersonens navn;
            Personnavn; Navn på kontaktperson; Navn på kontakt; Leadnavn; Kontaktperson navn""",
        Concept.PHONE: """Telefon; Telefonnummer; Telefonnr.; Telefon nr.; Tlf.; Tlf; Tlf.nr.; Tlf. nr.; Tlfnummer;
            Primær telefon; Hovednummer; Hovedtelefon; Kontakttelefon; Telefon 1; Fastnet; Fastnettelefon;
            Fastnetnummer; Kontaktens telefon; Kundens telefon""",
        Concept.WORK_PHONE: """Telefon (arbejde); Arbejdstelefon; Telefon, arbejde; Telefon arbejde; Arbejdsnummer;
            Arbejdsnr.; Direkte telefon; Direkte nummer; Direkte nr.; Direkte tlf.; Tlf. arbejde; Kontortelefon;
            Telefonnummer (arbejde)""",
        Concept.MOBILE_PHONE: """Mobil; Mobiltelefon; Mobilnummer; Mobilnr.; Mobil nr.; Mobiltlf.;
            Mobiltelefonnummer; Mobil telefon; Telefon (mobil); Tlf. mobil; Arbejdsmobil; Privat mobil""",
        Concept.HOME_PHONE: """Telefon (privat); Privattelefon; Hjemmetelefon; Privat telefon; Telefon hjemme;
            Telefon, privat; Tlf. privat; Telefon privat; Privatnummer; Privat tlf.""",
        Concept.OTHER_PHONE: """Anden telefon; Andet telefonnummer; Telefon 2; Telefon 2 (arbejde); Telefon 2
            (privat); Primær telefon (firma); Firmatelefon; Virksomhedens telefonnummer; Virksomhedens telefon;
            Hovedtelefon, firma; Assistentens telefon; Assistents telefon; Biltelefon; Radiotelefon; Mobiltelefon 2;
            Sekundær telefon; Alternativ telefon; Omstilling; Arbejdstelefon 2; Firmaets telefon; Virksomhedstelefon""",
        Concept.COMPANY: """Firma; Firmanavn; Virksomhed; Virksomhedsnavn; Virksomhedens navn; Selskab;
            Selskabsnavn; Organisation; Organisationsnavn; Arbejdsplads; Arbejdsgiver; Firmaets navn; Navn på
            virksomhed; Navn på firma; Kontofirma; Tilknyttet virksomhed; Kontonavn; Forretning; Kundefirma;
            Juridisk navn; Virksomhed/firma""",
        Concept.SOURCE: """Kilde; Leadkilde; Lead-kilde; Leadets kilde; Kilde til lead; Oprindelig kilde;
            Kundeemnekilde; Kundeemnets kilde; Kilde til kundeemne; Kontaktkilde; Oprindelse; Herkomst; Oprindelig
            trafikkilde; Trafikkilde; Hvor kommer leadet fra; Kundekilde""",
        Concept.OWNER: """Ejer; Kontaktejer; Leadejer; Lead-ejer; Kontaktens ejer; Ejer af kontakt; Ejers navn;
            Ansvarlig; Ansvarlig medarbejder; Kundeansvarlig; Kontaktansvarlig; Salgsansvarlig; Sælger; Sælgers
            navn; Tildelt til; Tildelt; Henvisende medarbejder; Henvist af (medarbejder); Medarbejder;
            Sagsbehandler; Rådgiver; Konsulent; Kundechef; Salgsmedarbejder; Vores kontakt; Kundeemneejer; Key
            account manager; Vores kontaktperson""",
        Concept.NOTES: """Noter; Note; Notat; Notater; Bemærkning; Bemærkninger; Kommentar; Kommentarer; Interne
            noter; Interne bemærkninger; Fritekst; Kontaktnoter; Salgsnoter; Anmærkning; Anmærkninger; Øvrige
            bemærkninger; Memo""",
        Concept.DESCRIPTION: "Beskrivelse; Leadbeskrivelse; Detaljer; Oplysninger; Baggrund; Info",
        Concept.REGISTER_NUMBER: """CVR; CVR-nr.; CVR-nummer; CVR nr.; CVRNR; Cvr; Virksomhedens CVR; Virksomheds
            CVR; Registreringsnummer; Firmanummer; Organisationsnummer; CVR/SE-nr.; Virksomhedsnummer; CVR-nr.
            (virksomhed)""",
        Concept.VAT_NUMBER: """Momsnummer; Momsnr.; Moms-nr.; Momsregistreringsnummer; VAT-nr.; VAT-nummer;
            SE-nr.; SE-nummer""",
        Concept.RECORD_ID: """Post-id; Record-id; Kontakt-id; Lead-id; Person-id; Kontaktperson-id; KontaktID;
            Kundeemne-id; CRM-id; Id; Unikt id""",
        Concept.OTHER: _OTHER,
    },
    names="Navn; Navne; Navnet",
    parts={
        Part.EMAIL: "email; mail; epost; mails; e mails",
        Part.PHONE: "telefon; tlf; telefonen; telefonnumre; fastnet",
        Part.MOBILE: "mobil",
        Part.NAME: "navn; navne; navnet",
        Part.COMPANY: "firma; virksomhed; selskab; organisation; firmaets; virksomhedens; selskabets; virksomheds",
        Part.PERSON: """kontakt; kontaktperson; lead; person; kundeemne; kundeemnets; kontaktens;
            kontaktpersonens; leadets; leads""",
        Part.CUSTOMER: "kunde; kundens; kunder; klient; medlem; medlems",
        Part.OWNER: "ejer; sælger; ansvarlig; medarbejder; rådgiver; konsulent; sagsbehandler; ejers; sælgers",
        Part.SOURCE: "kilde; oprindelse",
        Part.NOTES: "noter; note; notat; notater; bemærkning; bemærkninger; kommentar; kommentarer",
        Part.ID: "id; nøgle; identifikation",
        Part.NUMBER: "nr; nummer; numre",
        Part.REGISTER: "cvr",
        Part.VAT: "moms; vat",
        Part.OLD: "gammel; gammelt; gamle; tidligere; forrige",
        Part.ADDRESS: "adresse; adr",
        Part.DEAL: "handel; aftale; salgsmulighed",
        Part.WORK: "arbejde; arbejds; job; kontor; direkte; erhverv; arb",
        Part.HOME: "privat; hjemme; personlig; hjem; private",
        Part.MAIN: "primær; primært; primære; hoved; foretrukken; standard",
        Part.SECOND: "anden; andet; sekundær; sekundært; ekstra; alternativ; alternativt; øvrig; øvrige",
        Part.FULL: "fuldt; fulde; hele; for og efter",
        Part.ODD: """assistent; assistents; assistentens; ægtefælle; partner; moder; overordnet; faktura;
            fakturering; mellem; kælenavn; vist; vis; visnings; pige; bil; radio; produkt; kampagne; fil; bruger;
            chef; leder; leders; levering; betaler; projekt; afdelings; bank; skole; liste""",
        Part.OTHER: """dato; den; type; status; antal; kode; seneste; senest; sidste; sidst; første; næste;
            oprettet; ændret; opdateret; samtykke; nyhedsbrev; frameldt; tilmeldt; kontaktet; detaljer; detalje; by;
            vej; gade; land; region; størrelse; tillad; ikke; siden; af; score; fase; titel; stilling; årsag;
            historik; ansatte; omsætning; beskrivelse af virksomhed; modtag; verificeret; sprog; link""",
        Part.FILLER: "på; i; for; og; fra; til; ved; din; vores; en; et; tilknyttet; værdi; felt; s; oprindelig",
    },
    doubtful={
        "Kunde": {Concept.COMPANY: 0.6, Concept.FULL_NAME: 0.55},
        "Kundenavn": {Concept.COMPANY: 0.65, Concept.FULL_NAME: 0.6},
        "Kundens navn": {Concept.COMPANY: 0.6, Concept.FULL_NAME: 0.6},
        "Kontakt": {Concept.FULL_NAME: 0.75},
        "Kontaktperson": {Concept.FULL_NAME: 0.85},
        "Person": {Concept.FULL_NAME: 0.7},
        "Att.": {Concept.FULL_NAME: 0.6},
        "Henvist af": {Concept.OTHER: 0.7, Concept.OWNER: 0.6},
        "Medarbejder": {Concept.OWNER: 0.75},
        "Konsulent": {Concept.OWNER: 0.7},
        "Rådgiver": {Concept.OWNER: 0.7},
        "Organisationsnummer": {Concept.REGISTER_NUMBER: 0.9},
        "Kundenummer": {Concept.RECORD_ID: 0.75},
        "Kundenr.": {Concept.RECORD_ID: 0.75},
        "Kunde-id": {Concept.RECORD_ID: 0.75},
        "Kunde nr.": {Concept.RECORD_ID: 0.75},
        "Medlemsnummer": {Concept.RECORD_ID: 0.7},
        "Medlemsnr.": {Concept.RECORD_ID: 0.7},
        "SE-nr.": {Concept.VAT_NUMBER: 0.7},
        "SE-nummer": {Concept.VAT_NUMBER: 0.7},
        "Lead-id": {Concept.RECORD_ID: 0.95, Concept.KEEN_ID: 0.45},
        "Forretning": {Concept.COMPANY: 0.7},
        "Info": {Concept.DESCRIPTION: 0.7},
        "Oplysninger": {Concept.DESCRIPTION: 0.6},
        "Detaljer": {Concept.DESCRIPTION: 0.6},
    },
    locked="(Må ikke ændres); (Foretag ikke ændringer); (Skal ikke ændres); (Rediger ikke)",
)
