"""Stretches: a text cut into sentences as a reader of quotations sees them.

The parser ends a sentence at a question mark inside a quotation and parts it from its attribution. A stretch is the
narration between two full stops together with the quotations that stand in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from audit.extract.annotate import Annotated, Token
from audit.extract.cues import SAY, verb_lemma
from audit.extract.marks import Pair

_TERMINAL = (".", "!", "?")
_OPEN_ENDED = ("...", "…", "!", "?", "—", "–", "-")
_INNER_MARKS = "'\"’”»)* \u00a0"
_SEPARATORS = frozenset({",", "—", "–", "-", "--", ";"})


@dataclass(slots=True)
class Stretch:
    """Narration tokens and top-level pairs in the order of the text; `block` is the document's block."""

    block: int
    items: list[Token | Pair] = field(default_factory=list)

    @property
    def tokens(self) -> list[Token]:
        return [item for item in self.items if isinstance(item, Token)]

    @property
    def pairs(self) -> list[Pair]:
        return [item for item in self.items if isinstance(item, Pair)]

    @property
    def words(self) -> list[Token]:
        """The narration without punctuation."""
        return [token for token in self.tokens if any(sign.isalnum() for sign in token.text)]

    def before(self, pair: Pair) -> list[Token]:
        """The narration in front of a pair, back to the pair before it."""
        at = self.items.index(pair)
        found: list[Token] = []
        while at and isinstance(item := self.items[at - 1], Token):
            found.append(item)
            at -= 1
        return found[::-1]

    def behind(self, pair: Pair) -> list[Token]:
        """The narration behind a pair, up to the next one."""
        found: list[Token] = []
        for item in self.items[self.items.index(pair) + 1 :]:
            if not isinstance(item, Token):
                break
            found.append(item)
        return found

    def extent(self) -> tuple[int, int]:
        """View offsets from the first item to the last."""
        return self.items[0].start, self.items[-1].end


def cut(annotated: Annotated, start: int, end: int, pairs: Sequence[Pair]) -> list[Stretch]:
    """The stretches of a part of one block; `pairs` are those that lie in it and in no other pair there."""
    items = list(_items(annotated, start, end, pairs))
    if not items:
        return []
    stretches = [Stretch(items[0].block)]
    for at, item in enumerate(items):
        if at and _parts(annotated, items, at):
            stretches.append(Stretch(item.block))
        stretches[-1].items.append(item)
    return stretches


def _items(annotated: Annotated, start: int, end: int, pairs: Sequence[Pair]) -> Iterator[Token | Pair]:
    waiting = list(reversed(pairs))
    inside = start
    for token in annotated.between(start, end):
        while waiting and waiting[-1].start <= token.start:
            inside = waiting[-1].end
            yield waiting.pop()
        if token.start >= inside and not token.is_space:
            yield token
    yield from reversed(waiting)


def _parts(annotated: Annotated, items: Sequence[Token | Pair], at: int) -> bool:
    """Whether a new stretch begins with the item at this index."""
    before, item = items[at - 1], items[at]
    if isinstance(before, Token):
        if before.text in _TERMINAL:
            return True
        return isinstance(item, Token) and before.sent != item.sent and before.text.endswith(_TERMINAL)
    said = ending(annotated, before)
    if isinstance(item, Pair):
        return said.endswith(_TERMINAL)
    if item.text in _SEPARATORS or item.text[:1].islower() or item.text in (")", ":", *_TERMINAL):
        return False
    return said.endswith(_TERMINAL) and not _opens_attribution(annotated, items, at, short=said.endswith("."))


def inner_text(annotated: Annotated, pair: Pair) -> str:
    """The words between two marks, blanks at the edges left out."""
    return annotated.document.view[pair.inner_start : pair.inner_end].strip()


def ending(annotated: Annotated, pair: Pair) -> str:
    """The words between two marks without the closing marks of quotations nested at their end."""
    return inner_text(annotated, pair).rstrip(_INNER_MARKS)


def _opens_attribution(annotated: Annotated, items: Sequence[Token | Pair], at: int, short: bool) -> bool:
    """Whether "Ruth Lane, who chairs the board, asked." follows: a name and its verb, with nothing said behind it.

    Behind a full stop only the short form counts, with nothing else in its sentence ("... at once." Lane said.).
    """
    for number, item in enumerate(items[at : at + 30]):
        if isinstance(item, Pair) or item.text in _TERMINAL:
            return False
        if number and item.pos in ("VERB", "AUX") and item.dep not in ("relcl", "acl", "aux", "auxpass"):
            following = items[at + number + 1] if at + number + 1 < len(items) else None
            if verb_lemma(item) not in SAY or _announces(items, at + number + 1) or _reports(annotated, item):
                return False
            if short:
                return number <= 3 and (following is None or _is_stop(following))
            return following is None or isinstance(following, Pair) or not _goes_on(following)
    return False


def _is_stop(item: Token | Pair) -> bool:
    return isinstance(item, Token) and item.text in _TERMINAL


def _announces(items: Sequence[Token | Pair], at: int) -> bool:
    """Whether the verb in front of this index announces the next quotation: "Lane wrote back, "..."."""
    for item in items[at : at + 4]:
        if isinstance(item, Pair):
            return True
        if item.text not in (",", ":") and item.pos not in ("ADV", "ADP", "PART"):
            return False
    return False


def _reports(annotated: Annotated, verb: Token) -> bool:
    """Whether the verb has its own clause behind it: "replied to him that it was late"."""
    clause = annotated.child(verb, "ccomp")
    return clause is not None and clause.i > verb.i


def _goes_on(token: Token) -> bool:
    """Whether something said follows a reporting verb: "asked that", "said he"."""
    return token.lower in ("that", "whether", "if") or token.pos in ("PRON", "DET", "VERB")
