"""How many a headline speaks of, and how many its story: "every pupil" against "the pupils of six schools"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from audit.compare.ground import Ground, Said
from audit.compare.support_stance import Clash, is_negated
from audit.compare.wordlists import words_of_file
from audit.extract.annotate import Token
from audit.extract.topics import concept, concepts, empty_words

_FILE = "support.txt"
_NAMING = frozenset({"ADJ", "NOUN", "PROPN", "NUM", "PUNCT"})
_TIMES = frozenset({"DATE", "TIME"})
_INSIDE = frozenset({"of", "at", "in", "from", "on"})
_DETERMINERS = ("det", "predet", "amod", "nummod", "poss", "quantmod")
_NEAR_ALL = frozenset({"nearly", "almost", "virtually", "practically", "not"})
_LONGEST = 5  # words of a phrase such as "every secondary school pupil"

Extent = Literal["all", "part", "open"]


@dataclass(frozen=True)
class _Whole:
    """A phrase of a headline that speaks of all of a kind, or of none."""

    words: tuple[Token, ...]
    noun: str  # concept of what it speaks of
    none: bool


def scope_of(tokens: Sequence[Token], ground: Ground) -> Clash | None:
    """The sentence in which the story speaks of a part where the headline speaks of all, or of none.

    None where any sentence of the story speaks of all as well.
    """
    if is_negated([token for token in tokens if token.lower not in ("no", "nobody", "none")]):
        return None
    for whole in _wholes(tokens):
        clash = _part_of(whole, tokens, ground)
        if clash is not None:
            return clash
    return None


def _wholes(tokens: Sequence[Token]) -> Iterator[_Whole]:
    for at, token in enumerate(tokens):
        if token.lower not in words_of_file(_FILE, "whole determiner") | {"no"}:
            continue
        phrase = _phrase(tokens[at + 1 : at + 1 + _LONGEST])
        head = phrase[-1] if phrase else None
        if head is None or any(one.pos == "NUM" or one.ent in _TIMES for one in phrase):
            continue
        singular = head.tag not in ("NNS", "NNPS")
        if head.lemma.lower() in empty_words() or (token.lower == "all" and singular):
            continue
        yield _Whole((token, *phrase), concept(head.lemma.lower()), token.lower == "no")


def _phrase(tokens: Sequence[Token]) -> list[Token]:
    """The words of a noun phrase up to its head: "secondary school pupils"."""
    kept: list[Token] = []
    for token in tokens:
        if token.pos not in _NAMING or (token.pos == "PUNCT" and token.text != "-"):
            break
        kept.append(token)
    while kept and kept[-1].pos != "NOUN":
        kept.pop()
    return kept


def _part_of(whole: _Whole, tokens: Sequence[Token], ground: Ground) -> Clash | None:
    rest = [token for token in tokens if token not in whole.words]
    topic = _matters(rest) - {whole.noun}
    verbs = {concept(token.lemma.lower()) for token in rest if token.pos == "VERB"}
    found: tuple[int, Said, tuple[Token, ...], frozenset[str]] | None = None
    held: int = 0  # what the best sentence shares that speaks of the whole, or of the kind as such
    for said in ground.said:
        shared = topic & _matters(said.tokens)
        extents = list(_extents(said, whole.noun))
        kinds = {extent for extent, _ in extents}
        if _speaks_of_all(said) and (len(shared) >= 2 or ("all" in kinds and shared)):
            return None
        if kinds & {"all", "open"} and shared:
            held = max(held, len(shared))
        enough = len(shared) >= 2 or (len(shared) == len(topic) == 1)
        if "part" not in kinds or kinds & {"all"} or not enough or _is_open(said) or (whole.none and _denies(said)):
            continue
        if whole.none and not shared & verbs:
            continue
        if found is None or len(shared) > found[0]:
            marks = next(marks for extent, marks in extents if extent == "part")
            found = len(shared), said, marks, shared
    if found is None or (found[0] <= held and not whole.none):
        return None
    return Clash("scope", whole.words, found[1], found[2], tuple(sorted(found[3] | {whole.noun})))


def _matters(tokens: Sequence[Token]) -> frozenset[str]:
    """The concepts of all words with a content, days and plain verbs such as "run" among them."""
    words = (token.lemma.lower() for token in tokens if token.pos in ("NOUN", "PROPN", "VERB", "ADJ"))
    return concepts(word for word in words if len(word) > 2 and word not in ("have", "say"))


def _extents(said: Said, noun: str) -> Iterator[tuple[Extent, tuple[Token, ...]]]:
    """How much of a kind a sentence speaks of, for each place in it where it names the kind."""
    for token in said.tokens:
        if token.pos == "NOUN" and concept(token.lemma.lower()) == noun:
            yield _extent(said, token)


def _extent(said: Said, noun: Token) -> tuple[Extent, tuple[Token, ...]]:
    part = [*_limits_on(said, noun), *_limits_around(said, noun), *_limits_inside(said, noun)]
    if part:
        return "part", tuple(sorted({*part, noun}, key=lambda token: token.i))
    kids = {kid.lower for kid in said.annotated.children(noun) if kid.dep in _DETERMINERS}
    if kids & words_of_file(_FILE, "whole determiner") or (kids & {"the", "its", "their", "no", "any"}):
        return "all", (noun,)
    return "open", (noun,)


def _limits_on(said: Said, noun: Token) -> list[Token]:
    """Words that make a noun a part: "most", "nine" without an article, "almost all"."""
    kids = said.annotated.children(noun)
    lowers = {kid.lower for kid in kids}
    fixed = lowers & {"the", "its", "their", "his", "her", "our", "these", "those"} or any(
        kid.dep == "poss" for kid in kids
    )
    parts = [kid for kid in kids if kid.lower in words_of_file(_FILE, "part determiner")]
    near = [
        kid for kid in kids if kid.lower in words_of_file(_FILE, "whole determiner") and _is_near_all(said, kid, noun)
    ]
    counted = [kid for kid in kids if kid.dep == "nummod" and kid.pos == "NUM"]
    if counted and not fixed and not lowers & words_of_file(_FILE, "whole determiner"):
        parts.extend(counted)
    return [*parts, *near]


def _is_near_all(said: Said, word: Token, noun: Token) -> bool:
    """ "nearly all schools", "all but two schools"."""
    before = said.annotated.tokens[word.i - 1] if word.i else None
    behind = said.annotated.tokens[word.i + 1] if word.i + 1 < len(said.annotated.tokens) else None
    return (before is not None and before.lower in _NEAR_ALL) or (behind is not None and behind.lower == "but")


def _limits_around(said: Said, noun: Token) -> list[Token]:
    """ "six of the 48 schools", "a third of pupils": the word that "of" hangs on."""
    link = said.annotated.tokens[noun.head]
    if noun.dep != "pobj" or link.lower != "of" or link.head == link.i:
        return []
    parts = words_of_file(_FILE, "part determiner") | words_of_file(_FILE, "part noun")
    for head in (said.annotated.tokens[link.head], said.annotated.tokens[link.i - 1]):
        if head.pos == "NUM" or head.lower in parts:
            return [head]
    return []


def _limits_inside(said: Said, noun: Token) -> list[Token]:
    """ "pupils of six schools", "tenants in some of the blocks": the place that they are in is a part."""
    found: list[Token] = []
    for kid in said.annotated.children(noun):
        inner = said.annotated.child(kid, "pobj") if kid.dep == "prep" and kid.lower in _INSIDE else None
        if inner is not None and inner.ent not in _TIMES and inner.pos in ("NOUN", "NUM"):
            found.extend(_limits_on(said, inner) if inner.tag == "NNS" else ())
            if inner.pos == "NUM" or inner.lower in words_of_file(_FILE, "part determiner"):
                found.append(inner)
    return found


def _speaks_of_all(said: Said) -> bool:
    """Whether a sentence has a word for the whole that nothing in it limits."""
    return any(
        token.lower in words_of_file(_FILE, "whole word")
        and not _is_near_all(said, token, token)
        and not _limits_inside(said, said.annotated.tokens[token.head])
        for token in said.tokens
    )


def _is_open(said: Said) -> bool:
    return any(token.text == "?" or token.lower in ("if", "unless", "whether") for token in said.tokens)


def _denies(said: Said) -> bool:
    return is_negated(said.tokens)
