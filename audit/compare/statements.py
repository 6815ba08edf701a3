"""Statements of the article beside those about the same thing: of its sources, and of the article itself.

A candidate is found through a rare word, a name or a person that both have, and ranked by the weight of everything that
they share. Being near is no verdict: what a rule reports has to be bound to the same thing by the rule itself.
"""

from __future__ import annotations

import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from audit.compare.rarity import rarity
from audit.extract.topics import concepts
from audit.records import DocumentRecords, Statement, StatementMatch

CONTEXT = 0.5  # a word of the sentence before counts half
SPEAKER = 0.5  # so does the person who speaks
_KEPT = 8  # matches of one statement on each side, article and sources, the closest first
_COMMON = 80  # a feature of more statements than this brings no pair together; it only adds to one
_LEAST_MASS = 0.8
_LEAST_DIRECT = 0.5  # of the mass that both sentences have in their own words
_LEAST_COVERAGE = 0.15
_ROUNDED = 1e-4  # what rounding may add to a closeness
_ROUNDING = 1e-9  # two sums of the same weights in another order may differ by less
_FEW = 4  # content words of a sentence that says nothing without the one before


def match_statements(
    article: DocumentRecords,
    sources: Sequence[DocumentRecords],
    identities: Mapping[str, str],
    *,
    interviewers: bool = False,
) -> list[StatementMatch]:
    """For each statement of the article the closest ones, in the order of the article; a pair inside it stands once.

    What an interviewer asks or says is left out of the sources, since it is never the guest's, unless `interviewers`.
    """
    own = list(article.of(Statement))
    others = [s for records in sources for s in records.of(Statement) if interviewers or not s.interviewer]
    index = _Index(own, others, identities)
    found: list[StatementMatch] = []
    for at in range(len(own)):
        found.extend(index.closest(at))
    return found


class _Pair(NamedTuple):
    """What two statements share; of two pairs the closer one is the lesser."""

    closeness: float  # below 0, as is the mass
    mass: float
    id: str
    other: int
    coverage: float
    shared: tuple[str, ...]


class _Index:
    """The features of every statement, each weighed by its rarity, and the statements by feature.

    Statements go by their number: first the article's in order, then those of its sources.
    """

    def __init__(self, own: Sequence[Statement], others: Sequence[Statement], identities: Mapping[str, str]) -> None:
        self._statements = [*own, *others]
        self._own = len(own)
        self._features = [_features(statement, identities) for statement in self._statements]
        self._where: dict[str, list[int]] = defaultdict(list)
        counts: Counter[str] = Counter()
        for number, features in enumerate(self._features):
            for name, share in features.items():
                self._where[name].append(number)
                counts[name] += share == 1.0
        self._weight = {name: rarity(counts[name], len(self._statements)) for name in self._where}
        self._size = [
            sum(share * self._weight[name] for name, share in sorted(features.items())) for features in self._features
        ]

    def closest(self, at: int) -> Iterator[StatementMatch]:
        """The closest later statements of the article to one of its own, then those of the sources."""
        sides: tuple[list[tuple[float, int]], ...] = ([], [])
        for other, most in self._neighbours(at):
            sides[other >= self._own].append((2 * most / (self._size[at] + self._size[other]), other))
        for candidates in sides:
            for pair in self._best(at, candidates):
                yield StatementMatch(
                    statement=self._statements[at].id,
                    other=pair.id,
                    inside=pair.other < self._own,
                    shared=tuple(name.partition(":")[2] for name in pair.shared),
                    mass=-pair.mass,
                    closeness=-pair.closeness,
                    coverage=pair.coverage,
                )

    def _neighbours(self, at: int) -> Iterator[tuple[int, float]]:
        """Statements that share something with this one that is not everywhere, and the most that they may share.

        That is less than most pairs need, and is found without a look at any pair.
        """
        most: dict[int, float] = defaultdict(float)
        everywhere = _ROUNDING
        for name, share in self._features[at].items():
            where = self._where[name]
            weight = share * self._weight[name]
            if len(where) > _COMMON:
                everywhere += weight
                continue
            for other in where:
                most[other] += weight
        least = _LEAST_MASS - everywhere
        return ((other, mass + everywhere) for other, mass in most.items() if mass >= least and other > at)

    def _best(self, at: int, candidates: list[tuple[float, int]]) -> list[_Pair]:
        """The closest ones, the closest first; each candidate comes with the most that its closeness can be."""
        best: list[_Pair] = []
        for most, other in sorted(candidates, reverse=True):
            if len(best) == _KEPT and most < -best[-1].closeness - _ROUNDED:
                break
            pair = self._pair(at, other)
            if pair is not None:
                bisect.insort(best, pair)
                del best[_KEPT:]
        return best

    def _pair(self, at: int, at_other: int) -> _Pair | None:
        """What two statements share; None where that is too little, or where both begin at one place."""
        one, other = self._statements[at], self._statements[at_other]
        if at_other < self._own and other.start <= one.start:
            return None
        left, right = self._features[at], self._features[at_other]
        shared = sorted(left.keys() & right.keys())
        mass = sum([min(left[name], right[name]) * self._weight[name] for name in shared])
        direct = sum([self._weight[name] for name in shared if left[name] == right[name] == 1.0])
        sizes = self._size[at], self._size[at_other]
        # "It is 12 km long": all that such a figure is about stands in the sentence before
        leaning = other.context and other.quantities and len(other.topic) < _FEW
        if mass < _LEAST_MASS or (direct < _LEAST_DIRECT and not leaning) or not min(sizes):
            return None
        coverage = min(1.0, mass / min(sizes))
        if coverage < _LEAST_COVERAGE:
            return None
        closeness = round(min(1.0, 2 * mass / sum(sizes)), 4)
        return _Pair(-closeness, -round(mass, 4), other.id, at_other, round(coverage, 4), tuple(shared))


def _features(statement: Statement, identities: Mapping[str, str]) -> dict[str, float]:
    """What a statement is known by, with the share that counts: words, names and people."""
    found = {f"word:{name}": 1.0 for name in concepts(statement.topic)}
    for name in concepts(statement.context):
        found.setdefault(f"word:{name}", CONTEXT)
    for person in _keys(statement.people, identities):
        found[f"person:{person}"] = 1.0
    if statement.speaker is not None and statement.speaker.person is not None:
        found.setdefault(f"person:{identities.get(statement.speaker.person, statement.speaker.person)}", SPEAKER)
    return found


def _keys(people: Iterable[str], identities: Mapping[str, str]) -> list[str]:
    return [identities.get(person, person) for person in people]
