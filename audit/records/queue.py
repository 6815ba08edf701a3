"""What only the outside world can settle: statements to look up, without any verdict on them."""

from __future__ import annotations

from pydantic import Field

from audit.records.base import Place, Record


class CheckItem(Record):
    """One statement of an article that somebody may want to look up; `rank` 1 is the most worth it."""

    rank: int
    place: Place = Field(description="the sentence")
    look_up: str = Field(description="what in it can be looked up: 10,000 troops, Germany, 2020")
    reasons: tuple[str, ...] = Field(description="why it stands here: a figure, a named person, no attribution")


class CheckQueue(Record):
    """The statements most worth looking up, in order of rank, and how many there are in all."""

    items: tuple[CheckItem, ...] = ()
    total: int = Field(default=0, description="statements that could be looked up, those beyond the items included")
