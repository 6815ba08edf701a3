"""Rules about wording that is bound to the day of writing: what was still to come then, and is over by now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from audit.rules.base import Rule
from audit.rules.dates import DateRule, in_words
from audit.rules.passages import passage

from audit.compare.timeline import days_of
from audit.extract.topics import concepts
from audit.records import DatedEvent, DateMention, DocumentRecords, Dossier, Draft, Evidence, Occasion, Statement
from audit.records.findings import Severity

_NEAR_BY = 400  # days that a plan may lie back; what is older is history told ahead ("It will burn down in 1998")


class TimeBoundWording(DateRule):
    """Something told as still to come that a date or another sentence shows to be over.

    "The race will be held on 3 May" in a text dated 10 May, or beside another sentence that tells how it went; also
    what the article announces and a source from before it reports as done. Mostly a line that was left over from a
    preview. Left alone: quotations, plans without a day, another occasion of the kind (next, second, a race), last
    year's, and dates that lie ahead of the article's own. A warning; a note where two words may name two occasions
    (inquiry, hearing). Source: rule catalogue, time-bound-wording.

    Fails:
        article: Ana Reyes won the race on Sunday in the rain. Entry for the race closes on Friday at noon.

    Passes:
        article: Ana Reyes won the race on Sunday in the rain. Entry for the next race closes on Friday at noon.
    """

    id = "time-bound-wording"
    severity = "warning"
    preview = True

    def check(self, dossier: Dossier) -> Iterable[Draft]:
        shown: set[int] = set()
        for draft in (*self._passed(dossier), *self._over(dossier)):
            start = draft.evidence[0].place.start
            if start not in shown:
                shown.add(start)
                yield draft

    # --- A day that has passed ---

    def _passed(self, dossier: Dossier) -> Iterator[Draft]:
        """What will happen on a day before the article's own."""
        written = dossier.article.document.meta.date
        if written is None:
            return
        for event in dossier.article.of(DatedEvent):
            mention = dossier.date(event.date)
            days = days_of(mention)
            if days is None or not _is_announced(event, mention):
                continue
            if 0 < (written - days.last).days <= _NEAR_BY:
                yield self._past_day(event, mention, days.last, written)

    def _past_day(self, event: DatedEvent, mention: DateMention, day: date, written: date) -> Draft:
        return self._draft(
            f"Is {mention.text} still to come? The article is dated {in_words(written)}.",
            [passage(event.sentence, "in the article", marks=(event, mention))],
            f"“{event.text}” is told as to come, and {in_words(day)} is before {in_words(written)}",
            "warning",
        )

    # --- An occasion that is over ---

    def _over(self, dossier: Dossier) -> Iterator[Draft]:
        """An occasion ahead that another sentence, or a source from before, tells as over."""
        done = [(one, dossier.article, "over here") for one in _narrated(dossier.article, "over")]
        for records in dossier.sources:
            if not _is_later(records, dossier.article):
                done.extend((one, records, "over in the source") for one in _narrated(records, "over"))
        for ahead in _narrated(dossier.article, "ahead"):
            if _is_still_ahead(dossier, ahead):
                continue
            found = next((row for row in done if _may_be_one(ahead, row[0])), None)
            if found is not None:
                yield self._contrast(dossier, ahead, *found)

    def _contrast(
        self, dossier: Dossier, ahead: Occasion, over: Occasion, records: DocumentRecords, label: str
    ) -> Draft:
        same = ahead.noun == over.noun
        return self._draft(
            f"Is the {ahead.noun} still to come? Another sentence tells it as over.",
            [
                passage(ahead.sentence, "ahead here", marks=(ahead,)),
                passage(over.sentence, label, marks=(over,)),
            ],
            f"the {ahead.noun} is told as to come" + (f", and the {over.noun} as past" if not same else " and as past"),
            "warning" if same else "note",
        )

    def _draft(self, message: str, evidence: list[Evidence], why: str, severity: Severity) -> Draft:
        return Draft(
            rule=self.id,
            severity=severity,
            confidence="medium",
            message=message,
            evidence=tuple(evidence),
            why=(why,),
            clear="the day of the event, and wording that fits the day of publication",
        )


def _is_announced(event: DatedEvent, mention: DateMention) -> bool:
    """Whether an event is told as to come on one day: "will be held on 3 May", not "by May", not in a quotation."""
    ahead = event.tense == "future" and not event.quoted and not event.negated
    exact = mention.precision == "day" and mention.bound == "on" and not mention.range and not mention.relative
    return ahead and exact and mention.month is not None


def _narrated(records: DocumentRecords, when: str) -> list[Occasion]:
    """The occasions of one kind in a document's own voice."""
    found = []
    for occasion in records.of(Occasion):
        statement = records.statement_at(occasion)
        own = isinstance(statement, Statement) and statement.voice in ("narration", "turn")
        if occasion.when == when and own and not occasion.quoted:
            found.append(occasion)
    return found


def _is_later(source: DocumentRecords, article: DocumentRecords) -> bool:
    """Whether a source may have been written after the article, which was then right on its day."""
    days = source.document.meta.date, article.document.meta.date
    return days[0] is None or days[1] is None or days[0] > days[1]


def _is_still_ahead(dossier: Dossier, ahead: Occasion) -> bool:
    """Whether the sentence gives a full day that lies behind the article's own: the next one."""
    written = dossier.article.document.meta.date
    mention = dossier.date(ahead.date) if ahead.date else None
    days = days_of(mention) if mention is not None else None
    if mention is None or days is None or written is None or mention.precision == "weekday":
        return False
    return days.last >= written


def _may_be_one(ahead: Occasion, over: Occasion) -> bool:
    """Whether two occasions may be one: nouns of one line, and nothing that they are about sets them apart."""
    if ahead.group != over.group:
        return False
    about = concepts(ahead.about), concepts(over.about)
    return not about[0] or not about[1] or bool(about[0] & about[1])


STALENESS_RULES: tuple[type[Rule], ...] = (TimeBoundWording,)
