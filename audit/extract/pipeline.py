"""From an annotated document to its claims, and the two together: what the comparison works on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter

from audit.extract.annotate import Annotated
from audit.extract.citations import find_citations, find_outlets
from audit.extract.date_order import find_orders
from audit.extract.dated_events import find_events
from audit.extract.dates import dates_by_block, find_dates
from audit.extract.entities import find_entities
from audit.extract.figures import find_figures
from audit.extract.headings import find_headings
from audit.extract.links import find_links
from audit.extract.lives import find_lives
from audit.extract.loaded import find_loaded_verbs
from audit.extract.mark_damage import find_mark_damage
from audit.extract.paragraphs import find_paragraphs
from audit.extract.people import find_people
from audit.extract.person_words import more_titles
from audit.extract.positions import find_positions
from audit.extract.predications import find_predications
from audit.extract.provenance import find_provenance, find_story_references
from audit.extract.quantities import find_quantities
from audit.extract.quotations import find_quotations
from audit.extract.residue import find_residue
from audit.extract.role_mentions import find_role_mentions
from audit.extract.scheduled import find_occasions
from audit.extract.scripts import find_mixed_scripts
from audit.extract.sentences import Bound, find_sentences
from audit.extract.stated import find_stated_links
from audit.extract.statements import find_statements
from audit.extract.superlatives import find_uniqueness
from audit.extract.turns import find_turns
from audit.extract.wording import Told, find_genre, find_wording
from audit.records import AnyClaim, DocumentRecords


@dataclass(frozen=True)
class Prepared:
    """The claims of a document beside the tokens that they were read from."""

    records: DocumentRecords
    annotated: Annotated


def extract(annotated: Annotated, titles: Iterable[str] = ()) -> DocumentRecords:
    """Every claim of a document, in order of their places; `titles` are words in front of names besides the usual."""
    with more_titles(titles):
        return _extract(annotated)


def _extract(annotated: Annotated) -> DocumentRecords:
    people = find_people(annotated)
    turns = find_turns(annotated, people)
    quotations = find_quotations(annotated, people, annotated.marks)
    statements = find_statements(annotated, people, quotations)
    positions = find_positions(annotated, people, turns, quotations, statements)
    read_dates = dates_by_block(annotated.document)
    quantities, dates = find_quantities(annotated, read_dates), find_dates(annotated, read_dates)
    events = find_events(annotated, people, dates)
    bound = Bound(turns, quotations, statements, quantities, dates)
    sentences = find_sentences(annotated, people, bound)
    told = Told(annotated, sentences, quotations, statements)
    return DocumentRecords(
        annotated.document,
        _in_order(
            (
                *find_headings(annotated),
                *find_paragraphs(annotated),
                *people.persons,
                *find_role_mentions(annotated, people, quotations),
                *find_entities(annotated, people),
                *find_mixed_scripts(annotated),
                *turns,
                *quotations,
                *statements,
                *positions,
                *find_links(annotated, people, quotations, positions),
                *find_stated_links(annotated, people, turns, positions),
                *quantities,
                *dates,
                *events,
                *find_orders(annotated, dates, events),
                *find_occasions(annotated, dates),
                *find_lives(annotated, people, dates, events),
                *sentences,
                *find_predications(annotated, people, bound),
                *find_uniqueness(annotated),
                *find_figures(annotated, quantities, dates, sentences),
                *find_genre(told),
                *find_wording(told),
                *find_loaded_verbs(told),
                *find_citations(annotated, dates),
                *find_outlets(annotated, dates),
                *find_provenance(annotated),
                *find_story_references(annotated),
                *find_residue(annotated),
                *find_mark_damage(annotated),
            )
        ),
    )


def _in_order(claims: Iterable[AnyClaim]) -> tuple[AnyClaim, ...]:
    """Sorted by place; claims of one place keep the order of their kinds."""
    return tuple(sorted(claims, key=attrgetter("start", "end")))
