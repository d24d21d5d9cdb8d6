"""Whether this is a nightly run, in which the generated cases are many more: `LEADSYNC_NIGHTLY=1`."""

import os

IS_NIGHTLY = os.environ.get("LEADSYNC_NIGHTLY", "") not in {"", "0"}


def examples(normal: int, nightly: int) -> int:
    """Give how many generated cases a test shall try."""
    return nightly if IS_NIGHTLY else normal
