"""`pipedrive_people.xlsx`: a list of people as Pipedrive exports it, every header named after the object it is from."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from words import Dice, Firm, firms, person, remark

ROWS = 250
BLANK = 125
MADE_AT = dt.datetime(2026, 3, 6, 7, 30, tzinfo=dt.UTC)
HEADERS = {
    "Person - ID": 11,
    "Person - Name": 28,
    "Person - First name": 16,
    "Person - Last name": 18,
    "Person - Label": 14,
    "Person - Organization": 32,
    "Person - Email - Work": 44,
    "Person - Email - Home": 30,
    "Person - Phone - Work": 20,
    "Person - Phone - Mobile": 20,
    "Person - Owner": 20,
    "Person - Person created": 20,
    "Person - Last activity date": 20,
    "Person - Open deals": 12,
    "Person - Won deals": 12,
    "Person - Marketing status": 18,
    "Person - Expected annual value": 18,
    "Person - Currency of Expected annual value": 12,
    "Person - Contract until": 14,
    "Person - Reference customer": 14,
    "Person - Country": 12,
    "Person - Notes": 60,
    "Person - Keen Legacy ID": 14,
}
FORMATS = {
    "Person - Person created": "yyyy-mm-dd hh:mm:ss",
    "Person - Last activity date": "yyyy-mm-dd",
    "Person - Contract until": "yyyy-mm-dd",
    "Person - Expected annual value": "#,##0.00",
}
OWNERS = ("Astrid Falk", "Mads Eskildsen", "Hannah Schmidt")
LABELS = {"Hot lead": 3, "Warm lead": 4, "Cold lead": 3, "Customer": 4}
STATUSES = ("Subscribed", "No consent", "Unsubscribed")
TRADES = (
    "Marine", "Timber", "Foods", "Robotics", "Clinics", "Print", "Textiles", "Consulting", "Garden Centres",
    "Instruments",
)  # fmt: skip
OPENINGS = (
    "First meeting {day}, {who} joined from their side.",
    "Wants the contract in {language}.",
    "Price is fine, delivery time is the problem.",
    "Asked for two references in the same trade.",
    "Bought {count} licences through the reseller last year.",
    "Changed jobs; the new contact is {who}.",
    "Trial ends in {month}, has used it four days out of ten.",
    "Interested in the {count} seat package.",
    "Left a message with {who}.",
    "Complained about the invoice of {month}; credited and closed.",
)
CLOSINGS = (
    "Next step: send the offer.",
    "Call again in {month}.",
    "Speaks {language} best.",
    "Keep {who} in copy.",
    "No calls before ten.",
)
SLOTS: dict[str, Sequence[str]] = {
    "who": ("the warehouse manager", "their lawyer", "Hannah", "the owner's son", "reception"),
    "day": ("on Wednesday", "on 12 February", "yesterday", "in week 8"),
    "month": ("February", "May", "August", "October"),
    "language": ("English", "German", "Danish", "Swedish"),
    "count": ("10", "15", "30", "50"),
}
PHONES = {
    "DK": "+45 37 {0} 01 {1:02d}",
    "DE": "+49 30 23125 {1:03d}",
    "SE": "+46 70 174 06 {1:02d}",
    "GB": "+44 7700 900{1:03d}",
}


def phone(dice: Dice, country: str) -> str:
    """Give a number that is nobody's: of the ranges kept for films and books, or of Denmark's unused 37."""
    return PHONES[country].format(dice.number(20, 99), dice.number(10, 99))


def row(dice: Dice, number: int, employers: Sequence[Firm]) -> dict[str, Any]:
    """Give one person without faults; numbers, dates and booleans are what Excel makes of them."""
    who = person(dice, employers)
    country = dice.weighted({"DK": 4, "DE": 3, "SE": 2, "GB": 1})
    created = dt.datetime(2022, 2, 1, 8, 5) + dt.timedelta(minutes=dice.number(0, 1_900_000))
    home = f"{who.first[0].lower()}{number}@example.org"
    valued = dice.often(0.7)
    return {
        "Person - ID": 1200 + number,
        "Person - Name": f"{who.first} {who.last}",
        "Person - First name": who.first,
        "Person - Last name": who.last,
        "Person - Label": dice.weighted(LABELS) if dice.often(0.9) else None,
        "Person - Organization": who.firm.name,
        "Person - Email - Work": who.email,
        "Person - Email - Home": home.encode("ascii", "ignore").decode() if dice.often(0.15) else None,
        "Person - Phone - Work": phone(dice, country) if dice.often(0.8) else None,
        "Person - Phone - Mobile": phone(dice, country) if dice.often(0.3) else None,
        "Person - Owner": dice.one(OWNERS),
        "Person - Person created": created,
        "Person - Last activity date": dt.date(2025, 10, 1) + dt.timedelta(days=dice.number(0, 155)),
        "Person - Open deals": dice.weighted({0: 5, 1: 4, 2: 1}),
        "Person - Won deals": dice.weighted({0: 6, 1: 3, 2: 1, 5: 1}),
        "Person - Marketing status": dice.one(STATUSES),
        "Person - Expected annual value": dice.number(6, 700) * 250 + dice.one((0, 0, 0, 0.5)) if valued else None,
        "Person - Currency of Expected annual value": dice.one(("EUR", "DKK", "dkk")) if valued else None,
        "Person - Contract until": (
            dt.date(2026, 6, 30) + dt.timedelta(days=dice.number(0, 700)) if dice.often(0.4) else None
        ),
        "Person - Reference customer": dice.often(0.25),
        "Person - Country": country,
        "Person - Notes": remark(dice, OPENINGS, CLOSINGS, SLOTS) if dice.often(0.6) else None,
        "Person - Keen Legacy ID": 40_211 + 7 * number,
    }


def add_dirt(dice: Dice, rows: list[dict[str, Any]]) -> None:
    """Put in what real workbooks hold: nine rows that cannot be sent, and some that only look odd."""
    places = dice.places(ROWS, BLANK)
    invalid = (
        {"Person - Keen Legacy ID": None},
        {"Person - Keen Legacy ID": "not in Keen"},
        {"Person - Keen Legacy ID": 40_902.5},
        {"Person - Email - Work": "reception at mosevang"},
        {"Person - Email - Work": "thea.winther@"},
        {"Person - Expected annual value": "40-50.000"},
        {"Person - Contract until": "open-ended"},
        {"Person - Organization": None},
        {"Person - Phone - Work": "+45 37 55 01 78 / 79"},
    )
    odd = (
        {"Person - Label": "Ask Astrid"},
        {"Person - First name": " Jürgen", "Person - Last name": "van der  Meer "},
        {"Person - Email - Work": "Rikke.Toft@Tallship-Marine.Example.com "},
        {"Person - Phone - Work": "+45 12 34 56 78"},
        {"Person - Notes": "+ asked for the brochure in German\n+ wants a call before the fair"},
        {"Person - Notes": "- no reply since October"},
    )
    for changes in (*invalid, *odd):
        rows[next(places)].update(changes)
    again = next(places)
    # The same lead twice: a person whom two owners keep. Both rows are sent, in their order.
    rows[again] = rows[3] | {"Person - ID": 1200 + again, "Person - Owner": OWNERS[2], "Person - Label": "Hot lead"}
    rows[BLANK] = dict.fromkeys(HEADERS)


def workbook(rows: Sequence[dict[str, Any]]) -> Workbook:
    """Lay the rows out: a bold frozen header with a filter, column widths, number and date formats."""
    book = Workbook()
    book.properties.creator = "Pipedrive"
    book.properties.created = MADE_AT.replace(tzinfo=None)
    sheet = book.worksheets[0]
    sheet.title = "People"
    sheet.append(list(HEADERS))
    for column, (header, width) in enumerate(HEADERS.items(), start=1):
        sheet.cell(1, column).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
        for number, content in enumerate(rows, start=2):
            cell = sheet.cell(number, column, content[header])
            if isinstance(content[header], dt.date | float | int) and header in FORMATS:
                cell.number_format = FORMATS[header]
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(HEADERS))}{len(rows) + 1}"
    return book


def settled(book: Workbook) -> bytes:
    """Save a workbook without the moment of saving, so that the same rows always give the same bytes."""
    saved, result = io.BytesIO(), io.BytesIO()
    book.save(saved)
    with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as out:
        for part in parts.infolist():
            content = parts.read(part)
            if part.filename == "docProps/core.xml":
                stamp = MADE_AT.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, content)
            out.writestr(zipfile.ZipInfo(part.filename, MADE_AT.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)
    return result.getvalue()


def make() -> bytes:
    """Give the workbook's bytes."""
    dice = Dice(20260306)
    employers = firms(dice, 50, TRADES, ("ApS", "A/S", "GmbH", "AB", "Ltd"))
    rows = [row(dice, number, employers) for number in range(ROWS)]
    add_dirt(dice, rows)
    return settled(workbook(rows))
