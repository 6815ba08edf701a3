"""What the parts of the grammar of quantities share: the text of a block with its atoms, and what is read off it."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from audit.extract.atoms import Atom, placed, words_in
from audit.extract.numerals import Form, Numeral
from audit.records.claims import Measure

_SENTENCE = re.compile(r"[.!?;]\s")
_LEAD = re.compile(
    r"(?<!\w)(between|from|by|of)\s(?:(?:about|around|some|roughly|an?|the)\s)?\W{0,3}[A-Z]{0,3}\W?\Z", re.IGNORECASE
)
# What is measured and not counted: a whole number of it is rounded.
ROUNDED: frozenset[Measure] = frozenset(
    ["share", "points", "length", "area", "volume", "mass", "speed", "power", "energy", "temperature"]
)
_FRACTION_ROOM = Decimal("0.02")  # a third is said of anything from 31 to 35 percent


@dataclass(frozen=True, slots=True)
class Found:
    """A quantity that the grammar has read; offsets in the block.

    `other` is the second number of a pair or range. `bare`: figures without unit, which might be part of a name.
    """

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
    bare: bool = False


class BlockText:
    """The text of one block and its atoms."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._written = words_in(text)
        self.words: Sequence[str] = [word.lower() for word in self._written]  # the atoms in small letters
        self.vocabulary = frozenset(self.words)

    @cached_property
    def atoms(self) -> Sequence[Atom]:
        """The atoms with their places; most blocks hold no number, and these are not asked for."""
        return placed(self._written, self.text)

    @cached_property
    def _starts(self) -> list[int]:
        return [atom.start for atom in self.atoms]

    def atom_from(self, offset: int) -> int:
        """The first atom that begins at an offset or behind it; their number where there is none."""
        return bisect.bisect_left(self._starts, offset)

    def word(self, at: int) -> str:
        """An atom in small letters, "" outside the block."""
        return self.words[at] if 0 <= at < len(self.words) else ""

    def start(self, numeral: Numeral) -> int:
        return self.atoms[numeral.first].start

    def end(self, numeral: Numeral) -> int:
        return self.atoms[numeral.last - 1].end

    def before(self, offset: int, length: int) -> str:
        """So many characters in front of an offset, without those of the sentence before."""
        return _SENTENCE.split(self.text[max(0, offset - length) : offset])[-1]

    def lead(self, numeral: Numeral) -> str:
        """The preposition in front of a number, its hedge and its currency left out."""
        match = _LEAD.search(self.before(self.start(numeral), 30))
        return match[1].lower() if match else ""


def span_of(numeral: Numeral, measure: Measure) -> tuple[Decimal, Decimal]:
    """What the printed form allows: half of its last place to either side; a bare whole number is exact."""
    if numeral.low is not None and numeral.high is not None:
        return numeral.low, numeral.high
    step = numeral.step
    if numeral.form == "fraction" and measure == "share":
        step = 2 * _FRACTION_ROOM
    if not step and numeral.form == "number" and measure in ROUNDED and numeral.value == int(numeral.value):
        step = Decimal(1)
    return numeral.value - step / 2, numeral.value + step / 2


def plain(value: Decimal) -> str:
    """Without exponent and trailing zeros: 4000000, 2.5."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
