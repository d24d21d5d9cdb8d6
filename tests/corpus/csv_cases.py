"""CSV as found: delimiters, line ends, quotes, ragged rows, odd characters, what stands above and below a table."""

import gzip
import zipfile

from corpus.cases import Case, Refused, Rows, grid
from corpus.files import gzipped, quoted, raw, text, zipped

from leadsync.codes import Code
from leadsync.records import SourceOptions

PLAIN = grid("Name|Phone", "Bo|12345678", "Eva|00123")
DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}
ENDS = {"LF": "\n", "CRLF": "\r\n", "CR": "\r"}


def joined(table: list[list[str]], delimiter: str = ",", end: str = "\n") -> str:
    """Write a table without quotes."""
    return "".join(delimiter.join(row) + end for row in table)


def _delimiters() -> list[Case]:
    cases = []
    for name, mark in DELIMITERS.items():
        others = [other for other in DELIMITERS.values() if other != mark]
        cases += [
            Case(
                f"delimiter-{name}-plain",
                f"A plain table with the {name} between cells.",
                text(joined(PLAIN, mark)),
                Rows(PLAIN),
            ),
            Case(
                f"delimiter-{name}-in-quotes",
                f"Cells that hold the {name} itself, in quotes.",
                text(f'Name{mark}Notes\nBo{mark}"one{mark}two"\n"{mark}"{mark}x\n'),
                Rows([["Name", "Notes"], ["Bo", f"one{mark}two"], [mark, "x"]]),
            ),
            Case(
                f"delimiter-{name}-among-others",
                "The other delimiters stand in the cells, and are text.",
                text(joined([["Name", "Notes", "Phone"], *([f"n{n}", "".join(others), "1"] for n in range(4))], mark)),
                Rows([["Name", "Notes", "Phone"], *([f"n{n}", "".join(others), "1"] for n in range(4))]),
            ),
        ]
    return cases


def _delimiters_that_mislead() -> list[Case]:
    return [
        Case(
            "delimiter-decimal-commas",
            "Semicolons between cells, and a decimal comma in each row.",
            text("Name;Amount\nBo;1,5\nEva;2,25\n"),
            Rows(grid("Name|Amount", "Bo|1,5", "Eva|2,25")),
        ),
        Case(
            "delimiter-comma-in-a-semicolon-header",
            "A header with a comma in a name, and semicolons between names.",
            text("Name, full;Amount\nBo;1,5\nEva;2,5\n"),
            Rows(grid("Name, full|Amount", "Bo|1,5", "Eva|2,5")),
        ),
        Case(
            "delimiter-semicolons-in-notes",
            "Commas between cells, and lists with semicolons in the notes.",
            text("Name,Notes\nBo,a;b;c\nEva,d;e;f\n"),
            Rows(grid("Name|Notes", "Bo|a;b;c", "Eva|d;e;f")),
        ),
        Case(
            "delimiter-none-one-column",
            "One column, so no delimiter at all.",
            text("Id\n1\n2\n"),
            Rows([["Id"], ["1"], ["2"]]),
        ),
        Case(
            "delimiter-none-free-text",
            "One column of free text; the commas in it are text, for the header has none.",
            text("Notes\nfirst, then\nsecond\n"),
            Rows([["Notes"], ["first, then"], ["second"]]),
        ),
        Case(
            "delimiter-header-only",
            "A header and no rows.",
            text("Name,Phone\n"),
            Rows(grid("Name|Phone")),
        ),
        Case(
            "delimiter-below-a-preamble",
            "Two lines above the header have commas; the table has semicolons.",
            text("Export, of 3 March, by Bo\nAll, contacts, here\nName;Phone\nBo;1\nEva;2\n"),
            Rows(grid("Name|Phone", "Bo|1", "Eva|2"), numbers=[4, 5]),
            SourceOptions(header_row=3),
        ),
        Case(
            "delimiter-declared-goes-before-evidence",
            "Two delimiters explain the file; the declared one is taken.",
            text("a;b,c\n1;2,3\n"),
            Rows(grid("a;b|c", "1;2|3")),
            SourceOptions(delimiter=","),
        ),
        Case(
            "delimiter-declared-unusual",
            "A delimiter that nobody would guess, declared.",
            text("a^b\n1^2\n"),
            Rows(grid("a|b", "1|2")),
            SourceOptions(delimiter="^"),
        ),
        Case(
            "delimiter-found-over-many-lines",
            "The first rows have as many commas as semicolons; the lines further down tell.",
            text("a;b,x\n" + "1,5;2\n" * 2 + "".join(f"{n};{n}\n" for n in range(40))),
            Rows([["a", "b,x"], *([["1,5", "2"]] * 2), *([str(n), str(n)] for n in range(40))]),
        ),
    ]


def _line_ends() -> list[Case]:
    cases = [
        Case(
            f"line-end-{name}{'' if last else '-none-at-the-end'}",
            f"{name} at the end of each line{'' if last else ', and none behind the last'}.",
            text(joined(PLAIN, end=end) if last else joined(PLAIN, end=end).removesuffix(end)),
            Rows(PLAIN),
        )
        for name, end in ENDS.items()
        for last in (True, False)
    ]
    return [
        *cases,
        Case(
            "line-end-mixed",
            "LF, CRLF and CR in one file.",
            raw(b"a,b\r1,2\n3,4\r\n5,6"),
            Rows(grid("a|b", "1|2", "3|4", "5|6")),
        ),
        *(
            Case(
                f"line-end-{name}-within-quotes",
                f"A cell with a {name} in it, which is text and no end of a row.",
                text(f'a,b\r\n1,"one{end}two"\r\n3,4\r\n'),
                Rows([["a", "b"], ["1", f"one{end}two"], ["3", "4"]]),
            )
            for name, end in ENDS.items()
        ),
        Case(
            "line-end-in-the-header",
            "A name of a column that goes over two lines.",
            text('"Deal\nsize",b\n1,2\n'),
            Rows([["Deal\nsize", "b"], ["1", "2"]]),
        ),
        Case(
            "line-blank-between-rows",
            "Blank lines are rows, as a spreadsheet shows them.",
            text("a,b\n\n1,2\n\n,\n3,4\n\n"),
            Rows([["a", "b"], ["", ""], ["1", "2"], ["", ""], ["", ""], ["3", "4"], ["", ""]]),
        ),
        *(
            Case(
                f"line-end-not-{name}",
                "A character that Unicode calls a line end, and spreadsheets do not.",
                text(f"a,b\n1{mark}x,2\n"),
                Rows([["a", "b"], [f"1{mark}x", "2"]]),
            )
            for name, mark in {"VT": "\v", "FF": "\f", "FS": "\x1c", "NEL": "\x85", "LS": "\u2028"}.items()
        ),
    ]


def _quotes() -> list[Case]:
    return [
        Case(
            "quotes-around-everything",
            "Every cell in quotes.",
            text('"a","b"\n"1","2"\n'),
            Rows(grid("a|b", "1|2")),
        ),
        Case(
            "quotes-doubled",
            "Quotes within quotes are written twice.",
            text('a,b\n1,"say ""yes"", then go"\n"""",x\n'),
            Rows([["a", "b"], ["1", 'say "yes", then go'], ['"', "x"]]),
        ),
        Case(
            "quotes-escaped",
            "Quotes within quotes have a backslash before them, as databases write them.",
            text('a,b\n1,"say \\"yes\\", then go"\n2,"plain"\n'),
            Rows([["a", "b"], ["1", 'say "yes", then go'], ["2", "plain"]]),
        ),
        Case(
            "quotes-doubled-behind-a-backslash",
            "A path that ends in a backslash, in a file that doubles its quotes.",
            text('a,b\n"C:\\","say ""yes"""\n"x","y"\n'),
            Rows([["a", "b"], ["C:\\", 'say "yes"'], ["x", "y"]]),
        ),
        Case(
            "quotes-none-and-a-backslash",
            "A backslash in a file without quotes is text.",
            text("a,b\nC:\\temp,1\n"),
            Rows([["a", "b"], ["C:\\temp", "1"]]),
        ),
        Case(
            "quotes-as-inches",
            "A quote within an unquoted cell is text.",
            text('a,b\n5" pipe,1\nBo "the boss" Jensen,2\n'),
            Rows([["a", "b"], ['5" pipe', "1"], ['Bo "the boss" Jensen', "2"]]),
        ),
        Case(
            "quotes-around-nothing",
            "A quoted blank is a blank, and a quoted space is a space.",
            text('a,b\n""," "\n1,2\n'),
            Rows([["a", "b"], ["", " "], ["1", "2"]]),
        ),
        Case(
            "quotes-single",
            "Single quotes are text.",
            text("a,b\n'1','2'\n"),
            Rows([["a", "b"], ["'1'", "'2'"]]),
        ),
        Case(
            "quotes-never-closed",
            "A quote that is opened and never closed: the rest of the file would be one cell.",
            text('a,b\n1,2\n"x,4\n5,6\n'),
            Refused("contacts.csv", "line 3", "quotation mark", "never closed"),
        ),
        Case(
            "quotes-with-text-behind",
            "Text between a closing quote and the delimiter.",
            text('a,b\n1,2\n"x" y,4\n5,6\n'),
            Refused("contacts.csv", "line 3", "closing quotation mark"),
        ),
    ]


def _ragged() -> list[Case]:
    header = ["a", "b", "c"]
    return [
        Case(
            "ragged-short",
            "A row with a cell less than the header: kept, never shifted, and named.",
            text("a,b,c\n1,2,3\n1,2\n5,6,7\n"),
            Rows([header, ["1", "2", "3"], ["1", "2", ""], ["5", "6", "7"]], issues={3: Code.RAGGED_ROW}),
        ),
        Case(
            "ragged-long",
            "A row with a cell more than the header: an unquoted comma.",
            text("a,b,c\nJensen, Bo,1,2\n5,6,7\n"),
            Rows([header, ["Jensen", " Bo", "1"], ["5", "6", "7"]], issues={2: Code.RAGGED_ROW}),
        ),
        Case(
            "ragged-one-cell",
            "A row cut in two by a line break without quotes.",
            text("a,b,c\n1,two\nlines,3\n4,5,6\n"),
            Rows(
                [header, ["1", "two", ""], ["lines", "3", ""], ["4", "5", "6"]],
                issues={2: Code.RAGGED_ROW, 3: Code.RAGGED_ROW},
            ),
        ),
        Case(
            "ragged-blank-surplus",
            "Blank cells right of the last header, as spreadsheets write them: nothing is lost.",
            text("a,b,c\n1,2,3,,\n4,5,6, \n"),
            Rows([header, ["1", "2", "3"], ["4", "5", "6"]]),
        ),
        Case(
            "ragged-blank-headers",
            "The header ends in blanks, and the rows are as long as its names.",
            text("a,b,,\n1,2\n3,4,,\n"),
            Rows([["a", "b", "", ""], ["1", "2", "", ""], ["3", "4", "", ""]]),
        ),
        Case(
            "ragged-late",
            "The one row of 80 that is short is known by its own number.",
            text("a,b\n" + "".join(f"{n}\n" if n == 61 else f"{n},x\n" for n in range(2, 82))),
            Rows(
                [["a", "b"], *([str(n), "" if n == 61 else "x"] for n in range(2, 82))],
                issues={61: Code.RAGGED_ROW},
            ),
        ),
        Case(
            "ragged-behind-a-cell-of-two-lines",
            "A row's number is Excel's, though the cell above has two lines.",
            text('a,b\n"x\ny",2\n3\n'),
            Rows([["a", "b"], ["x\ny", "2"], ["3", ""]], issues={3: Code.RAGGED_ROW}),
        ),
    ]


def _odd_characters() -> list[Case]:
    odd = {
        "NUL": "\0",
        "bell": "\x07",
        "escape": "\x1b[31m",
        "delete": "\x7f",
        "NBSP": "\xa0",
        "narrow-NBSP": "\u202f",
        "zero-width-space": "\u200b",
        "soft-hyphen": "\xad",
        "mark-within": "\ufeff",
        "right-to-left-mark": "\u200f",
        "replacement": "\ufffd",
    }
    return [
        *(
            Case(
                f"odd-{name}",
                "A character that nobody sees stays where it is: what is read is what is there.",
                text(f"a,b\nx{mark}y,{mark}\n1,2\n"),
                Rows([["a", "b"], [f"x{mark}y", mark], ["1", "2"]]),
            )
            for name, mark in odd.items()
        ),
        Case(
            "odd-NUL-in-the-header",
            "A header with NUL characters is no text.",
            raw(b"a\0,b\n1,2\n"),
            Refused("contacts.csv", "NUL"),
        ),
        Case(
            "odd-spaces-at-the-ends",
            "Spaces around a cell are the cell's.",
            text("a,b\n x , y\n"),
            Rows([["a", "b"], [" x ", " y"]]),
        ),
    ]


def _values() -> list[Case]:
    values = {
        "leading-zeros": "00123",
        "words-of-pandas": "NA",
        "nan": "nan",
        "null": "NULL",
        "none": "None",
        "exponent": "1e5",
        "decimal": "123.0",
        "long": "12345678901234567890",
        "true": "TRUE",
        "formula": "=1+1",
        "formula-minus": "-2+3",
        "formula-at": "@SUM(A1)",
        "formula-for-text": '="00123"',
        "date": "03-04-2026",
        "time": "12:30",
        "percent": "25%",
        "error": "#N/A",
        "infinity": "inf",
        "hexadecimal": "0x1F",
        "underscores": "1_000",
    }
    return [
        Case(
            f"value-{name}",
            "A text is read as it is written: no number, no date, no blank is made of it.",
            text(f"a,b\n{quoted(value)},{quoted(value)}\n"),
            Rows([["a", "b"], [value, value]]),
        )
        for name, value in values.items()
    ]


def _headers() -> list[Case]:
    return [
        Case(
            "header-repeated",
            "Two columns of one name are two columns.",
            text("a,a\n1,2\n"),
            Rows(grid("a|a", "1|2")),
        ),
        Case(
            "header-blank",
            "A column without a name is read, and stays without.",
            text("a,,c\n1,2,3\n"),
            Rows([["a", "", "c"], ["1", "2", "3"]]),
        ),
        Case(
            "header-with-spaces",
            "Names stay as they are written.",
            text(" a ,B  b\n1,2\n"),
            Rows([[" a ", "B  b"], ["1", "2"]]),
        ),
        Case(
            "header-of-our-own-report",
            "Columns that leadsync added to its report are none of the source's.",
            text("leadsync_sheet,leadsync_row,Name,leadsync_status\nLeads,7,Bo,invalid\n"),
            Rows([["Name"], ["Bo"]]),
        ),
        Case(
            "header-of-our-own-report-alone",
            "A report of which only our own columns are left.",
            text("leadsync_sheet,leadsync_row\nLeads,7\n"),
            Refused("only columns of a leadsync report"),
        ),
    ]


def _above_and_below() -> list[Case]:
    rows = ["Bo|1", "Eva|2", "Ida|3"]
    below = Code.BELOW_TABLE
    return [
        Case(
            "above-preamble",
            "A title and a blank line above the header.",
            text("Export of 2026\n\nName,Amount\nBo,1\n"),
            Rows(grid("Name|Amount", "Bo|1"), numbers=[4]),
            SourceOptions(header_row=3),
        ),
        Case(
            "above-preamble-undeclared-blank",
            "The first row is blank, and nobody said where the header is.",
            text("\n,\nName,Phone\nBo,1\n"),
            Refused("no header in row 1", "header_row: 3"),
        ),
        Case(
            "above-header-beyond-the-end",
            "The declared header row is below the last row.",
            text("a,b\n1,2\n"),
            Refused("no header in row 9", "header_row: 1"),
            SourceOptions(header_row=9),
        ),
        Case(
            "below-one-total",
            "A line of totals, of which the mapping says so.",
            text(joined(grid("Name|Amount", *rows, "Total|6"))),
            Rows(grid("Name|Amount", *rows, "Total|6"), left_out={5: below}),
            SourceOptions(skip_footer=1),
        ),
        Case(
            "below-totals-with-blank-lines",
            "Blank lines below the totals go with them, and the one above does not.",
            text("Name,Amount\nBo,1\n\nTotal,1\nCount,1\n\n\n"),
            Rows(
                [["Name", "Amount"], ["Bo", "1"], ["", ""], ["Total", "1"], ["Count", "1"], ["", ""], ["", ""]],
                left_out={4: below, 5: below, 6: below, 7: below},
            ),
            SourceOptions(skip_footer=2),
        ),
        Case(
            "below-more-than-there-is",
            "More lines of footer than there are rows: all of them are.",
            text("Name,Amount\nBo,1\nEva,2\n"),
            Rows(grid("Name|Amount", "Bo|1", "Eva|2"), left_out={2: below, 3: below}),
            SourceOptions(skip_footer=5),
        ),
        Case(
            "below-short-total",
            "A total has fewer cells than the header; it is left out whatever else is wrong with it.",
            text("a,b,c\n1,2,3\nTotal: 1\n"),
            Rows(
                [["a", "b", "c"], ["1", "2", "3"], ["Total: 1", "", ""]],
                issues={3: Code.RAGGED_ROW},
                left_out={3: below},
            ),
            SourceOptions(skip_footer=1),
        ),
        Case(
            "below-first-blank",
            "The table ends at the first blank row.",
            text("Name,Amount\nBo,1\nEva,2\n\nTotal,3\nmade by Ida\n"),
            Rows(
                [["Name", "Amount"], ["Bo", "1"], ["Eva", "2"], ["", ""], ["Total", "3"], ["made by Ida", ""]],
                issues={6: Code.RAGGED_ROW},
                left_out={4: below, 5: below, 6: below},
            ),
            SourceOptions(stop_at_blank=True),
        ),
        Case(
            "below-first-blank-of-delimiters",
            "A row of delimiters and spaces is blank as well.",
            text("Name,Amount\nBo,1\n , \nTotal,3\n"),
            Rows(
                [["Name", "Amount"], ["Bo", "1"], [" ", " "], ["Total", "3"]],
                left_out={3: below, 4: below},
            ),
            SourceOptions(stop_at_blank=True),
        ),
        Case(
            "below-first-blank-of-no-width",
            "Characters of no width alone are blank, everywhere.",
            text("Name,Amount\nBo,1\n\u200b,\xa0\nTotal,3\n"),
            Rows(
                [["Name", "Amount"], ["Bo", "1"], ["\u200b", "\xa0"], ["Total", "3"]],
                left_out={3: below, 4: below},
            ),
            SourceOptions(stop_at_blank=True),
        ),
        Case(
            "below-no-blank-at-all",
            "The table ends with the file, where no row is blank.",
            text(joined(grid("Name|Amount", *rows))),
            Rows(grid("Name|Amount", *rows)),
            SourceOptions(stop_at_blank=True),
        ),
        Case(
            "below-blank-at-once",
            "The first row is blank already: nothing is the table's.",
            text("Name,Amount\n\nBo,1\n"),
            Rows([["Name", "Amount"], ["", ""], ["Bo", "1"]], left_out={2: below, 3: below}),
            SourceOptions(stop_at_blank=True),
        ),
    ]


def _sep_line() -> list[Case]:
    table = grid("a,x|b,y", "1|2")
    forms = {"plain": "sep=;", "capitals": "SEP=;", "in-quotes": '"sep=;"'}
    return [
        *(
            Case(
                f"sep-line-{name}",
                "Excel's own line for the delimiter, which Excel does not show: the header is row 1.",
                text(f"{line}\r\na,x;b,y\r\n1;2\r\n"),
                Rows(table),
            )
            for name, line in forms.items()
        ),
        Case("sep-line-tab", "The line says that it is a tab.", text("sep=\t\na,x\tb,y\n1\t2\n"), Rows(table)),
        Case("sep-line-unusual", "The line says what nobody would guess.", text("sep=^\na,x^b,y\n1^2\n"), Rows(table)),
        Case(
            "sep-line-behind-a-mark",
            "The line stands behind a byte-order mark.",
            text("sep=;\r\na,x;b,y\r\n1;2\r\n", "utf-8-sig"),
            Rows(table),
        ),
        Case(
            "sep-line-in-UTF-16",
            "The line in UTF-16, as Excel's Unicode text has it.",
            text("sep=;\r\na,x;b,y\r\n1;2\r\n", "utf-16"),
            Rows(table),
        ),
        Case(
            "sep-line-and-a-preamble",
            "The header row is counted without the line.",
            text("sep=;\nExport\n\na,x;b,y\n1;2\n"),
            Rows(table, numbers=[4]),
            SourceOptions(header_row=3),
        ),
        Case(
            "sep-line-overruled",
            "A declared delimiter goes before the line, which is still not the table's.",
            text("sep=;\na;b,c\n1;2,3\n"),
            Rows(grid("a;b|c", "1;2|3")),
            SourceOptions(delimiter=","),
        ),
    ]


def _packed() -> list[Case]:
    content = joined(PLAIN).encode()
    cut = gzip.compress(content * 50, mtime=0)
    return [
        Case("gz-csv", "A packed file, known by its content.", gzipped(content), Rows(PLAIN)),
        Case(
            "gz-without-the-name",
            "The same, under a name that does not say so.",
            gzipped(content, "x.csv"),
            Rows(PLAIN),
        ),
        Case("gz-tsv", "A packed file with tabs.", gzipped(joined(PLAIN, "\t").encode(), "x.tsv.gz"), Rows(PLAIN)),
        Case("gz-UTF-16", "A packed file in UTF-16.", gzipped(joined(PLAIN).encode("utf-16")), Rows(PLAIN)),
        Case(
            "gz-two-members",
            "Two packed files put one behind the other are one, as gzip has it.",
            raw(gzip.compress(b"a,b\n1,2\n") + gzip.compress(b"3,4\n"), "x.csv.gz"),
            Rows(grid("a|b", "1|2", "3|4")),
        ),
        Case("gz-cut", "A packed file that ends too soon.", raw(cut[:-12], "x.csv.gz"), Refused("x.csv.gz")),
        Case(
            "gz-damaged",
            "A packed file whose checksum is wrong.",
            raw(cut[:-8] + b"\0\0\0\0" + cut[-4:], "x.csv.gz"),
            Refused("x.csv.gz"),
        ),
        Case("gz-empty", "Packed nothing.", gzipped(b""), Refused("contacts.csv.gz", "empty")),
        Case("tsv", "A file named for its tabs.", text(joined(PLAIN, "\t"), name="x.tsv"), Rows(PLAIN)),
        Case(
            "txt",
            "A text file with tabs, as Excel saves it.",
            text(joined(PLAIN, "\t"), "utf-16", "x.txt"),
            Rows(PLAIN),
        ),
        Case(
            "zip-one-file",
            "An archive with one file in it.",
            zipped({"contacts.csv": content}),
            Rows(PLAIN),
        ),
        Case(
            "zip-stored",
            "An archive that only holds, and does not pack.",
            zipped({"contacts.csv": content}, compression=zipfile.ZIP_STORED),
            Rows(PLAIN),
        ),
        Case(
            "zip-one-file-in-a-folder",
            "An archive with a folder, and one file in it.",
            zipped({"export/": b"", "export/contacts.csv": content}),
            Rows(PLAIN),
        ),
        Case(
            "zip-from-a-Mac",
            "An archive with what a Mac puts beside each file, which is none of the user's.",
            zipped({"contacts.csv": content, "__MACOSX/._contacts.csv": b"\0\5\x16\7"}),
            Rows(PLAIN),
        ),
        Case(
            "zip-two-files",
            "An archive with two files: nobody can tell which is meant.",
            zipped({"a.csv": content, "b.csv": content}),
            Refused("contacts.zip", "2"),
        ),
        Case("zip-empty", "An archive with nothing in it.", zipped({}), Refused("contacts.zip")),
        Case(
            "zip-empty-file",
            "An archive with an empty file in it.",
            zipped({"contacts.csv": b""}),
            Refused("contacts.zip", "empty"),
        ),
    ]


CASES = [
    *_delimiters(),
    *_delimiters_that_mislead(),
    *_line_ends(),
    *_quotes(),
    *_ragged(),
    *_odd_characters(),
    *_values(),
    *_headers(),
    *_above_and_below(),
    *_sep_line(),
    *_packed(),
]
