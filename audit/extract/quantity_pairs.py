"""Two numbers that make one quantity: ranges ("5 to 7"), results and ratios ("5-2"), parts of a whole (one in six)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache

from audit.extract.atoms import words
from audit.extract.numerals import Numeral, read_numeral
from audit.extract.quantity_guards import Guards
from audit.extract.quantity_text import ROUNDED, BlockText, Found, plain
from audit.extract.unit_context import unit_of
from audit.extract.unit_names import Named, currency_before

_DASHES = ("-", "–", "—", "−", "‑")
_HALF = Decimal("0.5")
_JOINT = re.compile(
    r"(?:(?=[-–:]\d)|[\s-])(?P<joint>[-–:](?=\d)|(?:in every|in|out of every|out of|to)[\s-])", re.IGNORECASE
)
_GOES_ON = re.compile(r"\sto\s\W?\d")
_HANGING = re.compile(r"-?(?:,|,?\s(?:and|or|to))\s\Z")
_OFTEN = 1000  # "one in" more than this is said of chances, and rarely

# --- Ranges ----------------------------------------------------------------------------------------------------------


def range_end(
    block: BlockText, guards: Guards, first: Numeral, own: Named | None, money: Named | None
) -> tuple[Numeral, Named | None] | None:
    """The second number of "5 to 7", "5-7 percent", "between $5 and $7", "5% to 7%", with the currency in front of it.

    `own` is the unit that the first number has already, `money` the currency in front of it.
    """
    at = block.atom_from(own.end if own is not None else block.end(first))
    if at + 1 >= len(block.atoms) or first.form not in ("number", "fraction"):
        return None
    joint = block.word(at)
    if not _joins(block, first, joint, own is not None or money is not None):
        return None
    at += 1
    if joint == "to" and block.atoms[at].text in _DASHES:
        at += 1  # "200,000 to-260,000"
    if at >= len(block.atoms):
        return None  # "1 to -"
    sign = _sign_at(block, at)
    second = read_numeral(block.atoms, at if sign is None else block.atom_from(sign.end), money=sign is not None)
    if second is None or second.form not in ("number", "fraction") or guards.in_date(second):
        return None
    if not _ascends(first, second) or not _units_agree(block, own, second, sign, money):
        return None
    if joint == "or":
        near = first.value + 1 == second.value and first.figures == second.figures
        return (second, sign) if near and (sign is None) == (money is None) else None
    if block.lead(first) == "from" and joint == "to" and is_change(block, first) and not _leads_on(block, second):
        return None
    return second, sign


def _joins(block: BlockText, first: Numeral, joint: str, complete: bool) -> bool:
    """Whether a word or dash joins two ends. "Rose by 5 percent to 7 percent" names a change and where it led."""
    lead = block.lead(first)
    if joint == "to" and lead == "by" and complete:
        return False
    return joint in ("to", "or", *_DASHES) or (joint == "and" and lead == "between")


def _leads_on(block: BlockText, second: Numeral) -> bool:
    """Whether the change goes on behind the range: "from 5 to 7 per cent to 3 to 5 per cent"."""
    unit = unit_of(block, second)
    return _GOES_ON.match(block.text, unit.end if unit is not None else block.end(second)) is not None


def _sign_at(block: BlockText, at: int) -> Named | None:
    """The currency sign that begins at an atom, with a number behind it."""
    for behind in (at + 1, at + 2):
        if behind < len(block.atoms) and block.atoms[behind].is_figures:
            named = currency_before(block.text, block.atoms[behind].start)
            if named is not None and named.start == block.atoms[at].start:
                return named
    return None


def _ascends(first: Numeral, second: Numeral) -> bool:
    scaled = first.scale == 1 and second.scale > 1 and first.value < second.bare
    return first.value < second.value or scaled


def _units_agree(block: BlockText, own: Named | None, second: Numeral, sign: Named | None, money: Named | None) -> bool:
    """Whether the ends have one unit, printed once or twice."""
    unit = unit_of(block, second)
    if own is None:
        return sign is None or money is None or sign.unit == money.unit
    if sign is not None:
        return own.unit.measure == "money"
    return unit.unit == own.unit if unit is not None else own.unit.measure == "money"


def is_change(block: BlockText, numeral: Numeral) -> bool:
    """Whether a word of rising, falling or changing stands in front in the same sentence."""
    before = block.before(block.start(numeral), 80).lower()
    return not _change_words().isdisjoint(re.findall(r"[a-z]+", before))


@cache
def _change_words() -> frozenset[str]:
    """Words of rising, falling and changing, with the endings that verbs have."""
    found: set[str] = set(words("change form"))
    for lemma in words("rise") | words("fall") | words("change"):
        stem, doubled = lemma.removesuffix("e"), f"{lemma}{lemma[-1]}"
        found |= {lemma, f"{lemma}s", f"{lemma}es", f"{lemma}d", f"{lemma}ed", f"{stem}ing"}
        found |= {f"{doubled}ed", f"{doubled}ing"}
    return frozenset(found)


# --- Results, ratios, parts ------------------------------------------------------------------------------------------


def pair_at(block: BlockText, guards: Guards, first: Numeral) -> tuple[Found, int] | None:
    """5-2, 10 to 1, 3:1 as a ratio; one in six, two out of three as a share; with the atom behind."""
    match = _JOINT.match(block.text, block.end(first))
    if match is None or first.form != "number" or first.scale > 1:
        return None
    at = block.atom_from(match.end())
    second = read_numeral(block.atoms, at) if at < len(block.atoms) else None
    if second is None or second.form != "number" or second.scale > 1 or block.atoms[at].start != match.end():
        return None
    if guards.in_date(second) or guards.is_code(first, second):
        return None
    start, end = block.start(first), block.end(second)
    joint = match["joint"].lower().strip(" -\u00a0") or match["joint"]
    has_unit = unit_of(block, second) is not None
    if joint.startswith(("in", "out")):
        often = joint != "in" or (first.value <= 10 and second.value <= _OFTEN and not has_unit)
        return (_part(start, end, first, second), second.last) if often and 0 < first.value < second.value else None
    if has_unit or not (
        _is_ratio(block, first, second) if joint == "to" else _is_result(block, guards, first, second, joint)
    ):
        return None
    ratio = Found(
        start, end, first.value, first.value, first.value, "", "ratio", form="pair", other=plain(second.value)
    )
    return ratio, second.last


def _part(start: int, end: int, first: Numeral, second: Numeral) -> Found:
    """One in six as a share of 1, with the room that its form has: one in 5.5 to one in 6.5."""
    low, high = first.value / (second.value + _HALF), first.value / (second.value - _HALF)
    value = first.value / second.value
    return Found(start, end, value, low, min(high, Decimal(1)), "", "share", form="pair", other=plain(second.value))


def _is_ratio(block: BlockText, first: Numeral, second: Numeral) -> bool:
    """ "Two to one", "seven votes to two": the greater number comes first, and no change leads from it."""
    led = block.lead(first)
    return first.value > second.value > 0 and led != "from" and (led != "by" or second.value == 1)


def _is_result(block: BlockText, guards: Guards, first: Numeral, second: Numeral, joint: str) -> bool:
    """Whether 5-2 is a result: the smaller number behind, or a word of winning near."""
    if not (first.figures and second.figures) or max(first.value, second.value) > _OFTEN or guards.is_bare_year(first):
        return False
    if joint == ":":
        return 1 in (first.value, second.value)
    if first.value >= second.value:
        return True
    start, end = block.start(first), block.end(second)
    near = f"{block.text[max(0, start - 40) : start]} {block.text[end : end + 25]}"
    return not words("result").isdisjoint(re.findall(r"[a-z-]+", near.lower()))


# --- Units that several numbers share --------------------------------------------------------------------------------


def share_units(text: str, found: Sequence[Found]) -> list[Found]:
    """Gives "5" its unit in "5, 10 and 15 percent" and in "10- and 12-inch pipes"."""
    shared: list[Found] = []
    for one in reversed(found):
        after = shared[-1] if shared else None
        if after is not None and _shares(text, one, after):
            rounded = after.measure in ROUNDED and one.low == one.high == int(one.value)
            room = _HALF if rounded else Decimal(0)
            one = replace(
                one, unit=after.unit, measure=after.measure, per=after.per, low=one.low - room, high=one.high + room,
                bare=False,
            )  # fmt: skip
        shared.append(one)
    return shared[::-1]


def _shares(text: str, one: Found, after: Found) -> bool:
    """Whether a bare number stands in one list with the next one, whose unit is also its own."""
    if one.unit or one.measure != "count" or not after.unit or one.form not in ("number", "range"):
        return False
    gap = text[one.end : after.start]
    if after.measure == "money" or _HANGING.fullmatch(gap) is None:
        return False
    return gap.startswith("-") or after.measure in ("share", "points", "age") or one.bare
