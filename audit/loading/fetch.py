"""Sources given as addresses: fetched with limits, kept in the cache."""

from __future__ import annotations

import base64
import binascii
import codecs
import hashlib
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Literal, cast
from urllib.parse import urlsplit

import httpcore
import httpx

from audit.errors import CopydeskError
from audit.loading.addresses import AddressPolicy, CheckedBackend, Deadline
from audit.loading.cache import SCHEMA, Store
from audit.loading.decode import suffix, too_large
from audit.loading.settings import LoadSettings

Format = Literal["markdown", "text", "html", "docx", "vtt", "srt"]

MAX_REDIRECTS = 3
MAX_TRIES = 3
MAX_ADDRESS = 4_000  # characters
USER_AGENT = "copydesk (+https://pypi.org/project/copydesk/)"
_RETRIED = frozenset((429, 502, 503, 504))
_MOVED = frozenset((301, 302, 303, 307, 308))
_READ_SECONDS = 10.0
_TYPES: dict[str, Format] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/markdown": "markdown",
    "text/vtt": "vtt",
    "application/x-subrip": "srt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}
_ENDINGS: dict[str, Format] = {".md": "markdown", ".vtt": "vtt", ".srt": "srt", ".docx": "docx", ".html": "html"}
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """A fetched page: its bytes (text as UTF-8) and the format that its type names."""

    body: bytes
    format: Format | None


@dataclass(frozen=True, slots=True)
class Network:
    """What fetching needs of the world; tests give their own."""

    policy: AddressPolicy = field(default_factory=AddressPolicy)
    dial: httpcore.NetworkBackend | None = None
    sleep: Callable[[float], None] = time.sleep


class _Again(Exception):
    """A try that failed in a way that may pass."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


def fetch(address: str, settings: LoadSettings, network: Network | None = None) -> Page:
    """The page at an http(s) address, from the cache where it has it.

    Raises CopydeskError: "offline" where only the network has the page, "address-refused" for what is not a public
    address, "too-large" behind `settings.max_bytes`, "fetch" for everything that goes wrong on the way.
    """
    _check_address(address, address)
    store = Store(settings.cache_folder) if settings.cache_folder is not None else None
    try:
        return _fetch(address, settings, network or Network(), store)
    finally:
        if store is not None:
            store.close()


def _fetch(address: str, settings: LoadSettings, network: Network, store: Store | None) -> Page:
    key = cache_key(address)
    if store is not None and (settings.offline or not settings.refresh):
        page = _cached(store.get(key), settings.max_bytes)
        if page is not None:
            return page
    if settings.offline:
        raise CopydeskError.of(
            "offline", address, "this is an address and --offline was given", "save the page and give the file"
        )
    page = _retried(address, settings, network)
    if store is not None:
        row = {"format": page.format, "body": base64.b64encode(page.body).decode("ascii")}
        store.set(key, row, settings.page_days * 86_400)
    return page


def cache_key(address: str) -> str:
    """Method, address, body and the schema's version, hashed."""
    return "page:" + hashlib.sha256(f"GET\n{address}\n\n{SCHEMA}".encode("utf-8", "surrogatepass")).hexdigest()


def _cached(row: object, limit: int) -> Page | None:
    if not isinstance(row, dict) or not isinstance(row.get("body"), str):
        return None
    kind = row.get("format")
    if kind is not None and kind not in ("markdown", "text", "html", "docx", "vtt", "srt"):
        return None
    try:
        body = base64.b64decode(row["body"], validate=True)
    except (binascii.Error, ValueError):
        return None
    return Page(body, cast("Format | None", kind)) if len(body) <= limit else None


def _check_address(named: str, address: str) -> None:
    """Refuse what is no plain http(s) address."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise _failed(named, "this address cannot be read") from None
    if parts.scheme.lower() not in ("http", "https") or not host or len(address) > MAX_ADDRESS:
        raise _failed(named, "only http and https addresses are fetched")
    if parts.username is not None or parts.password is not None:
        raise _failed(named, "addresses with a user name are not fetched")
    if any(ord(char) < 33 or ord(char) == 127 for char in address):
        raise _failed(named, "this address has blanks or control characters in it")


def _failed(named: str, message: str) -> CopydeskError:
    return CopydeskError.of("fetch", named, message, "check the address, or save the page and give the file")


def _retried(address: str, settings: LoadSettings, network: Network) -> Page:
    deadline = Deadline(settings.fetch_seconds)
    for number in range(1, MAX_TRIES + 1):
        try:
            return _follow(address, settings, network, deadline)
        except _Again as trouble:
            wait = trouble.wait if trouble.wait is not None else 0.5 * 2 ** (number - 1)
            if number == MAX_TRIES or wait >= deadline.left:
                raise _failed(address, f"fetching failed ({trouble})") from None
            network.sleep(wait)
    raise AssertionError("the last try returns or raises")


def _follow(address: str, settings: LoadSettings, network: Network, deadline: Deadline) -> Page:
    """One try, redirects followed; every hop is checked like the first."""
    at = address
    for _ in range(MAX_REDIRECTS + 1):
        _check_address(address, at)
        with _client(address, network, deadline) as client:
            answer = _request(client, at, address, settings.max_bytes, deadline)
        if isinstance(answer, Page):
            return answer
        at = answer
    raise _failed(address, f"the address redirects more than {MAX_REDIRECTS} times")


def _client(named: str, network: Network, deadline: Deadline) -> httpx.Client:
    transport = httpx.HTTPTransport(trust_env=False)
    backend = CheckedBackend(named, network.policy, deadline, network.dial)
    # httpx has no parameter for the network backend; the pool is replaced, which the pinned version allows.
    transport._pool.close()
    transport._pool = httpcore.ConnectionPool(
        ssl_context=httpx.create_ssl_context(trust_env=False), max_connections=1, network_backend=backend
    )
    return httpx.Client(
        transport=transport,
        trust_env=False,
        follow_redirects=False,
        timeout=_READ_SECONDS,
        headers={"User-Agent": USER_AGENT, "Accept-Encoding": "identity"},
    )


def _request(client: httpx.Client, at: str, named: str, limit: int, deadline: Deadline) -> Page | str:
    """A page, or the address that the answer redirects to. Raises _Again for what a second try may mend."""
    try:
        with client.stream("GET", at) as response:
            if response.status_code in _MOVED and "location" in response.headers:
                return str(response.url.join(response.headers["location"]))
            if response.status_code in _RETRIED:
                raise _Again(f"the server answers {response.status_code}", _retry_after(response))
            if response.status_code != 200:
                raise _failed(named, f"the server answers {response.status_code}")
            return _page(response, at, _body(response, named, limit, deadline))
    except httpx.TimeoutException:
        if deadline.left <= 0:
            raise _failed(named, "fetching took longer than allowed") from None
        raise _Again("the server did not answer in time") from None
    except httpx.TransportError as error:
        raise _Again(_reason(error)) from None
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, UnicodeError) as error:
        raise _failed(named, f"fetching failed ({_reason(error)})") from None


def _reason(error: Exception) -> str:
    words = " ".join(str(error).split())
    return words[:120] or type(error).__name__


def _retry_after(response: httpx.Response) -> float | None:
    """Seconds to wait, from a Retry-After header in seconds or as a date."""
    value = response.headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit() and len(value) < 7:
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except (TypeError, ValueError, IndexError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max((moment - datetime.now(UTC)).total_seconds(), 0.0)


def _body(response: httpx.Response, named: str, limit: int, deadline: Deadline) -> bytes:
    """The decoded body, never more than the limit, never beyond the deadline."""
    declared = response.headers.get("content-length", "")
    if declared.isascii() and declared.isdigit() and int(declared[:20]) > limit:
        raise too_large(named, limit)
    chunks: list[bytes] = []
    size = 0
    for chunk in response.iter_bytes():
        size += len(chunk)
        if size > limit:
            raise too_large(named, limit)
        if deadline.left <= 0:
            raise _failed(named, "fetching took longer than allowed")
        chunks.append(chunk)
    return b"".join(chunks)


def _page(response: httpx.Response, at: str, body: bytes) -> Page:
    kind = response.headers.get("content-type", "").split(";")[0].strip().lower()
    format = _TYPES.get(kind) or _ENDINGS.get(suffix(at))
    if format == "docx":
        return Page(body, format)
    return Page(_as_utf8(body, response.charset_encoding, format), format)


def _as_utf8(body: bytes, charset: str | None, format: Format | None) -> bytes:
    """Text in the character set that the server or the page names, as UTF-8; what cannot be decoded stays as it is."""
    if charset is None and format == "html":
        match = _META_CHARSET.search(body[:4096])
        charset = match.group(1).decode("ascii") if match else None
    if charset is None or body.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return body
    try:
        name = codecs.lookup(charset).name
        if name in ("utf-8", "ascii") or not codecs.lookup(charset)._is_text_encoding:
            return body
        return body.decode(name).encode("utf-8")
    except (LookupError, UnicodeError, ValueError):
        return body
