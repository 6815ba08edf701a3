"""Numbers in figures and in words, with the precision that their form prints.

A form is a function that reads one kind of number at an atom, or declines. `FORMS` has them in the order in which they
are tried; to add one, write it, put it there, and give an example in tests/extract/test_quantity_forms.py. The words
themselves are in `data/numbers.txt`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Literal

from audit.extract.atoms import Atom, bounds, values, words

Form = Literal["number", "range", "fraction", "multiple", "vague", "pair"]

_ONE = Decimal(1)
_SIGNS = {"½": "1/2", "¼": "1/4", "¾": "3/4", "⅓": "1/3", "⅔": "2/3", "⅕": "1/5", "⅖": "2/5", "⅗": "3/5", "⅘": "4/5"}
_SIGNS |= {"⅙": "1/6", "⅛": "1/8", "⅜": "3/8", "⅝": "5/8", "⅞": "7/8"}
_DASHES = ("-", "‐", "‑")
_MINUS = ("-", "−", "–")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number over atoms `first` to `last` (exclusive).

    `step` is the last printed place: 0.1 for 2.5, a million for 4 million, 0 for exact. `scale` is the word or letter
    behind it as a number, 1 where there is none. `low` and `high` stand for a vague number only.
    """

    first: int
    last: int
    value: Decimal
    step: Decimal = Decimal(0)
    figures: bool = False
    form: Form = "number"
    scale: Decimal = _ONE
    low: Decimal | None = None
    high: Decimal | None = None

    @property
    def bare(self) -> Decimal:
        """The number without its scale: 4 of 4 million."""
        return self.value / self.scale

    def scaled(self, scale: Decimal) -> Numeral:
        """The number that shares a scale with the one behind it: 4 in "4 to 5 million"."""
        low, high = (None if bound is None else bound * scale for bound in (self.low, self.high))
        step = (self.step or _ONE) * scale
        return replace(self, value=self.value * scale, step=step, scale=scale, low=low, high=high)


def read_numeral(atoms: Sequence[Atom], at: int, money: bool = False) -> Numeral | None:
    """The number that begins at an atom; None where none does. `money`: a currency stands in front ("$5m")."""
    if not may_begin(atoms[at]):
        return None
    for form in FORMS:
        numeral = form(atoms, at, money)
        if numeral is not None:
            return numeral
    return None


def may_begin(atom: Atom) -> bool:
    """Whether any number can begin with an atom: a quick look before the forms are tried one by one."""
    return atom.lower in _openers() or atom.is_figures or atom.lower.endswith("fold")


def may_hold(words: AbstractSet[str], text: str) -> bool:
    """Whether any number can stand in a text that has these words in small letters: a quick look at the whole of it."""
    return not words.isdisjoint(_needed()) or _FIGURE_OR_FOLD.search(text) is not None


def beginnings(words: Sequence[str]) -> list[int]:
    """Where in the words of a text, in small letters, a number can begin."""
    openers = _openers()
    found = []
    for at, word in enumerate(words):
        if word in openers:
            if word not in _ARTICLES or _goes_on(words, at + 1):
                found.append(at)
        elif word[0] in _FIRST_SIGNS or word.endswith("fold"):
            found.append(at)
    return found


def _goes_on(words: Sequence[str], at: int) -> bool:
    """Whether a word behind "a" makes a number of both: a few, a third, a-hundred."""
    following = words[at] if at < len(words) else ""
    if following in _DASHES and at + 1 < len(words):
        following = words[at + 1]
    return following in _behind_article()


_ARTICLES = ("a", "an")
_FIRST_SIGNS = "0123456789."  # what figures begin with; a full stop may be one
_FIGURE_OR_FOLD = re.compile(r"\d|[Ff][Oo][Ll][Dd]")


@cache
def _needed() -> frozenset[str]:
    """Words of which every number without figures has one: openers, or what follows those that cannot stand alone."""
    alone = (values(section) for section in ("small", "tens", "multiple", "vague"))
    return frozenset().union(*alone, _parts_and_scales(), _SIGNS, ("minus", "negative", "nought"))


@cache
def _behind_article() -> frozenset[str]:
    return _parts_and_scales().union(phrase.split()[0] for phrase in bounds("vague times"))


@cache
def _parts_and_scales() -> frozenset[str]:
    """The words of fractions and of scales, one and many."""
    both = {*values("denominator"), *values("scale")}
    return frozenset(both | {f"{word}s" for word in both})


@cache
def _openers() -> frozenset[str]:
    """The words and signs, without figures, that one of the forms takes for the beginning of a number."""
    listed = (values(section) for section in ("small", "tens", "multiple", "vague"))
    phrases = (phrase.split()[0] for phrase in bounds("vague times"))
    others = ("a", "an", "half", "quarter", "minus", "negative", "nought")
    return frozenset().union(*listed, phrases, others, _SIGNS, _MINUS)


def _lower(atoms: Sequence[Atom], at: int) -> str:
    return atoms[at].lower if 0 <= at < len(atoms) else ""


def _skip_dash(atoms: Sequence[Atom], at: int) -> int:
    """The atom behind a hyphen, or the same one."""
    return at + 1 if at < len(atoms) and atoms[at].text in _DASHES else at


# --- Figures ---------------------------------------------------------------------------------------------------------


def _figures(atoms: Sequence[Atom], at: int, money: bool) -> Numeral | None:
    """10,000; 2.5; 2½; 4 million; £2.4bn; 1.2m; 3 1/2; 3/4."""
    start = at
    negative = False
    if _is_minus(atoms, at):
        negative, at = True, at + 1
        if atoms[at].text in _DASHES:
            at += 1
    if at >= len(atoms):
        return None
    fraction = _sign(atoms, at)
    if fraction is not None:
        value, last, form = fraction, at + 1, "fraction"
        step = Decimal(0)
    elif atoms[at].is_figures:
        value, step, last, form = _decimal(atoms, at)
    else:
        return None
    added = _and_a_part(atoms, last)
    value, last = (value + added[0], added[1]) if added else (value, last)
    numeral = Numeral(start, last, value, step, figures=True, form="fraction" if form == "fraction" else "number")
    numeral = _with_scales(atoms, numeral, money)
    return replace(numeral, value=-numeral.value) if negative else numeral


def _is_minus(atoms: Sequence[Atom], at: int) -> bool:
    """A minus in front of figures: "-5" behind a blank, "minus 5", "minus-5"."""
    behind = _skip_dash(atoms, at + 1) if _lower(atoms, at) == "minus" else at + 1
    if behind >= len(atoms) or not atoms[behind].is_figures:
        return False
    if _lower(atoms, at) == "minus":
        return at == 0 or not atoms[at - 1].is_figures
    touches = atoms[at].end == atoms[at + 1].start
    free = at == 0 or atoms[at - 1].end < atoms[at].start or atoms[at - 1].text in ("(", "[", "$", "£", "€")
    return atoms[at].text in _MINUS and touches and free


def _decimal(atoms: Sequence[Atom], at: int) -> tuple[Decimal, Decimal, int, str]:
    """Value, last printed place, the atom behind, and whether it is a fraction."""
    digits = atoms[at].digits
    value, places = Decimal(digits), len(digits.partition(".")[2])
    step = _ONE.scaleb(-places) if places else Decimal(0)
    if at + 1 < len(atoms) and (part := _sign(atoms, at + 1)) is not None:
        return value + part, step, at + 2, "number"  # 2½
    own = _slashed(atoms, at)
    if own is not None:
        return own, Decimal(0), at + 3, "fraction"  # 3/4
    if not places and at + 1 < len(atoms) and (part := _slashed(atoms, at + 1)) is not None:
        return value + part, Decimal(0), at + 4, "number"  # 3 1/2
    return value, step, at + 1, "number"


def _sign(atoms: Sequence[Atom], at: int) -> Decimal | None:
    """The value of ½ and the like."""
    if atoms[at].text not in _SIGNS:
        return None
    top, _, bottom = _SIGNS[atoms[at].text].partition("/")
    return Decimal(top) / Decimal(bottom)


def _slashed(atoms: Sequence[Atom], at: int) -> Decimal | None:
    """1/2, 3/4, 2/3: a proper fraction with a small denominator, and no date like 9/11."""
    if at + 2 >= len(atoms) or atoms[at + 1].text not in ("/", "⁄") or not atoms[at].text.isdigit():
        return None
    touching = atoms[at].end == atoms[at + 1].start and atoms[at + 1].end == atoms[at + 2].start
    if not touching or atoms[at + 2].text not in ("2", "3", "4", "5", "8", "10", "16", "32", "64", "100", "128"):
        return None
    top, bottom = Decimal(atoms[at].text), Decimal(atoms[at + 2].text)
    return top / bottom if 0 < top < bottom and _lower(atoms, at + 3) != "/" else None


def _with_scales(atoms: Sequence[Atom], numeral: Numeral, money: bool) -> Numeral:
    """The number times every scale behind it: 300 thousand, 5 hundred million, 1.2m."""
    while True:
        at = _skip_dash(atoms, numeral.last)
        scale = _scale(atoms, at, numeral.last == at and money, money)
        if scale is None:
            return numeral
        step = Decimal(0) if scale in (12, 100) and not numeral.step else (numeral.step or _ONE) * scale
        numeral = replace(
            numeral, last=at + 1, value=numeral.value * scale, step=step, scale=numeral.scale * scale, form="number"
        )


def _scale(atoms: Sequence[Atom], at: int, apart: bool, money: bool) -> Decimal | None:
    """The scale that an atom is: a word, or letters that touch the figures; behind a currency also with a blank."""
    if at >= len(atoms) or at == 0:
        return None
    word = atoms[at].lower
    if word in values("scale"):
        return values("scale")[word]
    if word not in values("short scale"):
        return None
    touches = atoms[at - 1].end == atoms[at].start and atoms[at - 1].text not in _DASHES
    if word == "m" and not _is_million(atoms, at, touches, money):
        return None
    if word == "b" and not touches:
        return None
    if word == "k" and not touches:
        return None
    return values("short scale")[word] if touches or apart or len(word) > 1 else None


def _is_million(atoms: Sequence[Atom], at: int, touches: bool, money: bool) -> bool:
    """ "5m" behind a currency or in front of a plural is five million; "5m wide" and "a drop of 5m" are metres."""
    if money or (touches and atoms[at].text == "M"):
        return True
    following = _lower(atoms, at + 1)
    return (
        touches and following not in words("metre cue") and (following.endswith("s") or following in ("people", "of"))
    )


def _and_a_part(atoms: Sequence[Atom], at: int) -> tuple[Decimal, int] | None:
    """A part added in words, with the atom behind it: "and a half", "and three quarters", "and two-thirds"."""
    at_top = _skip_dash(atoms, at)
    if _lower(atoms, at_top) != "and":
        return None
    top_at = _skip_dash(atoms, at_top + 1)
    top = _lower(atoms, top_at)
    count = _ONE if top in ("a", "one") else values("small").get(top)
    bottom_at = _skip_dash(atoms, top_at + 1)
    bottom = _denominator(_lower(atoms, bottom_at))
    if count is None or bottom is None or not 0 < count < bottom:
        return None
    return count / bottom, bottom_at + 1


# --- Words -----------------------------------------------------------------------------------------------------------


def _worded(atoms: Sequence[Atom], at: int, money: bool) -> Numeral | None:
    """forty-two; twelve hundred; two hundred and two thousand; three and a half million; two dozen; minus ten."""
    if _lower(atoms, at) in ("minus", "negative"):
        inner = _worded(atoms, at + 1, money) if at + 1 < len(atoms) else None
        return replace(inner, first=at, value=-inner.value) if inner is not None and inner.first == at + 1 else None
    if _lower(atoms, at) == "nought":
        return Numeral(at, at + 1, Decimal(0))
    total, group, last, scale, small = Decimal(0), Decimal(0), at, _ONE, True
    if _lower(atoms, at) in ("a", "an") and _lower(atoms, at + 1) in values("scale"):
        group, last = _ONE, at + 1
    if _lower(atoms, at) == "zero":
        return Numeral(at, at + 1, Decimal(0))
    while last < len(atoms):
        here = last if last == at else _joined(atoms, last)
        word = _lower(atoms, here)
        if group and here > last and (part := _and_a_part(atoms, last)):
            group, last = group + part[0], part[1]
            continue
        if word in values("small") and _fits_small(group, values("small")[word]):
            group += values("small")[word]
        elif word in values("tens") and group % 100 == 0:
            group += values("tens")[word]
        elif word in ("hundred", "dozen") and group:
            group, scale = group * values("scale")[word], values("scale")[word]
        elif word in values("scale") and group:
            scale = values("scale")[word]
            total, group, small = total + group * scale, Decimal(0), False
        elif group and (part := _and_a_part(atoms, last)):
            group, here = group + part[0], part[1] - 1
        else:
            break
        last = here + 1
    value = total + group
    if not value:
        return None
    exact = small or bool(group)
    step = Decimal(0) if exact else (scale / 2 if value % scale else scale)
    return Numeral(at, last, value, step, scale=_ONE if exact else scale)


def _fits_small(group: Decimal, value: Decimal) -> bool:
    """Whether a word from one to nineteen can go on a group: behind a hundred, or behind tens if below ten."""
    if group % 100 == 0:
        return True
    return group % 10 == 0 and group % 100 >= 20 and 0 < value < 10


def _joined(atoms: Sequence[Atom], at: int) -> int:
    """The atom behind a hyphen or an "and" that stands inside a number in words."""
    if atoms[at].text in _DASHES:
        return at + 1
    after_scale = _lower(atoms, at - 1) in values("scale") and _lower(atoms, at - 1) != "dozen"
    following = _lower(atoms, at + 1)
    if atoms[at].lower == "and" and after_scale and (following in values("small") or following in values("tens")):
        return at + 1
    return at


# --- Fractions, multiples, vague numbers -----------------------------------------------------------------------------


def _denominator(word: str) -> Decimal | None:
    return values("denominator").get(word) or values("denominator").get(word.removesuffix("s"))


def _fraction(atoms: Sequence[Atom], at: int, money: bool) -> Numeral | None:
    """two-thirds; a fifth of; one-half; three quarters of; half a million; a quarter million; half of; by half."""
    top = _lower(atoms, at)
    if top in ("half", "quarter"):
        return _part_of_scale(atoms, at) or (_bare_half(atoms, at) if top == "half" else None)
    count = _ONE if top in ("a", "one") else values("small").get(top)
    if count is None:
        return None
    bottom_at = _skip_dash(atoms, at + 1)
    bottom = _denominator(_lower(atoms, bottom_at))
    if bottom is None or not 0 < count < bottom * 10:
        return None
    word, following = _lower(atoms, bottom_at), _lower(atoms, bottom_at + 1)
    if scaled := _part_of_scale(atoms, bottom_at):
        return replace(scaled, first=at, value=scaled.value * count)
    plural = count > 1 and (word.endswith("s") or bottom_at > at + 1)
    before = _lower(atoms, at - 1)
    ends = before in ("by", "nearly", "almost", "about", "over", "than", "only") and not following.isalpha()
    ends = ends or _is_size_of_change(atoms, at)
    says_whole = ends or following in ("of", "the") or (following in ("more", "less", "fewer", "higher", "lower", "as"))
    if word.startswith("quarter"):
        says_whole = ends or following == "of"
        plural = plural and (following == "of" or bottom_at > at + 1)
    if not (plural or says_whole or (bottom_at > at + 1 and top == "one" and following not in ("time", "year"))):
        return None
    return Numeral(at, bottom_at + 1, count / bottom, form="fraction")


def _is_size_of_change(atoms: Sequence[Atom], at: int) -> bool:
    """ "An increase of a fifth in", "down by a third since": the fraction says how far it went."""
    before, governor = _lower(atoms, at - 1), _lower(atoms, at - 2)
    changes = words("rise") | words("fall")
    return (before == "of" and governor in changes) or (before == "by" and governor.removesuffix("d") in changes)


def _part_of_scale(atoms: Sequence[Atom], at: int) -> Numeral | None:
    """half a million, half-million, quarter of a billion, half a dozen: a part of one scale."""
    bottom = _denominator(_lower(atoms, at))
    if bottom is None:
        return None
    to = at + 1
    if _lower(atoms, to) == "of":
        to += 1
    to = to + 1 if _lower(atoms, to) in ("a", "an") else _skip_dash(atoms, to)
    scale = values("scale").get(_lower(atoms, to))
    if scale is None or scale == 100 or _lower(atoms, to - 1) == "of" or bottom in (20, 50, 100):
        return None
    return Numeral(at, to + 1, scale / bottom, scale / bottom / 5 if scale > 12 else Decimal(0))


def _bare_half(atoms: Sequence[Atom], at: int) -> Numeral | None:
    """ "half" where it is a share or a part: half of, half the, half an hour, by half, nearly half."""
    before, following = _lower(atoms, at - 1), _lower(atoms, at + 1)
    if before in ("first", "second", "other", "better", "the", "opening", "final", "-", "top", "bottom", "and"):
        return None
    if following in ("a", "an"):
        return Numeral(at, at + 2, Decimal("0.5"), form="fraction")
    if following in ("of", "the", "its", "their", "his", "her", "our", "my", "your", "that", "this", "all", "as"):
        return Numeral(at, at + 1, Decimal("0.5"), form="fraction")
    stands = before in ("by", "than", "nearly", "almost", "about", "over", "under", "in", "only", "around", "roughly")
    if stands and (before != "in" or not following.isalpha()) and following not in _DASHES:
        return Numeral(at, at + 1, Decimal("0.5"), form="fraction")
    return None


def _multiple(atoms: Sequence[Atom], at: int, money: bool) -> Numeral | None:
    """twice; doubled; sixfold; ten-fold; 3x."""
    word = atoms[at].lower
    if word in values("multiple"):
        return _plain_multiple(atoms, at)
    if word.endswith("fold") and word[:-4] in values("small"):
        return Numeral(at, at + 1, values("small")[word[:-4]], form="multiple")
    count = Decimal(atoms[at].digits) if atoms[at].is_figures else values("small").get(word)
    count = values("tens").get(word) if count is None else count
    behind = _skip_dash(atoms, at + 1)
    if count is None or behind >= len(atoms):
        return None
    times = atoms[behind].lower == "x" and atoms[at].end == atoms[behind].start and not _figure_at(atoms, behind + 1)
    if atoms[behind].lower == "fold" or (times and atoms[at].is_figures):
        return Numeral(at, behind + 1, count, figures=atoms[at].is_figures, form="multiple")
    return None


def _plain_multiple(atoms: Sequence[Atom], at: int) -> Numeral | None:
    """ "double" and "triple" are adjectives in names of things: only "double the" and the verbs count."""
    word, following = atoms[at].lower, _lower(atoms, at + 1)
    if word in ("double", "triple", "treble", "quadruple") and following not in ("the", "that", "its", "their", "to"):
        return None
    if word == "halves" or (word == "twice" and following in ("-", "before")):
        return None
    return Numeral(at, at + 1, values("multiple")[word], form="multiple")


def _figure_at(atoms: Sequence[Atom], at: int) -> bool:
    return at < len(atoms) and atoms[at].is_figures


def _vague(atoms: Sequence[Atom], at: int, money: bool) -> Numeral | None:
    """dozens; tens of thousands; several hundred; a few million; hundreds of thousands."""
    start, first = at, at + 1 if _lower(atoms, at) == "a" else at
    if _lower(atoms, first) not in _vague_openers():
        return None
    for length in (2, 1):
        phrase = " ".join(_lower(atoms, first + step) for step in range(length))
        scale_at = first + length
        scale = _plural_scale(_lower(atoms, scale_at))
        if phrase in bounds("vague times") and scale is not None and scale_at < len(atoms):
            low, high = (bound * scale for bound in bounds("vague times")[phrase])
            return Numeral(start, scale_at + 1, low, form="vague", low=low, high=high)
    word = atoms[at].lower
    if word not in values("vague"):
        return None
    low = values("vague")[word]
    if word == "scores" and _lower(atoms, at + 1) != "of":
        return None
    return Numeral(at, at + 1, low, form="vague", low=low, high=low * 10)


@cache
def _vague_openers() -> frozenset[str]:
    return frozenset(values("vague")).union(phrase.split()[0] for phrase in bounds("vague times"))


def _plural_scale(word: str) -> Decimal | None:
    return values("scale").get(word) or values("scale").get(word.removesuffix("s"))


Reader = Callable[[Sequence[Atom], int, bool], Numeral | None]

FORMS: tuple[Reader, ...] = (_vague, _multiple, _fraction, _figures, _worded)
