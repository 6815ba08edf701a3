"""Days that a reading can mean: calendar arithmetic over spans of days, each a first and a last day."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from audit.extract.date_reading import Parts, Reading
from audit.extract.date_words import WEEKDAYS, holiday

_SEASONS = {"spring": (3, 6), "summer": (6, 9), "autumn": (9, 12), "fall": (9, 12), "winter": (12, 15)}
_MONTHS_OF = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}


@dataclass(frozen=True, slots=True)
class Span:
    """From a first to a last day, both included."""

    first: date
    last: date

    @staticmethod
    def day(value: date) -> Span:
        return Span(value, value)

    def meets(self, other: Span) -> bool:
        """Whether the two have a day in common."""
        return self.first <= other.last and other.first <= self.last


def make_day(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none: 30 February."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_span(year: int, month: int) -> Span:
    """A month; months above 12 run on into the next year."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return Span(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


def year_span(year: int, years: int = 1) -> Span:
    return Span(date(year, 1, 1), date(min(year + years - 1, 9999), 12, 31))


def shift(day: date, number: int, unit: str) -> date | None:
    """A day moved by so many days, weeks, months, years, ...; the last day of the month where it is shorter."""
    try:
        if unit in ("day", "week", "weekend"):
            return day + timedelta(days=number * (1 if unit == "day" else 7))
        months = day.year * 12 + day.month - 1 + number * _MONTHS_OF[unit]
        year, month = divmod(months, 12)
        return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
    except (OverflowError, ValueError, KeyError, calendar.IllegalMonthError):
        return None


def week_of(day: date) -> Span:
    """Monday to Sunday."""
    monday = day - timedelta(days=day.weekday())
    return Span(monday, monday + timedelta(days=6))


def weekday_near(day: date, name: str, step: int) -> date:
    """The last such weekday before a day (-1), the next one after it (1), or that of its week (0)."""
    index = WEEKDAYS.index(name)
    if step < 0:
        return day - timedelta(days=(day.weekday() - index - 1) % 7 + 1)
    if step > 0:
        return day + timedelta(days=(index - day.weekday() - 1) % 7 + 1)
    return week_of(day).first + timedelta(days=index)


def nearest_weekday(day: date, name: str) -> date:
    """The nearest day with that name, at most three days off."""
    return day + timedelta(days=(WEEKDAYS.index(name) - day.weekday() + 3) % 7 - 3)


def numbered_weekdays(today: date, name: str, number: int) -> list[date]:
    """ "Monday 21": that day of this month where it is one, else the next ones before and after, at most a year off."""
    found: list[date] = []
    for steps in ((0,), range(-1, -13, -1), range(1, 13)):
        for step in steps:
            month = month_span(today.year - 2, today.month + 24 + step).first
            day = make_day(month.year, month.month, number)
            if day is not None and WEEKDAYS[day.weekday()] == name:
                found.append(day)
                break
        if steps == (0,) and found:
            break
    return found


def season_span(name: str, year: int) -> Span:
    """A season of the north, a few days wider than the almanac's; winter ends in the next year."""
    first, behind = _SEASONS[name]
    last = month_span(year, behind)
    return Span(month_span(year, first).first, last.last - timedelta(days=7))


def parts_span(parts: Parts, year: int | None = None) -> Span | None:
    """The days of year, month and day as far as they are known, with a year for those that have none."""
    known = parts.year or year
    if known is None:
        return None
    if parts.month is None:
        return year_span(known)
    if parts.day is None:
        return month_span(known, parts.month)
    day = make_day(known, parts.month, parts.day)
    return Span.day(day) if day is not None else None


def written_span(reading: Reading, year: int | None = None) -> Span | None:
    """What a reading means by its own words, with a year for those that have none; None where they do not settle it."""
    known = reading.at.year or year
    if known is None or reading.precision == "time":
        return None
    whole = _whole(reading, known)
    if whole is not None and reading.until is not None:
        end = parts_span(reading.until, year)
        return Span(whole.first, end.last) if end is not None else None
    return _cut(whole, reading.part) if whole is not None else None


def _whole(reading: Reading, year: int) -> Span | None:
    if reading.holiday:
        day = holiday(reading.holiday, year)
        return Span.day(day) if day is not None else None
    if reading.season:
        return season_span(reading.season, year)
    if reading.quarter:
        return Span(month_span(year, 3 * reading.quarter - 2).first, month_span(year, 3 * reading.quarter).last)
    if reading.half:
        return Span(month_span(year, 6 * reading.half - 5).first, month_span(year, 6 * reading.half).last)
    if reading.fiscal:
        return Span(date(year - 1, 4, 1), date(year + 1, 9, 30))
    if reading.precision in ("decade", "century"):
        return year_span(year, 10 if reading.precision == "decade" else 100)
    return parts_span(reading.at, year)


def _cut(whole: Span, part: str) -> Span:
    """Early, mid and late: about a third each, half of it where the word is loose."""
    days = (whole.last - whole.first).days
    if part == "early":
        return Span(whole.first, whole.first + timedelta(days=days // 2))
    if part == "late":
        return Span(whole.last - timedelta(days=days // 2), whole.last)
    if part == "mid":
        return Span(whole.first + timedelta(days=days // 5), whole.last - timedelta(days=days // 5))
    return whole


def relative_day(reading: Reading, today: date) -> date | None:
    """The day that a relative reading points to, counted from a day of speaking; None where it names none."""
    if reading.step is None:
        return None
    if reading.holiday:
        return _turned_holiday(reading, today)
    if reading.at.month is not None:
        month = reading.at.month
        year = today.year + (reading.step if (reading.step < 0) == (month >= today.month) else 0)
        return date(year if reading.step else today.year, month, 1)
    if reading.season:
        return _turned_season(reading, today)
    if reading.unit == "weekday":
        return weekday_near(today, reading.weekday, reading.step)
    moved = shift(today, reading.step, reading.unit)
    if moved is None or not reading.weekday:
        return moved
    if reading.form == "a week on":
        return weekday_near(today, reading.weekday, 1) + timedelta(days=7)
    if reading.unit == "week":
        return weekday_near(moved, reading.weekday, 0)
    return nearest_weekday(moved, reading.weekday)


def _turned_holiday(reading: Reading, today: date) -> date | None:
    if reading.unit == "year" and reading.form == "holiday year":
        return holiday(reading.holiday, today.year + (reading.step or 0))
    days = [day for n in (-1, 0, 1) if (day := holiday(reading.holiday, today.year + n)) is not None]
    if (reading.step or 0) < 0:
        return max((day for day in days if day < today), default=None)
    return min((day for day in days if day >= today), default=None) if reading.step else days[1] if days else None


def _turned_season(reading: Reading, today: date) -> date | None:
    starts = [season_span(reading.season, today.year + n).first for n in (-2, -1, 0, 1)]
    if (reading.step or 0) < 0:
        return max((day for day in starts if season_end(day) < today), default=None)
    return min((day for day in starts if day > today), default=None) if reading.step else starts[2]


def season_end(first: date) -> date:
    return first + timedelta(days=80)


def relative_span(reading: Reading, today: date) -> Span | None:
    """The days that a relative reading can mean: those of the unit around the day that it points to."""
    day = relative_day(reading, today)
    if day is None:
        return None
    if reading.season:
        return season_span(reading.season, day.year)
    if reading.at.month is not None:
        return _cut(month_span(day.year, day.month), reading.part)
    if reading.unit == "weekday" and reading.step:
        week = timedelta(days=7)  # "next Friday" is this week's to some and the week after's to others
        return Span(day - week, day) if reading.step < 0 else Span(day, day + week)
    if reading.precision in ("day", "weekday"):
        return Span.day(day)
    if reading.form.startswith("turn") and reading.form != "turn weekday":
        return _cut(_unit_around(day, reading.unit), reading.part)
    return _loose(day, reading.step or 0, reading.unit)


def _unit_around(day: date, unit: str) -> Span:
    if unit in ("week", "weekend"):
        week = week_of(day)
        return Span(week.last - timedelta(days=1), week.last) if unit == "weekend" else week
    if unit == "month":
        return month_span(day.year, day.month)
    if unit == "quarter":
        first = month_span(day.year, day.month - (day.month - 1) % 3)
        return Span(first.first, month_span(day.year, first.first.month + 2).last)
    years = {"decade": 10, "century": 100}.get(unit, 1)
    return year_span(day.year - day.year % years, years)


def _loose(day: date, number: int, unit: str) -> Span | None:
    """ "Three weeks ago" is as good as its unit: half a week more or less, and more where the number is round."""
    days = {"week": 7, "weekend": 7, "month": 31, "quarter": 92, "year": 366, "decade": 3653, "century": 36525}[unit]
    slack = timedelta(days=days // 2 + 1)
    if unit in ("year", "decade", "century"):
        slack += timedelta(days=days // 2)  # calendar years: "two years ago" in March is any day of that year
    try:
        return Span(day - slack, day + slack)
    except OverflowError:
        return None
