"""Words for messages: the nearest right word, and a text quoted so that it can be read."""

from collections.abc import Iterable

from rapidfuzz import fuzz, process

from leadsync.quoting import NAME, quote
from leadsync.records import fold_header

_NEAR = 60.0


def nearest(word: str, right: Iterable[str]) -> str | None:
    """Give the right word that the wrong one most likely stands for, or None where none is near."""
    found = process.extractOne(word, list(right), scorer=fuzz.ratio, processor=fold_header, score_cutoff=_NEAR)
    return None if found is None else found[0]


def suggestion(word: str, right: Iterable[str]) -> str:
    """Give the end of a sentence: ` Did you mean "column"?`, or nothing where no right word is near."""
    near = nearest(word, right)
    return "" if near is None else f" Did you mean {quote(near, NAME)}?"


def listed(words: Iterable[str], last: str = "or", most: int | None = None) -> str:
    """List words in a sentence: `"a", "b" or "c"`; beyond so many, the number of the others."""
    shown = list(words)
    quoted = [quote(word, NAME) for word in shown[:most]]
    if len(quoted) < len(shown):
        quoted = [", ".join(quoted), f"{len(shown) - len(quoted):,} others"]
    return f" {last} ".join(filter(None, [", ".join(quoted[:-1]), quoted[-1] if quoted else ""]))
