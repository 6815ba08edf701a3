"""One event that the article puts in one country or region, and a source in another.

Towns are left alone: one may lie in the other, and no list knows them all. What has to be known is the country or the
region that each place lies in, by its own name or by that of a capital; and the event has to be one: the same verb of
the same subject, and either a smaller place that both name or the same day.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from audit.compare.contradiction_made import conflict_of
from audit.compare.wordlists import country_key, place_groups, words_of_file
from audit.extract.topics import concepts, stem
from audit.records import DateMention, DocumentRecords, Place, Predication, StatementConflict

_WHERE = frozenset({"in", "at", "near", "of", "outside", "inside"})
_PAST = frozenset({"past", "perfect"})
_BEHIND = re.compile(r"(?:, | in | \()(?:the )?((?:[A-Z][\w'’-]+)(?: [A-Z][\w'’-]+){0,2})(?=[,.;:)]|$)")
_OPEN = re.compile(r"\b(?:may|might|could|would|should|if|whether|alleged\w*|reportedly|likely|possibl[ey]|perhaps)\b")
_BRITISH = frozenset({"part:england", "part:scotland", "part:wales"})  # their own country's names are loose
_LOOSE = frozenset({"uk", "u.k", "united kingdom", "britain", "great britain", "ireland", "georgia"})  # overlap others


@dataclass(frozen=True)
class _Set:
    """An event with where it is set: the region or country, the words for it, and the smaller places."""

    predication: Predication
    area: str
    place: Place
    name: str
    smaller: frozenset[str]
    days: frozenset[tuple[str, str]]


def set_apart(article: DocumentRecords, sources: Sequence[DocumentRecords]) -> Iterator[StatementConflict]:
    """The events of the article that a source has in another country or region, each once, in order of the text."""
    own = {p.id for p in article.of(Predication)}
    told = list(_events(article, frozenset({"narration", "indirect"}))) if sources else []
    theirs: dict[tuple[str, str], list[tuple[_Set, DocumentRecords]]] = defaultdict(list)
    for records in sources if told else ():
        for event in _events(records, frozenset({"narration", "turn"})):
            theirs[_key(event)].append((event, records))
    for one in told:
        for other, records in theirs[_key(one)]:
            if (
                _is_one_event(one, other)
                and _exclude(one.area, other.area)
                and not _is_known(one, other, records, article)
            ):
                reason = f"the one is in {one.name.title()}, the other in {other.name.title()}"
                shared = tuple(
                    sorted({*one.predication.subject, one.predication.predicate, *(one.smaller & other.smaller)})
                )
                yield conflict_of(
                    one.predication, other.predication, "value", one.place, other.place, reason, "high",
                    own=own, shared=shared,
                )  # fmt: skip
                break


def _events(records: DocumentRecords, voices: frozenset[str]) -> Iterator[_Set]:
    dates = {date.id: date for date in records.of(DateMention)}
    for predication in records.of(Predication):
        plain = predication.voice in voices and predication.force == "asserted" and not _is_open(predication)
        if plain and predication.tense in _PAST and not (predication.denied or predication.changed):
            event = _located(records, predication, dates)
            if event is not None:
                yield event


def _is_open(predication: Predication) -> bool:
    """Whether an event is not told as a fact; what somebody is reported to have said is, unless a word limits it."""
    reported = predication.voice == "indirect" and not _OPEN.search(predication.sentence.text)
    return predication.modal and not reported


def _located(records: DocumentRecords, said: Predication, dates: Mapping[str, DateMention]) -> _Set | None:
    """Where an event is set; None where no country or region is named with it, or more than one."""
    names: list[tuple[str, Place]] = []
    for argument in said.arguments:
        if argument.role not in _WHERE or argument.several:
            continue
        names.extend((name.removeprefix("the "), argument) for name in argument.names)
        behind = said.sentence.text[argument.end - said.sentence.start :]
        match = _BEHIND.match(behind)
        if match and argument.names:
            at = argument.end
            names.append((match[1].lower(), records.document.raw_place(at + match.start(1), at + match.end(1))))
    known = [(area, name, place) for name, place in names if (area := _area(name))]
    if len({area for area, _, _ in known}) != 1:
        return None
    area, name, place = known[0]
    smaller = frozenset(other for other, _ in names if not _area(other))
    days = frozenset(
        (d.earliest, d.latest) for a in said.arguments for id in a.dates if (d := dates[id]).earliest and not d.range
    )
    return _Set(said, area, place, name, smaller, days)


def _area(name: str) -> str:
    """The country or region that a name stands for, a capital for its own; "" for any other, or a loose one."""
    if name in _LOOSE:
        return ""
    if name in words_of_file("regions.txt", "part"):
        return f"part:{name}"
    if name in words_of_file("regions.txt", "country"):
        return f"country:{country_key(name)}"
    for names in (names for names, seats in place_groups() if name in seats):
        part = sorted(names & words_of_file("regions.txt", "part"))
        return f"part:{part[0]}" if part else f"country:{country_key(min(names))}"
    return ""


def _exclude(one: str, other: str) -> bool:
    """Whether nothing lies in both: two countries, or two regions; a region may lie in the country."""
    kinds = {one.partition(":")[0], other.partition(":")[0]}
    return one != other and (len(kinds) == 1 or bool(_BRITISH & {one, other}))


def _key(event: _Set) -> tuple[str, str]:
    """What two events have to have in common before anything else: the verb and its subject."""
    return stem(event.predication.predicate), stem(event.predication.subject_head)


def _is_one_event(one: _Set, other: _Set) -> bool:
    mine, theirs = one.predication, other.predication
    if mine.passive != theirs.passive or not mine.subject_head or mine.several or theirs.several:
        return False
    if (one.days and other.days and one.days != other.days) or concepts(mine.subject) != concepts(theirs.subject):
        return False
    day = bool(one.days & other.days) and mine.definite and theirs.definite
    return bool(one.smaller & other.smaller) or day


def _is_known(one: _Set, other: _Set, source: DocumentRecords, article: DocumentRecords) -> bool:
    """Whether the source knows of the article's place as well, or the article of the source's: then there are two."""
    return one.name in source.document.view.lower() or other.name in article.document.view.lower()
