"""Places that are said to be closed or empty, and in which the text has people come and go at the same time."""

from __future__ import annotations

from audit.compare.contradiction_values import agree
from audit.compare.wordlists import words_of_file
from audit.extract.arguments import words
from audit.extract.topics import concepts, stem
from audit.records import Argument, Predication

_SINCE = frozenset({"since", "by", "after"})
_COPULAS = frozenset({"be", "stand", "remain", "lie", "stay", "sit"})


def is_out_of_use(predication: Predication) -> bool:
    """Whether something is said to be closed or empty now, without a time, a reason or a public to which it is."""
    if predication.denied or predication.changed or predication.several or predication.subject_person is not None:
        return False
    if predication.tense not in ("present", "perfect"):
        return False
    states = [a for a in predication.arguments if a.role in ("state", "attribute", "object") or a.head in _out_of_use()]
    rest = [a for a in predication.arguments if a not in states and a.role not in _SINCE]
    if rest or not predication.subject_head:
        return False
    said = {a.head for a in states} if predication.predicate in _COPULAS else set[str]()
    if predication.passive:
        said.add(predication.text.split()[-1].lower())
    return bool(said & _out_of_use())


def _out_of_use() -> frozenset[str]:
    return words_of_file("words.txt", "out of use")


def uses(closed: Predication, told: Predication) -> str:
    """Why a predication has a closed place in use; "" where it may be another place or another time."""
    if told.denied or told.changed or told.tense != "present" or told.predicate not in words("using verb"):
        return ""
    place = next((a for a in told.arguments if a.role in words("using place") and _is_it(closed, a)), None)
    if place is None or (place.role == "of" and "out of" not in told.sentence.text.lower()):
        return ""
    if _other_names(closed, told) or not (_is_habit(told) or told.predicate in ("live", "dwell")):
        return ""
    return f"closed or empty in the one, and in use in the other: {place.text}"


def _is_it(closed: Predication, place: Argument) -> bool:
    if stem(place.head) != stem(closed.subject_head) or place.several:
        return False
    mine, theirs = concepts(closed.subject), concepts(place.words)
    return mine <= theirs or theirs <= mine or agree(place, place.model_copy(update={"words": closed.subject}))


def _other_names(closed: Predication, told: Predication) -> bool:
    """Whether the sentences name two places: "the quarry at Salm", "the quarry at Brede"."""
    mine = {word for name in closed.subject_names for word in name.split()}
    theirs = {word for a in told.arguments if a.sort in ("place", "name") for name in a.names for word in name.split()}
    return bool(theirs - mine) and bool(mine or theirs)


def _is_habit(told: Predication) -> bool:
    texts = [*told.manner, *(word for a in told.arguments if a.sort == "time" for word in a.text.lower().split())]
    sentence = told.sentence.text.lower().split()
    return bool(set(texts) & words("habit")) or bool({"every", "each", "daily"} & set(sentence))
