"""Opens the files of a run: from what is known of their bytes where that is possible, otherwise by reading them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from audit.config import Settings
from audit.inputs import Asked, Opened, load_asked, read_asked
from audit.kept import Kept, KeptFile, KeptText, file_digest, part_digest
from audit.loading.content import Content
from audit.records import Document
from audit.texts import Text, text_of


def text_opener(settings: Settings, kept: Kept | None) -> Callable[[Asked], Opened[Text]]:
    """What opens the files of a run. Without anything kept, every file is read to its end at once."""

    def open_texts(asked: Asked) -> Opened[Text]:
        content = read_asked(asked, settings)
        return _read(content, asked) if kept is None else _known_or_read(content, asked, kept)

    return open_texts


def _read(content: Content, asked: Asked) -> Opened[Text]:
    loaded = load_asked(content, asked)
    return Opened([text_of(document, loaded.documents) for document in loaded.documents], loaded.notices)


def _known_or_read(content: Content, asked: Asked, kept: Kept) -> Opened[Text]:
    digest = file_digest(asked, content)
    known = kept.file(digest)
    if known is None:
        opened = _read(content, asked)
        for text in opened.texts:
            text.digest = part_digest(digest, text.info.part)
        kept.keep_file(digest, _row(opened))
        return opened
    texts = [
        Text(
            info=text.info,
            named_sources=text.named_sources,
            is_empty=text.is_empty,
            read=partial(_document, content, asked, text.info.key),
            digest=part_digest(digest, text.info.part),
        )
        for text in known.texts
    ]
    return Opened(texts, known.notices)


def _row(opened: Opened[Text]) -> KeptFile:
    texts = tuple(
        KeptText(info=text.info, named_sources=text.named_sources, is_empty=text.is_empty) for text in opened.texts
    )
    return KeptFile(texts=texts, notices=tuple(opened.notices))


def _document(content: Content, asked: Asked, key: str) -> Document:
    """One document of a file that is known. Raises CopydeskError."""
    return next(document for document in load_asked(content, asked).documents if document.key == key)
