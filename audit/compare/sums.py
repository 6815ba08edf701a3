"""Sums: parts and their total, votes and those who may vote, shares of one whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from audit.compare.amounts import Range, printed
from audit.compare.passages import Passage
from audit.compare.totals import is_plausible, spread_sums, told_sums
from audit.compare.wordlists import complements
from audit.records import Figure, Quantity, Reckoning

_NEAR = Decimal("0.25")  # a sum further off than this share of the total is a sum of something else
_MOST_PARTS = 8
_RESIDUAL = re.compile(
    r"\b(?:includ\w+|among\w*|other|others|rest|remaining|remainder|as well as|at least|both|also|overlap\w*|some of|"
    r"part of|half of|each|apiece|respectively more|per|more than one|multiple|mainly|mostly|such as|e\.g\.)\b"
)
_TOTAL_BEFORE = re.compile(
    r"\b(?:total(?:l?ing)?(?: of| to)?|altogether|in all|sum of|adding up to|add up to|making)\W*\Z"
)
_TOTAL_BEHIND = re.compile(r"\A[\w\s]{0,14}\b(?:in total|in all|altogether|all told|combined)\b")
_LIST = re.compile(
    r"\A[^.;]{0,40}(?::|\bmade up of\b|\bcomprising\b|\bconsisting of\b|\bsplit between\b|\bdivided between\b)"
)
_KINDS = frozenset({"man", "woman", "child", "boy", "girl", "adult", "male", "female"})
_COMMA_OR_AND = re.compile(r"\A\s?(?:[a-z-]+\s?){1,2}(?:,|\s?\(|\s–|—|:)?\s?(?:and\s)?\Z")
_MEMBER_WORDS = (
    "member councillor councilor senator deputy legislator lawmaker delegate mp seat trustee director "
    "judge juror commissioner shareholder voter alderman supervisor governor board council"
)
_MEMBERS = frozenset(_MEMBER_WORDS.split())
_NOT_SO = re.compile(
    r"\A (?:(?:have|has|had|got|get|offer|own) none|(?:do|did|have|had|are|were|could|would|will|can)(?: not|n[’']t))"
    r"(?:\s?[.,;)–—]| and\b|\Z)"
)
_DENIED = re.compile(r"\b(?:not|no|none|never|without)\b|n[’']t\b|,[^,]*,")
_ANSWERS = {
    "for": re.compile(r"\b(?:yes|in favou?r|for|support\w*|back\w*|approv\w*|agree\w*|aye)\b"),
    "against": re.compile(r"\b(?:no|against|oppos\w*|reject\w*|disagree\w*|disapprov\w*|nay)\b"),
    "neither": re.compile(r"\b(?:abstain\w*|abstention\w*|undecided|unsure|"
                          r"(?:do|did)(?:n[’']t| not) know|no opinion|absent)\b"),
}  # fmt: skip


def sums_in(passage: Passage) -> Iterator[Reckoning]:
    """The sums of a passage that do not come out."""
    yield from _parts(passage)
    yield from _votes(passage)
    yield from _two_halves(passage)
    yield from _shares(passage)


# --- Parts and total --------------------------------------------------------------------------------------------------


def _parts(passage: Passage) -> Iterator[Reckoning]:
    for total in passage.first:
        quantity = passage.quantity(total)
        if quantity.form != "number" or quantity.measure not in ("money", "count", "mass", "length", "area", "power"):
            continue
        parts = _stated_parts(passage, total) or _listed(passage, total) or _totalled(passage, total)
        if parts:
            yield from _sum(passage, total, parts)
    for spread in spread_sums(passage):
        yield from _sum(passage, *spread)
    for told in told_sums(passage):
        yield from _sum(passage, *told)


def _alike(passage: Passage, figures: Sequence[Figure], total: Figure) -> list[Figure]:
    """Figures in the total's unit that are smaller than it and no change, share or plan of their own."""
    whole = passage.quantity(total)
    return [
        figure
        for figure in figures
        if figure.id != total.id
        and (q := passage.quantity(figure)).unit == whole.unit
        and q.measure == whole.measure
        and q.form == "number"
        and q.role == "none"
        and Decimal(q.value) < Decimal(whole.value)
    ]


def _stated_parts(passage: Passage, total: Figure) -> list[Figure]:
    """ "Spent £6.4m on four projects": the next four amounts, where there are as many and no more."""
    whole = passage.quantity(total)
    if not whole.unit:
        return []
    numbers = [
        f for f in passage.first
        if (q := passage.quantity(f)).measure == "count" and f.thing and 2 <= Decimal(q.value) <= _MOST_PARTS
        and f.form == "counted" and q.form == "number" and Decimal(q.value) % 1 == 0
    ]  # fmt: skip
    if len(numbers) != 1 or len([f for f in passage.first if passage.quantity(f).unit == whole.unit]) > 1:
        return []
    behind = [f for f in passage.figures if f.start > total.start]
    parts = _alike(passage, behind, total)
    same_unit = [f for f in behind if passage.quantity(f).unit == whole.unit]
    wanted = int(Decimal(passage.quantity(numbers[0]).value))
    if len(parts) < wanted or same_unit[:wanted] != parts[:wanted]:
        return []
    last = parts[wanted - 1]
    return parts[:wanted] if not any(f.statement == last.statement for f in same_unit[wanted:]) else []


def _listed(passage: Passage, total: Figure) -> list[Figure]:
    """ "The 120 jobs: 50 in Salm, 40 in Orre and 20 in Tarn"."""
    opening = _LIST.search(passage.around(total, 80)[1])
    if opening is None:
        return _kinds_of_people(passage, total)
    others = [
        f for f in passage.first if f.start >= total.end + opening.end() and passage.quantity(f).measure != "share"
    ]
    parts = _alike(passage, others, total)
    if any(f.thing and total.thing and f.thing != total.thing for f in parts if not passage.quantity(f).unit):
        return []
    return parts if len(parts) >= 2 and len(parts) == len(others) else []


def _kinds_of_people(passage: Passage, total: Figure) -> list[Figure]:
    """ "34 people, 20 men and 16 women": kinds that are no other things but the same people again."""
    behind = [figure for figure in passage.first if figure.start > total.start]
    parts = [figure for figure in _alike(passage, behind, total) if figure.thing in _KINDS]
    if total.form != "counted" or total.thing in _KINDS or len(parts) < 2 or parts != behind:
        return []
    if len({figure.thing for figure in parts}) < len(parts):
        return []
    joined = all(_COMMA_OR_AND.match(passage.between(a, b)) for a, b in pairwise((total, *parts)))
    return parts if joined else []


def _totalled(passage: Passage, total: Figure) -> list[Figure]:
    """ "Two million for the wall and three for the road, six million in total"."""
    before, behind = passage.around(total)
    if not (_TOTAL_BEFORE.search(before) or _TOTAL_BEHIND.search(behind)):
        return []
    parts = _alike(passage, [f for f in passage.first if f.start < total.start], total)
    things = [f.thing for f in parts if f.thing] if not passage.quantity(total).unit else []
    kinds = set(things)  # 30 of one kind or thirty, twenty and twelve of three kinds: no mixture
    others = [f for f in passage.first if passage.quantity(f).measure == passage.quantity(total).measure]
    one_kind = len(kinds | ({total.thing} - {""} if things else set())) <= 1
    many_kinds = len(kinds) == len(parts) and total.thing not in kinds
    return parts if 2 <= len(parts) == len(others) - 1 and (one_kind or many_kinds) else []


def _sum(passage: Passage, total: Figure, parts: Sequence[Figure], sure: bool = True) -> Iterator[Reckoning]:
    ranges = [printed(passage.quantity(figure)) for figure in (total, *parts)]
    centre = sum((r.low + r.high for r in ranges[1:]), Decimal(0)) / 2
    if abs(centre - (ranges[0].low + ranges[0].high) / 2) <= _rounding(ranges):
        return
    exact = sum((Decimal(passage.quantity(part).value) for part in parts), Decimal(0))
    stated = Decimal(passage.quantity(total).value)
    if abs(exact - stated) > stated * _NEAR or not is_plausible(stated, exact, sure):
        return
    if _has_residual(passage, (total, *parts)):
        return
    yield Reckoning(
        form="parts",
        figures=(total.id, *(part.id for part in parts)),
        stated=total.id,
        working=f"{' + '.join(part.text for part in parts)} = {_amount(exact, passage.quantity(total))}",
        result=_amount(exact, passage.quantity(total)),
    )


def _rounding(ranges: Sequence[Range]) -> Decimal:
    """How far rounding alone may take a sum from its total: 2.5 standard deviations, and never more than the worst.

    A rounded figure is off by anything up to half a step either way, so its variance is the square of that over three.
    """
    halves = [(r.high - r.low) / 2 for r in ranges]
    spread = (sum((half * half / 3 for half in halves), Decimal(0))).sqrt()
    return min(Decimal("2.5") * spread, sum(halves, Decimal(0)))


def _has_residual(passage: Passage, figures: Sequence[Figure]) -> bool:
    """Whether a word in these sentences says that the parts are not all, or not apart."""
    homes = {figure.statement for figure in figures}
    texts = (s.text.lower() for s in (passage.statement, *passage.later) if s.id in homes)
    return any(_RESIDUAL.search(text) for text in texts)


def _amount(value: Decimal, quantity: Quantity) -> str:
    """A sum in the words of a message: 6.6 million GBP, 1,320."""
    shown = f"{value:,f}"
    for size, name in ((10**9, "billion"), (10**6, "million")):
        if quantity.unit and value >= size:
            shown = f"{value / size:,f}".rstrip("0").rstrip(".") + f" {name}"
            break
    return f"{shown} {quantity.unit}".strip()


# --- Votes ------------------------------------------------------------------------------------------------------------


def _votes(passage: Passage) -> Iterator[Reckoning]:
    """ "Of the 50 members, 30 voted yes and 25 no"."""
    counts = [f for f in passage.first if passage.quantity(f).measure == "count"]
    members = [f for f in counts if f.thing in _MEMBERS and passage.quantity(f).base != f.thing]
    if len(members) != 1 or "vot" not in passage.statement.text.lower():
        return
    whole = passage.quantity(members[0])
    cast: dict[str, Figure] = {}
    for figure in passage.first:
        if figure.id == members[0].id or passage.quantity(figure).measure != "count":
            continue
        answer = _answer(passage, figure)
        if answer is None or answer in cast:
            return
        cast[answer] = figure
    if not {"for", "against"} <= set(cast):
        return
    total = sum(Decimal(passage.quantity(figure).value) for figure in cast.values())
    if total > printed(whole).high and not whole.hedge:
        figures = tuple(cast.values())
        yield Reckoning(
            form="votes",
            figures=(members[0].id, *(figure.id for figure in figures)),
            stated=members[0].id,
            working=f"{' + '.join(figure.text for figure in figures)} = {total}",
            result=str(total),
        )


def _two_halves(passage: Passage) -> Iterator[Reckoning]:
    """ "Of the 36 villages, 22 have a shop and 17 have none", "90 work full time and 60 part time": all of them."""
    for whole, one, other in zip(passage.first, passage.first[1:], passage.first[2:], strict=False):
        quantities = [passage.quantity(figure) for figure in (whole, one, other)]
        if any(q.measure != "count" or q.unit or q.form != "number" or q.hedge for q in quantities):
            continue
        if not whole.thing or whole.lead != "of":
            continue
        words, behind = passage.between(one, other), passage.around(other)[1]
        same = {one.thing, other.thing} <= {"", whole.thing}
        denied = same and _NOT_SO.match(behind) is not None and not _DENIED.search(words)
        if not denied and not _are_complements(words, behind):
            continue
        if _has_residual(passage, (whole, one, other)):
            continue
        total = sum((Decimal(q.value) for q in quantities[1:]), Decimal(0))
        third = total < Decimal(quantities[0].value) and len(passage.first) > 3  # "and 4 are dry"
        if total != Decimal(quantities[0].value) and not third:
            yield Reckoning(
                form="parts",
                figures=(whole.id, one.id, other.id),
                stated=whole.id,
                working=f"{one.text} + {other.text} = {total}",
                result=str(total),
            )


def _are_complements(words: str, behind: str) -> bool:
    """Whether the words behind one figure and behind the next name two kinds of which everybody is one."""

    def name(kind: str, text: str) -> bool:
        return re.search(rf"\b{kind}\b", text) is not None

    return any(
        (name(one, words) and name(other, behind)) or (name(other, words) and name(one, behind))
        for one, other in complements()
    )


def _answer(passage: Passage, figure: Figure) -> str | None:
    """Which way a figure's people went, by the first word of answer behind it and before the next figure."""
    behind = passage.around(figure, 60)[1]
    following = next((f for f in passage.figures if f.start > figure.start and f.statement == figure.statement), None)
    if following is not None:
        behind = behind[: following.start - figure.end]
    found = [(match.start(), name) for name, words in _ANSWERS.items() if (match := words.search(behind))]
    return min(found)[1] if found else None


# --- Shares of one whole ----------------------------------------------------------------------------------------------


def _shares(passage: Passage) -> Iterator[Reckoning]:
    """ "48 percent were for it, 41 against, and 14 percent undecided"."""
    near = [f for f in passage.figures if f.start < passage.statement.end + 240]
    answers: dict[str, Figure] = {}
    for figure in near:
        quantity = passage.quantity(figure)
        if quantity.form != "number" or quantity.role != "none" or not _is_share(quantity, answers):
            break
        answer = _answer(passage, figure)
        if answer is None or answer in answers:
            break
        answers[answer] = figure
    if len(answers) < 2 or not {"for", "against"} <= set(answers):
        return
    figures = tuple(answers.values())
    low = sum((printed(passage.quantity(figure)).low for figure in figures), Decimal(0))
    total = sum((Decimal(passage.quantity(figure).value) for figure in figures), Decimal(0))
    bases = {passage.quantity(f).base for f in figures} - {""}
    if low > 100 and len(bases) <= 1 and not _has_residual(passage, figures):
        yield Reckoning(
            form="shares",
            figures=tuple(figure.id for figure in figures),
            working=f"{' + '.join(figure.text for figure in figures)} = {total} percent",
            result=f"{total} percent",
        )


def _is_share(quantity: Quantity, answers: dict[str, Figure]) -> bool:
    return quantity.measure == "share" or (bool(answers) and not quantity.unit and Decimal(quantity.value) <= 100)
