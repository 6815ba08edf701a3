"""The grammar of a quantity: hedge, currency, number or range or pair, unit, and what a rate is given for.

It works on the text of one block, from left to right. How numbers are read is in `numerals.py`, two numbers that make
one quantity in `quantity_pairs.py`, what is no amount at all in `quantity_guards.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache

from audit.extract.atoms import words
from audit.extract.date_reader import Found as FoundDate
from audit.extract.date_reader import read_dates
from audit.extract.numerals import Numeral, beginnings, may_hold, read_numeral
from audit.extract.quantity_ages import age_at
from audit.extract.quantity_guards import Guards
from audit.extract.quantity_pairs import pair_at, range_end, share_units
from audit.extract.quantity_text import BlockText, Found, plain, span_of
from audit.extract.unit_context import unit_of
from audit.extract.unit_names import Named, currency_before, per_behind, rate_symbol, unit_behind
from audit.records.claims import Measure

# A unit, the smaller one that may follow it, and how many of those it holds.
_SMALLER = {
    "foot": ("inch", 12), "yard": ("foot", 3), "mile": ("yard", 1760), "m": ("cm", 100), "km": ("m", 1000),
    "pound": ("ounce", 16), "stone": ("pound", 14), "kg": ("g", 1000), "hour": ("minute", 60),
    "minute": ("second", 60), "year": ("month", 12), "USD": ("cent", 100), "EUR": ("cent", 100), "GBP": ("penny", 100),
}  # fmt: skip
_SMALLER_JOINT = re.compile(r"\s?,?\s(?:and\s)?(?=\w)|-(?=\w)|(?=\d)")
_CLOSED = re.compile(r"\s?(?:[.,;:!?)”\"](?!\d)|\Z)")
_COUNTED = re.compile(r"\s(?:[a-z-]+\s){0,2}[a-z-]+(?=\s(?:per|an?|each|every|for\severy)\s)")


class Grammar:
    """Reads the quantities of one block. `dates`: what `read_dates` finds in it, where that is known."""

    def __init__(self, text: str, dates: Sequence[FoundDate] | None = None) -> None:
        self.block = BlockText(text)
        self.guards = Guards(self.block, read_dates(text) if dates is None else dates)

    def read(self) -> list[Found]:
        """The quantities in order."""
        found: list[Found] = []
        behind = 0
        if not may_hold(self.block.vocabulary, self.block.text):
            return found
        for at in beginnings(self.block.words):
            if at < behind:
                continue
            currency = self._currency(at)
            if currency is not None and found and currency.start < found[-1].end:
                currency = None  # "5£ 6": the sign belongs to the number in front of it
            numeral = read_numeral(self.block.atoms, at, money=currency is not None)
            if numeral is None:
                continue
            if self.guards.is_no_amount(numeral, currency is not None):
                behind = numeral.last
            else:
                one, behind = self._quantity(numeral, currency)
                found.extend([one] if one is not None else [])
        return share_units(self.block.text, found)

    def _currency(self, at: int) -> Named | None:
        """The currency in front of an atom that may begin a sum."""
        atom = self.block.atoms[at]
        if not (atom.is_figures or atom.lower in ("one", "half", "a", "-", "−")):
            return None
        return currency_before(self.block.text, atom.start)

    def _quantity(self, first: Numeral, currency: Named | None) -> tuple[Found | None, int]:
        """The quantity that a number begins, and the atom to go on with."""
        pair = pair_at(self.block, self.guards, first) if currency is None else None
        if pair is not None:
            return self._hedged(pair[0]), pair[1]
        own = unit_of(self.block, first)
        both = range_end(self.block, self.guards, first, own, currency)
        if both is None and own is None and currency is None and self.guards.is_bare_name(first):
            return None, first.last
        one = self._read(first, both[0], currency or both[1]) if both is not None else self._read(first, None, currency)
        if (both is not None and currency is not None) or own is not None or both is None:
            one = replace(one, start=currency.start if currency is not None else one.start)
        one = self._hedged(self._with_per(self._with_smaller(one)))
        return one, max(self.block.atom_from(one.end), (both[0] if both is not None else first).last)

    def _read(self, first: Numeral, second: Numeral | None, currency: Named | None) -> Found:
        """Number or range with its unit."""
        last = second if second is not None else first
        named = unit_of(self.block, last) or unit_of(self.block, first)
        if second is not None and first.scale == 1 and second.scale > 1 and first.value < second.bare:
            first = first.scaled(second.scale)
        first, last = (self._coded(numeral, named, currency) for numeral in (first, last))
        unit, measure, end = self._unit(first, last, named, currency)
        low, high = span_of(first, measure)[0], span_of(last, measure)[1]
        return Found(
            start=self.block.start(first),
            end=end,
            value=first.value,
            low=min(low, high),
            high=max(low, high),
            unit=unit,
            measure=measure,
            form="range" if second is not None else first.form,
            other=plain(last.value) if second is not None else "",
            bare=first.figures and not unit and first.form == "number" and first.scale == 1,
        )

    def _coded(self, numeral: Numeral, named: Named | None, currency: Named | None) -> Numeral:
        """A number with the scale that a currency code has in front: the M of MSEK 120 and of 120 MSEK."""
        times = (currency or named).times if (currency or named) is not None else 1  # type: ignore[union-attr]
        return numeral.scaled(Decimal(times)) if times != 1 else numeral

    def _unit(
        self, first: Numeral, last: Numeral, named: Named | None, currency: Named | None
    ) -> tuple[str, Measure, int]:
        """Unit, measure and end. A currency in front goes before whatever stands behind."""
        start, end = self.block.start(first), self.block.end(last)
        if currency is not None:
            repeats = named is not None and named.unit.measure == "money"
            return currency.unit.symbol, "money", named.end if named is not None and repeats else end
        if first.form == "multiple":
            return "", "ratio", end
        age = age_at(self.block.text, start, end)
        if age is not None:
            return age
        if named is not None:
            return named.unit.symbol, named.unit.measure, max(end, named.end)
        return "", "share" if first.form == "fraction" and first.value < 1 else "count", end

    def _with_smaller(self, one: Found) -> Found:
        """6ft 2in, six-foot-two, one hour and 20 minutes in the smaller unit; ten dollars and 50 cents in dollars."""
        if one.form not in ("number", "fraction") or one.unit not in _SMALLER:
            return one
        smaller, times = _SMALLER[one.unit]
        joint = _SMALLER_JOINT.match(self.block.text, one.end)
        if joint is None or ("," in joint.group() and one.measure == "duration"):
            return one
        at = self.block.atom_from(joint.end())
        numeral = read_numeral(self.block.atoms, at) if at < len(self.block.atoms) else None
        if numeral is None or numeral.form != "number" or not 0 < numeral.value < times:
            return one
        end = self.block.end(numeral)
        named = unit_behind(self.block.text, end)
        if named is not None and named.unit.symbol == smaller:
            end = named.end
        elif not self._may_stay_unnamed(one, joint.group(), named, end):
            return one
        value = one.value * times + numeral.value
        if one.measure == "money":
            return replace(one, end=end, value=value / times, low=value / times, high=value / times)
        return replace(one, end=end, value=value, low=value, high=value, unit=smaller)

    def _may_stay_unnamed(self, one: Found, joint: str, named: Named | None, end: int) -> bool:
        """Whether the smaller unit goes without saying: six-foot-two, "fifteen dollars fifty." """
        if named is not None:
            return False
        if one.unit == "foot":
            return joint == "-"
        spoken = self.block.text[one.end - 1].isalpha()
        return one.measure == "money" and spoken and _CLOSED.match(self.block.text, end) is not None

    def _with_per(self, one: Found) -> Found:
        """The rate that "per hour", "a barrel" or "for every 1,000 people" makes of a quantity."""
        if one.measure in ("age", "ratio") or one.form == "pair":
            return one
        if one.unit:
            per = per_behind(self.block.text, one.end)
            if per is None:
                return one
            symbol = rate_symbol(one.unit, per[0])
            named = unit_behind(f" {symbol}", 0)
            measure = named.unit.measure if named is not None and named.unit.symbol == symbol else "rate"
            # a number behind "per" stays a quantity of its own
            end = one.end if per[0][:1].isdigit() else per[1]
            return replace(one, end=end, unit=symbol, per=per[0], measure=measure)
        counted = _COUNTED.match(self.block.text, one.end)
        per = per_behind(self.block.text, counted.end() if counted else one.end)
        return replace(one, per=per[0], measure="rate") if per is not None and one.measure == "count" else one

    def _hedged(self, one: Found) -> Found:
        """With the words that make it rough or a bound."""
        before = _hedge_before().search(self.block.text, max(0, one.start - 30), one.start)
        match = before or _hedge_behind().match(self.block.text, one.end)
        return replace(one, hedge=" ".join(match[1].lower().split())) if match else one


def _alternatives(section: str) -> str:
    ordered = sorted(words(section), key=lambda phrase: (-len(phrase), phrase))
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s") for phrase in ordered)


@cache
def _hedge_before() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)({_alternatives('hedge')})\s(?:an?\s|the\s)?[A-Z]{{0,3}}\Z", re.IGNORECASE)


@cache
def _hedge_behind() -> re.Pattern[str]:
    return re.compile(rf"[\s-]({_alternatives('hedge behind')})\b", re.IGNORECASE)
