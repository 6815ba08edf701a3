"""Fetching against a real server on 127.0.0.1, which only the policy of these tests permits."""

from __future__ import annotations

import gzip
import ipaddress
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import httpcore
import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from audit.errors import CopydeskError
from audit.loading import LoadSettings, load
from audit.loading import fetch as fetching
from audit.loading.addresses import AddressPolicy, is_public
from audit.loading.cache import Store
from audit.loading.fetch import Network, Page, cache_key, fetch

LOCAL = AddressPolicy(permits=lambda address: address == ipaddress.ip_address("127.0.0.1"))


class NoDial(httpcore.NetworkBackend):
    """A network on which every connection is a failed test."""

    def __init__(self) -> None:
        self.dialled: list[str] = []

    def connect_tcp(self, host: str, *args: object, **kwargs: object) -> httpcore.NetworkStream:
        self.dialled.append(host)
        raise httpcore.ConnectError("no network in this test")


def local(waits: list[float] | None = None) -> Network:
    return Network(LOCAL, sleep=(waits if waits is not None else []).append)


def get(server: HTTPServer, path: str, settings: LoadSettings | None = None, waits: list[float] | None = None) -> Page:
    return fetch(server.url_for(path), settings or LoadSettings(), local(waits))


def code_of(address: str, settings: LoadSettings | None = None, network: Network | None = None) -> str:
    with pytest.raises(CopydeskError) as caught:
        fetch(address, settings or LoadSettings(), network or local())
    assert caught.value.diagnostic.path == address
    return caught.value.diagnostic.code


def test_a_page_and_its_format(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/a").respond_with_data(
        "<p>Zoë</p>".encode("latin-1"), content_type="text/html; charset=latin-1"
    )
    httpserver.expect_request("/b.vtt").respond_with_data("WEBVTT\n", content_type="application/octet-stream")
    assert get(httpserver, "/a") == Page("<p>Zoë</p>".encode(), "html")
    assert get(httpserver, "/b.vtt").format == "vtt"


def test_load_reads_an_address(httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> None:
    httpserver.expect_request("/talk").respond_with_data("HOST: Shut?\n\nREYES: Yes.\n\nHOST: Why?\n\nREYES: Rot.\n")
    monkeypatch.setattr(fetching, "Network", local)
    address = httpserver.url_for("/talk")
    document = load(address, "source", "s1").documents[0]
    assert document.path == address
    assert len(document.turns) == 4


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_passing_trouble_is_tried_again(httpserver: HTTPServer, status: int) -> None:
    httpserver.expect_ordered_request("/a").respond_with_data("", status=status, headers={"Retry-After": "2"})
    httpserver.expect_ordered_request("/a").respond_with_data("", status=status)
    httpserver.expect_ordered_request("/a").respond_with_data("well")
    waits: list[float] = []
    assert get(httpserver, "/a", waits=waits).body == b"well"
    assert waits == [2.0, 1.0]


def test_retry_after_may_be_a_date_and_too_long(httpserver: HTTPServer) -> None:
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=5))
    httpserver.expect_oneshot_request("/a").respond_with_data("", status=503, headers={"Retry-After": soon})
    httpserver.expect_request("/a").respond_with_data("", status=503, headers={"Retry-After": "3600"})
    waits: list[float] = []
    with pytest.raises(CopydeskError, match="503"):
        get(httpserver, "/a", waits=waits)
    assert len(waits) == 1
    assert 2 < waits[0] <= 5


def test_three_tries_and_no_more(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/a").respond_with_data("", status=502)
    assert code_of(httpserver.url_for("/a")) == "fetch"
    assert len(httpserver.log) == 3


def test_a_definite_no_is_not_tried_again(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/a").respond_with_data("", status=404)
    assert code_of(httpserver.url_for("/a")) == "fetch"
    assert len(httpserver.log) == 1


def test_redirects_are_followed_three_times(httpserver: HTTPServer) -> None:
    for at in range(4):
        httpserver.expect_request(f"/{at}").respond_with_data("", status=302, headers={"Location": f"/{at + 1}"})
    httpserver.expect_request("/4").respond_with_data("there")
    assert get(httpserver, "/1").body == b"there"
    assert code_of(httpserver.url_for("/0")) == "fetch"


@pytest.mark.parametrize(
    "target", ["http://169.254.169.254/latest", "http://[::1]/", "file:///etc/passwd", "http://u:p@h.example/"]
)
def test_a_redirect_is_checked_like_an_address(httpserver: HTTPServer, target: str) -> None:
    httpserver.expect_request("/a").respond_with_data("", status=301, headers={"Location": target})
    assert code_of(httpserver.url_for("/a")) in ("address-refused", "fetch")
    assert len(httpserver.log) == 1


def test_the_byte_cap_holds_for_declared_streamed_and_packed_bodies(httpserver: HTTPServer) -> None:
    def stream(request: Request) -> Response:
        return Response((b"x" * 1000 for _ in range(1000)), direct_passthrough=True)

    bomb = gzip.compress(b"\0" * 5_000_000)
    httpserver.expect_request("/declared").respond_with_data(b"x" * 100_001)
    httpserver.expect_request("/stream").respond_with_handler(stream)
    httpserver.expect_request("/bomb").respond_with_data(bomb, headers={"Content-Encoding": "gzip"})
    for path in ("/declared", "/stream", "/bomb"):
        assert code_of(httpserver.url_for(path), LoadSettings(max_bytes=100_000)) == "too-large"


def test_a_slow_drip_meets_the_deadline(httpserver: HTTPServer) -> None:
    def drip(request: Request) -> Response:
        def body() -> Iterator[bytes]:
            for _ in range(100):
                time.sleep(0.1)
                yield b"x"

        return Response(body(), direct_passthrough=True)

    httpserver.expect_request("/a").respond_with_handler(drip)
    begun = time.monotonic()
    assert code_of(httpserver.url_for("/a"), LoadSettings(fetch_seconds=0.6)) == "fetch"
    assert time.monotonic() - begun < 3


REFUSED = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
    "255.255.255.255", "192.0.2.1", "192.88.99.1", "::1", "::", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:8.8.8.8",
    "64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::1", "2002:7f00:1::", "2002:808:808::", "fe80::1", "fc00::1",
    "ff02::1", "2001:db8::1", "2001::1", "fec0::1",
]  # fmt: skip


@pytest.mark.parametrize("address", REFUSED)
def test_what_is_not_public_is_refused_before_anything_is_dialled(address: str) -> None:
    dial = NoDial()
    network = Network(AddressPolicy(resolve=lambda host, port: [address]), dial, sleep=lambda seconds: None)
    assert code_of("http://source.example/a", network=network) == "address-refused"
    assert dial.dialled == []


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:4700::1111"])
def test_what_is_public_is_dialled_by_the_address_that_was_checked(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))
    dial = NoDial()
    network = Network(AddressPolicy(resolve=lambda host, port: [address]), dial, sleep=lambda seconds: None)
    assert code_of("http://source.example/a", network=network) == "fetch"
    assert set(dial.dialled) == {address}


@pytest.mark.parametrize("host", ["127.1", "0x7f.1", "2130706433", "[::ffff:7f00:1]", "localhost", "[64:ff9b::7f00:1]"])
def test_odd_spellings_of_this_machine_are_refused(host: str) -> None:
    dial = NoDial()
    assert code_of(f"http://{host}/a", network=Network(dial=dial)) in ("address-refused", "fetch")
    assert dial.dialled == []


def test_one_bad_address_among_good_ones_refuses_the_host_and_rebinding_gains_nothing() -> None:
    dial = NoDial()
    mixed = Network(AddressPolicy(resolve=lambda host, port: ["8.8.8.8", "10.0.0.1"]), dial, lambda seconds: None)
    assert code_of("http://source.example/a", network=mixed) == "address-refused"
    answers = iter([["8.8.8.8"], ["127.0.0.1"]])
    rebound = Network(AddressPolicy(resolve=lambda host, port: next(answers)), dial, lambda seconds: None)
    assert code_of("http://source.example/a", network=rebound) == "address-refused"
    assert dial.dialled == ["8.8.8.8"]


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "ftp://h.example/a", "http:///a", "http://h:x/"]
)
def test_other_addresses_are_refused(address: str) -> None:
    assert code_of(address) == "fetch"


def test_the_cache_serves_offline_and_refresh_asks_again(httpserver: HTTPServer, tmp_path: Path) -> None:
    httpserver.expect_oneshot_request("/a").respond_with_data("old", content_type="text/plain")
    httpserver.expect_request("/a").respond_with_data("new", content_type="text/plain")
    folder = tmp_path / "cache"
    assert code_of(httpserver.url_for("/a"), LoadSettings(offline=True, cache_folder=folder)) == "offline"
    kept = LoadSettings(cache_folder=folder)
    assert get(httpserver, "/a", kept).body == b"old"
    assert get(httpserver, "/a", kept).body == b"old"
    assert get(httpserver, "/a", LoadSettings(cache_folder=folder, offline=True)).body == b"old"
    assert get(httpserver, "/a", LoadSettings(cache_folder=folder, refresh=True)).body == b"new"
    assert len(httpserver.log) == 2


@pytest.mark.parametrize(
    "row", ["x", {}, {"body": 3}, {"body": "!", "format": None}, {"body": "eA==", "format": "exe"}]
)
def test_a_row_of_another_shape_is_a_miss(httpserver: HTTPServer, tmp_path: Path, row: object) -> None:
    httpserver.expect_request("/a").respond_with_data("true")
    store = Store(tmp_path / "cache")
    store.set(cache_key(httpserver.url_for("/a")), row)
    store.close()
    assert get(httpserver, "/a", LoadSettings(cache_folder=tmp_path / "cache")).body == b"true"
