"""How much a word of a dossier says: its weight by how rare it is there, and who shares what is not everywhere."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Protocol, TypeVar

FEWEST = 60  # sentences that a dossier counts at least, since a short one cannot tell which words are common


class Identified(Protocol):
    """Anything with an id of its own."""

    @property
    def id(self) -> str: ...


IdentifiedT = TypeVar("IdentifiedT", bound=Identified)


@lru_cache(maxsize=50_000)
def rarity(seen: int, sentences: int) -> float:
    """Between 0 for what stands in every sentence and 1 for what stands in one.

    The inverse document frequency over a dossier's sentences, scaled to 1 (K. Spärck Jones, 1972).
    """
    whole = math.log(max(sentences, FEWEST) + 1)
    return min(1.0, (whole - math.log(max(seen, 1))) / whole)


def sharing(
    own: IdentifiedT, names: Iterable[str], where: Mapping[str, Sequence[IdentifiedT]], common: int
) -> Iterator[IdentifiedT]:
    """Those that share a name with this one, each once; a name that more than `common` have brings nobody."""
    seen = {own.id}
    for name in names:
        others = where[name]
        if len(others) > common:
            continue
        for other in others:
            if other.id not in seen:
                seen.add(other.id)
                yield other
