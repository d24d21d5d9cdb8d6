"""`hubspot_contacts.csv`: HubSpot's "All contacts" as it exports it, every cell quoted, with some custom properties."""

import csv
import datetime as dt
import io
import json
from collections.abc import Sequence

from words import Dice, Firm, firms, person, remark

ROWS = 300
BLANK = 150
HEADERS = (
    "Record ID",
    "First Name",
    "Last Name",
    "Email",
    "Phone Number",
    "Contact owner",
    "Primary Associated Company ID",
    "Last Activity Date",
    "Lead Status",
    "Marketing contact status",
    "Create Date",
    "Associated Company",
    "Lifecycle Stage",
    "Job Title",
    "Number of Employees",
    "Associated Note",
    "Expected deal size",
    "Renewal date",
    "Wants newsletter",
    "Last form answers",
    "Keen Lead ID",
)
OWNERS = ("Freja Lindqvist", "Oliver Ashworth", "Nanna Høj", "Tobias Brandt")
LEAD_STATUSES = {
    "NEW": 5, "OPEN": 4, "IN_PROGRESS": 4, "OPEN_DEAL": 2, "UNQUALIFIED": 1, "ATTEMPTED_TO_CONTACT": 3,
    "CONNECTED": 4, "BAD_TIMING": 1,
}  # fmt: skip
STAGES = {"Lead": 5, "Marketing Qualified Lead": 3, "Sales Qualified Lead": 3, "Opportunity": 2, "Customer": 4}
TITLES = (
    "Head of Operations", "Finance Manager", "Office Manager", "Founder", "Procurement Lead", "IT Manager",
    "Managing Director", "Payroll Specialist", "Head of People", "Sales Director",
)  # fmt: skip
TRADES = (
    "Logistics", "Interiors", "Dental Group", "Software", "Bakeries", "Accounting", "Fitness", "Architects",
    "Recruitment", "Energy", "Hotels", "Packaging",
)  # fmt: skip
OPENINGS = (
    "Met {who} at the {event}, wants a quote for {count} seats.",
    "Called {day}, went to voicemail.",
    "Asked for the security questionnaire, sent it {day}.",
    "Budget is not approved until {month}.",
    "{who} forwarded the proposal to their board.",
    "Uses a competitor today, contract runs out in {month}.",
    "Very interested in the partner programme, less so in the price.",
    "Out of office until {month}, colleague answers meanwhile.",
    "Demo went well; they liked the reports and asked about single sign-on.",
    "Downloaded the pricing sheet twice, no answer to e-mails yet.",
    "Renewed for one year, {count} seats.",
    "Wants invoices sent to the head office, not to the branch.",
    "Referred by {who}, who is a customer already.",
    "Asked us to call back after the {event}.",
)
CLOSINGS = (
    "Follow up in {month}.",
    "Send the case study first.",
    "Prefers e-mail to phone.",
    "{who} takes over from here.",
    "Decision expected by the end of {month}.",
    "Do not mention the old price.",
    "Invite to the next {event}.",
)
SLOTS: dict[str, Sequence[str]] = {
    "who": ("Oliver", "their CFO", "Nanna", "a former colleague", "the office manager"),
    "event": ("trade fair in Malmö", "partner breakfast", "autumn webinar", "summer party"),
    "day": ("on Monday", "on Tuesday", "on Thursday afternoon", "last week", "twice this week"),
    "month": ("January", "March", "April", "June", "September", "November"),
    "count": ("5", "12", "25", "40", "120"),
}


def phone(dice: Dice) -> str:
    """Give a number that is nobody's: of the ranges that Ofcom keeps for drama, or of Denmark's unused 37."""
    ending = f"{dice.number(0, 999):03d}"
    if dice.often(0.4):
        return f"+45 37 {dice.number(20, 99)} {dice.number(10, 99)} {ending[1:]}"
    return dice.one((f"+44 7700 900{ending}", f"07700 900 {ending}", f"+44 20 7946 0{ending}", f"(020) 7946 0{ending}"))


def moment(dice: Dice, first: dt.date, days: int) -> str:
    """Give a date and a time of day in HubSpot's form, within so many days of the first."""
    day = first + dt.timedelta(days=dice.number(0, days))
    return f"{day} {dice.number(7, 18):02d}:{dice.number(0, 59):02d}"


def contact(dice: Dice, number: int, employers: Sequence[Firm]) -> dict[str, str]:
    """Give one contact without faults."""
    who = person(dice, employers)
    answers = {"topic": dice.one(("pricing", "demo", "partnership")), "seats": dice.number(3, 150)}
    return {
        "Record ID": str(83_726_150_912 + 37 * number),
        "First Name": who.first,
        "Last Name": who.last,
        "Email": who.email,
        "Phone Number": phone(dice) if dice.often(0.85) else "",
        "Contact owner": dice.one(OWNERS) if dice.often(0.95) else "",
        "Primary Associated Company ID": str(20_418_300_177 + 53 * employers.index(who.firm)),
        "Last Activity Date": moment(dice, dt.date(2025, 9, 1), 185) if dice.often(0.8) else "",
        "Lead Status": dice.weighted(LEAD_STATUSES) if dice.often(0.92) else "",
        "Marketing contact status": dice.one(("Marketing contact", "Non-marketing contact")),
        "Create Date": moment(dice, dt.date(2023, 1, 9), 900),
        "Associated Company": who.firm.name,
        "Lifecycle Stage": dice.weighted(STAGES),
        "Job Title": dice.one(TITLES) if dice.often(0.8) else "",
        "Number of Employees": str(dice.number(2, 900)) if dice.often(0.7) else "",
        "Associated Note": remark(dice, OPENINGS, CLOSINGS, SLOTS) if dice.often(0.6) else "",
        "Expected deal size": f"{dice.number(8, 960) * 50}.{dice.one(('00', '00', '50'))}" if dice.often(0.75) else "",
        "Renewal date": str(dt.date(2026, 4, 1) + dt.timedelta(days=dice.number(0, 400))) if dice.often(0.5) else "",
        "Wants newsletter": dice.one(("true", "false")),
        "Last form answers": json.dumps(answers) if dice.often(0.3) else "",
        "Keen Lead ID": dice.lead_id(),
    }


def add_dirt(dice: Dice, rows: list[dict[str, str]]) -> None:
    """Put in what real exports hold: eleven rows that cannot be sent, and some that only look odd."""
    places = dice.places(ROWS, BLANK)
    invalid = (
        {"Keen Lead ID": ""},
        {"Keen Lead ID": " "},
        {"Keen Lead ID": "see merged contact"},
        {"Keen Lead ID": rows[20]["Keen Lead ID"][:-4]},
        {"Email": "billing(at)quayside.example.com"},
        {"Email": "helle.holm@@nordlys-software.example.com"},
        {"Expected deal size": "about 20k"},
        {"Lead Status": "Waiting for Oliver"},
        {"Renewal date": "Q3 2026"},
        {"Last form answers": '{"topic": "pricing", "seats": '},
        {"Phone Number": "call the switchboard"},
    )
    odd = (
        {"First Name": "  Anne-Mette ", "Last Name": "Degn  Poulsen"},
        {"Email": " Kasper.Ravn@Halewood-Hotels.Example.COM "},
        {"Phone Number": "+45 12 34 56 78", "Associated Company": "Westbrook   Energy Ltd"},
        {"Associated Note": "=> ring again after Easter, ask for the new buyer"},
        {"Associated Note": "+1 for the breakfast seminar, vegetarian"},
        {"Associated Note": 'Said: "send it again, we lost the first one".\nSent on Friday, with the signed appendix.'},
        {"Lifecycle Stage": "Evangelist"},
    )
    for changes in (*invalid, *odd):
        rows[next(places)].update(changes)
    again = next(places)
    # The same lead once more, further down: exports by two views overlap.
    rows[again] = rows[5] | {"Lead Status": "CONNECTED", "Last Activity Date": "2026-03-05 14:22"}
    rows[BLANK] = dict.fromkeys(HEADERS, "")


def make() -> bytes:
    """Give the file's bytes: UTF-8, commas, every cell quoted."""
    dice = Dice(20260305)
    employers = firms(dice, 60, TRADES, ("Ltd", "ApS", "A/S", "GmbH", ""))
    rows = [contact(dice, number, employers) for number in range(ROWS)]
    add_dirt(dice, rows)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, HEADERS, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()
