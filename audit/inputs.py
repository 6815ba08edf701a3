"""Which files a run reads: references given, folders and patterns among them, and the sources that articles name."""

from __future__ import annotations

import glob
import hashlib
import itertools
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar
from urllib.parse import urlsplit

from audit.config import Settings
from audit.errors import CopydeskError
from audit.loading.content import Content, content_of, read_content
from audit.loading.settings import LoadSettings
from audit.records import Diagnostic, Document
from audit.records.document import Role

if TYPE_CHECKING:
    from audit.loading.loader import Loaded

_KEY_DIGITS = 8
ARTICLE_ENDINGS = frozenset({".md", ".markdown", ".txt", ".html", ".htm", ".docx"})


class PlannedText(Protocol):
    """What the plan of a run has to know of a text; a Document has it."""

    @property
    def key(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def role(self) -> Role: ...
    @property
    def named_sources(self) -> tuple[str, ...]: ...
    @property
    def is_empty(self) -> bool: ...


TextT = TypeVar("TextT", bound=PlannedText)


@dataclass(frozen=True)
class Asked:
    """A file or page as it is asked for: the reference, what it is, the key that its texts get."""

    reference: str
    role: Role
    key: str
    complete: bool = False  # it is said to hold all that was said


@dataclass(frozen=True)
class Opened(Generic[TextT]):
    """The texts of one reference and what the user should hear about them."""

    texts: Sequence[TextT]
    notices: Sequence[Diagnostic] = ()


@dataclass
class Inputs(Generic[TextT]):
    """The texts of a run.

    `own` holds, for the key of each article, the keys of the sources that are its alone: those that it names and the
    second part of its file. Every other source belongs to all articles.
    """

    articles: list[TextT] = field(default_factory=list)
    sources: list[TextT] = field(default_factory=list)
    own: dict[str, list[str]] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    @property
    def texts(self) -> list[TextT]:
        """Articles, then sources."""
        return [*self.articles, *self.sources]

    @cached_property
    def _at(self) -> dict[str, int]:
        """Where each source stands among the sources."""
        return {source.key: at for at, source in enumerate(self.sources)}

    @cached_property
    def _shared(self) -> frozenset[int]:
        """The sources that belong to all articles."""
        owned = {key for keys in self.own.values() for key in keys}
        return frozenset(at for key, at in self._at.items() if key not in owned)

    def sources_of(self, article: TextT) -> list[TextT]:
        """The sources that an article is held against, in the order in which they were read."""
        own = {self._at[key] for key in self.own.get(article.key, ())}
        return [self.sources[at] for at in sorted(self._shared | own)]


def is_address(reference: str) -> bool:
    """Whether a reference is an http(s) address and not a path."""
    return urlsplit(reference).scheme.lower() in ("http", "https")


def expand(references: Sequence[str]) -> list[str]:
    """References with folders and patterns replaced by the files in them, in the order of their names.

    What .gitignore leaves out is left out there, but not where it is named. A path that does not exist and is no
    pattern stays, so that reading it says what is wrong.
    """
    found: list[str] = []
    for reference in references:
        if reference == "-" or is_address(reference) or os.path.isfile(reference):
            found.append(reference)
        elif os.path.isdir(reference):
            found.extend(_articles_in(reference))
        elif not os.path.exists(reference) and glob.has_magic(reference):
            found.extend(_matching(reference))
        else:
            found.append(reference)
    return list(dict.fromkeys(found))


def _articles_in(folder: str) -> list[str]:
    from audit.gitignore import GitIgnore, walk

    hits: list[str] = []
    ignored = GitIgnore(folder)
    for parent, names in walk(folder):
        here = [name for name in names if Path(name).suffix.lower() in ARTICLE_ENDINGS]
        hits.extend(os.path.join(parent, name) for name in here)
    return sorted(path for path in hits if os.path.isfile(path) and not ignored.leaves_out(path))


def _matching(pattern: str) -> list[str]:
    from audit.gitignore import GitIgnore

    fixed = itertools.takewhile(lambda part: not glob.has_magic(part), Path(pattern).parts)
    ignored = GitIgnore(os.path.join(*fixed, ""))
    hits = (path for path in glob.glob(pattern, recursive=True) if os.path.isfile(path))
    return sorted(path for path in hits if not ignored.leaves_out(path))


def read_inputs(settings: Settings) -> Inputs[Document]:
    """Read every article and source of a run; what cannot be read becomes a diagnostic and the others go on."""

    def open_documents(asked: Asked) -> Opened[Document]:
        loaded = load_asked(read_asked(asked, settings), asked)
        return Opened(loaded.documents, loaded.notices)

    return plan_inputs(settings, open_documents)


def plan_inputs(settings: Settings, open_texts: Callable[[Asked], Opened[TextT]]) -> Inputs[TextT]:
    """The texts of a run and which of them belong together, whatever it is that opens a file.

    A CopydeskError of `open_texts` becomes a diagnostic, and the other files go on.
    """
    return _Planner(settings, open_texts).plan()


def read_asked(asked: Asked, settings: Settings) -> Content:
    """The bytes that are asked for. Raises CopydeskError."""
    pages = settings.cache_folder / "pages" if settings.cache_folder is not None else None
    limits = LoadSettings(
        max_bytes=settings.max_bytes, offline=settings.offline, refresh=settings.refresh, cache_folder=pages
    )
    unsaved = settings.unsaved.get(_identity(asked.reference)) if settings.unsaved else None
    if unsaved is not None:
        return content_of(unsaved, asked.reference, limits)
    return read_content(asked.reference, limits, settings.stdin, settings.stdin_filename)


def load_asked(content: Content, asked: Asked) -> Loaded:
    """The documents in bytes that were asked for. Raises CopydeskError."""
    from audit.loading.loader import parse

    loaded = parse(content, asked.role, asked.key)
    if not asked.complete:
        return loaded
    return replace(loaded, documents=tuple(replace(d, meta=replace(d.meta, complete=True)) for d in loaded.documents))


class _Planner(Generic[TextT]):
    """Gives each text its key and opens no file twice."""

    def __init__(self, settings: Settings, open_texts: Callable[[Asked], Opened[TextT]]) -> None:
        self._settings = settings
        self._open_texts = open_texts
        self._inputs: Inputs[TextT] = Inputs()
        self._known: dict[str, list[str]] = {}  # what a source resolves to, and the keys of its texts
        self._keys: set[str] = set()
        complete = (*settings.complete_sources, *itertools.chain.from_iterable(settings.own_complete.values()))
        self._complete = {_identity(reference) for reference in complete}

    def plan(self) -> Inputs[TextT]:
        settings = self._settings
        articles = {_identity(reference): reference for reference in reversed(settings.articles)}
        for reference in reversed(articles.values()):
            self._open_article(reference)
        for reference in (*settings.sources, *settings.complete_sources):
            self._open_source(reference)
        shared = {key for reference in (*settings.sources, *settings.complete_sources)
                  for key in self._known.get(_identity(reference), ())}  # fmt: skip
        for article in self._inputs.articles:
            named = [key for reference in article.named_sources for key in self._open_named(article, reference)]
            for reference in (
                *settings.own_sources.get(article.path, ()),
                *settings.own_complete.get(article.path, ()),
            ):
                named += [key for key in self._open_source(reference) if key not in named]
            self._inputs.own[article.key].extend(key for key in named if key not in shared)
        return self._inputs

    def _open_article(self, reference: str) -> None:
        key = self._key("article", reference)
        for text in self._open(Asked(reference, "article", key)):
            if text.role == "article":
                self._inputs.articles.append(text)
                self._inputs.own.setdefault(text.key, [])
                self._note_empty(text)
            else:
                self._inputs.sources.append(text)
                self._inputs.own.setdefault(key, []).append(text.key)

    def _open_source(self, reference: str) -> list[str]:
        """The keys of a source's texts, opened at the first time that it is named."""
        identity = _identity(reference)
        if identity not in self._known:
            key = self._key("source", reference)
            texts = self._open(Asked(reference, "source", key, complete=identity in self._complete))
            for text in texts:
                self._note_empty(text)
            self._inputs.sources.extend(texts)
            self._known[identity] = [text.key for text in texts]
        return self._known[identity]

    def _open_named(self, article: TextT, reference: str) -> list[str]:
        """A source that an article's front matter names, relative to the article's folder."""
        if is_address(reference):
            return self._open_source(reference)
        try:
            path = inside_folder(article.path, reference)
        except CopydeskError as error:
            self._inputs.diagnostics.append(error.diagnostic)
            return []
        return self._open_source(path)

    def _open(self, asked: Asked) -> Sequence[TextT]:
        try:
            opened = self._open_texts(asked)
        except CopydeskError as error:
            self._inputs.diagnostics.append(error.diagnostic)
            return ()
        self._inputs.diagnostics.extend(opened.notices)
        return opened.texts

    def _key(self, role: Role, reference: str) -> str:
        """A key that depends on nothing but role and path, so that what is known of a text fits into every run."""
        key = role[0] + hashlib.sha256(reference.encode("utf-8", "surrogatepass")).hexdigest()[:_KEY_DIGITS]
        while key in self._keys:
            key += "x"
        self._keys.add(key)
        return key

    def _note_empty(self, text: TextT) -> None:
        if text.is_empty:
            self._inputs.diagnostics.append(
                Diagnostic(
                    code="empty",
                    path=text.path,
                    message="the file holds no text",
                    action="nothing in it was checked; check that it is the file you mean",
                    line=1,
                    fatal=False,
                )
            )


def _identity(reference: str) -> str:
    """What two references to the same file or page have in common."""
    return reference if reference == "-" or is_address(reference) else os.path.realpath(reference)


def inside_folder(article: str, reference: str) -> str:
    """The path of a source that an article names: its folder joined with the reference.

    The words of an article decide nothing about files elsewhere. Raises CopydeskError when the reference is absolute,
    or leads out of the article's folder by `..` or by a link, or when the article is a page on the web.
    """
    folder = os.path.dirname(article) if not is_address(article) and article != "-" else "."
    path = os.path.normpath(os.path.join(folder, reference))
    root = os.path.realpath(folder or ".")
    outside = os.path.isabs(reference) or "\x00" in reference or is_address(article)
    if not outside:
        real = os.path.realpath(path)
        outside = os.path.commonpath((root, real)) != root
    if outside:
        raise CopydeskError.of(
            "source-outside",
            article,
            f"its front matter names a source outside the article's folder ({reference})",
            "put the source beside the article, or name it with --source",
        )
    return path
