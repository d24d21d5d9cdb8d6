"""The code of a number format, taken apart: sections, places for digits, and the text around them.

A code in a file is written the American way whatever the country: `.` is the decimal mark, `,` parts thousands
(ECMA-376 part 1, 18.8.31). What is no such code at all is taken for an odd one, never for an error.
"""

import re
from dataclasses import dataclass, field
from enum import Enum, auto

LONGEST = 1000
"""Excel takes 255 characters; a longer code is an odd one."""

_TOKEN = re.compile(
    r"""
    "(?P<quoted>[^"]*)" | \\(?P<escaped>.) | _(?P<blank>.) | \*(?P<fill>.) | \[(?P<bracket>[^\]]*)\]
    | (?P<general>General) | (?P<half>AM/PM|A/P) | (?P<power>E[+-])
    | (?P<date>[dmyhsbge]|aaa+) | (?P<place>[0#?]) | (?P<mark>[.,%/@;]) | (?P<odd>["\\_*\[a-z]) | (?P<plain>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?(?:E[+-]?\d+)?)", re.IGNORECASE)
_CURRENCY = re.compile(r"\$([^-]*)(?:-[0-9A-F]+)?", re.IGNORECASE)
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_DRESS = re.compile(
    r"black|blue|cyan|green|magenta|red|white|yellow|colou?r ?\d{1,2}|dbnum\d|natnum\d+.*|~.*", re.IGNORECASE
)


class Sort(Enum):
    """What a section shows."""

    NUMBER = auto()
    """Digits in their places, or only text."""
    GENERAL = auto()
    DATE = auto()
    TEXT = auto()
    """It has an `@`, and so is about cells of text."""
    ODD = auto()
    """Nobody can tell."""


@dataclass(frozen=True, slots=True)
class Condition:
    """Which numbers a section is for, such as `[>=100]`."""

    sign: str
    limit: float

    def holds(self, value: float) -> bool:
        """Tell whether it is for this number."""
        is_less, is_equal = value < self.limit, value == self.limit
        return {
            "<": is_less,
            "<=": is_less or is_equal,
            "=": is_equal,
            "<>": not is_equal,
            ">=": not is_less,
            ">": not (is_less or is_equal),
        }[self.sign]


@dataclass(slots=True)
class Section:
    """One of the parts of a code, which are parted by semicolons."""

    sort: Sort = Sort.NUMBER
    condition: Condition | None = None
    places: str = ""
    """The places for the digits of a whole number, such as `000` or `##0`."""
    gaps: list[str] = field(default_factory=list)
    """The text behind each place but the last."""
    before: str = ""
    after: str = ""
    """The text around the places; all text is before them where there are none."""
    currency: str = ""
    """What part of it is declared as a currency, such as `kr.` of `[$kr.-406]`."""
    letters: str = ""
    """Those that stand for parts of a date or a time, in lower case."""
    is_percent: bool = False
    is_measure: bool = False
    """It shows decimals, thousands marks, thousands or millions, a fraction or a power of ten."""

    def add(self, text: str) -> None:
        """Put text behind what is there."""
        if self.places:
            self.after += text
        else:
            self.before += text

    def add_place(self, place: str) -> None:
        """Put a place for a digit behind what is there."""
        if self.places:
            self.gaps.append(self.after)
            self.after = ""
        self.places += place


def sections_of(code: str) -> list[Section]:
    """Take a code apart; what comes behind the fourth section, and the section for text, is left out."""
    sections = [Section()]
    if not code or len(code) > LONGEST:
        sections[0].sort = Sort.ODD if code else Sort.GENERAL
        return sections
    for token in _TOKEN.finditer(code):
        if token["mark"] == ";":
            sections.append(Section())
        else:
            _add(sections[-1], token)
    numeric = sections[:3]
    if len(numeric) > 1 and numeric[-1].sort is Sort.TEXT:
        numeric.pop()
    return numeric


def _add(section: Section, token: re.Match[str]) -> None:
    """Let a token say its part of a section."""
    kind = token.lastgroup
    text = token[kind] if kind else ""
    match kind:
        case "quoted" | "escaped" | "plain":
            section.add(text)
        case "blank":
            section.add(" ")
        case "bracket":
            _add_bracket(section, text)
        case "general":
            _become(section, Sort.GENERAL)
        case "date" | "half":
            section.letters += text[:1].lower() if kind == "date" else "h"
            _become(section, Sort.DATE)
        case "odd":
            _become(section, Sort.ODD)
        case "power":
            section.is_measure = True
        case "place":
            section.add_place(text)
        case "mark":
            _add_mark(section, text)


def _become(section: Section, sort: Sort) -> None:
    """Let a section be of a sort; one that already is of another is odd."""
    section.sort = sort if section.sort in {Sort.NUMBER, sort} else Sort.ODD


def _add_mark(section: Section, mark: str) -> None:
    if mark == "@":
        _become(section, Sort.TEXT)
    elif mark == "%":
        section.is_percent = True
    elif section.places:
        section.is_measure = True  # decimals, thousands or a fraction; its places need not be told apart
    elif mark == ".":
        section.is_measure = True
    else:
        section.add(mark)


def _add_bracket(section: Section, text: str) -> None:
    if condition := _CONDITION.fullmatch(text.strip()):
        section.condition = Condition(condition[1], float(condition[2]))
    elif currency := _CURRENCY.fullmatch(text):
        section.currency = currency[1]
        section.add(currency[1])
    elif _ELAPSED.fullmatch(text):
        section.letters += "h"
        _become(section, Sort.DATE)
    elif not _DRESS.fullmatch(text.strip()):
        _become(section, Sort.ODD)
