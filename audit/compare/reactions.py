"""Groups that an opening says have reacted ("Teachers cheered the plan") and that the text never shows again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from audit.compare.wordlists import words_of_file
from audit.extract.annotate import Annotated, Sentence, Token
from audit.extract.lexicon import lines_of
from audit.extract.pipeline import Prepared
from audit.extract.topics import stem
from audit.records import GroupReaction, Statement

_LEDE = 2  # sentences
_LEAST_WORDS = 150  # of the text behind it; a brief promises nothing
_STORY = frozenset({"paragraph", "blockquote", "list_item", "table_row", "turn", "caption"})


def find_reactions(article: Prepared) -> list[GroupReaction]:
    """The groups that react in the dek or the first sentences, and of which nobody follows."""
    annotated = article.annotated
    blocks = annotated.document.blocks
    story = [s for s in annotated.sentences if blocks[s.block].kind in _STORY]
    opening = [s for s in annotated.sentences if blocks[s.block].kind == "dek"] + story[:_LEDE]
    return [
        found
        for sentence in opening
        for token in annotated.tokens_of(sentence)
        if (found := _reaction(article, annotated, sentence, token, story)) is not None
    ]


def _reaction(
    article: Prepared, annotated: Annotated, sentence: Sentence, token: Token, story: Sequence[Sentence]
) -> GroupReaction | None:
    members = _groups().get(token.lower)
    if members is None or token.dep != "nsubj" or annotated.tokens[token.head].lemma.lower() not in _verbs():
        return None
    if annotated.child(token, "nummod", "poss", "relcl", "prep") is not None:
        return None
    rest = [t for other in story if other.index > sentence.index for t in annotated.tokens_of(other)]
    if len(rest) < _LEAST_WORDS or _shows(rest, {token.lower, *members}):
        return None
    place = annotated.sentence_place(sentence)
    statement = next((s for s in article.records.of(Statement) if s.start == place.start), None)
    if statement is None:
        return None
    verb = annotated.tokens[token.head]
    return GroupReaction(
        statement=statement.id,
        sentence=place,
        words=annotated.place(token, verb if token.i < verb.i else token),
        group=token.lower,
        looked_for=tuple(sorted(members)),
    )


def _shows(tokens: Sequence[Token], members: set[str]) -> bool:
    """Whether a text has one of these words or phrases in any form."""
    roots = {stem(token.lower) for token in tokens} | {stem(token.lemma.lower()) for token in tokens}
    return any(all(stem(word) in roots for word in member.split()) for member in members)


@cache
def _groups() -> dict[str, frozenset[str]]:
    return dict(_group_lines())


def _group_lines() -> Iterator[tuple[str, frozenset[str]]]:
    for line in lines_of("audit.compare", "groups.txt"):
        group, _, members = line.partition(":")
        yield group.strip(), frozenset(filter(None, map(str.strip, members.split(","))))


def _verbs() -> frozenset[str]:
    return words_of_file("support.txt", "lede verb")
