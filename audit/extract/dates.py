"""The dates, periods and times of a document with the days that they mean.

`date_forms` lists the forms, `date_reader` turns what they match into readings, `date_anchors` settles what the words
leave open. Numeric dates count where day and month cannot be mistaken for each other, or where the document shows which
of them it writes first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

from audit.extract.annotate import Annotated
from audit.extract.date_anchors import Anchors, How, Meant, Standing
from audit.extract.date_reader import Found, read_dates
from audit.extract.date_reading import Parts, Reading
from audit.extract.dated_events import tense_at
from audit.records import Block, DateMention, Document

Bound = Literal["on", "before", "after", "since", "until", "about"]

DatesByBlock = Mapping[int, Sequence[Found]]

_UNREAD = frozenset({"boilerplate", "stage"})
_BEFORE = re.compile(
    r"\b(by|until|till|before|after|since|around|about|circa|c\.|ca\.|prior to|through)\s+(?:the\s+)?\Z", re.IGNORECASE
)
_BOUNDS: dict[str, Bound] = {
    "by": "until", "until": "until", "till": "until", "through": "until", "before": "before", "prior to": "before",
    "after": "after", "since": "since", "around": "about", "about": "about", "circa": "about", "c.": "about",
    "ca.": "about",
}  # fmt: skip
_STORY_WORDS = re.compile(r"following|previous|next", re.IGNORECASE)


def dates_by_block(document: Document) -> DatesByBlock:
    """What `read_dates` finds in each block that may hold a date, by the block's index."""
    return {
        block.index: read_dates(document.block_text(block)) for block in document.blocks if block.kind not in _UNREAD
    }


def find_dates(annotated: Annotated, read: DatesByBlock | None = None) -> list[DateMention]:
    """The dates and times of a document, in order of the text. `read`: its `dates_by_block`, where that is known."""
    document = annotated.document
    read = dates_by_block(document) if read is None else read
    rows = [(block, found) for block in document.blocks for found in read.get(block.index, ())]
    rows = _with_order(rows, _day_first([found.reading for _, found in rows]))
    standing = [_standing(annotated, block, found) for block, found in rows]
    how: How = "published" if _has_head_date(annotated) else "dateline"
    meant = Anchors(standing, document.meta.date, how).resolve()
    key = document.key
    return [
        DateMention(
            **document.place_fields(block.start + found.start, block.start + found.end),
            id=f"{key}.date.{number}",
            block=block.index,
            bound=_bound(document.block_text(block), found),
            anchor=f"{key}.date.{one.anchor + 1}" if one.anchor is not None else "",
            **_fields(found.reading),
            **_days(one),
        )
        for number, ((block, found), one) in enumerate(zip(rows, meant, strict=True), start=1)
    ]


def _has_head_date(annotated: Annotated) -> bool:
    """Whether the document's date comes from its head, and not from the dateline of its first paragraph."""
    document = annotated.document
    return not (document.meta.place and document.meta.date is not None and _is_in_body(annotated))


def _is_in_body(annotated: Annotated) -> bool:
    document = annotated.document
    body = next((block for block in document.blocks if block.kind == "paragraph"), None)
    head = document.block_text(body)[:60] if body is not None else ""
    written = document.meta.date
    return written is not None and str(written.day) in head and f"{written:%B}"[:3] in head


Row = tuple[Block, Found]


def _day_first(readings: Sequence[Reading]) -> bool | None:
    """Whether the document writes the day before the month; None where it does not show."""
    votes = 0
    for reading in readings:
        if reading.form in ("day month year", "day to day month", "ordinal month"):
            votes += 1
        elif reading.form in ("month day year", "month day to day"):
            votes -= 1
        elif reading.form == "numeric" and not reading.swappable and reading.at.month != reading.at.day:
            votes += 0  # which of the two stood first is no longer known
    return None if votes == 0 else votes > 0


def _with_order(rows: Sequence[Row], day_first: bool | None) -> list[Row]:
    """Numeric dates in the document's order of day and month; those that stay open keep their year alone."""
    found = []
    for block, one in rows:
        reading = one.reading
        if reading.swappable and day_first is None:
            if reading.at.year is None:
                continue
            one = replace(one, reading=replace(reading, at=Parts(reading.at.year), precision="year"))
        elif reading.swappable and day_first:
            at = Parts(reading.at.year, reading.at.day, reading.at.month)
            one = replace(one, reading=replace(reading, at=at))
        found.append((block, one))
    return found


def _standing(annotated: Annotated, block: Block, found: Found) -> Standing:
    start, end = block.start + found.start, block.start + found.end
    sentence = annotated.sentence_at(start)
    reading = found.reading
    needs_tense = reading.at.year is None and reading.step is None
    text = annotated.document.block_text(block)
    story = reading.relative and _STORY_WORDS.match(reading.relative) and text[: found.start].endswith(("the ", "The "))
    return Standing(
        reading,
        block.index,
        sentence.index if sentence is not None else -1,
        tense_at(annotated, start, end) if needs_tense else "",
        bool(story),
    )


def _bound(text: str, found: Found) -> Bound:
    match = _BEFORE.search(text, max(0, found.start - 16), found.start)
    return _BOUNDS[match.group(1).casefold()] if match else "on"


def _fields(reading: Reading) -> dict[str, object]:
    until = reading.until or Parts()
    return {
        "year": reading.at.year,
        "month": reading.at.month,
        "day": reading.at.day,
        "until_year": until.year,
        "until_month": until.month,
        "until_day": until.day,
        "weekday": reading.weekday,
        "relative": reading.relative,
        "holiday": reading.holiday,
        "time": reading.time,
        "precision": reading.precision,
        "part": reading.part,
        "fiscal": reading.fiscal,
        "range": reading.until is not None,
    }


def _days(meant: Meant) -> dict[str, str]:
    if meant.span is None:
        return {}
    return {
        "earliest": meant.span.first.isoformat(),
        "latest": meant.span.last.isoformat(),
        "resolved": meant.how,
    }
