"""Which unit a name means at its place: "in" is seldom an inch, and a "pound" is money or mass."""

from __future__ import annotations

import re
from functools import cache

from audit.extract.atoms import words
from audit.extract.numerals import Numeral
from audit.extract.quantity_text import BlockText
from audit.extract.unit_names import Named, unit_behind
from audit.extract.units import units

_FOLLOWED = re.compile(r"\s(?:in|on|and|at|or|to|below|above|by|during|with|for|this|today|overnight|melting|heat)\b")
_WORD = re.compile(r"\s[a-z]")
_MILLION = 1_000_000
_OF_A_THING = re.compile(
    r"\sof\s(?!debt|taxpayer|public|government|council|aid\b|fund|saving|invest|lotter|cost|damage)[a-z]"
)
_HEAVY = re.compile(r"\s(?:heavier|lighter|in\sweight|overweight|per\ssquare)\b")
_MONEY_THING = re.compile(r"[\s-](?:note|coin|fine|bill|bonus|deal|grant|loan|prize|donation|a\s(?:year|week|month))")


def unit_of(block: BlockText, numeral: Numeral) -> Named | None:
    """The unit behind a number; None where what stands there only looks like one."""
    end = block.end(numeral)
    named = unit_behind(block.text, end)
    if named is None and numeral.form == "fraction":
        named = unit_behind(block.text, _behind_of(block.text, end))
    if named is None or not _is_unit(block.text, numeral, named, end):
        return None
    return _pounds(block, numeral, named) if named.name.lower() in ("pound", "pounds") else named


def _behind_of(text: str, end: int) -> int:
    """Behind "of a" in "a quarter of a mile"."""
    match = re.compile(r"\sof\san?(?=\s)").match(text, end)
    return match.end() if match else end


def _is_unit(text: str, numeral: Numeral, named: Named, end: int) -> bool:
    touches, name = named.start == end, named.name
    if name in words("touching unit"):
        return touches and numeral.figures
    if name == "s":
        return touches and numeral.value != int(numeral.value)  # 9.58s, and not the 1970s
    if len(name) == 1 and name.isalpha():
        return numeral.figures and (touches or not _is_other_letter(text, named))
    return True


def _is_other_letter(text: str, named: Named) -> bool:
    """ "12 C students", "5 K runners": a letter behind a blank that belongs to the next word."""
    if named.name not in ("C", "F", "m", "g"):
        return True
    return _WORD.match(text, named.end) is not None and _FOLLOWED.match(text, named.end) is None


def _pounds(block: BlockText, numeral: Numeral, named: Named) -> Named:
    """Money where there are millions, where the verb is one of paying, or where the text has pound signs; else mass
    where something is weighed, where a hyphen follows the number, or where the money of the text is dollars."""
    before = block.before(block.start(numeral), 60).lower()
    found = set(re.findall(r"[a-z]+", before))
    paid = bool(found & words("paying")) or _MONEY_THING.match(block.text, named.end) is not None
    weighed = bool(found & words("weighing")) or any(
        form.match(block.text, named.end) is not None for form in (_OF_A_THING, _HEAVY)
    )
    hyphen = block.text[named.start - 1] == "-"
    mass = weighed or hyphen or _money_of(block.text) == "$"
    if numeral.value < _MILLION and not paid and mass:
        return Named(units()[("mass", "pound")], named.start, named.end, named.name)
    return Named(units()[("money", "GBP")], named.start, named.end, named.name)


@cache
def _money_sign() -> re.Pattern[str]:
    return re.compile(r"£|sterling\b|\bpence\b|(\$)")


def _money_of(text: str) -> str:
    """The currency that the beginning of a block writes in: "$", "£" or ""."""
    match = _money_sign().search(text, 0, 5_000)
    return "" if match is None else "$" if match[1] else "£"
