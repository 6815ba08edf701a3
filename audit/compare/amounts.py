"""Whether two printed amounts allow one value: hedges, rounding and conversion taken into account."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal

from audit.extract.units import Span, in_base
from audit.records import Quantity

Slip = Literal["", "digits", "digit", "magnitude"]

_ABOUT = frozenset({"about", "around", "roughly", "approximately", "approx", "some", "or-so", "odd", "circa", "average",
                    "estimated", "say"})  # fmt: skip
_BELOW = ("nearly", "almost", "close to", "just short", "just shy", "just under", "just below")
_MORE = ("more than", "over", "above", "at least", "upwards", "as many", "as much", "or more", "minimum", "no less",
         "no fewer", "not less", "and up", "plus")  # fmt: skip
_LESS = ("less than", "fewer than", "under", "below", "up to", "at most", "or fewer", "or less", "maximum", "no more",
         "as few", "as little", "not more")  # fmt: skip
_ROUND_FROM = 100  # a bare figure below this is not taken to be rounded
_ROUNDING = Decimal("0.05")  # share of a round figure that it may have lost
_LOOSE = Decimal("0.1")  # the same for one with "about"
_EXACT = 3  # digits that are printed of a number which "more than" and "less than" stay near
_CONVERTED = Decimal("0.02")  # what a conversion may lose
_FRACTION = Decimal("0.075")  # of a simple fraction that may stand for a share near it: less than half way to the next
_STRICT = frozenset({"share", "points", "age", "rank", "ratio"})


@dataclass(frozen=True, slots=True)
class Range:
    """All values from one to another."""

    low: Decimal
    high: Decimal

    def absolute(self) -> Range:
        """The same without signs."""
        if self.low >= 0:
            return self
        return Range(-self.high, -self.low) if self.high <= 0 else Range(Decimal(0), max(-self.low, self.high))


def printed(quantity: Quantity) -> Range:
    """What a figure may be by its printed precision and its hedge, in its own unit; shares in percent."""
    quantity = in_percent(quantity)
    low, high = Decimal(quantity.low), Decimal(quantity.high)
    if not quantity.hedge and quantity.form != "vague":
        return Range(low, high)
    return _range(quantity, Span(quantity.measure, low, high), False)


def in_percent(quantity: Quantity) -> Quantity:
    """A share in percent where it is printed as a fraction or a pair: a third, one in six. Others as they are."""
    if quantity.measure != "share" or quantity.unit:
        return quantity
    scaled = {name: str(Decimal(getattr(quantity, name)) * 100) for name in ("value", "low", "high")}
    return quantity.model_copy(update={**scaled, "unit": "%"})


class Amount:
    """What a quantity may be, worked out once for all that it is held against; a share counts in percent."""

    def __init__(self, quantity: Quantity) -> None:
        self._quantity = in_percent(quantity)

    @cached_property
    def _own(self) -> Range:
        """In its own unit."""
        low, high = Decimal(self._quantity.low), Decimal(self._quantity.high)
        return _range(self._quantity, Span(self._quantity.measure, low, high), False)

    @cached_property
    def _base(self) -> tuple[str, Range] | None:
        """What it measures, and how much in the base unit of that; None where its unit is not known."""
        span = in_base(self._quantity)
        return (span.dimension, _range(self._quantity, span, True)) if span is not None else None

    def allows(self, other: Amount) -> bool | None:
        """Whether both can be true of one thing; None for amounts that cannot be compared: 3 km and 3 kg."""
        if self._quantity.unit == other._quantity.unit:
            if self._quantity.measure != other._quantity.measure:
                return None
            left, right = self._own, other._own
        else:
            if self._base is None or other._base is None or self._base[0] != other._base[0]:
                return None
            left, right = self._base[1], other._base[1]
        return left.low <= right.high and right.low <= left.high


def _range(quantity: Quantity, span: Span, converted: bool) -> Range:
    low, high = span.low, span.high
    if low < 0:
        return Range(low, high)
    hedge = quantity.hedge
    if converted:
        low, high = low * (1 - _CONVERTED), high * (1 + _CONVERTED)
    if any(sign in hedge for sign in _BELOW):
        return Range(low * Decimal("0.88"), high)
    exact = len(_significant(Decimal(quantity.value))) >= _EXACT
    if any(sign in hedge for sign in _MORE):
        return Range(low, high * (1 + _LOOSE if exact else 2))
    if any(sign in hedge for sign in _LESS):
        if exact and "up to" not in hedge:
            return Range(low * (1 - _LOOSE), high)
        return Range(low / 2 if "up to" not in hedge else Decimal(0), high)
    if quantity.form == "vague" or set(hedge.replace("or so", "or-so").split()) & _ABOUT:
        loose = max(_lost(quantity, low, Decimal(1)), low * (_LOOSE / 2 if exact else _LOOSE))
        return Range(low - loose, high + loose)
    if quantity.form in ("fraction", "pair") and quantity.measure == "share":
        return Range(low * (1 - _ROUNDING), high * (1 + _ROUNDING))
    lost = _lost(quantity, low, _ROUNDING)
    return Range(low - lost, high + lost)


def _lost(quantity: Quantity, low: Decimal, most: Decimal) -> Decimal:
    """What rounding may have taken from a round figure, in the unit of `low`: 900 may be 850 to 950."""
    value = Decimal(quantity.value)
    if quantity.measure in _STRICT or value < _ROUND_FROM or value != value.to_integral_value():
        return Decimal(0)
    digits = f"{value:f}".partition(".")[0]
    zeros = len(digits) - len(digits.rstrip("0"))
    if not zeros:
        return Decimal(0)
    step = Decimal(10) ** zeros / value * low
    return min(step / 2, low * most)


def fits(result: Range, stated: Quantity, slack: int) -> bool:
    """Whether a result may be printed like that. `slack` percentage points are left to those who round twice."""
    allowed = printed(stated)
    room = Decimal(slack) / 2
    if stated.form in ("fraction", "pair") and not stated.hedge:
        value = Decimal(in_percent(stated).value)
        allowed, room = Range(value, value), value * _FRACTION
    if stated.hedge:
        room += max(Decimal(1), allowed.high * Decimal("0.05")) if stated.measure == "share" else Decimal(0)
    return allowed.low - room <= result.high and result.low <= allowed.high + room


def shown(value: Decimal) -> str:
    """With at most one place, and commas: 1,600; 15; 16.3."""
    text = f"{value:,.1f}"
    return text.removesuffix(".0")


def slip_between(one: Quantity, other: Quantity) -> Slip:
    """Which slip leads from one figure to the other: two digits swapped, one digit changed, a wrong magnitude."""
    left, right = Decimal(one.value), Decimal(other.value)
    if left <= 0 or right <= 0 or left == right or one.unit != other.unit:
        return ""
    ratio = max(left, right) / min(left, right)
    if ratio in (10, 100, 1000, 10**6, 10**9):
        return "magnitude"
    if left.adjusted() != right.adjusted():
        return ""
    digits = [_significant(value) for value in (left, right)]
    width = max(map(len, digits))
    first, second = (text.ljust(width, "0") for text in digits)
    changed = [at for at in range(width) if first[at] != second[at]]
    if len(changed) == 2 and changed[1] == changed[0] + 1 and first[changed[0]] == second[changed[1]] and (
        first[changed[1]] == second[changed[0]]
    ):  # fmt: skip
        return "digits"
    return "digit" if len(changed) == 1 and width >= 3 else ""


def _significant(value: Decimal) -> str:
    return "".join(map(str, value.as_tuple().digits)).rstrip("0") or "0"
