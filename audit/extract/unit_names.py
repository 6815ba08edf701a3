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
_BASE = re.compile(r"\s?(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\s([a-z]+))?")
_WORD = re.compile(r"\s?([^\W\d_]+)")
_LATER = re.compile(r"\s(?:later|earlier|ago|before|after|old|on|from\snow)\b")
_SMALL_CODES = ("usd", "eur", "gbp", "rmb")
_WHOLE_PER = {"mile/hour": "mph", "km/hour": "km/h", "m/second": "m/s", "mile/gallon": "mpg", "Mbit/second": "Mbit/s"}


@dataclass(frozen=True, slots=True)
class Named:
    """A unit with the stretch of text that names it."""

    unit: Unit
    start: int
    end: int
    name: str
    times: int = 1  # a million for the M of MSEK


def _any_of(names: Iterable[str]) -> str:
    """Alternatives, the longest first; a blank in a name stands for any blank or a hyphen."""
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return "|".join(re.escape(name).replace(r"\ ", r"[\s-]") for name in ordered)


@cache
def _codes() -> tuple[str, ...]:
    """The currencies' ISO codes; the commonest are also written small."""
    money = (name for name, unit in unit_names().items() if unit.measure == "money" and len(name) == 3)
    return tuple(name for name in money if name.isalpha() and (name == name.upper() or name in _SMALL_CODES))


@cache
def _behind() -> re.Pattern[str]:
    """A unit's name as it stands behind a number. A code with another number behind it belongs to that one."""
    names = [name for name in unit_names() if not name.endswith("$") and name not in _codes()]
    free = [name for name in names if len(name) > 1 and (name == name.lower() or " " in name)]
    cased = [name for name in names if name not in free]
    codes = rf"(?P<times>[MK])?(?:{_any_of(_codes())}|\$)(?!\s?\d)"
    return re.compile(rf"{_GAP}(?P<name>(?:{_any_of(cased)})|(?i:{_any_of(free)})|{codes})(?![^\W_]|\$)")


@cache
def _signs() -> re.Pattern[str]:
    """A currency's sign or code as it stands in front of a number, at the end of a stretch."""
    names = [name for name, unit in unit_names().items() if unit.measure == "money" and _is_sign(name)]
    coded = rf"(?P<times>[MK])?(?P<code>{_any_of(_codes())})|(?i:(?P<dollar>{_any_of(_codes())})\$)"
    return re.compile(rf"(?<![^\W\d_])(?:{coded}|(?P<name>{_any_of(names)}))\s?\Z")


def _is_sign(name: str) -> bool:
    return not name.replace(" ", "").isalpha() and "." not in name or name in ("Rs", "RM", "Rp", "Fr", "KSh", "DM")


def _times(match: re.Match[str]) -> int:
    return {"M": 1_000_000, "K": 1_000}.get(match["times"] or "", 1)


def currency_before(text: str, at: int) -> Named | None:
    """The currency sign or code right in front of a place: the "US$" of "US$5", the "GBP" of "GBP 350"."""
    low = max(0, at - 8)
    match = _signs().search(text[low:at])
    if match is None:
        return None
    name = match["code"] or match["name"] or match["dollar"].upper()
    return Named(unit_names()[name], low + match.start(), low + len(match.string.rstrip()), name, _times(match))


def unit_behind(text: str, at: int) -> Named | None:
    """The unit whose name begins at a place, a blank or a hyphen in front of it allowed."""
    match = _behind().match(text, at)
    if match is None:
        return None
    name = match["name"].removeprefix(match["times"] or "")
    plain = re.sub(r"[\s-]", " ", name)
    for form in (name, plain, name.lower(), plain.lower(), plain.lower().replace(" ", "-"), _cased(plain)):
        if form in unit_names():
            return Named(unit_names()[form], match.start("name"), match.end("name"), name, _times(match))
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
        return _per_number(text, match)
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


def _per_number(text: str, match: re.Match[str]) -> tuple[str, int] | None:
    """ "per 100,000 people", "for every 1,000 births"."""
    number = _BASE.match(text, match.end())
    if number is None or match.group().strip(" -/").lower() in ("a", "an"):
        return None
    digits = number[1].replace(",", "")
    return " ".join(filter(None, (digits, number[2]))), number.end()


def _singular(name: str) -> str:
    return name[:-1] if name.endswith("s") and not name.endswith("ss") else name


def rate_symbol(unit: str, per: str) -> str:
    """The symbol of a rate: mph for mile and hour, USD/barrel elsewhere."""
    return _WHOLE_PER.get(f"{unit}/{per}", f"{unit}/{per}")
