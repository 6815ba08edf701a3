"""Which files a run reads: references given, folders and patterns among them, and the sources that articles name."""

from __future__ import annotations

import glob
import itertools
import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from audit.config import Settings
from audit.errors import CopydeskError
from audit.gitignore import GitIgnore, walk
from audit.loading import Loaded, LoadSettings, load, load_text
from audit.loading.decode import decode
from audit.loading.loader import format_of
from audit.records import Diagnostic, Document
from audit.records.document import Role

ARTICLE_ENDINGS = frozenset({".md", ".markdown", ".txt", ".html", ".htm", ".docx"})


@dataclass
class Inputs:
    """The documents of a run.

    `own` holds, for the key of each article, the keys of the sources that are its alone: those that it names and the
    second part of its file. Every other source belongs to all articles.
    """

    articles: list[Document] = field(default_factory=list)
    sources: list[Document] = field(default_factory=list)
    own: dict[str, list[str]] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def sources_of(self, article: Document) -> list[Document]:
        """The sources that an article is held against, in the order in which they were read."""
        others = {key for owner, keys in self.own.items() if owner != article.key for key in keys}
        mine = set(self.own.get(article.key, ()))
        return [source for source in self.sources if source.key in mine or source.key not in others]


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
    hits: list[str] = []
    ignored = GitIgnore(folder)
    for parent, names in walk(folder):
        here = [name for name in names if Path(name).suffix.lower() in ARTICLE_ENDINGS]
        hits.extend(os.path.join(parent, name) for name in here)
    return sorted(path for path in hits if os.path.isfile(path) and not ignored.leaves_out(path))


def _matching(pattern: str) -> list[str]:
    fixed = itertools.takewhile(lambda part: not glob.has_magic(part), Path(pattern).parts)
    ignored = GitIgnore(os.path.join(*fixed, ""))
    hits = (path for path in glob.glob(pattern, recursive=True) if os.path.isfile(path))
    return sorted(path for path in hits if not ignored.leaves_out(path))


def read_inputs(settings: Settings) -> Inputs:
    """Read every article and source of a run; what cannot be read becomes a diagnostic and the others go on."""
    return _Reader(settings).read()


class _Reader:
    """Gives each document its key and reads no file twice."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        pages = settings.cache_folder / "pages" if settings.cache_folder is not None else None
        self._limits = LoadSettings(
            max_bytes=settings.max_bytes, offline=settings.offline, refresh=settings.refresh, cache_folder=pages
        )
        self._inputs = Inputs()
        self._known: dict[str, list[str]] = {}  # what a source resolves to, and the keys of its documents
        complete = (*settings.complete_sources, *itertools.chain.from_iterable(settings.own_complete.values()))
        self._complete = {_identity(reference) for reference in complete}

    def read(self) -> Inputs:
        settings = self._settings
        articles = {_identity(reference): reference for reference in reversed(settings.articles)}
        for number, reference in enumerate(reversed(articles.values()), start=1):
            self._read_article(reference, f"a{number}")
        for reference in (*settings.sources, *settings.complete_sources):
            self._read_source(reference, reference)
        shared = {key for reference in (*settings.sources, *settings.complete_sources)
                  for key in self._known.get(_identity(reference), ())}  # fmt: skip
        for article in self._inputs.articles:
            named = [key for reference in article.meta.sources for key in self._read_named(article, reference)]
            for reference in (
                *settings.own_sources.get(article.path, ()),
                *settings.own_complete.get(article.path, ()),
            ):
                named += [key for key in self._read_source(reference, reference) if key not in named]
            self._inputs.own[article.key].extend(key for key in named if key not in shared)
        return self._inputs

    def _read_article(self, reference: str, key: str) -> None:
        loaded = self._load(reference, "article", key)
        if loaded is None:
            return
        for document in loaded.documents:
            if document.role == "article":
                self._inputs.articles.append(document)
                self._inputs.own.setdefault(document.key, [])
                self._note_empty(document)
            else:
                self._inputs.sources.append(document)
                self._inputs.own.setdefault(key, []).append(document.key)

    def _read_source(self, reference: str, shown: str) -> list[str]:
        """The keys of a source's documents, read at the first time that it is named."""
        identity = _identity(reference)
        if identity not in self._known:
            loaded = self._load(reference, "source", f"s{len(self._known) + 1}")
            documents = [] if loaded is None else [replace(d, path=shown) for d in loaded.documents]
            if identity in self._complete:
                documents = [replace(d, meta=replace(d.meta, complete=True)) for d in documents]
            for document in documents:
                self._note_empty(document)
            self._inputs.sources.extend(documents)
            self._known[identity] = [document.key for document in documents]
        return self._known[identity]

    def _read_named(self, article: Document, reference: str) -> list[str]:
        """A source that an article's front matter names, relative to the article's folder."""
        if is_address(reference):
            return self._read_source(reference, reference)
        try:
            path = inside_folder(article.path, reference)
        except CopydeskError as error:
            self._inputs.diagnostics.append(error.diagnostic)
            return []
        return self._read_source(path, path)

    def _load(self, reference: str, role: Role, key: str) -> Loaded | None:
        try:
            loaded = self._load_document(reference, role, key)
        except CopydeskError as error:
            self._inputs.diagnostics.append(error.diagnostic)
            return None
        self._inputs.diagnostics.extend(loaded.notices)
        return loaded

    def _load_document(self, reference: str, role: Role, key: str) -> Loaded:
        settings = self._settings
        unsaved = settings.unsaved.get(_identity(reference))
        if unsaved is not None:
            return self._load_named(unsaved, reference, role, key)
        if reference != "-" or not settings.stdin_filename:
            return load(reference, role, key, self._limits, stdin=settings.stdin)
        return self._load_named(settings.stdin or b"", settings.stdin_filename, role, key)

    def _load_named(self, data: bytes, name: str, role: Role, key: str) -> Loaded:
        """Bytes in memory, read as the file that they are called after would be."""
        if format_of(name) == "docx" or len(data) > self._settings.max_bytes:
            loaded = load("-", role, key, self._limits, stdin=data)
            return replace(loaded, documents=tuple(replace(d, path=name) for d in loaded.documents))
        text = decode(data, name)
        loaded = load_text(text.text, name, role, format_of(name), key)
        return replace(loaded, documents=tuple(replace(d, sha256=text.sha256) for d in loaded.documents))

    def _note_empty(self, document: Document) -> None:
        if not document.view.strip():
            self._inputs.diagnostics.append(
                Diagnostic(
                    code="empty",
                    path=document.path,
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
