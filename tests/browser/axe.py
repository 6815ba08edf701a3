"""axe-core over a page that is open."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import axe_playwright_python

_AXE = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js"))
_RUN = """() => axe.run(document, { resultTypes: ["violations"] }).then(result =>
  result.violations.map(v => [v.id, v.nodes.map(node => node.html.slice(0, 160))]))"""
OPEN = "document.querySelectorAll('details').forEach(details => details.open = true)"


def violations(page: Any) -> list[Any]:
    """The rules that the page breaks, each with the elements that do."""
    page.evaluate(_AXE.read_text(encoding="utf-8"))
    found: list[Any] = page.evaluate(_RUN)
    return found
