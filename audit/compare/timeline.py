"""Dates of one dossier beside each other: spans of days, what happens on them, and who had which age when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from audit.extract.dated_events import AGAIN
from audit.extract.nominals import verb_of
from audit.extract.topics import concept, concepts, turns_concept
from audit.records import DatedEvent, DateMention, DocumentRecords, Dossier, LifeFact

_ONCE = (
    "found establish build complete open inaugurate close bear die marry elect appoint sign enact pass ratify "
    "publish release launch acquire buy sell demolish destroy sink crash discover kill arrest sentence abolish"
)


@cache
def once() -> frozenset[str]:
    """The concepts of what one thing does or suffers once, as a rule."""
    return concepts(_ONCE.split())


@dataclass(frozen=True)
class Days:
    """The first and the last day that a date can mean."""

    first: date
    last: date

    def before(self, other: Days) -> bool:
        """Whether every day here is earlier than every day there."""
        return self.last < other.first

    def apart(self, other: Days) -> bool:
        return self.before(other) or other.before(self)


def days_of(claim: DateMention | LifeFact) -> Days | None:
    """The days of a date or of a fact of a life; None where the text does not settle them."""
    if not claim.earliest or not claim.latest:
        return None
    return Days(date.fromisoformat(claim.earliest), date.fromisoformat(claim.latest))


def years_between(birth: Days, at: Days) -> tuple[int, int]:
    """The lowest and the highest age in completed years that somebody born then can have on those days."""
    return _completed(birth.last, at.first), _completed(birth.first, at.last)


def _completed(birth: date, at: date) -> int:
    return at.year - birth.year - ((at.month, at.day) < (birth.month, birth.day))


def lives_of(dossier: Dossier) -> dict[str, list[LifeFact]]:
    """The facts of each life by the key of the person, the article's first."""
    found: dict[str, list[LifeFact]] = defaultdict(list)
    for records in (dossier.article, *dossier.sources):
        for fact in records.of(LifeFact):
            if fact.person is not None and not fact.hedge:
                found[dossier.identities.get(fact.person, fact.person)].append(fact)
    return dict(found)


@dataclass(frozen=True)
class Told:
    """An event that the document tells in its own voice, with its date and its days."""

    event: DatedEvent
    date: DateMention
    days: Days | None

    @property
    def words(self) -> frozenset[str]:
        """The concepts of what it is about, without the event itself."""
        names = {part for name in self.event.names for part in name.split()}
        return concepts((*self.event.theme, *self.event.agent, *names)) - {concept(self.event.head)}


def told_events(records: DocumentRecords) -> Iterator[Told]:
    """The events that are told as done, denied and quoted ones left out."""
    dates = {claim.id: claim for claim in records.of(DateMention)}
    for event in records.of(DatedEvent):
        if not (event.negated or event.quoted or event.planned):
            yield Told(event, dates[event.date], days_of(dates[event.date]))


def act_of(event: DatedEvent) -> str:
    """The lemma of the verb for what happens, also where a noun says it: "close" of "the closure"."""
    return (verb_of(event.head) or event.head) if event.noun else event.head


def same_event(one: Told, other: Told, *, least: int = 2) -> bool:
    """Whether two dated events are one, as far as their words show: same head, and enough of what it is about."""
    heads = [(concept(act), turns_concept(act)) for act in map(act_of, (one.event, other.event))]
    if heads[0] != heads[1]:
        return False
    if AGAIN & (set(one.event.modifiers) ^ set(other.event.modifiers)):
        return False
    if one.event.noun != other.event.noun:
        return _named_and_told(*((one, other) if one.event.noun else (other, one)))
    modifiers = [{word for word in told.event.modifiers if not word.isdigit()} for told in (one, other)]
    if modifiers[0] ^ modifiers[1] and one.event.noun:
        return False
    shared = one.words & other.words
    return len(shared) >= min(least, max(1, min(len(one.words), len(other.words)))) and bool(shared)


def _named_and_told(noun: Told, verb: Told) -> bool:
    """Whether a noun names what a verb tells: "the closure of the mill", "the mill was closed".

    Everything that the noun is about has to stand with the verb, and no word may set it apart ("the second vote").
    """
    apart = {word for word in noun.event.modifiers if concept(word) not in verb.words}
    return not apart and bool(noun.words) and noun.words <= verb.words
