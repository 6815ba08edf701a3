"""YAML between two lines of dashes at the head of a file, read with guards against bombs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from audit.errors import CopydeskError
from audit.loading.dates import find_date
from audit.records import Diagnostic, Metadata

if TYPE_CHECKING:
    import yaml

MAX_CHARACTERS = 65_536
MAX_DEPTH = 20

_FENCE = re.compile(r"---[ \t]*(?:\r\n|\r|\n)")
_CLOSE = re.compile(r"(?:^|(?<=[\r\n]))(?:---|\.\.\.)[ \t]*(?:\r\n|\r|\n|$)")
_KEY_LINE = re.compile(r"[A-Za-z_][\w-]*[ \t]*:")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the head says, the raw offset at which the text begins, and why the head could not be read."""

    meta: Metadata
    body: int
    notice: Diagnostic | None = None


def read_front_matter(raw: str, path: str) -> FrontMatter:
    """The front matter of a file; keys that mean nothing here are ignored.

    A head that is no valid YAML is passed over with a notice. Raises CopydeskError when it uses aliases or nests deep:
    that is how bombs are made.
    """
    opening = _FENCE.match(raw)
    if opening is None:
        return FrontMatter(Metadata(), 0)
    closing = _CLOSE.search(raw, opening.end(), opening.end() + MAX_CHARACTERS + 10)
    if closing is None or not _looks_like_keys(raw[opening.end() : closing.start()]):
        return FrontMatter(Metadata(), 0)  # a rule between paragraphs
    try:
        values = _parse(raw[opening.end() : closing.start()], path)
    except _Invalid as trouble:
        return FrontMatter(Metadata(), closing.end(), _notice(path, str(trouble), trouble.line))
    return FrontMatter(_metadata(values), closing.end())


def _looks_like_keys(text: str) -> bool:
    first = next((line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")), "")
    return not first or _KEY_LINE.match(first) is not None


def _parse(text: str, path: str) -> dict[str, Any]:
    import yaml

    try:
        values = yaml.load(text, Loader=_loader())  # a safe one
    except _Bomb as trouble:
        raise CopydeskError.of("front-matter", path, str(trouble), trouble.action, line=trouble.line + 2) from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line if error.problem_mark else 0
        raise _Invalid(f"the front matter is not valid YAML ({error.problem})", line) from None
    except (yaml.YAMLError, ValueError, RecursionError, OverflowError):
        raise _Invalid("the front matter is not valid YAML", 0) from None
    return values if isinstance(values, dict) else {}


@cache
def _loader() -> type[yaml.SafeLoader]:
    """A safe loader that stops at an alias and at deep nesting, before anything is made of them."""
    import yaml

    class Loader(yaml.SafeLoader):
        depth = 0

        def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
            event = self.peek_event()  # type: ignore[no-untyped-call]
            if isinstance(event, yaml.AliasEvent):
                raise _Bomb("the front matter uses a YAML alias", "write the value out", _line(event))
            self.depth += 1
            if self.depth > MAX_DEPTH and isinstance(event, yaml.CollectionStartEvent):
                raise _Bomb("the front matter is nested too deep", "flatten it", _line(event))
            node = super().compose_node(parent, index)
            self.depth -= 1
            return node

    return Loader


def _line(event: yaml.Event) -> int:
    return event.start_mark.line if event.start_mark is not None else 0


class _Bomb(Exception):
    """YAML that could grow without bounds; `line` counts from 0 in the head."""

    def __init__(self, message: str, action: str, line: int) -> None:
        super().__init__(message)
        self.action, self.line = action, line


class _Invalid(Exception):
    """Not YAML; `line` counts from 0 in the head."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def _notice(path: str, message: str, line: int) -> Diagnostic:
    action = "it was passed over; mend it if its date or its sources matter"
    return Diagnostic(code="front-matter", path=path, message=message, action=action, line=line + 2, fatal=False)


def _metadata(values: dict[str, Any]) -> Metadata:
    return Metadata(
        title=_text(values, "headline", "title"),
        dek=_text(values, "dek", "standfirst", "subtitle"),
        byline=_text(values, "byline", "author", "authors"),
        date=_date(values.get("date")),
        place=_text(values, "place"),
        sources=_strings(values.get("sources", values.get("source"))),
        complete=values.get("complete") is True,
        summary=values.get("summary") is True,
        language=_text(values, "language", "lang"),
        publication=_text(values, "publication", "newspaper", "outlet", "publisher", "site_name"),
        partners=_strings(values.get("partners", values.get("syndication"))),
        kind=_text(values, "genre", "section", "category", "type", "layout"),
    )


def _text(values: dict[str, Any], *names: str) -> str:
    for name in names:
        words = ", ".join(_strings(values.get(name)))
        if words:
            return words
    return ""


def _strings(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (" ".join(value.split()),) if value.strip() else ()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return (str(value),)
    if isinstance(value, list):
        return tuple(word for item in value if isinstance(item, str) for word in _strings(item))
    return ()


def _date(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        return find_date(value)
    return None
