"""Numbers in figures and in words, with the precision that their form prints."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

_ATOM = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d{1,12})?(?!\d)|\d{1,18}(?:\.\d{1,12})?|[^\W\d_]+|[^\w\s]")
_SMALL_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SMALL = {word: Decimal(value) for value, word in enumerate(_SMALL_WORDS.split())}
_TENS = {word: Decimal(10 * value) for value, word in enumerate(_TENS_WORDS.split(), start=2)}
SCALES = {
    "hundred": Decimal(100),
    "thousand": Decimal(1000),
    "million": Decimal(10**6),
    "billion": Decimal(10**9),
    "trillion": Decimal(10**12),
}
_SHORT_SCALES = {
    "k": Decimal(1000),
    "m": Decimal(10**6),
    "mn": Decimal(10**6),
    "bn": Decimal(10**9),
    "b": Decimal(10**9),
    "tn": Decimal(10**12),
}
_HALVES = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}


@dataclass(frozen=True, slots=True)
class Atom:
    """A word, a number in figures or a sign; offsets in the text it comes from."""

    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        return self.text.lower()

    @property
    def is_figures(self) -> bool:
        return self.text[0].isdigit() and self.text[0] not in _HALVES


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number over atoms `first` to `last` (exclusive). `step` is the last printed place: 0.1 for 2.5, 0 for exact."""

    first: int
    last: int
    value: Decimal
    step: Decimal
    figures: bool


def atoms_in(text: str) -> list[Atom]:
    """The words, figures and signs of a text, in order."""
    return [Atom(match.group(), match.start(), match.end()) for match in _ATOM.finditer(text)]


def read_numeral(atoms: Sequence[Atom], at: int) -> Numeral | None:
    """The number that begins at an atom; None where none does."""
    atom = atoms[at]
    return _figures(atoms, at) if atom.is_figures else _words(atoms, at)


def _figures(atoms: Sequence[Atom], at: int) -> Numeral:
    digits = atoms[at].text.replace(",", "")
    value = Decimal(digits)
    places = len(digits.partition(".")[2])
    step = Decimal(1).scaleb(-places) if places else Decimal(0)
    last = at + 1
    if last < len(atoms) and atoms[last].text in _HALVES:
        value, last = value + _HALVES[atoms[last].text], last + 1
    value, half = _and_a_half(atoms, last, value)
    last += half
    while last < len(atoms):
        scale = _scale(atoms, last)
        if scale is None:
            break
        value, step = value * scale, (step or Decimal(1)) * scale
        last += 1
    return Numeral(at, last, value, step, True)


def _scale(atoms: Sequence[Atom], at: int) -> Decimal | None:
    """The scale that an atom is: a word behind a blank or hyphen, or letters that touch the figures."""
    atom = atoms[at]
    if atom.lower in SCALES:
        return SCALES[atom.lower]
    touches = atoms[at - 1].end == atom.start
    return _SHORT_SCALES.get(atom.lower) if touches or atom.lower in ("bn", "mn", "tn") else None


def _and_a_half(atoms: Sequence[Atom], at: int, value: Decimal) -> tuple[Decimal, int]:
    """A half added by words behind a number, and how many atoms that takes."""
    if [atom.lower for atom in atoms[at : at + 3]] == ["and", "a", "half"]:
        return value + Decimal("0.5"), 3
    return value, 0


def _words(atoms: Sequence[Atom], at: int) -> Numeral | None:
    """A number in words: forty-two, twelve hundred, three and a half million, two dozen, a hundred."""
    total, group, last = Decimal(0), Decimal(0), at
    scaled = False
    if atoms[at].lower in ("a", "an") and at + 1 < len(atoms) and atoms[at + 1].lower in {**SCALES, "dozen": 12}:
        group, last = Decimal(1), at + 1
    while last < len(atoms):
        word = atoms[last].lower
        if word in _SMALL and group % 10 == 0 and not (group % 100 and _SMALL[word] >= 10):
            group += _SMALL[word]
        elif word in _TENS and group % 100 == 0:
            group += _TENS[word]
        elif word == "hundred" and group:
            group *= 100
        elif word == "dozen" and group:
            group *= 12
        elif word in SCALES and word != "hundred" and group:
            total, group, scaled = total + group * SCALES[word], Decimal(0), True
        elif group and (half := _and_a_half(atoms, last, group))[1]:
            group, last = half[0], last + 2
        elif not (last > at and _goes_on(atoms, last)):
            break
        last += 1
    value = total + group
    if last == at or (not value and atoms[at].lower != "zero"):
        return None
    step = SCALES.get(atoms[last - 1].lower, Decimal(0)) if scaled and not group else Decimal(0)
    return Numeral(at, last, value, step / 2 if value % (step or 1) else step, False)


def _goes_on(atoms: Sequence[Atom], at: int) -> bool:
    """Whether a hyphen or "and" stands inside a number in words."""
    if at + 1 >= len(atoms):
        return False
    following = atoms[at + 1].lower
    if atoms[at].text == "-":
        return following in _SMALL or following in _TENS or following in SCALES
    within = atoms[at - 1].lower in SCALES
    return atoms[at].lower == "and" and within and (following in _SMALL or following in _TENS)
