"""Bodies and places that a document names: every spelling of each, with its places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal

from audit.extract.annotate import Annotated, Token
from audit.extract.people import People
from audit.extract.person_words import fold
from audit.records import Entity, Place

Form = Literal["organisation", "place"]
_FORMS: dict[str, Form] = {"ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "place"}
_UNREAD = frozenset({"boilerplate", "stage", "byline"})
_SMALL = frozenset({"of", "for", "the", "and", "&", "in", "on", "at", "de", "la", "du", "des", "del"})


def find_entities(annotated: Annotated, people: People) -> list[Entity]:
    """The bodies and places of a document, in order of their first mentions.

    Mentions belong together when they have the same words; an acronym belongs to the only name with those initials.
    """
    groups: dict[str, list[tuple[Place, str, Form, int]]] = {}
    for tokens in _spans(annotated, people):
        place = annotated.place(tokens[0], tokens[-1])
        form = _FORMS[tokens[0].ent]
        groups.setdefault(_key(tokens), []).append((place, _name(tokens, annotated), form, tokens[0].block))
    for short, whole in _acronyms(groups).items():
        groups[whole] = sorted([*groups[whole], *groups.pop(short)], key=lambda one: one[0].start)
    ordered = sorted(groups.values(), key=lambda group: (group[0][0].start, group[0][0].end))
    return [_entity(annotated, number, group) for number, group in enumerate(ordered, 1)]


def _entity(annotated: Annotated, number: int, group: Sequence[tuple[Place, str, Form, int]]) -> Entity:
    names = Counter(name for _, name, _, _ in group if not name.isupper()) or Counter(name for _, name, _, _ in group)
    name = names.most_common(1)[0][0]
    place, _, _, block = group[0]
    return Entity(
        **place.model_dump(),
        id=f"{annotated.document.key}.entity.{number}",
        block=block,
        form=Counter(form for _, _, form, _ in group).most_common(1)[0][0],
        name=name,
        aliases=tuple(dict.fromkeys(other for _, other, _, _ in group if other != name)),
        mentions=tuple(place for place, _, _, _ in group),
    )


def _spans(annotated: Annotated, people: People) -> Iterator[list[Token]]:
    """Stretches that the model labels as bodies and places, without articles and possessive endings in front or behind.

    Words that are known to name a person are no part of one.
    """
    span: list[Token] = []
    blocks = annotated.document.blocks
    for token in [one for one in annotated.tokens if one.ent in _FORMS]:
        if blocks[token.block].kind in _UNREAD:
            continue
        if span and (token.i != span[-1].i + 1 or token.ent_begins or token.block != span[-1].block):
            yield from _trimmed(span, people)
            span = []
        span.append(token)
    if span:
        yield from _trimmed(span, people)


def _trimmed(span: Sequence[Token], people: People) -> Iterator[list[Token]]:
    tokens = list(span)
    while tokens and (tokens[0].lower in ("the", "a", "an") or not tokens[0].text[:1].isalnum()):
        tokens.pop(0)
    while tokens and (tokens[-1].tag == "POS" or not tokens[-1].text[:1].isalnum()):
        tokens.pop()
    if tokens and tokens[0].text[:1].isupper() and not any(people.person_at(token) for token in tokens):
        yield tokens


def _name(tokens: Sequence[Token], annotated: Annotated) -> str:
    return " ".join(annotated.document.view[tokens[0].start : tokens[-1].end].split())


def _key(tokens: Sequence[Token]) -> str:
    return " ".join(word for token in tokens if (word := fold(token.text)))


def _acronyms(groups: dict[str, list[tuple[Place, str, Form, int]]]) -> dict[str, str]:
    """Each acronym with the only name of the document that it may stand for."""
    by_initials: dict[str, list[str]] = {}
    for key in groups:
        words = [word for word in key.split() if word not in _SMALL]
        if len(words) > 1:
            by_initials.setdefault("".join(word[0] for word in words), []).append(key)
    return {
        key: by_initials[key][0]
        for key, group in groups.items()
        if " " not in key and group[0][1].isupper() and len(by_initials.get(key, ())) == 1
    }
