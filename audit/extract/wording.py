"""Where a text judges, foretells or reads minds in its own voice, and what makes it a text that may.

Only narration counts: words outside quotation marks that no reporting verb gives to anybody. A paragraph in which
somebody is credited with anything is left out, since readers take its other sentences for that person's view.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from audit.extract.annotate import Annotated, Sentence, Token
from audit.extract.lexicon import sections_of
from audit.extract.person_words import is_person_noun
from audit.records import Claim, Genre, Quotation, ReportedStatement, Statement, Wording
from audit.records.document import Block
from audit.records.wording import GenreForm, WordingForm

_FIRST = frozenset({"i", "my", "me", "mine", "myself"})
_PLURAL = frozenset({"we", "our", "us", "ours"})
_LEAST_FIRST = 2  # sentences of narration in the first person that make a text personal
_SUBJECTS = ("nsubj", "nsubjpass")
_COPULAS = frozenset({"be", "prove", "become", "remain"})
_PROSE = frozenset({"paragraph", "list_item", "blockquote", "dek"})
_BEFORE_MOTIVES = frozenset({"out", "motivated", "driven", "in", "as"})
_GIVEN = frozenset(
    {"according", "reportedly", "allegedly", "apparently", "accused", "critics", "supporters", "opponents"}
)


@cache
def words(section: str) -> frozenset[str]:
    """A section of the list of wording. Raises KeyError."""
    return sections_of("audit.extract", "wording.txt")[section]


@dataclass(frozen=True)
class Told:
    """The sentences of a document beside what is quoted and reported in it."""

    annotated: Annotated
    statements: Sequence[Statement]
    quotations: Sequence[Quotation]
    reported: Sequence[ReportedStatement]

    def credited_blocks(self) -> set[int]:
        """Blocks in which anybody is given any words."""
        said = [claim.block for claim in (*self.quotations, *self.reported)]
        return {*said, *(s.block for s in self.statements if s.voice != "narration")}

    @cached_property
    def narrated(self) -> list[tuple[Statement, list[Token]]]:
        """The sentences in the text's own voice with their tokens, in order."""
        document = self.annotated.document
        return [
            (statement, self.annotated.between(*document.view_span(statement)))
            for statement in self.statements
            if statement.voice == "narration" and document.blocks[statement.block].kind in _PROSE
        ]

    @cached_property
    def quotation_starts(self) -> list[int]:
        return [quotation.start for quotation in self.quotations]


def find_wording(told: Told) -> list[Wording]:
    """Judgements, forecasts and motives in the narration of paragraphs that credit nobody, in order."""
    document = told.annotated.document
    if document.is_transcript:
        return []
    credited = told.credited_blocks()
    found: list[Wording] = []
    for statement, tokens in told.narrated:
        if statement.asked or statement.block in credited:
            continue
        if not _GIVEN.isdisjoint([token.lower for token in tokens]):
            continue
        for form, first, last in _signs(told.annotated, tokens):
            found.append(
                Wording(
                    **document.place_fields(first.start, last.end),
                    id=f"{document.key}.wording.{len(found) + 1}",
                    block=statement.block,
                    form=form,
                    sentence=told.annotated.sentence_place(told.annotated.sentences[first.sent]),
                )
            )
    return found


def _signs(annotated: Annotated, tokens: Sequence[Token]) -> Iterator[tuple[WordingForm, Token, Token]]:
    """Form, first and last token of what gives each away."""
    known = _known()
    for token in tokens:
        if token.lower not in known and token.lemma_lower not in known:
            continue
        if _judges(annotated, token):
            yield "evaluation", token, token
        elif _foretells(annotated, token):
            yield "forecast", token, token
        else:
            last = _motive(annotated, token)
            if last is not None:
                yield "motive", token, last


@cache
def _known() -> frozenset[str]:
    """The words of which every judgement, forecast or motive has one."""
    sections = ("judging adverb", "judging", "judging people", "verdict noun", "sure to", "sure adverb", "outcome")
    return _BEFORE_MOTIVES.union(*map(words, sections))


# --- Judgements -------------------------------------------------------------------------------------------------------


def _judges(annotated: Annotated, token: Token) -> bool:
    lemma = token.lemma_lower
    if token.ent or (token.text[:1].isupper() and token.i != _first_of(annotated, token)):
        return False  # part of a name or a title
    if token.pos == "ADV" and token.dep == "advmod":
        return token.lower in words("judging adverb")
    subject = _subject_of(annotated, token)
    if token.pos == "ADJ" and lemma in words("judging"):
        return subject is not None or _names_a_thing(annotated, token)
    if token.pos == "ADJ" and lemma in words("judging people"):
        return subject is not None and _is_person(subject)
    if token.pos == "NOUN" and lemma in words("verdict noun") and token.dep == "attr":
        return subject is not None and not any(kid.dep == "prep" for kid in annotated.children(token))
    return False


def _first_of(annotated: Annotated, token: Token) -> int:
    return annotated.sentences[token.sent].first


def _subject_of(annotated: Annotated, predicate: Token) -> Token | None:
    """Of whom a predicate is said: "the minister is weak"; also the second of "is weak and foolish"."""
    at = predicate
    while at.dep == "conj" and at.head != at.i:
        at = annotated.tokens[at.head]
    verb = annotated.tokens[at.head]
    if at.dep not in ("acomp", "attr", "oprd") or verb.lemma_lower not in _COPULAS or _is_open(annotated, verb):
        return None
    return annotated.child(verb, *_SUBJECTS)


def _names_a_thing(annotated: Annotated, adjective: Token) -> bool:
    """Whether an adjective stands in front of a noun that is there: "his reckless plan", not "a reckless driver"."""
    noun = annotated.tokens[adjective.head]
    if adjective.dep != "amod" or noun.pos != "NOUN":
        return False
    return any(kid.lower in ("this", "that", "these", "those") for kid in annotated.children(noun))


def _is_open(annotated: Annotated, verb: Token) -> bool:
    """Whether a clause is only supposed or asked: "if the plan is foolish"."""
    return any(kid.dep == "mark" and kid.lower in ("if", "whether", "unless") for kid in annotated.children(verb))


def _is_person(token: Token) -> bool:
    return token.ent == "PERSON" or token.lower in ("he", "she", "who") or is_person_noun(token.lemma)


# --- Forecasts and motives --------------------------------------------------------------------------------------------


def _foretells(annotated: Annotated, token: Token) -> bool:
    lemma = token.lemma_lower
    if token.lower in words("sure to"):
        return (
            token.dep in ("acomp", "ROOT", "conj") and _has_aim(annotated, token) and not _makes_sure(annotated, token)
        )
    if token.lower in words("sure adverb") and token.dep == "advmod":
        return _is_future(annotated, annotated.tokens[token.head])
    if lemma in words("outcome") and token.pos == "VERB" and _is_future(annotated, token):
        return annotated.child(token, "dobj") is None  # "will succeed the chairman" is an appointment
    return False


def _has_aim(annotated: Annotated, token: Token) -> bool:
    return any(kid.dep == "xcomp" and kid.pos in ("VERB", "AUX") for kid in annotated.children(token))


def _makes_sure(annotated: Annotated, token: Token) -> bool:
    """ "Be sure to bring a lamp", "is not certain to": advice and doubt are no forecasts."""
    verb = annotated.tokens[token.head]
    advice = annotated.child(verb, *_SUBJECTS) is None and annotated.child(token, *_SUBJECTS) is None
    return advice or any(kid.dep == "neg" for one in (token, verb) for kid in annotated.children(one))


def _is_future(annotated: Annotated, verb: Token) -> bool:
    kids = annotated.children(verb)
    will = any(kid.dep == "aux" and kid.lemma_lower in ("will", "shall", "’ll", "'ll") for kid in kids)
    return will and not any(kid.dep == "neg" for kid in kids)


def _motive(annotated: Annotated, token: Token) -> Token | None:
    """The last word of a motive that begins here: "out of spite", "in a desperate bid"."""
    if token.lower not in _BEFORE_MOTIVES:
        return None
    ahead = annotated.tokens[token.i + 1 : token.i + 5]
    ahead = [one for one in ahead if one.sent == token.sent]
    lowers = [one.lower for one in ahead]
    if token.lower == "out" and lowers[:1] == ["of"] and lowers[1:2] and lowers[1] in words("motive"):
        return ahead[1]
    if token.lower in ("motivated", "driven") and lowers[:1] == ["by"] and lowers[1:2] and lowers[1] in words("motive"):
        return ahead[1]
    if token.lower in ("in", "as") and lowers[:1] and lowers[0] in ("a", "an"):
        noun = next((one for one in ahead if one.lemma_lower in words("attempt")), None)
        if noun is not None and any(one.lower in words("motive adjective") for one in ahead if one.i < noun.i):
            return noun
    return None


# --- Genre ------------------------------------------------------------------------------------------------------------


def find_genre(told: Told) -> list[Genre]:
    """What shows that an author speaks for himself here; at most one claim of each form."""
    document = told.annotated.document
    if document.is_transcript or not document.blocks:
        return []
    signs = [*_labels(told.annotated), *_personal(told)]
    return [
        Genre(
            **claim.model_dump(include=set(Claim.model_fields) - {"id"}),
            id=f"{document.key}.genre.{n}",
            form=form,
            hint=hint,
        )
        for n, (claim, form, hint) in enumerate(signs, start=1)
    ]


def _labels(annotated: Annotated) -> Iterator[tuple[Claim, GenreForm, str]]:
    """A label in the head: "Opinion", "Review: ...", "Comment | ...", a columnist's byline, stars."""
    document = annotated.document
    for name in document.meta.kind.casefold().replace("/", " ").replace(",", " ").split():
        if name in words("opinion genre") | words("review genre"):
            yield _on(annotated, document.blocks[0]), "opinion", "the head of the file"
            return
    for block in document.blocks[:6]:
        if (
            block.kind not in ("headline", "dek", "byline", "dateline", "heading")
            and len(document.block_text(block)) > 60
        ):
            continue
        text = document.block_text(block)
        form = _label(text, whole=block.kind in ("byline", "dateline") or len(text) < 30)
        if form:
            yield _on(annotated, block), form, "a label in the head of the text"
            return
    for path in document.path.lower().replace("\\", "/").split("/")[:-1]:
        if path in words("opinion genre") or path in ("opinions", "columns", "editorials", "reviews"):
            yield _on(annotated, document.blocks[0]), "opinion", "the folder that the text lies in"
            return


def _label(text: str, whole: bool) -> GenreForm | None:
    """The genre that a line of the head names: at its beginning before a mark, anywhere in a line that is short."""
    tokens = text.replace("|", ":").replace("–", ":").replace("—", ":").split(":")
    parts = tokens if whole else tokens[:-1]
    named = {word.strip(".,()[]*_").casefold() for part in parts for word in part.split() if len(part) < 40}
    if "★" in text or named & words("review genre"):
        return "review"
    return "opinion" if named & words("opinion genre") else None


def _personal(told: Told) -> Iterator[tuple[Claim, GenreForm, str]]:
    firsts: list[tuple[Statement, str]] = []
    singular = 0
    for statement, tokens in told.narrated:
        lowers = {token.lower for token in tokens if token.pos == "PRON"}
        if lowers & (_FIRST | _PLURAL) and not _is_quoted(told, tokens, lowers):
            singular += bool(lowers & _FIRST)
            firsts.append((statement, "the narration speaks in the first person"))
    if singular >= _LEAST_FIRST or len(firsts) > _LEAST_FIRST:
        statement, hint = firsts[0]
        yield statement, "first-person", hint


def _is_quoted(told: Told, tokens: Sequence[Token], lowers: set[str]) -> bool:
    """Whether the sentence holds a quotation, in which the "I" may stand."""
    sentence: Sentence = told.annotated.sentences[tokens[0].sent]
    place = told.annotated.sentence_place(sentence)
    at = bisect.bisect_left(told.quotation_starts, place.end)
    return any(quotation.end > place.start for quotation in told.quotations[max(0, at - 3) : at])


def _on(annotated: Annotated, block: Block) -> Claim:
    document = annotated.document
    return Claim(**document.place_fields(block.start, block.end), id="", block=block.index)
