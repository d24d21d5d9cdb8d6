"""Makers of .ods files from the XML itself."""

from html import escape

from corpus.cases import Maker
from corpus.files import raw, zip_bytes

_XMLNS = "urn:oasis:names:tc:opendocument:xmlns"
DOCUMENT = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    f'xmlns:office="{_XMLNS}:office:1.0" xmlns:table="{_XMLNS}:table:1.0" xmlns:text="{_XMLNS}:text:1.0" '
    f'xmlns:style="{_XMLNS}:style:1.0" xmlns:number="{_XMLNS}:datastyle:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" office:version="1.3">'
    '<office:automatic-styles><number:number-style style:name="N1"><number:number number:decimal-places="0" '
    'number:min-integer-digits="5"/></number:number-style><style:style style:name="zeros" style:family="table-cell" '
    'style:data-style-name="N1"/></office:automatic-styles><office:body><office:spreadsheet>'
    '<table:table table:name="Leads">{rows}</table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)
"""It has one style, `zeros`, which shows numbers with five digits at least."""
SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"


def shown(text: str, attributes: str = "") -> str:
    """Write a cell of text that needs no escapes."""
    content = f"<text:p>{text}</text:p>"
    return f'<table:table-cell office:value-type="string"{attributes}>{content}</table:table-cell>'


def odd(markup: str) -> str:
    """Write a cell of text in the words of the file."""
    return f'<table:table-cell office:value-type="string">{markup}</table:table-cell>'


def value(kind: str, text: str, formula: str = "") -> str:
    """Write a cell with a value of a type, and the text that it shows."""
    of_formula = f' table:formula="{formula}"' if formula else ""
    return (
        f'<table:table-cell{of_formula} office:value-type="{kind}"><text:p>{escape(text)}</text:p></table:table-cell>'
    )


def repeated(count: int) -> str:
    """Write a blank cell that stands so many times."""
    return f'<table:table-cell table:number-columns-repeated="{count}"/>'


def row(*cells: str, attributes: str = "") -> str:
    """Write a row."""
    return f"<table:table-row{attributes}>{''.join(cells)}</table:table-row>"


def ods_bytes(content: str, kind: str = SPREADSHEET) -> bytes:
    """Pack a document; without content that part is left out."""
    manifest = f'<manifest:manifest xmlns:manifest="{_XMLNS}:manifest:1.0"/>'
    parts = {"mimetype": kind.encode(), "META-INF/manifest.xml": manifest.encode()}
    return zip_bytes({**parts, "content.xml": content.encode()} if content else parts)


def ods(*rows: str) -> Maker:
    """Make a file of the rows of a sheet."""
    return raw(ods_bytes(DOCUMENT.format(rows="".join(rows))), "leads.ods")
