"""Numbers with their nouns."""


def count(number: int, noun: str, plural: str = "") -> str:
    """Give `1 row`, `2 rows`, `1,000 rows`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
