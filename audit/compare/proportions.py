"""Shares, multiples and averages beside the counts that they are taken of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from audit.compare.amounts import Range, fits, printed, shown
from audit.compare.passages import Passage
from audit.records import Figure, Quantity, Reckoning

_HUNDRED = Decimal(100)
_ABOUT = r"(?:just |about |nearly |almost |roughly |some |around |over |more than |less than |under |well )*"
_PAIR = re.compile(r"\s(?:out\s)?of\s(?:[\w’']+\s){0,4}\Z")
_JOINED = re.compile(rf"\A[\w\s]{{0,24}}(?:,|\(|–|—|\s-)?\s?(?:or|that is|i\.e\.)?\s?{_ABOUT}\Z")
_APPOSED = re.compile(r"\bor\b|\(|,|–|—|that is")
_IN_FRONT = re.compile(r"\A(?:out )?of (?:[\w’']+\s){0,4}\Z")
_OF_THEM = re.compile(
    rf"\A of (?:them|these|those|whom|which)\b[\w\s]{{0,24}}(?:,|\(|–|—) ?(?:or |that is )?{_ABOUT}\Z"
)
_THEM = re.compile(r"\A of (?:them|these|those)(?:, (?:or )?| \()\Z")
_CLAUSE = re.compile(rf"\A [^,;:()–—]{{1,60}}(?:,|–|—) ?(?:or )?{_ABOUT}\Z")
_OF_ALL = re.compile(r"\A(?: of (?:the (?:total|whole|lot)|all|them all))?\s?(?:[.,;)–—]|\Z)")
_BEHIND = re.compile(r"\A [\w-]+(?: [\w-]+)?(?:, (?:or )?| \()\Z")
_CLOSED = re.compile(r"\A\s?[,)]")
_AS_MANY_AS = re.compile(
    r"\A as (?:many|much|large|big|high|long|heavy|old|tall|deep|wide|fast)(?: [a-z-]+)? as (?:[\w’'-]+ ){0,4}?"
    r"(?:[\w’'-]+,? (?:which|who|that|where) (?:has|had|have)|[\w’'-]+ with|[\w-]+[’']s?|[\w’'-]+ \(|the) ?"
    r"(?:only |just )?\Z"
)
_AVERAGE = re.compile(r"[,(–—] ?(?:or |that is |which is )?(?:an average of |on average |averaging |a mean of )?\W?\Z")
_EACH = re.compile(r"\A(?:[\w\s]{0,20})\b(?:each|apiece|on average|per [a-z]+|an? [a-z]+)\b")
_ROOM = Decimal("0.1")  # share by which an average may be rounded
_LEAST, _MOST = Decimal("0.85"), Decimal("1.15")


def proportions_in(passage: Passage) -> Iterator[Reckoning]:
    """The shares, multiples and averages of a sentence that do not come out."""
    yield from _ratios(passage)
    yield from _ratios_of_them(passage)
    yield from _multiples(passage)
    yield from _averages(passage)
    yield from _products(passage)


# --- Shares -----------------------------------------------------------------------------------------------------------


def _ratios(passage: Passage) -> Iterator[Reckoning]:
    """ "386 of the 2,410 patients, or 12 percent"; "half of the 180 members, 70, are women"."""
    figures = passage.first
    for one, two, three in zip(figures, figures[1:], figures[2:], strict=False):
        for part, whole, share in ((one, two, three), (two, three, one), (two, one, three), (three, two, one)):
            if _are_counts(passage, part, whole, share) and _are_tied(passage, part, whole, share):
                yield from _ratio(passage, part, whole, share)
                break


def _ratios_of_them(passage: Passage) -> Iterator[Reckoning]:
    """ "It asked 1,200 tenants. A third of them, 300, had mould." """
    wholes = [f for f in passage.first if f.form == "counted" and passage.quantity(f).measure == "count"]
    if len(wholes) != 1 or not passage.following:
        return
    for one, two in pairwise(passage.by_statement.get(passage.following[0].id, ())):
        for share, part in ((one, two), (two, one)):
            between = passage.between(one, two)
            tied = _THEM.match(between) if share is one else _OF_THEM.match(between)
            closed = _CLOSED if share is one else _OF_ALL
            if tied and closed.match(passage.around(two)[1]) and _are_counts(passage, part, wholes[0], share):
                yield from _ratio(passage, part, wholes[0], share)


def _are_counts(passage: Passage, part: Figure, whole: Figure, share: Figure) -> bool:
    small, large = passage.quantity(part), passage.quantity(whole)
    if passage.quantity(share).measure != "share" or any(
        q.hedge or q.measure != "count" or q.form != "number" for q in (small, large)
    ):
        return False
    return 0 < Decimal(small.value) <= Decimal(large.value)


def _are_tied(passage: Passage, part: Figure, whole: Figure, share: Figure) -> bool:
    """Whether the words say that the share is that of the part in the whole."""
    if part.start < whole.start < share.start:
        return bool(_PAIR.search(f" {passage.between(part, whole)}")) and _is_apposed(passage.between(whole, share))
    if share.start < part.start < whole.start:
        return bool(_PAIR.search(f" {passage.between(part, whole)}")) and _is_apposed(passage.between(share, part))
    if share.start < whole.start:
        led = _PAIR.search(f" {passage.between(share, whole)}")
        named = _BEHIND.match(passage.between(whole, part))
        return bool(led and named and _CLOSED.match(passage.around(part)[1]))
    if _OF_THEM.match(passage.between(part, share)):
        return bool(_OF_ALL.match(passage.around(share)[1]))
    front = _IN_FRONT.match(passage.around(whole)[0]) and passage.quantity(part).base == whole.thing != ""
    return bool(front and _CLAUSE.match(passage.between(part, share)) and _OF_ALL.match(passage.around(share)[1]))


def _is_apposed(between: str) -> bool:
    """Whether a share stands beside its counts as another way to say it: ", or 12 percent"; "(12 percent)"."""
    return bool(_JOINED.search(between) and _APPOSED.search(between))


def _ratio(passage: Passage, part: Figure, whole: Figure, share: Figure) -> Iterator[Reckoning]:
    small, large = (Decimal(passage.quantity(figure).value) for figure in (part, whole))
    percent = small / large * _HUNDRED
    if not fits(Range(percent, percent), passage.quantity(share), 1):
        yield Reckoning(
            form="ratio",
            figures=(part.id, whole.id, share.id),
            stated=share.id,
            working=f"{shown(small)} / {shown(large)} = {shown(percent)} percent",
            result=f"{shown(percent)} percent",
        )


# --- Multiples --------------------------------------------------------------------------------------------------------


def _multiples(passage: Passage) -> Iterator[Reckoning]:
    """ "300 houses, twice as many as the south bank, which has 200"."""
    figures = passage.first
    for one, times, other in zip(figures, figures[1:], figures[2:], strict=False):
        left, stated, right = (passage.quantity(figure) for figure in (one, times, other))
        if not _are_of_one_kind(left, right) or not _AS_MANY_AS.match(passage.between(times, other)):
            continue
        if (stated.measure != "ratio" or stated.form != "multiple") and stated.form != "fraction":
            continue
        ratio = Decimal(left.value) / Decimal(right.value)
        wanted = Decimal(stated.value)
        if not stated.hedge and not wanted * _LEAST <= ratio <= wanted * _MOST:
            yield Reckoning(
                form="multiple",
                figures=(one.id, times.id, other.id),
                stated=times.id,
                working=f"{one.text} / {other.text} = {_times(ratio)}",
                result=f"{_times(ratio)} times",
            )


def _are_of_one_kind(left: Quantity, right: Quantity) -> bool:
    same = (left.measure, left.unit) == (right.measure, right.unit) and left.form == right.form == "number"
    return same and Decimal(left.value) > 0 and Decimal(right.value) > 0


def _times(ratio: Decimal) -> str:
    return f"{ratio:.2f}".rstrip("0").rstrip(".")


# --- Averages ---------------------------------------------------------------------------------------------------------


def _averages(passage: Passage) -> Iterator[Reckoning]:
    """ "The 12 boats cost £3.6 million, an average of £400,000 each"."""
    figures = [figure for figure in passage.first if passage.quantity(figure).form == "number"]
    for one, two, average in zip(figures, figures[1:], figures[2:], strict=False):
        for total, number in ((one, two), (two, one)):
            if _is_average(passage, average, two) and _are_total_and_number(passage, total, number, average):
                yield from _average(passage, total, number, average)
                break


def _is_average(passage: Passage, figure: Figure, last: Figure) -> bool:
    """Whether a figure stands behind its total and number as what they come to for each."""
    between = passage.between(last, figure)
    says = "average" in passage.quantity(figure).hedge or _EACH.match(passage.around(figure)[1])
    return bool(says and _AVERAGE.search(between) and not re.search(r"[;:]|\b(?:but|while|and)\b", between))


def _are_total_and_number(passage: Passage, total: Figure, number: Figure, average: Figure) -> bool:
    whole, count, each = (passage.quantity(figure) for figure in (total, number, average))
    if count.measure != "count" or not number.thing or count.hedge or Decimal(count.value) < 2:
        return False
    if average.per and average.per != number.thing:
        return False
    same = whole.unit and whole.unit == each.unit.partition("/")[0]
    counted = not whole.unit and not each.unit and total.thing and total.thing == average.thing != number.thing
    return bool(same or counted) and not total.per and Decimal(whole.value) > Decimal(each.value) > 0


def _average(passage: Passage, total: Figure, number: Figure, average: Figure) -> Iterator[Reckoning]:
    whole, count = printed(passage.quantity(total)), Decimal(passage.quantity(number).value)
    each = Decimal(passage.quantity(average).value)
    if whole.low / count * (1 - _ROOM) <= each <= whole.high / count * (1 + _ROOM):
        return
    result = Decimal(passage.quantity(total).value) / count
    yield Reckoning(
        form="average",
        figures=(total.id, number.id, average.id),
        stated=average.id,
        working=f"{total.text} / {number.text} = {shown(result)}",
        result=shown(result),
    )


# --- So many at so much -----------------------------------------------------------------------------------------------


def _products(passage: Passage) -> Iterator[Reckoning]:
    """ "Each of the 30 workers gets €200, €6,000 in all"."""
    figures = [figure for figure in passage.first if passage.quantity(figure).form == "number"]
    for number, each, total in zip(figures, figures[1:], figures[2:], strict=False):
        count, one, whole = (passage.quantity(figure) for figure in (number, each, total))
        if count.measure != "count" or not number.thing or count.hedge or Decimal(count.value) < 2:
            continue
        if not one.unit or one.unit != whole.unit or one.role != "none" or whole.role != "none":
            continue
        if not _is_for_each(passage, number, each) or not _is_in_all(passage, each, total):
            continue
        result = Decimal(count.value) * Decimal(one.value)
        least, most = printed(one), printed(whole)
        low, high = (end * Decimal(count.value) for end in (least.low, least.high))
        if low * (1 - _ROOM / 2) > most.high or most.low > high * (1 + _ROOM / 2):
            yield Reckoning(
                form="product",
                figures=(number.id, each.id, total.id),
                stated=total.id,
                working=f"{number.text} × {each.text} = {shown(result)}",
                result=shown(result),
            )


def _is_for_each(passage: Passage, number: Figure, each: Figure) -> bool:
    said = re.search(r"\beach of (?:the |its |their )?\Z", passage.around(number)[0])
    return bool(said or re.match(r"\A (?:each|apiece)\b", passage.around(each)[1]))


def _is_in_all(passage: Passage, each: Figure, total: Figure) -> bool:
    before = re.search(r"\b(?:a total of|in total|in all|altogether|or)\s\W?\Z", passage.between(each, total))
    behind = re.match(r"\A (?:in all|in total|altogether|all told)\b", passage.around(total)[1])
    return bool(before or behind)
