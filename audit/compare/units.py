"""Who says what in the sources: turns of transcripts, quotations in running text, and text that nobody is named for."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

from audit.compare.align import Unit
from audit.compare.normalize import Word, fold, words_in
from audit.extract.pipeline import Prepared
from audit.records import Document, Quotation, Speaker, Turn

_RUNNING = ("paragraph", "list_item", "blockquote", "table_row")
_TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "prof",
        "professor",
        "sir",
        "dame",
        "lord",
        "lady",
        "sen",
        "rep",
        "gov",
        "cllr",
        "the",
    ]
)


class _Spans:
    """Stretches of a view, asked whether one of them holds another stretch."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._reach = list(accumulate((end for _, end in ordered), max))  # the furthest end so far

    def cover(self, start: int, end: int) -> bool:
        """Whether one of the stretches holds all of this one."""
        at = bisect.bisect_right(self._starts, start) - 1
        return at >= 0 and end <= self._reach[at]


def units_of(sources: Sequence[Prepared], identities: Mapping[str, str]) -> list[Unit]:
    """Everything that the sources say, with who says it."""
    return [unit for source in sources for unit in _document_units(source, identities)]


def tags_of(prepared: Prepared) -> dict[int, str]:
    """The part-of-speech tag of each token under its view offset."""
    return {token.start: token.tag for token in prepared.annotated.tokens}


def _document_units(source: Prepared, identities: Mapping[str, str]) -> Iterator[Unit]:
    document = source.records.document
    turns = list(source.records.of(Turn))
    for turn in turns:
        yield Unit(
            id=turn.id,
            document=document,
            speaker=turn.speaker,
            identity=identity_of(turn.speaker, identities),
            interviewer=turn.role == "interviewer",
            words=tuple(_turn_words(document, turn)),
            form="turn",
            order=turn.ordinal,
        )
    covered = _Spans([document.view_span(turn) for turn in turns])
    quoted: list[tuple[int, int]] = []
    for quotation in source.records.of(Quotation):
        span = document.view_span(quotation.segments[0])
        if quotation.form == "nested" or quotation.speaker is None or covered.cover(*span):
            continue
        quoted.extend(document.view_span(segment) for segment in quotation.segments)
        yield _quotation_unit(document, quotation, identities)
    yield from _text_units(source, covered, _Spans(quoted))


def _turn_words(document: Document, turn: Turn) -> list[Word]:
    index = document.blocks[turn.block].turn
    blocks = document.turns[index].blocks if index is not None and index < len(document.turns) else (turn.block,)
    words: list[Word] = []
    for number in blocks:
        block = document.blocks[number]
        if block.kind in ("stage", "boilerplate", "preamble"):
            continue
        ended = not words or document.view[words[-1].end : block.start].strip('\n \t”"’')[:1] in (".", "?", "!")
        words.extend(_continued(words, words_in(document.view, block.start, block.end), ended))
    return words


def _continued(before: list[Word], after: list[Word], ended: bool) -> list[Word]:
    """Words of the next block; a sentence may run on over caption cues."""
    if not before:
        return after
    shift = before[-1].sentence + (1 if ended else 0)
    return [
        word._replace(sentence=word.sentence + shift, after_break=word.after_break and (at > 0 or ended))
        for at, word in enumerate(after)
    ]


def _quotation_unit(document: Document, quotation: Quotation, identities: Mapping[str, str]) -> Unit:
    words: list[Word] = []
    for segment in quotation.segments:
        words.extend(_continued(words, words_in(document.view, *document.view_span(segment)), True))
    return Unit(
        id=quotation.id,
        document=document,
        speaker=quotation.speaker,
        identity=identity_of(quotation.speaker, identities),
        interviewer=False,
        words=tuple(words),
        form="quotation",
        order=quotation.start,
    )


def _text_units(source: Prepared, turns: _Spans, quoted: _Spans) -> Iterator[Unit]:
    document = source.records.document
    for block in document.blocks:
        if block.kind not in _RUNNING or block.turn is not None or turns.cover(block.start, block.end):
            continue
        words = [
            word
            for word in words_in(document.view, block.start, block.end)
            if not quoted.cover(word.start, word.start + 1)
        ]
        yield Unit(
            f"{document.key}.block.{block.index}", document, None, None, False, tuple(words), "text", block.index
        )


def identity_of(speaker: Speaker | None, identities: Mapping[str, str]) -> str | None:
    """The key of the human being behind a speaker; a full name stands in where no person is known."""
    if speaker is None:
        return None
    if speaker.person is not None and speaker.person in identities:
        return identities[speaker.person]
    if speaker.person is not None:
        return speaker.person
    if speaker.kind != "named":
        return None
    words = [fold(word.strip(".,")) for word in speaker.name.split()]
    return " ".join(word for word in words if word not in _TITLES) or None


def surname(name: str) -> str:
    """The last word of a name, folded; empty where there is none."""
    words = [fold(word.strip(".,")) for word in name.replace("’s", "").split()]
    return words[-1] if words and words[-1] not in _TITLES else ""
