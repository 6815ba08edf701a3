"""Headline, dek, section headings and captions."""

from __future__ import annotations

from typing import Literal

from audit.extract.annotate import Annotated
from audit.records import BlockKind, Heading

Role = Literal["headline", "dek", "section", "caption"]

_ROLES: dict[BlockKind, Role] = {"headline": "headline", "dek": "dek", "heading": "section", "caption": "caption"}


def find_headings(annotated: Annotated) -> list[Heading]:
    """The display type of a document, in order of the text; a caption counts as level 1."""
    document = annotated.document
    shown = [(block, _ROLES[block.kind]) for block in document.blocks if block.kind in _ROLES]
    return [
        Heading(
            **document.place_fields(block.start, block.end),
            id=f"{document.key}.heading.{number}",
            block=block.index,
            role=role,
            level=block.level or 1,
        )
        for number, (block, role) in enumerate(shown, start=1)
    ]
