"""Claims about a text's manner: where it judges, whom it credits, what it cites, and where a source comes from."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from audit.records.base import Claim, Place

GenreForm = Literal["opinion", "review", "first-person"]
WordingForm = Literal["evaluation", "forecast", "motive"]
VerbEffect = Literal["proves", "owns", "doubts", "paints", "refuses"]
Identifier = Literal["title", "date", "link", "body", "author"]
OutletForm = Literal["told", "reveals", "byline"]


class Genre(Claim):
    """What shows that the author of a text may judge in it: a column, a review, a text in the first person."""

    kind: Literal["genre"] = "genre"
    form: GenreForm
    hint: str = Field(description="what gave it away")


class Wording(Claim):
    """Words of the narration that judge, foretell or read minds, given to nobody in their sentence; stands on them."""

    kind: Literal["wording"] = "wording"
    form: WordingForm
    sentence: Place


class LoadedVerb(Claim):
    """A reporting verb that says more than "said"; stands on the verb.

    `proves`: takes the complement for true (reveal, point out); `owns`: makes a confession of it (admit); `doubts`:
    hints that it is not so (claim); `paints`: says how it was said (whine); `refuses`: makes silence an act.
    """

    kind: Literal["loaded_verb"] = "loaded_verb"
    verb: str
    effect: VerbEffect
    contested: Place | None = Field(default=None, description="the words that people can differ about")
    sentence: Place


class Citation(Claim):
    """A piece of work that is cited: a study, a report, a poll, a post; stands on the noun phrase."""

    kind: Literal["citation"] = "citation"
    work: str = Field(description="lemma of the noun: study, report")
    identifiers: tuple[Identifier, ...] = Field(
        default=(), description="what a reader could look it up by, in the sentence or a neighbour of its paragraph"
    )
    sentence: Place


class OutletCredit(Claim):
    """A newspaper, station or site that is named as the one that was told, that reveals, or that prints this text."""

    kind: Literal["outlet_credit"] = "outlet_credit"
    form: OutletForm
    outlet: str = Field(description="its name without an article in front")
    located: bool = Field(default=False, description="with a link, a date or a programme beside it")
    sentence: Place


class Provenance(Claim):
    """What the head of a transcript says of how it came about; stands on its first words."""

    kind: Literal["provenance"] = "provenance"
    dated: bool
    participants: bool = Field(description="somebody who speaks has a full name, or the head says who they are")
    medium: bool = Field(description="an occasion, a place or a way: phone, studio, council chamber, hearing")
    edited: bool = Field(description="whether it was edited: verbatim, unedited, lightly edited, extract")
    medium_words: str = Field(default="", description="a book, a post or a programme that it says it comes from")


class StoryReference(Claim):
    """Words of a source about the story that is being audited or an earlier one: "as you wrote yesterday"."""

    kind: Literal["story_reference"] = "story_reference"
    sentence: Place
