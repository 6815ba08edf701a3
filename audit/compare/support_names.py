"""Names in a headline, a caption or a summary that its story does not have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audit.compare.ground import Ground
from audit.compare.wordlists import words_of_file
from audit.extract.annotate import Token
from audit.extract.person_words import is_given_name

_NAMED = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


@dataclass(frozen=True)
class Unknown:
    """Words of a name that the story does not have. `rest` says that it has other words of that name."""

    run: tuple[Token, ...]
    tokens: tuple[Token, ...]
    rest: bool
    like: str | None
    label: str  # the model's label


def unknown_names(tokens: Sequence[Token], ground: Ground, title_case: bool) -> Iterator[Unknown]:
    """The names of a sentence of which the story lacks a word.

    In title case a capital says nothing; there only what the model takes for a person, a place or a people counts.
    """
    for run in _runs(tokens, title_case):
        if ground.knows_initials([token.text for token in run]):
            continue
        lacking = [token for token in run if not _is_known(token, ground, tokens)]
        if lacking:
            yield Unknown(
                tuple(run),
                tuple(lacking),
                len(lacking) < len(run),
                next(filter(None, (ground.like_name(token.text) for token in lacking)), None),
                next((token.ent for token in run if token.ent in _NAMED), ""),
            )


def _runs(tokens: Sequence[Token], title_case: bool) -> Iterator[list[Token]]:
    """Names in order: capitalised words in a row, and small words inside one name ("Office of Fair Trading")."""
    run: list[Token] = []
    for at, token in enumerate(tokens):
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        if _is_named(token, title_case):
            if run and token.ent_begins and token.ent in _NAMED and run[-1].ent:
                yield run
                run = []
            run.append(token)
        elif run and not (_joins(token) and following is not None and _is_named(following, title_case)):
            yield run
            run = []
    if run:
        yield run


def _joins(token: Token) -> bool:
    return token.lower in ("of", "and", "&", "the", "for") and token.ent in _NAMED and not token.ent_begins


def _is_named(token: Token, title_case: bool) -> bool:
    if not token.text[:1].isupper() or len(token.text) < 2 or token.pos in ("PRON", "DET", "ADP", "CCONJ", "NUM"):
        return False
    if title_case:
        return token.ent in ("PERSON", "GPE", "NORP") or (token.pos == "PROPN" and is_given_name(token.text))
    return token.pos == "PROPN" or token.ent in _NAMED


def _is_known(token: Token, ground: Ground, sentence: Sequence[Token]) -> bool:
    if token.lower.rstrip(".") in words_of_file("support.txt", "title"):
        return True
    return ground.knows_name(token.text, acting=token.dep in _SUBJECTS or token.dep == "compound")
