"""How a sentence of a conversation stands to the one before it, and what a sentence calls extreme.

It says yes or no to it, puts a suggestion to somebody, or says what others say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from operator import attrgetter
from typing import Literal

from audit.extract.annotate import Token
from audit.extract.lexicon import sections_of

Answer = Literal["yes", "no", "evasive", ""]

_LONGEST = 5  # words of a phrase
_OPENING = 10  # words of a sentence that can hold its answer
_EXTREME = sections_of("audit.extract", "answers.txt")["extreme"]
_SUPERLATIVE = frozenset({"JJS", "RBS"})
_lower = attrgetter("lower")


@cache
def _phrases(section: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(phrase.split()) for phrase in sections_of("audit.extract", "answers.txt")[section])


@cache
def _firsts(section: str) -> frozenset[str]:
    """The words that phrases of a section begin with, with either apostrophe."""
    words = {phrase[0] for phrase in _phrases(section)}
    return frozenset(words | {word.replace("'", "’") for word in words})


def answer_of(tokens: Sequence[Token]) -> Answer:
    """What a sentence says to the one before, by its first words."""
    words = list(islice(_words(tokens), _OPENING))
    while words and (words[0],) in _phrases("filler"):
        words = words[1:]
    if not words or words[0] not in _openers():
        return ""  # as in most sentences
    if _begins(words, "evasive"):
        return "evasive"
    if _begins(words, "no") or (_begins(words, "yes") and _begins(words[1:], "no")):
        return "no"
    return "yes" if _begins(words, "yes") else ""


def is_put(tokens: Sequence[Token]) -> bool:
    """Whether a sentence suggests something to somebody who is to say yes or no."""
    return _holds(tokens, "put")


def is_hearsay(tokens: Sequence[Token]) -> bool:
    """Whether a sentence says what others say."""
    return _holds(tokens, "hearsay")


def extremes_in(tokens: Sequence[Token]) -> Iterator[str]:
    """The words of a sentence that claim an extreme, lower case, each once."""
    seen: set[str] = set()
    for token in tokens:
        if (token.lower in _EXTREME or token.tag in _SUPERLATIVE) and token.lower not in seen:
            seen.add(token.lower)
            yield token.lower


def _words(tokens: Sequence[Token]) -> Iterator[str]:
    return (token.lower.replace("’", "'") for token in tokens if token.pos not in ("PUNCT", "SPACE"))


@cache
def _openers() -> frozenset[str]:
    """The words that any answer begins with."""
    return _firsts("yes") | _firsts("no") | _firsts("evasive")


def _begins(words: Sequence[str], section: str) -> bool:
    return (
        len(words) > 0
        and words[0] in _firsts(section)
        and any(tuple(words[:size]) in _phrases(section) for size in range(1, _LONGEST + 1))
    )


def _holds(tokens: Sequence[Token], section: str) -> bool:
    firsts = _firsts(section)
    if firsts.isdisjoint(map(_lower, tokens)):
        return False
    words, phrases = list(_words(tokens)), _phrases(section)
    starts = [at for at, word in enumerate(words) if word in firsts]
    return any(tuple(words[at : at + size]) in phrases for at in starts for size in range(1, _LONGEST + 1))
