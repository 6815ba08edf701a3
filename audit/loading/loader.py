"""From a reference to documents: the one way in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from audit.errors import CopydeskError
from audit.loading import decode
from audit.loading.boilerplate import tail_start
from audit.loading.content import Content, Format, format_of, read_content
from audit.loading.cues import read_cues
from audit.loading.dates import find_date
from audit.loading.frontmatter import FrontMatter, read_front_matter
from audit.loading.layout import lay_out
from audit.loading.markdown import read_markdown
from audit.loading.paragraphs import Assembled, Paragraph, Parsed, Piece, assemble
from audit.loading.plain import read_lines
from audit.loading.settings import LoadSettings
from audit.loading.split import Split, find_split, is_conversation
from audit.loading.transcript import Transcript, find_transcript, looks_spoken, single_speaker
from audit.records import Diagnostic, Document, Metadata, TurnSpan
from audit.records.document import LineIndex, Role

_HTML = re.compile(r"\s*(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|article|main)\b", re.I | re.S)
_SRT = re.compile(r"\s*\d+\s*[\r\n]+\s*\d{1,2}:\d{2}:\d{2},\d{3}\s*-->")
_MARKDOWN = re.compile(r"^(?:#{1,6}[ \t]+\S|(?:[-+>][ \t]+)?\*\*[^*\r\n]{1,200}\*\*|\[[^\]\r\n]+\]:[ \t]*http)", re.M)


@dataclass(frozen=True, slots=True)
class Loaded:
    """The documents of one reference and what the user should hear about them."""

    documents: tuple[Document, ...]
    notices: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class _File:
    """What all documents of one file share."""

    raw: str
    path: str
    key: str
    format: Format
    sha256: str


def load(
    reference: str, role: Role, key: str, settings: LoadSettings | None = None, stdin: bytes | None = None
) -> Loaded:
    """Read a path, "-" (the bytes given as `stdin`) or an http(s) address.

    Raises CopydeskError for anything that cannot be read as a text, and for an address that is refused or fails.
    """
    return parse(read_content(reference, settings or LoadSettings(), stdin), role, key)


def parse(content: Content, role: Role, key: str) -> Loaded:
    """The documents of a file's bytes. Raises CopydeskError for what is no text, and for front matter at fault."""
    data, path, format = content.data, content.path, content.format
    if format == "docx" or (format is None and data.startswith(b"PK\x03\x04")):
        import hashlib

        from audit.loading.word import read_word

        extract = read_word(data, path)
        file = _File(extract.raw, path, key, "docx", hashlib.sha256(data).hexdigest())
        return _documents(file, role, extract.parsed)
    decoded = decode.decode(data, path)
    return _load_decoded(decoded.text, path, role, format or sniff(decoded.text), key, decoded.sha256)


def load_text(
    raw: str, path: str = "-", role: Role = "article", format: Format | None = None, key: str = "a1"
) -> Loaded:
    """Documents of a text in hand. A byte order mark at its start is not part of it.

    Raises CopydeskError for a lone surrogate and for front matter that cannot be read.
    """
    import hashlib

    try:
        data = raw.encode("utf-8")
    except UnicodeEncodeError as error:
        raise CopydeskError.of(
            "encoding", path, f"character {error.start} is half a surrogate pair", "save the text as UTF-8"
        ) from None
    return _load_decoded(
        raw.removeprefix("\ufeff"),
        path,
        role,
        format or format_of(path) or sniff(raw),
        key,
        hashlib.sha256(data).hexdigest(),
    )


def sniff(text: str) -> Format:
    """The format of a text whose name says nothing."""
    head = text[:20_000].removeprefix("\ufeff")
    if head.startswith("WEBVTT"):
        return "vtt"
    if _SRT.match(head):
        return "srt"
    if _HTML.match(head):
        return "html"
    marked = head.startswith("---") or head.lstrip().startswith("# ") or _looks_marked(text)
    return "markdown" if marked else "text"


def _looks_marked(text: str) -> bool:
    """Whether a plain file is written with Markdown's signs all the same."""
    return sum(1 for _ in zip(range(2), _MARKDOWN.finditer(text), strict=False)) == 2


def _load_decoded(raw: str, path: str, role: Role, format: Format, key: str, sha256: str) -> Loaded:
    front = FrontMatter(Metadata(), 0)
    if format in ("markdown", "text"):
        front = read_front_matter(raw, path)
    if format == "text" and _looks_marked(raw):
        format = "markdown"
    file = _File(raw, path, key, format, sha256)
    if format in ("vtt", "srt"):
        return _captions(file, role)
    if format == "html":
        from audit.loading.hypertext import read_html

        return _documents(file, role, read_html(raw))
    paragraphs = read_markdown(raw, front.body) if format == "markdown" else read_lines(raw, front.body)
    loaded = _documents(file, role, Parsed(paragraphs, front.meta))
    return replace(loaded, notices=(front.notice, *loaded.notices)) if front.notice else loaded


def _captions(file: _File, role: Role) -> Loaded:
    cues = read_cues(file.raw)
    meta = Metadata(date=find_date(cues.head))
    return Loaded((_document(file, role, cues.pieces, cues.turns, meta),))


def _documents(file: _File, role: Role, parsed: Parsed) -> Loaded:
    tail_at = tail_start(parsed.paragraphs)
    body, tail = parsed.paragraphs[:tail_at], parsed.paragraphs[tail_at:]
    end = [Piece("boilerplate", paragraph.whole) for paragraph in tail]
    transcript = find_transcript(body, short=role == "source")
    split = find_split(body, transcript) if role == "article" else None
    if split is not None:
        return _two_parts(file, body, end, parsed.meta, split)
    return Loaded((_single(file, role, body, end, parsed.meta, transcript),))


def _two_parts(file: _File, body: list[Paragraph], end: list[Piece], meta: Metadata, split: Split) -> Loaded:
    laid = lay_out(body[: split.at], meta, _is_plain(file, body))
    article = _document(file, "article", laid.pieces, [], laid.meta, part=1, parts=2)
    head = _transcript_meta(Metadata(), split.transcript, body[split.at : split.transcript.first])
    second = replace(file, key=f"{file.key}-2")
    pieces = [*split.transcript.pieces, *end]
    source = _document(second, "source", pieces, split.transcript.turns, head, part=2, parts=2)
    return Loaded((article, source), (_split_notice(file, body, split.at),))


def _split_notice(file: _File, body: list[Paragraph], at: int) -> Diagnostic:
    lines = LineIndex(file.raw)
    last, _ = lines.position(max(body[at - 1].end - 1, 0))
    first, _ = lines.position(body[at].start)
    return Diagnostic(
        code="split",
        path=file.path,
        line=first,
        message=f"the file holds two texts: an article (to line {last}) and a transcript (from line {first})",
        action="they were read as article and source; put them in two files if that is wrong",
        fatal=False,
    )


def _single(
    file: _File, role: Role, body: list[Paragraph], end: list[Piece], meta: Metadata, transcript: Transcript | None
) -> Document:
    if transcript is not None and (is_conversation(transcript) if role == "article" else looks_spoken(transcript)):
        meta = _transcript_meta(meta, transcript, body[: transcript.first])
        pieces = transcript.pieces if role == "source" else _article_head(file, body, transcript, meta)
        return _document(file, role, [*pieces, *end], transcript.turns, meta)
    laid = lay_out(body, meta, _is_plain(file, body))
    meta = laid.meta
    if role == "source":
        meta = replace(meta, date=meta.date or _head_date([piece.text.text for piece in laid.pieces[:8]]))
        pieces, turns = _speech(body, laid.pieces, meta)
        return _document(file, role, [*pieces, *end], turns, meta)
    return _document(file, role, [*laid.pieces, *end], [], meta)


def _article_head(file: _File, body: list[Paragraph], transcript: Transcript, meta: Metadata) -> list[Piece]:
    """An interview printed as an article keeps headline, dek and introduction as an article has them."""
    head = lay_out(body[: transcript.first], meta, _is_plain(file, body)).pieces
    at = body[transcript.first].start
    return [*head, *(piece for piece in transcript.pieces if piece.text.text and piece.text.starts[0] >= at)]


def _speech(body: list[Paragraph], pieces: list[Piece], meta: Metadata) -> tuple[list[Piece], list[TurnSpan]]:
    """A speech is one turn of the person whom its head names."""
    head = "\n".join(paragraph.text for paragraph in body[:4] if len(paragraph.text) <= 200)
    name = single_speaker(head)
    if not name:
        return pieces, []
    spoken = [Piece("turn", p.text, turn=0) if p.kind in ("paragraph", "blockquote") else p for p in pieces]
    first = next((p for p in spoken if p.turn == 0), None)
    if first is None:
        return pieces, []
    place = first.text.starts[0] if first.text.text else 0
    return spoken, [TurnSpan(0, "", name, "guest", "", (), place, place)]


def _transcript_meta(meta: Metadata, transcript: Transcript, head: Sequence[Paragraph]) -> Metadata:
    first = head[0].lines[0].text.text if head else ""
    title = next((p.text for p in head if p.kind in ("heading", "headline")), first)
    return replace(
        meta,
        title=meta.title or (title if len(title) <= 200 else ""),
        date=meta.date or _head_date([p.text for p in head]),
    )


def _head_date(texts: list[str]) -> date | None:
    return next((found for text in texts if len(text) <= 300 and (found := find_date(text))), None)


def _is_plain(file: _File, body: list[Paragraph]) -> bool:
    """Whether headings must be told by their look: no markup in the file makes any."""
    if file.format == "text":
        return True
    return file.format in ("markdown", "docx") and not any(p.kind in ("heading", "headline") for p in body)


def _document(
    file: _File, role: Role, pieces: list[Piece], turns: list[TurnSpan], meta: Metadata, part: int = 1, parts: int = 1
) -> Document:
    text: Assembled = assemble(pieces, turns)
    return Document(
        key=file.key,
        path=file.path,
        role=role,
        format=file.format,
        raw=file.raw,
        sha256=file.sha256,
        view=text.view,
        starts=text.starts,
        ends=text.ends,
        blocks=text.blocks,
        turns=text.turns,
        meta=meta,
        part=part,
        parts=parts,
    )
