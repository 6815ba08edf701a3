"""Quotations of one person in one article that are nearly the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from audit.compare.align import Alignment, Unit, align
from audit.compare.changes import GRAVE, MATERIAL, changes_of
from audit.compare.normalize import Word, is_content, words_in
from audit.compare.units import identity_of
from audit.records import Document, Dossier, Place, Quotation, WordChange

_ALIKE = 0.7  # share of the shorter quotation's weight that must stand in the other
_AT_LEAST = 5  # words of a quotation
_COMMON = 30  # quotations that have a word, from which it brings no two of them together
_LONG = 9  # words from which two sentences that are nearly alike are taken for one
_FEW = 2  # words that differ between them
_DISPLAY = ("headline", "dek", "heading", "caption", "blockquote")
_EXPLAINED = ("altered", "reworded", "not-found", "other-speaker", "stitched", "qualifier-cut")

Spoken = tuple[Quotation, list[Word]]


def differing_versions(dossier: Dossier) -> Iterator[tuple[Quotation, Quotation, tuple[WordChange, ...]]]:
    """Pairs of quotations that look like one sentence in two wordings, with the words that differ.

    A quotation that the comparison with a source already found fault with is left to that finding.
    """
    document = dossier.article.document
    quotations = [
        (quotation, words)
        for quotation in dossier.article.of(Quotation)
        if quotation.form != "nested"
        for words in [_words(document, quotation)]
        if len(words) >= _AT_LEAST
    ]
    for (one, first), (two, second) in _sharing(quotations):
        if not _may_be_one_person(one, two, dossier) or _is_explained(one, two, dossier):
            continue
        changes = _differences(document, first, second)
        if changes is None:
            continue
        if _on_display(one, document) or _on_display(two, document) or _is_one_slip(changes, first, second):
            yield one, two, changes


def _sharing(quotations: Sequence[Spoken]) -> list[tuple[Spoken, Spoken]]:
    """Pairs that have a content word in common which few others have, in order of the text."""
    holders: dict[str, list[int]] = defaultdict(list)
    for at, (_, words) in enumerate(quotations):
        for norm in {word.norm for word in words if is_content(word.norm)}:
            holders[norm].append(at)
    pairs = {pair for having in holders.values() if len(having) <= _COMMON for pair in combinations(having, 2)}
    return [(quotations[one], quotations[two]) for one, two in sorted(pairs)]


def _on_display(quotation: Quotation, document: Document) -> bool:
    """Whether a quotation stands where the article shows once more what it has in its text."""
    return document.block_at(document.view_span(quotation)[0]).kind in _DISPLAY


def _is_one_slip(changes: Sequence[WordChange], first: Sequence[Word], second: Sequence[Word]) -> bool:
    """Whether a long sentence was said twice and differs in one place of a word or two.

    Short parallels ("nothing to do with it", "everything to do with it") are said on purpose.
    """
    ours, theirs = (Counter(word.norm for word in words) for words in (first, second))
    few = max((ours - theirs).total(), (theirs - ours).total()) <= _FEW
    return len(changes) == 1 and few and min(len(first), len(second)) >= _LONG


def _words(document: Document, quotation: Quotation) -> list[Word]:
    return [
        word
        for segment in quotation.segments
        for word in words_in(document.view, *document.view_span(segment), keep_brackets=True)
    ]


def _may_be_one_person(one: Quotation, two: Quotation, dossier: Dossier) -> bool:
    left, right = identity_of(one.speaker, dossier.identities), identity_of(two.speaker, dossier.identities)
    return left is None or right is None or left == right


def _is_explained(one: Quotation, two: Quotation, dossier: Dossier) -> bool:
    matches = [dossier.match(one.id), dossier.match(two.id)]
    if any(match is not None and match.verdict in _EXPLAINED for match in matches):
        return True
    return all(match is not None and match.verdict in ("exact", "tidied") for match in matches)


def _differences(document: Document, first: Sequence[Word], second: Sequence[Word]) -> tuple[WordChange, ...] | None:
    """The words that carry meaning and differ; None where the two are no versions of one sentence."""
    norms, others = [word.norm for word in first], [word.norm for word in second]
    if norms == others or min(len(first), len(second)) * 2 < max(len(first), len(second)):
        return None
    if len(set(norms) & set(others)) * 2 < min(len(set(norms)), len(set(others))):
        return None
    unit = Unit("", document, None, None, False, tuple(second), "quotation", 0)
    alignment: Alignment | None = align(first, unit, 0, len(second))
    if alignment is None or alignment.score < _ALIKE:
        return None

    def place(low: int, high: int) -> Place:
        return document.place(first[low].start, max(first[low].end, first[high].end))

    changes = changes_of(alignment, first, place)
    differing = tuple(
        change for change in changes if change.kind in GRAVE or (change.kind in MATERIAL and change.op == "replace")
    )
    if all(change.kind == "name" and not (change.quoted and change.said) for change in differing):
        return None  # a pull quote with the speaker's name set behind it
    return differing
