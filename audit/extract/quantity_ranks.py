"""Ranks and ordinals: "the 21st", "third-largest", "No. 5", "ranked fourth"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from audit.extract.atoms import values
from audit.extract.quantity_forms import Grammar
from audit.extract.quantity_text import Found

_FIGURES = re.compile(r"(?<![\w.,/-])(\d{1,4})(?:st|nd|rd|th)(?!\w)(?!-century|\scentur)", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?<!\w)(?:[Nn]o\.?\s?(?=\d)|[Nn]umber\s|#)(\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten)(?![\w-])"
)
_NUMBERING = frozenset({"no", "number", "#"})
_DIGIT = re.compile(r"\d")
_SUPERLATIVE = (
    r"(?:most|least|best|worst|(?!honest|modest|interest|forest|west|guest|quest|request|test|rest|arrest)\w{2,}est)\b"
)


@cache
def _words() -> re.Pattern[str]:
    ordinals = "|".join(sorted(values("ordinal"), key=lambda word: (-len(word), word)))
    return re.compile(
        rf"(?<![\w-])(?:(?P<before>(?:ranks?|ranked|came|comes|finish(?:ed|es|ing)?)\s)(?P<one>{ordinals})(?![\w-])"
        rf"|(?:(?P<two>{ordinals})(?=[\s-]{_SUPERLATIVE}|[\s-]place\b|-placed\b|-ranked\b))"
        r"|(?P<three>third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth)(?=\s(?:time|year|day|consecutive|"
        r"straight|successive|term|edition|child|victim|person|man|woman|arrest|death|goal|title|season|week|month)\b))",
        re.IGNORECASE,
    )


def find_ranks(grammar: Grammar) -> Iterator[Found]:
    """The ranks of a block; those inside a date are part of the date."""
    text = grammar.block.text
    for match in _FIGURES.finditer(text) if _DIGIT.search(text) else ():
        if not grammar.guards.is_dated(match.start()):
            yield _rank(match.start(), match.end(), Decimal(match[1]))
    for match in _NUMBER.finditer(text) if not _NUMBERING.isdisjoint(grammar.block.vocabulary) else ():
        word = match[1].lower()
        yield _rank(match.start(), match.end(), values("small").get(word) or Decimal(word))
    if grammar.block.vocabulary.isdisjoint(values("ordinal")):
        return
    for match in _words().finditer(text):
        name = next(key for key in ("one", "two", "three") if match[key])
        yield _rank(*match.span(name), values("ordinal")[match[name].lower()])


def _rank(start: int, end: int, value: Decimal) -> Found:
    return Found(start, end, value, value, value, "", "rank")
