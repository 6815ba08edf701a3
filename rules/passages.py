"""Passages of a finding made of claims: whole where they are short, cut to what matters where they are long."""

from __future__ import annotations

from collections.abc import Iterable

from audit.extract.topics import concept
from audit.records import Evidence, Place, Position, Statement, place_of

LONGEST = 700  # characters of a passage; in a longer one a reader finds nothing


def passage(place: Place, label: str, speaker: str = "", marks: Iterable[Place | None] = ()) -> Evidence:
    """A passage with the words in it that matter."""
    bare = place_of(place)
    inside = {place_of(mark) for mark in marks if mark is not None and bare.covers(place_of(mark))}
    return Evidence(
        place=bare, label=label, speaker=speaker, marks=tuple(sorted(inside, key=lambda m: (m.start, m.end)))
    )


def joined(passages: Iterable[Evidence], together: str = "") -> tuple[Evidence, ...]:
    """The passages of a finding, each place once, under all its marks: two facts of one sentence are one passage.

    A passage that lies inside an earlier one becomes a mark of it. `together` labels what was joined; without it the
    label of the first one stays.
    """
    found: list[Evidence] = []
    for one in passages:
        at = next((n for n, known in enumerate(found) if known.place.covers(one.place)), None)
        if at is None:
            found.append(one)
            continue
        known = found[at]
        own = one.marks or (() if one.place == known.place else (one.place,))
        found[at] = passage(known.place, together or known.label, known.speaker, (*known.marks, *own))
    return tuple(found)


def of_statement(statement: Statement, label: str, marks: Iterable[Place] = ()) -> Evidence:
    """The sentence of a statement under its speaker; the first mark alone where the sentence is very long."""
    marks = tuple(marks)
    place: Place = marks[0] if marks and len(statement.text) > LONGEST else statement
    return passage(place, label, statement.speaker.name if statement.speaker is not None else "", marks)


def of_position(position: Position, label: str, marks: Iterable[Place | None] = ()) -> Evidence:
    """The sentence of a position with its clause marked; the clause alone where the sentence is very long."""
    place = position.sentence if len(position.sentence.text) <= LONGEST else place_of(position)
    return passage(place, label, holder_name(position), tuple(marks) or (position,))


def holder_name(position: Position) -> str:
    """Who holds a position, as a message names them; "" for the article's own voice."""
    return position.holder.name if position.holder is not None else ""


def shared_words(one: Position, other: Position) -> str:
    """The words of the first position that the second one is about, too, for a message: "diplomatic reset"."""
    known = {concept(lemma) for lemma in (*other.topic, *other.context)}
    return ", ".join(lemma for lemma in one.topic if concept(lemma) in known)


_SAID = {"for": "is for it", "against": "is against it", "affirmed": "affirms it", "denied": "denies or doubts it"}


def stance_in_words(position: Position) -> str:
    """What a position says of its topic, for the reasons of a finding: "denies or doubts it, with “seems”"."""
    said = _SAID[position.attitude if position.attitude != "none" else position.polarity]
    rung = {"plain": "", "will": ""}.get(position.rung, f"with “{_modal(position)}”")
    condition = f"on a condition (“{position.condition.text}”)" if position.condition is not None else ""
    limits = f"limited by “{', '.join(position.qualifiers)}”" if position.qualifiers else ""
    return ", ".join(filter(None, (said, rung, condition, limits)))


def _modal(position: Position) -> str:
    return ", ".join(position.modal_words) or position.rung
