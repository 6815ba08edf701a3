"""What kind of quotation stands between two marks: a sentence somebody says, a fragment, a title, scare quotes."""

from __future__ import annotations

import re
from typing import Literal

from audit.extract.annotate import Annotated, Token
from audit.extract.attribution import Attribution
from audit.extract.lexicon import sections_of
from audit.extract.marks import Pair
from audit.extract.stretches import Stretch, inner_text

Form = Literal["direct", "partial", "block", "nested"]

WORD = re.compile(r"[^\W_]+(?:[’'.-][^\W_]+)*")
FEW = 4  # fewer words than this are a fragment or a short answer: they need no speaker
_SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "but",
        "by",
        "for",
        "from",
        "in",
        "into",
        "is",
        "nor",
        "of",
        "on",
        "or",
        "over",
        "so",
    ]
) | frozenset(["the", "to", "up", "via", "vs", "with", "yet"])
_NAMING = sections_of("audit.extract", "attribution.txt")["naming"]


def form_of(annotated: Annotated, stretch: Stretch, pair: Pair, own: Attribution | None) -> Form:
    """Direct or partial, for the first pair of a quotation in running text."""
    return "direct" if _is_clause(annotated, stretch, pair, own) else "partial"


def _is_clause(annotated: Annotated, stretch: Stretch, pair: Pair, own: Attribution | None) -> bool:
    """Whether the quotation is a sentence of its own and no fragment built into the narration."""
    text = inner_text(annotated, pair)
    front, behind = stretch.before(pair), stretch.behind(pair)
    if not front or all(not token.text.isalnum() for token in front):
        first = stretch.items[0] is pair or not stretch.pairs or stretch.pairs[0] is pair
        alone = not any(token.text.isalnum() for token in behind)
        beside = own is not None and own.how == "beside"
        return first and (alone or beside or text.endswith((".", "!", "?")))
    return _is_announced(front[-1], own) and text[:1].isupper() and len(WORD.findall(text)) > 1


def _is_announced(before: Token, own: Attribution | None) -> bool:
    """Whether a comma, a colon or the cue itself stands right in front of a quotation."""
    if before.text in (":", ","):
        return True
    return own is not None and own.cue is not None and before.i == own.cue.last.i


def is_title(annotated: Annotated, stretch: Stretch, pair: Pair) -> bool:
    """Whether the words are the title of a work, or a name: capitals throughout; one word needs a noun in front."""
    words = WORD.findall(inner_text(annotated, pair))
    if not words or len(words) > 12:
        return False
    capitals = all(word[0].isupper() or word[0].isdigit() or word.lower() in _SMALL for word in words)
    front = stretch.before(pair)
    named = any(token.lower in _NAMING for token in front[-2:])
    return capitals and words[0][0].isupper() and (named or len(words) > 1)
