"""Leads and keys, told apart without telling them: packed ids for arrays, and fingerprints of secrets."""

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

LeadKeys = npt.NDArray[np.uint64]
"""One row of two numbers for each lead: the halves of its UUID."""

_NONE = "0" * 32


def lead_keys(leads: Sequence[str]) -> LeadKeys:
    """Pack UUIDs in small letters, with hyphens; an empty text gives zeros, which no lead has."""
    digits = "".join([lead.replace("-", "") if lead else _NONE for lead in leads])
    return np.frombuffer(bytes.fromhex(digits), dtype=">u8").reshape(-1, 2).astype(np.uint64)


def fingerprint(secret: str) -> str:
    """Give 16 hexadecimal digits that tell secrets apart; an API key is a UUID, which nobody finds by trying."""
    return blake2b(secret.encode(), digest_size=8, person=b"leadsync-key").hexdigest()


def lead_of(key: npt.NDArray[np.uint64]) -> str:
    """Write one packed lead as a UUID again."""
    digits = f"{int(key[0]):016x}{int(key[1]):016x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
