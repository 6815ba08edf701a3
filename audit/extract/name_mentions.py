"""The mentions of a person's name as records: how the name is written there, and how the sentence uses it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from audit.extract.annotate import Annotated
from audit.extract.individuals import Individual
from audit.extract.mentions import DISPLAY_KINDS, Quoted, is_subject
from audit.extract.names import Run
from audit.extract.person_words import fold
from audit.records import NameMention, Place


class NameMentions:
    """Makes the records of a document's name mentions."""

    def __init__(self, annotated: Annotated) -> None:
        self._annotated = annotated
        self._quoted = Quoted(annotated)

    def of(self, one: Individual, runs: Sequence[Run]) -> list[NameMention]:
        """The records of runs that name a person, or come near to its name."""
        return [self._mention(one, run) for run in runs]

    def label(self, one: Individual, place: Place) -> NameMention:
        """The record of a transcript's label."""
        return NameMention(**place.model_dump(), form=_form(one, place.text.split()), use="label")

    def _mention(self, one: Individual, run: Run) -> NameMention:
        tokens = self._annotated.tokens
        block = self._annotated.document.blocks[run.block]
        return NameMention(
            **self._annotated.place_fields(tokens[run.first], tokens[run.last]),
            form=_form(one, [word.text for word in run.words]),
            title=" ".join(word.text for word in run.front),
            use=self._use(run),
            quoted=self._quoted.span_at(tokens[run.first]) is not None,
            display=block.kind in DISPLAY_KINDS,
        )

    def _use(self, run: Run) -> Literal["subject", "modifier", "plural", "other"]:
        tokens = self._annotated.tokens
        last = tokens[run.last]
        behind = tokens[run.last + 1] if run.last + 1 < len(tokens) else None
        begin = run.front[0].first if run.front else run.first
        article = begin > 0 and tokens[begin - 1].lower == "the" and tokens[begin - 1].block == run.block
        if article and not run.front and (last.tag == "NNPS" or last.text.endswith("s")):
            return "plural"
        joined = behind is not None and behind.start == last.end and behind.text in ("-", "–", "‑")
        if joined or (last.dep in ("compound", "nmod", "amod") and last.head > last.i):
            return "modifier"
        return "subject" if is_subject(last) or is_subject(tokens[run.first]) else "other"


def _form(one: Individual, words: Sequence[str]) -> Literal["full", "family", "given"]:
    folded = [fold(word) for word in words]
    if one.full and len(folded) == 1 and folded[0] in one.given:
        return "given"
    return "full" if one.full and any(word in one.given or len(word) == 1 for word in folded[:-1]) else "family"
