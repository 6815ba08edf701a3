"""Finds the names of units and currencies at a place of a text: behind a number, in front of it, and behind "per"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from audit.extract.atoms import words
from audit.extract.units import Unit, unit_names

_GAP = r"(?:[ \u00a0\u2009\u202f]|[-‐‑](?=[^\W\d]))?"  # at most one blank or hyphen between number and unit
_PER = re.compile(
    r"\s?/\s?|[\s-]per[\s-](?!cent\b)|-an?-|\s(?:an?|each|every|for\severy)\s|(?=\s(?:hourly|daily|weekly|monthly|yearly|annually)\b)"
)
_EVERY = {"hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "yearly": "year", "annually": "year"}
_WORD = re.compile(r"\s?([^\W\d_]+)")
_LATER = re.compile(r"\s(?:later|earlier|ago|before|after|old|on|from\snow)\b")
_WHOLE_PER = {"mile/hour": "mph", "km/hour": "km/h", "m/second": "m/s", "mile/gallon": "mpg", "Mbit/second": "Mbit/s"}


@dataclass(frozen=True, slots=True)
class Named:
    """A unit with the stretch of text that names it."""

    unit: Unit
    start: int
    end: int
    name: str


def _any_of(names: Iterable[str]) -> str:
    """Alternatives, the longest first; a blank in a name stands for any blank or a hyphen."""
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return "|".join(re.escape(name).replace(r"\ ", r"[\s-]") for name in ordered)


@cache
def _behind() -> re.Pattern[str]:
    """A unit's name as it stands behind a number."""
    names = [name for name in unit_names() if not name.endswith("$")]
    free = [name for name in names if len(name) > 1 and (name == name.lower() or " " in name)]
    cased = [name for name in names if name not in free]
    return re.compile(rf"{_GAP}(?P<name>(?:{_any_of(cased)})|(?i:{_any_of(free)})|\$(?!\s?\d))(?![^\W_]|\$)")


@cache
def _signs() -> re.Pattern[str]:
    """A currency's sign or code as it stands in front of a number, at the end of a stretch."""
    names = [name for name, unit in unit_names().items() if unit.measure == "money" and _is_sign(name)]
    return re.compile(rf"(?:(?<![^\W\d_])|(?<=[MK]))(?P<name>{_any_of(names)})\s?\Z")


def _is_sign(name: str) -> bool:
    return (
        not name[-1].isalpha() or (name.isalpha() and name == name.upper()) or name in ("Rs", "RM", "Rp", "Fr", "KSh")
    )


def currency_before(text: str, at: int) -> Named | None:
    """The currency sign or code right in front of a place: the "US$" of "US$5", the "GBP" of "GBP 350"."""
    low = max(0, at - 8)
    match = _signs().search(text[low:at])
    if match is None:
        return None
    name = match["name"]
    return Named(unit_names()[name], low + match.start("name"), low + match.end("name"), name)


def unit_behind(text: str, at: int) -> Named | None:
    """The unit whose name begins at a place, a blank or a hyphen in front of it allowed."""
    match = _behind().match(text, at)
    if match is None:
        return None
    name = match["name"]
    plain = re.sub(r"[\s-]", " ", name)
    for form in (name, plain, name.lower(), plain.lower(), plain.lower().replace(" ", "-"), _cased(plain)):
        if form in unit_names():
            return Named(unit_names()[form], match.start("name"), match.end("name"), name)
    return None


def _cased(name: str) -> str:
    """The name of the table that is this one but for the case: "us dollar", "degrees celsius"."""
    return _by_lower().get(name.lower(), name)


@cache
def _by_lower() -> dict[str, str]:
    return {name.lower(): name for name in unit_names() if len(name) > 2}


def per_behind(text: str, at: int, loose: bool = False) -> tuple[str, int] | None:
    """What a rate is given for, and where that ends: ("hour", ...) for "/hour", "per hour", "an hour".

    Behind "a" and "each" only what rates are usually given for counts, since "5 miles a friend walked" names no rate;
    `loose` says that any unit of time does behind "per" as well.
    """
    match = _PER.match(text, at)
    if match is None:
        return None
    word = _WORD.match(text, match.end())
    if word is None:
        return None
    name = word[1].lower()
    joint = match.group().strip().lower()
    singular = _EVERY.get(name) or _singular(name)
    if _LATER.match(text, word.end()):
        return None
    if joint not in ("/", "per", "-per-", "-per", "per-", "") and singular not in words("per thing"):
        return None
    if joint == "" and name not in _EVERY:
        return None
    named = unit_names().get(word[1]) or unit_names().get(name)
    return (named.symbol if named is not None and named.measure != "money" else singular), word.end()


def _singular(name: str) -> str:
    return name[:-1] if name.endswith("s") and not name.endswith("ss") else name


def rate_symbol(unit: str, per: str) -> str:
    """The symbol of a rate: mph for mile and hour, USD/barrel elsewhere."""
    return _WHOLE_PER.get(f"{unit}/{per}", f"{unit}/{per}")
