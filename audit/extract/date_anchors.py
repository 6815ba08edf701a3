"""Which day a date means when its words leave year or day open: taken from where the document says it, or left open.

Looked at in this order: the words themselves; an explicit date before it in the same paragraph; the publication date or
dateline, with the tense of the verb saying on which side of it; the one year that all explicit dates of the document
have. Where two of these disagree, nothing is settled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from audit.extract.date_calendar import Span, numbered_weekdays, relative_span, shift, weekday_near, written_span
from audit.extract.date_reading import Reading
from audit.extract.date_words import WEEKDAYS

Tense = Literal["past", "present", "future", ""]
How = Literal["explicit", "inherited", "dateline", "published", "nearest", ""]
_FULL = frozenset({"day", "month", "season", "quarter", "half"})


@dataclass(frozen=True, slots=True)
class Meant:
    """The days that a date means and where they come from; `anchor` is the index of the date it was counted from."""

    span: Span | None
    how: How = ""
    anchor: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A reading where it stands: its block, its sentence, and what the verb and the words around it say."""

    reading: Reading
    block: int
    sentence: int
    tense: Tense = ""
    story: bool = False  # "the next day": counted from the story, not from the day of speaking


class Anchors:
    """The dates of one document, resolved from front to back."""

    def __init__(self, dates: Sequence[Standing], published: date | None, how: How) -> None:
        self._dates, self._published, self._how = dates, published, how
        years = {d.reading.at.year for d in dates if d.reading.precision in _FULL and d.reading.at.year}
        self._only_year = years.pop() if len(years) == 1 else None
        self._found: list[Meant] = []

    def resolve(self) -> list[Meant]:
        """What each date means, in their order."""
        for at, standing in enumerate(self._dates):
            self._found.append(self._one(at, standing))
        return self._found

    def _one(self, at: int, standing: Standing) -> Meant:
        reading = standing.reading
        if reading.precision == "time":
            return Meant(None)
        if (explicit := written_span(reading)) is not None:
            return Meant(explicit, "explicit")
        if reading.at.year is not None and reading.step is None:
            return Meant(None)  # 30 February 2021
        if reading.from_words:
            return self._counted_from(reading)
        if reading.step is not None:
            return self._relative(at, standing)
        if reading.precision == "weekday":
            return self._weekday(standing)
        if reading.at.month is None and not reading.holiday and not reading.season and not reading.quarter:
            return self._numbered(reading)
        return self._yearless(at, standing)

    def _counted_from(self, reading: Reading) -> Meant:
        """ "Two days after Christmas": settled where the day it counts from is a year."""
        if not reading.from_words.isdigit() or reading.step is None or reading.unit not in ("year", "decade"):
            return Meant(None)
        first = shift(date(int(reading.from_words), 1, 1), reading.step, reading.unit)
        return Meant(Span(first, date(first.year, 12, 31)), "explicit") if first is not None else Meant(None)

    def _relative(self, at: int, standing: Standing) -> Meant:
        if standing.story or standing.reading.story:
            before = self._before(at)
            if before is None:
                return Meant(None)
            span = self._found[before].span
            assert span is not None
            ends = [relative_span(standing.reading, day) for day in (span.first, span.last)]
            if ends[0] is None or ends[1] is None:
                return Meant(None)
            return Meant(Span(ends[0].first, ends[1].last), "nearest", before)
        if self._published is None:
            return Meant(None)
        return Meant(relative_span(standing.reading, self._published), self._how)

    def _weekday(self, standing: Standing) -> Meant:
        if self._published is None or standing.tense not in ("past", "future"):
            return Meant(None)
        name = standing.reading.weekday
        if WEEKDAYS[self._published.weekday()] == name:
            return Meant(Span.day(self._published), self._how)
        step = -1 if standing.tense == "past" else 1
        return Meant(Span.day(weekday_near(self._published, name, step)), self._how)

    def _numbered(self, reading: Reading) -> Meant:
        """ "Monday 21": a day of the months around the publication, where only one fits."""
        if self._published is None or not reading.weekday or reading.at.day is None:
            return Meant(None)
        days = numbered_weekdays(self._published, reading.weekday, reading.at.day)
        near = [day for day in days if abs((day - self._published).days) <= 45]
        return Meant(Span.day(near[0]), self._how) if len(near) == 1 else Meant(None)

    def _yearless(self, at: int, standing: Standing) -> Meant:
        reading = standing.reading
        before = self._before(at, same_block=True, full=True)
        if before is not None and self._dates[before].sentence == standing.sentence:
            return self._with_year_of(before, reading)
        if self._published is not None:
            year = self._near_published(reading, standing.tense, self._published)
            if before is not None and self._year_of(before) not in (year, self._published.year):
                return Meant(None)  # a paragraph about another year
            return Meant(written_span(reading, year), self._how)
        if before is not None and self._only_year is None:
            return Meant(None)
        if self._only_year is not None:
            return Meant(written_span(reading, self._only_year), "inherited")
        return Meant(None)

    def _with_year_of(self, before: int, reading: Reading) -> Meant:
        year = self._year_of(before)
        return Meant(written_span(reading, year), "nearest", before) if year is not None else Meant(None)

    def _near_published(self, reading: Reading, tense: Tense, published: date) -> int:
        """The year in which a date without one lies nearest to the publication, on the side that the verb says.

        A weekday beside it decides first: published in January, "Tuesday 16 December" is one of last year.
        """
        years = [published.year + n for n in (-1, 0, 1)]
        spans = {year: span for year in years if (span := written_span(reading, year)) is not None}
        fitting = [y for y, s in spans.items() if reading.weekday and WEEKDAYS[s.first.weekday()] == reading.weekday]
        near = [year for year in fitting or spans if abs((spans[year].first - published).days) <= 300]
        if tense == "past" and not fitting:
            near = [year for year in near if spans[year].first <= published] or near
        if tense == "future" and not fitting:
            near = [year for year in near if spans[year].last >= published] or near
        return min(
            near or years[1:2], key=lambda year: abs((spans[year].first - published).days) if year in spans else 0
        )

    def _year_of(self, at: int) -> int | None:
        reading = self._dates[at].reading
        return (reading.until.year if reading.until is not None else None) or reading.at.year

    def _before(self, at: int, *, same_block: bool = False, full: bool = False) -> int | None:
        """The date before in this paragraph or the one before, with a span of its own."""
        here = self._dates[at].block
        for other in range(at - 1, max(-1, at - 12), -1):
            standing = self._dates[other]
            if standing.block < here - (0 if same_block else 1):
                return None
            if self._found[other].span is None or standing.reading.precision in ("decade", "century"):
                continue
            if not full or (standing.reading.precision in _FULL and standing.reading.at.year is not None):
                return other
        return None
