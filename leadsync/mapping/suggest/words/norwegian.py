"""Norwegian headers (bokmål)."""

from leadsync.mapping.suggest.spec import Concept
from leadsync.mapping.suggest.words.model import Language, Part

_OTHER = """
Adresse; Adresse 1; Adresse 2; Adresselinje 1; Adresselinje 2; Gate; Gateadresse; Gatenavn; Gate/vei; Vei;
Postadresse; Besøksadresse; Hjemmeadresse; Privatadresse; Arbeidsadresse; Firmaadresse; Fakturaadresse;
Leveringsadresse; By; Sted; Poststed; Postnr.; Postnummer; Postboks; Fylke; Kommune; Region; Område; Delstat; Land;
Land/område; Land/region; Landkode; Språk; Tidssone; Plassering; Adresse, arb.: Postboks; Adresse, arb.: Postnummer;
Adresse, arb.: Område; Adresse, arb.: Poststed; Adresse, arb.: Gate/vei; Adresse, arb.: Land/område; Adresse, priv.:
Postnummer; Adresse, priv.: Gate/vei; Adresse 2, priv.: Gate/vei; Adresse, priv.: Poststed; Annen adresse; Annen
adresse: Postnummer; Annen adresse: Poststed; Annet land/område; Tittel; Stilling; Stillingstittel; Jobbtittel; Rolle;
Funksjon; Avdeling; Yrke; Suffiks; Prefiks; Initialer; Mellomnavn; Kallenavn; Visningsnavn; Visningsnavn for e-post;
Visningsnavn for e-post 2; Visningsnavn for e-post 3; Brukernavn; Passord; Fødselsdag; Fødselsdato; Fødselsår;
Fødselsnummer; Alder; Kjønn; Merkedag; Ektefelle; Barn; Leder; Navn på leder; Overordnet; Assistent; Navn på
assistent; Assistentens navn; Hobby; Interesser; Sivilstand; Bilde; Foto; Faks; Fax; Faksnummer; Telefaks; Telefaks,
arb.; Telefaks, priv.; Personsøker; Teleks; ISDN; Tilbakeringing; Internnummer; Telefon for hørselshemmede;
Hjemmeside; Nettsted; Nettside; Nettadresse; Webside; Web; Domene; Lenke; LinkedIn; Facebook; Twitter; Instagram;
Skype; Sosiale medier; E-posttype; E-posttype 2; E-posttype 3; E-poststatus; Nyhetsbrev; Avmeldt; Påmeldt; Samtykke;
GDPR-samtykke; Ring ikke; Kan ikke kontaktes; Ikke tillat e-post; Tillat ikke e-post; Reservert; Status; Leadstatus;
Lead-status; Kundestatus; Kontaktstatus; Statusårsak; Markedsføringskontaktstatus; Fase; Livssyklus; Livssyklusfase;
Livssyklusstadium; Stadium; Trinn; Salgstrinn; Vurdering; Poengsum; Score; Leadscore; Prioritet; Følsomhet; Kategori;
Kategorier; Etikett; Etiketter; Tagger; Segment; Gruppe; Grupper; Kundegruppe; Liste; Type; Kontakttype; Kundetype;
Bransje; Bransjekode; Sektor; Ansatte; Antall ansatte; Firmastørrelse; Bedriftsstørrelse; Størrelse; Omsetning; Årlig
omsetning; Årsomsetning; Inntekt; Resultat; Budsjett; Beløp; Verdi; Pris; Valuta; Rabatt; Sannsynlighet; Antall; Nr.;
Nummer; Løpenr.; Avtale; Salgsmulighet; Produkt; Produkter; Faktura; Fakturanummer; Ordre; Ordrenummer; Kontrakt;
Tilbud; Prosjekt; Sak; Saksnummer; Oppgave; Aktivitet; Møte; Besøk; Kampanje; Kildekampanje; Kildedetaljer; Siste
kilde; Nyeste kilde; Dato; Tid; År; Måned; Opprettet; Opprettet den; Opprettelsesdato; Opprettet dato; Opprettet av;
Endret; Endret den; Endret av; Sist endret; Sist endret av; Oppdatert; Sist oppdatert; Siste aktivitet; Dato for siste
aktivitet; Siste aktivitetsdato; Siste kontakt; Sist kontaktet; Siste besøk; Neste aktivitet; Neste trinn; Neste steg;
Neste kontakt; Oppfølging; Oppfølgingsdato; Første kontakt; Avslutningsdato; Lukkedato; Startdato; Sluttdato;
Utløpsdato; Kunde siden; Aktiv; Inaktiv; Slettet; Konvertert; Årsak; Eier-id; Eier-ID; Bedriftseier; Firmaeier;
Selskapseier; Eier av selskap; Team; Firma-id; Selskaps-id; Morselskap; Overordnet firma; Konsern; Konto; Kontonummer;
Bank; Betalingsbetingelser; Kredittgrense; Melding; Emne; Svar; Bruker 1; Bruker 2; Bruker 3; Bruker 4;
Faktureringsinformasjon; Kjørelengde; Offentlig ID-nummer; Referanse; Vår referanse; Deres referanse; Vedlegg;
Kontorsted; Ledige og opptatte tidspunkt på Internett
"""

NORWEGIAN = Language(
    "no",
    "Norwegian",
    {
        Concept.KEEN_ID: "Keen-id; Keen lead-id; KeenPartner-id; Lead-id i Keen; Id i Keen; Keens id",
        Concept.KEEN_LEGACY_ID: """Gammel Keen-id; Keen-id (gammel); Tidligere Keen-id; Keen legacy-id; Legacy-id
            (Keen); Gammelt Keen-nummer""",
        Concept.EMAIL: """E-post; Epost; E-mail; Email; Mail; E-postadresse; Epostadresse; Mailadresse; Primær
            e-post; Primær e-postadresse; E-post jobb; E-post (jobb); Jobb e-post; E-post arbeid; E-post (arbeid);
            Jobbmail; Privat e-post; E-post privat; E-post (privat); Personlig e-post; Kontaktens e-post; Kontakt
            e-post; Kundens e-post""",
        Concept.OTHER_EMAIL: """E-postadresse 2; E-postadresse 3; E-post 2; E-post 3; Annen e-post; Sekundær e-post;
            Alternativ e-post; Ekstra e-post; Faktura e-post; Firmaets e-post; Bedriftens e-post; Firma e-post""",
        Concept.FIRST_NAME: "Fornavn; Kontaktens fornavn; Kundens fornavn; Kontaktpersonens fornavn; For navn",
        Concept.LAST_NAME: "Etternavn; Familienavn; Slektsnavn; Kontaktens etternavn; Kundens etternavn",
        Concept.FULL_NAME: """Fullt navn; Fullstendig navn; Hele navnet; For- og etternavn; Fornavn og etternavn;
            Fornavn etternavn; Kontaktnavn; Kontaktens navn; Kontaktpersonens navn; Personnavn; Navn på
            kontaktperson; Navn på kontakt; Leadnavn""",
        Concept.PHONE: """Telefon; Telefonnummer; Telefonnr.; Telefon nr.; Tlf.; Tlf; Tlfnr; Tlf.nr.; Tlf nr;
            Telefon 1; Primær telefon; Hovedtelefon; Hovednummer; Fasttelefon; Kontakttelefon; Primært telefonnummer""",
        Concept.WORK_PHONE: """Telefon, arb.; Telefon, arbeid; Telefon (arbeid); Telefon (jobb); Telefon jobb;
            Telefon arbeid; Jobbtelefon; Arbeidstelefon; Direktenummer; Direktenr.; Direkte telefon; Tlf. jobb; Tlf.
            arbeid; Kontortelefon""",
        Concept.MOBILE_PHONE: """Mobil; Mobiltelefon; Mobilnummer; Mobilnr.; Mobiltlf.; Mobil nr;
            Mobiltelefonnummer; Telefon (mobil); Telefon mobil; Jobbmobil; Privat mobil""",
        Concept.HOME_PHONE: """Telefon, priv.; Telefon, privat; Telefon (privat); Telefon privat; Privattelefon;
            Hjemmetelefon; Telefon hjemme; Tlf. privat; Privat telefon""",
        Concept.OTHER_PHONE: """Annen telefon; Telefon 2; Telefon 2, arb.; Telefon 2, priv.; Hovedtelefon for firma;
            Firmatelefon; Telefon firma; Bedriftens telefon; Bedriftstelefon; Assistentens telefon; Telefon,
            assistent; Assistents telefonnr; Biltelefon; Sentralbord; Mobiltelefon 2; Sekundær telefon; Alternativ
            telefon; Radiotelefon; Selskapets telefonnummer""",
        Concept.COMPANY: """Firma; Firmanavn; Bedrift; Bedriftsnavn; Selskap; Selskapsnavn; Virksomhet;
            Virksomhetsnavn; Organisasjon; Organisasjonsnavn; Foretak; Foretaksnavn; Arbeidsgiver; Kundefirma;
            Tilknyttet selskap; Tilknyttet firma; Kontonavn; Navn på firma; Bedriftens navn; Navn på bedrift;
            Arbeidsplass; Selskapets navn""",
        Concept.SOURCE: """Kilde; Leadkilde; Lead-kilde; Kilde til lead; Opprinnelig kilde; Opprinnelse;
            Kundeemnekilde; Kontaktkilde; Trafikkilde; Opprinnelig trafikkilde; Kilde for kundeemne; Kundekilde""",
        Concept.OWNER: """Eier; Kontakteier; Leadeier; Lead-eier; Eier av kontakt; Kontaktens eier; Eierens navn;
            Ansvarlig; Ansvarlig medarbeider; Ansvarlig ansatt; Kundeansvarlig; Kontaktansvarlig; Salgsansvarlig;
            Selger; Selgers navn; Saksbehandler; Tildelt; Tildelt til; Henvisende medarbeider; Henvisende ansatt;
            Medarbeider; Rådgiver; Konsulent; Vår kontakt; Vår kontaktperson""",
        Concept.NOTES: """Notater; Notat; Merknad; Merknader; Kommentar; Kommentarer; Bemerkning; Bemerkninger;
            Interne notater; Fritekst; Noter; Anmerkninger; Anmerkning; Intern kommentar""",
        Concept.DESCRIPTION: "Beskrivelse; Leadbeskrivelse; Detaljer; Informasjon; Opplysninger; Info; Bakgrunn",
        Concept.REGISTER_NUMBER: """Organisasjonsnummer; Org.nr.; Orgnr; Org nr; Org.nummer; Orgnummer;
            Foretaksnummer; Bedriftens organisasjonsnummer; Registreringsnummer; Org-nr; Organisasjonsnr;
            Bedriftsnummer""",
        Concept.VAT_NUMBER: "MVA-nummer; MVA-nr.; MVA-nr; MVA nr; Momsnummer; VAT-nummer; Mva; Avgiftsnummer",
        Concept.RECORD_ID: "Post-id; Oppførings-ID; Kontakt-id; Lead-id; Person-id; CRM-id; Id; Unik id; Objekt-ID",
        Concept.OTHER: _OTHER,
    },
    names="Navn",
    parts={
        Part.EMAIL: "epost; email; mail; e post",
        Part.PHONE: "telefon; tlf; tel",
        Part.MOBILE: "mobil",
        Part.NAME: "navn; navnet",
        Part.COMPANY: """firma; firmaets; bedrift; bedrifts; bedriftens; selskap; selskaps; selskapets; virksomhet;
            virksomhets; organisasjon; organisasjons; foretak; arbeidsgiver""",
        Part.PERSON: "kontakt; kontaktperson; kontaktens; kontaktpersonens; lead; leads; kundeemne; person",
        Part.CUSTOMER: "kunde; kundens; kunder; medlem; medlems; klient",
        Part.OWNER: "eier; eiers; selger; ansvarlig; saksbehandler; medarbeider; rådgiver; konsulent",
        Part.SOURCE: "kilde; opprinnelse",
        Part.NOTES: "notater; notat; merknad; merknader; kommentar; kommentarer; bemerkning; bemerkninger",
        Part.ID: "id; nøkkel",
        Part.NUMBER: "nr; nummer",
        Part.REGISTER: "orgnr",
        Part.VAT: "mva",
        Part.OLD: "gammel; gammelt; gamle; tidligere",
        Part.ADDRESS: "adresse",
        Part.DEAL: "avtale; salgsmulighet",
        Part.WORK: "arbeid; arbeids; arb; jobb; kontor; direkte",
        Part.HOME: "privat; priv; hjemme; hjem; personlig",
        Part.MAIN: "primær; primært; hoved; foretrukket",
        Part.SECOND: "annen; annet; sekundær; sekundært; alternativ; alternativt; ekstra; øvrig; øvrige",
        Part.FULL: "fullt; fullstendig; hele; for og etter",
        Part.ODD: """assistent; assistentens; ektefelle; partner; mor; overordnet; faktura; mellom; kalle; visnings;
            bil; radio; produkt; kampanje; fil; bruker; leder; levering; sentralbord; prosjekt; avdelings; bank""",
        Part.OTHER: """dato; type; status; antall; kode; sist; siste; nyeste; første; neste; opprettet; endret;
            oppdatert; samtykke; nyhetsbrev; avmeldt; kontaktet; detaljer; by; sted; gate; vei; land; region;
            størrelse; tillat; ikke; siden; av; poeng; fase; tittel; stilling; årsak; historikk; ansatte; omsetning;
            bransje; språk; domene; lenke""",
        Part.FILLER: """for; på; i; og; fra; til; ved; den; det; din; deres; vår; en; et; verdi; felt; s;
            opprinnelig; tilknyttet""",
    },
    doubtful={
        "Kunde": {Concept.COMPANY: 0.6, Concept.FULL_NAME: 0.55},
        "Kundenavn": {Concept.COMPANY: 0.65, Concept.FULL_NAME: 0.6},
        "Kundens navn": {Concept.COMPANY: 0.6, Concept.FULL_NAME: 0.6},
        "Kontakt": {Concept.FULL_NAME: 0.75},
        "Kontaktperson": {Concept.FULL_NAME: 0.85},
        "Person": {Concept.FULL_NAME: 0.7},
        "Henvist av": {Concept.OTHER: 0.7, Concept.OWNER: 0.6},
        "Medarbeider": {Concept.OWNER: 0.75},
        "Konsulent": {Concept.OWNER: 0.7},
        "Kundenummer": {Concept.RECORD_ID: 0.75},
        "Kundenr.": {Concept.RECORD_ID: 0.75},
        "Kunde-id": {Concept.RECORD_ID: 0.75},
        "Medlemsnummer": {Concept.RECORD_ID: 0.7},
        "Lead-id": {Concept.RECORD_ID: 0.95, Concept.KEEN_ID: 0.45},
        "Arbeidsplass": {Concept.COMPANY: 0.65, Concept.OTHER: 0.4},
        "Info": {Concept.DESCRIPTION: 0.7},
        "Informasjon": {Concept.DESCRIPTION: 0.6},
        "Detaljer": {Concept.DESCRIPTION: 0.6},
    },
    locked="(Ikke endre); (Ikke endr); (Må ikke endres); (Ikke rediger)",
)
