"""One amount in two units side by side, "12 metres (39 feet)", where the second is not what the first comes to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from audit.compare.passages import Passage
from audit.extract.units import Span, in_base
from audit.records import Figure, Quantity, Reckoning

_CONVERTIBLE = frozenset({"length", "area", "volume", "mass", "speed", "temperature"})
_HEDGE = r"(?:(?:about|around|roughly|approximately|some|nearly|almost|just|over|under|more than|less than)\s)*"
_BRACKET = re.compile(rf"\A\s?[(\[/]\s?{_HEDGE}\Z")
_OR = re.compile(rf"\A,\s(?:or|that is|i\.e\.,?|equal to|equivalent to)\s{_HEDGE}\Z")
_CLOSED = re.compile(r"\A\s?(?:high|tall|long|wide|deep|thick|square|across|an hour|per hour)?\s?[)\]/]")
_ENDED = re.compile(r"\A(?:[,.;:)]|\sof\s|\Z)")
_SLACK = Decimal("0.1")  # share by which those who convert round at most
_HEDGED = Decimal("0.25")
_DEGREES = Decimal("1.5")
_WARMER = re.compile(
    r"\b(?:warm\w*|r[io]se\w*|risen|increas\w*|by|f[ae]ll\w*|drop\w*|cool\w*|differ\w*|hotter|colder|above|below|more|"
    r"less|up|down|limit\w*|target\w*)\b"
)


def conversions_in(passage: Passage) -> Iterator[Reckoning]:
    """The pairs of a sentence that do not come to the same."""
    for one, other in zip(passage.first, passage.first[1:], strict=False):
        left, right = passage.quantity(one), passage.quantity(other)
        if _are_one_amount(passage, one, other) and not _agree(passage, left, right):
            result = _converted(left, right)
            yield Reckoning(
                form="conversion",
                figures=(one.id, other.id),
                stated=other.id,
                working=f"{one.text} = {result}",
                result=result,
            )


def _are_one_amount(passage: Passage, one: Figure, other: Figure) -> bool:
    """Whether the second figure stands beside the first as the same amount in another unit."""
    left, right = passage.quantity(one), passage.quantity(other)
    if left.measure != right.measure or left.measure not in _CONVERTIBLE or left.unit == right.unit:
        return False
    if {left.form, right.form} != {"number"} or in_base(left) is None or in_base(right) is None:
        return False
    between, behind = passage.between(one, other), passage.around(other)[1]
    return bool((_BRACKET.match(between) and _CLOSED.match(behind)) or (_OR.match(between) and _ENDED.match(behind)))


def _agree(passage: Passage, left: Quantity, right: Quantity) -> bool:
    if left.measure == "temperature":
        return _degrees_agree(passage, left, right)
    ours, theirs = _base(left), _base(right)
    room = _HEDGED if left.hedge or right.hedge else _SLACK
    return ours.low * (1 - room) <= theirs.high and theirs.low <= ours.high * (1 + room)


def _degrees_agree(passage: Passage, left: Quantity, right: Quantity) -> bool:
    """Degrees on two scales; where something gets warmer or colder, degrees by which it does."""
    ours, theirs = _base(left), _base(right)
    if ours.low - _DEGREES <= theirs.high and theirs.low <= ours.high + _DEGREES:
        return True
    steps = {"°F": Decimal(5) / 9}
    one, two = (Decimal(q.value) * steps.get(q.unit, Decimal(1)) for q in (left, right))
    return bool(_WARMER.search(passage.statement.text.lower())) and abs(one - two) <= max(_SLACK * abs(one), _SLACK)


def _base(quantity: Quantity) -> Span:
    """A quantity that is known to have a base unit, in that unit."""
    span = in_base(quantity)
    assert span is not None
    return span


def _converted(left: Quantity, right: Quantity) -> str:
    """The first amount in the unit of the second, with at most one place."""
    ours, theirs = _base(left), _base(right)
    base = (ours.low + ours.high) / 2
    if left.measure == "temperature":
        celsius = {"°F": base * 9 / 5 + 32, "K": base + Decimal("273.15")}
        value = celsius.get(right.unit, base)
    else:
        value = base * Decimal(right.value) * 2 / (theirs.low + theirs.high)
    places = f"{value:,.1f}" if abs(value) < 100 else f"{value:,.0f}"
    return f"{places.removesuffix('.0')} {right.unit}"
