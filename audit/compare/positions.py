"""Positions of the article beside positions on the same topic: of its sources, and of the article itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from audit.compare.stances import is_akin, is_one_forecast, is_one_topic, relation, take_sides
from audit.compare.topics import Topics
from audit.compare.units import identity_of
from audit.extract.topics import concepts
from audit.records import DocumentRecords, Position, PositionMatch, Turn

_KEPT = 12  # matches of one position that are kept, the closest first


@dataclass
class Positions:
    """All positions of a dossier with what they weigh and who holds them, looked up by every comparison."""

    article: DocumentRecords
    sources: Sequence[DocumentRecords]
    identities: Mapping[str, str]
    topics: Topics = field(init=False)

    def __post_init__(self) -> None:
        every = [position for records in (self.article, *self.sources) for position in records.of(Position)]
        self.topics = Topics(every)
        self._identity = {position.id: identity_of(position.holder, self.identities) for position in every}
        self._inside = {position.id for position in self.article.of(Position)}
        turns = [turn for records in self.sources for turn in records.of(Turn)]
        self._asking = {turn.id: turn.speaker for turn in turns if turn.role == "interviewer"}

    def of_article(self) -> list[Position]:
        """The article's positions in order."""
        return list(self.article.of(Position))

    def of_sources(self) -> Iterator[Position]:
        """What the sources say, the interviewers' own words left out."""
        return (p for records in self.sources for p in records.of(Position) if not self._asks(p))

    def identity(self, position: Position) -> str | None:
        """The key of the human being who holds a position."""
        return self._identity[position.id]

    def is_one_holder(self, one: Position, other: Position) -> bool:
        """Whether both are one human being's, or one group's: "the club" whose secretary says what it supports."""
        left, right = self.identity(one) or self._actor(one), self.identity(other)
        if left is not None:
            return left == right
        group = self._group(one)
        return bool(group) and bool(group & (self._group(other) | concepts(other.subject)))

    def _actor(self, position: Position) -> str | None:
        """Whom a clause in the document's own voice is about: "She has never asked" is to be held against her words."""
        if position.holder is not None or position.subject_person is None:
            return None
        return self.identities.get(position.subject_person)

    def _group(self, position: Position) -> frozenset[str]:
        holder = position.holder
        if holder is None or holder.kind not in ("group", "described") or holder.person is not None:
            return frozenset()
        return concepts(word.strip(".,").lower() for word in holder.name.split()[-2:] if len(word) > 3)

    def is_inside(self, position: Position) -> bool:
        """Whether a position is the article's."""
        return position.id in self._inside

    def rivals(self, position: Position) -> Iterator[tuple[Position, bool]]:
        """Positions that may be about the same thing and that this one is held against, each with whether it has the
        same holder.

        What somebody holds is held against the same person's; what nobody is named for against everybody's in the
        sources, the interviewers' own words left out. Inside the article only positions of one person are compared,
        each pair once.
        """
        holder = self._identity[position.id]
        nobody = holder is None and self._actor(position) is None and not self._group(position)
        if nobody and not self.sources:
            return
        for other in self.topics.neighbours(position):
            inside = other.id in self._inside
            if inside and (nobody or other.start <= position.start):
                continue
            if holder is not None and self._identity[other.id] != holder:
                continue
            same = not nobody and self.is_one_holder(position, other)
            if (same or not inside) and not self._asks(other):
                yield other, same

    def held_by(self, identity: str, among: Iterable[Position]) -> list[Position]:
        """Those that one human being holds."""
        return [position for position in among if self.identity(position) == identity]

    def _asks(self, position: Position) -> bool:
        """An interviewer's words are never the guest's, but for those that say what the guest said before."""
        if position.turn not in self._asking:
            return False
        return position.holder is None or position.holder == self._asking[position.turn]


def match_positions(positions: Positions) -> list[PositionMatch]:
    """For each position of the article the closest ones on its topic, in the order of the article."""
    found: list[PositionMatch] = []
    for position in positions.of_article():
        rivals = positions.rivals(position)
        matches = [m for other, same_person in rivals if (m := _match(positions, position, other, same_person))]
        matches.sort(key=lambda match: (-match.closeness, -match.mass, match.other))
        found.extend(matches[:_KEPT])
    return found


def _match(positions: Positions, position: Position, other: Position, same_person: bool) -> PositionMatch | None:
    near = positions.topics.nearness(position, other)
    same_time = bool(set(position.time) & set(other.time))
    one_topic = is_one_topic(near, same_time=same_time, taking_sides=take_sides(position, other))
    one_topic = one_topic or is_one_forecast(position, other, one_person=same_person)
    if not one_topic and not (other.reserved and is_akin(near)):
        return None
    return PositionMatch(
        position=position.id,
        other=other.id,
        inside=positions.is_inside(other),
        same_person=same_person,
        shared=near.shared,
        mass=near.mass,
        closeness=near.closeness,
        relation=relation(position, other, near),
    )
