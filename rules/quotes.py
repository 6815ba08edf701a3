"""Rules about quotations: what stands between the marks against what the speaker says in the sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

from audit.rules.base import Rule, Skip

from audit.compare.changes import GRAVE, MATERIAL
from audit.compare.versions import differing_versions
from audit.records import Dossier, Draft, Evidence, Place, Quotation, QuoteMatch, WordChange, place_of
from audit.records.findings import Confidence, Family, Severity

_TRANSLATED = ("negation", "number", "name")
_NAMES = {
    "negation": "a negation",
    "modal": "a modal verb or hedge",
    "number": "a number",
    "name": "a name",
    "quantifier": "a word of quantity",
    "degree": "a word of degree",
    "time": "a word of time",
    "condition": "a condition",
    "concession": "a concession",
    "content": "a word that carries the meaning",
    "pronoun": "a pronoun for somebody else",
    "function": "a small word",
    "agreement": "agreement",
    "contraction": "a contraction",
    "filler": "a filler",
    "repeat": "a repeat or false start",
    "spelling": "spelling",
    "bracket": "an editor's bracket",
    "ellipsis": "words left out without a mark",
}


class QuoteRule(Rule):
    """What the rules about matched quotations share."""

    family: ClassVar[Family] = "quotes"
    needs_source: ClassVar[bool] = True

    verdicts: ClassVar[tuple[str, ...]] = ()

    def check(self, dossier: Dossier) -> Iterable[Draft]:
        for match in dossier.quote_matches:
            if match.verdict in self.verdicts:
                yield from self.report(dossier, dossier.quotation(match.quotation), match)

    def report(self, dossier: Dossier, quotation: Quotation, match: QuoteMatch) -> Iterator[Draft]:
        """The findings for one quotation with a verdict of this rule."""
        raise NotImplementedError

    def draft(
        self,
        quotation: Quotation,
        match: QuoteMatch,
        dossier: Dossier,
        severity: Severity,
        confidence: Confidence,
        message: str,
        why: Sequence[str],
        clear: str,
        evidence: tuple[Evidence, ...] | None = None,
    ) -> Draft:
        """A finding of this rule with the quotation first and the source behind it."""
        return Draft(
            rule=self.id,
            severity=severity,
            confidence=confidence,
            message=message,
            evidence=evidence or (as_quoted(quotation, match), *in_sources(quotation, match, dossier)),
            why=tuple(why),
            clear=clear,
        )


def name_of(quotation: Quotation) -> str:
    """The speaker as a message names them."""
    return quotation.speaker.name if quotation.speaker is not None and quotation.speaker.name else "the speaker"


def as_quoted(quotation: Quotation, match: QuoteMatch | None) -> Evidence:
    """The quotation in the article, with the words that differ."""
    place = place_of(quotation)
    marks = [change.quoted_place for change in match.changes if change.quoted_place is not None] if match else []
    return Evidence(
        place=place,
        label="as quoted",
        speaker=quotation.speaker.name if quotation.speaker is not None else "",
        marks=_inside(marks, place),
    )


def in_sources(
    quotation: Quotation, match: QuoteMatch, dossier: Dossier, *, nearest: bool = False
) -> tuple[Evidence, ...]:
    """The passages of the source, each with the words that differ or were lost."""
    marks = [change.said_place for change in match.changes if change.said_place is not None]
    if match.lost is not None:
        marks.append(match.lost)
    speaker = match.said_by or (quotation.speaker.name if quotation.speaker is not None else "")
    lead = "nearest passage" if nearest else "in the source"
    places = list(match.passages) if nearest else [_widened(p, match, marks) for p in match.passages]
    return tuple(
        Evidence(
            place=place,
            label=f"{lead}, {speaker}" if speaker else lead,
            speaker=speaker,
            marks=_inside(marks, place),
        )
        for place in dict.fromkeys(places)
    )


def _widened(passage: Place, match: QuoteMatch, marks: Sequence[Place]) -> Place:
    """The sentence around a passage where it is not long, so that lost words are shown with it."""
    around = next((s for s in match.sentences if s.covers(passage) and len(s.text) <= 600), None)
    if around is not None:
        return around
    if match.lost is not None and match.lost.start >= passage.start and match.lost.path == passage.path:
        return passage
    return passage


def _inside(marks: Iterable[Place], place: Place) -> tuple[Place, ...]:
    return tuple(sorted({mark for mark in marks if place.covers(mark)}, key=lambda mark: (mark.start, mark.end)))


def differences(changes: Iterable[WordChange]) -> list[str]:
    """Each difference in words, with the kind of word that it touches."""
    lines = []
    for change in changes:
        kind = _NAMES[change.kind]
        if change.op == "replace":
            lines.append(f"quoted “{change.quoted}”, in the source “{change.said}”: {kind}")
        elif change.op == "insert":
            lines.append(f"quoted “{change.quoted}”, not in the source: {kind}")
        else:
            lines.append(f"in the source “{change.said}”, not in the quotation: {kind}")
    return lines


class QuoteNotInSource(QuoteRule):
    """A quotation that is not in what its speaker says in the supplied sources.

    The quotation is looked up in the turns of its speaker, and in what other supplied texts quote from them. It is
    reported when its words cannot be aligned with any of it. A speaker without words in any source makes a row of the
    coverage table and no finding; so does a quotation that the article places somewhere else (a post, a remark to
    reporters outside). A warning, because another conversation may exist; an error where the source is declared the
    complete record. Quotations of fewer than five words give a note. Source: rule catalogue, quote-not-in-source.

    Fails:
        article: “We will close the plant in the middle of May,” Ana Reyes said.
        source: REYES: There is a meeting on Thursday. Nobody has told me anything more than that.

    Passes:
        article: “We have made no decision about the plant,” Ana Reyes said.
        source: REYES: We have made no decision about the plant.

    Passes:
        article: “We will close the plant in the middle of May,” Ana Reyes said.
        source: OKORO: There is a meeting on Thursday. Nobody has told me anything more than that.
    """

    id = "quote-not-in-source"
    severity = "warning"
    verdicts = ("not-found",)

    def report(self, dossier: Dossier, quotation: Quotation, match: QuoteMatch) -> Iterator[Draft]:
        severity: Severity = "error" if match.complete_record else "warning"
        if quotation.words < 5 or dossier.profile == "translated":
            severity = "note"
        name = name_of(quotation)
        why = [f"{name} speaks in a supplied source, and no passage there fits these words"]
        if match.passages:
            why.append("the passage that shares most words with it stands beside it")
        if match.complete_record:
            why.append("the source is declared the complete record")
        yield self.draft(
            quotation,
            match,
            dossier,
            severity,
            "high" if quotation.words >= 8 else "medium",
            f"Where does this quotation come from? It was not found in what {name} says in the supplied source; "
            "check the recording.",
            why,
            "a supplied source in which the speaker says it, or the article's word for where it was said",
            (as_quoted(quotation, None), *in_sources(quotation, match, dossier, nearest=True)),
        )


class QuoteAltered(QuoteRule):
    """A quotation whose words differ from the speaker's in a way that can change what is said.

    The quotation is aligned with the source word by word, and the words that differ are judged by their kind. Fillers,
    repeats, false starts, contractions, agreement, spelling and brackets that name a pronoun are left alone. A changed
    negation, modal, number or name is an error; another word that carries meaning (quantity, degree, time, condition,
    the word itself) a warning. Where most words differ and the idea is the same, the finding says that the quotation
    is reworded. Speech recognition makes such mistakes too, so the finding asks for the recording. Under the profile
    `translated` only negations, numbers and names count; under `relaxed` changes of degree do not.
    Source: rule catalogue, quote-altered.

    Fails:
        article: “We will lose some money on the first harvest,” Ana Reyes said.
        source: REYES: We may lose some money on the first harvest.

    Fails:
        article: “It is the best plan on a rather short list,” Ana Reyes said.
        source: REYES: It is the least bad plan on a rather short list.

    Passes:
        article: “We lost twelve hundred trees on Friday,” Ana Reyes said.
        source: REYES: We, um, we lost 1,200 trees, you know, on Friday.
    """

    id = "quote-altered"
    severity = "warning"
    verdicts = ("altered", "reworded")

    def report(self, dossier: Dossier, quotation: Quotation, match: QuoteMatch) -> Iterator[Draft]:
        if match.verdict == "reworded":
            yield from self._reworded(dossier, quotation, match)
            return
        material = [change for change in match.changes if _counts(change, dossier)]
        if not material:
            return
        grave = any(change.kind in GRAVE for change in material)
        shown = ", ".join(dict.fromkeys(_NAMES[change.kind] for change in material[:3]))
        yield self.draft(
            quotation,
            match,
            dossier,
            "error" if grave else "warning",
            "high" if match.score >= 0.8 else "medium",
            f"Did {name_of(quotation)} say it in these words? The source has other words here ({shown}); "
            "check the recording.",
            differences(material),
            "a recording that has the words as quoted, or a quotation that follows the source",
        )

    def _reworded(self, dossier: Dossier, quotation: Quotation, match: QuoteMatch) -> Iterator[Draft]:
        severity: Severity = "note" if quotation.words < 5 or dossier.profile == "translated" else "warning"
        yield self.draft(
            quotation,
            match,
            dossier,
            severity,
            "medium",
            f"Are these {name_of(quotation)}'s own words? The quotation looks reworded: the nearest passage says "
            "something like it in other words.",
            [f"about {round(100 * match.score)} percent of its words have a partner in the nearest passage"],
            "a supplied source that has these words, or the same content without quotation marks",
            (as_quoted(quotation, None), *in_sources(quotation, match, dossier, nearest=True)),
        )


def _counts(change: WordChange, dossier: Dossier) -> bool:
    if dossier.profile == "translated":
        return change.kind in _TRANSLATED
    if dossier.profile == "relaxed" and change.kind == "degree":
        return False
    return change.kind in MATERIAL


class QuoteTidied(QuoteRule):
    """A quotation cleaned up: fillers, repeats, agreement or small words differ, and nothing that carries meaning.

    Many houses allow it, and some do not, so it is a note; a warning under the profile `strict`; silent under
    `relaxed` and `translated`. Contractions, spelling and brackets alone are left alone but in `strict`.
    Source: rule catalogue, quote-tidied; The Guardian's and AP's style guides differ on it.

    Fails:
        article: “We were told about the fire on Friday,” Ana Reyes said.
        source: REYES: We, we was told about the, you know, the fire on Friday.

    Passes:
        article: “We were told about the fire on Friday,” Ana Reyes said.
        source: REYES: Well, we were told about the fire on Friday.
    """

    id = "quote-tidied"
    severity = "note"
    verdicts = ("tidied",)

    def skip(self, dossier: Dossier) -> Skip | None:
        if dossier.profile in ("relaxed", "translated"):
            return Skip(f"the profile {dossier.profile} allows it")
        return super().skip(dossier)

    def report(self, dossier: Dossier, quotation: Quotation, match: QuoteMatch) -> Iterator[Draft]:
        strict = dossier.profile == "strict"
        light = ("contraction", "spelling", "bracket")
        changes = [change for change in match.changes if strict or change.kind not in light]
        if not changes or dossier.profile in ("relaxed", "translated"):
            return
        yield self.draft(
            quotation,
            match,
            dossier,
            "warning" if strict else "note",
            "high",
            "Does the house allow this much cleaning up? The source has the same sense in slightly other words.",
            differences(changes),
            "the words as spoken, or a mark where words were left out",
        )


class QuoteStitched(QuoteRule):
    """One quotation put together from passages that do not belong together.

    Reported when one continuous quotation joins words of different answers, or passages more than two sentences or
    forty words apart, or in another order, with neither an ellipsis nor an attribution between them. A quotation that
    its attribution splits is fine, and so is a short sentence left out between two others. Source: rule catalogue,
    quote-stitched.

    Fails:
        article: “The harbour wall is a very old one. Nobody here can sell a fishing boat any more,” Ana Reyes said.
        source: REYES: The harbour wall is a very old one.
            OKORO: And what about the fleet, is anyone still buying?
            REYES: Nobody here can sell a fishing boat any more.

    Passes:
        article: “The harbour wall is a very old one,” Ana Reyes said. “Nobody here can sell a fishing boat any more.”
        source: REYES: The harbour wall is a very old one.
            OKORO: And what about the fleet, is anyone still buying?
            REYES: Nobody here can sell a fishing boat any more.
    """

    id = "quote-stitched"
    severity = "warning"
    verdicts = ("stitched",)

    def report(self, dossier: Dossier, quotation: Quotation, match: QuoteMatch) -> Iterator[Draft]:
        where = "different answers" if len(match.turns) > 1 else "distant passages of one answer"
        yield self.draft(
            quotation,
            match,
            dossier,
            "note" if dossier.profile == "translated" else "warning",
            "high",
            f"Was this said in one breath? The source has these words in {where}, and nothing in the quotation "
            "marks the join.",
            [f"{len(match.passages)} passages stand in {where}", "no ellipsis and no attribution stands between them"],
            "an ellipsis or an attribution at the join, or two quotations",
        )


class QuoteQualifierCut(QuoteRule):
    """A quotation that leaves out a condition, a denial or a reservation of the same sentence.

    Compares the quoted words with the whole sentence in the source: what stands directly before and behind them, and
    what an ellipsis swallows. Left alone: sentences that go on with something harmless, and limits that the article
    states itself beside the quotation. An error where a negation or a condition is lost. Source: rule catalogue,
    quote-stitched; AP: one can misquote by cutting the modifying passage.

    Fails:
        article: “I would sell the boat tomorrow,” Ana Reyes said.
        source: REYES: I would sell the boat tomorrow if I thought that anybody would look after her.

    Passes:
        article: “I would sell the boat tomorrow,” Ana Reyes said.
        source: REYES: I would sell the boat tomorrow, and the shed with it, and the nets.
    """

    id = "quote-qualifier-cut"
    severity = "warning"
    verdicts = ("qualifier-cut",)

    def report(self, dossier: Dossier, quotation: Quotation, match: QuoteMatch) -> Iterator[Draft]:
        severity: Severity = "error" if match.lost_kind in ("negation", "condition") else "warning"
        if quotation.form == "partial" and quotation.words < 4:
            severity = "note"
        kind = {"hedge": "a reservation", "concession": "a reservation"}.get(match.lost_kind, f"a {match.lost_kind}")
        lost = match.lost.text if match.lost is not None else ""
        yield self.draft(
            quotation,
            match,
            dossier,
            severity,
            "high" if severity == "error" else "medium",
            f"Does the quotation still say what {name_of(quotation)} meant? The sentence in the source also holds "
            f"{kind} that is not quoted.",
            [f"left out of the same sentence: “{lost}”"],
            "the words that were left out, quoted or reported beside the quotation",
        )


class QuoteWrongSpeaker(QuoteRule):
    """A quotation whose words somebody else says in the source.

    The words must fit another person's turn well (at least five words, or three that carry meaning) and must not be in
    the named speaker's own turns; words that another person reads out between quotation marks do not count. The
    interviewer's words in a guest's mouth are said to be the interviewer's. Source: rule catalogue,
    quote-wrong-speaker.

    Fails:
        article: “The old bridge is not safe for lorries,” Mayor Dana Ito said. Engineer Luis Paz was there too.
        source: ITO: Thank you all for coming to the meeting.
            PAZ: The old bridge is not safe for lorries.

    Passes:
        article: “The old bridge is not safe for lorries,” engineer Luis Paz said. Mayor Dana Ito was there too.
        source: ITO: Thank you all for coming to the meeting.
            PAZ: The old bridge is not safe for lorries.
    """

    id = "quote-wrong-speaker"
    severity = "error"
    verdicts = ("other-speaker",)

    def report(self, dossier: Dossier, quotation: Quotation, match: QuoteMatch) -> Iterator[Draft]:
        other = "the interviewer" if match.said_by_interviewer else match.said_by or "somebody else"
        yield self.draft(
            quotation,
            match,
            dossier,
            "error",
            "high",
            f"Is this {name_of(quotation)}'s sentence? In the source the words are said by {other}.",
            [
                f"the article gives the words to {name_of(quotation)}",
                f"in the source they stand among the words of {other}",
            ],
            "an attribution to the person who says it, or a source in which the named speaker says it too",
        )


class QuoteTwoVersions(QuoteRule):
    """One quotation that stands in the article in two wordings.

    Compares the quotations of one person with each other: one in a headline, a summary, a caption or a pull quote with
    one in the text, and two long ones in the text that differ in one place. Two that are nearly the same and differ in
    a word that carries meaning are reported. A plain shortening is fine, and so are two sentences that the source has
    both of. Source: rule catalogue, quote-two-versions.

    Fails:
        article: “We never knew how deep the water was that night,” Ana Reyes said.
            Later she put it the same way: “We hardly knew how deep the water was that night,” Ana Reyes said.

    Passes:
        article: “We never knew how deep the water was that night,” Ana Reyes said.
            Later she put it the same way: “We never knew how deep the water was,” Ana Reyes said.
    """

    id = "quote-two-versions"
    severity = "warning"
    needs_source = False

    def check(self, dossier: Dossier) -> Iterable[Draft]:
        for first, second, changes in differing_versions(dossier):
            yield Draft(
                rule=self.id,
                severity="warning",
                confidence="medium",
                message="Which wording is right? The article quotes what looks like one sentence in two versions.",
                evidence=(
                    _version(first, [change.quoted_place for change in changes], "one version"),
                    _version(second, [change.said_place for change in changes], "another version"),
                ),
                why=tuple(
                    f"“{change.quoted}” in the one, “{change.said}” in the other: {_NAMES[change.kind]}"
                    for change in changes
                ),
                clear="one wording in both places, or a source that has both",
            )


def _version(quotation: Quotation, marks: Sequence[Place | None], label: str) -> Evidence:
    place = place_of(quotation)
    return Evidence(
        place=place,
        label=label,
        speaker=quotation.speaker.name if quotation.speaker is not None else "",
        marks=_inside([mark for mark in marks if mark is not None], place),
    )


QUOTE_RULES = (
    QuoteNotInSource,
    QuoteAltered,
    QuoteTidied,
    QuoteStitched,
    QuoteQualifierCut,
    QuoteWrongSpeaker,
    QuoteTwoVersions,
)
