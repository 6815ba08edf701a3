"""Statements: the sentences of a document, each with its voice and with everything that it binds together."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from audit.extract.annotate import Annotated, Sentence, Token
from audit.extract.answers import answer_of, extremes_in, is_hearsay, is_put
from audit.extract.people import People
from audit.extract.topics import content_lemmas
from audit.extract.voices import turns_by_index
from audit.records import (
    Claim,
    DateMention,
    Document,
    Quantity,
    Quotation,
    ReportedStatement,
    Speaker,
    Statement,
    Turn,
)
from audit.records.claims import Voice

_UNREAD = frozenset({"boilerplate", "stage", "byline", "dateline", "preamble"})
_NAMED = frozenset({"ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW"})
_LEANING = frozenset({"it", "he", "she", "they", "this", "that", "these", "those", "its", "his", "her", "their", "one"})
_ANSWER = 3  # sentences in which a question may be answered
_FEW = 4  # a sentence with fewer content words leans on the one before


@dataclass(frozen=True)
class Bound:
    """The claims of a document that statements refer to."""

    turns: Sequence[Turn]
    quotations: Sequence[Quotation]
    reported: Sequence[ReportedStatement]
    quantities: Sequence[Quantity]
    dates: Sequence[DateMention]


def find_sentences(annotated: Annotated, people: People, bound: Bound) -> list[Statement]:
    """The statements of a document, in order of the text."""
    reader = _Reader(annotated, people, bound)
    return [statement for sentence in annotated.sentences if (statement := reader.read(sentence)) is not None]


class _Spans:
    """View stretches of claims, looked up by place."""

    def __init__(self, spans: Sequence[tuple[int, int, int]]) -> None:
        self._all = sorted(spans)
        self._starts = [start for start, _, _ in self._all]

    def within(self, start: int, end: int) -> list[tuple[int, int, int]]:
        """Those that begin inside a stretch, or just before it and reach into it."""
        behind = bisect.bisect_left(self._starts, end)
        at = max(0, bisect.bisect_left(self._starts, start, 0, behind) - 4)
        return [span for span in self._all[at:behind] if span[1] > start]


def _spans(document: Document, claims: Sequence[Claim]) -> _Spans:
    return _Spans([(*document.view_span(claim), number) for number, claim in enumerate(claims)])


class _Reader:
    def __init__(self, annotated: Annotated, people: People, bound: Bound) -> None:
        self._annotated, self._people, self._bound = annotated, people, bound
        document = annotated.document
        self._turns: Mapping[int, Turn] = turns_by_index(annotated, bound.turns)
        outer = [quotation for quotation in bound.quotations if quotation.form != "nested"]
        self._outer = outer
        self._quoted = _Spans(
            [(*document.view_span(s), number) for number, quotation in enumerate(outer) for s in quotation.segments]
        )
        self._reported = _spans(document, bound.reported)
        self._quantities = _spans(document, bound.quantities)
        self._dates = _spans(document, bound.dates)
        self._previous: tuple[int, tuple[str, ...]] = (-1, ())
        self._question: tuple[int, tuple[str, ...]] = (0, ())  # sentences that may answer it, and its topic
        self._number = 0

    def read(self, sentence: Sentence) -> Statement | None:
        """The statement that a sentence makes; None for words that nobody reads."""
        document = self._annotated.document
        block = document.blocks[sentence.block]
        tokens = self._annotated.tokens_of(sentence)
        if block.kind in _UNREAD or not any(token.pos not in ("PUNCT", "SYM") for token in tokens):
            return None
        start, end = tokens[0].start, tokens[-1].end
        turn = self._turns.get(block.turn) if block.turn is not None else None
        voice, speaker = self._voice(start, end, turn)
        topic = content_lemmas(tokens)
        quantities = tuple(self._bound.quantities[at].id for _, _, at in self._quantities.within(start, end))
        previous = self._previous[1] if self._previous[0] == sentence.block else ()
        left, question = self._question
        if left and turn is not None and quantities:  # "How many beds?" "Forty-eight."
            previous = tuple(dict.fromkeys((*question, *previous)))
        self._previous = (sentence.block, topic or previous)
        self._number += 1
        asked = _asks(tokens)
        self._question = (_ANSWER, topic) if asked else (max(0, left - 1), question)
        return Statement(
            **vars(self._annotated.sentence_place(sentence)),
            id=f"{document.key}.sentence.{self._number}",
            block=sentence.block,
            voice=voice,
            speaker=speaker,
            asked=asked,
            interviewer=turn is not None and turn.role == "interviewer",
            topic=topic,
            context=previous if _leans(tokens, topic) else (),
            people=self._persons(tokens, speaker),
            names=tuple(self._names(tokens)),
            quantities=quantities,
            dates=tuple(self._bound.dates[at].id for _, _, at in self._dates.within(start, end)),
            extremes=tuple(extremes_in(tokens)),
            answers=answer_of(tokens),
            put=is_put(tokens),
            hearsay=is_hearsay(tokens),
        )

    def _voice(self, start: int, end: int, turn: Turn | None) -> tuple[Voice, Speaker | None]:
        inside = self._quoted.within(start, end)
        quoted = max(inside, key=lambda s: min(s[1], end) - max(s[0], start)) if inside else None
        if quoted is not None and 2 * (min(quoted[1], end) - max(quoted[0], start)) > end - start:
            return "direct", self._outer[quoted[2]].speaker
        if turn is not None:
            return "turn", turn.speaker
        reported = self._reported.within(start, end)
        if reported:
            return "indirect", self._bound.reported[reported[0][2]].speaker
        return "narration", None

    def _persons(self, tokens: Sequence[Token], speaker: Speaker | None) -> tuple[str, ...]:
        """Ids of those whom the sentence names or means, each once; who speaks in the first person is meant, too."""
        found: dict[str, None] = {}
        naming = self._people.naming
        for token in tokens:
            if token.i in naming:
                found[self._people.persons[naming[token.i].person].id] = None
            elif token.pos == "PRON" and (meant := self._meant(token, speaker)) is not None:
                found[meant] = None
        return tuple(found)

    def _meant(self, token: Token, speaker: Speaker | None) -> str | None:
        """Whom a pronoun stands for."""
        if token.lower in ("i", "me", "my", "we", "us", "our"):
            return speaker.person if speaker is not None else None
        if token.lower not in ("he", "she", "him", "her", "his", "hers"):
            return None
        who = self._people.speaker_of(token)
        return who.person if who is not None else None

    def _names(self, tokens: Sequence[Token]) -> Iterator[str]:
        """Names of bodies, places and works, an article in front left out."""
        if _NAMED.isdisjoint([token.ent for token in tokens]):
            return
        words: list[str] = []
        for token in tokens:
            inside = token.ent in _NAMED
            if words and (not inside or token.ent_begins):
                yield " ".join(words)
                words = []
            if inside and not (not words and token.lower in ("the", "a", "an")) and token.text not in ("’s", "'s"):
                words.append(token.lower)
        if words:
            yield " ".join(words)


def _asks(tokens: Sequence[Token]) -> bool:
    return any(token.text == "?" for token in tokens[-3:])


def _leans(tokens: Sequence[Token], topic: Sequence[str]) -> bool:
    """Whether a sentence takes up what the one before was about."""
    return len(topic) < _FEW or any(token.lower in _LEANING for token in tokens[:4])
