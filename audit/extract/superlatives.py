"""Words that say that there was nothing like it before, with an earlier case that the same sentence sets beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from audit.extract.annotate import Annotated, Token
from audit.extract.arguments import words
from audit.records import Place, Uniqueness

_PROSE = frozenset({"headline", "dek", "paragraph", "blockquote", "caption", "list_item"})
_DENYING = frozenset({"not", "n't", "n’t", "hardly", "scarcely", "nearly", "almost", "no", "neither", "nothing"})


def find_uniqueness(annotated: Annotated) -> list[Uniqueness]:
    """The claims of a document that something has no like, in order."""
    found: list[Uniqueness] = []
    for sentence in annotated.sentences:
        if annotated.document.blocks[sentence.block].kind not in _PROSE:
            continue
        tokens = annotated.tokens_of(sentence)
        for first, last in _markers(tokens):
            found.append(
                Uniqueness(
                    **annotated.place_fields(first, last),
                    id=f"{annotated.document.key}.uniqueness.{len(found) + 1}",
                    block=sentence.block,
                    sentence=annotated.sentence_place(sentence),
                    limited=_is_limited(tokens, first),
                    precedent=_precedent(annotated, tokens, first, last),
                )
            )
    return found


def _markers(tokens: Sequence[Token]) -> Iterator[tuple[Token, Token]]:
    if _firsts().isdisjoint([token.lower for token in tokens]):
        return  # as in most sentences
    at = 0
    while at < len(tokens):
        width = 0
        if tokens[at].lower in _firsts():
            width = next((w for w in (3, 2, 1) if _text(tokens[at : at + w]) in words("without like")), 0)
        if width:
            yield tokens[at], tokens[at + width - 1]
        at += max(width, 1)


@cache
def _firsts() -> frozenset[str]:
    """What the first token of a phrase can be, wherever the tokeniser cuts it."""
    return frozenset(phrase[:end] for phrase in words("without like") for end in range(1, len(phrase) + 1))


def _text(tokens: Sequence[Token]) -> str:
    joined = "".join(token.lower if token.text == "-" else f" {token.lower} " for token in tokens)
    return " ".join(joined.replace(" -", "-").replace("- ", "-").split())


def _is_limited(tokens: Sequence[Token], marker: Token) -> bool:
    """ "hardly unprecedented", "unprecedented since 1998": takes the word back, or says how far it goes."""
    at = marker.i - tokens[0].i
    before = {token.lower for token in tokens[max(at - 4, 0) : at]}
    return bool(before & _DENYING) or any(token.lower in words("limit of the like") for token in tokens)


def _precedent(annotated: Annotated, tokens: Sequence[Token], first: Token, last: Token) -> Place | None:
    """The words that compare with a case of an earlier date, outside the marker itself."""
    for token in tokens:
        if first.i <= token.i <= last.i or not _compares(annotated, token):
            continue
        part = [one for one in annotated.subtree(token) if one.i >= token.i]
        inside = any(first.i <= one.i <= last.i for one in part)
        if not inside and any(one.ent == "DATE" and _is_earlier(one) for one in part):
            return annotated.place(part[0], part[-1])
    return None


def _compares(annotated: Annotated, token: Token) -> bool:
    if token.lemma_lower in words("comparing verb"):
        return token.pos == "VERB"
    if token.lower in words("comparing adjective"):
        return annotated.child(token, "prep") is not None
    return False


def _is_earlier(token: Token) -> bool:
    """A year, a decade or a word such as "last": something that has a date behind it."""
    digits = token.text.rstrip("s")
    return (digits.isdigit() and len(digits) == 4) or token.lower in ("last", "previous", "ago", "earlier")
