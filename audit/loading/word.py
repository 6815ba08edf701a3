"""Word files: extracted text with a blank line between paragraphs; raw text and offsets are those of the extract."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import defusedxml.ElementTree
from defusedxml.common import DefusedXmlException

from audit.errors import CopydeskError
from audit.loading.mapped import Mapped, MarkKind, identity
from audit.loading.paragraphs import Line, Paragraph, Parsed
from audit.records import BlockKind, Metadata

PARAGRAPH_BREAK, CELL_BREAK = "\n\n", " | "  # what stands between paragraphs, and between the cells of a row
MAX_UNPACKED = 50_000_000
MAX_RATIO = 100
MAX_ENTRIES = 5_000


@dataclass(frozen=True, slots=True)
class Extract:
    """The text of a Word file and its paragraphs in that text."""

    raw: str
    parsed: Parsed


def read_word(data: bytes, path: str) -> Extract:
    """The text of a .docx file.

    Raises CopydeskError when it is no Word file, is a bomb, or has a DOCTYPE in one of its parts.
    """
    _guard(data, path)
    import docx

    try:
        document = docx.Document(io.BytesIO(data))
        return _extract(document)
    except CopydeskError:
        raise
    except Exception as error:  # python-docx raises whatever a broken part makes it stumble over
        raise _refuse(path, f"this Word file cannot be read ({type(error).__name__})") from None


def _guard(data: bytes, path: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > MAX_ENTRIES:
                raise _refuse(path, f"this Word file has {len(entries)} parts")
            unpacked = sum(entry.file_size for entry in entries)
            packed = max(sum(entry.compress_size for entry in entries), 1)
            if unpacked > MAX_UNPACKED or (unpacked > 1_000_000 and unpacked / packed > MAX_RATIO):
                raise _refuse(path, f"this Word file unpacks to {unpacked / 1_000_000:.0f} MB")
            for entry in entries:
                if entry.filename.endswith((".xml", ".rels")):
                    _guard_part(archive, entry, path)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError, ValueError, zlib.error):
        raise _refuse(path, "this is not a Word file") from None


def _guard_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: str) -> None:
    """Read a part no further than it says it is long, and refuse document types and entities."""
    with archive.open(entry) as part:
        content = part.read(entry.file_size + 1)
    if len(content) > entry.file_size:
        raise _refuse(path, "a part of this Word file is longer than it says")
    try:
        for _ in defusedxml.ElementTree.iterparse(io.BytesIO(content), forbid_dtd=True):
            pass
    except DefusedXmlException:
        raise _refuse(path, f"{entry.filename} in this Word file has a document type") from None
    except defusedxml.ElementTree.ParseError:
        raise _refuse(path, f"{entry.filename} in this Word file is not valid XML") from None


def _refuse(path: str, message: str) -> CopydeskError:
    return CopydeskError.of("word", path, message, "save it again as .docx, or as text")


@dataclass(slots=True)
class _Draft:
    """A paragraph before its place in the extract is known: lines of (text, marks)."""

    runs: list[tuple[str, frozenset[MarkKind]]]
    kind: BlockKind = "paragraph"
    level: int = 0


def _extract(document: Any) -> Extract:
    drafts: list[_Draft] = []
    for item in document.iter_inner_content():
        if hasattr(item, "rows"):
            drafts.extend(_rows(item))
        else:
            drafts.append(_paragraph(item))
    chunks: list[str] = []
    length = 0
    texts: list[tuple[int, _Draft]] = []
    for draft in drafts:
        text = "".join(words for words, _ in draft.runs)
        if not text.strip():
            continue
        if chunks:
            chunks.append(PARAGRAPH_BREAK)
            length += len(PARAGRAPH_BREAK)
        texts.append((length, draft))
        chunks.append(text)
        length += len(text)
    raw = "".join(chunks)
    paragraphs = [paragraph for start, draft in texts for paragraph in _placed(raw, start, draft)]
    return Extract(raw, Parsed(paragraphs, Metadata(language=document.core_properties.language or "")))


def _rows(table: Any) -> list[_Draft]:
    drafts: list[_Draft] = []
    for row in table.rows:
        cells = [words for cell in distinct_cells(row) if (words := " ".join(cell.text.split()))]
        if cells:
            drafts.append(_Draft([(CELL_BREAK.join(cells), frozenset())], "table_row"))
    return drafts


def distinct_cells(row: Any) -> Iterator[Any]:
    """The cells of a row of python-docx; a merged one, which it lists once for each column, comes once."""
    seen: list[Any] = []
    for cell in row.cells:
        if not any(cell._tc is other for other in seen):
            seen.append(cell._tc)
            yield cell


def runs_of(paragraph: Any) -> Iterator[Any]:
    """The runs of a paragraph of python-docx that the extract holds, those in links among them."""
    for item in paragraph.iter_inner_content():
        yield from item.runs if hasattr(item, "runs") else [item]


def _paragraph(paragraph: Any) -> _Draft:
    kind, level = _kind((paragraph.style.name or "") if paragraph.style is not None else "")
    runs: list[tuple[str, frozenset[MarkKind]]] = []
    for run in runs_of(paragraph):
        marks: set[MarkKind] = set()
        if run.bold:
            marks.add("bold")
        if run.italic:
            marks.add("italic")
        runs.append((run.text, frozenset(marks)))
    return _Draft(runs, kind, level)


def _kind(style: str) -> tuple[BlockKind, int]:
    name = style.casefold()
    if name == "title":
        return "headline", 1
    if name == "subtitle":
        return "dek", 0
    if name.startswith("heading"):
        digits = "".join(char for char in name if char.isdigit())
        return "heading", int(digits or 1)
    if name.startswith("list"):
        return "list_item", 1
    if "quote" in name:
        return "blockquote", 1
    if name == "caption":
        return "caption", 0
    return "paragraph", 0


def _placed(raw: str, start: int, draft: _Draft) -> list[Paragraph]:
    length = sum(len(words) for words, _ in draft.runs)
    text: Mapped = identity(raw, start, start + length)
    marks: list[tuple[int, int, MarkKind]] = []
    at = 0
    for words, kinds in draft.runs:
        marks.extend((at, at + len(words), kind) for kind in kinds)
        at += len(words)
    text.marks = tuple(_merged(marks))
    lines = [Line(line) for line in _lines(text)]
    return [Paragraph(lines, draft.kind, draft.level, fixed=draft.kind != "paragraph")] if lines else []


def _merged(marks: list[tuple[int, int, MarkKind]]) -> list[tuple[int, int, MarkKind]]:
    """Neighbouring runs with the same mark are one stretch."""
    found: list[tuple[int, int, MarkKind]] = []
    for start, end, kind in sorted(marks, key=lambda mark: (mark[2], mark[0])):
        if found and found[-1][2] == kind and found[-1][1] == start:
            found[-1] = (found[-1][0], end, kind)
        elif start < end:
            found.append((start, end, kind))
    return sorted(found)


def _lines(text: Mapped) -> list[Mapped]:
    found, start = [], 0
    for at in [*(i for i, char in enumerate(text.text) if char == "\n"), len(text.text)]:
        line = text.cut(start, at).strip()
        if line.text:
            found.append(line)
        start = at + 1
    return found
