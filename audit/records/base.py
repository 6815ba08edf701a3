"""The frozen base of every record, and the place in a file that a record stands on."""

from __future__ import annotations

from typing import Literal, TypedDict

from pydantic import BaseModel, ConfigDict, Field

Side = Literal["article", "source"]  # where a passage of a finding stands
_GIVEN: dict[frozenset[str], set[str]] = {}  # names of fields, one set for all records that were given the same
_set = object.__setattr__  # records are frozen


class Record(BaseModel):
    """A frozen value that refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def model_post_init(self, context: object, /) -> None:
        """Share the set of names that pydantic keeps with every model: it is most of what a small record weighs."""
        given = self.__pydantic_fields_set__
        _set(self, "__pydantic_fields_set__", _GIVEN.setdefault(frozenset(given), given))


class PlaceFields(TypedDict):
    """The fields of a `Place`, for records that stand on one: checked once, and not as a place before."""

    path: str
    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int
    text: str


class Place(Record):
    """A stretch of a file.

    `start` and `end` count code points of the decoded file, end exclusive, line ends as they stand in it; `text` is
    exactly that slice. Lines and columns are 1-based; `end_line` and `end_column` name the position just behind the
    last character.
    """

    path: str
    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int
    text: str

    def overlaps(self, other: Place) -> bool:
        """Whether both stretches share at least one character of the same file."""
        return self.path == other.path and self.start < other.end and other.start < self.end

    def covers(self, other: Place) -> bool:
        """Whether `other` lies wholly inside this stretch."""
        return self.path == other.path and self.start <= other.start and other.end <= self.end


_PLACE_FIELDS = _GIVEN.setdefault(frozenset(Place.model_fields), set(Place.model_fields))


def place_at(fields: PlaceFields) -> Place:
    """The place with these fields, which are not checked: a document reads them off itself, thousands of times."""
    place = Place.__new__(Place)
    _set(place, "__dict__", fields)
    _set(place, "__pydantic_fields_set__", _PLACE_FIELDS)
    _set(place, "__pydantic_extra__", None)
    _set(place, "__pydantic_private__", None)
    return place


class Claim(Place):
    """A record's id, its kind, and the exact words that it stands on."""

    id: str
    block: int = Field(description="index of the document's block that it starts in")


def place_of(place: Place) -> Place:
    """The bare place of a claim or of another record that stands somewhere."""
    if type(place) is Place:
        return place
    return Place.model_validate({name: getattr(place, name) for name in Place.model_fields})
