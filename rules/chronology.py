"""Rules about two dates: one event on two days, another day than the source's, and an order that cannot be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import chain

from audit.rules.base import Rule
from audit.rules.dates import DateRule, in_words
from audit.rules.passages import joined, passage

from audit.compare.beginnings import turned_beginnings
from audit.compare.timeline import (
    Days,
    Told,
    act_of,
    days_of,
    lives_of,
    once,
    same_event,
    told_events,
)
from audit.extract.nominals import names_event
from audit.extract.site_phrases import opens_note
from audit.extract.topics import concept, concepts
from audit.records import DateMention, DateOrder, Dossier, Draft, LifeFact, Paragraph, Place
from audit.records.findings import Confidence, Severity

_MOVING = frozenset({"move", "postpone", "shift", "change", "bring", "reschedule", "put", "fall", "drop", "rise"})
_LIVES = frozenset({"bear", "die", "birth", "death"})  # told of persons, see LifeFact
# What may happen again, but is one where a noun names it and a verb tells it of the same matter.
_DECISIONS = ("vote", "decide", "approve", "adopt", "reject", "ratify", "debate", "sentence")
_ACTS = frozenset(
    {"say", "tell", "join", "become", "win", "marry", "resign", "retire", "move", "found", "write", "begin", "lead",
     "vote", "return", "appoint", "elect", "travel", "graduate", "visit"}
)  # fmt: skip


class DateTwoValues(DateRule):
    """One event with two dates in the article.

    Compared are events that happen once (founded, opened, signed, died) with the same verb and the same subject and
    object, told in the article's own voice as done, whose days cannot be the same; also where one place tells it and
    the other names it ("they voted on the ferry", "the vote on the ferry"). Left alone: events that differ in a
    word ("the second", "again"), plans, and quoted words. Source: rule catalogue, date-does-not-compute.

    Fails:
        article: The old mill at Salm was demolished in 1998.

            Nobody has missed the wheel since the old mill at Salm was demolished in 1996.

    Passes:
        article: The old mill at Salm was demolished in 1998.

            Nobody has missed the wheel since the old inn at Salm was demolished in 1996.
    """

    id = "date-two-values"
    severity = "warning"
    preview = True

    def check(self, dossier: Dossier) -> Iterable[Draft]:
        groups: dict[str, list[Told]] = defaultdict(list)
        for told in told_events(dossier.article):
            act = concept(act_of(told.event))
            if told.event.head not in _LIVES and act in once() | concepts(_DECISIONS) and _is_point(told):
                groups[act].append(told)
        for group in groups.values():
            pair = _first_apart(group[:40])
            if pair is not None:
                yield self._draft(dossier, *pair)
        yield from self._lives(dossier)

    def _draft(self, dossier: Dossier, one: Told, other: Told) -> Draft:
        return _two_dates(self.id, (one.date, one.event.sentence), (other.date, other.event.sentence), one.event.head)

    def _lives(self, dossier: Dossier) -> Iterator[Draft]:
        """Two dates of birth or death of one person, one of them in the article."""
        for facts in lives_of(dossier).values():
            for kind in ("birth", "death"):
                known = [(f, d) for f in facts if f.fact == kind and not f.quoted and (d := days_of(f)) is not None]
                if not known or not known[0][0].id.startswith(f"{dossier.article.document.key}."):
                    continue
                first, days = known[0]
                other = next((f for f, d in known[1:] if d.apart(days)), None)
                if other is not None:
                    yield _two_dates(self.id, (first, first.sentence), (other, other.sentence), f"the {kind}")


def _is_point(told: Told) -> bool:
    date = told.date
    return (
        told.days is not None and date.bound == "on" and not date.range and date.precision in ("day", "month", "year")
    )


def _is_once(told: Told) -> bool:
    return concept(act_of(told.event)) in once()


def _first_apart(group: list[Told]) -> tuple[Told, Told] | None:
    for at, one in enumerate(group):
        for other in group[at + 1 :]:
            if one.days is None or other.days is None or not one.days.apart(other.days):
                continue
            if one.event.sentence == other.event.sentence:
                continue  # "won in 2008 and 2012"
            if not same_event(one, other, least=2):
                continue
            if one.event.noun != other.event.noun or (len(one.words & other.words) >= 2 and _is_once(one)):
                return one, other
    return None


def _two_dates(
    rule: str, one: tuple[DateMention | LifeFact, Place], other: tuple[DateMention | LifeFact, Place], what: str
) -> Draft:
    """A finding about one thing with two dates."""
    return Draft(
        rule=rule,
        severity="warning",
        confidence="medium",
        message=f"Which date is it, {one[0].text} or {other[0].text}? The same event seems to have both.",
        evidence=joined(
            (
                passage(one[1], "one date", marks=(one[0],)),
                passage(other[1], "the other date", marks=(other[0],)),
            ),
            together="both dates",
        ),
        why=(f"the same in both: {what}; the days of {one[0].text} and {other[0].text} do not meet",),
        clear="the date from a record of the event, in both places",
    )


class DateDiffersFromSource(DateRule):
    """A date of the article that the matching statement of the source gives otherwise.

    The same event (verb and what it is about) on days that cannot be the same, or on another weekday. Silent as soon
    as any matching statement of a source has the article's date. Source: rule catalogue, date-does-not-compute.

    Fails:
        article: The council of Salm voted on 4 May 2024 to close the old mill.
        source: OKORO: When was that?
            REYES: The council of Salm voted on 14 May 2024 to close the old mill.

    Passes:
        article: The council of Salm voted on 14 May 2024 to close the old mill.
        source: OKORO: When was that?
            REYES: The council of Salm voted on 14 May 2024 to close the old mill.
    """

    id = "date-differs-from-source"
    severity = "error"
    needs_source = True
    preview = True

    def check(self, dossier: Dossier) -> Iterable[Draft]:
        sources = _events_by_statement(dossier)
        for told in told_events(dossier.article):
            statement = dossier.article.statement_at(told.event.sentence)
            if statement is None:
                continue
            matches = [m for m in dossier.statements_like(statement.id) if not m.inside]
            others = [(m, o) for m in matches for o in sources.get(m.other, ())]
            if any(not _conflict(told, o) and _comparable(told, o) for _, o in others):
                continue
            found = next((o for m, o in others if _conflict(told, o) and _is_same(told, o, m.closeness)), None)
            if found is not None:
                yield self._draft(told, found)

    def _draft(self, told: Told, other: Told) -> Draft:
        explicit = told.date.resolved == other.date.resolved == "explicit" or bool(told.date.weekday)
        severity: Severity = "error" if explicit else "warning"
        confidence: Confidence = "high" if explicit else "medium"
        return Draft(
            rule=self.id,
            severity=severity,
            confidence=confidence,
            message=f"Is it {told.date.text} or {other.date.text}? The source has another date for it.",
            evidence=(
                passage(told.event.sentence, "in the article", marks=(told.date,)),
                passage(other.event.sentence, "in the source", marks=(other.date,)),
            ),
            why=(f"the same event in both: {told.event.head}, {', '.join(sorted(told.words & other.words))}",),
            clear="the date from a record of the event",
        )


def _events_by_statement(dossier: Dossier) -> dict[str, list[Told]]:
    found: dict[str, list[Told]] = defaultdict(list)
    for records in dossier.sources:
        for told in told_events(records):
            statement = records.statement_at(told.event.sentence)
            if statement is not None:
                found[statement.id].append(told)
    return dict(found)


def _is_same(one: Told, other: Told, closeness: float) -> bool:
    if concept(one.event.head) != concept(other.event.head) or one.date.bound != other.date.bound:
        return False
    return len(one.words & other.words) >= 2 or (bool(one.words & other.words) and closeness >= 0.5)


def _comparable(one: Told, other: Told) -> bool:
    return (one.days is not None and other.days is not None) or bool(one.date.weekday and other.date.weekday)


def _conflict(one: Told, other: Told) -> bool:
    if one.date.range or other.date.range:
        return False
    if one.days is not None and other.days is not None:
        return one.days.apart(other.days)
    return bool(one.date.weekday and other.date.weekday) and one.date.weekday != other.date.weekday


_ONE_STORY = 731  # days between two sentences' dates beyond which "the flood" may be another one


def _ends_of(dossier: Dossier, order: DateOrder) -> tuple[DateMention, DateMention] | None:
    """The earlier and the later date of an order; where the article has no day for the event, that of a source."""
    if order.earlier and order.later:
        return dossier.date(order.earlier), dossier.date(order.later)
    found = [
        told.date
        for records in dossier.sources
        for told in told_events(records)
        if told.days is not None and names_event(order.event, told.event)
    ]
    if len({(date.earliest, date.latest) for date in found}) != 1:
        return None
    own = dossier.date(order.earlier or order.later)
    return (own, found[0]) if order.earlier else (found[0], own)


def _places_of(dossier: Dossier, order: DateOrder, dates: tuple[DateMention, DateMention]) -> list[_Passage]:
    """The sentence that states an order, and that of a date which stands elsewhere."""
    inside = tuple(date for date in dates if order.sentence.covers(date))
    places: list[_Passage] = [(order.sentence, (*inside, order), "in the article")]
    for date in dates:
        if date not in inside:
            records = next(r for r in (dossier.article, *dossier.sources) if date.id.startswith(f"{r.document.key}."))
            label = "in the article" if records is dossier.article else "in the source"
            places.append((records.statement_at(date) or date, (date,), label))
    return places


_Passage = tuple[Place, tuple[Place, ...], str]  # a place, the words in it that matter, and a label


class OrderImpossible(DateRule):
    """Dates in an order that cannot be: a cause after its effect, an end before its beginning, a deed after a death.

    Also an event that is told as past and dated after the publication, and a thing that was rebuilt, enlarged or sold
    before it was built, opened or founded. Left alone: plans, what is moved from one day to another, honours after a
    death, one day more or less for time zones, another thing of the kind (the new mill, its predecessor), a beginning
    told after what befell the thing, and editors' notes, corrections and lines that say when a page was updated.
    Source: rule catalogue, date-does-not-compute.

    Fails:
        article: Evidence that led to the 1986 act on mills was given to the council of Salm in 1988.

        article: The mill was built in 1890. It was rebuilt in 1874, after a flood.

    Passes:
        article: Evidence that led to the 1986 act on mills was given to the council of Salm in 1984.

        article: The mill was built in 1890. Its predecessor was rebuilt in 1874, after a flood.
    """

    id = "order-impossible"
    severity = "error"

    def check(self, dossier: Dossier) -> Iterable[Draft]:
        notes = [p for p in dossier.article.of(Paragraph) if opens_note(p.text)]
        found = (self._orders, self._ranges, self._after_publication, self._after_death, self._before_beginning)
        for draft in chain.from_iterable(find(dossier) for find in found):
            if not any(note.covers(evidence.place) for note in notes for evidence in draft.evidence):
                yield draft

    def _orders(self, dossier: Dossier) -> Iterator[Draft]:
        for order in dossier.article.of(DateOrder):
            dates = _ends_of(dossier, order)
            if dates is None or order.quoted:
                continue
            first, second = days_of(dates[0]), days_of(dates[1])
            if first is None or second is None or not second.before(first):
                continue
            if any(date.range or date.bound not in ("on", "after", "before") for date in dates):
                continue
            if order.event and (first.first - second.last).days > _ONE_STORY:
                continue  # another flood
            yield self._draft(
                f"Which came first? By its words {dates[0].text} comes before {dates[1].text}.",
                _places_of(dossier, order, dates),
                f"“{order.text}” puts {dates[0].text} first, and {in_words(second.last)} is before "
                f"{in_words(first.first)}",
                "warning",
            )

    def _ranges(self, dossier: Dossier) -> Iterator[Draft]:
        heads = {told.event.date: told.event.head for told in told_events(dossier.article)}
        for date in dossier.article.of(DateMention):
            days = days_of(date)
            if not date.range or days is None or days.first <= days.last or heads.get(date.id) in _MOVING:
                continue
            place = dossier.article.statement_at(date)
            if place is not None and date.resolved == "explicit":
                yield self._draft(
                    f"Are the two ends of “{date.text}” the right way round? The end is before the beginning.",
                    [(place, (date,), "in the article")],
                    f"it ends on {in_words(days.last)} and begins on {in_words(days.first)}",
                    "warning",
                )

    def _after_publication(self, dossier: Dossier) -> Iterator[Draft]:
        published = dossier.article.document.meta.date
        if published is None:
            return
        limit = Days(published, published + timedelta(days=1))
        for told in told_events(dossier.article):
            event, date = told.event, told.date
            if event.tense != "past" or told.days is None or date.bound != "on" or date.range or date.relative:
                continue
            if limit.before(told.days) and event.head != "be" and date.precision == "day" and date.month is not None:
                yield self._draft(
                    f"Is {date.text} right? It is told as past, and the article is dated {in_words(published)}.",
                    [(event.sentence, (date, event), "in the article")],
                    f"“{event.text}” is past, and {in_words(told.days.first)} is after {in_words(published)}",
                    "warning",
                )

    def _after_death(self, dossier: Dossier) -> Iterator[Draft]:
        ends = [f for f in dossier.article.of(LifeFact) if f.fact == "death" and f.person and not f.hedge]
        for told in told_events(dossier.article):
            event = told.event
            death = next((f for f in ends if f.person == event.person), None) if event.person else None
            days = days_of(death) if death is not None else None
            if death is None or days is None or told.days is None or event.head not in _ACTS or told.date.range:
                continue
            if days.before(told.days) and told.date.bound == "on":
                yield self._draft(
                    f"Can this be {told.date.text}? The article has the death before it.",
                    [
                        (event.sentence, (told.date, event), "in the article"),
                        (death.sentence, (death,), "in the article"),
                    ],
                    f"dead by {in_words(days.last)}, and “{event.text}” on {told.date.text}",
                    "error",
                )

    def _before_beginning(self, dossier: Dossier) -> Iterator[Draft]:
        for begun, changed in turned_beginnings(dossier.article, dossier.identities):
            told = (begun, changed) if begun.event.sentence != changed.event.sentence else (begun,)
            marks = (begun.date, begun.event, changed.date, changed.event)
            yield self._draft(
                f"Which came first? “{begun.event.text}” is put in {begun.date.text}, and “{changed.event.text}” "
                f"before it, in {changed.date.text}.",
                [
                    (t.event.sentence, tuple(m for m in marks if t.event.sentence.covers(m)), "in the article")
                    for t in told
                ],
                f"one thing in both: “{begun.event.text}” in {begun.date.text} is its beginning",
                "warning",
            )

    def _draft(self, message: str, places: list[_Passage], why: str, severity: Severity) -> Draft:
        evidence = joined(passage(place, label, marks=marks) for place, marks, label in places)
        return Draft(
            rule=self.id,
            severity=severity,
            confidence="medium",
            message=message,
            evidence=evidence,
            why=(why,),
            clear="the right date, or words that explain the order",
        )


CHRONOLOGY_RULES: tuple[type[Rule], ...] = (DateTwoValues, DateDiffersFromSource, OrderImpossible)
