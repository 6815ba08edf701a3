"""Which persons of several documents are one human being.

"Dr. Reyes", "REYES", "A. Reyes" and "Alexandra Reyes" are one where nobody else is called so; two persons with one
family name and different given names stay apart, and a name that fits two of them belongs to neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from audit.extract.individuals import key_of, parts
from audit.extract.person_words import fold, is_given_name, same_given
from audit.loading.names import bare
from audit.records import DocumentRecords, Person


@dataclass(frozen=True)
class _Name:
    """A person's name in parts: folded given names and the forms that the family name may take."""

    given: tuple[str, ...]
    families: frozenset[str]
    suffix: str
    key: str

    @property
    def weight(self) -> tuple[int, int, str]:
        return sum(len(word) > 1 for word in self.given), sum(map(len, self.given)), self.key


@dataclass
class _Cluster:
    """Names of one human being, the fullest first."""

    names: list[_Name] = field(default_factory=list)

    @property
    def key(self) -> str:
        return self.names[0].key

    def takes(self, name: _Name) -> bool:
        return all(_compatible(name, other) for other in self.names)


def link_people(documents: Sequence[DocumentRecords]) -> dict[str, str]:
    """Every Person id of the documents to one key for each human being: the folded fullest name."""
    people = [person for records in documents for person in records.of(Person)]
    names = {person.id: _name(person.name) for person in people}
    clusters = _clusters(names.values())
    keys = {name: cluster.key for cluster in clusters for name in cluster.names}
    return {id: keys.get(name) or _of_part(name, clusters) for id, name in names.items()}


def _name(text: str) -> _Name:
    words = bare(text)
    key = key_of(words)
    given, family = parts(words)
    suffix = next((word for word in key if word in ("jr", "sr", "ii", "iii", "iv")), "")
    split = tuple(fold(piece) for word in words[: len(given)] for piece in word.split("-") if fold(piece))
    return _Name(split, _families(given, family), suffix, " ".join(key))


def _families(given: tuple[str, ...], family: tuple[str, ...]) -> frozenset[str]:
    """ "van der Berg", "der Berg" and "Berg"; "García Márquez" beside "Márquez"; hyphens and blanks do not count."""
    forms = {"".join(family[at:]) for at in range(len(family))}
    if len(given) > 1 and len(given[-1]) > 2:
        forms.add("".join((given[-1], *family)))
    return frozenset(forms)


def _clusters(names: Iterable[_Name]) -> list[_Cluster]:
    """The human beings who are named in full somewhere; the fullest names are placed first."""
    clusters: list[_Cluster] = []
    by_family: dict[str, list[_Cluster]] = {}
    full = sorted({name for name in names if name.given}, key=lambda name: name.weight, reverse=True)
    for name in full:
        near = {id(one): one for form in sorted(name.families) for one in by_family.get(form, ())}
        fitting = [one for one in near.values() if one.takes(name)]
        if len(fitting) == 1:
            fitting[0].names.append(name)
            cluster = fitting[0]
        else:
            cluster = _Cluster([name])
            clusters.append(cluster)
        for form in name.families:
            known = by_family.setdefault(form, [])
            if all(one is not cluster for one in known):
                known.append(cluster)
    return clusters


def _compatible(one: _Name, other: _Name) -> bool:
    if one.suffix != other.suffix or not one.families & other.families:
        return False
    if _goes_with(one.given, other.given):
        return True
    return any(
        len(longer) > 1 and len(longer[0]) == 1 and _goes_with(longer[1:], shorter)
        for longer, shorter in ((one.given, other.given), (other.given, one.given))
    )


def _goes_with(given: tuple[str, ...], others: tuple[str, ...]) -> bool:
    return all(same_given(mine, yours) for mine, yours in zip(given, others, strict=False))


def _of_part(name: _Name, clusters: Sequence[_Cluster]) -> str:
    """The key of a person known by one name: the only one who is called so, or the name itself."""
    found = [cluster for cluster in clusters if any(name.families & other.families for other in cluster.names)]
    if not found and is_given_name(name.key):
        found = [cluster for cluster in clusters if cluster.names[0].given[0] == name.key]
    return found[0].key if len(found) == 1 else name.key
