"""A copy of a Word file with the findings as comments. Of the text itself nothing changes but where runs are cut."""

from __future__ import annotations

import copy
import hashlib
import io
import os
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from audit.errors import CopydeskError
from audit.inputs import is_address
from audit.loading.decode import read_bytes
from audit.loading.word import CELL_BREAK, PARAGRAPH_BREAK, distinct_cells, runs_of
from audit.records import Evidence, Finding
from audit.records.report import InputInfo, Report
from audit.reports.decided import told_of
from audit.reports.inputs import Inputs
from audit.reports.order import numbered
from audit.reports.visible import visible

AUTHOR, INITIALS = "Copydesk", "C"
_LONGEST = 600  # characters of a passage that a comment repeats
_TYPES = "[Content_Types].xml"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_DECLARATION = re.compile(rb"\s*<\?xml\b[^>]*\?>\s*")


@dataclass(frozen=True, slots=True)
class _Spot:
    """A character of the extract in the document: the number of its run, and its offset in the run's text."""

    run: int
    offset: int


@dataclass(frozen=True, slots=True)
class _Note:
    """A comment to be: the first and the last character that it is about, and its text."""

    first: _Spot
    last: _Spot
    text: str


def article_in_word(report: Report) -> InputInfo:
    """The one article of a report, which was a Word file. Raises CopydeskError where it was not, or is not alone."""
    articles = [info for info in report.inputs if info.role == "article"]
    if len(articles) != 1:
        count = f"{len(articles)} articles" if articles else "no article"
        raise _refuse("articles", f"comments go into a copy of one article, and this run has {count}", "name one file")
    if articles[0].format != "docx":
        message = "comments go into a copy of a .docx, and this article is none"
        raise _refuse(articles[0].path, message, "take another --out format, such as html")
    return articles[0]


def commented_file(report: Report, limit: int) -> bytes:
    """The article's Word file with the findings as comments; no more than `limit` bytes of it are read.

    Raises CopydeskError where the report has no such article, and where it came over the network or standard input.
    """
    path = article_in_word(report).path
    if is_address(path) or not os.path.exists(path):
        raise _refuse(path, "comments go into a copy of a file, and this article is none", "save it and name the file")
    return commented(read_bytes(path, limit), report)


def commented(data: bytes, report: Report) -> bytes:
    """The bytes of a Word file, with a comment at every passage of it that a shown finding is about.

    The same file and report give the same bytes. Raises CopydeskError where the file is not the one that was audited.
    """
    import docx

    info = article_in_word(report)
    if hashlib.sha256(data).hexdigest() != info.sha256:
        raise _refuse(info.path, "the file has changed since it was read", "run the check again")
    document = docx.Document(io.BytesIO(data))
    notes = _notes(report, info, _spots(document, report, info))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        name = document.part.partname.membername
        root, head = _parsed(archive.read(name))
        ids = _write_comments(document, notes)
        _anchor(root, document, notes, ids)
        changed = {name: _serialised(root, head)}
        if notes:
            part = _comments_part(document)
            changed[part.partname.membername] = part.blob
            if part.partname.membername not in archive.namelist():
                changed |= _registered(archive, document.part, part)
        return _packed(archive, changed)


def _refuse(path: str, message: str, action: str) -> CopydeskError:
    return CopydeskError.of("word-copy", path, message, action)


# --- Where the characters of the extract stand ------------------------------------------------------------------------


def _spots(document: Any, report: Report, info: InputInfo) -> list[_Spot | None]:
    """A spot for each character of the file's extract; None for what the extract puts between paragraphs and cells.

    Raises CopydeskError where the extract is not what the report has.
    """
    numbers = {run: number for number, run in enumerate(_runs(document.element))}
    words: list[str] = []
    spots: list[_Spot | None] = []
    for text, places in _stretches(document, numbers):
        if not text.strip():
            continue
        if words:
            words.append(PARAGRAPH_BREAK)
            spots += [None] * len(PARAGRAPH_BREAK)
        words.append(text)
        spots += places
    whole = "".join(part.text for part in sorted(report.inputs, key=lambda one: one.start) if part.path == info.path)
    if "".join(words) != whole:
        raise _refuse(info.path, "its words cannot be found again", "report this; it is a fault of copydesk")
    return spots


def _runs(root: Any) -> list[Any]:
    from docx.oxml.ns import qn

    return list(root.iter(qn("w:r")))


def _stretches(document: Any, numbers: dict[Any, int]) -> Iterator[tuple[str, list[_Spot | None]]]:
    """The paragraphs and rows of a document in the order of the extract, each with a spot for every character."""
    for item in document.iter_inner_content():
        if not hasattr(item, "rows"):
            yield _paragraph(item, numbers)
            continue
        for row in item.rows:
            cells = [cell for cell in (_cell(cell, numbers) for cell in distinct_cells(row)) if cell[0]]
            spots: list[_Spot | None] = []
            for at, (_, places) in enumerate(cells):
                spots += ([None] * len(CELL_BREAK) if at else []) + places
            yield CELL_BREAK.join(text for text, _ in cells), spots


def _paragraph(paragraph: Any, numbers: dict[Any, int]) -> tuple[str, list[_Spot | None]]:
    texts: list[str] = []
    spots: list[_Spot | None] = []
    for run in runs_of(paragraph):
        texts.append(run.text)
        spots += [_Spot(numbers[run.element], offset) for offset in range(len(run.text))]
    return "".join(texts), spots


def _cell(cell: Any, numbers: dict[Any, int]) -> tuple[str, list[_Spot | None]]:
    """The words of a cell with one blank between them, as the extract has them."""
    text, spots = "", list[_Spot | None]()
    for paragraph in cell.paragraphs:
        words, places = _paragraph(paragraph, numbers)
        text, spots = f"{text}\n{words}", [*spots, None, *places]
    found: list[str] = []
    kept: list[_Spot | None] = []
    for match in re.finditer(r"\S+", text):
        kept += ([None] if found else []) + spots[match.start() : match.end()]
        found.append(match[0])
    return " ".join(found), kept


# --- What the comments say --------------------------------------------------------------------------------------------


def _notes(report: Report, info: InputInfo, spots: Sequence[_Spot | None]) -> list[_Note]:
    """The comments in the order of the findings."""
    notes, inputs = [], Inputs(report)
    for _, finding in numbered(report.findings):
        here = [e for e in finding.evidence if e.place.path == info.path and report.side_of(e.place) == "article"]
        for evidence in here:
            found = [spot for spot in spots[evidence.place.start : evidence.place.end] if spot is not None]
            if found:
                first = evidence is here[0]
                text = _text(finding, evidence, inputs) if first else _pointer(finding, evidence)
                notes.append(_Note(found[0], found[-1], text))
    return notes


def _text(finding: Finding, evidence: Evidence, inputs: Inputs) -> str:
    """Message, the other passages, why, and what would clear it; a paragraph each."""
    told = told_of(finding.status, finding.decision, finding.reopened)
    others = [other for other in finding.evidence if other is not evidence]
    lines = [
        *([f"{told[:1].upper()}{told[1:]}"] if told else []),
        finding.message,
        *(_quoted(other, inputs) for other in others),
        *(f"Why: {reason}" for reason in finding.why),
        f"What would clear it: {finding.clear}",
        f"{finding.severity.capitalize()}, {finding.rule}, {finding.confidence} confidence",
    ]
    return "\n".join(_one_line(line) for line in lines)


def _pointer(finding: Finding, evidence: Evidence) -> str:
    return _one_line(f"{evidence.label[:1].upper()}{evidence.label[1:]}; see the comment “{finding.message}”")


def _quoted(evidence: Evidence, inputs: Inputs) -> str:
    words, text = evidence.place.text, inputs.holding(evidence.place)
    if len(words) > _LONGEST:
        words = f"{words[:_LONGEST]} […]"
    spot = f" ({text.spot(evidence.place)})" if text is not None else ""
    return f"{evidence.label[:1].upper()}{evidence.label[1:]}{spot}: {words}"


def _one_line(text: str) -> str:
    """On one line, and without what XML cannot hold."""
    return visible(" ".join(text.split()))


def _write_comments(document: Any, notes: Sequence[_Note]) -> list[str]:
    """Put the texts into the part that holds comments; their ids. No dates: the same run gives the same bytes."""
    from docx.oxml.ns import qn

    ids = [
        str(document.comments.add_comment(text=note.text, author=AUTHOR, initials=INITIALS).comment_id)
        for note in notes
    ]
    for comment in _comments_part(document).element.iter(qn("w:comment")) if notes else ():
        if comment.get(qn("w:id")) in ids:
            comment.attrib.pop(qn("w:date"), None)
    return ids


# --- The anchors ------------------------------------------------------------------------------------------------------


def _parsed(data: bytes) -> tuple[Any, bytes]:
    """The tree of a part as it is, blanks included, and the declaration in front of it.

    python-docx leaves out blanks between elements when it reads; this tree is what is written, so it must not.
    """
    from lxml import etree

    declaration = _DECLARATION.match(data)
    head = declaration[0] if declaration is not None else b""
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    utf8 = (root.getroottree().docinfo.encoding or "UTF-8").upper() == "UTF-8"
    return root, head if utf8 else b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def _serialised(root: Any, head: bytes) -> bytes:
    from lxml import etree

    text: str = etree.tostring(root, encoding="unicode")
    return head + text.encode("utf-8")


def _anchor(root: Any, document: Any, notes: Sequence[_Note], ids: Sequence[str]) -> None:
    """Put the ends of every comment around its words; runs are cut where a comment begins or ends inside one."""
    cuts: dict[int, set[int]] = defaultdict(set)
    for note in notes:
        cuts[note.first.run].add(note.first.offset)
        cuts[note.last.run].add(note.last.offset + 1)
    lengths = _runs(document.element)
    runs = _runs(root)
    pieces = {number: _cut_run(runs[number], lengths[number], sorted(at)) for number, at in cuts.items()}
    for note, id in zip(notes, ids, strict=True):
        first = _piece(pieces[note.first.run], note.first.offset)
        last = _piece(pieces[note.last.run], note.last.offset)
        first.addprevious(_element(first, "commentRangeStart", id))
        reference = first.makeelement(_tag(first, "r"))
        reference.append(_element(first, "commentReference", id))
        last.addnext(reference)
        last.addnext(_element(first, "commentRangeEnd", id))


def _piece(pieces: Sequence[tuple[int, Any]], offset: int) -> Any:
    """The piece of a cut run that holds a character of its text."""
    return next(piece for start, piece in reversed(pieces) if start <= offset)


def _tag(near: Any, name: str) -> str:
    """A name in the namespace of an element of the document."""
    return f"{near.tag.rpartition('}')[0]}}}{name}"


def _element(near: Any, name: str, id: str) -> Any:
    return near.makeelement(_tag(near, name), {_tag(near, "id"): id})


def _cut_run(run: Any, measured: Any, cuts: Sequence[int]) -> list[tuple[int, Any]]:
    """Cut a run at offsets of its text; the pieces with the offsets at which they begin, in order.

    `measured` is the same run as python-docx has it: it says how many characters each child stands for.
    """
    lengths = [_length(child) for child in measured if isinstance(child.tag, str)]
    children = [child for child in run if isinstance(child.tag, str)]
    whole = sum(lengths)
    pieces = [(0, run)]
    for cut in cuts:
        start, piece = pieces[-1]
        if start < cut < whole:
            lengths, children, rest = _halved(piece, lengths, children, cut - start)
            pieces.append((cut, rest))
    return pieces


def _halved(run: Any, lengths: list[int], children: list[Any], at: int) -> tuple[list[int], list[Any], Any]:
    """Move what stands behind `at` characters of a run into a new one behind it, with the same properties.

    Returns the lengths and the children of the new run, and the run.
    """
    rest = run.makeelement(run.tag, dict(run.attrib), run.nsmap)
    moved: list[tuple[int, Any]] = []
    properties: Any = None
    done = 0
    for length, child in zip(lengths, children, strict=True):
        if child.tag == _tag(run, "rPr"):
            properties = child
        elif done >= at:
            moved.append((length, child))
        elif done + length > at:
            moved.append((length - (at - done), _cut_text(child, at - done)))
        done += length
    kept = [] if properties is None else [copy.deepcopy(properties)]
    for child in (*kept, *(child for _, child in moved)):
        rest.append(child)
    run.addnext(rest)
    return [0] * len(kept) + [length for length, _ in moved], [*kept, *(child for _, child in moved)], rest


def _cut_text(element: Any, at: int) -> Any:
    """Cut a w:t; the second half. Blanks at the cut are kept from being trimmed."""
    words = element.text
    rest = element.makeelement(element.tag, dict(element.attrib))
    element.text, rest.text = words[:at], words[at:]
    if words[at - 1].isspace():
        element.set(_SPACE, "preserve")
    if words[at].isspace():
        rest.set(_SPACE, "preserve")
    return rest


def _length(child: Any) -> int:
    """How many characters of a run's text a child stands for."""
    from docx.oxml.ns import qn

    told = [qn(name) for name in ("w:t", "w:tab", "w:br", "w:cr", "w:noBreakHyphen", "w:ptab")]
    return len(str(child)) if child.tag in told else 0


# --- The package ------------------------------------------------------------------------------------------------------


def _comments_part(document: Any) -> Any:
    """The part of a document that holds its comments; it has one as soon as it has a comment."""
    return _comments_relation(document.part).target_part


def _comments_relation(part: Any) -> Any:
    from docx.opc.constants import RELATIONSHIP_TYPE as RT

    return next(relation for relation in part.rels.values() if relation.reltype == RT.COMMENTS)


def _registered(archive: zipfile.ZipFile, document: Any, comments: Any) -> dict[str, bytes]:
    """The lists of content types and relationships with a new part of comments in them."""
    relation = _comments_relation(document)
    values = {"Id": relation.rId, "Type": relation.reltype, "Target": relation.target_ref}
    name = document.partname.rels_uri.membername
    kind = {"PartName": str(comments.partname), "ContentType": comments.content_type}
    return {
        name: _with_child(archive.read(name), "Relationship", values),
        _TYPES: _with_child(archive.read(_TYPES), "Override", kind),
    }


def _with_child(data: bytes, name: str, values: dict[str, str]) -> bytes:
    """A list of the package with one more entry at its end."""
    root, head = _parsed(data)
    root.append(root.makeelement(_tag(root, name), values))
    return _serialised(root, head)


def _packed(archive: zipfile.ZipFile, changed: dict[str, bytes]) -> bytes:
    """The package with some parts in place of others, or behind them; all others are the bytes that they were."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for entry in archive.infolist():
            content = changed[entry.filename] if entry.filename in changed else archive.read(entry)
            packed.writestr(entry, content)
        for name in sorted(changed.keys() - set(archive.namelist())):
            added = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            packed.writestr(added, changed[name], zipfile.ZIP_DEFLATED)
    return target.getvalue()
