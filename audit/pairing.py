"""Which finding is which after an edit: by its fingerprint, by its words, or by a passage that both still have."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from audit.records.base import Side
from audit.records.sameness import words_digest

Passage = tuple[Side, str]  # where it stands, and the digest of its normalised words
Kinship = Literal["same", "text-changed", "source-changed"]


@dataclass(frozen=True, slots=True)
class Keyed:
    """What a finding is known by."""

    rule: str
    fingerprint: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two findings that are one, by their indexes. `kinship` says what of the words changed, if anything."""

    old: int
    new: int
    kinship: Kinship


def key_of(rule: str, fingerprint: str, passages: Iterable[tuple[Side, str]]) -> Keyed:
    """What a finding with these passages is known by; each is its side and its text."""
    return Keyed(rule, fingerprint, tuple((side, words_digest(text)) for side, text in passages))


def pair(old: Sequence[Keyed], new: Sequence[Keyed]) -> list[Pair]:
    """Pair each new finding with the old one that it was, in the order of the new ones; nothing is in two pairs.

    A fingerprint decides before everything. Where it is gone, the same rule about the same words is the same finding
    (fingerprints also count findings with the same words, and one of those may have been taken out). What is left is
    paired when the rule and at least one passage are the same, those first that share most.
    """
    pairs: dict[int, Pair] = {}
    open_old, open_new = set(range(len(old))), set(range(len(new)))
    # Each is asked only when those before it are used up, so that it sees what they have left.
    for links in (_by(_fingerprint, old, new), _by(_words, old, new), _by_passage(old, new, open_old, open_new)):
        for one, other in links:
            if one in open_old and other in open_new:
                open_old.remove(one)
                open_new.remove(other)
                pairs[other] = Pair(one, other, _kinship(old[one], new[other]))
    return [pairs[at] for at in sorted(pairs)]


def _fingerprint(finding: Keyed) -> Hashable:
    return finding.fingerprint


def _words(finding: Keyed) -> Hashable:
    return (finding.rule, tuple(sorted(finding.passages))) if finding.passages else None


def _by(key: Callable[[Keyed], Hashable], old: Sequence[Keyed], new: Sequence[Keyed]) -> Iterator[tuple[int, int]]:
    """Candidates with the same key, in order."""
    places: dict[Hashable, list[int]] = defaultdict(list)
    for at, finding in enumerate(old):
        if key(finding) is not None:
            places[key(finding)].append(at)
    for at, finding in enumerate(new):
        yield from ((one, at) for one in places.get(key(finding), ()))


def _by_passage(
    old: Sequence[Keyed], new: Sequence[Keyed], open_old: set[int], open_new: set[int]
) -> Iterator[tuple[int, int]]:
    """Candidates of one rule that share a passage, among those still open; those that share most come first."""
    places: dict[tuple[str, Passage], list[int]] = defaultdict(list)
    for at in sorted(open_old):
        for passage in dict.fromkeys(old[at].passages):
            places[old[at].rule, passage].append(at)
    shared: Counter[tuple[int, int]] = Counter()
    for at in sorted(open_new):
        for passage in dict.fromkeys(new[at].passages):
            shared.update((one, at) for one in places.get((new[at].rule, passage), ()))
    yield from sorted(shared, key=lambda link: (-shared[link], link[1], link[0]))


def _kinship(old: Keyed, new: Keyed) -> Kinship:
    if old.fingerprint == new.fingerprint or Counter(old.passages) == Counter(new.passages):
        return "same"
    return "source-changed" if _article(old.passages) == _article(new.passages) else "text-changed"


def _article(passages: Iterable[Passage]) -> Counter[str]:
    return Counter(digest for side, digest in passages if side == "article")
