"""Rules about display type: headline, dek and captions against the body, a declared summary against its sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from audit.rules.base import Rule, Skip
from audit.rules.passages import LONGEST, passage

from audit.records import Document, Dossier, Draft, Evidence, GroupReaction, SupportGap, SupportMatch
from audit.records.findings import Confidence, Family, Severity

Weight = tuple[Severity, Confidence]

_ROLE = {"headline": "the headline", "dek": "the summary line", "caption": "the caption", "summary": "the summary"}
_NAMES = frozenset({"PERSON", "GPE", "NORP", "LOC", "ORG", "FAC"})


class HeadlineRule(Rule):
    """What the rules about display type share."""

    family: ClassVar[Family] = "headline"


class HeadlineUnsupported(HeadlineRule):
    """A headline, dek or caption that says what the body does not bear out, or says it more firmly.

    Reported are: a matter that the body denies or calls a hoax (an act with its figure, too: to lay off 300 workers,
    no plans to make 300 people redundant), or that went the other way there (raised and left unchanged, passed and
    rejected, broken and missed), or with the two parties turned round (who sued whom); a headline that speaks of all
    or none of a kind (every school, no shop) where the body speaks of a part; one that tells as done what the body
    has as planned, tried or proposed; a headline that calls untrue what the body tells as a fact; another figure for
    the same thing; a name in another spelling, or with another first name; a name, a large figure or a grave event
    (murder, arrest, theft) of which the body has no word; and a plain statement where every sentence about it in the
    body is hedged or hearsay. Support anywhere in the body comes first: in other forms, rounded, under a country's or
    an office's other name, as initials. Left alone: questions, quoted headlines, full dates, those that name whose
    word it is, live blogs, section headings, round years, small counts. An article whose front matter says
    `summary: true` is held against its sources instead, every name, figure and event of it. Errors where the body says
    otherwise, warnings where it says nothing or where somebody denies it. Source: rule catalogue,
    headline-unsupported.

    Fails:
        article: # Mill raises its flour forecast

            The mill at Salm grinds for forty bakeries. On Tuesday its owners left the forecast for the year
            unchanged, at 900 tonnes of flour, and said that the harvest had come in late and rather wet. They will
            look at it again in March, when the last of the rye has been dried, and they do not plan to hire anybody
            before that. A second stone is to be dressed in the spring.

    Passes:
        article: # Mill raises its flour forecast

            The mill at Salm grinds for forty bakeries. On Tuesday its owners lifted the forecast for the year to 900
            tonnes of flour, and said that the harvest had come in early and rather dry. They will look at it again in
            March, when the last of the rye has been dried, and they do not plan to hire anybody before that. A second
            stone is to be dressed in the spring.
    """

    id = "headline-unsupported"
    severity = "error"
    confidence = "medium"

    def check(self, dossier: Dossier) -> Iterable[Draft]:
        document = dossier.article.document
        for match in dossier.support:
            for gap in match.gaps:
                weight = _weight(match, gap)
                if weight is not None:
                    yield self._draft(match, gap, weight, document)

    def skip(self, dossier: Dossier) -> Skip | None:
        kinds = {block.kind for block in dossier.article.document.blocks}
        if not kinds & {"headline", "dek", "caption"} and not dossier.article.document.meta.summary:
            return Skip("the article has no headline, dek or caption")
        return None

    def _draft(self, match: SupportMatch, gap: SupportGap, weight: Weight, document: Document) -> Draft:
        return Draft(
            rule=self.id,
            severity=weight[0],
            confidence=weight[1],
            message=_message(match, gap),
            evidence=tuple(_evidence(match, gap, document)),
            why=tuple(_why(match, gap)),
            clear=_CLEAR[gap.kind].format(story=_story(match)),
        )


def _weight(match: SupportMatch, gap: SupportGap) -> Weight | None:
    """How much a gap weighs; None where nobody has to hear of it."""
    if gap.kind in ("affirmed", "reversed", "swapped"):
        return "error", "medium"
    if gap.kind == "denied":
        return ("warning", "medium") if gap.partly else ("error", "high" if len(gap.shared) >= 2 else "medium")
    if gap.kind in ("certainty", "hearsay", "scope", "undone"):
        return "warning", "medium"
    if match.role == "summary":
        return "error" if gap.conflict else "warning", "medium"
    if gap.kind == "event":
        return "warning", "low" if match.display_case else "medium"
    return _weight_of_name(match, gap) if gap.kind == "name" else _weight_of_figure(gap)


def _weight_of_name(match: SupportMatch, gap: SupportGap) -> Weight | None:
    if gap.conflict:
        return "error", "medium"
    if gap.partly or gap.named not in _NAMES:
        return None
    return "warning", "low" if match.display_case or gap.named not in ("PERSON", "GPE", "NORP") else "medium"


def _weight_of_figure(gap: SupportGap) -> Weight | None:
    if gap.conflict:
        return "error", "medium"
    return ("warning", "medium") if gap.measured else None


def _message(match: SupportMatch, gap: SupportGap) -> str:
    where, story = _ROLE[match.role].capitalize(), _story(match)
    words = " … ".join(place.text for place in gap.words)
    if gap.conflict and gap.kind in ("name", "number"):
        other = f"“{gap.against[0].text}”" if gap.against else "another form"
        return f"Which {'name' if gap.kind == 'name' else 'figure'} is it? {where} has “{words}”, {story} {other}."
    return {
        "name": f"Where does “{words}” come from? {where} has the name, and {story} does not.",
        "number": f"Where does “{words}” come from? {where} has the figure, and {story} does not.",
        "event": f"What does “{words}” rest on? {where} says it, and {story} has no word of it.",
        "denied": f"Is it so? {where} tells it as a fact, and {story} {'has it denied' if gap.partly else 'does not'}.",
        "affirmed": f"Is it untrue? {where} says so, and {story} tells it as a fact.",
        "reversed": f"How did it go? {where} says one thing, {story} another.",
        "scope": f"Is it all of them? {where} says “{words}”, and {story} speaks of a part.",
        "undone": f"Has it happened? {where} tells it as done, and {story} as planned, tried or still open.",
        "swapped": f"Who did it to whom? {where} has it one way, {story} the other.",
        "certainty": f"Is it that sure? {where} tells as a fact what {story} leaves open.",
        "hearsay": f"Whose word is it? {where} tells as a fact what {story} only reports.",
    }[gap.kind]


def _story(match: SupportMatch) -> str:
    return "the source" if match.role == "summary" else "the body"


def _evidence(match: SupportMatch, gap: SupportGap, document: Document) -> Iterator[Evidence]:
    yield passage(match.sentence, f"in {_ROLE[match.role]}", marks=gap.words)
    if gap.said is None or gap.said == match.sentence:
        return
    nearest = "" if gap.conflict or gap.against else ", nearest to it"
    label = f"in {_story(match)}{nearest}"
    place = gap.said
    if len(place.text) > LONGEST:
        place = gap.against[0] if gap.against else document.raw_place(place.start, place.start + 1)
    yield passage(place, label, marks=gap.against)


def _why(match: SupportMatch, gap: SupportGap) -> Iterator[str]:
    story = _story(match)
    words = ", ".join(f"“{place.text}”" for place in gap.words)
    against = ", ".join(f"“{place.text}”" for place in gap.against)
    if gap.shared:
        yield f"both are about {', '.join(word.lstrip('=') for word in gap.shared)}"
    if gap.kind == "name":
        yield f"{words} stands nowhere in {story}, in no other form and not as initials or a country's other name"
    elif gap.kind == "number":
        yield f"no figure of {story} is {words}, rounds to it, or adds up to it with another one"
    elif gap.kind == "event":
        yield f"{story} has neither {words} nor another word for such an event"
    elif gap.kind == "reversed":
        yield f"no sentence of {story} has the headline's outcome: {words}"
    elif gap.kind == "undone":
        yield f"no sentence of {story} tells it as done"
    elif gap.kind in ("scope", "swapped"):
        yield f"no sentence of {story} has it as the headline has"
    elif gap.kind in ("certainty", "hearsay"):
        yield f"every sentence of {story} about it is hedged or attributed"
    elif gap.kind == "affirmed":
        yield f"{words} in the headline, and no word in {story} that doubts or denies it"
    if against:
        yield f"{story} says {against}"


_CLEAR = {
    "name": "the name as {story} has it, or a sentence of {story} that gives it",
    "number": "one figure in both, or a sentence of {story} that gives it",
    "event": "the word that {story} uses, or a sentence of {story} that bears it out",
    "denied": "a headline that says whose word it is, or that it is not so",
    "affirmed": "what makes it untrue, in {story}, or another headline",
    "reversed": "one outcome in both",
    "scope": "the part that {story} speaks of, or a sentence of {story} about them all",
    "undone": "what stage it has reached, or a sentence of {story} that tells it as done",
    "swapped": "one order in both",
    "certainty": "the hedge of {story}, or a sentence of {story} that is as firm",
    "hearsay": "the attribution of {story}, or a sentence of {story} in its own voice",
}


class LedeNotBorneOut(HeadlineRule):
    """An opening that says how a group reacted, in a text that shows nobody of that group.

    Counts where the dek or one of the first two sentences has a professional or social group without a number
    (teachers, farmers, commuters) cheer, condemn or the like, and where at least 150 words follow without the group's
    name or any word by which a text shows its members. Groups that anybody may belong to (residents, critics, fans)
    are left alone. Source: rule catalogue, lede-not-borne-out.

    Fails:
        article: # Timetable plan goes to the council

            Teachers cheered the plan on Tuesday.

            The council wants the ferry to leave at seven instead of half past, and to wait at the lower pier until
            the post boat has come in. The harbour master had asked for that in the spring, when the fog held the boat
            back for eleven mornings in a row. The pier was built in 1911 and has one crane, two lamps and a bench.
            Fuel will cost a little more, since the engine has to run while the ferry waits, and the crew will be paid
            for the half hour. The council has set aside nine thousand crowns for the year. A first trial begins in
            October and ends at Easter. Should the ice come early, the ferry will lie in the upper basin as it has
            always done, and the post will cross by sledge. The harbour master keeps a list of the mornings on which
            the boat was late, and he will read it to the council in November, with the figures for fuel beside it.

    Passes:
        article: # Timetable plan goes to the council

            Teachers cheered the plan on Tuesday.

            The council wants the ferry to leave at seven instead of half past, and to wait at the lower pier until
            the post boat has come in. The harbour master had asked for that in the spring, when the fog held the boat
            back for eleven mornings in a row. “At last we can be in class when the bell goes,” said Ana Reyes, who
            heads the school on the island. Fuel will cost a little more, since the engine has to run while the ferry
            waits, and the crew will be paid for the half hour. The council has set aside nine thousand crowns for the
            year. A first trial begins in October and ends at Easter. Should the ice come early, the ferry will lie in
            the upper basin as it has always done, and the post will cross by sledge. The harbour master keeps a list
            of the mornings on which the boat was late, and he will read it to the council in November."""

    id = "lede-not-borne-out"
    preview = True
    severity = "warning"
    confidence = "medium"

    def check(self, dossier: Dossier) -> Iterable[Draft]:
        return map(self._draft, dossier.reactions)

    def _draft(self, reaction: GroupReaction) -> Draft:
        return Draft(
            rule=self.id,
            severity="warning",
            confidence="medium",
            message=f"Which {reaction.group} are they? The opening says how they reacted, and none of them follows.",
            evidence=(passage(reaction.sentence, "in the opening", marks=(reaction.words,)),),
            why=(
                f"no further word of {reaction.group} in the text",
                f"looked for: {', '.join(reaction.looked_for)}",
            ),
            clear="one of them in the text, or an opening without them",
        )


HEADLINE_RULES = (HeadlineUnsupported, LedeNotBorneOut)
