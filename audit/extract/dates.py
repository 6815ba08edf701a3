"""Calendar dates, months, years, weekdays and relative days as the text gives them.

No date is computed here: "Tuesday" stays a weekday and "last month" a phrase. Numeric dates count where day and month
cannot be mistaken for each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.extract.annotate import Annotated
from audit.records import DateMention

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_UNREAD = frozenset({"boilerplate", "stage"})

_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_SHORT_WEEKDAY = r"(?:Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)\.?"
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?!\d)"
_YEAR = r"(?:1[4-9]|20)\d\d(?!\d)"
_LEAD = rf"(?:\b(?P<weekday>{_WEEKDAY}|{_SHORT_WEEKDAY}),?\s(?:the\s)?)?"
_UNIT = r"(?:day|week|weekend|month|year|decade|century|spring|summer|autumn|fall|winter|morning|night|evening|season)"
_COUNT = r"(?:\d{1,3}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|a few|many)"

# In order: the first form that fits at a place is taken.
_FORMS = (
    re.compile(
        rf"{_LEAD}(?<![\w.])(?P<day>{_DAY})(?:st|nd|rd|th)?(?:\sof)?\s(?P<month>{_MONTH})(?!\w)"
        rf"(?:,?\s(?P<year>{_YEAR}))?"
    ),
    re.compile(
        rf"{_LEAD}\b(?P<month>{_MONTH})\s(?:the\s)?(?P<day>{_DAY})(?:st|nd|rd|th)?(?![\w%]|[.,:]\d|\s?(?:%|per\s?cent))"
        rf"(?:(?:,\s?|\s)(?P<year>{_YEAR}))?"
    ),
    re.compile(rf"\b(?P<month>{_MONTH}),?\s(?:of\s)?(?P<year>{_YEAR})"),
    re.compile(r"(?<![\w/.-])(?P<year>\d{4})-(?P<number>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?![\w-])"),
    re.compile(
        rf"(?i:\b(?P<relative>(?:(?:early|late|earlier|later)\s)?(?:last|next|this|past|previous|following)\s"
        rf"(?:{_UNIT}|{_MONTH}|{_WEEKDAY})|yesterday|today|tomorrow|tonight|the\sday\s(?:before|after)"
        rf"(?:\s(?:yesterday|tomorrow))?|{_COUNT}\s{_UNIT}s?\s(?:ago|earlier|later)))\b"
    ),
    re.compile(rf"\b(?P<weekday>{_WEEKDAY})(?:s\b(?!\w))?"),
    re.compile(
        rf"\b(?:in|of|by|since|until|during|early|late|after|from)\s(?P<month>{_MONTH})(?!\w|\s[A-Z])|"
        rf"\b(?P<month2>(?:January|February|July|September|October|November|December))\b"
    ),
    re.compile(
        rf"(?i:\b(?:in|since|of|by|from|until|till|before|after|during|through|early|late|mid|around|circa|to|and|"
        rf"spring|summer|autumn|fall|winter|the|between|back\sin|,|\()[\s-]?)(?P<year>{_YEAR})(?![\w%-]|[.,]\d|\s?%|"
        rf"\s(?:people|workers|jobs|miles|feet|km|kilomet|tons?|tonnes|dollars|euros|pounds|votes|seats|homes|houses))"
        rf"|(?<=\()(?P<year2>{_YEAR})(?=[)–-])"
    ),
)


def find_dates(annotated: Annotated) -> list[DateMention]:
    """The dates of a document, in order of the text."""
    document = annotated.document
    found = [
        (block, *span)
        for block in document.blocks
        if block.kind not in _UNREAD
        for span in date_spans(document.block_text(block))
    ]
    return [
        DateMention(
            **document.place(block.start + start, block.start + end).model_dump(),
            id=f"{document.key}.date.{number}",
            block=block.index,
            **fields,
        )
        for number, (block, start, end, fields) in enumerate(found, start=1)
    ]


Fields = dict[str, int | str | None]


def date_spans(text: str) -> Iterator[tuple[int, int, Fields]]:
    """Start, end and the fields of each date in a text; the more of a date a form reads, the sooner it is tried."""
    taken: list[tuple[int, int, Fields]] = []
    for form in _FORMS:
        for match in form.finditer(text):
            start, end = _extent(match)
            if not any(start < e and s < end for s, e, _ in taken):
                taken.append((start, end, _fields(match)))
    return iter(sorted(taken, key=lambda one: one[0]))


def _extent(match: re.Match[str]) -> tuple[int, int]:
    """From the first to the last part that is named, so that a preposition in front is left out."""
    spans = [match.span(name) for name, value in match.groupdict().items() if value is not None]
    return min(start for start, _ in spans), max(end for _, end in spans)


def _fields(match: re.Match[str]) -> Fields:
    parts = match.groupdict()
    month = next((parts[name] for name in ("month", "month2") if parts.get(name)), None)
    year = parts.get("year") or parts.get("year2")
    number = parts.get("number")
    return {
        "year": int(year) if year else None,
        "month": int(number) if number else _month(month),
        "day": int(parts["day"]) if parts.get("day") else None,
        "weekday": _weekday(parts.get("weekday")),
        "relative": " ".join((parts.get("relative") or "").casefold().split()),
    }


def _month(name: str | None) -> int | None:
    if name is None:
        return None
    return next(at for at, full in enumerate(MONTHS, start=1) if full.startswith(name.lower()[:3]))


def _weekday(name: str | None) -> str:
    if not name:
        return ""
    names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    return next(full for full in names if full.startswith(name[:3]))
