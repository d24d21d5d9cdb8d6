"""Doubts about a proposed mapping, asked one by one: a person sits at a real terminal and presses keys."""

import codecs
import os
import pty
import re
import select
import sys
import termios
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TextIO

import pytest
import typer
from prompt_toolkit.application import create_app_session

from leadsync.cli.map import screens
from leadsync.cli.map.terminal import confirmed
from leadsync.mapping.suggest.spec import (
    Candidate,
    Column,
    Definition,
    Form,
    Goal,
    Headers,
    Proposal,
    Shape,
    Suggestion,
)

ENTER, UP, DOWN, CTRL_C = "\r", "\x1b[A", "\x1b[B", "\x03"
WHERE = "Where does it go?"
ANYWHERE = "Where does column"
PATIENCE = 10.0
"""Seconds after which a screen that does not come is a fault."""

_READY = r"(?:then Enter|y/N)\)"
"""What stands at the end of every question."""
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")
_END = "\0"
"""What is written when all is done: a terminal hands on what it was given when it likes to."""
_COLOUR = re.compile(r"\x1b\[(?:[0-9;]*;)?[349][0-8](?:;[0-9;]*)?m")

LEAD = Goal("lead", "id")
LEGACY = Goal("lead", "legacy_id")
EMAIL, PHONE, SOURCE, NOTES = (Goal("fields", name) for name in ("email", "phone", "source", "notes"))
SIZE, TIER = (
    Goal("properties", name, Definition(f"id of {name}", name, type_))
    for name, type_ in (("Deal size", "number"), ("Tier", "select"))
)
OPTIONS = [LEAD, LEGACY, EMAIL, PHONE, SOURCE, NOTES, SIZE, TIER]


class Terminal:
    """A terminal of 80 by 24, and whoever sits there: presses keys when the words that they wait for have come."""

    def __init__(self, source: TextIO, target: TextIO, ours: int) -> None:
        self._source = source
        self._target = target
        self._ours = ours
        self._keys: list[tuple[str, str]] = []
        self._raw = ""
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._read_up_to = 0
        self._late = ""

    @property
    def raw(self) -> str:
        """Give what came, escape codes and all."""
        return self._raw

    @property
    def text(self) -> str:
        """Give what came, without escape codes; what follows upon choices that were wiped away is a line of its own."""
        return _ESCAPES.sub("", re.sub(r"\x1b\[0?J", "\n", self._raw)).replace("\r", "")

    @property
    def screens(self) -> Sequence[str]:
        """Give the text of each screen: it begins with a rule."""
        return [part.rstrip("\n") for part in re.split(r"^(?=.*─{40,}$)", self.text, flags=re.MULTILINE) if "─" in part]

    def sit(self, do: Callable[[], Any], *keys: tuple[str, str]) -> Any:
        """Do something while somebody presses keys, each after the words that they wait for. Give what it gives."""
        self._keys = list(keys)
        person = threading.Thread(target=self._press)
        person.start()
        try:
            # pytest puts streams of its own in the place of these for each phase of a test.
            with pytest.MonkeyPatch.context() as patch, create_app_session():
                patch.setattr(sys, "stdin", self._source)
                patch.setattr(sys, "stderr", self._target)
                given = do()
        except KeyboardInterrupt:
            assert not self._late, f"{self._late!r} did not come: {self.text}"
            raise
        finally:
            print(end=_END, file=self._target, flush=True)
            person.join()
        assert not self._keys
        return given

    def _press(self) -> None:
        until = time.monotonic() + PATIENCE
        while not self._raw.endswith(_END):
            if select.select([self._ours], [], [], 0.1)[0]:
                self._take(os.read(self._ours, 65536))
            elif self._keys and time.monotonic() > until and not self._late:
                self._late = self._keys[0][0]
                os.write(self._ours, CTRL_C.encode())
        self._raw = self._raw.removesuffix(_END)

    def _take(self, chunk: bytes) -> None:
        self._raw += self._decode(chunk)
        new = _ESCAPES.sub("", self._raw[self._read_up_to :])
        if self._keys and re.search(f"{re.escape(self._keys[0][0])}.*{_READY}", new, re.DOTALL):
            self._read_up_to = len(self._raw)
            os.write(self._ours, self._keys.pop(0)[1].encode())


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    """Give a terminal that standard input and standard error are at."""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 80))
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    with (
        os.fdopen(theirs, encoding="utf-8") as source,
        open(os.dup(theirs), "w", encoding="utf-8") as target,  # noqa: PTH123 - there is no path, only a number
    ):
        yield Terminal(source, target, ours)
    os.close(ours)


def proposal(
    letter: str, header: str, *candidates: tuple[Goal, float], values: Sequence[str] = ("x",), is_sure: bool = False
) -> Proposal:
    """Propose goals for a column."""
    column = Column("ABCDEFGH".index(letter), letter, header, values)
    found = [Candidate(goal, confidence, [f"there are signs of {goal}"]) for goal, confidence in candidates]
    return Proposal(column, Shape(1, 1, 1, {}), found, found[0] if found else None, is_sure, "the header says so")


def suggestion(*proposals: Proposal) -> Suggestion:
    """Suggest all of it."""
    return Suggestion(proposals, Headers([]))


PHONE_OR_NOTES = proposal("C", "Telefon 2", (PHONE, 0.71), (NOTES, 0.4))
KEEN_ID = proposal("A", "Keen Lead ID", (LEAD, 0.99), is_sure=True)
SURE = proposal("B", "E-mail", (EMAIL, 0.99), is_sure=True)


def go(*proposals: Proposal) -> Callable[[], dict[int, Goal | None]]:
    """Go through the doubts about some columns."""
    return lambda: screens.go_through(suggestion(*proposals), OPTIONS)


@pytest.mark.parametrize(
    ("keys", "goal"),
    [(ENTER, PHONE), (DOWN + ENTER, NOTES), ("2" + ENTER, NOTES), ("3" + ENTER, None), (UP * 3 + ENTER, None)],
    ids=["enter", "arrow", "number", "leave out by number", "leave out by arrows"],
)
def test_arrow_keys_or_numbers_say_where_a_column_goes(terminal: Terminal, keys: str, goal: Goal | None) -> None:
    """Enter alone takes the likeliest; the answer stays on the screen, and the choices do not."""
    assert terminal.sit(go(SURE, PHONE_OR_NOTES), (WHERE, keys)) == {2: goal}
    assert terminal.text.splitlines()[-1] == f'Column C "Telefon 2": {goal or "left out"}.'
    assert "1 of 1" in terminal.text


def test_another_field_is_chosen_from_all(terminal: Terminal) -> None:
    """Each with what it is; those that a sure proposal has taken stand behind, and say so."""
    chosen = terminal.sit(go(SURE, PHONE_OR_NOTES), (WHERE, "4" + ENTER), (ANYWHERE, "6" + ENTER))
    assert chosen == {2: SIZE}
    listed = terminal.text.split(ANYWHERE)[1]
    assert re.search(r"1\) lead\.id +the column of", listed)
    assert re.search(r"3\) phone +the lead's phone", listed)
    assert re.search(r"6\) properties\.Deal size +property: number", listed)
    assert re.search(r'8\) email +would take it from column B "E-mail"', listed)


def test_there_is_a_way_back_from_the_list_of_all_fields(terminal: Terminal) -> None:
    """Whoever finds nothing there is asked again."""
    keys = ((WHERE, "4" + ENTER), (ANYWHERE, UP + ENTER), (WHERE, "1" + ENTER))
    assert terminal.sit(go(PHONE_OR_NOTES), *keys) == {2: PHONE}


def test_a_long_list_is_searched_by_letters(terminal: Terminal) -> None:
    """There are 36 digits and letters to choose by; a channel may have more properties."""
    many = [Goal("properties", f"More {n}", Definition(str(n), f"More {n}", "text")) for n in range(40)]

    def do() -> Any:
        return screens.go_through(suggestion(PHONE_OR_NOTES), [*OPTIONS, *many])

    assert terminal.sit(do, (WHERE, "4" + ENTER), (ANYWHERE, "more 27" + ENTER)) == {2: many[27]}


def test_the_lead_is_asked_about_first_and_then_the_likeliest(terminal: Terminal) -> None:
    """What a mapping cannot do without comes first; a doubt that a reader can settle quickly before a hard one."""
    columns = (
        proposal("A", "Kilde", (SOURCE, 0.5)),
        proposal("B", "Mail", (EMAIL, 0.8)),
        proposal("C", "Record", (LEAD, 0.4)),
        proposal("D", "Town"),
    )
    keys = [(f"{number} of 3", ENTER) for number in (1, 2, 3)]
    assert list(terminal.sit(go(*columns), *keys).items()) == [(2, LEAD), (1, EMAIL), (0, SOURCE)]
    assert "there is none so far" in terminal.screens[0]
    assert "none so far" not in "".join(terminal.screens[1:])


def test_whoever_stops_leaves_the_rest_doubtful(terminal: Terminal) -> None:
    """What was answered before stays; nothing is said of what nobody answered."""
    columns = (proposal("A", "Tlf", (PHONE, 0.8)), proposal("B", "Kilde", (SOURCE, 0.5)), proposal("C", "K", (TIER, 0)))
    assert terminal.sit(go(*columns), (WHERE, ENTER), (WHERE, UP + ENTER)) == {0: PHONE}
    assert terminal.text.endswith("2 doubts stay comments.\n")


def test_a_field_that_is_taken_is_taken_away_from_the_column_that_had_it(terminal: Terminal) -> None:
    """The choice says so before, and a sentence after; Enter alone takes nothing away."""
    columns = (SURE, proposal("C", "E-mail 2", (EMAIL, 0.6)))
    assert terminal.sit(go(*columns), (WHERE, "1" + ENTER)) == {2: EMAIL, 1: None}
    assert 'would take it from column B "E-mail"' in terminal.text
    assert terminal.text.endswith('Column B "E-mail" had email until now: it is left out.\n')
    assert terminal.sit(go(*columns), (WHERE, ENTER)) == {2: None}


def test_one_column_names_the_lead(terminal: Terminal) -> None:
    """By its UUID or by its legacy id: who chooses the one gives up the other."""
    columns = (proposal("A", "Keen ID", (LEAD, 0.7)), proposal("B", "Old ID", (LEGACY, 0.6)))
    assert terminal.sit(go(*columns), (WHERE, ENTER), (WHERE, "1" + ENTER)) == {0: None, 1: LEGACY}
    assert terminal.text.endswith('Column A "Keen ID" named the lead until now: it is left out.\n')


def test_a_split_name_takes_two_fields(terminal: Terminal) -> None:
    """Whoever wants one of them for another column gets it, and the name is left out."""
    first, last = Goal("fields", "first_name"), Goal("fields", "last_name")
    whole = proposal("A", "Name", is_sure=True)
    split = Proposal(whole.column, whole.shape, [], None, is_sure=True, why="", names=(first, last))
    columns = (split, proposal("B", "Nachname", (last, 0.5)))
    assert terminal.sit(go(*columns), (WHERE, "1" + ENTER)) == {1: last, 0: None}


def test_what_one_column_is_not_another_may_be(terminal: Terminal) -> None:
    """A column that was left out only for another one's sake is asked about when that one gives up the goal."""
    second = proposal("C", "Mail B", (EMAIL, 0.8))
    other = Proposal(second.column, second.shape, second.candidates, None, is_sure=False, why="email comes from …")
    columns = (proposal("B", "Mail A", (EMAIL, 0.7)), other)
    assert terminal.sit(go(*columns), ("1 of 1", "2" + ENTER), ("2 of 2", ENTER)) == {1: None, 2: EMAIL}
    assert "80%: there are signs of email." in terminal.screens[-1]
    assert terminal.sit(go(*columns), ("1 of 1", ENTER)) == {1: EMAIL}


def test_a_full_name_is_split_by_whoever_says_so(terminal: Terminal) -> None:
    """Or is left out; where one of its parts is another column's, that is told, and Enter alone takes nothing away."""
    first, last = Goal("fields", "first_name"), Goal("fields", "last_name")
    bare = proposal("A", "Name")
    whole = Proposal(bare.column, bare.shape, [], None, is_sure=False, why="it is a full name", names=(first, last))
    assert terminal.sit(go(whole), (WHERE, ENTER)) == {0: (first, last)}
    assert terminal.text.endswith('Column A "Name": first_name and last_name.\n')
    assert terminal.sit(go(whole), (WHERE, "2" + ENTER)) == {0: None}
    columns = (whole, proposal("B", "Nachname", (last, 0.9), is_sure=True))
    assert terminal.sit(go(*columns), (WHERE, ENTER)) == {0: None}
    assert terminal.sit(go(*columns), (WHERE, "1" + ENTER)) == {0: (first, last), 1: None}
    assert 'would take it from column B "Nachname"' in terminal.text


def ids(letter: str, header: str, form: Form, goal: Goal | None = None) -> Proposal:
    """Propose a goal, surely, or none for a column of ten ids."""
    column = Column("ABCDEFGH".index(letter), letter, header, [f"100{n}" for n in range(10)])
    found = [Candidate(goal, 0.9, [])] if goal else []
    return Proposal(column, Shape(10, 10, 10, {form: 1.0}), found, found[0] if goal else None, bool(goal), "")


def test_the_column_of_the_lead_is_asked_for_where_none_seems_to_be_it(terminal: Terminal) -> None:
    """Before all else, from the columns that hold ids; Enter alone takes none; a goal that it had is free again."""
    business = Goal("fields", "business_id")
    columns = (PHONE_OR_NOTES, ids("A", "No.", Form.INTEGER, business), ids("B", "Ref", Form.UUID))
    keys = (("Which column names the lead?", "2" + ENTER), ("1 of 1", ENTER))
    assert terminal.sit(go(*columns), *keys) == {0: LEGACY, 2: PHONE}
    assert re.search(r'1\) column B "Ref"  lead.id  1000, 1001', terminal.text)
    assert re.search(r'2\) column A "No." +lead.legacy_id  1000, 1001', terminal.text)
    assert "A number that another system gave its records will not do" in " ".join(terminal.text.split())
    assert terminal.sit(go(*columns), ("Which column", ENTER), ("1 of 1", ENTER)) == {2: PHONE}
    assert terminal.sit(go(*columns[1:]), ("Which column", "1" + ENTER)) == {1: LEAD}


def test_without_any_column_of_ids_there_is_nothing_to_ask_for(terminal: Terminal) -> None:
    """It is said before the first question, as the export needs another column."""
    assert terminal.sit(go(PHONE_OR_NOTES), ("1 of 1", ENTER)) == {2: PHONE}
    assert "No column here holds such ids: export them, too." in " ".join(terminal.screens[0].split())


def test_ctrl_c_ends_the_command_with_130(terminal: Terminal) -> None:
    """Whatever was answered before."""
    app = typer.Typer()
    columns = (PHONE_OR_NOTES, proposal("D", "Kilde", (SOURCE, 0.3)))
    reached = []

    @app.command()
    def _map() -> None:
        reached.append(screens.go_through(suggestion(*columns), OPTIONS))

    with pytest.raises(SystemExit) as ended:
        terminal.sit(lambda: app([]), ("1 of 2", ENTER), ("2 of 2", CTRL_C))
    assert ended.value.code == 130
    assert reached == []


def test_values_are_shown_harmless_with_how_often_they_occur(terminal: Terminal) -> None:
    """Five at most, the most frequent first; no escape code of a file reaches the terminal."""
    values = ["+45 20 12 34 56"] * 1200 + [" 20123457", "20123457", "\x1b[2Jrm", "漢" * 90, "y", "never shown", "", " "]
    terminal.sit(go(KEEN_ID, proposal("C", "Telefon\x072", (PHONE, 0.71), values=values)), (WHERE, ENTER))
    shown = terminal.screens[0].splitlines()
    assert shown[1] == r'Column C "Telefon\x072"'
    assert re.fullmatch(r' {2}"\+45 20 12 34 56" +1,200 times', shown[2])
    assert re.fullmatch(r' {2}"20123457" +2 times', shown[3])
    assert shown[4] == r'  "\x1b[2Jrm"'
    assert "漢漢" in shown[5]
    assert shown[7] == "  1,206 of 1,208 cells are filled, 2 blank; 6 different values."
    assert "never shown" not in terminal.text
    assert "\x1b[2J" not in terminal.raw


def test_the_fullest_screen_fits_a_small_terminal(terminal: Terminal) -> None:
    """With all that may stand there it is 24 lines of 80 columns."""
    goals = [LEAD, PHONE, SOURCE, NOTES, TIER, SIZE]
    found = [Candidate(goal, 0.5, ["a reason that goes on and on"] * 20) for goal in goals]
    column = Column(0, "AB", "A header that nobody can read in one go " * 4, [f"{n}" * 90 for n in range(9)])
    full = Proposal(column, Shape(9, 9, 9, {}), found, found[0], is_sure=False, why="the header says so")
    terminal.sit(go(full), (WHERE, "6" + ENTER))
    lines = terminal.screens[0].split("stop asking")[0].splitlines()
    assert len(lines) <= 24
    assert [line for line in lines if len(line) > 80] == []
    assert sum("…" in line for line in lines) == 12


@pytest.mark.parametrize("setting", ["", "1"])
def test_colours_are_left_out_where_nobody_wants_them(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, setting: str
) -> None:
    """NO_COLOR says so; no-color.org."""
    monkeypatch.setenv("NO_COLOR", setting)
    terminal.sit(go(PHONE_OR_NOTES), (WHERE, ENTER))
    assert bool(_COLOUR.search(terminal.raw)) is not bool(setting)


@pytest.mark.parametrize(("keys", "channel"), [("2" + ENTER, "Søn & Co"), (UP + ENTER, None)])
def test_a_channel_is_chosen_or_none(terminal: Terminal, keys: str, channel: str | None) -> None:
    """Without one there are no properties."""

    def do() -> Any:
        return screens.choose_channel(["Acme", "Søn & Co"])

    assert terminal.sit(do, ("Which channel", keys)) == channel
    assert terminal.text.endswith(f"Channel: {channel or 'none'}.\n")


@pytest.mark.parametrize(("keys", "encoding"), [(DOWN + ENTER, "cp1252"), ("3" + ENTER, None)])
def test_an_encoding_is_chosen_by_how_lines_read(terminal: Terminal, keys: str, encoding: str | None) -> None:
    """Somebody who can read the language sees which is right."""

    def do() -> Any:
        return screens.choose_encoding({"cp850": ["BjÝrn"], "cp1252": ["Bjørn"]})

    assert terminal.sit(do, ("In which encoding", keys)) == encoding
    assert "cp850\n  BjÝrn\ncp1252\n  Bjørn\n" in terminal.text


def test_a_preview_shows_what_would_be_sent(terminal: Terminal) -> None:
    """As JSON, cut to the screen; a row of which nothing is sent says why."""
    value = {"property_definitions_id": "10000000-0000-4000-8000-000000000000", "value": "\u202e"}
    body = {"action": "update_lead", "notes": "long " * 40, "properties": [value] * 9}
    terminal.sit(lambda: screens.preview([body, "Row 3 is not sent: it names no lead."]))
    sent, left = terminal.screens
    assert sent.startswith("what is sent, 1 of 2 ─")
    assert sent.splitlines()[2:3] == ['  "action": "update_lead",']
    assert re.search(r'^  "notes": "long long .*…$', sent, re.MULTILINE)
    assert r'"value": "\u202e"' in sent
    assert sent.endswith("… and 18 more lines")
    assert left.splitlines()[1:] == ["Row 3 is not sent: it names no lead."]
    assert [line for line in terminal.text.splitlines() if len(line) > 80] == []


@pytest.mark.parametrize(("key", "answer"), [("y", True), ("n", False), (ENTER, False)])
def test_only_a_yes_confirms(terminal: Terminal, key: str, answer: bool) -> None:
    """Whoever presses Enter once too often has agreed to nothing."""
    assert terminal.sit(lambda: confirmed("Write m.yaml?"), ("Write m.yaml?", key)) is answer
