"""Denmark, Sweden and Norway, for `locales`."""

DANISH = """
country: Danmark
region: DK
yes: Ja
no: Nej
thousands: .
decimal: ,
date: %d-%m-%Y
givens: Anne | Mette | Søren | Lars | Kirsten | Niels | Jens-Peter | Camilla | Frederik | Åse | Ida | Mikkel | Louise
  | Bo | Rasmus | Karen | Maja | Oluf | Gitte | Thorkild | Signe | Emil | Hanne | Bjarne | Astrid | Magnus
families: Jensen | Nielsen | Møller | Østergaard | Kjær | Lund | Bach Hansen | Thomsen | Vestergaard | Krogh | Holm |
  Søndergaard | Ravn | Dahl | Schmidt | Petersen | Friis | Toft | Winther | Bøgh | Mikkelsen | Juul | Nørgaard
places: 8000:Aarhus C | 2100:København Ø | 5000:Odense C | 9000:Aalborg | 7100:Vejle | 6700:Esbjerg | 4000:Roskilde
provinces: Midtjylland | Hovedstaden | Syddanmark | Nordjylland | Sjælland
streets: Vestergade {} | Strandvejen {} | Nørregade {}, 2. tv | Skolevej {} | Industrivej {} | Havnegade {} B
trades: Byg | Tømrer | El-Service | Revision | Møbler | Transport | Maskinfabrik | Consult | Rengøring | IT
suffixes: ApS | A/S | ApS | I/S | IVS | ApS | Holding ApS
titles: Direktør | Salgschef | Indkøber | Regnskabschef | Projektleder | Konsulent | Ejer | Kontorassistent
departments: Salg | Økonomi | Indkøb | Ledelse | Drift
sources: Messe | Anbefaling | Hjemmeside | Kold kanvas | Nyhedsbrev | LinkedIn
statuses: Ny | Kontaktet | Tilbud sendt | Tabt | Vundet
industries: Byggeri | Detailhandel | Transport | Rådgivning | Landbrug
salutations: Hr. | Fru | Dr.
notes: Ringet op, ikke hjemme, prøver igen i uge {} | Vil gerne have tilbud på {} stk. inden sommerferien | Mødtes på
  messen, interesseret i ny løsning til {} medarbejdere | Har allerede en leverandør til og med {}, ring igen til den
  tid | Sendt brochure og prisliste {} pr. mail | Beder om at blive kontaktet af en anden sælger end sidst, sag {}
mobiles: 2# ## ## ## | 40 2# ## ## | 51 3# ## ## | 22###### | 60 6# ## ##
landlines: 86 1# ## ## | 33 1# ## ## | 75 5# ## ## | 981#####
prefix: '+45 '
"""

SWEDISH = """
country: Sverige
region: SE
yes: Ja
no: Nej
thousands: ' '
decimal: ,
date: %Y-%m-%d
givens: Anna | Erik | Kerstin | Lars-Göran | Åsa | Johan | Märta | Björn | Elin | Oskar | Birgitta | Nils | Maria |
  Gustav | Ulla | Fredrik | Linnéa | Sven | Ingrid | Håkan | Wilma | Axel | Karin | Tobias
families: Andersson | Johansson | Lindqvist | Öberg | Nyström | Bergström | Åkesson | Sjöberg | Ek | Wallin | Hedlund
  | Forsberg | Sundström | Lindholm | Nordin | Persson | Fransson | Björk | Holmgren | Sandberg | Ahlström
places: 111 22:Stockholm | 411 05:Göteborg | 211 34:Malmö | 753 10:Uppsala | 582 23:Linköping | 903 26:Umeå
provinces: Stockholms län | Skåne län | Västra Götaland | Uppsala län | Västerbotten
streets: Storgatan {} | Kungsgatan {} A | Drottninggatan {} | Björkvägen {} | Industrigatan {}
trades: Bygg | Måleri | Konsult | Åkeri | Redovisning | Plåt | Fastigheter | Trä | Data | Förvaltning
suffixes: AB | AB | HB | KB | Aktiebolag
titles: VD | Säljare | Inköpschef | Ekonomichef | Projektledare | Konsult | Platschef
departments: Försäljning | Ekonomi | Inköp | Ledning | Produktion
sources: Mässa | Rekommendation | Webbplats | Telefon | Nyhetsbrev | Partner
statuses: Ny | Kontaktad | Offert skickad | Förlorad | Vunnen
industries: Bygg | Handel | Transport | Tillverkning | Vård
salutations: Herr | Fru | Dr
notes: Ringde, ingen svarade, försöker igen vecka {} | Vill ha en offert på {} enheter före semestern | Träffades på
  mässan och vill veta mer om avtal {} | Har redan en leverantör, återkom om {} månader | Skickade broschyr nummer {}
  med posten
mobiles: 070-### ## ## | 073-### ## ## | 076 ### ## ## | 0702######
landlines: 08-### ## ## | 031-## ## ## | 040-## ## ## | 018-## ## ##
prefix: '+46 '
"""

NORWEGIAN = """
country: Norge
region: NO
yes: Ja
no: Nei
thousands: ' '
decimal: ,
date: %d.%m.%Y
givens: Kari | Ola | Ingrid | Bjørn | Solveig | Knut | Anne-Grete | Håkon | Silje | Trond | Marit | Eirik | Ragnhild
  | Øystein | Tone | Sindre | Astrid | Geir | Hilde | Terje | Maren | Sverre | Liv | Torbjørn
families: Hansen | Olsen | Johansen | Haugen | Bakken | Solberg | Nygård | Moen | Ødegård | Strand | Berge | Lie |
  Hagen | Tangen | Aas | Fossum | Eide | Myhre | Sæther | Rønning | Kvam | Skaar | Dahlberg
places: 0150:Oslo | 5003:Bergen | 7010:Trondheim | 4006:Stavanger | 9008:Tromsø | 3015:Drammen
provinces: Vestland | Viken | Rogaland | Trøndelag | Troms
streets: Storgata {} | Kirkeveien {} | Strandgata {} | Bjørkealleen {} | Industriveien {} B
trades: Bygg | Rør | Regnskap | Eiendom | Elektro | Fisk | Rådgivning | Transport | Trevare | Data
suffixes: AS | AS | ASA | ENK | ANS | DA
titles: Daglig leder | Selger | Innkjøper | Økonomisjef | Prosjektleder | Rådgiver
departments: Salg | Økonomi | Innkjøp | Ledelse | Drift
sources: Messe | Anbefaling | Nettside | Telefon | Nyhetsbrev | Forhandler
statuses: Ny | Kontaktet | Tilbud sendt | Tapt | Vunnet
industries: Bygg og anlegg | Varehandel | Fiskeri | Transport | Olje og gass
salutations: Herr | Fru | Dr.
notes: Ringte, fikk ikke svar, prøver igjen i uke {} | Ønsker tilbud på {} enheter før ferien | Traff ham på messa og
  vil ha mer om avtale {} | Har leverandør ut året, ring igjen om {} måneder | Sendte prisliste nummer {} på e-post
mobiles: 90# ## ### | 41# ## ### | 917##### | 41 3# ## ##
landlines: 22 ## ## ## | 55 ## ## ## | 73 ## ## ##
prefix: '+47 '
"""
