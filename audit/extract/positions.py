"""Positions: each clause that says something, with its holder, topic, polarity, certainty, condition and limits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from audit.extract.annotate import Annotated, Sentence, Token
from audit.extract.answers import answer_of
from audit.extract.clauses import Clause, clauses_of, subject_of
from audit.extract.lexicon import stance
from audit.extract.people import People
from audit.extract.stance import Attitude, attitude_of, commitment_of, is_reserved, is_unasserted, polarity_of, rung_of
from audit.extract.topics import content_lemmas
from audit.extract.voices import Voices
from audit.records import Place, PlaceFields, Position, Quotation, ReportedStatement, Turn
from audit.records.claims import Force

PROSE = frozenset({"headline", "dek", "paragraph", "blockquote", "caption", "list_item", "turn"})

_POINTING = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "dative"})
_AMOUNTS = frozenset({"some", "any", "many", "most", "all", "none", "both", "half", "few", "more", "enough", "another"})
_entity = attrgetter("ent")
_POINTERS = _AMOUNTS | {"it", "this", "that", "they", "them", "these", "those", "one", "so", "he", "she"}
# "some" alone is some of what was spoken of


def find_positions(
    annotated: Annotated,
    people: People,
    turns: Sequence[Turn],
    quotations: Sequence[Quotation],
    statements: Sequence[ReportedStatement],
) -> list[Position]:
    """The positions of a document in order of the text.

    The other claims say whose word a clause is. A pronoun's clause carries the content of the sentence before it as
    its context, inside one paragraph or turn.
    """
    voices = Voices(annotated, people, turns, quotations, statements)
    found: list[Position] = []
    previous: tuple[str, ...] = ()
    asked: list[Position] = []  # what the last question asks, where it can be answered by yes or no
    block = -1
    for sentence in annotated.sentences:
        if annotated.document.blocks[sentence.block].kind not in PROSE:
            continue
        if sentence.block != block:
            # an answer leans on its question; a paragraph of prose stands by itself
            previous = previous if _both_spoken(annotated, block, sentence.block) else ()
            if found and _both_spoken(annotated, block, sentence.block):
                found.extend(_answered(annotated, sentence, voices, asked, len(found) + 1))
            block, asked = sentence.block, []
        before = len(found)
        whole = _whole(annotated, sentence)
        for clause in clauses_of(annotated, sentence):
            if clause.tokens and not _only_attributes(clause):
                position = _position(annotated, whole, clause, voices, previous, len(found) + 1)
                found.append(_leaning_on(found, position) if position.elliptical else position)
        asked = found[before:] if whole.asks and _is_polar(whole) else []
        said = content_lemmas(whole.tokens)
        # "The marsh is an odd case. It builds itself up. Some of it ...": a pronoun hands on what it stands for
        previous = tuple(dict.fromkeys((*said, *previous))) if _hands_on(annotated, whole) else said or previous
    return found


class _Whole(NamedTuple):
    """A sentence, and what every clause in it takes from it."""

    tokens: Sequence[Token]
    forms: frozenset[str]  # the tokens in small letters
    block: int
    place: Place
    asks: bool
    hedged: bool
    changed: bool


def _whole(annotated: Annotated, sentence: Sentence) -> _Whole:
    tokens = annotated.tokens_of(sentence)
    forms = frozenset([token.lower for token in tokens])
    may = stance("may")
    return _Whole(
        tokens,
        forms,
        sentence.block,
        annotated.sentence_place(sentence),
        asks="?" in forms and any(token.text == "?" for token in tokens[-3:]),
        hedged=not forms.isdisjoint(may) and any(token.lower in may and token.text != "May" for token in tokens),
        changed=not forms.isdisjoint(stance("change")),
    )


_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})


def _is_polar(question: _Whole) -> bool:
    """Whether a question asks for a yes or no: "Do you support the ban?", and no "or" in it."""
    words = [token for token in question.tokens if token.pos not in ("PUNCT", "SPACE", "CCONJ", "INTJ")]
    return bool(words and words[0].tag in _FINITE and "or" not in question.forms)


def _answered(
    annotated: Annotated, sentence: Sentence, voices: Voices, asked: Sequence[Position], number: int
) -> Iterator[Position]:
    """The position that a bare yes or no takes: "Do you support the ban on nets?" "Not at all." """
    answer = answer_of(annotated.tokens_of(sentence))
    if answer not in ("yes", "no") or len(asked) != 1 or not asked[0].topic:
        return
    clause = next(iter(clauses_of(annotated, sentence)), None)
    if clause is None or not clause.tokens:
        return
    holder, question = voices.holder(clause), asked[0]
    sides: dict[Attitude, Attitude] = {"for": "against", "against": "for", "none": "none"}
    flips = answer == "no"
    denied = (question.polarity == "denied") ^ flips
    yield question.model_copy(
        update={
            **dict(annotated.sentence_place(sentence)),
            "id": f"{annotated.document.key}.position.{number}",
            "block": sentence.block,
            "holder": holder.speaker,
            "voice": holder.voice,
            "force": "asserted",
            "sentence": annotated.sentence_place(sentence),
            "subject_person": None,
            "polarity": "denied" if denied else "affirmed",
            "attitude": sides[question.attitude] if flips else question.attitude,
            "modal_place": None,
            "quoted": holder.claim,
            "turn": holder.turn,
        }
    )


def _hands_on(annotated: Annotated, sentence: _Whole) -> bool:
    """Whether a spoken sentence has a neutral pronoun for its subject, so that it is still about the one before."""
    if annotated.document.blocks[sentence.block].turn is None:
        return False
    return any(
        token.lower in ("it", "they") and token.dep in ("nsubj", "nsubjpass") and token.pos == "PRON"
        for token in sentence.tokens
    )


def _both_spoken(annotated: Annotated, before: int, here: int) -> bool:
    blocks = annotated.document.blocks
    return before >= 0 and blocks[before].turn is not None and blocks[here].turn is not None


_SAYING = frozenset(["say", "tell", "add", "reply", "note", "write", "explain", "answer", "continue", "respond", "ask"])
_TAIL = 6  # words up to which a verb of saying without a clause of its own is the tail of a quotation


def _only_attributes(clause: Clause) -> bool:
    """ "she added", "noted Kuhrt", "she told this newspaper": says nothing of its own."""
    lemma = clause.head.lemma_lower
    if lemma in _SAYING and sum(token.pos != "PUNCT" for token in clause.tokens) <= _TAIL:
        return True
    if lemma not in stance("mental verb"):
        return False
    return not content_lemmas([token for token in clause.tokens if token.head != clause.head.i or token.dep != "nsubj"])


def _position(
    annotated: Annotated, sentence: _Whole, clause: Clause, voices: Voices, previous: tuple[str, ...], number: int
) -> Position:
    holder = voices.holder(clause)
    polarity = polarity_of(annotated, clause)
    rung, modal = rung_of(annotated, clause)
    subject = subject_of(annotated, clause)
    core, named = clause.tokens, voices.own_name(clause, holder, subject)
    return Position(
        **_place_fields(annotated, core),
        id=f"{annotated.document.key}.position.{number}",
        block=sentence.block,
        holder=holder.speaker,
        voice=holder.voice,
        force=_force(annotated, sentence, clause),
        sentence=sentence.place,
        topic=content_lemmas([token for token in core if token.i not in named] if named else core),
        context=_context(clause, subject, previous),
        subject=content_lemmas(annotated.subtree(subject)) if subject is not None else (),
        subject_person=voices.person_of(subject),
        predicate=clause.head.lemma_lower,
        object=content_lemmas([token for token in core if token.i > clause.head.i]),
        polarity=polarity,
        attitude=attitude_of(annotated, clause, polarity),
        degree=_in_list(clause, "degree"),
        condition=_span(annotated, clause.condition),
        concession=_span(annotated, clause.concession),
        time=tuple(_times(core)),
        rung=rung,
        modal_words=tuple(token.lower for token in modal),
        modal_place=annotated.place(modal[0], modal[0]) if modal else None,
        commitment=commitment_of(clause),
        qualifiers=_in_list(clause, "qualifier") + _in_list(clause, "again"),
        hedged=sentence.hedged,
        past=_is_past(annotated, clause),
        changed=sentence.changed,
        elliptical=_is_elliptical(annotated, clause),
        reserved=is_reserved(sentence.tokens, clause, rung, polarity),
        quoted=holder.claim,
        turn=holder.turn,
    )


def _place_fields(annotated: Annotated, tokens: Sequence[Token]) -> PlaceFields:
    """From the first to the last of a clause's tokens, without marks and conjunctions at its edges."""
    return annotated.place_fields(_first_inner(tokens), _first_inner(tokens[::-1]))


def _first_inner(tokens: Sequence[Token]) -> Token:
    for token in tokens:
        if token.pos not in ("PUNCT", "CCONJ") and token.dep != "mark":
            return token
    return tokens[0]


def _force(annotated: Annotated, sentence: _Whole, clause: Clause) -> Force:
    if clause.status == "supposed":
        return "supposed"
    if clause.status == "granted":
        return "conceded"
    return "asked" if sentence.asks or is_unasserted(annotated, clause) else "asserted"


def _is_past(annotated: Annotated, clause: Clause) -> bool:
    """Past or perfect tense, without a modal: "bought", "has been sold"."""
    past = clause.head.tag == "VBD"
    for kid in annotated.children(clause.head):
        if kid.dep in ("aux", "auxpass"):
            if kid.tag == "MD":
                return False
            past = past or kid.tag == "VBD" or kid.lemma_lower == "have"
    return past


def _is_elliptical(annotated: Annotated, clause: Clause) -> bool:
    """ "We're not.", "I do not.": a pronoun, an auxiliary and a negation, nothing of its own."""
    if clause.head.lemma_lower not in ("be", "do", "have", "will", "would", "can"):
        return False
    words = [token for token in clause.tokens if token.pos not in ("PUNCT", "INTJ", "CCONJ")]
    return (
        len(words) <= 4
        and any(token.dep == "neg" for token in words)
        and all(token.pos in ("PRON", "AUX", "PART", "VERB") for token in words)
    )


def _leaning_on(before: Sequence[Position], position: Position) -> Position:
    """An elliptical clause with the attitude of what it denies, taken from the sentences just before it."""
    for earlier in reversed(before[-4:]):
        if earlier.attitude != "none" and position.block - earlier.block <= 1:
            turned: Attitude = "against" if earlier.attitude == "for" else "for"
            return position.model_copy(update={"attitude": turned})
    return position


def _in_list(clause: Clause, section: str) -> tuple[str, ...]:
    listed = stance(section)
    if clause.lemmas.isdisjoint(listed):
        return ()
    return tuple([token.lower for token in clause.tokens if token.lemma_lower in listed])


def _times(core: Sequence[Token]) -> Iterator[str]:
    """The stretches that the model takes for dates."""
    if "DATE" not in map(_entity, core):
        return
    run: list[str] = []
    for token in core:
        if run and (token.ent != "DATE" or token.ent_begins):
            yield " ".join(run)
            run = []
        if token.ent == "DATE":
            run.append(token.lower)
    if run:
        yield " ".join(run)


def _context(clause: Clause, subject: Token | None, previous: tuple[str, ...]) -> tuple[str, ...]:
    """What the clause leans on: its adjuncts, and the sentence before where a pronoun points there."""
    leans = subject is None or (
        not clause.forms.isdisjoint(_POINTERS)
        and any(token.lower in _POINTERS and token.dep in _POINTING for token in clause.tokens)
    )
    beside = clause.adjuncts or clause.concession
    aside = content_lemmas([*clause.adjuncts, *clause.concession]) if beside else ()
    return tuple(dict.fromkeys((*aside, *previous))) if leans else aside


def _span(annotated: Annotated, tokens: Sequence[Token]) -> Place | None:
    return annotated.place(tokens[0], tokens[-1]) if tokens else None
