"""The report as one HTML file: it opens from disk, asks for nothing, and is whole with scripts off."""

from __future__ import annotations

import base64
import functools
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from audit.reports.decide import REASONS
from audit.reports.page import build_page, counted
from audit.reports.visible import visible
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from audit.records.report import Report

TEMPLATES = Path(__file__).with_name("templates")
_TITLE, _HASHES = 60, 2  # characters of the title and hashes of articles in the head of a printed page


def render_html(report: Report) -> str:
    """The whole page. The same report gives the same bytes.

    Text of inputs is escaped everywhere, and characters that would hide or turn text round are written out, so that
    the result can always be encoded as UTF-8.
    """
    style, script = _asset("report.css"), _asset("report.js")
    page = build_page(report)
    running = _running_head(page.title, report)
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            page=page,
            style=style,
            running=running,
            script=script,
            reasons=REASONS,
            policy=_policy((style, running), script),
        )
    )


@functools.cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
        auto_reload=False,
    )
    environment.globals.update(counted=counted)
    return environment


def _finalize(value: Any) -> Any:
    """Everything that is printed passes here; what is trusted markup stays as it is."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@functools.cache
def _asset(name: str) -> Markup:
    """Style or script of the page. Ours, so it is not escaped."""
    return Markup((TEMPLATES / name).read_text(encoding="utf-8"))


def _running_head(title: str, report: Report) -> Markup:
    """Style that puts title, program and the articles' hashes on every printed page."""
    hashes = [info.sha256[:16] for info in report.inputs if info.role == "article"]
    shown = ", ".join(hashes[:_HASHES]) + (" …" if len(hashes) > _HASHES else "")
    left = _css_string(visible(title if len(title) <= _TITLE else f"{title[:_TITLE]}…"))
    right = _css_string(f"{report.tool.name} {report.tool.version}" + (f", SHA-256 {shown}" if shown else ""))
    return Markup(f"@page{{@top-left{{content:{left}}}@top-right{{content:{right}}}}}")


def _css_string(text: str) -> str:
    """A CSS string in which everything but plain letters, digits and blanks is escaped: nothing in it can end it."""
    escaped = "".join(c if c == " " or (c.isascii() and c.isalnum()) else f"\\{ord(c):x} " for c in text)
    return f'"{escaped}"'


def _policy(styles: Sequence[str], script: str) -> str:
    """What the page may do: use its own styles and its own script, and nothing else."""
    allowed = " ".join(f"'{_digest(style)}'" for style in styles)
    return (
        f"default-src 'none'; style-src {allowed}; script-src '{_digest(script)}'; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
