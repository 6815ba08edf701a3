"""Reporting verbs that say more than that somebody said it, over words that people can differ about."""

from __future__ import annotations

from collections.abc import Iterator

from audit.extract.annotate import Annotated, Token
from audit.extract.cues import speaker_of_verb
from audit.extract.wording import Told, words
from audit.records import LoadedVerb, Place, ReportedStatement
from audit.records.document import Document
from audit.records.wording import VerbEffect

_EFFECTS: tuple[VerbEffect, ...] = ("proves", "owns", "doubts", "paints")
_OWN = frozenset({"he", "she", "they", "i", "we"})
_FEELING = frozenset({"feel", "be", "have", "find", "know", "think", "worry", "struggle", "enjoy", "love", "miss"})


def find_loaded_verbs(told: Told) -> list[LoadedVerb]:
    """The loaded verbs of an article's narration, in order; those of courts are left out."""
    document = told.annotated.document
    if document.is_transcript:
        return []
    court = _court_blocks(told.annotated)
    found = [*_over_statements(told, court), *_refusals(told, court)]
    found.sort(key=lambda item: item[0].start)
    return [
        LoadedVerb(
            **verb.model_dump(),
            id=f"{document.key}.loaded.{number}",
            block=document.block_at(document.view_span(verb)[0]).index,
            verb=lemma,
            effect=effect,
            contested=contested,
            sentence=sentence,
        )
        for number, (verb, lemma, effect, contested, sentence) in enumerate(found, start=1)
    ]


_Found = tuple[Place, str, VerbEffect, Place | None, Place]


def _over_statements(told: Told, court: set[int]) -> Iterator[_Found]:
    """Verbs that govern what is said, where the complement is contested; those that paint need no contest."""
    for said in told.reported:
        effect = next((name for name in _EFFECTS if said.cue in words(name)), None)
        if effect is None or (said.block in court and effect != "paints"):
            continue
        contested = _contested(told.annotated, said)
        if effect == "paints" or contested is not None:
            yield said.cue_place, said.cue, effect, contested, said.sentence
    for quotation in told.quotations:
        if quotation.cue in words("paints") and quotation.cue_place is not None and quotation.sentence is not None:
            yield quotation.cue_place, quotation.cue, "paints", None, quotation.sentence


def _contested(annotated: Annotated, said: ReportedStatement) -> Place | None:
    """The first word of the complement that people can differ about; None for what only the speaker can know."""
    document = annotated.document
    tokens = annotated.between(*document.view_span(said))
    if any(token.text in ("“", "”", '"') for token in tokens):
        return None  # the words are the speaker's
    if tokens and tokens[0].lower in _OWN | {"that"} and _is_own_feeling(annotated, tokens):
        return None
    for token in tokens:
        named = token.lemma_lower in words("contested") and not token.ent
        if named or token.lower in words("contested"):
            return annotated.place(token, token)
    return None


def _is_own_feeling(annotated: Annotated, tokens: list[Token]) -> bool:
    """ "She admitted that she felt unsure": nobody can contest that."""
    subject = next((token for token in tokens if token.dep == "nsubj"), None)
    if subject is None or subject.lower not in _OWN:
        return False
    return annotated.tokens[subject.head].lemma_lower in _FEELING


def _refusals(told: Told, court: set[int]) -> Iterator[_Found]:
    """ "Refused to comment": saying nothing, told as an act."""
    annotated = told.annotated
    document = annotated.document
    for statement, tokens in told.narrated:
        if statement.block in court:
            continue
        for token in tokens:
            if token.lemma_lower != "refuse" or token.pos != "VERB":
                continue
            said = next((kid for kid in annotated.children(token) if kid.dep == "xcomp"), None)
            if said is None or said.lemma_lower not in words("speak") or token.tag in ("VBG", "VB"):
                continue
            if speaker_of_verb(annotated, token, lambda _: True) is not None and not _is_quoted(document, told, token):
                yield (
                    annotated.place(token, token),
                    "refuse",
                    "refuses",
                    annotated.place(said, said),
                    _sentence(annotated, token),
                )


def _sentence(annotated: Annotated, token: Token) -> Place:
    return annotated.sentence_place(annotated.sentences[token.sent])


def _is_quoted(document: Document, told: Told, token: Token) -> bool:
    block = document.block_at(token.start).index
    near = (q for q in told.quotations if abs(q.block - block) < 2)
    return any(low <= token.start < high for q in near for low, high in [document.view_span(q)])


def _court_blocks(annotated: Annotated) -> set[int]:
    """Blocks that speak of a court, with their neighbours."""
    named = {token.block for token in annotated.tokens if token.lemma_lower in words("court")}
    return {block + step for block in named for step in (-1, 0, 1)}
