"""Dates: a declared form made into a reader of texts, checked against the calendar; never a guess.

A form is either words (`dd-mm-yyyy`, `d/m/yy hh:mm`) or a strptime pattern with `%`. As in Excel, `m` means minutes
after `h` or before `s`, and months elsewhere; `dd` takes two digits, `d` one or two. A two-digit year is read as
POSIX has it: 69 to 99 are 1969 to 1999.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from leadsync.codes import Code
from leadsync.mapping.pipeline import Refusal, sendable
from leadsync.quoting import quote

ISO = "yyyy-mm-dd"
BY_ORDER = {"dmy": "d-m-yyyy", "mdy": "m-d-yyyy", "ymd": "yyyy-m-d"}
"""The forms that `source.date_order` stands for; `-`, `/` and `.` are taken alike there."""

Reader: TypeAlias = Callable[[str], datetime | None]

_SAMPLE = datetime(2026, 12, 31, 22, 58, 59)  # noqa: DTZ001  # dates of a spreadsheet have no time zone
_TOKEN = re.compile(r"yyyy|yy|mm?|dd?|hh?|ss?", re.IGNORECASE)
_MEANS = {"y": "year", "m": "month", "d": "day", "h": "hour", "s": "second"}
_CENTURY = 69


class DateFormError(ValueError):
    """A form that dates cannot be read by; the message ends the sentence `"xx" is no form of a date: `."""


@dataclass(frozen=True, slots=True)
class DateStep:
    """Makes ISO 8601 of a date: `2026-12-31`, or `2026-12-31T23:59:58` where the form has a time."""

    form: str
    example: str
    read: Reader
    has_time: bool

    def stage(self, text: str) -> str | Refusal:
        """Give the date, or a refusal that tells the form."""
        read = self.read(text.strip())
        if read is None:
            why = _serial(text) or f"is not a date of the form {self.form}, such as {self.example}."
            return Refusal(Code.INVALID_DATE, f"{quote(text)} {why}")
        return read.isoformat() if self.has_time else read.date().isoformat()


def date_step(form: str | None, date_order: str | None) -> DateStep:
    """Compile a form; without one the source's order of dates counts, and without that ISO 8601.

    Raises DateFormError where the form does not tell year, month and day, or cannot be read.
    """
    if form is None and date_order is not None:
        form = BY_ORDER[date_order]
        pattern = _pattern(form)[0].replace("\\-", "(?P<mark>[-/.])", 1).replace("\\-", "(?P=mark)")
        return _step(form, pattern, has_time=False)
    form = ISO if form is None else form
    if not isinstance(sendable(form), str):
        raise DateFormError("it holds a character that cannot stand in a text")
    if "%" in form:
        return _strptime_step(form)
    pattern, has_time = _pattern(form)
    return _step(form, pattern, has_time=has_time)


def _step(form: str, pattern: str, *, has_time: bool) -> DateStep:
    match = re.compile(pattern, re.ASCII).fullmatch

    def read(text: str) -> datetime | None:
        found = match(text)
        if found is None:
            return None
        numbers = {name: int(digits) for name, digits in found.groupdict().items() if name in _PARTS}
        year = numbers.pop("year")
        if len(found["year"]) == 2:  # noqa: PLR2004  # two digits
            year += 1900 if year >= _CENTURY else 2000
        try:
            return datetime(year, **numbers)  # type: ignore[arg-type]  # noqa: DTZ001  # only parts of a date
        except ValueError:
            return None

    return DateStep(form, _example(form), read, has_time)


def typed_date_step(declared: DateStep) -> Callable[[str], str | Refusal]:
    """Make the step for the dates of a workbook, `YYYY-MM-DD` or `YYYY-MM-DD HH:MM:SS`.

    They are sent with the time of day where the declared form has one, else without; a time that would be lost is
    refused.
    """
    day, moment = date_step("yyyy-mm-dd", None), date_step("yyyy-mm-dd hh:mm:ss", None)
    if declared.has_time:
        return lambda text: moment.stage(f"{text} 00:00:00" if day.read(text) else text)
    return lambda text: day.stage(text.removesuffix(" 00:00:00"))


def _serial(text: str) -> str | None:
    """Say which day a number is, as spreadsheets count days: from 1927 on, where it has five digits."""
    if not _SERIAL.fullmatch(text.strip()):
        return None
    day = _DAY_0 + timedelta(days=float(text))
    return f"is a number; as a date it would be {day.date()}. Format the column as a date, and save the file again."


_SERIAL = re.compile(r"[1-9][0-9]{4}(?:\.[0-9]+)?")
_DAY_0 = datetime(1899, 12, 30)  # noqa: DTZ001  # dates of a spreadsheet have no time zone
_PARTS = frozenset({"year", "month", "day", "hour", "minute", "second"})


def _tokens(form: str) -> list[tuple[str, str]]:
    """Split a form into (part, token) pairs; the part is empty for the text between."""
    pairs: list[tuple[str, str]] = []
    at = 0
    while at < len(form):
        found = _TOKEN.match(form, at)
        token = found[0] if found else form[at]
        pairs.append((_MEANS[token[0].lower()] if found else "", token))
        at += len(token)
    parts = [(index, part) for index, (part, _) in enumerate(pairs) if part]
    for place, (index, part) in enumerate(parts):
        before = parts[place - 1][1] if place else ""
        after = parts[place + 1][1] if place + 1 < len(parts) else ""
        if part == "month" and (before == "hour" or after == "second"):
            pairs[index] = ("minute", pairs[index][1])
    return pairs


def _pattern(form: str) -> tuple[str, bool]:
    pieces: list[str] = []
    seen: set[str] = set()
    for part, token in _tokens(form):
        if not part:
            if token.isalnum() and token.upper() != "T":
                raise DateFormError(f"{quote(token)} has no meaning there; use d, m, yyyy, hh and ss, or a % pattern")
            pieces.append(re.escape(token))
            continue
        if part in seen:
            raise DateFormError(f"the {part} stands in it twice")
        seen.add(part)
        pieces.append(f"(?P<{part}>[0-9]{{{'1,2' if len(token) == 1 else len(token)}}})")
    _must_tell({"year", "month", "day"} <= seen)
    if ("minute" in seen or "second" in seen) and "hour" not in seen:
        raise DateFormError("it has no hour")
    return "".join(pieces), "hour" in seen


def _example(form: str) -> str:
    return "".join(_shown(part, token) if part else token for part, token in _tokens(form))


def _shown(part: str, token: str) -> str:
    number: int = getattr(_SAMPLE, part)
    return str(number)[-len(token) :] if part == "year" else str(number)


def _strptime_step(form: str) -> DateStep:
    if re.search(r"%[zZ]", form):
        raise DateFormError("time zones are not converted; leave %z and %Z out")
    others = [_SAMPLE.replace(year=2025), _SAMPLE.replace(month=10), _SAMPLE.replace(day=30)]
    shown = _SAMPLE.strftime(form)
    _must_tell(all(other.strftime(form) != shown for other in others))
    try:
        read = datetime.strptime(shown, form)  # noqa: DTZ007  # dates of a spreadsheet have no time zone
    except (ValueError, re.error) as error:
        raise DateFormError(f"strptime cannot read it ({error})") from None
    _must_tell(read.date() == _SAMPLE.date())
    return DateStep(form, shown, _Strptime(form), has_time=bool(re.search(r"%[HIMSfTXcpRr]", form)))


def _must_tell(tells: bool) -> None:
    if not tells:
        raise DateFormError("it must tell year, month and day")


@dataclass(frozen=True, slots=True)
class _Strptime:
    form: str

    def __call__(self, text: str) -> datetime | None:
        try:
            return datetime.strptime(text, self.form)  # noqa: DTZ007  # dates of a spreadsheet have no time zone
        except ValueError:
            return None
