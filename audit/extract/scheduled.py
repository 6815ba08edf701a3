"""Occasions that a text tells as still to come or as over: "the race will be held", "she won the race"."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal

from audit.extract.annotate import Annotated, Token
from audit.extract.date_words import WEEKDAYS
from audit.extract.dated_events import tense_of
from audit.extract.lexicon import lines_of
from audit.extract.mentions import DISPLAY_KINDS, Quoted
from audit.extract.topics import content_lemmas
from audit.records import DateMention, Occasion

_STAGED = frozenset({"open", "close", "begin", "start", "end", "finish", "conclude", "kick", "last"})
_PLACED = frozenset({"take", "hold", "stage", "happen", "go"})  # "takes place", "is held", "goes ahead"
_PROMISED = frozenset({"expect", "schedule", "set", "due", "plan", "slate"})
_OVER = frozenset({"end", "conclude", "finish", "hold", "take", "stage", "win", "run", "draw", "attract", "pass"})
_DONE_TO = frozenset({"win", "lose", "finish", "complete", "hold", "stage", "run", "abandon"})
_AHEAD = frozenset({"upcoming", "forthcoming", "coming"})
# Words that make it another one of its kind.
_OTHER = frozenset(
    {"next", "last", "previous", "first", "second", "third", "fourth", "final", "other", "another", "earlier", "annual",
     "original", "separate", "new", "preliminary", "opening", "past", "former", "similar", "rival"}
)  # fmt: skip
_DAYS = frozenset(day.lower() for day in WEEKDAYS)
_FORWARD = frozenset({"tomorrow", "next week", "next month", "next weekend", "next year", "tonight", "this weekend"})


@cache
def _kinds() -> dict[str, str]:
    """Each noun for an occasion with the first of its line."""
    lines = [[word.strip() for word in line.split(",")] for line in lines_of("audit.extract", "occasions.txt")]
    return {word: line[0] for line in lines for word in line}


def find_occasions(annotated: Annotated, dates: Sequence[DateMention]) -> list[Occasion]:
    """The occasions of a document that are told as ahead or over, in order of the text."""
    return [
        occasion.model_copy(update={"id": f"{annotated.document.key}.occasion.{number}"})
        for number, occasion in enumerate(_Reader(annotated, dates).read(), start=1)
    ]


class _Reader:
    def __init__(self, annotated: Annotated, dates: Sequence[DateMention]) -> None:
        self._annotated, self._quoted = annotated, Quoted(annotated)
        self._dates: dict[int, list[DateMention]] = {}
        for date in dates:
            start, end = annotated.document.view_span(date)
            for token in annotated.between(start, end)[:1]:
                self._dates.setdefault(token.sent, []).append(date)

    def read(self) -> Iterator[Occasion]:
        kinds = _kinds()
        for token in self._annotated.tokens:
            if token.lemma_lower not in kinds or token.tag != "NN" or not self._is_the_one(token):
                continue
            if self._annotated.document.blocks[token.block].kind in _TITLES:
                continue
            kind = kinds[token.lemma_lower]
            if self._is_ahead(token):
                yield self._occasion(token, kind, "ahead")
            elif self._is_over(token):
                yield self._occasion(token, kind, "over")

    def _is_the_one(self, noun: Token) -> bool:
        """ "The race", "this year's race": one that is known, and nothing sets it apart from another of its kind."""
        kids = self._annotated.children(noun)
        words = {kid.lower for kid in kids} | {t.lower for kid in kids if kid.dep == "poss" for t in self._phrase(kid)}
        apart = words & (_OTHER - ({"final"} if noun.lower == "final" else set()))
        own = words & ({"the", "this", "its", "their"} | _DAYS | _AHEAD)
        kinds = [kid for kid in kids if kid.dep in ("compound", "nummod") and kid.lower not in _DAYS]
        return bool(own) and not apart and not kinds

    def _phrase(self, token: Token) -> list[Token]:
        return self._annotated.subtree(token)

    def _verb_of(self, noun: Token) -> Token | None:
        """The verb that an occasion is the subject of, itself or through "entry for the race"."""
        head = noun
        for _ in range(3):
            if head.dep in ("nsubj", "nsubjpass"):
                verb = self._annotated.tokens[head.head]
                return verb if verb.pos in ("VERB", "AUX") else None
            above = self._annotated.tokens[head.head]
            if head.dep not in ("pobj", "prep") or (head.dep == "prep" and head.lower not in ("for", "to", "of")):
                return None
            head = above
        return None

    def _is_ahead(self, noun: Token) -> bool:
        if any(kid.lower in _AHEAD for kid in self._annotated.children(noun)):
            return True
        verb = self._verb_of(noun)
        if verb is None or any(kid.dep == "neg" for kid in self._annotated.children(verb)):
            return False
        if verb.dep in ("advcl", "relcl", "acl", "ccomp") and verb.tag != "VBZ":
            return False
        tense = tense_of(self._annotated, verb)
        if tense == "future":
            return verb.lemma in _STAGED | _PLACED
        if tense != "present" or verb.dep == "advcl":
            return False
        aim = self._annotated.child(verb, "xcomp")
        promised = verb.lemma in _PROMISED and aim is not None and aim.lemma in _STAGED | _PLACED
        return promised or (verb.lemma in _STAGED | _PLACED and self._has_day_ahead(noun))

    def _has_day_ahead(self, noun: Token) -> bool:
        """Whether the sentence puts it on one day to come, and not on every Monday."""
        sentence = self._annotated.tokens_of(self._annotated.sentences[noun.sent])
        if any(token.lower in ("every", "each") for token in sentence):
            return False
        days = self._dates.get(noun.sent, ())
        return any(
            date.relative in _FORWARD
            or (date.precision in ("weekday", "day") and not date.range and not date.text.endswith("days"))
            for date in days
        )

    def _is_over(self, noun: Token) -> bool:
        if self._is_old(noun):
            return False
        verb = self._annotated.tokens[noun.head]
        if noun.dep == "dobj":
            return verb.lemma in _DONE_TO and self._is_told(verb)
        if noun.dep not in ("nsubj", "nsubjpass"):
            stray = self._stray_verb(noun)
            return stray is not None and stray.lemma in _OVER
        steps = [verb, *(kid for kid in self._annotated.children(verb) if kid.dep == "conj" and kid.pos == "VERB")]
        return any(self._is_told(step) and self._ends(step, noun) for step in steps)

    def _ends(self, verb: Token, noun: Token) -> bool:
        """Whether a verb says of its subject that it took place: "was held", "took place", "drew a crowd"."""
        place = verb.lemma != "take" or any(t.lower == "place" for t in self._annotated.children(verb))
        passive = verb.lemma not in ("run", "win", "hold", "stage") or noun.dep == "nsubjpass"
        return verb.lemma in _OVER and place and passive

    def _stray_verb(self, noun: Token) -> Token | None:
        """The past verb that the parser, misled by a dateline, hung on a noun of the subject's phrase."""
        if noun.dep not in ("appos", "ROOT"):
            return None
        for token in self._annotated.subtree(noun):
            bare = token.dep == "acl" and token.tag == "VBD"
            if bare and self._annotated.child(token, "nsubj", "nsubjpass", "aux", "auxpass") is None:
                return token
        return None

    def _is_told(self, verb: Token) -> bool:
        return tense_of(self._annotated, verb) == "past" and not self._is_open(verb)

    def _is_open(self, verb: Token) -> bool:
        """Whether a verb tells what was not, or what somebody meant to do."""
        kids = self._annotated.children(verb)
        return any(kid.dep in ("neg", "mark") or kid.tag in ("MD", "TO") for kid in kids)

    def _is_old(self, noun: Token) -> bool:
        """Whether the sentence dates it to another year: an earlier race."""
        published = self._annotated.document.meta.date
        days = [date for date in self._dates.get(noun.sent, ()) if date.precision != "time"]
        if published is None:
            return any(date.precision in ("year", "decade", "century") for date in days)
        return any(date.latest and (published.toordinal() - _ordinal(date.latest)) > _LONG_AGO for date in days)

    def _occasion(self, noun: Token, kind: str, when: Literal["ahead", "over"]) -> Occasion:
        behind = [kid for kid in self._annotated.children(noun) if kid.dep == "prep" and kid.i > noun.i]
        about = [t for kid in behind for t in self._annotated.subtree(kid) if t.ent != "DATE"]
        dates = [date for date in self._dates.get(noun.sent, ()) if date.earliest and not date.relative]
        return Occasion(
            **self._annotated.place_fields(noun, noun),
            id="",
            block=noun.block,
            noun=noun.lemma_lower,
            group=kind,
            when=when,
            about=content_lemmas(about),
            date=dates[0].id if len(dates) == 1 else "",
            quoted=self._quoted.span_at(noun) is not None,
            sentence=self._annotated.sentence_place(self._annotated.sentences[noun.sent]),
        )


_TITLES = DISPLAY_KINDS - {"dek"}
_LONG_AGO = 200  # days before the publication; a race of that time is another one


def _ordinal(day: str) -> int:
    return datetime.date.fromisoformat(day).toordinal()
