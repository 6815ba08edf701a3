"""Whether two predications are about the same person or thing.

Persons are the same by identity. A thing is the same where its noun is and its modifiers allow it: "the mine" is "the
Orly mine" as long as the texts name no second mine.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping

from audit.compare.wordlists import words_of_file
from audit.extract.topics import concepts, stem
from audit.records import Predication


class Subjects:
    """The subjects of all predications of a dossier."""

    def __init__(self, predications: Iterable[Predication], identities: Mapping[str, str]) -> None:
        self._identities = identities
        seen: dict[str, set[frozenset[str]]] = defaultdict(set)
        for predication in predications:
            if predication.subject_person is None:
                seen[self._noun(predication)].add(_modifiers(predication))
        self._ambiguous = {noun for noun, kinds in seen.items() if _are_split(kinds)}

    def key(self, predication: Predication) -> str | None:
        """The key under which subjects may be the same; None for one that is nobody in particular."""
        if predication.several or not (predication.definite or predication.quantifier in ("all", "none")):
            return None
        if predication.subject_person is not None:
            return self._identities.get(predication.subject_person, predication.subject_person)
        noun = self._noun(predication)
        return f"noun:{noun}" if noun else None

    def same(self, one: Predication, other: Predication) -> bool:
        """Whether two predications with one key have one subject."""
        if one.subject_person is not None or other.subject_person is not None:
            return True  # the key is the person's
        left, right = _modifiers(one), _modifiers(other)
        if left == right:
            return True
        return self._noun(one) not in self._ambiguous and (left <= right or right <= left)

    def _noun(self, predication: Predication) -> str:
        return stem(predication.subject_head)


def are_different(one: Predication, other: Predication, identities: Mapping[str, str]) -> bool:
    """Whether two subjects are certainly two: other persons, or names without a word in common."""
    if one.several or other.several:
        return False
    left, right = one.subject_person, other.subject_person
    if left is not None and right is not None:
        return identities.get(left, left) != identities.get(right, right)
    names = {word for name in one.subject_names for word in name.split()}
    others = {word for name in other.subject_names for word in name.split()}
    return bool(names and others) and not names & others


def _modifiers(predication: Predication) -> frozenset[str]:
    return concepts(predication.subject) - concepts([predication.subject_head])


def _are_split(kinds: set[frozenset[str]]) -> bool:
    """Whether modifiers tell two things of one kind apart: "the old mill", "the new mill"."""
    ordered = sorted(kinds, key=len)
    return any(not low <= high for low, high in itertools.pairwise(ordered))


def once(section: str) -> frozenset[str]:
    """The words of a section of the list of what happens once. Raises KeyError."""
    return words_of_file("once.txt", section)
