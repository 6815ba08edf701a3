"""Who stands behind a description: "the mayor", "a spokesman for the airport", "officials", "the report"."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from audit.extract.annotate import Annotated, Token
from audit.extract.date_words import number_of
from audit.extract.mentions import DISPLAY_KINDS, Gendered, Mention
from audit.extract.person_words import (
    gender_of_noun,
    is_document_noun,
    is_group_noun,
    is_kin_noun,
    is_mute_noun,
    is_person_noun,
    words_of,
)
from audit.extract.roles import Role, human_nouns, role_heads
from audit.records import Person, Speaker
from audit.records.claims import SpeakerKind

_MEASURES = frozenset(["DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "QUANTITY", "ORDINAL"])
_SAYING = frozenset({"NOUN", "PROPN", "ADJ"})  # the words of a description that tell one bearer from another
_HONORIFIC = frozenset(["mr", "mrs", "ms", "miss", "mx", "dr", "doctor", "prof", "sir", "dame", "lady", "lord"])
_LEFT = frozenset(
    ["det", "amod", "compound", "poss", "nummod", "nmod", "predet", "quantmod", "punct", "case", "advmod", "neg"]
)


@dataclass(frozen=True, slots=True)
class _Known:
    """The words that say what a person is."""

    nouns: frozenset[str]
    words: frozenset[str]
    owners: Mapping[str, Token] = field(default_factory=dict)  # of a kin noun: the word for whose relative this is


class Descriptions:
    """What the definite descriptions of a document resolve to."""

    def __init__(
        self, annotated: Annotated, mentions: Sequence[Mention], known: Sequence[_Known], people: Sequence[Gendered]
    ) -> None:
        self._annotated = annotated
        self._mentions = mentions
        self._heads = [mention.head for mention in mentions]
        self._known = list(known)
        self._by_noun: dict[str, list[int]] = {}  # who is known by a noun, in order
        self._by_word: dict[str, list[int]] = {}
        for person in range(len(self._known)):
            self._enter(person)
        self._count = Counter(mention.person for mention in mentions)
        self._people = people
        self._ages = [(mention.person, years) for mention in mentions if (years := _age_behind(annotated, mention))]
        self._at = {at: mention.person for mention in mentions for at in range(mention.outer, mention.last + 1)}
        self.stands_for: Mapping[int, int | str | None] = {}  # pronouns that are resolved so far, by token index
        self.nouns = human_nouns(annotated)
        self._introduced = role_heads(annotated, self.nouns)
        self._groups = [
            token.i for token in annotated.tokens if token.dep in ("nsubj", "nsubjpass") and _is_group(token)
        ]
        self._learn()

    def speaker_of(self, head: Token, persons: Sequence[Person]) -> Speaker | None:
        """The speaker behind a noun; None where the noun stands for nothing that speaks."""
        human = is_person_noun(head.lemma) or year_old(self._annotated, head) is not None
        if head.pos not in ("NOUN", "PROPN", "ADJ", "NUM") or (head.ent in _MEASURES and not human):
            return None
        first, last = phrase_of(self._annotated, head)
        tokens = self._annotated.tokens
        place = self._annotated.place(tokens[first], tokens[last])
        name = " ".join(place.text.split())
        if human and head.tag not in ("NNS", "NNPS"):
            person = self.person_of(head)
            known = persons[person] if person is not None else None
            return Speaker(
                kind="described", name=known.name if known else name, mention=place, person=known.id if known else None
            )
        if head.tag in ("NNS", "NNPS") or head.pos == "PROPN" or is_group_noun(head.lemma):
            if is_mute_noun(head.lemma) or (head.tag == "NNS" and not _people(head)):
                return Speaker(kind="described", name=name, mention=place) if is_document_noun(head.lemma) else None
            return Speaker(kind="group", name=name, mention=place)
        if is_mute_noun(head.lemma):
            return None
        return Speaker(kind="described", name=name, mention=place)

    def _counted(self, head: Token) -> Speaker:
        """ "One said", "four of the nine said"."""
        first, last = phrase_of(self._annotated, head)
        place = self._annotated.place(self._annotated.tokens[first], self._annotated.tokens[last])
        kind: SpeakerKind = "described" if head.lower == "one" else "group"
        return Speaker(kind=kind, name=" ".join(place.text.split()), mention=place)

    def group_before(self, token: Token) -> str:
        """The group that was last the subject before a token, in its paragraph or the one before."""
        at = bisect_left(self._groups, token.i) - 1
        if at < 0:
            return ""
        head = self._annotated.tokens[self._groups[at]]
        if token.block - head.block > 1:
            return ""
        first, last = phrase_of(self._annotated, head)
        tokens = self._annotated.tokens
        return " ".join(self._annotated.document.view[tokens[first].start : tokens[last].end].split())

    def person_of(self, head: Token) -> int | None:
        """The one person of the document who is what the definite description with this head says."""
        first, _ = phrase_of(self._annotated, head)
        tokens = self._annotated.tokens
        opening = tokens[first]
        owner = owner_of(self._annotated, head) if is_kin_noun(head.lemma) else None
        if opening.lower not in ("the", "this", "that") and opening.tag != "PRP$" and owner is None:
            return None
        if (years := year_old(self._annotated, head)) is not None:
            return self._of_age(head, years)
        if owner is not None:
            return self._relative(head.lemma.casefold(), owner)
        said = {tokens[at].lemma.casefold() for at in range(first + 1, head.i) if tokens[at].pos in _SAYING}
        bearers = self._bearers(head.lemma.casefold())
        fitting = [at for at in bearers if said - words_of("qualities") <= self._known[at].words]
        return fitting[0] if len(fitting) == 1 else None

    def _of_age(self, head: Token, years: int) -> int | None:
        """ "The 71-year-old": whoever the text says is 71, else the one person whom it is about here."""
        fitting = {person for person, age in self._ages if age == years}
        if fitting:
            return fitting.pop() if len(fitting) == 1 else None
        return self._in_focus(head)

    def _relative(self, noun: str, owner: Token) -> int | None:
        """ "Her father": the one named person who was introduced as this relative of the same person."""
        fitting = [
            at
            for at in self._bearers(noun)
            if (theirs := self._known[at].owners.get(noun)) is not None and self._is_same(owner, theirs)
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _is_same(self, one: Token, other: Token) -> bool:
        """Whether two words in front of a kin noun stand for one person; the same plural counts ("their ... their")."""
        who, whom = (self._at.get(token.i, self.stands_for.get(token.i)) for token in (one, other))
        if who is None and whom is None:
            return one.lower == other.lower and one.lower in ("their", "our")
        return who == whom

    def _bearers(self, noun: str) -> list[int]:
        """Who is known to be this: by the noun itself, else by a word in front of it ("head" for a head teacher)."""
        exact = [at for at in self._by_noun.get(noun, ()) if self._fits(at, noun)]
        return exact or [at for at in self._by_word.get(noun, ()) if self._fits(at, noun)]

    def _enter(self, person: int) -> None:
        """Index what is known of a person."""
        known = self._known[person]
        for index, words in ((self._by_noun, known.nouns), (self._by_word, known.words)):
            for word in words:
                bearers = index.setdefault(word, [])
                at = bisect_left(bearers, person)
                if bearers[at : at + 1] != [person]:
                    bearers.insert(at, person)

    def _learn(self) -> None:
        """Take from the first "the minister" that it means the only person whom the text is then about.

        A description means one person all through a text, so its first use decides; where that is unclear, so are the
        others.
        """
        seen = set(self._introduced)
        for token in self.nouns:
            noun = token.lemma.casefold()
            if noun in seen:
                continue
            if self._annotated.document.blocks[token.block].kind in DISPLAY_KINDS:
                continue
            det = self._annotated.child(token, "det")
            if det is None or det.lower != "the" or token.dep in ("attr", "appos", "compound", "nmod"):
                continue
            seen.add(noun)
            person = None if self._bearers(noun) or self._is_restricted(token) else self._in_focus(token)
            if person is not None:
                first, _ = phrase_of(self._annotated, token)
                words = {one.lemma.casefold() for one in self._annotated.tokens[first + 1 : token.i + 1]}
                known = self._known[person]
                self._known[person] = _Known(known.nouns | {noun}, known.words | words)
                self._enter(person)

    def _is_restricted(self, head: Token) -> bool:
        """Whether the phrase itself says which one is meant: "the minister who brought it in"."""
        return any(
            kid.i > head.i and kid.dep in ("relcl", "prep", "acl", "appos") for kid in self._annotated.children(head)
        )

    def _in_focus(self, head: Token) -> int | None:
        """The only person whom the text spoke of just now, if nothing else is said of that person's job."""
        at = bisect_left(self._heads, head.i)
        recent = [mention for mention in self._mentions[max(0, at - 8) : at] if head.block - mention.block <= 1]
        people = {mention.person for mention in recent}
        if len(people) != 1:
            return None
        person = people.pop()
        free = not self._known[person].nouns - _HONORIFIC or year_old(self._annotated, head) is not None
        main = self._count[person] >= 2  # somebody whom the text names once is hardly what it is about
        return person if free and main and self._fits(person, head.lemma) else None

    def _fits(self, person: int, noun: str) -> bool:
        gender = gender_of_noun(noun)
        return gender is None or self._people[person].gender in (gender, None)


def describe(
    annotated: Annotated,
    mentions: Sequence[Mention],
    persons: Sequence[Person],
    roles: Sequence[Sequence[Role]],
    people: Sequence[Gendered],
) -> Descriptions:
    """Everything that is known of the persons of a document, ready to be asked."""
    known = [_known(annotated, person, own) for person, own in zip(persons, roles, strict=True)]
    return Descriptions(annotated, mentions, known, people)


def _known(annotated: Annotated, person: Person, roles: Sequence[Role]) -> _Known:
    nouns = {role.noun for role in roles} | {title.strip(".").casefold() for title in person.titles}
    words = set(nouns)
    for role in roles:
        words.update(token.lemma.casefold() for token in annotated.tokens[role.first : role.last + 1])
    for phrase in person.roles:  # titles behind a transcript's labels
        plain = [word.strip(",.").casefold() for word in phrase.split()]
        words.update(plain)
        nouns.update(word for word in plain if is_person_noun(word))
    owners: dict[str, Token] = {}
    for role in roles:
        if is_kin_noun(role.noun) and (owner := _owner_of_role(annotated, role)) is not None:
            owners.setdefault(role.noun, owner)
    return _Known(frozenset(nouns), frozenset(words), owners)


def _owner_of_role(annotated: Annotated, role: Role) -> Token | None:
    head = next((t for t in annotated.tokens[role.first : role.last + 1] if t.lemma.casefold() == role.noun), None)
    return owner_of(annotated, head) if head is not None else None


def owner_of(annotated: Annotated, kin: Token) -> Token | None:
    """The word in front of a kin noun that says whose relative it is: "her father", "Ito's youngest daughter"."""
    tokens = annotated.tokens
    for at in range(kin.i - 1, max(-1, kin.i - 4), -1):
        token = tokens[at]
        if token.sent != kin.sent or token.pos in ("VERB", "AUX", "ADP", "PUNCT", "CCONJ"):
            return None
        if token.tag == "PRP$":
            return token
        if token.tag == "POS" and at:
            return tokens[at - 1]
    return None


def year_old(annotated: Annotated, head: Token) -> int | None:
    """The years of "the 71-year-old" where that phrase has no other noun; None for any other token."""
    tokens = annotated.tokens[max(0, head.i - 4) : head.i + 1]
    words = [token.lower for token in tokens]
    if words[1:] != ["-", "year", "-", "old"] or head.dep in ("amod", "acomp", "nmod"):
        return None
    return number_of(words[0])


def _age_behind(annotated: Annotated, mention: Mention) -> int | None:
    """The age right behind a name: "Ana Reyes, 58,", "Ana Reyes (58)", "Ana Reyes, now 58,"."""
    behind = [t for t in annotated.tokens[mention.last + 1 : mention.last + 5] if t.block == mention.block]
    if not behind or behind[0].text not in (",", "("):
        return None
    rest = [t for t in behind[1:] if t.lower not in ("now", "aged", "age")]
    if len(rest) < 2 or rest[1].text not in (",", ")", ".") or not (rest[0].text.isdigit() and len(rest[0].text) < 3):
        return None
    return int(rest[0].text)


def phrase_of(annotated: Annotated, head: Token) -> tuple[int, int]:
    """First and last token of the noun phrase around a head: what modifies it in front, what hangs on it by "of"."""
    tokens = annotated.tokens
    first = head.i
    for kid in annotated.children(head):
        if kid.i < head.i and kid.dep in _LEFT and kid.text not in (",", "“", "”", '"', "‘", "—", "–"):
            first = min(first, annotated.subtree(kid)[0].i)
    for at in range(head.i - 1, first - 1, -1):  # nothing behind a comma or a quotation mark belongs to it
        if tokens[at].text in (",", "“", "”", '"', "—", "–", ";", ":"):
            first = at + 1
            break
    last = head.i
    for kid in annotated.children(head):
        if kid.i == last + 1 and kid.dep == "prep" and kid.lower in ("of", "for", "at", "with", "from", "in", "on"):
            last = _end_of(annotated, kid)
    return first, last


def _end_of(annotated: Annotated, prep: Token) -> int:
    last = prep.i
    for token in annotated.subtree(prep):
        if token.i != last and token.i != last + 1:
            break
        if (
            token.text in (",", ".", ";", "“", "”", '"', "(", "—", "–")
            or token.pos in ("VERB", "AUX")
            or token.dep == "relcl"
        ):
            break
        last = token.i
    tokens = annotated.tokens
    while last > prep.i and tokens[last].lower in ("who", "that", "which", "and"):
        last -= 1
    return last if last > prep.i else prep.i - 1


def _people(head: Token) -> bool:
    """Whether a plural stands for human beings or bodies of them."""
    return is_person_noun(head.lemma) or is_group_noun(head.lemma) or not is_document_noun(head.lemma)


def _is_group(token: Token) -> bool:
    if token.tag in ("NNS", "NNPS"):
        return is_person_noun(token.lemma) or is_group_noun(token.lemma)
    return is_group_noun(token.lemma) or (token.pos == "PROPN" and token.ent in ("ORG", "NORP", "GPE"))
