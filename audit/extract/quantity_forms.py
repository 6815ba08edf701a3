"""The grammar of a quantity: hedge, currency, number or range or pair, unit, and what a rate is given for.

It works on the text of one block, from left to right. What stands around the number and decides whether it is one at
all is in `quantity_guards.py`; how numbers themselves are read, in `numerals.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from audit.extract.atoms import Atom, atoms_in, words
from audit.extract.numerals import Form, Numeral, read_numeral
from audit.extract.quantity_ages import age_at
from audit.extract.quantity_guards import Guards
from audit.extract.unit_names import Named, currency_before, per_behind, rate_symbol, unit_behind
from audit.records.claims import Measure

_DASHES = ("-", "–", "—", "−", "‑")
_ROUNDED: frozenset[Measure] = frozenset(
    ["share", "points", "length", "area", "volume", "mass", "speed", "power", "energy", "temperature"]
)
_SMALLER = {
    "foot": ("inch", 12),
    "pound": ("ounce", 16),
    "stone": ("pound", 14),
    "m": ("cm", 100),
    "hour": ("minute", 60),
}
_SMALLER |= {
    "minute": ("second", 60),
    "km": ("m", 1000),
    "kg": ("g", 1000),
    "year": ("month", 12),
    "USD": ("cent", 100),
}
_SMALLER |= {"EUR": ("cent", 100), "GBP": ("penny", 100), "yard": ("foot", 3), "mile": ("yard", 1760)}
_CHANGE_BEFORE = 80  # characters in which a word of change makes "from 5 to 7" a change


@dataclass(frozen=True, slots=True)
class Found:
    """A quantity that the grammar has read; offsets in the block."""

    start: int
    end: int
    value: Decimal
    low: Decimal
    high: Decimal
    unit: str
    measure: Measure
    per: str = ""
    form: Form = "number"
    other: str = ""
    hedge: str = ""
    bare: bool = False  # figures without unit, which might as well be part of a name


class Grammar:
    """Reads the quantities of one block."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.atoms: Sequence[Atom] = atoms_in(text)
        self.guards = Guards(text, self.atoms)

    def read(self) -> list[Found]:
        """The quantities in order."""
        found: list[Found] = []
        at = 0
        while at < len(self.atoms):
            currency = currency_before(self.text, self.atoms[at].start) if self._may_follow_sign(at) else None
            numeral = read_numeral(self.atoms, at, money=currency is not None)
            if numeral is None:
                at += 1
                continue
            if self.guards.is_no_amount(numeral, currency is not None):
                at = max(numeral.last, at + 1)
                continue
            one, at = self._quantity(numeral, currency)
            if one is not None:
                found.append(one)
        return _share_units(self.text, found)

    def _may_follow_sign(self, at: int) -> bool:
        return self.atoms[at].is_figures or self.atoms[at].lower in ("one", "half", "a")

    # --- Number, range, pair ---

    def _quantity(self, first: Numeral, currency: Named | None) -> tuple[Found | None, int]:
        """The quantity that a number begins, and the atom to go on with."""
        start = currency.start if currency is not None else self.atoms[first.first].start
        pair = self._pair(first) if currency is None else None
        if pair is not None:
            second, form_end = pair
            between = self.text[self.atoms[first.last - 1].end : self.atoms[second.first].start].lower()
            part = " in " in between or "out of" in between or "-in-" in between
            return self._hedged(_paired(start, form_end, first.value, second.value, part)), second.last
        own = self._unit(first, currency)
        second = self._range_end(first, own)
        if second is not None:
            return self._range(start, first, second, currency, own)
        if own is None and not currency and self.guards.is_bare_name(first):
            return None, first.last
        return self._whole(start, first, None, own, currency)

    def _range(
        self, start: int, first: Numeral, second: Numeral, currency: Named | None, own: Named | None
    ) -> tuple[Found | None, int]:
        unit = self._unit(second, currency)
        if first.scale == 1 and second.scale > 1 and own is None and first.value < second.bare:
            first = first.scaled(second.scale)
        return self._whole(start, first, second, unit or own, currency)

    def _whole(
        self, start: int, first: Numeral, second: Numeral | None, named: Named | None, currency: Named | None
    ) -> tuple[Found, int]:
        last = second or first
        end = self.atoms[last.last - 1].end
        unit, measure = "", "count"
        age = age_at(self.text, start, end) if currency is None else None
        if age is not None:
            unit, measure, end = age
        elif named is not None:
            unit, measure, end = named.unit.symbol, named.unit.measure, max(end, named.end)
        if currency is not None and (named is None or named.unit.measure != "money"):
            unit, measure = currency.unit.symbol, "money"
            end = self.atoms[last.last - 1].end
        elif currency is not None and measure == "money":
            unit = currency.unit.symbol if currency.unit.symbol != "USD" else unit  # "C$5 dollars" is not read twice
        if first.form == "multiple":
            unit, measure = "", "ratio"
            end = self.atoms[last.last - 1].end
        elif first.form == "fraction" and measure == "count" and first.value < 1:
            measure = "share"
        low, high = _span(first, measure)[0], _span(last, measure)[1]
        form: Form = "range" if second is not None else first.form
        one = Found(
            start, end, first.value, min(low, high), max(low, high), unit, measure, form=form,
            other=plain(second.value) if second is not None else "",
            bare=first.figures and not unit and first.form == "number" and first.scale == 1,
        )  # fmt: skip
        one = self._with_smaller(one)
        one = self._with_per(one)
        one = self._hedged(one)
        return one, self._atom_behind(one.end, last.last)

    def _atom_behind(self, end: int, at: int) -> int:
        while at < len(self.atoms) and self.atoms[at].start < end:
            at += 1
        return at

    def _range_end(self, first: Numeral, own: Named | None) -> Numeral | None:
        """The second number of "5 to 7", "5-7 percent", "between $5 and $7", "5% to 7%"."""
        behind = own.end if own is not None else self.atoms[first.last - 1].end
        at = self._atom_behind(behind, first.last)
        if at + 1 >= len(self.atoms) or first.form not in ("number", "fraction"):
            return None
        joint = self.atoms[at].lower
        lead = self._lead(first)
        if joint in ("to", "through") and lead == "from" and self.guards.is_change(self.atoms[first.first].start):
            return None
        if joint == "to" and lead == "by" and own is not None:
            return None  # "rose by 5 percent to 7" names a change and where it led
        if not (joint in ("to", *_DASHES) or (joint == "and" and lead == "between") or joint == "or"):
            return None
        at += 1
        if joint == "to" and self.atoms[at].text in _DASHES:
            at += 1
        sign = self._second_sign(at)
        second = read_numeral(self.atoms, at + sign, money=bool(sign))
        if second is None or second.form not in ("number", "fraction") or self.guards.in_date(second):
            return None
        scaled = first.scale == 1 and second.scale > 1 and first.value < second.bare
        if not (first.value < second.value or scaled):
            return None
        if joint == "or":
            return second if first.value + 1 == second.value and first.figures == second.figures else None
        unit = self._unit(second, None)
        if own is not None and unit is not None and own.unit != unit.unit:
            return None
        if own is not None and sign and own.unit.measure != "money":
            return None
        if own is not None and unit is None and own.unit.measure != "money" and not sign:
            return None
        return second

    def _lead(self, numeral: Numeral) -> str:
        """The word in front of a number, its hedge and its currency left out."""
        before = self.text[max(0, self.atoms[numeral.first].start - 30) : self.atoms[numeral.first].start]
        match = re.search(
            r"(?<!\w)(between|from|by|of)\s(?:(?:about|around|some|roughly|an?|the)\s)?\W{0,3}[A-Z]{0,3}\W?\Z",
            before,
            re.I,
        )
        return match[1].lower() if match else ""

    def _second_sign(self, at: int) -> int:
        """How many atoms the currency in front of a second number takes."""
        for length in (1, 2):
            if at + length < len(self.atoms) and self.atoms[at + length].is_figures:
                named = currency_before(self.text, self.atoms[at + length].start)
                if named is not None and named.start == self.atoms[at].start:
                    return length
        return 0

    def _pair(self, first: Numeral) -> tuple[Numeral, int] | None:
        """The second number of a result or ratio, with the end: 5-2, one in six, two out of three, 10 to 1, 3:1."""
        match = _PAIR_JOINT.match(self.text, self.atoms[first.last - 1].end)
        if match is None or first.form != "number" or first.scale > 1:
            return None
        at = self._atom_behind(match.end(), first.last)
        second = read_numeral(self.atoms, at) if at < len(self.atoms) else None
        if second is None or second.form != "number" or self.atoms[at].start != match.end():
            return None
        end = self.atoms[second.last - 1].end
        joint = match["joint"].lower().strip(" -")
        joint = joint or match["joint"]
        if joint in ("in", "in every", "out of", "out of every"):
            fits = 0 < first.value < second.value and not self.guards.in_date(second)
            near = joint != "in" or (first.value <= 10 and second.value <= 1000 and unit_behind(self.text, end) is None)
            return (second, end) if fits and near and second.scale == 1 else None
        if unit_behind(self.text, end) is not None or self.guards.is_code(first, second):
            return None
        if joint == "to":
            fits = second.value == 1 < first.value or (first.value > second.value and self._lead(first) != "from")
            return (second, end) if fits and second.scale == 1 else None
        return (second, end) if self.guards.is_result(first, second, joint) else None

    # --- Unit ---

    def _unit(self, numeral: Numeral, currency: Named | None) -> Named | None:
        """The unit behind a number."""
        end = self.atoms[numeral.last - 1].end
        named = unit_behind(self.text, end)
        if named is None and numeral.form == "fraction":
            named = unit_behind(self.text, _OF.match(self.text, end).end())  # type: ignore[union-attr]
        if named is None or self.guards.is_no_unit(numeral, named, currency is not None):
            return None
        return self.guards.in_context(numeral, named)

    def _with_smaller(self, one: Found) -> Found:
        """ "6ft 2in", "six-foot-two", "one hour and 20 minutes", in the smaller unit."""
        if one.form not in ("number", "fraction") or one.unit not in _SMALLER or one.per:
            return one
        smaller, times = _SMALLER[one.unit]
        joint = _SMALLER_JOINT.match(self.text, one.end)
        if joint is None or ("," in joint.group() and one.measure == "duration"):
            return one
        at = self._atom_at(joint.end())
        numeral = read_numeral(self.atoms, at) if at is not None else None
        if numeral is None or numeral.form != "number" or not 0 < numeral.value < times:
            return one
        end = self.atoms[numeral.last - 1].end
        named = unit_behind(self.text, end)
        if named is not None and named.unit.symbol == smaller:
            end = named.end
        elif not (one.unit == "foot" and joint.group() == "-" and named is None):
            return one
        value, unit = one.value * times + numeral.value, smaller
        if one.measure == "money":
            value, unit = value / times, one.unit  # money is printed with two decimals, feet and inches are not
        return replace(one, end=end, value=value, low=value, high=value, unit=unit)

    def _atom_at(self, offset: int) -> int | None:
        low, high = 0, len(self.atoms)
        while low < high:
            middle = (low + high) // 2
            if self.atoms[middle].start < offset:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self.atoms) and self.atoms[low].start == offset else None

    def _with_per(self, one: Found) -> Found:
        """The rate that "per hour", "a barrel" or "for every 1,000 people" makes of a quantity."""
        if one.measure in ("age", "ratio", "rank"):
            return one
        if one.unit:
            per = per_behind(self.text, one.end)
            if per is None:
                return one
            symbol = rate_symbol(one.unit, per[0])
            named = unit_behind(f" {symbol}", 0)
            measure = named.unit.measure if named is not None and named.unit.symbol == symbol else "rate"
            return replace(one, end=per[1], unit=symbol, per=per[0], measure=measure)
        counted = _COUNTED.match(self.text, one.end)
        per = per_behind(self.text, counted.end() if counted else one.end)
        return replace(one, per=per[0], measure="rate") if per is not None and one.measure == "count" else one

    # --- Hedge ---

    def _hedged(self, one: Found) -> Found:
        before = _hedge_before().search(self.text, max(0, one.start - 30), one.start)
        behind = _hedge_behind().match(self.text, one.end)
        match = before or behind
        return replace(one, hedge=" ".join(match[1].lower().split())) if match else one


def _paired(start: int, end: int, first: Decimal, second: Decimal, part: bool = False) -> Found:
    """Two numbers that stand for one: 5-2 and 10 to 1 as a ratio, one in six as a share with the room of its form."""
    if not part:
        return Found(start, end, first, first, first, "", "ratio", form="pair", other=plain(second))
    low, high = first / (second + _HALF), first / (second - _HALF)
    return Found(start, end, first / second, low, high, "", "share", form="pair", other=plain(second))


def plain(value: Decimal) -> str:
    """Without exponent and trailing zeros: 4000000, 2.5."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


_HALF = Decimal("0.5")
_FRACTION_ROOM = Decimal("0.02")  # a third is said of anything from 31 to 35 percent
_OF = re.compile(r"(?:\sof)?(?:\san?)?")
_PAIR_JOINT = re.compile(
    r"(?:(?=[-–:]\d)|[\s-])(?P<joint>[-–:](?=\d)|(?:in every|in|out of every|out of|to)[\s-])", re.IGNORECASE
)
_SMALLER_JOINT = re.compile(r"\s?,?\s(?:and\s)?(?=\w)|-(?=\w)|(?=\d)")
_COUNTED = re.compile(r"\s(?:[a-z-]+\s){0,2}[a-z-]+(?=\s(?:per|an?|each|every|for\severy)\s)")


def _alternatives(section: str) -> str:
    ordered = sorted(words(section), key=lambda phrase: (-len(phrase), phrase))
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s") for phrase in ordered)


@cache
def _hedge_before() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)({_alternatives('hedge')})\s(?:an?\s|the\s)?[A-Z]{{0,3}}\Z", re.IGNORECASE)


@cache
def _hedge_behind() -> re.Pattern[str]:
    return re.compile(rf"[\s-]({_alternatives('hedge behind')})\b", re.IGNORECASE)


def _span(numeral: Numeral, measure: Measure) -> tuple[Decimal, Decimal]:
    """What the printed form allows: half of its last place to either side; a bare whole number is exact."""
    if numeral.low is not None and numeral.high is not None:
        return numeral.low, numeral.high
    step = numeral.step
    if numeral.form == "fraction" and measure == "share":
        step = 2 * _FRACTION_ROOM
    if not step and numeral.form == "number" and measure in _ROUNDED and numeral.value == int(numeral.value):
        step = Decimal(1)
    return numeral.value - step / 2, numeral.value + step / 2


# --- Units that several numbers share --------------------------------------------------------------------------------

_HANGING = re.compile(r"-?(?:,|,?\s(?:and|or|to))\s\Z")


def _share_units(text: str, found: Sequence[Found]) -> list[Found]:
    """Gives "5" its unit in "5, 10 and 15 percent" and in "four-, five- and six-cylinder engines"."""
    shared: list[Found] = []
    for one in reversed(found):
        after = shared[-1] if shared else None
        if after is not None and _shares(text, one, after):
            half = Decimal("0.5") if after.measure in _ROUNDED and one.low == one.high == int(one.value) else Decimal(0)
            one = replace(
                one, unit=after.unit, measure=after.measure, per=after.per, low=one.low - half, high=one.high + half,
                bare=False,
            )  # fmt: skip
        shared.append(one)
    return shared[::-1]


def _shares(text: str, one: Found, after: Found) -> bool:
    """Whether a bare number stands in one list with the next one, whose unit is also its own."""
    if one.unit or one.measure != "count" or not after.unit or one.form not in ("number", "range"):
        return False
    gap = text[one.end : after.start]
    if _HANGING.fullmatch(gap) is None or after.measure == "money":
        return False
    return gap.startswith("-") or after.measure in ("share", "points", "age") or one.bare
