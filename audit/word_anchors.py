"""The anchors of comments in the text part of a Word file, put in without any other change to it."""

from __future__ import annotations

import copy
import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from audit.word_places import Spot, all_runs

Stretch = tuple[Spot, Spot]  # the first and the last character that a comment is about

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_DECLARATION = re.compile(rb"\s*<\?xml\b[^>]*\?>\s*")


def parsed(data: bytes) -> tuple[Any, bytes]:
    """The tree of a part as it is, blanks included, and the declaration in front of it.

    python-docx leaves out blanks between elements when it reads; this tree is what is written, so it must not.
    """
    from lxml import etree

    declaration = _DECLARATION.match(data)
    head = declaration[0] if declaration is not None else b""
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    utf8 = (root.getroottree().docinfo.encoding or "UTF-8").upper() == "UTF-8"
    return root, head if utf8 else b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def serialised(root: Any, head: bytes) -> bytes:
    from lxml import etree

    text: str = etree.tostring(root, encoding="unicode")
    return head + text.encode("utf-8")


def anchor(root: Any, measured: Any, stretches: Sequence[Stretch], ids: Sequence[str]) -> None:
    """Put the ends of every comment around its words; runs are cut where a comment begins or ends inside one.

    `measured` is the same tree as python-docx has it, which knows how many characters a run stands for.
    """
    cuts: dict[int, set[int]] = defaultdict(set)
    for begin, end in stretches:
        cuts[begin.run].add(begin.offset)
        cuts[end.run].add(end.offset + 1)
    runs, lengths = all_runs(root), all_runs(measured)
    pieces = {number: _cut_run(runs[number], lengths[number], sorted(at)) for number, at in cuts.items()}
    for (begin, end), id in zip(stretches, ids, strict=True):
        first = _piece(pieces[begin.run], begin.offset)
        last = _piece(pieces[end.run], end.offset)
        first.addprevious(_element(first, "commentRangeStart", id))
        reference = first.makeelement(tag_near(first, "r"))
        reference.append(_element(first, "commentReference", id))
        last.addnext(reference)
        last.addnext(_element(first, "commentRangeEnd", id))


def _piece(pieces: Sequence[tuple[int, Any]], offset: int) -> Any:
    """The piece of a cut run that holds a character of its text."""
    return next(piece for start, piece in reversed(pieces) if start <= offset)


def tag_near(near: Any, name: str) -> str:
    """A name in the namespace of an element of the document."""
    return f"{near.tag.rpartition('}')[0]}}}{name}"


def _element(near: Any, name: str, id: str) -> Any:
    return near.makeelement(tag_near(near, name), {tag_near(near, "id"): id})


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
        if child.tag == tag_near(run, "rPr"):
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
