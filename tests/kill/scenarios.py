"""What the kill suite sends: files of every kind, in which leads repeat and each row has a number of its own."""

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import openpyxl
from conftest import CHANNEL, lead_id

from leadsync.sandbox import DEMO_KEY, Faults, World

MAPPING = """
version: 1
channel: {channel}
lead: {{{lead}: Lead}}
fields:
  email: {{column: E-mail, transform: [trim, lower], check: email}}
  notes: Number
"""

_HEADERS = ("Lead", "E-mail", "Number")
_NOBODY = 9_999_999
"""A lead that Keen does not know."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a source, with the lead it is for and what is to become of it."""

    cells: tuple[str, str, str]
    status: str
    lead: str = ""
    """The UUID, where it is sent to a lead that exists."""


Writer = Callable[[Path, Sequence[Line]], list[Path]]


@dataclass(frozen=True, slots=True)
class Scenario:
    """A kind of run."""

    name: str
    rows: int
    leads: int
    concurrency: int
    write: Writer
    """Writes the sources into a folder."""
    is_piped: bool = False
    is_legacy: bool = False
    has_report_dir: bool = False
    faults: Mapping[int | str, float] = field(default_factory=dict)

    def lines(self) -> list[Line]:
        """Make up the rows, the same ones every time; row n has the number n in its notes, from 0."""
        random = Random(self.rows)
        return [self._line(number, random) for number in range(self.rows)]

    def _line(self, number: int, random: Random) -> Line:
        lead, luck = random.randrange(self.leads), random.random()
        name = str(1000 + lead) if self.is_legacy else lead_id(lead)
        email = f"someone.{number}@example.com"
        if luck < 0.03 and number < self.rows - 1:  # in a workbook, blank rows at its end are no rows
            return Line(("", "", ""), "skipped")
        if luck < 0.06:
            return Line((name, "not an address", str(number)), "invalid")
        if luck < 0.09:
            nobody = str(_NOBODY - number) if self.is_legacy else lead_id(_NOBODY - number)
            return Line((nobody, email, str(number)), "rejected")
        return Line((name, email, str(number)), "updated", lead_id(lead))

    def mapping(self) -> str:
        """Give the mapping."""
        return MAPPING.format(channel=CHANNEL, lead="legacy_id" if self.is_legacy else "id")

    def world(self) -> World:
        """Make a world that has the leads."""
        world = World()
        channel = world.add_channel(CHANNEL, creator=world.add_company("Acme", key=DEMO_KEY))
        for number in range(self.leads):
            world.add_lead(channel, lead_id=lead_id(number), legacy_id=1000 + number)
        return world

    def dials(self, seed: int) -> Faults:
        """Give the sandbox's dials: a latency that lets updates be in flight, and the faults."""
        return Faults(seed=seed, latency=0.004, latency_spread=0.003, chances=self.faults)


def _write_csv(path: Path, lines: Sequence[Line]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([_HEADERS, *(line.cells for line in lines)])
    return path


def _write_workbook(path: Path, lines: Sequence[Line]) -> Path:
    book = openpyxl.Workbook()
    assert book.active
    book.active.title = "Leads"
    for row in (_HEADERS, *(line.cells for line in lines)):
        book.active.append(row)
    book.save(path)
    return path


def _csv(folder: Path, lines: Sequence[Line]) -> list[Path]:
    return [_write_csv(folder / "leads.csv", lines)]


def _workbook(folder: Path, lines: Sequence[Line]) -> list[Path]:
    return [_write_workbook(folder / "leads.xlsx", lines)]


def _two(folder: Path, lines: Sequence[Line]) -> list[Path]:
    half = len(lines) // 2
    return [_write_csv(folder / "first.csv", lines[:half]), _write_workbook(folder / "second.xlsx", lines[half:])]


SCENARIOS = (
    Scenario("chunks", rows=2_200, leads=700, concurrency=16, write=_csv),
    Scenario("piped", rows=300, leads=40, concurrency=8, write=_csv, is_piped=True),
    Scenario("workbook", rows=300, leads=100, concurrency=8, write=_workbook, has_report_dir=True),
    Scenario("legacy ids", rows=300, leads=100, concurrency=8, write=_csv, is_legacy=True),
    Scenario(
        "faults",
        rows=300,
        leads=100,
        concurrency=8,
        write=_csv,
        faults={"503:LOAD_FUNCTION_ERROR": 0.02, "drop_after": 0.03},
    ),
    Scenario("two sources", rows=400, leads=100, concurrency=4, write=_two, has_report_dir=True),
)


BEFORE_MAPPING = f"""
version: 1
channel: {CHANNEL}
lead: {{id: Lead}}
fields:
  first_name: Name
  notes: Notes
properties:
  Tier: Tier
"""
_LEADS_BEFORE = 12


@dataclass(frozen=True, slots=True)
class Before:
    """Leads that hold something, and a file that writes over it: some leads twice, some with what they hold."""

    world: World
    tier: str
    """The id of the property."""

    @classmethod
    def new(cls) -> "Before":
        """Make the world."""
        world = World()
        channel = world.add_channel(CHANNEL, creator=world.add_company("Acme", key=DEMO_KEY))
        tier = world.add_definition(channel, "Tier", type="text").id
        for number in range(_LEADS_BEFORE):
            lead = world.add_lead(channel, lead_id=lead_id(number))
            lead.fields = {"first_name": f"Before {number}", "notes": f"note {number}"} if number % 3 else {}
            lead.properties = {tier: "Silver"}
        return cls(world, tier)

    def write(self, folder: Path) -> None:
        """Write `leads.csv` and `mapping.yaml`: each lead once, and then every second one once more."""
        with (folder / "leads.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([("Lead", "Name", "Notes", "Tier"), *self._lines()])
        (folder / "mapping.yaml").write_text(BEFORE_MAPPING, encoding="utf-8")

    def written(self) -> dict[str, dict[str, str]]:
        """Give what each lead holds when all rows were sent."""
        return {
            lead: {"first_name": name, "notes": notes, self.tier: tier} for lead, name, notes, tier in self._lines()
        }

    def _lines(self) -> list[tuple[str, str, str, str]]:
        once = [(lead_id(n), f"Name {n}", f"new {n}", "Gold") for n in range(_LEADS_BEFORE)]
        return [*once, *((lead_id(n), f"Name {n}", f"newer {n}", "Silver") for n in range(0, _LEADS_BEFORE, 2))]

    def held(self) -> dict[str, dict[str, str]]:
        """Give what each lead holds now; a value that is cleared is none."""
        found = [self.world.lead(lead_id(number)) for number in range(_LEADS_BEFORE)]
        return {
            lead.id: {key: value for key, value in {**lead.fields, **lead.properties}.items() if value}
            for lead in found
            if lead
        }

    def edit(self, number: int, notes: str) -> None:
        """Let somebody type a note into a lead."""
        lead = self.world.lead(lead_id(number))
        assert lead
        lead.fields = {**lead.fields, "notes": notes}
