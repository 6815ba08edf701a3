"""The passages of a finding as a page shows them: the words in question with what stands around them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audit.reports.inputs import Inputs, InputText
from audit.reports.markup import hidden_markup
from audit.reports.weave import Span, Text, Token, clip, weave

from audit.records import Evidence, Finding

AROUND = 240  # characters of a paragraph that are shown before and behind the words in question


@dataclass(frozen=True)
class Caption:
    """Where a passage comes from. `anchor` is its place in the texts below."""

    label: str
    speaker: str
    spot: str
    anchor: str


@dataclass(frozen=True)
class Line:
    """A paragraph of a passage; `speaker` only where it is not the passage's own."""

    tokens: tuple[Token, ...]
    speaker: str = ""


@dataclass(frozen=True)
class Passage:
    """A stretch of one text with the evidence that lies in it."""

    side: str  # "Article" or "Source"
    captions: tuple[Caption, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Sides:
    """What is shown left and right. `right` is empty where there is only one passage."""

    left: tuple[Passage, ...]
    right: tuple[Passage, ...]


def evidence_anchor(finding: Finding, number: int) -> str:
    """The id under which an evidence is marked in the texts; numbers from 1."""
    return f"e-{finding.fingerprint}-{number}"


def sides_of(finding: Finding, inputs: Inputs) -> Sides:
    """Article on the left and sources on the right; the first passage on the left where all are of one kind."""
    passages = [_passage(finding, group, inputs) for group in _groups(finding, inputs)]
    left = tuple(passage for passage in passages if passage.side == "Article")
    right = tuple(passage for passage in passages if passage.side != "Article")
    if left and right:
        return Sides(left, right)
    return Sides(tuple(passages[:1]), tuple(passages[1:]))


@dataclass
class _Group:
    """Evidence of one stretch of text; `first` and `last` are blocks, -1 for words outside of all blocks."""

    text: InputText | None
    first: int
    last: int
    numbers: list[int]

    def meets(self, text: InputText | None, blocks: Sequence[int]) -> bool:
        if text is None or self.text is not text or not blocks or self.first < 0:
            return False
        return blocks[0] <= self.last and self.first <= blocks[-1]


def _groups(finding: Finding, inputs: Inputs) -> list[_Group]:
    """The evidence, with what lies in the same paragraph together."""
    groups: list[_Group] = []
    for number, evidence in enumerate(finding.evidence):
        text = inputs.holding(evidence.place)
        blocks = text.blocks_at(evidence.place.start, evidence.place.end) if text is not None else []
        known = next((group for group in groups if group.meets(text, blocks)), None)
        if known is None:
            first, last = (blocks[0], blocks[-1]) if blocks else (-1, -1)
            groups.append(_Group(text, first, last, [number]))
        else:
            known.numbers.append(number)
            known.first, known.last = min(known.first, blocks[0]), max(known.last, blocks[-1])
    return groups


def _passage(finding: Finding, group: _Group, inputs: Inputs) -> Passage:
    evidence = [finding.evidence[number] for number in group.numbers]
    if group.text is None:
        return Passage("Passage", (_caption(finding, group.numbers[0], None),), (_alone(evidence[0]),))
    return Passage(
        "Article" if group.text.is_article else "Source",
        tuple(_caption(finding, number, group.text) for number in group.numbers),
        tuple(_lines(group, evidence, as_it_stands=finding.family == "production")),
    )


def _caption(finding: Finding, number: int, text: InputText | None) -> Caption:
    evidence = finding.evidence[number]
    speaker = evidence.speaker if evidence.speaker not in evidence.label else ""
    if text is None:
        return Caption(evidence.label, speaker, f"{evidence.place.path}:{evidence.place.line}", "")
    return Caption(evidence.label, speaker, text.spot(evidence.place), evidence_anchor(finding, number + 1))


def _alone(evidence: Evidence) -> Line:
    """Words whose text the report does not have."""
    place = evidence.place
    return Line(tuple(weave(place.text, place.start, _spans([evidence]))))


def _lines(group: _Group, evidence: Sequence[Evidence], as_it_stands: bool) -> Iterator[Line]:
    text = group.text
    assert text is not None
    start, end = min(e.place.start for e in evidence), max(e.place.end for e in evidence)
    spans = _spans(evidence)
    if group.first < 0:
        yield _line(text, start, end, spans, as_it_stands)
        return
    speakers = {e.speaker for e in evidence}
    for index in range(group.first, group.last + 1):
        block = text.blocks[index]
        first = _cut_before(text, block.start, start) if index == group.first else block.start
        last = _cut_behind(text, block.end, end) if index == group.last else block.end
        line = _line(text, first, last, spans, as_it_stands)
        tokens = (
            *([Text("… ")] if first > block.start else []),
            *line.tokens,
            *([Text(" …")] if last < block.end else []),
        )
        yield Line(tokens, block.speaker if block.speaker not in speakers else "")


def _line(text: InputText, start: int, end: int, spans: Sequence[Span], as_it_stands: bool) -> Line:
    words = text.words(start, end)
    hidden = [] if as_it_stands else hidden_markup(text.info.format, words)
    return Line(tuple(weave(words, start, clip(spans, start, end), hidden)))


def _spans(evidence: Sequence[Evidence]) -> list[Span]:
    spans = [Span(e.place.start, e.place.end, "core", rank=0) for e in evidence]
    marks = {(mark.start, mark.end) for e in evidence for mark in e.marks if mark.start < mark.end}
    return [*spans, *(Span(start, end, "", rank=1, tag="mark") for start, end in sorted(marks))]


def _cut_before(text: InputText, block_start: int, start: int) -> int:
    """Where the words before the evidence begin: the block's start, or the next word after a distance."""
    if start - block_start <= AROUND * 4 // 3:
        return min(block_start, start)
    return text.word_start(start - AROUND, start)


def _cut_behind(text: InputText, block_end: int, end: int) -> int:
    if block_end - end <= AROUND * 4 // 3:
        return max(block_end, end)
    return text.word_end(end, end + AROUND)
