"""Templates to bytes: everything escaped, made visible and cut to size, under a policy that lets nothing else in."""

import re
from base64 import b64encode
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from leadsync.counting import count
from leadsync.quoting import visible
from leadsync.version import __version__

_HERE = Path(__file__).parent
_WEIGHTS = {"&": 5, "<": 4, ">": 4, "'": 5, '"': 5}
"""Bytes of a character as Markup escapes it."""
LONGEST = 4_000
"""Bytes of a text that no template has cut."""
_QUOTED = re.compile("`([^`]+)`")
_LAST_PART = re.compile(r"!([A-Z]{0,6}\d+)(?=, |$)")
"""The cell or the row of a place, which is of no use when it is torn apart."""
_CELLS, _MARKED = 2, 6
"""At most so many cells of a place, and so many pieces of code of a text, are marked as such: each weighs something."""
_SHORT = 16
"""Characters of a place that has room on one line of the narrowest column."""
_MINUTE = 60
_HOUR = 3_600
_TINY = 0.05


def cut(text: str, weight: int) -> str:
    """Show a text with nothing invisible in it, cut to so many bytes of the page; what was cut says so.

    Bytes are counted after escaping, so that a page keeps its size whatever its texts are made of.
    """
    seen = visible(text[:weight])
    kept = 0
    for character in seen:
        weight -= _WEIGHTS.get(character) or len(character.encode())
        if weight < 0:
            break
        kept += 1
    if kept == len(seen) and len(seen) >= len(text):
        return seen
    return f"{seen[:kept]}… (cut: {len(text):,} characters)"


def number(value: float) -> str:
    """Write a number with thousands marks, and with as many decimals as anybody wants to read."""
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2g}"  # noqa: PLR2004 - digits


def duration(seconds: float) -> str:
    """Give `0.4 s`, `12 s`, `4 min 12 s`, `3 h 5 min`."""
    if seconds < _MINUTE:
        return f"{seconds:.0f} s" if seconds >= 10 else f"{seconds:.1f} s" if seconds > _TINY else "0 s"  # noqa: PLR2004 - digits
    if seconds < _HOUR:
        return f"{int(seconds // _MINUTE)} min {int(seconds % _MINUTE)} s"
    return f"{int(seconds // _HOUR):,} h {int(seconds % _HOUR // _MINUTE)} min"


def instant(moment: str) -> datetime | None:
    """Read RFC 3339; None where it is something else."""
    try:
        read = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)


def clock(moment: str) -> Markup | str:
    """Give a moment as an element that people and programs can read."""
    read = instant(moment)
    if read is None:
        return moment
    element = Markup('<time datetime="{}">{}</time>')
    return element.format(read.isoformat(timespec="seconds"), f"{read:%Y-%m-%d %H:%M:%S} UTC")


def ticked(text: str) -> Markup:
    """Show what stands between grave accents as code, as our own sentences are written."""
    return Markup(_QUOTED.sub(r"<code>\1</code>", str(escape(cut(text, LONGEST))), _MARKED))  # noqa: S704 - escaped here


def placed(text: str, weight: int) -> Markup:
    """Show places such as `Leads!F17`, so that no line ends within the last part of one, or within a short one."""
    shown = str(escape(cut(text, weight)))
    if len(text) <= _SHORT:
        return Markup(f'<bdi class="place cell">{shown}</bdi>')  # noqa: S704 - escaped here
    shown = _LAST_PART.sub(r'!<wbr><span class="cell">\1</span>', shown, _CELLS)
    return Markup(f'<bdi class="place">{shown}</bdi>')  # noqa: S704 - escaped here


def _shown(value: Any) -> Any:
    """Make whatever a template prints fit to be seen."""
    return cut(value, LONGEST) if isinstance(value, str) and not isinstance(value, Markup) else value


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters = {
        "clock": clock,
        "count": count,
        "cut": cut,
        "duration": duration,
        "number": number,
        "placed": placed,
        "ticked": ticked,
        "whole": Markup,  # numbers of ours, however many
    }
    environment.filters.update(filters)
    return environment


_ENVIRONMENT = _environment()


def render(template: str, content: Mapping[str, Any], *, with_script: bool = False) -> bytes:
    """Give a page; its policy (Content Security Policy 3) names its only style sheet and script by their digests."""
    style = (_HERE / "page.css").read_text(encoding="utf-8")
    script = (_HERE / "page.js").read_text(encoding="utf-8") if with_script else ""
    policy = [
        "default-src 'none'",
        f"style-src '{_digest(style)}'",
        *([f"script-src '{_digest(script)}'"] if script else []),
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    return (
        _ENVIRONMENT.get_template(template)
        .render(
            **content,
            leadsync_version=__version__,
            policy=Markup("; ".join(policy)),  # noqa: S704 - ours
            style=Markup(style),  # noqa: S704 - ours
            script=Markup(script),  # noqa: S704 - ours
        )
        .encode()
    )


def _digest(content: str) -> str:
    return f"sha256-{b64encode(sha256(content.encode()).digest()).decode()}"
