"""Text in an encoding that nobody told of is refused with a suggestion that a person can judge, and never guessed."""

# ruff: noqa: RUF001  # letters of many scripts are what this file is about

import codecs
from collections.abc import Callable
from typing import Any

import pytest

PLAIN = "Navn;Beløb\r\nBo;1,5\r\nÆva;2,25\r\n"


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_tells_the_encoding(read_bytes: Callable[..., Any], mark: bytes, encoding: str) -> None:
    """That of UTF-32 begins as that of UTF-16 does."""
    assert read_bytes(mark + PLAIN.encode(encoding)).rows == [["Bo", "1,5"], ["Æva", "2,25"]]


@pytest.mark.parametrize(
    ("text", "encoding", "cell"),
    [
        ("Navn\nSøren Østergård\n", "cp1252", "'Søren Østergård'"),
        ("Nom\nHélène Lefèvre\nBenoît Çelik\n", "cp1252", "'Hélène Lefèvre'"),
        ("Name\nJürgen Müller\nStraße\n", "cp1252", "'Jürgen Müller'"),
        ("Navn\nSøren Østergård\n", "mac_roman", "'Søren Østergård'"),
        ("Nazwisko\nMałgorzata Żółć\nŁukasz Święty\n", "cp1250", "'Małgorzata Żółć'"),
        ("Имя\nИван Петров\nАнна Смирнова\n", "cp1251", "'Иван Петров'"),
        ("Όνομα\nΓιώργος Παπάς\nΑθήνα\n", "cp1253", "'Γιώργος Παπάς'"),
        ("名前\n山田太郎\n鈴木一郎\n東京都\n", "cp932", "'山田太郎'"),
    ],
)
def test_a_suggested_encoding_comes_with_cells_as_they_would_read(
    refusal: Callable[..., str], text: str, encoding: str, cell: str
) -> None:
    """And with both ways to declare it; the right one is among the first three."""
    sentence = refusal(text.encode(encoding))
    assert "is not UTF-8 text: the byte 0x" in sentence
    told = sentence.partition("it may be ")[2].partition(": declare")[0]
    assert any(encoding in one and cell in one for one in told.split(" or "))
    assert "`--encoding " in sentence
    assert "`source: {encoding: " in sentence


def test_excels_encoding_of_western_europe_comes_first_and_others_are_offered(refusal: Callable[..., str]) -> None:
    """Czech in cp1250 reads as Danish in cp1252 does: only a person can tell, so both are shown."""
    sentence = refusal("Jméno\nJiří Dvořák\n".encode("cp1250"))
    assert "it may be cp1252 ('Jméno', 'Jiøí Dvoøák') or cp1250 ('Jméno', 'Jiří Dvořák')" in sentence
    assert "`--encoding cp1252` or `source: {encoding: cp1252}` in the mapping, or save it as CSV UTF-8." in sentence


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_suggested_by_its_name(
    refusal: Callable[..., str], read_bytes: Callable[..., Any], encoding: str
) -> None:
    """Every other byte is NUL, which UTF-8 allows; what is suggested can be declared."""
    for text in (PLAIN, "Имя;Город\r\nИван Петров;Москва\r\n"):
        content = text.encode(encoding)
        assert f"with `--encoding {encoding}` or `source: {{encoding: {encoding}}}`" in refusal(content)
        assert read_bytes(content, encoding=encoding).headers == tuple(text.splitlines()[0].split(";"))


def test_one_line_in_another_encoding_is_told_as_that(refusal: Callable[..., str]) -> None:
    """To declare cp1252 would garble all others."""
    lines = ["Navn", *["Søren", "Æva"] * 20]
    content = "\n".join(lines).encode() + "\nØrsted\n".encode("cp1252")
    assert refusal(content) == (
        "contacts.csv is not UTF-8 text: the byte 0xD8 in line 42 cannot be decoded; other lines are UTF-8, so the "
        "file is damaged there, or was put together from files of several encodings: mend that line, or export it "
        "again as CSV UTF-8."
    )


def test_a_declared_encoding_that_is_wrong_is_told_with_what_it_may_be(refusal: Callable[..., str]) -> None:
    """Of a file in UTF-8 that is told with certainty."""
    assert refusal("Navn\nÁsa\n".encode(), encoding="cp1252") == (
        "contacts.csv is not text in cp1252: the byte 0x81 in line 2 cannot be decoded; it is UTF-8 as far as can be "
        "told: leave the encoding out, or declare `source: {encoding: utf-8}`."
    )
    sentence = refusal("Имя\nИван\n".encode("cp1251"), encoding="ascii")
    assert "is not text in ascii: the byte 0xC8 in line 1" in sentence
    assert "cp1251 ('Имя', 'Иван')" in sentence


def test_a_mark_that_is_wrong_is_told_as_damage(refusal: Callable[..., str]) -> None:
    """No declaration would go before it."""
    sentence = refusal(codecs.BOM_UTF8 + "Navn\nSøren\n".encode("cp1252"))
    assert "is not text in utf-8: the byte 0xF8 in line 2 cannot be decoded, though it begins with the mark" in sentence
    assert "export it again" in sentence


def test_a_suggestion_shows_no_more_of_a_cell_than_needed(refusal: Callable[..., str]) -> None:
    """Notes may be long, and may hold what moves a terminal's cursor."""
    sentence = refusal(("Notes\n\x1b[2Jø" + "x" * 500 + "\n").encode("cp1252"))
    assert "'\N{REPLACEMENT CHARACTER}[2Jøxxx" in sentence
    assert "x" * 40 not in sentence
    assert sentence.isprintable()


def test_the_first_bad_byte_is_found_however_far_down(refusal: Callable[..., str]) -> None:
    """With its line, and the cell that it is in."""
    sentence = refusal(b"a,b\n" + b"1,2\n" * 100_000 + "Søren,3\n".encode("cp1252"))
    assert "the byte 0xF8 in line 100002" in sentence
    assert "cp1252 ('Søren')" in sentence


def test_a_file_of_nul_bytes_is_told_as_that(refusal: Callable[..., str]) -> None:
    """A disk or a transfer failed; no encoding would help."""
    assert "holds only NUL bytes at its beginning and no text" in refusal(bytes(10_000))


@pytest.mark.parametrize("mark", ["\0", "\x07", "\x1b", "\x85", "\xa0", "\u2028", "\ufeff", "\U0001f600"])
def test_odd_characters_are_read_as_they_are(read_bytes: Callable[..., Any], mark: str) -> None:
    """Whether they may be sent is not for the loader to say."""
    assert read_bytes(f"a,b\nx{mark}y,{mark}\n".encode()).rows == [[f"x{mark}y", mark]]
