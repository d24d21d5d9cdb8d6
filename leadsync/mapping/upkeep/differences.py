"""Two texts as a unified diff that `patch` can apply."""

from collections.abc import Iterator
from difflib import unified_diff

_NO_END = "\\ No newline at end of file"


def unified(path: str, before: str, after: str) -> str:
    """Give the diff of a file's text, for `patch -p0`; line ends are kept, and a missing one at the end is told."""
    name = f"{path}\t" if " " in path else path  # patch reads a name with blanks up to the tab
    made = unified_diff(_lines(before), _lines(after), name, name, lineterm="\n")
    return "".join(_ended(made))


def _lines(text: str) -> list[str]:
    """Split at LF alone, as patch does."""
    lines = [f"{line}\n" for line in text.split("\n")]
    lines[-1] = lines[-1].removesuffix("\n")
    return lines if lines[-1] else lines[:-1]


def _ended(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        yield line if line.endswith("\n") else f"{line}\n{_NO_END}\n"
