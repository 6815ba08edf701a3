"""Whether two predications of one subject tell one event in two ways, or whether one denies what the other tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from audit.compare.contradiction_subjects import are_different, once
from audit.compare.contradiction_values import (
    ages_differ,
    agree,
    kinds_differ,
    names_differ,
    numbers_differ,
    places_differ,
    times_differ,
)
from audit.extract.arguments import words
from audit.extract.topics import concepts, empty_words, stem
from audit.records import AnyClaim, Argument, DateMention, Place, Predication, Quantity

Denial = tuple[str, str]  # reason, strength
Difference = tuple[Place, Place, str, str]

_PAST = frozenset({"past", "perfect"})
# acts that are one in a life or a story, so that a bare denial denies every one of them
_SINGLE = frozenset({"testify", "marry", "resign", "divorce", "emigrate", "convict", "jail", "study", "graduate"})
_NEVER = frozenset({"never"})
_LIGHT = frozenset(
    {"be", "have", "do", "make", "take", "get", "go", "come", "give", "see", "know", "say", "want", "need"}
)


class Events:
    """Compares predications; looks dates, quantities and persons up."""

    def __init__(self, claims: Mapping[str, AnyClaim], identities: Mapping[str, str]) -> None:
        self._claims, self._identities = claims, identities

    # --- Denied ------------------------------------------------------------------------

    def denies(self, denial: Predication, told: Predication) -> Denial | None:
        """Why a denial denies what is told, and how surely; None where both can stand."""
        if denial.changed or told.changed or told.several:
            return None
        never = bool(_NEVER & set(denial.manner)) or denial.quantifier == "none"
        if not _one_time(denial, told, never):
            return None
        act = next((act for act in denial.acts if act in told.acts), None)
        if act is not None:
            if not self._within(denial, told, act_words=True):
                return None
            if not never and act not in _SINGLE and not self._binds(denial, told):
                return None
            return f"the one denies what the other implies: {act}", "high" if never or act in _SINGLE else "medium"
        if stem(denial.predicate) != stem(told.predicate) or denial.passive != told.passive:
            return None
        if not self._within(denial, told, act_words=False):
            return None
        bound = self._binds(denial, told)
        if denial.predicate in _LIGHT and not bound:
            return None
        if not bound and not never:
            return None
        if len(told.arguments) > len(denial.arguments) + 1 and not never:
            return None
        return f"the one denies what the other tells: {denial.predicate}", "high" if bound and never else "medium"

    def _within(self, denial: Predication, told: Predication, *, act_words: bool) -> bool:
        """Whether the denied event is at least as wide as the told one: nothing is denied that is not told."""
        for argument in denial.arguments:
            if argument.head in words("lifetime") or any(self._agree(argument, other) for other in told.arguments):
                continue
            rivals = [other for other in told.arguments if other.role == argument.role]
            consumed = act_words and not argument.names and argument.sort == "other"
            if (not consumed or rivals) and not (consumed and all(not rival.words for rival in rivals)):
                return False
        return True

    def _binds(self, denial: Predication, told: Predication) -> bool:
        """Whether both name one object, place or aim in words of their own."""
        for argument in denial.arguments:
            for other in told.arguments:
                shared = concepts(argument.words) & concepts(other.words) - concepts(empty_words())
                if argument.role == other.role and shared and self._agree(argument, other):
                    return True
        return False

    def _agree(self, one: Argument, other: Argument) -> bool:
        left, right = one.person, other.person
        if left is not None and right is not None:
            return self._identities.get(left, left) == self._identities.get(right, right)
        if one.dates or other.dates:
            return one.text.lower() == other.text.lower()
        return agree(one, other)

    # --- Two values --------------------------------------------------------------------

    def differ(self, one: Predication, other: Predication) -> Difference | None:
        """Where two tellings of one event fill one place in two ways; None where they may be two events."""
        if stem(one.predicate) != stem(other.predicate) or one.passive != other.passive:
            return None
        timeless = one.passive and one.predicate in once("once")  # "is written by", "was written by"
        if (one.tense in _PAST) != (other.tense in _PAST) and not timeless:
            return None
        found = list(self._identity(one, other)) or list(self._differences(one, other))
        if found and one.predicate == "be" and _is_unique(one) and _is_unique(other):
            return (*found[0], "medium")
        if not found:
            return None
        certain = "high" if not one.changed and not other.changed else "medium"
        if self._is_once(one, other):
            return (*found[0], certain)
        if any(argument.role == "object" and argument.several for argument in (*one.arguments, *other.arguments)):
            return None
        if one.predicate in once("once with object") and len(found) == 1 and self._shared_rest(one, other, found[0]):
            return (*found[0], "medium")
        if len(found) == 1 and self._shared_rest(one, other, found[0]):
            return (*found[0], "low")
        return None

    def _identity(self, one: Predication, other: Predication) -> Iterator[tuple[Place, Place, str]]:
        """ "The top scorer was Ito", "the top scorer was Reyes": what one unique thing is said to be."""
        if one.predicate != "be" or one.tense != other.tense or not (_is_unique(one) and _is_unique(other)):
            return
        mine, theirs = _attribute(one), _attribute(other)
        if mine is None or theirs is None:
            return
        reason = names_differ(mine, theirs)
        if reason:
            yield mine, theirs, reason

    def _is_once(self, one: Predication, other: Predication) -> bool:
        """Whether the event happens once: by its verb, or by its verb and the object that both have."""
        verb = one.predicate
        if verb in once("once") and (one.passive or not _object(one)) and not _object(other):
            return True
        if verb not in once("once with object"):
            return False
        mine, theirs = _object(one), _object(other)
        if mine is None or theirs is None or mine.several or theirs.several or _is_any(mine) or _is_any(theirs):
            return False
        return stem(mine.head) == stem(theirs.head) and agree(mine, theirs)

    def _shared_rest(self, one: Predication, other: Predication, found: tuple[Place, Place, str]) -> bool:
        """Whether both have another place filled alike, so that one event is likely."""
        for mine in one.arguments:
            for theirs in other.arguments:
                if mine in found or theirs in found or mine.role != theirs.role:
                    continue
                if self._agree(mine, theirs) and not mine.several and not _is_any(mine):
                    return True
        return False

    def _differences(self, one: Predication, other: Predication) -> Iterator[tuple[Place, Place, str]]:
        for mine in one.arguments:
            rivals = [theirs for theirs in other.arguments if _one_place(mine, theirs) and _is_filled(mine, theirs)]
            reasons = [
                (theirs, self._reason(mine, theirs, one) or _makers_differ(mine, theirs, one, other))
                for theirs in rivals
            ]
            if reasons and all(reason for _, reason in reasons):
                yield mine, reasons[0][0], reasons[0][1]

    def _reason(self, mine: Argument, theirs: Argument, predication: Predication) -> str:
        if mine.head == theirs.head == "age":
            return ages_differ(mine, theirs)
        if mine.sort == theirs.sort == "time":
            return times_differ(mine, theirs, self._date)
        if _is_place(mine) and _is_place(theirs):
            return places_differ(mine, theirs)
        if mine.quantities and theirs.quantities:
            return numbers_differ(mine, theirs, self._quantity)
        if mine.role == "as" and predication.predicate in ("serve", "work", "act"):
            return ""  # one may hold several posts
        if mine.role == "in" and predication.predicate in once("once"):
            return kinds_differ(mine, theirs)
        if mine.role in ("by", "object", "attribute", "as", "for", "to", "from", "after", "at"):
            return names_differ(mine, theirs)
        return ""

    # --- Two holders -------------------------------------------------------------------

    def contested(self, predication: Predication) -> Iterator[tuple[str, str]]:
        """Keys of what only one can have done or be: to have won a race, to be the first who."""
        if predication.denied or predication.several:
            return
        thing = _object(predication)
        if thing is not None and predication.predicate in once("single doer") and not thing.several:
            yield stem(predication.predicate), stem(thing.head)
        for argument in predication.arguments:
            if argument.role == "attribute" and predication.predicate == "be" and not argument.several:
                words = set(argument.text.lower().split())
                if words & once("ordinal") and words & {"the", "its", "their", "his", "her"}:
                    yield "be", stem(argument.head)

    def rivals(self, one: Predication, other: Predication) -> Denial | None:
        """Why two subjects cannot both have what both are said to have."""
        if one.changed or other.changed or not are_different(one, other, self._identities):
            return None
        if one.predicate == "be":
            places = [next(a for a in p.arguments if a.role == "attribute") for p in (one, other)]
            left, right = ({word for word in a.text.lower().split() if len(word) > 2} for a in places)
            if len(left) < 4 or left != right or one.tense != other.tense:
                return None
            return "only one can be that", "medium"
        left_object, right_object = _object(one), _object(other)
        if left_object is None or right_object is None or one.tense != other.tense:
            return None
        mine, theirs = concepts(left_object.words), concepts(right_object.words)
        if mine != theirs or len(mine) < 2 or self._times(one) != self._times(other):
            return None
        return "only one can have done that", "medium"

    def _times(self, predication: Predication) -> set[str]:
        return {a.text.lower() for a in predication.arguments if a.sort == "time"}

    def _date(self, id: str) -> DateMention:
        claim = self._claims[id]
        assert isinstance(claim, DateMention)
        return claim

    def _quantity(self, id: str) -> Quantity:
        claim = self._claims[id]
        assert isinstance(claim, Quantity)
        return claim


def _one_time(denial: Predication, told: Predication, never: bool) -> bool:
    if denial.tense in _PAST:
        return told.tense in _PAST or told.tense == "none"
    if denial.tense == "present":
        return told.tense == "present" and (never or not _dated(told))
    return False


def _dated(predication: Predication) -> bool:
    return any(argument.sort == "time" for argument in predication.arguments)


def _is_place(argument: Argument) -> bool:
    """A place, or a name behind "in" that the model takes for something else; it knows few small towns."""
    named = argument.role == "in" and bool(argument.names)
    return argument.sort == "place" or (named and (argument.sort == "name" or argument.head in once("kind of place")))


def _attribute(predication: Predication) -> Argument | None:
    return next((a for a in predication.arguments if a.role == "attribute"), None)


def _is_unique(predication: Predication) -> bool:
    """Whether only one can be what the subject is called: "the capital", "the league's leading scorer"."""
    if predication.subject_person is not None or predication.several:
        return False
    words = set(predication.subject_place.text.lower().split())
    return predication.subject_head in once("one holder") or bool(words & once("ordinal"))


def _object(predication: Predication) -> Argument | None:
    return next((a for a in predication.arguments if a.role == "object"), None)


def _is_any(thing: Argument) -> bool:
    """Whether an object may be any of its kind, as one letter among many; a degree one takes once all the same."""
    any_one = thing.text.lower().startswith(("a ", "an ")) and not set(thing.words) & once("taken once")
    return any_one and len(set(thing.words)) < 2


def _makers_differ(mine: Argument, theirs: Argument, one: Predication, other: Predication) -> str:
    """Why two groups of makers exclude each other: nobody of the one is named in the sentence of the other."""
    if mine.role != "by" or one.predicate not in once("once") or not (mine.several or theirs.several):
        return ""
    pairs = ((mine, other), (theirs, one))
    known = [name for argument, p in pairs for name in argument.names if name in p.sentence.text.lower()]
    return "the names differ" if mine.names and theirs.names and not known else ""


def _is_filled(mine: Argument, theirs: Argument) -> bool:
    """Whether two times can be compared: both on the calendar, or both an age."""
    if mine.sort != "time" or theirs.sort != "time":
        return True
    return (mine.head == "age") == (theirs.head == "age") and bool(mine.dates) == bool(theirs.dates)


def _one_place(mine: Argument, theirs: Argument) -> bool:
    """Whether two arguments fill one place: the same role, or two ways of saying when."""
    if mine.sort == theirs.sort == "time":
        return True
    if _is_place(mine) and _is_place(theirs):
        return mine.role == theirs.role or {mine.role, theirs.role} <= {"in", "at", "near"}
    return mine.role == theirs.role
