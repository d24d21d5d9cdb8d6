"""Checks: rules for the text that is sent."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from email_validator import EmailNotValidError, validate_email

from leadsync.codes import Code
from leadsync.mapping.pipeline import Refusal, Stage, Verdict
from leadsync.mapping.words import listed, suggestion
from leadsync.quoting import NAME, quote

Check: TypeAlias = Callable[[str], str | Refusal]

UUID_FORM = re.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
"""The canonical form of RFC 9562, in any case."""

_ATOM = r"[A-Za-z0-9_+\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u017e-]+"
_PLAIN_EMAIL = re.compile(rf"(?=[^@]{{1,64}}@){_ATOM}(?:\.{_ATOM})*@([A-Za-z0-9.-]{{1,120}})")
_FEW = 8


@lru_cache(maxsize=10_000)
def _is_domain(domain: str) -> bool:
    """Ask email-validator, which costs some 30 us, once for each domain."""
    try:
        validate_email(f"a@{domain}", check_deliverability=False)
    except EmailNotValidError:
        return False
    return True


def check_emails(texts: list[str]) -> list[Stage]:
    """Accept what email-validator accepts (no DNS); the texts stay as the user sees them.

    A local part of Latin letters, digits and a few marks is valid by RFC 5322 and RFC 6531 and short enough here,
    so only its domain is left to ask about; a test holds that both ways agree.
    """
    match = _PLAIN_EMAIL.fullmatch
    return [text if (plain := match(text)) and _is_domain(plain[1]) else _asked(text) for text in texts]


def _asked(text: str) -> str | Refusal:
    try:
        validate_email(text, check_deliverability=False)
    except EmailNotValidError as error:
        why = quote(str(error), NAME).strip('"')
        return Refusal(Code.INVALID_EMAIL, f"{quote(text)} is not an e-mail address. {why}")
    return text


def check_uuid(text: str) -> str | Refusal:
    """Accept the canonical form 8-4-4-4-12, in any case."""
    if UUID_FORM.fullmatch(text):
        return text
    return Refusal(Code.INVALID_UUID, f"{quote(text)} is not a UUID (32 hexadecimal digits, 8-4-4-4-12).")


@dataclass(frozen=True, slots=True)
class LengthCheck:
    """Accepts texts of at least and at most so many characters."""

    least: int | None
    most: int | None

    def stage(self, text: str) -> str | Refusal:
        """Give the text, or a refusal that tells its length."""
        if (self.least or 0) <= len(text) and (self.most is None or len(text) <= self.most):
            return text
        bounds = [("at least", self.least), ("at most", self.most)]
        allowed = " and ".join(f"{word} {bound}" for word, bound in bounds if bound is not None)
        return Refusal(Code.INVALID_LENGTH, f"{quote(text)} has {len(text)} characters; {allowed} are allowed.")


@dataclass(frozen=True, slots=True)
class PatternCheck:
    """Accepts texts that match a regular expression from end to end."""

    pattern: re.Pattern[str]

    def stage(self, text: str) -> str | Refusal:
        """Give the text, or a refusal that tells the pattern."""
        if self.pattern.fullmatch(text):
            return text
        reason = f"{quote(text)} does not match the mapping's pattern {quote(self.pattern.pattern)}."
        return Refusal(Code.INVALID_PATTERN, reason)


@dataclass(frozen=True, slots=True)
class OneOfCheck:
    """Accepts the texts of a list, exactly as written."""

    allowed: dict[str, None]
    """The texts in the order of the mapping."""

    def stage(self, text: str) -> str | Refusal:
        """Give the text, or a refusal that tells the list or its nearest text."""
        if text in self.allowed:
            return text
        return Refusal(Code.NOT_ONE_OF, f"{quote(text)} is not {_choice(text, tuple(self.allowed))}")


@dataclass(frozen=True, slots=True)
class Lookup:
    """Gives the text that the mapping has for a text, exactly as written; what has none goes `otherwise`."""

    texts: dict[str, str]
    otherwise: str | Callable[[str], Stage]
    """The text to send instead, or what makes a stage of the text."""

    def stage(self, text: str) -> Stage:
        """Give the text found, or what `otherwise` makes of it."""
        found = self.texts.get(text)
        if found is None:
            if not isinstance(self.otherwise, str):
                return self.otherwise(text)
            found = self.otherwise
        return found if found.strip() else Verdict.BLANK


@dataclass(frozen=True, slots=True)
class NotInLookup:
    """Refuses a text that has no place in a lookup."""

    known: tuple[str, ...]

    def stage(self, text: str) -> Refusal:
        """Refuse with the known texts, or the nearest of them."""
        return Refusal(Code.NOT_IN_LOOKUP, f"{quote(text)} is not in the lookup: {_choice(text, self.known)}")


def keep(text: str) -> str:
    """Send the text as it is (`otherwise: keep`)."""
    return text


def leave_out(_: str) -> Verdict:
    """Leave the target unchanged (`otherwise: skip`)."""
    return Verdict.LEFT_OUT


def _choice(text: str, allowed: tuple[str, ...]) -> str:
    if len(allowed) <= _FEW:
        return f"{listed(allowed)}."
    return f"one of {len(allowed)} known texts.{suggestion(text, allowed)}"
