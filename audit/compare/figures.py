"""Figures of the article beside figures that measure the same thing, in its sources and in the article itself.

Two sentences with different numbers contradict each other in about half of the cases only. So a pair counts when both
measure one thing, by one measure, in one clause's company, and nothing says that they are of another time, place, part
or plan; and when no other figure near the match gives the article's value.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Literal

from audit.compare.amounts import Amount, slip_between
from audit.extract.figure_words import ATTRIBUTES
from audit.extract.topics import concept, concepts
from audit.loading.dates import MONTHS
from audit.records import (
    DateMention,
    DocumentRecords,
    Figure,
    FigureMatch,
    Heading,
    Quantity,
    Statement,
    StatementMatch,
)

_LEADS = frozenset({"from", "to", "by"})
_OPEN = frozenset({"open"})  # "will" and "would" stand for one thing where a source is reported
_CONFUSED = frozenset(
    {"length", "rate", "mass", "money", "area", "volume", "duration", "speed", "temperature", "power"}
)
_VAGUE = frozenset({"", "average", "total", "sum", "amount", "figure", "level", "number", "count", "tally"})
_LEAST = 2  # strength of a pair that is bound at all

Relation = Literal["same", "differs", "unit"]


def match_figures(
    article: DocumentRecords, sources: Sequence[DocumentRecords], matches: Sequence[StatementMatch]
) -> list[FigureMatch]:
    """The bound pairs, in the order of the article; for each figure the strongest one on each side."""
    matcher = _Matcher(article, sources)
    near: dict[str, list[StatementMatch]] = defaultdict(list)
    for match in matches:
        near[match.statement].append(match)
    found: list[FigureMatch] = []
    for figure in article.of(Figure):
        for inside in (True, False):
            rows = [match for match in near[figure.statement] if match.inside is inside]
            pair = matcher.best(figure, rows, inside)
            if pair is not None:
                found.append(pair)
    return found


@dataclass(frozen=True, slots=True)
class _Bound:
    other: Figure
    relation: Relation
    shared: tuple[str, ...]
    strength: int


class _Matcher:
    def __init__(self, article: DocumentRecords, sources: Sequence[DocumentRecords]) -> None:
        every = (article, *sources)
        self._quantities = {q.id: _as_count(q) for records in every for q in records.of(Quantity)}
        self._amounts = {id: Amount(quantity) for id, quantity in self._quantities.items()}
        self._statements = {s.id: s for records in every for s in records.of(Statement)}
        self._before = _before(every)
        self._dates = {d.id: d for records in every for d in records.of(DateMention)}
        self._headings = {h.block for h in article.of(Heading)}
        self._by_statement: Mapping[str, list[Figure]] = _grouped(every)
        self._own = _by_thing(article.of(Figure))
        self._others = _by_thing(figure for records in sources for figure in records.of(Figure))

    def best(self, figure: Figure, matches: Sequence[StatementMatch], inside: bool) -> FigureMatch | None:
        """The figure that this one is to be held against; None where there is none, or more than one."""
        others = [other for match in matches for other in self._by_statement.get(match.other, ())]
        if not inside and self._is_supported(figure, others):
            return None
        bound = [pair for other in others if (pair := self._bind(figure, other, inside)) is not None]
        if not bound or any(pair.relation == "same" for pair in bound):
            return None
        top = max(pair.strength for pair in bound)
        first = [pair for pair in bound if pair.strength == top]
        values = {(self._quantity(p.other).value, self._quantity(p.other).unit) for p in first}
        if inside and any(self._is_one_of_several(f) for f in (figure, first[0].other)):
            return None
        if len(values) > 1 or self._is_taken(figure, first[0].other, inside):
            return None
        return FigureMatch(
            figure=figure.id,
            other=first[0].other.id,
            inside=inside,
            relation=first[0].relation,
            slip=slip_between(self._quantity(figure), self._quantity(first[0].other)),
            shared=first[0].shared,
            strength=top,
        )

    def _quantity(self, figure: Figure) -> Quantity:
        return self._quantities[figure.quantity]

    def _allow_one(self, one: Figure, other: Figure) -> bool | None:
        return self._amounts[one.quantity].allows(self._amounts[other.quantity])

    def _is_supported(self, figure: Figure, near: Iterable[Figure]) -> bool:
        """Whether a source gives the article's value, in a matching sentence or anywhere of the same thing."""
        return any(
            self._relation(figure, other) == "same" or self._is_repeated(figure, other)
            for other in (*near, *self._others.get(_thing(figure), ()), *self._others.get("", ()))
        )

    def _is_repeated(self, figure: Figure, other: Figure) -> bool:
        """Whether a number that stands alone gives the same value, of whatever thing and for whatever time."""
        one, two = self._quantity(figure), self._quantity(other)
        return not other.thing and (one.value, one.unit) == (two.value, two.unit)

    def _is_taken(self, figure: Figure, other: Figure, inside: bool) -> bool:
        """Whether the article gives the other value, too, of this thing: then it knows of both."""
        near = self._by_statement.get(figure.statement, ())
        if inside:
            known = [one for one in near if one.id != figure.id]
            known += [one for one in self._by_statement.get(other.statement, ()) if one.id != other.id]
            return any(self._allow_one(figure if one.statement == other.statement else other, one) for one in known)
        return any(
            self._allow_one(one, other) for one in (*near, *self._own.get(_thing(figure), ())) if one.id != figure.id
        )

    def _is_one_of_several(self, figure: Figure) -> bool:
        """Whether its sentence has another figure of the kind, so that the words around may belong to that one."""
        own = self._quantity(figure)
        return any(
            other.id != figure.id
            and (quantity := self._quantity(other)).measure == own.measure
            and quantity.unit == own.unit
            and _thing(other) in ("", _thing(figure))
            and ("former" in other.scope) == ("former" in figure.scope)
            for other in self._by_statement.get(figure.statement, ())
        )

    # --- What binds two figures ---

    def _bind(self, one: Figure, other: Figure, inside: bool) -> _Bound | None:
        relation = self._relation(one, other)
        if relation is None or not self._is_of_one_kind(one, other, inside) or self._is_apart(one, other, inside):
            return None
        if relation == "unit" and self._tell_one_change(one, other):
            return _Bound(other, relation, (self._quantity(one).direction,), _LEAST)
        things = _things(one, other)
        left, right = _company(one), _company(other)
        shared = sorted((left & right) - things)
        same_thing = len(things) == 1 and "" not in things
        same_attribute = bool(one.attribute) and one.attribute == other.attribute
        if not same_thing and not (same_attribute and things & (left | right) - {""}) and len(shared) < 2:
            return None
        if len(things) == 2 and "" not in things and not (things <= left & right):
            return None
        if inside and not (same_thing and self._is_told_again(one, other)):
            return None
        strength = same_thing + same_attribute + len(shared) + (same_thing and _takes_up(one, other))
        if strength < _LEAST:
            return None
        words = ([one.thing] if same_thing else []) + ([one.attribute] if same_attribute else [])
        words += [lemma for lemma in (*one.limits, *one.clause) if concept(lemma) in shared]
        return _Bound(other, relation, tuple(dict.fromkeys(words)), strength)

    def _tell_one_change(self, one: Figure, other: Figure) -> bool:
        """Whether two sentences tell of one change by what else they say: the level reached, or the time it took."""
        left, right = self._quantity(one), self._quantity(other)
        if not left.role == right.role == "by" or left.direction != right.direction:
            return False
        beside = [
            {(q.value, q.unit) for f in self._near(side) if (q := self._quantity(f)).form == "number" and q.unit}
            for side in (one, other)
        ]
        return bool(beside[0] & beside[1])

    def _near(self, figure: Figure) -> Iterator[Figure]:
        """The other figures of a figure's sentence and of the one before it."""
        for id in (figure.statement, self._before.get(figure.statement, "")):
            yield from (other for other in self._by_statement.get(id, ()) if other.id != figure.id)

    def _is_told_again(self, one: Figure, other: Figure) -> bool:
        """Whether two figures of the article do one thing: the same verb, a known thing's measure, a heading, a slip.

        An article names many figures of one thing (66 delegates won, 1,237 needed), and they differ by what they do.
        """
        left, right = self._quantity(one), self._quantity(other)
        return (
            (bool(left.verb) and concept(left.verb) == concept(right.verb))
            or _takes_up(one, other)
            or bool({one.block, other.block} & self._headings)
            or bool(slip_between(left, right))
        )

    def _relation(self, one: Figure, other: Figure) -> Relation | None:
        left, right = self._quantity(one), self._quantity(other)
        if (left.form == "pair" and left.measure != "share") or (right.form == "pair" and right.measure != "share"):
            return None
        if one.per != other.per:
            same = one.per and other.per and left.value == right.value and left.measure == right.measure
            return "unit" if same and left.unit.partition("/")[0] == right.unit.partition("/")[0] else None
        if left.value == right.value and self._units_confused(left, right):
            return "unit"
        agree = self._allow_one(one, other)
        if agree is None:
            return None
        return "same" if agree else "differs"

    @staticmethod
    def _units_confused(left: Quantity, right: Quantity) -> bool:
        measures = {left.measure, right.measure}
        if measures == {"share", "points"}:
            return True
        return len(measures) == 1 and left.measure in _CONFUSED and left.unit != right.unit and bool(
            left.unit and right.unit
        )  # fmt: skip

    def _is_of_one_kind(self, one: Figure, other: Figure, inside: bool) -> bool:
        """Whether both stand in the same role: part, plan, start or end of a change, affirmed or denied."""
        apart = set(one.scope) ^ set(other.scope)
        if apart - (frozenset() if inside else _OPEN) or one.negated != other.negated:
            return False
        attributes = {one.attribute, other.attribute} - _VAGUE
        if len(attributes) > 1:
            return False
        return self._part(one) == self._part(other) and not self._go_apart(one, other)

    def _part(self, figure: Figure) -> str:
        """What a figure is in a change: its start, its size, or a level, as the end of a change is, too."""
        role = self._quantity(figure).role
        if role == "to" or (figure.lead == "from" and "former" in figure.scope):
            return ""
        return role if role != "none" else figure.lead if figure.lead in _LEADS else ""

    def _go_apart(self, one: Figure, other: Figure) -> bool:
        """Whether one rises and the other falls, or only one ends a change and no slip leads from one to the other."""
        left, right = self._quantity(one), self._quantity(other)
        if {left.direction, right.direction} == {"rise", "fall"}:
            return True
        return (left.role == "to") != (right.role == "to") and not slip_between(left, right)

    def _is_apart(self, one: Figure, other: Figure, inside: bool) -> bool:
        """Whether something says that the two are of different times, places, people or groups."""
        if _differ(set(one.names), set(other.names)):
            return True
        left, right = _company(one), _company(other)
        limits = concepts(one.limits) - right, concepts(other.limits) - left
        if limits[0] and limits[1]:
            return True
        months = left & _months(), right & _months()
        if months[0] and months[1] and not months[0] & months[1]:
            return True
        dates = self._when(one), self._when(other)
        if inside and bool(dates[0]) != bool(dates[1]) and not {one.block, other.block} & self._headings:
            return True
        return bool(dates[0] and dates[1]) and not any(_may_be_one(a, b, inside) for a in dates[0] for b in dates[1])

    def _when(self, figure: Figure) -> list[DateMention]:
        return [self._dates[id] for id in figure.dates]


def _as_count(quantity: Quantity) -> Quantity:
    """So many a day as so many: what a figure is given for stands in the figure, even where its words leave it out."""
    if quantity.measure != "rate" or quantity.unit:
        return quantity
    return quantity.model_copy(update={"measure": "count"})


def _before(every: Iterable[DocumentRecords]) -> dict[str, str]:
    """Id of a statement to that of the one before it in its block."""
    pairs = (pair for records in every for pair in pairwise(records.of(Statement)))
    return {two.id: one.id for one, two in pairs if one.block == two.block}


def _grouped(every: Iterable[DocumentRecords]) -> dict[str, list[Figure]]:
    found: dict[str, list[Figure]] = defaultdict(list)
    for records in every:
        for figure in records.of(Figure):
            found[figure.statement].append(figure)
    return found


def _by_thing(figures: Iterable[Figure]) -> dict[str, list[Figure]]:
    found: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        found[_thing(figure)].append(figure)
    return found


def _thing(figure: Figure) -> str:
    return concept(figure.thing) if figure.thing else ""


def _things(one: Figure, other: Figure) -> set[str]:
    """What the two measure; where only one has a thing, the other's bare "depth" or "average" counts as none."""
    things = {_thing(one), _thing(other)}
    if len(things) == 2 and "" not in things:
        bare = {_thing(f) for f in (one, other) if f.attribute and ATTRIBUTES.get(f.thing, f.thing) == f.attribute}
        return things - bare or {""}
    return things


def _takes_up(one: Figure, other: Figure) -> bool:
    """Whether one names the thing by its measure, as known, and the other states it: the $4m fund; it holds $4m."""
    pairs = ((one, other), (other, one))
    known = [a for a, b in pairs if a.form == "attributive" and a.definite and set(a.limits) <= set(b.limits)]
    return bool(known) and {one.form, other.form} <= {"attributive", "stated"}


@cache
def _months() -> frozenset[str]:
    return concepts(MONTHS)


def _company(figure: Figure) -> frozenset[str]:
    return concepts((*figure.limits, *figure.clause))


def _differ(one: set[str], other: set[str]) -> bool:
    """Whether both have names that the other has not."""
    return bool(one - other) and bool(other - one)


def _may_be_one(one: DateMention, other: DateMention, inside: bool) -> bool:
    """Whether two dates may be the same; a relative one of a source may be any."""
    if one.earliest and other.earliest:
        return one.earliest <= other.latest and other.earliest <= one.latest
    if bool(one.relative) != bool(other.relative):
        return not inside
    pairs = [(getattr(one, name), getattr(other, name)) for name in ("year", "month", "day", "weekday", "relative")]
    both = [(a, b) for a, b in pairs if a and b]
    return bool(both) and all(a == b for a, b in both)
