"""Who may talk to the local page: one browser, from this machine, on the page's own pages.

Any web page that is open in the editor's browser can send requests to 127.0.0.1, and names of hosts can be made to
point there. So a request has to name the right host, carry the session's cookie, and, where it changes something, come
from a page of this server and carry the session's second token.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from audit.serve.uploads import MAX_TOTAL

ENTRANCE, STATIC = "/enter", "/static/"
MAX_BODY = MAX_TOTAL + 1_000_000  # bytes; what surrounds the files is small
DRAINED = 10 * MAX_BODY  # bytes that are read and thrown away, so that a browser shows the answer and no broken pipe

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # with no-referrer, browsers would send "null" as the origin of a form
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@dataclass
class Session:
    """The secrets of one run of the server."""

    host: str  # "127.0.0.1:8765"
    entry: str = field(default_factory=lambda: secrets.token_urlsafe(32))  # in the printed address; works once
    cookie: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(32))

    @property
    def origin(self) -> str:
        return f"http://{self.host}"

    @property
    def address(self) -> str:
        """What is printed and opened."""
        return f"{self.origin}{ENTRANCE}?token={self.entry}"

    @property
    def cookie_name(self) -> str:
        """Cookies of a host are shared by all its ports, so each server has a name of its own."""
        return f"copydesk-{self.host.rpartition(':')[2]}"

    def enter(self, token: str) -> bool:
        """Whether the token opens the door; it does so once."""
        right = bool(self.entry) and same(token, self.entry)
        if right:
            self.entry = ""
        return right


def same(given: str, expected: str) -> bool:
    """Whether two secrets are the same, in a time that tells nothing."""
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), expected.encode("utf-8"))


class Refused(Exception):
    """A request that is not answered as it wishes, with the status and a sentence for the page."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class Guard:
    """Looks at every request before the app does, and puts the headers on every answer."""

    def __init__(self, app: ASGIApp, session: Session, refusal: ASGIApp) -> None:
        """`refusal` answers what is refused; it finds the Refused in the scope, under "refused"."""
        self._app, self._session, self._refusal = app, session, refusal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":  # nothing here speaks WebSocket
            return
        app = self._app
        try:
            self._admit(scope)
            receive = await _limited(Headers(scope=scope), receive)
        except Refused as refused:
            scope["refused"], app = refused, self._refusal
        await app(scope, receive, _with_headers(send))

    def _admit(self, scope: Scope) -> None:
        headers = Headers(scope=scope)
        if headers.getlist("host") != [self._session.host]:
            raise Refused(421, "This page answers only at the address that copydesk printed.")
        path: str = scope["path"]
        if not (path == ENTRANCE or path.startswith(STATIC)) and not self._has_cookie(headers.getlist("cookie")):
            raise Refused(403, "Open this page with the address that copydesk printed; only that browser may use it.")
        if scope["method"] in ("GET", "HEAD"):
            return
        if headers.getlist("origin") != [self._session.origin]:
            raise Refused(403, "This request does not come from a page of copydesk, so nothing was done.")

    def _has_cookie(self, lines: Iterable[str]) -> bool:
        for line in lines:
            try:
                morsel = SimpleCookie(line).get(self._session.cookie_name)
            except CookieError:
                continue
            if morsel is not None and same(morsel.value, self._session.cookie):
                return True
        return False


async def _limited(headers: Headers, receive: Receive) -> Receive:
    """A receiver that never gives more than MAX_BODY bytes. Raises Refused where the request says it has more."""
    length = headers.get("content-length", "0")
    if not length.isascii() or not length.isdigit() or int(length[:20]) > MAX_BODY:
        await _drain(receive)
        raise too_much()
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > MAX_BODY:
            if message.get("more_body", False):
                await _drain(receive)
            raise too_much()
        return message

    return counted


def too_much() -> Refused:
    """The refusal of more than all files together may have."""
    return Refused(413, f"All files together are larger than {MAX_TOTAL // 1_000_000} MB; nothing was kept.")


async def _drain(receive: Receive) -> None:
    seen = 0
    while seen < DRAINED:
        message = await receive()
        seen += len(message.get("body", b""))
        if message["type"] != "http.request" or not message.get("more_body", False):
            return


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers[name] = value
            headers.setdefault("Content-Security-Policy", POLICY)
        await send(message)

    return sending
