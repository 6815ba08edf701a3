"""What words say of persons: given names, titles, nouns for people and for what speaks beside them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

Gender = Literal["male", "female"]


@cache
def _sections(name: str = "people.txt") -> dict[str, frozenset[str]]:
    text = files("audit.extract").joinpath("data", name).read_text(encoding="utf-8")
    found: dict[str, set[str]] = {}
    section: set[str] = set()
    for line in text.splitlines():
        if line.startswith("["):
            section = found.setdefault(line.strip("[]"), set())
        elif line.strip() and not line.startswith("#"):
            section.update(item.strip() for item in line.split(","))
    return {name: frozenset(items) for name, items in found.items()}


@cache
def words_of(section: str) -> frozenset[str]:
    """The words of one section of data/people.txt, in lower case. Raises KeyError."""
    return _sections()[section]


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """A word of a name without case, diacritics, stops and apostrophes: "Núñez" is "nunez", "J." is "j"."""
    plain = word.casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain.translate(_LETTERS))
    if plain.isalnum():
        return plain
    return "".join(char for char in plain if char.isalnum())


_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})


@cache
def _given() -> dict[str, Gender | None]:
    names: dict[str, Gender | None] = {fold(word): None for word in words_of("given_either")}
    for section, gender in (("given_male", "male"), ("given_female", "female")):
        for word in map(fold, words_of(section)):
            known = names.get(word, gender)
            names[word] = gender if known == gender else None  # type: ignore[assignment]
    return names


@cache
def _rarer() -> dict[str, Gender | None]:
    genders: dict[str, Gender | None] = {"male": "male", "female": "female", "either": None}
    return {
        word if word.isascii() and word.islower() and word.isalnum() else fold(word): genders[name]
        for name, words in _sections("given_names.txt").items()
        for word in words
    }


def is_rarer_given_name(word: str) -> bool:
    """Whether a word is a given name of some language, and no common one that `is_given_name` knows."""
    return fold(word) in _rarer()


@lru_cache(maxsize=50_000)
def is_given_name(word: str) -> bool:
    """Whether a word is a common given name; of a double one ("Jean-Luc") the first part counts."""
    return fold(word) in _given() or fold(word.split("-")[0]) in _given()


def is_any_given_name(word: str) -> bool:
    """Whether a word is a given name, common or rarer."""
    return is_given_name(word) or is_rarer_given_name(word)


def gender_of_given(word: str) -> Gender | None:
    """The gender that a given name mostly has; None where both bear it or it is not known."""
    for known in (_given(), _rarer()):
        for form in (fold(word), fold(word.split("-")[0])):
            if form in known:
                return known[form]
    return None


@cache
def _nicknames() -> dict[str, frozenset[str]]:
    pairs = (entry.split("/") for entry in words_of("nicknames"))
    return {nickname: frozenset(full) for nickname, *full in pairs}


def same_given(one: str, other: str) -> bool:
    """Whether two given names may be those of one person: equal, an initial of the other, or its nickname."""
    one, other = fold(one), fold(other)
    if one == other:
        return True
    if not one or not other:
        return False
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    short = _nicknames()
    return (
        other in short.get(one, ())
        or one in short.get(other, ())
        or bool(short.get(one, frozenset()) & short.get(other, frozenset()))
    )


def gender_of_noun(word: str) -> Gender | None:
    """The gender that a noun or title says: "spokeswoman", "Mr."."""
    plain = word.strip(".").casefold()
    if plain in words_of("female_words"):
        return "female"
    return "male" if plain in words_of("male_words") else None


def is_kin_noun(lemma: str) -> bool:
    """Whether a noun makes somebody a relative of another person: "father", "wife"."""
    return lemma.casefold() in words_of("kin")


# Titles of a house, for as long as a text of it is read: they would have to go through every function of extraction.
_MORE_TITLES: ContextVar[frozenset[str]] = ContextVar("more titles", default=frozenset())


@contextmanager
def more_titles(titles: Iterable[str]) -> Iterator[None]:
    """Take the words of these titles for titles, too, inside the block."""
    token = _MORE_TITLES.set(frozenset(word.strip(".").casefold() for title in titles for word in title.split()))
    try:
        yield
    finally:
        _MORE_TITLES.reset(token)


def is_title(word: str) -> bool:
    """Whether a word stands in front of names: "Dr.", "Mayor"."""
    return _is_usual_title(word) or is_house_title(word)


@lru_cache(maxsize=50_000)
def _is_usual_title(word: str) -> bool:
    titles = words_of("titles")
    return word.strip(".").casefold() in titles or word.casefold() in titles


def is_house_title(word: str) -> bool:
    """Whether the house has said that a word stands in front of names, and of nothing else."""
    titles = _MORE_TITLES.get()
    return bool(titles) and word.strip(".").casefold() in titles


_PERSON_ENDINGS = ("ologist", "woman", "person", "ographer", "smith", "wright", "ician", "aholic")
_NO_PERSONS = frozenset(
    {"checklist", "playlist", "shortlist", "blacklist", "twist", "waist", "wrist", "exist", "consist"}
)


@lru_cache(maxsize=50_000)
def is_person_noun(lemma: str) -> bool:
    """Whether a noun (its lemma) stands for a human being: "mayor", "54-year-old", "virologist"."""
    word = lemma.casefold()
    if word in words_of("person_nouns"):
        return True
    if "-" in word and (word.endswith("-old") or word.rsplit("-", 1)[1] in words_of("person_nouns")):
        return True
    if lemma[:1].isupper():  # family names have such endings too: Lindqvist, Arkwright
        return word.endswith(("ologist", "onomist"))
    if len(word) > 7 and word.endswith(_PERSON_ENDINGS):
        return True
    return len(word) > 5 and word.endswith("ist") and word not in _NO_PERSONS


def is_group_noun(lemma: str) -> bool:
    """Whether a singular noun stands for a body that can speak: "ministry", "family"."""
    return lemma.casefold() in words_of("groups")


def is_document_noun(lemma: str) -> bool:
    """Whether a noun stands for something written or recorded that "says" things: "report"."""
    return lemma.casefold() in words_of("documents")


def is_mute_noun(lemma: str) -> bool:
    """Whether a noun stands for nothing that could say anything: "reason", "year"."""
    return lemma.casefold() in words_of("mute")
