"""What every format is read into: paragraphs of lines, before layout and transcripts are made out."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field, replace

from audit.loading.mapped import Mapped, join
from audit.records import Block, BlockKind, Metadata, TurnSpan


@dataclass(slots=True)
class Line:
    """One line of a paragraph without its indent; `indent` counts columns."""

    text: Mapped
    indent: int = 0


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together. `fixed` says that the format itself gives the kind (a heading of Markdown)."""

    lines: list[Line]
    kind: BlockKind = "paragraph"
    level: int = 0
    fixed: bool = False
    speaker: str = ""  # named by the format (a WebVTT voice)
    _whole: Mapped | None = field(default=None, repr=False)

    @property
    def whole(self) -> Mapped:
        """All lines, a blank for each line end."""
        if self._whole is None:
            lines = [line.text for line in self.lines if line.text.text]
            self._whole = lines[0] if len(lines) == 1 else join(lines, " ")
        return self._whole

    @property
    def text(self) -> str:
        return self.whole.text

    @property
    def start(self) -> int:
        return next((line.text.starts[0] for line in self.lines if line.text.text), 0)

    @property
    def end(self) -> int:
        return next((line.text.ends[-1] for line in reversed(self.lines) if line.text.text), 0)


@dataclass(slots=True)
class Parsed:
    """What a format's parser returns."""

    paragraphs: list[Paragraph]
    meta: Metadata = field(default_factory=Metadata)
    transcript: bool = False  # the format is one of transcripts


@dataclass(frozen=True, slots=True)
class Piece:
    """A block to be: its kind, its text and the turn it belongs to."""

    kind: BlockKind
    text: Mapped
    level: int = 0
    turn: int | None = None


@dataclass(frozen=True, slots=True)
class Assembled:
    view: str
    starts: array[int]
    ends: array[int]
    blocks: tuple[Block, ...]
    turns: tuple[TurnSpan, ...]


def assemble(pieces: list[Piece], turns: list[TurnSpan]) -> Assembled:
    """Join the pieces, two line feeds between them that stand for the raw gap."""
    chunks: list[str] = []
    starts, ends = array("i"), array("i")
    blocks: list[Block] = []
    of_turn: dict[int, list[int]] = {}
    for piece in pieces:
        text = piece.text.strip()
        if not text.text:
            continue
        if blocks:
            last, first = ends[-1], max(text.starts[0], ends[-1])
            chunks.append("\n\n")
            starts.extend((last, last))
            ends.extend((first, first))
        block = Block(len(blocks), piece.kind, len(starts), len(starts) + len(text.text), piece.level, piece.turn)
        if piece.turn is not None:
            of_turn.setdefault(piece.turn, []).append(block.index)
        chunks.append(text.text)
        starts.extend(text.starts)
        ends.extend(text.ends)
        blocks.append(block)
    kept, blocks = _renumber(turns, of_turn, blocks)
    return Assembled("".join(chunks), starts, ends, tuple(blocks), tuple(kept))


def _renumber(
    turns: list[TurnSpan], of_turn: dict[int, list[int]], blocks: list[Block]
) -> tuple[list[TurnSpan], list[Block]]:
    """Turns that hold words, numbered anew."""
    number = {turn.index: at for at, turn in enumerate(t for t in turns if t.index in of_turn)}
    kept = [
        replace(turn, index=number[turn.index], blocks=tuple(of_turn[turn.index]))
        for turn in turns
        if turn.index in number
    ]
    return kept, [block if block.turn is None else replace(block, turn=number[block.turn]) for block in blocks]
