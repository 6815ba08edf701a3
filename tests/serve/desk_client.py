"""A browser of the tests: it sends what a form of the page would send."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from starlette.testclient import TestClient

from audit.serve.guard import Session

HOST = "127.0.0.1:8765"

ARTICLE = """# The weir will be rebuilt

“We will rebuild the weir in spring,” Nora Feld said.

“The fish ladder comes first,” Feld said.
"""
SOURCE = """FELD, head of the river board

Q: What about the weir?

NORA FELD: We may rebuild the weir in spring. The fish ladder comes first.
"""


class Visitor:
    """A client with the session's cookie."""

    def __init__(self, client: TestClient, session: Session) -> None:
        self.client, self.session = client, session

    def get(self, path: str) -> Any:
        return self.client.get(path)

    def post(
        self,
        path: str,
        files: Sequence[tuple[str, tuple[str, bytes]]] = (),
        origin: str | None = None,
        csrf: str | None = None,
        **fields: str | list[str],
    ) -> Any:
        """Post a form; the answer is not followed."""
        data = {"csrf": self.session.csrf if csrf is None else csrf, **fields}
        headers = {"Origin": self.session.origin if origin is None else origin}
        sent = list(files) or [("nothing", ("", b""))]  # forms of the page are multipart
        return self.client.post(path, data=data, files=sent, headers=headers, follow_redirects=False)

    def audit(self, article: str = ARTICLE, *sources: str, **fields: str) -> str:
        """Audit texts. Returns the path of the audit when it is done."""
        files = [("article", ("article.md", article.encode()))]
        files += [("sources", (f"source-{n}.txt", text.encode())) for n, text in enumerate(sources, start=1)]
        answer = self.post("/audits", files, **fields)
        assert answer.status_code == 303, answer.text
        return self.wait(answer.headers["location"])

    def wait(self, path: str) -> str:
        """Wait until an audit is done or failed."""
        end = time.monotonic() + 120
        while self.get(f"{path}/state").json()["state"] in ("waiting", "running"):
            assert time.monotonic() < end, "the audit does not end"
            time.sleep(0.05)
        return path
