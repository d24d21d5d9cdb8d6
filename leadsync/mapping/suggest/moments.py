"""Dates: in which form a column has them, and which order of day and month they prove."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from leadsync.mapping.dates import date_step
from leadsync.mapping.suggest.spec import Found, Shape

_DATE = re.compile(
    r"(?P<one>[0-9]{1,4})(?P<mark>[-/.])(?P<two>[0-9]{1,2})(?P=mark)(?P<three>[0-9]{2,4})(?P<time>[T ].*)?", re.ASCII
)
_TIME = re.compile(
    r"[T ][0-2]?[0-9][:.][0-5][0-9](?:[:.][0-5][0-9](?:[.,][0-9]+)?)? ?(?:[AP]M|Z|[+-][0-9]{2}:?[0-9]{2})?",
    re.IGNORECASE,
)
_LAST_MONTH, _YEAR = 12, 4

_DAYS = {
    "dmy": ("dd{0}mm{0}yyyy", "d{0}m{0}yyyy", "dd{0}mm{0}yy", "d{0}m{0}yy"),
    "mdy": ("mm{0}dd{0}yyyy", "m{0}d{0}yyyy", "mm{0}dd{0}yy", "m{0}d{0}yy"),
    "ymd": ("yyyy{0}mm{0}dd", "yyyy{0}m{0}d"),
}
_TIMES = ("", " hh:mm", " hh:mm:ss", " h:mm", " h:mm:ss", "Thh:mm:ss", " hh.mm", " hh.mm.ss")


def is_date(text: str) -> bool:
    """Tell whether a text is a date in figures, with a time of day or without."""
    found = _DATE.fullmatch(text)
    if found is None or (found["time"] and not _TIME.fullmatch(found["time"])):
        return False
    one, two, three = (int(found[name]) for name in ("one", "two", "three"))
    if len(found["one"]) == _YEAR:
        return 1 <= two <= _LAST_MONTH and 1 <= three <= 31 and len(found["three"]) < _YEAR  # noqa: PLR2004 - days
    if len(found["one"]) > 2 or len(found["three"]) not in (2, _YEAR):  # noqa: PLR2004 - digits of a day
        return False
    return min(one, two) >= 1 and max(one, two) <= 31 and min(one, two) <= _LAST_MONTH  # noqa: PLR2004 - days


def order_of(texts: Iterable[str]) -> str:
    """Give the order that the dates prove: `dmy`, `mdy` or `ymd`; empty where they prove none, or contradict."""
    proofs = set(filter(None, map(_proof, texts)))
    return proofs.pop() if len(proofs) == 1 else ""


def _proof(text: str) -> str:
    found = _DATE.match(text)
    if found is None:
        return ""
    if len(found["one"]) == _YEAR:
        return "ymd"
    if int(found["one"]) > _LAST_MONTH:
        return "dmy"
    return "mdy" if int(found["two"]) > _LAST_MONTH else ""


def date_format_of(texts: Sequence[str] | Iterable[str]) -> str:
    """Give the first form, as a mapping has it, that reads every text; empty where none does, or the order is open."""
    texts = list(texts)
    order = order_of(texts)
    mark = next((found["mark"] for text in texts if (found := _DATE.match(text))), "")
    if not order or not mark:
        return ""
    for form in _forms(order, mark):
        read = date_step(form, None).read
        if all(read(text) for text in texts):
            return form
    return ""


def _forms(order: str, mark: str) -> Iterator[str]:
    for day, time in product(_DAYS[order], _TIMES):
        yield day.format(mark) + time


def _is_iso(form: str) -> bool:
    return form.startswith("yyyy-mm-dd")


def date_order_of(shapes: Sequence[Shape]) -> Found | None:
    """Give the order that the dates of a source prove, ISO dates aside; None where none does, or they disagree."""
    proofs = [
        shape.date_order for shape in shapes if shape.date_order and not shape.typed and not _is_iso(shape.date_format)
    ]
    if len(set(proofs)) != 1:
        return None
    columns = "1 column has" if len(proofs) == 1 else f"{len(proofs)} columns have"
    return Found(proofs[0], f"{columns} dates that can only be read in this order.")
