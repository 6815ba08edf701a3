"""An article with its sources, everything extracted from them, and what the comparison found: all that a rule sees."""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, TypeVar

from audit.config import House
from audit.records.base import Claim, Place
from audit.records.claims import (
    AnyClaim,
    DateMention,
    Figure,
    Position,
    Predication,
    Quantity,
    Quotation,
    Speaker,
    Statement,
    Turn,
)
from audit.records.document import Document
from audit.records.matches import (
    FigureMatch,
    GroupReaction,
    LinkMatch,
    PositionMatch,
    QuoteMatch,
    Reckoning,
    SpeakerCoverage,
    StatementConflict,
    StatementMatch,
    SuggestionMatch,
    SupportMatch,
)

Profile = Literal["strict", "standard", "relaxed", "translated"]

ClaimT = TypeVar("ClaimT", bound=Claim)


@dataclass(frozen=True)
class DocumentRecords:
    """A document and the claims extracted from it, in order of their places."""

    document: Document
    claims: tuple[AnyClaim, ...]

    def of(self, kind: type[ClaimT]) -> Iterator[ClaimT]:
        """The claims of one kind, in order."""
        return iter(self._of_kind.get(kind, ()))

    @cached_property
    def _of_kind(self) -> dict[type[Claim], list[Any]]:
        """The claims by their class; none of these classes derives from another."""
        found: dict[type[Claim], list[Any]] = defaultdict(list)
        for claim in self.claims:
            found[type(claim)].append(claim)
        return dict(found)

    @cached_property
    def _statements(self) -> tuple[list[int], list[Statement]]:
        statements = sorted(self.of(Statement), key=lambda statement: statement.start)
        return [statement.start for statement in statements], statements

    def statement_at(self, place: Place) -> Statement | None:
        """The sentence that a place lies in; None for one outside running text, such as a transcript's label."""
        starts, statements = self._statements
        at = bisect.bisect_right(starts, place.start) - 1
        return statements[at] if at >= 0 and statements[at].covers(place) else None


@dataclass(frozen=True)
class Dossier:
    """One article under audit.

    `identities` maps every Person id of every document to one key for each human being, so that two speakers are the
    same person when their keys are equal. `house` is what the newsroom has settled for all its articles.
    """

    article: DocumentRecords
    sources: tuple[DocumentRecords, ...] = ()
    identities: Mapping[str, str] = field(default_factory=dict)
    quote_matches: tuple[QuoteMatch, ...] = ()
    position_matches: tuple[PositionMatch, ...] = ()
    link_matches: tuple[LinkMatch, ...] = ()
    statement_matches: tuple[StatementMatch, ...] = ()
    support: tuple[SupportMatch, ...] = ()
    reactions: tuple[GroupReaction, ...] = ()
    conflicts: tuple[StatementConflict, ...] = ()
    figure_matches: tuple[FigureMatch, ...] = ()
    reckonings: tuple[Reckoning, ...] = ()
    suggestion_matches: tuple[SuggestionMatch, ...] = ()
    coverage: tuple[SpeakerCoverage, ...] = ()
    profile: Profile = "standard"
    house: House = field(default_factory=House)

    @cached_property
    def _by_id(self) -> dict[str, AnyClaim]:
        every = (self.article, *self.sources)
        return {claim.id: claim for records in every for claim in records.claims}

    @cached_property
    def _matches(self) -> dict[str, QuoteMatch]:
        return {match.quotation: match for match in self.quote_matches}

    @cached_property
    def _position_matches(self) -> dict[str, list[PositionMatch]]:
        found: dict[str, list[PositionMatch]] = {}
        for match in self.position_matches:
            found.setdefault(match.position, []).append(match)
        return found

    @cached_property
    def _statement_matches(self) -> dict[str, list[StatementMatch]]:
        found: dict[str, list[StatementMatch]] = {}
        for match in self.statement_matches:
            found.setdefault(match.statement, []).append(match)
        return found

    def statements_like(self, statement_id: str) -> list[StatementMatch]:
        """The matches of a statement of the article, the closest first."""
        return self._statement_matches.get(statement_id, [])

    def matches_of(self, position_id: str) -> list[PositionMatch]:
        """The matches of a position of the article, the closest first."""
        return self._position_matches.get(position_id, [])

    def claim(self, id: str) -> AnyClaim:
        """The claim with this id. Raises KeyError."""
        return self._by_id[id]

    def quotation(self, id: str) -> Quotation:
        """The quotation with this id. Raises KeyError or TypeError."""
        return self._typed(id, Quotation)

    def position(self, id: str) -> Position:
        """The position with this id. Raises KeyError or TypeError."""
        return self._typed(id, Position)

    def turn(self, id: str) -> Turn:
        """The turn with this id. Raises KeyError or TypeError."""
        return self._typed(id, Turn)

    def statement(self, id: str) -> Statement:
        """The statement with this id. Raises KeyError or TypeError."""
        return self._typed(id, Statement)

    def predication(self, id: str) -> Predication:
        """The predication with this id. Raises KeyError or TypeError."""
        return self._typed(id, Predication)

    def quantity(self, id: str) -> Quantity:
        """The quantity with this id. Raises KeyError or TypeError."""
        return self._typed(id, Quantity)

    def figure(self, id: str) -> Figure:
        """The figure with this id. Raises KeyError or TypeError."""
        return self._typed(id, Figure)

    def date(self, id: str) -> DateMention:
        """The date with this id. Raises KeyError or TypeError."""
        return self._typed(id, DateMention)

    def match(self, quotation_id: str) -> QuoteMatch | None:
        """What the comparison found for a quotation; None where it was not looked up."""
        return self._matches.get(quotation_id)

    def identity(self, speaker: Speaker | None) -> str | None:
        """The key of the human being behind a speaker; None where the text does not say."""
        if speaker is None or speaker.person is None:
            return None
        return self.identities.get(speaker.person)

    def same_person(self, one: Speaker | None, other: Speaker | None) -> bool:
        """Whether both speakers are known to be one human being."""
        key = self.identity(one)
        return key is not None and key == self.identity(other)

    def positions_of(self, records: DocumentRecords, identity: str) -> list[Position]:
        """The positions that one human being holds in a document."""
        return [claim for claim in records.of(Position) if self.identity(claim.holder) == identity]

    def _typed(self, id: str, kind: type[ClaimT]) -> ClaimT:
        claim = self._by_id[id]
        if not isinstance(claim, kind):
            raise TypeError(f"{id} is a {type(claim).__name__}, not a {kind.__name__}")
        return claim
