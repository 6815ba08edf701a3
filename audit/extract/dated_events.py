"""What happens at a date: the verb or noun that the parse hangs a date on, with what it is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from audit.extract.annotate import Annotated, Token
from audit.extract.date_anchors import Tense
from audit.extract.mentions import Quoted
from audit.extract.people import People
from audit.extract.topics import content_lemmas
from audit.records import DatedEvent, DateMention


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Nouns of what happens at one time; others that a date hangs on ("the mayor on Tuesday") belong to the verb.
_EVENT_NOUNS = _set(
    "accident act agreement air anniversary attack auction award battle birth birthday blast bombing burial ceremony "
    "championship closing closure collapse collision completion concert conference congress contest convention "
    "coronation coup crash cup cut deadline deal death debate decision decree defeat departure derby disaster "
    "discovery drought earthquake edition election eruption establishment evacuation event exhibition expedition "
    "explosion fair festival final fire flight flood flooding foundation founding funeral game gathering hearing "
    "heist hurricane inauguration incident independence inquest inquiry invasion judgment kidnapping killing kickoff "
    "landing launch law leak marathon march marriage massacre match meeting merger murder opening operation outage "
    "outbreak performance plebiscite poll premiere primary protest publication race raid rally readout ratification "
    "referendum reform release renovation report rescue resignation retirement review revolution riot robbery ruling "
    "sale season session shooting shutdown siege signing spill statute storm strike study summit surgery survey "
    "takeover tasting tour tournament transfer treaty trial verdict victory visit vote war wedding will win workshop"
)
_TELLING = frozenset(
    {"hold", "happen", "occur", "take", "schedule", "set", "plan", "slate", "be", "come", "fall", "due"}
)
_PLANNED = _set(
    "plan schedule expect hope want intend aim propose promise pledge due slate set consider ask wish would could may "
    "might should can if unless until"
)
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_OBJECTS = frozenset({"dobj", "attr", "oprd", "dative", "acomp"})
_NAMED = frozenset({"ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW", "PERSON"})
AGAIN = frozenset({"again", "twice", "anew", "later", "first", "finally", "officially", "formally", "also"})
_KINDS = frozenset({"amod", "compound", "nummod", "poss", "nmod"})


def tense_at(annotated: Annotated, start: int, end: int) -> Tense:
    """The tense of the verb that the words at a view stretch depend on; "" where there is none."""
    head = _root_of(annotated, start, end)
    verb = next((t for t in annotated.ancestors(head) if t.pos in ("VERB", "AUX")), None) if head is not None else None
    return tense_of(annotated, verb) if verb is not None else ""


def tense_of(annotated: Annotated, verb: Token) -> Tense:
    """Past, present or future, from a verb's form and its auxiliaries."""
    helpers = [kid for kid in annotated.children(verb) if kid.dep in ("aux", "auxpass")]
    words = {kid.lower for kid in helpers}
    if words & {"will", "’ll", "'ll", "shall"} or (verb.dep == "xcomp" and _is_going(annotated, verb)):
        return "future"
    if words & {"was", "were", "had", "did", "has", "have", "been"} or verb.tag == "VBD":
        return "past"
    if words & {"would", "could", "may", "might", "should", "can", "must"}:
        return ""
    if verb.tag in ("VBZ", "VBP") or words & {"am", "is", "are", "do", "does"}:
        return "present"
    if verb.tag == "VBN" and verb.dep in ("acl", "advcl", "ROOT"):
        return "past"
    if verb.dep in ("conj", "xcomp", "advcl", "ccomp", "pcomp") and verb.head != verb.i:
        return tense_of(annotated, annotated.tokens[verb.head]) if verb.dep == "conj" else ""
    return ""


def _is_going(annotated: Annotated, verb: Token) -> bool:
    return annotated.tokens[verb.head].lower == "going"


def _root_of(annotated: Annotated, start: int, end: int) -> Token | None:
    """The token of a date whose head lies outside it."""
    inside = annotated.between(start, end)
    span = {token.i for token in inside}
    return next((token for token in inside if token.head not in span or token.head == token.i), None)


def find_events(annotated: Annotated, people: People, dates: Sequence[DateMention]) -> list[DatedEvent]:
    """One event for each date that hangs on a verb or on a noun of what happens."""
    reader = _Reader(annotated, people)
    found = (reader.read(date) for date in dates if date.precision != "time")
    return [
        event.model_copy(update={"id": f"{annotated.document.key}.event.{number}"})
        for number, event in enumerate((one for one in found if one is not None), start=1)
    ]


class _Reader:
    def __init__(self, annotated: Annotated, people: People) -> None:
        self._annotated, self._people = annotated, people
        self._quoted = Quoted(annotated)

    def read(self, date: DateMention) -> DatedEvent | None:
        root = _root_of(self._annotated, *self._annotated.document.view_span(date))
        head = self._governor(root) if root is not None else None
        if head is None:
            return None
        verb = head if head.pos in ("VERB", "AUX") else self._verb_above(head)
        noun = self._event_noun(head)
        about = noun or head
        subject = self._subject(verb) if verb is not None else None
        theme, agent = self._parties(about, subject)
        person = self._people.speaker_of(subject) if subject is not None else None
        words = [about, *theme, *agent]
        return DatedEvent(
            **self._annotated.place_fields(head, head),
            id="",
            block=head.block,
            date=date.id,
            head=about.lemma_lower,
            noun=about.pos in ("NOUN", "PROPN"),
            theme=content_lemmas(theme),
            agent=content_lemmas(agent),
            person=person.person if person is not None and noun is None else None,
            names=tuple(dict.fromkeys(t.lower for t in words if t.ent in _NAMED)),
            modifiers=tuple(t.lower for t in self._annotated.children(about) if self._tells_apart(t, about)),
            tense=tense_of(self._annotated, verb) if verb is not None else "",
            planned=verb is not None and self._is_planned(verb),
            negated=verb is not None and any(kid.dep == "neg" for kid in self._annotated.children(verb)),
            quoted=self._quoted.span_at(head) is not None,
            sentence=self._annotated.sentence_place(self._annotated.sentences[head.sent]),
        )

    def _tells_apart(self, kid: Token, about: Token) -> bool:
        return (kid.dep in _KINDS and kid.i < about.i) or (kid.dep == "advmod" and kid.lower in AGAIN)

    def _governor(self, root: Token) -> Token | None:
        """The verb, or the noun of an event, that a date belongs to."""
        for token in self._annotated.ancestors(root):
            if token.pos == "VERB" or (token.pos == "AUX" and token.dep not in ("aux", "auxpass")):
                return token
            if token.pos in ("NOUN", "PROPN") and token.lemma_lower in _EVENT_NOUNS:
                return token
        return None

    def _verb_above(self, noun: Token) -> Token | None:
        return next((t for t in self._annotated.ancestors(noun) if t.pos in ("VERB", "AUX")), None)

    def _event_noun(self, head: Token) -> Token | None:
        """The noun of an event that a verb only says to take place: "the vote was held", "they held the vote"."""
        if head.lemma not in _TELLING:
            return None
        subject = self._subject(head)
        candidates = [subject, *(kid for kid in self._annotated.children(head) if kid.dep in ("dobj", "attr"))]
        return next((t for t in candidates if t is not None and t.lemma_lower in _EVENT_NOUNS), None)

    def _subject(self, verb: Token) -> Token | None:
        """The head of a verb's subject, through relative clauses, participles and verbs joined by "and"."""
        for _ in range(4):
            found = self._annotated.child(verb, *_SUBJECTS)
            if found is not None:
                return self._antecedent(verb) or found if found.lower in ("who", "which", "that") else found
            if verb.dep in ("acl", "relcl"):
                return self._annotated.tokens[verb.head]
            if verb.dep not in ("conj", "advcl", "xcomp") or verb.head == verb.i:
                return None
            verb = self._annotated.tokens[verb.head]
        return None

    def _antecedent(self, verb: Token) -> Token | None:
        return self._annotated.tokens[verb.head] if verb.dep == "relcl" else None

    def _parties(self, about: Token, subject: Token | None) -> tuple[list[Token], list[Token]]:
        """The tokens of what it happens to and of who does it."""
        if about.pos in ("NOUN", "PROPN"):
            kept = {kid.i for kid in self._annotated.children(about) if kid.dep in _KINDS}
            theme = [t for t in self._subtree(about, ("prep", "relcl", "acl", "appos")) if t.i != about.i or kept]
            return [
                t for t in [*theme, *self._behind(about, ("of", "on", "for", "in", "at", "over"))] if t != about
            ], []
        phrase = self._subtree(subject) if subject is not None else []
        passive = self._annotated.child(about, "nsubjpass", "auxpass") is not None or about.tag == "VBN"
        objects = [t for kid in self._annotated.children(about) if kid.dep in _OBJECTS for t in self._subtree(kid)]
        agents = self._behind(about, ("by",))
        if not passive and not objects:
            aims = [t for kid in self._annotated.children(about) if kid.dep == "xcomp" for t in self._subtree(kid)]
            # "Voted on the ferry", "voted to keep the ferry".
            return [*phrase, *self._behind(about, ("on", "over", "about")), *aims], agents
        if passive:
            return [*phrase, *objects], agents
        return objects, phrase

    def _behind(self, head: Token, words: Sequence[str]) -> list[Token]:
        preps = [kid for kid in self._annotated.children(head) if kid.dep in ("prep", "agent") and kid.lower in words]
        return [t for prep in preps for t in self._subtree(prep) if t != prep and t.ent != "DATE"]

    def _subtree(self, head: Token, without: Iterable[str] = ("relcl", "acl", "appos")) -> list[Token]:
        """A phrase without its dates and without what is said of it in clauses of their own."""
        cut = [kid for kid in self._annotated.children(head) if kid.dep in set(without)]
        out = {token.i for kid in cut for token in self._annotated.subtree(kid)}
        return [t for t in self._annotated.subtree(head) if t.i not in out and t.ent != "DATE"]

    def _is_planned(self, verb: Token) -> bool:
        """Whether a verb or one of those above it in the sentence speaks of what is only planned or possible."""
        chain: Iterator[Token] = (verb, *self._annotated.ancestors(verb)).__iter__()
        for token in chain:
            if token.lemma in _PLANNED:
                return True
            if any(kid.dep in ("aux", "mark") and kid.lemma in _PLANNED for kid in self._annotated.children(token)):
                return True
            if token.dep not in ("xcomp", "ccomp", "advcl", "pcomp"):
                return False
        return False
