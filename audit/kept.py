"""What earlier runs found out, kept by content: nothing is worked out twice as long as nothing has changed.

Four sorts of rows: a file with its texts, a text with its claims, an article with its sources and all that the rules
said of them, and what is to be known of the rules themselves. Each goes by a digest of everything that it depends on,
the program itself among it. A row that cannot be read, for whatever reason, is as if it were not there.
"""

from __future__ import annotations

import base64
import hashlib
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from pydantic import TypeAdapter, ValidationError

from audit.catalogue import Catalogue
from audit.config import House, Policy
from audit.inputs import Asked
from audit.loading.cache import Store
from audit.loading.content import Content
from audit.program import program_state
from audit.records import AnyClaim, Diagnostic
from audit.records.base import Record
from audit.records.report import InputInfo
from audit.results import DossierResult, TextResult
from audit.texts import Text

FOLDER = "results"  # inside the folder of the cache
_MAX_BYTES = 400_000_000  # of a row, unpacked
_CLAIMS: TypeAdapter[tuple[AnyClaim, ...]] = TypeAdapter(tuple[AnyClaim, ...])


class Rows(Protocol):
    """JSON values under text keys, None for a miss."""

    def get(self, key: str) -> object | None: ...

    def set(self, key: str, value: object) -> None: ...


class KeptText(Record):
    """What planning has to know of a text."""

    info: InputInfo
    named_sources: tuple[str, ...] = ()
    is_empty: bool = False


class KeptFile(Record):
    """The texts of a file, and what the user should hear about it."""

    texts: tuple[KeptText, ...]
    notices: tuple[Diagnostic, ...] = ()


class _KeptClaims(Record):
    """A text's result with its claims packed, since most runs do not look at them."""

    speakers: tuple[str, ...]
    claims: str


RecordT = TypeVar("RecordT", bound=Record)


class Kept:
    """The results of earlier runs.

    `rules_state` stands for the rules that are not part of the program; None where nothing can stand for them, and what
    rules say is not kept. `house` is what the newsroom has settled.
    """

    def __init__(self, rows: Rows, rules_state: str | None = "", house: House | None = None) -> None:
        self._rows = rows
        self._rules_state = rules_state
        self._house = house or House()

    def catalogue(self) -> Catalogue | None:
        """The facts about the rules."""
        return self._get("rules", self._rules_digest(), Catalogue) if self._rules_state is not None else None

    def keep_catalogue(self, catalogue: Catalogue) -> None:
        """Remember the facts about the rules."""
        if self._rules_state is not None:
            self._set("rules", self._rules_digest(), catalogue)

    def file(self, digest: str) -> KeptFile | None:
        """The texts of a file with this digest."""
        return self._get("file", digest, KeptFile)

    def keep_file(self, digest: str, file: KeptFile) -> None:
        """Remember the texts of a file."""
        self._set("file", digest, file)

    def text(self, text: Text, *, claims: bool) -> TextResult | None:
        """What was found out about a text; its claims only where they are wanted."""
        kept = self._get("text", self._text_digest(text), _KeptClaims) if text.digest else None
        if kept is None:
            return None
        if not claims:
            return TextResult(speakers=kept.speakers)
        try:
            return TextResult.model_construct(
                speakers=kept.speakers, claims=_CLAIMS.validate_json(_unpacked(kept.claims)), diagnostics=()
            )
        except ValueError:
            return None

    def keep_text(self, text: Text, result: TextResult) -> None:
        """Remember a text's claims, unless something went wrong with them."""
        if text.digest and not result.diagnostics:
            packed = _packed(_CLAIMS.dump_json(result.claims))
            self._set("text", self._text_digest(text), _KeptClaims(speakers=result.speakers, claims=packed))

    def dossier(self, article: Text, sources: Sequence[Text], policy: Policy) -> DossierResult | None:
        """What the rules said of an article with these sources."""
        digest = self._dossier_digest(article, sources, policy)
        known = self._get("dossier", digest, DossierResult) if digest else None
        return known if known is not None and known.is_whole else None

    def keep_dossier(self, article: Text, sources: Sequence[Text], policy: Policy, result: DossierResult) -> None:
        """Remember what the rules said, unless one of them failed."""
        digest = self._dossier_digest(article, sources, policy)
        if digest and result.is_whole:
            self._set("dossier", digest, result)

    def _text_digest(self, text: Text) -> str:
        return _digest((text.digest, *self._house.titles))

    def _dossier_digest(self, article: Text, sources: Sequence[Text], policy: Policy) -> str:
        texts = [article.digest, *(source.digest for source in sources)]
        if self._rules_state is None or not all(texts):
            return ""
        judged = (policy.profile, policy.select, policy.ignore, sorted(policy.severities.items()))
        return _digest((self._rules_state, repr(judged), repr(self._house), *texts))

    def _rules_digest(self) -> str:
        return _digest((program_state(), self._rules_state or ""))

    def _get(self, sort: str, digest: str, kind: type[RecordT]) -> RecordT | None:
        value = self._rows.get(f"{sort}:{digest}")
        try:
            return kind.model_validate_json(value) if isinstance(value, str) else None
        except ValidationError:
            return None

    def _set(self, sort: str, digest: str, record: Record) -> None:
        self._rows.set(f"{sort}:{digest}", record.model_dump_json())


def known_catalogue(cache_folder: Path, rules_state: str) -> Catalogue | None:
    """The facts about the rules from an earlier run; None where no run has left them."""
    rows = Store(results_folder(cache_folder))
    try:
        return Kept(rows, rules_state).catalogue()
    finally:
        rows.close()


def file_digest(asked: Asked, content: Content) -> str:
    """What stands for a file's bytes and for all that its texts take over from how it was asked for."""
    data = hashlib.sha256(content.data).hexdigest()
    named = (content.path, content.format or "", asked.role, asked.key, str(asked.complete))
    return _digest((program_state(), data, *named))


def part_digest(file: str, part: int) -> str:
    """What stands for one text of a file."""
    return f"{file}.{part}"


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _packed(data: bytes) -> str:
    return base64.b64encode(zlib.compress(data, 1)).decode("ascii")


def _unpacked(text: str) -> bytes:
    """The bytes of a packed row. Raises ValueError where it is none, or more than anybody would have kept."""
    unpacking = zlib.decompressobj()
    try:
        data = unpacking.decompress(base64.b64decode(text, validate=True), _MAX_BYTES)
    except zlib.error as error:
        raise ValueError(str(error)) from None
    if unpacking.unconsumed_tail or not unpacking.eof:
        raise ValueError("not whole")
    return data


def results_folder(cache_folder: Path) -> Path:
    """Where results lie in the folder of the cache."""
    return cache_folder / FOLDER
