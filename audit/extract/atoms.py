"""A text cut into words, figures and signs, and the lists of number words with their values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from audit.extract.lexicon import sections_of

# The lengths are bounded so that a text of a million digits stays a text of numbers that can be reckoned with.
_ATOM = re.compile(
    r"""
    (?! [½¼¾⅓⅔⅕⅖⅗⅘⅙⅛⅜⅝⅞] | [A-Z]\.[A-Z]\. ) [^\W\d_]+            # a word
    | \d{1,3} (?: ,\d{3} ){1,6} (?: \.\d{1,12} )? (?!\d)           # 10,000.5
    | \d{1,2} (?: ,\d{2} ){1,5} ,\d{3} (?: \.\d{1,12} )? (?!\d)   # 1,50,000
    | \d{1,3} (?: [\u00a0\u2009\u202f]\d{3} ){1,6} (?!\d)        # 10 000 with a thin or a fixed blank
    | \d{1,3} (?: [ ]\d{3} ){2,6} (?![\d.]| \d)                  # 1 000 000
    | \d{1,18} (?: \.\d{1,12} )?                                 # 10000.5
    | (?<![\w.]) \.\d{1,12}                                      # .5
    | [½¼¾⅓⅔⅕⅖⅗⅘⅙⅛⅜⅝⅞]
    | (?: [A-Z]\. ){2,}                                          # U.S.
    | [^\w\s]                                                    # a sign
    """,
    re.VERBOSE,
)
_SEPARATORS = re.compile("[, \u00a0\u2009\u202f]")


@dataclass(eq=False, slots=True)
class Atom:
    """A word, a number in figures or a sign; offsets in the text it comes from. Never changed, as a `Token` is not."""

    text: str
    lower: str
    start: int
    end: int

    @property
    def is_figures(self) -> bool:
        return self.text[0] in "0123456789" or (self.text[0] == "." and len(self.text) > 1)

    @property
    def digits(self) -> str:
        """The figures without what parts the thousands."""
        return _SEPARATORS.sub("", self.text)


def words_in(text: str) -> list[str]:
    """The words, figures and signs of a text, in order, without their places."""
    return _ATOM.findall(text)


def atoms_in(text: str) -> list[Atom]:
    """The words, figures and signs of a text, in order."""
    return placed(words_in(text), text)


def placed(words: Sequence[str], text: str) -> list[Atom]:
    """The `words_in` a text with their places in it: between them stands nothing that one of them could begin with."""
    found = []
    end = 0
    for word in words:
        start = text.index(word, end)
        end = start + len(word)
        found.append(Atom(word, word.lower(), start, end))
    return found


@cache
def values(section: str) -> dict[str, Decimal]:
    """The words of a section of `data/numbers.txt` with their values. Raises KeyError or ValueError."""
    pairs = (item.split(" = ") for item in sections_of("audit.extract", "numbers.txt")[section])
    return {word: Decimal(value) for word, value in pairs}


@cache
def bounds(section: str) -> dict[str, tuple[Decimal, Decimal]]:
    """The phrases of a section with the least and the most that they mean. Raises KeyError or ValueError."""
    found = {}
    for item in sections_of("audit.extract", "numbers.txt")[section]:
        phrase, _, both = item.partition(" = ")
        least, most = both.split("-")
        found[phrase] = (Decimal(least), Decimal(most))
    return found


@cache
def words(section: str) -> frozenset[str]:
    """The words and phrases of a section without values. Raises KeyError."""
    return sections_of("audit.extract", "numbers.txt")[section]
