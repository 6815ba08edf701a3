"""Records as plain values: equal ones are equal however they came to be, and none keeps more than it needs."""

from __future__ import annotations

import copy
import pickle

from audit.records import Place


def place(text: str = "The quay") -> Place:
    return Place(path="a.md", start=0, end=len(text), line=1, column=1, end_line=1, end_column=len(text) + 1, text=text)


def test_records_that_were_given_the_same_fields_share_their_names() -> None:
    one, other = place(), place("A pier")
    assert one.model_fields_set is other.model_fields_set
    assert one.model_fields_set == set(Place.model_fields)


def test_a_changed_copy_changes_no_other_record() -> None:
    one = place()
    changed = one.model_copy(update={"text": "The pier"})
    assert (one.text, changed.text) == ("The quay", "The pier")
    assert one == place() != changed
    assert one.model_fields_set == place("A pier").model_fields_set == set(Place.model_fields)


def test_copies_of_every_kind_are_equal() -> None:
    one = place()
    kinds = (copy.copy(one), copy.deepcopy(one), pickle.loads(pickle.dumps(one)), Place.model_validate(dict(one)))
    assert all(kind == one and hash(kind) == hash(one) for kind in kinds)
    assert Place.model_validate_json(one.model_dump_json()) == one
