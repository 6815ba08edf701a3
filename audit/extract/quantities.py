"""Numbers with their unit, hedge and what they count.

A small grammar over words, figures and signs: hedge, currency, number or range, unit. Left out: dates and years,
ordinals, times of day, results and other pairs, numbers that name something (Section 12, COVID-19).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from audit.extract.annotate import Annotated, Token
from audit.extract.dates import date_spans
from audit.extract.numerals import Atom, Numeral, atoms_in, read_numeral
from audit.extract.quantity_binding import Binder
from audit.records import Block, Quantity
from audit.records.claims import Measure

_UNREAD = frozenset({"boilerplate", "stage", "byline", "dateline"})
_CURRENCIES = {"$": "USD", "£": "GBP", "€": "EUR", "¥": "JPY", "₹": "INR"}
_UNIT_NAMES: tuple[tuple[str, Measure, str], ...] = (
    ("%", "share", "% percent pct"),
    ("USD", "money", "dollar dollars"),
    ("EUR", "money", "euro euros"),
    ("cent", "money", "cent cents"),
    ("penny", "money", "pence penny"),
    ("pound", "other", "pound pounds lb lbs"),
    ("km", "length", "km kilometre kilometres kilometer kilometers"),
    ("m", "length", "metre metres meter meters"),
    ("cm", "length", "cm centimetre centimetres centimeter centimeters"),
    ("mm", "length", "mm millimetre millimetres millimeter millimeters"),
    ("mile", "length", "mile miles"),
    ("foot", "length", "foot feet ft"),
    ("inch", "length", "inch inches"),
    ("yard", "length", "yard yards"),
    ("kg", "mass", "kg kilo kilos kilogram kilograms kilogramme kilogrammes"),
    ("g", "mass", "gram grams gramme grammes"),
    ("tonne", "mass", "tonne tonnes"),
    ("ton", "mass", "ton tons"),
    ("ounce", "mass", "ounce ounces oz"),
    ("second", "duration", "second seconds"),
    ("minute", "duration", "minute minutes mins"),
    ("hour", "duration", "hour hours hrs"),
    ("day", "duration", "day days"),
    ("week", "duration", "week weeks"),
    ("month", "duration", "month months"),
    ("year", "duration", "year years yrs"),
    ("decade", "duration", "decade decades"),
    ("acre", "other", "acre acres"),
    ("hectare", "other", "hectare hectares ha"),
    ("litre", "other", "litre litres liter liters"),
    ("gallon", "other", "gallon gallons"),
    ("barrel", "other", "barrel barrels"),
    ("degree", "other", "degree degrees °"),
    ("mph", "other", "mph"),
    ("MW", "other", "mw megawatt megawatts"),
    ("GW", "other", "gw gigawatt gigawatts"),
)
_UNITS = {name: (unit, measure) for unit, measure, names in _UNIT_NAMES for name in names.split()}
_HEDGE = re.compile(
    r"(?<!\w)(about|around|roughly|approximately|approx\.?|nearly|almost|some|close to|an estimated|an average of|"
    r"(?:slightly |just |well |a little |far )?(?:more|less|fewer) than|(?:just |well )?(?:over|under|above|below)|"
    r"at (?:least|most)|up to|as (?:many|much|few|little) as|no (?:more|less|fewer) than|a minimum of|a maximum of|"
    r"just short of|just shy of|upwards of|exactly|only)\s(?:an?\s|the\s)?[A-Z]{0,3}\Z",
    re.IGNORECASE,
)
_HEDGE_BEHIND = re.compile(r"(?:\s|-)(or so|or more|or fewer|or less|odd)\b")
_NAMING_WORDS = (
    "no number section article chapter page pages room route highway interstate title part phase level grade class act "
    "row line figure table step item question flight channel version type volume district precinct proposition"
)
_NAMING = frozenset(_NAMING_WORDS.split())  # a number behind these names something
_CLOCK = re.compile(r"\s?(?:[ap]\.?m\b|o['’]clock|noon)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Found:
    """A number or a range with its unit; offsets in the block."""

    start: int
    end: int
    value: Decimal
    low: Decimal
    high: Decimal
    unit: str
    measure: Measure


def find_quantities(annotated: Annotated) -> list[Quantity]:
    """The quantities of a document, in order. The value of a range is its lower end."""
    document = annotated.document
    rows: list[tuple[Block, _Found]] = []
    dates: list[tuple[int, int]] = []
    for block in document.blocks:
        if block.kind in _UNREAD:
            continue
        reader = _Reader(document.block_text(block))
        rows.extend((block, found) for found in reader.read() if not _is_pronoun(annotated, block, found))
        dates.extend((block.start + start, block.start + end) for start, end in reader.dates)
    binder = Binder(annotated, dates)
    return [_quantity(annotated, binder, block, found, number) for number, (block, found) in enumerate(rows, start=1)]


def _quantity(annotated: Annotated, binder: Binder, block: Block, found: _Found, number: int) -> Quantity:
    document = annotated.document
    binding = binder.bind(
        block.start + found.start, block.start + found.end, is_part=found.measure in ("share", "points")
    )
    return Quantity(
        **document.place(block.start + found.start, block.start + found.end).model_dump(),
        id=f"{document.key}.quantity.{number}",
        block=block.index,
        value=_plain(found.value),
        low=_plain(found.low),
        high=_plain(found.high),
        unit=found.unit,
        measure=found.measure,
        form="number" if found.value in (found.low, (found.low + found.high) / 2) else "range",
        of=binding.of,
        of_words=binding.of_words,
        base=binding.base,
        base_words=binding.base_words,
        sentence=binding.sentence,
        subject=binding.subject,
        verb=binding.verb,
        time=binding.time,
        hedge=_hedge(document.block_text(block), found),
    )


def _plain(value: Decimal) -> str:
    """Without exponent and trailing zeros: 4000000, 2.5."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _hedge(text: str, found: _Found) -> str:
    before = _HEDGE.search(text, max(0, found.start - 40), found.start)
    behind = _HEDGE_BEHIND.match(text, found.end)
    match = before or behind
    return " ".join(match.group(1).lower().split()) if match else ""


class _Reader:
    """Reads the quantities of one block from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.atoms = atoms_in(text)
        self.dates = [(start, end) for start, end, _ in date_spans(text)] if self.atoms else []

    def read(self) -> Iterator[_Found]:
        at = 0
        while at < len(self.atoms):
            numeral = read_numeral(self.atoms, at)
            if numeral is None or not self._is_amount(numeral):
                at = numeral.last if numeral is not None else at + 1
                continue
            found, at = self._quantity(numeral)
            if found is not None:
                yield found

    def _quantity(self, first: Numeral) -> tuple[_Found | None, int]:
        """The quantity that a number begins, with where to go on."""
        second = self._range_end(first)
        last = second or first
        unit, measure, end = self._unit(last)
        start = self.atoms[first.first].start
        currency = self._currency(first.first)
        if currency is not None and measure in ("count", "other"):
            unit, measure = currency[0], "money"
            start = currency[1]
        if not unit and first.figures and second is None and (self._is_bare_year(first) or self._is_paired(first)):
            return None, last.last
        if self._is_aged(first) and measure == "count":
            unit, measure = "year", "age"
        low, high = _span(first, measure)[0], _span(last, measure)[1]
        if second is not None and second.value < first.value:
            low, high = high, low
        ending = self.atoms[end - 1].end
        return _Found(start, ending, first.value, low, high, unit, measure), max(end, last.last)

    def _range_end(self, first: Numeral) -> Numeral | None:
        """The second number of "5 to 7", "5-7 percent", "between 5 and 7"."""
        at = first.last
        if at + 1 >= len(self.atoms):
            return None
        joint = self.atoms[at].lower
        lead = self.atoms[first.first - 1].lower if first.first else ""
        if not (joint in ("to", "-", "–", "or") or (joint == "and" and lead == "between")):
            return None
        if joint == "to" and lead in ("by", "from"):
            return None  # a change from one figure to another
        skip = 1 + (self.atoms[at + 1].text in _CURRENCIES and at + 2 < len(self.atoms))
        second = read_numeral(self.atoms, at + skip)
        if second is None or not first.value < second.value or self._in_date(self.atoms[second.first]):
            return None
        return second if joint != "or" or first.value + 1 == second.value else None

    def _unit(self, last: Numeral) -> tuple[str, Measure, int]:
        """Unit, measure and the atom behind the unit."""
        at = last.last
        words = [atom.lower for atom in self.atoms[at : at + 5]]
        hyphen = words[:1] == ["-"]
        names = words[1:] if hyphen else words
        end = at + hyphen
        if names[:1] in (["year"], ["years"]) and names[1:3] in (["-", "old"], ["-", "olds"]):
            return "year", "age", end + 3
        if names[:2] in (["year", "old"], ["years", "old"]):
            return "year", "age", end + 2
        if names[:2] in (["percentage", "point"], ["percentage", "points"]):
            return "percentage point", "points", end + 2
        if names[:2] == ["per", "cent"]:
            return "%", "share", end + 2
        if names and names[0] in _UNITS:
            unit, measure = _UNITS[names[0]]
            return unit, measure, end + 1
        return "", "count", at

    def _currency(self, at: int) -> tuple[str, int] | None:
        """Currency and offset of the sign in front of a number."""
        if not at or self.atoms[at - 1].text not in _CURRENCIES or self.atoms[at - 1].end < self.atoms[at].start - 1:
            return None
        sign = self.atoms[at - 1]
        unit = _CURRENCIES[sign.text]
        if at > 1 and self.atoms[at - 2].end == sign.start and self.atoms[at - 2].text in ("US", "C", "A", "NZ", "HK"):
            prefix = self.atoms[at - 2]
            return {"US": "USD", "C": "CAD", "A": "AUD", "NZ": "NZD", "HK": "HKD"}[prefix.text], prefix.start
        return unit, sign.start

    def _is_aged(self, numeral: Numeral) -> bool:
        """Whether a number is an age: "aged 54", or set between commas behind a name."""
        before = self.atoms[max(0, numeral.first - 2) : numeral.first]
        behind = self.atoms[numeral.last].text if numeral.last < len(self.atoms) else ""
        if before and before[-1].lower == "aged":
            return True
        between = len(before) == 2 and before[1].text == "," and before[0].text[:1].isupper() and behind in (",", ".")
        return between and 1 <= numeral.value <= 115 and numeral.figures and self._no_list(numeral)

    def _no_list(self, numeral: Numeral) -> bool:
        follower = self.atoms[numeral.last + 1] if numeral.last + 1 < len(self.atoms) else None
        return follower is None or not follower.is_figures

    # --- Guards ---

    def _is_amount(self, numeral: Numeral) -> bool:
        first, last = self.atoms[numeral.first], self.atoms[numeral.last - 1]
        if self._in_date(first) or _CLOCK.match(self.text, last.end):
            return False
        return not numeral.figures or self._stands_alone(numeral, first, last)

    def _in_date(self, atom: Atom) -> bool:
        return any(start <= atom.start < end for start, end in self.dates)

    def _stands_alone(self, numeral: Numeral, first: Atom, last: Atom) -> bool:
        """Figures that are no part of a word, an ordinal, a time, a result, an address or a name."""
        before = self.text[max(0, first.start - 2) : first.start]
        behind = self.text[last.end : last.end + 2]
        if before[-1:].isalnum() or before[-1:] in ("_", "/", "@", "#", ".", ":"):
            return False
        if before[-1:] in ("-", "–") and before[:1].isalnum():
            return False  # COVID-19, 3-2; the second half of a range is read with the first
        if behind[:1] in (":", "/") and behind[1:].isdigit():
            return False
        if behind[:1].isalpha() and not self._is_unit_letter(numeral.last):
            return False  # 21st, 1990s, 4x4
        return self.atoms[numeral.first - 1].lower not in _NAMING if numeral.first else True

    def _is_unit_letter(self, at: int) -> bool:
        return at < len(self.atoms) and self.atoms[at].lower in _UNITS

    def _is_paired(self, numeral: Numeral) -> bool:
        """Whether a dash and more figures follow: a result or a code."""
        end = self.atoms[numeral.last - 1].end
        return self.text[end : end + 1] in ("-", "–") and self.text[end + 1 : end + 2].isdigit()

    def _is_bare_year(self, numeral: Numeral) -> bool:
        text = self.atoms[numeral.first].text
        return len(text) == 4 and text.isdigit() and 1400 <= numeral.value < 2100 and numeral.last == numeral.first + 1


def _span(numeral: Numeral, measure: Measure) -> tuple[Decimal, Decimal]:
    """What the printed form allows: half of its last place to either side; a bare whole number is exact."""
    step = numeral.step
    if not step and measure in ("share", "points"):
        step = Decimal(1)
    return numeral.value - step / 2, numeral.value + step / 2


# --- What is counted -------------------------------------------------------------------------------------------------


def _tokens(annotated: Annotated, block: Block, found: _Found) -> Sequence[Token]:
    return annotated.between(block.start + found.start, block.start + found.end)


def _is_pronoun(annotated: Annotated, block: Block, found: _Found) -> bool:
    """ "One" where it stands for somebody or something and counts nothing."""
    tokens = _tokens(annotated, block, found)
    return len(tokens) == 1 and tokens[0].lower in ("one", "zero") and tokens[0].dep not in ("nummod", "compound")
