"""Stretches of the article in which figures are reckoned together: a sentence, with those that go on from it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from audit.records import DocumentRecords, Figure, Quantity, Statement

_SENTENCES = 7  # of a passage, the first one included
_BLOCKS = 2  # that it runs over
_FAR = 40  # sentences in which the parts of a total may be told one by one
_FAR_BLOCKS = 14
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True)
class Passage:
    """A sentence and those behind it, with their figures in order. `first` are the figures of the sentence itself."""

    statement: Statement
    following: tuple[Statement, ...]
    first: list[Figure]
    figures: list[Figure]
    quantities: dict[str, Quantity] = field(repr=False)
    later: tuple[Statement, ...] = field(default=(), repr=False)  # what follows, far beyond the passage
    by_statement: Mapping[str, list[Figure]] = field(default_factory=dict, repr=False)

    def quantity(self, figure: Figure) -> Quantity:
        return self.quantities[figure.quantity]

    def between(self, one: Figure, other: Figure) -> str:
        """The words between two figures of one sentence, lower case."""
        home = self._home(one)
        start = home.start
        return _on_one_line(home.text[one.end - start : other.start - start])

    def around(self, figure: Figure, width: int = 40) -> tuple[str, str]:
        """The words in front of a figure and behind it in its sentence, lower case."""
        home = self._home(figure)
        at, end = figure.start - home.start, figure.end - home.start
        return _on_one_line(home.text[:at])[-width:], _on_one_line(home.text[end:])[:width]

    def _home(self, figure: Figure) -> Statement:
        return next(s for s in (self.statement, *self.following, *self.later) if s.id == figure.statement)


def _on_one_line(text: str) -> str:
    """Words in lower case with single blanks between them, wherever the file breaks its lines."""
    return _BLANKS.sub(" ", text).lower()


def passages_of(records: DocumentRecords) -> Iterator[Passage]:
    """A passage for every sentence with a figure, those that follow cut off where the text goes elsewhere."""
    statements = list(records.of(Statement))
    quantities = {quantity.id: quantity for quantity in records.of(Quantity)}
    by_statement: dict[str, list[Figure]] = {}
    for figure in records.of(Figure):
        by_statement.setdefault(figure.statement, []).append(figure)
    for at, statement in enumerate(statements):
        first = by_statement.get(statement.id)
        if not first:
            continue
        following = tuple(_following(statements, at, _SENTENCES, _BLOCKS))
        later = tuple(_following(statements, at, _FAR, _FAR_BLOCKS))
        others = [figure for other in following for figure in by_statement.get(other.id, ())]
        yield Passage(statement, following, first, [*first, *others], quantities, later, by_statement)


def _following(statements: list[Statement], at: int, sentences: int, blocks: int) -> Iterator[Statement]:
    """The sentences that go on from one: in its block and, if that ends soon, the next."""
    own = statements[at]
    for other in statements[at + 1 : at + sentences]:
        if other.block - own.block >= blocks:
            return
        yield other
