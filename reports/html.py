"""The report as one HTML file: it opens from disk, asks for nothing, and is whole with scripts off."""

from __future__ import annotations

import base64
import functools
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audit.reports.counting import counted
from audit.reports.decided import REASON_WORDS
from audit.reports.page import build_page
from audit.reports.visible import visible
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from audit.records.report import Report

TEMPLATES = Path(__file__).with_name("templates")
_TITLE, _HASHES = 60, 2  # characters of the title and hashes of articles in the head of a printed page


@dataclass(frozen=True)
class Frame:
    """What a local server puts around a report that it shows; a report in a file has none.

    Both are markup of the server's own: `head` stands at the end of the head, `top` is the first thing in the body.
    """

    head: Markup
    top: Markup


def render_html(report: Report, frame: Frame | None = None) -> str:
    """The whole page. The same report gives the same bytes.

    Text of inputs is escaped everywhere, and characters that would hide or turn text round are written out, so that
    the result can always be encoded as UTF-8.
    """
    style, script = _asset("report.css"), _asset("report.js")
    page = build_page(report)
    running = _running_head(page.title, report)
    return (
        environment(TEMPLATES)
        .get_template("report.html.j2")
        .render(
            page=page,
            style=style,
            running=running,
            script=script,
            reasons=REASON_WORDS,
            policy=_policy((style, running), script, framed=frame is not None),
            frame=frame,
        )
    )


@functools.cache
def environment(folder: Path) -> Environment:
    """The templates of a folder, with escaping on and hidden characters written out; made once."""
    made = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
        auto_reload=False,
    )
    made.globals.update(counted=counted)
    return made


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


def _policy(styles: Sequence[str], script: str, *, framed: bool) -> str:
    """What the page may do: use its own styles and its own script, and nothing else.

    In a server's frame it may also load the server's style and icon, and send decisions back.
    """
    allowed = " ".join(f"'{_digest(style)}'" for style in styles)
    served = " 'self'; connect-src 'self'; img-src 'self'" if framed else ""
    return (
        f"default-src 'none'; style-src {allowed}{served}; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def render_plain(template: str, **values: Any) -> str:
    """Another page in the style of the report, without a script, from a template beside it."""
    style = _asset("report.css")
    policy = f"default-src 'none'; style-src '{_digest(style)}'; base-uri 'none'; form-action 'none'"
    return environment(TEMPLATES).get_template(template).render(style=style, policy=policy, **values)


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
