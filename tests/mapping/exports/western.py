"""Germany, the Netherlands, France, Spain, Britain and the United States, for `locales`."""

GERMAN = """
country: Deutschland
region: DE
yes: Ja
no: Nein
thousands: .
decimal: ,
date: %d.%m.%Y
givens: Anna | Jürgen | Sabine | Hans-Peter | Monika | Björn | Katrin | Wolfgang | Ute | Matthias | Claudia | Stefan
  | Heike | Jörg | Birgit | Thomas | Franziska | Uwe | Petra | Lukas | Gisela | Maximilian | Renate | Käthe
families: Müller | Schmidt | Schneider | Weber | Wagner | Becker | Schäfer | Köhler | Krüger | Groß | Hofmann | Lange
  | Vogel | Friedrich | Keller | Böhm | Winkler | Lorenz | Jäger | von Hagen | Seidel | Brandt | Haas
places: 10115:Berlin | 20095:Hamburg | 80331:München | 50667:Köln | 60311:Frankfurt am Main | 04109:Leipzig |
  01067:Dresden
provinces: Bayern | Hamburg | Nordrhein-Westfalen | Hessen | Sachsen
streets: Hauptstraße {} | Bahnhofstr. {} | Gartenweg {}a | Schillerstraße {} | Am Markt {} | Industriestr. {}
trades: Bau | Elektrotechnik | Maschinenbau | Logistik | Möbel | Software | Metallbau | Consulting | Druck | Heizung
suffixes: GmbH | GmbH & Co. KG | AG | e.K. | UG (haftungsbeschränkt) | GmbH | OHG
titles: Geschäftsführer | Einkaufsleiterin | Vertriebsleiter | Buchhalterin | Projektleiter | Assistentin
departments: Vertrieb | Einkauf | Buchhaltung | Geschäftsleitung | Produktion
sources: Messe | Empfehlung | Webseite | Kaltakquise | Newsletter | Partner
statuses: Neu | Kontaktiert | Angebot gesendet | Verloren | Gewonnen
industries: Bauwesen | Einzelhandel | Maschinenbau | Gesundheit | Beratung
salutations: Herr | Frau | Dr.
notes: Angerufen, niemand erreicht, neuer Versuch in KW {} | Möchte ein Angebot über {} Stück vor dem Sommer | Auf
  der Messe getroffen, Interesse an Vertrag {} | Hat bereits einen Lieferanten, in {} Monaten wieder melden | Katalog
  Nr. {} per Post verschickt
mobiles: 0171 ####### | 0151 ######## | 0170/#######
landlines: 030 2####### | 089/2####### | 040 2###### | 0221 2######
prefix: '+49 '
"""

DUTCH = """
country: Nederland
region: NL
yes: Ja
no: Nee
thousands: .
decimal: ,
date: %d-%m-%Y
givens: Jan | Annelies | Pieter | Marieke | Johannes | Sanne | Willem | Femke | Kees | Anouk | Bas | Ingrid | Joost |
  Wilma | Daan | Lotte | Ruud | Saskia | Thijs | Mirjam | Sjoerd | Esther | Gerrit | Fleur
families: de Jong | Jansen | de Vries | van den Berg | Bakker | van Dijk | Visser | Smit | Meijer | de Boer | Mulder
  | Bos | Vos | Peters | Hendriks | van Leeuwen | Dekker | Brouwer | de Wit | Dijkstra | van der Meer
places: 1012 AB:Amsterdam | 3011 GH:Rotterdam | 3511 LK:Utrecht | 5611 AZ:Eindhoven | 9711 JM:Groningen | 2511 CV:Den
  Haag
provinces: Noord-Holland | Zuid-Holland | Utrecht | Noord-Brabant | Groningen
streets: Dorpsstraat {} | Kerkstraat {}-2 | Molenweg {} | Prinsengracht {} | Industrieweg {}
trades: Bouw | Installatietechniek | Transport | Advies | Hoveniers | Metaal | Makelaardij | Groothandel |
  Automatisering
suffixes: B.V. | BV | V.O.F. | N.V. | B.V. | Holding B.V.
titles: Directeur | Inkoper | Verkoopleider | Boekhouder | Projectleider | Eigenaar
departments: Verkoop | Inkoop | Administratie | Directie | Productie
sources: Beurs | Aanbeveling | Website | Koude acquisitie | Nieuwsbrief | Partner
statuses: Nieuw | Benaderd | Offerte verstuurd | Verloren | Gewonnen
industries: Bouw | Detailhandel | Logistiek | Zorg | Advies
salutations: Dhr. | Mevr. | Dr.
notes: Gebeld, niet aanwezig, opnieuw proberen in week {} | Wil een offerte voor {} stuks voor de zomer | Ontmoet op
  de beurs en wil meer weten over contract {} | Heeft al een leverancier, over {} maanden terugbellen | Brochure {}
  per post verstuurd
mobiles: 06-2####### | 06 51 ## ## ## | 063#######
landlines: 020 52# #### | 010-4###### | 030 2## ## ##
prefix: '+31 '
"""

FRENCH = """
country: France
region: FR
yes: Oui
no: Non
thousands: ' '
decimal: ,
date: %d/%m/%Y
givens: Jean-Pierre | Marie | Élodie | François | Nathalie | Jérôme | Chantal | Loïc | Aurélie | Philippe | Hélène |
  Thierry | Céline | Guillaume | Anaïs | Bernard | Sylvie | Mathieu | Véronique | Benoît | Camille | Yves | Zoé
families: Martin | Bernard | Dubois | Lefèvre | Moreau | Girard | Rousseau | Fournier | Mercier | Blanc | Guérin |
  Boyer | Chevalier | François | Perrin | Morin | Gauthier | Le Gall | Masson | Deschamps | Renard | Barbier
places: 75008:Paris | 69002:Lyon | 13001:Marseille | 31000:Toulouse | 33000:Bordeaux | 44000:Nantes | 67000:Strasbourg
provinces: Île-de-France | Auvergne-Rhône-Alpes | Occitanie | Bretagne | Grand Est
streets: {} rue de la République | {} avenue Victor Hugo | {} bis, place du Marché | {} boulevard Voltaire | {},
  chemin des Vignes
trades: Bâtiment | Conseil | Menuiserie | Transports | Électricité | Boulangerie | Immobilier | Informatique | Vins
suffixes: SARL | SAS | SA | EURL | SASU | SARL
titles: Directeur commercial | Gérant | Responsable achats | Comptable | Chef de projet | Assistante de direction
departments: Commercial | Achats | Comptabilité | Direction | Production
sources: Salon | Recommandation | Site web | Prospection | Lettre d'information | Partenaire
statuses: Nouveau | Contacté | Devis envoyé | Perdu | Gagné
industries: Construction | Commerce | Transport | Santé | Conseil
salutations: M. | Mme | Dr
notes: Appelé sans réponse, à rappeler semaine {} | Souhaite un devis pour {} unités avant les vacances | Rencontré
  au salon, intéressé par le contrat {} | A déjà un fournisseur, recontacter dans {} mois | Brochure numéro {}
  envoyée par la poste
mobiles: 06 1# ## ## ## | 07 81 ## ## ## | 06.2#.##.##.## | 063#######
landlines: 01 4# ## ## ## | 04 7# ## ## ## | 02.40.##.##.## | 05 56 ## ## ##
prefix: '+33 '
"""

SPANISH = """
country: España
region: ES
yes: Sí
no: No
thousands: .
decimal: ,
date: %d/%m/%Y
givens: María | José Luis | Carmen | Antonio | Ana María | Javier | Lucía | Manuel | Íñigo | Pilar | Francisco |
  Begoña | Álvaro | Rocío | Sergio | Montserrat | Ramón | Elena | Andrés | Mª Dolores | Joaquín | Nuria | Iker
families: García López | Fernández | Rodríguez Pérez | Martínez | Sánchez Ruiz | Gómez | Jiménez Moreno | Muñoz |
  Álvarez | Romero Díaz | Navarro | Torres Gil | Domínguez | Vázquez | Ramos Serrano | Núñez | Iglesias | Medina
places: 28013:Madrid | 08002:Barcelona | 46002:Valencia | 41001:Sevilla | 48001:Bilbao | 29001:Málaga | 50001:Zaragoza
provinces: Madrid | Barcelona | Valencia | Vizcaya | Málaga
streets: Calle Mayor, {} | Avda. de la Constitución {} | C/ Colón {}, 3º B | Plaza de España {} | Paseo del Prado, {}
trades: Construcciones | Transportes | Asesoría | Hermanos | Instalaciones | Viñedos | Consultores | Textil |
  Informática
suffixes: S.L. | S.A. | S.L.U. | SL | S.Coop.
titles: Director comercial | Gerente | Responsable de compras | Contable | Jefa de proyecto | Administrativa
departments: Ventas | Compras | Contabilidad | Dirección | Producción
sources: Feria | Recomendación | Página web | Llamada en frío | Boletín | Colaborador
statuses: Nuevo | Contactado | Presupuesto enviado | Perdido | Ganado
industries: Construcción | Comercio | Transporte | Sanidad | Consultoría
salutations: Sr. | Sra. | Dra.
notes: Llamado sin respuesta, volver a intentar la semana {} | Quiere presupuesto para {} unidades antes del verano |
  Nos vimos en la feria, interesado en el contrato {} | Ya tiene proveedor, volver a llamar dentro de {} meses |
  Catálogo número {} enviado por correo
mobiles: 6## ## ## ## | 6## ### ### | 6########
landlines: 91 ### ## ## | 93 ### ## ## | 963 ## ## ##
prefix: '+34 '
"""

BRITISH = """
country: United Kingdom
region: GB
yes: Yes
no: No
thousands: ,
decimal: .
date: %d/%m/%Y
givens: James | Olivia | Harry | Charlotte | Mary-Ann | George | Emily | William | Siobhan | Oliver | Grace | Nigel |
  Fiona | Rhys | Alice | Gareth | Imogen | Duncan | Poppy | Stuart | Zara | Priya | Declan | Ruth
families: Smith | Taylor | O'Brien | Wilson | Clarke | Hughes | Bennett | MacDonald | Wright | Fletcher | Hall |
  Turner | Cooper | Shaw | Barnes | Webb | Palmer | Patel | Hunt | Fox | Ainsworth | Pritchard | Kaur
places: SW1A 1AA:London | M1 2AB:Manchester | EH1 3QR:Edinburgh | BS1 4ST:Bristol | LS1 5UV:Leeds | CF10 1EP:Cardiff
provinces: Greater London | Lancashire | West Yorkshire | Avon | Midlothian
streets: {} High Street | {} Station Road | Unit {}, Mill Lane | {} Church Street | {} Victoria Road
trades: Engineering | Consulting | Plumbing | Logistics | Interiors | Software | Foods | Electrical | Design
suffixes: Ltd | Ltd | PLC | LLP | Limited | Group Ltd
titles: Managing Director | Buyer | Sales Manager | Accountant | Project Manager | Office Manager
departments: Sales | Finance | Purchasing | Management | Operations
sources: Trade Show | Referral | Website | Cold Call | Newsletter | Partner
statuses: New | Contacted | Quote Sent | Lost | Won
industries: Construction | Retail | Logistics | Healthcare | Consulting
salutations: Mr | Mrs | Ms | Dr
notes: Called, no answer, will try again in week {} | Would like a quote for {} units before the summer | Met at the
  trade show and wants to know more about contract {} | Has a supplier already, call back in {} months | Sent
  brochure number {} in the post
mobiles: 07812 34#### | 07911 12#### | 07400 ######
landlines: 020 7946 0### | 0161 496 0### | 0131 496 0### | (0117) 496 0###
prefix: '+44 '
"""

AMERICAN = """
country: United States
region: US
yes: Yes
no: No
thousands: ,
decimal: .
date: %m/%d/%Y
givens: Michael | Jennifer | Robert | Ashley | David | Jessica | Tyrone | Linda | Christopher | Amanda | José |
  Brandon | Megan | Kevin | Stephanie | Gregory | Heather | Ethan | Rachel | Travis | Latoya | Eric | Brooke
families: Johnson | Williams | Brown | Garcia | Miller | Davis | Martinez | Anderson | Thompson | White | Harris |
  Lewis | Walker | Young | King | Scott | Nguyen | Adams | Baker | Carter | Mitchell | Washington | Ortiz
places: 10001:New York | 60601:Chicago | 94103:San Francisco | 78701:Austin | 98101:Seattle | 02108:Boston |
  30303:Atlanta
provinces: NY | IL | CA | TX | WA | MA | GA
streets: {} Main St | {} Oak Avenue, Suite 4 | {} Market Street | {} Broadway | {} Elm Dr
trades: Industries | Solutions | Logistics | Partners | Technologies | Builders | Foods | Media | Health
suffixes: Inc. | LLC | Corp. | Inc | Co. | LLC
titles: CEO | VP of Sales | Purchasing Manager | Controller | Director of Operations | Account Executive
departments: Sales | Finance | Marketing | Executive | Engineering
sources: Trade Show | Web | Partner Referral | Phone Inquiry | Purchased List | Other
statuses: Open - Not Contacted | Working - Contacted | Closed - Converted | Closed - Not Converted
industries: Construction | Retail | Technology | Healthcare | Manufacturing
salutations: Mr. | Ms. | Mrs. | Dr.
notes: Left a voicemail, will try again in week {} | Requested a quote for {} seats before Q3 | Met at the trade
  show, interested in plan {} | Already under contract, follow up in {} months | Mailed catalog number {} last Friday
mobiles: (212) 555-01## | 415-555-01## | 512.555.01##
landlines: (312) 555-01## | 206-555-01## | (617) 555-01## x##
prefix: '+1 '
"""
