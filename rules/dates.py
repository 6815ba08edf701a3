"""Rules about single dates, ages and durations: what the calendar and a subtraction can settle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import ClassVar

from audit.rules.base import Rule
from audit.rules.passages import joined, passage

from audit.compare.timeline import Days, days_of, lives_of, years_between
from audit.extract.date_words import WEEKDAYS
from audit.records import DateMention, Dossier, Draft, LifeFact, Person, Quantity, Statement
from audit.records.findings import Confidence, Family


class DateRule(Rule):
    """What the rules about dates share."""

    family: ClassVar[Family] = "dates"


def in_words(day: date) -> str:
    """3 February 2026."""
    return f"{day.day} {day:%B %Y}"


class WeekdayOff(DateRule):
    """A weekday that does not fit the date beside it.

    Both fixes are offered: the weekday of that date, and the nearest dates that have that weekday. An error where the
    text gives the year; a warning where the year comes from the publication date or from the other dates of the text,
    which is then said. Silent where the year is open, and where the weekday fits the year before or after just as well.
    Source: rule catalogue, date-does-not-compute.

    Fails:
        article: The mill reopens on Tuesday, 6 November 2024, the council said.

    Passes:
        article: The mill reopens on Wednesday, 6 November 2024, the council said.
    """

    id = "weekday-off"
    severity = "error"

    def check(self, dossier: Dossier) -> Iterable[Draft]:
        for mention in dossier.article.of(DateMention):
            if not mention.weekday or mention.month is None or mention.day is None or mention.range:
                continue
            days = days_of(mention)
            if days is None:
                yield from self._by_neighbour(dossier, mention)
            elif days.first == days.last and WEEKDAYS[days.first.weekday()] != mention.weekday:
                yield self._draft(dossier, mention, days.first)

    def _by_neighbour(self, dossier: Dossier, mention: DateMention) -> Iterator[Draft]:
        """A date without a year, in the year that brings it nearest to a full date of the article or its source."""
        anchor = _full_date(dossier, mention)
        origin = days_of(anchor) if anchor is not None else None
        day = _nearest(mention, origin.first) if origin is not None else None
        if day is not None and anchor is not None and WEEKDAYS[day.weekday()] != mention.weekday:
            yield self._draft(dossier, mention, day, anchor)

    def _draft(self, dossier: Dossier, mention: DateMention, day: date, anchor: DateMention | None = None) -> Draft:
        right = WEEKDAYS[day.weekday()]
        off = (WEEKDAYS.index(mention.weekday) - day.weekday()) % 7
        near = [day + timedelta(days=off - 7), day + timedelta(days=off)]
        explicit = mention.resolved == "explicit"
        place = dossier.article.statement_at(mention) or mention
        why = [f"{in_words(day)} is a {right}"]
        if not explicit:
            origin = f"“{anchor.text}”" if anchor is not None else _origin(dossier, mention)
            why.append(f"the year {day.year} is not in the words; it comes from {origin}")
        return Draft(
            rule=self.id,
            severity="error" if explicit else "warning",
            confidence="high" if explicit else "medium",
            message=f"Is it {right}, {in_words(day)}, or {mention.weekday}, {in_words(near[0])} or {in_words(near[1])}?"
            f" {in_words(day)} is not a {mention.weekday}.",
            evidence=joined(
                (
                    passage(place, "in the article", marks=(mention,)),
                    *((passage(anchor, "the date that gives the year"),) if anchor is not None else ()),
                )
            ),
            why=tuple(why),
            clear="the day of the event from a calendar or an announcement",
        )


_NEAR_BY = 92  # days from a full date within which a date without a year is taken to belong to it


def _full_date(dossier: Dossier, mention: DateMention) -> DateMention | None:
    """The full date that stands nearest in the article; the first one of a source where the article has none."""
    own = [date for date in dossier.article.of(DateMention) if _is_full(date)]
    if own:
        return min(own, key=lambda date: (abs(date.start - mention.start), date.start))
    return next((date for records in dossier.sources for date in records.of(DateMention) if _is_full(date)), None)


def _is_full(mention: DateMention) -> bool:
    return (
        mention.year is not None
        and mention.precision == "day"
        and mention.resolved == "explicit"
        and (not mention.range)
    )


def _nearest(mention: DateMention, origin: date) -> date | None:
    """The day of a date without a year that is near another day; None where none is."""
    if mention.month is None or mention.day is None:
        return None
    for year in (origin.year, origin.year - 1, origin.year + 1):
        try:
            day = date(year, mention.month, mention.day)
        except ValueError:
            continue
        if abs((day - origin).days) <= _NEAR_BY:
            return day
    return None


def _origin(dossier: Dossier, mention: DateMention) -> str:
    published = dossier.article.document.meta.date
    if mention.resolved in ("published", "dateline") and published is not None:
        return f"the article's date, {in_words(published)}"
    if mention.anchor:
        return f"“{dossier.date(mention.anchor).text}” before it"
    return "the one year that the article's other dates have"


class AgeOff(DateRule):
    """An age that does not fit the birth date, or two ages of one person at one time.

    The age is held against the birth date or year of the same person, at the date of what is told there or at the
    publication date; pronouns count, also over a sentence. Without a birthday both ages of a year are allowed. Silent
    where the text does not say when the person had the age, and where the age is hedged or quoted. Source: rule
    catalogue, date-does-not-compute.

    Fails:
        article: The poet Ana Reyes was born on 3 June 1934. Her first book was published in 1967.
                She was 29 and poor.

    Passes:
        article: The poet Ana Reyes was born on 3 June 1934. Her first book was published in 1967.
                She was 32 and poor.
    """

    id = "age-off"
    severity = "error"

    def check(self, dossier: Dossier) -> Iterable[Draft]:
        for facts in lives_of(dossier).values():
            births = [f for f in facts if f.fact == "birth" and not f.quoted]
            ages = [f for f in facts if f.fact == "age" and not f.quoted]
            found = next(iter(self._against_birth(dossier, births, ages)), None) or _two_ages(dossier, ages)
            if found is not None:
                yield found

    def _against_birth(self, dossier: Dossier, births: list[LifeFact], ages: list[LifeFact]) -> Iterator[Draft]:
        for age in ages:
            at = days_of(age)
            fits = [b for b in births if (d := days_of(b)) is not None and at is not None and _fits(age, d, at)]
            if at is None or fits or age.years is None:
                continue
            for birth in births:
                born = days_of(birth)
                if born is not None and _ours(dossier, age, birth):
                    low, high = years_between(born, at)
                    yield self._draft(dossier, age, birth, (low, high), at)

    def _draft(self, dossier: Dossier, age: LifeFact, birth: LifeFact, span: tuple[int, int], at: Days) -> Draft:
        allowed = str(span[0]) if span[0] == span[1] else f"{span[0]} or {span[1]}"
        when = in_words(at.first) if at.first == at.last else str(at.last.year)
        basis = {"published": "the publication date", "before": "the date in the sentence before"}
        return Draft(
            rule=self.id,
            severity="error" if age.basis == "sentence" else "warning",
            confidence="medium" if age.basis == "before" else "high",
            message=f"Is {_name(dossier, age)} {age.years} here? By the birth date given, the age is {allowed}.",
            evidence=joined(
                (
                    passage(age.sentence, _where(dossier, age), marks=(age,)),
                    passage(birth.sentence, _where(dossier, birth), marks=(birth,)),
                )
            ),
            why=(
                f"born {birth.text}, at {when} ({basis.get(age.basis, 'the date in the sentence')}): {allowed}, "
                f"not {age.years}",
            ),
            clear="the date of birth and the day that the age is meant for",
        )


def _fits(age: LifeFact, birth: Days, at: Days) -> bool:
    low, high = years_between(birth, at)
    return age.years is not None and low <= age.years <= high


def _two_ages(dossier: Dossier, ages: list[LifeFact]) -> Draft | None:
    """Two ages of one person at the time of the article, inside the article."""
    now = [a for a in ages if a.basis == "published" and _in_article(dossier, a)]
    other = next((a for a in now[1:] if a.years != now[0].years), None)
    if other is None:
        return None
    return Draft(
        rule=AgeOff.id,
        severity="warning",
        confidence="medium",
        message=f"Is {_name(dossier, other)} {now[0].years} or {other.years}? The article gives both ages.",
        evidence=joined(passage(a.sentence, "in the article", marks=(a,)) for a in (now[0], other)),
        why=(f"{now[0].years} at one place and {other.years} at another, both without a date of their own",),
        clear="one age in both places, or the time that each of them is meant for",
    )


def _in_article(dossier: Dossier, fact: LifeFact) -> bool:
    return fact.id.startswith(f"{dossier.article.document.key}.")


def _ours(dossier: Dossier, *facts: LifeFact) -> bool:
    return any(_in_article(dossier, fact) for fact in facts)


def _where(dossier: Dossier, fact: LifeFact) -> str:
    return "in the article" if _in_article(dossier, fact) else "in the source"


def _name(dossier: Dossier, fact: LifeFact) -> str:
    person = dossier.claim(fact.person) if fact.person is not None else None
    return person.name if isinstance(person, Person) else "the person"


class DurationOff(DateRule):
    """A number of years beside its first and last year that does not fit the two.

    "A 12-year reign from 1990 to 2005": the years between the two, one more or less allowed for the days inside a year
    and for counting both ends. Only where the number and the range stand next to each other, in the article's own
    voice. Source: rule catalogue, date-does-not-compute.

    Fails:
        article: The mill closed after the 12-year reign of Ana Reyes from 1990 to 2005.

    Passes:
        article: The mill closed after the 15-year reign of Ana Reyes from 1990 to 2005.
    """

    id = "duration-off"
    severity = "warning"
    preview = True

    def check(self, dossier: Dossier) -> Iterable[Draft]:
        for statement in dossier.article.of(Statement):
            if statement.voice != "narration":
                continue
            ranges = [d for id in statement.dates if (d := dossier.date(id)).range and d.precision == "year"]
            lengths = [q for id in statement.quantities if _is_years(q := dossier.quantity(id))]
            if len(ranges) == len(lengths) == 1 and _gap(ranges[0], lengths[0]) <= _NEXT_TO:
                draft = self._compare(statement, ranges[0], lengths[0])
                if draft is not None:
                    yield draft

    def _compare(self, statement: Statement, span: DateMention, length: Quantity) -> Draft | None:
        if span.year is None or span.until_year is None:
            return None
        years = span.until_year - span.year
        low, high = Decimal(length.low), Decimal(length.high)
        if length.hedge:
            low, high = low * Decimal("0.8"), high * Decimal("1.2")
        if years <= 0 or (low <= years + 1 and high >= years - 1):
            return None
        return Draft(
            rule=self.id,
            severity="warning",
            confidence="medium",
            message=f"Is it {length.text} or another time? From {span.year} to {span.until_year} it is {years} years.",
            evidence=(passage(statement, "in the article", marks=(length, span)),),
            why=(f"{span.until_year} − {span.year} = {years}, one more or less allowed; printed: {length.text}",),
            clear="the number that fits the two years, or the right years",
        )


_NEXT_TO = 40  # characters between a number of years and the range that it is held against


def _is_years(quantity: Quantity) -> bool:
    return quantity.measure == "duration" and quantity.unit == "year"


def _gap(one: DateMention, other: Quantity) -> int:
    return max(one.start - other.end, other.start - one.end)


class DayWithoutAnchor(DateRule):
    """A weekday, "yesterday" or "last month" in a text that has no date at all.

    One note for the whole document, and only where neither its metadata nor a dateline nor any full date in the text
    gives a reader the day to count from. Source: rule catalogue, day-without-anchor.

    Fails:
        article: The council voted on Wednesday to keep the ferry. It will run until next month.

    Passes:
        article: The council voted on Wednesday, 3 June 2020, to keep the ferry. It will run until next month.
    """

    id = "day-without-anchor"
    severity = "note"
    confidence: ClassVar[Confidence] = "medium"
    preview = True

    def check(self, dossier: Dossier) -> Iterable[Draft]:
        if dossier.article.document.meta.date is not None:
            return
        dates = list(dossier.article.of(DateMention))
        if any(d.year is not None and d.precision == "day" for d in dates):
            return
        voices = [s for s in dossier.article.of(Statement) if s.voice == "narration"]
        sentences = {id: s for s in voices for id in s.dates}
        loose = [d for d in dates if d.id in sentences and _is_loose(d)]
        if loose:
            yield self._draft(loose, sentences[loose[0].id])

    def _draft(self, loose: list[DateMention], sentence: Statement) -> Draft:
        return Draft(
            rule=self.id,
            severity="note",
            confidence="medium",
            message=f"From which day is “{loose[0].text}” counted? The copy has no date of its own.",
            evidence=(passage(sentence, "in the article", marks=loose),),
            why=(f"{len(loose)} such words, and no publication date, dateline or full date in the text",),
            clear="the publication date in the article's head, or dates in place of such words",
        )


def _is_loose(mention: DateMention) -> bool:
    """Whether a date can only be read from the day of writing, and names a day that passes."""
    if mention.earliest or mention.range:
        return False
    deictic = mention.relative in (
        "yesterday",
        "tomorrow",
        "last night",
        "last week",
        "next week",
        "last month",
        "next month",
    )
    return deictic or (mention.precision == "weekday" and not mention.relative and not mention.text.endswith("s"))


SINGLE_DATE_RULES = (WeekdayOff, AgeOff, DurationOff, DayWithoutAnchor)
