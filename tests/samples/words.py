"""Made-up people, firms and remarks, drawn from a seeded dice."""

import random
import unicodedata
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

Item = TypeVar("Item")

FIRST_NAMES = (
    "Agnes", "Alma", "Anders", "Andrea", "Anne-Mette", "Asger", "Astrid", "Bjørn", "Camilla", "Chloé", "Daniel",
    "Ditte", "Ejnar", "Emil", "Esther", "Freja", "Georg", "Gitte", "Hannah", "Helle", "Henrik", "Ida", "Inès",
    "Jakob", "Jürgen", "Karla", "Kasper", "Kirsten", "Lærke", "Lars", "Louise", "Mads", "Marie", "Mikkel", "Nanna",
    "Noah", "Oliver", "Pernille", "Peter", "René", "Rikke", "Sanne", "Søren", "Thea", "Tobias", "Ulla", "Victor",
    "Zoë", "Åse",
)  # fmt: skip
LAST_NAMES = (
    "Abildgaard", "Andersen", "Ashworth", "Bach", "Bækgaard", "Brandt", "Christiansen", "Dahl", "Degn Poulsen",
    "Eskildsen", "Falk", "Frandsen", "Grøn", "Günther", "Hald", "Holm", "Høj", "Iversen", "Jespersen", "Kjær",
    "Kristensen", "Lefèvre", "Lindqvist", "Lund", "Madsen", "McAllister", "Mørk", "Møller-Skov", "Müller",
    "Nørgaard", "O'Brien", "Olesen", "Pettersson", "Quist", "Ravn", "Rosenkilde", "Schmidt", "Skovgaard", "Thorup",
    "Toft", "Ulriksen", "Vestergaard", "Winther", "van der Meer", "Ørsted", "Åkesson",
)  # fmt: skip
FIRM_NAMES = (
    "Birkelund", "Blue Heron", "Broager", "Copper Lane", "Elmegården", "Fjordblik", "Granhøj", "Halewood",
    "Hvidsten", "Kernel & Oak", "Kystens", "Larkfield", "Lillebælt", "Mosevang", "Nordlys", "Oakmere", "Pilegård",
    "Quayside", "Rødhus", "Silverbirch", "Strandhøj", "Søndervig", "Tallship", "Underbakken", "Vinterberg",
    "Westbrook", "Ærøskov", "Øresunds",
)  # fmt: skip


class Dice(random.Random):
    """A seeded source of chance that rests on `random()` alone, the one draw that Python promises never to change."""

    def number(self, low: int, high: int) -> int:
        """Give a whole number from `low` to `high`, both included."""
        return low + int(self.random() * (high - low + 1))

    def one(self, items: Sequence[Item]) -> Item:
        """Give one of the items."""
        return items[self.number(0, len(items) - 1)]

    def weighted(self, items: dict[Item, int]) -> Item:
        """Give one of the items, each as often as its weight says."""
        return self.one([item for item, weight in items.items() for _ in range(weight)])

    def often(self, share: float) -> bool:
        """Say yes in this share of the cases."""
        return self.random() < share

    def lead_id(self) -> str:
        """Give a lead's UUID."""
        return str(uuid.UUID(bytes=bytes(self.number(0, 255) for _ in range(16)), version=4))

    def places(self, rows: int, blank: int) -> Iterator[int]:
        """Give rows, none twice, not the blank one, and none of the first ten: a reader meets plain rows first."""
        left = [row for row in range(10, rows) if row != blank]
        while left:
            yield left.pop(self.number(0, len(left) - 1))


@dataclass(frozen=True, slots=True)
class Firm:
    """A made-up firm."""

    name: str
    domain: str


@dataclass(frozen=True, slots=True)
class Person:
    """A made-up person at a firm."""

    first: str
    last: str
    firm: Firm

    @property
    def email(self) -> str:
        """Give the address at the firm's domain, below one of the domains that are set aside for examples."""
        return f"{slug(self.first)}.{slug(self.last)}@{self.firm.domain}"


def slug(name: str) -> str:
    """Give a name as it stands in an address: lower case, no accents, only letters, digits and dashes."""
    for letter, plain in {"æ": "ae", "ø": "oe", "å": "aa", "ü": "ue"}.items():
        name = name.lower().replace(letter, plain)
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return "-".join("".join(sign if sign.isalnum() else " " for sign in bare.replace("'", "")).split())


def firms(dice: Dice, count: int, trades: Sequence[str], forms: Sequence[str]) -> list[Firm]:
    """Give made-up firms, no name twice."""
    names: dict[str, str] = {}
    while len(names) < count:
        plain = f"{dice.one(FIRM_NAMES)} {dice.one(trades)}"
        names.setdefault(plain, f"{plain} {dice.one(forms)}".strip())
    ends = ("example.com", "example.org", "example.net")
    return [Firm(full, f"{slug(plain)}.{dice.one(ends)}") for plain, full in names.items()]


def person(dice: Dice, employers: Sequence[Firm]) -> Person:
    """Give a made-up person at one of the firms."""
    return Person(dice.one(FIRST_NAMES), dice.one(LAST_NAMES), dice.one(employers))


def remark(dice: Dice, openings: Sequence[str], closings: Sequence[str], slots: dict[str, Sequence[str]]) -> str:
    """Give a remark of one or two sentences, their slots filled."""
    sentences = [dice.one(openings), *([dice.one(closings)] if dice.often(0.45) else [])]
    filled = [text.format(**{slot: dice.one(fillings) for slot, fillings in slots.items()}) for text in sentences]
    return " ".join(text[0].upper() + text[1:] for text in filled)
