"""Words from outside: what may be searched for, and how it is named when it may not."""

from __future__ import annotations

LONGEST_WORDS = 80
LONGEST_NAMED = 30


def can_be_searched(words: str) -> bool:
    """Whether the words are as long as ours, and could stand in an address."""
    return len(words) <= LONGEST_WORDS and " ".join(words.split()).isprintable()


def printable(part: str) -> str:
    """Words from outside, short and printable."""
    words = "".join(letter if letter.isprintable() else "?" for letter in part.strip())
    return words if len(words) <= LONGEST_NAMED else f"{words[:LONGEST_NAMED]}…"
