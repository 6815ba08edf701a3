"""How near two spellings of a name are: near enough to be one name and a slip of the pen."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import OSA

from audit.extract.person_words import fold

_SHORTEST = 4  # letters; below that, names of different people are a letter apart too often
_SHORTEST_DOUBLED = 3  # letters where nothing but a doubled one differs
_LONG = 7  # letters from which two changes are allowed
FURTHEST = 2  # letters by which the lengths of words that are near differ at most
_ENDINGS = ("s", "es", "n", "an", "ian", "ish", "ese", "er", "ers", "ns", "ans", "ians", "i", "is", "ic", "al")
_SOUNDS = (
    ("ph", "f"),
    ("ck", "k"),
    ("gh", "g"),
    ("ey", "i"),
    ("ee", "i"),
    ("ei", "i"),
    ("ie", "i"),
    ("ea", "i"),
    ("y", "i"),
)
_LIKE = str.maketrans({"c": "k", "q": "k", "z": "s", "j": "g", "w": "v"})


@lru_cache(maxsize=100_000)
def is_near(one: str, other: str) -> bool:
    """Whether two words of names differ by a letter or two: added, dropped, changed or swapped, seldom at the start.

    Case, diacritics and apostrophes do not count, and equal words are not near. The distance is that of optimal string
    alignment (Damerau, 1964): a swap of neighbours is one change.
    """
    one, other = fold(one), fold(other)
    if doubling_apart(one, other):
        return True
    if one == other or min(len(one), len(other)) < _SHORTEST:
        return False
    shortest = min(len(one), len(other))
    # "Christie" and "Christey", "Reilly" and "Reily": two letters, and no ear can tell.
    allowed = 2 if shortest >= _LONG or (shortest > _SHORTEST and sound(one) == sound(other)) else 1
    if OSA.distance(one, other, score_cutoff=allowed) > allowed:
        return False
    return one[0].translate(_LIKE) == other[0].translate(_LIKE) or one[:2] == other[1::-1]


@lru_cache(maxsize=100_000)
def doubling_apart(one: str, other: str) -> bool:
    """Whether one word is the other with one letter doubled: "Reid" and "Reidd", "Fox" and "Foxx"."""
    short, long = sorted((fold(one), fold(other)), key=len)
    if len(short) < _SHORTEST_DOUBLED or len(long) != len(short) + 1:
        return False
    return any(short[:at] + short[at - 1 :] == long for at in range(1, len(short) + 1))


def is_inflected(one: str, other: str) -> bool:
    """Whether one word is the other with an ending: "Reyeses", "Gambian", "Liberals"; a doubled letter is none."""
    if doubling_apart(one, other):
        return False
    short, long = sorted((fold(one), fold(other)), key=len)
    stems = {short, short[:-1]} if short[-1:] in "aeoy" else {short}
    return any(long == stem + ending for stem in stems for ending in (*_ENDINGS, "ies")) and long != short


def is_plural_in_es(one: str, other: str) -> bool:
    """Whether two words are one and many of a thing: "analysis" and "analyses"."""
    single, many = sorted((fold(one), fold(other)), reverse=True)
    return single.endswith("sis") and many == f"{single[:-2]}es"


@lru_cache(maxsize=100_000)
def sound(word: str) -> str:
    """A rough key that names keep when a silent or doubled letter comes or goes: "Reid" and "Reed" share it."""
    key = fold(word)
    for letters, one in _SOUNDS:
        key = key.replace(letters, one)
    key = key.translate(_LIKE)
    kept = [char for at, char in enumerate(key) if at == 0 or (char != key[at - 1] and char != "h")]
    return "".join(kept)


def only_marks_differ(one: str, other: str) -> bool:
    """Whether two spellings are the same but for diacritics and apostrophes: "Núñez" and "Nunez"."""
    return fold(one) == fold(other) and one.casefold() != other.casefold()
