"""The local page without a socket: an app, a browser that was let in, and a desk with or without a worker."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from audit.serve.app import build_app
from audit.serve.decisions import Book
from audit.serve.desk import Desk
from audit.serve.guard import Session

sys.path.insert(0, str(Path(__file__).parent))

from desk_client import HOST, Visitor


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk where nobody works: audits wait."""
    folder = tmp_path / "desk"
    folder.mkdir()
    return Desk(folder)


@pytest.fixture
def session() -> Session:
    return Session(HOST)


@pytest.fixture
def stranger(desk: Desk, session: Session, tmp_path: Path) -> TestClient:
    """A client that has no cookie yet."""
    app = build_app(desk, session, Book(tmp_path / "decisions.json"))
    return TestClient(app, base_url=session.origin, raise_server_exceptions=False)


@pytest.fixture
def visitor(stranger: TestClient, session: Session) -> Visitor:
    """A client that opened the printed address."""
    assert stranger.get(session.address).status_code == 200
    return Visitor(stranger, session)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A page where audits are done, by a worker that all tests of a module share."""
    folder, session = tmp_path_factory.mktemp("office"), Session(HOST)
    app = build_app(Desk(folder), session, Book(folder / "decisions.json"))
    with TestClient(app, base_url=session.origin, raise_server_exceptions=False) as client:
        client.get(session.address)
        yield Visitor(client, session)
