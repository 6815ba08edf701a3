"""Whether two positions on one topic say the same or the opposite; when in doubt, neither."""

from __future__ import annotations

import re

from audit.compare.topics import Nearness
from audit.extract.topics import concept, concepts, turns_concept
from audit.records import Position
from audit.records.matches import Relation

# Rungs of certainty by height; "would" and a plain statement bind as much as "will".
HEIGHT = {"doubtful": 0.0, "may": 1.0, "can": 1.5, "likely": 2.0, "will": 3.0, "plain": 3.0, "certain": 4.0}
_OPEN = 1.5  # up to this height a statement leaves its opposite possible
LIMITING = frozenset({"necessarily", "only", "immediate", "immediately", "yet", "temporarily", "initially"})
_WHOLE = frozenset({"full", "fully", "complete", "completely", "total", "totally", "entire", "entirely"})
_PART = frozenset(
    [
        "first",
        "initial",
        "initially",
        "early",
        "beginning",
        "step",
        "partial",
        "partially",
        "partly",
        "some",
        "slightly",
    ]
)
_COPULAS = frozenset({"be", "seem", "appear", "remain", "look", "become"})
_TIME_WORDS = frozenset({"the", "of", "a", "an", "-", "by", "in", "this"})
_YEAR = re.compile(r"\d+")

_MASS, _CLOSENESS, _CLOSENESS_THEN, _CLOSENESS_POINTED = 1.2, 0.4, 0.3, 0.6
_WITHIN = 0.45  # the weight that a topic of one or two words must have to stand for a whole one


def is_one_topic(near: Nearness, *, same_time: bool = False, taking_sides: bool = False) -> bool:
    """Whether two clauses are about one thing: much is shared, or the shorter topic lies wholly in the longer one.

    `same_time` says that both name one time ("next year"), `taking_sides` that both are for or against something; each
    makes up for some words.
    """
    if near.direct >= 2 and near.mass >= _MASS and near.closeness >= (_CLOSENESS_THEN if same_time else _CLOSENESS):
        return True
    if near.direct >= 2 and near.mass >= _MASS and near.coverage >= 0.99:
        return True
    if near.direct >= 1 and len(near.shared) >= 2 and near.mass >= _MASS and near.closeness >= _CLOSENESS_POINTED:
        return True  # "reopen the baths", "reopen them"
    least = 0.2 if taking_sides else 0.3
    return near.direct >= 1 and near.coverage >= 0.99 and near.mass >= _WITHIN and near.closeness >= least


def take_sides(one: Position, other: Position) -> bool:
    """Whether both are for or against something."""
    return "none" not in (one.attitude, other.attitude)


def is_one_forecast(one: Position, other: Position, *, one_person: bool) -> bool:
    """Whether two clauses speak of one time, and the second only points to the first one's subject: "some of it".

    "The dunes will be lost by mid-century", "some of them could go by the middle of the century": no verb is shared.
    Where it is not known to be `one_person` who speaks, two words of the subject have to be there.
    """
    if other.subject or len(concepts(one.subject) & concepts(other.context)) < (1 if one_person else 2):
        return False
    return any(
        mine and (mine <= theirs or theirs <= mine) for mine in _times(one) for theirs in _times(other) if theirs
    )


def _times(position: Position) -> list[frozenset[str]]:
    """The words of each time of a clause: "mid - century" and "the middle of the century" have the same."""
    return [concepts(word for word in time.split() if word not in _TIME_WORDS) for time in position.time]


def is_akin(near: Nearness) -> bool:
    """Whether two clauses are near enough for the one to limit the other."""
    return near.direct >= 2 and near.mass >= 0.8 and near.closeness >= 0.35


def is_turned(one: Position, other: Position) -> bool:
    """Whether one denies what the other affirms, or says the opposite of one word of it ("will rise", "will fall")."""
    return (one.polarity != other.polarity) ^ _names_opposites(one, other)


def _names_opposites(one: Position, other: Position, *, predicates: bool = True) -> bool:
    """Whether an odd number of the shared concepts is named by opposites: "closing it", "opening it"."""
    mine, theirs = (_orientations(position, predicates) for position in (one, other))
    return sum(not mine[name] & theirs[name] for name in mine.keys() & theirs.keys()) % 2 == 1


def _orientations(position: Position, predicates: bool) -> dict[str, set[bool]]:
    """For each concept of a clause, its predicate's among them or not, whether its words name it or its opposite."""
    found: dict[str, set[bool]] = {}
    for lemma in (*position.topic, *([position.predicate] if predicates else [])):
        found.setdefault(concept(lemma), set()).add(turns_concept(lemma))
    return found


def relation(one: Position, other: Position, near: Nearness) -> Relation:
    """What two positions do to the topic that they share."""
    sides = take_sides(one, other)
    if one.force != "asserted" or other.force != "asserted" or not _same_time(one, other):
        return "related"
    if not is_one_topic(near, taking_sides=sides):
        return "related"
    same = (
        (one.attitude == other.attitude) ^ _names_opposites(one, other, predicates=False)
        if sides
        else not is_turned(one, other)
    )
    if same:
        return "same"
    return "opposite" if _may_oppose(one, other, near) else "related"


def _may_oppose(one: Position, other: Position, near: Nearness) -> bool:
    """Whether nothing explains the difference: a condition, a limit, a degree, an open possibility, another verb."""
    if (one.condition is None) != (other.condition is None):
        return False
    if any(set(position.qualifiers) & LIMITING for position in (one, other)):
        return False
    if min(HEIGHT[one.rung], HEIGHT[other.rung]) <= _OPEN:
        return False
    if "none" in (one.attitude, other.attitude) and not is_one_predicate(one, other, near):
        return False
    return _degree(one) == _degree(other)


def is_one_predicate(one: Position, other: Position, near: Nearness) -> bool:
    """Whether both clauses predicate the same of what they share."""
    if near.direct < 2:
        return False
    if concept(one.predicate) == concept(other.predicate):
        return True
    if near.closeness >= 1.0 and one.attitude == other.attitude == "none":
        return True  # "considers the dam safe", "the dam is safe"
    return bool(_doubts(one) and _doubts(other)) or {one.predicate, other.predicate} <= _COPULAS


def _doubts(position: Position) -> bool:
    return position.reserved or position.predicate in _COPULAS


def _degree(position: Position) -> str:
    words = set(position.degree)
    return "whole" if words & _WHOLE else "part" if words & _PART else ""


def _same_time(one: Position, other: Position) -> bool:
    """Whether the clauses name no two different times."""
    left, right = _numbers(one), _numbers(other)
    return not left or not right or bool(left & right)


def _numbers(position: Position) -> set[str]:
    return {number for words in position.time for number in _YEAR.findall(words)}
