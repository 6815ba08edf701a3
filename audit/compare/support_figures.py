"""Numbers in a headline, a caption or a summary that its story does not have in any form."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from audit.extract.atoms import Atom, atoms_in
from audit.extract.numerals import read_numeral

_ORDINALS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_ORDINAL = {word: Decimal(value) for value, word in enumerate(_ORDINALS.split())}
_OTHER = {
    "once": Decimal(1), "twice": Decimal(2), "couple": Decimal(2), "pair": Decimal(2), "both": Decimal(2),
    "twin": Decimal(2), "twins": Decimal(2), "duo": Decimal(2), "double": Decimal(2), "brace": Decimal(2),
    "trio": Decimal(3), "triple": Decimal(3), "hat-trick": Decimal(3), "treble": Decimal(3), "quartet": Decimal(4),
    "dozen": Decimal(12), "decade": Decimal(10), "century": Decimal(100), "centuries": Decimal(100),
    "fortnight": Decimal(14), "half": Decimal(50), "quarter": Decimal(25), "hundred": Decimal(100),
    "thousand": Decimal(1000), "million": Decimal(10**6), "billion": Decimal(10**9),
}  # fmt: skip
_CURRENCIES = ("$", "£", "€")
_MORE = re.compile(r"(?:more than|over|at least|above|exceeds?|tops?|upwards of|beyond|\+)\W*[£$€]?\s*$", re.I)
_LESS = re.compile(
    r"(?:nearly|almost|under|less than|fewer than|below|up to|just short of|close to)\W*[£$€]?\s*$", re.I
)
_BEFORE = 24  # characters in front of a number that may hedge it
_ORDINAL_END = re.compile(r"(?:st|nd|rd|th)\b")
_ABOUT = re.compile(r"(?:about|around|some|roughly|approximately|circa|c\.|an estimated|~)\W*[£$€]?\s*$", re.I)


@dataclass(frozen=True)
class Figure:
    """A number of a text with what its form allows; offsets in the text."""

    start: int
    end: int
    value: Decimal
    low: Decimal
    high: Decimal
    ordinal: bool = False


def figures_in(text: str) -> Iterator[Figure]:
    """Every number of a text, in figures or words, ordinals too."""
    atoms = atoms_in(text)
    at = 0
    while at < len(atoms):
        number = read_numeral(atoms, at, money=at > 0 and atoms[at - 1].text in _CURRENCIES)
        if number is not None and number.form == "number":
            start, end = atoms[number.first].start, atoms[number.last - 1].end
            value, spread = abs(number.value), _spread(abs(number.value), number.step)
            ordinal = _ORDINAL_END.match(text, end) is not None
            low, high = _widened(text[max(start - _BEFORE, 0) : start], value, value - spread, value + spread)
            yield Figure(start, end, value, low, high, ordinal)
            at = number.last
            continue
        value_of = _ORDINAL.get(atoms[at].lower)
        if value_of is not None:
            yield Figure(atoms[at].start, atoms[at].end, value_of, value_of, value_of, True)
        at += 1


def _spread(value: Decimal, step: Decimal) -> Decimal:
    """Half of the last place that is printed; zeros at the end of a large round number count as rounding."""
    if step:
        return step / 2
    if value < 100 or value != value.to_integral_value():
        return Decimal(0)
    digits = str(int(value))
    zeros = len(digits) - len(digits.rstrip("0"))
    return Decimal(10) ** min(zeros, len(digits) - 1) / 2 if zeros else Decimal(0)


def _widened(before: str, value: Decimal, low: Decimal, high: Decimal) -> tuple[Decimal, Decimal]:
    if _MORE.search(before):
        return low, max(high, value * Decimal("1.5"))
    if _LESS.search(before):
        return min(low, value * Decimal("0.6")), high
    if _ABOUT.search(before):
        return min(low, value * Decimal("0.85")), max(high, value * Decimal("1.15"))
    return low, high


class Figures:
    """The numbers of a story, looked up by range."""

    def __init__(self, texts: Sequence[str]) -> None:
        found: list[tuple[Decimal, Decimal]] = []
        values: set[Decimal] = set()
        for text in texts:
            for figure in figures_in(text):
                found.append((figure.low, figure.high))
                values.add(figure.value)
            for atom in _words(text):
                found.append((_OTHER[atom.lower], _OTHER[atom.lower]))
        self._sorted = sorted(found)
        self._lows = [low for low, _ in self._sorted]
        self._widest = max((high - low for low, high in found), default=Decimal(0))
        self._values = values

    def knows(self, figure: Figure) -> bool:
        """Whether the story has a number that this one may print."""
        if any(self._has(figure.low * scale, figure.high * scale) for scale in (1, 1000, 10**6, 10**9)):
            return True
        return figure.value >= 20 and self._is_derived(figure.value)

    def _has(self, low: Decimal, high: Decimal) -> bool:
        at = bisect.bisect_left(self._lows, low - self._widest)
        for below, above in self._sorted[at : bisect.bisect_right(self._lows, high)]:
            if above >= low and below <= high:
                return True
        return False

    def _is_derived(self, value: Decimal) -> bool:
        """Whether it is the sum or the difference of two numbers of the story."""
        return any(value - one in self._values or value + one in self._values for one in self._values)


def _words(text: str) -> Iterator[Atom]:
    return (atom for atom in atoms_in(text.replace("hat-trick", "treble")) if atom.lower in _OTHER)
