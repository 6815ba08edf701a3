"""Statements of the article beside those about the same thing: of its sources, and of the article itself.

A candidate is found through a rare word, a name or a person that both have, and ranked by the weight of everything that
they share. Being near is no verdict: what a rule reports has to be bound to the same thing by the rule itself.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from audit.compare.rarity import rarity, sharing
from audit.extract.topics import concepts
from audit.records import DocumentRecords, Statement, StatementMatch

CONTEXT = 0.5  # a word of the sentence before counts half
SPEAKER = 0.5  # so does the person who speaks
_KEPT = 8  # matches of one statement on each side, article and sources, the closest first
_COMMON = 80  # a feature of more statements than this brings no pair together; it only adds to one
_LEAST_MASS = 0.8
_LEAST_DIRECT = 0.5  # of the mass that both sentences have in their own words
_LEAST_COVERAGE = 0.15
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
    index = _Index([*own, *others], identities)
    inside = {statement.id for statement in own}
    found: list[StatementMatch] = []
    for statement in own:
        matches = [m for other in index.neighbours(statement) if (m := index.match(statement, other, inside))]
        matches.sort(key=lambda match: (-match.closeness, -match.mass, match.other))
        for side in (True, False):
            found.extend([match for match in matches if match.inside is side][:_KEPT])
    return found


class _Index:
    """The features of every statement, each weighed by its rarity, and the statements by feature."""

    def __init__(self, statements: Sequence[Statement], identities: Mapping[str, str]) -> None:
        self._features = {s.id: _features(s, identities) for s in statements}
        self._where: dict[str, list[Statement]] = defaultdict(list)
        counts: Counter[str] = Counter()
        for statement in statements:
            own = self._features[statement.id]
            counts.update(name for name, share in own.items() if share == 1.0)
            for name in own:
                self._where[name].append(statement)
        self._weight = {name: rarity(counts[name], len(statements)) for name in self._where}
        self._size = {
            id: sum(share * self._weight[name] for name, share in sorted(features.items()))
            for id, features in self._features.items()
        }

    def neighbours(self, statement: Statement) -> Iterator[Statement]:
        """Statements that share something with this one that is not everywhere, each once."""
        return sharing(statement, self._features[statement.id], self._where, _COMMON)

    def match(self, one: Statement, other: Statement, inside: set[str]) -> StatementMatch | None:
        """What two statements share; None where that is too little, or where the pair stands the other way round."""
        if other.id in inside and other.start <= one.start:
            return None
        left, right = self._features[one.id], self._features[other.id]
        shared = sorted(left.keys() & right.keys())
        mass = sum(min(left[name], right[name]) * self._weight[name] for name in shared)
        direct = sum(self._weight[name] for name in shared if left[name] == right[name] == 1.0)
        sizes = self._size[one.id], self._size[other.id]
        # "It is 12 km long": all that such a figure is about stands in the sentence before
        leaning = other.context and other.quantities and len(other.topic) < _FEW
        if mass < _LEAST_MASS or (direct < _LEAST_DIRECT and not leaning) or not min(sizes):
            return None
        coverage = min(1.0, mass / min(sizes))
        if coverage < _LEAST_COVERAGE:
            return None
        return StatementMatch(
            statement=one.id,
            other=other.id,
            inside=other.id in inside,
            shared=tuple(name.partition(":")[2] for name in shared),
            mass=round(mass, 4),
            closeness=round(min(1.0, 2 * mass / sum(sizes)), 4),
            coverage=round(coverage, 4),
        )


def _features(statement: Statement, identities: Mapping[str, str]) -> dict[str, float]:
    """What a statement is known by, with the share that counts: words, names and people."""
    found = {f"word:{name}": 1.0 for name in sorted(concepts(statement.topic))}
    for name in sorted(concepts(statement.context)):
        found.setdefault(f"word:{name}", CONTEXT)
    for person in _keys(statement.people, identities):
        found[f"person:{person}"] = 1.0
    if statement.speaker is not None and statement.speaker.person is not None:
        found.setdefault(f"person:{identities.get(statement.speaker.person, statement.speaker.person)}", SPEAKER)
    return found


def _keys(people: Iterable[str], identities: Mapping[str, str]) -> list[str]:
    return [identities.get(person, person) for person in people]
