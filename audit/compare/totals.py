"""Parts listed in one sentence and their total in the next, or the other way round."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from audit.compare.passages import Passage
from audit.records import Figure, Statement

_LEAST = 3  # parts of a list that is taken to be whole, where nothing says how many there are
_MOST = 12
_SHORT = Decimal("0.1")  # share that parts may lack of a total which is not said to be theirs
_NUMBER = re.compile(r"\d[\d.,]*")
_WHOLE = re.compile(r"\b(?:total(?:l?ing)?|altogether|in all|all told|combined|overall|all of them)\b")
_OF_THESE = re.compile(
    r"\A(?:together|taken together|between them|combined|added up|that|this|they|these|the (?:sum|total))\b"
    r"(?=[^.]*\b(?:together|make|makes|made|come|comes|came|add|adds|added|have|has|had|amount\w*|total\w*|sum|"
    r"brings?|brought|is|are|was|were|hold|holds|employ\w*|cost\w*)\b)"
)
_ALONE = re.compile(r"\A\s?(?:[,.;:)]|(?:and|in|at|on|for|to|from|by|via|under|were|are|went|goes|go)\b|\Z)")
_INTO = re.compile(r"\b(?:into|on|in|for|between|among|over|of|to|comprises|has|covers)\s(?:the\s|these\s)?\Z")
_ENUMERATED = re.compile(
    r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|last|next|final|finally|largest|biggest|smallest|"
    r"largest|dearest|cheapest|costliest)\b"
)
_STOP = re.compile(r"[.!?]\s+[A-Z“\"]")
_ANOTHER_TIME = re.compile(r"\b(?:so far|since|this year|last year|until|by then|now)\b")


def spread_sums(passage: Passage) -> Iterator[tuple[Figure, Sequence[Figure], bool]]:
    """A total with its parts, from a sentence and the next one, and whether the parts are sure to be all of them."""
    following = passage.following[0] if passage.following else None
    if following is None or following.voice != passage.statement.voice:
        return
    behind = [figure for figure in passage.figures if figure.statement == following.id]
    yield from _total_behind(passage, following, behind)
    yield from _total_in_front(passage, following, behind)


def _total_behind(
    passage: Passage, following: Statement, behind: Sequence[Figure]
) -> Iterator[tuple[Figure, Sequence[Figure], bool]]:
    """ "£30,000 for the bank, £25,000 for the shelter and £20,000 for the club. Together that makes £85,000." """
    text = following.text.lower()
    sure = bool(_OF_THESE.search(text))
    totals = [figure for figure in behind if _is_amount(passage, figure)]
    if len(totals) != 1 or not (sure or _WHOLE.search(text)) or _ANOTHER_TIME.search(text):
        return
    parts = _parts(passage, totals[0], passage.statement, passage.first)
    if len(parts) >= _LEAST or (sure and len(parts) == 2):
        yield totals[0], parts, sure


def _total_in_front(
    passage: Passage, following: Statement, behind: Sequence[Figure]
) -> Iterator[tuple[Figure, Sequence[Figure], bool]]:
    """ "The 90 flats are spread over three streets. Elm Row gets 40, Dock Lane 30 and Mill Yard 28." """
    numbers = [f for f in passage.first if _is_amount(passage, f)]
    for total in numbers:
        others = [f for f in numbers if f is not total]
        parts = _parts(passage, total, following, behind)
        if len(others) == 1 and others[0].thing != total.thing and passage.quantity(others[0]).measure == "count":
            if Decimal(passage.quantity(others[0]).value) == len(parts) >= 2:
                yield total, parts, True
        elif not others and len(parts) >= _LEAST and _WHOLE.search(passage.statement.text.lower()):
            yield total, parts, False


# --- Told one by one over paragraphs ----------------------------------------------------------------------------------


def told_sums(passage: Passage) -> Iterator[tuple[Figure, Sequence[Figure]]]:
    """A total with parts that are told later on, as many as the text says there are."""
    for total in passage.first:
        if not passage.quantity(total).unit or not _is_amount(passage, total):
            continue
        amounts = list(_amounts_behind(passage, total))
        parts = _split(passage, total, amounts) or _one_by_one(passage, total, amounts)
        if parts:
            yield total, parts


def _amounts_behind(passage: Passage, total: Figure) -> Iterator[tuple[Statement, Figure]]:
    """The figures in the total's unit that follow it, each with its sentence; not what is quoted, planned or past."""
    for statement in (passage.statement, *passage.later):
        if statement.voice == "direct":
            continue
        for figure in passage.by_statement.get(statement.id, ()):
            earlier_or_planned = not {"former", "target"}.isdisjoint(figure.scope)
            same_unit = passage.quantity(figure).unit == passage.quantity(total).unit
            if figure.start > total.start and same_unit and not earlier_or_planned:
                yield statement, figure


def _split(passage: Passage, total: Figure, amounts: Sequence[tuple[Statement, Figure]]) -> list[Figure]:
    """ "The work falls into three parts. The shell takes €9m, the machines €6m and the garden €4m." """
    if not amounts or amounts[0][0] is passage.statement:
        return []
    home = amounts[0][0]
    parts = _up_to_stop(home, [figure for statement, figure in amounts if statement is home])
    at = passage.later.index(home)
    announcing = (passage.later[at - 1] if at else passage.statement, home)
    numbers = [f for s in announcing for f in passage.by_statement.get(s.id, ()) if f.start < parts[0].start]
    said = any(_says_how_many(passage, figure, len(parts)) for figure in numbers)
    return parts if said and len(parts) >= 2 and all(_is_part(passage, part, total) for part in parts) else []


def _up_to_stop(home: Statement, figures: Sequence[Figure]) -> list[Figure]:
    """The figures of a sentence up to a full stop that the model took for an abbreviation's: "£4m. In 2023 ..."."""
    found: list[Figure] = []
    for figure in figures:
        if found and _STOP.search(home.text[found[-1].end - home.start : figure.start - home.start]):
            break
        found.append(figure)
    return found


def _one_by_one(passage: Passage, total: Figure, amounts: Sequence[tuple[Statement, Figure]]) -> list[Figure]:
    """ "£8.2m for three museums. The largest ... £4.1m ... The second ... £2.6m ... The last ... £900,000" """
    numbers = [int(Decimal(passage.quantity(f).value)) for f in passage.first if _counts_parts(passage, f)]
    if len(numbers) != 1 or len(amounts) < numbers[0]:
        return []
    told = amounts[: numbers[0]]
    if not all(_is_part(passage, part, total) for _, part in told):
        return []
    enumerated = sum(bool(_ENUMERATED.search(_paragraph_until(passage, s))) for s, _ in told)
    return [part for _, part in told] if 2 * enumerated > len(told) else []


def _says_how_many(passage: Passage, figure: Figure, number: int) -> bool:
    return _counts_parts(passage, figure) and Decimal(passage.quantity(figure).value) == number


def _counts_parts(passage: Passage, figure: Figure) -> bool:
    """ "Into three parts", "on four projects", "three ways"."""
    quantity = passage.quantity(figure)
    counts = quantity.measure == "count" and quantity.form == "number" and figure.form == "counted"
    if not counts or Decimal(quantity.value) % 1 or not 2 <= Decimal(quantity.value) <= _MOST:
        return False
    return bool(_INTO.search(passage.around(figure)[0])) or figure.thing == "way"


def _paragraph_until(passage: Passage, statement: Statement) -> str:
    """A sentence with those before it in its paragraph, lower case."""
    near = [s.text.lower() for s in passage.later if s.block == statement.block and s.start <= statement.start]
    return " ".join(near)


def is_plausible(total: Decimal, parts: Decimal, sure: bool) -> bool:
    """Whether parts that do not make a total are likely to be all of it: too much, or short by little."""
    return sure or parts > total or total - parts <= total * _SHORT


def _is_amount(passage: Passage, figure: Figure) -> bool:
    quantity = passage.quantity(figure)
    changes = quantity.role != "none" and quantity.direction != "none"
    return quantity.form == "number" and not changes and quantity.measure not in ("duration", "rank", "age")


def _parts(passage: Passage, total: Figure, home: Statement, figures: Sequence[Figure]) -> list[Figure]:
    """All figures of a sentence, if they are parts of the total and nothing else; none where one of them is not."""
    whole = passage.quantity(total)
    if not figures or len(figures) > _MOST or len(_NUMBER.findall(_unread(home, figures))):
        return []
    if any(not _is_part(passage, figure, total) for figure in figures):
        return []
    if not whole.unit and total.thing not in {figure.thing for figure in figures}:
        return []
    return list(figures)


def _is_part(passage: Passage, figure: Figure, total: Figure) -> bool:
    whole, part = passage.quantity(total), passage.quantity(figure)
    if (part.unit, part.measure, part.form) != (whole.unit, whole.measure, "number") or part.role != "none":
        return False
    if Decimal(part.value) >= Decimal(whole.value) or set(figure.scope) & {"each", "average", "target", "former"}:
        return False
    named = figure.lead == "of" or figure.form == "attributive"  # "a budget of £2m will not pay for lifts"
    if (figure.negated and not named) or part.hedge:
        return False
    return bool(whole.unit) or figure.thing == total.thing or bool(_ALONE.match(passage.around(figure)[1]))


def _unread(home: Statement, figures: Sequence[Figure]) -> str:
    """The words of a sentence without its figures: a number that is left over may be a part that was not read."""
    text = home.text
    for figure in sorted(figures, key=lambda figure: -figure.start):
        text = text[: figure.start - home.start] + text[figure.end - home.start :]
    return text
