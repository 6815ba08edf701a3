"""A copy of a Word file with the findings as comments. Of the text itself nothing changes but where runs are cut."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from audit.errors import CopydeskError
from audit.inputs import is_address
from audit.loading.decode import read_bytes
from audit.records import Evidence, Finding
from audit.records.report import InputInfo, Report
from audit.reports.decided import told_of
from audit.reports.inputs import Inputs
from audit.reports.order import numbered
from audit.reports.visible import visible
from audit.word_anchors import Stretch, anchor, parsed, serialised, tag_near
from audit.word_places import Spot, spots_of

AUTHOR, INITIALS = "Copydesk", "C"
_LONGEST = 600  # characters of a passage that a comment repeats
_TYPES = "[Content_Types].xml"


@dataclass(frozen=True, slots=True)
class _Note:
    """A comment to be: the words that it is about, and its text."""

    stretch: Stretch
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
    extract = "".join(
        part.text for part in sorted(report.inputs, key=lambda part: part.start) if part.path == info.path
    )
    notes = _notes(report, info, spots_of(document, extract, info.path))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        name = document.part.partname.membername
        root, head = parsed(archive.read(name))
        ids = _write_comments(document, notes)
        anchor(root, document.element, [note.stretch for note in notes], ids)
        changed = {name: serialised(root, head)}
        if notes:
            part = _comments_part(document)
            changed[part.partname.membername] = part.blob
            if part.partname.membername not in archive.namelist():
                changed |= _registered(archive, document.part, part)
        return _packed(archive, changed)


def _refuse(path: str, message: str, action: str) -> CopydeskError:
    return CopydeskError.of("word-copy", path, message, action)


# --- What the comments say --------------------------------------------------------------------------------------------


def _notes(report: Report, info: InputInfo, spots: Sequence[Spot | None]) -> list[_Note]:
    """The comments in the order of the findings."""
    notes, inputs = [], Inputs(report)
    for _, finding in numbered(report.findings):
        here = [e for e in finding.evidence if e.place.path == info.path and report.side_of(e.place) == "article"]
        for evidence in here:
            found = [spot for spot in spots[evidence.place.start : evidence.place.end] if spot is not None]
            if found:
                first = evidence is here[0]
                text = _text(finding, evidence, inputs) if first else _pointer(finding, evidence)
                notes.append(_Note((found[0], found[-1]), text))
    return notes


def _text(finding: Finding, evidence: Evidence, inputs: Inputs) -> str:
    """Message, the other passages, why, and what would clear it; a paragraph each."""
    told = told_of(finding.status, finding.decision, finding.reopened, finding.status_reason)
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
    root, head = parsed(data)
    root.append(root.makeelement(tag_near(root, name), values))
    return serialised(root, head)


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
