"""A real Chromium for the tests of the page; they are skipped loudly where there is none, and fail for that in CI."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "reports"))

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# No sandbox for root, no GPU to look for, and none of the calls home that a browser makes by itself.
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]

_PATIENCE = 300_000  # milliseconds; a busy machine is slow, and how fast the page is, is measured elsewhere

Opener = Callable[..., Any]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """The browser that all tests of the session share."""
    path = next((found for name in _NAMES if (found := shutil.which(name))), None)
    if path is None:
        missing = f"no browser found ({', '.join(_NAMES)}): the page was NOT looked at in a real one"
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Any, tmp_path: Path) -> Iterator[Opener]:
    """Opens HTML from disk. Afterwards nothing must have been requested, and nothing complained about."""
    contexts = []
    trouble: list[str] = []

    def open_(html: str, *, width: int = 1280, height: int = 900, scheme: str = "light", scripts: bool = True) -> Any:
        file = tmp_path / f"report-{len(contexts)}.html"
        file.write_bytes(html.encode("utf-8"))
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, java_script_enabled=scripts
        )
        context.set_default_timeout(_PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: trouble.append(request.url) if request.url != file.as_uri() else None)
        page.on("console", lambda message: trouble.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("dialog", lambda dialog: (trouble.append(dialog.message), dialog.dismiss()))
        page.goto(file.as_uri())
        return page

    yield open_
    for context in contexts:
        context.close()
    assert trouble == []
