"""Numbers with their nouns. It stands alone, so that who counts does not load the page."""

from __future__ import annotations


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun: "1 error", "1,204 words", "2 people"."""
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"
