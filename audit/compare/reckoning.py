"""Reckonings: changes and shares that the article states, worked out again from its own figures.

Every figure is an interval of what its printed form and its hedge allow, and so is a result. What is kept are results
that no value in the intervals could give.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from audit.compare.amounts import Range, fits, printed, shown
from audit.compare.conversions import conversions_in
from audit.compare.passages import Passage, passages_of
from audit.compare.proportions import proportions_in
from audit.compare.sums import sums_in
from audit.records import DocumentRecords, Figure, Quantity, Reckoning

_HUNDRED = Decimal(100)
_AMOUNTS = frozenset({"count", "money", "length", "mass", "area", "volume", "duration", "power", "energy", "rate"})
_WHEN_IT_WAS = re.compile(
    r"\bwhen (?:it|they|that|the [a-z]+) (?:was|were|stood at|came to|had)\s(?:about |only |just )?\W?\Z"
)
_NEAR = 160  # characters between the figures of one growth


def reckon(article: DocumentRecords) -> list[Reckoning]:
    """What does not come out, in the order of the article."""
    found: list[Reckoning] = []
    for passage in passages_of(article):
        for one in (
            *_changes(passage),
            *_growth(passage),
            *proportions_in(passage),
            *conversions_in(passage),
            *sums_in(passage),
        ):
            if not any(set(one.figures) <= set(other.figures) for other in found[-8:]):
                found.append(one)
    return found


# --- From one figure to another ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Way:
    """A change told with its two ends."""

    start: Figure
    end: Figure
    low: Quantity
    high: Quantity
    unit: str


def _changes(passage: Passage) -> Iterator[Reckoning]:
    """ "Rose from 41 to 48 percent, an increase of seven percent"; "doubled from 10 to 30"."""
    way = _way(passage)
    if way is None:
        return
    ends = printed(way.low), printed(way.high)
    direction = _direction(passage, way)
    if (direction == "rise" and ends[1].high < ends[0].low) or (direction == "fall" and ends[1].low > ends[0].high):
        yield Reckoning(
            form="direction",
            figures=(way.start.id, way.end.id),
            stated=way.end.id,
            working=f"{direction} from {way.start.text} to {way.end.text}",
            result="a fall" if direction == "rise" else "a rise",
        )
        return
    for figure in passage.first:
        quantity = passage.quantity(figure)
        if quantity.role == "by" and quantity.direction == direction and figure.id not in (way.start.id, way.end.id):
            yield from _sized(passage, way, figure, ends)


def _way(passage: Passage) -> _Way | None:
    """The one change with two ends in the first sentence of a passage; None where there are none or several."""
    starts = [f for f in passage.first if passage.quantity(f).role == "from"]
    ends = [f for f in passage.first if passage.quantity(f).role == "to"]
    if not starts and any(passage.quantity(f).role == "by" for f in passage.first):
        starts, ends = _levels(passage)
    if len(starts) != 1 or len(ends) != 1:
        return None
    low, high = passage.quantity(starts[0]), passage.quantity(ends[0])
    if low.form != "number" or high.form != "number" or low.measure == "rank" or high.measure == "rank":
        return None
    unit = high.unit or low.unit  # "from 400 euros to 460 euros a month"
    if (
        any(own not in ("", unit) and unit.partition("/")[0] != own for own in (low.unit, high.unit))
        or Decimal(low.value) <= 0
    ):
        return None
    return _Way(starts[0], ends[0], low, high, unit)


def _levels(passage: Passage) -> tuple[list[Figure], list[Figure]]:
    """The former level and the present one: "58 percent are electric, a rise of 8 on last year, when it was 50"."""
    levels = [f for f in passage.first if passage.quantity(f).role in ("none", "to")]
    levels = [f for f in levels if passage.quantity(f).measure != "duration"]
    ends = [f for f in levels if passage.quantity(f).role == "to"]
    former = [f for f in levels if "former" in f.scope or _WHEN_IT_WAS.search(passage.around(f)[0])]
    if not former and len(ends) == 1:  # "debts of £300,000 were cut by half, to £100,000"
        former = [f for f in levels if f not in ends and f.lead == "of" and f.start < ends[0].start]
    present = [f for f in levels if f not in former]
    one_thing = all(f.thing in ("", other.thing) for f in former for other in present)
    return (former, present) if one_thing else ([], [])


def _direction(passage: Passage, way: _Way) -> str:
    stated = {way.low.direction, way.high.direction} - {"none"}
    if not stated:
        stated = {passage.quantity(f).direction for f in passage.first if passage.quantity(f).role == "by"} - {"none"}
    return stated.pop() if len(stated) == 1 else "none"


def _sized(passage: Passage, way: _Way, figure: Figure, ends: tuple[Range, Range]) -> Iterator[Reckoning]:
    """The stated size of a change beside the one that its ends give."""
    size = passage.quantity(figure)
    start, end = ends
    ids = (way.start.id, way.end.id, figure.id)
    rise = Range(end.low - start.high, end.high - start.low).absolute()
    value = abs(Decimal(way.high.value) - Decimal(way.low.value))
    percent = value / Decimal(way.low.value) * _HUNDRED
    relative = Range(rise.low / start.high * _HUNDRED, rise.high / start.low * _HUNDRED) if start.low > 0 else rise
    ends_in_words = f"from {way.start.text} to {way.end.text}"
    if size.measure == "ratio" and size.form == "multiple":
        yield from _multiplied(way, size, ids, ends_in_words)
    elif size.measure == "share":
        if fits(relative, size, 1):
            return
        if way.unit == "%" and fits(rise, size, 0):
            yield Reckoning(
                form="points", figures=ids, stated=figure.id, result=f"{shown(percent)} percent",
                working=f"{ends_in_words}: {shown(value)} points, or {shown(percent)} percent of {way.start.text}",
            )  # fmt: skip
        elif way.unit != "%" or size.form != "fraction":
            yield Reckoning(
                form="change", figures=ids, stated=figure.id, result=f"{shown(percent)} percent",
                working=f"{shown(value)} / {shown(Decimal(way.low.value))} = {shown(percent)} percent",
            )  # fmt: skip
    elif not fits(rise, size, 0) and (
        (size.measure == "points" and way.unit == "%") or (size.unit == way.unit and size.measure in _AMOUNTS)
    ):
        yield Reckoning(
            form="change", figures=ids, stated=figure.id, result=shown(value),
            working=f"{ends_in_words} is a difference of {shown(value)}",
        )  # fmt: skip


def _multiplied(way: _Way, size: Quantity, ids: tuple[str, ...], ends_in_words: str) -> Iterator[Reckoning]:
    low, high = Decimal(way.low.value), Decimal(way.high.value)
    times = high / low if size.direction == "rise" else low / high if high else Decimal(0)
    stated = Decimal(size.value) if Decimal(size.value) >= 1 else 1 / Decimal(size.value)
    more = any(word in size.hedge for word in ("more", "over", "least"))
    less = any(word in size.hedge for word in ("nearly", "almost", "less", "close", "just short"))
    most = stated * (2 if more else Decimal("1.15"))
    least = stated * Decimal("0.75" if less else "0.85")
    if not least <= times <= most:
        yield Reckoning(
            form="change", figures=ids, stated=ids[-1], result=f"{shown(times)} times",
            working=f"{ends_in_words} is {shown(times)} to one",
        )  # fmt: skip


# --- So many more, a share of so many ---------------------------------------------------------------------------------


def _growth(passage: Passage) -> Iterator[Reckoning]:
    """ "240 more, an increase of a fifth in the workforce of 1,600"."""
    shares = [f for f in passage.figures if _is_growth(passage.quantity(f))]
    if len(shares) != 1:
        return
    share = passage.quantity(shares[0])
    amounts = [f for f in passage.figures if passage.quantity(f).form == "number" and f is not shares[0]]
    added = [f for f in amounts if passage.quantity(f).measure in _AMOUNTS and _is_added(f, passage.quantity(f))]
    if len(added) != 1:
        return
    more = passage.quantity(added[0])
    bases = [f for f in amounts if f is not added[0] and _is_base(passage, f, more)]
    if len(bases) != 1 or any(abs(figure.start - shares[0].start) > _NEAR for figure in (*bases, *added)):
        return
    size, base = Decimal(more.value), Decimal(passage.quantity(bases[0]).value)
    possible = [whole for whole in (base, base - size, base + size) if whole > 0]
    if any(fits(Range(size / whole * _HUNDRED, size / whole * _HUNDRED), share, 1) for whole in possible):
        return
    percent = size / base * _HUNDRED
    yield Reckoning(
        form="change",
        figures=(added[0].id, shares[0].id, bases[0].id),
        stated=shares[0].id,
        working=f"{shown(size)} / {shown(base)} = {shown(percent)} percent",
        result=f"{shown(percent)} percent",
    )


def _is_growth(quantity: Quantity) -> bool:
    return quantity.measure == "share" and quantity.role == "by" and quantity.direction != "none"


def _is_added(figure: Figure, quantity: Quantity) -> bool:
    if figure.lead in ("of", "from", "to"):
        return False
    return "more" in figure.scope or quantity.role == "by" or quantity.hedge in ("another", "additional")


def _is_base(passage: Passage, figure: Figure, more: Quantity) -> bool:
    """A whole of the same kind: a workforce of 1,600; from 1,600."""
    quantity = passage.quantity(figure)
    return (
        quantity.unit == more.unit
        and quantity.measure == more.measure
        and figure.lead in ("of", "from", "to", "than")
        and Decimal(quantity.value) > Decimal(more.value)
    )
