"""A quotation cut into pieces at sentence ends, ellipses and attributions, and the best place for each of them.

The pieces of one quotation belong together: places that follow one another in one turn are preferred.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from audit.compare.align import Alignment, Index, Unit, best_alignments, run_alignment, weight
from audit.compare.normalize import Word, is_content, words_in
from audit.compare.wordlists import words_of
from audit.records import Document, Place, Quotation

Join = Literal["start", "sentence", "ellipsis", "attribution", "break"]

FOUND = 0.65  # share of aligned words above which a piece counts as found
_SHORT_RUNS = 40  # places of a run of two or three words that are looked at
_SPLIT = 4  # so many words in a row without a partner are looked up by themselves


@dataclass(frozen=True)
class Piece:
    """Words of a quotation that must stand together in the source; `join` is what separates it from the one before."""

    words: tuple[Word, ...]
    join: Join

    @property
    def weight(self) -> float:
        return sum(weight(word) for word in self.words if not word.bracket)


@dataclass(frozen=True)
class Found:
    """A piece with its place, None where it has none."""

    piece: Piece
    alignment: Alignment | None

    @property
    def score(self) -> float:
        return self.alignment.score if self.alignment is not None else 0.0


def pieces_of(document: Document, quotation: Quotation) -> list[Piece]:
    """The pieces of a quotation, in order. Words that stand before the first ellipsis belong to the first piece."""
    pieces: list[Piece] = []
    behind = 0
    for number, segment in enumerate(quotation.segments):
        start, end = document.view_span(segment)
        join: Join = "start" if number == 0 else "sentence"
        if number and any(char.isalnum() for char in document.view[behind:start]):
            join = "attribution"
        behind = end
        pieces.extend(_cut(words_in(document.view, start, end, keep_brackets=True), join))
    return pieces


def _cut(words: Sequence[Word], join: Join) -> list[Piece]:
    pieces: list[Piece] = []
    run: list[Word] = []
    for word in words:
        if run and (word.after_ellipsis or word.sentence != run[-1].sentence):
            pieces.append(Piece(tuple(run), join))
            join, run = ("ellipsis" if word.after_ellipsis else "sentence"), []
        run.append(word)
    if run:
        pieces.append(Piece(tuple(run), join))
    return pieces


def locate(index: Index, pieces: Sequence[Piece], wanted: Callable[[Unit], bool]) -> list[Found]:
    """The best places of all pieces together among the units of a kind."""
    options = [_options(index, piece, wanted) for piece in pieces]
    chosen = _best_path(pieces, options)
    found = [Found(piece, alignment) for piece, alignment in zip(pieces, chosen, strict=True)]
    return [part for whole in found for part in _resplit(index, whole, wanted)]


def _options(index: Index, piece: Piece, wanted: Callable[[Unit], bool]) -> list[Alignment | None]:
    if len(piece.words) < 4 and not any(word.bracket for word in piece.words):
        runs = islice(index.exact_runs(piece.words, wanted), _SHORT_RUNS)
        exact: list[Alignment | None] = [run_alignment(piece.words, index.units[owner], begin) for owner, begin in runs]
        if exact or len(piece.words) < 3:
            return [*exact, None]
    return [*best_alignments(index, piece.words, wanted), None]


def _best_path(pieces: Sequence[Piece], options: Sequence[Sequence[Alignment | None]]) -> list[Alignment | None]:
    """Viterbi over the places of the pieces: a place close behind the one before is worth a little more."""
    scores: list[list[float]] = []
    back: list[list[int]] = []
    for number, piece in enumerate(pieces):
        row, origins = [], []
        for option in options[number]:
            own = option.score * piece.weight if option is not None and option.score >= 0.2 else 0.0
            if number == 0:
                row.append(own)
                origins.append(0)
                continue
            steps = [scores[-1][k] + _nearness(before, option) for k, before in enumerate(options[number - 1])]
            origin = max(range(len(steps)), key=lambda k, steps=steps: (steps[k], -k))  # type: ignore[misc]
            row.append(own + steps[origin])
            origins.append(origin)
        scores.append(row)
        back.append(origins)
    if not scores:
        return []
    at = max(range(len(scores[-1])), key=lambda k: (scores[-1][k], -k))
    path: list[Alignment | None] = []
    for number in range(len(pieces) - 1, -1, -1):
        option = options[number][at]
        path.append(option if option is not None and option.score >= 0.2 else None)
        at = back[number][at]
    return path[::-1]


def _nearness(before: Alignment | None, after: Alignment | None) -> float:
    if before is None or after is None or before.unit.document is not after.unit.document:
        return 0.0
    if before.unit is after.unit:
        return 0.8 if 0 <= after.first - before.last <= 60 else 0.4
    return 0.1 if after.unit.order > before.unit.order else 0.0


def _resplit(index: Index, found: Found, wanted: Callable[[Unit], bool]) -> list[Found]:
    """Two passages run together inside one sentence: words left over at one end may stand somewhere else."""
    alignment, words = found.alignment, found.piece.words
    if alignment is None or len(words) < 2 * _SPLIT or found.score > 0.92:
        return [found]
    matched = [q for q, s in alignment.pairs if q is not None and s is not None]
    first, last = _solid(matched, len(words))
    for low, high in ((0, first), (last + 1, len(words))):
        rest = words[low:high]
        if len(rest) < _SPLIT or sum(1 for word in rest if is_content(word.norm)) < 2:
            continue
        other = next((a for a in best_alignments(index, rest, wanted) if a.score >= 0.85), None)
        kept = words[high:] if low == 0 else words[:low]
        again = next((a for a in best_alignments(index, kept, wanted) if a.score >= 0.8), None)
        if other is None or again is None:
            continue
        one, two = (other, again) if low == 0 else (again, other)
        head, tail = (rest, kept) if low == 0 else (kept, rest)
        return [Found(Piece(head, found.piece.join), one), Found(Piece(tail, "break"), two)]
    return [found]


def _solid(matched: Sequence[int], size: int) -> tuple[int, int]:
    """The ends of the longest stretch of quoted words whose gaps are short."""
    best = (0, size - 1)
    length = 0
    start = previous = matched[0]
    for at in [*matched[1:], size + 10 * _SPLIT]:
        if at - previous > _SPLIT:
            if previous - start + 1 > length:
                best, length = (start, previous), previous - start + 1
            start = at
        previous = at
    return best


def total_score(found: Sequence[Found]) -> float:
    """The share of all quoted words with an equal partner, weighted by what they say."""
    whole = sum(part.piece.weight for part in found)
    return sum(part.score * part.piece.weight for part in found) / whole if whole else 0.0


def is_small_talk(piece: Piece) -> bool:
    """A sentence that says nothing by itself: "Yes." "Well, look." """
    return all(word.norm in words_of("filler") or word.norm in words_of("opener") or word.norm == "no"
               for word in piece.words)  # fmt: skip


def passage(alignment: Alignment) -> Place:
    """The stretch of the source from the first aligned word to the last."""
    return alignment.unit.place(alignment.first, alignment.last)


def sentences_around(alignment: Alignment) -> Place:
    """The whole sentences of the source around an alignment."""
    unit = alignment.unit
    return unit.place(unit.sentence_span(alignment.first)[0], unit.sentence_span(alignment.last)[1])
