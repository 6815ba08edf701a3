"""Denials that reach further than one event: "nobody opened it", "has never been in a prison"."""

from __future__ import annotations

from collections.abc import Iterator

from audit.compare.contradiction_values import agree
from audit.extract.arguments import words
from audit.extract.person_words import is_person_noun
from audit.extract.topics import concept, concepts, stem
from audit.records import Argument, Predication

_EMPTY = frozenset({"nobody", "none", "one", "no"})
_PAST = frozenset({"past", "perfect"})
_STEM = 5  # letters that two words of one root share: "minister", "ministry"


# --- Nobody -----------------------------------------------------------------------------------------------------------


def is_nobody(predication: Predication) -> bool:
    """Whether a predication says that nobody did it, nobody being set apart from somebody who did."""
    apart = set(predication.subject_place.text.lower().split()) & words("rest")
    return predication.denied and predication.quantifier == "none" and not apart


def somebody_did(denial: Predication, told: Predication) -> str:
    """Why somebody did what nobody is said to have done; "" where the two may both be so."""
    if told.denied or denial.changed or told.changed or told.quantifier == "none":
        return ""
    if stem(denial.predicate) != stem(told.predicate) or denial.passive != told.passive:
        return ""
    if (denial.tense in _PAST) != (told.tense in _PAST) or not _is_of_kind(denial, told):
        return ""
    if not _same_object(denial, told) or not all(_is_met(argument, denial, told) for argument in denial.arguments):
        return ""
    return f"the one says that nobody did, the other that somebody did: {denial.predicate}"


def _is_of_kind(denial: Predication, told: Predication) -> bool:
    """Whether the subject is one of those of whom nobody did it: "no councillor", "nobody in the ministry"."""
    kind = {word for word in denial.subject if word not in _EMPTY}
    if not denial.subject_head or denial.subject_head in _EMPTY:
        somebody = told.subject_person is not None or is_person_noun(told.subject_head)
        return somebody and (not kind or any(_are_akin(one, other) for one in kind for other in told.subject))
    return concept(denial.subject_head) == concept(told.subject_head) and concepts(kind) <= concepts(told.subject)


def _are_akin(one: str, other: str) -> bool:
    return concept(one) == concept(other) or (len(one) > _STEM and one[:_STEM] == other[:_STEM])


def _same_object(denial: Predication, told: Predication) -> bool:
    objects = [argument for argument in denial.arguments if argument.role == "object" and argument.words]
    others = [argument for argument in told.arguments if argument.role == "object"]
    return bool(objects) and all(any(agree(one, other) for other in others) for one in objects)


def _is_met(argument: Argument, denial: Predication, told: Predication) -> bool:
    """Whether what a denial is limited to holds of the told act: "before the fire" where it had been done by then."""
    if any(agree(argument, other) for other in told.arguments):
        return True
    return argument.role in ("before", "until") and told.text.lower().startswith("had ")


# --- Never in a place -------------------------------------------------------------------------------------------------


def never_in(denial: Predication) -> Iterator[Argument]:
    """The places that a subject is said never to have been in."""
    if not denial.denied or "never" not in denial.manner or denial.changed or denial.tense not in _PAST:
        return
    if denial.predicate not in words("presence"):
        return
    places = [argument for argument in denial.arguments if argument.role in words("inside") and argument.words]
    rest = [a for a in denial.arguments if a not in places and a.head != "foot" and a.head not in words("lifetime")]
    places = [argument for argument in places if argument.head not in {*words("lifetime"), "foot"}]
    if len(places) == 1 and not rest and places[0].sort not in ("time", "person"):
        yield places[0]


def was_in(place: Argument, told: Predication) -> str:
    """Why a subject was in a place where it is said never to have been; "" where it may not have been."""
    if told.denied or told.changed or told.tense not in _PAST:
        return ""
    for argument in told.arguments:
        inside = argument.role in words("inside") - {"to", "object"} or told.predicate in words("presence")
        it = argument.role in words("inside") and stem(argument.head) == stem(place.head) and agree(place, argument)
        if inside and it:
            return f"the one says never, the other tells of it: {place.text}"
    return ""
