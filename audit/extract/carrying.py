"""Quotations without an attribution of their own: who goes on speaking.

A quotation that stands by itself is the words of whoever spoke last in its paragraph, or of whoever the sentence in
front of it is about; at the head of a paragraph, of whoever spoke last in the paragraph before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from audit.extract.annotate import Token
from audit.extract.attribution import Attribution, Attributor
from audit.extract.cues import find_cues
from audit.extract.marks import Pair
from audit.extract.stretches import Stretch, cut
from audit.records import Block, Speaker


@dataclass
class BlockReading:
    """A block with what is known of the speakers of its stretches so far; `pairs` are those in no other pair."""

    block: Block
    pairs: Sequence[Pair]
    attributor: Attributor
    before: BlockReading | None = None
    speakers: dict[int, Speaker] = field(default_factory=dict)  # by stretch

    def __post_init__(self) -> None:
        if self.before is not None:
            self.before.before = None  # two paragraphs are as far as a quotation can look back

    @cached_property
    def stretches(self) -> list[Stretch]:
        """The block cut into stretches; without a quotation of its own it may never be asked for them."""
        return cut(self.attributor.annotated, self.block.start, self.block.end, self.pairs)

    @property
    def announces(self) -> bool:
        """Whether it ends in a colon, so that the next block is what somebody says."""
        return bool(self.stretches) and _ends_in_colon(self.stretches[-1])

    def note(self, at: int, attribution: Attribution | None) -> None:
        """Remember who speaks in a stretch."""
        if attribution is not None:
            self.speakers[at] = attribution.speaker


def carry(reading: BlockReading, at: int) -> Attribution | None:
    """The attribution that the quotation of a stretch without one takes over, or None."""
    if reading.stretches[at].words:
        return None
    for earlier in range(at - 1, -1, -1):
        speaker = _speaker_in(reading, earlier)
        if speaker is not None:
            return Attribution(speaker, None, "carried")
    if any(_names_others(reading.stretches[earlier], reading.attributor) for earlier in range(at)):
        return None
    before = reading.before
    if before is not None and (before.block.kind == reading.block.kind or before.announces):
        return _from_block_before(before)
    return None


def _names_others(stretch: Stretch, attributor: Attributor) -> bool:
    """Whether a paragraph turns to somebody or something else in front of its quotation."""
    subject = _subject(stretch, attributor)
    return subject is not None and subject.pos in ("NOUN", "PROPN")


def _from_block_before(before: BlockReading) -> Attribution | None:
    if not before.stretches:
        return None
    speaker = _speaker_in(before, len(before.stretches) - 1)
    return Attribution(speaker, None, "carried") if speaker is not None else None


def _speaker_in(reading: BlockReading, at: int) -> Speaker | None:
    if at in reading.speakers:
        return reading.speakers[at]
    stretch = reading.stretches[at]
    attributor = reading.attributor
    cues = [cue for cue in find_cues(attributor.annotated, stretch.tokens, attributor.narrated) if cue.speaker]
    main = [cue for cue in cues if cue.token.dep == "ROOT"]
    for cue in main or cues:
        if cue.kind in ("say", "call", "mind"):
            return attributor.speaker(cue)
    if not _ends_in_colon(stretch):
        return None
    subject = _subject(stretch, attributor)
    return attributor.named(subject) if subject is not None else None


def _ends_in_colon(stretch: Stretch) -> bool:
    last = stretch.items[-1]
    return isinstance(last, Token) and last.text == ":"


def _subject(stretch: Stretch, attributor: Attributor) -> Token | None:
    tokens = attributor.annotated.tokens
    subjects = [token for token in stretch.tokens if token.dep in ("nsubj", "nsubjpass")]
    main = [token for token in subjects if tokens[token.head].dep == "ROOT"]
    return next(iter(main or subjects), None)
