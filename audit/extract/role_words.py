"""The words of a role in parts: office, ranks, field, party, side of a case, and the time that it is bound to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

PRINCIPAL = ("of", "for")  # "director of safety"
Side = str


@cache
def _sections() -> Mapping[str, tuple[str, ...]]:
    """The lines of each section of data/roles.txt."""
    text = files("audit.extract").joinpath("data", "roles.txt").read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    section: list[str] = []
    for line in text.splitlines():
        if line.startswith("["):
            section = found.setdefault(line.strip("[]"), [])
        elif line.strip() and not line.startswith("#"):
            section.append(line.strip())
    return {name: tuple(lines) for name, lines in found.items()}


@cache
def role_words(section: str) -> frozenset[str]:
    """The entries of one section, in lower case. Raises KeyError."""
    return frozenset(entry.strip() for line in _sections()[section] for entry in line.split(","))


@cache
def exclusive_offices() -> tuple[frozenset[str], ...]:
    """Sets of offices of which nobody holds two at a time."""
    return tuple(frozenset(e.strip() for e in line.split(",")) for line in _sections()["exclusive"])


@cache
def exclusive_posts() -> tuple[frozenset[str], ...]:
    """Pairs of posts of which one person seldom holds both in one place."""
    return tuple(frozenset(e.strip() for e in line.split(",")) for line in _sections()["exclusive in one place"])


@cache
def _synonyms(section: str) -> Mapping[str, str]:
    found = {}
    for line in _sections()[section]:
        first, _, others = line.partition(":")
        for form in (first, *filter(None, map(str.strip, others.split(",")))):
            found[form] = first
    return found


@cache
def _phrases() -> frozenset[tuple[str, ...]]:
    forms = {*role_words("phrases"), *_synonyms("synonyms"), *role_words("seats")}
    return frozenset(tuple(form.split()) for form in forms if " " in form)


def common_office(words: str) -> str:
    """The form of an office that its synonyms share: "chief executive" for "ceo"."""
    return _synonyms("synonyms").get(words, words)


@dataclass(frozen=True, slots=True)
class Parts:
    """The words of a role, in lower case; `at` and `end` bound the office among the words (end exclusive)."""

    office: str
    ranks: tuple[str, ...]
    modifiers: tuple[str, ...]  # what stands in front of the office and is neither rank nor time
    party: str
    time: str
    at: int
    end: int


def read_role(words: Sequence[str], head: int) -> Parts:
    """The parts of a role; `head` is the index of its head noun among the lower-case words, which hold no hyphens."""
    at, end = _office(words, head)
    front = list(words[:at])
    ranks = [word for word in front if word in role_words("ranks")]
    if "co" in front or words[at].startswith("co-"):
        ranks = sorted({*ranks, "co"})
    time = next((w for w in front if any(w in role_words(s) for s in ("former", "coming", "acting"))), "")
    behind = words[end : end + 2]
    time = time or next((w for w in behind if w in ("elect", "designate", "emeritus", "nominee", "candidate")), "")
    party = _party(front)
    plain = [w for w in front if w not in ranks and w != time and w[:1].isalnum()]
    office = " ".join(words[at:end]).removeprefix("co-")
    return Parts(common_office(office), tuple(ranks), tuple(plain), party, time, at, end)


def _office(words: Sequence[str], head: int) -> tuple[int, int]:
    """Where the office stands: the longest set phrase around the head noun, or the noun alone."""
    for size in (4, 3, 2):
        for at in range(max(0, head - size + 1), min(head, len(words) - size) + 1):
            if tuple(words[at : at + size]) in _phrases():
                return at, at + size
    return head, head + 1


def _party(front: Sequence[str]) -> str:
    names = _synonyms("parties")
    for size in (2, 1):
        for at in range(len(front) - size + 1):
            if (found := names.get(" ".join(front[at : at + size]))) is not None:
                return found
    return ""


def side_of(word: str) -> Side:
    """The side of a case that a word stands for, or ""."""
    plain = word.casefold()
    if plain in role_words("prosecution"):
        return "prosecution"
    return "defence" if plain in role_words("defence") else ""
