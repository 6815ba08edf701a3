"""What people decided about findings, and the file in which that is kept."""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, WithJsonSchema, model_validator

from audit.config import REASONS, Reason
from audit.records.base import Record, Side

DECISIONS_SCHEMA: Literal["copydesk-decisions/1"] = "copydesk-decisions/1"
Ruling = Literal["dismissed", "confirmed"]
Reopened = Literal["text-changed", "source-changed", "expired"]

RULINGS: tuple[Ruling, ...] = ("dismissed", "confirmed")
SHOWN_WORDS = 120  # characters of a passage that a decision keeps, for people to recognise it by

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def read_day(text: object) -> datetime.date:
    """A day written as 2026-11-28; a date passes as it is. Raises ValueError for everything else."""
    if isinstance(text, datetime.date):
        return text
    if not isinstance(text, str) or _DAY.fullmatch(text) is None:
        raise ValueError("it has to be a day such as 2026-11-28")
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise ValueError("there is no such day") from None


def _encodable(text: str) -> str:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise ValueError("it holds half a surrogate pair, which no file can hold") from None
    return text


def _named(text: str) -> str:
    if not text.strip():
        raise ValueError("it must not be empty")
    return text


Day = Annotated[
    datetime.date,
    BeforeValidator(read_day),
    PlainSerializer(datetime.date.isoformat, return_type=str),
    WithJsonSchema({"type": "string", "format": "date"}),
]
Words = Annotated[str, AfterValidator(_encodable)]
Name = Annotated[Words, AfterValidator(_named)]


class DecidedPassage(Record):
    """A passage that a decision was about: enough to know it again, and to see that it changed."""

    side: Side
    words: Words = Field(description="the first 120 characters, blanks made one")
    sha256: str = Field(pattern="^[0-9a-f]{64}$", description="of the normalised words of the whole passage")


class Decision(Record):
    """What one person decided about one finding. `expires` is the last day on which it holds; null is for good."""

    fingerprint: Name
    rule: Name
    article: Words = Field(description="path or title, for people only; never used for matching")
    verdict: Ruling
    reason: Reason | Literal[""] = Field(description="why it was dismissed; empty when it was confirmed")
    text: Words = Field(description="free words of the one who decides")
    by: Name
    date: Day
    expires: Day | None = None
    passages: tuple[DecidedPassage, ...] = ()

    @model_validator(mode="after")
    def _has_a_reason(self) -> Decision:
        if self.verdict == "dismissed" and not self.reason:
            raise ValueError(f'"reason" is empty; a dismissed finding needs one of {", ".join(REASONS)}')
        if self.verdict == "confirmed" and self.reason:
            raise ValueError('"reason" belongs to dismissed findings; a confirmed one has ""')
        return self

    def is_expired(self, today: datetime.date) -> bool:
        """Whether its last day has passed."""
        return self.expires is not None and today > self.expires


class DecisionsFile(Record):
    """All decisions of a desk. Raises pydantic.ValidationError when two are about one finding."""

    schema_: Literal["copydesk-decisions/1"] = Field(
        default=DECISIONS_SCHEMA, alias="schema", serialization_alias="schema"
    )
    decisions: tuple[Decision, ...] = ()

    @model_validator(mode="after")
    def _one_a_finding(self) -> DecisionsFile:
        seen: dict[str, int] = {}
        for number, decision in enumerate(self.decisions, start=1):
            first = seen.setdefault(decision.fingerprint, number)
            if first != number:
                raise ValueError(
                    f"entries {first} and {number} are about one finding ({decision.fingerprint}); take one of them out"
                )
        return self


class DecisionsUsed(Record):
    """Which decisions a run honoured; `today` is the day on which expiry was judged."""

    path: str
    sha256: str | None = Field(description="of the file; null where there was none yet")
    today: Day
    stale: tuple[str, ...] = Field(description="fingerprints of decisions about nothing that this run found")
