"""Letters that were read in a wrong encoding on their way."""

# ruff: noqa: RUF001  # real text has such characters

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadsync.codes import Code
from leadsync.damage.garbled import read_again

Sheets = Callable[..., Any]


def misread(text: str, codec: str = "cp1252") -> str:
    """Read text that was written in UTF-8 in another encoding, as programs do: what cp1252 lacks becomes a control."""
    if codec != "cp1252":
        return text.encode().decode(codec)
    return "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in text.encode())


@pytest.mark.parametrize("codec", ["cp1252", "latin-1", "mac_roman", "cp850"])
@pytest.mark.parametrize(
    "name",
    ["Søren", "Åse", "Ægir", "SØREN", "Müller", "Größe", "François", "Conceição", "João", "voilà", "MÖLLER", "Århus"],
)
def test_western_names_are_read_again_whatever_they_were_misread_in(name: str, codec: str) -> None:
    """Windows-1252, ISO 8859-1, Mac Roman and the code page of DOS."""
    assert read_again(misread(name, codec)) == (name, True)


@pytest.mark.parametrize(
    "text",
    ["Łódź", "Kovač", "Nguyễn", "Иван", "Ελένη", "你好", "it’s – well", "50 €", "😀 fine", "“quoted”"],
)
def test_other_scripts_and_signs_are_read_again(text: str) -> None:
    """Polish, Czech, Vietnamese, Russian, Greek, Chinese, typographic signs, emoji."""
    assert read_again(misread(text)) == (text, True)


@given(st.text("abcdefghijklmnopqrstuvwxyzæøåäöüéèàçñõ ", min_size=1, max_size=30))
def test_whatever_lower_case_text_is_misread_is_read_again(text: str) -> None:
    """Each such letter garbled is known, wherever it stands."""
    garbled = misread(text)
    assert read_again(garbled) == (None if garbled == text else (text, True))


def test_text_that_was_garbled_twice_is_read_again() -> None:
    """A file can go wrong more than once."""
    assert read_again(misread(misread("Søren"))) == ("Søren", True)


def test_a_garbled_piece_in_a_right_text_is_read_again() -> None:
    """Where the cell as a whole cannot go the way back, its garbled letters do."""
    assert read_again(f"Søren {misread('Søndergård')}") == ("Søren Søndergård", True)


@pytest.mark.parametrize(
    "text",
    [
        *("São João", "MAÇÃ", "IRMÃ…", "“AMANHÔ", "MAÇÃ\u00a0DO NORTE", "Conceição", "AMANHÃ – TALVEZ", "IRMÃ™"),
        *("Nguyễn Thị Hà", "ĐÃ NHẬN", "Trần Văn Á"),
        *(
            "« liberté\u00a0»",
            "CAFÉ\u00a0»",
            "à\u00a0« demain »",
            "à\u00a0–",
            "été…",
            "CITÉ…ÉTÉ",
            "l’été à Paris",
            "LIBERTÉ\u00a0!",
        ),
        *("25 Â°", "Â£50", "Â", "Ã"),
        *("„Spaß“", "“Å”", "Å…", "Ärzte", "Öl–Gas", "ÜBER…", "Straße"),
        *(
            "Łódź",
            "Dvořák",
            "Škoda",
            "Ștefan",
            "Ιωάννης",
            "Дмитрий",
            "El Niño®",
            "¿Está?",
            "«allá»…",
            "PAÍS—É",
            "√2",
            "50 €",
        ),
    ],
)
def test_real_text_raises_no_alarm(sheet: Sheets, text: str) -> None:
    """Portuguese in capitals, Vietnamese, French quotation marks with their spaces, a degree sign, and more."""
    assert sheet([text, "plain"]).findings() == []


def test_garbled_cells_are_found_with_what_they_were(sheet: Sheets) -> None:
    """The column's sentence shows one letter and no lead's data; the row's issue shows the cell."""
    found = sheet(["Søren", misread("Søren"), "", misread("Åse")], "First name")
    assert found.rows(Code.MOJIBAKE) == [1, 3]
    finding = found.finding(Code.MOJIBAKE)
    assert finding.message == (
        f'First name: 2 of 3 cells (Leads!B3, Leads!B5) hold garbled letters, such as "{misread("ø")}" for "ø": the '
        "text was read in a wrong encoding and saved so. Export again as UTF-8, or declare the encoding that the "
        "file has with `source: {encoding: …}`."
    )
    assert found.issue(1).message == (
        f'First name: "{misread("Søren")}" is garbled by a wrong encoding and probably was "Søren". Export again as '
        "UTF-8, or declare `source: {encoding: …}`."
    )


def test_a_lost_letter_is_surer_than_a_garbled_one(sheet: Sheets) -> None:
    """U+FFFD is never meant; what it was, nobody can tell."""
    lost = sheet(["S\ufffdren"])
    assert lost.finding(Code.MOJIBAKE).confidence > sheet([misread("Søren")]).finding(Code.MOJIBAKE).confidence
    assert "\ufffd where a letter was lost" in lost.issue(0).message


def test_doubtful_cells_count_where_others_are_sure(sheet: Sheets) -> None:
    """`25 Â°C` alone may be meant; in a column with a garbled ø it is not."""
    doubtful = ["25 Â°C", "IRMÃ…"]
    assert sheet(doubtful).findings() == []
    found = sheet([*doubtful, misread("Søren")])
    assert found.rows(Code.MOJIBAKE) == [0, 1, 2]
    assert found.finding(Code.MOJIBAKE).cells == ("Leads!B2", "Leads!B3", "Leads!B4")
