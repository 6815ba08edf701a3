"""Blocks that are lists of names and offices, not prose: sign-offs, contacts, lists of those present.

"Ana Reyes
Head of Communications
Salm Shipping"
"""

from __future__ import annotations

import re

from audit.extract.annotate import Annotated, Token
from audit.extract.person_words import is_given_name
from audit.records import Block

_LONGEST_LINE = 70  # characters of a line that stands by itself
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_PARTS = re.compile(r"[,;:()|\n]| [–—-] ")


def breaks_before(annotated: Annotated, token: Token) -> bool:
    """Whether a token begins a line of its own, in a block whose lines are no wrapped prose."""
    if token.i == 0 or annotated.tokens[token.i - 1].block != token.block:
        return False
    document = annotated.document
    before = annotated.tokens[token.i - 1]
    between = document.raw[document.ends[before.end - 1] : document.starts[token.start]]
    return "\n" in between and is_list_of_lines(annotated, document.blocks[token.block])


def is_list_of_lines(annotated: Annotated, block: Block) -> bool:
    """Whether every line of a block is short, and none of them holds a finite verb."""
    start, end = annotated.document.raw_span(block.start, block.end)
    lines = annotated.document.raw[start:end].split("\n")
    if len(lines) < 2 or any(len(line) > _LONGEST_LINE for line in lines):
        return False
    return not any(token.tag in _FINITE for token in annotated.between(block.start, block.end))


def names_somebody(annotated: Annotated, block: Block) -> bool:
    """Whether a line of capitals has a part that is a name: "Author: Ana Reyes, Head of Research"."""
    start, end = annotated.document.raw_span(block.start, block.end)
    parts = [part.split() for part in _PARTS.split(annotated.document.raw[start:end])]
    return len(parts) > 1 and any(len(part) in (2, 3) and is_given_name(part[0]) for part in parts)
