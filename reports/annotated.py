"""The texts as they are laid out, with everything that was found marked where it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from audit.reports.inputs import Inputs, InputText
from audit.reports.markup import hidden_markup
from audit.reports.passages import evidence_anchor
from audit.reports.verdicts import OUTCOMES
from audit.reports.weave import Chip, Span, Token, clip, weave

from audit.records import Finding, Place, Quotation, QuoteMatch
from audit.records.report import BlockInfo

# Signs that some devices draw as pictures are asked for as text (U+FE0E).
_SHAPES = {"error": "✖\ufe0e", "warning": "▲", "note": "●"}
_BACK = "↩\ufe0e"
_MARKS = "\"“”„‟'‘’«»‹›"
_QUOTED = ("exact", "tidied", "altered", "stitched", "qualifier-cut", "reworded", "other-speaker")


@dataclass(frozen=True)
class TextBlock:
    """A block of a text. `speaker` is set where somebody begins to speak; `voice` is the speaker's role."""

    kind: str
    level: int
    line: int
    anchor: str
    tokens: tuple[Token, ...]
    speaker: str = ""
    voice: str = ""
    timestamp: str = ""


@dataclass(frozen=True)
class AnnotatedText:
    """A whole input with its marks."""

    text: InputText
    blocks: tuple[TextBlock, ...]

    @property
    def is_titled(self) -> bool:
        """Whether the text itself begins with its title."""
        return any(block.kind in ("headline", "heading", "preamble") for block in self.blocks[:1])


@dataclass(frozen=True)
class Numbered:
    """A finding with the number that it has on the page."""

    number: int
    finding: Finding


def annotate(
    inputs: Inputs, findings: Sequence[Numbered], quotations: Mapping[str, Quotation], matches: Iterable[QuoteMatch]
) -> list[AnnotatedText]:
    """Every input with the findings, the quotations and the passages that quotations were found in."""
    spans: dict[str, list[Span]] = defaultdict(list)
    raw: dict[str, list[Place]] = defaultdict(list)  # shown with its markup: the markup is what it is about
    for numbered in findings:
        for place, span in _finding_spans(numbered, inputs):
            _add(spans, inputs, place, span)
            if numbered.finding.family == "production" and (text := inputs.holding(place)) is not None:
                raw[text.info.key].append(place)
    for match in matches:
        if match.quotation in quotations:
            for place, span in _quotation_spans(quotations[match.quotation], match, inputs):
                _add(spans, inputs, place, span)
    return [AnnotatedText(text, tuple(_blocks(text, spans[text.info.key], raw[text.info.key]))) for text in inputs.all]


def _add(spans: dict[str, list[Span]], inputs: Inputs, place: Place, span: Span) -> None:
    text = inputs.holding(place)
    if text is not None and span.start < span.end:
        spans[text.info.key].append(span)


def _finding_spans(numbered: Numbered, inputs: Inputs) -> Iterator[tuple[Place, Span]]:
    """The marks of a finding; the words of each lead to the first passage on the other side."""
    finding = numbered.finding
    card = f"#f-{finding.fingerprint}"
    name = f"Finding {numbered.number}, {finding.severity}"
    label = f"{_SHAPES[finding.severity]}\u00a0{numbered.number}"
    chip = Chip(finding.severity, label, f"{name}: {finding.message}", card, name)
    texts = [inputs.holding(evidence.place) for evidence in finding.evidence]
    sides = [text.is_article if text is not None else None for text in texts]
    for number, (evidence, side) in enumerate(zip(finding.evidence, sides, strict=True), start=1):
        place = evidence.place
        other = next((at for at, there in enumerate(sides, start=1) if there is not None and there != side), 0)
        href = f"#{evidence_anchor(finding, other)}" if other and _is_marked(finding, other) else card
        css = f"f {finding.severity}"
        yield place, Span(place.start, place.end, css, 0, "span", evidence_anchor(finding, number), href, (chip,))


def _is_marked(finding: Finding, number: int) -> bool:
    place = finding.evidence[number - 1].place
    return place.start < place.end


def _quotation_spans(quotation: Quotation, match: QuoteMatch, inputs: Inputs) -> Iterator[tuple[Place, Span]]:
    outcome = OUTCOMES[match.verdict]
    passages = [p for p in match.passages if inputs.holding(p) is not None] if match.verdict in _QUOTED else []
    href = f"#p-{quotation.id}" if passages else ""
    yield from _quoted(quotation, match, inputs, href)
    spot = f"{quotation.path}:{quotation.line}"
    back = Chip("back", _BACK, f"Quoted in {spot}: {outcome.words}", f"#q-{quotation.id}")
    for number, passage in enumerate(passages, start=1):
        id = f"p-{quotation.id}" if number == 1 else f"p-{quotation.id}-{number}"
        css = f"p {outcome.css}"
        yield passage, Span(passage.start, passage.end, css, 1, "span", id, f"#q-{quotation.id}", (back,))


def _quoted(quotation: Quotation, match: QuoteMatch, inputs: Inputs, href: str) -> Iterator[tuple[Place, Span]]:
    outcome = OUTCOMES[match.verdict]
    reason = f": {match.reason}" if match.reason else ""
    chip = Chip(f"quote {outcome.css}", outcome.sign, f"Quotation {outcome.words}{reason}", href)
    segments = quotation.segments or (quotation,)
    for number, segment in enumerate(segments, start=1):
        start, end = _with_marks(segment, inputs)
        id = f"q-{quotation.id}" if number == 1 else ""
        chips = (chip,) if number == len(segments) else ()
        yield segment, Span(start, end, f"q {outcome.css}", 1, "span", id, href, chips)


def _with_marks(segment: Place, inputs: Inputs) -> tuple[int, int]:
    """Quoted words with the quotation marks directly around them."""
    text = inputs.holding(segment)
    if text is None:
        return segment.start, segment.end
    before, behind = text.words(segment.start - 1, segment.start), text.words(segment.end, segment.end + 1)
    return (
        segment.start - (before != "" and before in _MARKS),
        segment.end + (behind != "" and behind in _MARKS),
    )


# --- Blocks -----------------------------------------------------------------------------------------------------------


def _blocks(text: InputText, spans: Sequence[Span], raw: Sequence[Place]) -> Iterator[TextBlock]:
    sweep = _Sweep(spans)
    previous = ""
    for block in _with_gaps(text, spans):
        words = text.words(block.start, block.end)
        as_it_stands = any(place.start < block.end and block.start < place.end for place in raw)
        hidden = [] if as_it_stands else hidden_markup(text.info.format, words)
        turn = text.turn_at(block.start) if block.speaker else None
        begins = bool(block.speaker) and (block.speaker != previous or (turn is not None and turn.start == block.start))
        yield TextBlock(
            kind=block.kind,
            level=block.level,
            line=text.line(block.start),
            anchor=text.block_anchor(block.start),
            tokens=tuple(weave(words, block.start, sweep.within(block.start, block.end), hidden)),
            speaker=block.speaker if begins else "",
            voice=turn.role if turn is not None else "",
            timestamp=turn.timestamp if turn is not None and begins else "",
        )
        previous = block.speaker


def _with_gaps(text: InputText, spans: Sequence[Span]) -> Iterator[BlockInfo]:
    """The blocks, and the words between them that something was found in."""
    sweep = _Sweep(spans)
    at = text.info.start
    for block in (*text.blocks, BlockInfo(kind="end", start=text.info.end, end=text.info.end)):
        if sweep.within(at, block.start):
            words = text.words(at, block.start)
            if words.strip():
                start = at + len(words) - len(words.lstrip())
                yield BlockInfo(kind="gap", start=start, end=start + len(words.strip()))
        if block.end > max(block.start, at):
            yield block.model_copy(update={"start": max(block.start, at)})
        at = max(at, block.end)


class _Sweep:
    """Spans by stretch, for stretches that are asked for in the order of the text."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._waiting = sorted(spans, key=lambda span: (span.start, -span.end), reverse=True)
        self._open: list[Span] = []

    def within(self, start: int, end: int) -> list[Span]:
        """What of the spans lies between two offsets."""
        self._open = [span for span in self._open if span.end > start]
        while self._waiting and self._waiting[-1].start < end:
            self._open.append(self._waiting.pop())
        return clip(self._open, start, end)
