"""Ages as a person writes them: `30d`, `12w`, `48h`."""

import re
from datetime import timedelta

from leadsync.errors import SettingsError

_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


def age_of(text: str, option: str) -> timedelta:
    """Read an age; raises SettingsError, which names the option."""
    match = re.fullmatch(r"(\d{1,5})([hdw])", text)
    if match is None:
        raise SettingsError(f"{option} {text} is no age: write a number and h, d or w, such as 90d.")
    return int(match[1]) * _UNITS[match[2]]
