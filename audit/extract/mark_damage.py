"""Quotation marks that have lost their partner, and quoted words that are no clause, as records."""

from __future__ import annotations

from collections.abc import Sequence

from audit.extract.annotate import Annotated, Token
from audit.extract.mark_pairing import Loose
from audit.extract.marks import PROSE, Pair
from audit.records import MarkDamage

_HINTS = {
    "unclosed": "an opening quotation mark without a closing one",
    "unopened": "a closing quotation mark without an opening one",
    "nested-unclosed": "a quotation inside the quotation that is opened and not closed",
}
_LIKELIHOOD = frozenset({"likely", "unlikely", "probable", "improbable", "doubtful"})


def find_mark_damage(annotated: Annotated) -> list[MarkDamage]:
    """Loose quotation marks, and quoted clauses that are not grammatical, in order of the text.

    A loose mark's record runs to the end of its sentence at most, so that the words show what it belongs to.
    """
    document = annotated.document
    marks = annotated.marks
    found: list[tuple[int, int, int, str, str]] = []
    for one in marks.loose:
        if document.blocks[one.block].kind in PROSE:
            start, end = _around(annotated, one)
            found.append((start, end, one.block, one.form, _HINTS[one.form]))
    for pair in marks.pairs:
        if pair.depth == 0 and document.blocks[pair.block].kind in PROSE:
            broken = _ungrammatical(annotated, pair)
            if broken is not None:
                found.append((*broken, pair.block, "ungrammatical", "“whether” opens a clause that nothing answers"))
    found.sort()
    return [
        MarkDamage(
            **document.place_fields(start, end),
            id=f"{document.key}.mark_damage.{number}",
            block=block,
            form=form,
            hint=hint,
        )
        for number, (start, end, block, form, hint) in enumerate(found, start=1)
    ]


def _around(annotated: Annotated, one: Loose) -> tuple[int, int]:
    """A stretch of words beside a loose mark: what follows an opening one, what leads to a closing one."""
    block = annotated.document.blocks[one.block]
    if one.form == "unopened":
        sentence = annotated.sentence_at(max(one.start - 1, block.start))
        start = annotated.tokens[sentence.first].start if sentence is not None else block.start
        return min(max(start, block.start), one.start), one.end
    tokens = annotated.between(one.end, block.end)
    if not tokens:
        return one.start, one.end
    last = annotated.sentences[tokens[0].sent].last - 1
    return one.start, min(max(annotated.tokens[last].end, one.end), block.end)


def _ungrammatical(annotated: Annotated, pair: Pair) -> tuple[int, int] | None:
    """A clause "whether A would B is unlikely": a question cannot be likely or unlikely."""
    tokens = annotated.between(pair.inner_start, pair.inner_end)
    for at, token in enumerate(tokens):
        if token.lower != "whether" or not _opens_clause(tokens, at):
            continue
        for end in range(at + 3, min(at + 25, len(tokens))):
            if tokens[end].text in ",;:.?!—–" or tokens[end].lower in ("or", "depends", "remains", "and", "but"):
                break
            if tokens[end].lower in _LIKELIHOOD and tokens[end - 1].lower in ("is", "was", "seems", "remains", "very"):
                return token.start, tokens[end].end
    return None


def _opens_clause(tokens: Sequence[Token], at: int) -> bool:
    """Whether "whether" stands where a clause begins, not behind a verb or noun that asks."""
    if at == 0:
        return True
    before = tokens[at - 1]
    return before.text in ",;:.—–" or before.lower in ("but", "and", "so", "yet")
