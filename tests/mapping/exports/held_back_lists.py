"""The third that is held back, address books and lists kept by hand: see `suggest_figures`."""

from mapping.exports.google import OLD
from mapping.exports.kit import definitions, export, localised
from mapping.exports.systems import OUTLOOK

DUTCH = """Titel | Voornaam | Middelste naam | Achternaam | Achtervoegsel | Bedrijf | Afdeling | Functie | Werkadres,
straat | Werkadres 2, straat | Werkadres 3, straat | Werkadres, plaats | Werkadres, provincie | Werkadres, postcode |
Land/regio (werk) | Huisadres, straat | Huisadres, straat 2 | Huisadres, straat 3 | Huisadres, plaats | Huisadres,
provincie | Huisadres, postcode | Land/regio (thuis) | Ander adres, straat | Ander adres, straat 2 | Ander adres,
straat 3 | Ander adres, plaats | Ander adres, provincie | Ander adres, postcode | Land/regio (anders) | Telefoon
assistent | Fax op werk | Telefoon op werk | Telefoon op werk 2 | Terugbellen | Autotelefoon | Hoofdtelefoon bedrijf |
Fax thuis | Telefoon thuis | Telefoon thuis 2 | ISDN | Mobiele telefoon | Andere fax | Andere telefoon | Pager |
Hoofdtelefoon | Radiotelefoon | Teksttelefoon | Telex | Account | Speciale datum | Naam assistent | Factuurinformatie |
Verjaardag | Werkadres, postbusnummer | Categorieën | Kinderen | E-mailadres | E-mailtype | Weergavenaam voor e-mail |
E-mailadres 2 | E-mailtype 2 | E-mail, weergegeven naam 2 | E-mailadres 3 | E-mailtype 3 | E-mail, weergegeven naam 3 |
Geslacht | Sofinummer | Hobby's | Huisadres, postbusnummer | Initialen | Internet Beschikbaarheidsinfo | Locatie | Naam
manager | Reisafstand | Notities | Kantoorlocatie | Ander adres, postbusnummer | Prioriteit | Beroep | Gevoeligheid |
Partner | Gebruiker 1 | Gebruiker 2 | Gebruiker 3 | Gebruiker 4 | Webpagina"""

SPANISH = """Título | Nombre | Segundo nombre | Apellidos | Sufijo | Organización | Departamento | Puesto | Calle del
trabajo | Calle del trabajo 2 | Calle del trabajo 3 | Ciudad de trabajo | Provincia o estado de trabajo | Código postal
del trabajo | País o región del trabajo | Calle particular | Calle particular 2 | Calle particular 3 | Ciudad
particular | Provincia o estado particular | Código postal particular | País o región del domicilio | Otra calle | Otra
calle 2 | Otra calle 3 | Otra ciudad | Otra provincia o estado | Otro código postal | Otro país o región | Teléfono del
ayudante | Fax del trabajo | Teléfono del trabajo | Teléfono del trabajo 2 | Devolución de llamada | Teléfono del
automóvil | Número de centralita de la organización | Fax particular | Particular | Número de teléfono particular 2 |
RDSI | Móvil | Otro fax | Otro teléfono | Localizador | Teléfono principal | Radioteléfono | Número de teletipo | Télex
| Cuenta | Aniversario | Nombre del ayudante | Facturación | Cumpleaños | Apartado postal de la dirección del trabajo |
Categorías | Hijos | Dirección de correo electrónico | Tipo de correo electrónico | Nombre de pantalla de correo
electrónico | Dirección de correo electrónico 2 | Tipo de correo electrónico 2 | Nombre de pantalla de correo
electrónico 2 | Dirección del correo electrónico 3 | Tipo de correo electrónico 3 | Nombre de pantalla de correo
electrónico 3 | Sexo | Id. del gobierno | Aficiones | Apartado postal de la dirección personal | Iniciales |
Disponibilidad | Ubicación | Nombre del director | Kilometraje | Notas | Ubicación de la oficina | Otro apartado postal
| Prioridad | Profesión | Confidencialidad | Cónyuge | Usuario 1 | Usuario 2 | Usuario 3 | Usuario 4 | Página web"""

NORWEGIAN = """Tittel | Fornavn | Mellomnavn | Etternavn | Suffiks | Firma | Avdeling | Stilling | Adresse, arb.:
Gate/vei | Adresse 2, arb.: Gate/vei | Adresse 3, arb.: Gate/vei | Adresse, arb.: Poststed | Adresse, arb.: Område |
Adresse, arb.: Postnummer | Firmaland/område | Adresse, priv.: Gate/vei | Adresse 2, priv.: Gate/vei | Adresse 3,
priv.: Gate/vei | Adresse, priv.: Poststed | Adresse, priv.: Område | Adresse, priv.: Postnummer | Hjemland/område |
Annen adresse: Gate/vei | Annen adresse 2: Gate/vei | Annen adresse 3: Gate/vei | Annen adresse: Poststed | Annen
adresse: Område | Annen adresse: Postnummer | Annet land/område | Assistentens telefonnummer | Telefaks, arb. |
Telefon, arb. | Telefon 2, arb. | Tilbakeringing | Biltelefon | Hovedtelefon for firma | Telefaks, priv. | Telefon,
priv. | Telefon 2, priv. | ISDN | Mobiltelefon | Annen telefaks | Annen telefon | Personsøker | Hovedtelefon |
Radiotelefon | Telefon for hørselshemmede | Teleks | Konto | Merkedag | Assistentens navn | Faktureringsinformasjon |
Fødselsdag | Adresse, arb.: Postboks | Kategorier | Barn | E-postadresse | E-posttype | Visningsnavn for e-post |
E-postadresse 2 | E-posttype 2 | Visningsnavn for e-post 2 | E-postadresse 3 | E-posttype 3 | Visningsnavn for e-post 3
| Kjønn | Offentlig ID-nummer | Hobby | Adresse, priv.: Postboks | Initialer | Ledige og opptatte tidspunkt på
Internett | Plassering | Overordnedes navn | Reisegodtgjørelse | Notater | Kontor | Annen postboksadresse | Prioritet |
Yrke | Følsomhet | Ektefelle | Bruker 1 | Bruker 2 | Bruker 3 | Bruker 4 | Webside"""

EXPORTS = (
    export("outlook-contactpersonen-nl", localised(OUTLOOK, DUTCH), rows=70),
    export("outlook-contactos-es", localised(OUTLOOK, SPANISH), rows=70),
    export("outlook-kontakter-nb", localised(OUTLOOK, NORWEGIAN), rows=70),
    export("google-old-en", OLD),
    export(
        "list-emner-da",
        """
Keen id | uuid ?97 | lead.id
Kontaktperson | full
Fornavn | first | first_name
Efternavn | last | last_name
Firma | company ?95 | company_name
CVR nummer | register ?75 | business_id
E-mailadresse | email ?92 | email
Direkte tlf. | phone ?85 | phone
Firmaets hovednummer | switchboard ?30
Lead-kilde | source ?70 | source
Kundeansvarlig | owner | referring_employee
Kommentarer | note ?50 | notes
Årlig omsætning | amount ?50
Region | province ?70
Dato for møde | date ?50
""",
    ),
    export(
        "list-register-sv",
        """
Kontaktperson | full
Förnamn | first | first_name
Efternamn | last | last_name
Bolag | company ?95 | company_name
Organisationsnummer | register ?80 | business_id
Mejl | email ?92 | email
Tel | phone ?85 | phone
Ansvarig säljare | owner | referring_employee
Kommentar | note ?50 | notes
Omsättning (tkr) | number:100-90000 ?40 | properties.Omsättning
Kund sedan | date ?50 | properties.Kund sedan
Senaste kontakt | date ?50
Antal anställda | number:1-90 ?40
Keen-ID | uuid | lead.id
""",
        channel=definitions(Omsättning="number", Kund_sedan="date", Avtalstyp="select"),
        workbook=True,
    ),
    export(
        "list-kunder-nb",
        """
Kundenr. | serial:100
Navn | last | last_name
Fornavn | first | first_name
Firmanavn | company ?95 | company_name
Organisasjonsnummer | register ?80 | business_id
Epost | email ?92 | email
Tlf. | phone ?85 | phone
Kontaktansvarlig | owner | referring_employee
Kommentar | note ?50 | notes
Leadkilde | source ?60 | source
Ordreverdi | amount ?50
Siste kontakt | date ?60
Keen Legacy ID | serial:400 | lead.legacy_id
""",
    ),
    export(
        "list-relaties-nl",
        """
Relatienr. | serial:9000
Naam | last | last_name
Voornaam | first | first_name
Tussenvoegsel | pick:van;de;van der ?10
Organisatie | company ?95 | company_name
E-mail | email ?92 | email
Tel. | phone ?85 | phone
Woonplaats | city ?70
Bron | source ?60 | source
Verantwoordelijke | owner | referring_employee
Notities | note ?50 | notes
BTW-nr. | vat ?60 | business_id
Offertebedrag | amount ?50
Nieuwsbrief | bool
Keen Lead ID | uuid | lead.id
""",
        workbook=True,
    ),
    export(
        "list-adressen-de",
        """
Lfd. Nr. | serial:1
Firmenname | company | company_name
Titel | pick:Dr.;Prof. ?10
Vorname | first | first_name
Familienname | last | last_name
Mail | email ?92 | email
Telefon | phone ?85 | phone
Mobilnummer | mobile ?40
Quelle | source ?60 | source
Betreuer | owner | referring_employee
Anmerkungen | note ?50 | notes
Umsatzsteuer-ID | vat ?50 | business_id
Mitarbeiterzahl | number:1-900 ?50 | properties.Mitarbeiterzahl
Vertragsende | date ?50 | properties.Ende des Vertrags
Keen Legacy-ID | serial:2200 | lead.legacy_id
""",
        channel=definitions(Mitarbeiterzahl="number", Ende_des_Vertrags="date", Region="select"),
    ),
    export(
        "list-prospects-fr",
        """
Réf. | serial:12
Nom complet | full
Prénom | first | first_name
Nom de famille | last | last_name
Entreprise | company ?95 | company_name
N° SIREN | register ?80 | business_id
E-mail | email ?92 | email
Tél. | phone ?85 | phone
Téléphone portable | mobile ?40
Source | source ?60 | source
Responsable | owner | referring_employee
Commentaires | note ?50 | notes
Montant du devis | amount ?50
Date de relance | date ?50
Newsletter | bool
""",
    ),
    export(
        "list-contactos-es",
        """
Nombre | first | first_name
Primer apellido | last | last_name
Razón social | company ?95 | company_name
NIF | register ?80 | business_id
E-mail | email ?92 | email
Tlf. | phone ?85 | phone
Tlf. móvil | mobile ?40
Procedencia | source ?60 | source
Responsable comercial | owner | referring_employee
Comentarios | note ?50 | notes
Importe | amount ?50 | properties.Importe
Fecha de renovación | date ?50 | properties.Fecha de renovación
Tipo de cliente | pick:A;B;C ?80 | properties.Tipo de cliente
ID de lead en Keen | uuid | lead.id
""",
        channel=definitions(Importe="number", Fecha_de_renovación="date", Tipo_de_cliente="select"),
    ),
    export(
        "list-customers-en_us",
        """
# | serial:1
FirstName | first | first_name
LastName | last | last_name
Business Name | company ?95 | company_name
Email Address | email ?93 | email
Email Consent | bool:Y/N
Phone | phone ?85 | phone
Cell | mobile ?40
Referral Source | source ?60 | source
Sales Rep | owner | referring_employee
Remarks | note ?50 | notes
City | city ?70
ST | province ?70
ZIP | zip ?70
Annual Spend | amount ?50 | properties.Annual spend
Customer Since Date | date ?60 | properties.Customer since
Keen UUID | uuid ?96 | lead.id
""",
        channel=definitions(Annual_spend="number", Customer_since="date", Tier="select"),
    ),
    export(
        "list-adresboek-nl",
        """
nr | serial:1
naam contactpersoon | full
voornaam | first | first_name
achternaam | last | last_name
naam bedrijf | company ?95 | company_name
kvk | register ?80 | business_id
mailadres | email ?90 | email
tel vast | workphone ?50 | phone
tel mobiel | mobile ?70
opmerking | note ?40
opmerking | note ?20
hoe gevonden | source ?50 | source
wie belt | owner | referring_employee
keen uuid | uuid ?95 | lead.id
""",
        blank="n.v.t.",
    ),
)
