"""Who a document names: persons with their aliases, titles, roles and affiliations, and who a phrase stands for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from audit.extract.annotate import Annotated, Token
from audit.extract.descriptions import Descriptions, describe
from audit.extract.individuals import Individual, Key, find_individuals, key_of
from audit.extract.mentions import Gendered, Mention, Quoted, mentions_of
from audit.extract.name_mentions import NameMentions
from audit.extract.names import PARTICLES, Run
from audit.extract.person_words import Gender, fold, gender_of_given, gender_of_noun, is_person_noun, is_title
from audit.extract.pronouns import ANAPHORS, Referent, resolve_pronouns
from audit.extract.roles import Role, affiliations_of, roles_at
from audit.loading.names import spell
from audit.records import Document, NameMention, Person, Place, Speaker, TurnSpan, place_of


@dataclass
class People:
    """The persons of a document, and the way from its tokens to them."""

    annotated: Annotated
    persons: Sequence[Person] = ()
    named: Sequence[tuple[int, Run]] = ()  # index of a person and where it is named
    roles: Sequence[tuple[int, Run, Role]] = ()  # the same with the role that stands there
    _mentions: dict[int, Mention] = field(default_factory=dict, repr=False)  # by each token of the name
    _pronouns: dict[int, Referent | None] = field(default_factory=dict, repr=False)
    _turns: dict[int, int] = field(default_factory=dict, repr=False)  # turn to the person who speaks
    _descriptions: Descriptions | None = field(default=None, repr=False)
    _speakers: dict[int, Speaker | None] = field(default_factory=dict, repr=False)  # by the head, once asked for

    @property
    def naming(self) -> Mapping[int, Mention]:
        """The mentions of persons by the index of each of their tokens."""
        return self._mentions

    def person_at(self, token: Token) -> Person | None:
        """The person whose name the token is part of, or None."""
        mention = self._mentions.get(token.i)
        return self.persons[mention.person] if mention is not None else None

    def speaking(self, turn: int) -> Person | None:
        """The person who speaks the turn with this index into Document.turns; None where it gives no name."""
        return self.persons[self._turns[turn]] if turn in self._turns else None

    def speaker_of(self, head: Token) -> Speaker | None:
        """The speaker that the noun phrase with this head names; None where it cannot be anybody who speaks."""
        if head.i not in self._speakers:
            self._speakers[head.i] = self._speaker_of(head)
        return self._speakers[head.i]

    def _speaker_of(self, head: Token) -> Speaker | None:
        mention = self._mention_of(head)
        if mention is not None:
            return self._several(head, mention) or self._named(mention)
        if head.pos == "PRON" or head.tag in ("PRP", "WP"):
            return self._pronoun(head)
        return self._described(head)

    def _mention_of(self, head: Token) -> Mention | None:
        """The name that a head is part of, or that stands beside the noun: "the mayor of Salm, Dana Ito"."""
        if head.i in self._mentions:
            return self._mentions[head.i]
        if not is_person_noun(head.lemma) or head.tag not in ("NN", "NNP"):
            return None
        follower = self._mentions.get(head.i + 1)
        if (
            follower is not None
            and follower.block == head.block
            and follower.outer in (head.i + 1, head.i, follower.first)
        ):
            return follower
        return self._apposed(head) or self._behind_comma(head)

    def _apposed(self, head: Token) -> Mention | None:
        """ "her neighbour, the joiner Ana Reyes": the name may stand beside the apposition in its turn."""
        for kid in self.annotated.children(head):
            if kid.dep == "appos" and kid.i > head.i:
                named = self._mentions.get(kid.i) or self._apposed(kid)
                if named is not None:
                    return named
        return None

    def _behind_comma(self, head: Token) -> Mention | None:
        """ "The mayor of Salm, Dana Ito, said": the name between commas behind the phrase."""
        tokens = self.annotated.tokens
        for token in tokens[head.i + 1 : head.i + 10]:
            if token.block != head.block or token.sent != head.sent or token.pos in ("VERB", "AUX"):
                return None
            if token.text == ",":
                mention = self._mentions.get(token.i + 1) or self._mentions.get(token.i + 2)
                if mention is None or mention.outer != token.i + 1 or mention.last + 1 >= len(tokens):
                    return None
                return mention if tokens[mention.last + 1].text in (",", ".") else None
        return None

    def _named(self, mention: Mention) -> Speaker:
        person = self.persons[mention.person]
        place = self.annotated.place(self.annotated.tokens[mention.outer], self.annotated.tokens[mention.last])
        return Speaker(kind="named", name=person.name, mention=place, person=person.id)

    def _several(self, head: Token, mention: Mention) -> Speaker | None:
        """ "Ito and Reyes said": two persons are a group."""
        tokens = self.annotated.tokens
        behind = mention.last + 1
        if behind + 1 >= len(tokens) or tokens[behind].lower not in ("and", "&"):
            return None
        other = self._mentions.get(behind + 1)
        if other is None or other.person == mention.person or not any(
            kid.dep == "conj" and kid.i in range(other.first, other.last + 1) for kid in self.annotated.children(head)
        ):  # fmt: skip
            return None
        names = f"{self.persons[mention.person].name} and {self.persons[other.person].name}"
        return Speaker(
            kind="group", name=names, mention=self.annotated.place(tokens[mention.outer], tokens[other.last])
        )

    def _pronoun(self, head: Token) -> Speaker | None:
        word = head.lower
        if word in ("who", "whom", "that", "which") and (head.tag in ("WP", "WDT")):
            return self._antecedent(head)
        if word not in ANAPHORS and word not in (
            "i",
            "we",
            "you",
            "they",
            "it",
            "one",
            "others",
            "some",
            "many",
            "both",
            "everyone",
            "everybody",
            "someone",
            "somebody",
            "nobody",
            "these",
            "those",
        ):
            return None
        place = self.annotated.place(head, head)
        person = self._pronouns.get(head.i)
        if word == "i":
            turn = self.annotated.document.blocks[head.block].turn
            person = self._turns.get(turn) if turn is not None else None
        if isinstance(person, str):
            return Speaker(kind="pronoun", name=person, mention=place)
        if person is not None:
            known = self.persons[person]
            return Speaker(kind="pronoun", name=known.name, mention=place, person=known.id)
        if word in ("others", "some", "many", "both", "everyone", "everybody", "these", "those"):
            return Speaker(kind="group", name=head.text, mention=place)
        if word in ("one", "someone", "somebody", "nobody"):
            return Speaker(kind="described", name=head.text, mention=place)
        group = (
            self._descriptions.group_before(head) if self._descriptions is not None and word in ("they", "it") else ""
        )
        return Speaker(kind="pronoun", name=group or head.text, mention=place)

    def _antecedent(self, head: Token) -> Speaker | None:
        """Who a relative "who" stands for."""
        for verb in self.annotated.ancestors(head):
            if verb.dep == "relcl":
                noun = self.annotated.tokens[verb.head]
                return self.speaker_of(noun) if noun.i < head.i and noun.pos != "PRON" else None
            if verb.dep not in ("conj", "xcomp", "aux"):
                return None
        return None

    def _described(self, head: Token) -> Speaker | None:
        return self._descriptions.speaker_of(head, self.persons) if self._descriptions is not None else None


def find_people(annotated: Annotated) -> People:
    """The persons of a document, in order of their first mentions."""
    turns_of = _TurnsByName(annotated.document)
    individuals = [one for one in find_individuals(annotated) if one.mentions or turns_of.labels(one)]
    individuals.sort(key=lambda one: _first_offset(annotated, one, turns_of))
    named = [(at, run) for at, one in enumerate(individuals) for run in one.mentions]
    placed = [(at, run, role) for at, run in named for role in roles_at(annotated, run)]
    roles: list[list[Role]] = [[] for _ in individuals]
    for at, _, role in placed:
        roles[at].append(role)
    mentions = mentions_of(annotated, individuals)
    turns = _turn_persons(annotated, individuals)
    sure: list[list[Role]] = [[] for _ in individuals]
    quoted = Quoted(annotated)
    for at, run, role in placed:
        if _is_told(annotated, quoted, run):
            sure[at].append(role)
    gendered = [Gendered(_gender(turns_of, one, kinds)) for one, kinds in zip(individuals, sure, strict=True)]
    names = NameMentions(annotated)
    persons = [
        _person(annotated, names, turns_of, n, one, kinds)
        for n, (one, kinds) in enumerate(zip(individuals, roles, strict=True), 1)
    ]
    by_token = {at: mention for mention in mentions for at in range(mention.outer, mention.last + 1)}
    descriptions = describe(annotated, mentions, persons, roles, gendered)
    pronouns = resolve_pronouns(annotated, mentions, gendered, turns, descriptions)
    return People(annotated, persons, named, placed, by_token, pronouns, turns, descriptions)


class _TurnsByName:
    """The turns of a transcript by the name that their labels give."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._by_key: dict[Key, list[TurnSpan]] = {}
        for turn in document.turns:
            self._by_key.setdefault(_key(turn.name), []).append(turn)

    def of(self, one: Individual) -> list[TurnSpan]:
        """The turns that a person speaks, in order."""
        found = [turn for key in one.keys for turn in self._by_key.get(key, ())]
        return sorted(found, key=lambda turn: turn.index)

    def labels(self, one: Individual) -> list[Place]:
        """Where labels name the person, titles left out."""
        turns = (turn for turn in self.of(one) if turn.label_end > turn.label_start)
        return [self._document.raw_place(turn.label_start, turn.label_end) for turn in turns]


def _key(name: str) -> Key:
    return key_of(spell(name).split())


def _turn_persons(annotated: Annotated, individuals: Sequence[Individual]) -> dict[int, int]:
    by_key = {key: at for at, one in enumerate(individuals) for key in one.keys}
    found = {}
    for turn in annotated.document.turns:
        at = by_key.get(_key(turn.name))
        if at is not None:
            found[turn.index] = at
    return found


def _first_offset(annotated: Annotated, one: Individual, turns: _TurnsByName) -> int:
    places = [annotated.document.starts[annotated.tokens[run.first].start] for run in one.mentions]
    places.extend(place.start for place in turns.labels(one))
    return min(places)


def _gender(turns: _TurnsByName, one: Individual, roles: Sequence[Role]) -> Gender | None:
    """From titles, else the nouns of the roles, else the given name."""
    for run in one.mentions:
        for word in run.front:
            if (gender := gender_of_noun(word.text)) is not None:
                return gender
    for turn in turns.of(one):
        if turn.label and (g := gender_of_noun(turn.label.split()[0])) is not None:
            return g
    for role in roles:
        if (gender := gender_of_noun(role.noun)) is not None:
            return gender
    names = one.given[:2] or one.family[:1]
    return next((g for name in names if (g := gender_of_given(name))), None)


def _is_told(annotated: Annotated, quoted: Quoted, run: Run) -> bool:
    """Whether the text itself says what a person is at a mention; "they thought E. Reyes was a man" does not."""
    last = annotated.tokens[run.last]
    return quoted.span_at(last) is None and annotated.tokens[last.head].dep != "ccomp"


def _person(
    annotated: Annotated,
    names: NameMentions,
    turns: _TurnsByName,
    number: int,
    one: Individual,
    roles: Sequence[Role],
) -> Person:
    document = annotated.document
    tokens = annotated.tokens
    places = names.of(one, one.mentions)
    labels = [names.label(one, place) for place in turns.labels(one)]
    mentions = tuple(sorted((*places, *labels), key=lambda place: (place.start, place.end)))
    stand = next((place for place in mentions if _fullness(place.text, one) == len(one.given) + 1), None)
    stand = stand or max(mentions, key=lambda place: (_fullness(place.text, one), -place.start))
    block = next(
        (tokens[run.first].block for run, place in zip(one.mentions, places, strict=True) if place is stand), None
    )
    if block is None:
        turn = next(turn for turn in turns.of(one) if turn.label_start == stand.start)
        block = turn.blocks[0] if turn.blocks else 0
    titles = [word.text for run in one.mentions for word in run.front]
    named_titles = _unique(title for title in titles if _is_title_word(title))
    phrases = _unique([*(role.text for role in roles), *_turn_titles(turns, one)])
    return Person(
        **place_of(stand).model_dump(),
        id=f"{document.key}.person.{number}",
        block=block,
        name=one.name,
        given=one.given,
        family=one.family,
        aliases=_aliases(one, mentions),
        titles=tuple(named_titles),
        roles=tuple(phrases),
        affiliations=tuple(_unique(name for role in roles for name in affiliations_of(annotated, role))),
        mentions=mentions,
        near=tuple(names.of(one, one.near)),
    )


def _is_title_word(word: str) -> bool:
    return is_title(word)


def _turn_titles(turns: _TurnsByName, one: Individual) -> list[str]:
    return [turn.title.strip(" ,()") for turn in turns.of(one) if turn.title]


def _fullness(text: str, one: Individual) -> int:
    names = {*one.given, *one.family[-1:]}
    return sum(fold(word) in names for word in text.split())


def _aliases(one: Individual, mentions: Sequence[NameMention]) -> tuple[str, ...]:
    """The other forms in which the text names the person, and the family name."""
    forms = [spell(" ".join(place.text.split())) for place in mentions]
    family = [word for word in one.name.split() if word]
    start = next((at for at in range(1, len(family)) if family[at] in PARTICLES), max(len(family) - 1, 0))
    forms.append(" ".join(family[start:]) if one.full else one.name)
    return tuple(form for form in _unique(forms) if form != one.name)


def _unique(items: object) -> list[str]:
    return list(dict.fromkeys(items))  # type: ignore[call-overload]
