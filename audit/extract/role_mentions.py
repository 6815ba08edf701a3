"""Every passage that says what a person is, with its parts, its time and its place."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal, cast

from audit.extract.annotate import Annotated, Token
from audit.extract.names import Run
from audit.extract.people import People
from audit.extract.person_words import is_person_noun, words_of
from audit.extract.role_words import Parts, common_office, read_role, role_words
from audit.extract.roles import Role, affiliations_of, phrase_at
from audit.extract.sides import sides_of
from audit.loading.names import is_honorific
from audit.records import Document, Place, Quotation, RoleMention, TurnSpan

Form = Literal["title", "phrase", "predicate"]
_WINDOW = 6  # tokens around a role in which a word says that it changed, or when it was held
_PARTING = frozenset({",", ";", ":", "(", ")", "“", "”", '"', "—", "–"})
_BEING = frozenset({"is", "'s", "’s", "am", "'m", "’m", "was", "became", "becomes"})
_ADDRESS = frozenset({"sir", "dame", "lord", "lady", "doctor", "dr", "father", "sister", "brother", "king", "queen"})


def find_role_mentions(annotated: Annotated, people: People, quotations: Sequence[Quotation]) -> list[RoleMention]:
    """The role mentions of a document, in order of the text."""
    return _Reader(annotated, people, quotations).read()


@cache
def _times() -> frozenset[str]:
    """Words that say that an office was held before, will be, or is filled for the time being."""
    return role_words("former") | role_words("coming") | role_words("acting")


class _Reader:
    def __init__(self, annotated: Annotated, people: People, quotations: Sequence[Quotation]) -> None:
        self._annotated, self._people = annotated, people
        self._found: dict[tuple[int, int, str], RoleMention] = {}  # by first and last token and person
        self._owners: dict[int, set[str]] = {}  # by token: whose role it is part of
        self._quoted = sorted(
            (*annotated.document.view_span(segment), quotation.speaker.person)
            for quotation in quotations
            if quotation.speaker is not None and quotation.speaker.person is not None
            for segment in quotation.segments
        )

    def read(self) -> list[RoleMention]:
        for person, first, last, noun, side in sides_of(self._annotated, self._people):
            text = self._annotated.document.view[first.start : last.end]
            self._add(person, Role(first.i, last.i, noun, " ".join(text.split())), "phrase", side=side)
        for at, run, role in self._people.roles:
            self._add(self._people.persons[at].id, role, self._form(run, role))
        for at, run in self._people.named:
            title = _mere_title(self._annotated, run)
            if title is not None:
                self._add(self._people.persons[at].id, title, "title")
        for person, role, own in self._predicates():
            self._add(person, role, "predicate", own=own)
        ordered = sorted(self._found.items())
        key = self._annotated.document.key
        mentions = [
            mention.model_copy(update={"shared": self._is_shared(first, last)}) for (first, last, _), mention in ordered
        ]
        return [
            mention.model_copy(update={"id": f"{key}.role.{number}"})
            for number, mention in enumerate([*mentions, *self._of_labels()], 1)
        ]

    def _of_labels(self) -> Iterator[RoleMention]:
        """The titles behind a transcript's labels: "ANA REYES, DIRECTOR OF TRAINING:"."""
        document = self._annotated.document
        for turn in document.turns:
            person = self._people.speaking(turn.index)
            place = _place_of_title(document, turn)
            if person is None or place is None:
                continue
            words = turn.title.casefold().split(",")[0].replace("-", " ").split()
            head = next((at for at in range(len(words)) if _is_head(words, at)), None)
            if head is None:
                continue
            parts = read_role(words, head)
            field = _known_fields(words, parts)
            yield RoleMention(
                **place.model_dump(),
                id="",
                block=turn.blocks[0] if turn.blocks else 0,
                person=person.id,
                office="head" if field and words[parts.at : parts.end] == ["head"] else parts.office,
                ranks=parts.ranks,
                field=field,
                affiliations=(),
                party=parts.party,
                time=parts.time,
                form="phrase",
                sentence=place,
            )

    def _is_shared(self, first: int, last: int) -> bool:
        return any(len(self._owners.get(at, ())) > 1 for at in range(first, last + 1))

    def _form(self, run: Run, role: Role) -> Form:
        if role.last < run.first and run.first - role.last <= 1:
            return "title"
        between = self._annotated.tokens[run.last + 1 : role.first]
        return "predicate" if any(token.pos in ("AUX", "VERB") for token in between) else "phrase"

    def _add(self, person: str, role: Role, form: Form, *, own: bool = False, side: str = "") -> None:
        second = _second_office(self._annotated, role) if not side else None
        if second is not None:
            self._add(person, second, form, own=own)
            role = Role(role.first, second.first - 2, role.noun, role.text)
        key = (role.first, role.last, person)
        if key in self._found:
            return
        for at in range(role.first, role.last + 1):
            self._owners.setdefault(at, set()).add(person)
        tokens = self._annotated.tokens
        words, index = _words(tokens[role.first : role.last + 1])
        head = _head(words, role.noun)
        parts = read_role(words, head)
        noun = common_office(role.noun) if side else parts.office
        place = self._annotated.place(tokens[role.first], tokens[role.last])
        sentence = self._annotated.sentences[tokens[role.first].sent]
        field, bodies = self._field(role, parts, index)
        if field and words[parts.at : parts.end] == ["head"]:
            noun = "head"  # of safety; without a field it is a school's
        self._found[key] = RoleMention(
            **place.model_dump(),
            id="",
            block=tokens[role.first].block,
            person=person,
            office=noun,
            ranks=parts.ranks,
            field=field,
            affiliations=bodies,
            party=parts.party,
            side=cast(Literal["", "prosecution", "defence"], side),
            time=parts.time or self._time(role, form),
            voice="self" if own else "text",
            form=form,
            sentence=self._annotated.sentence_place(sentence),
        )

    def _time(self, role: Role, form: Form) -> str:
        """A word near the role that says that it was taken up, given up or held at another time."""
        tokens = self._annotated.tokens
        sent = tokens[role.first].sent
        low, high = max(0, role.first - _WINDOW), min(len(tokens), role.last + 1 + _WINDOW)
        for at in range(role.first - 1, low - 1, -1):
            if tokens[at].tag not in ("HYPH", "JJ", "RB", "NNP", "NN", "VBN") and tokens[at].text != "-":
                break
            if (word := tokens[at].lower) in _times() or word.removesuffix("-" + role.noun) in _times():
                return word
        for at in [*_clause(tokens, range(role.first - 1, low - 1, -1)), *_clause(tokens, range(role.first, high))]:
            token = tokens[at]
            if token.sent != sent:
                continue
            if token.lemma.casefold() in role_words("changes") or token.lower in role_words("changes"):
                return token.lower
            if len(token.text) == 4 and token.text.isdigit() and token.text[:2] in ("18", "19", "20"):
                return token.text
            if form == "predicate" and at < role.first and token.lower in ("was", "were", "been"):
                return token.lower
        return ""

    def _field(self, role: Role, parts: Parts, index: Sequence[int]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What an office is in charge of, and the bodies that a role names."""
        tokens = self._annotated.tokens[role.first : role.last + 1]
        known = role_words("field words")
        front = tokens[: index[parts.at]]
        field = [
            t.lower
            for at, t in enumerate(front)
            if t.lower in parts.modifiers
            and [other.tag for other in tokens[at + 1 : at + 2]] != ["POS"]
            and t.lower not in parts.party.split()
            and (t.lower in known or (t.pos == "NOUN" and t.text.islower()))
        ]
        behind = index[parts.end - 1] + 1
        field.extend(_charge(tokens[behind:], known))
        bodies = [b for b in affiliations_of(self._annotated, role) if not set(b.casefold().split()) <= {*field, "and"}]
        plain = [b for b in bodies if b.casefold() not in parts.office]
        return tuple(dict.fromkeys(field)), tuple(dict.fromkeys(plain))

    def _predicates(self) -> Iterator[tuple[str, Role, bool]]:
        """ "She is the director of training", "I'm a nurse": who, what, and whether they say it of themselves."""
        tokens = self._annotated.tokens
        for verb in tokens:
            if verb.lower not in _BEING or verb.pos not in ("AUX", "VERB"):
                continue
            subject = self._annotated.child(verb, "nsubj")
            if subject is None or subject.i > verb.i:
                continue
            if self._annotated.child(verb, "neg", "mark") is not None or not _asserts(self._annotated, verb):
                continue
            person = self._who(subject)
            role = self._behind(verb)
            if person is not None and role is not None:
                yield person, role, subject.lower == "i"

    def _who(self, subject: Token) -> str | None:
        if subject.lower == "i":
            at = bisect.bisect_right(self._quoted, (subject.start, 1 << 60, "")) - 1
            if at >= 0 and self._quoted[at][0] <= subject.start < self._quoted[at][1]:
                return self._quoted[at][2]
            if self._annotated.document.blocks[subject.block].turn is None:
                return None
        elif subject.pos == "PROPN":
            named = self._people.person_at(subject)
            return named.id if named is not None else None
        elif subject.lower not in ("he", "she", "who"):
            return None
        speaker = self._people.speaker_of(subject)
        return speaker.person if speaker is not None else None

    def _behind(self, verb: Token) -> Role | None:
        tokens = self._annotated.tokens
        at = verb.i + 1
        while at < len(tokens) and tokens[at].pos == "ADV" and at - verb.i < 3:
            at += 1
        attribute = self._annotated.child(verb, "attr")
        if attribute is None or at >= len(tokens) or not is_person_noun(attribute.lemma):
            return None
        role = phrase_at(self._annotated, at, verb.block)
        return role if role is not None and role.first <= attribute.i <= role.last else None


def _asserts(annotated: Annotated, verb: Token) -> bool:
    """Whether a clause states something: no question, no condition, no "would be"."""
    last = annotated.tokens[annotated.sentences[verb.sent].last - 1]
    modal = any(kid.tag == "MD" for kid in annotated.children(verb))
    return last.text != "?" and not modal


def _second_office(annotated: Annotated, role: Role) -> Role | None:
    """ "founder and chief executive of Orrin": what is behind the "and"."""
    tokens = annotated.tokens
    for at in range(role.first + 1, role.last):
        if tokens[at].pos != "CCONJ":
            continue
        noun = next((t for t in tokens[at + 1 : min(at + 6, role.last + 1)] if _is_office(t)), None)
        if noun is not None:
            text = annotated.document.view[tokens[at + 1].start : tokens[role.last].end]
            return Role(at + 1, role.last, noun.lemma.casefold(), " ".join(text.split()))
    return None


def _is_office(token: Token) -> bool:
    return token.tag in ("NN", "NNP") and is_person_noun(token.lower)


def _clause(tokens: Sequence[Token], indices: range) -> Iterator[int]:
    """The tokens up to the first sign that parts clauses; a "since" or "until" right behind one still counts."""
    for at in indices:
        if tokens[at].text in _PARTING:
            if indices.step > 0 and at + 1 < len(tokens) and tokens[at + 1].lower in ("since", "until"):
                yield at + 1
            return
        yield at


def _mere_title(annotated: Annotated, run: Run) -> Role | None:
    """ "Mayor Ito": a title of office in front of a name; "Dr." and "Mr." are none."""
    if len(run.front) != 1 or run.front[0].first != run.front[0].last:
        return None
    token = annotated.tokens[run.front[0].first]
    plain = token.text.strip(".").casefold()
    if (is_honorific(plain) and plain not in words_of("offices")) or plain in _ADDRESS:
        return None
    if not (is_person_noun(token.text) or plain in words_of("titles")):
        return None
    return Role(token.i, token.i, plain, token.text)


def _words(tokens: Sequence[Token]) -> tuple[list[str], list[int]]:
    """Lower-case words, stops cut off; and for each its place among the tokens."""
    kept = [(token.lower.strip("."), at) for at, token in enumerate(tokens) if token.text.strip(".") != "-"]
    return [word for word, _ in kept], [at for _, at in kept]


def _head(words: Sequence[str], noun: str) -> int:
    plain = noun.strip(".")
    return next((at for at, word in enumerate(words) if word in (plain, f"{plain}s")), len(words) - 1)


def _charge(tokens: Sequence[Token], known: frozenset[str]) -> list[str]:
    """What follows "of" or "for": the words for a field, up to the next preposition."""
    if not tokens or tokens[0].lower not in ("of", "for"):
        return []
    found = []
    for token in tokens[1:]:
        if token.pos == "ADP" or token.text in (",", ";"):
            break
        if token.lower in known or (token.text.islower() and token.pos in ("NOUN", "ADJ") and not _is_body(token)):
            found.append(token.lower)
        elif token.text[:1].isupper():
            break  # a body or a place
    return found


def _is_body(token: Token) -> bool:
    return token.lemma.casefold() in words_of("groups")


def _place_of_title(document: Document, turn: TurnSpan) -> Place | None:
    """Where a label's title stands in the file; right behind the label."""
    at = document.raw.find(turn.title, turn.label_end, turn.label_end + len(turn.title) + 12) if turn.title else -1
    return document.raw_place(at, at + len(turn.title)) if at >= 0 else None


def _is_head(words: Sequence[str], at: int) -> bool:
    """Whether the office of a title ends here: the last noun for a human being before a preposition."""
    return is_person_noun(words[at]) and not (at + 1 < len(words) and is_person_noun(words[at + 1]))


def _known_fields(words: Sequence[str], parts: Parts) -> tuple[str, ...]:
    """What an office is in charge of, as far as the words are known to be fields."""
    known = role_words("field words")
    front = [word for word in parts.modifiers if word in known]
    behind = words[parts.end + 1 :] if words[parts.end : parts.end + 1] in (["of"], ["for"]) else []
    end = next((at for at, word in enumerate(behind) if word in ("at", "in", "with", "of", "for")), len(behind))
    return tuple(dict.fromkeys([*front, *(word for word in behind[:end] if word in known)]))
