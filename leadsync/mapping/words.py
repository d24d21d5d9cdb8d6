"""Words for messages: the nearest right word, and a text quoted so that it can be read."""

import re
from collections.abc import Iterable

from rapidfuzz import fuzz, process

from leadsync.records import fold_header

_NEAR = 60.0
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff]")
NAME = 200
"""The length to which names are shown: they must be found again by what is shown."""


def nearest(word: str, right: Iterable[str]) -> str | None:
    """Give the right word that the wrong one most likely stands for, or None where none is near."""
    found = process.extractOne(word, list(right), scorer=fuzz.ratio, processor=fold_header, score_cutoff=_NEAR)
    return None if found is None else found[0]


def suggestion(word: str, right: Iterable[str]) -> str:
    """Give the end of a sentence: ` Did you mean "column"?`, or nothing where no right word is near."""
    near = nearest(word, right)
    return "" if near is None else f" Did you mean {quote(near, NAME)}?"


def quote(text: str, limit: int = 40) -> str:
    r"""Quote a text, cut to so many characters; what nobody sees is shown as `\n`, `\x00`, `\u200b`, `\ud800`."""
    short = text if len(text) <= limit else text[: limit - 1] + "…"
    return '"' + _UNSEEN.sub(_escaped, short) + '"'


def listed(words: Iterable[str], last: str = "or") -> str:
    """List words in a sentence: `"a", "b" or "c"`."""
    quoted = [quote(word, NAME) for word in words]
    return f" {last} ".join(filter(None, [", ".join(quoted[:-1]), quoted[-1] if quoted else ""]))


def _escaped(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode("ascii")
