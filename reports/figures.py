"""The figures of all texts in one table, so that those of one thing stand together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from audit.reports.inputs import Inputs, InputText, Link

from audit.records import Figure, Quantity
from audit.records.claims import AnyClaim

_LONGEST = 40  # digits and signs of a value that are worth showing
_PLACES = 4  # behind the point


@dataclass(frozen=True)
class FigureRow:
    """One value of one thing: how it is printed, what it comes to, and where it stands."""

    printed: tuple[str, ...]
    value: str
    thing: str
    article: tuple[Link, ...]
    sources: tuple[Link, ...]


_Found = tuple[InputText, Quantity]
_Key = tuple[str, str, str, str, str]  # thing, value, the second value of a pair, unit, per what


def figure_rows(claims: Iterable[AnyClaim], inputs: Inputs) -> tuple[FigureRow, ...]:
    """The figures by thing, then unit, then value; those of no thing in particular come last."""
    claims = list(claims)
    bound = {claim.quantity: claim for claim in claims if isinstance(claim, Figure)}
    rows: dict[_Key, list[_Found]] = defaultdict(list)
    for claim in claims:
        if isinstance(claim, Quantity) and (text := inputs.holding(claim)) is not None:
            thing = thing_of(claim, bound.get(claim.id))
            rows[thing, claim.value, claim.other, claim.unit, claim.per].append((text, claim))
    return tuple(_row(key[0], rows[key]) for key in sorted(rows, key=_order))


def thing_of(quantity: Quantity, figure: Figure | None) -> str:
    """What a quantity is of, in a word or two: "passenger", "tower, height"."""
    thing = (figure.thing if figure is not None else "") or quantity.of
    attribute = figure.attribute if figure is not None else ""
    return ", ".join(dict.fromkeys(part for part in (thing, attribute) if part))


def value_in_words(quantity: Quantity) -> str:
    """A value with its unit: "18,200,000 GBP", "3 years", "5 to 2", "12 per hour"."""
    value = _grouped(quantity.value)
    if quantity.other:
        value = f"{value} to {_grouped(quantity.other)}"
    plural = "s" if quantity.measure in ("duration", "age") and quantity.value != "1" else ""
    unit = f"{quantity.unit}{plural}" if quantity.unit else ""
    return " ".join(part for part in (value, unit, f"per {quantity.per}" if quantity.per else "") if part)


def _grouped(value: str) -> str:
    """A decimal number with its thousands set apart, four places behind the point at most; a long one is cut."""
    number = _number(value)
    if number is None:
        return value if len(value) <= _LONGEST else f"{value[:_LONGEST]}…"
    rounded = round(number, _PLACES)
    return f"{number:,f}" if rounded == number else f"≈ {rounded:,f}"


def _number(value: str) -> Decimal | None:
    """A value as a number; None for what is none, or is too long to show."""
    try:
        number = Decimal(value) if len(value) <= _LONGEST else None
    except InvalidOperation:
        return None
    return number if number is not None and number.is_finite() else None


def _order(key: _Key) -> tuple[bool, str, str, Decimal, _Key]:
    thing, value, _, unit, _ = key
    return not thing, thing, unit, _number(value) or Decimal(0), key


def _row(thing: str, found: Sequence[_Found]) -> FigureRow:
    return FigureRow(
        printed=tuple(dict.fromkeys(" ".join(quantity.text.split()) for _, quantity in found)),
        value=value_in_words(found[0][1]),
        thing=thing,
        article=tuple(text.link(quantity) for text, quantity in found if text.is_article),
        sources=tuple(text.link(quantity) for text, quantity in found if not text.is_article),
    )
