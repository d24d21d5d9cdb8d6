"""XML of a workbook, read without its dangers: no declared entities, no endless depth, no endless names.

`visit` walks over small parts. `usual_form` writes any XML as the plain kind that nearly every program writes, which
`xlsx_scan` reads by its bytes: UTF-8, no prefixes, double quotes, no comments, no CDATA.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias
from xml.parsers import expat
from xml.sax.saxutils import escape

DEEPEST = 100
"""Excel's own parts are some 20 deep."""
MOST_BYTES = 300 << 20
"""Of XML that is not of the usual form: it is read at some 20 MB/s."""
LONGEST_NAME = 1 << 25
"""Bytes of one tag with its attributes, at most."""

_IN_QUOTES = {'"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}

Visitor: TypeAlias = Callable[[str, str, Mapping[str, str]], None]
"""Takes the name of the parent, the name of the element, both without prefix, and its attributes as they are."""


class UnsafeXmlError(ValueError):
    """A part is no sound XML, or no harmless one; the message is half a sentence: what is wrong with it."""


class _Parser:
    """expat, with what a workbook has no use for refused."""

    def __init__(self, start: Callable[[str, list[str]], None], end: Callable[[str], None]) -> None:
        self.expat = expat.ParserCreate()
        self.expat.ordered_attributes = True
        self.expat.buffer_text = True
        self.expat.StartElementHandler = self._start
        self.expat.EndElementHandler = self._end
        self.expat.StartDoctypeDeclHandler = self._refuse_doctype
        self._on_start, self._on_end = start, end
        self._depth = 0
        self._fed = 0

    def feed(self, block: bytes, *, is_last: bool = False) -> None:
        """Read a block; raises UnsafeXmlError."""
        self._fed += len(block)
        try:
            self.expat.Parse(block, is_last)
        except UnsafeXmlError:
            raise
        except expat.ExpatError as error:
            raise UnsafeXmlError(f"its XML is damaged: {error}") from error
        except (ValueError, LookupError) as error:
            raise UnsafeXmlError(f"its XML is in an encoding that cannot be read: {error}") from error
        if self._fed - self.expat.CurrentByteIndex > LONGEST_NAME:
            raise UnsafeXmlError("its XML has a tag of more than 32 MB")

    def _start(self, name: str, attributes: list[str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise UnsafeXmlError(f"its XML is more than {DEEPEST} elements deep")
        self._on_start(name.rpartition(":")[2], attributes)

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._on_end(name.rpartition(":")[2])

    def _refuse_doctype(self, *_: object) -> None:
        raise UnsafeXmlError("its XML declares a document type, which no workbook does and which can do harm")


def visit(content: bytes, visitor: Visitor) -> None:
    """Show each element of a part to a visitor, in their order; raises UnsafeXmlError."""
    path = [""]

    def start(name: str, attributes: list[str]) -> None:
        visitor(path[-1], name, dict(zip(attributes[::2], attributes[1::2], strict=True)))
        path.append(name)

    def end(_: str) -> None:
        path.pop()

    _Parser(start, end).feed(content, is_last=True)


def usual_form(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Write XML anew in its usual form, a block for each block; raises UnsafeXmlError.

    Prefixes of elements are dropped, and so are attributes with a prefix (save `xml:space`): readers of workbooks
    know elements by their local names.
    """
    written: list[str] = []

    def start(name: str, attributes: list[str]) -> None:
        pairs = zip(attributes[::2], attributes[1::2], strict=True)
        kept = [(key, value) for key, value in pairs if ":" not in key or key == "xml:space"]
        kept.sort(key=_place)
        written.append(f"<{name}{''.join(_attribute(key, value) for key, value in kept)}>")

    def end(name: str) -> None:
        written.append(f"</{name}>")

    def text(content: str) -> None:
        written.append(escape(content, {"\r": "&#13;"}))

    parser = _Parser(start, end)
    parser.expat.CharacterDataHandler = text
    count = 0
    for block in blocks:
        count += len(block)
        if count > MOST_BYTES:
            raise UnsafeXmlError("its XML is of an unusual form, and too long for that")
        parser.feed(block)
        yield "".join(written).encode()
        written.clear()
    parser.feed(b"", is_last=True)
    yield "".join(written).encode()


def _place(attribute: tuple[str, str]) -> int:
    """Put the attributes of a cell where Excel has them: place, style, type, others."""
    place = "rst".find(attribute[0]) if len(attribute[0]) == 1 else -1
    return place if place >= 0 else len("rst")


def _attribute(key: str, value: str) -> str:
    return f' {key}="{escape(value, _IN_QUOTES)}"'
