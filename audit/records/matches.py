"""How claims of the article and of its sources compare: facts worked out once, before any rule runs."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

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


Relation = Literal["same", "opposite", "related"]


class PositionMatch(Record):
    """A position of the article beside another one on the same topic, of a source or of the article itself.

    `shared` are the concepts that both have, `mass` their weight (about 1 for a word that is rare in these texts) and
    `closeness` the share of the two topics that is shared, from 0 to 1. `relation` says what the two do to what they
    share: the same, the opposite, or nothing that can be told.
    """

    position: str
    other: str
    inside: bool = Field(description="whether the other one is the article's, too")
    same_person: bool
    shared: tuple[str, ...]
    mass: float
    closeness: float
    relation: Relation


class StatementMatch(Record):
    """A statement of the article beside one about the same thing, of a source or of the article itself.

    `shared` are the concepts, names and people that both have, `mass` their weight (about 1 for one that is rare in
    these texts), `closeness` the share of both that is shared and `coverage` the share of the smaller one, from 0 to 1.
    """

    statement: str
    other: str
    inside: bool = Field(description="whether the other one is the article's, too")
    shared: tuple[str, ...]
    mass: float
    closeness: float
    coverage: float


GapKind = Literal[
    "name", "number", "denied", "affirmed", "reversed", "certainty", "hearsay", "event", "scope", "undone", "swapped"
]


class SupportGap(Record):
    """What a headline, caption or summary says and its story does not bear out.

    `words` are its words; `said` is the sentence of the story that says something else, or the nearest one where none
    does, and `against` the words in it. `conflict` tells the two apart.
    """

    kind: GapKind
    words: tuple[Place, ...]
    said: Place | None = None
    against: tuple[Place, ...] = ()
    conflict: bool = False
    named: str = Field(default="", description="what kind of name it is: PERSON, GPE, ...")
    partly: bool = Field(default=False, description="the story has the rest of the name")
    alike: str = Field(default="", description="a name of the story that is spelt almost the same")
    measured: bool = Field(default=False, description="a figure with a unit or sign, or one that nobody counts by hand")
    shared: tuple[str, ...] = Field(default=(), description="what sentence and story are both about")


class SupportMatch(Record):
    """A sentence of a headline, dek or caption held against the body, or one of a summary against the sources.

    `display_case` says that every word of it has a capital, so that none of them marks a name.
    """

    statement: str
    role: Literal["headline", "dek", "caption", "summary"]
    sentence: Place
    display_case: bool = False
    gaps: tuple[SupportGap, ...] = ()


class GroupReaction(Record):
    """A group that an opening sentence says has reacted, of which the rest of the text shows nobody."""

    statement: str
    sentence: Place
    words: Place
    group: str
    looked_for: tuple[str, ...]


class FigureMatch(Record):
    """A figure of the article beside one that measures the same thing, of a source or of the article itself.

    `relation` is "same" where what is printed allows one value for both, "differs" where it does not, "unit" for the
    same number in another unit. `slip` says which slip of the pen would lead from one to the other. `shared` are the
    words that bind the two, `strength` counts them: thing, measure and each further word.
    """

    figure: str
    other: str
    inside: bool = Field(description="whether the other one is the article's, too")
    relation: Literal["same", "differs", "unit"]
    slip: Literal["", "digits", "digit", "magnitude"] = ""
    shared: tuple[str, ...] = ()
    strength: int = 0


class Reckoning(Record):
    """A sum, a change or a share that the article states, worked out from its own figures, where it does not come out.

    `stated` is the figure that the others should give, `working` the calculation in figures ("2.7 + 1.9 = 4.6"),
    `result` what it gives. `form` says what was worked out; `doubt` what would explain the difference, if anything.
    """

    form: Literal[
        "parts",
        "votes",
        "shares",
        "change",
        "ratio",
        "direction",
        "points",
        "multiple",
        "average",
        "product",
        "conversion",
    ]
    figures: tuple[str, ...]
    stated: str = ""
    working: str
    result: str = ""
    doubt: str = ""


class SuggestionMatch(Record):
    """A sentence of the article's narration beside the only passage of the sources that says it: as a suggestion.

    `other` asks it, puts it to somebody or gives it to others; `answer` is the sentence that denies it, if one does.
    Nothing else in the sources says it.
    """

    statement: str
    other: str
    answer: str | None = None
    form: Literal["asked", "put", "hearsay"]
    shared: tuple[str, ...]
    closeness: float


class LinkMatch(Record):
    """What the texts show about the two sides of a contrast or an agreement that the article claims.

    `same` and `opposite` are pairs of positions, the article's first, where one side's words and the other's do the
    same or the opposite on one topic. `stated` are links in which one of the two says outright what he or she thinks
    of the other, in a source. `overlap` is the heaviest topic that the two have in common anywhere.
    """

    link: str
    same: tuple[tuple[str, str], ...] = ()
    opposite: tuple[tuple[str, str], ...] = ()
    agreeing: tuple[str, ...] = ()
    disagreeing: tuple[str, ...] = ()
    refusals: tuple[str, ...] = Field(default=(), description="positions in which the right side refuses to join in")
    overlap: float = 0.0


class SpeakerCoverage(Record):
    """How many of a speaker's quotations could be checked, and why the others could not."""

    speaker: str
    quotations: int
    checked: int
    sources: tuple[str, ...] = ()
    reason: str = ""


ConflictKind = Literal["denied", "state", "value", "holder", "presupposed"]


class StatementConflict(Record):
    """Two predications that cannot both stand, as far as their words go.

    `kind` is denied (one says that the other did not happen), state (two states that exclude each other), value (one
    place of one event, filled in two ways), holder (two that only one can be) or presupposed (a word such as "resume"
    takes for granted what the other one denies). `left` and `right` are the words that
    do it, `reason` says why they exclude each other, `shared` is what binds the two. `strength` is how sure it is that
    both are about one thing: high within one event that happens once, low where only the words agree.
    """

    one: str
    other: str
    inside: bool = Field(description="whether the other one is the article's, too")
    kind: ConflictKind
    left: Place
    right: Place
    reason: str
    shared: tuple[str, ...]
    strength: Literal["high", "medium", "low"]
