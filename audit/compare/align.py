"""Where in the sources the words of a quotation stand: an index over all words, then an alignment word by word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from audit.compare.normalize import Word, is_content, stem
from audit.compare.wordlists import words_of
from audit.records import Place, Speaker
from audit.records.document import Document

_COMMON = 300  # a word that stands in the sources more often than this says little about a place
_PAIRS = 2000  # places of two words in a row that are looked at
_RUNS = 12  # places of a whole run of words that are kept
_NEVER = float("-inf")


@dataclass(frozen=True)
class Unit:
    """A stretch of a source that one person says: a turn, a quotation in running text, or unattributed text."""

    id: str
    document: Document
    speaker: Speaker | None
    identity: str | None
    interviewer: bool
    words: tuple[Word, ...]
    form: str  # "turn", "quotation", "text"
    order: int  # turns of one document in order
    first: int = 0  # index of its first word in the index

    def place(self, first: int, last: int) -> Place:
        """The place in the file from one word to another, both included."""
        return self.document.place(self.words[first].start, max(self.words[first].end, self.words[last].end))

    def sentence_span(self, at: int) -> tuple[int, int]:
        """First and last index of the words of the sentence around a word."""
        first = last = at
        while first > 0 and self.words[first - 1].sentence == self.words[at].sentence:
            first -= 1
        while last + 1 < len(self.words) and self.words[last + 1].sentence == self.words[at].sentence:
            last += 1
        return first, last


@dataclass(frozen=True)
class Alignment:
    """A run of quoted words beside a stretch of one unit.

    `pairs` joins indices into the quoted words with indices into the unit's words; either is None where a word has no
    partner. `score` is the weighted share of quoted words with an equal partner.
    """

    unit: Unit
    pairs: tuple[tuple[int | None, int | None], ...]
    score: float
    exact: bool

    @property
    def first(self) -> int:
        return next(said for _, said in self.pairs if said is not None)

    @property
    def last(self) -> int:
        return next(said for _, said in reversed(self.pairs) if said is not None)


@dataclass
class Index:
    """All words of all units, and where each of them stands."""

    units: list[Unit] = field(default_factory=list)
    norms: list[str] = field(default_factory=list)
    owner: list[int] = field(default_factory=list)  # the unit of each word
    positions: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _pairs: dict[tuple[str, str], list[int]] = field(default_factory=dict)  # of those that were asked for

    @classmethod
    def over(cls, units: Sequence[Unit]) -> Index:
        """An index of the words of some units; each unit learns where its words begin."""
        index = cls()
        for number, unit in enumerate(units):
            first = len(index.norms)
            index.units.append(replace(unit, first=first))
            norms = [word.norm for word in unit.words]
            index.norms.extend(norms)
            index.owner.extend([number] * len(norms))
            for at, norm in enumerate(norms, start=first):
                index.positions[norm].append(at)
        return index

    def _pair(self, one: str, other: str) -> list[int]:
        """Where a word stands in front of another one in one unit; the first ones, where they are many."""
        known = self._pairs.get((one, other))
        if known is None:
            firsts, seconds = self.positions.get(one, []), self.positions.get(other, [])
            begins = firsts if len(firsts) <= len(seconds) else [position - 1 for position in seconds if position]
            norms, owner = self.norms, self.owner
            found = (
                at
                for at in begins
                if at + 1 < len(norms) and norms[at] == one and norms[at + 1] == other and owner[at] == owner[at + 1]
            )
            known = self._pairs[one, other] = list(islice(found, _PAIRS))
        return known

    def candidates(self, words: Sequence[Word], wanted: Callable[[Unit], bool], limit: int) -> list[tuple[int, int]]:
        """Units with the offset (word index in the unit) at which the quoted words may begin, the likeliest first."""
        width = max(6, len(words) // 2)
        votes: dict[tuple[int, int], float] = defaultdict(float)
        seen: dict[tuple[int, int], set[int]] = defaultdict(set)
        for weight, at, position in self._hits(words):
            owner = self.owner[position]
            begin = position - self.units[owner].first - at
            for bin_ in (begin // width, begin // width + 1):
                key = (owner, bin_)
                if at not in seen[key]:
                    seen[key].add(at)
                    votes[key] += weight
        ranked = sorted(votes, key=lambda key: (-votes[key], key))
        chosen: list[tuple[int, int]] = []
        for owner, bin_ in ranked:
            if len(chosen) == limit:
                break
            if wanted(self.units[owner]) and not any(o == owner and abs(b - bin_) <= 1 for o, b in chosen):
                chosen.append((owner, bin_))
        return [(owner, bin_ * width - width // 2) for owner, bin_ in chosen]

    def _hits(self, words: Sequence[Word]) -> list[tuple[float, int, int]]:
        hits: list[tuple[float, int, int]] = []
        for at, word in enumerate(words):
            where = self.positions.get(word.norm, [])
            if where and (len(where) <= _COMMON or len(words) == 1):
                weight = 1.0 if is_content(word.norm) else 0.3
                hits.extend((weight, at, position) for position in where)
            if at + 1 < len(words):
                hits.extend((1.0, at, position) for position in self._pair(word.norm, words[at + 1].norm))
        return hits

    def exact_runs(self, words: Sequence[Word], wanted: Callable[[Unit], bool]) -> Iterator[tuple[int, int]]:
        """Every place (unit, word index) where exactly these words stand one after the other, in order."""
        if not words:
            return
        norms = [word.norm for word in words]
        rarest = min(range(len(norms)), key=lambda at: len(self.positions.get(norms[at], [])))
        for position in self.positions.get(norms[rarest], []):
            begin = position - rarest
            owner = self.owner[position]
            unit = self.units[owner]
            inside = begin >= unit.first and begin + len(norms) <= unit.first + len(unit.words)
            if inside and self.norms[begin : begin + len(norms)] == norms and wanted(unit):
                yield owner, begin - unit.first


# Contractions whose other half may be one of several words, and a number that may be a pronoun.
_ONE_WORD = {
    "'s": frozenset({"'s", "is", "has", "us"}),
    "'d": frozenset({"'d", "would", "had"}),
    "one": frozenset({"one", "#1"}),
}
_ALIKE: dict[str, frozenset[str]] = {
    **{norm: frozenset({norm, short}) for short, norms in _ONE_WORD.items() for norm in norms},
    **_ONE_WORD,
}


def alike(norm: str) -> frozenset[str]:
    """The forms that are one word with this one, in another spelling or with the same contraction."""
    return _ALIKE.get(norm) or frozenset({norm})


def equal(quoted: Word, said: Word) -> bool:
    """Whether two words are one word in two spellings or with the same contraction."""
    return quoted.norm == said.norm or said.norm in _ALIKE.get(quoted.norm, ())


def weight(word: Word) -> float:
    """How much a word says about the place that it comes from."""
    if word.norm in words_of("filler"):
        return 0.2
    return 1.0 if is_content(word.norm) else 0.5


_GAP_OPEN, _GAP_EXTEND, _INSERT = -0.35, -0.12, -0.55


class _Likeness:
    """How well any word fits each word of a stretch of a unit."""

    def __init__(self, said: Sequence[Word]) -> None:
        norms = [word.norm for word in said]
        content = [is_content(norm) for norm in norms]
        self._strange = [-0.6 if own else -0.5 for own in content]  # beside a word with a content of its own
        self._where: dict[str, list[int]] = defaultdict(list)
        self._stems: dict[str, list[int]] = defaultdict(list)
        for at, norm in enumerate(norms):
            self._where[norm].append(at)
            if content[at]:
                self._stems[stem(norm)].append(at)

    def row(self, quoted: Word) -> list[float]:
        """A value for each word of the stretch: above 0 for the same word, below it for another."""
        if quoted.bracket:
            values = [-0.1] * len(self._strange)
        elif is_content(quoted.norm):
            values = self._strange.copy()
            for at in self._stems.get(stem(quoted.norm), ()):
                values[at] = 0.6
        else:
            values = [-0.5] * len(self._strange)
        same = 2.0 * weight(quoted)
        for norm in alike(quoted.norm):
            for at in self._where.get(norm, ()):
                values[at] = same
        return values


def align(words: Sequence[Word], unit: Unit, low: int, high: int) -> Alignment | None:
    """The best alignment of all quoted words inside a stretch of a unit; words of the unit may be left out anywhere.

    None where not a single word fits. Gotoh's algorithm with free ends on the side of the source.
    """
    said = unit.words[low:high]
    rows, columns = len(words), len(said)
    if not rows or not columns:
        return None
    likeness = _Likeness(said)
    above = [0.0] * (columns + 1)
    best_from, skip_from = [bytearray(columns + 1)], [bytearray(columns + 1)]
    for word in words:
        insert = -0.05 if word.bracket or word.norm in words_of("filler") else _INSERT
        row_from, gap_from = bytearray(columns + 1), bytearray(columns + 1)
        left, gap = above[0] + insert, _NEVER
        row, row_from[0] = [left], 2
        for j, value in enumerate(likeness.row(word), start=1):
            opened, gap = left + _GAP_OPEN, gap + _GAP_EXTEND
            if gap > opened:
                gap_from[j] = 1
            else:
                gap = opened
            left, down = above[j - 1] + value, above[j] + insert
            if left >= down and left >= gap:
                row_from[j] = 1
            elif down >= gap:
                left, row_from[j] = down, 2
            else:
                left, row_from[j] = gap, 3
            row.append(left)
        above = row
        best_from.append(row_from)
        skip_from.append(gap_from)
    end = max(range(columns + 1), key=lambda j: (above[j], -j))
    return _trace(words, unit, low, end, best_from, skip_from)


def _trace(
    words: Sequence[Word],
    unit: Unit,
    low: int,
    end: int,
    best_from: Sequence[Sequence[int]],
    skip_from: Sequence[Sequence[int]],
) -> Alignment | None:
    pairs: list[tuple[int | None, int | None]] = []
    i, j = len(words), end
    while i > 0:
        step = best_from[i][j]
        if step == 1:
            i, j = i - 1, j - 1
            pairs.append((i, low + j))
        elif step == 2:
            i -= 1
            pairs.append((i, None))
        else:
            while True:
                extended = skip_from[i][j]
                j -= 1
                pairs.append((None, low + j))
                if not extended:
                    break
    pairs.reverse()
    return _finished(words, unit, pairs)


def _finished(words: Sequence[Word], unit: Unit, pairs: list[tuple[int | None, int | None]]) -> Alignment | None:
    while pairs and pairs[0][0] is None:
        pairs.pop(0)
    while pairs and pairs[-1][0] is None:
        pairs.pop()
    if not any(said is not None for _, said in pairs):
        return None
    whole = matched = 0.0
    exact = True
    for quoted, said in pairs:
        if quoted is None:
            exact = False
            continue
        value = 0.0 if words[quoted].bracket else weight(words[quoted])
        whole += value
        if said is not None and equal(words[quoted], unit.words[said]):
            matched += value
        elif not words[quoted].bracket:
            exact = False
    return Alignment(unit, tuple(pairs), matched / whole if whole else 0.0, exact)


def run_alignment(words: Sequence[Word], unit: Unit, begin: int) -> Alignment:
    """The alignment of words that stand in a unit one after the other from a word index on."""
    return Alignment(unit, tuple((at, begin + at) for at in range(len(words))), 1.0, True)


def best_alignments(
    index: Index, words: Sequence[Word], wanted: Callable[[Unit], bool], limit: int = 4
) -> list[Alignment]:
    """The best alignments of some quoted words with units of a kind, the best first."""
    plain = [word for word in words if not word.bracket]
    found = [
        run_alignment(words, index.units[owner], begin)
        for owner, begin in (islice(index.exact_runs(words, wanted), _RUNS) if len(plain) == len(words) else ())
    ]
    if not found:
        slack = 8 + len(words) // 2
        for owner, begin in index.candidates(words, wanted, limit):
            unit = index.units[owner]
            low, high = max(0, begin - slack), min(len(unit.words), begin + 2 * len(words) + slack)
            aligned = align(words, unit, low, high)
            if aligned is not None:
                found.append(aligned)
    return sorted(found, key=lambda a: (-a.score, _looseness(a), a.unit.first + a.first))


def _looseness(alignment: Alignment) -> int:
    return sum(1 for quoted, said in alignment.pairs if quoted is None or said is None)
