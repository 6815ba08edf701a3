"""Rules about attribution: whether a reader can tell who says what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import ClassVar

from audit.rules.base import Rule
from audit.rules.passages import passage
from audit.rules.production import shortened

from audit.records import (
    DocumentRecords,
    Dossier,
    Draft,
    Paragraph,
    Person,
    Place,
    Quotation,
    ReportedStatement,
    Speaker,
)
from audit.records.findings import Family


class AttributionRule(Rule):
    """What the rules about attribution share."""

    family: ClassVar[Family] = "attribution"


# --- Quotations that nobody says -------------------------------------------------------------------------------------

_LEAST_WORDS = 4
_POINTING_WORDS = "he she they him her them his hers their theirs i we my our me us who whose"
_POINTING = frozenset(_POINTING_WORDS.split())
_LABEL = re.compile(r"[A-Z][A-Z .'’-]{1,30}:")


class QuoteWithoutSpeaker(AttributionRule):
    """A quotation that stands by itself and that nothing around it gives to anybody.

    Reported when a direct quotation of at least four words makes a sentence of its own, no name, pronoun or other
    quotation in its paragraph points to a speaker, and it does not go on from the speaker of the paragraph before.
    Left alone: exchanges in which several quotations follow each other, pull quotes whose words are attributed
    elsewhere, quotations that a colon leads up to, and openings whose speaker comes in the next paragraph.
    Source: rule catalogue, quote-without-speaker.

    Fails:
        article: The hall was full long before the meeting began.
            “It was a disaster from the very first day.” The meeting ended at noon.

    Passes:
        article: The hall was full long before the meeting began.
            “It was a disaster from the very first day,” treasurer Ana Lund said. The meeting ended at noon.
    """

    id = "quote-without-speaker"
    severity = "warning"
    confidence = "medium"

    def check(self, dossier: Dossier) -> Iterable[Draft]:
        article = dossier.article
        if article.document.is_transcript:
            return
        surroundings = _Surroundings(article)
        for quotation in article.of(Quotation):
            if _needs_speaker(quotation) and not surroundings.point_to_speaker(quotation):
                place = shortened(quotation, article.document)
                yield Draft(
                    rule=self.id,
                    severity="warning",
                    confidence="medium",
                    message="Who says this? Nothing in this paragraph or before it gives the quotation to anybody.",
                    evidence=(passage(place, "the quotation"),),
                    why=(
                        "the quotation is a sentence of its own, without a reporting verb",
                        "no name, pronoun or other quotation in its paragraph points to a speaker",
                    ),
                    clear="a name or a description of the speaker beside the quotation",
                )


def _needs_speaker(quotation: Quotation) -> bool:
    """Whether a quotation is somebody's whole sentence, set by itself."""
    whole = quotation.form == "direct" and not quotation.dialogue and _words(quotation) >= _LEAST_WORDS
    if not whole or quotation.speaker is not None or quotation.cue or _LABEL.match(quotation.content):
        return False
    return quotation.sentence is None or not _WORD.search(_outside(quotation.sentence, [quotation]))


def _words(quotation: Quotation) -> int:
    """The words in a quotation; an address is one, however it is counted elsewhere."""
    return min(quotation.words, len(quotation.content.split()))


_WORD = re.compile(r"\w+")


def _outside(place: Place, inner: Iterable[Place]) -> str:
    """The text of a place without that of others inside it."""
    kept, at = [], place.start
    for part in sorted(inner, key=lambda part: part.start):
        kept.append(place.text[at - place.start : max(part.start - place.start, at - place.start)])
        at = max(at, part.end)
    return " ".join([*kept, place.text[max(at - place.start, 0) :]])


def _bare(words: str) -> str:
    """Quoted words without the sign at their end, which depends on the sentence around them."""
    return words.strip(" .,;:!?—–-").casefold()


class _Surroundings:
    """The paragraphs of an article with those who are named and who speak in each."""

    def __init__(self, records: DocumentRecords) -> None:
        self.kinds = [block.kind for block in records.document.blocks]
        self.paragraphs = {p.block: p for p in records.of(Paragraph) if p.role == "paragraph"}
        self.quotations: dict[int, list[Quotation]] = {}
        self.spoken: set[int] = set()
        for claim in records.of(Quotation):
            self.quotations.setdefault(claim.block, []).append(claim)
        for said in _said(records):
            if said.speaker is not None:
                self.spoken.add(said.block)
        self.mentions = sorted(
            (mention for person in records.of(Person) for mention in person.mentions), key=lambda place: place.start
        )
        self.attributed = [_bare(q.content) for q in records.of(Quotation) if q.speaker is not None]

    def point_to_speaker(self, quotation: Quotation) -> bool:
        """Whether a reader can tell from somewhere near, or elsewhere in the article, who says a quotation."""
        own = self.paragraphs.get(quotation.block)
        if own is None or any(_bare(quotation.content) in said for said in self.attributed):
            return True
        return self._in_paragraph(own) or self._led_up_to(own, quotation) or self._in_exchange(own)

    def _in_paragraph(self, own: Paragraph) -> bool:
        quoted = self.quotations[own.block]
        around = _outside(own, quoted)
        if own.block in self.spoken or _POINTING & set(_WORD.findall(around.casefold())):
            return True
        return any(own.covers(name) and not any(q.covers(name) for q in quoted) for name in self.mentions)

    def _led_up_to(self, own: Paragraph, quotation: Quotation) -> bool:
        """Whether the paragraph before ends with a colon, or the one behind begins with the speaker."""
        before, behind = self.paragraphs.get(own.block - 1), self.paragraphs.get(own.block + 1)
        if before is not None and before.text.rstrip().endswith(":"):
            return True
        if behind is None or not self._is_bare(own):
            return False
        return behind.block in self.spoken or any(behind.covers(name) for name in self.mentions)

    def _in_exchange(self, own: Paragraph) -> bool:
        """Whether a neighbour is nothing but a quotation too: two people talk, and readers keep track."""
        neighbours = (self.paragraphs.get(own.block - 1), self.paragraphs.get(own.block + 1))
        return self._is_bare(own) and any(self._is_bare(one) for one in neighbours if one is not None)

    def _is_bare(self, paragraph: Paragraph) -> bool:
        quoted = self.quotations.get(paragraph.block, [])
        return bool(quoted) and not _WORD.search(_outside(paragraph, quoted))


# --- Sources without a name ------------------------------------------------------------------------------------------

# Classes of people that articles invoke, each with the words by which a named member of it is introduced.
_EXPERT_ROLES = (
    "expert analyst professor lecturer researcher scientist scholar academic fellow economist historian engineer "
    "specialist consultant doctor physician biologist chemist physicist geologist hydrologist psychologist sociologist "
    "epidemiologist criminologist strategist pollster director author dr prof"
)
_OFFICE_ROLES = (
    "official minister mayor secretary spokesman spokeswoman spokesperson commissioner director chief councillor "
    "councilman councilwoman president governor officer chair chairman chairwoman administrator superintendent "
    "sheriff attorney ambassador deputy undersecretary sen rep gov cllr senator representative"
)
_CLASSES: dict[str, tuple[str, frozenset[str]]] = {
    noun: (name, frozenset(roles.split()))
    for name, nouns, roles in (
        (
            "experts",
            "experts specialists scholars academics scientists researchers analysts economists historians "
            "commentators pundits",
            _EXPERT_ROLES,
        ),
        ("officials", "officials authorities insiders sources", _OFFICE_ROLES),
        ("critics", "critics opponents detractors skeptics sceptics", "critic opponent"),
        ("supporters", "supporters proponents advocates backers", "supporter proponent advocate"),
        ("observers", "observers onlookers watchers", "observer"),
    )
    for noun in nouns.split()
}
_QUANTIFYING_WORDS = "the some many most several few other all various numerous a number of more"
_QUANTIFIERS = frozenset(_QUANTIFYING_WORDS.split())
_AHEAD = 3  # paragraphs in which a summary sentence may give its names


class VagueSource(AttributionRule):
    """Experts, critics, officials or observers who say something, and none of them has a name.

    Fires once for each such class, on its first mention, when the text names nobody who belongs to it: no person whose
    title or role does, and nobody who speaks in the same paragraph or the three behind it (a summary sentence gives
    its names there). Groups with a body of their own ("White House officials") are left alone. A note.
    Source: rule catalogue, vague-source; Reuters holds unnamed sources to be the weakest.

    Fails:
        article: Experts say that the old dam above the town is safe. It was built in 1931.

    Passes:
        article: Experts say that the old dam above the town is safe.
            Luis Kim, a hydrologist at the technical university, said the wall would outlast the town.
    """

    id = "vague-source"
    severity = "note"
    confidence = "medium"

    def check(self, dossier: Dossier) -> Iterable[Draft]:
        article = dossier.article
        done: set[str] = set()
        for said in _said_by_groups(article):
            noun = _class_noun(said.speaker)
            name, roles = _CLASSES.get(noun, ("", frozenset()))
            if not name or name in done or not _is_statement(said):
                continue
            if not _has_member(article, roles) and not _names_follow(article, said):
                done.add(name)
                yield self._draft(article, said, noun)

    def _draft(self, article: DocumentRecords, said: ReportedStatement | Quotation, noun: str) -> Draft:
        place = shortened(said.sentence or said, article.document)
        mention = said.speaker.mention if said.speaker is not None else None
        return Draft(
            rule=self.id,
            severity="note",
            confidence="medium",
            message=f"Which {noun}? The text gives them something to say and names none of them.",
            evidence=(passage(place, f"{noun} without a name", marks=(mention,)),),
            why=(
                f"“{noun}” is the only attribution here",
                "no person in the text is introduced as one of them, and nobody speaks in the paragraphs behind",
            ),
            clear=f"one of the {noun} by name and body, or why they are not named",
        )


def _said(records: DocumentRecords) -> list[ReportedStatement | Quotation]:
    """Everything that is said, in quotation marks or not, in order."""
    found: list[ReportedStatement | Quotation] = [*records.of(ReportedStatement)]
    found.extend(records.of(Quotation))
    return sorted(found, key=lambda claim: claim.start)


_PERCEIVED = frozenset({"see", "know", "watch", "notice", "hear"})  # verbs by which nobody is made a source
_LEAST_SAID = 3  # quoted words; fewer are a term


def _is_statement(said: ReportedStatement | Quotation) -> bool:
    """Whether a text rests on what is said: no perception, no quoted term."""
    term = isinstance(said, Quotation) and said.words < _LEAST_SAID
    return bool(said.cue) and said.cue not in _PERCEIVED and not term


def _said_by_groups(records: DocumentRecords) -> Iterator[ReportedStatement | Quotation]:
    return (claim for claim in _said(records) if claim.speaker is not None and claim.speaker.kind == "group")


def _class_noun(speaker: Speaker | None) -> str:
    """The class that a group's name ends in; "" where a body or a number of people stands with it."""
    words = speaker.name.split() if speaker is not None else []
    nouns = [at for at, word in enumerate(words) if word.casefold() in _CLASSES]
    if not nouns:
        return ""
    named = any(word[:1].isupper() and word.casefold() not in _QUANTIFIERS for word in words[1:])
    first = words[0].casefold()
    counted = first not in _QUANTIFIERS and nouns[0] > 0 and words[0][:1].isupper()
    return "" if named or counted else words[nouns[0]].casefold()


def _has_member(records: DocumentRecords, roles: frozenset[str]) -> bool:
    """Whether a person is introduced with a title or role of a class."""
    return any(
        roles & set(_WORD.findall(" ".join((*person.titles, *person.roles)).casefold()))
        for person in records.of(Person)
    )


def _names_follow(records: DocumentRecords, said: ReportedStatement | Quotation) -> bool:
    """Whether a named person speaks in the same paragraph or soon behind it."""
    return any(
        other.speaker is not None
        and other.speaker.kind in ("named", "pronoun")
        and said.block <= other.block <= said.block + _AHEAD
        for other in _said(records)
    )


ATTRIBUTION_RULES = (QuoteWithoutSpeaker, VagueSource)
