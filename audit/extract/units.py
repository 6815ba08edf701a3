"""Units: their names, what they measure, and how two quantities are brought into one unit.

The table is `data/units.txt`. Currencies do not convert; a rate ("USD/barrel") converts by its two parts.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import cast, get_args

from audit.extract.lexicon import lines_of
from audit.records import Quantity
from audit.records.claims import Measure

_PLURAL_FROM = 3  # letters of a name that also has a plural in -s


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit. `low` and `high` bound its factor to the base unit of its measure; they are equal where it is exact."""

    symbol: str
    measure: Measure
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Span:
    """What a quantity may be, in one unit. `dimension` names what is comparable: length, money USD, length/duration."""

    dimension: str
    low: Decimal
    high: Decimal


@cache
def units() -> dict[tuple[Measure, str], Unit]:
    """Every unit by its measure and symbol. Raises ValueError for a line of the table that cannot be read."""
    return {(unit.measure, unit.symbol): unit for unit, _ in _rows()}


@cache
def unit_names() -> dict[str, Unit]:
    """Every name of a unit; those in small letters are meant in any case. The first unit with a name keeps it."""
    found: dict[str, Unit] = {}
    for unit, names in _rows():
        for name in names:
            for form in (name, *_plurals(name)):
                found.setdefault(form, unit)
    return found


def in_base(quantity: Quantity) -> Span | None:
    """A quantity in the base unit of what it measures; None where its unit is not known. A count has no unit."""
    low, high = Decimal(quantity.low), Decimal(quantity.high)
    if not quantity.unit:
        times = 100 if quantity.measure == "share" else 1  # a third and 33 percent
        return Span(quantity.measure, low * times, high * times)
    if quantity.measure == "temperature":
        return Span("temperature", *(_celsius(value, quantity.unit) for value in (low, high)))
    top, _, bottom = quantity.unit.partition("/")
    factor = _factor(quantity.unit, quantity.measure) or _compound(top, bottom)
    if factor is None:
        return None
    dimension, least, most = factor
    ends = [low * least, low * most, high * least, high * most]
    return Span(dimension, min(ends), max(ends))


def _factor(symbol: str, measure: Measure) -> tuple[str, Decimal, Decimal] | None:
    unit = units().get((measure, symbol))
    if unit is None:
        return None
    own = measure in ("money", "other")  # no unit of these converts into another
    return (f"{measure} {symbol}" if own else measure), unit.low, unit.high


def _compound(top: str, bottom: str) -> tuple[str, Decimal, Decimal] | None:
    """The factor of a rate out of those of its parts; a part that is no unit counts as itself (USD/person)."""
    if not bottom:
        return None
    above, below = _part(top), _part(bottom)
    return f"{above[0]}/{below[0]}", above[1] / below[2], above[2] / below[1]


def _part(symbol: str) -> tuple[str, Decimal, Decimal]:
    for measure in get_args(Measure):
        factor = _factor(symbol, measure)
        if factor is not None:
            return factor
    return symbol, Decimal(1), Decimal(1)


def _celsius(value: Decimal, unit: str) -> Decimal:
    if unit == "°F":
        return (value - 32) * 5 / 9
    return value - Decimal("273.15") if unit == "K" else value


@cache
def _rows() -> tuple[tuple[Unit, tuple[str, ...]], ...]:
    rows: list[tuple[Unit, tuple[str, ...]]] = []
    measure: Measure | None = None
    for line in lines_of("audit.extract", "units.txt"):
        if line.startswith("["):
            measure = cast(Measure, line.strip("[]"))
            if measure not in get_args(Measure):
                raise ValueError(f"units.txt: no measure is called {measure}")
            continue
        parts = [part.strip() for part in line.split("|")]
        if measure is None or len(parts) != 3:
            raise ValueError(f"units.txt: not a unit: {line}")
        factors = [Decimal(factor) for factor in parts[1].split()]
        names = tuple(name.strip() for name in parts[2].split(",") if name.strip())
        rows.append((Unit(parts[0], measure, min(factors), max(factors)), names))
    return tuple(rows)


def _plurals(name: str) -> tuple[str, ...]:
    last = name.split()[-1]
    if (len(last) < _PLURAL_FROM and " " not in name) or not last.isalpha() or last.endswith("s") or len(last) < 3:
        return ()
    return (f"{name}es",) if name.endswith("ch") else (f"{name}s",)
