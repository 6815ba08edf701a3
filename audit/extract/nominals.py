"""Nouns that name what a verb does: "the closure" of closing, "the vote" of voting."""

from __future__ import annotations

from functools import cache

from audit.extract.lexicon import lines_of
from audit.records import DatedEvent

_HAPPENING = frozenset(
    {"come", "happen", "occur", "strike", "hit", "break", "begin", "start", "erupt", "fall", "sweep", "rage", "burst"}
)


@cache
def _verbs() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in lines_of("audit.extract", "nominals.txt"):
        verb, _, nouns = line.partition(":")
        for noun in nouns.split(","):
            found.setdefault(noun.strip(), verb.strip())
    return found


def verb_of(noun: str) -> str:
    """The verb whose doing a noun (its lemma) names, or ""."""
    return _verbs().get(noun.casefold(), "")


def names_event(noun: str, event: DatedEvent) -> bool:
    """Whether a noun (its lemma) names what an event tells: "the flood" of "the flood came", "the sale" of selling."""
    if event.noun:
        return event.head == noun
    took_place = event.head == "take" and not event.theme
    happens = (event.head in _HAPPENING or took_place) and noun in (*event.theme, *event.agent)
    return happens or (event.head == verb_of(noun) and event.tense == "past")
