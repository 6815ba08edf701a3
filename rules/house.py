"""What the house has settled about names: spellings that are right, and people who need no introduction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audit.rules.spellings import Strength

from audit.compare.normalize import spelling
from audit.config import House, HouseName
from audit.extract.person_words import fold, is_given_name, words_of
from audit.extract.spellings import is_inflected, is_near, sound
from audit.records import DocumentRecords, Entity, NameMention, Person, Place, Quotation

_SHORTEST_ALONE = 6  # letters of a name of one word; among shorter ones too many words are a letter apart
_SHORTEST_WORD = 5  # letters of a family name, or of one word in the name of a body


@dataclass(frozen=True)
class Slip:
    """A name of the article that is nearly one of the house's; `right` is that one."""

    place: Place
    spelled: str
    right: HouseName
    strength: Strength
    reason: str


class HouseNames:
    """The names of the house, to be looked up."""

    def __init__(self, house: House) -> None:
        self.names = house.names
        self._whole = {_plain(name.spelling) for name in house.names}
        families = (_plain(name.spelling).split() for name in house.names)
        self._known = self._whole | {" ".join(words[at:]) for words in families for at in range(1, len(words))}

    def has(self, name: str) -> bool:
        """Whether this is one of the names, whole or without what stands in front of the family name."""
        return _plain(name) in self._known

    def has_all(self, names: Sequence[str]) -> bool:
        """Whether all of these are names of the house: then they are not one name in two spellings."""
        return bool(self.names) and all(map(self.has, names))

    def nearest(self, name: str, *, is_body: bool) -> tuple[HouseName, Strength, str] | None:
        """The one name that this is nearly, with what speaks for it; None where there is none, or more than one."""
        if self.has(name):
            return None
        compare = _body if is_body else _person
        found = [(one, *told) for one in self.names if (told := compare(name, one.spelling)) is not None]
        return found[0] if len({_plain(one.spelling) for one, *_ in found}) == 1 else None


class Exempt:
    """The people who need no introduction, by a part of their name that says who is meant or by all of it."""

    def __init__(self, house: House) -> None:
        self._names = {" ".join(map(fold, name.split())) for name in house.exempt}

    def has(self, person: Person, mention: NameMention) -> bool:
        """Whether somebody is among them, by the full name or by the one that the text has."""
        names = (person.name, mention.text, " ".join(person.family), person.family[-1] if person.family else "")
        return any(" ".join(map(fold, name.split())) in self._names for name in names if name)


def house_slips(article: DocumentRecords, house: HouseNames) -> Iterator[Slip]:
    """Names of the article that are nearly, and not quite, names of the house; each spelling where it is first."""
    if not house.names:
        return
    quoted = [(quotation.start, quotation.end) for quotation in article.of(Quotation)]
    seen: set[str] = set()
    for place, is_body in _names_of(article):
        spelled = _bare(place.text)
        if spelled in seen or any(start <= place.start < end for start, end in quoted):
            continue
        seen.add(spelled)
        found = house.nearest(spelled, is_body=is_body)
        if found is not None:
            yield Slip(place, spelled, *found)


def _names_of(article: DocumentRecords) -> list[tuple[Place, bool]]:
    """Full names of people, and names of bodies and places, in order; names in capitals have no spelling to judge."""
    people = [
        (mention, False)
        for person in article.of(Person)
        for mention in (*person.mentions, *person.near)
        if mention.use not in ("label", "plural") and not mention.quoted and not mention.text.isupper()
        if mention.form == "full" or len(mention.text) >= _SHORTEST_ALONE
    ]
    bodies = [(place, True) for entity in article.of(Entity) for place in entity.mentions if not place.text.isupper()]
    return sorted([*people, *bodies], key=lambda found: found[0].start)


def _person(name: str, house: str) -> tuple[Strength, str] | None:
    """How a person's name is near to one of the house."""
    one, other = name.split(), house.split()
    if min(len(one), len(other)) < 2:
        return _alone(name, house)
    given, rest = fold(one[0]), "".join(map(fold, one[1:]))
    right_given, right_rest = fold(other[0]), "".join(map(fold, other[1:]))
    if (given, rest) == (right_given, right_rest):
        return "high", "only diacritics, apostrophes or blanks differ"
    if given == right_given and _near_rest(rest, right_rest):
        return "high", f"the same given name, {other[0]}, and a letter or two in the rest"
    if rest == right_rest and is_near(given, right_given) and _one_given(given, right_given):
        return "medium", f"the same family name, {' '.join(other[1:])}, and a letter or two in the rest"
    return None


def _near_rest(one: str, right: str) -> bool:
    """Whether family names are near; of short ones that do not sound the same, two people may be meant: Lind, Lund."""
    if min(len(one), len(right)) < _SHORTEST_WORD and sound(one) != sound(right):
        return False
    return is_near(one, right) and not is_inflected(one, right)


def _one_given(one: str, right: str) -> bool:
    """Whether a given name can only be a slip: it sounds the same, and is none that people have."""
    return sound(one) == sound(right) or (not is_given_name(one) and one[-1:] not in "ao")


def _alone(name: str, house: str) -> tuple[Strength, str] | None:
    """One word beside one word; a known name or place that is near is somebody else's."""
    if " " in name or " " in house or min(len(name), len(house)) < _SHORTEST_ALONE:
        return None
    if fold(name) == fold(house):
        return "high", "only diacritics or apostrophes differ"
    if not is_near(name, house) or is_inflected(name, house) or _is_known(name):
        return None
    return "medium", "a letter or two differ"


def _body(name: str, house: str) -> tuple[Strength, str] | None:
    """How the name of a body or a place is near to one of the house: one word in it, the others the same."""
    one, other = name.split(), house.split()
    if len(one) != len(other) or len(one) < 2:
        return _alone(name, house)
    if [*map(fold, one)] == [*map(fold, other)]:
        return "high", "only diacritics or apostrophes differ"
    apart = [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    if len(apart) != 1:
        return None
    word, right = apart[0]
    if min(len(word), len(right)) < _SHORTEST_WORD or not is_near(word, right) or is_inflected(word, right):
        return None
    if spelling(word.lower()) == spelling(right.lower()) or (_is_known(word) and _is_known(right)):
        return None
    return "medium", "a letter or two of one word differ"


def _is_known(word: str) -> bool:
    return word.casefold() in words_of("places") or is_given_name(word)


def _plain(name: str) -> str:
    """A name so that case, the kind of apostrophe and blanks do not count, and diacritics do."""
    return " ".join(name.replace("’", "'").casefold().split())


def _bare(text: str) -> str:
    """A name without the sign of possession."""
    return " ".join(text.split()).removesuffix("’s").removesuffix("'s")
