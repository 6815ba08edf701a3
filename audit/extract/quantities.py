"""Quantities: the numbers of a document with unit, hedge and what they count, of whom and when.

`quantity_forms.py` reads them off the text, `quantity_binding.py` and `quantity_changes.py` bind them by the parse, and
what is left here says what the parse shows to be no quantity after all. Ranks ("the 21st", "third-largest") are
quantities, too. Left out are dates and years, times of day, and numbers that name something (Section 12, COVID-19).
"""

from __future__ import annotations

from dataclasses import dataclass

from audit.extract.annotate import Annotated, Token
from audit.extract.dates import DatesByBlock, dates_by_block
from audit.extract.quantity_ages import find_decades
from audit.extract.quantity_binding import Binder, Binding
from audit.extract.quantity_changes import Change, Figure, change_of, linked, with_directions
from audit.extract.quantity_forms import Grammar
from audit.extract.quantity_ranks import find_ranks
from audit.extract.quantity_text import Found, plain
from audit.records import Block, Quantity

_UNREAD = frozenset({"boilerplate", "stage", "byline", "dateline"})
_NAMES = frozenset({"PRODUCT", "FAC", "LAW", "ORG", "WORK_OF_ART", "EVENT", "GPE", "LOC", "PERSON"})


@dataclass(frozen=True, slots=True)
class _Row:
    block: Block
    found: Found
    binding: Binding
    change: Change


def find_quantities(annotated: Annotated, read_dates: DatesByBlock | None = None) -> list[Quantity]:
    """The quantities of a document, in order. The value of a range is its first end.

    `read_dates`: the `dates_by_block` of the document, where they are known.
    """
    document = annotated.document
    found_dates = dates_by_block(document) if read_dates is None else read_dates
    read: list[tuple[Block, Found]] = []
    dates: list[tuple[int, int]] = []
    for block in document.blocks:
        if block.kind in _UNREAD:
            continue
        grammar = Grammar(document.block_text(block), found_dates.get(block.index, ()))
        if not grammar.block.words:
            continue
        every = [*grammar.read(), *find_ranks(grammar), *find_decades(grammar.block.text)]
        every.sort(key=lambda found: found.start)
        read.extend((block, found) for found in every if not _is_name(annotated, block, found))
        dates.extend((block.start + start, block.start + end) for start, end in grammar.guards.dates)
    binder = Binder(annotated, dates)
    rows = [_row(annotated, binder, block, found) for block, found in read]
    ids = [f"{document.key}.quantity.{number}" for number in range(1, len(rows) + 1)]
    together = linked([row.change for row in rows], ids)
    quantities = [_quantity(annotated, row, id, together.get(id, ())) for row, id in zip(rows, ids, strict=True)]
    return with_directions(quantities)


def _row(annotated: Annotated, binder: Binder, block: Block, found: Found) -> _Row:
    start, end = block.start + found.start, block.start + found.end
    is_part = found.measure in ("share", "points")
    binding = binder.bind(start, end, is_part)
    return _Row(block, found, binding, change_of(annotated, Figure(start, end, found.form == "multiple")))


def _quantity(annotated: Annotated, row: _Row, id: str, together: tuple[str, ...]) -> Quantity:
    found, binding = row.found, row.binding
    return Quantity(
        **annotated.document.place_fields(row.block.start + found.start, row.block.start + found.end),
        id=id,
        block=row.block.index,
        value=plain(found.value),
        low=plain(found.low),
        high=plain(found.high),
        unit=found.unit,
        measure=found.measure,
        per=found.per,
        form=found.form,
        other=found.other,
        of=binding.of,
        of_words=binding.of_words,
        base=binding.base,
        base_words=binding.base_words,
        hedge=found.hedge,
        direction=row.change.direction,
        role=row.change.role,
        change=together,
        sentence=binding.sentence,
        subject=binding.subject,
        verb=binding.verb,
        time=binding.time,
    )


# --- What the parse shows to be no quantity --------------------------------------------------------------------------


def _is_name(annotated: Annotated, block: Block, found: Found) -> bool:
    """Whether the number stands for somebody or is part of a name: "one of those who ...", "the S&P 500"."""
    tokens = annotated.between(block.start + found.start, block.start + found.end)
    if not tokens:
        return True
    if len(tokens) == 1 and tokens[0].lower == "one":
        return _is_pronoun(annotated, tokens[0])
    return found.bare and found.measure == "count" and _is_part_of_name(annotated, tokens[0])


def _is_pronoun(annotated: Annotated, token: Token) -> bool:
    """ "One" where it stands for somebody or something and counts nothing; "one of them" does count."""
    if token.dep in ("nummod", "compound"):
        return False
    following = annotated.tokens[token.i + 1] if token.i + 1 < len(annotated.tokens) else None
    return following is None or following.lower != "of"


def _is_part_of_name(annotated: Annotated, token: Token) -> bool:
    """Whether figures go on a name in front of them: Boeing 737, the S&P 500, Article 50."""
    if token.i == 0:
        return False
    before = annotated.tokens[token.i - 1]
    named = before.pos in ("PROPN", "NOUN") and before.text != before.lower
    if before.sent != token.sent or not named:
        return False
    if token.ent in _NAMES and not token.ent_begins:
        return True
    return token.head == before.i or (token.dep in ("nummod", "appos") and token.head <= before.i)
