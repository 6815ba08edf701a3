"""The turns of a transcript as claims, each with its speaker and role."""

from __future__ import annotations

from audit.extract.annotate import Annotated
from audit.extract.people import People
from audit.records import Document, Place, Speaker, Turn
from audit.records.document import TurnSpan


def find_turns(annotated: Annotated, people: People) -> list[Turn]:
    """The turns of a document, in order; none where it is no transcript."""
    document = annotated.document
    turns = []
    for span in document.turns:
        place = _words_place(document, span)
        if place is not None:
            turns.append(_turn(document, span, place, people))
    return turns


def _turn(document: Document, span: TurnSpan, place: Place, people: People) -> Turn:
    return Turn(
        **place.model_dump(),
        id=f"{document.key}.turn.{span.index + 1}",
        block=span.blocks[0],
        ordinal=span.index + 1,
        speaker=_speaker(document, span, people),
        role=span.role,
        timestamp=span.timestamp,
        words=_words(document, span),
    )


def _words_place(document: Document, span: TurnSpan) -> Place | None:
    """From the first word of a turn to its last; None where nothing is said."""
    spoken = [document.blocks[at] for at in span.blocks if document.block_text(document.blocks[at]).strip()]
    return document.place(spoken[0].start, spoken[-1].end) if spoken else None


def _words(document: Document, span: TurnSpan) -> str:
    texts = (" ".join(document.block_text(document.blocks[at]).split()) for at in span.blocks)
    return " ".join(text for text in texts if text)


def _speaker(document: Document, span: TurnSpan, people: People) -> Speaker:
    """The person who speaks; a part without a name ("Q") is only described."""
    has_label = span.label_end > span.label_start
    mention = document.raw_place(span.label_start, span.label_end) if has_label else None
    person = people.speaking(span.index)
    if person is None:
        return Speaker(kind="described", name=span.name or span.label, mention=mention)
    return Speaker(kind="named", name=person.name, mention=mention, person=person.id)
