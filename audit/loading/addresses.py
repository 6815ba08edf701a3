"""Which network addresses a user-supplied source may lead to, and dialling exactly the address that was checked."""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
import typing
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import httpcore

from audit.errors import CopydeskError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
_REFUSED_6 = tuple(
    ipaddress.IPv6Network(net)
    for net in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/23", "2001:db8::/32", "3fff::/20", "::/96")
)
_REFUSED_4 = tuple(ipaddress.IPv4Network(net) for net in ("192.88.99.0/24", "100.64.0.0/10", "0.0.0.0/8"))


def is_public(address: Address) -> bool:
    """Whether an address is an ordinary one of the public internet.

    `ipaddress.is_global` alone accepts NAT64, 6to4, IPv4-compatible and multicast addresses, which may lead inside.
    """
    if not address.is_global or address.is_multicast or address.is_reserved or address.is_unspecified:
        return False
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in net for net in _REFUSED_4)
    if address.ipv4_mapped is not None or address.sixtofour is not None or address.teredo is not None:
        return False
    return address in _GLOBAL_UNICAST and not any(address in net for net in _REFUSED_6)


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host name, as the system gives them. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True, slots=True)
class AddressPolicy:
    """How names are resolved and which addresses may be dialled; tests give their own."""

    resolve: Callable[[str, int], Sequence[str]] = resolve
    permits: Callable[[Address], bool] = is_public


@dataclass(slots=True)
class Deadline:
    """A moment of the monotonic clock, in seconds, at which everything ends."""

    seconds: float
    _end: float = field(init=False)

    def __post_init__(self) -> None:
        self._end = time.monotonic() + self.seconds

    @property
    def left(self) -> float:
        return self._end - time.monotonic()

    def limit(self, timeout: float | None) -> float:
        """A time-out that does not reach beyond the deadline. Raises httpcore.ReadTimeout behind it."""
        left = self.left
        if left <= 0:
            raise httpcore.ReadTimeout("the deadline is over")
        return left if timeout is None else min(timeout, left)


class CheckedBackend(httpcore.NetworkBackend):
    """Resolves a host, checks every address, and dials the one that it checked."""

    def __init__(
        self, named: str, policy: AddressPolicy, deadline: Deadline, dial: httpcore.NetworkBackend | None = None
    ) -> None:
        self._named = named
        self._policy = policy
        self._deadline = deadline
        self._dial = dial or httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: typing.Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        address = self._checked(host, port)
        stream = self._dial.connect_tcp(address, port, self._deadline.limit(timeout), local_address, socket_options)
        return _TimedStream(stream, self._deadline)

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: typing.Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        raise httpcore.ConnectError("sockets of the file system are not used")

    def sleep(self, seconds: float) -> None:
        time.sleep(min(seconds, max(self._deadline.left, 0)))

    def _checked(self, host: str, port: int) -> str:
        addresses = self._resolved(host, port)
        for written in addresses:
            try:
                address = ipaddress.ip_address(written)
            except ValueError:
                raise self._refused(host, written) from None
            if not self._policy.permits(address):
                raise self._refused(host, written)
        return addresses[0]

    def _resolved(self, host: str, port: int) -> Sequence[str]:
        """Ask the resolver, which knows no time-out, no longer than the deadline."""
        found: list[Sequence[str]] = []

        def ask() -> None:
            try:
                found.append(self._policy.resolve(host, port))
            except (OSError, UnicodeError):
                found.append(())

        thread = threading.Thread(target=ask, daemon=True)
        thread.start()
        thread.join(max(self._deadline.limit(None), 0))
        if not found or not found[0]:
            raise httpcore.ConnectError(f"the name {host} cannot be resolved")
        return found[0]

    def _refused(self, host: str, address: str) -> CopydeskError:
        return CopydeskError.of(
            "address-refused",
            self._named,
            f"{host} leads to {address}, which is not a public address",
            "save the page and give the file",
        )


class _TimedStream(httpcore.NetworkStream):
    """A connection on which no wait reaches beyond the deadline, however slowly the bytes drip."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.limit(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.limit(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: typing.Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._deadline.limit(timeout))
        return _TimedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> typing.Any:
        return self._stream.get_extra_info(info)
