"""Ages: "54-year-old", "aged 54", "54 years of age", and a bare number between commas behind a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from audit.extract.lexicon import folded
from audit.extract.quantity_text import Found
from audit.records.claims import Measure

_OLDEST = 125
_BEHIND = re.compile(
    r"[\s-](?P<unit>year|month|week|day|yr)s?(?:[\s-](?:olds?\b)|\sof\sage\b)|\s?(?P<short>yo|y/o)\b", re.IGNORECASE
)
_LEAD = re.compile(
    r"(?<!\w)(?:aged?|ages|turned|turning|turns|age\sof|ages\sof|under-|over-|aged\sbetween|ages?\d{0,3})"
    r"(?:\s(?:about|around|between|just|only))?\s?\Z",
    re.IGNORECASE,
)
_WHO = re.compile(r"(?<!\w)(?:who|he|she|I)\s(?:is|was|['’]s)\s(?:just\s|only\s|about\s|around\s)?\Z", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_a-z][\w’'.-]+,\s\Z")
_ENDS = re.compile(r"\s?(?:[.,;](?!\d)|\Z|\s(?:when|and|at\sthe\stime|years?\sold)\b)")
_CLOSED = re.compile(r"\s?(?:,(?!\s?\d)|\.(?!\d)|;|\Z)")


_DECADE = re.compile(
    r"(?<!\w)(?:his|her|their|my|our|your)\s(?:early|mid|late)?[\s-]?(?:(\d0)s|(twenties|thirties|forties|fifties|sixties|"
    r"seventies|eighties|nineties))(?!\w)",
    re.IGNORECASE,
)
_TENS = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")


def find_decades(text: str) -> Iterator[Found]:
    """ "In her 50s" as an age from 50 to 59."""
    lower = folded(text)
    if "0s" not in lower and "ties" not in lower:
        return
    for match in _DECADE.finditer(text):
        low = Decimal(match[1]) if match[1] else Decimal(10 * (2 + _TENS.index(match[2].lower())))
        yield Found(*match.span(1 if match[1] else 2), low, low, low + 9, "year", "age", form="vague")


def age_at(text: str, start: int, end: int) -> tuple[str, Measure, int] | None:
    """Unit, measure and end of the age that the number or range in a stretch states; None where it is none."""
    match = _BEHIND.match(text, end)
    if match is not None:
        return _unit(match["unit"]), "age", match.end()
    if not _is_possible(text[start:end]):
        return None
    before = text[max(0, start - 40) : start]
    if _LEAD.search(before) and not re.match(r"\s?(?:%|percent|per\scent|points?\b|in\sthe|pages?\b)", text[end:]):
        return "year", "age", end
    if _WHO.search(before) and _ENDS.match(text, end):
        return "year", "age", end
    if _NAME.search(before) and _CLOSED.match(text, end) and text[start:end].isdigit():
        return "year", "age", end
    return None


def _unit(name: str | None) -> str:
    plain = (name or "year").lower()
    return "year" if plain == "yr" else plain


def _is_possible(number: str) -> bool:
    """Whether a number in figures is no greater than the oldest age."""
    figures = [int(part) for part in re.findall(r"\d+", number[:12])]
    return "," not in number and "." not in number and all(figure <= _OLDEST for figure in figures)
