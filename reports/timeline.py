"""The dated statements of all texts in the order of time, so that days can be compared before a rule does it."""

from __future__ import annotations

import calendar
import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from audit.reports.inputs import Inputs, InputText
from audit.reports.markup import hidden_markup
from audit.reports.weave import Span, Text, Token, clip, weave

from audit.records import DatedEvent, DateMention, Place, Statement
from audit.records.claims import AnyClaim

# Written out, since those of the standard library change with the locale.
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
AROUND = 130  # characters of a long sentence that are shown before and behind its date


@dataclass(frozen=True)
class Dated:
    """A sentence with its date marked, and where it stands."""

    tokens: tuple[Token, ...]
    speaker: str
    spot: str
    anchor: str


@dataclass(frozen=True)
class Moment:
    """A day or a span of days, with what the article and what the sources put there."""

    when: str
    first: str  # YYYY-MM-DD
    article: tuple[Dated, ...]
    sources: tuple[Dated, ...]


@dataclass(frozen=True)
class Timeline:
    """All moments, and how many dates the texts leave open."""

    moments: tuple[Moment, ...]
    open: int


def timeline(claims: Iterable[AnyClaim], inputs: Inputs) -> Timeline:
    """The timeline of a report. Dates are those that the records resolved; nothing is worked out here but the order."""
    claims = list(claims)
    dates = [claim for claim in claims if isinstance(claim, DateMention)]
    sentences = _sentences(claims)
    grouped: dict[tuple[str, str], list[tuple[InputText, DateMention]]] = defaultdict(list)
    for date in dates:
        text = inputs.holding(date)
        if date.earliest and text is not None:
            grouped[date.earliest, date.latest or date.earliest].append((text, date))
    moments = tuple(
        Moment(
            when=span_in_words(first, last),
            first=first,
            article=tuple(_told([at for at in found if at[0].is_article], sentences)),
            sources=tuple(_told([at for at in found if not at[0].is_article], sentences)),
        )
        for (first, last), found in sorted(grouped.items())
    )
    return Timeline(moments, sum(not date.earliest for date in dates))


def span_in_words(first: str, last: str) -> str:
    """Two days as people write them: "Tue 14 April 2026", "April 2026", "2019 – 2023". ISO days in, both included."""
    start, end = datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)
    if start == end:
        return f"{_WEEKDAYS[start.weekday()]} {_day(start)}"
    if (start.month, start.day) == (1, 1) and (end.month, end.day) == (12, 31):
        return f"{start.year}" if start.year == end.year else f"{start.year} – {end.year}"
    if start.day == 1 and end.day == calendar.monthrange(end.year, end.month)[1]:
        if (start.year, start.month) == (end.year, end.month):
            return f"{_month(start)} {start.year}"
        if start.year == end.year:
            return f"{_month(start)} – {_month(end)} {end.year}"
    return f"{_day(start)} – {_day(end)}"


def _day(day: datetime.date) -> str:
    return f"{day.day} {_month(day)} {day.year}"


def _month(day: datetime.date) -> str:
    return _MONTHS[day.month - 1]


def _sentences(claims: Sequence[AnyClaim]) -> dict[str, Place]:
    """The sentence of each date, by the date's id."""
    found: dict[str, Place] = {claim.date: claim.sentence for claim in claims if isinstance(claim, DatedEvent)}
    for claim in claims:
        if isinstance(claim, Statement):
            found.update(dict.fromkeys(claim.dates, claim))
    return found


def _told(found: Sequence[tuple[InputText, DateMention]], sentences: dict[str, Place]) -> list[Dated]:
    """What one side puts at a moment, in the order of the texts, each sentence once."""
    told: dict[tuple[str, int], Dated] = {}
    for text, date in found:
        start, end = _around(text, date, sentences.get(date.id))
        key = text.info.key, start
        if key not in told:
            told[key] = _dated(text, date, start, end)
    return list(told.values())


def _around(text: InputText, date: DateMention, sentence: Place | None) -> tuple[int, int]:
    """The sentence of a date; where it stands in none (a dateline, a table), its block."""
    if sentence is not None:
        return min(sentence.start, date.start), max(sentence.end, date.end)
    blocks = text.blocks_at(date.start, date.end)
    if not blocks:
        return date.start, date.end
    return text.blocks[blocks[0]].start, max(text.blocks[blocks[-1]].end, date.end)


def _dated(text: InputText, date: DateMention, start: int, end: int) -> Dated:
    first = start if date.start - start <= AROUND * 3 // 2 else text.word_start(date.start - AROUND, date.start)
    last = end if end - date.end <= AROUND * 3 // 2 else text.word_end(date.end, date.end + AROUND)
    words = text.words(first, last)
    mark = clip([Span(date.start, date.end, "", tag="strong")], first, last)
    tokens = weave(words, first, mark, hidden_markup(text.info.format, words))
    turn = text.turn_at(date.start)
    return Dated(
        tokens=(*([Text("… ")] if first > start else []), *tokens, *([Text(" …")] if last < end else [])),
        speaker=turn.speaker.name if turn is not None else "",
        spot=text.spot(date),
        anchor=text.anchor_at(date),
    )
