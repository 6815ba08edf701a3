"""The verdict on a quotation that is aligned with its source: from the words that differ, never from a score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from audit.compare.align import Alignment
from audit.compare.changes import GRAVE, MATERIAL, changes_of
from audit.compare.edges import Loss, LostKind, loss_before, loss_behind
from audit.compare.normalize import Word, is_content, stem, words_in
from audit.compare.occasion import narration_around
from audit.compare.pieces import FOUND, Found, is_small_talk, passage, sentences_around, total_score
from audit.compare.wordlists import words_of
from audit.extract.pipeline import Prepared
from audit.records import Place, Quotation, QuoteMatch, WordChange
from audit.records.matches import Verdict

_FAR_SENTENCES, _FAR_WORDS = 2, 40  # more than this between two quoted sentences is another passage
_BACK_CHANNEL = 4  # a turn of so few words between two turns does not part them
_LONG = 45  # words of a sentence that are looked at beyond the quoted ones
_CUT = 3  # so many words cut out of the middle are a cut and no slip
_LIMITS = frozenset({"if", "unless", "when", "whenever", "provided", "until", "once", "whether", "should", "only",
                     "depend", "depends", "depending", "condition", "conditional", "long", "without"})  # fmt: skip
_UNSURE = frozenset({"hope", "hoped", "hopes", "might", "may", "perhaps", "possibly", "could", "probably", "likely",
                     "moment", "now", "claim", "claims", "say", "others", "critics"})  # fmt: skip


@dataclass(frozen=True)
class Judgement:
    """All that is known of one quotation beside the words of one kind of speaker."""

    found: tuple[Found, ...]
    score: float
    verdict: Verdict
    changes: tuple[WordChange, ...] = ()
    lost: Place | None = None
    lost_kind: LostKind | None = None

    @property
    def exact(self) -> bool:
        return bool(self.found) and all(part.alignment is not None and part.alignment.exact for part in self.found)

    @property
    def alignments(self) -> list[Alignment]:
        return [part.alignment for part in self.found if part.alignment is not None]

    @property
    def turns(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(alignment.unit.id for alignment in self.alignments))

    @property
    def passages(self) -> tuple[Place, ...]:
        return tuple(passage(alignment) for alignment in self.alignments)

    @property
    def sentences(self) -> tuple[Place, ...]:
        return tuple(sentences_around(alignment) for alignment in self.alignments)

    def match(self, quotation: Quotation, complete: bool) -> QuoteMatch:
        """The record of this judgement."""
        return QuoteMatch(
            quotation=quotation.id,
            verdict=self.verdict,
            score=round(self.score, 3),
            turns=self.turns,
            passages=self.passages,
            sentences=self.sentences,
            changes=self.changes,
            lost=self.lost,
            lost_kind=self.lost_kind or "",
            complete_record=complete,
        )


def judge(
    quotation: Quotation, found: Sequence[Found], article: Prepared, tags: Mapping[str, Mapping[int, str]]
) -> Judgement:
    """The gravest thing that is wrong with a quotation, or that nothing is."""
    score = total_score(found)
    changes = [change for part in found for change in _changes(part, article)] + _skipped(found)
    lost, lost_kind = _lost(quotation, found, article, tags)
    cut = next((change for change in changes if _is_cut(change)), None)
    if lost is None and cut is not None and not _is_told(cut.said, quotation, article):
        lost, lost_kind = cut.said_place, _cut_kind(cut)
    material = [change for change in changes if change.kind in MATERIAL and not _is_cut(change)]
    verdict: Verdict = "exact"
    if any(change.kind in GRAVE for change in material):
        verdict = "altered"
    elif lost is not None:
        verdict = "qualifier-cut"
    elif _is_stitched(found):
        verdict = "stitched"
    elif material:
        verdict = "altered"
    elif changes:
        verdict = "tidied"
    return Judgement(tuple(found), score, verdict, tuple(changes), lost, lost_kind)


def _changes(part: Found, article: Prepared) -> list[WordChange]:
    words, document = part.piece.words, article.records.document

    def place(first: int, last: int) -> Place:
        return document.place(words[first].start, max(words[first].end, words[last].end))

    if part.alignment is not None and part.score >= 0.45:
        return changes_of(part.alignment, words, place)
    if is_small_talk(part.piece):
        return []
    whole = place(0, len(words) - 1)
    return [WordChange(op="insert", quoted=whole.text, quoted_place=whole, kind="content")]


def _skipped(found: Sequence[Found]) -> list[WordChange]:
    """Words between two quoted sentences that were left out without a mark."""
    skipped = []
    for before, after in pairwise(found):
        one, two = before.alignment, after.alignment
        if one is None or two is None or one.unit is not two.unit or after.piece.join not in ("sentence", "break"):
            continue
        gap = one.unit.words[one.last + 1 : two.first]
        if any(is_content(word.norm) for word in gap) and len(gap) <= _FAR_WORDS:
            place = one.unit.place(one.last + 1, two.first - 1)
            skipped.append(WordChange(op="delete", said=place.text, said_place=place, kind="ellipsis"))
    return skipped


def _is_cut(change: WordChange) -> bool:
    """Whether a whole phrase that limits the rest was left out in the middle."""
    return (
        change.op == "delete"
        and change.kind in ("negation", "condition", "concession")
        and len(change.said.split()) >= _CUT
    )


def _cut_kind(change: WordChange) -> LostKind:
    kinds: dict[str, LostKind] = {"negation": "negation", "condition": "condition", "concession": "concession"}
    return kinds[change.kind]


def _lost(
    quotation: Quotation, found: Sequence[Found], article: Prepared, tags: Mapping[str, Mapping[int, str]]
) -> tuple[Place | None, LostKind | None]:
    covered: dict[str, set[int]] = {}
    for part in found:
        if part.alignment is not None:
            span = range(part.alignment.first, part.alignment.last + 1)
            covered.setdefault(part.alignment.unit.id, set()).update(span)
    for part in found:
        alignment = part.alignment
        if alignment is None or part.score < FOUND:
            continue
        for loss in _losses(part, alignment, covered[alignment.unit.id], tags):
            place = alignment.unit.place(loss.first, loss.last)
            words = alignment.unit.words[loss.first : loss.last + 1]
            if not _is_cleared(loss, words, quotation, article):
                return place, loss.kind
    return None, None


def _losses(part: Found, alignment: Alignment, covered: set[int], tags: Mapping[str, Mapping[int, str]]) -> list[Loss]:
    unit = alignment.unit
    marks = tags.get(unit.document.key, {})
    end = unit.sentence_span(alignment.last)[1]
    stop = alignment.last
    while stop < min(end, alignment.last + _LONG) and stop + 1 not in covered:
        stop += 1
    begin = unit.sentence_span(alignment.first)[0]
    start = alignment.first
    while start > max(begin, alignment.first - _LONG) and start - 1 not in covered:
        start -= 1
    fragment = len(part.piece.words) < 4
    behind = loss_behind(unit.words, alignment.last, stop, part.piece.words, marks)
    before = loss_before(unit.words, start, alignment.first, part.piece.words, marks)
    if fragment and behind is not None and begin != alignment.first:
        behind = None  # a few words from the middle of a sentence promise nothing about its end
    return [loss for loss in (behind, before) if loss is not None]


def _is_cleared(loss: Loss, words: Sequence[Word], quotation: Quotation, article: Prepared) -> bool:
    """Whether the article says near the quotation what the quotation leaves out."""
    around = narration_around(quotation, article)
    said = {word.norm for word in words_in(around, 0, len(around))}
    wanted = {
        "negation": words_of("negation") | {"reject", "rejected", "dismissed", "denied", "refused", "wrong"},
        "condition": _LIMITS,
        "concession": words_of("concession") | _LIMITS,
        "hedge": _UNSURE,
    }[loss.kind]
    if said & wanted - ({"say"} if loss.kind == "hedge" else set()):
        return True
    content = {stem(word.norm) for word in words if is_content(word.norm)}
    return _shares(content, quotation, article)


def _is_told(lost: str, quotation: Quotation, article: Prepared) -> bool:
    words = words_in(lost, 0, len(lost))
    return _shares({stem(word.norm) for word in words if is_content(word.norm)}, quotation, article)


def _shares(content: set[str], quotation: Quotation, article: Prepared) -> bool:
    """Whether the sentences around a quotation hold a third of some content words."""
    if not content:
        return False
    near = _neighbourhood(quotation, article)
    return len(content & near) >= max(1 if len(content) < 3 else 2, 0.34 * len(content))


def _neighbourhood(quotation: Quotation, article: Prepared) -> set[str]:
    """Stems of the quotation's sentences and of one sentence on either side in its paragraph."""
    document, annotated = article.records.document, article.annotated
    start, end = document.view_span(quotation.sentence or quotation)
    block = document.block_at(start)
    first, last = annotated.sentence_at(start), annotated.sentence_at(max(start, end - 1))
    low, high = start, end
    if first is not None and last is not None:
        near = [s for s in annotated.sentences_in(block) if first.index - 1 <= s.index <= last.index + 1]
        if near:
            low = min(low, annotated.tokens[near[0].first].start)
            high = max(high, annotated.tokens[near[-1].last - 1].end)
    return {stem(word.norm) for word in words_in(document.view, low, high) if is_content(word.norm)}


def _is_stitched(found: Sequence[Found]) -> bool:
    for before, after in pairwise(found):
        if after.piece.join in ("ellipsis", "attribution"):
            continue
        one, two = before.alignment, after.alignment
        if one is None or two is None or min(before.score, after.score) < FOUND:
            continue
        if _stands_alone(before) and _stands_alone(after) and _are_apart(one, two):
            return True
    return False


def _stands_alone(part: Found) -> bool:
    """Whether a piece says enough to be recognised: "That's what I think" may be said in any answer."""
    content = [word for word in part.piece.words if is_content(word.norm)]
    return len(part.piece.words) >= 5 and len(content) >= 2


def _are_apart(one: Alignment, two: Alignment) -> bool:
    """Whether two passages are from different answers, in another order, or far from each other."""
    if one.unit.form != "turn" or two.unit.form != "turn":
        return one.unit.document is not two.unit.document
    if one.unit is not two.unit:
        return not _only_back_channel_between(one, two)
    if two.first <= one.last:
        return two.last < one.first
    sentences = one.unit.words[two.first].sentence - one.unit.words[one.last].sentence - 1
    return sentences > _FAR_SENTENCES or two.first - one.last - 1 > _FAR_WORDS


def _only_back_channel_between(one: Alignment, two: Alignment) -> bool:
    """ "Mm-hm." or "Right." from somebody else while the speaker goes on."""
    if one.unit.document is not two.unit.document or one.unit.order > two.unit.order:
        return False
    document = one.unit.document
    left = len(one.unit.words) - one.last - 1 + two.first
    start, end = one.unit.words[-1].end, two.unit.words[0].start
    gap = document.view[start:end]
    return left <= _FAR_WORDS and "?" not in gap and len(words_in(gap, 0, len(gap))) <= _BACK_CHANNEL


def nearest(found: Sequence[Found]) -> tuple[Place, ...]:
    """The sentence of the source that shares most with a quotation, where it shares anything worth showing."""
    shown = [part for part in found if part.alignment is not None and _shared_content(part) >= 2]
    best = max(shown, key=lambda part: (_shared_content(part), part.score), default=None)
    return (sentences_around(best.alignment),) if best is not None and best.alignment is not None else ()


def _shared_content(part: Found) -> int:
    if part.alignment is None:
        return 0
    words, said = part.piece.words, part.alignment.unit.words
    return sum(
        1
        for q, s in part.alignment.pairs
        if q is not None and s is not None and is_content(words[q].norm) and stem(words[q].norm) == stem(said[s].norm)
    )
