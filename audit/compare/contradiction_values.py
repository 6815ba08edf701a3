"""Whether two arguments in one place of one event name values that exclude each other: dates, places, names."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from audit.compare.wordlists import country_key
from audit.extract.lexicon import sections_of
from audit.extract.topics import concepts, stem
from audit.records import Argument, DateMention, Quantity

GetDate = Callable[[str], DateMention]
GetQuantity = Callable[[str], Quantity]

_AT = frozenset({"in", "on", "time", "at", "during"})  # say when something happened, and may differ in form


def times_differ(one: Argument, other: Argument, date: GetDate) -> str:
    """Why two times exclude each other; "" where they may be one."""
    if one.role != other.role and not {one.role, other.role} <= _AT:
        return ""
    if len(one.dates) != 1 or len(other.dates) != 1:
        return ""
    left, right = date(one.dates[0]), date(other.dates[0])
    years = left.year is not None and right.year is not None
    if years and left.year != right.year:
        return "the years differ"
    if left.month is not None and right.month is not None:
        if left.month != right.month and (years or (left.day and right.day)):
            return "the months differ"
        if left.month == right.month and left.day and right.day and left.day != right.day:
            return "the days differ"
    return ""


def ages_differ(one: Argument, other: Argument) -> str:
    """Why two ages exclude each other: "the age of 65", "the age of 66"."""
    ages = [re.findall(r"\d+", argument.text) for argument in (one, other)]
    return "the ages differ" if all(len(age) == 1 for age in ages) and ages[0] != ages[1] else ""


def places_differ(one: Argument, other: Argument) -> str:
    """Why two places exclude each other: two towns, two parts, two countries; "" where one may lie in the other."""
    left, right = _levels(one), _levels(other)
    if set(one.names) & set(other.names) and _is_kind_of_place(one) | _is_kind_of_place(other):
        return ""
    if not left or not right or set(left.values()) & set(right.values()) - {left.get("country")}:
        return ""
    if _words(one) & _words(other) and left.get("town") and right.get("town"):
        shared = _tokens(left["town"]) & _tokens(right["town"])
        if shared:
            return ""
    for level, name in (("country", "countries"), ("part", "regions"), ("town", "places")):
        if level in left and level in right and not _tokens(left[level]) & _tokens(right[level]):
            one_country = level == "country" and country_key(left[level]) == country_key(right[level])
            return "" if one_country else f"the {name} differ"
    return ""


def _is_kind_of_place(argument: Argument) -> bool:
    """ "the German state of Hesse": other names beside the place's own."""
    return argument.head in sections_of("audit.compare", "once.txt")["kind of place"]


def _regions() -> dict[str, frozenset[str]]:
    """Level of a place to its names."""
    return sections_of("audit.compare", "regions.txt")


def _levels(argument: Argument) -> dict[str, str]:
    """Town, part and country that a phrase names; empty where a name is too wide to tell anything."""
    found: dict[str, str] = {}
    for name in argument.names:
        bare = name.removeprefix("the ").strip(" ,.")
        level = next((level for level, names in _regions().items() if bare in names), "town")
        if level == "wide":
            return {}
        found.setdefault(level, bare)
    return found


def _tokens(name: str) -> set[str]:
    return {word.replace(".", "").strip(",") for word in name.split() if len(word) > 2}


def _words(argument: Argument) -> set[str]:
    return {word for name in argument.names for word in _tokens(name)}


def names_differ(one: Argument, other: Argument) -> str:
    """Why two phrases name two things: each has a name, and they share no word."""
    if one.several or other.several or one.role != other.role:
        return ""
    if one.person is not None and one.person == other.person:
        return ""
    left, right = _words(one), _words(other)
    if not left or not right or left & right or _are_initials(one, other):
        return ""
    if {"time", "number"} & {one.sort, other.sort} or "place" in (one.sort, other.sort):
        return ""
    if not concepts(one.words).isdisjoint(concepts(other.words)) and stem(one.head) != stem(other.head):
        return ""
    return "the names differ"


def kinds_differ(one: Argument, other: Argument) -> str:
    """Why two things with one noun are two: "in the Gothic style", "in the Baroque style"."""
    if one.head != other.head or one.sort != "other" or other.sort != "other":
        return ""
    left, right = (concepts(argument.words) - concepts([argument.head]) for argument in (one, other))
    named = all(any(word[:1].isupper() for word in a.text.split()[1:]) for a in (one, other))
    return f"the {one.head}s differ" if named and left and right and not left & right else ""


def _are_initials(one: Argument, other: Argument) -> bool:
    """Whether one name may be short for the other: BBC for British Broadcasting Corporation."""
    for short, long in ((one, other), (other, one)):
        letters = "".join(word[0] for name in long.names for word in name.split() if word[0].isalpha())
        if any(name.replace(".", "") and letters.startswith(name.replace(".", "")) for name in short.names):
            return True
    return False


def numbers_differ(one: Argument, other: Argument, quantity: GetQuantity) -> str:
    """Why two counts of one noun exclude each other: their printed ranges do not meet, and neither is a limit."""
    if stem(one.head) != stem(other.head) or len(one.quantities) != 1 or len(other.quantities) != 1:
        return ""
    left, right = quantity(one.quantities[0]), quantity(other.quantities[0])
    if left.unit != right.unit or left.measure != right.measure or left.hedge or right.hedge:
        return ""
    if not concepts(one.words) <= concepts(other.words) and not concepts(other.words) <= concepts(one.words):
        return ""
    apart = Decimal(left.high) < Decimal(right.low) or Decimal(right.high) < Decimal(left.low)
    return "the numbers differ" if apart else ""


def _ordinals(argument: Argument) -> frozenset[str]:
    """Words that make a thing another one of its kind: "the second trial"."""
    return frozenset(argument.text.lower().split()) & sections_of("audit.compare", "once.txt")["another"]


def agree(one: Argument, other: Argument) -> bool:
    """Whether two arguments may name the same: one's words within the other's, and no other value."""
    left, right = concepts(one.words), concepts(other.words)
    if one.person is not None and one.person == other.person:
        return True
    if not left or not right or _ordinals(one) != _ordinals(other):
        return False
    return (left <= right or right <= left) and bool(left & right)
