"""Which statements of an article are most worth looking up in the outside world, and what to look up in each.

A statement scores by how checkable it is (figures, dates, names, something done) times the harm that a slip would do
(a named person's act, a superlative, the law, health, money). It counts for more without an attribution and where no
source says it. The score ranks and judges nothing. The order of the kinds follows what fact-checkers pick most: figures
and named persons' acts first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from audit.compare.wordlists import words_of_file
from audit.records import (
    DateMention,
    DocumentRecords,
    Dossier,
    Person,
    Position,
    Quantity,
    Statement,
    place_of,
)
from audit.records.queue import CheckItem, CheckQueue

CAP = 20  # statements of one article that are listed
_LEAST = 1.0  # a score below it is not worth anybody's time
_PARTS = 5  # things to look up in one statement
_SUPPORT_COVERAGE, _SUPPORT_MASS = 0.6, 2.0
_LONGEST = 700  # characters of a sentence; a longer one is no place to go to


@dataclass(frozen=True)
class Worth:
    """A score, 0 for nothing to look up, and the words that explain it."""

    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Bound:
    """What the statements of a document refer to, by id, and the positions by the sentence they stand in."""

    records: DocumentRecords

    @cached_property
    def quantities(self) -> Mapping[str, Quantity]:
        return {claim.id: claim for claim in self.records.of(Quantity)}

    @cached_property
    def dates(self) -> Mapping[str, DateMention]:
        return {claim.id: claim for claim in self.records.of(DateMention)}

    @cached_property
    def persons(self) -> Mapping[str, Person]:
        return {claim.id: claim for claim in self.records.of(Person)}

    @cached_property
    def positions(self) -> Mapping[int, list[Position]]:
        found: dict[int, list[Position]] = defaultdict(list)
        for claim in self.records.of(Position):
            found[claim.sentence.start].append(claim)
        return found


def worth_of(statement: Statement, bound: Bound) -> Worth:
    """How much a statement is worth looking up, by what it says alone."""
    if statement.asked or len(statement.topic) < 2:
        return Worth(0.0, ())
    reasons: list[str] = []
    checkable = _checkable(statement, bound, reasons)
    if not checkable:
        return Worth(0.0, ())
    harm = 1.0 + _harm(statement, bound, reasons)
    return Worth(round(checkable * harm * _certain(statement, bound), 4), tuple(reasons))


def _checkable(statement: Statement, bound: Bound, reasons: list[str]) -> float:
    """How much in a statement can be looked up."""
    score = 0.0
    figures = [bound.quantities[id] for id in statement.quantities]
    if figures:
        reasons.append("a figure" if len(figures) == 1 else "figures")
        score += 1.0 + 0.3 * min(len(figures) - 1, 2)
        score += 0.5 * any(f.measure in ("money", "share", "points", "rate", "ratio") for f in figures)
    if statement.dates:
        reasons.append("a date")
        score += 0.4
    if statement.people or statement.names:
        score += 0.3 if statement.names else 0.2
    if any(position.past for position in bound.positions.get(statement.start, ())):
        score += 0.3
    if statement.extremes:
        reasons.append("a superlative")
        score += 0.3
    return score


def _harm(statement: Statement, bound: Bound, reasons: list[str]) -> float:
    """What a slip in a statement would do, from 0."""
    topic = set(statement.topic)
    harm = 0.0
    for subject, weight in (("law", 0.4), ("health", 0.3), ("money", 0.4)):
        if topic & _words(subject):
            reasons.append({"law": "the law", "health": "health", "money": "money"}[subject])
            harm += weight
    if statement.people and topic & _words("act"):
        reasons.append("what a named person did")
        harm += 0.4
    elif topic & _words("act"):
        harm += 0.2
    return harm


def _certain(statement: Statement, bound: Bound) -> float:
    """Less than 1 for what is wished, thought, promised or left open: nobody can look that up."""
    factor = min(1.0, 0.4 + 0.06 * len(statement.topic))
    if set(statement.topic) & _words("mind"):
        factor *= 0.7
    positions = bound.positions.get(statement.start, ())
    if positions and all(p.rung not in ("plain", "certain") or p.force != "asserted" for p in positions):
        factor *= 0.5
    return factor


def _words(section: str) -> frozenset[str]:
    return words_of_file("harm.txt", section)


# --- The queue --------------------------------------------------------------------------------------------------------


def check_queue(dossier: Dossier) -> CheckQueue:
    """The statements of an article that are most worth looking up, the first `CAP` of them with their total."""
    bound = Bound(dossier.article)
    found = []
    for statement in dossier.article.of(Statement):
        worth = _in_article(statement, worth_of(statement, bound), dossier)
        if worth.score >= _LEAST and len(statement.text) <= _LONGEST:
            found.append((worth, statement))
    found.sort(key=lambda pair: (-pair[0].score, pair[1].start))
    items = tuple(
        CheckItem(
            rank=rank,
            place=place_of(statement),
            look_up=", ".join(_look_up(statement, bound)) or " ".join(statement.topic[:_PARTS]),
            reasons=worth.reasons,
        )
        for rank, (worth, statement) in enumerate(found[:CAP], start=1)
    )
    return CheckQueue(items=items, total=len(found))


def _in_article(statement: Statement, worth: Worth, dossier: Dossier) -> Worth:
    """The score with what the article and its sources do for the statement."""
    if not worth.score:
        return worth
    score, reasons = worth.score, list(worth.reasons)
    if statement.voice == "narration":
        reasons.append("no attribution")
    else:
        score *= 0.6
    if dossier.sources:
        supported = any(
            not match.inside and match.coverage >= _SUPPORT_COVERAGE and match.mass >= _SUPPORT_MASS
            for match in dossier.statements_like(statement.id)
        )
        if supported:
            score *= 0.4
        else:
            reasons.append("not in the sources")
    return Worth(score, tuple(reasons))


def _look_up(statement: Statement, bound: Bound) -> Iterator[str]:
    """Figures with what they count, names, dates and superlatives, as the sentence has them."""
    parts = [
        *(_figure(bound.quantities[id]) for id in statement.quantities),
        *(bound.persons[id].name for id in statement.people if id in bound.persons),
        *(_as_written(name, statement.text) for name in statement.names),
        *(bound.dates[id].text for id in statement.dates),
    ]
    unique = list(dict.fromkeys(" ".join(part.split()) for part in parts if part.strip()))
    yield from unique[:_PARTS]


def _figure(quantity: Quantity) -> str:
    counted = quantity.of if quantity.of and quantity.of.casefold() not in quantity.text.casefold() else ""
    return f"{quantity.text} {counted}".strip()


def _as_written(name: str, text: str) -> str:
    at = text.casefold().find(name)
    return text[at : at + len(name)] if at >= 0 else name
