"""Rules about wording: whose judgement a sentence is, what a reporting verb adds, whose work it was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from audit.rules.attribution import AttributionRule
from audit.rules.passages import of_statement, passage
from audit.rules.production import shortened

from audit.records import (
    Document,
    DocumentRecords,
    Dossier,
    Draft,
    Evidence,
    Genre,
    LoadedVerb,
    OutletCredit,
    Place,
    Position,
    Provenance,
    Quotation,
    ReportedStatement,
    Statement,
    SuggestionMatch,
    Wording,
    place_of,
)

_SHOWN = 4  # places of one finding


def _listed(found: Sequence[tuple[Place, Place]], label: str, document: Document) -> tuple[Evidence, ...]:
    """The first few sentences with the words that matter in each."""
    sentences: dict[Place, list[Place]] = defaultdict(list)
    for sentence, words in found:
        sentences[place_of(sentence)].append(words)
    return tuple(
        passage(shortened(sentence, document), label, marks=marks)
        for sentence, marks in list(sentences.items())[:_SHOWN]
    )


def _total(number: int) -> tuple[str, ...]:
    return (f"{number} places in all",) if number > _SHOWN else ()


# --- Judgements ------------------------------------------------------------------------------------------------------

_KINDS = {"evaluation": "a judgement", "forecast": "a forecast", "motive": "a motive"}


class OpinionInOwnVoice(AttributionRule):
    """A judgement, a forecast or a motive in the article's own voice, given to nobody.

    Looked for in narration: words that praise or blame (a disgraceful plan, the minister is weak), outcomes told as
    sure (is bound to fail), motives (out of spite, in a desperate bid). Silent where the same paragraph credits anybody
    with anything, in columns, reviews and texts in the first person, and for words within names. One finding for a
    document, with the first places. Source: rule catalogue, opinion-in-own-voice.

    Fails:
        article: The council met on Tuesday. The new mayor is weak, and her plan for the quay is bound to fail.

    Passes:
        article: The council met on Tuesday. The new mayor is weak, and her plan for the quay is bound to fail, said
            Ana Reyes, who leads the opposition.
    """

    id = "opinion-in-own-voice"
    preview = True
    severity = "note"
    confidence = "medium"

    def check(self, dossier: Dossier) -> Iterable[Draft]:
        article = dossier.article
        found = list(article.of(Wording))
        if not found or any(article.of(Genre)):
            return
        kinds = sorted({_KINDS[one.form] for one in found})
        yield Draft(
            rule=self.id,
            severity="note",
            confidence="medium",
            message="Whose view is this? The article says it in its own voice, and nobody near is credited with it.",
            evidence=_listed([(one.sentence, one) for one in found], "in the article's own voice", article.document),
            why=(
                *(f"“{' '.join(one.text.split())}” is {_KINDS[one.form]}" for one in found[:_SHOWN]),
                f"no one is quoted or reported in the paragraph around {' or '.join(kinds)}",
                *_total(len(found)),
            ),
            clear="somebody who holds the view, or the facts that it rests on",
        )


# --- Reporting verbs -------------------------------------------------------------------------------------------------

_ADDS = {
    "proves": "takes for certain what is said",
    "owns": "makes a confession of it",
    "doubts": "hints that it may not be so",
    "paints": "says how it was said and not only that",
    "refuses": "makes an act of saying nothing",
}


class LoadedReportingVerb(AttributionRule):
    """A reporting verb that takes sides over words that people can differ about.

    Verbs that take the complement for true (reveal, note, point out), that make a confession of it (admit, concede) or
    hint at a doubt (claim) count where the complement speaks of blame, cause, intent or duty; verbs that paint the
    speaker (whine, boast, lament) and "refused to comment" count everywhere. Left alone: what is said of courts and in
    their neighbourhood, where admitting, claiming and refusing are acts; one's own feelings; direct quotations; columns
    and texts in the first person. One finding for a document. Source: rule catalogue, loaded-reporting-verb.

    Fails:
        article: Mill owner Ana Doe admitted that profits fell by choice.

    Passes:
        article: Mill owner Ana Doe said that profits fell by choice. In court she admitted the theft of a bicycle.
    """

    id = "loaded-reporting-verb"
    preview = True
    severity = "note"
    confidence = "medium"

    def check(self, dossier: Dossier) -> Iterable[Draft]:
        article = dossier.article
        found = list(article.of(LoadedVerb))
        if not found or any(article.of(Genre)):
            return
        yield Draft(
            rule=self.id,
            severity="note",
            confidence="medium",
            message=f"Would “said” do? “{found[0].text}” takes a side.",
            evidence=_listed([(one.sentence, one) for one in found], "the reporting verb", article.document),
            why=(*dict.fromkeys(_added(one) for one in found[:_SHOWN]), *_total(len(found))),
            clear="a neutral verb, or a source for what the verb adds",
        )


def _added(verb: LoadedVerb) -> str:
    over = f", over “{verb.contested.text}”" if verb.contested is not None and verb.effect != "refuses" else ""
    return f"“{verb.text}” {_ADDS[verb.effect]}{over}"


# --- Other people's work ---------------------------------------------------------------------------------------------


class SecondHandAsOwn(AttributionRule):
    """Material of another newspaper, station, book or post that the article shows as its own.

    Where the article's own publication is known (front matter, byline): somebody "told" another outlet, or another
    outlet "can reveal", without a link, a date or a programme beside it. And where a supplied source says that it is a
    post or part of a book, and the article quotes it without saying so anywhere. Left alone: partner outlets named in
    the front matter. Source: rule catalogue, second-hand-as-own.

    Fails:
        article: ---
            publication: The Salm Herald
            ---
            # No deal on the ferry

            “There is no deal,” Ana Reyes, who runs the ferry, told The Gazette.

    Passes:
        article: ---
            publication: The Salm Herald
            ---
            # No deal on the ferry

            “There is no deal,” Ana Reyes, who runs the ferry, told The Gazette on Monday.
    """

    id = "second-hand-as-own"
    preview = True
    severity = "warning"
    confidence = "medium"

    def check(self, dossier: Dossier) -> Iterable[Draft]:
        yield from self._outlets(dossier.article)
        for source in dossier.sources:
            yield from self._medium(dossier, source)

    def _outlets(self, article: DocumentRecords) -> Iterator[Draft]:
        credits = list(article.of(OutletCredit))
        own = [article.document.meta.publication, *(one.outlet for one in credits if one.form == "byline")]
        own = [name for name in own if name]
        if not own:
            return
        known = [*own, *article.document.meta.partners]
        others = [one for one in credits if one.form in ("told", "reveals") and not _is_one_of(one.outlet, known)]
        foreign = {_key(one.outlet) for one in others if one.located}
        for one in others:
            if not one.located and _key(one.outlet) not in foreign:
                foreign.add(_key(one.outlet))
                yield self._of_outlet(one, own[0], article.document)

    def _of_outlet(self, credit: OutletCredit, own: str, document: Document) -> Draft:
        told = credit.form == "told"
        return Draft(
            rule=self.id,
            severity="warning",
            confidence="medium",
            message=f"Is this {credit.outlet}’s work? The article appears in {own} and says neither when nor where "
            "the other one had it."
            if told
            else f"Who found this out? The article appears in {own}, and this sentence speaks as {credit.outlet}.",
            evidence=(passage(shortened(credit.sentence, document), "the other outlet", marks=(credit,)),),
            why=(
                f"publication of this article: {own}; named here: {credit.outlet}",
                "no link, date or programme stands in the paragraph",
            ),
            clear="a link or the day on which the other one published it, or an interview of one's own",
        )

    def _medium(self, dossier: Dossier, source: DocumentRecords) -> Iterator[Draft]:
        origin = next((one for one in source.of(Provenance) if one.medium_words), None)
        if origin is None:
            return
        quoted = [q for q in dossier.article.of(Quotation) if _stands_in(dossier, q, source)]
        if not quoted or any(q.setting for q in quoted) or _credits_medium(dossier.article):
            return
        document = dossier.article.document
        yield Draft(
            rule=self.id,
            severity="warning",
            confidence="medium",
            message="Where was this said? The source is a published text of its own, and the article does not say so.",
            evidence=(
                passage(shortened(quoted[0].sentence or quoted[0], document), "in the article"),
                passage(shortened(origin, source.document), "head of the source"),
            ),
            why=(
                f"the source says of itself: “{' '.join(origin.medium_words.split())}”",
                "no quotation from it is credited with a medium",
            ),
            clear="the post, the book or the programme named beside the quotation",
        )


def _key(outlet: str) -> frozenset[str]:
    return frozenset(word for word in outlet.casefold().replace("’", "'").split() if word not in ("the", "newspaper"))


def _is_one_of(outlet: str, known: Iterable[str]) -> bool:
    """Whether a name is that of one of the outlets, in full or in short."""
    words = _key(outlet)
    return any(words <= _key(name) or _key(name) <= words for name in known if _key(name))


def _stands_in(dossier: Dossier, quotation: Quotation, source: DocumentRecords) -> bool:
    match = dossier.match(quotation.id)
    return match is not None and any(turn.startswith(f"{source.document.key}.") for turn in match.turns)


def _credits_medium(article: DocumentRecords) -> bool:
    """Whether any quotation or statement of the article is said to be written or posted somewhere."""
    written = ("write", "post", "tweet", "blog", "publish")
    said: list[Quotation | ReportedStatement] = [*article.of(Quotation)]
    said.extend(article.of(ReportedStatement))
    return any(one.cue in written for one in said) or any(q.setting for q in article.of(Quotation))


# --- Suggestions told as fact ----------------------------------------------------------------------------------------

_PUT_AS = {
    "asked": "the source has it only as a question",
    "put": "the source has it only as a suggestion that is put to somebody",
    "hearsay": "the source has it only as what others say",
}


class UnattributedClaim(AttributionRule):
    """What a source only suggests, asks or denies, told by the article as a fact.

    Compared is the article's narration with all that the sources say, the questions of interviewers and lawyers
    included. Reported when the closest passage is a question or a suggestion to which the one who is asked says no or
    gives no answer ("I could not say"), what the next speaker denies at once, or what others say and the speaker denies
    or leaves open, and no other passage of any source says the same. Silent where the paragraph
    credits anybody, and where the article denies it, too. Source: rule catalogue, opinion-in-own-voice; conventions on
    positions: an interviewer's words are never the guest's.

    Fails:
        article: The inquest went on for three days.
            The signalman fell asleep in the cabin before the goods train passed the bridge.
        source: MR OKORO: You fell asleep in the cabin before the goods train passed the bridge, did you not?
            REYES: No. I was at the window.

    Passes:
        article: The inquest went on for three days.
            The signalman fell asleep in the cabin before the goods train passed the bridge, Mr Okoro suggested.
        source: MR OKORO: You fell asleep in the cabin before the goods train passed the bridge, did you not?
            REYES: No. I was at the window.
    """

    id = "unattributed-claim"
    preview = True
    severity = "warning"
    confidence = "medium"
    needs_source = True

    def check(self, dossier: Dossier) -> Iterable[Draft]:
        credited = {claim.block for kind in (Quotation, ReportedStatement) for claim in dossier.article.of(kind)}
        denied = [p for p in dossier.article.of(Position) if p.polarity == "denied"]
        done: set[str] = set()
        for match in dossier.suggestion_matches:
            statement = dossier.statement(match.statement)
            if statement.block in credited or any(statement.covers(place_of(p)) for p in denied) or match.other in done:
                continue
            done.add(match.other)
            yield self._report(dossier, statement, match)

    def _report(self, dossier: Dossier, statement: Statement, match: SuggestionMatch) -> Draft:
        other = dossier.statement(match.other)
        answer = dossier.statement(match.answer) if match.answer is not None else None
        evidence = [of_statement(statement, "told as fact"), of_statement(other, "in the source")]
        if answer is not None:
            evidence.append(of_statement(answer, "the answer"))
        return Draft(
            rule=self.id,
            severity="warning",
            confidence="medium",
            message=f"Who says so? The article tells it as a fact, and {_PUT_AS[match.form]}.",
            evidence=tuple(evidence),
            why=(
                f"in both: {', '.join(match.shared)}",
                "the answer denies it" if answer is not None else "the answer does not affirm it",
                "no other passage of the sources says it, and the paragraph credits nobody",
            ),
            clear="the person whose claim it is, with the answer; or a source that says it",
        )


WORDING_RULES = (OpinionInOwnVoice, LoadedReportingVerb, SecondHandAsOwn, UnattributedClaim)
