"""What a stretch of text is about: its content words, the stems under which two such words are the same, and concepts.

A concept joins words that name one thing ("mend", "restore"), and knows those that say its opposite ("open", "close").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any

from audit.extract.annotate import Token
from audit.extract.lexicon import lines_of, stance

_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})
_FUNCTIONS = frozenset({"prep", "agent", "mark", "aux", "auxpass"})
_UP_OR_DOWN = frozenset({"up", "down"})
_text = attrgetter("text")


def content_lemmas(tokens: Sequence[Token]) -> tuple[str, ...]:
    """The lemmas that carry a topic, in order of appearance, each once."""
    found = {
        token.lemma_lower: None for token in tokens if (_looked_at(token) if token.carries is None else token.carries)
    }
    if "-" in map(_text, tokens):
        found.update(dict.fromkeys(_measured(tokens)))
    return tuple(found)


def has_content(tokens: Sequence[Token]) -> bool:
    """Whether any lemma carries a topic."""
    for token in tokens:
        carries = token.carries
        if _looked_at(token) if carries is None else carries:
            return True
    return bool(content_lemmas(tokens))


def _looked_at(token: Token) -> bool:
    """Whether a token carries a topic; it is asked for again and again, so the token remembers the answer."""
    token.carries = carries = (
        (token.pos in _CONTENT or (token.lower in _UP_OR_DOWN and token.lower in _directions()))
        and token.lemma_lower not in empty_words()
        and token.dep not in _FUNCTIONS  # "according to", "including"
        and len(token.lemma) > 2
        and token.lemma[0].isalnum()
    )
    return carries


def _measured(tokens: Sequence[Token]) -> Iterator[str]:
    """Number and unit that a hyphen makes one word: the "four-day" week, which is a topic though "day" is none."""
    for one, hyphen, other in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if hyphen.text == "-" and one.pos == "NUM" and other.pos == "NOUN":
            yield f"{one.lower}-{other.lower}"


@cache
def empty_words() -> frozenset[str]:
    """Words that say nothing about a topic: how sure, who says so, and the small change of the language."""
    sections = ("empty verb", "empty noun", "empty adjective", "may", "likely", "certain", "opinion", "mental verb")
    more = ("denying predicate", "hope", "pledge", "plan", "hint", "for verb", "against verb", "degree", "qualifier")
    return frozenset().union(*(stance(section) for section in (*sections, *more)))


@cache
def _directions() -> frozenset[str]:
    return frozenset(word for word in _concepts()[0] if word in _UP_OR_DOWN)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The Snowball (Porter2) stem of a lower-case word."""
    return str(_stemmer().stemWord(word))


@cache
def _stemmer() -> Any:
    import snowballstemmer  # it brings the stemmers of all its languages along

    return snowballstemmer.stemmer("english")


@cache
def _concepts() -> tuple[dict[str, str], frozenset[str]]:
    """Stem to the name of its concept, and the stems that say the opposite of theirs."""
    names: dict[str, str] = {}
    opposite: set[str] = set()
    for line in lines_of("audit.extract", "concepts.txt"):
        side, _, other = line.partition("|")
        name = f"={stem(side.split()[0])}"
        for word in side.split():
            names.setdefault(stem(word), name)
        for word in other.split():
            if stem(word) not in names:
                names[stem(word)] = name
                opposite.add(stem(word))
    return names, frozenset(opposite)


@lru_cache(maxsize=50_000)
def concept(lemma: str) -> str:
    """The key under which a lemma is compared: its concept where it has one, its stem elsewhere."""
    root = stem(lemma)
    return _concepts()[0].get(root, root)


def concepts(lemmas: Iterable[str]) -> frozenset[str]:
    """The keys of several lemmas."""
    return frozenset(concept(lemma) for lemma in lemmas)


def turns_concept(lemma: str) -> bool:
    """Whether a lemma says the opposite of its concept: "close" of opening, "fall" of rising."""
    return stem(lemma) in _concepts()[1]
