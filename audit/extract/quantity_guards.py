"""What looks like a number and is no amount: dates and times, names and codes, addresses."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence

from audit.extract.atoms import Atom, words
from audit.extract.date_reader import Found
from audit.extract.date_reading import Reading
from audit.extract.numerals import Numeral
from audit.extract.quantity_text import BlockText
from audit.extract.unit_names import unit_behind

_CLOCK = re.compile(
    r"\s?(?:[ap]\.?\s?m\b\.?|o['’]clock|noon|GMT|BST|EST|EDT|[ECMP]T\b|hours\sGMT)|h\d\d\b|:\d\d", re.IGNORECASE
)
_PLURAL = re.compile(
    r"\s(?!was\b|has\b|does\b|is\b|its\b|plus\b|versus\b|as\b)[a-z]{2,}s\b|\s(?:people|men|women|children)\b"
)
_COUNTED_TIME = re.compile(r"\d|(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b", re.IGNORECASE)
_AMOUNT_LEAD = re.compile(
    r"\b(?:(?:more|less|fewer|higher|lower)\sthan|average\sof|total\sof|up\sto|at\s(?:least|most)|as\s(?:many|much)\sas|"
    r"upwards\sof|in\sexcess\sof)\s\Z",
    re.IGNORECASE,
)
_YEAR_LEAD = re.compile(r"\b(?:(?:1\d|20)\d\d\s?(?:and|to|or|-|–|,)|A\.?D\.?|in|by|until|since|after|before)\s\Z")
_STREET = re.compile(
    r"\s(?:[A-Z][\w’'.-]+\s){1,3}(?:Road|Rd|Street|St|Avenue|Ave|Lane|Drive|Boulevard|Blvd|Square|Terrace|Way|Court|Place|Row"
    r"|Crescent|Close|Gardens|Highway)\b"
)


class Guards:
    """The guards over one block, in which certain dates have been found."""

    def __init__(self, block: BlockText, dates: Sequence[Found]) -> None:
        self._block, self._text = block, block.text
        self.dates = [
            (found.start, found.end)
            for found in dates
            if found.reading.precision != "time" and not self._is_count(found.start, found.end, found.reading)
        ]

    @property
    def _atoms(self) -> Sequence[Atom]:
        return self._block.atoms

    def _is_count(self, start: int, end: int, reading: Reading) -> bool:
        """The duration in "two years ago", and a "year" that counts something: "from 1000 to 2000 jobs"."""
        if reading.relative:
            return _COUNTED_TIME.match(self._text, start) is not None
        if reading.at.year is None or end - start != 4:
            return False
        led = _AMOUNT_LEAD.search(self._text[max(0, start - 25) : start])
        return led is not None or _PLURAL.match(self._text, end) is not None

    def is_no_amount(self, numeral: Numeral, money: bool) -> bool:
        """Whether a number is part of a date, a time, a name or a code. `money`: a currency stands in front."""
        if self.in_date(numeral) or _CLOCK.match(self._text, self._block.end(numeral)):
            return True
        if money:
            return False
        return self._is_no_figure(numeral) if numeral.figures else self._is_worded_name(numeral)

    def in_date(self, numeral: Numeral) -> bool:
        return self.is_dated(self._block.start(numeral))

    # --- Figures ---

    def _is_no_figure(self, numeral: Numeral) -> bool:
        """Figures that are part of a word, an ordinal, a time, an address, a telephone number or a name."""
        start, end = self._block.start(numeral), self._block.end(numeral)
        return (
            self._is_inside_word(start, end)
            or self._is_named(numeral)
            or _STREET.match(self._text, end) is not None
            or self._is_one_of_a_row(numeral)
        )

    def _is_inside_word(self, start: int, end: int) -> bool:
        before, behind = self._text[max(0, start - 2) : start], self._text[end : end + 3]
        if before[-1:].isalnum() or before[-1:] in ("_", "/", "@", "#", ":", "\\", "=", "^"):
            return True
        if before[-1:] in (".", "-", "–") and before[:1].isalnum():
            return True  # COVID-19; the second half of 5-7 is read with the first
        if before[-1:] == "(" and behind[:1] == ")":
            return True  # a shirt's number, a footnote, an item of a list
        if behind[:1] in ("/", "_") and behind[1:2].isdigit():
            return True
        if (behind[:1] == ":" and behind[1:3].isdigit()) or (behind[:1] == "." and behind[1:2].isdigit()):
            return True  # a time, a version, an address
        return behind[:1].isalpha() and not self._has_unit(end)  # 21st, 1990s, 4x4

    def _has_unit(self, end: int) -> bool:
        """Whether letters that touch figures are a unit; the "s" of "1970s" is none."""
        named = unit_behind(self._text, end)
        decade = named is not None and named.name == "s" and self._text[end - 1] == "0"
        return named is not None and named.start == end and not decade

    def _is_named(self, numeral: Numeral) -> bool:
        """Whether the word in front makes the number a name: Section 12, No. 5, Highway 9, iPhone 12."""
        at = numeral.first - 1
        word = self._block.word(at)
        if word == "." and self._block.word(at - 1) in ("no", "nos", "op", "apt", "prop", "ext"):
            at, word = at - 1, f"{self._block.word(at - 1)}."
        if at < 0 or self._block.start(numeral) - self._atoms[at].end > 2:
            return False
        text = self._atoms[at].text
        return word in words("naming") or (text[:1].islower() and text != word and text.isalpha())

    def _is_one_of_a_row(self, numeral: Numeral) -> bool:
        """Whether figures are parted by nothing but a blank from other figures: 020 7946 0958."""
        if numeral.scale > 1 or "/" in self._text[self._block.start(numeral) : self._block.end(numeral)]:
            return False
        first, last = numeral.first, numeral.last
        led = first > 0 and self._atoms[first - 1].is_figures and not self.is_dated(self._atoms[first - 1].start)
        followed = (
            last < len(self._atoms) and self._atoms[last].is_figures and not self.is_dated(self._atoms[last].start)
        )
        return (
            led
            or followed
            or (
                len(self._atoms[first].text) > 1
                and self._atoms[first].text.isdigit()
                and self._atoms[first].text[0] == "0"
            )
        )

    def is_dated(self, start: int) -> bool:
        """Whether an offset lies inside a date."""
        at = bisect.bisect_right(self.dates, (start, len(self._text))) - 1
        return at >= 0 and self.dates[at][0] <= start < self.dates[at][1]

    # --- Words ---

    def _is_worded_name(self, numeral: Numeral) -> bool:
        """The Big Three, Phase Two; "one" where it is no number."""
        at = numeral.first
        first, before, following = self._atoms[at], self._block.word(at - 1), self._block.word(numeral.last)
        if first.text[0].isupper() and at and numeral.form != "vague":
            front = self._atoms[at - 1].text
            if front[:1].isupper() and front.isalpha() and not front.isupper():
                return True
        if numeral.value == 1 and numeral.form == "number" and numeral.last == at + 1:
            return (
                before in words("before one")
                or following in words("behind one")
                or (self._text[first.end : first.end + 1] == "-" and (unit_behind(self._text, first.end) is None))
            )
        return before in words("naming word")

    # --- Years and codes ---

    def is_bare_name(self, numeral: Numeral) -> bool:
        """Whether figures without a unit are a year, or begin a code."""
        if not numeral.figures or numeral.scale > 1:
            return False
        return self.is_bare_year(numeral) or self._is_dashed(numeral)

    def is_bare_year(self, numeral: Numeral) -> bool:
        """Whether four figures without a comma are a year: they count nothing and are led by nothing that counts."""
        text, start = self._atoms[numeral.first].text, self._block.start(numeral)
        if numeral.last != numeral.first + 1 or len(text) != 4 or not text.isdigit():
            return False
        if not 1400 <= numeral.value < 2100 and not (
            1000 <= numeral.value < 2200 and _YEAR_LEAD.search(self._text[max(0, start - 12) : start])
        ):
            return False
        counted = _AMOUNT_LEAD.search(self._text[max(0, start - 25) : start])
        return counted is None and _PLURAL.match(self._text, self._block.end(numeral)) is None

    def _is_dashed(self, numeral: Numeral) -> bool:
        end = self._block.end(numeral)
        return self._text[end : end + 1] in ("-", "–") and self._text[end + 1 : end + 2].isdigit()

    def is_code(self, first: Numeral, second: Numeral) -> bool:
        """Whether two joined numbers are part of a longer chain: 555-0199, 1-2-3."""
        start, end = self._block.start(first), self._block.end(second)
        chained = self._text[end : end + 1] in ("-", "–", ":", "/") and self._text[end + 1 : end + 2].isalnum()
        led = start > 0 and self._text[start - 1] in ("-", "–", ":", "+")
        padded = self._atoms[second.first].text
        return chained or led or (padded.startswith("0") and len(padded) > 1)
