"""What a form of a date says, before anything outside the words is asked."""

from __future__ import annotations

from dataclasses import dataclass

from audit.records.claims import DatePrecision


@dataclass(frozen=True, slots=True)
class Parts:
    """Year, month and day, as far as they are written."""

    year: int | None = None
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One date, range or time as its words give it.

    `step` and `unit` count from the day of speaking ("three weeks ago": -3 week), or where `story` is set from the day
    that the story is at ("three weeks later"), or from the day in `from_words` ("two days after Easter").
    """

    form: str
    precision: DatePrecision
    at: Parts = Parts()
    until: Parts | None = None  # the end of a range
    weekday: str = ""
    relative: str = ""  # the words of a relative form, in lower case
    step: int | None = None
    unit: str = ""
    story: bool = False
    from_words: str = ""
    holiday: str = ""
    season: str = ""
    quarter: int = 0
    half: int = 0
    part: str = ""  # early, mid, late
    fiscal: bool = False
    swappable: bool = False  # 5/11/2024: `at` has the month first, and the day might be
    time: str = ""  # HH:MM, 24 hours
