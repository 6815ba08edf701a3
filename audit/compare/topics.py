"""How near two positions are in what they are about: shared concepts, weighted by how rare they are in the dossier."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from audit.compare.rarity import rarity, sharing
from audit.extract.topics import concepts
from audit.records import Position

CONTEXT = 0.5  # what a pronoun or an adjunct points to counts half as much as a word of the clause
_COMMON = 60  # a concept in more positions than this brings no pair together; it only adds to one


@dataclass(frozen=True)
class Nearness:
    """What two positions share.

    `mass` is the weight of it, `closeness` its share of both topics (a Dice coefficient), `coverage` the share of the
    smaller topic that is in the other clause itself (an overlap coefficient), `direct` how many concepts that is.
    """

    shared: tuple[str, ...]
    mass: float
    closeness: float
    coverage: float
    direct: int


NOTHING = Nearness((), 0.0, 0.0, 0.0, 0)


class Topics:
    """The concepts of every position of a dossier and what each of them weighs.

    A concept's weight is its rarity over the sentences of the dossier.
    """

    def __init__(self, positions: Iterable[Position]) -> None:
        self._topic: dict[str, frozenset[str]] = {}
        self._context: dict[str, frozenset[str]] = {}
        self._where: dict[str, list[Position]] = defaultdict(list)
        self._in_sentences: Counter[str] = Counter()
        sentences: dict[tuple[str, int], set[str]] = defaultdict(set)
        for position in positions:
            # "I'd sign it" and "I might find some" are wholly about what they point to
            topic = concepts(position.topic)
            if not topic and (position.attitude != "none" or position.rung == "may"):
                topic = concepts(position.context)
            self._topic[position.id] = topic
            self._context[position.id] = concepts(position.context) - topic
            sentences[position.path, position.sentence.start] |= topic
            for name in topic | self._context[position.id]:
                self._where[name].append(position)
        for names in sentences.values():
            self._in_sentences.update(names)
        self._weight = {name: rarity(self._in_sentences[name], len(sentences)) for name in self._where}
        self._size = {id: self._mass(topic) for id, topic in self._topic.items()}

    def _mass(self, names: Iterable[str]) -> float:
        """The weights of some concepts together, added in one order so that the sum is one number."""
        return sum(self._weight[name] for name in sorted(names))

    def topic(self, position: Position) -> frozenset[str]:
        """The concepts of the clause itself."""
        return self._topic[position.id]

    def neighbours(self, position: Position) -> Iterator[Position]:
        """Positions that share a concept with this one that is not everywhere, each once."""
        names = sorted(self._topic[position.id] | self._context[position.id])
        return sharing(position, names, self._where, _COMMON)

    def nearness(self, one: Position, other: Position) -> Nearness:
        """What two positions have in common; words that one of them only points to count half."""
        left, right = self._topic[one.id], self._topic[other.id]
        direct = left & right
        pointed = (left & self._context[other.id]) | (self._context[one.id] & right)
        shared = direct | pointed
        if not shared:
            return NOTHING
        within = self._mass(direct)
        mass = within + CONTEXT * self._mass(pointed - direct)
        sizes = self._size[one.id], self._size[other.id]
        closeness = min(1.0, 2 * mass / sum(sizes)) if sum(sizes) else 0.0
        coverage = within / min(sizes) if min(sizes) else 0.0
        return Nearness(tuple(sorted(shared)), round(mass, 4), round(closeness, 4), round(coverage, 4), len(direct))

    def strongest(self, ones: Sequence[Position], others: Sequence[Position]) -> float:
        """The weight of everything that two groups of positions share, contexts included."""
        left = frozenset().union(*(self._topic[p.id] | self._context[p.id] for p in ones))
        right = frozenset().union(*(self._topic[p.id] | self._context[p.id] for p in others))
        return round(self._mass(left & right), 4)
