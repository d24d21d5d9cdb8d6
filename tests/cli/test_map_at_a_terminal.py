"""`leadsync map` as somebody at a terminal sees it: the whole command, from the first question to the written file."""

import os
import pty
import re
import select
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import Ended, lead_id
from warm.client import Mother

from leadsync.mapping import load_mapping

ENTER, CTRL_C = "\r", "\x03"
GONE = ""
"""In the place of keys: the terminal is closed."""
PATIENCE = 10.0
"""Seconds after which a command that does not end is a fault."""
ASKED = "Where does it go"
WRITE = "Write m.yaml"
_READY = r".*?(?:then Enter|y/N)\)"
"""What stands at the end of every question."""
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


class Desk:
    """A terminal of 80 by 24 in front of somebody who works in one folder."""

    def __init__(self, mother: Mother, folder: Path, environment: dict[str, str]) -> None:
        self.mapping = folder / "m.yaml"
        self._mother = mother
        self._folder = folder
        self._environment = environment | {"TERM": "xterm-256color"}
        self._ours, self._theirs = pty.openpty()
        termios.tcsetwinsize(self._theirs, (24, 80))
        self._raw = b""

    @property
    def text(self) -> str:
        """Give what came, without escape codes, and with single blanks in the place of line ends."""
        return " ".join(_ESCAPES.sub("", self._raw.decode("utf-8", "replace")).split())

    def map(self, *arguments: str, keys: tuple[tuple[str, str], ...] = (), code: int = 0, **variables: str) -> str:
        """Map a file, and press keys after the questions that they are for. Give what came after all of them."""
        before = termios.tcgetattr(self._theirs)
        with open(os.dup(self._theirs), "r+b", buffering=0) as terminal:  # noqa: PTH123 - it has no path
            command = self._mother.start(
                *("map", *arguments),
                folder=self._folder,
                environment=self._environment | variables,
                stdin=terminal,
                stdout=terminal,
                stderr=terminal,
            )
        command.stdout.close()
        command.stderr.close()
        left = list(keys)
        self._raw, until = b"", time.monotonic() + PATIENCE
        answered = ""
        while not self._is_quiet() or command.poll() is None or not self._is_quiet():
            assert time.monotonic() < until, f"{left[:1]} did not come: {self.text}"
            if left and re.search(left[0][0] + _READY, self.text):
                answered, self._raw = answered + self.text, b""
                self._press(left.pop(0)[1])
        assert command.wait() == code, answered + self.text
        assert left == []
        assert self._ours < 0 or termios.tcgetattr(self._theirs)[:4] == before[:4]
        return self.text

    def close(self) -> None:
        """Leave the desk."""
        os.close(self._theirs)
        if self._ours >= 0:
            os.close(self._ours)

    def _is_quiet(self) -> bool:
        """Read what has come; tell whether there was nothing."""
        if not select.select([self._ours] if self._ours >= 0 else [], [], [], 0.02)[0]:
            return True
        self._raw += os.read(self._ours, 65536)
        return False

    def _press(self, keys: str) -> None:
        if keys == GONE:
            os.close(self._ours)
            self._ours = -1
        else:
            os.write(self._ours, keys.encode())


@pytest.fixture
def desk(mother: Mother, tmp_path: Path, environment: dict[str, str]) -> Iterator[Desk]:
    """Give a desk whose folder holds a list with two doubtful columns."""
    desk = Desk(mother, tmp_path, environment)
    table(tmp_path, "Keen Lead ID;Fornavn;Mail;Info;Feld 7")
    yield desk
    desk.close()


def table(folder: Path, headers: str, encoding: str = "utf-8") -> None:
    """Write a list of ten leads; the columns are what their headers say, or hold phone numbers."""
    values: dict[str, Callable[[int], str]] = {
        "Keen Lead ID": lead_id,
        "Nummer": lambda number: str(1000 + number),
        "Fornavn": lambda number: ("Søren", "Jørgen", "Mette", "Lærke", "Niels")[number % 5],
        "Navn": lambda number: ("Søren Dahl", "Anna Maria Holm", "Mette Lund")[number % 3],
        "Mail": lambda number: f"a{number}@a.example.com",
        "Info": lambda number: f"Ring igen i uge {number}",
        "Feld 7": lambda number: f"+45 30 12 34 5{number}",
    }
    names = headers.split(";")
    rows = [headers, *(";".join(values[name](number) for name in names) for number in range(10))]
    (folder / "a.csv").write_text("\n".join(rows), encoding=encoding)


def mapped(desk: Desk) -> dict[str, str]:
    """Give which column the written mapping has for each field."""
    return {field.target.name: field.columns[0].name for field in load_mapping(desk.mapping).fields}


def test_answers_are_active_in_the_mapping(desk: Desk, leadsync: Callable[..., Ended]) -> None:
    """With a comment that somebody chose them; the rest is a comment, and a check finds nothing to complain of."""
    keys = ((f"1 of 2.*{ASKED}", ENTER), (f"2 of 2.*{ASKED}", "2" + ENTER), (f"what is sent, 3 of 3.*{WRITE}", "y"))
    told = desk.map("a.csv", "-o", "m.yaml", keys=keys)
    assert "5 columns of a.csv: 4 mapped, 0 doubtful, 1 left out." in told
    text = desk.mapping.read_text(encoding="utf-8")
    assert '  # chosen by a person; "Info" is Danish for description\n  notes: Info\n' in text
    assert '#   "Feld 7": left out by a person\n' in text
    assert leadsync("check", "a.csv", "--mapping", "m.yaml").code == 0


def test_a_goal_is_taken_over_from_a_sure_column(desk: Desk) -> None:
    """Whoever looks for another field finds it, and is told whose it was."""
    told = f'Column C "Mail" had email until now: it is left out.*{ASKED}'
    keys = ((ASKED, "3" + ENTER), ("Where does column", "0" + ENTER), (told, ENTER), (WRITE, "y"))
    desk.map("a.csv", "-o", "m.yaml", keys=keys)
    assert mapped(desk) == {"email": "Info", "first_name": "Fornavn", "phone": "Feld 7"}


def test_what_nobody_answers_stays_a_comment(desk: Desk) -> None:
    """As it does without a terminal."""
    told = desk.map("a.csv", "-o", "m.yaml", keys=((ASKED, "4" + ENTER), (WRITE, "y")))
    assert "5 columns of a.csv: 3 mapped, 2 doubtful, 0 left out." in told
    assert "  #notes: Info\n" in desk.mapping.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "keys",
    [((ASKED, CTRL_C),), ((ASKED, ENTER), (ASKED, ENTER), (WRITE, CTRL_C))],
    ids=["a column", "to be written"],
)
def test_ctrl_c_leaves_nothing_behind(desk: Desk, keys: tuple[tuple[str, str], ...]) -> None:
    """At whichever question: one sentence, and a terminal as it was."""
    assert desk.map("a.csv", "-o", "m.yaml", keys=keys, code=130).endswith("Stopped; nothing was written.")
    assert not desk.mapping.exists()


def test_a_terminal_that_goes_leaves_nothing_behind(desk: Desk) -> None:
    """The command ends, as if by Ctrl-C."""
    desk.map("a.csv", "-o", "m.yaml", keys=((ASKED, GONE),), code=130)
    assert not desk.mapping.exists()


def test_whoever_does_not_agree_writes_nothing(desk: Desk) -> None:
    """Enter alone agrees to nothing."""
    keys = ((ASKED, "4" + ENTER), (WRITE, ENTER))
    assert desk.map("a.csv", "-o", "m.yaml", keys=keys, code=1).endswith("Nothing was written.")
    assert not desk.mapping.exists()


@pytest.mark.parametrize("way", ["--yes", "dumb"])
def test_nobody_is_asked_who_does_not_want_it_or_cannot_be(desk: Desk, way: str) -> None:
    """Sure columns are mapped: with --yes, and at a terminal that can only print lines."""
    told = desk.map("a.csv", "-o", "m.yaml", *(["--yes"] if way == "--yes" else []), TERM=way.replace("--yes", "xterm"))
    assert told.startswith("5 columns of a.csv: 3 mapped, 2 doubtful, 0 left out.")
    assert "  #notes: Info\n" in desk.mapping.read_text(encoding="utf-8")


def test_the_encoding_that_reads_right_is_chosen(desk: Desk, tmp_path: Path, leadsync: Callable[..., Ended]) -> None:
    """And written down, so that a check reads the same letters; whoever finds none right gets the loader's sentence."""
    table(tmp_path, "Keen Lead ID;Fornavn", "cp1252")
    shown = r"cp1252 Søren Jørgen Lærke cp1250 Sřren Jřrgen Lćrke.*In which encoding"
    desk.map("a.csv", "-o", "m.yaml", keys=((shown, ENTER), ('"first_name": "Søren".*' + WRITE, "y")))
    assert load_mapping(desk.mapping).source.encoding == "cp1252"
    assert leadsync("check", "a.csv", "--mapping", "m.yaml").code == 0
    told = desk.map("a.csv", "-o", "b.yaml", keys=(("In which encoding", "\x1b[A" + ENTER),), code=2)
    assert "a.csv is not UTF-8 text: the byte 0xF8 in line 2 cannot be decoded" in told


def test_the_column_of_the_lead_is_asked_for_first(desk: Desk, tmp_path: Path) -> None:
    """Where nothing seems to be it; without it the mapping cannot be used, and it is said why before it is written."""
    table(tmp_path, "Fornavn;Nummer;Feld 7")
    first = "the lead ─.*Which column names the lead"
    keys = ((first, "1" + ENTER), (ASKED, ENTER), (f"Leads stand here by legacy id.*{WRITE}", "y"))
    desk.map("a.csv", "-o", "m.yaml", keys=keys)
    assert load_mapping(desk.mapping).lead.is_legacy
    why = 'The mapping cannot be used yet. "lead" is missing'
    keys = ((first, ENTER), (ASKED, ENTER), (f"{why}.*Write n.yaml all the same, to complete it by hand", ENTER))
    desk.map("a.csv", "-o", "n.yaml", keys=keys, code=1)


def test_a_full_name_is_split_where_somebody_says_so(desk: Desk, tmp_path: Path) -> None:
    """The preview shows what becomes of it."""
    table(tmp_path, "Keen Lead ID;Navn")
    keys = ((f'"Navn" is Danish for full name.*{ASKED}', ENTER), ('"last_name": "Holm".*' + WRITE, "y"))
    desk.map("a.csv", "-o", "m.yaml", keys=keys)
    assert mapped(desk) == {"first_name": "Navn", "last_name": "Navn"}
