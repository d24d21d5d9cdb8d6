# ruff: noqa: RUF001  # letters that look like others are what the files are about
"""`leadsync check`: the exit code, and what it says of a file."""

import gzip
import os
from pathlib import Path

from corpus.cases import Case, Checked, Maker
from corpus.files import column, encrypted, gzipped, lead, leads_csv, raw, text, zip_bytes, zipped
from corpus.translate_cases import in_workbook, mapping
from corpus.workbooks import book, error, formula, number

NOTES = mapping("notes: A")
EMAIL = mapping("email: {column: A, check: email}")
ROWS = 24

SOUND = f"Lead,A\n{lead(0)},x\n{lead(1)},y\n"


def case(
    name: str,
    about: str,
    make: Maker,
    exit_code: int,
    *parts: str,
    yaml: str = NOTES,
    arguments: tuple[str, ...] = (),
    without: tuple[str, ...] = (),
) -> Case:
    """Make a case of the command line."""
    return Case(f"check-{name}", about, make, Checked(exit_code, parts, without), mapping=yaml, arguments=arguments)


def _sound() -> list[Case]:
    fine = "2 rows read: 2 can be sent, none are invalid, 0 skipped."
    return [
        case("sound-csv", "Nothing is wrong.", text(SOUND), 0, "2 can be sent"),
        case("sound-gz", "Nothing is wrong with the packed file.", gzipped(SOUND.encode()), 0, "2 can be sent"),
        case("sound-zip", "Nor with the archive.", zipped({"leads.csv": SOUND.encode()}), 0, "2 can be sent"),
        case("sound-xlsx", "Nor with the workbook.", in_workbook(["x", 2]), 0, "2 can be sent"),
        case("sound-header-only", "A header and no rows.", text("Lead,A\n"), 3, "a header and no rows"),
        case(
            "sound-json",
            "The same for programs.",
            text(SOUND),
            0,
            '"rows_read": 2',
            '"sendable": 2',
            '"invalid": 0',
            arguments=("--json",),
            without=(fine,),
        ),
        case("sound-limit", "Only the first row is read.", text(SOUND), 0, "1 row read", arguments=("--limit", "1")),
        case(
            "sound-encoding",
            "The encoding is told on the command line.",
            text(f"Lead,A\n{lead(0)},Søren\n", "cp1252"),
            0,
            "1 can be sent",
            arguments=("--encoding", "cp1252"),
        ),
    ]


def _problems() -> list[Case]:
    hidden = book([["Lead", "A"], [lead(0), "x"], [lead(1), "y"], [lead(2), "z"]], rows={3: 'hidden="1"'}).at()
    return [
        case(
            "email",
            "Addresses that are none, with their cells.",
            column("A", "bo@example.com", "bo@", "x"),
            1,
            "invalid_email",
            "2 rows",
            "contacts.csv!B3",
            "contacts.csv!B4",
            "1 can be sent",
            yaml=EMAIL,
        ),
        case(
            "error-cell",
            "A cell that shows an error.",
            in_workbook(["x", error("#N/A")]),
            1,
            "error_value",
            "Leads!B3",
            "#N/A",
            "1 can be sent",
        ),
        case(
            "error-cell-unused",
            "The same in a column that the mapping does not use.",
            book([["Lead", "A", "B"], [lead(0), "x", error("#N/A")]]).at(),
            0,
            "1 can be sent",
            without=("error_value",),
        ),
        case(
            "never-calculated",
            "A formula whose value is not in the file.",
            in_workbook([formula("1+1")]),
            1,
            "not_calculated",
            "Leads!B2",
        ),
        case(
            "digits-lost",
            "A number of too many digits.",
            in_workbook([number("12345678901234567")]),
            1,
            "digits_lost",
            "Leads!B2",
        ),
        case("ragged", "A short row.", text(f"Lead,A,B\n{lead(0)},x,y\n{lead(1)}\n"), 1, "ragged_row", "Row 3"),
        case("lead-missing", "A row without a lead.", text("Lead,A\n,x\n"), 1, "missing_lead_id", "contacts.csv!A2"),
        case(
            "lead-wrong", "A row with something else.", text("Lead,A\n17,x\n"), 1, "invalid_lead_id", "contacts.csv!A2"
        ),
        case(
            "ambiguous-number",
            "1.234, and nothing that tells what is meant.",
            column("A", "1.234", "5"),
            1,
            "ambiguous_number",
            "contacts.csv!B2",
            "decimal",
            yaml=mapping(properties=["P: {column: A, type: number}"]),
        ),
        case(
            "hidden-rows-included",
            "A hidden row is sent, and said.",
            hidden,
            0,
            "3 can be sent",
            "1 row hidden",
            "included",
        ),
        case(
            "hidden-rows-skipped",
            "A hidden row is not sent, and said.",
            hidden,
            0,
            "2 can be sent",
            "1 row hidden",
            "skipped",
            yaml=mapping("notes: A", source="{hidden_rows: skip}"),
        ),
        case(
            "duplicates-error",
            "Two rows about one lead, which the mapping forbids.",
            text(f"Lead,A\n{lead(0)},x\n{lead(0)},y\n{lead(1)},z\n"),
            1,
            "duplicate_lead",
            "1 can be sent",
            yaml=mapping("notes: A", rules="{duplicates: error}"),
        ),
        case(
            "duplicates-last",
            "Two rows about one lead, of which the last counts.",
            text(f"Lead,A\n{lead(0)},x\n{lead(0)},y\n"),
            0,
            "1 can be sent",
            "1 skipped",
            yaml=mapping("notes: A", rules="{duplicates: last}"),
        ),
        case(
            "duplicates-each",
            "Two rows about one lead: both are sent, and it is said.",
            text(f"Lead,A\n{lead(0)},x\n{lead(0)},y\n"),
            0,
            "2 can be sent",
            "repeated_lead",
        ),
        case(
            "clear",
            "Rows that clear a value are counted, and a run would ask.",
            column("A", "", "", "x"),
            3,
            "2 rows clear a value",
            yaml=mapping("notes: {column: A, on_blank: clear}"),
        ),
        case(
            "footer",
            "A total below the table.",
            text(SOUND + "Total,2\n"),
            0,
            "2 can be sent",
            yaml=mapping("notes: A", source="{skip_footer: 1}"),
        ),
    ]


def _damage() -> list[Case]:
    garbled = leads_csv(["A"], *([f"SÃ¸ren {row}" if row < 2 else f"Bo {row}"] for row in range(ROWS)))
    same = column("A", *["70211"] * ROWS)
    ids = mapping("business_id: A")
    return [
        case(
            "damage-error",
            "Garbled letters refuse exactly their cells.",
            garbled,
            1,
            "mojibake",
            "contacts.csv!B2",
            f"{ROWS - 2} can be sent",
        ),
        case(
            "damage-error-off",
            "The mapping says that they are meant.",
            garbled,
            0,
            f"{ROWS} can be sent",
            yaml=NOTES + "damage: {mojibake: off}\n",
            without=("mojibake",),
        ),
        case(
            "damage-warning",
            "One id in all rows is told, and sent.",
            same,
            0,
            "one_value",
            f"{ROWS} can be sent",
            yaml=ids,
        ),
        case(
            "damage-warning-as-an-error",
            "The mapping says that it is an error.",
            same,
            3,
            "one_value",
            "0 can be sent",
            "rows are invalid",
            yaml=ids + "damage: {one_value: error}\n",
        ),
        case(
            "damage-json",
            "The findings for programs.",
            garbled,
            1,
            '"mojibake"',
            '"confidence"',
            '"error"',
            arguments=("--json",),
        ),
    ]


def _unusable() -> list[Case]:
    def folder(path: Path) -> Path:
        (path / "leads").mkdir()
        return path / "leads"

    return [
        case("missing", "There is no such file.", lambda path: path / "none.csv", 2, "There is no file"),
        case("folder", "It is a folder.", folder, 2, "is a folder"),
        case("device", "It is a device.", lambda _: Path("/dev/null"), 2, "is a device"),
        case("empty", "It is empty.", raw(b""), 2, "is empty"),
        case("encoding", "It is no UTF-8.", text("Lead,A\n1,Søren\n", "cp1252"), 2, "not UTF-8", "cp1252", "Søren"),
        case(
            "encoding-unknown",
            "The encoding told is none.",
            text(SOUND),
            2,
            "latin9000",
            arguments=("--encoding", "latin9000"),
        ),
        case("quote", "A quote is never closed.", text(f'Lead,A\n{lead(0)},"x\n'), 2, "line 2", "never closed"),
        case("column", "A column of the mapping is missing.", text("Lead,B\n1,2\n"), 2, 'no column "A"'),
        case(
            "column-twice",
            "A column of the mapping is there twice.",
            text("Lead,A,A\n1,2,3\n"),
            2,
            "cannot be told apart",
        ),
        case(
            "header-row",
            "The names are further down; the sentence says where.",
            text("Export,2026\n,\n" + SOUND),
            2,
            'no column "Lead"',
            "header_row: 3",
        ),
        case(
            "sheet",
            "A sheet that is not there.",
            in_workbook(["x"]),
            2,
            "no sheet",
            "'Leads'",
            arguments=("--sheet", "Lead"),
        ),
        case("password", "A workbook that is protected by a password.", raw(encrypted(), "leads.xlsx"), 2, "password"),
        case("picture", "A picture.", raw(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "leads.csv"), 2, "leads.csv"),
        case("cut-gz", "A packed file that ends too soon.", raw(_cut_gz(), "leads.csv.gz"), 2, "leads.csv.gz"),
        case("cut-xlsx", "A workbook that ends too soon.", raw(_cut_workbook(), "leads.xlsx"), 2, "leads.xlsx"),
        case(
            "zip-of-two",
            "An archive of two files.",
            zipped({"a.csv": SOUND.encode(), "b.csv": SOUND.encode()}),
            2,
            "contacts.zip",
            "a.csv",
        ),
        case("zip-of-none", "An archive of none.", raw(zip_bytes({}), "contacts.zip"), 2, "contacts.zip"),
        case(
            "odd-name",
            "A name that cannot be printed is told in numbers.",
            raw(b"", os.fsdecode(b"x\xff.csv")),
            2,
            "x\\xff.csv is empty",
        ),
        case(
            "mapping",
            "The mapping has a key that is none.",
            text(SOUND),
            2,
            "mapping.yaml:4:1",
            yaml=NOTES.replace("fields:", "feilds:"),
        ),
        case(
            "damage-kind",
            "The mapping names a kind of damage that is none.",
            text(SOUND),
            2,
            "mapping.yaml",
            "mojibak",
            yaml=NOTES + "damage: {mojibak: off}\n",
        ),
        case(
            "damage-level",
            "The mapping gives a kind of damage a level that is none.",
            text(SOUND),
            2,
            "mapping.yaml",
            "fatal",
            yaml=NOTES + "damage: {mojibake: fatal}\n",
        ),
    ]


def _cut_gz() -> bytes:
    return gzip.compress(SOUND.encode() * 50)[:-20]


def _cut_workbook() -> bytes:
    return book([["Lead", "A"]]).packed()[:-50]


CASES = [*_sound(), *_problems(), *_damage(), *_unusable()]
