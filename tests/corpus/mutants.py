"""Mutants: good files of every kind, cut, with bits flipped, with parts lost, doubled and exchanged; seeded."""

import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from random import Random
from struct import pack
from typing import TypeAlias

import xlwt
from corpus.files import lead, zip_bytes
from corpus.opendocument import DOCUMENT, ods_bytes, repeated, row, shown, value
from corpus.workbooks import CellContent, book, error, formula, number, shared
from loader.old_formats import cell12, merges12, real, rk, row12, sheet12, text12, xlsb_bytes

from leadsync.damage import Inspector, Role, Watched
from leadsync.loader import open_source
from leadsync.mapping import Evidence, bind, translate
from leadsync.mapping import Mapping as LeadMapping
from leadsync.records import DEFAULT_LEVELS, HiddenRows, SourceOptions

Mutation: TypeAlias = Callable[[bytes, Random], bytes]

MAPPING = """\
version: 1
channel: Acme Corp Partnership
source: {blanks: [NULL]}
lead: {id: Lead}
fields:
  email: {column: E-mail, transform: [trim, lower], check: email}
  phone: {column: Phone, phone: {region: DK}}
  notes: {template: "{E-mail} {Amount}", on_blank: clear}
properties:
  Amount: {column: Amount, type: number}
  Since: {column: Since, type: date, format: dd-mm-yyyy}
  Active: {column: Active, type: boolean, true: ja, false: nej}
"""

HEADERS = ["Lead", "E-mail", "Phone", "Amount", "Since", "Active"]
TEXTS = [
    HEADERS,
    *(
        [lead(row), f"søren{row}@example.com", f"+45 2011335{row}", f"{row}.234,5", f"0{row + 1}-03-2026", "ja"]
        for row in range(6)
    ),
    [lead(7), "", "NULL", 'say ""yes""', "#N/A", "nej"],
]
LINES = "".join(";".join(f'"{cell}"' for cell in row) + "\r\n" for row in TEXTS)

EXTREMES = (
    b"-1",
    b"0",
    b"1",
    b"65536",
    b"2147483648",
    b"4294967297",
    b"18446744073709551616",
    b"1e308",
    b"NaN",
    b"",
    b"XFD",
)
_NUMBER = re.compile(rb"\d+")
_TAG = re.compile(rb"<[^>]*>")


def a_workbook() -> bytes:
    """Give a workbook with something of everything."""
    rows: list[list[CellContent]] = [
        [lead(row), shared(row % 2), number(f"201133{row}", 1), number("0.25", 2), number(f"{46000 + row}.5", 3), True]
        for row in range(4)
    ]
    rows += [
        [lead(5), error("#N/A"), formula("1+1"), formula("1+1", "2"), "05-03-2026", "nej"],
        [lead(6), None, "x\ny"],
    ]
    return book(
        [list(HEADERS), *rows],
        formats=["00000000", "0%", 22, "[$-406]dd/mm yyyy;@"],
        shared=["<t>bo@example.com</t>", "<r><t>eva</t></r><r><t>@example.com</t></r>"],
        rows={4: 'hidden="1"'},
        before='<dimension ref="A1:F7"/>',
        after='<autoFilter ref="A1:F7"/><mergeCells count="1"><mergeCell ref="A7:B7"/></mergeCells>',
    ).packed()


def an_xlsb() -> bytes:
    """Give an .xlsb workbook with something of everything."""
    rows = row12(0, *(text12(place, header) for place, header in enumerate(HEADERS)))
    for at in range(1, 7):
        cells = [text12(0, lead(at)), cell12(7, 1, pack("<L", at % 2)), rk(2, 20113350 + at, 1), real(3, 0.25, 2)]
        cells += [real(4, 46000.5 + at, 3), cell12(4, 5, b"\1") if at < 4 else cell12(3, 5, b"\x2a")]
        rows += row12(at, *cells, hidden=at == 4)
    sheet = sheet12(rows, end=merges12((7, 7, 0, 1)))
    return xlsb_bytes({"Leads": sheet}, formats=["00000000", "0%", 22], strings=["bo@example.com", "eva@example.com"])


def an_xls() -> bytes:
    """Give an .xls workbook with something of everything."""
    made = xlwt.Workbook()
    sheet = made.add_sheet("Leads")
    styles = [xlwt.easyxf(num_format_str=code) for code in ("00000000", "0%", "dd/mm/yyyy hh:mm", "General")]
    for place, header in enumerate(HEADERS):
        sheet.write(0, place, header)
    for at in range(1, 7):
        cells = [lead(at), f"søren{at}@example.com" * at, 20113350 + at, 0.25, 46000.5 + at, at < 4]
        for place, cell in enumerate(cells):
            sheet.write(at, place, cell, styles[place - 2] if 1 < place < 5 else styles[3])
    sheet.row(4).hidden = True
    sheet.row(7).set_cell_error(1, 42)
    sheet.write(7, 2, xlwt.Formula("1+1"))
    sheet.write_merge(8, 8, 0, 3, "merged")
    packed = io.BytesIO()
    made.save(packed)
    return packed.getvalue()


def an_ods() -> bytes:
    """Give an .ods workbook with something of everything."""
    rows = row(*map(shown, HEADERS))
    for at in range(1, 7):
        numbers = value(f'float" table:style-name="zeros" office:value="{20113350 + at}', f"{20113350 + at}")
        numbers += value('percentage" office:value="0.25', "25%")
        numbers += value(f'date" office:date-value="2026-03-{at:02d}T12:00:00', "a day")
        attributes = ' table:visibility="filter"' if at == 4 else ""
        rows += row(shown(lead(at)), shown(f"bo{at}@example.com"), numbers, shown("ja"), attributes=attributes)
    error = value('string" office:string-value="" calcext:value-type="error', "#N/A", "of:=NA()")
    rows += row(error, repeated(3), shown("a<text:line-break/>b"), attributes=' table:number-rows-repeated="3"')
    rows += row(repeated(16384), attributes=' table:number-rows-repeated="1048566"')
    return ods_bytes(DOCUMENT.format(rows=rows))


def sound_files() -> dict[str, tuple[str, bytes]]:
    """Give a good file of each kind with its name, by the kind."""
    content = LINES.encode()
    return {
        "csv": ("leads.csv", content),
        "utf-16": ("leads.csv", LINES.encode("utf-16")),
        "tsv": ("leads.tsv", b"sep=\t\n" + content.replace(b";", b"\t").replace(b'""', b'\\"')),
        "gz": ("leads.csv.gz", gzip.compress(content, mtime=0)),
        "zip": ("leads.zip", zip_bytes({"leads.csv": content})),
        "xlsx": ("leads.xlsx", a_workbook()),
        "xlsb": ("leads.xlsb", an_xlsb()),
        "xls": ("leads.xls", an_xls()),
        "ods": ("leads.ods", an_ods()),
    }


def _cut(content: bytes, random: Random) -> bytes:
    return content[: random.randrange(len(content) + 1)]


def _flip(content: bytes, random: Random) -> bytes:
    changed = bytearray(content)
    for _ in range(random.choice([1, 1, 2, 5, 20])):
        changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def _overwrite(content: bytes, random: Random) -> bytes:
    start = random.randrange(len(content))
    length = random.choice([1, 2, 4, 8, 64])
    filler = random.choice([b"\0", b"\xff", b"\x7f", b"\x80", None])
    put = random.randbytes(length) if filler is None else filler * length
    return content[:start] + put + content[start + length :]


def _drop(content: bytes, random: Random) -> bytes:
    start = random.randrange(len(content))
    return content[:start] + content[start + random.choice([1, 2, 16, 256]) :]


def _double(content: bytes, random: Random) -> bytes:
    start = random.randrange(len(content))
    return (
        content[:start]
        + content[start : start + random.choice([1, 4, 64, 1024])] * random.choice([2, 3, 50])
        + content[start:]
    )


def _insert(content: bytes, random: Random) -> bytes:
    start = random.randrange(len(content) + 1)
    odd = [
        b'"',
        b"\r",
        b"\n",
        b"\0",
        b",",
        b";",
        b"\\",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"<",
        b"&",
        b"]]>",
        b"&a;",
        b"\x1a",
    ]
    return content[:start] + random.choice([*odd, random.randbytes(random.randrange(1, 40))]) + content[start:]


def _number(content: bytes, random: Random) -> bytes:
    found = list(_NUMBER.finditer(content))
    if not found:
        return _flip(content, random)
    place = random.choice(found)
    return content[: place.start()] + random.choice(EXTREMES) + content[place.end() :]


def _tag(content: bytes, random: Random) -> bytes:
    found = list(_TAG.finditer(content))
    if not found:
        return _flip(content, random)
    one, other = random.choice(found), random.choice(found)
    put = random.choice([b"", one[0] * 2, other[0], one[0] * 500, one[0].replace(b' r="', b' s="')])
    return content[: one.start()] + put + content[one.end() :]


MUTATIONS: tuple[Mutation, ...] = (_cut, _flip, _overwrite, _drop, _double, _insert, _number, _tag)


def mutated(content: bytes, random: Random) -> bytes:
    """Give a mutant of some bytes."""
    for _ in range(random.choice([1, 1, 1, 2, 4])):
        content = random.choice(MUTATIONS)(content or b"x", random)
    return content


def mutant(content: bytes, random: Random) -> bytes:
    """Give a mutant of a file: of its bytes, or of what is packed in it, and packed again."""
    if random.random() < 0.4:
        return mutated(content, random)
    if content.startswith(b"\x1f\x8b"):
        return gzip.compress(mutated(gzip.decompress(content), random), 1, mtime=0)
    if not content.startswith(b"PK"):
        return mutated(content, random)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    victim = random.choice([*members, *(name for name in members if "sheet" in name.lower() or "content" in name)])
    match random.randrange(12):
        case 0:
            del members[victim]
        case 1:
            members[victim] = members[random.choice(list(members))]
        case 2:
            members[victim] = b""
        case _:
            members[victim] = mutated(members[victim], random)
    return zip_bytes(members, random.choice([zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED]))


def some_options(random: Random) -> SourceOptions:
    """Give options as a mapping may declare them; most files need none."""
    if random.random() < 0.6:
        return SourceOptions()
    return SourceOptions(
        sheet=random.choice([None, None, 1, "Leads"]),
        header_row=random.choice([1, 1, 2, 3, 1_048_576]),
        encoding=random.choice([None, None, "cp1252", "utf-16", "utf-16-le", "shift_jis", "utf-32", "gb18030"]),
        delimiter=random.choice([None, None, ",", ";"]),
        skip_footer=random.choice([0, 1, 3, 1_048_576]),
        stop_at_blank=random.random() < 0.5,
        hidden_rows=random.choice(list(HiddenRows)),
    )


def consume(path: Path, options: SourceOptions, mapping: LeadMapping) -> int:
    """Go the whole way of a source: look for damage, decide, translate; gives the number of rows.

    Raises LeadsyncError where the file cannot be used; anything else that comes is a fault.
    """
    rows = 0
    with open_source(str(path), options) as source:
        source.estimate_rows()
        for chunk in source.chunks(0, 50):
            rows += len(chunk)
        bound = bind(mapping, source.headers, source.name, source.layout.positions)
        evidence = Evidence(bound)
        inspector = Inspector(
            [Watched(at, bound.headers[at], frozenset(map(Role, roles))) for at, roles in bound.watched.items()],
            DEFAULT_LEVELS,
        )
        for chunk in source.chunks(0):
            evidence.look(chunk)
            inspector.look(chunk, translate(bound, chunk).leads)
        inspector.findings()
        decided = evidence.decide()
        for chunk in source.chunks(0):
            translate(decided, chunk)
    return rows


def seed_of(*parts: object) -> int:
    """Give a seed that is the same in every process."""
    return zlib.crc32(repr(parts).encode())
