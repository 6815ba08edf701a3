"""The word lists beside this module, read once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


def _lines(name: str) -> list[str]:
    text = files("audit.compare").joinpath("data", name).read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


@cache
def word_classes() -> dict[str, frozenset[str]]:
    """Section name to the words and phrases that it lists."""
    found: dict[str, set[str]] = {}
    section: set[str] = set()
    for line in _lines("words.txt"):
        if line.startswith("["):
            section = found.setdefault(line.strip("[]"), set())
        else:
            section.update(item.strip() for item in line.split(","))
    return {name: frozenset(items) for name, items in found.items()}


def words_of(name: str) -> frozenset[str]:
    """The words of one section. Raises KeyError."""
    return word_classes()[name]


@cache
def phrases_of(name: str) -> tuple[tuple[str, ...], ...]:
    """The phrases of one section as tuples of words, the longest first."""
    return tuple(sorted((tuple(item.split()) for item in words_of(name)), key=lambda words: (-len(words), words)))


@cache
def opposites() -> frozenset[frozenset[str]]:
    """Pairs of small words that turn a sentence round."""
    return frozenset(frozenset(pair.split("/")) for pair in words_of("opposites"))


@cache
def spellings() -> dict[str, str]:
    """Each variant spelling to the form that stands for it."""
    return {variant: first for first, *variants in map(str.split, _lines("spelling.txt")) for variant in variants}
