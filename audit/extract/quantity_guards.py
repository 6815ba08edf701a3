"""What looks like a number and is no amount: dates and times, names and codes, and units that mean something else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from audit.extract.atoms import Atom, words
from audit.extract.dates import Fields, date_spans
from audit.extract.numerals import Numeral
from audit.extract.unit_names import Named, unit_behind
from audit.extract.units import units

_CLOCK = re.compile(r"\s?(?:[ap]\.?\s?m\b\.?|o['’]clock|noon|GMT|BST|EST|EDT|[ECMP]T\b|hours\sGMT)|h\d\d\b|:\d\d", re.I)
_SENTENCE = re.compile(r"[.!?;]\s")
_MASS_BEFORE = re.compile(r"\b(?:weigh\w*|heavier|lighter|lost|gained|shed|bench|lift\w*|carry\w*|bag|body)\b", re.I)
_MASS_BEHIND = re.compile(
    r"\s(?:of\s(?!(?:debt|taxpayers?|public|government|council|aid|funding|savings|investment|lottery|costs?|damage)\b)"
    r"[a-z]|heavier|lighter|in\sweight|overweight|per\ssquare)",
    re.I,
)
_NO_POINT = re.compile(r"\s?(?:guard|of\sview|out|man\b)", re.I)
_COUNTED_TIME = re.compile(r"(?:\d|two|three|four|five|six|seven|eight|nine|ten|eleven)", re.I)
_AMOUNT_LEAD = re.compile(
    r"\b(?:more\sthan|less\sthan|fewer\sthan|average\sof|total\sof|up\sto|at\sleast|as\smany\sas|number)\s\Z", re.I
)
_YEAR_BEFORE = re.compile(r"\b(?:1[0-9]|20)\d\d\s?(?:and|to|or|-|–|,)\s\Z")


class Guards:
    """The guards over one block."""

    def __init__(self, text: str, atoms: Sequence[Atom]) -> None:
        self._text, self._atoms = text, atoms
        spans = date_spans(text) if atoms else ()
        self.dates = [(start, end) for start, end, fields in spans if not self._is_count(start, end, fields)]

    def is_no_amount(self, numeral: Numeral, money: bool) -> bool:
        """Whether a number is part of a date, a time, a name or a code."""
        first, last = self._atoms[numeral.first], self._atoms[numeral.last - 1]
        if self.in_date(numeral) or _CLOCK.match(self._text, last.end):
            return True
        if numeral.figures:
            return not self._stands_alone(numeral, first, last, money)
        return self._is_worded_name(numeral, first, last)

    def _is_count(self, start: int, end: int, fields: Fields) -> bool:
        """A "year" that counts a plural ("1000 to 2000 hires"), and the duration in "two years ago"."""
        if fields["relative"]:
            return bool(_COUNTED_TIME.match(self._text, start))
        only_year = fields["year"] is not None and end - start == 4
        return only_year and self._is_plural_noun(end)

    def in_date(self, numeral: Numeral) -> bool:
        start = self._atoms[numeral.first].start
        return any(low <= start < high for low, high in self.dates)

    def _stands_alone(self, numeral: Numeral, first: Atom, last: Atom, money: bool) -> bool:
        """Figures that are no part of a word, an ordinal, a time, an address or a name."""
        before, behind = self._text[max(0, first.start - 2) : first.start], self._text[last.end : last.end + 2]
        if not money and (before[-1:].isalnum() or before[-1:] in ("_", "/", "@", "#", ":", "\\", "=", "^")):
            return False
        if before[-1:] == "." and before[:1].isalnum():
            return False
        if (
            self._text[first.start - 1 : first.start] == "("
            and self._text[last.end : last.end + 1] == ")"
            and not money
        ):
            return False  # a shirt's number, a footnote, an item of a list
        if before[-1:] in ("-", "–") and before[:1].isalnum():
            return self._before(numeral.first - 1) in ("to", "mid", "sub", "minus", "under", "over", "pre")
        if behind[:1] in ("/", ":", "_") and behind[1:].isdigit():
            return behind[0] == ":" and not self._text[last.end + 1 : last.end + 3].isdigit()
        if behind[:1].isalpha() and not self._has_unit(last.end):
            return False  # 21st, 1990s, 4x4
        return money or not self._is_named(numeral)

    def _has_unit(self, end: int) -> bool:
        named = unit_behind(self._text, end)
        return named is not None and named.start == end

    def _is_named(self, numeral: Numeral) -> bool:
        """Whether the word in front makes the number a name: Section 12, No. 5, Highway 9."""
        word = self._before(numeral.first)
        if word == "." and numeral.first > 1:
            word = f"{self._before(numeral.first - 1)}."
        return word in words("naming") and self._atoms[numeral.first - 1].end + 3 > self._atoms[numeral.first].start

    def _is_worded_name(self, numeral: Numeral, first: Atom, last: Atom) -> bool:
        before, following = (
            self._before(numeral.first),
            self._atoms[numeral.last].lower if numeral.last < len(self._atoms) else "",
        )
        if first.text[0].isupper() and numeral.first and not numeral.form == "vague":
            front = self._atoms[numeral.first - 1]
            if front.text[:1].isupper() and front.text.isalpha() and not front.text.isupper():
                return True  # the Big Three, Kick Six
        if numeral.value == 1 and numeral.form == "number" and numeral.last == numeral.first + 1:
            if before in (
                "no",
                "any",
                "every",
                "each",
                "this",
                "that",
                "which",
                "number",
                "the",
                "another",
                "some",
                "square",
            ):
                return True
            return following in (
                "another",
                "day",
                "by",
                "-",
                "thing",
                "’",
                "'",
                "can",
                "might",
                "could",
                "should",
                "would",
                "must",
            )
        return before in (
            "number",
            "chapter",
            "phase",
            "part",
            "act",
            "section",
            "grade",
            "level",
            "type",
            "class",
            "route",
        )

    def _before(self, at: int) -> str:
        return self._atoms[at - 1].lower if at > 0 else ""

    # --- Names ---

    def is_bare_name(self, numeral: Numeral) -> bool:
        """Whether figures without a unit are a year, or follow a dash, or begin a code."""
        if not numeral.figures or numeral.scale > 1:
            return False
        return self._is_bare_year(numeral) or self._is_dashed(numeral)

    def _is_bare_year(self, numeral: Numeral) -> bool:
        text = self._atoms[numeral.first].text
        start = self._atoms[numeral.first].start
        if not (len(text) == 4 and text.isdigit() and 1000 <= numeral.value < 2200):
            return False
        if not 1400 <= numeral.value < 2100 and not (
            _YEAR_BEFORE.search(self._text[max(0, start - 12) : start])
            or re.search(r"\b(?:A\.?D\.?|in|by|until|since)\s\Z", self._text[max(0, start - 8) : start])
        ):
            return False
        if _AMOUNT_LEAD.search(self._text[max(0, start - 20) : start]):
            return False
        return numeral.last == numeral.first + 1 and not self._is_plural_noun(self._atoms[numeral.first].end)

    def _is_plural_noun(self, end: int) -> bool:
        """Whether a plural in small letters follows, which a year would not count."""
        match = re.match(r"\s([a-z]+)", self._text[end : end + 30])
        return (
            match is not None
            and match[1].endswith("s")
            and len(match[1]) > 3
            and match[1] not in ("was", "has", "does")
        )

    def _is_dashed(self, numeral: Numeral) -> bool:
        end = self._atoms[numeral.last - 1].end
        return self._text[end : end + 1] in ("-", "–") and self._text[end + 1 : end + 2].isdigit()

    def is_code(self, first: Numeral, second: Numeral) -> bool:
        """Whether two joined numbers are part of a longer chain: 555-0199, 1-2-3, a clock."""
        start, end = self._atoms[first.first].start, self._atoms[second.last - 1].end
        chained = self._text[end : end + 1] in ("-", "–", ":", "/") and self._text[end + 1 : end + 2].isalnum()
        led = self._text[start - 1 : start] in ("-", "–", ":") if start else False
        return (
            chained or led or self._atoms[second.first].text.startswith("0") and len(self._atoms[second.first].text) > 1
        )

    def is_result(self, first: Numeral, second: Numeral, joint: str) -> bool:
        """Whether 5-2 is a result: the smaller number behind, or a word of winning near."""
        if not (first.figures and second.figures) or max(first.value, second.value) > 1000:
            return False
        if self._is_bare_year(first):
            return False
        if joint == ":":
            return second.value == 1 or first.value == 1
        if first.value >= second.value:
            return True
        start, end = self._atoms[first.first].start, self._atoms[second.last - 1].end
        near = self._text[max(0, start - 40) : start] + " " + self._text[end : end + 25]
        return any(word in words("result") for word in re.findall(r"[a-z-]+", near.lower()))

    def is_change(self, start: int) -> bool:
        """Whether a word of rising, falling or changing stands in front in the same sentence."""
        before = _SENTENCE.split(self._text[max(0, start - 80) : start])[-1]
        return any(word in _change_words() for word in re.findall(r"[a-z]+", before.lower()))

    # --- Units ---

    def is_no_unit(self, numeral: Numeral, named: Named, money: bool) -> bool:
        """Whether what follows a number only looks like a unit: "5 in the hall", "3 real problems", "20 C students"."""
        touches = named.start == self._atoms[numeral.last - 1].end
        behind = self._text[named.end : named.end + 12]
        if named.name in ("in", "real", "cal", "won", "mi", "dong", "rand", "mo", "sec", "mps", "t"):
            return not touches or (named.name == "in" and not numeral.figures)
        if named.name in (
            "C",
            "F",
            "K",
            "L",
            "h",
            "s",
            "l",
            "V",
            "J",
            "W",
            "PS",
            "Fr",
            "p",
            "g",
            "m",
            "MP",
            "MB",
            "Mt",
        ):
            if named.name == "s" and numeral.value == int(numeral.value):
                return True  # the 1970s, in her 30s
            if not numeral.figures or (named.name in ("K", "J", "L", "V", "W", "p", "s", "h") and not touches):
                return True
            return (
                named.name in ("C", "F", "Fr")
                and not touches
                and re.match(r"\s[a-z]+", behind) is not None
                and not re.match(r"\s(?:in|on|and|at|or|to|below|above|by|during|with|for|melting|heat)\b", behind)
            )
        if named.name.lower() in (
            "stone",
            "pint",
            "cup",
            "grain",
            "mach",
            "point",
            "bar",
            "ether",
            "sterling",
            "kelvin",
        ):
            return re.match(r"\s?(?:walls?|house|final)", behind) is not None
        if named.name.lower() == "cup":
            return True
        return False

    def in_context(self, numeral: Numeral, named: Named) -> Named:
        """A "pound" is money unless something is weighed."""
        if named.name.lower() not in ("pound", "pounds"):
            return named
        start = self._atoms[numeral.first].start
        before = _SENTENCE.split(self._text[max(0, start - 60) : start])[-1]
        hyphen = self._text[named.start - 1 : named.start] == "-"
        weighs = _MASS_BEFORE.search(before) or _MASS_BEHIND.match(self._text, named.end)
        money = re.search(
            r"\b(?:cost|costs|paid|pays?|paying|worth|spen[dt]|earn|price|fined?|salary|budget|fund|rais|bonus|donat|charg|s[eo]ld?|bought|invest|debt|profit|owe)",
            before,
            re.I,
        ) or re.match(
            r"[\s-](?:note|coin|fine|bill|bonus|deal|grant|loan|prize|donation|a\s(?:year|week|month))",
            self._text[named.end :][:14],
        )
        british = "£" in self._text or "sterling" in self._text or "pence" in self._text
        american = "$" in self._text and not british
        if not money and numeral.value < 1_000_000 and (weighs or hyphen or american):
            return Named(units()[("mass", "pound")], named.start, named.end, named.name)
        return Named(units()[("money", "GBP")], named.start, named.end, named.name)


@cache
def _change_words() -> frozenset[str]:
    """Words of rising, falling and changing with the endings that verbs have."""
    found: set[str] = set()
    for lemma in words("rise") | words("fall") | words("change"):
        stem = lemma.removesuffix("e")
        doubled = f"{lemma}{lemma[-1]}"
        found |= {
            lemma,
            f"{lemma}s",
            f"{lemma}es",
            f"{lemma}d",
            f"{lemma}ed",
            f"{stem}ing",
            f"{doubled}ed",
            f"{doubled}ing",
        }
    irregular = "rose risen grew grown fell fallen sank sunk shrank shrunk slid lost went gone came swung led"
    return frozenset(found) | frozenset(irregular.split())
