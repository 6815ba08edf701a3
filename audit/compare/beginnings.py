"""What befell a thing before it began: a school that was enlarged in 1931 and founded in 1950.

The text has to tell the beginning first, as a story does; told the other way round ("rebuilt in 1924 and opened in
1931") a thing may have begun anew. What can come round again (opened and closed, built and destroyed) counts only
inside one sentence, or behind a founding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from audit.compare.contradiction_subjects import Subjects
from audit.compare.timeline import Told, told_events
from audit.compare.wordlists import words_of_file
from audit.records import DocumentRecords, Predication

_OTHER_ONE = re.compile(
    r"\b(?:again|anew|afresh|reopen\w*|replac\w+|predecessors?|success\w+|forerunner|origin\w*|former\w*|earlier"
    r"|previous\w*|prior|once|new|old|older|present|current|today|today's|sites?|spot|second|third|another|other"
    r"|first (?!open|built|found|establish|creat)|mov(?:ed?|ing)|relocat\w+|plan\w*|re-\w+|revived?|reviv\w+)\b",
    re.I,
)
_OPENED_TO = re.compile(r"(?:(?!\band\b)[^,.;]){0,30}?\b(?:to|as|for)\b", re.I)
_HAD = re.compile(r"\bhad (?:been |first |only ){0,2}$", re.I)
_COMES_BACK = frozenset({"open", "introduce", "build", "create"})  # may be done anew


def turned_beginnings(records: DocumentRecords, identities: Mapping[str, str]) -> Iterator[tuple[Told, Told]]:
    """The beginning of a thing and what befell it on earlier days, for each thing once, in order of the text."""
    said_in = _by_sentence(records)
    told = [(one, said) for one in told_events(records) if _is_sure(one) and (said := _said(said_in, one)) is not None]
    subjects = Subjects(records.of(Predication), identities)
    of_thing: dict[str, list[tuple[Told, Predication]]] = {}
    for one, said in told:
        if (key := subjects.key(said)) is not None:
            of_thing.setdefault(key, []).append((one, said))
    seen: set[str] = set()
    for begun, first in told:
        key = subjects.key(first)
        if key is None or key in seen or begun.event.head not in _words("beginning"):
            continue
        for changed, second in of_thing[key]:
            if changed is begun or not _is_turned(begun, changed):
                continue
            if subjects.same(first, second) and not _is_another(first, second):
                seen.add(key)
                yield begun, changed
                break


_Sentences = Mapping[tuple[str, int], Sequence[Predication]]


def _by_sentence(records: DocumentRecords) -> _Sentences:
    """Predications by their verb and the start of their sentence."""
    found: dict[tuple[str, int], list[Predication]] = {}
    for predication in records.of(Predication):
        found.setdefault((predication.predicate, predication.sentence.start), []).append(predication)
    return found


def _words(section: str) -> frozenset[str]:
    return words_of_file("beginnings.txt", section)


def _is_sure(told: Told) -> bool:
    """Whether something is told as done on days that the words themselves give."""
    date = told.date
    if told.days is None or date.range or date.bound != "on" or date.resolved != "explicit" or date.part:
        return False
    return date.precision in ("day", "month", "year") and told.event.tense == "past" and not told.event.noun


def _said(said_in: _Sentences, told: Told) -> Predication | None:
    """The predication of a dated verb that has one thing as its subject and no object: something befell the thing."""
    event = told.event
    found = [
        p
        for p in said_in.get((event.head, event.sentence.start), ())
        if p.start <= event.start < p.end and p.sentence == event.sentence
    ]
    if not found or found[0].modal or found[0].denied or found[0].voice != "narration" or found[0].force != "asserted":
        return None
    alone = found[0].passive or not any(argument.role == "object" for argument in found[0].arguments)
    return found[0] if alone and found[0].subject_person is None else None


def _is_turned(begun: Told, changed: Told) -> bool:
    """Whether a thing is told to have changed before it began, in words that leave no room for a second beginning."""
    if begun.event.head not in _words("beginning") or begun.days is None or changed.days is None:
        return False
    ends = changed.event.head in _words("end")
    if not (ends or changed.event.head in _words("change")) or not changed.days.before(begun.days):
        return False
    before = (told.event.sentence.text[: told.event.start - told.event.sentence.start] for told in (begun, changed))
    late, back = (_HAD.search(text) is not None for text in before)
    if back or (changed.event.start < begun.event.start and not late):
        return False
    together = begun.event.sentence == changed.event.sentence
    return together or late or not (ends and begun.event.head in _COMES_BACK)


def _is_another(first: Predication, second: Predication) -> bool:
    """Whether the words let the beginning be another one: a new building, the same spot, opened to the public."""
    if any(_OTHER_ONE.search(said.sentence.text) for said in (first, second)):
        return True
    behind = first.sentence.text[first.end - first.sentence.start :]
    return first.predicate in _COMES_BACK and _OPENED_TO.match(behind) is not None
