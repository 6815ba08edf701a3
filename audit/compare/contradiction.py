"""Predications that cannot both stand: one denied and one told, two states that exclude each other, two values.

Two sentences are compared only where they are about one subject (`contradiction_subjects`) and say one thing of it, so
that the work grows with the number of pairs that share a subject and a verb, and not with that of all sentences. What
explains a difference keeps a pair out: another voice, a question, a condition, a possibility, a change over time, a
comparison.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import combinations, filterfalse

from audit.compare.contradiction_denials import is_nobody, never_in, somebody_did, was_in
from audit.compare.contradiction_events import Events
from audit.compare.contradiction_made import conflict_of
from audit.compare.contradiction_places import set_apart
from audit.compare.contradiction_presuppositions import clashes
from audit.compare.contradiction_subjects import Subjects
from audit.compare.contradiction_use import is_out_of_use, uses
from audit.compare.contradiction_votes import vote_clashes
from audit.compare.wordlists import antonyms, states
from audit.extract.topics import stem
from audit.records import AnyClaim, DocumentRecords, Place, Predication, StatementConflict

_MOST = 40  # predications of one subject and one verb that are held against each other
_OWN = frozenset({"narration"})
_THEIRS = frozenset({"narration", "turn"})


def find_conflicts(
    article: DocumentRecords, sources: Sequence[DocumentRecords], identities: Mapping[str, str]
) -> list[StatementConflict]:
    """The conflicts inside the article and between it and its sources, in the order of the article."""
    own = [p for p in article.of(Predication) if _is_told(p, _OWN)]
    theirs = [p for records in sources for p in records.of(Predication) if _is_told(p, _THEIRS)]
    claims = {claim.id: claim for records in (article, *sources) for claim in records.claims}
    finder = _Finder([*own, *theirs], {p.id for p in own}, identities, claims)
    said = [p for p in article.of(Predication) if p.voice == "narration" and p.force != "asked"]
    return [*finder.find(), *_of_votes(article, sources), *set_apart(article, sources), *clashes(said, identities)]


def _of_votes(article: DocumentRecords, sources: Sequence[DocumentRecords]) -> Iterator[StatementConflict]:
    """Votes that go two ways, on the first predications of their sentences."""
    said: dict[tuple[str, int], Predication] = {}
    for records in (article, *sources):
        for predication in records.of(Predication):
            said.setdefault((predication.path, predication.sentence.start), predication)
    own = {p.id for p in article.of(Predication)}
    for clash in vote_clashes(article, sources):
        one, other = (said.get((s.path, s.start)) for s in (clash.one, clash.other))
        if one is not None and other is not None:
            strength = "high" if clash.sure else "medium"
            yield conflict_of(
                one, other, "value", clash.left, clash.right, clash.reason, strength, own=own, shared=clash.shared
            )


def _is_told(predication: Predication, voices: frozenset[str]) -> bool:
    return predication.voice in voices and predication.force == "asserted" and not predication.modal


_COMPARED = re.compile(
    r"(?:(?!\b(?:and|but|while|although|though)\b)[^,;:.!?])*?\b"
    r"(?:(?<!rather )(?<!other )than|compared (?:to|with)|in comparison|relative to|versus"
    r"|as (?!soon|well|long|far)\w+(?: \w+)? as)\b(?P<number> (?:about |some )?(?:\d|half|one|two|three|ten|a dozen))?",
    re.I,
)


def _compares(predication: Predication) -> bool:
    """Whether a clause sets something beside something else: lower than in May, likelier in summer than now.

    "More than 300" is but a number, unless it is denied: who never paid more than two crowns may have paid one.
    """
    match = _COMPARED.match(predication.sentence.text, predication.start - predication.sentence.start)
    return match is not None and (not match["number"] or predication.denied)


class _Finder:
    def __init__(
        self,
        predications: Sequence[Predication],
        own: set[str],
        identities: Mapping[str, str],
        claims: Mapping[str, AnyClaim],
    ) -> None:
        self._own = own
        self._conflict = partial(conflict_of, own=own)
        self._subjects = Subjects(predications, identities)
        self._events = Events(claims, identities)
        self._by_subject: dict[str, list[Predication]] = defaultdict(list)
        self._by_event: dict[tuple[str, str], list[Predication]] = defaultdict(list)
        self._by_word: dict[str, list[Predication]] = defaultdict(list)
        self._every = predications
        for predication in filterfalse(_compares, predications):
            key = self._subjects.key(predication)
            if key is not None:
                self._by_subject[key].append(predication)
            self._by_word[f"verb:{stem(predication.predicate)}"].append(predication)
            for head in sorted({argument.head for argument in predication.arguments}):
                self._by_word[f"noun:{stem(head)}"].append(predication)
            for event in self._events.contested(predication):
                self._by_event[event].append(predication)

    def find(self) -> list[StatementConflict]:
        found: dict[tuple[int, int], StatementConflict] = {}
        for one, other, conflict in (*self._of_subjects(), *self._of_events(), *self._of_kinds()):
            found.setdefault((one.sentence.start, other.sentence.start), conflict)
        return [found[key] for key in sorted(found)]

    def _of_subjects(self) -> Iterator[tuple[Predication, Predication, StatementConflict]]:
        for predications in self._by_subject.values():
            groups: dict[str, list[Predication]] = defaultdict(list)
            for predication in predications:
                for name in _names(predication):
                    groups[name].append(predication)
            for group in groups.values():
                for one, other in self._pairs(group):
                    if self._subjects.same(one, other):
                        conflict = self._compare(one, other)
                        if conflict is not None:
                            yield one, other, conflict

    def _of_kinds(self) -> Iterator[tuple[Predication, Predication, StatementConflict]]:
        """What nobody did and somebody did; where somebody never was and was; what is closed and in use."""
        for one, other in self._pairs_of_kinds():
            if is_nobody(one) and (reason := somebody_did(one, other)):
                strength = "medium"
            elif (place := next(never_in(one), None)) is not None and self._is_one(one, other):
                reason, strength = was_in(place, other), "high"
            else:
                reason, strength = uses(one, other) if is_out_of_use(one) else "", "medium"
            if reason:
                first, second = (one, other) if one.id in self._own else (other, one)
                kind = "state" if is_out_of_use(one) else "denied"
                yield first, second, self._conflict(first, second, kind, first, second, reason, strength)

    def _pairs_of_kinds(self) -> Iterator[tuple[Predication, Predication]]:
        """Each predication that reaches far, beside those of other sentences with a word of what it is about."""
        for one in filterfalse(_compares, self._every):
            keys: set[str] = set()
            if is_nobody(one):
                keys.add(f"verb:{stem(one.predicate)}")
            keys.update(f"noun:{stem(place.head)}" for place in never_in(one))
            if is_out_of_use(one):
                keys.add(f"noun:{stem(one.subject_head)}")
            for key in sorted(keys):
                for other in self._by_word[key][:_MOST]:
                    if other.sentence != one.sentence and (one.id in self._own or other.id in self._own):
                        yield one, other

    def _is_one(self, one: Predication, other: Predication) -> bool:
        """Whether two predications have one subject that is somebody or something in particular."""
        key = self._subjects.key(one)
        return key is not None and key == self._subjects.key(other) and self._subjects.same(one, other)

    def _of_events(self) -> Iterator[tuple[Predication, Predication, StatementConflict]]:
        for group in self._by_event.values():
            for one, other in self._pairs(group):
                found = self._events.rivals(one, other)
                if found is not None:
                    yield one, other, self._conflict(one, other, "holder", one, other, *found)

    def _pairs(self, group: Sequence[Predication]) -> Iterator[tuple[Predication, Predication]]:
        """Pairs of different sentences of which the first is the article's; a pair inside the article once."""
        for one, other in combinations(group[:_MOST], 2):
            if one.sentence != other.sentence and (one.id in self._own or other.id in self._own):
                yield (one, other) if one.id in self._own else (other, one)

    def _compare(self, one: Predication, other: Predication) -> StatementConflict | None:
        if one.denied != other.denied:
            found = self._events.denies(one, other) if one.denied else self._events.denies(other, one)
            return self._conflict(one, other, "denied", one, other, *found) if found is not None else None
        if one.denied:
            return None
        state = _opposite_states(one, other)
        if state is not None and not one.changed and not other.changed:
            return self._conflict(one, other, "state", *state, "medium")
        value = self._events.differ(one, other)
        return self._conflict(one, other, "value", *value) if value is not None else None


def _names(predication: Predication) -> set[str]:
    """What a predication says of its subject, under the names by which another one may meet it."""
    found = {f"verb:{stem(predication.predicate)}", *(f"act:{act}" for act in predication.acts)}
    found.update(f"state:{number}" for number, _ in _states_of(predication))
    return found


_LEANING = frozenset({"likely", "unlikely", "able", "unable", "ready", "due", "bound"})  # say nothing without a verb
_COPULAS = frozenset({"be", "stand", "remain", "lie", "stay"})


# --- States -----------------------------------------------------------------------------------------------------------


@cache
def _sides() -> dict[str, list[tuple[int, int]]]:
    """Each word of the list of states to its lines and sides."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, sides in enumerate(states()):
        for side, words in enumerate(sides):
            for word in words:
                found[word].append((number, side))
    return found


def _states_of(predication: Predication) -> Iterable[tuple[int, int]]:
    """The states that a predication puts its subject in: line and side of the list."""
    if predication.denied or predication.tense not in ("present", "perfect"):
        return []
    if predication.tense == "perfect" and not (predication.passive or predication.predicate in _COPULAS):
        return []  # "has run" is over; "has been shut" holds
    words: set[str] = set()
    objects = [argument.head for argument in predication.arguments if argument.role == "object"]
    if predication.predicate in _COPULAS:
        said = [a for a in predication.arguments if a.role in ("state", "attribute") and not a.several]
        words.update(form for a in said for form in (a.head, a.text.split()[-1].lower()))
        words.update(f"{a.role} {a.head}" for a in predication.arguments)
        words.update(predication.manner)
    elif predication.passive:
        words.add(_participle(predication))
    else:
        words.add(f"+{predication.predicate}")
        words.update(f"+{predication.predicate} {noun}" for noun in objects)
    return [place for word in sorted(words) for place in _sides().get(word, ())]


def _participle(predication: Predication) -> str:
    return predication.text.split()[-1].lower()


def _opposite_states(one: Predication, other: Predication) -> tuple[Place, Place, str] | None:
    mine, theirs = dict(_states_of(one)), dict(_states_of(other))
    for number in sorted(mine.keys() & theirs.keys()):
        if mine[number] != theirs[number] and _same_rest(one, other):
            return one, other, "the two states exclude each other"
    left, right = _adjective(one), _adjective(other)
    if left is not None and right is not None and right[0] in antonyms().get(left[0], ()):
        return left[1], right[1], f"“{left[0]}” and “{right[0]}” are opposites"
    return None


def _same_rest(one: Predication, other: Predication) -> bool:
    """Whether no place or time tells the two states apart: "closed on Mondays", "open on Tuesdays"."""
    parts = [{a.text.lower() for a in p.arguments if a.sort in ("time", "place")} for p in (one, other)]
    return not parts[0] and not parts[1]


def _adjective(predication: Predication) -> tuple[str, Place] | None:
    """The bare adjective that a thing is said to be in the present tense, nothing further bound to it."""
    arguments = predication.arguments
    if predication.predicate != "be" or predication.tense != "present" or len(arguments) != 1 or predication.manner:
        return None
    bare = (
        arguments[0].role == "state" and arguments[0].text.lower() == arguments[0].head
    )  # no degree, nothing compared
    return (arguments[0].head, arguments[0]) if bare and arguments[0].head not in _LEANING else None
