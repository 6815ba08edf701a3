"""What an edit did: which findings are new, gone or still there, and which words of the article changed."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from audit.fingerprint import normalized_words
from audit.records import Finding
from audit.records.report import Report

_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
_LINE_END = re.compile(r"\r\n|\r|\n")
MAX_COMPARED = 20_000  # characters of a changed stretch that are compared word by word
MAX_SHOWN = 500_000  # characters of an article beyond which its two versions are not compared


@dataclass(frozen=True)
class Kept:
    """A finding that is still open. `reworded` when its words changed and the question stayed."""

    finding: Finding
    reworded: bool = False


@dataclass(frozen=True)
class Changes:
    """The open findings of two audits that follow each other."""

    new: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    kept: tuple[Kept, ...]


def compare(before: Report, after: Report) -> Changes:
    """What became of the findings that people are shown.

    Findings are the same by their fingerprint. One that lost its fingerprint because words in it were edited is not
    called gone while the same rule still asks about the same other passage.
    """
    old = {finding.fingerprint: finding for finding in before.findings if _is_open(finding)}
    # What somebody decided about, or what is no longer shown, is neither gone nor new.
    known = {finding.fingerprint for finding in before.findings}
    still = {finding.fingerprint for finding in after.findings}
    gone = [finding for mark, finding in old.items() if mark not in still]
    new, kept = [], []
    for finding in after.findings:
        if not _is_open(finding):
            continue
        if finding.fingerprint in known:
            kept.append(Kept(finding))
        elif (twin := _twin(finding, gone)) is not None:
            gone.remove(twin)
            kept.append(Kept(finding, reworded=True))
        else:
            new.append(finding)
    return Changes(tuple(new), tuple(gone), tuple(kept))


def _is_open(finding: Finding) -> bool:
    return finding.shown and finding.status == "open"


def _twin(finding: Finding, gone: Sequence[Finding]) -> Finding | None:
    passages = _passages(finding)
    return next((other for other in gone if other.rule == finding.rule and passages & _passages(other)), None)


def _passages(finding: Finding) -> set[str]:
    return {normalized_words(evidence.place.text) for evidence in finding.evidence}


# --- The words --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Piece:
    """Words of a changed paragraph: the same in both versions, taken out, or put in."""

    kind: Literal["same", "out", "in"]
    words: str


def changed_paragraphs(before: str, after: str) -> list[list[Piece]]:
    """The paragraphs of an article that were edited, with what was taken out and what was put in.

    Nothing for texts as long as a book, which would take too long to compare.
    """
    if len(before) + len(after) > MAX_SHOWN:
        return []
    old, new = _LINE_END.split(before), _LINE_END.split(after)
    found = []
    for operation, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if operation == "equal":
            continue
        found.extend(_pieces(one, other) for one, other in _pairs(old[i1:i2], new[j1:j2]) if (one + other).strip())
    return found


def _pairs(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, str]]:
    """Lines beside each other where there are as many on both sides, otherwise all of them as one stretch."""
    if len(old) == len(new):
        return list(zip(old, new, strict=True))
    return [("\n".join(old), "\n".join(new))]


def _pieces(before: str, after: str) -> list[Piece]:
    if len(before) + len(after) > MAX_COMPARED:
        return [Piece("out", before), Piece("in", after)]
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    pieces = []
    for operation, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if operation == "equal":
            pieces.append(Piece("same", "".join(old[i1:i2])))
        else:
            pieces += [Piece("out", "".join(old[i1:i2])), Piece("in", "".join(new[j1:j2]))]
    return [piece for piece in pieces if piece.words]
