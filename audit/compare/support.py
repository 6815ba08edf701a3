"""Headlines, deks and captions held against the body, and a declared summary against its sources.

What counts is a claim that the story does not bear out: support anywhere is looked for first. A summary says nothing of
its own, so that there every name and number has to be in the sources; a headline is only held to what stands out.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Literal

from audit.compare import support_stance as stances
from audit.compare.ground import Ground, Said
from audit.compare.support_acts import swap_of, undone_of
from audit.compare.support_figures import Figure, Figures, figures_in
from audit.compare.support_names import unknown_names
from audit.compare.support_refusals import refusal_of
from audit.compare.support_scope import scope_of
from audit.extract.annotate import Annotated, Token
from audit.extract.lexicon import lines_of
from audit.extract.person_words import is_given_name
from audit.extract.pipeline import Prepared
from audit.extract.topics import concepts, content_lemmas
from audit.loading.dates import MONTHS
from audit.records import Place, Statement, SupportGap, SupportMatch, place_of

Role = Literal["headline", "dek", "caption", "summary"]

_ROLES: dict[str, Role] = {"headline": "headline", "dek": "dek", "caption": "caption"}
_LEAST_WORDS = 60  # of a story; a shorter one is a brief, or only the beginning is at hand
_CASED = 0.75  # share of longer words with a capital that makes display case
_SIGNS = frozenset("%$£€")
_LIVE = ("live blog", "live updates", "as it happened", "live:", "– live", "- live", "liveblog")


@dataclass(frozen=True)
class _Shown:
    """A sentence that says what the story says."""

    statement: Statement
    annotated: Annotated
    tokens: tuple[Token, ...]
    role: Role
    cased: bool

    def place(self, tokens: Sequence[Token]) -> Place:
        return self.annotated.place(tokens[0], tokens[-1])


def match_support(article: Prepared, sources: Sequence[Prepared]) -> list[SupportMatch]:
    """What of the article's display type has no ground in its body; of a declared summary, in its sources."""
    shown = list(_display(article))
    story = _story((article.annotated,)) if shown else None
    found = [_match(one, story) for one in shown if story is not None]
    if article.records.document.meta.summary and sources:
        whole = _story([source.annotated for source in sources])
        found.extend(_match(one, whole) for one in _summary(article))
    return [match for match in found if match.gaps]


@dataclass(frozen=True)
class _Story:
    ground: Ground

    @cached_property
    def figures(self) -> Figures:
        return Figures(self.ground.texts)

    @cached_property
    def words(self) -> int:
        return sum(len(said.tokens) for said in self.ground.said)


def _story(parts: Sequence[Annotated]) -> _Story:
    return _Story(Ground(parts))


def _display(article: Prepared) -> Iterator[_Shown]:
    """The sentences of deks and captions, and headlines as a whole: one may ask what the other answers."""
    blocks = article.records.document.blocks
    done: set[int] = set()
    for statement in article.records.of(Statement):
        block = blocks[statement.block]
        role = _ROLES.get(block.kind)
        if role == "headline" and block.index not in done:
            done.add(block.index)
            tokens = tuple(article.annotated.between(block.start, block.end))
            yield _Shown(statement, article.annotated, tokens, role, _is_cased(tokens))
        elif role in ("dek", "caption"):
            yield _shown(article, statement, role)


def _summary(article: Prepared) -> Iterator[_Shown]:
    for statement in article.records.of(Statement):
        yield _shown(article, statement, "summary")


def _shown(article: Prepared, statement: Statement, role: Role) -> _Shown:
    start, end = article.records.document.view_span(statement)
    tokens = tuple(article.annotated.between(start, end))
    return _Shown(statement, article.annotated, tokens, role, role != "summary" and _is_cased(tokens))


def _is_cased(tokens: Sequence[Token]) -> bool:
    """Whether all longer words begin with a capital: Display Case, or ALL OF THEM IN CAPITALS."""
    longer = [token for token in tokens[1:] if len(token.text) > 3 and token.text.isalpha()]
    return len(longer) >= 2 and sum(t.text[0].isupper() for t in longer) >= _CASED * len(longer)


def _match(shown: _Shown, story: _Story) -> SupportMatch:
    return SupportMatch(
        statement=shown.statement.id,
        role=shown.role,
        sentence=shown.place(shown.tokens) if shown.tokens else place_of(shown.statement),
        display_case=shown.cased,
        gaps=tuple(_gaps(shown, story)) if shown.tokens and not _is_exempt(shown) else (),
    )


def _is_exempt(shown: _Shown) -> bool:
    """A live blog's headline belongs to what comes later, and a question claims nothing."""
    text = " ".join(token.lower for token in shown.tokens)
    return "?" in (token.text for token in shown.tokens) or any(mark in text for mark in _LIVE)


def _gaps(shown: _Shown, story: _Story) -> Iterator[SupportGap]:
    if story.words >= _LEAST_WORDS or shown.role == "summary":
        yield from _name_gaps(shown, story)
        yield from _figure_gaps(shown, story)
        yield from _event_gaps(shown, story)
    if shown.role in ("headline", "dek"):
        yield from _stance_gaps(shown, story)


# --- Names ------------------------------------------------------------------------------------------------------------


def _name_gaps(shown: _Shown, story: _Story) -> Iterator[SupportGap]:
    claims = shown.role == "summary" or any(token.pos in ("VERB", "AUX") for token in shown.tokens)
    for unknown in unknown_names(shown.tokens, story.ground, shown.cased):
        if not claims and not unknown.rest and unknown.like is None:
            continue  # "Brie encounter" says nothing that could be borne out
        rest = [t for t in unknown.run if t not in unknown.tokens]
        said = _where(story.ground, [unknown.like] if unknown.like else [t.lower for t in rest]) or _nearest(
            shown, story
        )
        other = _other_given_name(unknown.run, unknown.tokens, said) if unknown.rest and said else ()
        against = other or _spelt(said, unknown.like)
        yield SupportGap(
            kind="name",
            words=(shown.place(unknown.tokens),),
            said=_sentence(said),
            against=tuple(said.annotated.place(token, token) for token in against) if said else (),
            conflict=bool(other) or unknown.like is not None,
            named=unknown.label,
            partly=unknown.rest,
            alike=unknown.like or "",
        )


def _where(ground: Ground, words: Sequence[str]) -> Said | None:
    """The first sentence that has one of these words."""
    wanted = set(words)
    having = (said for word in wanted for said in ground.having(word) if any(t.lower == word for t in said.tokens))
    return min(having, key=lambda said: said.order, default=None)


def _spelt(said: Said | None, name: str | None) -> tuple[Token, ...]:
    if said is None or name is None:
        return ()
    return tuple(token for token in said.tokens if token.lower == name)[:1]


def _other_given_name(run: Sequence[Token], lacking: Sequence[Token], said: Said) -> tuple[Token, ...]:
    """The other first name that the story gives somebody of this surname: "Ana Reyes" for "Jo Reyes"."""
    if len(run) != 2 or len(lacking) != 1 or lacking[0] is not run[0] or not _is_given(run[0]):
        return ()
    for before, token in itertools.pairwise(said.tokens):
        if token.lower == run[1].lower and _is_given(before):
            return (before, token)
    return ()


def _is_given(token: Token) -> bool:
    return token.text[:1].isupper() and (is_given_name(token.text) or token.ent == "PERSON")


# --- Figures ----------------------------------------------------------------------------------------------------------


def _figure_gaps(shown: _Shown, story: _Story) -> Iterator[SupportGap]:
    document = shown.annotated.document
    start, end = shown.tokens[0].start, shown.tokens[-1].end
    text = document.view[start:end]
    for figure in figures_in(text):
        if figure.value < 2 or _is_in_a_word(text, figure) or story.figures.knows(figure):
            continue
        if shown.role != "summary" and _is_of_date(text, figure):
            continue
        counted = _counted(shown, start + figure.end)
        said, other = _counted_otherwise(counted, figure, story) if counted else (None, ())
        said = said or _nearest(shown, story)
        yield SupportGap(
            kind="number",
            words=(document.place(start + figure.start, start + figure.end),),
            said=_sentence(said),
            against=other,
            conflict=bool(other),
            measured=_is_measured(text, figure),
        )


def _is_in_a_word(text: str, figure: Figure) -> bool:
    """ "18F", "Covid-19", "24/7", "T20": a figure that names something."""
    before, behind = text[max(figure.start - 2, 0) : figure.start], text[figure.end : figure.end + 2]
    if before[-1:].isalpha() or before[-1:] in "/#@" or (before[-1:] == "-" and before[:1].isalpha()):
        return bool(before)
    return behind[:1] in ("/",) or (behind[:1].isupper() and not figure.ordinal)


_MONTHS = "|".join(sorted(MONTHS))
_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
# A date with its year or its weekday, as interviews and columns have it in their titles.
_DAY_OF_MONTH = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = re.compile(
    rf"(?:\b{_DAY},? )?(?:\b(?:{_MONTHS})\.? {_DAY_OF_MONTH}|\b{_DAY_OF_MONTH}(?: of)? (?:{_MONTHS}))\b(?:,? \d{{4}})?"
    r"|\b\d{1,4}([-/.])\d{1,2}\1\d{2,4}\b",
    re.I,
)
_BOUND = re.compile(rf"\d{{4}}|{_DAY}|\d[-/.]\d", re.I)


def _is_of_date(text: str, figure: Figure) -> bool:
    """Whether a figure belongs to a full date, which says when a text was made and counts nothing."""
    return any(
        match.start() <= figure.start < match.end() and _BOUND.search(match[0]) for match in _DATE.finditer(text)
    )


def _is_measured(text: str, figure: Figure) -> bool:
    around = text[max(figure.start - 2, 0) : figure.start] + text[figure.end : figure.end + 2]
    if _SIGNS & set(around) or text[figure.end :].lstrip().lower().startswith(("per cent", "percent", "pc")):
        return True
    is_year = 1400 <= figure.value <= 2100 and figure.value == figure.value.to_integral_value()
    return figure.value >= 13 and not is_year and not figure.ordinal and figure.start > 0


def _counted(shown: _Shown, offset: int) -> str | None:
    """The lemma of the noun that follows a figure: what it counts."""
    behind = [token for token in shown.tokens if token.start >= offset][:4]
    return next((t.lemma.lower() for t in behind if t.pos in ("NOUN", "PROPN")), None)


def _counted_otherwise(counted: str, figure: Figure, story: _Story) -> tuple[Said | None, tuple[Place, ...]]:
    """A sentence in which the story counts the same thing and has another figure of the same size."""
    for said in story.ground.having(counted):
        tokens = said.tokens
        if not any(token.lemma.lower() == counted for token in tokens):
            continue
        first, last = tokens[0].start, tokens[-1].end
        document = said.annotated.document
        for other in figures_in(document.view[first:last]):
            behind = [t for t in tokens if t.start >= first + other.end][:3]
            if other.value < 2 or other.ordinal != figure.ordinal or not behind:
                continue
            if any(t.lemma.lower() == counted for t in behind) and figure.value / 3 <= other.value <= figure.value * 3:
                return said, (document.place(first + other.start, first + other.end),)
    return None, ()


# --- Events -----------------------------------------------------------------------------------------------------------


@cache
def _events() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    rows = []
    for line in lines_of("audit.compare", "events.txt"):
        words, _, more = line.partition("|")
        rows.append((frozenset(words.split()), frozenset(words.split()) | frozenset(more.split())))
    return tuple(rows)


def _event_gaps(shown: _Shown, story: _Story) -> Iterator[SupportGap]:
    for token in shown.tokens:
        if token.pos not in ("VERB", "NOUN", "PROPN", "ADJ", "AUX"):
            continue
        known = [support for words, support in _events() if token.lower in words]
        if not known or any(story.ground.knows_any(support) for support in known):
            continue
        said = _nearest(shown, story)
        yield SupportGap(kind="event", words=(shown.place([token]),), said=_sentence(said))


# --- Stance -----------------------------------------------------------------------------------------------------------


def _stance_gaps(shown: _Shown, story: _Story) -> Iterator[SupportGap]:
    tokens, ground = shown.tokens, story.ground
    clashes = [stances.affirmation_of(tokens, ground)]
    if not stances.is_quoting(tokens):
        clashes.append(stances.reversal_of(tokens, ground))
        if not stances.is_open(tokens):
            clashes.extend((stances.denial_of(tokens, ground), swap_of(tokens, ground), scope_of(tokens, ground)))
            clashes.append(refusal_of(tokens, shown.annotated, ground))
            clashes.extend((undone_of(tokens, ground), stances.certainty_of(tokens, ground)))
    clash = next((clash for clash in clashes if clash is not None), None)
    if clash is None or (clash.kind in ("certainty", "hearsay") and story.words < _LEAST_WORDS):
        return
    yield SupportGap(
        kind=clash.kind,
        words=(shown.place(clash.own),)
        if clash.kind in ("denied", "certainty", "hearsay")
        else _each(shown, clash.own),
        said=_sentence(clash.said),
        against=tuple(clash.said.annotated.place(token, token) for token in clash.against),
        conflict=clash.kind not in ("certainty", "hearsay", "undone"),
        shared=clash.shared,
        partly=clash.by_somebody,
    )


def _each(shown: _Shown, tokens: Sequence[Token]) -> tuple[Place, ...]:
    return tuple(shown.place([token]) for token in tokens)


# --- Places -----------------------------------------------------------------------------------------------------------


def _nearest(shown: _Shown, story: _Story) -> Said | None:
    return next(iter(story.ground.nearest(concepts(content_lemmas(shown.tokens)))), None)


def _sentence(said: Said | None) -> Place | None:
    return said.annotated.sentence_place(said.sentence) if said is not None else None
