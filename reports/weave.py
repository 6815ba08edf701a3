"""Text with spans over it, as a flat stream of tokens that opens and closes them in order.

Findings and quotations overlap freely, HTML elements do not: a span that crosses the end of another one is cut in two
there. The first part keeps the span's id, the last one its chips.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from audit.reports.markup import Hidden
from audit.reports.visible import cut_at_unseen


@dataclass(frozen=True, slots=True)
class Chip:
    """A small mark behind a span that says what is about it and leads there."""

    css: str
    label: str  # what is printed
    title: str  # what it means
    href: str = ""
    name: str = ""  # what it is called aloud, where that is shorter than what it means


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a file that is set apart; offsets are those of the file."""

    start: int
    end: int
    css: str
    rank: int = 0  # the outer one of two spans over the same stretch has the lower rank
    tag: str = "span"
    id: str = ""
    href: str = ""  # where a click on the words leads, for those who use scripts
    chips: tuple[Chip, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    kind: ClassVar[str] = "text"
    words: str


@dataclass(frozen=True, slots=True)
class Unseen:
    """A character that shows nothing, by its name."""

    kind: ClassVar[str] = "unseen"
    words: str


@dataclass(frozen=True, slots=True)
class Open:
    kind: ClassVar[str] = "open"
    span: Span


@dataclass(frozen=True, slots=True)
class Close:
    kind: ClassVar[str] = "close"
    span: Span


Token = Text | Unseen | Open | Close


def clip(spans: Iterable[Span], start: int, end: int) -> list[Span]:
    """The parts of spans that lie between two offsets; ids stay with the first part, chips with the last."""
    clipped = []
    for span in spans:
        if span.end <= start or span.start >= end:
            continue
        clipped.append(
            replace(
                span,
                start=max(span.start, start),
                end=min(span.end, end),
                id=span.id if span.start >= start else "",
                chips=span.chips if span.end <= end else (),
            )
        )
    return clipped


def weave(text: str, base: int, spans: Sequence[Span], hidden: Sequence[Hidden] = ()) -> list[Token]:
    """The tokens of a text.

    `base` is the file's offset of the text's first character; spans are in offsets of the file and lie inside the
    text; `hidden` is in offsets of the text.
    """
    return list(_Weaver(text, base, hidden).tokens(spans))


class _Weaver:
    def __init__(self, text: str, base: int, hidden: Sequence[Hidden]) -> None:
        self._text = text
        self._base = base
        self._hidden = list(hidden)
        self._next_hidden = 0
        self._at = base

    def tokens(self, spans: Iterable[Span]) -> Iterator[Token]:
        waiting = [(*_order(span), number, span) for number, span in enumerate(spans)]
        heapq.heapify(waiting)
        number = len(waiting)
        open_spans: list[Span] = []
        while waiting:
            span = heapq.heappop(waiting)[-1]
            yield from self._close(open_spans, span.start)
            yield from self._words(span.start)
            if open_spans and span.end > open_spans[-1].end:
                edge = open_spans[-1].end
                rest = replace(span, start=edge, id="")
                heapq.heappush(waiting, (*_order(rest), number, rest))
                number += 1
                span = replace(span, end=edge, chips=())
            open_spans.append(span)
            yield Open(span)
        end = self._base + len(self._text)
        yield from self._close(open_spans, end)
        yield from self._words(end)

    def _close(self, open_spans: list[Span], until: int) -> Iterator[Token]:
        while open_spans and open_spans[-1].end <= until:
            span = open_spans.pop()
            yield from self._words(span.end)
            yield Close(span)

    def _words(self, until: int) -> Iterator[Token]:
        """What is shown from here to an offset; a hidden stretch is shown where it starts."""
        while self._next_hidden < len(self._hidden):
            hidden = self._hidden[self._next_hidden]
            if self._base + hidden.start >= until:
                break
            yield from self._plain(self._base + hidden.start)
            yield from _shown(hidden.shown)
            self._at = max(self._at, self._base + hidden.end)
            self._next_hidden += 1
        yield from self._plain(until)

    def _plain(self, until: int) -> Iterator[Token]:
        if until > self._at:
            yield from _shown(self._text[self._at - self._base : until - self._base])
            self._at = until


def _order(span: Span) -> tuple[int, int, int]:
    return span.start, -span.end, span.rank


def _shown(words: str) -> Iterator[Token]:
    for piece, unseen in cut_at_unseen(words):
        yield Unseen(piece) if unseen else Text(piece)
