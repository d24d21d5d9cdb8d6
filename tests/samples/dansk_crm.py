"""`dansk_crm_kunder.csv`: customers as Danish Excel writes CSV: cp1252, semicolons, CRLF, `12.345,50`, dd-mm-yyyy."""

import csv
import datetime as dt
import io
from collections.abc import Sequence

from words import Dice, Firm, firms, person, remark

ROWS = 400
BLANK = 200
HEADERS = (
    "Kundenr.",
    "Virksomhed",
    "CVR-nr.",
    "Fornavn",
    "Efternavn",
    "E-mail",
    "Telefon",
    "Mobil",
    "Adresse",
    "Postnr.",
    "By",
    "Kundeansvarlig",
    "Segment",
    "Omsætning",
    "Antal ansatte",
    "Oprettet",
    "Seneste kontakt",
    "Aktiv (Ja/Nej)",
    "Bemærkninger",
    "Keen Lead ID",
)
OWNERS = ("Søren Kjær", "Gitte Mørk", "Lærke Høj", "Bjørn Ravn")
SEGMENTS = {"A": 2, "B": 4, "C": 4}
TOWNS = (
    ("1620", "København V"), ("4000", "Roskilde"), ("5000", "Odense C"), ("6400", "Sønderborg"), ("6700", "Esbjerg"),
    ("7100", "Vejle"), ("8000", "Aarhus C"), ("8600", "Silkeborg"), ("8900", "Randers C"), ("9000", "Aalborg"),
    ("3700", "Rønne"), ("5970", "Ærøskøbing"),
)  # fmt: skip
STREETS = ("Møllevej", "Industrivej", "Østergade", "Havnegade", "Skovbrynet", "Åvænget", "Nørre Allé", "Kirkestræde")
TRADES = (
    "Tømrer", "El-service", "Regnskab", "VVS", "Bageri", "Autoværksted", "Tandklinik", "Rengøring", "Møbler",
    "Bogtryk", "Gartneri", "Køkkener",
)  # fmt: skip
OPENINGS = (
    "Ringede {day}, han er på ferie til {month}.",
    "Vil gerne have tilbud på {count} brugere.",
    "Fakturaen for {month} er rykket, bogholderen betaler i næste uge.",
    "Mødt på {event}, meget positiv over for samarbejdet.",
    "Ønsker kun kontakt på e-mail.",
    "Skifter system til {month}, skal have hjælp til at flytte data.",
    "Spurgte til prisen på den store pakke.",
    "Aftalen er forlænget et år, {count} brugere.",
    "Kontaktpersonen er stoppet, ny kontakt er {who}.",
    "Har fået demo, afventer svar fra bestyrelsen.",
    "Henvist af {who}.",
    "Utilfreds med svartiden, Søren følger op.",
)
CLOSINGS = (
    "Ring igen i {month}.",
    "Send brochuren først.",
    "Husk at invitere til {event}.",
    "Rabatten må ikke nævnes.",
    "Beslutning ventes i {month}.",
    "{who} er sat i kopi.",
)
SLOTS: dict[str, Sequence[str]] = {
    "day": ("mandag", "tirsdag formiddag", "i går", "to gange i uge 9"),
    "month": ("januar", "marts", "maj", "august", "oktober"),
    "count": ("3", "8", "15", "40"),
    "event": ("håndværkermessen", "morgenmødet i Vejle", "sommerfesten"),
    "who": ("revisoren", "direktørens søster", "Gitte", "indkøberen"),
}
CVR_WEIGHTS = (2, 7, 6, 5, 4, 3, 2, 1)


def cvr(dice: Dice) -> str:
    """Give eight digits that fail the check of the company register, so that they are nobody's number."""
    while True:
        digits = f"{dice.one(('0', '00', '', '', '', ''))}{dice.number(1, 99_999_999):08d}"[:8]
        if sum(weight * int(digit) for weight, digit in zip(CVR_WEIGHTS, digits, strict=True)) % 11:
            return digits


def phone(dice: Dice) -> str:
    """Give a number that is nobody's (Denmark uses no 37), written in one of the ways that people write them."""
    a, b, c = dice.number(20, 99), dice.number(10, 99), dice.number(10, 99)
    return dice.one((f"37 {a} {b} {c}", f"37{a}{b}{c}", f"+45 37 {a} {b} {c}", f"37{a} {b}{c}"))


def danish(amount: float) -> str:
    """Write an amount with a decimal comma and points between the thousands."""
    return f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))


def date(dice: Dice, first: dt.date, days: int) -> str:
    """Give a date as dd-mm-yyyy, within so many days of the first."""
    return f"{first + dt.timedelta(days=dice.number(0, days)):%d-%m-%Y}"


def customer(dice: Dice, number: int, employers: Sequence[Firm], registered: dict[str, str]) -> dict[str, str]:
    """Give one customer without faults."""
    who = person(dice, employers)
    code, town = dice.one(TOWNS)
    first, second = (remark(dice, OPENINGS, CLOSINGS, SLOTS) for _ in range(2))
    return {
        "Kundenr.": f"K-{10_023 + 3 * number}",
        "Virksomhed": who.firm.name,
        "CVR-nr.": registered[who.firm.name] if dice.often(0.95) else "",
        "Fornavn": who.first,
        "Efternavn": who.last,
        "E-mail": who.email,
        "Telefon": phone(dice) if dice.often(0.8) else "",
        "Mobil": phone(dice) if dice.often(0.5) else "",
        "Adresse": f"{dice.one(STREETS)} {dice.number(1, 140)}",
        "Postnr.": code,
        "By": town,
        "Kundeansvarlig": dice.one(OWNERS),
        "Segment": dice.weighted(SEGMENTS) if dice.often(0.95) else "",
        "Omsætning": danish(dice.number(3, 9_000) * 137.5) if dice.often(0.85) else "",
        "Antal ansatte": str(dice.number(1, 250)) if dice.often(0.7) else "",
        "Oprettet": date(dice, dt.date(2019, 1, 7), 2500),
        "Seneste kontakt": date(dice, dt.date(2025, 8, 1), 215) if dice.often(0.75) else "",
        "Aktiv (Ja/Nej)": dice.weighted({"Ja": 7, "Nej": 1, "ja": 1}),
        "Bemærkninger": (f"{first}\n{second}" if dice.often(0.2) else first) if dice.often(0.55) else "",
        "Keen Lead ID": dice.lead_id(),
    }


def add_dirt(dice: Dice, rows: list[dict[str, str]]) -> None:
    """Put in what real lists hold: thirteen rows that cannot be sent, a repeated lead, and some that only look odd."""
    places = dice.places(ROWS, BLANK)
    invalid = (
        {"Keen Lead ID": ""},
        {"Keen Lead ID": "?"},
        {"Keen Lead ID": "findes ikke i Keen"},
        {"Keen Lead ID": rows[30]["Keen Lead ID"].replace("-", "", 2)[:31]},
        {"E-mail": "kontakt@"},
        {"E-mail": "åse.grøn(at)example.com"},
        {"E-mail": "louise.toft@example.com; bogholderi@example.com"},
        {"Omsætning": "ca. 50.000"},
        {"Omsætning": "12.34,5,0"},
        {"Oprettet": "31-02-2024"},
        {"Seneste kontakt": "uge 12"},
        {"CVR-nr.": "2855017"},
        {"Aktiv (Ja/Nej)": "Måske"},
    )
    odd = (
        {"Fornavn": " Søren ", "Efternavn": "Møller-Skov  "},
        {"Virksomhed": "NORDLYS  EL-SERVICE A/S"},
        {"E-mail": "Pernille.Bach@Fjordblik-Bageri.Example.com"},
        {"Telefon": "+45 12 34 56 78"},
        {"Mobil": "lokal 214"},
        {"CVR-nr.": "DK 28 55 01 78"},
        {"Segment": "Offentlig"},
        {"Bemærkninger": "=> skal have nyt tilbud inden påske; ring til Gitte"},
        {"Bemærkninger": '+ 2 brugere fra 1. maj\n"Gerne på den gamle pris", siger han.'},
    )
    for changes in (*invalid, *odd):
        rows[next(places)].update(changes)
    again = next(places)
    # The same lead under two customer numbers: the mapping refuses both until somebody has looked.
    rows[again] = rows[again] | {"Keen Lead ID": rows[7]["Keen Lead ID"]}
    rows[BLANK] = dict.fromkeys(HEADERS, "")


def make() -> bytes:
    """Give the file's bytes."""
    dice = Dice(20260307)
    employers = firms(dice, 90, TRADES, ("ApS", "A/S", "I/S", "& Søn"))
    registered = {firm.name: cvr(dice) for firm in employers}
    rows = [customer(dice, number, employers, registered) for number in range(ROWS)]
    add_dirt(dice, rows)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, HEADERS, delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("cp1252")
