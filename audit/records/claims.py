"""What a text claims, as typed records. Rules read these and never the text."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from audit.records.base import Claim, Place, Record
from audit.records.wording import Citation, Genre, LoadedVerb, OutletCredit, Provenance, StoryReference, Wording

Voice = Literal["narration", "direct", "indirect", "turn"]
SpeakerKind = Literal["named", "described", "pronoun", "group", "unknown"]
Polarity = Literal["affirmed", "denied"]

# Rungs of certainty, from the weakest to the strongest; "plain" is an unmodalised assertion ("it cuts costs").
Rung = Literal["doubtful", "may", "can", "likely", "will", "plain", "certain"]
Commitment = Literal["hint", "suggest", "plan", "pledge"]
DatePrecision = Literal[
    "time", "day", "weekday", "week", "month", "season", "quarter", "half", "year", "decade", "century"
]
Force = Literal["asserted", "asked", "conceded", "supposed"]

# What a quantity measures: a kind of counting, or a physical dimension.
Measure = Literal[
    "count", "money", "share", "points", "rate", "rank", "ratio", "duration", "age", "length", "area", "volume", "mass",
    "speed", "power", "energy", "temperature", "data", "angle", "frequency", "other",
]  # fmt: skip


class Speaker(Record):
    """Who a quotation, a statement or a turn is attributed to.

    `mention` is where the text names the speaker there ("she", "the mayor"); `name` the full name as far as the
    document knows it; `person` the id of a Person of the same document.
    """

    kind: SpeakerKind
    name: str
    mention: Place | None = None
    person: str | None = None


class Heading(Claim):
    kind: Literal["heading"] = "heading"
    role: Literal["headline", "dek", "section", "caption"]
    level: int = 1


class Paragraph(Claim):
    """A block of running text, with the form that two copies of it share."""

    kind: Literal["paragraph"] = "paragraph"
    role: str = Field(description="the block's kind (headline, paragraph, list_item, ...), or sentence")
    normalized: str = Field(description="words only, lower case, single blanks")
    words: int


class NameMention(Place):
    """A person's name where it stands, as it is written there, and how the sentence uses it."""

    form: Literal["full", "family", "given"] = Field(description="family: the only name, too, where there is just one")
    title: str = Field(default="", description="titles and jobs in front, capitals like the name: Dr., Deputy Mayor")
    use: Literal["subject", "label", "modifier", "plural", "other"] = Field(
        default="other",
        description="label: of a transcript's turn; modifier: the Reyes administration; plural: the Reyeses",
    )
    quoted: bool = Field(default=False, description="between quotation marks")
    display: bool = Field(default=False, description="in a headline, dek, heading or caption")


class Person(Claim):
    """Somebody the document names; stands on the first mention of the fullest name."""

    kind: Literal["person"] = "person"
    name: str
    given: tuple[str, ...] = Field(default=(), description="given names, lower case, without diacritics")
    family: tuple[str, ...] = Field(
        default=(), description="family name with its particles, likewise; or the only name"
    )
    aliases: tuple[str, ...] = ()
    titles: tuple[str, ...] = Field(default=(), description="honorifics and ranks: Dr., Mayor, Cllr")
    roles: tuple[str, ...] = Field(default=(), description="what the text says they are: a senior lecturer")
    affiliations: tuple[str, ...] = ()
    mentions: tuple[NameMention, ...] = ()
    near: tuple[NameMention, ...] = Field(
        default=(), description="names a letter or two away from this one that belong to nobody else"
    )


class RoleMention(Claim):
    """What one passage says that a person is: office, rank, employer, party, side of a case, and when.

    Stands on the words of the role. `office` is the head noun or a set phrase in the form that its synonyms share
    (chief executive for CEO); `field` what it is in charge of (safety, finance), in lower case.
    """

    kind: Literal["role_mention"] = "role_mention"
    person: str = Field(description="id of a Person of the same document")
    office: str
    ranks: tuple[str, ...] = Field(default=(), description="deputy, vice, assistant, ...")
    field: tuple[str, ...] = ()
    affiliations: tuple[str, ...] = Field(default=(), description="bodies and places behind of, at or for")
    party: str = ""
    side: Literal["", "prosecution", "defence"] = ""
    time: str = Field(default="", description="the words that bind it to a time: former, then, acting, since May")
    voice: Literal["text", "self"] = Field(default="text", description="self: I am the director of training")
    form: Literal["title", "phrase", "predicate"] = Field(description="in front of the name, beside it, behind is")
    shared: bool = Field(default=False, description="the words stand between two names and may belong to either")
    sentence: Place


class Entity(Claim):
    """A body or a place that the document names, with every spelling; stands on the first mention."""

    kind: Literal["entity"] = "entity"
    form: Literal["organisation", "place"]
    name: str = Field(description="the most frequent form, an article in front left out")
    aliases: tuple[str, ...] = Field(default=(), description="the other forms: short ones, acronyms")
    mentions: tuple[Place, ...] = ()


class MixedScript(Claim):
    """A word in Latin letters with letters of another script in it that look like Latin ones."""

    kind: Literal["mixed_script"] = "mixed_script"
    script: Literal["Cyrillic", "Greek"]
    letters: tuple[str, ...] = Field(description="those letters, each once, in order")
    latin: str = Field(description="the word with Latin letters in their stead")


class Turn(Claim):
    """What one person says in a transcript until somebody else speaks."""

    kind: Literal["turn"] = "turn"
    ordinal: int
    speaker: Speaker
    role: Literal["interviewer", "guest", "other"]
    timestamp: str = ""
    words: str = Field(description="what is said, markup stripped, one blank between paragraphs")


class Quotation(Claim):
    """Words between quotation marks (or in a block quotation).

    The claim's own place runs from the first mark to the last; `segments` are the quoted words without their marks,
    several where an attribution splits one quotation or where it runs over paragraphs.
    """

    kind: Literal["quotation"] = "quotation"
    form: Literal["direct", "partial", "block", "nested"]
    segments: tuple[Place, ...]
    content: str = Field(description="the quoted words, markup stripped, segments joined by one blank")
    words: int
    speaker: Speaker | None = None
    cue: str = Field(default="", description="lemma of the reporting verb, or the phrase: say, according to")
    cue_place: Place | None = None
    sentence: Place | None = Field(default=None, description="the sentences of quotation and attribution")
    parent: str | None = Field(default=None, description="id of the quotation around a nested one")
    setting: str = Field(default="", description="a medium or occasion named with it: reporters outside, a post")
    dialogue: bool = Field(default=False, description="a short exchange, a title or scare quotes: needs no speaker")


class ReportedStatement(Claim):
    """Indirect speech: stands on the reported words ("that a reset is unlikely")."""

    kind: Literal["reported_statement"] = "reported_statement"
    speaker: Speaker
    cue: str
    cue_place: Place
    sentence: Place


class Position(Claim):
    """One clause with who holds it, about what, how sure and under which condition.

    `holder` is None for the document's own voice. Stands on the clause; `sentence` is the whole sentence around it.
    `force` tells a statement from a question, from what is granted only to be limited ("while it may seem ...") and
    from what is merely supposed ("if the council buys it").
    """

    kind: Literal["position"] = "position"
    holder: Speaker | None
    voice: Voice
    force: Force = "asserted"
    sentence: Place
    topic: tuple[str, ...] = Field(description="content lemmas of the clause, in order of appearance, no duplicates")
    context: tuple[str, ...] = Field(
        default=(), description="content lemmas of what its pronouns and adjuncts point to"
    )
    subject: tuple[str, ...] = Field(default=(), description="content lemmas of the grammatical subject")
    subject_person: str | None = Field(default=None, description="id of the person that the subject names")
    predicate: str = Field(default="", description="lemma of the main predicate")
    object: tuple[str, ...] = Field(default=(), description="content lemmas of objects and complements")
    polarity: Polarity
    attitude: Literal["for", "against", "none"] = "none"
    degree: tuple[str, ...] = Field(default=(), description="full, initial, partly, ...")
    condition: Place | None = None
    concession: Place | None = None
    time: tuple[str, ...] = Field(default=(), description="time words that bind it: currently, next year, 2027")
    rung: Rung = "plain"
    modal_words: tuple[str, ...] = ()
    modal_place: Place | None = None
    commitment: Commitment | None = None
    qualifiers: tuple[str, ...] = Field(default=(), description="words that limit it: only, necessarily")
    hedged: bool = Field(default=False, description="may, might, could or the like stands anywhere in the sentence")
    past: bool = Field(default=False, description="told as having happened: past or perfect tense")
    changed: bool = Field(default=False, description="the sentence marks a change over time: now, formerly, since")
    elliptical: bool = Field(default=False, description="denies or affirms what was said just before: I do not.")
    reserved: bool = Field(default=False, description="holds something back: a limit, a doubt, an obstacle")
    quoted: str | None = Field(default=None, description="id of the quotation or reported statement that it comes from")
    turn: str | None = Field(default=None, description="id of the turn that it comes from")


class Statement(Claim):
    """One sentence with who says it and everything that it binds together: people, figures, dates and the topic.

    The unit in which an article is held against its sources, and one part of an article against another. `speaker` is
    None for the document's own voice. A sentence that is quoted for its larger part counts as direct; an attribution
    around it belongs to it.
    """

    kind: Literal["statement"] = "statement"
    voice: Voice
    speaker: Speaker | None = None
    asked: bool = Field(default=False, description="a question")
    interviewer: bool = Field(default=False, description="said by the one who asks in an interview")
    topic: tuple[str, ...] = Field(description="content lemmas in order of appearance, no duplicates")
    context: tuple[str, ...] = Field(
        default=(), description="content lemmas of the sentence before, where this one leans on it: It fell again."
    )
    people: tuple[str, ...] = Field(default=(), description="ids of the persons named or meant by a pronoun")
    names: tuple[str, ...] = Field(default=(), description="other proper names, as written, lower case")
    quantities: tuple[str, ...] = Field(default=(), description="ids of the quantities in it")
    dates: tuple[str, ...] = Field(default=(), description="ids of the dates in it")
    extremes: tuple[str, ...] = Field(default=(), description="words that claim a first or a most: largest, never")
    answers: Literal["yes", "no", "evasive", ""] = Field(
        default="", description="affirms or denies what was said before it, or leaves it open: I could not say"
    )
    put: bool = Field(default=False, description="puts a suggestion to somebody: I put it to you that ...")
    hearsay: bool = Field(default=False, description="gives to others what it says: they say, it is claimed")


class Argument(Place):
    """A part of a clause that fills one place of its predicate, with what it names.

    Stands on the whole phrase. `role` is object, attribute, state or time, or the preposition in front: in, by, from.
    """

    role: str
    head: str = Field(description="lemma of the head noun or adjective")
    words: tuple[str, ...] = Field(default=(), description="content lemmas of the phrase, what hangs on it left out")
    names: tuple[str, ...] = Field(default=(), description="proper names in it, lower case")
    sort: Literal["time", "place", "person", "name", "number", "other"] = "other"
    person: str | None = Field(default=None, description="id of the person that it names")
    dates: tuple[str, ...] = Field(default=(), description="ids of the dates in it")
    quantities: tuple[str, ...] = Field(default=(), description="ids of the quantities in it")
    several: bool = Field(default=False, description="one of a list, a plural, or one among others")


class Predication(Claim):
    """One verb with its subject and arguments: the smallest thing that a text says of somebody or something.

    Unlike a position it is read for participles, relative clauses and nouns of action ("her request"), too, and says
    nothing of who holds it: `voice` tells the document's own word from others'. A pronoun stands as what it points to.
    """

    kind: Literal["predication"] = "predication"
    sentence: Place
    voice: Voice
    force: Force = "asserted"
    subject_place: Place = Field(description="the subject's words; of a pronoun what it points to")
    subject: tuple[str, ...] = Field(default=(), description="content lemmas of the subject")
    subject_head: str = Field(default="", description="lemma of the subject's head noun")
    subject_person: str | None = Field(default=None, description="id of the person that the subject names")
    subject_names: tuple[str, ...] = Field(default=(), description="proper names in the subject, lower case")
    definite: bool = Field(default=False, description="the subject is a name, a pronoun, or has the, this, his, ...")
    several: bool = Field(default=False, description="more than one subject, or part of one: some, one of the")
    predicate: str = Field(description="lemma of the verb; of a noun of action the act that it names")
    passive: bool = False
    denied: bool = False
    modal: bool = Field(default=False, description="may, would, is said to, allegedly, ...: not told as a fact")
    tense: Literal["past", "perfect", "present", "future", "none"] = "none"
    quantifier: Literal["all", "some", "none", "only", ""] = ""
    manner: tuple[str, ...] = Field(default=(), description="adverbs of the clause: never, daily, unanimously")
    changed: bool = Field(default=False, description="the sentence marks a change over time: now, formerly, until")
    acts: tuple[str, ...] = Field(default=(), description="acts that the clause implies of its subject: testify")
    arguments: tuple[Argument, ...] = ()


class Uniqueness(Claim):
    """A word that says that there was nothing like it before: unprecedented, first ever; stands on that word."""

    kind: Literal["uniqueness"] = "uniqueness"
    sentence: Place
    limited: bool = Field(default=False, description="taken back or limited: hardly, since 1998")
    precedent: Place | None = Field(default=None, description="words of the sentence that name an earlier like")


class ContrastLink(Claim):
    """The article sets one person against another; stands on the marker."""

    kind: Literal["contrast_link"] = "contrast_link"
    marker: str
    left: Speaker
    right: Speaker
    left_positions: tuple[str, ...] = ()
    right_positions: tuple[str, ...] = ()
    right_clause: Place


class AgreementLink(Claim):
    """The article says that one person agrees with another; stands on the marker."""

    kind: Literal["agreement_link"] = "agreement_link"
    marker: str
    left: Speaker
    right: Speaker
    left_positions: tuple[str, ...] = ()
    right_positions: tuple[str, ...] = ()
    right_clause: Place


class Quantity(Claim):
    """A number with what it counts, of whom and when.

    `low` and `high` span what the printed form allows: 2.0 is 1.95 to 2.05, "10 to 15 %" is 9.5 to 15.5 with value 10,
    "dozens" is 24 to 120. Hedges leave the span alone and stand in `hedge`. Compare two of them only through
    `audit.extract.units.in_base`, which brings both into one unit.
    """

    kind: Literal["quantity"] = "quantity"
    value: str = Field(description="a plain decimal number; of a range the first end")
    low: str
    high: str
    unit: str = Field(default="", description="%, GBP, km, year, USD/barrel, ...; empty for a bare count")
    measure: Measure = Field(default="count", description="what kind of thing is measured")
    per: str = Field(default="", description="what a rate is given for: hour, person, 100000 people")
    form: Literal["number", "range", "fraction", "multiple", "vague", "pair"] = Field(
        default="number", description="a third is a fraction, sixfold a multiple, dozens vague, 5-2 and 1 in 6 a pair"
    )
    other: str = Field(default="", description="the second number of a pair: 2 of 5-2, 6 of one in six")
    of: str = Field(default="", description="lemma of the head noun of what is counted, or of what a share is taken")
    of_words: tuple[str, ...] = Field(default=(), description="content lemmas of what is counted: adult, patient")
    base: str = Field(default="", description="lemma of the whole of which a share or part is taken: voter")
    base_words: tuple[str, ...] = Field(default=(), description="content lemmas of that whole")
    hedge: str = Field(default="", description="about, nearly, more than, ...")
    direction: Literal["none", "rise", "fall"] = Field(default="none", description="it is part of a rise or a fall")
    role: Literal["none", "from", "to", "by"] = Field(default="none", description="start, end or size of the change")
    change: tuple[str, ...] = Field(default=(), description="ids of the other figures of the same change")
    sentence: Place | None = None
    subject: tuple[str, ...] = Field(default=(), description="content lemmas of the subject of its clause")
    verb: str = Field(default="", description="lemma of the verb of its clause")
    time: tuple[str, ...] = Field(default=(), description="times named in its clause, lower case: 2019, last year")


class Figure(Claim):
    """A quantity in its sentence: the thing that it measures, and everything that would make it another quantity.

    Stands on the quantity. Two figures can be held against each other only where these agree.
    """

    kind: Literal["figure"] = "figure"
    quantity: str = Field(description="id of the Quantity")
    statement: str = Field(description="id of the Statement that it stands in")
    thing: str = Field(default="", description="lemma of what is counted or measured: passenger, tower, fund")
    form: Literal["counted", "attributive", "stated", ""] = Field(
        default="", description="2,140 passengers; the 740-metre tower; the tower is 740 metres tall"
    )
    attribute: str = Field(default="", description="which of its measures: height, cost, budget, a verb's noun")
    limits: tuple[str, ...] = Field(default=(), description="lemmas that narrow the thing down: part-time, island")
    per: str = Field(default="", description="what a rate is given for: day, week, person")
    lead: str = Field(default="", description="preposition in front of the number: of, from, to, by")
    clause: tuple[str, ...] = Field(default=(), description="content lemmas of its clause, numbers and units left out")
    names: tuple[str, ...] = Field(default=(), description="words of proper names in its clause, lower case")
    scope: tuple[str, ...] = Field(
        default=(), description="signs of a part, a whole, a plan or another time: each, rest, more, former, target"
    )
    definite: bool = Field(default=False, description="the phrase takes something known up again: the $40m fund")
    negated: bool = False
    dates: tuple[str, ...] = Field(default=(), description="ids of the dates that it is given for")


class DateMention(Claim):
    """A date, a period, a weekday or a time of day as the text gives it, and the days that it can mean.

    `year`, `month`, `day` and `weekday` are what the words themselves say; of a range they are its beginning and the
    `until_` fields its end. `earliest` and `latest` bound the days meant, after the year or the day that the words
    leave open was taken from elsewhere (`resolved`, `anchor`); both are empty where the text does not settle it.
    Seasons are those of the north.
    """

    kind: Literal["date"] = "date"
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: str = Field(default="", description="Monday to Sunday")
    relative: str = Field(default="", description="yesterday, last month, three weeks later, ...")
    until_year: int | None = None
    until_month: int | None = None
    until_day: int | None = None
    time: str = Field(default="", description="a time of day, HH:MM of 24 hours")
    holiday: str = Field(default="", description="the feast that names the day: christmas day")
    precision: DatePrecision = "day"
    earliest: str = Field(default="", description="the first day that can be meant, YYYY-MM-DD; empty if unknown")
    latest: str = Field(default="", description="the last day that can be meant")
    resolved: Literal["explicit", "inherited", "dateline", "published", "nearest", ""] = Field(
        default="",
        description="where the day comes from: the words, the year that the document gives its dates, its dateline, "
        "its publication date, the date before in the text; empty if unresolved",
    )
    anchor: str = Field(default="", description="id of the date that it was resolved against")
    bound: Literal["on", "before", "after", "since", "until", "about"] = Field(
        default="on", description="what the word in front makes of it: by Friday is until, around 1900 about"
    )
    part: str = Field(default="", description="early, mid, late")
    fiscal: bool = Field(default=False, description="a fiscal, school or budget year, or a season over two years")
    range: bool = Field(default=False, description="runs from one date to another: 1990 to 2005, 3-5 May")


class DatedEvent(Claim):
    """What the text puts at a date: a verb with what it is about, or a noun ("the vote on 3 May"); stands on that word.

    Verbs that only say that something happens ("was held", "took place") are read through to their noun.
    """

    kind: Literal["dated_event"] = "dated_event"
    date: str = Field(description="id of the date")
    head: str = Field(description="lemma of the verb or noun")
    noun: bool = Field(default=False, description="the head is a noun")
    theme: tuple[str, ...] = Field(
        default=(), description="content lemmas of what it happens to: passive subject, object, what follows of"
    )
    agent: tuple[str, ...] = Field(default=(), description="content lemmas of who or what does it")
    person: str | None = Field(default=None, description="id of the person that the subject names or means")
    names: tuple[str, ...] = Field(
        default=(), description="proper names in subject, object and complements, lower case"
    )
    modifiers: tuple[str, ...] = Field(
        default=(), description="words that tell it from others of its kind: first, annual, second, new"
    )
    tense: Literal["past", "present", "future", ""] = ""
    planned: bool = Field(default=False, description="planned, expected, possible or supposed, not told as done")
    negated: bool = False
    quoted: bool = Field(default=False, description="inside quotation marks")
    sentence: Place


class DateOrder(Claim):
    """The text says that one date does not come after another; stands on the word that says so ("after", "led to")."""

    kind: Literal["date_order"] = "date_order"
    earlier: str = Field(
        description="id of the date that has to come first; empty: that of `event`, which is not given"
    )
    later: str = Field(description="id of the other one; or empty, likewise")
    event: str = Field(default="", description="lemma of the noun for what another sentence dates: after the flood")
    marker: str = Field(description="lemma of the word: after, before, lead, prompt")
    quoted: bool = False
    sentence: Place


class Occasion(Claim):
    """Something that takes place at a set time, told as still to come or as over; stands on its noun."""

    kind: Literal["occasion"] = "occasion"
    noun: str = Field(description="lemma: race, hearing")
    group: str = Field(description="the first of the nouns that may name the same: hearing for inquiry and trial")
    when: Literal["ahead", "over"]
    about: tuple[str, ...] = Field(default=(), description="content lemmas of what follows the noun: of the bridge")
    date: str = Field(default="", description="id of the only day that the sentence gives; empty for none or several")
    quoted: bool = False
    sentence: Place


class LifeFact(Claim):
    """An age, a birth or a death of a person; stands on the words that give it.

    Of an age `years` is the number and `earliest`, `latest` the days at which the person had it; of a birth or a death
    those are the days of it. `basis` says where the days of an age come from.
    """

    kind: Literal["life_fact"] = "life_fact"
    person: str | None = Field(default=None, description="id of the person; None where the text does not say")
    fact: Literal["age", "birth", "death"]
    years: int | None = None
    earliest: str = Field(default="", description="YYYY-MM-DD; empty if unknown")
    latest: str = ""
    date: str = Field(default="", description="id of the date that gives the days")
    basis: Literal["sentence", "before", "published", ""] = Field(
        default="", description="the date in the sentence, the date in the sentence before, the publication"
    )
    hedge: bool = Field(default=False, description="about, nearly, more than: not to the year")
    quoted: bool = False
    sentence: Place


class Residue(Claim):
    """Words or marks that production left in the copy."""

    kind: Literal["residue"] = "residue"
    form: Literal["placeholder", "editor-note", "boilerplate", "machine", "markup", "character"]
    hint: str = Field(description="what gave it away")


class MarkDamage(Claim):
    """A quotation mark without its partner, or quoted words that are no clause."""

    kind: Literal["mark_damage"] = "mark_damage"
    form: Literal["unclosed", "unopened", "nested-unclosed", "ungrammatical"]
    hint: str


AnyClaim = Annotated[
    Heading
    | Paragraph
    | Person
    | RoleMention
    | Entity
    | MixedScript
    | Turn
    | Quotation
    | ReportedStatement
    | Position
    | Statement
    | Predication
    | Uniqueness
    | ContrastLink
    | AgreementLink
    | Quantity
    | Figure
    | DateMention
    | DatedEvent
    | DateOrder
    | Occasion
    | LifeFact
    | Residue
    | MarkDamage
    | Genre
    | Wording
    | LoadedVerb
    | Citation
    | OutletCredit
    | Provenance
    | StoryReference,
    Field(discriminator="kind"),
]
