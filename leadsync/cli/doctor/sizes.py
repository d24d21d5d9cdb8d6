"""Numbers of bytes in words."""


def size(count: int) -> str:
    """Give a number of bytes in the unit that makes it short."""
    number = float(count)
    for unit in ("bytes", "KiB", "MiB"):
        if number < 1024:  # noqa: PLR2004 - the base of these units
            return f"{number:,.0f} {unit}"
        number /= 1024
    return f"{number:,.1f} GiB"
