"""Small words: numbers with their nouns."""


def count(number: int, noun: str, plural: str = "") -> str:
    """Give `1 row`, `2 rows`, `1,000 rows`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def are(number: int) -> str:
    """Give the verb that goes with a number: `1 is`, `2 are`."""
    return count(number, "is", "are")
