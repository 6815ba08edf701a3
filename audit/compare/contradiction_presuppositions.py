"""Words that take for granted what another sentence denies: talks that "never stopped" and are to "resume"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from audit.compare.contradiction_values import agree
from audit.extract.lexicon import lines_of
from audit.extract.topics import concepts, stem
from audit.records import Argument, Predication, StatementConflict, place_of

_MOST = 20  # sentences about one thing that are held against each other
_CONTINUOUS = frozenset({"never"})


@cache
def _ended_by() -> dict[str, frozenset[str]]:
    """Each verb that presupposes an end to the verbs that tell it."""
    found: dict[str, frozenset[str]] = {}
    for line in lines_of("audit.compare", "presuppositions.txt"):
        left, _, right = line.partition("|")
        ends = frozenset(word.strip() for word in right.split(","))
        found.update({word.strip(): ends for word in left.split(",")})
    return found


def clashes(predications: Sequence[Predication], identities: Mapping[str, str]) -> Iterator[StatementConflict]:
    """The clashes among the article's own words, in order of the denials."""
    things: dict[str, list[tuple[Predication, frozenset[str]]]] = defaultdict(list)
    for predication in predications:
        for key, words in _things(predication, identities):
            things[key].append((predication, words))
    for denial in predications:
        if not (denial.denied and _CONTINUOUS & set(denial.manner)) or denial.force != "asserted" or denial.modal:
            continue
        for key, words in _things(denial, identities)[:1]:
            for other, others in things[key][:_MOST]:
                reason = _clash(denial, other)
                if reason and (words <= others or others <= words) and not other.several:
                    yield _conflict(denial, other, reason)
                    break


def _things(predication: Predication, identities: Mapping[str, str]) -> list[tuple[str, frozenset[str]]]:
    """What a predication may be about: its subject, then the object of a verb such as "resume"."""
    found = []
    if predication.subject_person is not None:
        found.append((identities.get(predication.subject_person, predication.subject_person), frozenset[str]()))
    elif predication.subject_head:
        found.append((stem(predication.subject_head), concepts(predication.subject)))
    if predication.predicate in _ended_by():
        thing = next((a for a in predication.arguments if a.role == "object"), None)
        if thing is not None:
            found.append((stem(thing.head), concepts(thing.words)))
    return found


def _clash(denial: Predication, other: Predication) -> str:
    """What the other one takes for granted against the denial; "" where nothing."""
    if other.sentence == denial.sentence:
        return ""
    if denial.predicate in _ended_by().get(other.predicate, ()) and not other.denied:
        objects = [argument for argument in denial.arguments if argument.role == "object"]
        if objects and not _share(objects, other.arguments):
            return ""
        return f"“{other.predicate}” takes it that there was an end, and “never” denies one: {denial.predicate}"
    bare = not (denial.arguments or other.arguments)
    again = other.denied and "longer" in other.manner and stem(other.predicate) == stem(denial.predicate)
    if again and (bare or _share(denial.arguments, other.arguments)):
        return f"“no longer” takes it that it once was so, and “never” denies it: {denial.predicate}"
    return ""


def _share(ones: Sequence[Argument], others: Sequence[Argument]) -> bool:
    return any(agree(one, other) for one in ones for other in others)


def _conflict(denial: Predication, other: Predication, reason: str) -> StatementConflict:
    return StatementConflict(
        one=denial.id,
        other=other.id,
        inside=True,
        kind="presupposed",
        left=place_of(denial),
        right=place_of(other),
        reason=reason,
        shared=denial.subject,
        strength="medium",
    )
