"""From a text to the readings of its dates: which form fits where, and what its groups say."""

from __future__ import annotations

import bisect
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from audit.extract.date_forms import ANY, forms_with, signs_in
from audit.extract.date_reading import Parts, Reading
from audit.extract.date_words import WEEKDAYS, century_of, number_of, weekday_of, year_of
from audit.extract.lexicon import folded
from audit.loading.dates import month_of
from audit.records.claims import DatePrecision

_TURNS = {"last": -1, "past": -1, "previous": -1, "this past": -1, "this": 0, "next": 1, "following": 1, "coming": 1,
          "upcoming": 1, "this coming": 1, "this upcoming": 1}  # fmt: skip
_DEICTIC = {"the day before yesterday": -2, "yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1,
            "the day after tomorrow": 2}  # fmt: skip
_STORY = {"day before": -1, "previous day": -1, "night before": -1, "same day": 0}  # all others: the next day
_NIGHTS = frozenset({"night", "morning", "afternoon", "evening"})
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
# "In two weeks" is a date where somebody looks ahead, and a duration elsewhere ("it was built in two weeks").
_LOOKS_AHEAD = re.compile(
    r"\b(?:will|shall|going to|due|expected|scheduled|planned|plans?|wants?|hopes?|intends?|about to|let['’]?s|please|"
    r"meets?|meeting)\b|['’]ll\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """A reading with its place in the text, offsets in code points."""

    start: int
    end: int
    reading: Reading


def read_dates(text: str) -> list[Found]:
    """The dates of a text, in order, none overlapping another."""
    lower = " ".join(folded(text).split())
    signs = signs_in(text, lower)
    taken: list[Found] = []
    for form in forms_with(signs) if ANY in signs else ():
        if form.has_word(lower):
            for match in form.pattern.finditer(text):
                _take(form.name, match, taken)
    return taken


def _take(form: str, match: re.Match[str], taken: list[Found]) -> None:
    """Put what a match says among the dates that are already taken, in its place, where it overlaps none of them."""
    reading = _read(form, match)
    if reading is None or (form == "in days" and not _LOOKS_AHEAD.search(match.string, max(0, match.start() - 80))):
        return
    start, end = _extent(match)
    at = bisect.bisect_left(taken, end, key=lambda found: found.start)
    if at == 0 or taken[at - 1].end <= start:
        taken.insert(at, Found(start, end, reading))


_UNNAMED = frozenset({"sign", "laterMonth"})  # groups that are no part of the date


def _extent(match: re.Match[str]) -> tuple[int, int]:
    """From the first to the last group that is part of the date: a preposition in front is left out."""
    spans = [match.span(name) for name, value in match.groupdict().items() if value and name not in _UNNAMED]
    return min(start for start, _ in spans), max(end for _, end in spans)


def _read(form: str, match: re.Match[str]) -> Reading | None:
    """The reading of a match; None where its numbers cannot be a date."""
    parts = {name: " ".join(value.split()) for name, value in match.groupdict().items() if value}
    words = " ".join(match.group()[_extent(match)[0] - match.start() : _extent(match)[1] - match.start()].split())
    for reader in (_relative, _numeric, _clock, _period, _calendar):
        reading = reader(form, parts, words.casefold())
        if reading is not None:
            return reading
    return None


# --- Days, months, years and ranges of them ---------------------------------------------------------------------------


def _calendar(form: str, parts: Mapping[str, str], words: str) -> Reading | None:
    at = Parts(_year(parts), _month(parts), _day(parts))
    until = _until(parts, at)
    precision: DatePrecision = "day" if at.day else "month" if at.month else "year" if at.year else "weekday"
    if until is not None:
        if not at.year and until.year:
            at = replace(at, year=until.year)
        if not at.month and until.month:
            at = replace(at, month=until.month)
        until = Parts(until.year or at.year, until.month or (at.month if until.day else None), until.day)
    weekday = _weekday(parts)
    if precision == "weekday" and not weekday and "holiday" not in parts:
        return None
    return Reading(
        form=form,
        precision="day" if "holiday" in parts else precision,
        at=at,
        until=until,
        weekday=weekday,
        relative=f"{parts['turnYear']} year".casefold() if "turnYear" in parts else "",
        step=_TURNS[parts["turnYear"].casefold()] if "turnYear" in parts else None,
        unit="year" if "turnYear" in parts else "",
        holiday=parts.get("holiday", "").casefold(),
        part=_part(parts),
    )


def _weekday(parts: Mapping[str, str]) -> str:
    written = parts.get("weekday") or parts.get("fullWeekday")
    return weekday_of(written) if written else ""


def _year(parts: Mapping[str, str]) -> int | None:
    if "isoYear" in parts:
        return int(parts["isoYear"])
    written = parts.get("year") or parts.get("yearWord") or parts.get("shortYear")
    return year_of(written) if written else None


def _month(parts: Mapping[str, str]) -> int | None:
    if "isoMonth" in parts:
        return int(parts["isoMonth"])
    written = parts.get("month") or parts.get("looseMonth") or parts.get("laterMonth")
    return month_of(written) if written else None


def _day(parts: Mapping[str, str]) -> int | None:
    written = next((parts[name] for name in ("day", "dayth", "dayWord", "ordinal", "isoDay") if name in parts), None)
    return number_of(written) if written else None


def _until(parts: Mapping[str, str], at: Parts) -> Parts | None:
    if "short" in parts and at.year:
        end = at.year - at.year % 100 + int(parts["short"])
        return Parts(end if end > at.year else end + 100)
    year, month, day = (parts.get(f"until_{name}") for name in ("year", "month", "day"))
    if not (year or month or day):
        return None
    return Parts(int(year) if year else None, month_of(month) if month else None, int(day) if day else None)


def _part(parts: Mapping[str, str]) -> str:
    word = parts.get("part", "").casefold()
    return {"beginning of": "early", "start of": "early", "middle of": "mid", "end of": "late"}.get(word, word)


# --- Periods ----------------------------------------------------------------------------------------------------------


def _period(form: str, parts: Mapping[str, str], words: str) -> Reading | None:
    year = _year(parts)
    decade = parts.get("decade") or parts.get("shortDecade") or parts.get("wordDecade")
    if decade:
        return Reading(form, "decade", Parts(_decade(decade)), part=_part(parts))
    if "century" in parts:
        number = number_of(parts["century"])
        ordinal = number is not None and 2 <= number <= 22
        return (
            Reading(form, "century", Parts(100 * (number - 1) + 1), part=_part(parts)) if ordinal and number else None
        )
    if "season" in parts:
        return Reading(form, "season", Parts(year), season=parts["season"].casefold())
    if "q" in parts or "quarter" in parts:
        number = int(parts["q"]) if "q" in parts else _QUARTERS[parts["quarter"].casefold()]
        return Reading(form, "quarter", Parts(year), quarter=number)
    if form == "half year":
        return Reading(form, "half", Parts(year), half=1 if parts["half"].casefold() == "first" else 2)
    if "fiscal" in parts:
        return Reading(form, "year", Parts(year), fiscal=True)
    return None


def _decade(written: str) -> int:
    tens = ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"]
    plain = written.casefold()
    if plain in tens:
        return 1920 + 10 * tens.index(plain)
    digits = "".join(filter(str.isdigit, plain))
    return int(digits) if len(digits) == 4 else (2000 if int(digits) < 20 else 1900) + int(digits)


# --- Numeric dates and times ------------------------------------------------------------------------------------------


def _numeric(form: str, parts: Mapping[str, str], words: str) -> Reading | None:
    if "numeric" not in parts:
        return None
    first, second = int(parts["numeric"]), int(parts["numeric2"])
    written = parts.get("numericYear")
    year = None if written is None else int(written) if len(written) == 4 else century_of(int(written))
    month, day = (first, second) if first <= 12 else (second, first)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    weekday = _weekday(parts)
    swappable = first <= 12 and second <= 12 and first != second
    return Reading(form, "day", Parts(year, month, day), weekday=weekday, swappable=swappable)


def _clock(form: str, parts: Mapping[str, str], words: str) -> Reading | None:
    if "noon" in parts:
        return Reading(form, "time", time="00:00" if parts["noon"] == "midnight" else "12:00")
    hour = int(parts["hour"]) if "hour" in parts else number_of(parts.get("hourWord", ""))
    if hour is None or hour > 23:
        return None
    if form == "clock":
        hour = hour % 12 + (12 if parts["half"].casefold() == "p" else 0)
    return Reading(form, "time", time=f"{hour:02}:{int(parts.get('minute', 0)):02}" if form != "o'clock" else "")


# --- Relative to a day ------------------------------------------------------------------------------------------------


def _relative(form: str, parts: Mapping[str, str], words: str) -> Reading | None:
    weekday = _weekday(parts)
    if "deictic" in parts:
        step = _DEICTIC[parts["deictic"].casefold()]
        return Reading(form, "day", relative=words, step=step, unit="day")
    if "storyDay" in parts:
        step = _STORY.get(parts["storyDay"].casefold(), 1)
        return Reading(form, "day", relative=words, step=step, unit="day", story=True)
    if "theDay" in parts:
        return Reading(form, "day", relative=words, step=0, unit="day")
    if "weekOn" in parts:
        return Reading(form, "day", weekday=weekday, relative=words, step=1, unit="week")
    if "count" in parts:
        return _counted(form, parts, words, weekday)
    if "turn" in parts:
        return _turned(form, parts, words, weekday)
    return None


def _counted(form: str, parts: Mapping[str, str], words: str, weekday: str) -> Reading | None:
    number, unit = number_of(parts["count"]), _singular(parts["unit"])
    if number is None:
        return None
    if unit == "fortnight":
        number, unit = 2 * number, "week"
    way = parts.get("way", "").casefold()
    back = way in ("ago", "earlier", "before", "previously", "prior")
    story = way in ("earlier", "later", "afterward", "afterwards", "previously", "prior")
    return Reading(
        form,
        _PRECISIONS.get(unit, "day"),
        weekday=weekday,
        relative=words,
        step=-number if back else number,
        unit=unit,
        story=story,
        from_words=parts.get("fromWords", "").casefold(),
    )


_PRECISIONS: Mapping[str, DatePrecision] = {
    "day": "day", "week": "week", "weekend": "week", "month": "month", "quarter": "quarter", "season": "season",
    "year": "year", "decade": "decade", "century": "century",
}  # fmt: skip


def _singular(unit: str) -> str:
    plain = unit.casefold()
    return "century" if plain.startswith("centur") else plain if plain == "christmas" else plain.removesuffix("s")


def _turned(form: str, parts: Mapping[str, str], words: str, weekday: str) -> Reading:
    """ "last May", "next Friday", "this week", "Tuesday of next week"."""
    step = _TURNS[parts["turn"].casefold()]
    if form in ("weekday of week", "week weekday"):
        return Reading(form, "day", weekday=weekday, relative=words, step=step, unit="week")
    if weekday:
        return Reading(form, "weekday", weekday=weekday, relative=words, step=step, unit="weekday")
    month = _month(parts)
    if month is not None:
        return Reading(form, "month", Parts(month=month), relative=words, step=step, unit="year")
    if "holiday" in parts:
        return Reading(form, "day", relative=words, step=step, unit="year", holiday=parts["holiday"].casefold())
    unit = _singular(parts["period"])
    if unit in _NIGHTS:
        return Reading(form, "day", relative=words, step=step, unit="day")
    if unit in ("spring", "summer", "autumn", "fall", "winter"):
        return Reading(form, "season", relative=words, step=step, unit="season", season=unit, part=_part(parts))
    if unit in ("easter", "christmas"):
        return Reading(form, "day", relative=words, step=step, unit="year", holiday=unit)
    if unit == "fortnight":
        step, unit = 2 * step, "week"
    return Reading(form, _PRECISIONS[unit], relative=words, step=step, unit=unit, part=_part(parts))


def weekday_index(name: str) -> int:
    """0 for Monday."""
    return WEEKDAYS.index(name)
