"""Cues: the words that say that somebody says something, and whose words they announce.

A cue is a reporting verb ("said", "has called", "went on to warn"), a phrase ("according to", "in the words of") or a
noun ("her message was"). The verbs stand in four groups, because they prove different things: SAY takes what is said,
CALL what somebody or something is called, MIND what is thought, ACT a side that is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from audit.extract.annotate import Annotated, Token
from audit.extract.lexicon import sections_of

CueKind = Literal["say", "call", "mind", "act", "phrase", "noun"]
Narrated = Callable[[Token], bool]


def _words(section: str) -> frozenset[str]:
    return sections_of("audit.extract", "attribution.txt")[section]


SAY = _words("say")
CALL = _words("call")
MIND = _words("mind")
ACT = _words("act")
GROUPS: dict[CueKind, frozenset[str]] = {"say": SAY, "call": CALL, "mind": MIND, "act": ACT}
# Verbs that report only with the right companion: "pointed out", "put it", "went on".
_WITH: dict[str, frozenset[str]] = {
    "point": frozenset({"out"}),
    "put": frozenset({"it", "this", "forward"}),
    "go": frozenset({"on"}),
    "lash": frozenset({"out"}),
    "chime": frozenset({"in"}),
    "sum": frozenset({"up"}),
    "spell": frozenset({"out"}),
    "hit": frozenset({"back", "out"}),
    "fire": frozenset({"back"}),
    "shoot": frozenset({"back"}),
    "call": frozenset(),
}
_IRREGULAR = {
    "said": "say", "told": "tell", "wrote": "write", "written": "write", "thought": "think", "felt": "feel",
    "went": "go", "spoke": "speak", "swore": "swear", "sang": "sing", "began": "begin", "knew": "know",
    "saw": "see", "understood": "understand", "sought": "seek", "read": "read", "put": "put", "hit": "hit",
    "shot": "shoot", "forecast": "forecast", "foresaw": "foresee", "found": "find", "sworn": "swear",
}  # fmt: skip

# Nouns that stand for somebody's words when they have an owner: "his message:", "a statement from the ministry".
SPEECH_NOUNS = _words("speech nouns")
_IN_THEIR = frozenset(
    {"words", "view", "opinion", "telling", "account", "phrase", "estimation", "judgment", "judgement"}
)
_PHRASE_OPENERS = frozenset({"according", "in"})
_VERBS = frozenset({"VERB", "AUX"})
REFUSES = frozenset({"decline", "refuse"})


def _inflections(verb: str) -> Iterator[str]:
    stem = verb.removesuffix("e")
    yield from (verb, f"{stem}ing", f"{stem}ed", f"{verb}s", f"{verb}es")
    if verb.endswith("y") and verb[-2] not in "aeiou":
        yield from (f"{verb[:-1]}ied", f"{verb[:-1]}ies")
    if verb[-1] in "bgmnprt" and verb[-2] in "aeiou":
        yield from (f"{verb}{verb[-1]}ed", f"{verb}{verb[-1]}ing")


_FORMS: dict[str, str] = {
    form: verb for verbs in (*GROUPS.values(), _WITH) for verb in sorted(verbs) for form in _inflections(verb)
} | _IRREGULAR


# A verb of several groups counts as one of the first.
_KINDS: dict[str, CueKind] = {verb: kind for kind, verbs in reversed(GROUPS.items()) for verb in verbs}


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue; `first` and `last` bound its words, `speaker` heads the noun phrase that it is said of."""

    token: Token
    first: Token
    last: Token
    lemma: str
    kind: CueKind
    speaker: Token | None


def kind_of(lemma: str) -> CueKind | None:
    """The group of a reporting verb, or None for any other word."""
    return _KINDS.get(lemma)


def verb_lemma(token: Token) -> str:
    """The lemma of a word that is or may be a verb; the small model misses some of those it has tagged wrongly."""
    lemma = token.lemma_lower
    if lemma not in _KINDS and lemma not in _WITH:
        return _FORMS.get(token.lower, lemma)
    return lemma


def find_cues(annotated: Annotated, tokens: Sequence[Token], narrated: Narrated) -> list[Cue]:
    """The cues among some tokens, in order; `narrated` tells the words around a quotation from those inside it."""
    found: list[Cue] = []
    for token in tokens:
        opens = token.lower in _PHRASE_OPENERS
        if (not opens and token.pos not in _VERBS) or not narrated(token):
            continue
        cue = (_phrase(annotated, token, narrated) if opens else None) or _verb(annotated, token, narrated)
        if cue is not None:
            found.append(cue)
    return found


def _verb(annotated: Annotated, token: Token, narrated: Narrated) -> Cue | None:
    if token.pos not in _VERBS:
        return None
    lemma = verb_lemma(token)
    last = token
    if _WITH.get(lemma):
        companion = _companion(annotated, token, _WITH[lemma])
        if companion is None or (lemma == "go" and _goes_on_doing(annotated, token)):
            return None
        last = companion
        kind: CueKind | None = "call" if lemma == "lash" else "say"
    else:
        kind = kind_of(lemma)
    if kind is None or _refused(annotated, token):
        return None
    if kind in ("say", "call") and annotated.child(token, "neg") is not None:
        return None  # "did not say"
    return Cue(token, token, last, lemma, kind, speaker_of_verb(annotated, token, narrated))


def _goes_on_doing(annotated: Annotated, verb: Token) -> bool:
    """ "went on to win": says nothing, unless what follows does ("went on to warn")."""
    following = annotated.child(verb, "xcomp")
    return following is not None and kind_of(verb_lemma(following)) is None


def _companion(annotated: Annotated, verb: Token, words: frozenset[str]) -> Token | None:
    following = annotated.tokens[verb.i + 1 : verb.i + 3]
    return next((token for token in following if token.lower in words), None)


def _refused(annotated: Annotated, verb: Token) -> bool:
    """Whether nothing is said after all: "declined to comment"."""
    head = annotated.tokens[verb.head]
    return verb.dep == "xcomp" and head.lemma_lower in REFUSES


def speaker_of_verb(annotated: Annotated, verb: Token, narrated: Narrated) -> Token | None:
    """The head of the noun phrase whose words a verb reports: its subject, or that of the verb which governs it."""
    at = verb
    for _ in range(6):
        subject = _own_subject(annotated, at, narrated, governing=at.i != verb.i)
        if subject is not None:
            return subject
        if annotated.child(at, "nsubj", "nsubjpass", "csubj") is not None:
            return None
        head = annotated.tokens[at.head]
        if head.i == at.i or not narrated(head):
            return None
        if at.dep in ("acl", "relcl"):
            return _author(annotated, head, narrated) or (head if head.pos in ("NOUN", "PROPN", "PRON") else None)
        if at.dep == "pcomp" and head.dep in ("prep", "agent"):
            head = annotated.tokens[head.head]
        elif at.dep not in ("conj", "xcomp", "advcl", "ccomp", "dep", "parataxis"):
            return None
        if head.pos not in ("VERB", "AUX"):
            return None
        at = head
    return None


def _author(annotated: Annotated, noun: Token, narrated: Narrated) -> Token | None:
    """Whose words a document holds that somebody issues: "the council released a statement calling ..."."""
    verb = annotated.tokens[noun.head]
    if noun.dep != "dobj" or noun.lemma_lower not in SPEECH_NOUNS or verb.pos != "VERB":
        return None
    return _own_subject(annotated, verb, narrated, governing=True)


def _own_subject(annotated: Annotated, verb: Token, narrated: Narrated, governing: bool) -> Token | None:
    """The subject of a verb; in "he was cheered after saying", that of the verb which governs the cue."""
    passive = annotated.child(verb, "nsubjpass")
    if passive is not None and not governing:
        return _of_passive(annotated, verb, passive, narrated)
    subject = passive or annotated.child(verb, "nsubj")
    if subject is None or not narrated(subject):
        return None
    if subject.tag in ("WP", "WDT") or subject.lower in ("who", "that", "which"):
        head = annotated.tokens[verb.head]
        return head if verb.dep == "relcl" and narrated(head) and head.pos in ("NOUN", "PROPN", "PRON") else None
    return subject


def _of_passive(annotated: Annotated, verb: Token, passive: Token, narrated: Narrated) -> Token | None:
    """Who speaks in a passive clause: whoever is quoted or said to have spoken, else the agent behind "by"."""
    if verb_lemma(verb) in ("quote", "prompt", "force") and narrated(passive):
        return passive
    agent = annotated.child(verb, "agent")
    owner = annotated.child(agent, "pobj") if agent is not None else None
    return owner if owner is not None and narrated(owner) else None


def _phrase(annotated: Annotated, token: Token, narrated: Narrated) -> Cue | None:
    """ "according to X", "in the words of X"."""
    following = annotated.tokens[token.i + 1 : token.i + 4]
    words = [one.lower for one in following]
    if token.lower == "according" and words[:1] == ["to"]:
        return _with_object(annotated, token, following[0], "according to", narrated)
    if token.lower == "in" and words[:3] == ["the", "words", "of"]:
        return _with_object(annotated, token, following[2], "in the words of", narrated)
    if token.lower == "in" and token.dep == "prep":
        noun = annotated.child(token, "pobj")
        owner = annotated.child(noun, "poss") if noun is not None and noun.lower in _IN_THEIR else None
        if noun is not None and owner is not None and narrated(owner):
            return Cue(token, token, noun, f"in ... {noun.lower}", "phrase", owner)
    return None


def _with_object(annotated: Annotated, first: Token, last: Token, lemma: str, narrated: Narrated) -> Cue | None:
    owner = annotated.child(last, "pobj") or annotated.child(first, "pobj")
    if owner is None or not narrated(owner):
        return None
    return Cue(first, first, last, lemma, "phrase", owner)
