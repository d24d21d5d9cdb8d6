"""What nobody sees in a cell: blank by itself, refused or taken out where it would do harm."""

import sys
import unicodedata
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadsync.characters import WIDTHLESS, cleaned, is_blank, trimmed
from leadsync.codes import Code
from leadsync.damage.cells import Cells
from leadsync.damage.garbled import read_again
from leadsync.damage.invisible import unseen
from leadsync.mapping.characters import blank_rows, can_be_sent, what_cannot_be_sent
from leadsync.records import fold_header

LEAD = "019dc3f6-1790-7298-932b-90a7ee4ba10c"
UNPRINTED = [
    chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) in ("Cc", "Cf", "Zl", "Zp", "Zs")
]
NO_BREAK = str.maketrans("\u00a0\u202f", "  ")
ODD = st.text(st.sampled_from([*"ab \t\n\x07\x1c\x1f\x7f\x85\xa0", *WIDTHLESS, "\u202a", "\ud800", "å", "Ł", "🎉"]))


@pytest.mark.parametrize("cell", ["a\x00b", "a\x07b", "a\x0bb", "a\x7fb", "å\x81", "a\ud800b"])
def test_what_nobody_sees_and_no_database_wants_is_refused(bench: Any, cell: str) -> None:
    """Control characters and half characters are refused with their cell, and the rows around them go on."""
    assert bench.values("", ["é", cell, "x"]) == ["é", Code.INVALID_TEXT, "x"]


def test_the_character_is_named_with_what_to_do_about_it(bench: Any) -> None:
    """Nobody finds a character that is not shown, unless it is told by its number."""
    (issue,) = bench.column("", ["ring\x07"]).issues[0]
    assert issue.message == (
        'A: "ring\\x07" holds the control character U+0007, which is not sent. Say "transform: clean", or type the '
        "cell again."
    )
    assert bench.values("transform: clean", ["ring\x07", "\x07"]) == ["ring", None]


def test_line_breaks_and_tabs_are_sent_as_they_are(bench: Any) -> None:
    """A cell with several lines keeps them, cleaned or not."""
    assert bench.values("", ["a\r\nb\tc\n"]) == bench.values("transform: clean", ["a\r\nb\tc\n"]) == ["a\r\nb\tc\n"]


def test_cleaning_leaves_what_belongs_to_the_text() -> None:
    """An emoji of three people stays one, Persian keeps its joiners, Hebrew its marks; Latin needs none."""
    family, persian, hebrew = "👩\u200d👩\u200d👧", "\u0645\u06cc\u200c\u062e", "\u200f\u05e9\u05dc"
    assert [cleaned(text) for text in (family, persian, hebrew)] == [family, persian, hebrew]
    assert cleaned("An\u200dna \u202aBo\u202c") == "Anna Bo"
    assert cleaned("one\u2028two\u2029three") == "one two three"


def agreed(text: str) -> None:
    """Compare what the search for damage says of a text with what cleaning makes of it."""
    clean = cleaned(text)
    assert unseen(clean) is None
    if unseen(text) is not None:
        assert clean != text
    elif read_again(text) is None:
        assert clean == text.translate(NO_BREAK)


@pytest.mark.parametrize(
    "around", ["a{}b", "{}", "\u05e9{}\u05dc", "\u0645{}\u062e", "\u0928{}\u0928", "👩{}👧", "א a{}b"]
)
def test_cleaning_takes_out_what_is_told_as_damage_and_nothing_else(around: str) -> None:
    """For all control and format characters and spaces, in Latin, Hebrew, Persian, Hindi, emoji and mixtures."""
    for character in UNPRINTED:
        agreed(around.format(character))


@settings(deadline=None)
@given(
    st.text(
        st.sampled_from([*WIDTHLESS, *"\x07\x85\xa0\u202f\u2028\u2029\u3000 ab\n", *"\u05e9\u0645\u0928👩👧\ufe0f"])
    )
)
def test_the_two_agree_on_every_mixture(text: str) -> None:
    """What is cleaned holds nothing more to tell of, however such characters stand beside one another."""
    agreed(text)


def test_what_has_no_width_is_blank_for_every_room(bench: Any) -> None:
    """A cell of it alone is blank for the mapping and for the search for damage, and ignored in a header."""
    for character in WIDTHLESS:
        chunk = bench.column("", [character, "x"]).chunk
        assert Cells(chunk, 1, chunk.column(1), ()).texts == ["", "x"]
        assert fold_header(f"E{character}mail") == "email"
        assert trimmed(f"{character}x{character}") == "x"
        assert is_blank(f" {character}")


@pytest.mark.parametrize("cell", [*WIDTHLESS, f"\u00a0{WIDTHLESS} \t", " \x1f\n"])
def test_a_cell_in_which_nobody_sees_anything_is_blank(bench: Any, cell: str) -> None:
    """Such a cell wipes nothing, is missed where a value is required, and is no lead's id."""
    assert bench.values("", [cell, "x"]) == [None, "x"]
    assert bench.values("transform: upper", [cell, "x"]) == [None, "X"]
    assert bench.values("required: true", [cell]) == [Code.REQUIRED_BLANK]
    text = "version: 1\nlead: {id: Lead}\nfields:\n  notes: A\n"
    translation = bench.translate(text, ["Lead", "A"], [[cell, cell], [cell, "x"]])
    assert translation.skipped[0].code is Code.BLANK_ROW
    assert [issue.code for issue in translation.issues[1]] == [Code.MISSING_LEAD_ID]


def test_a_leads_id_is_found_between_what_nobody_sees(bench: Any) -> None:
    """An id that was copied with a byte-order mark around it is the same id."""
    text = "version: 1\nlead: {id: Lead}\nfields:\n  notes: A\n"
    translation = bench.translate(text, ["Lead", "A"], [[f"\ufeff{LEAD}\u200b ", "x"]])
    assert list(translation.leads) == [LEAD]


@settings(deadline=None)
@given(texts=st.lists(ODD))
def test_a_column_is_judged_as_its_texts_one_by_one(texts: list[str]) -> None:
    """The quick look at a whole column finds what the slow look at each text finds."""
    joined = "".join(texts)
    assert can_be_sent(joined) == all(what_cannot_be_sent(text) is None for text in texts)
    assert blank_rows(texts, joined) == [row for row, text in enumerate(texts) if is_blank(text)]
    assert all(what_cannot_be_sent(cleaned(text).replace("\ud800", "")) is None for text in texts)


def test_all_white_space_is_trimmed() -> None:
    """What Python calls white space, and what has no width, is taken off both ends, and nothing else is."""
    space = "".join(chr(code) for code in range(sys.maxunicode + 1) if chr(code).isspace())
    assert trimmed(f"{space}{WIDTHLESS}a b{WIDTHLESS}{space}") == "a b"


@pytest.mark.parametrize(
    "name", ["VAN DER MEER", "o'neil", "d\u2019Arcy", "McDonald", "  José  María ", "王小明", "A. B."]
)
def test_a_name_is_sent_as_it_is_written(bench: Any, name: str) -> None:
    """No letter of a name is changed unless the mapping says so."""
    text = "version: 1\nlead: {id: Lead}\nfields: {first_name: A, last_name: B, company_name: C}\n"
    translation = bench.translate(text, ["Lead", "A", "B", "C"], [[LEAD, name, name, name]])
    assert [list(values) for values in translation.columns.values()] == [[name]] * 3
