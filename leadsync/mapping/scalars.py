"""Texts written as YAML scalars: plain where YAML reads them back as they are, else in double quotes."""

import json
import re

_PLAIN = re.compile(r"[^\W_](?:[\w .()/&+@%$=;'*<>|^~§€£°-]*[\w.)/&+%$€£°])?")
"""Begins with a letter or digit, and holds nothing that means something in YAML, in braces either."""
_MISREAD = re.compile(
    r"y|n|yes|no|true|false|on|off|null|~|[-+]?[0-9][0-9_,.:eExXoO+-]*|[-+]?\.(inf|nan)|[0-9]{4}-[0-9].*", re.IGNORECASE
)
"""Read as something else than text by some reader of YAML; leadsync's own reads all as text."""


def scalar(text: str) -> str:
    r"""Write a text so that YAML reads it back as it is, within `{…}` too; what nobody sees as `\x85`, `\u200b`."""
    if _PLAIN.fullmatch(text) and " #" not in text and text.isprintable() and not _MISREAD.fullmatch(text):
        return text
    return "".join(_escaped(character) for character in json.dumps(text, ensure_ascii=False))


def _escaped(character: str) -> str:
    if character.isprintable():
        return character
    number = ord(character)
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"  # noqa: PLR2004 - four digits
