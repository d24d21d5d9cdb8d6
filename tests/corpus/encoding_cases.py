# ruff: noqa: RUF001  # letters that look like others are what the files are about
"""Encodings: those that are known by themselves, those that are declared, and those that are neither."""

import codecs

from corpus.cases import Case, Refused, Rows
from corpus.files import raw, text

from leadsync.records import SourceOptions

NORDIC = "Navn,By\r\nSøren Østergård,Århus\r\nÆva Fröhlich,Malmö\r\n"
NORDIC_ROWS = [["Navn", "By"], ["Søren Østergård", "Århus"], ["Æva Fröhlich", "Malmö"]]

DECLARED = {
    "cp1252": "Søren “Østergård” – 5 €",
    "latin-1": "Søren Østergård",
    "iso8859-15": "Øre og 5 €",
    "cp850": "Søren Østergård",
    "mac_roman": "Søren Østergård – 5 €",
    "cp1250": "Łukasz Żółć",
    "iso8859-2": "Łukasz Żółć",
    "cp1251": "Иван Петров",
    "koi8-r": "Иван Петров",
    "cp1253": "Γιώργος Παπάς",
    "cp1254": "İbrahim Şahin",
    "cp1255": "דוד לוי",
    "cp1256": "محمد علي",
    "cp1257": "Jānis Bērziņš",
    "shift_jis": "山田太郎",
    "euc-kr": "김철수",
    "big5": "王小明",
    "gb18030": "王小明 😀",
    "utf-16-le": "Søren",
    "utf-16-be": "Søren",
    "utf-8": "Søren",
}


def _known() -> list[Case]:
    marked = {
        "UTF-8": NORDIC.encode(),
        "UTF-8-with-a-mark": codecs.BOM_UTF8 + NORDIC.encode(),
        "UTF-16-LE-with-a-mark": codecs.BOM_UTF16_LE + NORDIC.encode("utf-16-le"),
        "UTF-16-BE-with-a-mark": codecs.BOM_UTF16_BE + NORDIC.encode("utf-16-be"),
    }
    return [
        *(
            Case(
                f"encoding-{name}", f"Danish names in {name}, of which nobody said so.", raw(content), Rows(NORDIC_ROWS)
            )
            for name, content in marked.items()
        ),
        *(
            Case(
                f"encoding-{name}-though-declared",
                "The mark is the file's own word, and goes before what is declared.",
                raw(content),
                Rows(NORDIC_ROWS),
                SourceOptions(encoding="cp1252"),
            )
            for name, content in marked.items()
            if "mark" in name
        ),
        Case(
            "encoding-astral",
            "Characters beyond 16 bits.",
            text("a,b\n😀,𝔘nicode\n"),
            Rows([["a", "b"], ["😀", "𝔘nicode"]]),
        ),
        Case(
            "encoding-astral-UTF-16",
            "The same as pairs of UTF-16.",
            text("a,b\n😀,𝔘nicode\n", "utf-16"),
            Rows([["a", "b"], ["😀", "𝔘nicode"]]),
        ),
        Case(
            "encoding-combining",
            "A letter and its accent as two characters stay two.",
            text("a,b\nRene\u0301,Ren\u00e9\n"),
            Rows([["a", "b"], ["Rene\u0301", "Ren\u00e9"]]),
        ),
        Case(
            "encoding-mark-alone",
            "A mark and nothing else.",
            raw(codecs.BOM_UTF8),
            Refused("contacts.csv holds no text at all"),
        ),
        Case(
            "encoding-mark-before-quotes",
            "A mark before a header in quotes.",
            text('"a, x","b"\n1,2\n', "utf-8-sig"),
            Rows([["a, x", "b"], ["1", "2"]]),
        ),
    ]


def _declared() -> list[Case]:
    return [
        Case(
            f"encoding-declared-{encoding}",
            f"A name in {encoding}, declared.",
            text(f"Id,Name\n1,{name}\n", encoding),
            Rows([["Id", "Name"], ["1", name]]),
            SourceOptions(encoding=encoding),
        )
        for encoding, name in DECLARED.items()
    ]


def _neither() -> list[Case]:
    return [
        Case(
            "encoding-undeclared-cp1252",
            "Excel's ANSI, of which nobody said so: the sentence suggests it, and shows a name read so.",
            text(NORDIC, "cp1252"),
            Refused("contacts.csv", "not UTF-8", "line 2", "cp1252", "Søren Østergård"),
        ),
        Case(
            "encoding-undeclared-cp1251",
            "Cyrillic, of which nobody said so.",
            text("Имя,Город\n" + "Иван Петров,Москва\nАнна Смирнова,Казань\n" * 10, "cp1251"),
            Refused("contacts.csv", "not UTF-8", "encoding"),
        ),
        Case(
            "encoding-undeclared-late",
            "The first byte that is not UTF-8 stands far down.",
            raw(b"a,b\n" + b"1,2\n" * 20000 + "Søren,3\n".encode("cp1252")),
            Refused("contacts.csv", "not UTF-8", "line 20002"),
        ),
        Case(
            "encoding-undeclared-UTF-16-without-a-mark",
            "UTF-16 without a mark is full of NUL characters.",
            text("Name,Phone\nBo,1\n", "utf-16-le"),
            Refused("contacts.csv", "UTF-16"),
        ),
        Case(
            "encoding-cut-UTF-8",
            "The file ends within a character.",
            raw("a,b\n1,ø".encode()[:-1]),
            Refused("contacts.csv", "not UTF-8"),
        ),
        Case(
            "encoding-cut-UTF-16",
            "The file ends within a character of UTF-16.",
            raw("a,b\n1,2\n".encode("utf-16") + b"x"),
            Refused("contacts.csv", "utf-16"),
        ),
        Case(
            "encoding-lone-surrogate",
            "Half of a pair, as broken programs write it into UTF-8.",
            raw(b"a,b\n1,\xed\xa0\x80\n"),
            Refused("contacts.csv", "not UTF-8"),
        ),
        Case(
            "encoding-overlong",
            "A slash written with two bytes, which UTF-8 forbids.",
            raw(b"a,b\n1,\xc0\xaf\n"),
            Refused("contacts.csv", "not UTF-8"),
        ),
        Case(
            "encoding-declared-wrongly",
            "The declared encoding has no character for a byte.",
            raw(b"a,b\r\n1,\x81\r\n"),
            Refused("contacts.csv", "not text in cp1252", "line 2"),
            SourceOptions(encoding="cp1252"),
        ),
        Case(
            "encoding-declared-ascii",
            "The declared encoding is too small for the file.",
            text("a,b\n1,ø\n"),
            Refused("contacts.csv", "not text in ascii", "line 2"),
            SourceOptions(encoding="ascii"),
        ),
        *(
            Case(
                f"encoding-declared-unknown-{number}",
                "What is declared is no encoding of a file.",
                text("a,b\n1,2\n"),
                Refused("encoding"),
                SourceOptions(encoding=encoding),
            )
            for number, encoding in enumerate(["latin9000", "hex", "rot13", "utf-7", "undefined", "idna"])
        ),
        Case(
            "encoding-of-nothing", "A file of no bytes.", raw(b""), Refused("contacts.csv is empty; export it again.")
        ),
    ]


CASES = [*_known(), *_declared(), *_neither()]
