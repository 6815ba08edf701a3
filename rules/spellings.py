"""Pairs of spellings that may be one name: of persons, by given name or want of another; of bodies, by their words.

Only candidates for a finding come from here, each with what binds it together; `names` words them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from audit.compare.normalize import spelling
from audit.extract.names import PARTICLES
from audit.extract.person_words import (
    fold,
    gender_of_given,
    gender_of_noun,
    is_given_name,
    is_title,
    same_given,
    words_of,
)
from audit.extract.spellings import doubling_apart, is_inflected, is_near, is_plural_in_es, only_marks_differ, sound
from audit.records import DocumentRecords, Entity, NameMention, Person, Place

_T = TypeVar("_T")
Bond = Literal["given", "only", "family", "marks", "words", "particles"]
Strength = Literal["high", "medium", "low"]


@dataclass(frozen=True)
class Pair:
    """Two spellings with a place of each, the usual or full one first; `bond` says what binds them."""

    one: Place
    other: Place
    spelled: tuple[str, str]
    bond: Bond
    strength: Strength
    reason: str


@dataclass(frozen=True)
class _Called:
    """One way in which a text calls somebody who may be somebody else under another spelling."""

    family: str
    given: tuple[str, ...]
    particles: tuple[str, ...]  # "van der" of "van der Berg"
    mentions: tuple[NameMention, ...]
    person: Person

    @property
    def first(self) -> NameMention:
        return next((mention for mention in self.mentions if mention.form == "full"), self.mentions[0])

    @property
    def spelled(self) -> str:
        return self.first.text


def _called(records: DocumentRecords) -> list[_Called]:
    """The persons of a document, and the names that are near to theirs and nobody's."""
    found = []
    for person in records.of(Person):
        if person.family and person.mentions:
            found.append(_Called(person.family[-1], person.given, person.family[:-1], person.mentions, person))
        for mention in person.near:
            words = mention.text.replace("’", "'").split()
            given = tuple(word.casefold().strip(".") for word in words[:-1])
            found.append(_Called(words[-1].casefold(), given, (), (mention,), person))
    return found


def person_pairs(records: DocumentRecords) -> Iterator[Pair]:
    """Pairs inside one document."""
    called = _called(records)
    yield from _namesakes(records, called)
    yield from _strays(records, called)
    yield from _particles(records)


def _particles(records: DocumentRecords) -> Iterator[Pair]:
    """ "De Souza" and "da Souza": one family name behind two sets of small words, of one person or of nobody known."""
    seen: dict[str, _Small] = {}
    for one in _with_particles(records):
        first = seen.setdefault(one.family, one)
        if first.differs(one):
            yield first.pair(one)
            return


def particles_with_source(article: DocumentRecords, sources: Sequence[DocumentRecords]) -> Iterator[tuple[Pair, int]]:
    """The same between the article and its sources, where no source has the article's small words."""
    theirs = [(one, number) for number, records in enumerate(sources) for one in _with_particles(records)]
    known = {(one.family, one.small) for one, _ in theirs}
    for one in _with_particles(article):
        found = next(((other, number) for other, number in theirs if one.differs(other)), None)
        if found is not None and (one.family, one.small) not in known:
            yield one.pair(found[0]), found[1]
            return


@dataclass(frozen=True)
class _Small:
    """A mention with the small words in front of its family name: van der, de la."""

    person: Person
    mention: NameMention
    small: tuple[str, ...]
    family: str

    def differs(self, other: _Small) -> bool:
        given = self.person.given, other.person.given
        return (
            self.family == other.family
            and self.small != other.small
            and len(self.small) == len(other.small)
            and (not given[0] or not given[1] or same_given(given[0][0], given[1][0]))
        )

    def pair(self, other: _Small) -> Pair:
        reason = f"{self.family.title()} behind other small words"
        return Pair(self.mention, other.mention, (self.mention.text, other.mention.text), "particles", "high", reason)


def _with_particles(records: DocumentRecords) -> Iterator[_Small]:
    for person in records.of(Person):
        for mention in person.mentions:
            words = [fold(word) for word in mention.text.split()]
            small = tuple(word for word in words[:-1] if word in PARTICLES)
            if small and not mention.text.isupper():
                yield _Small(person, mention, small, words[-1])


def _near(one: _Called, other: _Called) -> bool:
    """Whether two family names are near, or the same but for a blank: "Van Dyke", "Vandyke"."""
    joined = ["".join((*called.particles, called.family)) for called in (one, other)]
    return is_near(one.family, other.family) or (joined[0] == joined[1] and one.family != other.family)


def _namesakes(records: DocumentRecords, called: Sequence[_Called]) -> Iterator[Pair]:
    """Full names whose given names agree and whose family names are near, or the other way round."""
    by_given: dict[str, list[_Called]] = defaultdict(list)
    by_family: dict[str, list[_Called]] = defaultdict(list)
    for one in called:
        if one.given:
            by_given[one.given[0]].append(one)
            by_family[one.family].append(one)
    for group in by_given.values():
        for one, other in _pairs(group):
            if is_plural_in_es(one.family, other.family):
                continue  # no name at all
            if _near(one, other) and not _side_by_side(records, one, other):
                yield _given_pair(one, other)
    for group in by_family.values():
        for one, other in _pairs(group):
            if _one_given_name(one.given, other.given) and not _side_by_side(records, one, other):
                yield Pair(*_places(one, other), "family", "medium", f"the same family name, {one.family.title()}")


def _given_pair(one: _Called, other: _Called) -> Pair:
    established = min(sum(m.form == "family" for m in called.mentions) for called in (one, other)) > 1
    strength: Strength = "medium" if established else "high"
    return Pair(*_places(one, other), "given", strength, f"the same given name, {one.given[0].title()}")


def _one_given_name(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two given names may be one misspelled: they sound alike, or one of them is no name that people have."""
    if same_given(one[0], other[0]) or len(one) != len(other) or one[1:] != other[1:]:
        return False
    if not is_near(one[0], other[0]):
        return False
    if sound(one[0]) == sound(other[0]):
        return True
    return is_given_name(one[0]) != is_given_name(other[0]) and _genders(one[0], other[0])


def _genders(one: str, other: str) -> bool:
    return not one.endswith(("a", "o")) and not other.endswith(("a", "o"))  # Maria and Mario, Paul and Paula


def _strays(records: DocumentRecords, called: Sequence[_Called]) -> Iterator[Pair]:
    """A family name that is never introduced, near to that of exactly one person who is."""
    introduced = [one for one in called if one.given]
    by_start: dict[str, list[_Called]] = defaultdict(list)
    for one in introduced:
        by_start[one.family[:1]].append(one)
    for stray in called:
        if stray.given or not _may_stray(stray):
            continue
        near = [one for one in by_start[stray.family[:1]] if _near_enough(stray, one)]
        fitting = [one for one in near if _fits(stray, one)]
        if len({one.family for one in near}) != 1 or not fitting:
            continue  # Holt and Hult, and a Hilt: any of the two
        if any(_side_by_side(records, stray, one) for one in near):
            continue
        yield Pair(*_places(fitting[0], stray), "only", _stray_strength(stray, fitting[0]), _introduced(stray))


def _introduced(stray: _Called) -> str:
    return f"“{stray.spelled}” is introduced nowhere else"


def _may_stray(stray: _Called) -> bool:
    """Whether a lone name is used as that of one person, and is no given name or place of its own."""
    used = [m for m in stray.mentions if m.use not in ("plural", "modifier")]
    titled = any(is_title(m.title.split()[-1]) for m in used if m.title)
    if not used or stray.family in words_of("places"):
        return False
    return titled or not is_given_name(stray.family)


def _near_enough(stray: _Called, full: _Called) -> bool:
    """Whether a lone name is near to another: a short one only where no more than a doubled letter differs."""
    long = len(stray.family) >= _LONG_ALONE
    return doubling_apart(stray.family, full.family) or (long and is_near(stray.family, full.family))


_LONG_ALONE = 5  # letters of a lone name; among shorter ones many people are a letter apart


def _fits(stray: _Called, full: _Called) -> bool:
    """Whether ending and gender speak for one person."""
    titled = any(mention.title for mention in stray.mentions)
    if is_inflected(stray.family, full.family) and not titled:
        return False
    genders = {g for m in stray.mentions for word in m.title.split() if (g := gender_of_noun(word))}
    own = gender_of_given(full.given[0])
    return own is None or not genders or own in genders


def _stray_strength(stray: _Called, full: _Called) -> Strength:
    family = sum(mention.form == "family" for mention in full.mentions)
    if len(stray.mentions) > 2 and family > 2:
        return "low"  # two people of whom one was introduced elsewhere
    if len(stray.family) < _LONG_ALONE and not any(mention.title for mention in stray.mentions):
        return "medium"  # "Web" may be a word of its own, or the name of a body
    return "high" if sound(stray.family) == sound(full.family) else "medium"


def pairs_with_source(article: DocumentRecords, sources: Sequence[DocumentRecords]) -> Iterator[tuple[Pair, int]]:
    """Names of the article that no source has, near to one that only a source has; with the source's index."""
    own = _called(article)
    theirs = [(one, number) for number, records in enumerate(sources) for one in _called(records)]
    known_here = {(one.given[:1], one.family) for one in own}
    families_here = {one.family for one in own}
    families_there = {one.family for one, _ in theirs}
    full_there = {(one.given[0], one.family) for one, _ in theirs if one.given}
    by_start: dict[str, list[tuple[_Called, int]]] = defaultdict(list)
    by_family: dict[str, list[tuple[_Called, int]]] = defaultdict(list)
    for one, number in theirs:
        by_start[one.family[:1]].append((one, number))
        by_family[one.family].append((one, number))
    for one in own:
        if one.family not in families_there:
            near = [
                (other, number) for other, number in by_start[one.family[:1]]
                if other.family not in families_here and is_near(one.family, other.family)
            ]  # fmt: skip
            yield from _near_in_source(one, near)
        elif one.given and (one.given[0], one.family) not in full_there:
            for other, number in by_family[one.family]:
                if not other.given or (other.given[:1], other.family) in known_here:
                    continue
                if _one_given_name(one.given, other.given) or _slip_of_given(one, other):
                    reason = f"the same family name, {one.family.title()}; each text knows only one of the two"
                    yield Pair(*_places(one, other), "family", "medium", reason), number
                    break


def _slip_of_given(one: _Called, other: _Called) -> bool:
    """Two given names a letter apart where neither text knows the other: "Timmy" and "Tommy"."""
    return is_near(one.given[0], other.given[0]) and _genders(one.given[0], other.given[0])


def _near_in_source(one: _Called, near: Sequence[tuple[_Called, int]]) -> Iterator[tuple[Pair, int]]:
    families = {other.family for other, _ in near}
    if len(families) != 1:
        return
    same = [
        (other, number)
        for other, number in near
        if one.given and other.given and same_given(one.given[0], other.given[0])
    ]
    if same:
        yield (
            Pair(*_places(one, same[0][0]), "given", "high", f"the same given name, {one.given[0].title()}"),
            same[0][1],
        )
        return
    if one.given and any(other.given for other, _ in near):
        return  # two people
    other, number = next(((o, n) for o, n in near if o.given), near[0])
    stray, full = (one, other) if not one.given else (other, one)
    if not _may_stray(stray) or not _near_enough(stray, full) or (full.given and not _fits(stray, full)):
        return
    if not full.given and is_inflected(stray.family, full.family):
        return
    yield Pair(*_places(one, other), "only", "medium", "each text knows only one of the two spellings"), number


def mark_pairs(records: DocumentRecords) -> Iterator[Pair]:
    """A family name with and without its diacritics or apostrophe."""
    for person in records.of(Person):
        plain = [m for m in person.mentions if not m.text.isupper() and m.use != "label"]
        for other in plain[1:]:
            words = plain[0].text.split()[-1], other.text.split()[-1]
            if only_marks_differ(*words) and _only_diacritics(*words):
                yield Pair(plain[0], other, (words[0], words[1]), "marks", "medium", "only diacritics differ")
                break


def _only_diacritics(one: str, other: str) -> bool:
    return any(not char.isascii() and char.isalpha() for char in one + other)


# --- Bodies and places ------------------------------------------------------------------------------------------------

_SHORTEST_WORD, _SHORTEST_NAME = 5, 7  # letters: of a word among others, and of a name of one word


def entity_pairs(records: DocumentRecords) -> Iterator[Pair]:
    """Names of bodies and places in a document that differ in a letter or two of one word."""
    buckets: dict[tuple[str, ...], list[tuple[str, str, Entity]]] = defaultdict(list)
    for entity in records.of(Entity):
        for name in (entity.name, *entity.aliases):
            _enter(buckets, name, entity)
    yield from _in_buckets(buckets.values())


def entities_with_source(article: DocumentRecords, sources: Sequence[DocumentRecords]) -> Iterator[tuple[Pair, int]]:
    """Bodies and places of the article that no source has, near to one that only a source has; with its index."""
    if not sources:
        return
    here = _spelled_in(article)
    there = frozenset().union(*map(_spelled_in, sources))
    buckets: dict[tuple[str, ...], list[tuple[str, str, Entity]]] = defaultdict(list)
    for entity in article.of(Entity):
        if not _words(entity.name) <= there:
            _enter(buckets, entity.name, entity)
    own = {id(entry[2]) for bucket in buckets.values() for entry in bucket}
    number_of: dict[int, int] = {}
    for number, records in enumerate(sources):
        for entity in records.of(Entity):
            if not _words(entity.name) <= here:
                number_of[id(entity)] = number
                _enter(buckets, entity.name, entity)
    for bucket in buckets.values():
        mine = [entry for entry in bucket if id(entry[2]) in own]
        theirs = [entry for entry in bucket if id(entry[2]) not in own]
        for word, name, entity in mine[:_MOST]:
            for second, other_name, other in theirs[:_MOST]:
                if _one_body(word, second, name == word, entity, other):
                    places = _of_name(entity, name), _of_name(other, other_name)
                    reason = "each text knows only one of the two spellings"
                    yield Pair(*places, (name, other_name), "words", "medium", reason), number_of[id(other)]
                    break


def _words(name: str) -> frozenset[str]:
    return frozenset(fold(word) for word in name.replace("’s", "").replace("'s", "").split())


def _spelled_in(records: DocumentRecords) -> frozenset[str]:
    """Every word of a document's view, folded as names are."""
    return frozenset(map(fold, set(_SEPARATORS.split(records.document.view)) - {""}))


_SEPARATORS = re.compile(r"[^\w.'’-]+|['’]s\b|[.](?=\s|\Z)")


def _enter(buckets: dict[tuple[str, ...], list[tuple[str, str, Entity]]], name: str, entity: Entity) -> None:
    words = name.replace("’s", "").replace("'s", "").split()
    for at, word in enumerate(words):
        rest = (*words[:at], "", *words[at + 1 :]) if len(words) > 1 else ("", word[:2].casefold())
        buckets[tuple(other.casefold() for other in rest)].append((word, name, entity))


def _in_buckets(buckets: Iterable[Sequence[tuple[str, str, Entity]]]) -> Iterator[Pair]:
    seen: set[frozenset[str]] = set()
    for bucket in buckets:
        for (word, name, entity), (second, other_name, other) in _pairs(bucket):
            key = frozenset((name, other_name))
            alone = name == word
            if key in seen or entity.id == other.id or not _one_body(word, second, alone, entity, other):
                continue
            seen.add(key)
            reason = "the other words are the same" if not alone else "a letter differs"
            places = _of_name(entity, name), _of_name(other, other_name)
            yield Pair(*places, (name, other_name), "words", "medium" if not alone else "low", reason)


def _of_name(entity: Entity, name: str) -> Place:
    return next((place for place in entity.mentions if " ".join(place.text.split()) == name), entity.mentions[0])


def _one_body(word: str, other: str, alone: bool, entity: Entity, second: Entity) -> bool:
    shortest = _SHORTEST_NAME if alone else _SHORTEST_WORD
    if min(len(word), len(other)) < shortest or not (word.isalpha() and other.isalpha()):
        return False
    if not is_near(word, other) or is_inflected(word, other) or spelling(word.lower()) == spelling(other.lower()):
        return False
    known = [w.casefold() in words_of("places") or is_given_name(w) for w in (word, other)]
    if all(known):
        return False
    if alone and min(len(entity.mentions), len(second.mentions)) > 1:
        return False
    return entity.form == second.form


# --- Shared -----------------------------------------------------------------------------------------------------------


def _pairs(group: Sequence[_T]) -> Iterator[tuple[_T, _T]]:
    for at, one in enumerate(group[:_MOST]):
        for other in group[at + 1 : _MOST]:
            yield one, other


_MOST = 60  # of one group, so that a list of names cannot make a run long


def _places(one: _Called, other: _Called) -> tuple[Place, Place, tuple[str, str]]:
    return one.first, other.first, (one.spelled, other.spelled)


def _side_by_side(records: DocumentRecords, one: _Called, other: _Called) -> bool:
    """Whether one sentence names both: then they are two people."""
    starts = {s.start for mention in one.mentions if (s := records.statement_at(mention)) is not None}
    return any((s := records.statement_at(m)) is not None and s.start in starts for m in other.mentions)
