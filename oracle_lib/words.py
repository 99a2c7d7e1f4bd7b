"""Puts numbers into sentences. Knows English alone, and only nouns whose plural takes an s."""


def counted(count: int, noun: str) -> str:
    """How many there are of something: "1 request", "2,000 requests"."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def were(count: int) -> str:
    """The verb for so many."""
    return "was" if count == 1 else "were"
