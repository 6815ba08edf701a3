"""How claims of the article and of its sources compare: facts worked out once, before any rule runs."""

from __future__ import annotations

from typing import Literal

from audit.records.base import Place, Record

ChangeClass = Literal[
    "negation",
    "modal",
    "number",
    "name",
    "quantifier",
    "degree",
    "time",
    "condition",
    "concession",
    "content",
    "pronoun",
    "function",
    "agreement",
    "contraction",
    "filler",
    "repeat",
    "spelling",
    "bracket",
    "ellipsis",
]

Verdict = Literal[
    "exact",
    "tidied",
    "altered",
    "stitched",
    "qualifier-cut",
    "reworded",
    "not-found",
    "other-speaker",
    "unchecked",
]


class WordChange(Record):
    """One difference between a quotation and the words of the source, with the kind of word that it touches."""

    op: Literal["replace", "insert", "delete"]
    quoted: str = ""
    said: str = ""
    quoted_place: Place | None = None
    said_place: Place | None = None
    kind: ChangeClass


class QuoteMatch(Record):
    """What became of one quotation when it was looked up in its speaker's turns, then in everybody else's.

    `score` is a share of aligned words between 0 and 1; it can say "not found" and never "fine".
    """

    quotation: str
    verdict: Verdict
    score: float = 0.0
    turns: tuple[str, ...] = ()
    passages: tuple[Place, ...] = ()  # aligned stretches of the source, or the nearest one where nothing aligned
    sentences: tuple[Place, ...] = ()  # the whole sentences around them
    changes: tuple[WordChange, ...] = ()
    lost: Place | None = None  # the words of the source that were cut and matter
    lost_kind: Literal["negation", "condition", "concession", "hedge", ""] = ""
    said_by: str = ""  # who said it, where that is somebody else
    said_by_interviewer: bool = False
    complete_record: bool = False  # the speaker's source is declared complete
    reason: str = ""  # why it was not checked


class PositionMatch(Record):
    """An article position beside a source position of the same topic.

    `relation` is what the two stances do; `shared` the topic lemmas that they have in common, weighted to `overlap`.
    """

    article: str
    source: str
    same_person: bool
    shared: tuple[str, ...]
    overlap: float
    relation: Literal["same", "opposite", "stronger", "weaker", "unconditioned", "related"]


class SpeakerCoverage(Record):
    """How many of a speaker's quotations could be checked, and why the others could not."""

    speaker: str
    quotations: int
    checked: int
    sources: tuple[str, ...] = ()
    reason: str = ""
