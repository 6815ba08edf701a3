"""A text as a run plans with it: what the report says of it is at hand, the document is read when somebody wants it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from audit.records import Document
from audit.records.document import Role
from audit.records.report import BlockInfo, InputInfo


@dataclass(eq=False)
class Text:
    """One text of a run.

    The speakers in `info` are those of the text's own labels, until it has been analysed. `digest` stands for all that
    an analysis of the text depends on; it is empty for a text that was never bytes.
    """

    info: InputInfo
    named_sources: tuple[str, ...]
    is_empty: bool
    read: Callable[[], Document]
    digest: str = ""

    @property
    def key(self) -> str:
        return self.info.key

    @property
    def path(self) -> str:
        return self.info.path

    @property
    def role(self) -> Role:
        return self.info.role

    @cached_property
    def document(self) -> Document:
        """The document itself, read at the first time that it is asked for."""
        return self.read()


def texts_of(documents: Iterable[Document]) -> list[Text]:
    """Documents in memory as the texts of a run. Parts of one file have to be given together."""
    every = list(documents)
    return [text_of(document, every) for document in every]


def text_of(document: Document, documents: Sequence[Document]) -> Text:
    """One of several documents as a text."""
    return Text(input_info(document, documents), document.named_sources, document.is_empty, lambda: document)


def input_info(document: Document, documents: Sequence[Document]) -> InputInfo:
    """What a report says of a document, before anything is known of its claims."""
    start, end = _extent(document, documents)
    return InputInfo(
        path=document.path,
        role=document.role,
        format=document.format,
        sha256=document.sha256,
        key=document.key,
        part=document.part,
        parts=document.parts,
        start=start,
        end=end,
        title=_title(document),
        date=document.meta.date.isoformat() if document.meta.date is not None else None,
        speakers=tuple(dict.fromkeys(turn.name for turn in document.turns if turn.name)),
        complete=document.meta.complete,
        words=sum(len(document.block_text(block).split()) for block in document.blocks if block.kind != "boilerplate"),
        blocks=tuple(_block_infos(document)),
        text=document.raw[start:end],
    )


def _extent(document: Document, documents: Sequence[Document]) -> tuple[int, int]:
    """Where a part begins and ends in its file: from its first character to the first one of the next part."""
    if document.parts == 1:
        return 0, len(document.raw)
    behind = [
        other.starts[0]
        for other in documents
        if (other.path, other.sha256, other.part) == (document.path, document.sha256, document.part + 1)
        and len(other.starts)
    ]
    start = document.starts[0] if document.part > 1 and len(document.starts) else 0
    return start, behind[0] if behind else len(document.raw)


def _title(document: Document) -> str | None:
    headline = next((document.block_text(b) for b in document.blocks if b.kind == "headline"), "")
    return document.meta.title or " ".join(headline.split()) or None


def _block_infos(document: Document) -> list[BlockInfo]:
    infos = []
    for block in document.blocks:
        if block.start >= block.end:
            continue
        start, end = document.raw_span(block.start, block.end)
        speaker = document.turns[block.turn].name if block.turn is not None else ""
        infos.append(BlockInfo(kind=block.kind, start=start, end=end, level=block.level, speaker=speaker))
    return infos
