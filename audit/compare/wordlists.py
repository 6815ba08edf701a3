"""The word lists beside this module, read once."""

from __future__ import annotations

from functools import cache

from audit.extract.lexicon import lines_of, sections_of

_HERE = "audit.compare"


def words_of(name: str) -> frozenset[str]:
    """The words of one section. Raises KeyError."""
    return sections_of(_HERE, "words.txt")[name]


def words_of_file(file: str, name: str) -> frozenset[str]:
    """The words of one section of another list beside this module. Raises KeyError."""
    return sections_of(_HERE, file)[name]


@cache
def phrases_of(name: str) -> tuple[tuple[str, ...], ...]:
    """The phrases of one section as tuples of words, the longest first."""
    return tuple(sorted((tuple(item.split()) for item in words_of(name)), key=lambda words: (-len(words), words)))


@cache
def opposites() -> frozenset[frozenset[str]]:
    """Pairs of small words that turn a sentence round."""
    return frozenset(frozenset(pair.split("/")) for pair in words_of("opposites"))


@cache
def complements() -> tuple[tuple[str, str], ...]:
    """Pairs of kinds of which everybody, or everything, is one: "full time" and "part time"; in order."""
    pairs = (pair.split("/") for pair in sorted(words_of("kinds that make a whole")))
    return tuple((one, other) for one, other in pairs)


@cache
def spellings() -> dict[str, str]:
    """Each variant spelling to the form that stands for it."""
    return {
        variant: first for first, *variants in map(str.split, lines_of(_HERE, "spelling.txt")) for variant in variants
    }


@cache
def antonyms() -> dict[str, frozenset[str]]:
    """Each adjective to those that say its opposite."""
    found: dict[str, set[str]] = {}
    for one, other in (line.split() for line in lines_of(_HERE, "antonyms.txt")):
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {word: frozenset(others) for word, others in found.items()}


@cache
def states() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """Pairs of sides whose words exclude each other; a word with "+" in front is a verb with its object."""
    lines = (line.partition("|") for line in lines_of(_HERE, "states.txt"))
    return tuple((_side(one), _side(other)) for one, _, other in lines)


def _side(text: str) -> frozenset[str]:
    return frozenset(word.strip() for word in text.split(",") if word.strip())


@cache
def place_groups() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """For each country its names and those of its people, and the seats that stand for its government."""
    rows = (line.partition("|") for line in lines_of(_HERE, "places.txt"))
    return tuple((frozenset(names.split()), frozenset(seats.split())) for names, _, seats in rows)


@cache
def country_key(name: str) -> str:
    """What the names of one country share: "us" and "united states", "korea" and "south korea"; else the name itself.

    `name` is in lower case.
    """
    lines = (line.split("/") for line in sorted(words_of_file("regions.txt", "one country")))
    name = next((names[0] for names in lines if name in names), name)
    words = {name, *(word for word in name.split() if len(word) > 4)}
    return next((min(names) for names, _ in place_groups() if names & words), name)
