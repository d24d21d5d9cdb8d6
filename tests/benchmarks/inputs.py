"""The benchmarks' inputs: made-up exports of any length, the mapping for them, and the body of one row.

Run as a process of its own, so that the table's process stays small: `inputs.py csv|xlsx|wide.csv ROWS FILE`.
"""

import csv
import datetime as dt
import random
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from server import PROPERTY_IDS

HEADERS = (
    "Keen Lead ID",
    "E-mail",
    "First name",
    "Last name",
    "Phone",
    "Company",
    "CVR",
    "Notes",
    "Owner",
    "Amount",
    "Tier",
    "Created",
)
WIDE_HEADERS = (
    *(*HEADERS, "Mobile", "Fax", "Street", "Postal code", "City", "Country", "Website", "Job title", "Department"),
    *("Lead source", "Lead status", "Rating", "Industry", "Employees", "Annual revenue", "Birthday", "Email opt out"),
    *("Do not call", "Created by", "Modified by", "Modified", "Last activity", "Next activity", "Campaign", "Score"),
    *("Language", "Time zone", "Record ID"),
)
FIRST_NAMES = ("Anna", "Bo", "Cecilie", "Dorte", "Émile", "Frøya", "Gustav", "Hanne")
LAST_NAMES = ("Jensen", "Lefèvre", "Møller", "Smith", "van Dijk", "Østergaard")

# Every column is used and every kind of work done: transforms, a check, a phone, a number, a lookup, a date.
MAPPING = """\
version: 1
name: Benchmark
channel: Benchmark Partnership
lead: {id: Keen Lead ID}
fields:
  email: {column: E-mail, transform: [trim, lower], check: email}
  first_name: First name
  last_name: Last name
  phone: {column: Phone, phone: {region: DK}}
  company_name: {column: Company, transform: [collapse_spaces]}
  business_id: CVR
  notes: Notes
  referring_employee: Owner
  source: {value: CRM sync}
properties:
  Deal size: {column: Amount, type: number%(number)s}
  Tier: {column: Tier, lookup: {A: Gold, B: Silver, C: Bronze}, otherwise: error}
  Customer since: {column: Created, type: date%(date)s}
"""
MAPPINGS = {
    "csv": MAPPING % {"number": ', decimal: ","', "date": ", format: dd-mm-yyyy"},
    "xlsx": MAPPING % {"number": "", "date": ""},
}


def rows(count: int) -> Iterator[list[str]]:
    """Give made-up rows, always the same ones, no lead twice."""
    chance = random.Random(20261122)
    for number in range(count):
        first, last = chance.choice(FIRST_NAMES), chance.choice(LAST_NAMES)
        yield [
            str(uuid.UUID(int=chance.getrandbits(128), version=4)),
            f"lead.{number}@example.com",
            first,
            last,
            f"+45 37 {chance.randint(10, 99)} {chance.randint(1000, 9999)}",
            f"{last} & Co ApS",
            f"{chance.randint(0, 99999999):08d}",
            "" if number % 3 else "Called on Tuesday, will call back about the renewal",
            f"Owner {number % 20}",
            f"{chance.randint(100, 99999)},{chance.randint(0, 99):02d}",
            chance.choice("ABC"),
            f"{chance.randint(1, 28):02d}-{chance.randint(1, 12):02d}-2026",
        ]


def body(row: dict[str, str]) -> dict[str, Any]:
    """Give the `update_lead` that the mapping makes of a row, written by hand for the bare loops."""
    content: dict[str, Any] = {
        "action": "update_lead",
        "lead_id": row["Keen Lead ID"],
        "email": row["E-mail"].strip().lower(),
        "first_name": row["First name"],
        "last_name": row["Last name"],
        "phone": row["Phone"].replace(" ", ""),
        "company_name": row["Company"],
        "business_id": row["CVR"],
        "referring_employee": row["Owner"],
        "source": "CRM sync",
        "properties": [
            {
                "property_definitions_id": PROPERTY_IDS["Deal size"],
                "value": float(row["Amount"].replace(",", ".")),
            },
            {
                "property_definitions_id": PROPERTY_IDS["Tier"],
                "value": {"A": "Gold", "B": "Silver", "C": "Bronze"}[row["Tier"]],
            },
            {
                "property_definitions_id": PROPERTY_IDS["Customer since"],
                "value": "-".join(reversed(row["Created"].split("-"))),
            },
        ],
    }
    if row["Notes"]:
        content["notes"] = row["Notes"]
    return content


def write_csv(count: int, path: Path) -> None:
    """Write `count` rows as UTF-8 CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADERS)
        writer.writerows(rows(count))


def write_wide_csv(count: int, path: Path) -> None:
    """Write `count` rows as UTF-8 CSV, with the other columns that a CRM exports."""
    chance = random.Random(20261123)
    words = ("Sales", "Finance", "New", "Contacted", "Retail", "Building", "Spring", "Trade show", "")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(WIDE_HEADERS)
        for number, row in enumerate(rows(count)):
            day = f"{chance.randint(1, 28):02d}-{chance.randint(1, 12):02d}-2026"
            more = [f"+45 20 {chance.randint(10, 99)} {chance.randint(1000, 9999)}", "", f"Vestergade {number % 180}"]
            more += ["8000", "Aarhus C", "Danmark", f"https://{number % 999}.example", *chance.choices(words, k=6)]
            more += [
                str(chance.randint(1, 900)),
                f"{chance.randint(1, 900)}.000",
                day,
                *chance.choices(("0", "1"), k=2),
            ]
            more += [f"Owner {number % 20}", f"Owner {number % 7}", f"{day} 12:30", day, "", chance.choice(words)]
            writer.writerow(
                [*row, *more, str(chance.randint(0, 100)), "da", "Europe/Copenhagen", str(500_000 + number)]
            )


def write_xlsx(count: int, path: Path) -> None:
    """Write `count` rows as a workbook with one sheet, amounts as numbers and dates as dates."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Leads")
    sheet.append(HEADERS)
    for row in rows(count):
        day, month, year = map(int, row[11].split("-"))
        sheet.append([*row[:9], float(row[9].replace(",", ".")), row[10], dt.date(year, month, day)])
    book.save(path)


def main() -> None:
    """Write one input."""
    kind, count, path = sys.argv[1:]
    {"csv": write_csv, "xlsx": write_xlsx, "wide.csv": write_wide_csv}[kind](int(count), Path(path))


if __name__ == "__main__":
    main()
