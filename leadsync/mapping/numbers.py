"""Numbers: a text read strictly becomes plain decimal text; a cast makes the JSON number of that.

What JavaScript would change (Keen runs on it, keen-api.md: values are stringified there) is refused for properties:
more than 15 significant digits, a whole number above 2**53 - 1, a fraction so small that it would be shown with an
exponent.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from leadsync.codes import Code
from leadsync.mapping.number_marks import SIGNS, Kind, Marks, kind_of
from leadsync.mapping.pipeline import Refusal, Stage
from leadsync.quoting import quote
from leadsync.records import JsonValue

SAFE_DIGITS = 15
"""JavaScript keeps so many significant digits of any number."""
_SAFE_WHOLE = 2**53 - 1
_SAFE_SMALL = Decimal("0.000001")
_SHORT = 60
_BESIDE = re.compile(r"([^0-9]{0,8})([0-9]|[0-9].*[0-9])([^0-9]{0,8})", re.DOTALL)
_LIKE_CURRENCY = re.compile(r"[^\W\d_]{2,3}\.?|[^\W\d_]{0,2}[$\u00a2-\u00a5\u20a0-\u20c0]|,-")
"""`kr.`, `DKK`, `US$`, and what stands for no cents after a Danish price."""
_ACCOUNTED = r"transform: {replace: '\((.+)\)', with: '-\1'}"
_TRAILING = r"transform: {replace: '(.+)-', with: '-\1'}"


@dataclass(frozen=True, slots=True)
class NumberStep:
    """Makes plain decimal text of a number: `-1.234,50` with the marks of the mapping becomes `-1234.50`."""

    marks: Marks
    is_property: bool
    is_integer: bool
    percent: str | None = None
    """`points` sends 25% as 25, `fraction` as 0.25; None refuses it."""
    currency: tuple[str, ...] = ()
    """The marks that are taken away from either end of a number, case-folded, the longest first."""

    def stages(self, texts: list[str]) -> list[Stage]:
        """Give the canonical text of each, or a refusal that tells the grammar."""
        is_plain, decimal = self.marks.plain.fullmatch, self.marks.decimal
        stripped = map(str.strip, texts)
        return [text.replace(decimal, ".") if is_plain(text) else self._stage(text) for text in stripped]

    def kind(self, text: str) -> Kind | None:
        """Tell what a text tells of the marks of its column; None where it is no number."""
        text = text.strip()
        return kind_of(text) or kind_of(self._bare(text)[0])

    def _stage(self, text: str) -> str | Refusal:
        bare, is_percentage = self._bare(text)
        written = self.marks.read(bare)
        if isinstance(written, Refusal):
            return Refusal(written.code, f"{quote(text)} {written.reason}")
        if written is None or (self.is_integer and written.fraction):
            return self._refusal(text, self._hint(text) or f"is not {self._kind()}, such as {self._example()}.")
        number = hundredth(str(written)) if is_percentage and self.percent == "fraction" else str(written)
        if self.is_property and not is_exact(number):
            return self._refusal(text, "has more digits than Keen can keep exactly (15). Send it as text.")
        return number

    def _bare(self, text: str) -> tuple[str, bool]:
        """Take a percent sign or one currency mark off a number; also tell whether it was the percent sign."""
        if self.percent is not None and text.endswith("%"):
            return text[:-1].rstrip(), True
        sign = text[:1] if text[:1] in SIGNS else ""
        rest = text[len(sign) :].lstrip()
        for mark in self.currency:
            if rest[: len(mark)].casefold() == mark:
                return sign + rest[len(mark) :].lstrip(), False
            if text[-len(mark) :].casefold() == mark:
                return text[: -len(mark)].rstrip(), False
        return text, False

    def _refusal(self, text: str, reason: str) -> Refusal:
        code = Code.INVALID_INTEGER if self.is_integer else Code.INVALID_NUMBER
        return Refusal(code, f"{quote(text)} {reason}")

    def _hint(self, text: str) -> str | None:
        """Say what would be read, where something that is known stands beside a number."""
        found = _BESIDE.fullmatch(text) if len(text) <= _SHORT else None
        if found is None or kind_of(found[2]) is None:
            return None
        before, inner, after = found[1].strip(), found[2], found[3].strip()
        if "(" in before and ")" in after:
            return f"looks like a negative number. Write it -{inner}, or say in the mapping {_ACCOUNTED}."
        if not before and after == "-":
            return f"looks like a negative number. Write it -{inner}, or say in the mapping {_TRAILING}."
        if after == "%" and before in {"", *SIGNS}:
            return self._percentage(before + inner)
        before = before.strip(SIGNS + " ")
        beside = before or after
        if (before and after) or beside.casefold() in self.currency or not _LIKE_CURRENCY.fullmatch(beside):
            return None
        marks = ", ".join(map(quote, [*self.currency, beside]))
        return (
            f"has {quote(beside)} beside the number. If that is the mark of a currency, say in the mapping "
            f"currency: {f'[{marks}]' if self.currency else marks}, and it is taken away."
        )

    def _percentage(self, number: str) -> str | None:
        written = None if self.percent else self.marks.read(number)
        if written is None or isinstance(written, Refusal) or (self.is_integer and written.fraction):
            return None
        points = f"is a percentage. Say in the mapping percent: points to send {written}"
        return f"{points}." if self.is_integer else f"{points}, or percent: fraction to send {hundredth(str(written))}."

    def _kind(self) -> str:
        kind = "a whole number" if self.is_integer else "a number"
        grouped = f' with "{self.marks.thousands}" between thousands' if self.marks.thousands else ""
        return kind + grouped

    def _example(self) -> str:
        return f"1{self.marks.thousands or ''}234" + ("" if self.is_integer else f"{self.marks.decimal}50")


def hundredth(number: str) -> str:
    """Move the decimal point of plain decimal text two places to the left: exact, and without zeros at the end."""
    sign, digits, exponent = Decimal(number).as_tuple()
    moved = format(Decimal((sign, digits, int(exponent) - 2)), "f")
    return moved.rstrip("0").rstrip(".")


def is_exact(number: str) -> bool:
    """Tell whether JavaScript reads this plain decimal text and shows the same number again."""
    value = Decimal(number).copy_abs()  # abs() would round, and fails beyond a million digits
    if value > _SAFE_WHOLE or 0 < value < _SAFE_SMALL:
        return False
    return len(re.sub(r"[^0-9]", "", number).strip("0")) <= SAFE_DIGITS


def number_values(numbers: list[str]) -> list[JsonValue]:
    """Cast canonical texts to ints, or to floats where they have a fraction."""
    return [float(number) if "." in number else int(number) for number in numbers]
