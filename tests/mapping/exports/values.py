"""What stands in the cells of made-up exports: a person for each row, and a function for each kind of column."""

import datetime as dt
import random
import re
import unicodedata
import uuid
from collections.abc import Callable, Sequence
from functools import cached_property

from mapping.exports import registers
from mapping.exports.locales import Locale

TODAY = dt.datetime(2026, 11, 1)
DOMAINS = ("example.com", "example.org", "example.net")
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz0123456789"


def ascii_of(text: str) -> str:
    """Write a text as it stands in an address: small letters of ASCII."""
    for letter, plain in (("æ", "ae"), ("ø", "oe"), ("å", "aa"), ("ß", "ss")):
        text = text.lower().replace(letter, plain)
    return re.sub("[^a-z0-9]+", "-", unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()).strip("-")


class Maker:
    """What all rows of a file share: the country, the employees who own the leads, the ways of writing."""

    def __init__(self, place: Locale, chance: random.Random, *, is_workbook: bool) -> None:
        self.place, self.chance, self.is_workbook = place, chance, is_workbook
        self.owners = [f"{chance.choice(place.givens)} {chance.choice(place.families)}" for _ in range(5)]
        self.owner_ids = [str(chance.randint(10_000_000, 99_999_999)) for _ in self.owners]
        self.forms = {kind: chance.sample(kind, k=min(2, len(kind))) for kind in (place.mobiles, place.landlines)}
        self.has_prefix = chance.choice((0.1, 0.5, 0.95))

    def number(self, forms: Sequence[str]) -> str:
        """Give a telephone number in one of this file's two ways of writing such numbers."""
        chance, (first, *others) = self.chance, self.forms[tuple(forms)]
        form = first if chance.random() < 0.8 or not others else others[0]
        if chance.random() < self.has_prefix:
            form = self.place.prefix + (form.lstrip("0(") if self.place.region not in ("DK", "NO", "ES") else form)
        text = re.sub("#", lambda _: chance.choice("0123456789"), form)
        return text.replace(")", "", 1) if "(" not in text else text

    def amount(self, value: float, digits: int = 2) -> str:
        """Write an amount with the marks of the country; in a workbook, as a workbook holds it."""
        if self.is_workbook:
            return f"{value:.{digits}f}".rstrip("0").rstrip(".") if digits else str(round(value))
        marks = str.maketrans({",": self.place.thousands, ".": self.place.decimal})
        return f"{value:,.{digits}f}".translate(marks)

    def moment(self, moment: dt.datetime, form: str) -> str:
        """Write a date, or a moment where the form says so; in a workbook, as a workbook holds it."""
        if form.startswith("time"):
            return moment.strftime("%Y-%m-%d %H:%M" if form == "time" or self.is_workbook else form[5:])
        return moment.strftime("%Y-%m-%d" if self.is_workbook else (form or self.place.date))


class Row:
    """One row: a person, where they work, and who looks after them."""

    def __init__(self, maker: Maker, number: int) -> None:
        self.maker, self.number, self.chance, self.place = maker, number, maker.chance, maker.place
        self.first, self.last = self.pick(self.place.givens), self.pick(self.place.families)
        self.owner = self.chance.randrange(len(maker.owners))

    def pick(self, what: Sequence[str]) -> str:
        """Choose one of several."""
        return self.chance.choice(what)

    @property
    def full(self) -> str:
        """The person's whole name."""
        return f"{self.first} {self.last}"

    @cached_property
    def company(self) -> str:
        """The name of the company."""
        place = self.place
        middle = f" {self.pick(place.trades)}" if self.chance.random() < 0.8 else ""
        end = f" {self.pick(place.suffixes)}" if self.chance.random() < 0.85 else ""
        return f"{self.pick(place.families)}{middle}{end}"

    @cached_property
    def domain(self) -> str:
        """A reserved domain, so that no address is anybody's."""
        if self.chance.random() < 0.6:
            return f"{ascii_of(self.company.split()[0])}.example"
        return self.pick(DOMAINS)

    @cached_property
    def email(self) -> str:
        """The person's address at work."""
        name = f"{ascii_of(self.first)}.{ascii_of(self.last)}" if self.chance.random() < 0.8 else ascii_of(self.last)
        return f"{name}@{self.domain}"

    @cached_property
    def town(self) -> tuple[str, str]:
        """A postcode and its town."""
        code, _, town = self.pick(self.place.places).partition(":")
        return code, town

    def ago(self, days: int) -> dt.datetime:
        """Give a moment before the file was made."""
        return TODAY - dt.timedelta(days=self.chance.randint(0, days), minutes=self.chance.randint(0, 1439))

    def yes_or_no(self, words: str) -> str:
        """Give a consent, in the words of the file."""
        yes, _, no = (words or f"{self.place.yes}/{self.place.no}").partition("/")
        return yes if self.chance.random() < 0.3 else no


def _identifier(row: Row, prefix: str) -> str:
    return prefix + "".join(row.pick(LETTERS) for _ in range(18 - len(prefix)))


def _street(row: Row, _: str) -> str:
    return row.pick(row.place.streets).format(row.chance.randint(1, 180))


def _sentence(row: Row, _: str) -> str:
    return row.pick(row.place.notes).format(row.chance.randint(2, 900))


def _birthday(row: Row, form: str) -> str:
    return row.maker.moment(TODAY - dt.timedelta(days=row.chance.randint(8_000, 27_000)), form)


def _serial(row: Row, start: str) -> str:
    return str(int(start or "1001") + row.number * 7 + row.chance.randint(0, 6))


def _several(row: Row, _: str) -> str:
    second = f" ::: {ascii_of(row.first)}@{row.pick(DOMAINS)}" if row.chance.random() < 0.1 else ""
    return row.email + second


def _pick(row: Row, words: str) -> str:
    return row.pick(words.split(";"))


def _number(row: Row, span: str) -> str:
    low, _, high = (span or "0-50").partition("-")
    return str(row.chance.randint(int(low), int(high)))


KINDS: dict[str, Callable[[Row, str], str]] = {
    "first": lambda row, _: row.first,
    "last": lambda row, _: row.last,
    "full": lambda row, _: row.full,
    "reversed": lambda row, _: f"{row.last}, {row.first}",
    "middle": lambda row, _: row.pick(row.place.givens),
    "initials": lambda row, _: f"{row.first[0]}{row.last[0]}".upper(),
    "nickname": lambda row, _: row.first[:4].rstrip("- "),
    "salutation": lambda row, _: row.pick(row.place.salutations),
    "email": lambda row, _: row.email,
    "emails": _several,
    "email2": lambda row, _: f"{ascii_of(row.first)}{row.chance.randint(1, 99)}@{row.pick(DOMAINS)}",
    "company_email": lambda row, _: f"info@{row.domain}",
    "display": lambda row, _: f"{row.full} ({row.email})",
    "company": lambda row, _: row.company,
    "other_company": lambda row, _: f"{row.pick(row.place.families)} {row.pick(row.place.suffixes)}",
    "title": lambda row, _: row.pick(row.place.titles),
    "department": lambda row, _: row.pick(row.place.departments),
    "phone": lambda row, _: row.maker.number(row.place.mobiles if row.chance.random() < 0.5 else row.place.landlines),
    "phone2": lambda row, _: row.maker.number(row.place.landlines),
    "workphone": lambda row, _: row.maker.number(row.place.landlines),
    "mobile": lambda row, _: row.maker.number(row.place.mobiles),
    "home": lambda row, _: row.maker.number(row.place.landlines),
    "switchboard": lambda row, _: row.maker.number(row.place.landlines),
    "fax": lambda row, _: row.maker.number(row.place.landlines),
    "owner": lambda row, _: row.maker.owners[row.owner],
    "owner_email": lambda row, _: f"{ascii_of(row.maker.owners[row.owner])}@example.com",
    "owner_id": lambda row, prefix: prefix + row.maker.owner_ids[row.owner],
    "employee": lambda row, _: row.pick(row.maker.owners),
    "source": lambda row, _: row.pick(row.place.sources),
    "status": lambda row, _: row.pick(row.place.statuses),
    "industry": lambda row, _: row.pick(row.place.industries),
    "note": _sentence,
    "street": _street,
    "address": lambda row, _: f"{_street(row, '')}, {row.town[0]} {row.town[1]}",
    "zip": lambda row, _: row.town[0],
    "city": lambda row, _: row.town[1],
    "province": lambda row, _: row.pick(row.place.provinces),
    "country": lambda row, _: row.place.country,
    "region": lambda row, _: row.place.region,
    "website": lambda row, _: f"https://www.{row.domain}",
    "domain": lambda row, _: row.domain,
    "profile": lambda row, site: f"https://www.{site or 'linkedin'}.example/in/{ascii_of(row.full)}",
    "date": lambda row, form: row.maker.moment(row.ago(1500), form),
    "birthday": _birthday,
    "amount": lambda row, _: row.maker.amount(row.chance.randint(1_000, 400_000) + row.chance.choice((0, 0.5, 0.25))),
    "revenue": lambda row, _: row.maker.amount(row.chance.randint(1, 900) * 100_000, 0),
    "number": _number,
    "share": lambda row, _: row.maker.amount(row.chance.randint(0, 1000) / 10, 1),
    "bool": lambda row, words: row.yes_or_no(words),
    "pick": _pick,
    "same": lambda _, text: text,
    "uuid": lambda row, _: str(uuid.UUID(int=row.chance.getrandbits(128), version=4)),
    "guid": lambda row, _: str(uuid.UUID(int=row.chance.getrandbits(128), version=1)).upper(),
    "serial": _serial,
    "sfid": _identifier,
    "zcrm": lambda row, _: f"zcrm_{row.chance.randint(10**17, 10**18 - 1)}",
    "checksum": lambda row, _: "".join(row.pick(LETTERS) for _ in range(86)) + "==",
    "register": lambda row, _: registers.register_number(row.chance, row.place.region),
    "siret": lambda row, _: registers.siret(row.chance),
    "vat": lambda row, _: registers.vat_number(row.chance, row.place.region),
    "empty": lambda _, __: "",
}
TYPED = frozenset({"date", "birthday", "amount", "revenue", "number", "share", "serial"})
"""Kinds that are numbers or dates in a workbook."""
