"""Finds the names of units and currencies at a place of a text: behind a number, in front of it, and behind "per"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from audit.extract.atoms import words
from audit.extract.units import Unit, unit_names

_GAP = re.compile("[ \u00a0\u2009\u202f](?!\\s)|[-‐‑](?=[^\\W\\d])")  # one blank or hyphen between number and unit
_PIECE = re.compile(r"[^\W\d_]+[23]?(?![^\W_])|[^\w\s-]")  # a word, or the sign that makes or ends a unit
_BLANKS = re.compile(r"[\s-]")
_NUMBER = re.compile(r"\s?\d")
_LONGEST = 32  # characters of the longest name that is looked for
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
def _exact() -> dict[str, Unit]:
    """Units by names that are read as they stand."""
    return {_blank(name): unit for name, unit in unit_names().items() if not _is_free(name) and name[-1] != "$"}


@cache
def _free() -> dict[str, Unit]:
    """Units by names that are read in any case."""
    found: dict[str, Unit] = {}
    for name, unit in unit_names().items():
        if _is_free(name):
            found.setdefault(_blank(name.lower()), unit)
    return found


def _is_free(name: str) -> bool:
    return len(name) > 1 and (name == name.lower() or " " in name) and name not in _codes()


def _blank(name: str) -> str:
    return name.replace("-", " ")


@cache
def _signs() -> re.Pattern[str]:
    """A currency's sign or code as it stands in front of a number, at the end of a stretch."""
    names = [name for name, unit in unit_names().items() if unit.measure == "money" and _is_sign(name)]
    coded = rf"(?P<times>[MK])?(?P<code>{_any_of(_codes())})|(?i:(?P<dollar>{_any_of(_codes())})\$)"
    return re.compile(rf"(?<![^\W\d_])(?:{coded}|(?P<name>{_any_of(names)}))\s?\Z")


@cache
def _sign_ends() -> frozenset[str]:
    """What signs and codes end with: a quick look before the long one."""
    names = [name for name, unit in unit_names().items() if unit.measure == "money"]
    return frozenset(name[-1] for name in names if _is_sign(name) or name in _codes())


def _is_sign(name: str) -> bool:
    return (not name.replace(" ", "").isalpha() and "." not in name) or name in ("Rs", "RM", "Rp", "Fr", "KSh", "DM")


def _times(match: re.Match[str]) -> int:
    return {"M": 1_000_000, "K": 1_000}.get(match["times"] or "", 1)


def currency_before(text: str, at: int) -> Named | None:
    """The currency sign or code right in front of a place: the "US$" of "US$5", the "GBP" of "GBP 350"."""
    low = max(0, at - 8)
    if text[low:at].rstrip()[-1:] not in _sign_ends():
        return None
    match = _signs().search(text[low:at])
    if match is None:
        return None
    name = _BLANKS.sub(" ", match["code"] or match["name"] or match["dollar"].upper())
    return Named(unit_names()[name], low + match.start(), low + len(match.string.rstrip()), name, _times(match))


@lru_cache(maxsize=256)  # a number's unit is asked for several times over
def unit_behind(text: str, at: int) -> Named | None:
    """The unit whose name begins at a place, a blank or a hyphen in front of it allowed; the longest name counts."""
    gap = _GAP.match(text, at)
    start = gap.end() if gap is not None else at
    first = _PIECE.match(text, start, start + _LONGEST)
    if first is None or first.group().lower() not in _first_pieces():
        return _coded_behind(text, start)
    ends = [match.end() for match in _PIECE.finditer(text, start, start + _LONGEST)]
    for end in reversed(ends):
        name = text[start:end]
        plain = _BLANKS.sub(" ", name)
        unit = _exact().get(plain) or _free().get(plain.lower())
        if unit is not None and not (name in _codes() and _NUMBER.match(text, end)):
            return Named(unit, start, end, name)
    return _coded_behind(text, start)


@cache
def _first_pieces() -> frozenset[str]:
    """What the names of units begin with, in small letters."""
    firsts = (_PIECE.match(name) for name in (*_exact(), *_free()))
    return frozenset(first.group().lower() for first in firsts if first is not None)


def _coded_behind(text: str, start: int) -> Named | None:
    """A dollar sign or a code with the letter of its scale behind a number: "10 $", "120 MSEK"."""
    match = _coded().match(text, start)
    if match is None:
        return None
    return Named(unit_names()[match["code"]], start, match.end(), match["code"], _times(match))


@cache
def _coded() -> re.Pattern[str]:
    return re.compile(rf"(?P<times>[MK])?(?P<code>{_any_of(_codes())}|\$)(?!\s?\d)(?![^\W_]|\$)")


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
    if number is None or match.group().strip(" -").lower() in ("a", "an", "/", ""):
        return None
    digits = number[1].replace(",", "")
    return " ".join(filter(None, (digits, number[2]))), number.end()


def _singular(name: str) -> str:
    return name[:-1] if name.endswith("s") and not name.endswith("ss") else name


def rate_symbol(unit: str, per: str) -> str:
    """The symbol of a rate: mph for mile and hour, USD/barrel elsewhere."""
    return _WHOLE_PER.get(f"{unit}/{per}", f"{unit}/{per}")
