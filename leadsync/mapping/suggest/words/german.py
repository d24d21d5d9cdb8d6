"""German headers."""

from leadsync.mapping.suggest.spec import Concept
from leadsync.mapping.suggest.words.model import Language, Part

_OTHER = """
Adresse; Anschrift; Straße; Strasse; Straße 1; Straße 2; Straße und Hausnummer; Straße/Nr.; Hausnummer; Hausnr.;
Adresszeile 1; Adresszeile 2; Adresszusatz; Postanschrift; Rechnungsadresse; Lieferadresse; Firmenadresse;
Privatadresse; Geschäftsadresse; Besuchsadresse; Stadt; Ort; Wohnort; PLZ; Postleitzahl; PLZ/Ort; PLZ Ort; Postfach;
Bundesland; Kanton; Bundesland/Kanton; Bundesland/Region; Region; Land; Land/Region; Ländercode; Länderkennzeichen;
Sprache; Zeitzone; Standort; Straße geschäftlich; Ort geschäftlich; Postleitzahl geschäftlich; Land/Region
geschäftlich; Straße privat; Ort privat; Postleitzahl privat; Land/Region privat; Weitere Straße; Weiterer Ort;
Weitere Postleitzahl; Anrede; Briefanrede; Titel; Akademischer Titel; Position; Stelle; Jobtitel; Berufsbezeichnung;
Funktion; Rolle; Abteilung; Beruf; Suffix; Namenszusatz; Namenspräfix; Namenssuffix; Initialen; Kürzel; Zweiter
Vorname; Weitere Vornamen; Mittelname; Spitzname; Geburtsname; Mädchenname; Anzeigename; Angezeigter Name;
Benutzername; Kennwort; Passwort; Geburtstag; Geburtsdatum; Alter; Geschlecht; Jahrestag; Partner; Ehepartner; Kinder;
Vorgesetzter; Name des/der Vorgesetzten; Assistent; Assistent(in); Name Assistent; Hobby; Interessen; Familienstand;
Bild; Foto; Fax; Faxnummer; Telefax; Fax geschäftlich; Fax privat; Weiteres Fax; Pager; Telex; ISDN; Rückmeldung;
Rückruf; Durchwahl; Telefon für Hörbehinderte; Webseite; Website; Website-URL; Webadresse; Homepage; Internet;
Internetseite; Web; Domain; Domäne; Link; LinkedIn; XING; Facebook; Twitter; Instagram; Skype; Soziale Medien;
E-Mail-Typ; E-Mail 2: Typ; E-Mail 3: Typ; E-Mail: Angezeigter Name; E-Mail 2: Angezeigter Name; E-Mail 3: Angezeigter
Name; E-Mail-Anzeigename; E-Mail-Status; Newsletter; Newsletter abonniert; Abgemeldet; Abmeldung; Angemeldet; Opt-in;
Opt-out; E-Mail-Opt-out; Einwilligung; Werbeeinwilligung; Zustimmung; DSGVO; Datenschutz; Nicht anrufen; Keine
E-Mails; Keine Anrufe; Werbesperre; Kontaktsperre; Status; Leadstatus; Lead-Status; Kundenstatus; Kontaktstatus;
Statusgrund; Marketingkontaktstatus; Phase; Lifecycle-Phase; Lebenszyklusphase; Stufe; Bewertung; Score; Lead-Score;
Punkte; Priorität; Wichtigkeit; Vertraulichkeit; Kategorie; Kategorien; Label; Labels; Etikett; Schlagwort;
Schlagwörter; Stichwort; Stichwörter; Tags; Segment; Gruppe; Gruppen; Kundengruppe; Liste; Typ; Art; Kontaktart;
Kundentyp; Kundenart; Branche; Sektor; Mitarbeiterzahl; Anzahl Mitarbeiter; Anzahl der Mitarbeiter; Zahl der
Beschäftigten; Mitarbeiteranzahl; Mitarbeiter (Anzahl); Beschäftigte; Unternehmensgröße; Firmengröße; Größe; Umsatz;
Jahresumsatz; Einkommen; Gewinn; Budget; Betrag; Wert; Preis; Währung; Rabatt; Wahrscheinlichkeit; Anzahl; Menge;
Summe; Nr.; Nummer; Lfd. Nr.; Geschäft; Deal; Verkaufschance; Auftrag; Auftragsnr.; Produkt; Produkte; Rechnung;
Rechnungsnr.; Rechnungsnummer; Bestellung; Vertrag; Vertragsnummer; Angebot; Projekt; Fall; Aufgabe; Aktivität;
Termin; Besuch; Kampagne; Quellkampagne; Quelldetails; Details zur Quelle; Lead-Quelle Details; Neueste Quelle; Letzte
Quelle; Datum; Zeit; Uhrzeit; Jahr; Monat; Erstellt; Erstellt am; Erstellt von; Erstellungsdatum; Erstellungsdatum;
Anlagedatum; Angelegt am; Angelegt von; Erfasst am; Geändert; Geändert am; Geändert von; Änderungsdatum; Zuletzt
geändert; Zuletzt geändert am; Zuletzt geändert von; Aktualisiert; Aktualisiert am; Zuletzt aktualisiert; Letzte
Änderung; Letzte Aktivität; Datum der letzten Aktivität; Letzter Kontakt; Zuletzt kontaktiert; Letzter Besuch; Nächste
Aktivität; Nächster Schritt; Nächster Kontakt; Wiedervorlage; Nachfassen; Erstkontakt; Abschlussdatum; Startdatum;
Enddatum; Ablaufdatum; Kunde seit; Aktiv; Inaktiv; Gelöscht; Konvertiert; Grund; Besitzer-ID; Inhaber-ID;
Unternehmensinhaber; Inhaber des Unternehmens; Firmeninhaber; Geschäftsführer; Team; Unternehmens-ID; Firmen-ID;
Muttergesellschaft; Mutterunternehmen; Übergeordnetes Unternehmen; Übergeordnete Firma; Konzern; Konto; Kontonummer;
IBAN; BIC; Bank; Zahlungsbedingungen; Kreditlimit; Nachricht; Betreff; Thema; Antwort; Benutzer 1; Benutzer 2;
Benutzer 3; Benutzer 4; Abrechnungsinformation; Reisekilometer; Internet-Frei/Gebucht; Regierungsnr.;
Organisationsnr.; Referenz; Unser Zeichen; Ihr Zeichen; Anhang; Debitor; Verzeichnisserver; Privat; Mandant; Filiale;
Vertriebsgebiet; Gebiet; Büro
"""

GERMAN = Language(
    "de",
    "German",
    {
        Concept.KEEN_ID: """Keen-ID; Keen-Lead-ID; Keen Lead-ID; KeenPartner-ID; Lead-ID in Keen; Keen-Kennung; ID
            in Keen""",
        Concept.KEEN_LEGACY_ID: """Alte Keen-ID; Keen-ID (alt); Keen-ID alt; Frühere Keen-ID; Keen-Legacy-ID;
            Legacy-ID (Keen); Keen Legacy-ID; Bisherige Keen-ID""",
        Concept.EMAIL: """E-Mail; Email; Mail; E-Mail-Adresse; Emailadresse; Mailadresse; E-Mailadresse; Primäre
            E-Mail; Haupt-E-Mail; E-Mail geschäftlich; E-Mail (geschäftlich); Geschäftliche E-Mail; Geschäftliche
            E-Mail-Adresse; Dienstliche E-Mail; E-Mail Arbeit; E-Mail (Arbeit); Private E-Mail; E-Mail privat;
            E-Mail (privat); Kontakt-E-Mail; Private E-Mail-Adresse; E-Mail des Kontakts; Primäre E-Mail-Adresse;
            Ihre E-Mail""",
        Concept.OTHER_EMAIL: """E-Mail 2: Adresse; E-Mail 3: Adresse; E-Mail-Adresse 2; E-Mail-Adresse 3; E-Mail 2;
            E-Mail 3; Zweite E-Mail; Weitere E-Mail; Weitere E-Mail-Adresse; Weitere E-Mail-Adressen; Alternative
            E-Mail; Sekundäre E-Mail; Rechnungs-E-Mail; Firmen-E-Mail; Zusätzliche E-Mail; Sekundäre E-Mail-Adresse;
            E-Mail Rechnung""",
        Concept.FIRST_NAME: """Vorname; Vornamen; Vorname(n); Rufname; Kontakt Vorname; Vorname Ansprechpartner;
            Vorname Kontakt""",
        Concept.LAST_NAME: """Nachname; Familienname; Zuname; Nachnamen; Kontakt Nachname; Nachname Ansprechpartner;
            Nachname Kontakt""",
        Concept.FULL_NAME: """Vollständiger Name; Voller Name; Vor- und Nachname; Vorname und Nachname; Vorname
            Nachname; Kontaktname; Name des Kontakts; Name des Ansprechpartners; Name der Kontaktperson; Name
            Ansprechpartner; Personenname; Ganzer Name; Name, Vorname; Nachname, Vorname; Kompletter Name""",
        Concept.PHONE: """Telefon; Telefonnummer; Telefonnr.; Telefon-Nr.; Tel.; Tel; Tel.-Nr.; Telnr.; Tel.Nr.;
            Rufnummer; Fon; Haupttelefon; Haupttelefonnummer; Telefon 1; Festnetz; Festnetznummer; Primäre
            Telefonnummer; Kontakttelefon; Primäres Telefon""",
        Concept.WORK_PHONE: """Telefon geschäftlich; Telefon (geschäftlich); Geschäftstelefon; Geschäftliche
            Telefonnummer; Diensttelefon; Telefon dienstlich; Telefon (Büro); Telefon Büro; Telefon Arbeit; Telefon
            (Arbeit); Bürotelefon; Tel. geschäftlich; Tel. dienstlich; Direktwahl; Telefon - geschäftlich; Rufnummer
            geschäftlich""",
        Concept.MOBILE_PHONE: """Mobil; Mobiltelefon; Mobilnummer; Mobilnr.; Mobiltelefonnummer; Mobilfunknummer;
            Handy; Handynummer; Handynr.; Handy-Nr.; Mobilfunk; Telefon mobil; Telefon (mobil); Tel. mobil; Mobil
            geschäftlich; Mobil privat; Natel""",
        Concept.HOME_PHONE: """Telefon privat; Telefon (privat); Private Telefonnummer; Privattelefon; Tel. privat;
            Telefon zu Hause; Privatnummer; Privates Telefon""",
        Concept.OTHER_PHONE: """Weiteres Telefon; Weitere Telefonnummer; Telefon 2; Telefon geschäftlich 2; Telefon
            privat 2; Telefon (privat 2); Telefon (geschäftlich 2); Mobiltelefon 2; Telefon Firma; Firmentelefon;
            Telefonnummer des Unternehmens; Telefon Assistent; Autotelefon; Alternative Telefonnummer; Zentrale;
            Telefonzentrale; Zweite Telefonnummer; Handy 2; Firmentelefonnummer; Sekundäre Telefonnummer;
            Unternehmenstelefon; Radiotelefon""",
        Concept.COMPANY: """Firma; Firmenname; Unternehmen; Unternehmensname; Name des Unternehmens; Name der Firma;
            Organisation; Organisationsname; Gesellschaft; Betrieb; Arbeitgeber; Firmierung; Zugeordnetes
            Unternehmen; Verknüpftes Unternehmen; Firmenbezeichnung; Kundenfirma; Accountname; Account-Name;
            Firma/Organisation; Firma 1""",
        Concept.SOURCE: """Leadquelle; Lead-Quelle; Quelle; Ursprüngliche Quelle; Originalquelle; Herkunft;
            Leadherkunft; Lead- Herkunft; Kontaktquelle; Quelle des Leads; Herkunft des Leads; Ursprüngliche
            Traffic-Quelle; Kundenquelle; Ursprung""",
        Concept.OWNER: """Besitzer; Inhaber; Kontaktinhaber; Kontakt-Inhaber; Kontaktbesitzer; Lead-Inhaber;
            Lead-Besitzer; Zuständig; Zuständiger Mitarbeiter; Für Kontakt zuständiger Mitarbeiter; Zuständiger;
            Verantwortlich; Verantwortlicher; Verantwortlicher Mitarbeiter; Betreuer; Kundenbetreuer;
            Sachbearbeiter; Bearbeiter; Verkäufer; Vertriebsmitarbeiter; Vertriebler; Vertreter; Außendienst;
            Außendienstmitarbeiter; Zugewiesen an; Empfehlender Mitarbeiter; Vermittelnder Mitarbeiter; Mitarbeiter;
            Berater; Kundenberater; Leadinhaber; Innendienst; Eigentümer; Ansprechpartner intern; Interner
            Ansprechpartner; Name des Besitzers; Kontakteigentümer""",
        Concept.NOTES: """Notizen; Notiz; Bemerkung; Bemerkungen; Anmerkung; Anmerkungen; Kommentar; Kommentare;
            Interne Notizen; Hinweise; Hinweis; Freitext; Interne Bemerkung; Vermerk; Vermerke; Gesprächsnotiz;
            Gesprächsnotizen; Memo""",
        Concept.DESCRIPTION: "Beschreibung; Leadbeschreibung; Beschreibungstext; Info; Infos; Informationen",
        Concept.REGISTER_NUMBER: """Handelsregisternummer; Handelsregister-Nr.; HRB; HRB-Nr.; HRB-Nummer;
            Handelsregister; Registernummer; HR-Nummer; HR-Nr.; Firmenbuchnummer; FN; UID;
            Unternehmens-Identifikationsnummer; Firmennummer; Organisationsnummer; Unternehmensnummer; CHE-Nummer;
            Handelsregisternr.""",
        Concept.VAT_NUMBER: """USt-IdNr.; USt-ID; UStID; USt-Id-Nr.; Umsatzsteuer-ID;
            Umsatzsteueridentifikationsnummer; Umsatzsteuer-Identifikationsnummer; UID-Nummer; UID-Nr.;
            Steuernummer; MwSt-Nummer; MwSt-Nr.; Mehrwertsteuernummer; VAT-Nummer; Umsatzsteuernummer; Steuer-Nr.""",
        Concept.RECORD_ID: """Datensatz-ID; Kontakt-ID; Lead-ID; Personen-ID; Kontaktnummer; CRM-ID; ID; Leadnummer;
            Eindeutige ID; Kontakt-Nr.; Datensatznummer; Interessenten-ID""",
        Concept.OTHER: _OTHER,
    },
    names="Name; Namen",
    parts={
        Part.EMAIL: "email; mail; emails; mails",
        Part.PHONE: "telefon; tel; fon; festnetz; ruf; telefonnummern",
        Part.MOBILE: "mobil; handy; mobilfunk",
        Part.NAME: "name; namen; namens",
        Part.COMPANY: """firma; firmen; unternehmen; unternehmens; organisation; organisations; gesellschaft;
            betrieb; betriebs; arbeitgeber""",
        Part.PERSON: """kontakt; kontakts; kontakte; kontaktperson; ansprechpartner; ansprechpartners;
            ansprechperson; lead; leads; person; personen; interessent; interessenten""",
        Part.CUSTOMER: "kunde; kunden; klient; klienten; mitglied; mitglieds",
        Part.OWNER: """besitzer; inhaber; betreuer; verkäufer; zuständig; zuständiger; zuständige; verantwortlicher;
            sachbearbeiter; berater; mitarbeiter; vertreter""",
        Part.SOURCE: "quelle; herkunft; ursprung",
        Part.NOTES: "notiz; notizen; bemerkung; bemerkungen; anmerkung; anmerkungen; kommentar; kommentare",
        Part.ID: "id; kennung; schlüssel",
        Part.NUMBER: "nr; nummer; nummern; no",
        Part.REGISTER: "handelsregister; hrb; firmenbuch",
        Part.VAT: "ust; umsatzsteuer; mwst; mehrwertsteuer; steuer",
        Part.OLD: "alt; alte; altes; frühere; bisherige; ehemalige",
        Part.ADDRESS: "adresse; anschrift; adressen",
        Part.DEAL: "geschäft; verkaufschance; deal",
        Part.WORK: """geschäftlich; geschäftliche; geschäfts; dienstlich; dienstliche; dienst; arbeit; büro;
            beruflich; direkt""",
        Part.HOME: "privat; private; privates; persönlich; persönliche; zuhause",
        Part.MAIN: "haupt; primär; primäre; primäres; primärer; bevorzugt; bevorzugte; standard; zentral",
        Part.SECOND: """weiteres; weitere; weiterer; zweite; zweites; zweiter; alternative; alternativ; sekundär;
            sekundäre; sonstige; andere; anderes; zusätzliche""",
        Part.FULL: "vollständiger; voller; ganzer; vor und nach; vor und",
        Part.ODD: """assistent; assistenz; assistentin; partner; ehepartner; mutter; übergeordnet; übergeordnetes;
            rechnung; rechnungs; mittel; spitz; anzeige; angezeigt; angezeigter; geburts; mädchen; auto; produkt;
            kampagnen; kampagne; datei; benutzer; vorgesetzten; vorgesetzter; liefer; lieferung; projekt;
            abteilungs; bank; schule; listen""",
        Part.OTHER: """datum; typ; art; status; anzahl; zahl; code; letzte; letzter; letztes; letzten; zuletzt;
            neueste; nächste; nächster; erste; erster; erstellt; geändert; aktualisiert; einwilligung; zustimmung;
            newsletter; abgemeldet; details; ort; plz; straße; land; region; größe; nicht; keine; seit; am; score;
            phase; titel; grund; verlauf; umsatz; branche; kontaktiert; gesendet; sprache; beschäftigte; domain;
            link; domäne; zeichen; gebiet""",
        Part.FILLER: """der; die; das; des; dem; den; und; für; im; in; zu; zum; zur; von; bei; an; ihr; ihre;
            unser; wert; feld; ursprüngliche""",
    },
    doubtful={
        "Kunde": {Concept.COMPANY: 0.6, Concept.FULL_NAME: 0.55},
        "Kundenname": {Concept.COMPANY: 0.65, Concept.FULL_NAME: 0.6},
        "Name des Kunden": {Concept.COMPANY: 0.6, Concept.FULL_NAME: 0.6},
        "Kontakt": {Concept.FULL_NAME: 0.75},
        "Kontaktperson": {Concept.FULL_NAME: 0.85},
        "Ansprechpartner": {Concept.FULL_NAME: 0.85},
        "Ansprechpartnerin": {Concept.FULL_NAME: 0.85},
        "Ansprechperson": {Concept.FULL_NAME: 0.85},
        "Person": {Concept.FULL_NAME: 0.7},
        "z. Hd.": {Concept.FULL_NAME: 0.6},
        "Empfohlen von": {Concept.OTHER: 0.7, Concept.OWNER: 0.6},
        "Mitarbeiter": {Concept.OWNER: 0.65, Concept.OTHER: 0.5},
        "Berater": {Concept.OWNER: 0.75},
        "Vertreter": {Concept.OWNER: 0.75},
        "Eigentümer": {Concept.OWNER: 0.85},
        "Inhaber": {Concept.OWNER: 0.75},
        "UID": {Concept.VAT_NUMBER: 0.7, Concept.REGISTER_NUMBER: 0.6, Concept.RECORD_ID: 0.3},
        "FN": {Concept.REGISTER_NUMBER: 0.5},
        "Steuernummer": {Concept.VAT_NUMBER: 0.8},
        "Kundennummer": {Concept.RECORD_ID: 0.75},
        "Kundennr.": {Concept.RECORD_ID: 0.75},
        "Kunden-Nr.": {Concept.RECORD_ID: 0.75},
        "KdNr": {Concept.RECORD_ID: 0.75},
        "Kd.-Nr.": {Concept.RECORD_ID: 0.75},
        "Kunden-ID": {Concept.RECORD_ID: 0.75},
        "Mitgliedsnummer": {Concept.RECORD_ID: 0.7},
        "Lead-ID": {Concept.RECORD_ID: 0.95, Concept.KEEN_ID: 0.45},
        "Geschäft": {Concept.OTHER: 0.6, Concept.COMPANY: 0.4},
        "Info": {Concept.DESCRIPTION: 0.7},
        "Informationen": {Concept.DESCRIPTION: 0.6},
        "Rufname": {Concept.FIRST_NAME: 0.6, Concept.OTHER: 0.5},
    },
    locked="(Nicht ändern); (Nicht bearbeiten)",
)
