"""Predications: every verb with its subject and arguments, and whether the text tells it as a fact.

Read for finite clauses, for participles ("built in 1847 by ..."), for infinitives under verbs that leave them a fact
("went on to win"), for appositions ("Ito, the first woman to ...") and for nouns of action with an owner ("her request
was turned down").
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import NamedTuple

from audit.extract.annotate import Annotated, Sentence, Token
from audit.extract.arguments import Arguments, name_runs, words
from audit.extract.lexicon import lines_of, stance
from audit.extract.people import People
from audit.extract.sentences import Bound
from audit.extract.stance import negations
from audit.extract.topics import content_lemmas
from audit.records import Argument, Place, Predication
from audit.records.claims import Force, Voice

_PROSE = frozenset({"headline", "dek", "paragraph", "blockquote", "caption", "list_item", "turn"})
_SUBJECTS = ("nsubj", "nsubjpass")
_VERBS = frozenset({"VERB", "AUX"})
_RELATIVE = frozenset({"who", "which", "that", "whom"})
_NEUTRAL = frozenset({"it", "they", "its", "their"})
_ASIDE = ("parataxis", "ccomp")
_TIMING = frozenset({"since", "before", "after"})  # in front of a time they say when, and nothing of a change
_OPEN_PREPOSITIONS = frozenset({"of", "for", "to", "against", "from"})
_ACT_PREPOSITIONS = frozenset({"under", "in", "from"})  # of acts such as "under arrest"
_NO_PREDICATES = frozenset({"aux", "auxpass", "amod", "compound", "case"})
_AUXILIARIES = frozenset({"aux", "auxpass"})
_PRESENT = frozenset({"VBZ", "VBP"})
_FINITE_AUXILIARIES = _PRESENT | {"VBD"}
_PASSIVE = frozenset({"auxpass", "nsubjpass", "agent"})
_SPANNED = frozenset({"aux", "auxpass", "neg", "prt"})
_MANNER = frozenset({"advmod", "neg", "preconj"})
_UNDER_SAYING = frozenset({"ccomp", "xcomp", "csubj", "parataxis", "pcomp"})
_ACCORDING = frozenset({"according", "per"})
_DEEPEST = 12  # steps up the tree that are followed

_TURNING, _WHOLE, _EMPTY = words("turning word"), words("whole word"), words("empty word")
_DEFINITE, _OPEN_MARKS = words("definite"), words("open mark")
_MENTAL, _SAYING = stance("mental verb"), stance("mental verb") | words("distancing verb")
_place = attrgetter("place")


class _Subject(NamedTuple):
    head: Token
    place: Place
    words: tuple[str, ...]
    names: tuple[str, ...]
    person: str | None
    definite: bool
    several: bool
    empty: bool  # "nobody", "no member"
    whole: bool
    only: bool
    turning: tuple[Token, ...]  # words of another time


class _Setting(NamedTuple):
    """A sentence, and what every predicate in it takes from it."""

    place: Place
    turning: tuple[Token, ...]  # words of another time
    retracted: bool
    distanced: bool
    asked: bool


@dataclass(frozen=True)
class _Act:
    """A way of saying an act: lemmas that verb and arguments must hold; `phrase` is one with a preposition in front."""

    place: int  # in the list
    name: str
    lemmas: frozenset[str]
    passive: bool
    phrase: tuple[str, str] | None


def find_predications(annotated: Annotated, people: People, bound: Bound) -> list[Predication]:
    """The predications of a document in order of their sentences."""
    return _Reader(annotated, people, bound).read()


class _Reader:
    def __init__(self, annotated: Annotated, people: People, bound: Bound) -> None:
        self._annotated, self._people = annotated, people
        self._arguments = Arguments(annotated, people, bound.dates, bound.quantities)
        document = annotated.document
        self._quoted = sorted(document.view_span(s) for quotation in bound.quotations for s in quotation.segments)
        self._reported = sorted(document.view_span(reported) for reported in bound.reported)
        self._cues = {document.view_span(reported.cue_place)[0] for reported in bound.reported}
        self._last: _Subject | None = None  # the last subject that is no person, inside a block
        self._found: list[Predication] = []
        self._phrases_of: dict[int, _Subject | None] = {}  # subjects by their heads, pronouns for things left out

    def read(self) -> list[Predication]:
        block, nouns = -1, _nouns()
        for sentence in self._annotated.sentences:
            if self._annotated.document.blocks[sentence.block].kind not in _PROSE:
                continue
            if sentence.block != block:
                # a paragraph may open with "It ..." about the subject of the last one, and nothing further back
                self._last = self._last if sentence.block == block + 1 else None
                block = sentence.block
            tokens = self._annotated.tokens_of(sentence)
            setting = self._setting(sentence, tokens)
            main: _Subject | None = None
            for token in tokens:
                if token.pos not in _VERBS or not _is_predicate(token):
                    if token.lower in nouns:
                        self._noun(token, setting)
                    continue
                subject = self._subject(token, 0)
                if subject is not None:
                    self._add(token, subject, setting)
                    main = subject if token.dep == "ROOT" else main
            if main is not None:
                self._last = main
        return self._found

    def _setting(self, sentence: Sentence, tokens: Sequence[Token]) -> _Setting:
        lowers = frozenset([token.lower for token in tokens])
        turns = not lowers.isdisjoint(_TURNING)
        return _Setting(
            self._annotated.sentence_place(sentence),
            turning=tuple([token for token in tokens if token.lower in _TURNING]) if turns else (),
            retracted=not lowers.isdisjoint(words("retracting word")),
            distanced=not lowers.isdisjoint(words("distancing adverb")),
            asked="?" in lowers and "?" in [token.text for token in tokens[-3:]],
        )

    # --- Subjects ---------------------------------------------------------------------

    def _subject(self, verb: Token, depth: int) -> _Subject | None:
        """The subject of a verb: its own, the noun that it describes, or that of the verb it hangs on."""
        own = self._annotated.child(verb, *_SUBJECTS)
        head = self._annotated.tokens[verb.head]
        if own is not None:
            if own.lower in _RELATIVE and own.tag in ("WP", "WDT"):
                return self._noun_phrase(head) if verb.dep == "relcl" and head.pos in ("NOUN", "PROPN") else None
            return self._noun_phrase(own)
        if depth > _DEEPEST or self._annotated.child(verb, "expl") is not None:
            return None
        if verb.dep == "acl" and verb.tag in ("VBN", "VBG") and head.pos in ("NOUN", "PROPN"):
            return self._subject_behind(head, depth) or self._noun_phrase(head)
        joined = verb.dep in ("conj", "dep") and head.pos in ("VERB", "AUX")  # "heard, never seen"
        hanging = verb.dep in ("advcl", "xcomp") and verb.tag in ("VB", "VBG", "VBN", "VBD")
        if joined or (hanging and self._annotated.child(head, "dobj") is None) or (hanging and verb.dep == "advcl"):
            return self._subject(head, depth + 1)
        return None

    def _subject_behind(self, noun: Token, depth: int) -> _Subject | None:
        """ "The villa is a house built in 1901": what a thing is said to be stands for the thing."""
        copula = self._annotated.tokens[noun.head]
        if noun.dep != "attr" or copula.lemma_lower != "be" or self._arguments.is_several(noun):
            return None
        return self._subject(copula, depth + 1)

    def _noun_phrase(self, head: Token) -> _Subject | None:
        if head.lower in _NEUTRAL and head.pos == "PRON":
            return self._last
        if head.i not in self._phrases_of:
            self._phrases_of[head.i] = self._named_phrase(head)
        return self._phrases_of[head.i]

    def _named_phrase(self, head: Token) -> _Subject | None:
        speaker = self._people.speaker_of(head)
        person = (speaker.person if speaker is not None else None) or self._apposed(head)
        if head.pos == "PRON" and person is None and head.lower not in _EMPTY:
            return None
        phrase = self._arguments.phrase(head, whole=True)
        lowers = {token.lower for token in phrase}
        definite = person is not None or head.pos in ("PROPN", "PRON") or self._is_definite(head)
        whole = not lowers.isdisjoint(_WHOLE)
        return _Subject(
            head=head,
            place=self._annotated.place(phrase[0], phrase[-1]),
            words=content_lemmas(phrase),
            names=tuple(name_runs(phrase)),
            person=person if person is not None and not self._arguments.is_several(head) else None,
            definite=definite,
            several=not whole and self._arguments.is_several(head, plural=not definite),
            empty=phrase[0].lower in _EMPTY,
            whole=whole,
            only="only" in lowers or "alone" in lowers,
            turning=() if lowers.isdisjoint(_TURNING) else self._turning_words(head),
        )

    def _is_definite(self, head: Token) -> bool:
        return any(kid.lower in _DEFINITE or kid.dep == "poss" for kid in self._annotated.children(head))

    def _turning_words(self, head: Token) -> tuple[Token, ...]:
        return tuple(token for token in self._arguments.phrase(head) if token.lower in _TURNING)

    def _apposed(self, head: Token) -> str | None:
        """The person whose name stands behind the noun: "the accused, Luis Paz"."""
        for kid in self._annotated.children(head):
            person = self._people.person_at(kid) if kid.dep == "appos" else None
            if person is not None:
                return person.id
        return None

    # --- Predicates -------------------------------------------------------------------

    def _add(self, verb: Token, subject: _Subject, setting: _Setting) -> None:
        arguments = self._arguments.of(verb)
        passive = self._is_passive(verb)
        no = negations(self._annotated, verb) - (1 if subject.empty else 0)
        denied = (no + self._unmade(verb) + subject.empty) % 2 == 1 if no + subject.empty < 2 else False
        self._append(
            verb,
            setting,
            subject,
            predicate=verb.lemma_lower,
            passive=passive,
            denied=denied,
            arguments=arguments,
            manner=tuple([kid.lower for kid in self._annotated.children(verb) if kid.dep in _MANNER]),
            acts=tuple(_acts_of(verb, arguments, passive, self._phrases(verb), self._particles(verb))),
        )

    def _noun(self, noun: Token, setting: _Setting) -> None:
        """An act that a noun names, where the sentence takes it as done."""
        owner = self._annotated.child(noun, "poss")
        if owner is None:
            return
        verb = self._annotated.tokens[noun.head]
        if verb.dep == "prep" or verb.pos == "ADP":
            verb = self._annotated.tokens[verb.head]
        if verb.lemma_lower not in words("presupposing verb") or not _is_told(self._annotated, verb):
            return
        subject = self._noun_phrase(owner)
        if subject is not None:
            self._append(
                noun,
                setting,
                subject,
                predicate=_nouns()[noun.lower],
                passive=False,
                denied=False,
                arguments=self._arguments.of(noun),
                manner=(),
                acts=(_nouns()[noun.lower],),
                governing=verb,
            )

    def _append(
        self,
        token: Token,
        setting: _Setting,
        subject: _Subject,
        *,
        predicate: str,
        passive: bool,
        denied: bool,
        arguments: tuple[Argument, ...],
        manner: tuple[str, ...],
        acts: tuple[str, ...],
        governing: Token | None = None,
    ) -> None:
        verb = governing or token
        span = [kid for kid in self._annotated.children(token) if kid.dep in _SPANNED]
        distanced = self._is_distanced(verb)
        self._found.append(
            Predication(
                **self._annotated.place_fields(
                    span[0] if span and span[0].i < token.i else token,
                    span[-1] if span and span[-1].i > token.i else token,
                ),
                id=f"{self._annotated.document.key}.predication.{len(self._found) + 1}",
                block=token.block,
                sentence=setting.place,
                voice=self._voice(token, distanced),
                force=self._force(verb, setting),
                subject_place=subject.place,
                subject=subject.words,
                subject_head=subject.head.lemma_lower,
                subject_person=subject.person,
                subject_names=subject.names,
                definite=subject.definite,
                several=subject.several,
                predicate=predicate,
                passive=passive,
                denied=denied,
                modal=distanced or setting.distanced or _is_modal(self._annotated, verb),
                tense=_tense(self._annotated, verb),
                quantifier="only" if subject.only else "all" if subject.whole else "none" if subject.empty else "",
                manner=manner,
                changed=setting.retracted or self._is_turned(verb, subject, setting),
                acts=acts,
                arguments=arguments,
            )
        )

    def _is_turned(self, verb: Token, subject: _Subject, setting: _Setting) -> bool:
        """Whether a word of another time stands in the verb's own clause, or in its subject: then, former, until.

        What a clause beside it or below says of another time is its own matter: "Reyes, who was mayor until 2009, ..."
        """
        if not setting.turning and not subject.turning:
            return False  # as for most verbs
        own = [token for token in setting.turning if self._clause_of(token).i == verb.i]
        return any(
            not (token.lower == "still" and _tense(self._annotated, verb) == "present")
            and not (token.lower in _TIMING and (token.dep in ("prep", "mark") or self._is_ever_since(token)))
            for token in (*own, *subject.turning)
        )

    def _is_ever_since(self, token: Token) -> bool:
        """ "has been shut ever since": it goes on."""
        return token.lower == "since" and token.i > 0 and self._annotated.tokens[token.i - 1].lower == "ever"

    def _clause_of(self, token: Token) -> Token:
        """The verb whose clause a token stands in: the token's own, or the next one above it."""
        at = token
        for _ in range(_DEEPEST):
            if at.pos in _VERBS and at.dep not in _NO_PREDICATES:
                return at
            if at.head == at.i:
                return at
            at = self._annotated.tokens[at.head]
        return at

    def _phrases(self, verb: Token) -> frozenset[tuple[str, str]]:
        """Prepositions with the word behind them, read off the text: a hyphen in it leads many a parse astray."""
        found: set[tuple[str, str]] = set()
        for kid in self._annotated.children(verb):
            if kid.dep in ("prep", "agent") and kid.lower in _ACT_PREPOSITIONS:
                behind = "".join(
                    token.lower
                    if at == 0 or token.start == self._annotated.tokens[token.i - 1].end
                    else f" {token.lower}"
                    for at, token in enumerate(self._annotated.tokens[kid.i + 1 : kid.i + 5])
                )
                found.update((kid.lower, word.strip(",.")) for word in behind.split()[:2])
        return frozenset(found)

    def _particles(self, verb: Token) -> frozenset[str]:
        """Small words that make another verb of a verb: "come on", "step out"."""
        return frozenset([kid.lower for kid in self._annotated.children(verb) if kid.dep in ("prt", "advmod")])

    def _is_passive(self, verb: Token) -> bool:
        deps = [kid.dep for kid in self._annotated.children(verb)]
        if not _PASSIVE.isdisjoint(deps):
            return True
        if verb.tag != "VBN" or "aux" in deps:
            return False
        head = self._annotated.tokens[verb.head]
        joined = verb.dep in ("conj", "dep") and head.i < verb.i and head.tag == "VBN"  # "is heard, never seen"
        return verb.dep in ("acl", "advcl", "relcl") or (joined and self._is_passive(head))

    def _unmade(self, verb: Token) -> int:
        """1 where the verb above says that it did not happen: "failed to appear", "left without paying"."""
        head = self._annotated.tokens[verb.head]
        if verb.dep == "xcomp" and head.lemma_lower in words("unfact governing"):
            return 1 + negations(self._annotated, head)
        if verb.dep == "xcomp":
            return negations(self._annotated, head)
        return int(verb.dep == "pcomp" and head.lower == "without")

    # --- Whose word, and how firm -----------------------------------------------------

    def _voice(self, token: Token, distanced: bool) -> Voice:
        document = self._annotated.document
        if _inside(self._quoted, token.start):
            return "direct"
        if document.blocks[token.block].turn is not None:
            return "turn"
        reported = _inside(self._reported, token.start) and token.start not in self._cues
        if reported or distanced:
            return "indirect"
        return "narration"

    def _is_distanced(self, verb: Token) -> bool:
        """Whether a clause stands under a verb of saying or thinking, or has one set into it."""
        at = verb
        for _ in range(_DEEPEST):
            if self._is_beside_saying(at):
                return True
            if at.head == at.i:
                return False
            head = self._annotated.tokens[at.head]
            if at.dep in _UNDER_SAYING and head.lemma_lower in _SAYING:
                return True
            if at.dep == "xcomp" and not _governs_fact(head):
                return True
            if at.dep in ("acl", "relcl", "pcomp") and at.tag == "VB" and not self._is_finite(at):
                return True  # "a plan to build"
            if at.dep == "ccomp" or (at.dep == "acl" and at.tag not in ("VBN", "VBG")):
                return True
            at = head
        return True

    def _is_finite(self, verb: Token) -> bool:
        """ "who did not take the stand": the base form stands behind a finite auxiliary."""
        return any(kid.dep == "aux" and kid.tag in _FINITE_AUXILIARIES for kid in self._annotated.children(verb))

    def _is_beside_saying(self, verb: Token) -> bool:
        """ "..., he said, ...", "according to him": set into the clause of a verb, and nothing above it."""
        for kid in self._annotated.children(verb):
            if kid.lower in _ACCORDING:
                return True
            saying = kid.dep in _ASIDE and kid.lemma_lower in _MENTAL
            if saying and self._annotated.child(kid, *_SUBJECTS) is not None:
                return True
        return False

    def _force(self, verb: Token, setting: _Setting) -> Force:
        if setting.asked:
            return "asked"
        return "asserted" if _is_told(self._annotated, verb) else "supposed"


def _is_predicate(token: Token) -> bool:
    """A verb that says something of a subject: no auxiliary, and no bare "be"."""
    if token.pos == "VERB":
        return token.dep not in _NO_PREDICATES
    return token.pos == "AUX" and token.dep not in _AUXILIARIES


def _governs_fact(verb: Token) -> bool:
    """Whether a verb says that what it governs happened, or that it did not."""
    return verb.lemma_lower in words("fact governing") or verb.lemma_lower in words("unfact governing")


def _is_told(annotated: Annotated, verb: Token) -> bool:
    """Whether no mark above a verb keeps it from being a fact: if, unless, until, ..."""
    at = verb
    for _ in range(_DEEPEST):
        for kid in annotated.children(at):
            if kid.lower in _OPEN_MARKS and kid.dep in ("mark", "advmod") and kid.i < at.i:
                return False
        if at.head == at.i:
            return True
        head = annotated.tokens[at.head]
        if at.dep == "pcomp" and (head.lower in _OPEN_MARKS or head.lower in _OPEN_PREPOSITIONS):
            return False
        at = head
    return False


def _is_modal(annotated: Annotated, verb: Token) -> bool:
    at = verb
    for _ in range(_DEEPEST):
        for kid in annotated.children(at):
            if kid.tag == "MD" or (kid.lower == "to" and kid.dep == "aux" and at.dep != "xcomp"):
                return True
        if at.dep not in ("xcomp", "conj") or at.head == at.i or annotated.child(at, *_SUBJECTS) is not None:
            return False
        at = annotated.tokens[at.head]
    return True


def _tense(annotated: Annotated, verb: Token) -> str:
    at = verb
    for _ in range(_DEEPEST):
        auxiliaries = [kid for kid in annotated.children(at) if kid.dep in _AUXILIARIES]
        lemmas = [kid.lemma_lower for kid in auxiliaries]
        tags = [kid.tag for kid in auxiliaries]
        if "MD" in tags:
            return "future" if "will" in lemmas or "shall" in lemmas else "none"
        if "have" in lemmas and at.tag in ("VBN", "VBD"):
            return "past" if any(kid.lower == "had" for kid in auxiliaries) else "perfect"
        if at.tag == "VBD" or "VBD" in tags:
            return "past"
        if at.tag in _PRESENT or not _PRESENT.isdisjoint(tags):
            return "present"
        if at.dep not in ("xcomp", "conj", "advcl") or at.head == at.i:
            return "past" if at.tag == "VBN" and at.dep in ("acl", "relcl") else "none"
        at = annotated.tokens[at.head]
    return "none"


def _inside(spans: Sequence[tuple[int, int]], offset: int) -> bool:
    at = bisect.bisect_right(spans, (offset, 10**12))
    return any(start <= offset < end for start, end in spans[max(at - 8, 0) : at])


@cache
def _nouns() -> dict[str, str]:
    return dict(entry.split("/") for entry in sorted(words("act noun")))


@cache
def _acts() -> list[_Act]:
    found: list[_Act] = []
    for line in lines_of("audit.extract", "acts.txt"):
        name, _, ways = line.partition(":")
        for way in filter(None, map(str.strip, ways.split(","))):
            parts = way.lstrip("~ ").split()
            phrase = (parts[0], parts[1]) if len(parts) == 2 and parts[0] in _ACT_PREPOSITIONS else None
            found.append(_Act(len(found), name, frozenset(parts), way.startswith("~"), phrase))
    return found


@cache
def _acts_by_word() -> dict[str | tuple[str, str], list[_Act]]:
    """The acts by their phrase, or by one of the lemmas that they must hold."""
    found: dict[str | tuple[str, str], list[_Act]] = {}
    for act in _acts():
        found.setdefault(act.phrase or min(act.lemmas), []).append(act)
    return found


def _acts_of(
    verb: Token,
    arguments: Sequence[Argument],
    passive: bool,
    phrases: frozenset[tuple[str, str]],
    particles: frozenset[str],
) -> Iterable[str]:
    held = {verb.lemma_lower, *particles}
    for argument in arguments:
        held.add(argument.head)
        held.update(argument.words)
    acts = _acts_by_word()
    found = [act for phrase in phrases for act in acts.get(phrase, ())]
    for lemma in acts.keys() & held:
        found.extend(act for act in acts[lemma] if act.passive == passive and act.lemmas <= held)
    return dict.fromkeys([act.name for act in sorted(found, key=_place)]) if found else ()
