"""Rules about sources: whether a reader can find what is cited, and whether a source can bear what it is to support."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from audit.rules.base import Rule
from audit.rules.passages import passage
from audit.rules.production import shortened

from audit.records import (
    Citation,
    DocumentRecords,
    Dossier,
    Draft,
    Evidence,
    Heading,
    Place,
    Provenance,
    StoryReference,
)
from audit.records.findings import Family

_NEAR = 0.5  # closeness from which two sentences are about one thing
_SHOWN = 4  # places of one finding


class SourceRule(Rule):
    """What the rules about sources share."""

    family: ClassVar[Family] = "sources"


class CitationWithoutIdentifier(SourceRule):
    """A study, a report or a poll that is cited without anything to find it by.

    "A recent study found", "according to a report": with no title, no date, no link, no author and no body in the
    sentence or the next one. Only the first mention counts, so nothing with "the". One finding for each citation of a
    kind of work, the first one of each. Source: rule catalogue, citation-without-identifier.

    Fails:
        article: The harbour is dredged every spring. A recent study found that dredging drives the eels away.

    Passes:
        article: The harbour is dredged every spring. A 2024 study by the University of Salm found that dredging drives
            the eels away.
    """

    id = "citation-without-identifier"
    preview = True
    severity = "note"
    confidence = "medium"

    def check(self, dossier: Dossier) -> Iterable[Draft]:
        article = dossier.article
        done: set[str] = set()
        for citation in article.of(Citation):
            if citation.identifiers or citation.work in done or self._is_supplied(citation, dossier):
                continue
            done.add(citation.work)
            yield Draft(
                rule=self.id,
                severity="note",
                confidence="medium",
                message=f"Which {citation.work}? Nothing near says whose it is, what it is called or when it came out.",
                evidence=(
                    passage(shortened(citation.sentence, article.document), "cited like this", marks=(citation,)),
                ),
                why=(f"“{' '.join(citation.text.split())}” stands without title, date, link, author or body",),
                clear="its author or body, its title or date, or a link",
            )

    def _is_supplied(self, citation: Citation, dossier: Dossier) -> bool:
        """Whether a source that is no transcript may be the work itself."""
        titles = [source.document.meta.title for source in dossier.sources if not source.document.is_transcript]
        heads = [h.text for source in dossier.sources for h in source.of(Heading) if h.role == "headline"]
        return any(citation.work in text.casefold() for text in (*titles, *heads))


class SourceWithoutProvenance(SourceRule):
    """A supplied transcript that does not say when, where and how it was made.

    Reported when the head of a transcript has no date, no medium or occasion and no word on how it was edited, and
    nobody who speaks has a full name. One finding for each source. Source: rule catalogue, source-without-provenance.

    Fails:
        article: The ferry will sail on Sundays, said Ana Reyes.
        source: Q: And on Sundays?
            A: The ferry will sail on Sundays, too.
            Q: From when?
            A: From June.

    Passes:
        article: The ferry will sail on Sundays, said Ana Reyes.
        source: Interview with Ana Reyes, 4 May 2024, by phone, lightly edited

            Q: And on Sundays?

            A: The ferry will sail on Sundays, too.

            Q: From when?

            A: From June.
    """

    id = "source-without-provenance"
    preview = True
    severity = "warning"
    confidence = "medium"
    needs_source = True

    def check(self, dossier: Dossier) -> Iterable[Draft]:
        for source in dossier.sources:
            for origin in source.of(Provenance):
                if not (origin.dated or origin.medium or origin.edited or origin.participants):
                    yield Draft(
                        rule=self.id,
                        severity="warning",
                        confidence="medium",
                        message="Where does this transcript come from? It gives no date, no occasion and no full name.",
                        evidence=(passage(shortened(origin, source.document), "how the source begins"),),
                        why=(
                            "no date, no medium or occasion and no word on editing in its head or its file name",
                            "nobody who speaks in it has more than one name",
                        ),
                        clear="a head that says when and how it was recorded, who speaks, and whether it was edited",
                    )


class CircularSource(SourceRule):
    """A source that depends on the story it is to support, or is younger than it.

    Somebody in the source speaks of the story ("as you wrote in yesterday's story"), or the source is dated after
    the article: then its agreement confirms nothing. One finding for each source. A follow-up interview is in order
    where the article is newer than both; a source of the article's own day is left alone, and so is one that the
    article has nothing of. Source: rule catalogue, circular-source.

    Fails:
        article: The bridge is closed, said Ana Reyes.
        source: OKORO: What happened?
            REYES: As you wrote in yesterday's story, the bridge is closed.

    Passes:
        article: The bridge is closed, said Ana Reyes.
        source: OKORO: What happened?
            REYES: As you see from here, the bridge is closed.
    """

    id = "circular-source"
    preview = True
    severity = "warning"
    confidence = "medium"
    needs_source = True

    def check(self, dossier: Dossier) -> Iterable[Draft]:
        for source in dossier.sources:
            if _bears_on(source, dossier):
                yield from self._of(source, dossier)

    def _of(self, source: DocumentRecords, dossier: Dossier) -> Iterator[Draft]:
        document, article = source.document, dossier.article.document
        own, other = article.meta.date, document.meta.date
        if own is not None and other is not None and other > own and document.is_transcript:
            yield self._draft(
                [passage(shortened(_first(source), document), f"the source, dated {other.isoformat()}")],
                "Which came first? The source is dated after the article.",
                (f"article: {own.isoformat()}; source: {other.isoformat()}",),
            )
            return
        references = list(source.of(StoryReference))
        if not references or (own is not None and other is not None and other < own):
            return
        yield self._draft(
            [passage(shortened(one.sentence, document), "in the source", marks=(one,)) for one in references[:_SHOWN]],
            "Does this source go back to the story itself? It speaks of what was published before.",
            tuple(f"“{' '.join(one.text.split())}”" for one in references[:_SHOWN]),
        )

    def _draft(self, evidence: list[Evidence], message: str, why: tuple[str, ...]) -> Draft:
        return Draft(
            rule=self.id,
            severity="warning",
            confidence="medium",
            message=message,
            evidence=tuple(evidence),
            why=(*why, "what a source takes from a story cannot confirm it"),
            clear="a source that is older than the story and does not rest on it",
        )


def _bears_on(source: DocumentRecords, dossier: Dossier) -> bool:
    """Whether a sentence or a quotation of the article is near one of the source; not all sources need be."""
    own = f"{source.document.key}."
    stated = any(m.other.startswith(own) and m.closeness >= _NEAR for m in dossier.statement_matches)
    found = (match for match in dossier.quote_matches if match.verdict not in ("not-found", "unchecked"))
    return stated or any(turn.startswith(own) for match in found for turn in match.turns)


def _first(source: DocumentRecords) -> Place:
    """What a finding about a whole source points at: its opening."""
    origin = next(source.of(Provenance), None)
    return origin if origin is not None else next(iter(source.claims))


SOURCE_RULES = (CitationWithoutIdentifier, SourceWithoutProvenance, CircularSource)
