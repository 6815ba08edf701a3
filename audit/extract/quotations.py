"""Quotations with their segments, speakers and cues.

The words between two marks that no other pair surrounds are a segment, and so is a paragraph that the document sets
off as a block quotation. Segments that an attribution between commas splits, and those that run over paragraphs, are
one quotation. A second quoted sentence behind an attribution that ends in a full stop is a quotation of its own and has
the same speaker. Nested quotations carry the id of the one around them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from audit.extract.annotate import Annotated, Token
from audit.extract.attribution import Attribution, Attributor
from audit.extract.carrying import BlockReading, carry
from audit.extract.forms import FEW, WORD, Form, form_of, is_title
from audit.extract.marks import Marks, Pair
from audit.extract.occasions import occasion_in
from audit.extract.people import People
from audit.extract.stretches import Stretch, cut, inner_text
from audit.records import Block, Document, Place, Quotation

_WHOLE = 0.8  # share of a block that its one pair of marks must hold to be the whole block


@dataclass
class Found:
    """A quotation while its segments are gathered."""

    pairs: list[Pair]
    stretches: list[Stretch]
    attribution: Attribution | None = None
    around: Found | None = None  # the quotation around a nested one
    set_off: bool = False  # in a paragraph of its own that is marked as a block quotation, or announced as one


def find_quotations(annotated: Annotated, people: People, marks: Marks) -> list[Quotation]:
    """The quotations of a document, in order of their places; each nested one behind the one around it."""
    return _Reader(annotated, people, marks).read()


class _Reader:
    """Goes through a document once, block by block."""

    def __init__(self, annotated: Annotated, people: People, marks: Marks) -> None:
        self.annotated = annotated
        self.people = people
        self.children: dict[Pair, list[Pair]] = {}
        self.top: dict[int, list[Pair]] = {}
        self.found: list[Found] = []
        for pair in marks.pairs:
            if pair.parent is None:
                self.top.setdefault(pair.block, []).append(pair)
            else:
                self.children.setdefault(marks.pairs[pair.parent], []).append(pair)

    def read(self) -> list[Quotation]:
        before: BlockReading | None = None
        for block in self.annotated.document.blocks:
            pairs = self.top.get(block.index, [])
            if block.kind == "blockquote":
                pairs = self._as_whole(block, pairs)
            before = self._read_block(block, pairs, before)
        for found in list(self.found):
            self._read_nested(found)
        self.found.sort(key=lambda one: (one.pairs[0].start, -one.pairs[-1].end))
        numbers = {id(found): number for number, found in enumerate(self.found, start=1)}
        return [self._record(found, numbers) for found in self.found]

    def _as_whole(self, block: Block, pairs: list[Pair]) -> list[Pair]:
        """A block quotation is one pair: its own marks where they surround it, else the edges of the block."""
        if len(pairs) == 1 and pairs[0].end - pairs[0].start >= _WHOLE * (block.end - block.start):
            return pairs
        if not self.annotated.document.block_text(block).strip():
            return []
        whole = Pair(block.start, block.start, block.end, block.end, block.index, "curly")
        if pairs:
            self.children[whole] = pairs
        return [whole]

    def _read_block(self, block: Block, pairs: Sequence[Pair], before: BlockReading | None) -> BlockReading:
        attributor = Attributor(self.annotated, self.people, outside(pairs))
        reading = BlockReading(block, pairs, attributor, before)
        for at, stretch in enumerate(reading.stretches) if pairs else ():
            own = attributor.attribute(stretch)
            for pair in stretch.pairs:
                attribution = own.get(pair) or carry(reading, at)
                reading.note(at, attribution)
                self._add(pair, stretch, attribution, reading)
        return reading

    def _add(self, pair: Pair, stretch: Stretch, own: Attribution | None, reading: BlockReading) -> None:
        last = self.found[-1] if self.found else None
        if last is not None and self._goes_on(last, pair, own):
            last.pairs.append(pair)
            last.stretches.append(stretch)
            if last.attribution is None or last.attribution.how == "carried":
                last.attribution = own or last.attribution
        elif last is not None and last.stretches[-1] is stretch and _is_split(stretch, last, pair, own):
            last.pairs.append(pair)
        else:
            self.found.append(Found([pair], [stretch], own, set_off=_is_set_off(reading, pair)))

    def _goes_on(self, last: Found, pair: Pair, own: Attribution | None) -> bool:
        """Whether a pair is the next paragraph of a quotation; the label of a transcript begins a new one."""
        if own is not None and own.how == "label":
            return False
        if pair.continued and last.pairs[-1].continues:
            return True
        blocks = self.annotated.document.blocks
        return (
            blocks[pair.block].kind == "blockquote"
            and pair.block == last.pairs[-1].block + 1
            and blocks[last.pairs[-1].block].kind == "blockquote"
        )

    def _read_nested(self, around: Found) -> None:
        """The quotations inside the segments of another; their cues stand inside it too."""
        for pair in around.pairs:
            children = self.children.get(pair, [])
            if not children:
                continue
            attributor = Attributor(self.annotated, self.people, outside(children, pair))
            for stretch in cut(self.annotated, pair.inner_start, pair.inner_end, children):
                own = attributor.attribute(stretch)
                for child in stretch.pairs:
                    found = Found([child], [stretch], own.get(child), around)
                    self.found.append(found)
                    self._read_nested(found)

    # --- Records -------------------------------------------------------------------------------------------------

    def _record(self, found: Found, numbers: dict[int, int]) -> Quotation:
        document = self.annotated.document
        first, last = found.pairs[0], found.pairs[-1]
        content = " ".join(" ".join(inner_text(self.annotated, pair).split()) for pair in found.pairs)
        words = len(WORD.findall(content))
        form = self._form(found)
        own = found.attribution
        title = form in ("partial", "nested") and is_title(self.annotated, found.stretches[0], first)
        if title and own is not None and own.how not in ("beside", "label") and not _is_called(own):
            own = None
        cue = own.cue if own is not None else None
        return Quotation(
            **document.place_fields(first.start, last.end),
            id=_id(document, numbers[id(found)]),
            block=first.block,
            form=form,
            segments=tuple(document.place(pair.inner_start, pair.inner_end) for pair in found.pairs),
            content=content,
            words=words,
            speaker=own.speaker if own is not None else None,
            cue=cue.lemma if cue is not None else "",
            cue_place=self.annotated.place(cue.first, cue.last) if cue is not None else None,
            sentence=self._sentence(found),
            parent=_id(document, numbers[id(found.around)]) if found.around is not None else None,
            setting=self._setting(found),
            dialogue=title or (words < FEW and (own is None or form == "partial")),
        )

    def _form(self, found: Found) -> Form:
        if found.around is not None:
            return "nested"
        if found.set_off:
            return "block"
        return form_of(self.annotated, found.stretches[0], found.pairs[0], found.attribution)

    def _sentence(self, found: Found) -> Place:
        start = min(stretch.extent()[0] for stretch in found.stretches)
        end = max(stretch.extent()[1] for stretch in found.stretches)
        return self.annotated.document.place(start, end)

    def _setting(self, found: Found) -> str:
        """The occasion that the narration of the first stretch with one names."""
        view = self.annotated.document.view
        for stretch in found.stretches:
            narration = [view[item.start : item.end] if isinstance(item, Token) else "“”" for item in stretch.items]
            occasion = occasion_in(" ".join(narration))
            if occasion:
                return occasion
        return ""


def _id(document: Document, number: int) -> str:
    return f"{document.key}.quotation.{number}"


def _is_called(own: Attribution) -> bool:
    """Whether somebody says these capitals as their verdict: "called it “Mission Accomplished”"."""
    return own.cue is not None and own.cue.kind == "call"


def _is_split(stretch: Stretch, last: Found, pair: Pair, own: Attribution | None) -> bool:
    """Whether an attribution between commas stands between the two parts of one quotation."""
    between = stretch.before(pair)
    if len(between) < 2 or between[-1].text not in (",", "—", "–", ";"):
        return False
    if last.attribution is None or last.attribution.how != "beside" or last.attribution.cue is None:
        return False
    cue = last.attribution.cue.token
    return cue in between and (own is None or own.cue is None or own.cue.token.i == cue.i)


def _is_set_off(reading: BlockReading, pair: Pair) -> bool:
    """Whether a pair is a block quotation: marked so, or a paragraph of its own that the one before announces."""
    block = reading.block
    if block.kind == "blockquote":
        return True
    whole = pair.start - block.start <= 1 and block.end - pair.end <= 1
    return whole and reading.before is not None and reading.before.announces


def outside(pairs: Sequence[Pair], around: Pair | None = None) -> Callable[[Token], bool]:
    """Tells tokens outside of some pairs that follow one another, and inside the one around them, from all others."""
    starts = [pair.start for pair in pairs]

    def narrated(token: Token) -> bool:
        if around is not None and not around.inner_start <= token.start < around.inner_end:
            return False
        at = bisect_right(starts, token.start) - 1
        return at < 0 or token.start >= pairs[at].end

    return narrated
