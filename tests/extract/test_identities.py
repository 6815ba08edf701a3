"""Which persons of several documents are one human being. All people are invented."""

from __future__ import annotations

from audit.extract.identities import link_people
from audit.loading import load_text
from audit.records import DocumentRecords, Person


def records(key: str, *names: str) -> DocumentRecords:
    """A document that names these persons."""
    text = "\n\n".join(f"On Tuesday the board heard {name} in the hall." for name in names)
    document = load_text(text, f"{key}.txt", "article", key=key).documents[0]
    claims = []
    for number, name in enumerate(names, start=1):
        start = document.view.index(name)
        place = document.place(start, start + len(name))
        claims.append(Person(**place.model_dump(), id=f"{key}.person.{number}", block=0, name=name))
    return DocumentRecords(document, tuple(claims))


def keys(*documents: tuple[str, ...]) -> list[list[str]]:
    """The keys of the persons of each document."""
    made = [records(f"d{number}", *names) for number, names in enumerate(documents, start=1)]
    linked = link_people(made)
    return [[linked[person.id] for person in one.of(Person)] for one in made]


def test_titles_case_initials_and_diacritics_do_not_count() -> None:
    found = keys(("Alexandra Núñez",), ("NUNEZ",), ("A. Núñez",), ("alexandra nunez",))
    assert {key for document in found for key in document} == {"alexandra nunez"}


def test_nicknames_and_middle_names_fit() -> None:
    assert keys(("Robert Vrel",), ("Bob Vrel",)) == [["robert vrel"], ["robert vrel"]]
    assert keys(("Ana Maria Reyes",), ("Ana Reyes",)) == [["ana maria reyes"], ["ana maria reyes"]]


def test_particles_and_hyphens_may_be_missing() -> None:
    assert keys(("Ludwig van der Berg",), ("van der Berg",), ("Berg",)) == [["ludwig van der berg"]] * 3
    assert keys(("Corinne Abel-Watts",), ("Abel-Watts",)) == [["corinne abelwatts"]] * 2


def test_two_given_names_are_two_people() -> None:
    assert keys(("Henrik Dahl", "Marta Dahl"), ("Marta Dahl",)) == [["henrik dahl", "marta dahl"], ["marta dahl"]]


def test_a_family_name_that_fits_two_belongs_to_neither() -> None:
    assert keys(("Henrik Dahl", "Marta Dahl"), ("Dahl",))[1] == ["dahl"]


def test_an_initial_that_fits_two_belongs_to_neither() -> None:
    found = keys(("Martin Dahl", "Marta Dahl"), ("M. Dahl",))
    assert found[1][0] not in found[0]


def test_keys_do_not_depend_on_the_order_of_documents() -> None:
    one = keys(("A. Reyes",), ("Ana Reyes",), ("Reyes",))
    other = keys(("Reyes",), ("Ana Reyes",), ("A. Reyes",))
    assert one == [["ana reyes"]] * 3
    assert other == one
