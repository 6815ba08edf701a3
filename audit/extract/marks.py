"""Quotation marks: which closes which, and which have lost their partner.

Marks are paired by code point inside one block. Curly, straight and angled marks, two apostrophes ('' as some
newspapers print them), two grave accents, and single marks (curly or straight) inside others or as the primary form.
An apostrophe is no mark: U+2019 and ' between letters, before an elided beginning ('em, '90s), or behind a plural s
when a better partner follows. A quotation without a closing mark goes on in the next block if that begins with an
opening mark, or holds the closing mark first. Linear in the length of the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from audit.extract.mark_pairing import BlockReader, Loose, Span
from audit.extract.mark_signs import Family, scan
from audit.records import Block, Document

PROSE = frozenset({"headline", "dek", "paragraph", "blockquote", "caption", "list_item"})
_PAIRED = PROSE | {"turn"}


@dataclass(frozen=True, slots=True)
class Pair:
    """Words between two marks; view offsets. `start` is the opening mark, `inner_start` the first character behind it.

    Without an opening or closing mark of its own (a quotation over several blocks) the edges are those of the block.
    `parent` is the index of the pair around it in the list that it comes from.
    """

    start: int
    inner_start: int
    inner_end: int
    end: int
    block: int
    family: Family
    depth: int = 0
    parent: int | None = None
    continued: bool = False  # goes on from the pair in the block before
    continues: bool = False  # goes on in the next block


@dataclass(frozen=True, slots=True)
class Marks:
    """Every pair in order of its opening mark, parents before their children, and the marks that are left over."""

    pairs: list[Pair]
    loose: list[Loose]


def read_marks(document: Document) -> Marks:
    """Pairs and loose marks of all blocks of prose and of turns."""
    pairs: list[Pair] = []
    loose: list[Loose] = []
    blocks = [block for block in document.blocks if block.kind in _PAIRED]
    scanned = [scan(document.block_text(block), block.start) for block in blocks]
    carried: Family | None = None
    for at, block in enumerate(blocks):
        if not scanned[at]:
            carried = None  # a quotation goes on only in a block that has marks
            continue
        following = scanned[at + 1] if at + 1 < len(blocks) and _joined(block, blocks[at + 1]) else []
        next_start = blocks[at + 1].start if following else 0
        reader = BlockReader(document.view, block, scanned[at], carried)
        carried = reader.read(following, next_start)
        loose.extend(reader.loose)
        pairs.extend(_nested(reader.spans, block, len(pairs)))
    return Marks(pairs, sorted(loose, key=lambda one: one.start))


def _joined(block: Block, following: Block) -> bool:
    """Whether a quotation may run from one block to the next."""
    return (block.kind == "turn") == (following.kind == "turn") and block.turn == following.turn


def _nested(spans: Sequence[Span], block: Block, base: int) -> list[Pair]:
    """Spans of a block as pairs in order of the text, each with its depth and parent."""
    rows = [
        (
            span.open.start if span.open else block.start,
            span.open.end if span.open else block.start,
            span.close.start if span.close else block.end,
            span.close.end if span.close else block.end,
            span,
        )
        for span in spans
    ]
    rows.sort(key=lambda row: (row[0], -row[3]))
    pairs: list[Pair] = []
    stack: list[int] = []
    for start, inner_start, inner_end, end, span in rows:
        while stack and pairs[stack[-1]].end <= start:
            stack.pop()
        parent = stack[-1] if stack else None
        if inner_end <= inner_start:
            continue
        stack.append(len(pairs))
        pairs.append(
            Pair(
                start=start,
                inner_start=inner_start,
                inner_end=inner_end,
                end=end,
                block=block.index,
                family=span.family,
                depth=len(stack) - 1,
                parent=None if parent is None else base + parent,
                continued=span.continued,
                continues=span.continues,
            )
        )
    return pairs
