"""Whether the words that a quotation leaves out of the same sentence turn its sense.

A quotation may stop in the middle of a sentence. It may not stop before "if I thought they'd be safer", or begin behind
"I don't think that". What counts is what stands directly before and behind the quoted words.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from audit.compare.normalize import Word
from audit.compare.wordlists import words_of

LostKind = Literal["negation", "condition", "concession", "hedge"]

_NEVER_CONDITIONS = (
    "if you ask me|if you like|if you will|if i may|if i am honest|if i am being|if you want|if anything|if not|"
    "if you know|if you see|if you think|if you look|if you can|if i remember|if memory|if i can|if i could|"
    "when you think|when i look|when you look|when it comes|when i think|when i say|when all is|if i am not mistaken|"
    "if you would|if i have|if i were to say|once again|once more|once and|once upon|until then|until now|"
    "if that makes|if i recall|when i was|when we were"
)
_IDIOMS = tuple(tuple(phrase.split()) for phrase in _NEVER_CONDITIONS.split("|"))
_ALWAYS = frozenset({"if", "unless", "provided", "providing", "assuming"})
_SOMETIMES = frozenset({"when", "whenever", "once", "until"})
_LONG_CONDITIONS = tuple(
    tuple(phrase.split())
    for phrase in [
        "as long as",
        "so long as",
        "on condition",
        "on the condition",
        "only if",
        "only when",
        "only once",
        "but only",
        "depending on",
        "subject to",
        "in the event",
        "on the understanding",
        "but if",
        "but unless",
        "but not if",
        "but not unless",
        "not unless",
        "not until",
        "not without",
        "not if",
        "except if",
        "except when",
        "except where",
    ]
)
_RESERVATIONS = tuple(
    tuple(phrase.split())
    for phrase in [
        "but not",
        "but i doubt",
        "but i am not sure",
        "but i am not convinced",
        "but that depends",
        "but it depends",
        "but i would not",
        "but we would not",
        "but it will not",
        "but it would not",
        "but it does not",
        "but it is not",
        "but that is not",
        "but i do not think so",
        "but i do not believe it",
        "but i do not think it",
        "but that would not",
        "but that does not",
        "but that will not",
        "though not",
        "although not",
        "except",
        "and i do not think it",
        "and i do not think so",
        "and i do not believe it",
        "and i do not think they",
        "and that is not",
        "and it is not true",
        "which is not",
    ]
)
_HEDGES = tuple(
    tuple(phrase.split())
    for phrase in [
        "as far as i know",
        "to my knowledge",
        "i hope",
        "hopefully",
        "perhaps",
        "maybe",
        "probably",
        "possibly",
        "in theory",
        "on paper",
        "in principle",
        "up to a point",
        "to some extent",
        "they say",
        "i am told",
        "we are told",
        "apparently",
        "allegedly",
        "supposedly",
    ]
)
_FOR_NOW = tuple(
    tuple(phrase.split())
    for phrase in [
        "at this moment",
        "at the moment",
        "for now",
        "for the moment",
        "at this stage",
        "at present",
        "right now",
    ]
)
_CLAUSE_HEADS = frozenset(
    [
        "think",
        "thinking",
        "say",
        "saying",
        "believe",
        "mean",
        "meaning",
        "claim",
        "claiming",
        "know",
        "suggest",
        "suggesting",
        "argue",
        "arguing",
        "expect",
        "suppose",
        "imagine",
        "true",
        "case",
        "sure",
        "certain",
        "convinced",
        "promise",
        "guarantee",
        "pretend",
        "pretending",
        "convince",
    ]
)
_SURE_NEGATIONS = tuple(
    tuple(phrase.split())
    for phrase in [
        "no doubt",
        "no question",
        "not only",
        "not just",
        "can not believe",
        "could not believe",
        "can not deny",
        "can not help",
        "can not stress",
        "can not say enough",
        "do not worry",
        "do not forget",
        "do not get me wrong",
        "why do not",
        "do not you",
    ]
)
_THIN = frozenset(
    [
        "a",
        "an",
        "the",
        "any",
        "been",
        "be",
        "being",
        "going",
        "to",
        "really",
        "yet",
        "exactly",
        "quite",
        "that",
        "so",
        "very",
    ]
)
_CLAIMING = frozenset(
    [
        "say",
        "says",
        "said",
        "claim",
        "claims",
        "claimed",
        "think",
        "thinks",
        "believe",
        "believes",
        "insist",
        "insists",
        "argue",
        "argues",
    ]
)
_SELVES = frozenset(
    {"i", "we", "you", "would", "let", "to", "can", "will", "should", "could", "us", "must", "is", "not"}
)
_WISHES = frozenset({"hope", "wish", "doubt", "imagine", "pretend", "hoping", "maybe", "perhaps", "suppose"})


@dataclass(frozen=True)
class Loss:
    """Words of the source that were left out and matter: indices into the unit's words, both included."""

    kind: LostKind
    first: int
    last: int


def loss_behind(
    words: Sequence[Word], last: int, end: int, quoted: Sequence[Word], tags: Mapping[int, str]
) -> Loss | None:
    """What is lost when a quotation stops after word `last` of a sentence that runs to word `end`, both included."""
    at = last + 1
    while at <= end and words[at].norm in ("um", "uh", "er", "erm"):
        at += 1
    rest = [word.norm for word in words[at : end + 1]]
    if not rest:
        return None
    denied = any(word.norm in words_of("negation") for word in quoted)
    if rest[0] == "not" and denied:
        return None
    if _starts(rest, _LONG_CONDITIONS) or _is_condition(words, at, end, tags):
        return Loss("condition", at, end)
    if _starts(rest, _RESERVATIONS) and not (denied and rest[1:2] == ["not"]):
        return Loss("concession", at, end)
    clause_end = _clause_end(words, at, end)
    clause = tuple(word.norm for word in words[at : clause_end + 1])
    if clause in _HEDGES:
        return Loss("hedge", at, clause_end)
    if clause in _FOR_NOW and (denied or any(word.norm in words_of("modal") for word in quoted)):
        return Loss("hedge", at, clause_end)
    return None


def _is_condition(words: Sequence[Word], at: int, end: int, tags: Mapping[int, str]) -> bool:
    norms = tuple(word.norm for word in words[at : min(end, at + 5) + 1])
    if any(norms[: len(idiom)] == idiom for idiom in _IDIOMS) or len(norms) < 3:
        return False
    if norms[0] in _ALWAYS:
        return True
    return norms[0] in _SOMETIMES and not words[at].after_break and not _is_past(words, at, end, tags)


def _is_past(words: Sequence[Word], at: int, end: int, tags: Mapping[int, str]) -> bool:
    """Whether the clause tells of something that happened: "when it rained" is a time and no condition."""
    verbs = [tags.get(word.start, "") for word in words[at : end + 1]]
    first = next((tag for tag in verbs if tag in ("VBD", "VBP", "VBZ", "MD")), "")
    return first in ("VBD", "")


def _clause_end(words: Sequence[Word], at: int, end: int) -> int:
    stop = at
    while stop < end and not words[stop + 1].after_break:
        stop += 1
    return stop


def loss_before(
    words: Sequence[Word], begin: int, first: int, quoted: Sequence[Word], tags: Mapping[int, str]
) -> Loss | None:
    """What is lost when a quotation begins at word `first` of a sentence whose unquoted part begins at `begin`."""
    norms = [word.norm for word in words[begin:first]]
    if not norms:
        return None
    broken = words[first].after_break
    return (
        _lost_negation(words, norms, begin, first, broken)
        or _lost_condition(words, norms, begin, first, broken, tags)
        or _lost_wish(norms, begin, first, broken)
    )


def _lost_negation(words: Sequence[Word], norms: list[str], begin: int, first: int, broken: bool) -> Loss | None:
    if broken or _ends_in_sure_negation(norms):
        return None
    at = len(norms) - 1
    while at >= 0 and len(norms) - at <= 3 and norms[at] in _THIN:
        at -= 1
    if at < 0:
        return None
    if norms[at] in words_of("negation"):
        return Loss("negation", begin + at, first - 1)
    if norms[at] in _CLAUSE_HEADS:
        for back in range(at - 1, max(-1, at - 5), -1):
            if words[begin + back + 1].after_break:
                return None
            if norms[back] in ("not", "never", "nobody", "no", "hardly"):
                return Loss("negation", max(begin, begin + back - 2), first - 1)
    return None


def _ends_in_sure_negation(norms: list[str]) -> bool:
    tail = tuple(norms[-6:])
    return any(tail[at : at + len(p)] == p for p in _SURE_NEGATIONS for at in range(len(tail)))


def _lost_condition(
    words: Sequence[Word], norms: list[str], begin: int, first: int, broken: bool, tags: Mapping[int, str]
) -> Loss | None:
    if norms[-1] in ("if", "whether", "unless") and norms[-2:-1] not in (["as"], ["even"]):
        return Loss("condition", begin + len(norms) - 1, first - 1)
    if not broken and norms[-1] != "then":
        return None
    breaks = 0
    for at in range(len(norms) - 1, -1, -1):
        word = words[begin + at]
        opens = at == 0 or word.after_break or norms[at - 1] in ("and", "but", "so", "only", "that", "because")
        if (
            opens
            and _opens_condition(words, begin + at, first - 1, tags)
            and norms[at - 1 : at] not in (["as"], ["even"])
        ):
            return Loss("condition", begin + at, first - 1)
        breaks += word.after_break
        if breaks > 1:
            return None
    return None


def _opens_condition(words: Sequence[Word], at: int, end: int, tags: Mapping[int, str]) -> bool:
    norms = tuple(word.norm for word in words[at : min(end, at + 5) + 1])
    if len(norms) < 3 or any(norms[: len(idiom)] == idiom for idiom in _IDIOMS):
        return False
    if norms[0] in _ALWAYS:
        return True
    return norms[0] in ("once", "until") and not _is_past(words, at, end, tags)


def _lost_wish(norms: list[str], begin: int, first: int, broken: bool) -> Loss | None:
    """ "I hope", "people say": the quoted clause is not what the speaker asserts."""
    if broken:
        return None
    kept = norms[:-1] if norms[-1] == "that" else norms
    if not kept or _ends_in_sure_negation(kept):
        return None
    if kept[-1] in _WISHES and len(kept) <= 4:
        return Loss("hedge", begin, first - 1)
    if kept[-1] in _CLAIMING and len(kept) >= 2 and not _SELVES & set(kept[-4:-1]):
        return Loss("hedge", max(begin, first - 4), first - 1)
    return None


def _starts(words: Sequence[str], phrases: Collection[tuple[str, ...]]) -> bool:
    return any(tuple(words[: len(phrase)]) == phrase for phrase in phrases)
